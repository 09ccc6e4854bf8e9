"""The share of the archive that a count is: as text, as a number, and as a shade of a map.

A count alone mostly shows how much the archive holds, so charts and maps show its share of the archive too.
"""

from __future__ import annotations

from itertools import pairwise

from search_app.i18n import messages
from search_app.i18n.language import current

FEW = 5  # articles of the archive below which a share is hatched
STEPS = (0, 2, 5, 10, 25)  # per cent: one shade darker above each


def percent(count: int, of: int) -> str:
    """"3,1 %"; no decimal from 10 % on; "" where `of` is 0."""
    if not of:
        return ""
    share = 100 * count / of
    return current().percent(share, 0) if share >= 10 or not count else current().percent(max(share, 0.1), 1)


def fraction(count: int, of: int) -> str:
    """The same for files: "0.0312"; "" where `of` is 0."""
    return f"{count / of:.4f}" if of else ""


def few(of: int) -> bool:
    """Whether a share of `of` articles means little: there are some, but fewer than FEW."""
    return 0 < of < FEW


def shade(count: int, of: int) -> str:
    """The CSS class of a share: s0 for nothing, then one step for each of STEPS that it exceeds."""
    return f"s{sum(100 * count > step * of for step in STEPS)}"


def legend() -> list[tuple[str, str]]:
    """(CSS class, its meaning) of every shade."""
    steps = [current().percent(step, 0) for step in STEPS[1:]]
    bounds = [messages.BETWEEN.format(low, high) for low, high in pairwise(steps)]
    named = [messages.NO_ARTICLE, messages.UP_TO.format(steps[0]), *bounds, messages.ABOVE.format(steps[-1])]
    return [(f"s{at}", text) for at, text in enumerate(named)]
