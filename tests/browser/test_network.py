"""The matrix in a browser: a cell that is selected opens the ties behind it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import atlas_page as atlas

pytestmark = pytest.mark.browser


def test_a_cell_opens_the_ties_behind_it(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/network?kind=twin_town")
    cell = page.locator(".st-key-network_matrix .scatterlayer .point").first
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("new URL(location.href).searchParams.has('country')", polling="raf")
    chosen = atlas.choices(page)
    assert chosen["region"].startswith("RU-")
    page.locator(atlas.READY).wait_for()
    heads = page.locator(".ties-table th").all_inner_texts()
    rows = page.locator(".ties-table tbody tr")
    expect(rows.first).to_be_visible()
    for column in ("Subject", "Country"):
        said = page.locator(f".ties-table tbody td:nth-child({heads.index(column) + 1})").all_inner_texts()
        assert len(set(said)) == 1, column
