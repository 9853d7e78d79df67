"""Instruments in use: how state-like they are, and which belong to which framework, as the reader assigns them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from geo import ties, units
from geo.errors import ArgumentError
from geo.maps.palettes import palette
from geo.measures import assignments, frameworks
from geo.measures.frameworks import FrameworksRecipe
from ui import cells, charts, html_table, params, pickers, rank_chart, take_away, theme
from ui.i18n import _, lang

STATE, OTHER_THAN_STATE = "state_type", "non_state_type"


def _read_types(text: str) -> dict[str, str]:
    return assignments.read_types(ties.instruments(), text)


def _read_frameworks(text: str) -> FrameworksRecipe:
    return assignments.read_frameworks(frameworks.shipped(), text)


def chosen() -> tuple[str, str]:
    """Assignments as the address writes them: to types of actors, to frameworks."""
    return (
        params.take("types", params.Readable(_read_types), ""),
        params.take("frameworks", params.Readable(_read_frameworks), ""),
    )


def draw(types: str, placed: str) -> None:
    """Draw the profile and the matrix, each with its assignment."""
    with st.container(width=260):
        scope = pickers.scope()
    codes = units.scope(scope)
    st.html(_heading(_("Synthetic profile: instruments of states and of others"), types))
    _types_editor(types)
    profile = assignments.by_type(ties.load(), ties.instruments(), _read_types(types)).loc[codes]
    _profile(profile)
    recipe = _read_frameworks(placed)
    st.html(_heading(_("Two frameworks of joint action with the centre"), placed))
    _frameworks_editor(placed)
    _matrix(recipe, codes)


def _heading(title: str, changed: str) -> str:
    state = _("changed by the reader") if changed else _("as in the recipe")
    return f'<h2>{escape(title)} <span class="soft">{escape(state)}</span></h2>'


def _types_editor(text: str) -> None:
    types, chosen_types = ties.instruments(), _read_types(text)
    with st.expander(_("Which kind is whose instrument"), key="types_editor", on_change="rerun") as fold:
        if not fold.open:
            return
        for one in types.values():
            st.html(f"<p><b>{escape(one.title.of(lang()))}.</b> {escape(one.note.of(lang()))}</p>")
        with st.container(horizontal=True):
            for kind in ties.KINDS:
                key = f"type_{kind}"
                st.session_state[key] = chosen_types[kind]
                st.selectbox(
                    ties.kind_name(kind, lang()),
                    list(types),
                    key=key,
                    format_func=lambda name: types[name].title.of(lang()),
                    on_change=_retype,
                    args=(text, kind),
                    width=270,
                )
        st.button(_("As in the recipe"), key="reset_types", disabled=not text, on_click=_reset, args=("types",))


def _retype(text: str, kind: str) -> None:
    changed = {**_read_types(text), kind: st.session_state[f"type_{kind}"]}
    st.session_state["types"] = assignments.written_types(ties.instruments(), changed)
    params.touch()


def _reset(name: str) -> None:
    st.session_state[name] = ""
    params.touch()


def _profile(profile: pd.DataFrame) -> None:
    types = ties.instruments()
    both = profile[STATE] + profile[OTHER_THAN_STATE]
    table = profile.assign(share=(profile[STATE] / both).where(both > 0)).sort_values(
        ["share", STATE], ascending=False, na_position="last", kind="stable"
    )
    look, rows = theme.look(), list(range(len(table)))
    figure = go.Figure(layout=charts.layout(barmode="relative", bargap=0.25))
    for name, sign, colour in (
        (STATE, -1, palette("teal", 5, look)[3]),
        (OTHER_THAN_STATE, 1, palette("umber", 5, look)[2]),
    ):
        title = types[name].title.of(lang())
        figure.add_bar(
            x=sign * table[name],
            y=rows,
            orientation="h",
            name=title,
            marker={"color": colour},
            customdata=[
                [units.name(str(code), lang()), int(n)] for code, n in zip(table.index, table[name], strict=True)
            ],
            hovertemplate="<b>%{customdata[0]}</b><br>" + escape(title) + ": %{customdata[1]}<extra></extra>",
        )
    most = int(profile[[STATE, OTHER_THAN_STATE]].to_numpy().max())
    step = 20 if most > 40 else 5
    ticks = list(range(-(most // step) * step, most + 1, step))
    figure.update_xaxes(
        tickvals=ticks, ticktext=[str(abs(tick)) for tick in ticks], side="top", title_text=_("Ties in force")
    )
    figure.add_vline(0, line={"color": look.soft, "width": 1})
    figure.update_yaxes(
        range=[len(rows) - 0.4, -0.6],
        tickvals=rows,
        ticktext=rank_chart.short_names(table.index),
        tickfont={"color": look.ink, "size": 12},
        showgrid=False,
    )
    figure.update_layout(
        margin={"t": 84, "l": 4, "r": 8, "b": 4},
        legend={"y": 1, "yref": "container", "yanchor": "top"},
    )
    with st.container(height=540, border=False, key="profile_frame"):
        charts.draw(
            figure,
            "profile",
            title=_("Synthetic profile: instruments of states and of others"),
            height=rank_chart.ROW * len(rows) + 96,
        )
    synthetic = int(((profile[STATE] > 0) & (profile[OTHER_THAN_STATE] > 0)).sum())
    charts.twin(
        escape(
            _(
                "Ordered by the share of state-type instruments. Both types are in use in {n} of {all} subjects, which "
                "the thesis of synthetic actors expects (Arteev 2021); in {none} none of either is listed. Border "
                "infrastructure is in the table only."
            ).format(n=synthetic, all=len(profile), none=int((both == 0).sum()))
        )
    )
    html_table.folded(
        _("The profile as a table"),
        "profile_table",
        [
            _("Subject"),
            *((one.title.of(lang()), one.note.of(lang())) for one in types.values()),
            (_("Share of state-type"), _("of the instruments of states and of others, from 0 to 1")),
        ],
        (
            [cells.subject(code), *(int(row[name]) for name in types), cells.per_cent(row["share"])]
            for code, row in table.iterrows()
        ),
    )


def _frameworks_editor(text: str) -> None:
    recipe = _read_frameworks(text)
    with st.expander(
        _("Which instrument belongs to which framework"), key="frameworks_editor", on_change="rerun"
    ) as fold:
        if not fold.open:
            return
        for one in recipe.frameworks:
            key = f"framework_{one.id}"
            st.session_state[key] = list(one.kinds)
            st.pills(
                f"{one.title.of(lang())}. {one.definition.of(lang())}",
                ties.KINDS,
                selection_mode="multi",
                key=key,
                format_func=lambda kind: ties.kind_name(kind, lang()),
                on_change=_replace,
                args=(text, one.id),
            )
        st.button(
            _("As in the recipe"), key="reset_frameworks", disabled=not text, on_click=_reset, args=("frameworks",)
        )


def _replace(text: str, framework: str) -> None:
    try:
        changed = assignments.with_kinds(
            _read_frameworks(text), framework, tuple(st.session_state[f"framework_{framework}"])
        )
    except ArgumentError:
        st.toast(_("A framework needs at least one kind of ties: it stays as it was."))
    else:
        st.session_state["frameworks"] = assignments.written_frameworks(frameworks.shipped(), changed)
    params.touch()


def _matrix(recipe: FrameworksRecipe, codes: pd.Index) -> None:
    counts = frameworks.matrix(recipe, ties.load()).loc[codes]
    used = frameworks.instruments_used(recipe, ties.load()).loc[codes]
    order = used.sum(axis=1).sort_values(ascending=False, kind="stable").index
    said = _(
        "Ties in force by instrument; a point means that none is listed, which is not the same as none. “Used” counts "
        "the instruments of the framework of which at least one tie is listed. State of the lists in {year}."
    ).format(year=ties.load().snapshot)
    take_away.offer_table(
        _("Two frameworks of joint action with the centre"),
        lambda: _matrix_frame(recipe, counts.loc[order]),
        lambda: [
            (_("What it shows."), said),
            *((one.title.of(lang()), one.definition.of(lang())) for one in recipe.frameworks),
        ],
    )
    groups = "".join(
        f'<th scope="colgroup" colspan="{len(one.kinds) + 1}">{escape(one.title.of(lang()))}</th>'
        for one in recipe.frameworks
    )
    heads = "".join(
        "".join(f'<th scope="col">{escape(ties.kind_name(kind, lang()))}</th>' for kind in one.kinds)
        + f'<th scope="col"><b>{escape(_("used"))}</b></th>'
        for one in recipe.frameworks
    )
    body = "".join(_matrix_rows(recipe, counts.loc[order], used.loc[order]))
    with st.container(height=560, border=False, key="frameworks_frame"):
        st.html(
            f'<div class="scroll"><table class="matrix frameworks"><tr><th></th>{groups}</tr>'
            f"<tr><th></th>{heads}</tr>{body}</table></div>"
        )
    charts.twin(escape(said))


def _matrix_frame(recipe: FrameworksRecipe, counts: pd.DataFrame) -> pd.DataFrame:
    """The matrix with the names of frameworks and kinds over its columns."""
    titles = {one.id: one.title.of(lang()) for one in recipe.frameworks}
    named = counts.set_axis(
        [f"{titles[framework]}: {ties.kind_name(kind, lang())}" for framework, kind in counts.columns], axis="columns"
    )
    named.insert(0, _("Subject"), [units.name(str(code), lang()) for code in counts.index])
    return named.rename_axis("iso_3166_2").reset_index()


def _matrix_rows(recipe: FrameworksRecipe, counts: pd.DataFrame, used: pd.DataFrame) -> Iterator[str]:
    tint = "background:color-mix(in srgb,var(--accent-cool) {share}%,transparent)"
    for code in counts.index:
        cells = ""
        for one in recipe.frameworks:
            for kind in one.kinds:
                n = int(counts.loc[code, (one.id, kind)])
                style = tint.format(share=min(18 + 6 * n, 60)) if n else ""
                cells += Markup('<td style="{}">{}</td>').format(style, n or "·")
            cells += Markup("<td><b>{}</b>/{}</td>").format(used.loc[code, one.id], len(one.kinds))
        yield str(Markup('<tr><th scope="row">{}</th>{}</tr>').format(units.name(str(code), lang()), Markup(cells)))
