"""The words of a figure: title, unit, what it shows, how much is known, whence, on what terms."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geo import indicators, units
from geo.events.standing import standing
from geo.i18n import Language, number, translator
from geo.indicators import Indicator
from geo.indicators.catalogue import Events
from geo.maps.choropleths import Choropleth
from geo.maps.classes import Scheme
from geo.maps.drawings import Drawing, MapChoice

MOST_SOURCES = 4


@dataclass(frozen=True)
class RankedSubject:
    """A line of the list of highest values; `share` is the value over the highest, 0 to 1.

    Attributes
    ----------
    unchecked
        The value rests on places that nobody has checked.
    """

    rank: int
    name: str
    value: str
    share: float
    unchecked: bool = False


@dataclass(frozen=True)
class Caption:
    """Words around a figure in one language.

    Attributes
    ----------
    subtitle
        The unit and the year, with "at least" where it applies.
    legend_title
        The unit and the scheme of the classes.
    paragraphs
        Below the map: pairs of a lead, set bold, and a text; either may be empty.
    highest
        First places; empty when there is nothing to rank.
    note
        How to read the limits of the classes.
    foot
        Last line of the page: version of the data and the address that brings the map back.
    """

    title: str
    subtitle: str
    legend_title: str
    paragraphs: tuple[tuple[str, str], ...]
    highest: tuple[RankedSubject, ...] = ()
    note: str = ""
    foot: str = ""


def first_source(one: Indicator) -> str:
    """Who published the first source, or its title: for the hover card."""
    rows = indicators.sources_of(one)
    publisher = rows["publisher"].iloc[0]
    return shortened(str(rows["title"].iloc[0] if pd.isna(publisher) else publisher))


def shortened(text: str) -> str:
    """First 67 characters of a text that is longer than 70."""
    return text if len(text) <= 70 else text[:67].rstrip() + "…"


def scheme_name(scheme: Scheme | None, lang: Language) -> str:
    """Name of a scheme of classes; ``None`` is that of limits set by hand."""
    _ = translator(lang)
    names: dict[Scheme | None, str] = {
        "quantiles": _("quantiles"),
        "fisher_jenks": _("natural breaks (Fisher-Jenks)"),
        "equal_interval": _("equal intervals"),
        "pretty": _("round limits"),
        "std_mean": _("standard deviations"),
        None: _("limits set by hand"),
    }
    return names[scheme]


def boundary_note(lang: Language) -> str:
    """Sentence that stands under every map and on every export."""
    _ = translator(lang)
    return _("Boundaries and names shown do not imply endorsement; units follow ISO 3166-2.")


def coverage(drawing: Drawing, scope: units.Scope) -> str:
    """Sentence such as "Data for 41 of 48 border subjects." in the language of the map."""
    _ = translator(drawing.lang)
    words = _("Data for {n} of {all} border subjects.") if scope == "border" else _("Data for {n} of {all} subjects.")
    return words.format(n=drawing.ranked, all=drawing.applicable)


def places_checked(one: Indicator, lang: Language) -> str:
    """Sentence on how many subjects of a map of event records have checked places; empty for other indicators."""
    store = standing()
    if store is None or not isinstance(one.rule, Events):
        return ""
    from geo.indicators import reported  # of queries, which other maps do not need

    _ = translator(lang)
    found = reported.checked(one.rule, store)
    if found is None:
        return _("Places were coded by people; the atlas has not checked them.")
    return _(
        "Subjects with events whose places are checked: {n} of {all}; in the others places are not checked."
    ).format(n=found.subjects, all=found.of)


def cautions(one: Indicator, lang: Language) -> str:
    """Sentences of what to mind when reading an indicator, how far its places are checked among them."""
    said = [indicators.warnings()[key].text.of(lang) for key in one.warnings]
    return " ".join(part for part in (*said, places_checked(one, lang)) if part)


def years_used(drawing: Drawing) -> str:
    """Year of the values, or first and last where the nearest-year rule took several."""
    years = drawing.subjects.loc[drawing.subjects["rank"].notna(), "year_used"].dropna()
    if years.empty:
        return ""
    first, last = int(years.min()), int(years.max())
    return str(first) if first == last else f"{first}–{last}"


def highest(drawing: Drawing, places: int = 12) -> tuple[RankedSubject, ...]:
    """First places of the scope, by rank and then by code."""
    ranked = drawing.subjects[drawing.subjects["rank"].notna()]
    first = ranked.sort_values("rank", kind="stable").head(places)
    top = float(first["value"].max()) if len(first) else 0.0
    digits = drawing.classes.digits if isinstance(drawing, Choropleth) else None
    return tuple(
        RankedSubject(
            rank=int(rank),
            name=units.name(str(code), drawing.lang),
            value=number(float(value), drawing.lang, digits),
            share=max(float(value) / top, 0.0) if top > 0 else 0.0,
            unchecked=bool(unchecked),
        )
        for code, rank, value, unchecked in first[["rank", "value", "unchecked"]].itertuples()
    )


def legend_title(choice: MapChoice, drawing: Drawing) -> str:
    """Head a legend with the unit and the scheme of its classes; answers with what was asked."""
    one, lang = choice.indicator, drawing.lang
    if one.kind == "yes_no":
        return one.short.of(lang)
    parts = [indicators.unit_of(one, choice.per).of(lang)]
    if isinstance(drawing, Choropleth):
        parts.append(scheme_name(drawing.classes.scheme, lang))
    heading = ", ".join(parts)
    return heading[:1].upper() + heading[1:]


def class_note(choice: MapChoice, drawing: Drawing) -> str:
    """How to read the limits of the classes; empty where there are none to read."""
    if isinstance(drawing, Choropleth) and choice.indicator.kind != "yes_no":
        return drawing.classes.note(drawing.lang)
    return ""


def caption(choice: MapChoice, drawing: Drawing, foot: str = "") -> Caption:
    """Words for the figure of a choice, in the language of its drawing."""
    lang = drawing.lang
    _ = translator(lang)
    one = choice.indicator
    unit = indicators.unit_of(one, choice.per).of(lang)
    titles = [str(title).rstrip(".") for title in indicators.sources_of(one)["title"]]
    if len(titles) > MOST_SOURCES:
        more = _(" and {n} more").format(n=len(titles) - MOST_SOURCES)
        titles = [*titles[: MOST_SOURCES - 1], titles[MOST_SOURCES - 1] + more]
    paragraphs = [
        (_("What it shows."), one.definition.of(lang)),
        (coverage(drawing, choice.scope), cautions(one, lang)),
        (_("Sources:"), "; ".join(titles) + "."),
        ("", indicators.licences()[one.licence].text.of(lang).rstrip(".") + "."),
        ("", boundary_note(lang) + " " + _("Natural Earth 1:10m, Albers equal-area.")),
    ]
    said = [_("at least") if drawing.at_least else "", unit, years_used(drawing)]
    return Caption(
        title=one.title.of(lang),
        subtitle=", ".join(part for part in said if part),
        legend_title=legend_title(choice, drawing),
        paragraphs=tuple(paragraphs),
        highest=highest(drawing) if one.kind != "yes_no" else (),
        note=class_note(choice, drawing),
        foot=foot,
    )
