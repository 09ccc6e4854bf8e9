"""The page of one facet, /facet/<name>: all its values, to find, order and page through.

One form holds the search and the ticked values, so that they stay while the reader looks for more. Enter looks among
the values; the button Áp dụng leads to the result page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, request
from werkzeug.datastructures import MultiDict

from indexer.model import Facet, FacetValue, Message
from indexer.model.facets import BY_NAME
from indexer.search.parameters import FILTERS, tidy
from indexer.search.vietnamese import fold, given_name_key, normalize, vietnamese_key
from search_app.i18n.language import say
from search_app.view import links
from search_app.view.filters import body_of
from search_app.view.page import page_response
from search_app.web import params
from search_app.web.archive import archive
from search_app.web.params import number_within

blueprint = Blueprint("facet_values", __name__)

ALL_VALUES = 1_000_000  # no archive has so many
LISTED = 100  # values on a page
ORDERS = {"count": Message("nhiều bài trước"), "name": Message("theo vần")}
BY_GIVEN_NAME = Message("theo vần của tên gọi")
PERIOD = ("from", "to")  # the page of the years has fields for them


@dataclass(frozen=True, slots=True)
class FacetPageRequest:
    """Which values to show: those that hold `find`, in the order `order`, page `at`, counting from 1."""

    find: str = ""
    order: str = "count"
    at: int = 1


@dataclass(frozen=True, slots=True)
class FacetPage:
    """The values of one page: `facet` holds them, `found` counts all that hold the text, `last` is the last page."""

    facet: Facet
    found: int
    last: int
    at: int


@blueprint.get("/facet/<name>")
def page(name: str) -> Response:
    """The page. ?find=, ?order= and ?at= beside the parameters of /search; 404 for an unknown facet."""
    if name not in FILTERS:
        abort(404)
    search, wanted = params.read(request.args)[0], read(request.args)
    results = search.count(archive().engine(), ((FILTERS[name], ALL_VALUES),))
    search = search.with_keys_of(results.query)
    every = results.facets[0]
    shown = page_of(every, wanted)
    kept = links.kept(search, replace(results, facets=(shown.facet,)), PERIOD if name == "year" else ())
    return page_response(
        "facet.html", search=search, facet=shown.facet, label=BY_NAME[every.name].label, parameter=name,
        wanted=wanted, shown=shown, all=len(every.values), orders=orders(every),
        kept=[("q", search.q), *kept] if search.q else kept, back=links.search_url(search),
    )  # fmt: skip


def read(args: MultiDict[str, str]) -> FacetPageRequest:
    """What `args` ask for; what makes no sense is left at its default."""
    order = args.get("order", "")
    return FacetPageRequest(tidy(args.get("find", ""))[:100], order if order in ORDERS else "count",
                            number_within(args.get("at", ""), 1, ALL_VALUES))  # fmt: skip


def page_of(facet: Facet, wanted: FacetPageRequest) -> FacetPage:
    """The page of the facet that is wanted, or the last one there is."""
    found = sorted(matching(facet, wanted.find), key=key_of(facet, wanted.order))
    last = max(1, -(-len(found) // LISTED))
    at = min(wanted.at, last)
    values = tuple(found[(at - 1) * LISTED : at * LISTED])
    return FacetPage(replace(facet, values=values), len(found), last, at)


def matching(facet: Facet, text: str) -> Sequence[FacetValue]:
    """The values whose label holds `text`, in any case; a text without accents matches any accents."""
    wanted = " ".join(normalize(text).lower().split())
    spelled: Callable[[str], str] = fold if fold(wanted) == wanted else str
    return [value for value in facet.values if wanted in spelled(full_label(facet, value).lower())]


def full_label(facet: Facet, value: FacetValue) -> str:
    """The label as the page shows it, with what tells namesakes apart."""
    return normalize(f"{say(value.label)} {body_of(facet.name, value.value)}")


def key_of(facet: Facet, order: str) -> Callable[[FacetValue], Any]:
    """The sort key: commonest first, or as in a Vietnamese dictionary; people by given name."""
    if order == "count":
        return lambda value: (-value.count, vietnamese_key(say(value.label).removeprefix("TP ")))
    if facet.name == "official":
        return lambda value: (given_name_key(value.label), value.value)
    return lambda value: vietnamese_key(say(value.label).removeprefix("TP "))


def orders(facet: Facet) -> dict[str, Message]:
    """The orders to choose from."""
    return ORDERS | ({"name": BY_GIVEN_NAME} if facet.name == "official" else {})
