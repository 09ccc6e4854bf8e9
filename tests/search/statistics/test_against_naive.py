"""Counted by arrays, every table is what counting word by word gives: any texts, units, windows and filters."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indexer.search.kwic import kwic
from indexer.search.saved_search import SavedSearch
from indexer.search.statistics import collocates as tables
from indexer.search.statistics import frequency, keyness
from indexer.search.statistics.lines import Near
from indexer.search.statistics.neighbours import Reach
from indexer.search.statistics.stop_words import stop_words
from tests.profiles import examples
from tests.search.statistics import naive
from tests.search.statistics.archives import YEARS, archives, index_of

UNITS = st.sampled_from(["word", "syllable"])
PHRASES = st.sampled_from([("quân",), ("sự",), ("quân", "sự"), ("dân", "quân"), ("của",)])
REACHES = st.builds(Reach, UNITS, st.sampled_from(["both", "left", "right"]), st.integers(1, 10))
ALL = tables.Wish(order="joint", minimum=1, stop_words=True, limit=1_000)
many = settings(max_examples=examples(2), deadline=None)


def within(reach):
    return (0 if reach.span == "right" else reach.window), (0 if reach.span == "left" else reach.window)


@many
@given(archives(), PHRASES, REACHES, st.sampled_from([None, *YEARS]), st.integers(1, 3))
def test_collocates_and_their_lines(texts, phrase, reach, year, parts):
    assume(any(naive.holds(text, phrase) for text in texts))  # else the query is read as something near to it
    engine = index_of(texts, parts)
    search = SavedSearch(q=f'="{" ".join(phrase)}"').changed(year=(year,) if year else ())
    found = tables.collocates(engine, search, reach=reach, wish=ALL)
    chosen = [text for text in texts if year in (None, text.year)]
    wanted = naive.collocates(chosen, phrase, reach.unit, *within(reach))
    assert (found.places, found.reached) == (wanted.places, wanted.reached)
    assert found.corpus == wanted.corpus
    rows = {row.word: (row.joint, row.lines, row.articles, row.frequency) for row in found.rows}
    assert rows == {name.replace("_", " "): (each.joint, each.lines, each.articles, each.frequency)
                    for name, each in wanted.rows.items() if each.joint}
    for row in found.rows:
        assert row.log_likelihood == pytest.approx(
            naive.two_by_two(row.joint, found.reached, row.frequency, found.corpus), abs=1e-6)
        assert row.expected == pytest.approx(found.reached * row.frequency / found.corpus)
    for row in found.rows[:3]:  # what the link shows
        lines = kwic(engine, search.q, filters=search.filters, near=Near(row.word, reach))
        assert (lines.total_lines, lines.articles) == (row.lines, row.articles)


@many
@given(archives(), UNITS, st.integers(1, 3), st.booleans(), st.sampled_from([None, *YEARS]))
def test_frequencies(texts, unit, size, stop, year):
    engine = index_of(texts, 2)
    search = SavedSearch().changed(year=(year,) if year else ())
    wish = frequency.Wish(unit, size, stop_words=stop, limit=1_000)
    found = frequency.frequencies(engine, search, wish=wish)
    chosen = [text for text in texts if year in (None, text.year)]
    counts = naive.frequencies(chosen, unit, size)
    ends = {row: row for row in counts}
    if not stop:
        ends = {" ".join(units).replace("_", " "): "" for text in chosen for zone in text.zones
                for units in rows(naive.units_of(zone, unit), size) if not {units[0], units[-1]} & stop_words()}
    # A pair of words and a longer word may read the same ("quân sự"): rows are compared as they read.
    read: dict[str, int] = {}
    for row in found.rows:
        read[row.word] = read.get(row.word, 0) + row.count
    if stop:
        assert read == dict(counts)
    else:
        assert read.keys() == ends.keys()
    assert found.size == sum(naive.frequencies(chosen, unit).values())
    for row in found.rows[:5]:
        assert row.articles == sum(naive.holds(text, row.word.split()) for text in chosen)


def rows(units, size):
    return (units[at : at + size] for at in range(len(units) - size + 1))


@many
@given(archives(most=8), UNITS, st.booleans())
def test_keyness_of_one_year_against_the_rest_and_against_a_search(texts, unit, over):
    engine = index_of(texts, 2)
    wish = keyness.Wish(unit, over, minimum=1, stop_words=True, limit=1_000)
    search = SavedSearch().changed(year=("2024",))
    of_rest = keyness.keyness(engine, search, wish=wish)
    of_other = keyness.keyness(engine, search, against=SavedSearch(q="năm:2018"), wish=wish)
    here = naive.frequencies([text for text in texts if text.year == "2024"], unit)
    there = naive.frequencies([text for text in texts if text.year == "2018"], unit)
    assert of_rest.rows == of_other.rows
    assert (of_rest.size, of_rest.other_size) == (sum(here.values()), sum(there.values()))
    for row in of_rest.rows:
        assert (row.count, row.other) == (here[row.word], there[row.word])
        assert (row.log_ratio > 0) == over and row.log_likelihood >= keyness.SURE
        assert math.isclose(row.per_million, 1e6 * row.count / max(1, of_rest.size))
