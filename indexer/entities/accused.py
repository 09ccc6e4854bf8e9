"""Who an article says is accused: suspects, defendants, the arrested. Their names are gathered on no page.

    bị can A; các bị can gồm: A, B          a title before the name
    khởi tố, bắt tạm giam ông A             the name is the object of the charge
    ông A, … , vừa bị Công an tỉnh bắt      the charge is said of the name itself

An official who chairs, orders or tells of a prosecution is not accused: what stands between the name and the charge
must not be a verb of his own or another subject ("chủ trì họp về vụ án …", "ba người trốn nghĩa vụ bị khởi tố").
Words are rows of data/accusations.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, takewhile

from indexer.entities.lexicon import suspects
from indexer.entities.mentions import Mention, anchors
from indexer.entities.roles import after, reporting
from indexer.entities.words import Phrases, Words, rows, words_of

SUSPECT = "bị điều tra"  # a role that is never shown, only heeded
REACH = 45  # words between a name and what is said of it
LINKS = frozenset({",", ";", "và", "cùng"})
MARKS = frozenset(",)(-")


def accused(words: Words, people: Sequence[Mention]) -> frozenset[int]:
    """Which of `people` (mentions of one zone in order) their own sentence accuses."""
    if not people or not any(triggers().size_at(words.lower, at) for at in words.places_of(triggers().by_first)):
        return frozenset()
    found: set[int] = set()
    for at, person in enumerate(people):
        left = text_of(words, max(words.sentence_start(person.first), person.first - REACH), person.first)
        if before().search(left):
            found.update(listed(words, people, range(at, len(people))))
        elif is_charged(words, person, people[at + 1].first if at + 1 < len(people) else words.size):
            found.update(listed(words, people, range(at, -1, -1)))
    return frozenset(found)


def titled_suspects(words: Words) -> Iterator[str]:
    """Names behind "bị can", "bị cáo" …, in lower case: the article calls them nothing else there."""
    for at in anchors(words):
        end = at + suspects().size_at(words.lower, at)
        if end > at and (last := words.capitals_end(end)) > end + 1:
            yield text_of(words, end, last)


def listed(words: Words, people: Sequence[Mention], run: range) -> Iterator[int]:
    """The first of `run` and those that a comma, semicolon or "và" joins to it, one after the other."""

    def joins(step: tuple[int, int]) -> bool:
        start, end = people[min(step)].end, people[max(step)].first
        same_sentence = words.sentence_end(start) >= end > start
        return same_sentence and words.lower[end - 1] in LINKS and not acts_in(words, start, end)

    yield run[0]
    yield from (to for _, to in takewhile(joins, pairwise(run)))


def is_charged(words: Words, person: Mention, stop: int) -> bool:
    """Whether a charge behind the name, and before the next one, is said of it."""
    end = min(words.sentence_end(person.end), stop, person.end + REACH)
    behind = text_of(words, person.end, end)
    return any(belongs(words, person.end, behind[: found.start()].split()) for found in charge().finditer(behind))


def belongs(words: Words, start: int, gap: list[str]) -> bool:
    """Whether the words between a name and a charge leave the name its subject."""
    if all(word in MARKS for word in gap) or company().fullmatch(" ".join(gap)):
        return True
    return gap[-1] in MARKS and not acts_in(words, start, start + len(gap))


def acts_in(words: Words, start: int, end: int) -> bool:
    """Whether somebody does or says something in the words [start, end)."""
    tables = (after(), reporting(), acts())
    return any(words.words[at] in ':"' or any(each.size_at(words.lower, at) for each in tables)
               for at in range(start, end))


def text_of(words: Words, start: int, end: int) -> str:
    """The words from `start` to `end` in lower case, with single spaces."""
    return " ".join(words.lower[start:end])


# --- patterns of the table, over lower-case words with a blank between any two --------------------------


def phrases(part: str) -> list[str]:
    """The phrases of one part of data/accusations.csv, as words are cut."""
    return [" ".join(words_of(row["phrase"])) for row in rows("accusations.csv") if row["part"] == part]


def any_of(part: str) -> str:
    """A pattern of these phrases, longer ones first."""
    return "|".join(map(re.escape, sorted(phrases(part), key=len, reverse=True)))


@cache
def triggers() -> Phrases:
    """What any accusation holds: most articles are done with here."""
    return Phrases(phrase for part in ("title", "charge", "own") for phrase in phrases(part))


@cache
def before() -> re.Pattern[str]:
    """A title, one for several people, or the charge whose object follows."""
    title, verbs = any_of("title"), any_of("charge")
    return re.compile(
        rf"(?<!\w)(?:(?:{title})(?: là)?|(?:các|những|\w+) (?:{title})(?: \w+){{0,4}}? ?(?:gồm|là|gồm có)? ?:"
        rf"|(?:{verbs})(?: (?:vụ án|bị can|bị cáo|và|,|{verbs}))*|(?:{verbs})(?: [^ .;:]+){{0,14}}? đối với)$"
    )


@cache
def charge() -> re.Pattern[str]:
    """The pattern of being charged: "bị khởi tố", "bị cơ quan điều tra bắt"."""
    adverbs, organ = any_of("adverb"), any_of("organ")
    passive = rf"bị (?:(?:{organ})(?: [^ ,;:.]+){{0,8}}? )?(?:{any_of('charge')})"
    return re.compile(rf"(?:(?<!\S)(?:{adverbs}) )*(?<!\S)(?:{passive}|{any_of('own')})(?!\S)")


@cache
def company() -> re.Pattern[str]:
    """"cùng 3 người khác": others beside the name."""
    return re.compile(r"[,-]? ?(?:cùng|và|với|cùng với)(?: [^ ,;:.]+){1,6}")


@cache
def acts() -> Phrases:
    """The acts that people are charged with."""
    return Phrases(phrases("act"))
