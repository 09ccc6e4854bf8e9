"""A route of the API as a value: what it is called, takes and answers. The table of routes is made of these.

The routes of the application, the description in /openapi.json, the page /api and the tests all come from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response

from indexer.model import Message
from indexer.model.facets import BY_PARAMETER
from indexer.search.parameters import (
    DEFAULT_LIMIT,
    FILTERS,
    MAPS,
    MAX_DEPTH,
    MAX_LIMIT,
    MAX_QUERY,
    MAX_VALUE,
    MAX_VALUES,
    SORTS,
)
from indexer.search.saved_search import SavedSearch
from search_app.api.schema import FLAG, Json, choice, text, texts, whole

QUERY, PATH = "query", "path"
READ = (400, 414, 429, 503)  # how any route that reads the index may refuse


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter. `label` is for readers; `help` says more in English for programmers; `schema` is its values'."""

    name: str
    label: Message
    schema: Json
    help: str = ""
    place: str = QUERY
    required: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that passed the checks of its route.

    route   which route; `path` has what stands in the braces of its path
    search  of a route that takes the parameters of a search, else an empty one
    values  the values of the route's own parameters: a text, a number, or a tuple of texts; the default where none is
            given ("" for a text)
    offset  where the part that is asked for begins, by the cursor
    """

    route: Route
    path: Mapping[str, str]
    search: SavedSearch
    values: Mapping[str, Any]
    offset: int = 0

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Route:
    """A route.

    path        with its path parameters in braces: /api/articles/{id}
    summary     one sentence for readers; programs get it in English
    shape       the name of the answer's shape; `shapes` are the shapes this route brings along
    view        what answers, given what was asked; None for addresses that other modules serve
    parameters  all of them, those of a search first
    example     an address that answers on any archive: {word}, {id}, {key} and {slug} are filled in from it
    statuses    of the problems it may answer
    media       of the answer
    """

    path: str
    summary: Message
    shape: str
    view: Callable[[Asked], Response] | None
    parameters: tuple[Parameter, ...] = ()
    example: str = ""
    statuses: tuple[int, ...] = READ
    shapes: dict[str, Json] = field(default_factory=dict)
    media: tuple[str, ...] = ("application/json",)

    @property
    def rule(self) -> str:
        """The path as Flask has it. What stands in braces may hold slashes."""
        return self.path.replace("{", "<path:").replace("}", ">")

    @property
    def name(self) -> str:
        """A short name: articles_id of /api/articles/{id}."""
        return self.path.removeprefix("/api/").replace("/", "_").replace("{", "").replace("}", "")

    @property
    def searches(self) -> bool:
        """Whether it takes the parameters of a search."""
        return set(FILTERS) <= {each.name for each in self.parameters}

    @property
    def own(self) -> tuple[Parameter, ...]:
        """The parameters in its query string that are none of a search, or are read otherwise there."""
        search = SEARCH if self.searches else ()
        return tuple(each for each in self.parameters if each.place == QUERY and each not in search)


# --- the parameters of a search --------------------------------------------------------------------------

DAY_PATTERN = (
    "^([1-9][0-9]{3}(-(0?[1-9]|1[0-2])(-(0?[1-9]|1[0-9]|2[0-8]))?|-(0?[13-9]|1[0-2])-(29|30)|-(0?[13578]|1[02])-31)?"
    "|((0?[1-9]|1[0-9]|2[0-8])/(0?[1-9]|1[0-2])/|(29|30)/(0?[13-9]|1[0-2])/|31/(0?[13578]|1[02])/|(0?[1-9]|1[0-2])/)?"
    "[1-9][0-9]{3})?$")
DAY: Json = {"type": "string", "pattern": DAY_PATTERN,
             "description": "29 February in leap years too; empty for no bound."}
MARK: Json = {"type": "string", "pattern": r"^([1-9][0-9]{0,11}(\.(0|[1-9][0-9]{0,8})(-[0-9a-f]{4})?)?)?$"}
CHOSEN = texts(MAX_VALUE, MAX_VALUES)

Q = Parameter("q", Message("câu tìm"), text(MAX_QUERY),
              "The query language: docs/query-language.md. Without it, everything, newest first.")
CHOICES = tuple(Parameter(name, spec.label, CHOSEN, f"{spec.described}; repeat for OR.")
                for name, spec in BY_PARAMETER.items())
BOUNDS = (
    Parameter("from", Message("đăng từ ngày"), DAY,
              "First day of publication: 2025-07-01, 1/7/2025, 2025-07 or 2025. An article dated only to its month or"
              " year counts where all of that lies within the bounds."),
    Parameter("to", Message("đăng đến ngày"), DAY, "Last day of publication."),
    Parameter("no_inferred", Message("bỏ các bài có ngày đăng suy ra"), FLAG,
              "Leave out articles whose date is inferred from their text."),
)
OFF = Parameter("off", Message("những cách hiểu không được áp dụng"), CHOSEN,
                "Readings to leave out: the `kind` of `applied`.")
WIDEN = Parameter("widen", Message("tính cả bài khác dấu"), FLAG, "Take in matches with other accents.")
MAP = Parameter("map", Message("đếm theo tỉnh lúc đăng (then) hay hiện nay (now)"), choice(*MAPS, default=MAPS[0]),
                "Which provinces to count.")
SORT = Parameter("sort", Message("thứ tự"), choice(*SORTS, default=SORTS[0]))
PAGE = Parameter("page", Message("trang, đếm từ 1"), whole(1, MAX_DEPTH, 1),
                 "Counts from 1; page times limit ends at 10,000 articles. A cursor leads further.")
LIMIT = Parameter("limit", Message("số mục mỗi trang"), whole(1, MAX_LIMIT, DEFAULT_LIMIT))
GEN = Parameter("gen", Message("phần nhớ của liên kết cố định"), MARK,
                "What a permanent link remembers: the generation, after a point how many articles it had, and after a"
                " hyphen a checksum of both and of the search, without which the number is not believed. The answer is"
                " today's, with `since`.")
CURSOR = Parameter("cursor", Message("con trỏ tới phần sau, lấy từ “next”"), text(200),
                   "Where to go on: from `next` of the answer before, with the same other parameters. Opaque. 410 once"
                   " the index has changed.")

FOUND = (Q, *CHOICES, *BOUNDS, OFF, WIDEN, MAP)  # which articles
SEARCH = (*FOUND, SORT, PAGE, LIMIT, GEN)


def limit(most: int, default: int) -> Parameter:
    """The parameter `limit` of a list of its own."""
    return Parameter(LIMIT.name, LIMIT.label, whole(1, most, default))
