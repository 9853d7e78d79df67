"""What links a subject to a partner abroad: the table of dyads, its counts, its network."""

from geo.ties.borders import SEA_PARTNERS, Border, border, border_countries
from geo.ties.counts import BREAKS, by_year, counts, openings_and_endings, survival
from geo.ties.coverage import Coverage, coverage, coverage_statement, coverage_words
from geo.ties.dyads import Dyad, confessions, dominant_confessions, dyad, parse_country, parse_partner, parse_year
from geo.ties.groups import CountryGroup, Instrument, country_groups, group_of, instruments
from geo.ties.matrix import ORDERS, Order, before_and_after, by_similarity, flows, matrix, ordered
from geo.ties.milestones import milestones
from geo.ties.network import (
    LEAST_TIES,
    MEASURES,
    Communities,
    Measure,
    centrality,
    communities,
    graph,
    herfindahl,
    profile,
    vector,
)
from geo.ties.table import KINDS, STATES, STATUSES, Kind, State, Status, Ties, load
from geo.ties.words import direction_name, effect_name, form_name, in_language, kind_name, measure_name, status_name

__all__ = [
    "BREAKS",
    "KINDS",
    "LEAST_TIES",
    "MEASURES",
    "ORDERS",
    "SEA_PARTNERS",
    "STATES",
    "STATUSES",
    "Border",
    "Communities",
    "CountryGroup",
    "Coverage",
    "Dyad",
    "Instrument",
    "Kind",
    "Measure",
    "Order",
    "State",
    "Status",
    "Ties",
    "before_and_after",
    "border",
    "border_countries",
    "by_similarity",
    "by_year",
    "centrality",
    "communities",
    "confessions",
    "country_groups",
    "counts",
    "coverage",
    "coverage_statement",
    "coverage_words",
    "direction_name",
    "dominant_confessions",
    "dyad",
    "effect_name",
    "flows",
    "form_name",
    "graph",
    "group_of",
    "herfindahl",
    "in_language",
    "instruments",
    "kind_name",
    "load",
    "matrix",
    "measure_name",
    "milestones",
    "openings_and_endings",
    "ordered",
    "parse_country",
    "parse_partner",
    "parse_year",
    "profile",
    "status_name",
    "survival",
    "vector",
]
