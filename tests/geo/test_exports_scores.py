"""Maps of categories and scores are taken away with their classes in words and their figures as they are."""

from __future__ import annotations

import io

import geopandas as gpd
import openpyxl
import pandas as pd

from geo import units
from geo.exports.scores import of_scores
from geo.maps import LIGHT, choropleth
from geo.maps.categories import Category, category_map
from geo.maps.painting import payload

ADDRESS = "http://localhost:8501/levels?lang=ru"
SOURCE = "web:6f9f293b"


def exhibit():
    belongs = pd.Series({"RU-MUR": "high", "RU-KR": "low"}, dtype="object")
    drawing = category_map(
        belongs,
        {"high": Category("Высокий", "#112233"), "low": Category("Низкий", "#aabbcc")},
        pd.Series({"RU-MUR": 100 / 3, "RU-KR": 50.0}),
        none_label="слишком мало известно",
        lang="ru",
    )
    told = payload(drawing, title="Уровень", unit="%", year=None, source="", rank_texts=[None] * 83)
    return of_scores(
        drawing,
        told,
        heading="Класс",
        unit="% испытаний",
        address=ADDRESS,
        sources=[SOURCE],
        means=[("Низкий", "ниже")],
    )


def test_a_map_of_categories_carries_the_class_and_the_exact_value() -> None:
    frame = exhibit().frame().set_index("iso_3166_2")
    assert list(frame["class"].loc[["RU-MUR", "RU-KR", "RU-MOS"]]) == ["Высокий", "Низкий", "слишком мало известно"]
    assert frame.loc["RU-MUR", "value"] == 100 / 3
    assert pd.isna(frame.loc["RU-MOS", "value"])
    assert "rank" not in frame, "categories have none"


def test_its_workbook_says_what_class_and_value_are_and_whence() -> None:
    book = openpyxl.load_workbook(io.BytesIO(exhibit().file("xlsx")))
    meant = {row[0]: row[1] for row in book["definitions"].iter_rows(values_only=True)}
    assert meant["class"] == "Класс: Высокий; Низкий; слишком мало известно"
    assert meant["value"] == "% испытаний"
    assert meant["Низкий"] == "ниже"
    assert [row[0] for row in book["sources"].iter_rows(values_only=True)] == ["source_id", SOURCE]


def test_its_layer_carries_the_class_too(tmp_path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(exhibit().file("gpkg"))
    assert set(gpd.read_file(path, layer="data")["class"]) == {"Высокий", "Низкий", "слишком мало известно"}


def test_a_map_of_scores_carries_the_limits_of_its_classes_and_ranks() -> None:
    codes = units.scope("border")
    frame = pd.DataFrame({"value": range(len(codes)), "status": "observed", "year_used": 2020}, index=codes)
    frame = frame.reindex(units.scope("all")).fillna({"status": "no_data"})
    drawing = choropleth(frame, codes, k=2, theme=LIGHT, lang="en")
    told = payload(drawing, title="Score", unit="score", year=None, source="")
    table = of_scores(drawing, told, heading="Score", unit="score", address=ADDRESS).frame()
    assert len(table) == 48
    assert table["class"].nunique() == 2
    assert table.loc[table["rank"] == 1, "value"].item() == 47
