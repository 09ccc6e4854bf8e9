"""The English pages in a real browser: accessible, nothing cut off, and a search that goes on in the other language."""

from __future__ import annotations

import re

import pytest

from tests.browser.accessibility import some_now, violations
from tests.browser.test_journeys import PAGES, count, open_filters

pytestmark = pytest.mark.browser


@some_now(PAGES, {"home", "filtered", "compare", "person", "article"})
def test_an_english_page_is_accessible_and_fits(open_page, path):
    page = open_page(bypass_csp=True)
    assert page.goto(f"/en{path}").status == (404 if path == PAGES["missing"] else 200)
    open_filters(page)
    assert violations(page) == []
    across = {}
    for width in (1920, 1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        open_filters(page)
        across[width] = page.evaluate("document.documentElement.scrollWidth")
    assert [width for width, needed in across.items() if needed > width] == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_search_goes_on_in_the_other_language(open_page, width, script):
    page = open_page(width, script)
    page.goto("/")
    page.get_by_role("link", name="English").click()
    page.get_by_label("Search the archive").fill("tuyển quân")
    page.get_by_role("button", name="Search").click()
    if width == "phone":
        page.locator("summary", has_text="Filters").click()
    page.get_by_role("checkbox", name=re.compile("^Kon Tum")).check()
    page.get_by_role("button", name="Apply").click()
    assert "/en/search?" in page.url and "province=Kon+Tum" in page.url
    found = count(page)
    page.get_by_role("link", name="Tiếng Việt").click()
    assert "/search?" in page.url and "/en/" not in page.url and count(page) == found
    page.locator("ol.hits a").first.click()
    title = page.get_by_role("heading", level=1)
    page.get_by_role("link", name="English").click()
    assert title.get_attribute("lang") == "vi" and title.inner_text().startswith("Kon Tum sẵn sàng")
    assert page.locator("html").get_attribute("lang") == "en"


def test_suggestions_are_told_in_english(open_page):
    page = open_page()
    page.goto("/en/")
    page.locator("#q").press_sequentially("kon")
    page.get_by_role("option").first.wait_for()
    assert re.match(r"Suggestions: \d+", page.locator("[aria-live=polite]").inner_text())
    assert "articles" in page.get_by_role("option").first.inner_text()
    page.get_by_role("option", name=re.compile("name at publication")).click()
    assert "/en/search?province=Kon+Tum" in page.url
