"""One HTML file that needs nothing but itself; that it works is tested in Chromium (tests/browser/test_offline.py)."""

from __future__ import annotations

import base64
import gzip
import json
import re

import pytest

from geo import indicators
from geo.exports import offline
from geo.maps.drawings import MapChoice, draw
from geo.maps.painting import payload
from geo.units import subjects

EVIL = "</script><script>alert(1)</script><!-- \u2028"


def painting(**more):
    one = indicators.find("twin_ties")
    choice = MapChoice(one, indicators.years(one)[-1], one.default_per)
    return payload(draw(choice), **{"title": "t", "unit": "u", "year": choice.year, "source": "s", **more})


@pytest.fixture(scope="module")
def page() -> str:
    return offline.map_page(
        painting(title=EVIL, unit=EVIL), title=EVIL, subtitle=EVIL, legend="<b>L</b>", caption="<b>C</b>", foot="F"
    )


def scripts(page: str) -> list[tuple[str, str]]:
    """Attributes and text of each script as HTML ends them: at the first </script."""
    return re.findall(r"<script([^>]*)>(.*?)</script", page, re.DOTALL)


def test_the_border_map_weighs_less_than_a_megabyte_and_a_half(page: str) -> None:
    assert len(page.encode()) < 1_500_000


def test_data_cannot_close_a_script(page: str) -> None:
    found = scripts(page)
    assert len(found) == page.count("<script") == page.count("</script") == 6
    assert "<!--" not in page
    told = next(text for attributes, text in found if attributes == ' type="application/json"')
    assert json.loads(told)["title"] == EVIL
    assert len(json.loads(told)["marks"]) == len(subjects())


def test_texts_are_escaped_and_html_is_not(page: str) -> None:
    assert "<title>&lt;/script&gt;" in page
    assert "<b>L</b>" in page
    assert "<b>C</b>" in page


def test_no_address_is_asked_for(page: str) -> None:
    for attributes, _text in scripts(page):
        assert "src" not in attributes
    shown = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"<(link|img|iframe|object|embed|base)\b", shown)
    assert "url(" not in page.split('id="atlas-style"')[1].split("</script>")[0]
    assert "default-src 'none'" in page


def test_the_packed_outlines_are_the_published_ones(page: str) -> None:
    packed = re.search(r'id="atlas-fine">([^<]+)<', page)
    assert packed
    script = gzip.decompress(base64.b64decode(packed[1])).decode()
    assert script.count('"RU-MUR"') >= 2
    assert 'window.limitrophe["subjects-fine"]' in script


def test_equal_choices_give_equal_files() -> None:
    assert offline.engine() == offline.engine()


def test_many_maps_share_one_engine() -> None:
    two = offline.document("t", offline.frame(painting()) + offline.frame(painting(), "small") + offline.engine(), "en")
    assert two.count('class="atlas-map') == 2
    assert two.count('id="atlas-engine"') == 1
    assert len(two.encode()) < 1_500_000
