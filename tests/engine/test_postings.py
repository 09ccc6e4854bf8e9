"""Postings and columns answer alike in every form they are kept in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.arrays import compact, offsets
from indexer.engine.block import Block
from indexer.engine.deletions import live_mask
from indexer.engine.docset import DocSet
from indexer.engine.facet_columns import NUMBER, by_document, key_counts
from indexer.engine.facet_matrix import facet_matrix_of
from indexer.engine.postings import Place, dense_postings, read, sparse_postings
from indexer.engine.segment import Segment

SIZES = (70, 40, 10)  # documents of each segment
SIZE = sum(SIZES)
some = st.one_of(st.sets(st.integers(0, SIZE - 1)), st.sets(st.integers(0, SIZE - 1), max_size=4),
                 st.sets(st.integers(0, SIZE - 1), min_size=SIZE - 20))
weighted = st.dictionaries(st.integers(0, SIZE - 1), st.integers(1, 255))


def places(weights: dict[int, int], deleted: set[int]) -> tuple[list[Place], DocSet]:
    """Where segments hold a term of these weights; and the documents that are left."""
    found, first = [], 0
    for size in SIZES:
        documents = sorted(document - first for document in weights if first <= document < first + size)
        arrays = {"text/blob": np.frombuffer(b"a", np.uint8), "text/bounds": np.array([0, 1]),
                  "text/starts": offsets(np.array([len(documents)])), "text/docs": compact(np.array(documents, int)),
                  "text/weights": np.array([weights[document + first] for document in documents], np.uint8)}
        block, gone = Block(arrays, size), frozenset(each - first for each in deleted if first <= each < first + size)
        if documents:
            found.append((Segment(block, first, live_mask(size, gone)), block.fields["text"], 0))
        first += size
    return found, DocSet(SIZE, mask=~np.isin(np.arange(SIZE), list(deleted)))


@given(weighted, some, some)
def test_a_terms_documents_and_weights_are_the_same_listed_and_laid_out(weights, deleted, found):
    held, live = places(weights, deleted)
    extents = [field.extent(number) for _, field, number in held]
    left = {document: weight for document, weight in weights.items() if document not in deleted}
    wanted = DocSet(SIZE, np.array(sorted(found), np.intp))
    for postings in (read(held, live), dense_postings(held, extents, live), sparse_postings(held, extents, live)):
        assert postings.count == len(left)
        assert postings.held(SIZE).numbers.tolist() == sorted(left)
        at, these = postings.weights_in(wanted)
        summed = np.zeros(len(wanted), int)
        summed[at] = these
        assert summed.tolist() == [left.get(document, 0) for document in sorted(found)]


@given(st.lists(st.sets(st.integers(0, 5), max_size=3), min_size=SIZE, max_size=SIZE), some)
def test_keys_are_counted_alike_whether_documents_hold_one_or_several_and_few_or_many_are_found(keys, found):
    for held in (keys, [set(list(each)[:1]) for each in keys], [each if not at % 20 else set()
                                                                for at, each in enumerate(keys)]):
        column = by_document(
            list("abcdef"), np.repeat(np.arange(SIZE), [len(each) for each in held]).astype(NUMBER),
            np.array([key for each in held for key in sorted(each)], NUMBER), SIZE)
        wanted, everything = DocSet(SIZE, np.array(sorted(found), np.intp)), DocSet(SIZE, mask=np.ones(SIZE, bool))
        panel = facet_matrix_of([column, column], SIZE)
        for counted in (key_counts(column, wanted), *panel.counts(wanted, everything)):
            assert counted.tolist() == [sum(key in held[document] for document in found) for key in range(6)]
        assert [column.values[a:b].tolist() for a, b in pairwise(column.bounds)] == [sorted(each) for each in held]
