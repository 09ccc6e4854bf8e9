"""Every address of a search reads back as what it was written from, and nothing typed into one breaks it."""

from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Request as WsgiRequest

from indexer.search.changes_since import Mark
from search_app.web import params
from search_app.web.params import MAX_DEPTH, MAX_LIMIT, MAX_QUERY, MAX_VALUES, READERS, SORTS, Request, read, tidy

values = st.lists(st.text(min_size=1, max_size=30).map(tidy).filter(bool), max_size=4).map(
    lambda items: tuple(sorted(set(items)))
)


def request(**said: Any) -> Request:
    return Request().changed(**said)


requests = st.builds(
    request,
    q=st.text(max_size=80).map(tidy),
    province=values,
    province_now=values,
    year=values,
    official=values,
    off=values,
    widen=st.booleans(),
    sort=st.sampled_from(SORTS),
    page=st.integers(1, MAX_DEPTH // MAX_LIMIT),
    limit=st.integers(1, MAX_LIMIT),
    gen=st.none() | st.builds(Mark, st.integers(1, 10**12 - 1), st.none() | st.integers(0, 10**9 - 1)),
)


def arguments(query_string: str) -> MultiDict[str, str]:
    """The arguments as a server would read them from the address."""
    return WsgiRequest({"QUERY_STRING": query_string, "REQUEST_METHOD": "GET", "wsgi.url_scheme": "http"}).args


@given(requests)
def test_every_address_round_trips(wanted):
    assert read(arguments(wanted.query_string())) == (wanted, [])


@given(requests)
def test_an_address_is_plain_ascii_as_a_browser_sends_it(wanted):
    assert iri_to_uri(wanted.query_string()) == wanted.query_string()


@given(st.lists(st.tuples(st.sampled_from([*READERS, "utm_source"]), st.text(max_size=50)), max_size=12))
def test_any_arguments_give_a_request_that_round_trips(pairs):
    wanted, _ = read(MultiDict(pairs))
    assert read(arguments(wanted.query_string())) == (wanted, [])


@given(requests, st.randoms())
def test_the_order_of_parameters_does_not_matter(wanted, random):
    pairs = wanted.pairs()
    random.shuffle(pairs)
    assert read(MultiDict(pairs))[0] == wanted


def test_the_same_choice_has_the_same_address():
    one = read(MultiDict([("year", "2023"), ("q", "diễn  tập"), ("year", "2022"), ("year", "2022")]))[0]
    assert one.query_string() == "q=di%E1%BB%85n+t%E1%BA%ADp&year=2022&year=2023"


def test_nfd_input_has_the_address_of_nfc():
    assert read(MultiDict({"q": normalize("NFD", "hòa")})) == read(MultiDict({"q": "hòa"}))


def test_defaults_are_left_out_of_the_address():
    assert Request().query_string() == ""


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
        ("widen", "maybe", False),
        ("gen", "0", None),
        ("gen", "7000012.x", None),
    ],
)
def test_a_value_that_makes_no_sense_is_left_out_and_named(name, value, becomes):
    wanted, notices = read(MultiDict({name: value}))
    assert getattr(wanted, name) == becomes
    assert {n.parameter for n in notices} == {name}


def test_input_is_bounded():
    wanted, notices = read(MultiDict([("q", "a" * 10_000), *(("year", str(y)) for y in range(1000))]))
    assert len(wanted.q) == MAX_QUERY
    assert len(wanted.chosen("year")) == MAX_VALUES
    assert [n.parameter for n in notices] == ["q", "year"]


def test_paging_ends_at_a_stated_depth():
    wanted, notices = read(MultiDict({"page": "900", "limit": "100"}))
    assert wanted.page == MAX_DEPTH // 100
    assert [n.parameter for n in notices] == ["page"]


def test_unknown_parameters_are_named():
    assert [n.parameter for n in params.unknown(MultiDict({"q": "a", "provinces": "b"}))] == ["provinces"]


def test_a_change_goes_back_to_the_first_page_and_to_the_present():
    wanted = request(q="a", year=("2022", "2023"), page=7, gen=Mark(7000012, 3))
    assert wanted.without("year", "2022") == request(q="a", year=("2023",))
    assert wanted.without("year") == Request(q="a")
    assert wanted.having("year", "2021").chosen("year") == ("2021", "2022", "2023")
    assert wanted.changed(page=8).page == 8
