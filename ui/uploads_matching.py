"""Matching as the reader sees and settles it: what each name was taken for, and what is still open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st
from markupsafe import escape

from geo import units
from geo.units import Match, explain
from geo.uploads import Refused, apart, years
from geo.uploads.cells import DASHED, DASHES
from geo.uploads.joining import unit_keys
from geo.uploads.matching import LEAVE_OUT, Answer, Matching, Place, names_of, without_okrugs
from geo.uploads.years import Measure
from ui import params, pickers
from ui.captions import plain
from ui.i18n import _, lang
from ui.uploads import Brought

OPEN = "?"
ASKED = 30
"""Names, or units in several rows, that are asked about at a time; the next come when these are settled."""
ROWS_OFFERED = 40
"""Rows of one unit among which to choose: a panel may have thousands, and each choice is drawn anew each time."""
ALL_ROWS = ("", "first", "last")

Asked = TypeVar("Asked")


def _shown(column: str) -> str:
    return column if len(column) <= 60 else column[:59] + "…"


def column(key: str, label: str, options: Sequence[str], guess: str, said: Callable[[str], str] = _shown) -> str:
    """Choose a column of the reader's; it cannot stand in an address, as the file cannot."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = guess if guess in options else options[0]
    st.selectbox(label, options, key=key, format_func=said, on_change=params.touch)
    return str(st.session_state[key])


def key_column(brought: Brought) -> str:
    """Column of the table that names the units."""
    return column("own_key", _("Column that names the units"), brought.table.columns, _guesses(brought)[0])


def layer_column(brought: Brought) -> str:
    """Column of the boundaries that the names are matched to; empty where the units are the subjects."""
    if brought.layer is None:
        return ""
    return column("own_layer_key", _("Column of the boundaries"), brought.layer.columns, _guesses(brought)[1])


def _guesses(brought: Brought) -> tuple[str, str]:
    """Columns of the table and of the boundaries that are likely meant; guessed once, the first ones if it fails."""
    if brought.layer is None:
        return brought.key, ""
    if "_guesses" not in st.session_state:
        try:
            with st.spinner(_("Matching the names")):
                st.session_state["_guesses"] = apart.guess_layer_key(brought.table, brought.layer)
        except Refused:  # a guess is a help and no more: the reader chooses
            st.session_state["_guesses"] = (brought.table.columns[0], brought.layer.columns[0])
    found: tuple[str, str] = st.session_state["_guesses"]
    return found


def year_place(brought: Brought, key: str) -> str:
    """Where the years of the table stand: a column, the names of columns, or nowhere; guessed for each key column."""
    known = st.session_state.setdefault("_year_places", {})
    if key not in known:
        known[key] = (years.places(brought.table, key), years.guess(brought.table, key))
    offered, guess = known[key]
    words = {years.NOWHERE: _("none"), years.COLUMNS: _("in the names of columns")}
    if st.session_state.get("_years_of_key") != key:  # another key column, another guess
        st.session_state.pop("own_years", None)
        st.session_state["_years_of_key"] = key
    said = lambda one: words.get(one) or _shown(one)  # noqa: E731
    return column("own_years", _("Column of years"), offered, guess, said)


def matching(brought: Brought, key: str, theirs: str, where: str = years.NOWHERE) -> Matching:
    """Answers to the names of a column, asked for once, with what the reader settled.

    Parameters
    ----------
    where
        The years stand, of :func:`year_place`.
    """
    names = names_of(brought.table, key)
    known = st.session_state.setdefault("_answers", {})
    if (key, theirs) not in known:
        try:
            known[key, theirs] = _answers(brought, key, theirs)
        except Refused as refusal:  # kept, lest every rerun spend the time anew
            known[key, theirs] = refusal
    if isinstance(known[key, theirs], Refused):
        raise known[key, theirs]
    settled = st.session_state.setdefault("_settled", {}).setdefault((key, theirs), {})
    kept = st.session_state.setdefault("_kept_rows", {}).setdefault((key, theirs, where), set())
    return Matching(key, names, known[key, theirs], settled, kept, years.of_rows(brought.table, where))


def _answers(brought: Brought, key: str, theirs: str) -> tuple[Answer, ...]:
    if brought.layer is None and key == brought.key and brought.answers:
        return brought.answers
    with st.spinner(_("Matching the names")):
        if brought.layer is not None:
            return apart.match_to_layer(names_of(brought.table, key), brought.layer, theirs)
        return apart.match(brought.table, key)[1]


def unit_name(brought: Brought, unit: str) -> str:
    """Name of a unit: of a subject in the language of the reader, of a unit of theirs as their key has it."""
    return units.name(unit, lang()) if brought.layer is None else unit


def summary(found: Matching) -> str:
    """How many names are matched, guessed, ambiguous, unknown and left out, as HTML."""
    answers = found.answers
    settled = sum(1 for unit in found.settled.values() if unit != LEAVE_OUT)
    counts = (
        (
            "",
            _("matched"),
            sum(a.status == "matched" and a.score >= 100 and a.name not in found.settled for a in answers),
        ),
        (
            "",
            _("guessed"),
            sum(a.status == "matched" and a.score < 100 and a.name not in found.settled for a in answers),
        ),
        ("", _("settled by you"), settled),
        ("warn", _("ambiguous"), sum(a.status == "ambiguous" for a in found.open)),
        ("warn", _("not matched"), sum(a.status == "unknown" for a in found.open)),
        ("warn", _("in several rows"), len(found.repeated)),
        ("warn", _("rows without a year"), len(found.undated)),
        ("", _("left out"), len(found.left_out)),
        ("", _("totals and districts, left out"), len(found.wholes)),
    )
    cells = (f'<span class="{css}"><b>{n}</b> {escape(word)}</span>' for css, word, n in counts if n)
    return f'<p class="matching" role="status">{" ".join(cells)}</p>'


def settle(brought: Brought, found: Matching, theirs: str) -> None:
    """Let the reader settle what is open, and look over what was guessed."""
    doubtful = [a for a in found.answers if a.status != "matched"]
    guessed = [a for a in found.answers if a.status == "matched" and a.score < 100]
    several = {place: rows for place, rows in found.rows_of_places.items() if len(rows) > 1}
    if not (doubtful or guessed or several):
        return
    everyone = sorted(unit_keys(brought.layer, theirs), key=lambda unit: unit_name(brought, unit))
    is_open = bool(found.open or found.repeated)
    with st.expander(_("Settle the names"), expanded=is_open, key="settle"):
        asked, waiting = _open_first([*doubtful, *guessed], lambda answer: answer not in found.open)
        for left, right in zip(asked[::2], [*asked[1::2], None], strict=False):
            for place, answer in zip(st.columns(2, gap="large"), (left, right), strict=True):
                if answer is not None:
                    with place:
                        _ask(brought, found, answer, everyone, theirs)
        _say_more(waiting)
        if len(several) > 1:
            _ask_all_rows(found, several)
        counted = found.row_of_place()
        asked_of, waiting = _open_first(list(several), counted.__contains__)
        for place in asked_of:
            _ask_row(brought, found, place, several[place], counted.get(place, 0))
        _say_more(waiting)


def _open_first(everything: list[Asked], is_settled: Callable[[Asked], bool]) -> tuple[list[Asked], int]:
    """As many as are asked about at a time, the open ones before the settled, and how many open ones must wait.

    Those that are asked about stand in the order that all have.
    """
    settled = [is_settled(one) for one in everything]
    chosen = sorted(range(len(everything)), key=settled.__getitem__)[:ASKED]
    return [everything[place] for place in sorted(chosen)], max(0, settled.count(False) - ASKED)


def _say_more(waiting: int) -> None:
    if waiting:
        st.caption(_("{n} more come when these are settled.").format(n=waiting))


def _ask(brought: Brought, found: Matching, answer: Answer, everyone: list[str], theirs: str) -> None:
    candidates = [unit for unit in answer.candidates if unit in everyone]
    options = [OPEN, LEAVE_OUT, *dict.fromkeys([*candidates, *everyone])]
    key = f"settle_{found.key}_{answer.name}"
    given = found.settled.get(answer.name, LEAVE_OUT if answer.status == "whole" else answer.unit or OPEN)
    st.session_state[key] = given if given in options else OPEN

    def said(unit: str) -> str:
        if unit in (OPEN, LEAVE_OUT):
            return _("not settled") if unit == OPEN else _("leave out")
        return unit_name(brought, unit) + ("" if unit not in candidates else " ·")

    def keep() -> None:
        chosen = st.session_state[key]
        decided = st.session_state["_settled"][found.key, theirs]
        if chosen == OPEN:
            decided.pop(answer.name, None)
        else:
            decided[answer.name] = chosen
        params.touch()

    st.selectbox(
        plain(answer.name[:120]), options, key=key, format_func=said, on_change=keep, help=_why(answer) or None
    )


def _why(answer: Answer) -> str:
    """Why a name is not simply matched."""
    if answer.status == "matched":
        return _("Guessed: {score} % of the letters agree.").format(score=f"{answer.score:.0f}")
    if answer.status == "whole":
        return _("The country, a district or a total: it is no unit, and is left out.")
    if answer.reason == "without_okrugs":
        return without_okrugs(lang())
    if not answer.reason:
        return ""
    return explain(Match(answer.name, answer.status, None, answer.score, (), answer.reason), lang())  # type: ignore[arg-type]


def _ask_all_rows(found: Matching, several: Mapping[Place, Sequence[int]]) -> None:
    """Ask once for all units in several rows; what is chosen for one of them afterwards stands."""
    key = f"rows_{found.key}"
    all_rows = {
        "": set(),
        "first": {rows[0] for rows in several.values()},
        "last": {rows[-1] for rows in several.values()},
    }
    kept = _kept(found)
    of_these = kept & {row for rows in several.values() for row in rows}
    st.session_state[key] = next((choice for choice in ALL_ROWS if all_rows[choice] == of_these), "")
    words = {"": _("one by one"), "first": _("first row"), "last": _("last row")}

    def keep() -> None:
        kept.clear()
        kept.update(all_rows[st.session_state[key]])
        params.touch()

    label = _("Units in several rows ({n}): which row counts for all of them?").format(n=len(several))
    st.selectbox(label, ALL_ROWS, key=key, format_func=words.__getitem__, on_change=keep)


def _kept(found: Matching) -> set[int]:
    """Rows that the reader chose, which callbacks change."""
    assert isinstance(found.kept_rows, set), "matching() keeps them as a set of the session"
    return found.kept_rows


def _ask_row(brought: Brought, found: Matching, place: Place, rows: Sequence[int], kept: int) -> None:
    key = "_".join(["row", found.key, place.unit, *([] if place.year is None else [str(place.year)])])
    decided = _kept(found)
    half = ROWS_OFFERED // 2
    offered = rows if len(rows) <= ROWS_OFFERED else (*rows[:half], *rows[-half:])
    options = [0, *sorted({*offered, *({kept} & set(rows))})]
    st.session_state[key] = kept if kept in options else 0

    def said(row: int) -> str:
        if not row:
            return _("not settled")
        cells = " · ".join(str(cell) for cell in brought.table.frame.loc[row] if cell)
        return _("row {row}: {cells}").format(row=row, cells=cells[:80])

    def keep() -> None:
        decided.difference_update(rows)
        decided.update({st.session_state[key]} - {0})
        params.touch()

    unit = plain(unit_name(brought, place.unit)[:80])
    label = (
        _("{unit} stands in several rows; which one counts?").format(unit=unit)
        if place.year is None
        else _("{unit} stands in several rows of {year}; which one counts?").format(unit=unit, year=place.year)
    )
    st.selectbox(label, options, key=key, format_func=said, on_change=keep)


def measure(brought: Brought, key: str, where: str) -> Measure | None:
    """What is mapped: a column of figures, or the columns of one thing in several years; None where there is none."""
    found = years.measures(brought.table, key, where)
    if not found:
        return None
    likely = next((name for name in found if name.casefold() in ("value", "значение")), next(iter(found)))
    return found[column("own_value", _("Column to map"), list(found), likely)]


def dash(brought: Brought, one: Measure) -> None:
    """Ask what a dash means, where a column has one: offices of statistics use it for different things."""
    columns = [*one.columns.values()] or [one.name]
    if not any(cell.strip() in DASHED for name in columns for cell in brought.table.frame[name].unique()):
        return
    words = {"no_data": _("no data"), "zero": _("zero"), "not_applicable": _("not applicable")}
    pickers.select("dash", _("A dash means"), DASHES, "no_data", words.__getitem__)
