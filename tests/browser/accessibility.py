"""What axe finds wrong with a page, by the rules of WCAG 2.2 AA and its best practices.

A run of axe takes most of a second. `make test` has one for each template, at one end of widths and colours; the long
tests have every page at both ends.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ENDS = ((360, "light"), (1280, "dark"))
OTHER_ENDS = (("phone", "dark"), ("desktop", "light"))


def at_both_ends(paths: Mapping[str, str], now: Collection[str], ends=ENDS) -> pytest.MarkDecorator:
    """Parameters `path`, `width`, `scheme`: each of `paths` at both ends; of `now` one each, the rest long."""
    rows = []
    for number, (name, path) in enumerate(paths.items()):
        for turn, (width, scheme) in enumerate(ends):
            at_once = name in now and turn == number % 2
            rows.append(pytest.param(path, width, scheme, id=f"{name}-{width}-{scheme}",
                                     marks=() if at_once else pytest.mark.long))
    return pytest.mark.parametrize(("path", "width", "scheme"), rows)


def some_now(paths: Mapping[str, str], now: Collection[str]) -> pytest.MarkDecorator:
    """Parameter `path`: those of `now` (ids), and all the others in the long tests."""
    return pytest.mark.parametrize("path", [
        pytest.param(path, id=name, marks=() if name in now else pytest.mark.long) for name, path in paths.items()])


def violations(page, tags=TAGS):
    """(rule, elements) of each violation. The page must have been opened with `bypass_csp`: axe itself is injected."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": list(tags)}}).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
