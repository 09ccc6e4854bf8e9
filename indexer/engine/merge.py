"""Merging blocks into one block without the deleted documents. Flushes and segment merges both use it.

The posting lists of each source block are already sorted by term, so nothing is sorted again. The counts say where
each posting list goes in the result; a list is copied as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from indexer.engine.arrays import Array, compact, concat, concat_ranges, offsets
from indexer.engine.block import (
    FORWARD_BOUNDS,
    FORWARD_TITLES,
    FORWARD_WORDS,
    PAIR_FIELD,
    WORD_FIELD,
    Block,
    Field,
    Lexicon,
)
from indexer.engine.deletions import live_mask, without_deleted
from indexer.engine.lexicon_merge import merge_pairs, merge_terms

EMPTY_FIELD = Field(
    Lexicon(np.zeros(0, np.uint8), np.zeros(1, np.uint32)), np.zeros(1, np.uint32), np.zeros(0, np.uint16)
)
DOCUMENT_ARRAYS = ("lengths", "titles", "days")


@dataclass(frozen=True, slots=True)
class Source:
    """A block to merge. `live` is a mask of the documents to keep; `base` is the new number of the first of them."""

    block: Block
    live: Array
    base: int

    @property
    def numbers(self) -> Array:
        """An array: old document number -> new document number. Undefined for deleted documents."""
        return np.cumsum(self.live) - 1 + self.base


def merge(blocks: Sequence[tuple[Block, frozenset[int]]]) -> Block:
    """One block with the documents of all blocks, in order, without the deleted numbers given with each block."""
    return Block(dict(merged_arrays(blocks)), count_live(blocks))


def count_live(blocks: Sequence[tuple[Block, frozenset[int]]]) -> int:
    """The number of documents that are not deleted."""
    return sum(block.documents - len(deleted) for block, deleted in blocks)


def merged_arrays(blocks: Sequence[tuple[Block, frozenset[int]]]) -> Iterator[tuple[str, Array]]:
    """The arrays of the merged block, one by one, so that the writer need not hold all of them in memory."""
    sources, base = [], 0
    for block, deleted in blocks:
        mask = live_mask(block.documents, deleted)
        live = np.ones(block.documents, bool) if mask is None else mask
        sources.append(Source(block, live, base))
        base += int(live.sum())
    for name in dict.fromkeys(chain.from_iterable(source.block.fields for source in sources)):
        yield from merged_field(name, sources)
    for name in DOCUMENT_ARRAYS:
        yield name, np.concatenate([source.block.arrays[name][source.live] for source in sources])
    yield from merged_entries(sources)


def merged_field(name: str, sources: list[Source]) -> Iterator[tuple[str, Array]]:
    """The arrays of one field of the merged block."""
    fields = [drop_deleted(source.block.fields.get(name, EMPTY_FIELD), source.live) for source in sources]
    lexicon, numbers = merge_lexicons(name, [field.lexicon for field in fields])
    yield f"{name}/blob", lexicon.blob
    yield f"{name}/bounds", lexicon.bounds

    counts = [np.diff(field.starts.astype(np.int64)) for field in fields]
    documents = [source.numbers[field.docs] for source, field in zip(sources, fields, strict=True)]
    parts: dict[str, list[Array | None]] = {"docs": [compact(each) for each in documents]}
    parts |= {part: [getattr(field, part) for field in fields] for part in ("weights", "counts")}
    starts, arrays = interleave(parts, counts, numbers, len(lexicon))
    yield f"{name}/starts", compact(starts, np.uint32)
    yield from ((f"{name}/{part}", array) for part, array in arrays.items())
    if any(field.positions is not None for field in fields):
        yield from merged_positions(name, fields, numbers, len(lexicon))
    if name == WORD_FIELD:
        yield from merged_forward(sources, numbers, len(lexicon))


def merged_forward(sources: list[Source], numbers: list[Array], terms: int) -> Iterator[tuple[str, Array]]:
    """The arrays of the forward index. `numbers` and `terms` as in `interleave`, for the field of words."""
    words, lengths = [], []
    for source, number in zip(sources, numbers, strict=True):
        held: Array = np.diff(source.block.arrays[FORWARD_BOUNDS].astype(np.int64))
        kept = source.block.arrays[FORWARD_WORDS][np.repeat(source.live, held)]
        renumbered = np.zeros(len(source.block.fields[WORD_FIELD].lexicon), np.min_scalar_type(terms))
        renumbered[used_terms(source.block.fields[WORD_FIELD], source.live)] = number
        words.append(renumbered[kept])
        lengths.append(held[source.live])
    yield FORWARD_WORDS, compact(concat(words))
    yield FORWARD_BOUNDS, compact(offsets(concat(lengths)), np.uint32)
    yield FORWARD_TITLES, concat([source.block.arrays[FORWARD_TITLES][source.live] for source in sources])


def used_terms(field: Field, live: Array) -> Array:
    """The numbers of the terms that live documents hold: those that `drop_deleted` leaves."""
    if live.all() or not len(field.docs):
        return np.arange(len(field.lexicon))
    return np.flatnonzero(np.diff(offsets(live[field.docs])[field.starts]))


def merged_positions(
    name: str, fields: list[Field], numbers: list[Array], terms: int
) -> Iterator[tuple[str, Array]]:
    """The position arrays of one field of the merged block; `numbers` as in `interleaved`."""
    none = np.zeros(1, np.int64)
    position_starts = [none if field.position_starts is None else field.position_starts.astype(np.int64)
                       for field in fields]
    parts = {"positions": [field.positions for field in fields]}
    starts, arrays = interleave(parts, [np.diff(each) for each in position_starts], numbers, terms)
    yield f"{name}/positions", arrays["positions"]
    yield f"{name}/places", compact(starts, np.uint32)


def interleave(
    parts: dict[str, list[Array | None]], counts: list[Array], numbers: list[Array], terms: int
) -> tuple[Array, dict[str, Array]]:
    """Concatenate, for each term of the result, the elements that the sources have for it, source after source.

    parts    array name -> that array of each source (None where a source does not have it)
    counts   per source: how many elements each of its terms has
    numbers  per source: the number in the result of each of its terms
    terms    number of terms of the result
    Returns the offsets of the terms in the result (terms + 1 elements), and the arrays of the result by name.
    """
    total = np.zeros(terms, np.int64)
    for count, number in zip(counts, numbers, strict=True):
        total[number] += count
    starts = offsets(total)
    results = {name: zeros_for(given, int(starts[-1])) for name, given in parts.items() if is_any_given(given)}
    next_free = starts[:-1].copy()
    for source, (count, number) in enumerate(zip(counts, numbers, strict=True)):
        targets = concat_ranges(next_free[number], count)
        next_free[number] += count
        for name, result in results.items():
            part = parts[name][source]
            if part is not None:
                result[targets] = part
    return starts, results


def is_any_given(parts: list[Array | None]) -> bool:
    """Whether at least one source has the array."""
    return any(part is not None for part in parts)


def zeros_for(parts: list[Array | None], size: int) -> Array:
    """An array of `size` zeros whose type holds the elements of all parts."""
    given = [part.dtype for part in parts if part is not None and len(part)]
    return np.zeros(size, np.result_type(*given) if given else np.uint8)


def merge_lexicons(name: str, lexicons: list[Lexicon]) -> tuple[Lexicon, list[Array]]:
    """The merged lexicon, and for each given lexicon an array: term number there -> new number."""
    nonempty = [lexicon for lexicon in lexicons if len(lexicon)]
    if len(nonempty) <= 1:
        return (nonempty or lexicons)[0], [np.arange(len(lexicon)) for lexicon in lexicons]
    return merge_pairs(lexicons) if name == PAIR_FIELD else merge_terms(lexicons)


def drop_deleted(field: Field, live: Array) -> Field:
    """The field without the postings of deleted documents, and without terms that have no posting left."""
    if live.all() or not len(field.docs):
        return field
    kept = without_deleted(live, field.docs, field.weights, field.counts, field.positions)
    assert kept.mask is not None
    counts = np.diff(offsets(kept.mask)[field.starts])
    used = np.flatnonzero(counts)
    position_starts = None
    if kept.position_mask is not None and field.position_starts is not None:
        position_starts = offsets(np.diff(offsets(kept.position_mask)[field.position_starts])[used])
    return Field(select_terms(field.lexicon, used), offsets(counts[used]), kept.docs, kept.weights, kept.counts,
                 kept.positions, position_starts)


def select_terms(lexicon: Lexicon, numbers: Array) -> Lexicon:
    """The lexicon of the terms with these numbers, in the order of `numbers`."""
    lengths = np.diff(lexicon.bounds.astype(np.int64))[numbers]
    blob = lexicon.blob[concat_ranges(lexicon.bounds[:-1][numbers], lengths)]
    return Lexicon(blob, compact(offsets(lengths), np.uint32))


def merged_entries(sources: list[Source]) -> Iterator[tuple[str, Array]]:
    """The arrays "entries/blob" and "entries/bounds" of the merged block."""
    bounds = [source.block.arrays["entries/bounds"].astype(np.int64) for source in sources]
    parts = [
        source.block.arrays["entries/blob"][bound[first] : bound[last]]
        for source, bound in zip(sources, bounds, strict=True)
        for first, last in live_ranges(source.live)
    ]
    yield "entries/blob", concat(parts, np.uint8)
    lengths = [np.diff(bound)[source.live] for source, bound in zip(sources, bounds, strict=True)]
    yield "entries/bounds", compact(offsets(concat(lengths)), np.uint32)


def live_ranges(live: Array) -> list[tuple[int, int]]:
    """The maximal ranges [first, last) of consecutive documents for which the mask is true."""
    edges = np.flatnonzero(np.diff(live.astype(np.int8), prepend=0, append=0)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
