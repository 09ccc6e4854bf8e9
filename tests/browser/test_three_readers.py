"""Three readers' work from end to end, with JavaScript and without, on a narrow phone and on a desk.

The journalist takes a province's articles and mentions away; the researcher goes from a query over its concordance to a
citation and comes back by a permanent link; the operator sees that the archive is stale, and that a run mends it.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from waitress.server import create_server

from indexer.ingest.run import build
from indexer.storage import run_status
from indexer.storage.run_status import Attempt, Status, Success
from tests.browser.test_journeys import count, open_filters

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("script", [True, False], ids=["script", "no script"]),
    pytest.mark.parametrize("width", [360, 1280]),
]
TITLE = "Kon Tum sẵn sàng cho ngày hội tuyển quân"


def test_a_journalist_takes_a_province_and_who_is_named_there_away(open_page, width, script):
    page = open_page(width, script)
    page.goto("/")
    search(page, "tỉnh")
    open_filters(page)
    page.get_by_role("checkbox", name=re.compile("^Kon Tum")).check()
    page.get_by_role("button", name="Áp dụng").click()
    page.wait_for_url("**province=Kon+Tum*")
    articles = rows(download(page, "CSV", nth=0))
    assert len(articles) == count(page) == 2
    assert {row["provinces"] for row in articles} == {"Kon Tum"} and TITLE in {row["title"] for row in articles}
    mentions = rows(download(page, "CSV", nth=1))
    assert {row["id"] for row in mentions} == {row["id"] for row in articles}
    assert {row["name"] for row in mentions} == {"Trịnh Ngọc Sơn"}
    assert_fits(page, width)


def test_a_journalist_goes_from_a_search_over_years_to_a_map_to_share(open_page, width, script):
    page = open_page(width, script)
    page.goto("/")
    search(page, "tuyển quân")
    open_filters(page)
    page.get_by_label("Từ ngày").fill("2018-01-01")
    page.get_by_label("Đến ngày").fill("2024-12-31")
    page.get_by_role("button", name="Áp dụng").click()
    page.wait_for_url("**from=2018-01-01&to=2024-12-31*")
    found = count(page)
    page.get_by_label("Cách xem kết quả").get_by_role("link", name="Bản đồ").click()
    page.wait_for_url("**/map?*")
    drawn = download(page, "SVG").read_text(encoding="utf-8")
    assert "tuyển quân" in drawn and "01/01/2018" in drawn and f"{found} bài, " in drawn
    assert_fits(page, width)


def test_a_researcher_goes_from_words_to_a_citation_and_back_by_a_permanent_link(open_page, width, script):
    page = open_page(width, script)
    page.goto("/")
    search(page, "tuyển quân")
    found, results = count(page), page.url
    page.get_by_role("link", name="Trong ngữ cảnh").click()
    page.wait_for_url("**/kwic?*")
    assert {mark.lower() for mark in page.locator(".lines mark").all_inner_texts()} == {"tuyển quân"}
    assert_fits(page, width)
    page.get_by_role("link", name=TITLE).first.click()
    assert page.locator(".citation").inner_text().startswith(f"“{TITLE}”. Báo Kon Tum, 20/01/2022.")
    cited = download(page, "BibTeX").read_text(encoding="utf-8")
    assert TITLE in cited and "https://baokontum.example/tuyen-quan" in cited
    page.goto(results)
    page.get_by_role("link", name="Liên kết cố định").click()
    page.wait_for_url("**gen=*")
    later = open_page(width, script)  # another reader, with nothing but the address
    later.goto(page.url)
    told = later.locator("p.notice").first.inner_text()
    assert f"kết quả có {found} bài" in told and "không thay đổi" in told and count(later) == found
    assert_fits(later, width)


def test_an_operator_sees_that_the_archive_is_stale_and_that_a_run_mends_it(open_page, stale_site, width, script):
    address, run = stale_site
    page = open_page(width, script)
    assert health(page, address)["stale"] is True
    for path in ("/", f"/search?q={quote('tuyển quân')}", "/about", "/en/"):
        page.goto(f"{address}{path}")
        assert page.locator("p.stale").is_visible() and page.locator("p.stale").get_attribute("role") == "status"
        assert_fits(page, width)
    run()
    told = health(page, address)
    assert (told["ok"], told["stale"], told["failures"]) == (True, False, 0)
    page.goto(f"{address}/")
    assert page.locator("p.stale").count() == 0


@pytest.fixture
def stale_site(make_app, index_dir, tmp_path):
    """A site over a copy of the test index that no run has touched for three days, and the run that was missing."""
    index, corpus = tmp_path / "index", index_dir.parent / "corpus"
    shutil.copytree(index_dir, index)
    at = (datetime.now(UTC) - timedelta(days=3)).isoformat(timespec="seconds")
    run_status.write(index, Status(Attempt(at, at, 13, "…"), Success(at, 1, 32, 0, 0, 0, 0, 0, 0.1), 2))
    server = create_server(make_app(index, stale_hours="48"), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}", lambda: build(index, [str(corpus)], workers=1)
    server.close()


def search(page, words):
    page.get_by_label("Tìm trong kho bài").fill(words)
    page.get_by_role("button", name="Tìm").click()
    page.wait_for_url("**/search?q=*")


def download(page, name, nth=0):
    """The file behind a link, as the browser saves it."""
    with page.expect_download() as saved:
        page.locator(".takeaway").get_by_role("link", name=name, exact=True).nth(nth).click()
    return saved.value.path()


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def health(page, address):
    page.goto(f"{address}/healthz")
    return json.loads(page.locator("pre").inner_text())


def assert_fits(page, width):
    assert page.evaluate("document.documentElement.scrollWidth") <= width
