"""Merging blocks, in memory or as segments, changes nothing but their number."""

from __future__ import annotations

import pickle
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.block import SEGMENT_LIMIT
from indexer.engine.invert import invert
from indexer.engine.merge import merge
from indexer.engine.merge_policy import plan_merges, should_rewrite
from indexer.engine.whoosh import create, open_engine
from indexer.engine.writer import WhooshWriter
from indexer.model import Query
from tests.contract.articles import article
from tests.contract.test_against_reference import PATIENT, articles, queries


def distinct(batches):
    """The batches with ids of their own, as the writer would leave them."""
    return [
        [(renamed(entry, f"{b}/{n}"), terms) for n, (entry, terms) in enumerate(batch)]
        for b, batch in enumerate(batches)
    ]


def renamed(entry, id):
    return article(id, entry.article.title, entry.article.body, date=entry.day or None, keys=entry.keys)[0]


@PATIENT
@given(st.lists(st.lists(articles, max_size=5), min_size=1, max_size=4).map(distinct), st.data())
def test_merged_blocks_are_the_block_of_all_articles_left(batches, data):
    deleted = [data.draw(st.sets(st.sampled_from(range(len(batch))))) if batch else set() for batch in batches]
    merged = merge([(invert(batch), frozenset(gone)) for batch, gone in zip(batches, deleted, strict=True)])
    whole = invert([each for b, batch in enumerate(batches) for n, each in enumerate(batch) if n not in deleted[b]])
    assert merged.documents == whole.documents
    for name, array in whole.arrays.items():
        assert np.array_equal(merged.arrays[name], array), name
    assert {name for name in merged.arrays if len(merged.arrays[name]) > 1} <= set(whole.arrays)


@PATIENT
@given(st.lists(articles, min_size=1, max_size=12), st.lists(queries, min_size=1, max_size=5), st.integers(1, 5))
def test_segmentation_does_not_change_answers(written, asked, size):
    with TemporaryDirectory() as one, TemporaryDirectory() as many:
        for folder, step, small in ((one, 99, 2048), (many, size, 0)):
            create(Path(folder))
            for at in range(0, len(written), step):
                with WhooshWriter(Path(folder), small_segment=small) as writer:
                    writer.add(invert(written[at : at + step]))
                    writer.commit()
        left, right = open_engine(Path(one)), open_engine(Path(many))
        assert [left.find(query) for query in asked] == [right.find(query) for query in asked]


def test_blocks_travel_between_processes():
    block = invert([article("a", "Kon Tum", "giao quân", keys={"year": ("2022",)}), article("b")])
    arrived = pickle.loads(pickle.dumps(block))
    assert arrived.documents == 2
    assert {name: array.tolist() for name, array in arrived.arrays.items()} == {
        name: array.tolist() for name, array in block.arrays.items()
    }


def test_a_facet_cannot_bear_the_name_of_a_text_field():
    with pytest.raises(ValueError, match="syllable"):
        invert([article("a", keys={"syllable": ("x",)})])


def test_spilling_to_disk_is_not_seen(tmp_path):
    create(tmp_path)
    with WhooshWriter(tmp_path, flush_at=3, small_segment=0) as writer:
        for n in range(10):
            writer.add(invert([article(f"{n % 7}", f"bài {n}")]))
        assert open_engine(tmp_path).count() == 0
        writer.commit()
    assert list(open_engine(tmp_path).ids()) == list("3456012")


def test_a_worn_segment_is_rewritten(tmp_path):
    create(tmp_path)
    for added, deleted in ([article(str(n), "giao quân") for n in range(10)], ()), ((), "012"), ((), "3"):
        with WhooshWriter(tmp_path, small_segment=0) as writer:
            writer.add(invert(added))
            writer.delete(deleted)
            writer.commit()
    engine = open_engine(tmp_path)
    assert all(segment.live is None for segment in engine._index.segments)
    assert engine.find(Query(limit=0)).total == 6


# --- the policy ------------------------------------------------------------------------------


@given(st.lists(st.integers(1, SEGMENT_LIMIT), max_size=60))
def test_groups_are_neighbours_within_the_limit(sizes):
    found = plan_merges(sizes)
    assert [place for group in found for place in group] == list(range(len(sizes)))
    assert all(len(group) == 1 or sum(sizes[place] for place in group) <= SEGMENT_LIMIT for group in found)


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=300))
def test_the_number_of_segments_stays_bounded_commit_after_commit(commits):
    segments: list[int] = []
    for added in commits:
        segments = [sum([*segments, added][place] for place in group) for group in plan_merges([*segments, added])]
        assert len(segments) <= 2 * sum(segments) / SEGMENT_LIMIT + 7


def test_a_small_change_leaves_large_segments_alone():
    assert plan_merges([65_536, 30_000, 100]) == [[0], [1], [2]]


@pytest.mark.parametrize(("deleted", "expected"), [(0, False), (30, False), (31, True), (100, True)])
def test_when_a_segment_is_worn(deleted, expected):
    assert should_rewrite(100, deleted) is expected
