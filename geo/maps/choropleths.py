"""A choropleth as data: looks of subjects, legend, histogram. The page and the figure draw it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from geo.errors import ArgumentError
from geo.i18n import Language
from geo.maps.classes import Classes, Scheme, classify
from geo.maps.legends import (
    Bar,
    LegendRow,
    class_rows,
    histogram,
    looks,
    nothing_rows,
    said_as_answers,
    unchecked_rows,
)
from geo.maps.palettes import class_colours
from geo.maps.themes import GROUND_STYLE, LIGHT, NOTHING_STYLE, UNCHECKED_STYLE, Theme


@dataclass(frozen=True)
class Choropleth:
    """Areas coloured by class.

    Attributes
    ----------
    subjects
        One row a subject, indexed by ``iso_3166_2``: ``value``, ``status``, ``year_used``,
        ``in_scope``, ``unchecked`` (the value rests on places that nobody has checked, and is in no class),
        ``rank`` (1 is the highest in the scope; ties share the lower number), ``class_index`` (from 0; -1 without a
        class), and the looks ``fill``, ``stroke``, ``ink``, ``pattern``, ``dash`` (see
        :class:`geo.maps.legends.LegendRow`).
    classes
        Limits of the classes; its ``digits`` are those of printed values.
    legend
        Rows whose counts add up to the subjects in the scope.
    histogram
        Bars over the values that are in a class.
    ranked
        Subjects in the scope that have a value, zero and suspended included.
    applicable
        Subjects in the scope of which the question makes sense: coverage is `ranked` of these.
    total
        Subjects in the scope.
    at_least
        The series is a lower bound: every figure reads "at least".
    """

    subjects: pd.DataFrame
    classes: Classes
    legend: tuple[LegendRow, ...]
    histogram: tuple[Bar, ...]
    ranked: int
    applicable: int
    total: int
    at_least: bool
    theme: Theme
    lang: Language


def in_scope(frame: pd.DataFrame, scope: Collection[str]) -> pd.DataFrame:
    """Frame of :func:`geo.indicators.join` with ``in_scope``, ``unchecked`` and ``rank`` among the scope.

    Raises
    ------
    ArgumentError
        If the scope names subjects that the frame lacks.
    """
    unknown = sorted(set(scope) - set(frame.index))
    if unknown:
        raise ArgumentError(f"the scope names subjects that have no row: {', '.join(unknown)}")
    subjects = frame[["value", "status", "year_used"]].copy()
    subjects["in_scope"] = subjects.index.isin(list(scope))
    unchecked = ~frame["checked"].fillna(True).astype(bool) if "checked" in frame else False
    subjects["unchecked"] = subjects["in_scope"] & (subjects["status"] == "observed") & unchecked
    inside = subjects["value"].where(subjects["in_scope"])
    rank = inside.rank(method="min", ascending=False)
    subjects["rank"] = rank.astype("Int64")
    return subjects


def dressed(subjects: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """Add the looks of nothing, of the unchecked and of the ground; other subjects get an empty area to fill."""
    styles = {kind: looks(style, theme) for kind, style in NOTHING_STYLE.items()}
    ground, grey = looks(GROUND_STYLE, theme), looks(UNCHECKED_STYLE, theme)
    empty = {**ground, "stroke": theme.subject_line}
    rows = [
        (grey if unchecked else styles.get(status, empty)) if inside else ground
        for status, inside, unchecked in subjects[["status", "in_scope", "unchecked"]].itertuples(index=False)
    ]
    return subjects.join(pd.DataFrame(rows, index=subjects.index))


def status_counts(subjects: pd.DataFrame) -> dict[str, int]:
    """Subjects of the scope by status."""
    counts = subjects.loc[subjects["in_scope"], "status"].value_counts()
    return {str(status): int(count) for status, count in counts.items()}


def choropleth(
    frame: pd.DataFrame,
    scope: Collection[str],
    scheme: Scheme = "quantiles",
    k: int = 5,
    palette_name: str = "teal",
    theme: Theme = LIGHT,
    lang: Language = "en",
    *,
    classes: Classes | None = None,
    at_least: bool = False,
    yes_no: bool = False,
) -> Choropleth:
    """Colour the subjects of a scope by the class of their value.

    Parameters
    ----------
    frame
        Indexed by ``iso_3166_2``: ``value``, ``status``, ``year_used`` and, where a value may be unchecked,
        ``checked``, as of :func:`geo.indicators.join`.
    scope
        Codes of the subjects that carry values; the others are drawn as ground.
    classes
        Limits common to several years; by default those of the observed values in the scope.
    at_least
        The series is a lower bound.
    yes_no
        Values are 1 for yes and 0 for no, and the legend says so.
    """
    subjects = dressed(in_scope(frame, scope), theme)
    coloured = subjects["in_scope"] & (subjects["status"] == "observed") & ~subjects["unchecked"]
    values = subjects["value"].where(coloured)
    classes = classes or classify(values, scheme, k)
    colours = class_colours(classes, palette_name, theme)
    subjects["class_index"] = classes.index(values)
    filled = subjects["class_index"].map(dict(enumerate(colours)))
    subjects["fill"] = filled.where(coloured, subjects["fill"])
    within = subjects.loc[subjects["in_scope"]]
    sizes = [int((within["class_index"] == index).sum()) for index in range(classes.k)]
    rows = [
        *class_rows(classes, colours, sizes, theme, lang),
        *unchecked_rows(int(subjects["unchecked"].sum()), theme, lang),
        *nothing_rows(status_counts(subjects), theme, lang, at_least=at_least),
    ]
    return Choropleth(
        subjects=subjects,
        classes=classes,
        legend=tuple(said_as_answers(rows, lang, at_least=at_least) if yes_no else rows),
        histogram=histogram(values.dropna().tolist(), classes, colours),
        ranked=int(within["rank"].notna().sum()),
        applicable=int((within["status"] != "not_applicable").sum()),
        total=len(within),
        at_least=at_least,
        theme=theme,
        lang=lang,
    )
