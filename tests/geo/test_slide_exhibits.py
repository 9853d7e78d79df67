"""The map or chart of a slide as it is taken away: figures, address, sources, a picture that is not blank."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from geo.exports.slide_exhibits import of_slide
from geo.i18n import Language
from geo.stories import stories

ROOT = Path(__file__).resolve().parents[2]
HOME = "https://atlas.example/limitrophe/"


@pytest.mark.parametrize(
    ("story", "slide", "lang", "kind", "title"),
    [
        ("active_border", "factors", "ru", "map", "Уровень международной активности"),
        ("barents", "timeline", "en", "chart", "What happened when"),
        ("kaliningrad", "crossings", "ru", "map", "Граница: Литва"),
        ("warm_regions", "limits", "en", "chart", "International activity"),
        ("amur", "votes", "en", "map", "Agreement of the land neighbours"),
    ],
)
def test_a_picture_bears_its_title_sources_and_address(
    story: str, slide: str, lang: Language, kind: str, title: str
) -> None:
    one = stories()[story]
    shown = next(each for each in one.slides if each.id == slide)
    taken = of_slide(one, shown, lang, HOME)
    assert taken.kind == kind
    assert taken.title.of(lang).startswith(title)
    assert taken.address.startswith(f"{HOME.rstrip('/')}{shown.view}")
    assert set(taken.sources) >= {source for source in shown.sources if not source.startswith("article:")}
    assert len(taken.frame())
    assert ("html" in taken.kinds()) is (kind == "map")
    image = Image.open(BytesIO(taken.file("png")))
    assert image.size == (1122, 793), "A4 across, at 96 dots an inch"
    assert len(image.convert("P").getcolors() or []) > 8


def test_votes_behind_the_chart_are_those_of_the_table() -> None:
    one = stories()["warm_regions"]
    shown = next(each for each in one.slides if each.id == "found")
    frame = of_slide(one, shown, "en", HOME).frame().set_index("country")
    with (ROOT / "data/tables/unga_agreement.csv").open(encoding="utf-8", newline="") as file:
        votes = [
            float(row["agreement"])
            for row in csv.DictReader(file)
            if row["country"] == "US" and 2015 <= int(row["year"]) <= 2019
        ]
    assert frame.loc["US", "country_name"] == "United States"
    assert frame.loc["US", "un_agreement"] == pytest.approx(sum(votes) / 5)
