"""The pages of people and provinces in a real browser, on a phone and on a desk."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
PAGES = ["/officials", "/officials/trịnh ngọc sơn@Kon Tum", "/provinces", "/provinces/kon-tum"]


@pytest.mark.parametrize("width", ["phone", "desktop"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window_and_has_one_heading(open_page, path, width):
    page = open_page(width)
    assert page.goto(path).status == 200
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.locator("h1").count() == 1


def test_from_a_province_to_a_person_to_the_article(open_page):
    page = open_page("phone", script=False)
    page.goto("/provinces/kon-tum")
    page.get_by_role("link", name="Trịnh Ngọc Sơn").first.click()
    page.get_by_text("không phải lý lịch chính thức").wait_for()
    title = "Kon Tum sẵn sàng cho ngày hội tuyển quân"
    assert "20/01/2022" in page.locator("li", has=page.get_by_role("link", name=title)).first.inner_text()
    page.get_by_role("link", name=title).first.click()
    assert page.locator("h1").inner_text() == title
