"""Choosing from all values of a facet in a real browser, with the script and without it, by keyboard too."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from tests.browser.accessibility import at_both_ends, violations

pytestmark = pytest.mark.browser
PAGE = f"/facet/province?q={quote('tỉnh')}"
LISTS = {"provinces": PAGE, "names": "/facet/official?order=name", "none": "/facet/official?find=khongco",
         "years": "/facet/year"}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_ticks_stay_while_looking_for_more_and_lead_to_the_results(open_page, width, script):
    page = open_page(width, script)
    page.goto(PAGE)
    page.get_by_role("checkbox", name=re.compile("^Kon Tum")).check()
    page.get_by_label("Tìm trong danh sách này").fill("gia lai")
    page.keyboard.press("Enter")
    page.wait_for_url("**/facet/province?*find=gia+lai*")
    assert page.get_by_role("checkbox").count() == 1
    page.get_by_role("checkbox", name=re.compile("^Gia Lai")).check()
    page.get_by_role("button", name="Áp dụng").click()
    assert page.url.endswith(f"/search?q={quote('tỉnh')}&province=Gia+Lai&province=Kon+Tum")


def test_the_order_is_chosen_by_keyboard(open_page):
    page = open_page(script=False)
    page.goto(PAGE)
    page.get_by_label("Xếp", exact=True).select_option("name")
    page.get_by_role("button", name="Xếp lại").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**order=name*")
    names = page.locator("fieldset.many label span").all_inner_texts()
    assert names[:3] == ["Gia Lai", "Huế (Thừa Thiên Huế)", "Khánh Hòa"]


@at_both_ends(LISTS, {"provinces", "names"})
def test_axe_finds_no_violation_and_nothing_overflows(open_page, path, width, scheme):
    page = open_page(width, color_scheme=scheme, bypass_csp=True)
    page.goto(path)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
