"""Inverting analysed articles into a block: the `Invert` of the Whoosh engine. Pure, so worker processes can run it.

No Python loop runs over tokens. Syllables arrive as numbers (`NumberedStrings`); NumPy sorts them into posting lists.

In this module an array "per token" has one element for each syllable occurrence of all articles, article by article in
order of position. A "rank" is the number of a term among the sorted terms of its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

import numpy as np

from indexer.engine.arrays import Array, compact, concat, concat_ranges, offsets
from indexer.engine.block import (
    FORWARD_BOUNDS,
    FORWARD_TITLES,
    FORWARD_WORDS,
    ID_FIELD,
    PAIR_FIELD,
    RESERVED_NAMES,
    WORD_FIELD,
    Block,
    Lexicon,
)
from indexer.engine.lexicon_merge import join_pairs, lexicon_of
from indexer.engine.stored_entries import pack
from indexer.model import Entry, NumberedStrings, Terms

TITLE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT, ENTITY_WEIGHT = 3, 2, 1, 1
MAX_WEIGHT = 255  # a weight is stored in one byte; beyond 255 occurrences BM25 hardly changes


def invert(articles: Iterable[tuple[Entry, Terms]]) -> Block:
    """The block of the articles, in order. If several have the same id, only the last is kept.

    ValueError if a facet has the name of a text field or another reserved name.
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


# --- syllables, their pairs, and words -------------------------------------------------------


def text_arrays(articles: list[Terms]) -> Iterator[tuple[str, Array]]:
    """The arrays of the fields syllable, folded, pair and word and of the forward index, by name."""
    sizes = np.array([len(terms.syllables) for terms in articles], np.int64)
    documents = np.repeat(np.arange(len(articles)), sizes)
    positions = concat([np.asarray(terms.positions, np.int64) for terms in articles])
    weights = zone_weights(articles)

    syllables, ranks = rank_syllables([terms.syllables for terms in articles])
    yield from field_arrays("syllable", encode_lexicon(syllables), ranks, documents, weights, positions)
    folded, folded_ranks = rank_syllables([terms.folded for terms in articles])
    yield from field_arrays("folded", encode_lexicon(folded), folded_ranks, documents, weights, positions)
    yield from pair_arrays(folded, folded_ranks, documents, weights, b"".join(terms.paired for terms in articles))
    yield from word_arrays(articles, offsets(sizes), syllables, ranks, weights)


def zone_weights(articles: list[Terms]) -> Array:
    """The weight per token, by its zone: title 3, lead 2, body 1, entities 1."""
    ends = np.array([(0, t.title, t.lead, t.body, len(t.syllables)) for t in articles], np.int64).reshape(-1, 5)
    zones = np.tile([TITLE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT, ENTITY_WEIGHT], len(articles))
    return np.repeat(zones, np.diff(ends, axis=1).ravel())


def rank_syllables(articles: list[NumberedStrings]) -> tuple[list[str], Array]:
    """The distinct syllables of all articles, sorted, and the rank per token.

    Syllables of one vocabulary are compared by number; only distinct ones are compared as strings.
    """
    vocabulary: list[str] = []
    offset_of: dict[int, int] = {}  # id of a vocabulary -> its first number; articles share one or two vocabularies
    for syllables in articles:
        if id(syllables.vocabulary) not in offset_of:
            offset_of[id(syllables.vocabulary)] = len(vocabulary)
            vocabulary += syllables.vocabulary
    numbers = concat([np.asarray(each.numbers) + offset_of[id(each.vocabulary)] for each in articles])
    used = np.flatnonzero(np.bincount(numbers, minlength=1))
    terms, ranks = rank_strings([vocabulary[number] for number in used.tolist()])
    return terms, scatter(ranks, used, len(vocabulary))[numbers]


def rank_strings(strings: Sequence[str]) -> tuple[list[str], Array]:
    """The distinct strings, sorted, and the rank of each element of `strings`."""
    terms = sorted(set(strings))
    rank = dict(zip(terms, range(len(terms)), strict=True))
    return terms, np.fromiter(map(rank.__getitem__, strings), np.int64, len(strings))


def scatter(values: Array, indices: Array, size: int) -> Array:
    """An array of length `size` with values[i] at indices[i], and 0 elsewhere."""
    result = np.zeros(size, np.int64)
    result[indices] = values
    return result


def pair_arrays(
    terms: list[str], ranks: Array, documents: Array, weights: Array, paired: bytes
) -> Iterator[tuple[str, Array]]:
    """The arrays of the field of pairs: two adjacent accent-free syllables, joined by a space ("quan su").

    `terms` are the sorted syllables. `ranks`, `documents`, `weights` and `paired` are per token; `paired` is 1 where a
    token and its successor are a pair (see `Terms.paired`).
    """
    first = np.flatnonzero(np.frombuffer(paired, np.uint8)[:-1])
    first = first[documents[first] == documents[first + 1]]
    codes, numbers = np.unique(ranks[first] * max(len(terms), 1) + ranks[first + 1], return_inverse=True)
    halves = np.divmod(codes, max(len(terms), 1))
    lexicon = join_pairs(encode_lexicon(terms), *halves)
    yield from field_arrays(PAIR_FIELD, lexicon, numbers, documents[first], weights[first])


def word_arrays(
    articles: list[Terms], starts: Array, vocabulary: list[str], ranks: Array, weights: Array
) -> Iterator[tuple[str, Array]]:
    """The arrays of the field of pyvi words, and those of the forward index.

    `starts` is the index of each article's first token, `vocabulary` the sorted syllables; `ranks` and `weights` are
    per token.
    """
    first = concat([np.asarray(t.word_at, np.int64) + at for t, at in zip(articles, starts.tolist(), strict=False)])
    sizes = np.diff(first, append=len(ranks))
    numbers, count = number_words(ranks, first, sizes, len(vocabulary))
    example_of = scatter(np.arange(1, len(first) + 1), numbers, count)
    used = np.flatnonzero(example_of)
    examples = example_of[used] - 1
    terms, word_ranks = rank_strings(join_syllables(ranks, first[examples], sizes[examples], vocabulary))
    documents = np.repeat(np.arange(len(articles)), [len(terms.word_at) for terms in articles])
    word_ranks = scatter(word_ranks, used, count)[numbers]
    yield from field_arrays(WORD_FIELD, encode_lexicon(terms), word_ranks, documents, weights[first])
    yield from forward_arrays(articles, word_ranks, documents)


def forward_arrays(articles: list[Terms], ranks: Array, documents: Array) -> Iterator[tuple[str, Array]]:
    """The arrays of the forward index. `ranks` and `documents` are per word, those of the entities included."""
    in_text = concat([np.asarray(terms.word_at) < terms.body for terms in articles], bool)
    counts = np.bincount(documents[in_text], minlength=len(articles))
    yield FORWARD_WORDS, compact(ranks[in_text])
    yield FORWARD_BOUNDS, compact(offsets(counts), np.uint32)
    yield FORWARD_TITLES, np.array([np.searchsorted(terms.word_at, terms.title) for terms in articles], np.uint16)


def join_syllables(ranks: Array, first: Array, sizes: Array, vocabulary: list[str]) -> list[str]:
    """Words as strings, syllables joined by "_": word i has `sizes[i]` syllables and begins at token `first[i]`."""
    syllables = [vocabulary[rank] for rank in ranks[concat_ranges(first, sizes)].tolist()]
    return ["_".join(syllables[begin:end]) for begin, end in pairwise(offsets(sizes).tolist())]


def number_words(ranks: Array, first: Array, sizes: Array, count: int) -> tuple[Array, int]:
    """A number per word, equal for equal words, and a bound that is above all of them.

    Word i has `sizes[i]` syllables and begins at token `first[i]`; `ranks` is per token, with values below `count`.
    A word of one syllable has the number of its rank. A longer word is built syllable by syllable: each step gives the
    pair (number of the word so far, rank of the next syllable) a number of its own.
    """
    numbers, base, length = ranks[first], count, 1
    while len(longer := np.flatnonzero(sizes > length)):
        pairs = numbers[longer] * base + ranks[first[longer] + length]
        distinct, found = np.unique(pairs, return_inverse=True)
        numbers[longer] = found + count
        count, length = count + len(distinct), length + 1
    return numbers, count


# --- postings of any field -------------------------------------------------------------------


def encode_lexicon(terms: list[str]) -> Lexicon:
    """The lexicon of these terms, which are sorted by their UTF-8 bytes."""
    return lexicon_of([term.encode() for term in terms])


def field_arrays(
    name: str,
    lexicon: Lexicon,
    ranks: Array,
    documents: Array,
    weights: Array | None = None,
    positions: Array | None = None,
) -> Iterator[tuple[str, Array]]:
    """The arrays of a field. `ranks`, `documents`, `weights` and `positions` have one element per token of the field.

    Tokens are ordered by document and position. They are sorted by rank: rank and token index make one 64-bit key, so
    that the order within a term is kept.
    """
    yield f"{name}/blob", lexicon.blob
    yield f"{name}/bounds", lexicon.bounds
    order = np.sort((ranks << 32) | np.arange(len(ranks))) & 0xFFFFFFFF
    ranks, documents = ranks[order], documents[order]
    first = np.flatnonzero((np.diff(ranks, prepend=-1) != 0) | (np.diff(documents, prepend=-1) != 0))
    terms = len(lexicon)
    yield f"{name}/starts", compact(offsets(np.bincount(ranks[first], minlength=terms)), np.uint32)
    yield f"{name}/docs", compact(documents[first])
    if weights is not None:
        summed = np.add.reduceat(weights[order], first) if len(first) else weights[:0]
        yield f"{name}/weights", np.minimum(summed, MAX_WEIGHT).astype(np.uint8)
    if positions is not None:
        yield f"{name}/counts", compact(np.diff(first, append=len(ranks)), np.uint8)
        yield f"{name}/positions", compact(positions[order])
        yield f"{name}/places", compact(offsets(np.bincount(ranks, minlength=terms)), np.uint32)


# --- ids, facets and per-document arrays ------------------------------------------------------


def key_arrays(entries: list[Entry]) -> Iterator[tuple[str, Array]]:
    """The arrays of the id field and of all facets. ValueError for a facet with a reserved name."""
    yield from key_field_arrays(ID_FIELD, [(entry.id,) for entry in entries])
    for facet in sorted({facet for entry in entries for facet in entry.keys}):
        if facet in RESERVED_NAMES or "/" in facet:
            raise ValueError(f"a facet cannot be called {facet!r}")
        yield from key_field_arrays(facet, [tuple(dict.fromkeys(entry.keys.get(facet, ()))) for entry in entries])


def key_field_arrays(name: str, keys: list[tuple[str, ...]]) -> Iterator[tuple[str, Array]]:
    """The arrays of a field without weights and positions; keys[d] are the keys of document d."""
    terms, ranks = rank_strings([*chain.from_iterable(keys)])
    documents = np.repeat(np.arange(len(keys)), [len(each) for each in keys])
    yield from field_arrays(name, encode_lexicon(terms), ranks, documents)


def document_arrays(entries: list[Entry], articles: list[Terms]) -> Iterator[tuple[str, Array]]:
    """The arrays with one element per document: lengths, title ends, days and stored entries."""
    stored = [pack(entry) for entry in entries]
    yield "lengths", np.array([terms.body for terms in articles], np.uint32)
    yield "titles", np.array([title_end(terms) for terms in articles], np.uint32)
    yield "days", np.array([day_number(entry.day) for entry in entries], np.int32)
    yield "entries/blob", np.frombuffer(b"".join(stored), np.uint8)
    yield "entries/bounds", compact(offsets(np.array([len(data) for data in stored], np.int64)), np.uint32)


def title_end(terms: Terms) -> int:
    """The position after the last syllable of the title: the title zone is [0, title_end). 0 without a title."""
    return terms.positions[terms.title - 1] + 1 if terms.title else 0


def day_number(day: str) -> int:
    """An ISO date as a number with the same order: "2022-12-05" is 20221205, "2022-12" is 20221200, "" is 0."""
    digits = day.replace("-", "")[:8]
    return int(digits.ljust(8, "0")) if digits.isdecimal() else 0
