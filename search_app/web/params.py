"""The address of a search: a URL's query string to a Request, and back. All deciding about input happens here.

Pages are lenient: a value that makes no sense is left out and a notice says so. The API is strict: the same notices
become a 400, because a script that misspells a parameter should hear of it. Every Request round-trips through its
URL, in one canonical order of parameters, so that two people who choose the same get the same address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from werkzeug.datastructures import MultiDict

from indexer.model.facets import BY_PARAMETER
from indexer.search.changes_since import Mark
from indexer.search.query.days import FACET as DAY
from indexer.search.query.days import extent
from indexer.search.query.values import NOT_INFERRED
from search_app.i18n import messages

MAX_QUERY = 500
MAX_VALUE = 200
MAX_VALUES = 40
MAX_LIMIT = 100
MAX_DEPTH = 10_000
DEFAULT_LIMIT = 10
SORTS = ("relevance", "newest", "oldest")
MAPS = ("then", "now")
MARK = re.compile(r"([1-9][0-9]{0,11})(?:\.(0|[1-9][0-9]{0,8}))?")  # a generation and how many articles it had

# The filters a URL may carry and the facet each one chooses in, in the order of the URL and of the page.
FILTERS = {parameter: spec.name for parameter, spec in BY_PARAMETER.items()}
Choices = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What a reader asks for. Lists are without repeats and sorted; `off` names readings switched off;
    `page` counts from 1.

    `choices` are the chosen values by parameter of their facet, in the order of FILTERS, without empty ones: see
    `chosen`, and give them to `changed` by their names: Request().changed(province=("Gia Lai",)).
    `no_inferred` leaves out articles whose date is inferred. `from_` and `to` bound the day of publication: ISO days,
    both included, "" open; in the address from and to. `widen` takes the matches with other accents into the total.
    `map` says which provinces the page lists: those of the day of publication or the present ones. `gen` is what a
    permanent link remembers of its result: 7000012.35, the index generation and how many articles it had.
    """

    q: str = ""
    choices: Choices = ()
    no_inferred: bool = False
    from_: str = ""
    to: str = ""
    off: tuple[str, ...] = ()
    widen: bool = False
    map: str = "then"
    sort: str = "relevance"
    page: int = 1
    limit: int = DEFAULT_LIMIT
    gen: Mark | None = None

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The chosen values by facet name; facets without a choice are left out."""
        chosen = {FILTERS[name]: values for name, values in self.choices}
        chosen |= {"dated": NOT_INFERRED} if self.no_inferred else {}
        return chosen | ({DAY: (f"{self.from_}..{self.to}",)} if self.from_ or self.to else {})

    @property
    def unfiltered(self) -> Request:
        """The same request without any filter."""
        return self.changed(choices=(), no_inferred=False, from_="", to="")

    def chosen(self, name: str) -> tuple[str, ...]:
        """The values chosen by the parameter `name`."""
        return dict(self.choices).get(name, ())

    def changed(self, **changes: Any) -> Request:
        """The same request with `changes`: from its first page unless `page` is given, of today unless `gen` is.

        A parameter of FILTERS takes the values to choose there.
        """
        choices = dict(changes.pop("choices", self.choices)) | {n: changes.pop(n) for n in [*changes] if n in FILTERS}
        kept = tuple((name, tuple(choices[name])) for name in FILTERS if choices.get(name))
        return replace(self, **{"page": 1, "gen": None, "choices": kept, **changes})

    def without(self, name: str, *values: str) -> Request:
        """The same request with `values` of the list `name` taken out (all of them when none is given)."""
        left = tuple(v for v in self.listed(name) if values and v not in values)
        return self.changed(**{name: left})

    def having(self, name: str, *values: str) -> Request:
        """The same request with `values` added to the list `name`."""
        return self.changed(**{name: tuple(sorted({*self.listed(name), *values}))})

    def listed(self, name: str) -> tuple[str, ...]:
        """The list `name`: the values of a filter, or the readings switched off."""
        return self.off if name == "off" else self.chosen(name)

    def pairs(self, **changes: Any) -> list[tuple[str, str]]:
        """The URL parameters with `changes`, in canonical order, without those at their default."""
        values = said_by(self) | changes
        rows = ((name, values[name]) for name in sorted(values, key=ORDER.__getitem__))
        return [(name.rstrip("_"), text) for name, value in rows if value != USUAL[name] for text in written(value)]

    def query_string(self, **changes: Any) -> str:
        """The same as they stand in an address."""
        return "&".join([f"{name}={quoted(value)}" for name, value in self.pairs(**changes)])


OWN = {field.name: field.default for field in fields(Request) if field.name not in ("q", "choices")}
USUAL: dict[str, Any] = {"q": "", **dict.fromkeys(FILTERS, ()), **OWN}
ORDER = {name: number for number, name in enumerate(USUAL)}


@lru_cache(maxsize=100)
def said_by(wanted: Request) -> dict[str, Any]:
    """What a request says: its values that are not at their default. A page asks for some fifty addresses like it."""
    own = {name: value for name, usual in OWN.items() if (value := getattr(wanted, name)) != usual}
    return {"q": wanted.q, **dict(wanted.choices), **own}


quoted = lru_cache(maxsize=5_000)(quote_plus)


@dataclass(frozen=True, slots=True)
class Notice:
    """A parameter that could not be taken as given, and what was done about it, in a sentence to show."""

    parameter: str
    text: str


def written(value: Any) -> list[str]:
    if isinstance(value, tuple):
        return list(value)
    return ["1" if value is True else str(value)]


def read(args: MultiDict[str, str]) -> tuple[Request, list[Notice]]:
    """The Request in `args` and a notice for each value that could not be taken as given. Never fails."""
    values: dict[str, Any] = {}
    notices: list[Notice] = []
    for name, reader in READERS.items():
        given = [clean for v in args.getlist(name) if (clean := tidy(v))]
        if given:
            values[FIELD_OF.get(name, name)], why = reader(given)
            notices += [Notice(name, text) for text in why]
    request = Request().changed(**{name: value for name, value in values.items() if value is not None})
    return within_depth(request, notices), notices


def unknown(args: Mapping[str, Any]) -> list[Notice]:
    """A notice for each parameter this site does not know; the API refuses them."""
    return [Notice(name, messages.UNKNOWN_PARAMETER.format(name=name[:40])) for name in args if name not in READERS]


def tidy(value: str) -> str:
    """NFC and single spaces, so that one choice has one address; how Vietnamese compares is the search's business."""
    return " ".join(unicodedata.normalize("NFC", value).split())


# --- one reader a kind of value: the strings given -> the value (None: the default) and what to say about it -----

Read = tuple[Any, Sequence[str]]


def read_query(given: list[str]) -> Read:
    text = " ".join(given)
    if len(text) <= MAX_QUERY:
        return text, []
    return text[:MAX_QUERY].strip(), [messages.QUERY_CUT.format(limit=MAX_QUERY)]


def read_list(given: list[str]) -> Read:
    short = sorted({v for v in given if len(v) <= MAX_VALUE})
    why = [messages.VALUE_TOO_LONG] * any(len(v) > MAX_VALUE for v in given)
    why += [messages.TOO_MANY_VALUES.format(limit=MAX_VALUES)] * (len(short) > MAX_VALUES)
    return tuple(short[:MAX_VALUES]), why


def read_flag(given: list[str]) -> Read:
    known = {"1": True, "true": True, "0": False, "false": False}
    value = known.get(given[-1].lower())
    return value, [messages.NOT_A_FLAG.format(value=given[-1][:40])] * (value is None)


def bound(end: int) -> Callable[[list[str]], Read]:
    """A reader of a date, 1/7/2025 or 2025-07 or 2025, which becomes its first day (`end` 0) or its last (1)."""

    def read_bound(given: list[str]) -> Read:
        found = extent(given[-1])
        return (found[end] if found else None), [messages.NOT_A_DATE.format(value=given[-1][:40])] * (found is None)

    return read_bound


def one_of(*known: str) -> Callable[[list[str]], Read]:
    """A reader of one of the `known` words."""

    def read_word(given: list[str]) -> Read:
        if given[-1] in known:
            return given[-1], []
        return None, [messages.NOT_A_CHOICE.format(value=given[-1][:40], known=", ".join(known))]

    return read_word


def read_mark(given: list[str]) -> Read:
    held = MARK.fullmatch(given[-1])
    if held is None:
        return None, [messages.NOT_A_MARK.format(value=given[-1][:40])]
    return Mark(int(held[1]), None if held[2] is None else int(held[2])), []


def number(name: str, high: int) -> Callable[[list[str]], Read]:
    """A reader of whole numbers from 1 to `high`; a larger one becomes `high`, anything else the default."""

    def read_number(given: list[str]) -> Read:
        text = given[-1]
        if not (text.isascii() and text.isdigit() and text.strip("0")):
            return None, [messages.NOT_A_NUMBER.format(name=name, value=text[:40], high=high)]
        if len(text.lstrip("0")) > len(str(high)) or int(text) > high:
            return high, [messages.TOO_LARGE.format(name=name, high=high)]
        return int(text), []

    return read_number


FIELD_OF = {"from": "from_"}  # the fields whose parameter is a word of Python
READERS: dict[str, Callable[[list[str]], Read]] = {
    "q": read_query,
    **dict.fromkeys(FILTERS, read_list),
    "no_inferred": read_flag,
    "from": bound(0),
    "to": bound(1),
    "off": read_list,
    "widen": read_flag,
    "map": one_of(*MAPS),
    "sort": one_of(*SORTS),
    "page": number("page", MAX_DEPTH),
    "limit": number("limit", MAX_LIMIT),
    "gen": read_mark,
}


def within_depth(request: Request, notices: list[Notice]) -> Request:
    """Paging ends at MAX_DEPTH articles: whoever needs more narrows the search or takes the results away as a file."""
    last = max(1, MAX_DEPTH // request.limit)
    if request.page <= last:
        return request
    notices.append(Notice("page", messages.TOO_DEEP.format(depth=MAX_DEPTH)))
    return replace(request, page=last)
