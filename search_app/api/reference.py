"""/api: the API as a page to read, with examples that answer."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from flask import Blueprint, Response

from indexer.model import Message, Query
from indexer.model.errors import QuocphongError
from search_app.api.route import Parameter, Route
from search_app.api.table import ROUTES
from search_app.i18n.language import current
from search_app.i18n.problem_messages import KINDS
from search_app.view.page import page_without_index
from search_app.view.people import all_people
from search_app.view.provinces import slug
from search_app.web.archive import archive

blueprint = Blueprint("api_page", __name__)

FALLBACK = {"word": "quân", "other": "dân", "id": "", "key": "", "slug": "gia-lai"}


@dataclass(frozen=True, slots=True)
class RouteShown:
    """A route as the page shows it: the address of an example that answers ("" for none), and its parameters.

    `search` says whether it also takes the parameters that choose articles, which stand once above all routes.
    """

    path: str
    summary: Message
    example: str
    parameters: tuple[Parameter, ...]
    searches: bool


@blueprint.get("/api")
def page() -> Response:
    """The page. It needs no index; with one its examples lead to articles and people that are there."""
    values = examples()
    shown = [route_shown(route, values) for route in ROUTES]
    search = next(route for route in ROUTES if route.searches)
    chosen = [each for each in search.parameters if each not in search.own]
    return page_without_index("api.html", routes=shown, chosen=chosen, kinds=KINDS)


def route_shown(route: Route, values: dict[str, str]) -> RouteShown:
    """A route with its example, "" where the archive has nothing to fill in. What all searches take is not listed."""
    own = tuple(each for each in route.parameters if not route.searches or each in route.own)
    example = route.example
    for name, value in values.items():
        example = example.replace(f"{{{name}}}", quote_plus(value) if "?" in example else quote(value))
    if any(f"{{{name}}}" in route.example and not value for name, value in values.items()):
        example = ""
    return RouteShown(route.path, route.summary, example and current().prefix + example, own, route.searches)


def examples() -> dict[str, str]:
    """What fills in the examples: the newest article, a person and a province that the archive has."""
    try:
        engine = archive().engine()
        newest = [hit.id for hit in engine.find(Query(sort="newest", limit=1)).hits]
        people = [person.id for person in list(all_people())[:1]]
        provinces = [slug(value.value) for value in archive().overview().provinces[:1] if value.value != "?"]
    except QuocphongError:
        return FALLBACK
    found = {"id": newest, "key": people, "slug": provinces}
    return FALLBACK | {name: values[0] for name, values in found.items() if values}
