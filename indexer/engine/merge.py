"""Several blocks as one, without the deleted documents: the one operation behind flushes and segment merges.

Each source's postings are sorted by term already, so that nothing is sorted again: the place of every run of
postings in the result follows from the counts, and a run is copied as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from indexer.engine.arrays import Array, compact, joined, offsets, runs
from indexer.engine.block import PAIRS, Block, Field, Lexicon
from indexer.engine.deletions import live_mask, without_deleted
from indexer.engine.merged_lexicons import merged_pairs, merged_terms

NO_FIELD = Field(
    Lexicon(np.zeros(0, np.uint8), np.zeros(1, np.uint32)), np.zeros(1, np.uint32), np.zeros(0, np.uint16)
)
PER_DOCUMENT = ("lengths", "titles", "days")


@dataclass(frozen=True, slots=True)
class Source:
    """A block to merge; `live` masks the documents to keep, `first` is the new number of the first of them."""

    block: Block
    live: Array
    first: int

    @property
    def numbers(self) -> Array:
        """New number of each old document number (meaningless for deleted ones)."""
        return np.cumsum(self.live) - 1 + self.first


def merge(blocks: Sequence[tuple[Block, frozenset[int]]]) -> Block:
    """One block with the documents of all, in order, less the deleted ones given with each."""
    return Block(dict(merged_arrays(blocks)), surviving(blocks))


def surviving(blocks: Sequence[tuple[Block, frozenset[int]]]) -> int:
    """How many documents a merge leaves."""
    return sum(block.documents - len(deleted) for block, deleted in blocks)


def merged_arrays(blocks: Sequence[tuple[Block, frozenset[int]]]) -> Iterator[tuple[str, Array]]:
    """The arrays of the merged block one by one, so that a writer need not hold them all."""
    sources, first = [], 0
    for block, deleted in blocks:
        mask = live_mask(block.documents, deleted)
        live = np.ones(block.documents, bool) if mask is None else mask
        sources.append(Source(block, live, first))
        first += int(live.sum())
    for name in dict.fromkeys(chain.from_iterable(source.block.fields for source in sources)):
        yield from merged_field(name, sources)
    for name in PER_DOCUMENT:
        yield name, np.concatenate([source.block.arrays[name][source.live] for source in sources])
    yield from merged_entries(sources)


def merged_field(name: str, sources: list[Source]) -> Iterator[tuple[str, Array]]:
    """The arrays of one field of the merged block."""
    fields = [live_field(source.block.fields.get(name, NO_FIELD), source.live) for source in sources]
    lexicon, numbers = merged_lexicon(name, [field.lexicon for field in fields])
    yield f"{name}/blob", lexicon.blob
    yield f"{name}/bounds", lexicon.bounds

    counts = [np.diff(field.starts.astype(np.int64)) for field in fields]
    documents = [source.numbers[field.docs] for source, field in zip(sources, fields, strict=True)]
    parts: dict[str, list[Array | None]] = {"docs": [compact(each) for each in documents]}
    parts |= {part: [getattr(field, part) for field in fields] for part in ("weights", "counts")}
    starts, arrays = interleaved(parts, counts, numbers, len(lexicon))
    yield f"{name}/starts", compact(starts, np.uint32)
    yield from ((f"{name}/{part}", array) for part, array in arrays.items())
    if any(field.positions is not None for field in fields):
        yield from merged_positions(name, fields, numbers, len(lexicon))


def merged_positions(
    name: str, fields: list[Field], numbers: list[Array], terms: int
) -> Iterator[tuple[str, Array]]:
    """The position arrays of one field of the merged block; `numbers` as in `interleaved`."""
    places = [np.zeros(1, np.int64) if field.places is None else field.places.astype(np.int64) for field in fields]
    parts = {"positions": [field.positions for field in fields]}
    starts, arrays = interleaved(parts, [np.diff(each) for each in places], numbers, terms)
    yield f"{name}/positions", arrays["positions"]
    yield f"{name}/places", compact(starts, np.uint32)


def interleaved(
    parts: dict[str, list[Array | None]], counts: list[Array], numbers: list[Array], terms: int
) -> tuple[Array, dict[str, Array]]:
    """The sources' arrays with each term's runs side by side, and where each term's begin.

    `counts` says how many elements each term of a source has, `numbers` which term of the result it is.
    """
    total = np.zeros(terms, np.int64)
    for count, number in zip(counts, numbers, strict=True):
        total[number] += count
    starts = offsets(total)
    results = {name: zeros_for(given, int(starts[-1])) for name, given in parts.items() if any_given(given)}
    cursor = starts[:-1].copy()
    for source, (count, number) in enumerate(zip(counts, numbers, strict=True)):
        targets = runs(cursor[number], count)
        cursor[number] += count
        for name, result in results.items():
            part = parts[name][source]
            if part is not None:
                result[targets] = part
    return starts, results


def any_given(parts: list[Array | None]) -> bool:
    """Whether a source has this array at all."""
    return any(part is not None for part in parts)


def zeros_for(parts: list[Array | None], size: int) -> Array:
    """An array of zeros in a type that holds the elements of all parts."""
    given = [part.dtype for part in parts if part is not None and len(part)]
    return np.zeros(size, np.result_type(*given) if given else np.uint8)


def merged_lexicon(name: str, lexicons: list[Lexicon]) -> tuple[Lexicon, list[Array]]:
    """The terms of all, each once, and the new number of every term of each."""
    held = [lexicon for lexicon in lexicons if len(lexicon)]
    if len(held) <= 1:
        return (held or lexicons)[0], [np.arange(len(lexicon)) for lexicon in lexicons]
    return merged_pairs(lexicons) if name == PAIRS else merged_terms(lexicons)


def live_field(field: Field, live: Array) -> Field:
    """The field less the postings of deleted documents and the terms left without any."""
    if live.all() or not len(field.docs):
        return field
    kept = without_deleted(live, field.docs, field.weights, field.counts, field.positions)
    assert kept.mask is not None
    counts = np.diff(offsets(kept.mask)[field.starts])
    used = np.flatnonzero(counts)
    places = None
    if kept.position_mask is not None and field.places is not None:
        places = offsets(np.diff(offsets(kept.position_mask)[field.places])[used])
    return Field(chosen(field.lexicon, used), offsets(counts[used]), kept.docs, kept.weights, kept.counts,
                 kept.positions, places)


def chosen(lexicon: Lexicon, numbers: Array) -> Lexicon:
    """A lexicon of the terms with these numbers, in their order."""
    lengths = np.diff(lexicon.bounds.astype(np.int64))[numbers]
    blob = lexicon.blob[runs(lexicon.bounds[:-1][numbers], lengths)]
    return Lexicon(blob, compact(offsets(lengths), np.uint32))


def merged_entries(sources: list[Source]) -> Iterator[tuple[str, Array]]:
    """The stored entries of all live documents, and where each begins."""
    bounds = [source.block.arrays["entries/bounds"].astype(np.int64) for source in sources]
    stretches = [
        source.block.arrays["entries/blob"][bound[first] : bound[last]]
        for source, bound in zip(sources, bounds, strict=True)
        for first, last in live_stretches(source.live)
    ]
    yield "entries/blob", joined(stretches, np.uint8)
    lengths = [np.diff(bound)[source.live] for source, bound in zip(sources, bounds, strict=True)]
    yield "entries/bounds", compact(offsets(joined(lengths)), np.uint32)


def live_stretches(live: Array) -> list[tuple[int, int]]:
    """The stretches [first, last) of neighbouring documents to keep."""
    edges = np.flatnonzero(np.diff(live.astype(np.int8), prepend=0, append=0)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
