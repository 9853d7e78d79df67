"""What the address of a page says, and when: choices, links of others, stale addresses, other pages."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ui import params

COLOURS = ["red", "green", "blue"]


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session and an address that are plain dictionaries."""
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", {})


def run(name: str = "colour", default: str = "red", allowed: list[str] = COLOURS) -> str:
    """One run of a page with one parameter."""
    params.begin()
    value = params.take(name, allowed, default)
    params.write({name: default})
    return value


def pick(value: str, name: str = "colour") -> None:
    """What Streamlit does when a reader works a widget."""
    st.session_state[name] = value
    params.touch()


def test_a_silent_address_means_the_default_and_stays_silent() -> None:
    assert run() == "red"
    assert st.query_params == {}


def test_a_link_gives_its_choice() -> None:
    st.query_params["colour"] = "blue"
    assert run() == "blue"
    assert st.session_state["colour"] == "blue"
    assert st.query_params == {"colour": "blue"}


def test_a_link_that_names_the_default_is_shortened() -> None:
    st.query_params["colour"] = "red"
    assert run() == "red"
    assert st.query_params == {}


@pytest.mark.parametrize("nonsense", ["", "Red", "red ", "<script>", "красный", "0"])
def test_what_is_not_in_the_list_is_refused_once(nonsense: str) -> None:
    st.query_params["colour"] = nonsense
    assert run() == "red"
    assert params.refused() == [("colour", nonsense)]
    assert st.query_params == {}
    run()
    assert params.refused() == []


def test_one_complaint_is_enough_where_a_parameter_is_taken_twice() -> None:
    st.query_params["colour"] = "none"
    params.begin()
    params.take("colour", COLOURS, "red")
    params.take("colour", COLOURS, "red")
    assert params.refused() == [("colour", "none")]


def test_a_widget_writes_the_address() -> None:
    run()
    pick("green")
    assert run() == "green"
    assert st.query_params == {"colour": "green"}


def test_a_widget_wins_over_an_address_that_lags_behind() -> None:
    st.query_params["colour"] = "blue"
    run()
    pick("green")
    st.query_params["colour"] = "red"  # the browser has not heard of the last change yet
    assert run() == "green"
    assert st.query_params == {"colour": "green"}


def test_back_and_forward_move_the_choice() -> None:
    run()
    pick("green")
    run()
    del st.query_params["colour"]  # Back
    assert run() == "red"
    st.query_params["colour"] = "green"  # Forward
    assert run() == "green"


def test_a_sticky_choice_survives_an_address_without_it() -> None:
    for address in ({"lang": "ru"}, {}):  # the header leads to a page without parameters
        st.query_params.clear()
        st.query_params.update(address)
        params.begin()
        assert params.take("lang", ["en", "ru"], "en", sticky=True) == "ru"
        params.write({"lang": None})
        assert st.query_params == {"lang": "ru"}


def test_choices_are_kept_for_the_way_back() -> None:
    run()
    pick("green")
    run()
    del st.session_state["colour"]  # Streamlit forgets the widgets of a page that is left
    st.query_params.clear()
    run("shelf", "a", ["a", "b"])
    assert run() == "green"
    assert st.query_params == {"colour": "green"}


def test_a_link_wins_over_what_was_kept() -> None:
    run()
    pick("green")
    run()
    del st.session_state["colour"]
    st.query_params["colour"] = "blue"
    assert run() == "blue"


def test_a_value_follows_a_default_that_hangs_on_another_choice() -> None:
    assert run("per", "population", ["population", "none"]) == "population"
    assert run("per", "none", ["none"]) == "none"  # another indicator that has no denominator
    assert run("per", "population", ["population", "none"]) == "population"
    assert st.query_params == {}


def test_a_value_that_was_chosen_does_not_follow_the_default() -> None:
    run("year", "2021", ["2019", "2020", "2021"])
    pick("2019", "year")
    run("year", "2021", ["2019", "2020", "2021"])
    assert run("year", "2022", ["2019", "2022"]) == "2019"
    assert run("year", "2023", ["2020", "2023"]) == "2023", "a year that the other series lacks"


def test_only_choices_of_this_page_are_written() -> None:
    st.query_params["stranger"] = "stays"
    run()
    assert st.query_params == {"stranger": "stays"}


def test_a_running_page_takes_and_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    def page() -> None:
        import streamlit as st

        from ui import params

        params.begin()
        params.take("colour", ["red", "green", "blue"], "red")
        st.selectbox("Colour", ["red", "green", "blue"], key="colour", on_change=params.touch)
        params.write({"colour": "red"})

    app = AppTest.from_function(page)
    app.query_params["colour"] = "blue"
    assert app.run().selectbox(key="colour").value == "blue"
    app.selectbox(key="colour").select("green").run()
    assert app.query_params["colour"] == "green"
    app.selectbox(key="colour").select("red").run()
    assert "colour" not in app.query_params


def test_a_peek_says_what_a_take_would_and_changes_nothing() -> None:
    st.query_params["colour"] = "blue"
    assert params.peek("colour", COLOURS, "red") == "blue"
    assert st.session_state == {}
    run()
    pick("green")
    before = {name: dict(value) if isinstance(value, dict) else value for name, value in st.session_state.items()}
    assert params.peek("colour", COLOURS, "red") == "green"
    assert params.peek("colour", ["red"], "red") == "red"
    assert params.peek("size", ["s", "m"], "m") == "m"
    assert st.session_state == before
