"""What axe finds wrong with a page, by the rules of WCAG 2.2 AA and its best practices."""

from __future__ import annotations

import pytest

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ON_BOTH_ENDS = pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])


def violations(page, tags=TAGS):
    """(rule, elements) of each violation. The page must have been opened with `bypass_csp`: axe itself is injected."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": list(tags)}}).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
