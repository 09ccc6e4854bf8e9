"""Facets by document, over all segments: what counting needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engine.arrays import Array, joined, offsets
from indexer.engine.segment import Segment


@dataclass(frozen=True, slots=True)
class Column:
    """A facet by document: keys in order, and for each document the numbers of its keys.

    `single` is the number of each document's only key, or len(keys) for none; None where a document has several.
    """

    keys: list[str]
    number: dict[str, int]
    bounds: Array
    values: Array
    owners: Array
    single: Array | None


def column_of(facet: str, segments: Sequence[Segment], size: int) -> Column:
    """The facet over all segments, deleted documents left out."""
    parts = [(segment, segment.block.fields[facet]) for segment in segments if facet in segment.block.fields]
    lists = [field.lexicon.terms() for _, field in parts]
    terms = sorted(set().union(*lists))
    ranks = {term: i for i, term in enumerate(terms)}
    owners, values = [], []
    for (segment, field), names in zip(parts, lists, strict=True):
        counts = segment.frequencies(field, 0, len(field.lexicon))
        owners.append(segment.documents(field, 0, len(field.lexicon)))
        values.append(np.repeat(np.fromiter(map(ranks.__getitem__, names), np.int64, len(names)), counts))
    owner, value = joined(owners), joined(values)
    order = np.argsort(owner, kind="stable")
    owner, value = owner[order], value[order]
    held = np.bincount(owner, minlength=size)
    keys = [term.decode() for term in terms]
    number = dict(zip(keys, range(len(keys)), strict=True))
    return Column(keys, number, offsets(held), value, owner, single_keys(held, owner, value, len(keys)))


def single_keys(held: Array, owners: Array, values: Array, none: int) -> Array | None:
    if held.max(initial=0) > 1:
        return None
    single = np.full(len(held), none)
    single[owners] = values
    return single
