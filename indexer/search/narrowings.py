"""What a search offers for the parts of its query that name things: filters with counts, and the query as a phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from indexer.engine.port import Engine
from indexer.model import Message, Narrowing, Node, Phrase, Query, Recognised, Word
from indexer.search.counting import Asked, how_many
from indexer.search.query import Plan, Replan
from indexer.search.query.recognised import recognised, without
from indexer.search.query.tree import Chunk
from indexer.search.query.values import filter_of
from indexer.text import fold, syllables

MOST = 6  # narrower searches offered, the one with all filters among them
MOST_TOGETHER = 4  # filters applied at once
PHRASE = Message("đúng cụm từ")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The recognised parts with their counts, and the narrower searches to offer."""

    recognised: tuple[Recognised, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()


def narrowed(engine: Engine, query: Query, read: Plan, plan: Replan) -> Narrowed:
    """What is offered for `query`, whose plan is `read`; `plan` plans another text with the same options.

    Nothing is offered that finds no article, or every article of the index. A part that a chosen filter says already
    is left out.
    """
    chosen = {(each.facet, key) for each in query.filters for key in each.keys}
    parts = [part for part in recognised(read.tree, query.text, read.bare, engine)
             if not all((part[0].facet, key) in chosen for key in part[0].keys)]
    if not parts:
        return Narrowed()
    mains = [part for part, main in parts if main][:MOST_TOGETHER]
    counter = Counter(Asked(engine, query, plan), mains)
    kept = [part for part in map(counter.alone, (part for part, _ in parts)) if 0 < part.count < engine.count()]
    offers = [*together(counter, mains), *map(alone, kept)]
    return Narrowed(tuple(kept), tuple(distinct(offers))[:MOST])


def together(counter: Counter, mains: Sequence[Recognised]) -> Iterator[Narrowing]:
    """All parts as filters at once; where that finds nothing, as many of them as find most."""
    for size in range(len(mains), 1, -1):
        offer = max((counter.all_of(some) for some in combinations(mains, size)), key=lambda each: each.count)
        if offer.count:
            yield offer
            return


def alone(part: Recognised) -> Narrowing:
    """One part as a filter."""
    return Narrowing("part", (part.label,), part.query, part.count, {part.facet: part.keys})


def distinct(offers: Sequence[Narrowing]) -> Iterator[Narrowing]:
    """The offers without those that lead to the same search as one before."""
    seen: set[tuple[object, ...]] = set()
    for offer in offers:
        key = offer.text, *sorted(offer.filters.items())
        if key not in seen:
            seen.add(key)
            yield offer


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts searches that take parts of a query as filters."""

    asked: Asked
    mains: Sequence[Recognised]

    def alone(self, part: Recognised) -> Recognised:
        """The part with the rest of the query, and how many articles that finds.

        The rest is what none of the parts names. Where nothing is left, the other parts stay as words, if that finds
        anything.
        """
        others = [other for other in self.mains if other.end <= part.start or part.end <= other.start]
        text = self.asked.query.text
        rests = [without(text, part, *others), without(text, part)]
        for rest in dict.fromkeys(rests if rests[0] else rests[::-1]):
            if count := self.count(rest, {part.facet: part.keys}):
                return replace(part, query=rest, count=count)
        return part

    def all_of(self, parts: Sequence[Recognised]) -> Narrowing:
        """The search that takes all the parts as filters."""
        filters: dict[str, tuple[str, ...]] = {}
        for part in parts:
            filters[part.facet] = tuple(dict.fromkeys((*filters.get(part.facet, ()), *part.keys)))
        rest = without(self.asked.query.text, *parts)
        named = ((part.label for part in parts if part.facet == facet) for facet in filters)
        shown = tuple(" / ".join(dict.fromkeys(labels)) for labels in named)
        return Narrowing("together", shown, rest, self.count(rest, filters), filters)

    def count(self, text: str, filters: dict[str, tuple[str, ...]]) -> int:
        """How many articles match `text` and these filters beside the chosen ones of other facets."""
        kept = [each for each in self.asked.query.filters if each.facet not in filters]
        added = [filter_of(facet, keys, self.asked.engine) for facet, keys in filters.items()]
        return self.asked.count(text, [*kept, *added])


def as_phrase(engine: Engine, query: Query, read: Plan, total: int) -> Narrowing | None:
    """The query as a phrase, if it is loose words alone and the phrase finds fewer articles, but some."""
    words = [s.text for s in syllables(query.text)]
    if len(words) < 2 or not all(isinstance(node, Chunk) and not node.literal for node in read.tree.nodes):
        return None
    found = how_many(engine, phrase(query.text, read.folded), query.filters)
    return Narrowing("phrase", (PHRASE,), f'"{query.text}"', found) if 0 < found < total else None


def phrase(text: str, folded: bool) -> Node:
    """The words of a text in a row."""
    return Phrase(tuple(Word(fold(s.text) if folded else s.text, folded) for s in syllables(text)))

