"""What is new in a year-end report, in a real browser: read without a script, no violation, nothing overflows."""

from __future__ import annotations

import json
import threading

import pytest
from waitress.server import create_server

from indexer.build import build
from tests.test_whatsnew import ARTICLES, NEW

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_of(tmp_path_factory, make_app):
    folder = tmp_path_factory.mktemp("browser-news")
    (folder / "a.jsonl").write_text("\n".join(json.dumps(a, ensure_ascii=False) for a in ARTICLES), encoding="utf-8")
    build(folder / "index", [str(folder / "a.jsonl")], workers=1)
    server = create_server(make_app(folder / "index"), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}/article/kt22"
    server.close()


def test_new_sentences_and_the_report_before_are_read_without_a_script(open_page, page_of):
    page = open_page("phone", script=False)
    page.goto(page_of)
    section = page.locator("section.news")
    assert section.get_by_text(NEW).is_visible()
    section.locator("summary", has_text="Câu lặp lại với số liệu khác").click()
    assert section.locator("mark", has_text="1.310").is_visible()
    section.get_by_role("link").first.click()
    page.wait_for_url("**/article/kt21")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_no_violation_and_nothing_overflows(open_page, page_of, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = open_page(width, color_scheme=scheme, bypass_csp=True)
    page.goto(page_of)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
