"""Matching as the reader sees and settles it: what each name was taken for, and what is still open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st
from markupsafe import escape

from geo import units
from geo.units import Match, explain
from geo.uploads import Refused, apart, number_columns
from geo.uploads.cells import DASHED, DASHES
from geo.uploads.joining import unit_keys
from geo.uploads.matching import LEAVE_OUT, Answer, Matching, names_of
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


def column(key: str, label: str, options: Sequence[str], guess: str, *, disabled: bool = False) -> str:
    """Choose a column of the reader's; it cannot stand in an address, as the file cannot."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = guess if guess in options else options[0]
    st.selectbox(label, options, key=key, format_func=_shown, on_change=params.touch, disabled=disabled)
    return str(st.session_state[key])


def _shown(column: str) -> str:
    return column if len(column) <= 60 else column[:59] + "…"


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


def matching(brought: Brought, key: str, theirs: str) -> Matching:
    """Answers to the names of a column, asked for once, with what the reader settled."""
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
    kept = st.session_state.setdefault("_kept_rows", {}).setdefault((key, theirs), {})
    return Matching(key, names, known[key, theirs], settled, kept)


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
        ("", _("left out"), len(found.left_out)),
    )
    cells = (f'<span class="{css}"><b>{n}</b> {escape(word)}</span>' for css, word, n in counts if n)
    return f'<p class="matching" role="status">{" ".join(cells)}</p>'


def settle(brought: Brought, found: Matching, theirs: str) -> None:
    """Let the reader settle what is open, and look over what was guessed."""
    doubtful = [a for a in found.answers if a.status != "matched"]
    guessed = [a for a in found.answers if a.status == "matched" and a.score < 100]
    several = {unit: rows for unit, rows in found.rows_of_units.items() if len(rows) > 1}
    if not (doubtful or guessed or several):
        return
    everyone = sorted(unit_keys(brought.layer, theirs), key=lambda unit: unit_name(brought, unit))
    is_open = bool(found.open or found.repeated)
    with st.expander(_("Settle the names"), expanded=is_open, key="settle"):
        asked, waiting = _open_first([*doubtful, *guessed], lambda answer: answer.name in found.settled)
        for left, right in zip(asked[::2], [*asked[1::2], None], strict=False):
            for place, answer in zip(st.columns(2, gap="large"), (left, right), strict=True):
                if answer is not None:
                    with place:
                        _ask(brought, found, answer, everyone, theirs)
        _say_more(waiting)
        if len(several) > 1:
            _ask_all_rows(found, several, theirs)
        units_asked, waiting = _open_first(list(several), lambda unit: unit not in found.repeated)
        for unit in units_asked:
            _ask_row(brought, found, unit, several[unit], theirs)
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
    given = found.settled.get(answer.name, answer.unit or OPEN)
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
    if not answer.reason:
        return ""
    return explain(Match(answer.name, answer.status, None, answer.score, (), answer.reason), lang())  # type: ignore[arg-type]


def _ask_all_rows(found: Matching, several: dict[str, tuple[int, ...]], theirs: str) -> None:
    """Ask once for all units in several rows; what is chosen for one of them afterwards stands."""
    key = f"rows_{found.key}"
    all_rows = {
        "": {},
        "first": {unit: rows[0] for unit, rows in several.items()},
        "last": {unit: rows[-1] for unit, rows in several.items()},
    }
    kept = {unit: found.kept_rows.get(unit) for unit in several}
    st.session_state[key] = next((choice for choice in ALL_ROWS if all_rows[choice] == kept), "")
    words = {"": _("one by one"), "first": _("first row"), "last": _("last row")}

    def keep() -> None:
        decided = st.session_state["_kept_rows"][found.key, theirs]
        decided.clear()
        decided.update(all_rows[st.session_state[key]])
        params.touch()

    label = _("Units in several rows ({n}): which row counts for all of them?").format(n=len(several))
    st.selectbox(label, ALL_ROWS, key=key, format_func=words.__getitem__, on_change=keep)


def _ask_row(brought: Brought, found: Matching, unit: str, rows: tuple[int, ...], theirs: str) -> None:
    key = f"row_{found.key}_{unit}"
    kept = found.kept_rows.get(unit, 0)
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
        decided = st.session_state["_kept_rows"][found.key, theirs]
        decided[unit] = st.session_state[key]
        if not decided[unit]:
            del decided[unit]
        params.touch()

    label = _("{unit} stands in several rows; which one counts?").format(unit=plain(unit_name(brought, unit)[:80]))
    st.selectbox(label, options, key=key, format_func=said, on_change=keep)


def value_column(brought: Brought, key: str) -> str | None:
    """Column whose figures are mapped; None where no column has any."""
    figures = number_columns(brought.table, key)
    if not figures:
        return None
    likely = next((name for name in figures if name.casefold() in ("value", "значение")), figures[0])
    return column("own_value", _("Column to map"), figures, likely)


def dash(brought: Brought, column: str) -> None:
    """Ask what a dash means, where the column has one: offices of statistics use it for different things."""
    if not any(cell.strip() in DASHED for cell in brought.table.frame[column]):
        return
    words = {"no_data": _("no data"), "zero": _("zero"), "not_applicable": _("not applicable")}
    pickers.select("dash", _("A dash means"), DASHES, "no_data", words.__getitem__)
