"""From analysed articles to a block: the engine's `Invert`. Pure, so that it can run in worker processes.

Nothing here loops over tokens: syllables come as numbers, and the rest is sorting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

import numpy as np

from indexer.engine.arrays import Array, compact, joined, offsets, runs
from indexer.engine.block import ID_FIELD, PAIRS, RESERVED, Block, Lexicon
from indexer.engine.merged_lexicons import glued, lexicon_of
from indexer.engine.stored_entries import pack
from indexer.model import Entry, Numbered, Terms

TITLE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT, ENTITY_WEIGHT = 3, 2, 1, 1
HEAVIEST = 255  # weights are kept in a byte; BM25 hardly tells 255 occurrences from more


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


# --- syllables, their pairs, and words -------------------------------------------------------


def text_arrays(articles: list[Terms]) -> Iterator[tuple[str, Array]]:
    """The arrays of the text fields: syllables with and without accents, pairs and words."""
    sizes = np.array([len(terms.syllables) for terms in articles], np.int64)
    documents = np.repeat(np.arange(len(articles)), sizes)
    positions = joined([np.asarray(terms.positions, np.int64) for terms in articles])
    weights = zone_weights(articles)

    spelled, ranks = ranked([terms.syllables for terms in articles])
    yield from field_arrays("syllable", encoded(spelled), ranks, documents, weights, positions)
    folded, folded_ranks = ranked([terms.folded for terms in articles])
    yield from field_arrays("folded", encoded(folded), folded_ranks, documents, weights, positions)
    yield from pair_arrays(folded, folded_ranks, documents, weights, b"".join(terms.paired for terms in articles))
    yield from word_arrays(articles, offsets(sizes), spelled, ranks, weights)


def zone_weights(articles: list[Terms]) -> Array:
    """The weight of each syllable of all articles, by the zone it stands in."""
    ends = np.array([(0, t.title, t.lead, t.body, len(t.syllables)) for t in articles], np.int64).reshape(-1, 5)
    zones = np.tile([TITLE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT, ENTITY_WEIGHT], len(articles))
    return np.repeat(zones, np.diff(ends, axis=1).ravel())


def ranked(articles: list[Numbered]) -> tuple[list[str], Array]:
    """The distinct syllables of all articles in order, and each token's rank among them."""
    vocabulary: list[str] = []
    first: dict[int, int] = {}  # articles share one vocabulary, or two where a table was full in between
    for syllables in articles:
        if id(syllables.vocabulary) not in first:
            first[id(syllables.vocabulary)] = len(vocabulary)
            vocabulary += syllables.vocabulary
    numbers = joined([np.asarray(each.numbers) + first[id(each.vocabulary)] for each in articles])
    used = np.flatnonzero(np.bincount(numbers, minlength=1))
    terms, ranks = in_order([vocabulary[number] for number in used.tolist()])
    return terms, placed(ranks, used, len(vocabulary))[numbers]


def in_order(found: Sequence[str]) -> tuple[list[str], Array]:
    """The distinct strings in order, and the rank of each one found."""
    terms = sorted(set(found))
    rank = dict(zip(terms, range(len(terms)), strict=True))
    return terms, np.fromiter(map(rank.__getitem__, found), np.int64, len(found))


def placed(values: Array, places: Array, size: int) -> Array:
    """An array of `size` with `values` at `places`; what else it holds is never asked for."""
    result = np.zeros(size, np.int64)
    result[places] = values
    return result


def pair_arrays(
    terms: list[str], ranks: Array, documents: Array, weights: Array, paired: bytes
) -> Iterator[tuple[str, Array]]:
    """Adjacent folded syllables as "quan su"."""
    first = np.flatnonzero(np.frombuffer(paired, np.uint8)[:-1])
    first = first[documents[first] == documents[first + 1]]
    codes, numbers = np.unique(ranks[first] * max(len(terms), 1) + ranks[first + 1], return_inverse=True)
    halves = np.divmod(codes, max(len(terms), 1))
    yield from field_arrays(PAIRS, glued(encoded(terms), *halves), numbers, documents[first], weights[first])


def word_arrays(
    articles: list[Terms], starts: Array, spelled: list[str], ranks: Array, weights: Array
) -> Iterator[tuple[str, Array]]:
    """The arrays of the field of pyvi words.

    `starts` is where each article's syllables begin, `ranks` the number of each syllable among `spelled`, `weights`
    the weight of each syllable's zone.
    """
    first = joined([np.asarray(t.word_at, np.int64) + at for t, at in zip(articles, starts.tolist(), strict=False)])
    sizes = np.diff(first, append=len(ranks))
    numbers, count = word_numbers(ranks, first, sizes, len(spelled))
    example = placed(np.arange(1, len(first) + 1), numbers, count)
    used = np.flatnonzero(example)
    one_each = example[used] - 1
    terms, word_ranks = in_order(spelled_out(ranks, first[one_each], sizes[one_each], spelled))
    documents = np.repeat(np.arange(len(articles)), [len(terms.word_at) for terms in articles])
    word_ranks = placed(word_ranks, used, count)[numbers]
    yield from field_arrays("word", encoded(terms), word_ranks, documents, weights[first])


def spelled_out(ranks: Array, first: Array, sizes: Array, spelled: list[str]) -> list[str]:
    """The words of `sizes` syllables from `first` on."""
    syllables = [spelled[rank] for rank in ranks[runs(first, sizes)].tolist()]
    return ["_".join(syllables[at:end]) for at, end in pairwise(offsets(sizes).tolist())]


def word_numbers(ranks: Array, first: Array, sizes: Array, count: int) -> tuple[Array, int]:
    """A number for each word, the same for equal ones, and one more than the highest.

    A word of one syllable has its rank, of which there are `count`; a longer one a number for the pair of the number
    of what stands before its last syllable and that syllable's rank.
    """
    numbers, base, place = ranks[first], count, 1
    while len(longer := np.flatnonzero(sizes > place)):
        pairs = numbers[longer] * base + ranks[first[longer] + place]
        distinct, found = np.unique(pairs, return_inverse=True)
        numbers[longer] = found + count
        count, place = count + len(distinct), place + 1
    return numbers, count


# --- postings of any field -------------------------------------------------------------------


def encoded(terms: list[str]) -> Lexicon:
    """A lexicon of sorted terms."""
    return lexicon_of([term.encode() for term in terms])


def field_arrays(
    name: str,
    lexicon: Lexicon,
    ranks: Array,
    documents: Array,
    weights: Array | None = None,
    positions: Array | None = None,
) -> Iterator[tuple[str, Array]]:
    """The arrays of a field from its tokens: each one's term (its rank), document, weight and position.

    Tokens come by document and position; the terms' ranks alone need sorting, in one key with the tokens' order.
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
        yield f"{name}/weights", np.minimum(summed, HEAVIEST).astype(np.uint8)
    if positions is not None:
        yield f"{name}/counts", compact(np.diff(first, append=len(ranks)), np.uint8)
        yield f"{name}/positions", compact(positions[order])
        yield f"{name}/places", compact(offsets(np.bincount(ranks, minlength=terms)), np.uint32)


# --- keys and what is kept per document ------------------------------------------------------


def key_arrays(entries: list[Entry]) -> Iterator[tuple[str, Array]]:
    """The arrays of ids and facets. ValueError for a facet name that a field has already."""
    yield from single_keys(ID_FIELD, [(entry.id,) for entry in entries])
    for facet in sorted({facet for entry in entries for facet in entry.keys}):
        if facet in RESERVED or "/" in facet:
            raise ValueError(f"a facet cannot be called {facet!r}")
        yield from single_keys(facet, [tuple(dict.fromkeys(entry.keys.get(facet, ()))) for entry in entries])


def single_keys(name: str, keys: list[tuple[str, ...]]) -> Iterator[tuple[str, Array]]:
    """The arrays of a field whose keys each article gives ready-made."""
    terms, ranks = in_order([*chain.from_iterable(keys)])
    documents = np.repeat(np.arange(len(keys)), [len(each) for each in keys])
    yield from field_arrays(name, encoded(terms), ranks, documents)


def document_arrays(entries: list[Entry], articles: list[Terms]) -> Iterator[tuple[str, Array]]:
    """The arrays with one element a document: lengths, title ends, days and stored entries."""
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
