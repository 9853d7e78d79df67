"""Cells of tables: read rounded on the page, exact and typed in what is taken away."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest
from markupsafe import Markup

from geo import ties
from ui import cells, compensation, dyads, html_table, rank_chart, survival
from ui.cells import Cell, Parts, as_frame


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[pd.DataFrame]:
    """Tables that are offered while a test draws them."""
    found: list[pd.DataFrame] = []
    monkeypatch.setattr(html_table.take_away, "offer_table", lambda _title, frame, *_more: found.append(frame()))
    return found


def test_a_figure_is_printed_rounded_and_kept_exact() -> None:
    frame = as_frame(["x"], [[cells.figure(1234.5678)], [cells.per_cent(1 / 3)], [cells.year(1992)]])
    assert frame["x"].tolist() == [1234.5678, 1 / 3, 1992]
    assert [str(one) for one in (cells.figure(1234.5678), cells.per_cent(1 / 3), cells.year(1992))] == [
        "1,235",
        "33 %",
        "1992",
    ]


def test_kinds_of_nothing_stand_in_words_beside_the_figures() -> None:
    rows = [[cells.figure(None, missing="no data")], [cells.figure(5)], [Cell("at least 7", 7, "at least")]]
    frame = as_frame(["n"], rows)
    assert frame["n"].dtype == "Int64"
    assert frame["n"].tolist() == [pd.NA, 5, 7]
    assert frame.iloc[:, 1].tolist() == ["no data", "", "at least"]


def test_a_dash_says_nothing() -> None:
    assert as_frame(["n"], [[cells.figure(None)], [1]]).columns.tolist() == ["n"]


def test_several_figures_in_one_place_are_columns_of_their_own() -> None:
    rows = [[cells.span(0.25, 0.75, "0.3–0.8")], ["no model"]]
    frame = as_frame(["interval"], rows)
    assert frame.iloc[0].tolist()[:2] == [0.25, 0.75]
    assert frame.iloc[1, 2] == "no model"


def test_the_code_of_the_subject_goes_along_with_its_name() -> None:
    link = Markup('<a href="#">Murmansk &amp; Oblast</a>')
    frame = as_frame(["Subject"], [[cells.subject("RU-MUR", link)], [cells.subject("RU-KR")]])
    assert frame["iso_3166_2"].tolist() == ["RU-MUR", "RU-KR"]
    assert frame["Subject"].tolist() == ["Murmansk & Oblast", "Republic of Karelia"]


def test_two_columns_of_one_name_are_both_there() -> None:
    assert as_frame(["a", "a"], [["x", "y"]]).columns.tolist() == ["a", "a (2)"]


def test_figures_are_set_to_the_right_and_words_are_not() -> None:
    assert cells.to_the_right([cells.figure(1.5), "no data"])
    assert cells.to_the_right([Parts("1–3", {"from": 1, "to": 3})])
    assert not cells.to_the_right([Parts("land 196", {"land": 195.7})])
    assert not cells.to_the_right(["1", "2"])
    assert not cells.to_the_right([Parts(Markup("<b>5</b> high"), {"value": 5})])


def test_what_is_no_markup_is_escaped_on_the_page() -> None:
    shown = html_table.table(["x"], [[Cell("<b>1</b>", 1)], [Parts("<i>", {"a": 1})]])
    assert "&lt;b&gt;1&lt;/b&gt;" in shown
    assert "<i>" not in shown


# --- tables of the pages


def test_a_ranking_is_taken_away_with_all_its_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"rank": 1, "rank_low": 1, "rank_high": 3, "rank_median": 2, "p_top": 0.8437, "score": 0.123456789}
    given: list[object] = []
    monkeypatch.setattr(html_table, "folded", lambda _label, _key, *table: given.extend(table))
    uncertain = SimpleNamespace(units=pd.DataFrame([row], index=["RU-MUR"]), top=10)
    rank_chart.table(uncertain, "k")  # type: ignore[arg-type]
    heads, rows = given
    shown = html_table.table(heads, rows)  # type: ignore[arg-type]
    assert "84 %" in shown
    assert "0.123<" in shown
    assert "1–3" in shown
    taken = as_frame([head if isinstance(head, str) else head[0] for head in heads], rows)  # type: ignore[attr-defined]
    assert taken.iloc[0].tolist() == ["RU-MUR", "Murmansk Oblast", 1, 1, 3, 2, 0.8437, 0.123456789]


def test_the_neighbours_of_murmansk_keep_the_published_lengths(taken: list[pd.DataFrame]) -> None:
    dyads.table("RU-MUR")
    (frame,) = taken
    norway = frame[frame["country"] == "NO"].iloc[0]
    # 195.7 km on land and 23.2 km at sea with Norway, as the table of borders has it
    assert [norway["Border, km: land"], norway["Border, km: sea"]] == [195.7, 23.2]
    assert 0 < norway["Agreement in UN votes: 2019"] < 1
    assert frame["Between capitals, km"].dtype == "float64"


def test_what_is_left_is_counts_and_a_share(taken: list[pd.DataFrame]) -> None:
    survival.table(ties.load().where(country="FI"), "kind")
    (frame,) = taken
    last = frame.iloc[-1]
    left, known, share = (last[f"left after 2022: {part}"] for part in ("left", "fate known", "share"))
    assert share == left / known


def test_expected_ties_are_taken_away_unrounded(taken: list[pd.DataFrame]) -> None:
    row = {"observed": 4.0, "expected": 9.429766, "count_low": 1.0, "count_high": 31.2, "verdict": "as_expected"}
    index = pd.MultiIndex.from_tuples([("RU-OMS", "KZ")], names=["iso_3166_2", "country"])
    made = SimpleNamespace(dyads=pd.DataFrame([row], index=index))
    compensation._dyads(made, "KZ")  # type: ignore[arg-type]
    assert taken[0].iloc[0].tolist()[:6] == ["RU-OMS", "Omsk Oblast", 4, 9.429766, 1.0, 31.2]
