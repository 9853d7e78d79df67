"""The frame: subjects, their codes in other schemes, foreign regions along the border."""

from __future__ import annotations

import pandas as pd

from geo.facts.carry.citations import Citations, joined
from geo.facts.carry.origin import Origin, declared
from geo.facts.carry.shaping import namespaced

NAMES = "project:names"
CONSTITUTION = "constitution:65"
CLASSIFIER = "classifier:ok019"
MUNICIPAL_CLASSIFIER = "classifier:ok033"
GEONAMES = "softpower:geonames"


def subjects(origin: Origin, citations: Citations) -> pd.DataFrame:
    """Join names, capitals, federal districts, borders and area of the 83 subjects."""
    names = declared("subjects.csv")
    places = origin.read("economy/subject_names.csv").drop(columns=["name_en", "name_ru"])
    borders = origin.read("federal/border_type.csv").drop(columns=["note", "confidence"])
    area = origin.read("economy/panel.csv").query("indicator == 'area_km2'")
    frame = (
        names.merge(places, on="iso_3166_2")
        .merge(borders, on="iso_3166_2")
        .merge(area[["iso_3166_2", "value"]], on="iso_3166_2")
        .rename(columns={"value": "area_km2"})
    )
    source = [
        joined(NAMES, CONSTITUTION, namespaced(place, "economy"), namespaced(border, "federal"))
        for place, border in zip(frame["sources"], frame["source_id"], strict=True)
    ]
    return frame.assign(source=source)


def subject_codes(origin: Origin, citations: Citations) -> pd.DataFrame:
    """Codes of the subjects in OKATO, OKTMO, FIPS 10-4, Wikidata and the numbering of the tax service."""
    codes = declared("codes.csv").melt("iso_3166_2", var_name="scheme", value_name="code")
    codes["source"] = codes["scheme"].map({"oktmo": MUNICIPAL_CLASSIFIER}).fillna(CLASSIFIER)
    wikidata = origin.read("economy/subject_names.csv").rename(columns={"wikidata_id": "code"})
    wikidata = wikidata.assign(scheme="wikidata", source="economy:S10", note="")
    fips = origin.read("events/fips_adm1_to_iso.csv").rename(columns={"fips": "code"})
    fips = fips[fips["iso_3166_2"] != ""]
    fips = fips.assign(scheme="fips", source=fips["source_url"].map(citations.cite))
    columns = ["iso_3166_2", "scheme", "code", "name", "note", "source"]
    frames = [frame.reindex(columns=columns, fill_value="") for frame in (codes, wikidata, fips)]
    return pd.concat(frames, ignore_index=True)


def foreign_regions(origin: Origin, citations: Citations) -> pd.DataFrame:
    """First-level units of the neighbours that touch Russia by land."""
    return declared("foreign_regions.csv").assign(source=f"federal:F39;{NAMES}")


def capitals(origin: Origin, citations: Citations) -> pd.DataFrame:
    """Capitals of the neighbouring states with GeoNames' points and names in both languages."""
    return declared("capitals.csv").drop(columns="geonameid").assign(source=GEONAMES)


def cities(origin: Origin, citations: Citations) -> pd.DataFrame:
    """Cities of 100,000 inhabitants and more at the census of 2021."""
    return declared("cities.csv")


def event_sources(origin: Origin, citations: Citations) -> pd.DataFrame:
    """Data sets of event records that can be read."""
    return declared("event_sources.csv")
