"""Addresses read outside the pages: what they mean, and that nothing gets in that no list holds."""

from __future__ import annotations

import pytest

from geo import indicators
from geo.errors import ArgumentError
from geo.maps.addresses import BorderAddress, MapAddress, RegionAddress, RelationsAddress, parse


def test_choices_are_read() -> None:
    found = parse("/?indicator=unemployment_rate&year=2010&scope=all&k=4&scheme=equal_interval&overlay=crossing")
    assert isinstance(found, MapAddress)
    assert (found.choice.indicator.id, found.choice.year, found.choice.scope) == ("unemployment_rate", 2010, "all")
    assert (found.choice.k, found.choice.scheme, found.overlay) == (4, "equal_interval", ("crossing",))


def test_what_is_left_out_is_the_default_of_the_page() -> None:
    found = parse("/?indicator=unemployment_rate")
    assert isinstance(found, MapAddress)
    assert found.choice.year == indicators.years("unemployment_rate")[-1]
    assert (found.choice.scope, found.choice.k, found.choice.limits, found.overlay) == ("border", 5, "year", ())


def test_borders_regions_and_relations_are_read() -> None:
    border = parse("/border?country=KZ&kind=crossing,consulate&to=2010&from=2020")
    assert border == BorderAddress("KZ", ("consulate", "crossing"), 2010, 2020)
    region = parse("/region?region=RU-KGD&from=1991&to=2021")
    assert region == RegionAddress("RU-KGD", (), 1991, 2021)
    assert parse("/relations?country=US&view=compensation") == RelationsAddress("US")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/border?country=FI",
        "//example.org/border",
        "/border#x",
        "/sources",
        "/border?country=XX",
        "/border?country=<script>alert(1)</script>",
        "/border?country=FI&country=NO",
        "/border?colour=red",
        "/border?kind=crossing,weather",
        "/border?from=1850",
        "/border?country",
        "/?indicator=joint_projects",  # an illustration, never mapped
        "/?indicator=unemployment_rate&year=1850",
        "/?k=99",
        "/?per=area_km2",
        "/?region=RU-XXX",
        "/relations?view=crises",
        "/border?" + "&".join(f"p{number}=1" for number in range(30)),
    ],
)
def test_everything_else_is_refused(address: str) -> None:
    with pytest.raises(ArgumentError):
        parse(address)
