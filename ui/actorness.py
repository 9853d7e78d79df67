"""Features of an actor: three panels of evidence a subject, each with its written rule, dates and sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo import ties, units
from geo.i18n import country_name, number
from geo.measures import actorness
from geo.measures.actorness import Actorness, Evidence, Feature
from ui import cells, html_table, params, pickers, take_away
from ui.i18n import _, lang

DEFAULT = "RU-MUR"
SUMMED = ("no", "yes")

_COUNTRY = re.compile(r"[A-Z]{2}")


@lru_cache(maxsize=1)
def found() -> Actorness:
    """Evidence of all subjects by the shipped recipe."""
    return actorness.actorness(actorness.shipped())


def grade_words() -> dict[str, str]:
    """Names of the grades of a panel."""
    return {"strong": _("strong"), "some": _("some"), "none_shown": _("none shown")}


def verdict_words() -> dict[str, str]:
    """Names of the verdicts on an evidence."""
    return {"shown": _("shown"), "not_shown": _("not shown"), "unknown": _("unknown")}


def draw() -> None:
    """Draw the panels of the chosen subject, and all subjects as a table."""
    everything = found()
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    with left:
        st.session_state["region"] = st.session_state["region"] or DEFAULT
        pickers.subject("region", _("Subject"), DEFAULT)
    iso = st.session_state["region"]
    with right:
        _toggle()
    st.html(f"<h2>{escape(units.name(iso, lang()))}</h2>")
    if st.session_state["summed"] == "yes":
        st.html(_sum(everything, iso))
    for column, feature in zip(st.columns(len(everything.recipe.features)), everything.recipe.features, strict=True):
        with column, st.container(key=f"feature_{feature.id}"):
            st.html(_panel(everything, feature, iso))
    title = _("Facts behind the features ({subject})").format(subject=units.name(iso, lang()))
    take_away.offer_table(title, lambda: _facts(everything, iso))
    _overview(everything)


def _toggle() -> None:
    st.session_state["summed_switch"] = st.session_state["summed"] == "yes"
    st.toggle(_("Sum the three features all the same"), key="summed_switch", on_change=_switch)


def _switch() -> None:
    st.session_state["summed"] = SUMMED[int(st.session_state["summed_switch"])]
    params.touch()


def _sum(everything: Actorness, iso: str) -> str:
    weights = {feature.id: 1.0 for feature in everything.recipe.features}
    panels = everything.panels
    at_best = replace(everything, panels=panels.assign(shown=panels["shown"] + panels["unknown"], unknown=0))
    low, high = (100 * float(actorness.total(one, weights)[iso]) for one in (everything, at_best))
    said = _(
        "Shown on average over the three features, each of equal weight: {low} % of the evidences; {high} % if all "
        "that is unknown held. The features are different things, so this number hides more than it says; you asked "
        "for it."
    )
    figures = said.format(low=number(low, lang(), 0), high=number(high, lang(), 0))
    return f'<p class="caption" role="note">{escape(figures)}</p>'


def _panel(everything: Actorness, feature: Feature, iso: str) -> str:
    row, grades = everything.panels.loc[(iso, feature.id)], grade_words()
    best = (
        "" if row["grade"] == row["grade_at_best"] else _("at best {grade}").format(grade=grades[row["grade_at_best"]])
    )
    rule = _("some from {some}, strong from {strong} of {n} evidences").format(
        some=feature.some, strong=feature.strong, n=sum(e.stands == "for" for e in feature.evidences)
    )
    evidences = "".join(_evidence(everything, evidence, iso) for evidence in feature.evidences)
    return (
        f'<div class="place"><h2>{escape(feature.title.of(lang()))}</h2>'
        f'<p><b>{escape(grades[row["grade"]])}</b> <span class="soft">{escape(best)}</span></p>'
        f'<p class="soft">{escape(feature.definition.of(lang()))}</p><p class="soft">{escape(rule)}</p></div>'
        f"{evidences}"
    )


def _evidence(everything: Actorness, evidence: Evidence, iso: str) -> str:
    own = everything.items[(everything.items["evidence"] == evidence.id) & (everything.items["iso_3166_2"] == iso)]
    if evidence.stands == "for":
        scored = everything.evidences.xs(evidence.id, level="evidence").xs(iso, level="iso_3166_2").iloc[0]
        verdict = verdict_words()[scored["verdict"]]
        counted = _("{counted} of {found} facts count").format(counted=scored["counted"], found=scored["found"])
    else:
        verdict, counted = _("speaks against; listed, not scored"), _("{n} facts").format(n=len(own))
    facts = "".join(_fact(row) for row in own.sort_values("counts", ascending=False, kind="stable").to_dict("records"))
    listed = (
        f"<details><summary>{escape(counted)}</summary><ul>{facts}</ul></details>"
        if len(own)
        else f'<p class="soft">{escape(_nothing(evidence))}</p>'
    )
    return (
        f'<div class="evidence"><p><b>{escape(evidence.title.of(lang()))}</b>: {escape(verdict)}</p>'
        f'<p class="soft">{escape(evidence.rule.of(lang()))}</p>{listed}</div>'
    )


def _nothing(evidence: Evidence) -> str:
    if evidence.complete:
        return _("Nothing is listed, and the list is complete.")
    return _("Nothing is listed; the list is not complete, so this is unknown, not absent.")


def _fact(row: Mapping[Any, Any]) -> str:
    since, until = ("?" if pd.isna(row[key]) else str(row[key]) for key in ("since", "until"))
    when = since if until == "?" else f"{since}–{until}"
    counts = _("undecided") if pd.isna(row["counts"]) else "" if row["counts"] else _("does not count")
    countries = "" if pd.isna(row["country"]) else _countries(str(row["country"]))
    state = ties.status_name(row["status"], lang()) if row["status"] in ("suspended", "ended") else ""
    notes = ", ".join(part for part in (countries, state, counts) if part)
    css = "" if row["counts"] is True else ' class="soft"'
    return str(
        Markup("<li" + css + '>{} {} <span class="soft">{}</span> {}</li>').format(
            when, _said(str(row["what"])), f"({notes})" if notes else "", html_table.entries(row["source"], short=True)
        )
    )


def _facts(everything: Actorness, iso: str) -> pd.DataFrame:
    """Facts of all evidences of a subject, one a row."""
    own = everything.items[everything.items["iso_3166_2"] == iso]
    pairs = [(feature, evidence) for feature in everything.recipe.features for evidence in feature.evidences]
    titles = {one.id: (feature.title.of(lang()), one.title.of(lang())) for feature, one in pairs}
    counts = {True: _("yes"), False: _("no")}
    return pd.DataFrame(
        {
            _("Feature"): [titles[key][0] for key in own["evidence"]],
            _("Evidence"): [titles[key][1] for key in own["evidence"]],
            _("Fact"): [_said(str(what)) for what in own["what"]],
            "since": own["since"].array,
            "until": own["until"].array,
            "country": own["country"].array,
            "status": own["status"].array,
            _("Counts"): [_("undecided") if pd.isna(one) else counts[bool(one)] for one in own["counts"]],
            "source": own["source"].array,
        }
    )


def _countries(codes: str) -> str:
    return ", ".join(country_name(code, lang()) for code in codes.split(";") if code)


def _said(what: str) -> str:
    """Name of a fact with its forms and country codes in words; other names stay as the source writes them."""
    parts = what.split(" - ")
    return " – ".join(
        country_name(part, lang()) if _COUNTRY.fullmatch(part) else ties.form_name(part, lang()) for part in parts
    )


def _overview(everything: Actorness) -> None:
    features, grades = everything.recipe.features, grade_words()
    panels = everything.panels

    def said(iso: str, feature: str) -> cells.Parts:
        row = panels.loc[(iso, feature)]
        best = "" if row["grade"] == row["grade_at_best"] else f", {_('at best {grade}')}"
        printed = f"{grades[row['grade']]} ({row['shown']}{best.format(grade=grades[row['grade_at_best']])})"
        at_best = grades[row["grade_at_best"]]
        return cells.Parts(printed, {_("grade"): grades[row["grade"]], _("shown"): row["shown"], _("at best"): at_best})

    html_table.folded(
        _("All subjects, feature by feature"),
        "actorness_table",
        [_("Subject"), *((feature.title.of(lang()), feature.definition.of(lang())) for feature in features)],
        (
            [cells.subject(iso), *(said(str(iso), feature.id) for feature in features)]
            for iso in units.subjects().sort_values(f"name_{lang()}").index
        ),
    )
    note = _("In brackets: evidences shown. Facts began by {year}; names stand as the sources write them.")
    st.html(f'<p class="caption">{escape(note.format(year=everything.year))}</p>')
