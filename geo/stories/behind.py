"""What stands behind the picture of a slide: ties, ranks and measures, their figures as a table, their sources."""

from __future__ import annotations

import pandas as pd

from geo import facts, indicators, ties, units
from geo.i18n import LANGUAGES
from geo.maps.addresses import (
    Address,
    BorderAddress,
    IndexAddress,
    LevelsAddress,
    MapAddress,
    NetworkAddress,
    RegionAddress,
    RelationsAddress,
    SoftPowerAddress,
    parse,
)
from geo.measures import level_sharing, relations, soft_power, standing
from geo.measures.recipe import IndexRecipe
from geo.measures.standing import Ranked
from geo.stories import placeholders
from geo.stories.slides import Show, Slide
from geo.ties import Kind, Ties

TiesAddress = BorderAddress | RegionAddress
ScoredAddress = IndexAddress | SoftPowerAddress


def ties_of(address: TiesAddress) -> Ties:
    """Ties of a border or a subject, of the kinds that the address names."""
    kinds: tuple[Kind, ...] | None = address.kinds or None
    if isinstance(address, BorderAddress):
        return ties.border(address.country).ties.where(kind=kinds)
    return ties.load().where(subject=address.region, kind=kinds)


def acts_of(address: TiesAddress) -> pd.DataFrame:
    """Legal acts that concern a border or a subject."""
    if isinstance(address, BorderAddress):
        return ties.border(address.country).milestones
    return ties.milestones([address.region])


def recipe_of(address: ScoredAddress) -> IndexRecipe:
    """Recipe of an index or of one pillar."""
    return address.recipe if isinstance(address, IndexAddress) else soft_power.of_pillar(address.pillar)


def ranked(address: ScoredAddress) -> Ranked:
    """Scores with their ranks and the intervals of these."""
    return standing.ranked(recipe_of(address))


def ties_in_network(address: NetworkAddress) -> Ties:
    """All ties found of the kinds and the scope that the address names."""
    return ties.load().where(kind=list(address.kinds), subject=list(units.scope(address.scope)))


def measured(address: NetworkAddress) -> pd.Series:
    """Measure of each subject in the network, highest first."""
    table = ties.centrality(ties.graph(ties_in_network(address)))
    if address.measure == "herfindahl":
        table = table[table["weighted_degree"] >= ties.LEAST_TIES]
    ordered = table.sort_values([address.measure, "weighted_degree"], ascending=False, kind="stable")
    result: pd.Series = ordered[address.measure]
    return result


def table(address: Address, show: Show) -> pd.DataFrame:
    """Figures of a picture as a table with codes; maps of indicators and of ties have tables of their own."""
    match address:
        case BorderAddress() | RegionAddress():
            return ties.openings_and_endings(ties_of(address)).loc[address.first : address.last].reset_index()
        case RelationsAddress():
            return relations.shipped_compensation().countries.reset_index()
        case IndexAddress() | SoftPowerAddress():
            return ranked(address).uncertain.units.rename_axis("iso_3166_2").reset_index()
        case LevelsAddress():
            return level_sharing.classed(address.rules).subjects.rename_axis("iso_3166_2").reset_index()
        case NetworkAddress():
            if show == "matrix":
                return ties.matrix(ties_in_network(address)).reset_index()
            return measured(address).rename_axis("iso_3166_2").reset_index()
        case MapAddress():
            choice = address.choice
            return indicators.join(choice.indicator, choice.year, choice.per).reset_index()


def rests_on(slide: Slide) -> list[str]:
    """Ids of all sources of a slide: those that it names, those of the rows its figures count, those of its picture."""
    counted = (
        source
        for words in (slide.title, slide.text)
        for lang in LANGUAGES
        for source in placeholders.sources(words.of(lang), lang)
    )
    return list(dict.fromkeys([*slide.sources, *counted, *sources(parse(slide.view), slide.show)]))


def sources(address: Address, show: Show) -> list[str]:
    """Ids of the sources of what a picture shows, the most frequent first."""
    match address:
        case MapAddress():
            one = address.choice
            over = facts.named_sources(ties.load().where(kind=list(address.overlay)).frame) if address.overlay else []
            return list(dict.fromkeys([*_of_indicator(one.indicator.id, one.per), *over]))
        case BorderAddress() | RegionAddress():
            rows = ties_of(address).within(address.first, address.last).frame
            return facts.named_sources(rows, acts_of(address)) if show == "timeline" else facts.named_sources(rows)
        case RelationsAddress():
            return relations.sources(relations.shipped(), ties.load())
        case IndexAddress() | SoftPowerAddress():
            wanted = [one for one in recipe_of(address).indicators if one.weight > 0]
            return list(dict.fromkeys(source for one in wanted for source in _of_indicator(one.id, one.per)))
        case LevelsAddress():
            kinds = level_sharing.classed(address.rules).recipe.kinds
            return facts.named_sources(ties.load().where(kind=list(kinds)).frame)
        case NetworkAddress():
            return facts.named_sources(ties_in_network(address).frame)


def _of_indicator(key: str, per: str | None) -> list[str]:
    return [str(source) for source in indicators.sources_of(key, per).index]
