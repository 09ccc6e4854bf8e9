"""The parameters of a request become the saved search; files and the API refuse what pages leave out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Request as WsgiRequest

from indexer.search.parameters import PARAMETERS
from indexer.search.saved_search import SavedSearch
from search_app.web import params
from search_app.web.error_pages import BadRequest
from tests.search.test_saved_search import searches


def arguments(query_string: str) -> MultiDict[str, str]:
    """The arguments as a server would read them from the address."""
    return WsgiRequest({"QUERY_STRING": query_string, "REQUEST_METHOD": "GET", "wsgi.url_scheme": "http"}).args


@settings(deadline=None)  # a busy machine is no failure
@given(searches)
def test_every_address_round_trips(search):
    assert params.read(arguments(search.query_string())) == (search, ())


@settings(deadline=None)  # a busy machine is no failure
@given(searches)
def test_an_address_is_plain_ascii_as_a_browser_sends_it(search):
    assert iri_to_uri(search.query_string()) == search.query_string()


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.tuples(st.sampled_from([*PARAMETERS, "utm_source"]), st.text(max_size=50)), max_size=12))
def test_a_request_is_read_as_its_query_string_is(pairs):
    search, notices = params.read(MultiDict(pairs))
    assert (search, notices) == SavedSearch.from_pairs(pairs)


@pytest.mark.parametrize(("query_string", "refused"), [
    ("q=a&provinces=b", {"provinces"}),
    ("page=0", {"page"}),
    ("sort=best&widen=maybe", {"sort", "widen"}),
    ("q=a&find=b", {"find"}),
])  # fmt: skip
def test_what_a_page_leaves_out_a_file_refuses(query_string, refused):
    params.read(arguments(query_string))
    with pytest.raises(BadRequest) as error:
        params.read_strictly(arguments(query_string))
    assert error.value.problems.keys() == refused


def test_a_route_may_have_parameters_of_its_own():
    assert params.read_strictly(arguments("q=a&person=b"), ("person",)) == SavedSearch(q="a")
