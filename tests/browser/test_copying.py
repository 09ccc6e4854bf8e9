"""Copying a sentence with its source in a real browser: one click, one key, and by hand without the script."""

from __future__ import annotations

import pytest

from tests.browser.accessibility import at_both_ends, unfold, violations

pytestmark = pytest.mark.browser
PATHS = {"article": "/article/kontum/tuyen-quan", "person": "/officials/trịnh ngọc sơn@Kon Tum"}
ON_BOTH = pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
ALLOWED = ["clipboard-read", "clipboard-write"]


def copied(page):
    return page.evaluate("navigator.clipboard.readText()")


def first_ready(page):
    return page.locator(".ready").first.evaluate("each => each.textContent.trim()")


@ON_BOTH
def test_one_click_copies_and_says_so(open_page, path):
    page = open_page(permissions=ALLOWED)
    page.goto(path)
    page.get_by_role("button", name="Sao chép").first.click()
    page.get_by_role("status").filter(has_text="Đã sao chép").wait_for(state="attached")
    assert copied(page) == first_ready(page)
    assert copied(page).startswith("“") and "https://baokontum.example/" in copied(page)


@ON_BOTH
def test_every_button_copies_its_own_sentence_by_keyboard(open_page, path):
    page = open_page(permissions=ALLOWED)
    page.goto(path)
    for folded in page.locator("details:has(.copy):not([open]) > summary").all():
        folded.click()
    buttons, ready = page.locator("button.small").all(), page.locator(".ready").all()
    assert len(buttons) == len(ready) > 1
    for button, text in zip(buttons, ready, strict=True):
        button.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("button => button.firstChild.data === 'Đã sao chép'", arg=button.element_handle())
        assert copied(page) == text.evaluate("each => each.textContent.trim()")


def test_where_the_clipboard_is_closed_the_older_way_copies(open_page):
    page = open_page(permissions=ALLOWED)
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('closed'))")
    page.goto(PATHS["article"])
    page.get_by_role("button", name="Sao chép").first.click()
    page.get_by_role("status").filter(has_text="Đã sao chép").wait_for(state="attached")
    assert copied(page).strip() == first_ready(page)


def test_where_nothing_can_copy_the_text_is_open_and_selected(open_page):
    page = open_page()
    page.add_init_script("""navigator.clipboard.writeText = () => Promise.reject(new Error('closed'));
                            document.execCommand = () => false;""")
    page.goto(PATHS["article"])
    page.get_by_role("button", name="Sao chép").first.click()
    page.get_by_role("status").filter(has_text="Không sao chép được").wait_for(state="attached")
    assert page.locator(".ready").first.is_visible()
    assert page.evaluate("getSelection().toString().trim()").startswith("“")


@ON_BOTH
@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_without_script_the_text_is_ready_to_select(open_page, path, width):
    page = open_page(width, script=False)
    page.goto(path)
    assert page.get_by_role("button", name="Sao chép").count() == 0
    page.get_by_text("Trích câu này").first.click()
    block = page.locator(".ready").first
    assert block.is_visible() and "https://baokontum.example/" in block.inner_text()
    assert page.locator("details.copy[open]").count() == 1


@at_both_ends(PATHS, PATHS)
def test_axe_finds_no_violation_and_nothing_overflows_with_all_open(open_page, path, width, scheme):
    page = open_page(width, color_scheme=scheme, bypass_csp=True)
    page.goto(path)
    unfold(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = [each.bounding_box() for each in page.locator("button.small, .copy > summary").all()]
    assert min(min(size["width"], size["height"]) for size in sizes) >= 24
