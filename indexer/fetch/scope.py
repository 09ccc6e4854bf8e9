"""Does an article belong in an archive of local defence? A stated rule, with its score and its reason.

score = sum over the terms of data/scope_terms.csv of
        weight x (3 if in the title, + 2 if in the opening, + 0.5 for each time in the rest, at most twice)

A longer term stands for the shorter ones in it: "bộ đội biên phòng" is not "bộ đội" and "biên phòng" too. Terms of
foreign wars, films and sports take points off. An article belongs from THRESHOLD on. How well this works is measured
by tests/quality/scope.py; docs/fetching.md has the figures.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

from indexer.text import normalize

THRESHOLD = 5.0
OPENING = 400  # characters: about the lead and the first paragraph
IN_TITLE, IN_OPENING, IN_REST, MOST_IN_REST = 3.0, 2.0, 0.5, 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` names the terms that weighed most: "tuyển quân +15, nhập ngũ +5; cần 5"."""

    belongs: bool
    score: float
    reason: str


def in_scope(title: str, text: str) -> Verdict:
    """Whether an article belongs, by its title and its running text."""
    points = scored(title, text)
    score = sum(points.values())
    weighed = sorted(points.items(), key=lambda item: (-abs(item[1]), item[0]))[:4]
    reason = ", ".join(f"{term} {point:+g}" for term, point in weighed) or "không có từ nào về quốc phòng"
    return Verdict(score >= THRESHOLD, round(score, 1), f"{reason}; cần {THRESHOLD:g}")


def scored(title: str, text: str) -> dict[str, float]:
    """The points of each term that occurs."""
    in_title, in_opening, in_rest = (Counter(found(zone)) for zone in (title, text[:OPENING], text[OPENING:]))
    return {
        term: weights()[term] * (IN_TITLE * (term in in_title) + IN_OPENING * (term in in_opening)
                                 + IN_REST * min(in_rest[term], MOST_IN_REST))
        for term in {*in_title, *in_opening, *in_rest}
    }


def found(zone: str) -> list[str]:
    """The terms that occur in a zone, in their order, the longer one where two overlap."""
    return terms().findall(plain(zone))


def plain(text: str) -> str:
    """As terms are compared: normalised, lower case, one space between words."""
    return " ".join(normalize(text).lower().split())


@cache
def weights() -> dict[str, float]:
    """Every term with its weight, as data/scope_terms.csv has them."""
    lines = resources.files(__package__).joinpath("data/scope_terms.csv").read_text(encoding="utf-8").splitlines()
    return {plain(row["term"]): float(row["weight"]) for row in csv.DictReader(lines)}


@cache
def terms() -> re.Pattern[str]:
    """Any term, the longest first, between letters that are not its own."""
    either = "|".join(map(re.escape, sorted(weights(), key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")
