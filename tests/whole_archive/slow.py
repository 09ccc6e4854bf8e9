"""An engine that reads every article for every question: what all streets must say, worked out slowly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from indexer.entities import entity_words
from indexer.model import Entry, Node, Phrase, Terms
from indexer.text import fold, syllables
from tests.contract.reference import Reference, weighted

TEXT_FIELDS = ("syllable", "folded", "word", "pair")
BORDER = "|"


class SlowEngine(Reference):
    """The port's Engine over a list of articles. Phrases are looked for in the spelled-out text of each article."""

    generation = 0

    def __init__(self, held: Iterable[tuple[Entry, Terms]]) -> None:
        super().__init__()
        self._counted: dict[str, Counter[str]] = {}
        self.add(held)

    def count(self) -> int:
        return len(self.articles)

    def ids(self) -> Iterator[str]:
        return iter(list(self.articles))

    def entries(self, ids: Sequence[str], brief: bool = False) -> list[Entry]:
        return [self.articles[id][0] for id in ids if id in self.articles]

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        return iter(sorted(pair for pair in self.counted(field).items() if pair[0].startswith(prefix)))

    def frequency(self, field: str, term: str) -> int:
        return self.counted(field)[term]

    def counted(self, field: str) -> Counter[str]:
        """How many articles hold each term of a field."""
        if field not in self._counted:
            self._counted[field] = Counter(
                term for entry, terms in self.articles.values() for term in terms_in(entry, terms, field))
        return self._counted[field]

    def facets(self) -> list[str]:
        return sorted({facet for entry, _ in self.articles.values() for facet in entry.keys})

    def stale(self) -> bool:
        return False

    def verify(self) -> list[str]:
        return []

    def close(self) -> None:
        pass

    def weights(self, field: str, term: str) -> dict[str, int]:
        """A facet's key counts once in an article."""
        if field in TEXT_FIELDS:
            return super().weights(field, term)
        return {id: 1 for id, (entry, _) in self.articles.items() if term in entry.keys.get(field, ())}

    def matches(self, id: str, node: Node) -> bool:
        match node:
            case Phrase(words, 0) if words and len({word.folded for word in words}) == 1 and not words[0].title:
                wanted = " ".join(word.text for word in words)
                return f" {wanted} " in spelled_out(self.articles[id][0], words[0].folded)
        return super().matches(id, node)


def terms_in(entry: Entry, terms: Terms, field: str) -> set[str]:
    if field in TEXT_FIELDS:
        return {term for term, _ in weighted(terms, field)}
    return set(entry.keys.get(field, ()))


def runs(entry: Entry) -> list[list[str]]:
    """What an article is found by: the syllables of its title, of its text, and of each of its entities' words."""
    zones = (entry.article.title, entry.article.text, *entity_words(entry.entities))
    return [[syllable.text for syllable in syllables(zone)] for zone in zones]


SPELLED: dict[tuple[int, bool], tuple[Entry, str]] = {}


def spelled_out(entry: Entry, folded: bool) -> str:
    """All runs as one text with a border between them that no phrase can hold."""
    known = SPELLED.get((id(entry), folded))
    if known is None or known[0] is not entry:
        text = f" {BORDER} ".join(" ".join(run) for run in runs(entry))
        known = SPELLED[id(entry), folded] = entry, f" {fold(text) if folded else text} "
    return known[1]


def phrases_in(entry: Entry) -> frozenset[tuple[str, ...]]:
    """Every phrase of two to four syllables that an article holds, those across the end of its title included."""
    return phrases_of(spelled_out(entry, False))


@cache
def phrases_of(text: str) -> frozenset[tuple[str, ...]]:
    parts = [run.split() for run in text.split(BORDER)]
    across = [[*left[-2:], *right[:2]] for left, right in pairwise(parts)]  # held by no article, unless elsewhere
    return frozenset(tuple(run[at : at + length]) for run in (*parts, *across) for length in (2, 3, 4)
                     for at in range(len(run) - length + 1))
