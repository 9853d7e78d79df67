"""Ties of the subjects with one country: do they make up for cool states, who speaks for the centre, who could help.

L. R. Rustamova (2022, doi:10.24833/2071-8160-2022-1-82-177-206) speaks of a compensating function of regional ties
where states understand each other badly, and of regions as diplomatic agents of the centre; S. P. Arteev (2021,
doi:10.48015/2076-7404-2021-13-1-32-57) assesses the capacity of regions to help normalise relations. All three are
operationalised by this project in data/recipes/relations.yml and data/recipes/capacity.yml.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field, model_validator
from pyproj import Geod, Transformer

from geo import boundaries, facts, indicators, ties, units
from geo.errors import UnknownCodeError
from geo.i18n import Language, Text, translator
from geo.measures import recipe as index_recipe
from geo.measures.composite import CompositeIndex, score
from geo.measures.declared import RECIPES, Declared, Fault, read
from geo.measures.gravity import DRAWS, SEED, Gravity, expected, fit
from geo.measures.recipe import IndexRecipe, reweighted
from geo.ties import Kind, Ties

Term = Literal[
    "population_subject",
    "population_country",
    "grp_per_capita_subject",
    "gdp_per_capita_country",
    "distance",
    "contiguity",
    "kin",
]
Quadrant = Literal[
    "warm_regions_cool_states",
    "warm_regions_warm_states",
    "cool_regions_cool_states",
    "cool_regions_warm_states",
    "as_expected",
    "no_votes",
]

FILE = RECIPES / "relations.yml"
CAPACITY_FILE = RECIPES / "capacity.yml"
DYAD = ["iso_3166_2", "country"]

COUNTRY_INDICATORS = (
    "kin_titular_share",
    "kin_other_share",
    "confession_share",
    "languages_shared",
    "partnerships_in_force",
    "bodies_in_force",
    "crossings_not_closed",
    "consular_posts",
    "ties_beyond_expected",
)
"""What :func:`capacity_table` computes for a country; a recipe of capacity may add any indicator of the catalogue."""


class GravityChoice(Declared):
    """What the gravity model takes.

    Attributes
    ----------
    kinds
        Ties that are counted, in force at the newest snapshot; a dyad of which none is listed counts as zero.
    terms
        Columns of :func:`dyads`.
    year
        Of populations and products.
    """

    kinds: tuple[Kind, ...] = Field(min_length=1)
    terms: tuple[Term, ...] = Field(min_length=1)
    year: int
    interval: float = Field(default=0.9, gt=0, lt=1)
    draws: int = Field(default=DRAWS, ge=100, le=100_000)
    seed: int = Field(default=SEED, ge=1)


class Span(Declared):
    """Years from and to, both included; without an end to the newest."""

    id: str
    title: Text
    first: int
    last: int | None = None


class Crisis(Declared):
    """A break in relations: the year and how many years before and after are set side by side."""

    year: int
    years: int = Field(ge=1)
    title: Text


class RelationsRecipe(Declared):
    """Choices behind the page of relations.

    Attributes
    ----------
    votes
        Years of the United Nations votes whose agreement is averaged.
    seat_forms
        Forms of an organisation tie that are a seat.
    """

    id: str
    title: Text
    note: Text
    gravity: GravityChoice
    votes: tuple[int, int]
    seat_forms: tuple[str, ...] = Field(min_length=1)
    periods: tuple[Span, ...] = Field(min_length=1)
    crises: tuple[Crisis, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _years_rise(self) -> Self:
        if self.votes[0] > self.votes[1]:
            raise Fault("years of the votes must rise; write [first, last]", "votes")
        for position, span in enumerate(self.periods):
            before = self.periods[position - 1] if position else None
            if before and (before.last is None or span.first <= before.last):
                raise Fault(f"period {span.id!r} begins before {before.id!r} ends", "periods", position, "first")
            if span.last is not None and span.last < span.first:
                raise Fault(f"period {span.id!r} ends before it begins", "periods", position, "last")
        return self


@dataclass(frozen=True)
class Compensation:
    """Ties against what size, wealth, distance and kinship let expect, beside the closeness of the states.

    Attributes
    ----------
    model
        Fitted on all dyads.
    countries
        Indexed by ``country``: columns of :func:`geo.measures.gravity.expected` (from the ties with all other
        countries), ``un_agreement`` (mean over the years of the votes, 0-1) and ``quadrant``.
    dyads
        The same for each subject and country, without the quadrant.
    split
        Median of ``un_agreement``: below it states count as cool.
    left_out
        Countries of the table of neighbours, and subjects, that lack a term, with the name of the first that lacks.
    """

    model: Gravity
    countries: pd.DataFrame
    dyads: pd.DataFrame
    split: float
    left_out: dict[str, str]


@dataclass(frozen=True)
class Capacity:
    """Capacity to help normalise relations with a country.

    Attributes
    ----------
    index
        Scores and contributions; ranks are to be shown with the intervals of
        :func:`geo.measures.uncertainty.rank_uncertainty`.
    values
        Reasons: subjects x indicators as they stand in the tables.
    dropped
        Indicators of the recipe that say nothing about this country, being unknown or the same for all subjects;
        their weight goes to the others of the pillar.
    """

    country: str
    index: CompositeIndex
    values: pd.DataFrame
    dropped: tuple[str, ...]


@cache
def shipped() -> RelationsRecipe:
    """Read the recipe that comes with the atlas."""
    return read(FILE, RelationsRecipe)


@cache
def shipped_capacity() -> IndexRecipe:
    """Read the recipe of capacity that comes with the atlas."""
    return index_recipe.read(CAPACITY_FILE, [*COUNTRY_INDICATORS, *indicators.catalogue()])


def dyads(choice: GravityChoice, known: Ties) -> pd.DataFrame:
    """Every subject with every country of the table of neighbours.

    Returns
    -------
    DataFrame indexed by ``iso_3166_2`` and ``country`` with ``ties``; as natural logarithms ``population_subject``,
    ``population_country`` (persons), ``grp_per_capita_subject`` (as in the catalogue), ``gdp_per_capita_country``
    (current US dollars) and ``distance`` (km between the capitals, see :func:`_distance_km`); ``contiguity`` (1 for a
    land border); ``kin`` (logarithm of 1 + per cent of the titular group of the country in the subject,
    where a group that the census table does not list counts as 0); NaN where unknown
    """
    subjects = units.subjects()
    abroad = facts.table("neighbour_panel").query("year == @choice.year and country != 'RU'")
    wide = abroad.pivot_table(index="country", columns="series", values="value")
    index = pd.MultiIndex.from_product([subjects.index, wide.index], names=DYAD)
    frame = pd.DataFrame(index=index)
    frame["ties"] = partnerships(known, choice.kinds).groupby(DYAD).size().reindex(index, fill_value=0)
    iso, country = index.get_level_values(0), index.get_level_values(1)
    for name, series in (("population_subject", "population"), ("grp_per_capita_subject", "grp_per_capita")):
        values = indicators.join(series, choice.year, "none")["value"]
        frame[name] = np.log(values.reindex(iso).to_numpy())
    frame["population_country"] = np.log(wide["population"].reindex(country).to_numpy())
    wealth = wide["gdp_current_usd"] / wide["population"]
    frame["gdp_per_capita_country"] = np.log(wealth.reindex(country).to_numpy())
    frame["distance"] = np.log(_distance_km(subjects, iso, country))
    frame["contiguity"] = [float(c in str(subjects.loc[i, "neighbours_land"]).split(";")) for i, c in index]
    kin = facts.table("ethnic_affinity").set_index(DYAD)["titular_share_pct"]
    frame["kin"] = np.log1p(kin.reindex(index).fillna(0.0))
    return frame


def compensation(recipe: RelationsRecipe, known: Ties) -> Compensation:
    """Fit the gravity model and set its residuals beside the closeness of the states."""
    choice = recipe.gravity
    everything = dyads(choice, known)
    terms = list(choice.terms)
    left_out: dict[str, str] = {}
    table = everything
    for level in ("country", "iso_3166_2"):
        lacking = table[terms].isna().groupby(level=level).all()
        left_out |= {str(unit): str(row.idxmax()) for unit, row in lacking[lacking.any(axis=1)].iterrows()}
        table = table.drop(index=lacking.index[lacking.any(axis=1)], level=level)
    parts = [_of_country(choice, table, str(country)) for country in table.index.unique("country")]
    by_country = pd.concat([whole for whole, _ in parts])
    by_country["un_agreement"] = un_agreement(recipe).reindex(by_country.index)
    split = float(by_country["un_agreement"].median())
    by_country["quadrant"] = [
        _quadrant(str(verdict), closeness, split)
        for verdict, closeness in zip(by_country["verdict"], by_country["un_agreement"], strict=True)
    ]
    return Compensation(
        model=fit(table, "ties", terms, "country"),
        countries=by_country,
        dyads=pd.concat([single for _, single in parts]).sort_index(),
        split=split,
        left_out=left_out,
    )


@cache
def shipped_compensation() -> Compensation:
    """Compensation by the recipe that comes with the atlas, from all ties; takes some seconds the first time."""
    return compensation(shipped(), ties.load())


def sources(recipe: RelationsRecipe, known: Ties) -> list[str]:
    """Ids of the sources of ties, votes and terms of the model."""
    votes, abroad = facts.table("unga_agreement"), facts.table("neighbour_panel")
    rows = (
        partnerships(known, recipe.gravity.kinds),
        votes[votes["year"].between(*recipe.votes)],
        abroad[abroad["year"] == recipe.gravity.year],
        facts.table("ethnic_affinity"),
    )
    terms = pd.concat([indicators.sources_of(term, "none") for term in ("population", "grp_per_capita")])
    return list(dict.fromkeys([*(source for one in rows for source in facts.named_sources(one)), *terms.index]))


def un_agreement(recipe: RelationsRecipe) -> pd.Series:
    """Mean agreement of each country with Russia in the UN General Assembly over the years of the recipe, 0-1."""
    votes = facts.table("unga_agreement")
    votes = votes[votes["year"].between(*recipe.votes)]
    result: pd.Series = votes.groupby("country")["agreement"].mean()
    return result.rename("un_agreement")


def seats(recipe: RelationsRecipe, known: Ties) -> pd.DataFrame:
    """Seats of subjects in international organisations of regions, one row a seat.

    Returns
    -------
    DataFrame with ``iso_3166_2``, ``organisation`` (id), ``name``, ``form``, ``since``, ``until``, ``status``,
    ``gained_in`` and ``lost_in`` (ids of the periods; missing where it did not happen or its year is not known),
    ``source``
    """
    chosen = known.where(kind="organisation", form=recipe.seat_forms)
    names = facts.table("organisations").set_index("organisation_id")["name"]
    frame = chosen.frame
    return pd.DataFrame(
        {
            "iso_3166_2": frame["iso_3166_2"],
            "organisation": frame["group_id"],
            "name": frame["group_id"].map(names),
            "form": frame["form"],
            "since": frame["opened"],
            "until": chosen.end,
            "status": frame["status"],
            "gained_in": _period_of(recipe, frame["opened"]),
            "lost_in": _period_of(recipe, chosen.end),
            "source": frame["source"],
        }
    ).sort_values(["organisation", "iso_3166_2"], ignore_index=True)


def seats_by_period(recipe: RelationsRecipe, held: pd.DataFrame) -> pd.DataFrame:
    """Seats gained and lost in each period.

    Parameters
    ----------
    held
        Of :func:`seats`.

    Returns
    -------
    DataFrame indexed by ``period`` with ``gained``, ``lost``; the row ``undated`` holds the seats whose year of
    gaining, or of losing, is not known
    """
    order = [span.id for span in recipe.periods]
    table = pd.DataFrame(
        {name: held[f"{name}_in"].value_counts().reindex(order, fill_value=0) for name in ("gained", "lost")}
    )
    gone = held["status"] == "ended"
    table.loc["undated"] = [int(held["since"].isna().sum()), int((gone & held["until"].isna()).sum())]
    return table.astype("int64").rename_axis("period")


def after_crises(recipe: RelationsRecipe, known: Ties, country: str) -> pd.DataFrame:
    """Ties with a country opened and lost in the years before and after each crisis.

    Returns
    -------
    DataFrame indexed by ``crisis`` (year) and ``kind``: ``opened_before``, ``opened_after``, ``lost_before``,
    ``lost_after`` (ended or suspended; the year of the crisis is the first one after), ``ties``, ``dated`` (with the
    year of opening known), ``lost_undated`` (ended or suspended in an unknown year); kinds without ties have no row
    """
    found = known.where(country=country)
    suspended = found.frame["status_year"].where(found.frame["status"] == "suspended")
    lost = found.end.fillna(suspended)
    gone = found.frame["status"].isin(["ended", "suspended"])
    rows = []
    for crisis in recipe.crises:
        before, after = (crisis.year - crisis.years, crisis.year - 1), (crisis.year, crisis.year + crisis.years - 1)
        counted = pd.DataFrame(
            {
                "crisis": crisis.year,
                "kind": found.frame["kind"],
                "opened_before": found.frame["opened"].between(*before).fillna(False),
                "opened_after": found.frame["opened"].between(*after).fillna(False),
                "lost_before": lost.between(*before).fillna(False),
                "lost_after": lost.between(*after).fillna(False),
                "ties": True,
                "dated": found.dated,
                "lost_undated": gone & lost.isna(),
            }
        )
        rows.append(counted.groupby(["crisis", "kind"]).sum().astype("int64"))
    return pd.concat(rows)


def capacity_table(recipe: IndexRecipe, country: str, residuals: pd.DataFrame, known: Ties) -> pd.DataFrame:
    """Indicators of a recipe of capacity for one country.

    Parameters
    ----------
    residuals
        Dyads of :class:`Compensation`.

    Returns
    -------
    DataFrame of the subjects of the recipe's scope: those of :data:`COUNTRY_INDICATORS`, and of the catalogue, that
    the recipe names; NaN for gaps
    """
    inside = units.scope(recipe.scope)
    dyad_ties = known.where(country=country)
    in_force = dyad_ties.frame[dyad_ties.state(known.snapshot) == "active"]
    affinity = facts.table("ethnic_affinity").query("country == @country").set_index("iso_3166_2")
    faith = ties.confessions().query("country == @country").set_index("iso_3166_2")["share_pct"]
    languages = facts.table("languages").dropna(subset=["spoken_in_neighbours"])
    shared = languages[languages["spoken_in_neighbours"].str.split(";").map(lambda codes: country in codes)]
    computed: dict[str, pd.Series] = {
        "kin_titular_share": affinity["titular_share_pct"],
        "kin_other_share": affinity["other_kin_share_pct"],
        "confession_share": faith,
        "languages_shared": shared.groupby("iso_3166_2")["glottocode"].nunique(),
        "partnerships_in_force": _counted(in_force, ("twin_town", "sister_region", "agreement")),
        "bodies_in_force": _counted(in_force, ("euroregion", "cbc_programme")),
        "crossings_not_closed": _counted(in_force, ("crossing",)),
        "consular_posts": _counted(in_force, ("consulate",)),
        "ties_beyond_expected": _beyond(residuals, country),
    }
    columns = {
        one.id: computed[one.id] if one.id in computed else indicators.join(one.id, recipe.year, one.per)["value"]
        for one in recipe.indicators
    }
    return pd.DataFrame({name: values.reindex(inside).astype("float64") for name, values in columns.items()})


def capacity(recipe: IndexRecipe, country: str, residuals: pd.DataFrame, known: Ties) -> Capacity:
    """Score the capacity of the subjects to help normalise relations with a country.

    Gaps of counts, and of kin groups that the census table does not list, are what the recipe's null rule makes of
    them.

    Raises
    ------
    UnknownCodeError
        If no tie and no table of neighbours knows the country.
    """
    refuse_unknown(country, known)
    values = capacity_table(recipe, country, residuals, known)
    filled = values.fillna(0.0) if recipe.null_rule == "none_found_is_zero" else values
    flat = [str(name) for name in values.columns if not filled[name].min() < filled[name].max()]
    chosen = reweighted(recipe, {}, dict.fromkeys(flat, 0.0))
    zeros = values.isna() & (values.columns != "confession_share") & (values.columns != "ties_beyond_expected")
    return Capacity(country=country, index=score(chosen, values, zeros=zeros), values=values, dropped=tuple(flat))


def refuse_unknown(country: str, known: Ties) -> None:
    """Raise an :class:`~geo.errors.UnknownCodeError` for a country that no table of ties or neighbours knows."""
    codes = set(units.countries().index) | set(known.frame["country"].dropna())
    if country not in codes:
        raise UnknownCodeError("country", country, sorted(codes))


def quadrant_name(quadrant: Quadrant, lang: Language) -> str:
    """What the place of a country says."""
    _ = translator(lang)
    names: dict[Quadrant, str] = {
        "warm_regions_cool_states": _("more ties than expected, while the states are cool: compensation"),
        "warm_regions_warm_states": _("more ties than expected, and the states are close"),
        "cool_regions_cool_states": _("fewer ties than expected, and the states are cool"),
        "cool_regions_warm_states": _("fewer ties than expected, though the states are close"),
        "as_expected": _("as many ties as expected"),
        "no_votes": _("no votes to compare with"),
    }
    return names[quadrant]


def partnerships(known: Ties, kinds: tuple[Kind, ...]) -> pd.DataFrame:
    """Rows of the ties in force that the model counts."""
    frame = known.frame[known.state(known.snapshot) == "active"]
    return frame[frame["kind"].isin(kinds)]


def _distance_km(subjects: pd.DataFrame, iso: pd.Index, country: pd.Index) -> NDArray[np.float64]:
    """Geodesic distance between the capitals.

    For a subject whose centre lies outside it or is not fixed (the oblasts round the two cities) it is taken from the
    point where its label stands.
    """
    label = boundaries.label_points("subjects")
    to_degrees = Transformer.from_crs(boundaries.ALBERS, "EPSG:4326", always_xy=True)
    lon, lat = to_degrees.transform(label["x_km"].to_numpy(), label["y_km"].to_numpy())
    middle = pd.DataFrame({"capital_lat": lat, "capital_lon": lon}, index=label.index)
    home = subjects[["capital_lat", "capital_lon"]].astype(float).fillna(middle).loc[iso].to_numpy()
    away = facts.table("capitals").set_index("country")[["lat", "lon"]].reindex(country).to_numpy(dtype=float)
    metres = Geod(ellps="WGS84").inv(home[:, 1], home[:, 0], away[:, 1], away[:, 0])[2]
    return np.asarray(metres) / 1000


def _of_country(choice: GravityChoice, table: pd.DataFrame, country: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    own = table.index.get_level_values("country") == country
    model = fit(table[~own], "ties", list(choice.terms), "country")

    def summed(by: list[str]) -> pd.DataFrame:
        return expected(model, table[own], "ties", by, interval=choice.interval, draws=choice.draws, seed=choice.seed)

    return summed(["country"]), summed(DYAD)


def _quadrant(verdict: str, closeness: float, split: float) -> Quadrant:
    if np.isnan(closeness):
        return "no_votes"
    if verdict == "as_expected":
        return "as_expected"
    if verdict == "more":
        return "warm_regions_cool_states" if closeness < split else "warm_regions_warm_states"
    return "cool_regions_cool_states" if closeness < split else "cool_regions_warm_states"


def _period_of(recipe: RelationsRecipe, years: pd.Series) -> pd.Series:
    result = pd.Series(pd.NA, index=years.index, dtype="str")
    for span in recipe.periods:
        inside = (years >= span.first) & (years <= (span.last or 9999))
        result[inside.fillna(False)] = span.id
    return result


def _counted(frame: pd.DataFrame, kinds: tuple[str, ...]) -> pd.Series:
    result: pd.Series = frame[frame["kind"].isin(kinds)].groupby("iso_3166_2").size()
    return result


def _beyond(residuals: pd.DataFrame, country: str) -> pd.Series:
    """Logarithm of observed over expected ties, half a tie added to both so that none stays finite."""
    if country not in residuals.index.unique("country"):
        return pd.Series(dtype="float64")
    own = residuals.xs(country, level="country")
    return pd.Series(np.log((own["observed"] + 0.5) / (own["expected"] + 0.5)))
