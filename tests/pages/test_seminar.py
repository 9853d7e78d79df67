"""The Seminar page: the list and a story presented, in both languages, from links right and wrong; the way back."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from geo import facts
from geo.maps.captions import boundary_note
from geo.stories import stories
from tests.pages.opened import address, html, opened, sound
from ui import seminar

SCRIPT = "<script>alert(1)</script>"


def page(**params: str) -> AppTest:
    app = opened("seminar", **params)
    assert [one.message for one in app.exception] == []
    assert not app.error
    return app


def presented(app: AppTest) -> str:
    """Document in the frame."""
    (frame,) = app.get("iframe")
    return str(frame.proto.srcdoc)


def links(app: AppTest) -> list[tuple[str, str]]:
    return [(one.proto.page, one.proto.query_string) for one in app.get("page_link")]


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "Amur and Heilongjiang: bridges"), ("ru", "Амур и Хэйлунцзян: мосты")]
)
def test_six_stories_are_listed_with_what_they_offer(lang: str, title: str) -> None:
    app = page(lang=lang)
    shown = html(app)
    assert shown.count('class="tale"') == 6
    assert title in shown
    assert not app.get("iframe")
    assert len(app.get("download_button")) == 12
    assert bool(re.search("[а-яё]{3}", shown)) is (lang == "ru")


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_story_opens_from_its_address(lang: str) -> None:
    app = page(story="amur", slide="3", lang=lang)
    assert address(app) == {"story": "amur", "slide": "3"}
    document = presented(app)
    assert re.search(rf"{re.escape(str(facts.package()['version']))}: (https?://[^/]+)?/[^ <]+lang={lang}<", document)
    assert boundary_note("ru" if lang == "ru" else "en") in document
    assert document.count('class="slide"') == len(stories()["amur"].slides)
    for slide in stories()["amur"].slides:
        assert slide.told(lang).title in document  # type: ignore[arg-type]
    assert not re.search(r"(?:src|href)=\"https?:", document)


def test_each_slide_has_its_way_into_the_atlas() -> None:
    app = page(story="barents")
    ways = [query for _page, query in links(app) if "back=" in query]
    assert len(ways) == len(stories()["barents"].slides)
    assert any("country=NO" in query and "back=barents.1" in query for query in ways)


@pytest.mark.parametrize("story", ["no_such_story", SCRIPT, "../barents", "BARENTS"])
def test_a_wrong_story_is_said_and_the_list_shown(story: str) -> None:
    app = page(story=story)
    assert "story" in app.warning[0].value
    assert "<script>" not in app.warning[0].value
    assert html(app).count('class="tale"') == 6
    assert address(app) == {}


@pytest.mark.parametrize("slide", ["0", "99", "-1", "two", SCRIPT])
def test_a_wrong_slide_leads_to_the_first(slide: str) -> None:
    app = page(story="barents", slide=slide)
    assert "slide" in app.warning[0].value
    assert address(app) == {"story": "barents"}
    assert "alert(1)" not in presented(app)


def test_leaving_leads_to_the_list() -> None:
    app = page(story="barents", slide="4")
    app.button(key="leave_4").click().run()
    sound(app)
    assert address(app) == {"picture": "barents.4"}, "where the talk stood is at hand to be taken away"
    assert html(app).count('class="tale"') == 6


def test_the_map_of_a_slide_is_taken_away_from_the_list_alone() -> None:
    app = page(picture="barents.2", lang="ru")
    assert address(app) == {"picture": "barents.2"}
    (make,) = app.session_state["_offered"]
    taken = make()
    assert taken.title.ru.startswith("Член Баренцева регионального совета")
    assert "indicator=barents_council" in taken.address
    assert page(story="barents").session_state["_offered"] == [], "who presents is shown no menu"


@pytest.mark.parametrize("picture", ["barents.99", "nobody.1", SCRIPT])
def test_a_wrong_slide_to_take_away_is_said(picture: str) -> None:
    app = page(picture=picture)
    assert "picture" in app.warning[0].value
    assert address(app) == {}


@pytest.mark.parametrize(
    ("target", "lang", "said"), [("border", "en", "Back to slide 4"), ("map", "ru", "Назад к слайду 4")]
)
def test_a_page_that_was_departed_to_offers_the_way_back(target: str, lang: str, said: str) -> None:
    app = opened(target, back="barents.4", lang=lang)
    sound(app)
    (way,) = [one.proto for one in app.get("page_link") if "slide=4" in one.proto.query_string]
    assert said in way.label
    assert "story=barents" in way.query_string
    assert app.query_params["back"] in ("barents.4", ["barents.4"])


def test_who_departs_sees_what_the_slide_shows_not_what_was_chosen_before() -> None:
    app = opened("network", view="ranking", scope="all")
    assert address(app)["view"] == "ranking"
    app.switch_page("pages/seminar.py")
    for name in ("view", "scope"):
        del app.query_params[name]
    app.query_params["story"] = "amur"
    app.run()
    app.switch_page("pages/network.py")
    del app.query_params["story"]
    app.query_params["back"] = "amur.2"
    app.run()
    sound(app)
    assert address(app) == {"back": "amur.2"}


@pytest.mark.parametrize("back", ["barents", "barents.", "barents.0", "barents.99", "nobody.1", SCRIPT, "barents.¹"])
def test_a_wrong_way_back_is_said_and_left_out(back: str) -> None:
    app = opened("border", back=back)
    sound(app)
    assert "back" in app.warning[0].value
    assert "back" not in app.query_params


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://atlas.example/limitrophe/seminar", "https://atlas.example/limitrophe/"),
        ("http://localhost:8501/seminar/?story=amur", "http://localhost:8501/"),
        (None, "/"),
    ],
)
def test_addresses_begin_where_the_reader_has_the_atlas(
    url: str | None, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seminar.st, "context", SimpleNamespace(url=url))
    assert seminar.home() == home
