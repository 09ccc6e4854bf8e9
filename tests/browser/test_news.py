"""What is new in a year-end report, in a real browser: read without a script, no violation, nothing overflows."""

from __future__ import annotations

import threading

import pytest
from waitress.server import create_server

from tests.archives import index_of
from tests.browser.accessibility import at_both_ends, unfold, violations
from tests.search.test_report_diff import ARTICLES, NEW

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory, make_app):
    folder = tmp_path_factory.mktemp("browser-news")
    index_of(folder, ARTICLES)
    server = create_server(make_app(folder / "index"), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


def test_new_sentences_and_the_report_before_are_read_without_a_script(open_page, site):
    page = open_page("phone", script=False)
    page.goto(f"{site}/article/kt22")
    section = page.locator("section.news")
    assert section.get_by_text(NEW).is_visible()
    section.locator("summary", has_text="Câu lặp lại với số liệu khác").click()
    assert section.locator("mark", has_text="1.310").is_visible()
    section.get_by_role("link").first.click()
    page.wait_for_url("**/article/kt21")


@at_both_ends({"report": "/article/kt22"}, {"report"})
def test_axe_finds_no_violation_and_nothing_overflows(open_page, site, path, width, scheme):
    page = open_page(width, color_scheme=scheme, bypass_csp=True)
    page.goto(f"{site}{path}")
    unfold(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
