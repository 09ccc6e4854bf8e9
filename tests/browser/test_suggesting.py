"""Suggestions while typing, in a real browser: by keyboard, by pointer, under an input method, and never in the way."""

from __future__ import annotations

import pytest

from tests.browser.accessibility import OTHER_ENDS, at_both_ends, violations

pytestmark = pytest.mark.browser
WITH_A_BOX = {"home": "/", "results": "/search?province=Kon+Tum"}


@pytest.fixture
def typing(open_page):
    """Types into the box of the home page, which stays as it was typed, and waits for the list."""

    def typed(text, width="desktop", path="/", **options):
        page = open_page(width, **options)
        page.goto(path)
        page.locator("#q").fill("")
        page.locator("#q").press_sequentially(text)
        page.get_by_role("option").first.wait_for()
        return page

    return typed


def test_arrows_choose_enter_follows_and_the_box_is_left_alone(typing):
    page = typing("kon")
    box = page.get_by_role("combobox")
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert chosen.count() == 1 and chosen.inner_text().startswith("Kon Tum")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert box.input_value() == "kon"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?province=Kon+Tum")


def test_up_from_the_box_goes_to_the_last_and_down_again_to_the_box(typing):
    page = typing("t")
    page.keyboard.press("ArrowUp")
    assert page.get_by_role("option").last.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    assert page.locator("[aria-selected=true]").count() == 0
    assert page.get_by_role("combobox").get_attribute("aria-activedescendant") is None


def test_enter_without_a_choice_searches_for_what_was_typed(typing):
    page = typing("kon")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=kon")


def test_escape_closes_the_list_and_keeps_the_words(typing):
    page = typing("kon")
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert page.get_by_role("combobox").input_value() == "kon"
    assert page.get_by_role("combobox").get_attribute("aria-expanded") == "false"


def test_leaving_the_box_closes_the_list(typing):
    page = typing("kon")
    page.keyboard.press("Tab")
    assert page.get_by_role("option").count() == 0


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_suggestion_is_a_link_to_follow_by_pointer(typing, width):
    page = typing("son", width)
    page.get_by_role("option", name="Trịnh Ngọc Sơn").click()
    page.wait_for_url("**/search?official=*")
    assert page.locator("ol.hits li").count() == 2


def test_keys_of_an_input_method_are_left_to_it(typing):
    page = typing("kon")
    page.keyboard.press("ArrowDown")
    page.evaluate("""document.querySelector("#q").dispatchEvent(
        new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true, cancelable: true}))""")
    page.wait_for_timeout(200)
    assert page.url.endswith("/") and page.get_by_role("option").count()


def test_without_an_answer_the_box_works_as_ever(open_page):
    page = open_page()
    page.route("**/api/suggest*", lambda route: route.abort())
    page.goto("/")
    page.locator("#q").press_sequentially("kon")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=kon")


@at_both_ends(WITH_A_BOX, WITH_A_BOX, OTHER_ENDS)
def test_axe_finds_no_violation_in_the_open_list(typing, path, width, scheme):
    page = typing("t", width, path, color_scheme=scheme, bypass_csp=True)
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    needed = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    sizes = [each.bounding_box()["height"] for each in page.get_by_role("option").all()]
    assert needed == 0 and min(sizes) >= 24
