"""Two journeys: who held a post, with proof; and a wrong value that is reported and put right."""

from __future__ import annotations

import re
import threading
from urllib.parse import quote

import pytest
from waitress.server import create_server

from indexer.operations import reader_reports
from indexer.operations.report_correction import append, correction_of
from tests.browser.accessibility import OTHER_ENDS, violations
from tests.browser.conftest import WIDTHS

pytestmark = pytest.mark.browser
PERSON = "/officials/trịnh ngọc sơn@Kon Tum"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", WIDTHS)
def test_who_commanded_a_province_in_a_year_is_two_clicks_from_home(open_page, width, script):
    page = open_page(width, script)
    page.goto("/")
    page.locator('a[href="/officials"]').first.click()
    page.get_by_label("Chức vụ").fill("chỉ huy trưởng bộ chqs")
    page.get_by_label("Tỉnh, thành phố").select_option("Kon Tum")
    page.get_by_label("Năm đăng").fill("2023")
    page.get_by_role("button", name="Tìm").click()
    row = page.locator(".held > li")
    assert row.count() == 1 and "Trịnh Ngọc Sơn" in row.inner_text() and "2022–2023" in row.inner_text()
    assert "dự khai mạc" in row.locator("blockquote").inner_text()
    row.get_by_role("link", name="Diễn tập khu vực phòng thủ tỉnh Kon Tum").click()
    assert page.locator("h1").inner_text() == "Diễn tập khu vực phòng thủ tỉnh Kon Tum"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_wrong_value_is_reported_from_beside_it(open_page, reports, width, script):
    page = open_page(width, script)
    page.goto("/article/kontum/tuyen-quan")
    page.locator(".facts").get_by_role("link", name=re.compile("Báo sai.*Kon Tum")).first.click()
    assert "tỉnh Kon Tum họp bàn" in page.locator("blockquote").inner_text()
    page.get_by_label("Thiếu thông tin").check()
    page.get_by_label("Sai ở đâu").fill(f"Thiếu tỉnh Gia Lai ({width}, {script})")
    page.get_by_role("button", name="Gửi báo sai").click()
    assert page.locator("h1").inner_text() == "Đã ghi nhận"
    number = int(re.search(r"mang số (\d+)", page.get_by_role("status").inner_text())[1])
    report = reader_reports.read(reports).get(number)
    assert (report.words, report.kind) == (f"Thiếu tỉnh Gia Lai ({width}, {script})", "missing")
    page.get_by_role("link", name="Về bài báo").click()
    assert page.url.endswith("/article/kontum/tuyen-quan")


def test_people_do_not_see_the_trap_and_the_keyboard_does_not_stop_there(open_page):
    page = open_page()
    page.goto("/report")
    stops = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        stops.add(page.evaluate("document.activeElement.name"))
    assert "words" in stops and "contact" in stops and "website" not in stops
    assert page.locator("[name=website]").evaluate("e => e.getBoundingClientRect().width") <= 1 or page.locator(
        "[name=website]").evaluate("e => getComputedStyle(e.closest('p')).clipPath") != "none"


def test_the_answers_to_a_report_have_no_violation_either(open_page):
    for width, scheme in OTHER_ENDS:
        page = open_page(width, color_scheme=scheme, bypass_csp=True)
        page.goto("/report?article=kontum/tuyen-quan&facet=province&value=Kon+Tum")
        page.get_by_label("Sai ở đâu").fill(" ")
        page.get_by_role("button", name="Gửi báo sai").click()
        assert page.get_by_role("alert").count() == 1 and violations(page) == []
        page.get_by_label("Sai ở đâu").fill("x")
        page.get_by_role("button", name="Gửi báo sai").click()
        assert page.locator("h1").inner_text() == "Đã ghi nhận" and violations(page) == []


def test_a_report_is_read_decided_and_seen_on_the_page(chromium, make_app, tmp_path):
    """The whole way: reader, operator, reader."""
    file, corrections = tmp_path / "reports.jsonl", tmp_path / "corrections.csv"
    app = make_app(reports=str(file), corrections=str(corrections))
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    context = chromium.new_context(base_url=f"http://127.0.0.1:{server.effective_port}")
    try:
        page = context.new_page()
        page.goto(PERSON)
        page.locator("main").get_by_role("link", name="Báo sai / yêu cầu đính chính").click()
        page.get_by_label("Viết sai tên người này").check()
        page.get_by_label("Sai ở đâu").fill("Đúng ra là Trịnh Ngọc Sớn")
        page.get_by_role("button", name="Gửi báo sai").click()
        [report] = reader_reports.read(file).open
        append(corrections, correction_of(report, ("Trịnh Ngọc Sớn",), "Lan"))
        page.goto(PERSON)
        assert "Trịnh Ngọc Sớn" in page.locator("h1").inner_text()
        assert "Đúng ra là Trịnh Ngọc Sớn" in page.locator("main").inner_text()
    finally:
        context.close()
        server.close()


def test_pages_with_a_row_for_each_value_stay_light(open_page):
    page = open_page()
    for path in ("/officials", "/provinces/kon-tum", PERSON, "/article/kontum/tuyen-quan", "/report"):
        assert len(page.goto(quote(path, safe="/@?=&")).body()) <= 60_000
