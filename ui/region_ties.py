"""The ties of one subject, or of two side by side on the same scales."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from geo import ties, units
from geo.maps.describing import Span
from geo.ties import Kind, Ties
from ui import dyads, institutions, overlays, pickers, survival, take_away, ties_map, ties_table, timeline, years
from ui.i18n import _, lang


def read_address() -> None:
    """Read years and kinds before the section is drawn, so that the top of the page can say what was not understood."""
    years.span()
    pickers.several("kind", ties.KINDS)


def draw(code: str, other: str | None) -> None:
    """Draw the section: map, timeline, institutions, neighbours, table, acts."""
    codes = [code, other] if other and other != code else [code]
    everything = {one: ties.load().where(subject=one) for one in codes}
    title, middle, kind = st.columns([2, 3, 2.6], gap="medium", vertical_alignment="bottom")
    with title:
        st.html(f'<h2 class="part">{escape(_("Ties"))}</h2>')
    with middle:
        span = years.slider()
    with kind:
        kinds = pickers.kinds(ties.load().where(subject=codes))
    of_kind = {one: found.where(kind=kinds or None) for one, found in everything.items()}
    _maps(of_kind, span)
    charts = _timelines(of_kind, span)
    for one, place in zip(codes, st.columns(len(codes), gap="large"), strict=True):
        if left_over := survival.table(of_kind[one], "kind"):
            place.html(left_over)
    ties_table.draw(ties.load().where(subject=codes, kind=kinds or None), "region", span=span, charts=charts)
    if counts := _counts({one: found.within(*span) for one, found in of_kind.items()}):
        st.html(counts)
    for one, place in zip(codes, st.columns(len(codes), gap="large"), strict=True):
        with place:
            st.html(_headed(_("What it sits in, hosts and builds"), one, codes) + institutions.lists(everything[one]))
    for one in codes:
        table = dyads.table(one)
        if table:
            st.html(_headed(_("Neighbours"), one, codes) + table)
    timeline.acts(ties.milestones(codes))


def _headed(words: str, code: str, codes: list[str]) -> str:
    """Heading of a part; with two subjects it says whose."""
    whose = f" <small>{escape(units.name(code, lang()))}</small>" if len(codes) > 1 else ""
    return f"<h2>{escape(words)}{whose}</h2>"


def _maps(of_kind: dict[str, Ties], span: Span) -> None:
    """Draw the maps with their legends."""
    if len(of_kind) > 1:
        for place, one in zip(st.columns(2, gap="medium"), of_kind, strict=True):
            place.html(f"<h2>{escape(units.name(one, lang()))}</h2>")
        drawn = ties_map.subjects(of_kind, span)
        for place, layers in zip(st.columns(2, gap="medium"), drawn.values(), strict=True):
            with place:
                overlays.explain(layers, most_countries=None)
        return
    left, right = st.columns([2.1, 1], gap="large")
    with left:
        drawn = ties_map.subjects(of_kind, span)
    with right:
        for layers in drawn.values():
            overlays.explain(layers, most_countries=None)


def _timelines(of_kind: dict[str, Ties], span: Span) -> list[str]:
    """Draw the timelines on one scale; the keys of their charts."""
    st.html(f"<h2>{escape(_('What happened when'))}</h2>")
    most = max(timeline.tallest(found) for found in of_kind.values())
    keys = [f"timeline{n}" for n in range(len(of_kind))]
    places = st.columns(len(keys), gap="medium")
    for key, place, (one, found) in zip(keys, places, of_kind.items(), strict=True):
        with place:
            timeline.draw(found, ties.milestones([one]), span, key, most=most)
    return keys


def _counts(shown: dict[str, Ties]) -> str:
    """Ties by kind with bars on one scale, and how many of them are dated."""
    tables = {code: ties.counts(found, "kind") for code, found in shown.items()}
    largest = max((int(table["ties"].max()) for table in tables.values() if len(table)), default=0)
    if not largest:
        return ""
    kinds = [kind for kind in ties.KINDS if any(kind in table.index for table in tables.values())]
    names = "".join(f'<th colspan="2">{escape(units.name(code, lang()))}</th>' for code in shown)
    rows = "".join(
        f"<tr><td>{escape(ties.kind_name(kind, lang()))}</td>"
        + "".join(_bar(table, kind, largest) for table in tables.values())
        + "</tr>"
        for kind in kinds
    )
    table = f'<table class="facts kinds-of-ties"><tr><th></th>{names}</tr>{rows}</table>'
    take_away.offer_table(_("Ties by kind"), lambda: _counted(tables, kinds), _counted_means)
    return f'<h2>{escape(_("Ties by kind"))}</h2><div class="scroll">{table}</div>'


def _counted(tables: dict[str, pd.DataFrame], kinds: list[Kind]) -> pd.DataFrame:
    """Ties by subject and kind, and how many of them are dated."""
    found = [(code, kind, table.loc[kind]) for code, table in tables.items() for kind in kinds if kind in table.index]
    return pd.DataFrame(
        {
            "iso_3166_2": [code for code, _kind, _row in found],
            _("Subject"): [units.name(code, lang()) for code, _kind, _row in found],
            _("Kind"): [ties.kind_name(kind, lang()) for _code, kind, _row in found],
            _("Ties"): [int(row["ties"]) for *_names, row in found],
            _("dated"): [int(row["dated"]) for *_names, row in found],
        }
    )


def _counted_means() -> list[tuple[str, str]]:
    return [
        (_("Ties"), _("Read “at least”: a lower bound, as not every tie is recorded.")),
        (_("dated"), _("ties whose year of opening is known")),
    ]


def _bar(table: pd.DataFrame, kind: str, largest: int) -> str:
    count, dated = (int(table.loc[kind, column]) if kind in table.index else 0 for column in ("ties", "dated"))
    said = _("{n}, {dated} dated").format(n=count, dated=dated) if count else _("none found")
    return (
        f'<td class="num">{escape(said)}</td>'
        f'<td class="bar"><span><i style="width:{100 * count / largest:.0f}%"></i></span></td>'
    )
