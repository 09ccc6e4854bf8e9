"""Other readings of a query that no article holds as it stands: the likeliest first, each named and removable.

Readings weighed together (interpretations.py) come before those that give something up: all accents, a part of the
words, the order of a phrase.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.engine.port import Engine
from indexer.model import Applied, Message
from indexer.search.query.abbreviations import is_short_form
from indexer.search.query.arcs import is_acronym
from indexer.search.query.days import as_written
from indexer.search.query.english import translations
from indexer.search.query.interpretations import interpretations
from indexer.search.query.planner import Plan
from indexer.search.query.slips import thresholds
from indexer.search.query.spelling import respelled, variant
from indexer.search.query.tree import Chunk, Dated, Quote, wanted
from indexer.text import fold, syllables
from indexer.text.typing import telex, vni


@dataclass(frozen=True, slots=True)
class Reading:
    """Another way to ask: `text` for the query, any accents if `widen`, a share of the words if `share`."""

    applied: Applied
    text: str
    widen: bool = False
    share: bool = False


def readings(plan: Plan, engine: Engine, off: frozenset[str] = frozenset()) -> Iterator[Reading]:
    """Readings of a query without matches, best first; those whose kind is in `off` are left out.

    An English term is no misspelling: its translations are offered, and nothing is taken for it.
    """
    if translations(plan, engine):
        return
    if "published" not in off:
        yield from published(plan, engine)
    if not off.issuperset(WEIGHED):
        yield from weighed(plan, engine, off)
    for kind, reader in READERS.items():
        if kind not in off:
            yield from reader(plan, engine)


def weighed(plan: Plan, engine: Engine, off: frozenset[str]) -> Iterator[Reading]:
    """What the query was likeliest meant for."""
    raw = [] if "typing" in off else list(typing(plan, engine))
    yield from raw
    if raw:
        return
    for each in interpretations(plan, engine, off):
        if each.gain >= thresholds()["apply"]:
            yield Reading(Applied(each.kind, LABELS[each.kind].format(each.text), each.text), each.text)


SOME = Message("Không bài nào có đủ các từ; tính cả bài chỉ có một phần")
LOST = Message("Không bài nào có {}; tìm các từ còn lại")
# What a weighed reading is called, by its kind; one of READERS of the same kind is called the same.
LABELS = {
    "typing": Message("Đọc theo kiểu gõ: {}"),
    "marks": Message("Sửa dấu: {}"),
    "variant": Message("Viết cách khác: {}"),
    "spelling": Message("Đã sửa thành: {}"),
    "spaces": Message("Tách chữ viết liền: {}"),
    "name": Message("Tên thường viết: {}"),
    "numeral": Message("Số viết cách khác: {}"),
}
WEIGHED = frozenset(LABELS)


def typing(plan: Plan, engine: Engine) -> Iterator[Reading]:
    """The input method was off: quoocs phongf, Nguye6n4; the words it left alone may lack their accents."""
    for method, decode in (("TELEX", telex), ("VNI", vni)):
        text = decode(plan.query.text)
        if text:
            label = Message("Đọc theo kiểu gõ {}: {}").format(method, text)
            for widen in (False, True):
                yield Reading(Applied("typing", label, text), text, widen)


def accents(plan: Plan, engine: Engine) -> Iterator[Reading]:
    """The words are there under other accents."""
    if plan.near is not None:
        label = Message("Không bài nào đúng dấu đã gõ")
        yield Reading(Applied("accents", label, plan.query.text), plan.query.text, widen=True)


def i_or_y(plan: Plan, engine: Engine) -> Iterator[Reading]:
    """bác sỹ for bác sĩ: the spelling more articles use."""
    text = rewritten(plan, lambda syllable: variant(syllable, engine))
    if text:
        yield Reading(Applied("variant", LABELS["variant"].format(text), text), text)


def spelling(plan: Plan, engine: Engine) -> Iterator[Reading]:
    """A misspelt word: the nearest that the index knows. An abbreviation is no misspelling of another."""
    words = [leaf.text for leaf in wanted(plan.tree) if isinstance(leaf, Chunk) and not acronym(leaf.text)]
    better = respelled(words, engine, accents=not plan.bare)
    text = rewritten(plan, better.get)
    if text:
        yield Reading(Applied("spelling", LABELS["spelling"].format(text), text), text, widen=True)


def acronym(text: str) -> bool:
    """Whether a word is an abbreviation: of the table, or by its capitals."""
    return is_short_form(text) or is_acronym(text)


def share(plan: Plan, engine: Engine) -> Iterator[Reading]:
    """No article has every word: those that have a good part of them, as typed, else under any accents."""
    if plan.rule == "all":
        words = (leaf for leaf in wanted(plan.tree) if isinstance(leaf, Chunk))
        lost = ", ".join(f"“{word.text}”" for word in words if is_lost(word, engine))
        label = LOST.format(lost) if lost else SOME
        for widen in (False, True):
            yield Reading(Applied("share", label, plan.query.text), plan.query.text, widen, share=True)


def is_lost(word: Chunk, engine: Engine) -> bool:
    """Whether no article has a syllable of the word, under any accents."""
    return any(not engine.frequency("folded", fold(each.text)) for each in syllables(word.text))


def loose(plan: Plan, engine: Engine) -> Iterator[Reading]:
    """The phrase stands nowhere: its words, in any order."""
    if any(isinstance(leaf, Quote) for leaf in wanted(plan.tree)):
        text = unquoted(plan)
        label = Message("Không bài nào có nguyên cụm từ; tìm từng từ")
        for share in (False, True):
            yield Reading(Applied("phrase", label, text), text, widen=True, share=share)


def unquoted(plan: Plan) -> str:
    """The query with its wanted phrases taken apart; fields, and phrases that must not be there, stay as they are."""
    text = plan.query.text
    for leaf in sorted(wanted(plan.tree), key=lambda leaf: -leaf.start):
        if isinstance(leaf, Quote):
            text = f"{text[: leaf.start]} {leaf.text} {text[leaf.end :]}"
    return " ".join(text.split())


def published(plan: Plan, engine: Engine) -> Iterator[Reading]:
    """No article writes the date of the query: those published then."""
    for leaf in plan.tree.nodes:
        if isinstance(leaf, Dated):
            text = f"{plan.query.text[: leaf.start]}ngày:{leaf.iso}{plan.query.text[leaf.end :]}"
            label = Message("Không có bài nào viết ngày ấy; tìm bài đăng {}").format(as_written(leaf.iso))
            yield Reading(Applied("published", label, text), text)


# What is tried when no weighed reading finds anything. All accents opened come after what keeps the accents: it hurts.
READERS: dict[str, Callable[[Plan, Engine], Iterator[Reading]]] = {
    "variant": i_or_y,
    "spelling": spelling,
    "accents": accents,
    "share": share,
    "phrase": loose,
}
KINDS = ("published", *sorted(WEIGHED - READERS.keys()), *READERS)  # every kind of reading that can be switched off
# Every value of `off`: readings of a query without matches, and what is read or offered in any case.
SWITCHES = (*KINDS, "abbreviation", "all", "date", "english", "question", "wish")


def rewritten(plan: Plan, better: Callable[[str], str | None]) -> str | None:
    """The query with its loose words replaced where `better` knows one; None when it knows none."""
    text = plan.query.text
    chunks = [leaf for leaf in wanted(plan.tree) if isinstance(leaf, Chunk) and not leaf.literal]
    for chunk in sorted(chunks, key=lambda c: -c.start):
        other = better(chunk.text)
        if other:
            text = text[: chunk.start] + other + text[chunk.end :]
    return text if text != plan.query.text else None
