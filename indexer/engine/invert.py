"""From analysed articles to a block: the engine's `Invert`. Pure, so that it can run in worker processes.

Nothing here loops over tokens: terms become numbers through one dictionary look-up each, and the rest is sorting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from indexer.engine.arrays import Array, compact, joined, offsets, runs
from indexer.engine.block import ID_FIELD, RESERVED, Block
from indexer.engine.entries import pack
from indexer.model import Entry, Terms

TITLE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT, ENTITY_WEIGHT = 3, 2, 1, 1
HEAVIEST = 255  # weights are kept in a byte; BM25 hardly tells 255 occurrences from more
SPACE = np.frombuffer(b" ", np.uint8)


def invert(articles: Iterable[tuple[Entry, Terms]]) -> Block:
    """A block of the articles, in order; of several with the same id the last counts.

    ValueError if a facet bears the name of a text field: that would be a fault of the caller, not of an article.
    """
    latest: dict[str, tuple[Entry, Terms]] = {}
    for entry, terms in articles:
        latest.pop(entry.id, None)
        latest[entry.id] = entry, terms
    kept = list(latest.values())
    arrays = dict(text_arrays([terms for _, terms in kept]))
    arrays.update(document_arrays([entry for entry, _ in kept], [terms for _, terms in kept]))
    arrays.update(key_arrays([entry for entry, _ in kept]))
    return Block(arrays, len(kept))


class Vocabulary(dict[str, int]):
    """Numbers terms in the order they are first seen."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number

    def numbers(self, terms: Sequence[str]) -> Array:
        return np.fromiter(map(self.__getitem__, terms), np.int64, len(terms))

    def ranked(self) -> tuple[list[bytes], Array]:
        """The terms in order, and the rank of each number."""
        terms = sorted(self)
        ranks = np.empty(len(terms), np.int64)
        ranks[np.fromiter(map(self.__getitem__, terms), np.int64, len(terms))] = np.arange(len(terms))
        return [term.encode() for term in terms], ranks


# --- syllables, their pairs, and words -------------------------------------------------------


def text_arrays(articles: list[Terms]) -> Iterator[tuple[str, Array]]:
    sizes = np.array([len(terms.syllables) for terms in articles], np.int64)
    documents = np.repeat(np.arange(len(articles)), sizes)
    positions = joined([np.asarray(terms.positions, np.int64) for terms in articles])
    weights = zone_weights(articles)

    terms, ranks = numbered([terms.syllables for terms in articles])
    yield from field_arrays("syllable", lexicon_arrays(terms), ranks, documents, weights, positions)
    terms, ranks = numbered([terms.folded for terms in articles])
    yield from field_arrays("folded", lexicon_arrays(terms), ranks, documents, weights, positions)
    yield from pair_arrays(terms, ranks, documents, weights, b"".join(terms.paired for terms in articles))
    yield from word_arrays(articles, offsets(sizes), weights)


def zone_weights(articles: list[Terms]) -> Array:
    """The weight of each syllable of all articles, by the zone it stands in."""
    ends = np.array([(0, t.title, t.lead, t.body, len(t.syllables)) for t in articles], np.int64).reshape(-1, 5)
    zones = np.tile([TITLE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT, ENTITY_WEIGHT], len(articles))
    return np.repeat(zones, np.diff(ends, axis=1).ravel())


def numbered(articles: list[tuple[str, ...]]) -> tuple[list[bytes], Array]:
    """The distinct terms of all articles in order, and each token's rank among them."""
    vocabulary = Vocabulary()
    numbers = joined([vocabulary.numbers(terms) for terms in articles])
    terms, ranks = vocabulary.ranked()
    return terms, ranks[numbers]


def pair_arrays(
    terms: list[bytes], ranks: Array, documents: Array, weights: Array, paired: bytes
) -> Iterator[tuple[str, Array]]:
    """Adjacent folded syllables as "quan su". A space sorts below every character of a syllable, so that pairs
    sort by the ranks of their halves."""
    first = np.flatnonzero(np.frombuffer(paired, np.uint8)[:-1])
    first = first[documents[first] == documents[first + 1]]
    codes, numbers = np.unique(ranks[first] * max(len(terms), 1) + ranks[first + 1], return_inverse=True)
    halves = np.divmod(codes, max(len(terms), 1))
    yield from field_arrays("pair", glued(lexicon_arrays(terms), *halves), numbers, documents[first], weights[first])


def glued(lexicon: dict[str, Array], left: Array, right: Array) -> dict[str, Array]:
    """The lexicon of the terms left[i] + " " + right[i], without a loop over them."""
    source = np.concatenate((lexicon["blob"], SPACE))
    lengths, starts = np.diff(lexicon["bounds"].astype(np.int64)), lexicon["bounds"][:-1].astype(np.int64)
    sizes = np.stack((lengths[left], np.ones(len(left), np.int64), lengths[right]), axis=1)
    begins = np.stack((starts[left], np.full(len(left), len(source) - 1), starts[right]), axis=1)
    bounds = offsets(sizes.sum(axis=1))
    return {"blob": source[runs(begins.ravel(), sizes.ravel())], "bounds": compact(bounds, np.uint32)}


def word_arrays(articles: list[Terms], starts: Array, weights: Array) -> Iterator[tuple[str, Array]]:
    sizes = np.array([len(terms.words) for terms in articles], np.int64)
    syllable = joined([np.asarray(t.word_at, np.int64) + at for t, at in zip(articles, starts.tolist(), strict=False)])
    terms, ranks = numbered([terms.words for terms in articles])
    documents = np.repeat(np.arange(len(articles)), sizes)
    yield from field_arrays("word", lexicon_arrays(terms), ranks, documents, weights[syllable])


# --- postings of any field -------------------------------------------------------------------


def lexicon_arrays(terms: list[bytes]) -> dict[str, Array]:
    bounds = offsets(np.fromiter(map(len, terms), np.int64, len(terms)))
    return {"blob": np.frombuffer(b"".join(terms), np.uint8), "bounds": compact(bounds, np.uint32)}


def field_arrays(
    name: str,
    lexicon: dict[str, Array],
    ranks: Array,
    documents: Array,
    weights: Array | None = None,
    positions: Array | None = None,
) -> Iterator[tuple[str, Array]]:
    """The arrays of a field from its tokens: each one's term (its rank), document, weight and position.

    Tokens come by document and position; the terms' ranks alone need sorting, in one key with the tokens' order.
    """
    yield from ((f"{name}/{part}", array) for part, array in lexicon.items())
    order = np.sort((ranks << 32) | np.arange(len(ranks))) & 0xFFFFFFFF
    ranks, documents = ranks[order], documents[order]
    first = np.flatnonzero((np.diff(ranks, prepend=-1) != 0) | (np.diff(documents, prepend=-1) != 0))
    terms = len(lexicon["bounds"]) - 1
    yield f"{name}/starts", compact(offsets(np.bincount(ranks[first], minlength=terms)), np.uint32)
    yield f"{name}/docs", compact(documents[first])
    if weights is not None:
        summed = np.add.reduceat(weights[order], first) if len(first) else weights[:0]
        yield f"{name}/weights", np.minimum(summed, HEAVIEST).astype(np.uint8)
    if positions is not None:
        yield f"{name}/counts", compact(np.diff(first, append=len(ranks)), np.uint8)
        yield f"{name}/positions", compact(positions[order])
        yield f"{name}/places", compact(offsets(np.bincount(ranks, minlength=terms)), np.uint32)


# --- keys and what is kept per document ------------------------------------------------------


def key_arrays(entries: list[Entry]) -> Iterator[tuple[str, Array]]:
    yield from single_keys(ID_FIELD, [(entry.id,) for entry in entries])
    for facet in sorted({facet for entry in entries for facet in entry.keys}):
        if facet in RESERVED or "/" in facet:
            raise ValueError(f"a facet cannot be called {facet!r}")
        yield from single_keys(facet, [tuple(dict.fromkeys(entry.keys.get(facet, ()))) for entry in entries])


def single_keys(name: str, keys: list[tuple[str, ...]]) -> Iterator[tuple[str, Array]]:
    terms, ranks = numbered(keys)
    documents = np.repeat(np.arange(len(keys)), [len(each) for each in keys])
    yield from field_arrays(name, lexicon_arrays(terms), ranks, documents)


def document_arrays(entries: list[Entry], articles: list[Terms]) -> Iterator[tuple[str, Array]]:
    packed = [pack(entry) for entry in entries]
    yield "lengths", np.array([terms.body for terms in articles], np.uint32)
    yield "titles", np.array([title_end(terms) for terms in articles], np.uint32)
    yield "days", np.array([day_number(entry.day) for entry in entries], np.int32)
    yield "entries/blob", np.frombuffer(b"".join(packed), np.uint8)
    yield "entries/bounds", compact(offsets(np.array([len(data) for data in packed], np.int64)), np.uint32)


def title_end(terms: Terms) -> int:
    """The position after the last of the title: the title zone is [0, title_end)."""
    return terms.positions[terms.title - 1] + 1 if terms.title else 0


def day_number(day: str) -> int:
    """"2022-12-05" as 20221205, "2022-12" as 20221200, "" as 0: numbers that sort as the strings do."""
    digits = day.replace("-", "")[:8]
    return int(digits.ljust(8, "0")) if digits.isdecimal() else 0
