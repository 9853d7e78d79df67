"""What the page of soft power says of one subject: its profile, the things counted in it, and the gaps."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from textwrap import shorten

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from geo import facts, indicators, ties, units
from geo.i18n import country_name, number
from geo.maps.painting import said_answer
from geo.measures import soft_power
from geo.measures.soft_power import Group
from ui import captions, cells, charts, html_table, theme
from ui.i18n import _, lang


def profile(code: str) -> None:
    """Dot plot of one subject against the median of the border subjects."""
    found = soft_power.profile(code)
    look = theme.look()
    rows = list(range(len(found)))
    groups = {group.id: group.title.of(lang()) for group in soft_power.framework().pillars}
    hover = [_hover(str(key), row) for key, row in found.iterrows()]
    x: list[float | None] = []
    y: list[float | None] = []
    for place, (own, median) in enumerate(zip(found["position"], found["median_position"], strict=True)):
        x += [own, median, None]
        y += [place, place, None]
    figure = go.Figure(layout=charts.layout(hovermode="y"))
    figure.add_scatter(
        x=x, y=y, mode="lines", line={"color": look.soft, "width": 1.5}, hoverinfo="skip", showlegend=False
    )
    figure.add_scatter(
        x=found["median_position"],
        y=rows,
        mode="markers",
        name=_("median of border subjects"),
        marker={"symbol": "line-ns", "size": 15, "line": {"color": look.ink, "width": 2.5}},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=found["position"],
        y=rows,
        mode="markers",
        name=units.name(code, lang()),
        marker={"size": 11, "color": look.accent},
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
    )
    changes = [place for place in rows[1:] if found["pillar"].iloc[place] != found["pillar"].iloc[place - 1]]
    figure.update_layout(
        shapes=[
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": place - 0.5, "y1": place - 0.5}
            | {"line": {"color": look.line, "width": 1}}
            for place in changes
        ]
    )
    figure.update_xaxes(
        range=[-0.04, 1.04],
        tickvals=[0, 0.5, 1],
        ticktext=[_("least"), "0.5" if lang() == "en" else "0,5", _("greatest")],
    )
    figure.update_yaxes(
        range=[len(found) - 0.4, -0.6],
        tickvals=rows,
        ticktext=[indicators.find(str(key)).short.of(lang()) for key in found.index],
        tickfont={"color": look.ink},
        showgrid=False,
    )
    title = units.name(code, lang())
    charts.draw(figure, "profile", title=title, height=27 * len(found) + 80)
    above = int((found["position"] > found["median_position"]).sum())
    charts.twin(
        _(
            "{name} stands above the median of the border subjects on {n} of {all} indicators. Each line runs from the "
            "least to the greatest border subject, extremes set to the next value."
        ).format(name=units.name(code, lang()), n=above, all=int(found["position"].notna().sum()))
        if found["position"].notna().any()
        else _(
            "{name} has no state border; the scale is that of the border subjects, so it is not placed on it."
        ).format(name=units.name(code, lang()))
    )
    html_table.folded(
        _("The profile as a table"),
        "profile_table",
        [
            _("Pillar"),
            _("Indicator"),
            (units.name(code, lang()), _("newest value, in the unit named beside it")),
            _("Median of border subjects"),
            _("Unit"),
            _("Year"),
            _("Sources"),
        ],
        (
            (
                groups[str(row["pillar"])],
                html_table.map_link(str(key), row["per"]),
                _value(str(key), row["value"], row["status"]),
                cells.figure(row["median"]),
                indicators.unit_of(indicators.find(str(key)), row["per"]).of(lang()),
                cells.year(row["year_used"], ""),
                html_table.sources_link(str(key)),
            )
            for key, row in found.iterrows()
        ),
    )


def _value(key: str, value: float, status: str) -> cells.Cell:
    """Newest value of an indicator: in words, and as the figure that is taken away."""
    one = indicators.find(key)
    if one.kind == "yes_no":
        said = said_answer(value, status, lang(), at_least=one.at_least())
        return cells.Cell(said, None if pd.isna(value) else int(value), said)
    printed = captions.said_value(value, status, at_least=one.at_least())
    known = not pd.isna(value) and status in ("observed", "zero")
    return cells.Cell(printed, float(value) if known else None, _("at least") if known and one.at_least() else "")


def _hover(key: str, row: pd.Series) -> str:
    one = indicators.find(key)
    year = "" if pd.isna(row["year_used"]) else f", {int(row['year_used'])}"
    unit = indicators.unit_of(one, row["per"]).of(lang())
    median = _("median of border subjects: {value}").format(value=number(row["median"], lang()))
    return f"<b>{one.title.of(lang())}</b><br>{_value(key, row['value'], row['status'])} {unit}{year}<br>{median}"


def gaps(group: Group) -> str:
    """What is missing, as HTML."""
    items = "".join(f"<li>{escape(text.of(lang()))}</li>" for text in group.missing)
    return f'<div class="gaps"><h2>{escape(_("What is missing"))}</h2><ul>{items}</ul></div>'


def inside(code: str) -> None:
    """Foreign presence in a subject: figures and list, apart from its own reach."""
    group = soft_power.framework().inside
    st.html(f"<h2>{escape(group.title.of(lang()))}</h2><p class='soft'>{escape(group.note.of(lang()))}</p>")
    st.html(_figures(group, code))
    for kind in group.counted:
        _listed(kind, code)
    st.html(gaps(group))


def _figures(group: Group, code: str) -> str:
    """Newest value of each indicator of a group for one subject; illustrations are called so."""
    rows = []
    for key in (*group.mapped, *group.listed):
        row = indicators.join(key).loc[code]
        example = "" if key in group.mapped else _("examples, not compared")
        rows.append(
            (html_table.map_link(key), _value(key, row["value"], row["status"]), example, html_table.sources_link(key))
        )
    title = group.title.of(lang())
    return html_table.table([_("Indicator"), _("Value"), "", _("Sources")], rows, title=title)


def counted(code: str) -> None:
    """Things counted in a subject, pillar by pillar, with dates and sources."""
    st.html(f'<p class="soft">{escape(_("What is counted, one by one; names stay as the sources write them."))}</p>')
    for group in soft_power.framework().pillars:
        if not group.counted and not group.listed:
            continue
        st.html(f"<h2>{escape(group.title.of(lang()))}</h2>")
        examples = [key for key in group.listed if indicators.join(key).loc[code, "status"] == "observed"]
        if examples:
            said = "; ".join(
                f"{indicators.find(key).title.of(lang())}: {number(indicators.join(key).loc[code, 'value'], lang())}"
                for key in examples
            )
            st.html(f'<p class="soft">{escape(_("Examples, not compared:"))} {escape(said)}</p>')
        for kind in group.counted:
            _listed(kind, code)


def _listed(kind: str, code: str) -> None:
    """List of one kind of things, or the statement that none was found."""
    found = soft_power.things(kind, code)
    name = soft_power.thing_name(kind, lang())
    if found.empty:
        st.html(
            f'<p class="soft"><b>{escape(name)}</b>: {escape(_("none found in the sources, which is not none"))}</p>'
        )
        return
    heads = [_("What"), _("Kind"), _("Place"), _("From"), _("To"), _("State"), _("Figure"), _("Sources")]
    rows = [_thing(kind, row) for row in found.to_dict("records")]
    used = [place for place, _head in enumerate(heads) if any(str(row[place]) for row in rows)]
    st.html(
        f'<p class="label"><b>{escape(name)}</b> · {len(found)}</p>'
        + html_table.table([heads[i] for i in used], ([row[i] for i in used] for row in rows), title=name)
    )


def _thing(kind: str, row: dict[str, object]) -> list[object]:
    country = "" if pd.isna(row["country"]) else country_name(str(row["country"]), lang())
    detail = "" if pd.isna(row["detail"]) else soft_power.detail_name(str(row["detail"]), lang())
    said = row["name_ru"] if lang() == "ru" and pd.notna(row["name_ru"]) else row["name"]
    name = country if pd.isna(said) else str(said)
    return [
        name or detail,
        detail if name else "",
        ", ".join(part for part in (_text(row["place"]), "" if name == country else country) if part),
        cells.year(row["opened"], ""),
        cells.year(row["closed"], ""),
        _state(kind, row["status"]),
        "" if pd.isna(row["value"]) else _measured(float(str(row["value"])), _text(row["unit"])),
        _sources(str(row["source"]).split(";")),
    ]


def _measured(value: float, unit: str) -> cells.Parts:
    said = soft_power.detail_name(unit, lang())
    return cells.Parts(f"{number(value, lang())} {said}", {_("value"): value, _("unit"): said})


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _state(kind: str, status: object) -> str:
    if pd.isna(status):
        return ""
    if kind in ("memberships", "consulates"):
        tie = "organisation" if kind == "memberships" else "consulate"
        return ties.status_name(str(status), lang(), tie)
    return soft_power.detail_name(str(status), lang())


def _sources(ids: Iterable[str]) -> Markup:
    titles = facts.sources()["title"]
    links = [
        f'<a href="sources?lang={lang()}&amp;source={escape(key, quote=True)}" target="_self">'
        f"{escape(shorten(str(titles[key]), 70))}</a>"
        for key in dict.fromkeys(ids)
    ]
    return Markup("; ".join(links))
