"""A map of categories: subjects coloured by what they are called, not by how much they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from geo import units
from geo.i18n import Language
from geo.maps.choropleths import Choropleth, dressed, in_scope, status_counts
from geo.maps.classes import Classes
from geo.maps.legends import LegendRow, nothing_rows
from geo.maps.themes import LIGHT, Theme


@dataclass(frozen=True)
class Category:
    """What a category is called, and its colour ``#rrggbb``."""

    label: str
    fill: str


def category_map(
    belongs: pd.Series,
    categories: Mapping[str, Category],
    values: pd.Series,
    *,
    none_label: str,
    theme: Theme = LIGHT,
    lang: Language = "en",
) -> Choropleth:
    """Colour all subjects by category.

    Parameters
    ----------
    belongs
        Category by ``iso_3166_2``; missing where the subject has none.
    categories
        By id, in the order of the legend.
    values
        Figure of each subject for the hover card, such as how firmly it belongs there.
    none_label
        What the legend calls subjects without a category.

    Returns
    -------
    A choropleth without class limits, histogram and ranks; ``class_index`` is the place among the categories.
    """
    codes = units.scope("all")
    named = belongs.reindex(codes)
    frame = pd.DataFrame(
        {
            "value": values.reindex(codes).astype("float64"),
            "status": named.notna().map({True: "observed", False: "no_data"}),
            "year_used": pd.array([pd.NA] * len(codes), dtype="Int64"),
        },
        index=codes,
    )
    subjects = dressed(in_scope(frame, codes), theme)
    places = {name: place for place, name in enumerate(categories)}
    subjects["class_index"] = named.map(places).fillna(-1).astype("int64")
    subjects["fill"] = [
        list(categories.values())[place].fill if place >= 0 else fill
        for place, fill in zip(subjects["class_index"], subjects["fill"], strict=True)
    ]
    subjects["rank"] = pd.array([pd.NA] * len(codes), dtype="Int64")
    rows = [
        LegendRow("class", one.label, int((named == name).sum()), one.fill, theme.swatch_line)
        for name, one in categories.items()
    ]
    nothing = nothing_rows(status_counts(subjects), theme, lang)
    return Choropleth(
        subjects=subjects,
        classes=Classes(None, 0),
        legend=(*rows, *(replace(row, label=none_label) for row in nothing)),
        histogram=(),
        ranked=int(named.notna().sum()),
        applicable=len(codes),
        total=len(codes),
        at_least=False,
        theme=theme,
        lang=lang,
    )
