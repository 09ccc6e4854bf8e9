"""Whether a sentence says of a person that he changes posts: "Đại tá A được bổ nhiệm …", "… điều động Đại tá A".

The word must be about him: who hands over another man's appointment does not move, nor does a bystander.
"""

from __future__ import annotations

from functools import cache

from indexer.entities.mentions import mentions
from indexer.entities.words import Phrases, Words, members

NEAR = 4  # words between "được" and its verb: "được Bộ Quốc phòng bổ nhiệm"
UP_TO = 6  # words between a verb and its object: "bổ nhiệm và điều động đồng chí A"
PASSIVE = frozenset({"được", "bị"})


def moved(sentence: str, name: str) -> bool:
    """Whether `sentence` states a change of post of the person it names `name`; others' changes do not count."""
    words = Words(sentence)
    found = mentions(words)
    for at, mention in enumerate(found):
        if mention.name.lower() != name.lower():
            continue
        stop = found[at + 1].first if at + 1 < len(found) else words.size
        floor = found[at - 1].end if at else 0
        if undergoes(words, mention.end, min(stop, words.sentence_end(mention.end))) or is_object(words, floor,
                                                                                               mention.first):
            return True
    return False


def undergoes(words: Words, start: int, stop: int) -> bool:
    """Whether a verb in [start, stop) moves its subject: by itself ("nhận nhiệm vụ") or in the passive."""
    for at in range(start, stop):
        if words.words[at] in ";:":
            return False
        passive = bool(PASSIVE & {*words.lower[max(start, at - NEAR) : at]})
        handed = words.lower[at - 2 : at] == ["quyết", "định"] and not passive
        if transitive().size_at(words.lower, at) and passive:
            return True
        if intransitive().size_at(words.lower, at) and not handed:
            return not transitive_before(words, start, at) or passive
    return False


def transitive_before(words: Words, start: int, at: int) -> bool:
    """Whether "bổ nhiệm" stands before "giữ chức" with no "được": then another takes the post."""
    return transitive().stands_in(words.lower, start, at)


def is_object(words: Words, floor: int, first: int) -> bool:
    """Whether the mention at `first` is whom a verb just before it moves: no comma in between."""
    for at in range(first - 1, max(floor, first - UP_TO) - 1, -1):
        if words.words[at] in ",;:.":
            return False
        if transitive().size_at(words.lower, at):
            return True
    return False


@cache
def transitive() -> Phrases:
    """Verbs of moving somebody else."""
    return Phrases(members("moves_another"))


@cache
def intransitive() -> Phrases:
    """Verbs of moving oneself."""
    return Phrases(members("moves_oneself"))
