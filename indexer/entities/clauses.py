"""Whether a verb is said of the person before it: subject and verb stand together in one clause.

    A, Chủ tịch UBND xã, đã | trao       posts, dates and adverbs may stand between
    A cùng đoàn công tác | kiểm tra      so may his company and where he went
    A biểu dương … và | đề nghị          a further verb joins the one before it by a comma or "và"
    A giao công an | chủ trì             here another is told to
    A sẽ | dự                            here nothing has happened yet

Words between are members of data/word_classes.csv.
"""

from __future__ import annotations

from functools import cache

from indexer.entities.lexicon import LINKS
from indexer.entities.scope import head_size
from indexer.entities.titles import post_end, rank_at
from indexer.entities.words import Phrases, Words, members

MARKS = frozenset(",;-–)/")
JOINS = frozenset({",", ";", "và", "-", "–", ")"})
LONGEST = 24  # words of company or of a way: "cùng đoàn công tác của … | kiểm tra"
ADVERBS = frozenset(members("adverb_of_role"))
STOPS = frozenset(members("ends_clause"))
WRITTEN = Phrases(members("written"))
PLANNED = Phrases(members("planned"))


def is_said_of(words: Words, start: int, at: int, last: int) -> bool:
    """Whether the verb at `at` is said of the person whose name ends at `start`; `last` is the end of the verb said
    of him before, 0 if there is none.
    """
    back = at
    while back > max(start, last) and words.lower[back - 1] in ADVERBS:
        back -= 1
    if last:
        return back == last or words.lower[back - 1] in JOINS
    return back <= start or reaches(words, start, back)


def reaches(words: Words, at: int, verb: int) -> bool:
    """Whether nothing but what belongs to the person stands in [at, verb)."""
    while at < verb:
        if leads().size_at(words.lower, at):
            return verb - at <= LONGEST and STOPS.isdisjoint(words.lower[at:verb])
        if size := own_size(words, at):
            at += size
        elif head_size(words, at):  # a post that goes on in words of no table
            return STOPS.isdisjoint(words.lower[at:verb])
        else:
            return False
    return True


def own_size(words: Words, at: int) -> int:
    """How many words at `at` are a mark, a bracket, a number, an adverb, a rank, a post or a time."""
    if words.words[at] == "(":
        return next((end + 1 - at for end in range(at, at + LONGEST) if words.words[end] == ")"), 1)
    if words.words[at] in MARKS or words.words[at].isdigit() or words.lower[at] in ADVERBS:
        return 1
    if end := post_end(words, at):
        return end - at
    return rank_at(words, at)[0] or times().size_at(words.lower, at) or LINKS.size_at(words.lower, at)


def is_planned(words: Words, first: int, at: int) -> bool:
    """Whether the words [first, at), from the start of a sentence to a verb, tell of what is to come."""
    return PLANNED.stands_in(words.lower, first, at)


def is_written(words: Words, first: int, at: int) -> bool:
    """Whether the words [first, at) name a paper in which something is said: no speech is held there."""
    return WRITTEN.stands_in(words.lower, first, at)


@cache
def leads() -> Phrases:
    """What opens company, a way or a mission before the verb: "cùng", "đến", "dẫn đầu đoàn"."""
    return Phrases(members("leads_to_role"))


@cache
def times() -> Phrases:
    """Words of the day that stand between: "hôm nay", "ngày", "vừa qua"."""
    return Phrases(members("time_word"))
