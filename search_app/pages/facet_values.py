"""All values of one facet, to choose from: /facet/<name> finds among them, orders them and deals them out in pages.

One form holds everything, so that what is ticked stays ticked while the reader looks for more; Enter looks among the
values, the button Áp dụng leads to the result page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, make_response, request
from werkzeug.datastructures import MultiDict

from indexer.model import Facet, FacetValue, Message
from indexer.model.facets import BY_NAME
from indexer.search.vietnamese import fold, given_name_key, normalize, vietnamese_key
from search_app.i18n.language import say
from search_app.pages.base import archive, show_page
from search_app.view import links
from search_app.view.filters import body_of
from search_app.web import params
from search_app.web.run_search import ask_facet, settled
from search_app.web.security_headers import conditional

choosing = Blueprint("choosing", __name__)

LISTED = 100  # values on a page
ORDERS = {"count": Message("nhiều bài trước"), "name": Message("theo vần")}
BY_GIVEN_NAME = Message("theo vần của tên gọi")
PERIOD = ("from", "to")  # the page of the years has fields for them


@dataclass(frozen=True, slots=True)
class Wish:
    """What to show of the values: those that hold `find`, in which order, and which page of them."""

    find: str = ""
    order: str = "count"
    at: int = 1


def read(args: MultiDict[str, str]) -> Wish:
    """The wish in `args`; what makes no sense is left at its default."""
    order, at = args.get("order", ""), args.get("at", "")[:6]
    return Wish(params.tidy(args.get("find", ""))[:100], order if order in ORDERS else "count",
                max(1, int(at)) if at.isascii() and at.isdigit() else 1)  # fmt: skip


@choosing.get("/facet/<name>")
def page(name: str) -> Response:
    """The page. ?find=, ?order= and ?at= beside the parameters of /search."""
    if name not in params.FILTERS:
        abort(404)
    wanted, wish = params.read(request.args)[0], read(request.args)
    engine = archive().engine()
    results = ask_facet(engine, wanted, params.FILTERS[name])
    wanted = settled(wanted, results)
    facet, found, wish = listed(results.facets[0], wish)
    carried = links.kept(wanted, replace(results, facets=(facet,)), PERIOD if name == "year" else ())
    html = show_page("facet.html", asked=wanted, facet=facet, label=BY_NAME[facet.name].label, parameter=name,
                     wish=wish, found=found, all=len(results.facets[0].values), orders=orders(facet),
                     last=last_page(found), kept=[*[("q", wanted.q)] * bool(wanted.q), *carried],
                     back=links.search(wanted))
    return conditional(make_response(html), engine.generation)


def listed(facet: Facet, wish: Wish) -> tuple[Facet, int, Wish]:
    """The page of the facet that is wished for, how many values were found, and the wish with the page there is."""
    found = sorted(matching(facet, wish.find), key=key_of(facet, wish.order))
    wish = replace(wish, at=min(wish.at, last_page(len(found))))
    start = (wish.at - 1) * LISTED
    return replace(facet, values=tuple(found[start : start + LISTED])), len(found), wish


def matching(facet: Facet, text: str) -> Sequence[FacetValue]:
    """The values whose label holds `text`, in any case; typed without accents it matches any accents."""
    wanted = " ".join(normalize(text).lower().split())
    spelled: Callable[[str], str] = fold if fold(wanted) == wanted else str
    return [value for value in facet.values if wanted in spelled(named(facet, value).lower())]


def named(facet: Facet, value: FacetValue) -> str:
    return normalize(f"{say(value.label)} {body_of(facet.name, value.value)}")


def key_of(facet: Facet, order: str) -> Callable[[FacetValue], Any]:
    """Commonest first, or as a Vietnamese dictionary has them; people by given name."""
    if order == "count":
        return lambda value: -value.count
    if facet.name == "official":
        return lambda value: (given_name_key(value.label), value.value)
    return lambda value: vietnamese_key(say(value.label).removeprefix("TP "))


def orders(facet: Facet) -> dict[str, Message]:
    return ORDERS | ({"name": BY_GIVEN_NAME} if facet.name == "official" else {})


def last_page(found: int) -> int:
    return max(1, -(-found // LISTED))
