"""Whatever is deleted, all arrays of a term are narrowed alike: documents, weights, positions, facets, merges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.engine.arrays import Array, compact, offsets
from indexer.engine.block import Block
from indexer.engine.deletions import without_deleted
from indexer.engine.matching import matching
from indexer.engine.merge import merge
from indexer.engine.reader import IndexReader
from indexer.model import Phrase, Word

WORDS = ("ban", "dân", "quân", "tuyển")
texts = st.lists(st.sampled_from(WORDS), max_size=6)
segmented = st.lists(st.lists(texts, min_size=1, max_size=6), min_size=1, max_size=3)
Deleted = list[frozenset[int]]


def block_of(articles: list[list[str]]) -> Block:
    """The articles as a block with words and their positions, and each article's words as a facet."""
    arrays: dict[str, Array] = {}
    rows = {word: [(d, [at for at, each in enumerate(text) if each == word]) for d, text in enumerate(articles)
                   if word in text] for word in WORDS if any(word in text for text in articles)}
    places = [at for postings in rows.values() for _, spots in postings for at in spots]
    counts = [len(spots) for postings in rows.values() for _, spots in postings]
    for field in ("syllable", "topic"):
        terms = [word.encode() for word in rows]
        arrays |= {f"{field}/blob": np.frombuffer(b"".join(terms), np.uint8),
                   f"{field}/bounds": offsets(np.array([*map(len, terms)], int)),
                   f"{field}/starts": offsets(np.array([len(postings) for postings in rows.values()], int)),
                   f"{field}/docs": compact(np.array([d for postings in rows.values() for d, _ in postings], int))}
    arrays |= {"syllable/weights": np.array(counts, np.uint8), "syllable/counts": np.array(counts, np.uint8),
               "syllable/positions": compact(np.array(places, int)),
               "syllable/places": offsets(np.array([sum(len(s) for _, s in rows[word]) for word in rows], int))}
    names = [b"%d" % at for at in range(len(articles))]
    arrays |= {"id/blob": np.frombuffer(b"".join(names), np.uint8), "id/bounds": offsets(np.array([*map(len, names)])),
               "id/starts": np.arange(len(articles) + 1), "id/docs": compact(np.arange(len(articles))),
               "titles": np.zeros(len(articles), np.uint16), "lengths": np.array([*map(len, articles)], np.uint16),
               "days": np.zeros(len(articles), np.int32), "entries/blob": np.zeros(0, np.uint8),
               "entries/bounds": np.zeros(len(articles) + 1, int)}
    return Block(arrays, len(articles))


def answers(index: IndexReader, numbers: dict[int, int]) -> dict[str, object]:
    """All that the index says of every word and pair of words; documents under the numbers they have elsewhere."""
    def told(documents: Array) -> list[int]:
        return [numbers[document] for document in documents.tolist()]

    said: dict[str, object] = {"count": index.count, "terms": list(index.terms("syllable"))}
    for word in WORDS:
        held = index.held("syllable", word)
        keys = index.positions("syllable", word).keys(held.numbers, held.numbers)
        some = held.numbers[::2]
        halved = index.positions("syllable", word).keys(held.numbers, some)
        _, weights = index.postings("syllable", word).weights_in(held)
        said[word] = (told(held.numbers), index.frequency("syllable", word),
                      list(zip(told(keys >> 32), (keys & 0xFFFFFFFF).tolist(), strict=True)),
                      list(zip(told(halved >> 32), (halved & 0xFFFFFFFF).tolist(), strict=True)), weights.tolist())
        for other in WORDS:
            for slop in (0, 2):
                phrase = Phrase((Word(word), Word(other)), slop)
                said[f"{word} {other} {slop}"] = told(matching(index, phrase).numbers)
    column, [counts] = index.column("topic"), index.counts(["topic"], index.everything)
    said["facet"] = {key: count for key, count in zip(column.keys, counts.tolist(), strict=True) if count}
    return said


def check(segments: list[list[list[str]]], deleted: Deleted) -> None:
    blocks = [(block_of(articles), gone) for articles, gone in zip(segments, deleted, strict=True)]
    left = [text for articles, gone in zip(segments, deleted, strict=True)
            for d, text in enumerate(articles) if d not in gone]
    first, numbers, number = 0, {}, 0
    for articles, gone in zip(segments, deleted, strict=True):
        for d in range(len(articles)):
            if d not in gone:
                numbers[first + d], number = number, number + 1
        first += len(articles)
    wanted = answers(IndexReader([(block_of(left), frozenset())]), {d: d for d in range(len(left))})
    assert answers(IndexReader(blocks), numbers) == wanted
    assert answers(IndexReader([(merge(blocks), frozenset())]), {d: d for d in range(len(left))}) == wanted


@given(segmented, st.data())
def test_an_index_with_deletions_answers_like_one_of_what_is_left(segments, data):
    check(segments, [frozenset(data.draw(st.sets(st.integers(0, len(articles) - 1)))) for articles in segments])


PHRASE, OTHER = ["tuyển", "quân", "tuyển", "quân"], ["ban", "dân"]


@pytest.mark.parametrize("gone", [(), (0,), (1,), (2,), (1, 2), (0, 1, 2)], ids=str)
@pytest.mark.parametrize("segments", [1, 2, 3])
def test_the_first_the_last_the_middle_all_and_none_can_go(gone, segments):
    check([[PHRASE, PHRASE, PHRASE]] * segments, [frozenset(gone)] * segments)
    check([[PHRASE, PHRASE, PHRASE]] * segments, [frozenset()] * (segments - 1) + [frozenset(gone)])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3), st.booleans()), max_size=10, unique_by=lambda p: p[0]))
@example([(0, 2, True), (1, 1, False)])
@example([(0, 2, False), (1, 1, False)])
def test_every_array_beside_the_documents_is_narrowed_with_them(postings):
    postings.sort()
    docs = np.array([document for document, _, _ in postings], np.uint16)
    counts = np.array([count for _, count, _ in postings], np.uint8)
    positions = np.array([100 * document + at for document, count, _ in postings for at in range(count)], np.uint16)
    live = np.zeros(10, bool)
    live[[document for document, _, alive in postings if alive]] = True
    kept = without_deleted(live, docs, docs * 2, counts, positions)
    left = [(document, count) for document, count, alive in postings if alive]
    assert kept.docs.tolist() == [document for document, _ in left]
    assert kept.weights is not None and kept.weights.tolist() == [2 * document for document, _ in left]
    assert kept.counts is not None and kept.counts.tolist() == [count for _, count in left]
    assert kept.positions is not None
    assert kept.positions.tolist() == [100 * document + at for document, count in left for at in range(count)]
