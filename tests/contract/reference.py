"""What an engine must answer, worked out the slow and obvious way: article by article, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import permutations, product
from math import log

from indexer.model import (
    All,
    AnyOf,
    Between,
    Entry,
    Found,
    Node,
    Not,
    Pair,
    Phrase,
    Prefix,
    Query,
    Scored,
    ScoringTerm,
    Share,
    Terms,
    Value,
    Word,
)

Held = tuple[Entry, Terms]


class Reference:
    """The articles of an index, in index order: those replaced come last."""

    def __init__(self) -> None:
        self.articles: dict[str, Held] = {}
        self.held: dict[tuple[str, str], dict[str, int]] = {}

    def add(self, articles: Iterable[Held]) -> None:
        self.held.clear()
        for entry, terms in articles:
            self.articles.pop(entry.id, None)
            self.articles[entry.id] = entry, terms

    def delete(self, ids: Iterable[str]) -> int:
        self.held.clear()
        return sum(self.articles.pop(id, None) is not None for id in set(ids))

    # --- queries -----------------------------------------------------------------------------

    def find(self, query: Query) -> Found:
        matched = self.matching(All((query.match, *(each.node for each in query.filters if each.node is not None))))
        chosen: dict[str, set[str]] = {}
        for each in (each for each in query.filters if each.node is None):
            chosen.setdefault(each.facet, set()).update(each.keys)

        def allowed(id: str, but: str | None = None) -> bool:
            keys = self.articles[id][0].keys
            return all(set(keys.get(facet, ())) & wanted for facet, wanted in chosen.items() if facet != but)

        ids = [id for id in matched if allowed(id)]
        facets = {
            facet: self.counts(facet, most, [id for id in matched if allowed(id, facet)], chosen.get(facet, set()))
            for facet, most in query.facets
        }
        page = self.ordered(query, ids)[query.offset : query.offset + query.limit]
        return Found(len(ids), tuple(page), facets)

    def crosstab(self, query: Query, first: str, second: str) -> dict[tuple[str, str], int]:
        found = self.find(replace(query, offset=0, limit=len(self.articles), facets=()))
        held = (self.articles[hit.id][0].keys for hit in found.hits)
        pairs = (product(set(keys.get(first, ())), set(keys.get(second, ()))) for keys in held)
        return dict(Counter(pair for each in pairs for pair in each))

    def texts(self, query: Query) -> dict[str, tuple[list[str], list[str]]]:
        """The words of the title and of the running text of each article that matches."""
        found = self.find(replace(query, offset=0, limit=len(self.articles), facets=()))
        held = ((hit.id, self.articles[hit.id][1]) for hit in found.hits)
        words = {id: (terms, list(zip(terms.words, terms.word_at, strict=True))) for id, terms in held}
        return {id: ([word for word, at in rows if at < terms.title],
                     [word for word, at in rows if terms.title <= at < terms.body])
                for id, (terms, rows) in words.items()}

    def counts(self, facet: str, most: int, ids: list[str], chosen: set[str]) -> tuple[tuple[str, int], ...]:
        counts: dict[str, int] = {}
        for id in ids:
            for key in set(self.articles[id][0].keys.get(facet, ())):
                counts[key] = counts.get(key, 0) + 1
        ranked = sorted(counts.items(), key=lambda held: (-held[1], held[0]))
        kept = dict(ranked[:most]) | {key: counts.get(key, 0) for key in chosen}
        return tuple(sorted(kept.items(), key=lambda held: (-held[1], held[0])))

    def ordered(self, query: Query, ids: list[str]) -> list[Scored]:
        days = {id: self.articles[id][0].day for id in ids}
        if query.sort == "oldest":
            return [Scored(id, 0.0) for id in sorted(ids, key=lambda id: (not days[id], days[id]))]
        if query.sort == "newest" or not query.scoring:
            return [Scored(id, 0.0) for id in sorted(ids, key=lambda id: days[id], reverse=True)]
        scores = {id: self.score(id, query.scoring) for id in ids}
        return [Scored(id, scores[id]) for id in sorted(ids, key=lambda id: -scores[id])]

    # --- score -------------------------------------------------------------------------------

    def score(self, id: str, scoring: Iterable[ScoringTerm]) -> float:
        return sum(each.weight * self.bm25(id, each.field, each.term) for each in scoring)

    def bm25(self, id: str, field: str, term: str) -> float:
        held = self.weights(field, term)
        if id not in held:
            return 0.0
        mean = sum(terms.body for _, terms in self.articles.values()) / len(self.articles)
        norm = 1.2 * (0.25 + 0.75 * self.articles[id][1].body / (mean or 1.0))
        return self.idf(len(held)) * held[id] * 2.2 / (held[id] + norm)

    def weights(self, field: str, term: str) -> dict[str, int]:
        """How often each article that holds the term has it, zones weighted."""
        if (field, term) not in self.held:
            rows = ((id, weighted(terms, field)) for id, (_, terms) in self.articles.items())
            sums = {id: sum(weight for text, weight in row if text == term) for id, row in rows}
            self.held[field, term] = {id: min(weight, 255) for id, weight in sums.items() if weight}
        return self.held[field, term]

    def idf(self, frequency: int) -> float:
        return log(1 + (len(self.articles) - frequency + 0.5) / (frequency + 0.5))

    # --- match -------------------------------------------------------------------------------

    def matching(self, node: Node) -> list[str]:
        match node:
            case Share():
                return self.sharing(node)
            case All():
                return self.those(lambda id, found: all(id in ids for ids in found), node.nodes)
            case AnyOf():
                return self.those(lambda id, found: any(id in ids for ids in found), node.nodes)
            case Not():
                return self.those(lambda id, found: id not in found[0], (node.node,))
        return [id for id in self.articles if self.matches(id, node)]

    def those(self, rule: Callable[[str, list[set[str]]], bool], nodes: Iterable[Node]) -> list[str]:
        found = [set(self.matching(node)) for node in nodes]
        return [id for id in self.articles if rule(id, found)]

    def matches(self, id: str, node: Node) -> bool:
        entry, terms = self.articles[id]
        match node:
            case Word():
                return bool(places(terms, node))
            case Pair():
                return id in self.weights("pair", node.text)
            case Phrase():
                return stands(terms, node)
            case Prefix():
                spelt = terms.folded if node.folded else terms.syllables
                words = {word for word in spelt if word.startswith(node.text)}
                return any(places(terms, Word(word, node.folded, node.title)) for word in words)
            case Value():
                return bool(set(entry.keys.get(node.facet, ())) & set(node.keys))
            case Between():
                low, high = node.low or "", node.high
                return any(low <= key and (high is None or key <= high) for key in entry.keys.get(node.facet, ()))
        raise TypeError(node)

    def sharing(self, node: Share) -> list[str]:
        found = [self.matching(each) for each in node.nodes]
        weights = [self.idf(len(ids)) if ids else 0.0 for ids in found]
        mass = {id: sum(w for w, ids in zip(weights, found, strict=True) if id in ids) for id in self.articles}
        needed = node.share * (max(mass.values(), default=0.0) if node.of_best else sum(weights)) - 1e-9
        return [id for id in self.articles if any(id in ids for ids in found) and mass[id] >= needed]


def weighted(terms: Terms, field: str) -> list[tuple[str, int]]:
    """Every token of a field with the weight of its zone."""
    zone = [3] * terms.title + [2] * (terms.lead - terms.title) + [1] * (len(terms.syllables) - terms.lead)
    if field == "word":
        return [(word, zone[at]) for word, at in zip(terms.words, terms.word_at, strict=True)]
    if field == "pair":
        pairs = zip(terms.folded, terms.folded[1:], zone, terms.paired, strict=False)
        return [(f"{left} {right}", weight) for left, right, weight, paired in pairs if paired]
    return list(zip(terms.folded if field == "folded" else terms.syllables, zone, strict=True))


def places(terms: Terms, word: Word) -> list[int]:
    spelt = terms.folded if word.folded else terms.syllables
    held = [at for at, text in zip(terms.positions, spelt, strict=True) if text == word.text]
    return [at for at in held if at < terms.title] if word.title else held


def stands(terms: Terms, phrase: Phrase) -> bool:
    """In a row; with slop, all of them within the window, a word asked twice standing twice."""
    if not phrase.words:
        return False
    if not phrase.slop:
        return any(
            all(start + i in places(terms, word) for i, word in enumerate(phrase.words))
            for start in places(terms, phrase.words[0])
        )
    window = len(phrase.words) + phrase.slop
    spots = [places(terms, word) for word in phrase.words]
    return any(
        max(chosen) - min(chosen) < window and apart(phrase.words, chosen) for chosen in product(*spots)
    )


def apart(words: tuple[Word, ...], chosen: tuple[int, ...]) -> bool:
    pairs = permutations(zip(words, chosen, strict=True), 2)
    return not any(left == right for left, right in pairs)
