"""Classes of the subjects by level of activity: map, the rules behind one subject, table, and how firmly they hold."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from geo import units
from geo.i18n import number
from geo.maps.captions import boundary_note
from geo.maps.painting import payload
from geo.maps.score_maps import class_span, class_spans, level_colours, levels_map
from geo.measures import level_sharing
from geo.measures.levels import Levels
from ui import cells, charts, html_table, levels_choices, map_widget, pickers, place, rank_chart, take_away, theme
from ui.i18n import _, lang
from ui.legend import legend


def draw(rules: str) -> None:
    """Draw all that the classes have to show."""
    found = level_sharing.classed(rules)
    left, right = st.columns([1.8, 1.2], gap="medium")
    with left:
        with st.container(key="levels_map"):
            _map(found)
        st.html(f'<div class="caption">{escape(_summary(found))}<br>{escape(_boundaries())}</div>')
    with right:
        _legend(found)
        pickers.subject("region", _("Rules of one subject"), "", optional=True)
        if selected := place.selected():
            st.html(rules_of(found, selected))
            st.page_link(
                "pages/region.py",
                label=_("Open region"),
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params={"region": selected, "lang": lang()},
            )
        else:
            st.html(f'<p class="soft">{escape(_("Click a subject on the map, or choose it here."))}</p>')
    levels_choices.editor(rules)
    _table(found)
    _stability(found)


def _map(found: Levels) -> None:
    drawing, unit = levels_map(found, theme.look(), lang()), _("% of draws in which the class holds")
    told = payload(
        drawing,
        title=found.recipe.title.of(lang()),
        unit=unit,
        year=None,
        source=_("operationalised by this project"),
        selected=place.selected(),
        rank_texts=class_spans(found, lang()),
    )
    take_away.offer_scores(drawing, told, found.recipe.title.of(lang()), unit, lambda: means(found))
    map_widget.draw(told, height=560)


def means(found: Levels) -> list[tuple[str, str]]:
    """What the classes and the measures of their rules are: for the sheet of definitions."""
    recipe = found.recipe
    rules = {
        one.title.of(lang()): "; ".join(
            [
                _("{share} % of the rules with data hold").format(share=round(100 * one.needs)),
                *(f"{m.title.of(lang())} ≥ {number(one.thresholds[m.id], lang())}" for m in recipe.measures),
            ]
        )
        for one in recipe.classes
    }
    return [
        (recipe.title.of(lang()), recipe.note.of(lang())),
        *rules.items(),
        (recipe.rest.title.of(lang()), _("the rules of no other class hold")),
        *((one.title.of(lang()), one.definition.of(lang())) for one in recipe.measures),
        (_("Stability"), _summary(found)),
    ]


def _legend(found: Levels) -> None:
    st.html(legend(levels_map(found, theme.look(), lang()), found.recipe.title.of(lang())))


def _summary(found: Levels) -> str:
    chosen = found.recipe.stability
    firm = int((found.subjects["stability"] >= 0.9).sum())
    return _(
        "State of the ties at the end of {year}. Stability: share of {draws} draws (seed {seed}) in which the class "
        "holds when each threshold varies by up to {spread} % and one kind of ties may be left out. In 90 % of draws "
        "or more it holds for {firm} of {n} subjects."
    ).format(
        year=found.year,
        draws=number(chosen.draws, lang()),
        seed=chosen.seed,
        spread=round(100 * chosen.spread),
        firm=firm,
        n=int(found.subjects["level"].notna().sum()),
    )


def _whole_per_cent(share: float) -> str:
    # rounded down, so that 90 stands only where the class holds in 90 % of draws or more
    return f"{math.floor(100 * share + 1e-9)}"


def _boundaries() -> str:
    return f"{boundary_note(lang())} {_('Natural Earth 1:10m, Albers equal-area.')}"


def verdict_words() -> dict[str, str]:
    """Names of the verdicts on a rule."""
    return {"holds": _("holds"), "fails": _("not shown"), "unknown": _("unknown")}


def rules_of(found: Levels, code: str) -> str:
    """Rules of one subject: value, threshold and verdict for each class, as HTML."""
    recipe, words = found.recipe, verdict_words()
    own = found.rules[found.rules["iso_3166_2"] == code].set_index(["measure", "class"])
    rows = []
    for measure in recipe.measures:
        value = own.loc[(measure.id, recipe.classes[0].id), "value"]
        verdicts = [_verdict(own.loc[(measure.id, level.id)], words) for level in recipe.classes]
        rows.append((measure.title.of(lang()), _figure(value), *verdicts))
    counted = own.groupby(level="class")["verdict"]
    held, known = counted.apply(lambda v: (v == "holds").sum()), counted.apply(lambda v: (v != "unknown").sum())
    totals = [
        cells.Parts(
            _("{held} of {known}; needs {needs} %").format(
                held=held[level.id], known=known[level.id], needs=round(100 * level.needs)
            ),
            {_("verdict"): _("{held} of {known}").format(held=held[level.id], known=known[level.id])},
        )
        for level in recipe.classes
    ]
    rows.append((Markup("<b>{}</b>").format(_("Rules that hold")), "", *totals))
    row = found.subjects.loc[code]
    stable = (
        ""
        if pd.isna(row["stability"])
        else _("holds in {share} % of draws").format(share=_whole_per_cent(row["stability"]))
    )
    titles = levels_choices.titles(recipe)
    least = _("least value at which the rule of the class holds, and whether it does")
    value = _("of the ties that are listed, so at least as much")
    heads = [_("Rule"), (_("Value"), value), *((titles[level.id], least) for level in recipe.classes)]
    title = f"{_('Rules')} ({units.name(code, lang())})"
    table = html_table.table(heads, rows, title=title)
    return (
        f'<div class="place"><h2>{escape(units.name(code, lang()))}</h2>'
        f"<p><b>{escape(class_span(found, code, lang()))}</b></p>"
        f'<p class="soft">{escape(stable)}</p></div>{table}'
    )


def _verdict(rule: pd.Series, words: dict[str, str]) -> cells.Parts:
    tag = "b" if rule["verdict"] == "holds" else "span"
    style = "" if rule["verdict"] == "holds" else ' class="soft"'
    said = words[str(rule["verdict"])]
    printed = Markup(f"<{tag}{style}>≥ {{}} {{}}</{tag}>").format(number(rule["threshold"], lang()), said)
    return cells.Parts(printed, {_("threshold"): rule["threshold"], _("verdict"): said})


def _figure(value: float) -> cells.Cell:
    return cells.figure(value, missing=_("unknown"))


def _reached(found: Levels) -> pd.DataFrame:
    """Highest class whose threshold each value reaches: subjects x measures, missing where none is."""
    holds = found.rules[found.rules["verdict"] == "holds"]
    first = holds.drop_duplicates(["iso_3166_2", "measure"])  # rules stand from the highest class down
    wide = first.pivot(index="iso_3166_2", columns="measure", values="class")  # noqa: PD010
    return wide.reindex(index=found.subjects.index, columns=[m.id for m in found.recipe.measures])


def _ordered(found: Levels) -> pd.DataFrame:
    return found.subjects.sort_values(["level", "stability"], ascending=[True, False], kind="stable")


def _table(found: Levels) -> None:
    st.html(f"<h2>{escape(_('All subjects and the rules that hold'))}</h2>")
    take_away.offer_table(_("All rules"), lambda: _all_rules(found), lambda: _means(found))
    recipe = found.recipe
    heads = [
        _("Subject"),
        (_("Class"), recipe.note.of(lang())),
        (_("Holds in, % of draws"), _summary(found)),
        (_("At worst – at best"), _("class if every rule without data failed, and if every one held")),
        (_("Rules with data"), _("of {n} rules").format(n=len(recipe.measures))),
        *((m.title.of(lang()), m.definition.of(lang())) for m in recipe.measures),
    ]
    said = _("Beside each value stands the highest class whose threshold it reaches.")
    with st.container(height=460, border=False, key="levels_table"):
        st.html(html_table.table(heads, _rows(found), title=_("All subjects and the rules that hold")))
    st.html(f'<p class="caption">{escape(said)}</p>')


def _rows(found: Levels) -> Iterator[list[object]]:
    titles, reached = levels_choices.titles(found.recipe), _reached(found)
    values = found.values  # noqa: PD011 - not that of pandas
    for code, row in _ordered(found).iterrows():
        link = Markup('<a href="levels?lang={}&amp;region={}" target="_self">{}</a>').format(
            lang(), code, units.name(str(code), lang())
        )
        measured: list[object] = []
        for measure in found.recipe.measures:
            level = reached.loc[code, measure.id]
            said = "" if pd.isna(level) else titles[level].lower()
            own = values.loc[code, measure.id]
            if pd.isna(own):
                measured.append(_figure(own))
                continue
            printed = Markup('{} <span class="soft">{}</span>').format(_figure(own), said)
            measured.append(cells.Parts(printed, {_("value"): own, _("class reached"): said or None}))
        worst, best = titles[row["level_at_worst"]], titles[row["level_at_best"]]
        stability, known = row["stability"], int(row["known"])
        yield [
            cells.subject(code, link),
            _("too little is known") if pd.isna(row["level"]) else titles[row["level"]],
            cells.Cell(cells.MISSING, None)
            if pd.isna(stability)
            else cells.Cell(_whole_per_cent(stability), float(100 * stability)),
            cells.Parts(f"{worst} – {best.lower()}", {_("at worst"): worst, _("at best"): best}),
            cells.Cell(f"{known}/{len(found.recipe.measures)}", known),
            *measured,
        ]


def _all_rules(found: Levels) -> pd.DataFrame:
    """Each rule for each subject, with its verdict, and the class that comes of them all."""
    frame = found.rules.merge(found.subjects, left_on="iso_3166_2", right_index=True)
    frame.insert(1, "name", [units.name(code, lang()) for code in frame["iso_3166_2"]])
    return frame.assign(year=found.year)


def _means(found: Levels) -> list[tuple[str, str]]:
    return [
        ("level", found.recipe.note.of(lang())),
        ("stability", _summary(found)),
        ("level_at_worst", _("class if every rule without data failed")),
        ("level_at_best", _("class if every rule without data held")),
        ("known", _("of {n} rules").format(n=len(found.recipe.measures))),
        *((measure.id, measure.definition.of(lang())) for measure in found.recipe.measures),
    ]


def _stability(found: Levels) -> None:
    st.html(f"<h2>{escape(_('How firmly the classes hold'))}</h2>")
    ordered, titles, fills = _ordered(found), levels_choices.titles(found.recipe), level_colours(found, theme.look())
    shares = found.shares.loc[ordered.index]
    parts = {level: (titles[level], fills[level], shares[level]) for level in found.recipe.order}
    unknown = (1 - shares.sum(axis=1)).clip(lower=0)
    parts["unknown"] = (_("too little is known"), theme.look().line, unknown)
    figure = go.Figure(layout=charts.layout(barmode="stack", bargap=0.25))
    rows = list(range(len(shares)))
    for name, fill, share in parts.values():
        figure.add_bar(
            x=share,
            y=rows,
            orientation="h",
            name=name,
            marker={"color": fill, "line": {"color": theme.look().paper, "width": 1}},
            customdata=[units.name(str(code), lang()) for code in shares.index],
            hovertemplate="<b>%{customdata}</b><br>" + escape(name) + ": %{x:.0%}<extra></extra>",
        )
    figure.update_xaxes(range=[0, 1], tickformat=".0%", side="top")
    figure.update_yaxes(
        range=[len(rows) - 0.4, -0.6],
        tickvals=rows,
        ticktext=rank_chart.short_names(shares.index),
        tickfont={"color": theme.look().ink, "size": 12},
        showgrid=False,
    )
    figure.update_layout(
        margin={"t": 64, "l": 4, "r": 28, "b": 4},
        legend={"y": 1, "yref": "container", "yanchor": "top", "traceorder": "normal"},
    )
    with st.container(height=520, border=False, key="stability_frame"):
        charts.draw(figure, "stability", title=_("How firmly the classes hold"), height=rank_chart.ROW * len(rows) + 76)
    loose = [units.name(str(code), lang()) for code in ordered.index[ordered["stability"] < 0.5]]
    charts.twin(
        escape(
            _("A bar is a subject; its parts are the shares of draws in which it falls into each class.")
            + " "
            + (
                _("In less than half of the draws the class holds for: {names}.").format(names=", ".join(loose))
                if loose
                else _("No class holds in less than half of the draws.")
            )
        )
    )
    html_table.folded(
        _("The shares as a table"),
        "stability_table",
        [_("Subject"), *((name, _("share of the draws, from 0 to 1")) for name, _fill, _share in parts.values())],
        (
            [cells.subject(code), *(cells.per_cent(share[code]) for _name, _fill, share in parts.values())]
            for code in shares.index
        ),
    )
