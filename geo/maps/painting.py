"""What the script of the interactive map is told: one mark a subject, a few colours, a few words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from geo import units
from geo.i18n import Language, translator
from geo.maps.choropleths import Choropleth
from geo.maps.circles import LARGEST_RADIUS, CircleMap
from geo.maps.legends import looks, nothing_label, unchecked_label
from geo.maps.overlays import Layers
from geo.maps.palettes import palette
from geo.maps.themes import CONTESTED_STYLE, GROUND_STYLE, NOTHING_STYLE, PATTERNS, UNCHECKED_STYLE, Style, Theme
from geo.maps.views import View

MARKS = {"zero": "z", "no_data": "n", "not_applicable": "a", "suspended": "s"}
UNCHECKED = "u"
OUTSIDE = "."
Drawing = Choropleth | CircleMap


def marks(drawing: Drawing) -> str:
    """One character a subject in code order: a digit for its class, a letter for the unchecked and each nothing."""
    subjects = drawing.subjects
    classes = subjects["class_index"] if "class_index" in subjects else [0] * len(subjects)
    return "".join(
        OUTSIDE if not inside else UNCHECKED if unchecked else MARKS.get(status, str(index))
        for inside, unchecked, status, index in zip(
            subjects["in_scope"], subjects["unchecked"], subjects["status"], classes, strict=True
        )
    )


def says_answers(drawing: Drawing) -> bool:
    """Whether the legend of a drawing says yes and no, so that its values are answers and not figures."""
    if not isinstance(drawing, Choropleth):
        return False
    _ = translator(drawing.lang)
    said = {(row.kind, row.label) for row in drawing.legend}
    # a map of categories has no classes, whatever its categories are called
    return ("zero", _("no")) in said or (drawing.classes.k == 1 and ("class", _("yes")) in said)


def answer(value: float, lang: Language, *, at_least: bool = False) -> str:
    """Word for the value of a yes-or-no indicator; in a lower bound there is no "no", only "none found"."""
    _ = translator(lang)
    if value and not pd.isna(value):
        return _("yes")
    return nothing_label("zero", lang, at_least=True) if at_least else _("no")


def said_answer(value: float, status: str, lang: Language, *, at_least: bool = False) -> str:
    """Answer of a yes-or-no indicator, or the kind of nothing it is; in a lower bound no tie is one that none found."""
    nothing = next((kind for kind in NOTHING_STYLE if kind == status and kind != "zero"), None)
    if nothing is None or (nothing == "no_data" and at_least):
        return answer(value, lang, at_least=at_least)
    return nothing_label(nothing, lang)


def other_years(drawing: Drawing, year: int | None) -> dict[str, int]:
    """Years of the values that are of another year than the map, by place in code order; text, as JSON has it."""
    if year is None:
        return {}
    subjects = drawing.subjects
    told = subjects["in_scope"] & subjects["value"].notna() & (subjects["year_used"] != year).fillna(False)
    return {str(place): int(subjects["year_used"].iloc[place]) for place in told.to_numpy().nonzero()[0]}


def payload(
    drawing: Drawing,
    *,
    title: str,
    unit: str,
    year: int | None,
    source: str,
    selected: str | None = None,
    years: Sequence[int] = (),
    series: Mapping[int, Drawing] | None = None,
    autoplay: bool = False,
    rank_texts: Sequence[str | None] | None = None,
    overlay: Layers | None = None,
    highlight: Sequence[str] = (),
    choice: str = "",
) -> dict[str, Any]:
    """Collect what `geo.maps.layers.Painting` carries to the browser.

    Answers of yes and no carry neither values nor ranks: ``class_labels`` and ``zero`` are their words. ``years_used``
    holds the years of those values alone that are of another year than the map.

    Parameters
    ----------
    title
        Name of the map for those who cannot see it.
    unit
        Printed behind a value, in the language of the drawing.
    year
        Year of the values; None for stocks that are only listed.
    source
        Short name of the source, for the hover card.
    selected
        Subject with an open card.
    years
        Years of the series; with more than one the map offers to play them.
    series
        One drawing a year with class limits in common; without them the map asks for them before it plays.
    autoplay
        Start playing.
    rank_texts
        What the hover card says of the rank of each subject in code order, where more than the rank is to be said; by
        default the rank among the scope.
    overlay
        Ties drawn over the map.
    highlight
        Codes of subjects and countries that are outlined.
    choice
        Names all that was chosen; two payloads with the same name are alike, so the script may remember them by it.
    """
    theme = drawing.theme
    circles = isinstance(drawing, CircleMap)
    answers = says_answers(drawing)
    colors = (
        [drawing.circle_fill]
        if isinstance(drawing, CircleMap)
        else [row.fill for row in drawing.legend if row.kind == "class"]
    )
    told: dict[str, Any] = {
        "kind": "circles" if circles else "choropleth",
        "lang": drawing.lang,
        "title": title,
        "look": look_name(theme, drawing.lang),
        "colors": colors,
        "marks": marks(drawing),
        # the mark of an answer says it all
        "values": [] if answers else [_short(value) for value in drawing.subjects["value"]],
        "ranks": [] if answers else [None if pd.isna(rank) else int(rank) for rank in drawing.subjects["rank"]],
        "ranked": drawing.ranked,
        "class_labels": [row.label for row in drawing.legend if row.kind in ("class", "circle")],
        "radius": LARGEST_RADIUS,
        "unit": unit,
        "year": year,
        "source": source,
        "at_least": drawing.at_least,
        "selected": selected,
        "view": None,
    }
    if answers:
        told["zero"] = answer(0, drawing.lang, at_least=drawing.at_least)
    if others := other_years(drawing, year):
        told["years_used"] = others
    if choice:
        told["choice"] = choice
    if overlay is not None:
        told["overlay"] = overlay.told
    if highlight:
        told["highlight"] = list(highlight)
    if rank_texts is not None:
        told["rank_texts"] = list(rank_texts)
    if isinstance(drawing, CircleMap):
        told["largest"] = drawing.largest
    if len(years) > 1:
        told["play"] = {"years": list(years)}
    if series:
        told["play"]["marks"] = [marks(one) for one in series.values()]
        if circles:
            told["play"]["values"] = [[_short(value) for value in one.subjects["value"]] for one in series.values()]
        told["autoplay"] = autoplay
    return told


def look_name(theme: Theme, lang: Language) -> str:
    """What a payload names instead of carrying it, such as ``light-en``: see :func:`look`."""
    return f"{theme.name}-{lang}"


def look(theme: Theme, lang: Language) -> dict[str, Any]:
    """Colours, styles of nothing, patterns and words that all paintings of one theme and language share."""
    return {
        "theme": theme.colours(),
        "styles": _styles(theme),
        "patterns": _patterns(theme),
        "words": _words(lang),
    }


def change(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What of a payload differs from the one that is painted, without what the eye does not need at once.

    The browser lays it over what it has. The values behind the hover card and the other years of a series follow with
    the payload itself; until then the card names the class.
    """
    told = {key: value for key, value in after.items() if key not in before or before[key] != value}
    told |= dict.fromkeys(before.keys() - after.keys())
    if after["kind"] != "circles":
        told["values"] = []
    told |= {"ranks": [], "autoplay": False}
    told.pop("years_used", None)
    if "years_used" in before:  # of the values before, which are left out too
        told["years_used"] = None
    if after.get("play"):
        told["play"] = {"years": after["play"]["years"]}
    return told


def locator(
    subjects: Mapping[str, str],
    touched: Collection[str],
    view: View,
    theme: Theme,
    lang: Language,
    *,
    title: str | None = None,
    colors: Sequence[str] | None = None,
    overlay: Layers | None = None,
    highlight: Sequence[str] = (),
) -> dict[str, Any]:
    """Show where some subjects lie and which foreign regions they touch, north up.

    Parameters
    ----------
    subjects
        Word for the hover card of each subject, such as its role, by code; one colour a role.
    touched
        Codes of foreign regions to tint.
    title
        Name of the map for those who cannot see it; by default the names of the subjects.
    colors
        One a role, by default the accent and a cool tone.
    overlay
        Ties drawn over the map, in the coordinates of the view.
    highlight
        Codes of subjects and countries that are outlined.
    """
    tones = list(colors or (theme.accent, palette("teal", 5, theme)[3]))
    roles = list(dict.fromkeys(subjects.values()))
    codes = units.subjects().index
    told = {
        "kind": "locator",
        "lang": lang,
        "title": title or ", ".join(units.name(code, lang) for code in subjects),
        "look": look_name(theme, lang),
        "colors": tones,
        "marks": "".join(str(roles.index(subjects[code])) if code in subjects else OUTSIDE for code in codes),
        "values": [],
        "class_labels": roles,
        "touched": dict.fromkeys(touched, tones[0]),
        "year": None,
        **view.told(),
    }
    if overlay is not None:
        told["overlay"] = overlay.told
    if highlight:
        told["highlight"] = list(highlight)
    return told


def _short(value: float) -> float | None:
    """Four significant digits: what a hover card prints."""
    return None if pd.isna(value) else float(f"{value:.4g}")


def _styles(theme: Theme) -> dict[str, dict[str, str | None]]:
    styles: dict[str, Style] = {
        **{MARKS[kind]: style for kind, style in NOTHING_STYLE.items()},
        UNCHECKED: UNCHECKED_STYLE,
        OUTSIDE: GROUND_STYLE,
        "contested": CONTESTED_STYLE,
    }
    return {
        mark: {
            "fill": f"url(#{_pattern_id(style)})" if style.pattern else look["fill"],
            "stroke": look["stroke"],
            "dash": look["dash"] or None,
        }
        for mark, style in styles.items()
        for look in [looks(style, theme)]
    }


def _pattern_id(style: Style) -> str:
    return f"{style.pattern}-{style.fill}-{style.ink}".replace("_", "-")


def _patterns(theme: Theme) -> list[dict[str, Any]]:
    found = []
    for style in (*NOTHING_STYLE.values(), CONTESTED_STYLE):
        if style.pattern:
            pattern = PATTERNS[style.pattern]
            found.append(
                {
                    "id": _pattern_id(style),
                    "ground": looks(style, theme)["fill"],
                    "ink": looks(style, theme)["ink"],
                    # SVG counts angles clockwise
                    "angle": -pattern.angles[0],
                    "crossed": len(pattern.angles) > 1,
                    "spacing": pattern.spacing,
                    "width": pattern.width,
                }
            )
    return found


def _words(lang: Language) -> dict[str, str]:
    _ = translator(lang)
    return {
        "rank": _("rank {r} of {n}"),
        "at_least": _("at least"),
        "outside": _("not a border subject"),
        "no_data": nothing_label("no_data", lang),
        "not_applicable": nothing_label("not_applicable", lang),
        "suspended": nothing_label("suspended", lang),
        "none_found": nothing_label("zero", lang, at_least=True),
        "unchecked": unchecked_label(lang),
        "places_unchecked": _("Subjects whose places are not checked: {n}."),
        "play": _("Play the years"),
        "year": _("Year"),
        "list": _("Subjects of the map: arrows move, Enter opens"),
        "highest": _("Highest: {names}."),
        "lowest": _("Lowest: {names}."),
        "coverage": _("Data for {n} of {all} subjects."),
        "caucasus": _("North Caucasus"),
        "kaliningrad": _("Kaliningrad"),
    }
