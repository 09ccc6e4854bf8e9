"""The readers' journeys in a real browser: with and without JavaScript, on a phone and on a desk, by keyboard alone."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from tests.browser.accessibility import OTHER_ENDS, at_both_ends, violations

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "results": f"/search?q={quote('tuyển quân')}",
    "named": f"/search?q={quote('Trịnh Ngọc Sơn')}",
    "question": f"/search?q={quote('Ai là chỉ huy trưởng Bộ CHQS tỉnh Kon Tum?')}",
    "filtered": f"/search?q={quote('tuyển quân')}&province=Kon+Tum&year=2022",
    "many": f"/search?province={quote('Lâm Đồng')}&page=2",
    "near": f"/search?q={quote('hải quân')}",
    "empty": f"/search?q={quote('hải quân năm:2019')}",
    "notice": "/search?q=a&page=x",
    "map": f"/map?q={quote('tuyển quân')}&province=Kon+Tum",
    "map now": "/map?map=now",
    "timeline": f"/timeline?q={quote('tỉnh')}",
    "months": "/timeline?year=2022&show=share",
    "silence": f"/silence?q={quote('tuyển quân')}",
    "silence now": "/silence?map=now",
    "compare": f"/compare?q={quote('tuyển quân')}&q={quote('quốc phòng')}&q={quote('tỉnh')}&q=dien+tap",
    "compare nothing": "/compare",
    "collocates": f"/statistics/collocates?q={quote('tuyển quân')}&min=1",
    "key words": f"/statistics/keyness?q={quote('tuyển quân')}&min=1&use=over",
    "frequencies": "/statistics/frequency?n=2",
    "named together": "/statistics/together?min=1",
    "lines near": f"/kwic?q={quote('tuyển quân')}&near={quote('tỉnh')}&window=10",
    "facet": f"/facet/province?q={quote('tuyển quân')}",
    "people": "/officials",
    "people asked for": f"/officials?post=CHT&province=Kon+Tum&year=2022&q={quote('sơn')}",
    "people by letter": "/officials?chu=S",
    "nobody": f"/officials?post={quote('Chỉ huy trửong Bộ CHQS')}&year=1999",
    "report": f"/report?article=kontum/tuyen-quan&facet=official&value={quote('trịnh ngọc sơn@Kon Tum')}",
    "report a page": "/report?page=/map",
    "person": f"/officials/{quote('trịnh ngọc sơn@Kon Tum')}",
    "provinces": "/provinces",
    "province": "/provinces/kon-tum",
    "kwic": f"/kwic?q={quote('tuyển quân')}",
    "long": f"/search?q={'x' * 400}",
    "article": "/article/kontum/tuyen-quan",
    "hostile": "/article/hostile",
    "help": "/help",
    "about": "/about",
    "missing": "/none",
}
ONE_OF_EACH_TEMPLATE = {"home", "filtered", "map", "months", "silence", "compare", "facet", "people",
                        "people asked for", "people by letter", "nobody", "report", "person",
                        "provinces", "province", "kwic", "collocates", "named together", "article", "help", "about",
                        "missing"}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_search_filter_read(open_page, width, script):
    page = open_page(width, script)
    page.goto("/")
    page.get_by_label("Tìm trong kho bài").fill("tuyển quân")
    page.get_by_role("button", name="Tìm").click()
    before = count(page)
    if width == "phone":
        page.locator("summary", has_text="Bộ lọc").click()
    page.get_by_role("checkbox", name=re.compile("^Kon Tum")).check()
    page.get_by_role("button", name="Áp dụng").click()
    assert "province=Kon+Tum" in page.url
    assert count(page) < before
    page.locator("ol.hits a").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kon Tum sẵn sàng cho ngày hội tuyển quân"
    page.go_back()
    page.get_by_role("link", name=re.compile("Bỏ lọc")).click()
    assert count(page) == before


def test_the_whole_journey_by_keyboard(open_page):
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Đến nội dung chính"
    tab_to(page, lambda: page.evaluate("document.activeElement.id === 'q'"))
    page.keyboard.type("tuyển quân")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    before = count(page)
    tab_to(page, lambda: page.evaluate("document.activeElement.value === 'Kon Tum'"))
    page.keyboard.press("Space")
    tab_to(page, lambda: focused(page) == "Áp dụng")
    page.keyboard.press("Enter")
    page.wait_for_url("**province=Kon+Tum*")
    assert count(page) < before
    tab_to(page, lambda: page.evaluate("!!document.activeElement.closest('.hit')"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    assert page.get_by_role("heading", level=1).inner_text() == "Kon Tum sẵn sàng cho ngày hội tuyển quân"


def test_every_stop_of_the_keyboard_can_be_seen(open_page):
    page = open_page()
    page.goto(PAGES["filtered"])
    for _ in range(25):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline != "0px", focused(page)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_nothing_overflows_sideways(open_page, path):
    page = open_page()
    assert page.goto(path).status == (404 if path == PAGES["missing"] else 200)
    across = {}
    for width in (1920, 1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        open_filters(page)
        across[width] = page.evaluate("document.documentElement.scrollWidth")
    assert [width for width, needed in across.items() if needed > width] == []


@at_both_ends(PAGES, ONE_OF_EACH_TEMPLATE, OTHER_ENDS)
def test_axe_finds_no_violation(open_page, path, width, scheme):
    page = open_page(width, color_scheme=scheme, bypass_csp=True)
    page.goto(path)
    open_filters(page)
    assert violations(page) == []


def test_targets_are_at_least_24_pixels(open_page):
    page = open_page("phone")
    page.goto(PAGES["filtered"])
    page.locator("details.filters > summary").click()
    sizes = page.evaluate(
        """[...document.querySelectorAll(
                'button, summary, .chips a, .sorts a, .maps a, .pager a, fieldset label, .top a, .hit h3 a')]
           .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
           .filter(([t, r]) => r.width > 1).map(([t, r]) => [t, Math.min(r.width, r.height)])"""
    )
    assert sizes and [s for s in sizes if s[1] < 24] == []


def test_hostile_text_never_runs(open_page):
    page = open_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    for path in (PAGES["hostile"], PAGES["results"], "/search?q=%3Cscript%3Ealert(1)%3C/script%3E"):
        page.goto(path)
        page.wait_for_load_state()
    assert page.locator("main script, main img").count() == 0


def test_a_page_loads_nothing_from_elsewhere_and_stays_light(open_page, address):
    page = open_page()
    loaded = []
    page.on("response", lambda response: loaded.append(response))
    page.goto(PAGES["results"])
    page.wait_for_load_state("networkidle")
    assert all(r.url.startswith(address) for r in loaded)
    assert sum(len(r.body()) for r in loaded) <= 60_000


def count(page):
    return int(page.locator("[role=status] strong").inner_text().replace(".", ""))


def open_filters(page):
    """Open the filters where the page keeps them folded."""
    for summary in page.locator("details.filters:not([open]) > summary:visible").all():
        summary.click()


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def tab_to(page, reached):
    for _ in range(60):
        if reached():
            return
        page.keyboard.press("Tab")
    pytest.fail("the keyboard never got there")


@pytest.mark.parametrize("path", ["/search?q=tuyển+quân", "/search?province=Kon+Tum&year=2022", "/en/search?q=quan"])
def test_on_a_phone_the_first_hit_is_in_sight(open_page, path):
    page = open_page("phone")
    page.goto(path)
    assert page.locator(".hit").first.bounding_box()["y"] <= 480


def test_a_second_skip_link_leads_to_the_results(open_page):
    page = open_page("desktop")
    page.goto("/search?q=tuyển+quân")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.list') !== null")


@pytest.mark.parametrize("path", ["/", "/search?q=tuyển+quân", "/map", "/timeline", "/compare", "/kwic", "/officials",
                                  "/provinces", "/help"])
def test_every_page_has_the_same_navigation(open_page, path):
    page = open_page("phone")
    page.goto(path)
    assert page.locator("nav.pages a").all_inner_texts() == [
        "Tìm", "Bản đồ", "Theo thời gian", "So sánh", "Ngữ cảnh", "Cán bộ", "Tỉnh, thành"]
