"""Maps of what is computed here and stands in no catalogue: scores of an index, of a pillar, classes by level."""

from __future__ import annotations

from typing import Final

import pandas as pd

from geo import units
from geo.i18n import Language, translator
from geo.maps.categories import Category, category_map
from geo.maps.choropleths import Choropleth, choropleth
from geo.maps.classes import Classes, classify
from geo.maps.palettes import palette
from geo.maps.themes import Theme
from geo.measures.levels import Levels
from geo.measures.standing import Ranked, score_frame

ONE_SCALE: Final[Classes] = classify(pd.Series(range(101)) / 100, "equal_interval", 5)
"""Class limits that all pillars share."""


def index_map(found: Ranked, theme: Theme, lang: Language) -> Choropleth:
    """Scores of an index by quantiles."""
    scope = units.scope(found.index.recipe.scope)
    return choropleth(score_frame(found.index, found.inputs), scope, theme=theme, lang=lang)


def pillar_map(found: Ranked, theme: Theme, lang: Language, values: pd.Series | None = None) -> Choropleth:
    """Scores of one pillar on the scale that all pillars share."""
    frame = score_frame(found.index, found.inputs, values)
    return choropleth(frame, units.scope("border"), theme=theme, lang=lang, classes=ONE_SCALE)


def level_colours(found: Levels, theme: Theme) -> dict[str, str]:
    """Colour of each class, the strongest for the highest."""
    order = found.recipe.order
    return dict(zip(order, palette("teal", len(order), theme)[::-1], strict=True))


def levels_map(found: Levels, theme: Theme, lang: Language) -> Choropleth:
    """Subjects by level of activity, with the share of draws in which the class holds."""
    _ = translator(lang)
    titles, fills = _titles(found, lang), level_colours(found, theme)
    return category_map(
        found.subjects["level"].astype("object"),
        {level: Category(titles[level], fills[level]) for level in found.recipe.order},
        100 * found.subjects["stability"],
        none_label=_("too little is known"),
        theme=theme,
        lang=lang,
    )


def class_span(found: Levels, code: str, lang: Language) -> str:
    """Class of a subject, with those it might have if what is unknown failed, or held."""
    _ = translator(lang)
    row, titles = found.subjects.loc[code].to_dict(), _titles(found, lang)
    worst, best = titles[str(row["level_at_worst"])], titles[str(row["level_at_best"])]
    own = _("too little is known") if pd.isna(row["level"]) else titles[str(row["level"])]
    if worst == best:
        return own
    return _("{own} (at worst {worst}, at best {best})").format(own=own, worst=worst.lower(), best=best.lower())


def class_spans(found: Levels, lang: Language) -> list[str | None]:
    """Classes of all 83 subjects in code order, for their hover cards."""
    return [class_span(found, str(code), lang) for code in found.subjects.index]


def _titles(found: Levels, lang: Language) -> dict[str, str]:
    rest = found.recipe.rest
    return {one.id: one.title.of(lang) for one in found.recipe.classes} | {rest.id: rest.title.of(lang)}
