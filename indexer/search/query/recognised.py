"""The parts of a query that name things: people, places, units, posts, years, dates, topics.

From left to right the longest name is taken. The accents typed count; in a query without any, none do. Whatever may
be an ordinary word as well counts only with support (named_places.py, named_people.py). Function words that belong to
a part ("năm", "ở", "tỉnh", "của") go with it. Nothing here is ever applied: it is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from indexer.entities import label
from indexer.model import Message, Recognised
from indexer.search.per_engine import per_engine
from indexer.search.query.days import as_written, extent
from indexer.search.query.finding import Finding
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.loose_words import Words, phrases, runs
from indexer.search.query.named_people import people_at
from indexer.search.query.named_places import localities_at, provinces_at, regions_at
from indexer.search.query.named_posts import posts_at
from indexer.search.query.named_units import units_at
from indexer.search.query.named_years import years_at
from indexer.search.query.spelled import spelled
from indexer.search.query.tree import Dated, Every
from indexer.text import fold, syllables

Part = tuple[Recognised, bool]  # with whether it is one of the filters that are applied together

# Which is meant where two names are equally long: the first.
AT: tuple[Callable[[Words, int, Lexicon], Iterator[Finding]], ...] = (
    units_at, posts_at, regions_at, provinces_at, localities_at, years_at)  # fmt: skip
PLACE_LEADS = ("ở", "tại", "của", "thuộc", "trên địa bàn", "địa bàn", "trong", "tỉnh", "thành phố", "tp", "từ", "về")
TIME_LEADS = ("năm", "trong", "vào", "của", "từ", "ngày", "tháng", "đầu", "giữa", "cuối")
PERSON_LEADS = ("của", "do", "về")
LEADS = {"year": TIME_LEADS, "day": TIME_LEADS, "official": PERSON_LEADS, "post": PERSON_LEADS, "topic": ("về",)}
# Words that alone ask for nothing, where only they are left of a query.
EMPTY = frozenset({
    "ở", "tại", "của", "thuộc", "trong", "năm", "tỉnh", "thành", "phố", "tp", "và", "các", "những", "về", "cho", "với",
    "từ", "đến", "là", "có", "ai", "gì", "nào", "đang", "hiện", "nay", "làm", "giữ", "chức"})  # fmt: skip
JOINTS = re.compile(r"^(?:và\s+)+|(?:[\s,]+(?:và|ở|tại|của|từ|đến))+$", re.IGNORECASE)  # left alone at an end
DATE = Message("đăng ngày {}")
MONTH = Message("đăng tháng {}")


def recognised(tree: Every, text: str, bare: bool, lexicon: Lexicon) -> list[Part]:
    """The parts of the query `text`, read as `tree`, that name things, in the order typed.

    `bare`: no word of the query has an accent. Counts are left to the caller.
    """
    parts: list[Part] = []
    for words in runs(tree, text, bare):
        for finding in findings(words, lexicon):
            parts += parts_of(finding, words)
    parts += [(date_part(leaf, text), True) for leaf in tree.nodes if isinstance(leaf, Dated)]
    parts = sorted(apart(parts), key=lambda part: part[0].start)
    return [*parts, *topics(parts, text, bare, lexicon)]


def findings(words: Words, lexicon: Lexicon) -> Iterator[Finding]:
    """What a run of words names, from left to right, the longest at each place."""
    at = 0
    while at < len(words):
        found = longest(words, at, lexicon)
        if found:
            yield found
        at = found.end if found else at + 1


def longest(words: Words, at: int, lexicon: Lexicon) -> Finding | None:
    """The longest name at a word; None for none."""
    found = [finding for each in AT for finding in each(words, at, lexicon)]
    found += people_at(words, at, lexicon, lambda end: begins(words, end, lexicon))
    return max(found, key=lambda finding: finding.end, default=None)


def begins(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Whether a place or a year begins at a word, perhaps behind its function words."""
    size = words.longest(at, phrases(*PLACE_LEADS, *TIME_LEADS, bare=words.bare), 3)
    return any(True for start in {at, at + size} if start < len(words)
               for each in (provinces_at, localities_at, years_at) for _ in each(words, start, lexicon))


def parts_of(finding: Finding, words: Words) -> Iterator[Part]:
    """A finding as parts: one for each person of a name; what is within it may be chosen instead."""
    start = lead_start(words, finding)
    whole = words.spans[start][0], words.spans[finding.end - 1][1]
    groups = [(key,) for key in finding.keys] if finding.each else [finding.keys]
    for number, keys in enumerate(groups):
        named = label(finding.facet, keys[0]) if finding.each else finding.label
        shown = f"{named} ({keys[0].partition('@')[2]})" if finding.each and len(groups) > 1 else named
        yield Recognised(finding.facet, keys, shown, words.text[slice(*whole)], *whole), finding.main and not number
    for inner in finding.inner:
        yield from ((part, False) for part, _ in parts_of(inner, words))


def lead_start(words: Words, finding: Finding) -> int:
    """Where a part begins with the function words before it."""
    forms = phrases(*LEADS.get(finding.facet, PLACE_LEADS), bare=words.bare)
    at = finding.at
    while size := next((n for n in (3, 2, 1) if at >= n and words.says_any(at - n, at, forms)), 0):
        at -= size
    return at


def date_part(leaf: Dated, text: str) -> Recognised:
    """A date in the query as the day or month of publication."""
    first, last = extent(leaf.iso) or (leaf.iso, leaf.iso)
    named = (DATE if len(leaf.iso) == 10 else MONTH).format(as_written(leaf.iso))
    lead = re.search(r"(?:(?:vào|trong|từ|ngày|tháng|vao|tu|ngay|thang)\s+)*$", text[: leaf.start], re.IGNORECASE)
    start = lead.start() if lead and (lead.start() == 0 or text[lead.start() - 1].isspace()) else leaf.start
    return Recognised("day", (f"{first}..{last}",), named, text[start : leaf.end], start, leaf.end)


def apart(parts: list[Part]) -> list[Part]:
    """Parts with function words that the part before has already taken left to that one."""
    done: list[Part] = []
    for part, main in sorted(parts, key=lambda each: (each[0].start, -each[0].end)):
        before = max((p.end for p, m in done if m and main and p.start < part.start < p.end < part.end), default=0)
        done.append((from_(part, before) if before else part, main))
    return done


def from_(part: Recognised, start: int) -> Recognised:
    """A part that begins at `start` or at the first word behind it."""
    text = part.text[start - part.start :]
    kept = text.lstrip()
    return replace(part, start=start + len(text) - len(kept), text=kept)


# --- what is left -------------------------------------------------------------------------------------


def without(text: str, *parts: Recognised) -> str:
    """`text` without the parts, and without signs and function words that are left alone."""
    for part in sorted(parts, key=lambda part: -part.start):
        text = f"{text[: part.start]} {text[part.end :]}"
    left = re.sub(r"\s+([,;:.!?])", r"\1", " ".join(text.split()))
    left = JOINTS.sub("", left).strip(" ,;:.!?-–")
    words = {s.text for s in syllables(left)}
    return "" if words <= EMPTY or (left == fold(left) and words <= bare_empty()) else left


@cache
def bare_empty() -> frozenset[str]:
    """The words of EMPTY without accents."""
    return frozenset(map(fold, EMPTY))


def topics(parts: list[Part], text: str, bare: bool, lexicon: Lexicon) -> Iterator[Part]:
    """The topic that all other words of the query are the name of: it stands for these words, and is offered alone."""
    left = spelled(without(text, *(part for part, main in parts if main)))
    for key in topic_keys(lexicon)[bare].get(left, ()):
        at = spelled_at(text, left)
        if at is not None:
            yield Recognised("topic", (key,), label("topic", key), text[slice(*at)], *at), False


def spelled_at(text: str, wanted: str) -> tuple[int, int] | None:
    """Where syllables stand in a row in a text."""
    words, read = wanted.split(), syllables(text)
    for at in range(len(read) - len(words) + 1):
        if [s.text for s in read[at : at + len(words)]] == words:
            return read[at].start, read[at + len(words) - 1].end
    return None


@per_engine
def topic_keys(lexicon: Lexicon) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Topics of an index by their name as written, and by their accent-free name."""
    written: dict[str, list[str]] = {}
    plain: dict[str, list[str]] = {}
    for key, _ in lexicon.terms("topic"):
        written.setdefault(spelled(key), []).append(key)
        plain.setdefault(fold(spelled(key)), []).append(key)
    return written, plain
