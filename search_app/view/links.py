"""Links to searches: their addresses in the language of the request, and the links that remove what is chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.model import Results
from indexer.model.facets import BY_NAME, BY_PARAMETER
from indexer.search.labels import UNKNOWN, label
from indexer.search.parameters import DEFAULT_LIMIT, FILTERS
from indexer.search.provinces import gazetteer, present
from indexer.search.query.days import FACET as DAY
from indexer.search.saved_search import SavedSearch
from search_app.i18n import messages
from search_app.i18n.language import current
from search_app.view.filters import day

PARAMETERS = {facet: name for name, facet in FILTERS.items()}


@dataclass(frozen=True, slots=True)
class Link:
    """A text and the address it leads to; `href` is None for a text that leads nowhere."""

    text: str
    href: str | None = None
    current: bool = False


def search_url(search: SavedSearch, **changes: Any) -> str:
    """The address of the result page of `search` with `changes`."""
    return url("/search", search, **changes)


def url(path: str, search: SavedSearch, **changes: Any) -> str:
    """The address of `search` with `changes` at `path`; page 1 if anything is changed and no page is given."""
    query, path = search.query_string(**({"page": 1} | changes if changes else {})), current().prefix + path
    return f"{path}?{query}" if query else path


def plain_url(path: str, search: SavedSearch) -> str:
    """The same without sort and page, for pages that list no articles."""
    return url(path, search, limit=DEFAULT_LIMIT, sort="relevance")


def fields_of(filters: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Filters by facet as the fields of a saved search."""
    chosen: dict[str, object] = {
        PARAMETERS[facet]: tuple(sorted(keys)) for facet, keys in filters.items() if facet in PARAMETERS}
    if DAY in filters:
        chosen["from_"], chosen["to"] = filters[DAY][0].split("..")
    return chosen


def kept(search: SavedSearch, results: Results, controlled: Collection[str] = ()) -> list[tuple[str, str]]:
    """The parameters that the search form must carry along: those without a control of their own on the page.

    `controlled` names more parameters that the page has a control for.
    """
    controls = {(PARAMETERS.get(f.name), v.value) for f in results.facets for v in f.values}
    controls |= {("no_inferred", "1")} if any(facet.name == "dated" for facet in results.facets) else set()
    own = {"q", "page", "gen", *controlled}
    return [pair for pair in search.pairs() if pair[0] not in own and pair not in controls]


def without_query(search: SavedSearch) -> list[tuple[str, str]]:
    """All parameters of `search` but its text, for a form that has a field for that alone."""
    return [pair for pair in search.pairs() if pair[0] != "q"]


def filter_links(search: SavedSearch, path: str) -> list[Link]:
    """Everything that narrows `search`, each leading to the same page without it."""
    return [*chosen(search, path), *bounds(search, path)]


def chosen(search: SavedSearch, path: str = "/search") -> list[Link]:
    """A link for each chosen value, to the same search at `path` without it."""
    links = [
        Link(messages.CHOSEN.format(BY_PARAMETER[name].label, label(FILTERS[name], value)),
             url(path, search.without(name, value)))
        for name, values in search.choices
        for value in values
    ]
    if search.no_inferred:
        links.append(Link(messages.NO_INFERRED, url(path, search.changed(no_inferred=False))))
    return links


def bounds(search: SavedSearch, path: str = "/search") -> list[Link]:
    """A link for each bound on the day of publication, to the same search at `path` without it."""
    given = ((messages.FROM, "from_", search.from_), (messages.TO, "to", search.to))
    return [Link(messages.CHOSEN.format(BY_NAME["day"].label, text.format(day(iso))),
                 url(path, search.changed(**{name: ""})))
            for text, name, iso in given if iso]


def map_links(path: str, search: SavedSearch) -> list[Link]:
    """`search` at `path` by each of the two maps of provinces. Chosen provinces become those of the other map."""
    return [Link(text, url(path, search if map == search.map else on_map(search, map)), map == search.map)
            for map, text in messages.MAPS.items()]


def on_map(search: SavedSearch, map: str) -> SavedSearch:
    """`search` by the provinces of another map: Kon Tum becomes Quảng Ngãi, and that Kon Tum and Quảng Ngãi."""
    then, now = search.chosen("province"), search.chosen("province_now")
    if map == "now":
        present_names = {present_name(name) for name in then}
        return search.changed(map=map, province=(), province_now=tuple(sorted({*now, *present_names})))
    former = {name for key in now for name in former_names(key)}
    return search.changed(map=map, province_now=(), province=tuple(sorted({*then, *former})))


def present_name(key: str) -> str:
    """The present province of a key; the unknown stays unknown."""
    return key if key == UNKNOWN else present(key) or key


def former_names(key: str) -> list[str]:
    """The provinces of all times that the present province `key` is made of, itself included; an unknown key alone."""
    return [name for name in gazetteer().eras if present(name) == key] or [key]


def view_links(search: SavedSearch, here: str = "") -> list[Link]:
    """The ways to look at a result: list, timeline, map, …; the one at the path `here` is the current one.

    A concordance needs words to look for.
    """
    query = plain_url("", search).removeprefix(current().prefix)
    return [Link(text, current().prefix + path + query, path == here) for path, text in messages.VIEWS.items()
            if search.q or path != "/kwic"]
