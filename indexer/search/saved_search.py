"""The saved form of a search: everything a reader chose, as one value that a URL query string can hold.

The site, alerts and other front ends share it: `SavedSearch.parse` reads a query string, `query_string` writes it,
`run` searches. It knows nothing of HTTP. Every value round-trips, in one canonical order of parameters, so that two
readers who choose the same get the same query string.

Parsing never fails. A value that makes no sense is left out or cut, and a Notice says so; the caller decides whether
that is an error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from math import inf
from typing import Any
from urllib.parse import parse_qsl, quote_plus

from indexer.engine.port import Engine
from indexer.model import Query, Results
from indexer.search.changes_since import Mark
from indexer.search.parameters import (
    DEFAULT_LIMIT,
    FIELD_OF,
    FILTERS,
    MAX_DEPTH,
    MAX_VALUES,
    PARAMETERS,
    TOO_DEEP,
    Notice,
    tidy,
    unknown,
)
from indexer.search.query.days import FACET as DAY
from indexer.search.query.values import NOT_INFERRED
from indexer.search.service import FACETS, search

Choices = tuple[tuple[str, tuple[str, ...]], ...]
Parsed = tuple["SavedSearch", tuple[Notice, ...]]


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search with all its options. Lists are sorted and without repeats.

    q            the query text
    choices      the chosen filter values: (parameter, values) in the order of FILTERS, without empty ones; read them
                 with `chosen`, set them by name: SavedSearch().changed(province=("Gia Lai",))
    no_inferred  leave out articles whose date is inferred
    from_, to    first and last day of publication, ISO days, both included; "" is open; named from and to in a URL
    off          kinds of interpretations that must not be applied
    widen        count matches with other accents in the result
    map          which provinces the result counts: "then" at publication or "now"
    sort         relevance, newest or oldest
    page, limit  which page, counting from 1, and how many articles it has
    gen          what a permanent link remembers: the index generation and how many articles it had (7000012.35)
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

    @classmethod
    def parse(cls, query_string: str) -> Parsed:
        """The search in a URL query string ("q=quân&year=2022"), and a notice for each part not taken as given."""
        pairs = parse_qsl(query_string.removeprefix("?"), keep_blank_values=True)
        saved, notices = cls.from_pairs(pairs)
        return saved, (*notices, *unknown(name for name, _ in pairs))

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Parsed:
        """The same from decoded (name, value) pairs. Unknown names are ignored; `unknown` gives notices for them."""
        given = defaultdict(list)
        for name, value in pairs:
            if clean := tidy(value):
                given[name].append(clean)
        values: dict[str, Any] = {}
        notices: list[Notice] = []
        for name in PARAMETERS:
            if name in given:
                values[FIELD_OF.get(name, name)], problems = PARAMETERS[name](given[name])
                notices += [Notice(name, text) for text in problems]
        saved = cls().changed(**{name: value for name, value in values.items() if value is not None})
        return within_depth(saved, notices)

    def run(
        self, engine: Engine, *, facets: tuple[tuple[str, int], ...] | None = None, brief: bool = False,
        near_up_to: float = inf, advise: bool = True,
    ) -> Results:
        """Search. `facets`, `brief`, `near_up_to` and `advise` as in `service.search`; the default facets suit `map`.

        Raises what the engine raises.
        """
        facets = self.facets if facets is None else facets
        return search(engine, self.q, filters=self.filters, sort=self.sort, page=self.page, limit=self.limit,
                      off=self.off, widen=self.widen, facets=facets, brief=brief, near_up_to=near_up_to,
                      advise=advise)

    def count(self, engine: Engine, facets: tuple[tuple[str, int], ...] = ()) -> Results:
        """The total, the interpreted query and the counts of `facets`, for pages that list no articles."""
        return self.changed(limit=1).run(engine, facets=facets, near_up_to=0, advise=False)

    @property
    def facets(self) -> tuple[tuple[str, int], ...]:
        """The facets of a result page, (name, how many values): provinces by the map that was chosen."""
        return tuple(("now" if name == "province" and self.map == "now" else name, count) for name, count in FACETS)

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The chosen values by facet name; facets without a choice are left out."""
        chosen = {FILTERS[name]: values for name, values in self.choices}
        chosen |= {"dated": NOT_INFERRED} if self.no_inferred else {}
        return chosen | ({DAY: (f"{self.from_}..{self.to}",)} if self.from_ or self.to else {})

    @property
    def unfiltered(self) -> SavedSearch:
        """The same search without any filter."""
        return self.changed(choices=(), no_inferred=False, from_="", to="")

    def chosen(self, name: str) -> tuple[str, ...]:
        """The values chosen by the parameter `name`."""
        return dict(self.choices).get(name, ())

    def changed(self, **changes: Any) -> SavedSearch:
        """The same search with `changes`: from page 1 unless `page` is given, without `gen` unless that is given.

        A parameter of FILTERS takes the values to choose there.
        """
        choices = dict(changes.pop("choices", self.choices)) | {n: changes.pop(n) for n in [*changes] if n in FILTERS}
        kept = tuple((name, tuple(choices[name])) for name in FILTERS if choices.get(name))
        return replace(self, **{"page": 1, "gen": None, "choices": kept, **changes})

    def without(self, name: str, *values: str) -> SavedSearch:
        """The same search with `values` of the list `name` taken out (all of them when none is given)."""
        left = tuple(v for v in self.listed(name) if values and v not in values)
        return self.changed(**{name: left})

    def having(self, name: str, *values: str) -> SavedSearch:
        """The same search with `values` added to the list `name`."""
        return self.changed(**{name: tuple(sorted({*self.listed(name), *values}))})

    def listed(self, name: str) -> tuple[str, ...]:
        """The list `name`: the values of a filter, or the interpretations switched off."""
        return self.off if name == "off" else self.chosen(name)

    def with_keys_of(self, query: Query) -> SavedSearch:
        """The same search with its filters as the index knows them: "kon tum" becomes Kon Tum.

        `query` is the interpreted query of this search. A name with more than MAX_VALUES keys stays as typed.
        """
        keys = {f.facet: f.keys for f in query.filters if len(f.keys) <= MAX_VALUES}
        changes = {name: tuple(sorted(keys[facet])) for name, facet in FILTERS.items() if facet in keys}
        return self.changed(page=self.page, **changes)

    def pairs(self, **changes: Any) -> list[tuple[str, str]]:
        """The parameters with `changes`, in canonical order, without those at their default."""
        values = given_values(self) | changes
        rows = ((name, values[name]) for name in sorted(values, key=ORDER.__getitem__))
        return [(name.rstrip("_"), text) for name, value in rows if value != DEFAULTS[name] for text in written(value)]

    def query_string(self, **changes: Any) -> str:
        """The same as a URL query string, plain ASCII."""
        return "&".join([f"{name}={quoted(value)}" for name, value in self.pairs(**changes)])


OWN = {field.name: field.default for field in fields(SavedSearch) if field.name not in ("q", "choices")}
DEFAULTS: dict[str, Any] = {"q": "", **dict.fromkeys(FILTERS, ()), **OWN}
ORDER = {name: number for number, name in enumerate(DEFAULTS)}


@lru_cache(maxsize=100)
def given_values(saved: SavedSearch) -> dict[str, Any]:
    """The values that are not at their default. Cached: a page asks for some fifty query strings of one search."""
    own = {name: value for name, default in OWN.items() if (value := getattr(saved, name)) != default}
    return {"q": saved.q, **dict(saved.choices), **own}


quoted = lru_cache(maxsize=5_000)(quote_plus)


def written(value: Any) -> list[str]:
    """A field's value as parameter values: one for each element of a list, "1" for True."""
    if isinstance(value, tuple):
        return list(value)
    return ["1" if value is True else str(value)]


def within_depth(saved: SavedSearch, notices: Sequence[Notice]) -> Parsed:
    """The search with its page inside the first MAX_DEPTH articles of the result."""
    last = max(1, MAX_DEPTH // saved.limit)
    if saved.page <= last:
        return saved, tuple(notices)
    return replace(saved, page=last), (*notices, Notice("page", TOO_DEEP.format(depth=MAX_DEPTH)))
