"""A page is painted, and whole, before any of its scripts has come."""

from __future__ import annotations

import pytest

from tests.browser.test_journeys import PAGES

pytestmark = pytest.mark.browser
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
SHOWN = "document.querySelector('main').innerText"


@pytest.mark.parametrize("name", ["home", "results", "article", "person", "compare", "kwic"])
def test_first_paint_waits_for_no_script(open_page, name):
    page, held = open_page(), []
    page.route("**/*.js*", lambda route: held.append(route))
    page.goto(PAGES[name], wait_until="commit")
    page.wait_for_function(PAINTED)
    page.wait_for_selector("footer", state="attached")
    assert held and page.evaluate("document.readyState") != "complete"
    early = page.evaluate(SHOWN)
    plain = open_page(script=False)
    plain.goto(PAGES[name])
    assert early == plain.locator("main").inner_text() != ""
    for route in held:
        route.continue_()
    page.wait_for_load_state()
