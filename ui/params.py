"""The address of a page: every choice stands in it as a language-neutral code, and nothing else gets in.

Streamlit's own binding of widgets writes the translated label of an option into the address, so links would
depend on the language; here the code is written. A parameter is parsed against a closed list: an unknown value
gives a message and the default.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from geo.errors import LimitropheError

_SEEN = "_address"  # what the address held at the end of the last run
_KEPT = "_kept"  # choices of pages that were left, for the way back
_TOUCHED = "_touched"  # this run was asked for by a widget, so the address may lag behind
_REFUSED = "_refused"
_WHOLE = "_whole"  # names of the parameters of this page
_DEFAULTS = "_defaults"  # what each parameter was last taken to mean where the address leaves it out


@dataclass(frozen=True)
class Readable:
    """Texts that a strict reader accepts, as a closed list without end."""

    read: Callable[[str], object]

    def __contains__(self, text: object) -> bool:
        """Whether the text is read without an error of ours."""
        try:
            self.read(str(text))
        except LimitropheError:
            return False
        return True


def touch() -> None:
    """Mark this run as asked for by a widget: callback of every widget that stands in the address."""
    st.session_state[_TOUCHED] = True


def begin() -> None:
    """Forget the complaints of the last run; first thing in a run."""
    st.session_state[_REFUSED] = []


def take(name: str, allowed: Container[str], default: str, *, sticky: bool = False) -> str:
    """Value of one parameter, also seeded as the state of the widget with this key.

    A default may hang on another choice, as the denominator does on the indicator: where the address leaves the
    parameter out, its value follows the default.

    Parameters
    ----------
    allowed
        Closed list of codes, or :class:`Readable` for what no list can hold.
    default
        Used when the address says nothing, or something that is not in the list.
    sticky
        An address without this parameter keeps the value of the session (the language).
    """
    raw = st.query_params.get(name)
    fresh = name not in st.session_state
    if fresh or _moved(name, raw, sticky=sticky):
        refusals = st.session_state.setdefault(_REFUSED, [])
        if raw is not None and raw not in allowed and (name, raw) not in refusals:
            refusals.append((name, raw))
    value = peek(name, allowed, default, sticky=sticky)
    st.session_state.setdefault(_DEFAULTS, {})[name] = default
    if fresh or st.session_state.get(name) != value:
        st.session_state[name] = value
    return value


def peek(name: str, allowed: Container[str], default: str, *, sticky: bool = False) -> str:
    """Value that :func:`take` would give; nothing is changed."""
    raw = st.query_params.get(name)
    state = st.session_state
    value: Any = state.get(name)
    fresh = name not in state
    if fresh or _moved(name, raw, sticky=sticky):
        value = raw if raw is not None else state.get(_KEPT, {}).get(name, default) if fresh else default
    elif raw is None and state.get(_SEEN, {}).get(name) is None and value == state.get(_DEFAULTS, {}).get(name):
        value = default
    return str(value if value in allowed else default)


def _moved(name: str, raw: str | None, *, sticky: bool) -> bool:
    """Whether the address has changed since the last run, and not because of a widget."""
    state = st.session_state
    return raw != state.get(_SEEN, {}).get(name) and not state.get(_TOUCHED) and not (sticky and raw is None)


def write(defaults: dict[str, str | None]) -> None:
    """Put the choices of this page into the address; what equals its default is left out.

    Parameters
    ----------
    defaults
        Default of each parameter of the page; None writes it always.
    """
    seen = st.session_state.setdefault(_SEEN, {})
    kept = st.session_state.setdefault(_KEPT, {})
    for name, default in defaults.items():
        value: Any = st.session_state.get(name)
        text = None if value is None or value == default else str(value)
        if text is None:
            kept.pop(name, None)
            if name in st.query_params:
                del st.query_params[name]
        else:
            kept[name] = value
            if st.query_params.get(name) != text:
                st.query_params[name] = text
        seen[name] = text
    st.session_state[_TOUCHED] = False
    st.session_state[_WHOLE] = [*defaults]


def whole() -> dict[str, str]:
    """All choices of the page as its address could say them, those included that are the default now but may change."""
    chosen = {name: st.session_state.get(name) for name in st.session_state.get(_WHOLE, ())}
    return {name: str(value) for name, value in chosen.items() if value is not None and value != ""}


def forget(names: Iterable[str]) -> None:
    """Do not take up what these choices were when their page was left: the address that is asked for says them all."""
    kept = st.session_state.setdefault(_KEPT, {})
    for name in names:
        kept.pop(name, None)
        st.session_state.pop(name, None)


def only_address() -> None:
    """Take this page for what its address says: choices of an earlier visit are not taken up where it is silent."""
    forget([name for name in st.session_state.get(_KEPT, {}) if name not in st.query_params])


def refused() -> list[tuple[str, str]]:
    """Parameters of this address that were not understood, as (name, value)."""
    return list(st.session_state.get(_REFUSED, []))
