"""The saved form of a search: a query string reads back as what it was written from, and runs without a web server."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.search.archive import open_engine
from indexer.search.changes_since import Mark
from indexer.search.parameters import MAX_DEPTH, MAX_LIMIT, MAX_QUERY, MAX_VALUES, PARAMETERS, SORTS, tidy
from indexer.search.saved_search import SavedSearch
from indexer.search.service import search


def saved(**values: Any) -> SavedSearch:
    return SavedSearch().changed(**values)


def parse(*pairs: tuple[str, str]) -> tuple[SavedSearch, list[str]]:
    """The search, and the parameters that were not taken as given."""
    found, notices = SavedSearch.parse(urlencode(pairs))
    return found, [notice.parameter for notice in notices]


values = st.lists(st.text(min_size=1, max_size=30).map(tidy).filter(bool), max_size=4).map(
    lambda items: tuple(sorted(set(items)))
)
days = st.sampled_from(["", "2022-01-01", "2025-07-01", "2025-12-31"])
searches = st.builds(
    saved,
    q=st.text(max_size=80).map(tidy),
    province=values,
    province_now=values,
    year=values,
    official=values,
    no_inferred=st.booleans(),
    from_=days,
    to=days,
    off=values,
    widen=st.booleans(),
    map=st.sampled_from(["then", "now"]),
    sort=st.sampled_from(SORTS),
    page=st.integers(1, MAX_DEPTH // MAX_LIMIT),
    limit=st.integers(1, MAX_LIMIT),
    gen=st.none() | st.builds(Mark, st.integers(1, 10**12 - 1), st.none() | st.integers(0, 10**9 - 1))
    | st.builds(Mark, st.integers(1, 10**12 - 1), st.integers(0, 10**9 - 1), st.sampled_from(["0f1e", "1234"])),
)


@settings(deadline=None)  # a busy machine is no failure
@given(searches)
def test_every_search_round_trips_through_its_query_string(wanted: SavedSearch) -> None:
    assert SavedSearch.parse(wanted.query_string()) == (wanted, ())


@settings(deadline=None)  # a busy machine is no failure
@given(searches)
def test_a_query_string_is_plain_ascii(wanted: SavedSearch) -> None:
    assert wanted.query_string().isascii() and not {" ", '"', "<", "#"} & set(wanted.query_string())


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.tuples(st.sampled_from([*PARAMETERS, "utm_source"]), st.text(max_size=50)), max_size=12))
def test_any_parameters_give_a_search_that_round_trips(pairs: list[tuple[str, str]]) -> None:
    wanted, _ = SavedSearch.from_pairs(pairs)
    assert SavedSearch.parse(wanted.query_string()) == (wanted, ())


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    wanted, _ = SavedSearch.parse(text)
    assert SavedSearch.parse(wanted.query_string()) == (wanted, ())


@settings(deadline=None)  # a busy machine is no failure
@given(searches, st.randoms())
def test_the_order_of_parameters_does_not_matter(wanted: SavedSearch, random: Any) -> None:
    pairs = wanted.pairs()
    random.shuffle(pairs)
    assert SavedSearch.from_pairs(pairs)[0] == wanted


def test_the_same_choice_has_the_same_query_string() -> None:
    one, _ = parse(("year", "2023"), ("q", "diễn  tập"), ("year", "2022"), ("year", "2022"))
    assert one.query_string() == f"q={quote_plus('diễn tập')}&year=2022&year=2023"


def test_a_question_mark_before_the_query_string_is_no_part_of_it() -> None:
    assert SavedSearch.parse("?q=a") == (saved(q="a"), ())


def test_decomposed_letters_are_the_composed_ones() -> None:
    assert parse(("q", normalize("NFD", "hòa"))) == parse(("q", "hòa"))


def test_defaults_are_left_out() -> None:
    assert SavedSearch().query_string() == ""


@pytest.mark.parametrize(
    ("name", "value", "becomes"),
    [
        ("page", "0", 1),
        ("page", "-1", 1),
        ("page", "abc", 1),
        ("page", "1.5", 1),
        ("page", "²", 1),
        ("page", "٣", 1),
        ("page", "9" * 5000, 1000),
        ("limit", "0", 10),
        ("limit", "101", MAX_LIMIT),
        ("limit", "1e9", 10),
        ("sort", "random", "relevance"),
        ("map", "old", "then"),
        ("widen", "maybe", False),
        ("gen", "0", None),
        ("gen", "7000012.x", None),
    ],
)
def test_a_value_that_makes_no_sense_is_left_out_and_named(name: str, value: str, becomes: object) -> None:
    wanted, named = parse((name, value))
    assert getattr(wanted, name) == becomes
    assert set(named) == {name}


def test_input_is_bounded() -> None:
    wanted, named = parse(("q", "a" * 10_000), *(("year", str(y)) for y in range(1000)))
    assert len(wanted.q) == MAX_QUERY
    assert len(wanted.chosen("year")) == MAX_VALUES
    assert named == ["q", "year"]


def test_paging_ends_at_a_stated_depth() -> None:
    wanted, named = parse(("page", "900"), ("limit", "100"))
    assert wanted.page == MAX_DEPTH // 100
    assert named == ["page"]


def test_unknown_parameters_are_named() -> None:
    assert parse(("q", "a"), ("provinces", "b")) == (saved(q="a"), ["provinces"])


def test_a_change_goes_back_to_the_first_page_and_to_the_present() -> None:
    wanted = saved(q="a", year=("2022", "2023"), page=7, gen=Mark(7000012, 3))
    assert wanted.without("year", "2022") == saved(q="a", year=("2023",))
    assert wanted.without("year") == saved(q="a")
    assert wanted.having("year", "2021").chosen("year") == ("2021", "2022", "2023")
    assert wanted.having("off", "typing").off == ("typing",)
    assert wanted.changed(page=8).page == 8


def test_a_saved_search_finds_what_the_search_finds(sample_index: Any) -> None:
    engine = open_engine(sample_index)
    wanted, notices = SavedSearch.parse("q=quân&year=2022&sort=oldest&limit=5&off=typing")
    found = wanted.run(engine)
    same = search(engine, "quân", filters={"year": ["2022"]}, sort="oldest", limit=5, off=("typing",))
    assert notices == () and found.total and found.hits == same.hits and found.facets == same.facets


def test_counting_finds_as_many_articles_and_the_facets_asked_for(sample_index: Any) -> None:
    engine, wanted = open_engine(sample_index), saved(q="quân", page=3)
    counted = wanted.count(engine, (("year", 50),))
    assert counted.total == wanted.run(engine).total and [facet.name for facet in counted.facets] == ["year"]


def test_the_provinces_of_a_result_follow_the_map(sample_index: Any) -> None:
    engine = open_engine(sample_index)
    names = {map: {facet.name for facet in saved(map=map).run(engine).facets} for map in ("then", "now")}
    assert names["then"] - names["now"] == {"province"} and names["now"] - names["then"] == {"now"}


@pytest.mark.parametrize(("typed", "key"), [("kon tum", "Kon Tum"), ("Kon Tum", "Kon Tum")])
def test_filters_become_the_keys_of_the_index(sample_index: Any, typed: str, key: str) -> None:
    engine, wanted = open_engine(sample_index), saved(province=(typed,), page=2)
    assert wanted.with_keys_of(wanted.count(engine).query) == saved(province=(key,), page=2)
