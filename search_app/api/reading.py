"""Reading a request by the table of its route: what is unknown or makes no sense is refused by name, never ignored."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from indexer.model import Message, Query, UnknownValue
from indexer.search.archive import Engine
from indexer.search.parameters import NOT_A_CHOICE, tidy
from indexer.search.saved_search import SavedSearch
from indexer.search.unknown_values import unknown_values
from search_app.api.paging import offset_asked
from search_app.api.route import QUERY, Asked, Parameter, Route
from search_app.i18n.language import say
from search_app.view.links import PARAMETERS
from search_app.web import params
from search_app.web.error_pages import UNKNOWN_VALUE, BadRequest

NOT_WITHIN = Message("“{value}” không phải số dùng được cho {name}: cần số nguyên từ {low} đến {high}.")
TOO_LONG = Message("Giá trị của {name} dài quá {most} ký tự.")
TOO_MANY = Message("Tham số {name} chỉ được lặp lại tối đa {most} lần.")
MISSING = Message("Thiếu tham số {name}.")
SHOWN = 40  # characters of a wrong value that an answer repeats
MOST_DIGITS = 9


def read(route: Route, path: Mapping[str, str]) -> Asked:
    """What the request asks of `route`. Raises BadRequest for what makes no sense, CursorExpired for an old cursor."""
    known = [each.name for each in route.parameters if each.place == QUERY]
    params.refuse_unknown_names(request.args, known)
    search = searched(route)
    values = {each.name: value_of(each, given(each.name)) for each in route.own}
    return Asked(route, path, search, values, offset_asked() if "cursor" in values else 0)


def searched(route: Route) -> SavedSearch:
    """The search in the request. What the route reads itself is none of its parameters."""
    own = {each.name for each in route.own}
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] not in own]
    search, notices = params.read(MultiDict(pairs))
    if notices:
        raise BadRequest({notice.parameter: notice.text for notice in notices})
    return search


def given(name: str) -> list[str]:
    """The values of a parameter in the request; an empty one counts as left out."""
    return [value for each in request.args.getlist(name) if (value := tidy(each))]


def value_of(parameter: Parameter, values: list[str]) -> Any:
    """The value of a parameter, read by its schema. Raises BadRequest."""
    schema = parameter.schema
    if parameter.required and not values:
        raise BadRequest({parameter.name: MISSING.format(name=parameter.name)})
    if schema["type"] == "array":
        return several(parameter, values)
    if schema["type"] == "integer":
        return number(parameter, values[-1]) if values else schema["default"]
    value = values[-1] if values else schema.get("default", "")
    if values and "enum" in schema and value not in schema["enum"]:
        near = get_close_matches(value, schema["enum"], 1)
        raise refused(parameter, NOT_A_CHOICE.format(value=value[:SHOWN], known=", ".join(schema["enum"])), near)
    return short(parameter, value, schema)


def several(parameter: Parameter, values: list[str]) -> tuple[str, ...]:
    """The different values of a parameter that may be repeated, as they stand."""
    most = parameter.schema["maxItems"]
    if len(values) > most:
        raise refused(parameter, TOO_MANY.format(name=parameter.name, most=most))
    return tuple(dict.fromkeys(short(parameter, each, parameter.schema["items"]) for each in values))


def short(parameter: Parameter, value: str, schema: Mapping[str, Any]) -> str:
    """The text, which must be no longer than the schema says."""
    most = schema.get("maxLength")
    if most is not None and len(value) > most:
        raise refused(parameter, TOO_LONG.format(name=parameter.name, most=most))
    return value


def number(parameter: Parameter, value: str) -> int:
    """A whole number within the bounds of the schema."""
    low, high = parameter.schema["minimum"], parameter.schema["maximum"]
    digits = value if value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS else ""
    if not digits or not low <= int(digits) <= high:
        raise refused(parameter, NOT_WITHIN.format(value=value[:SHOWN], name=parameter.name, low=low, high=high))
    return int(digits)


def refused(parameter: Parameter, sentence: Message, near: list[str] | None = None) -> BadRequest:
    """The error for a value that makes no sense, with the nearest that does."""
    return BadRequest({parameter.name: sentence}, suggestions={parameter.name: near} if near else None)


# --- values of filters that nothing is called ------------------------------------------------------------


def refuse_unknown_values(engine: Engine, query: Query) -> None:
    """BadRequest for values of the filters of a query that nothing is called; the nearest are named."""
    refuse_values([value for value in unknown_values(engine, query) if value.chosen])


def refuse_values(found: list[UnknownValue]) -> None:
    """BadRequest for these values of filters, if there are any."""
    unknown = [(PARAMETERS[value.facet], value) for value in found]
    if unknown:
        raise BadRequest(
            {name: " ".join(say(each.message) for other, each in unknown if other == name) for name, _ in unknown},
            UNKNOWN_VALUE,
            {name: [near for other, each in unknown if other == name for near in each.nearest] for name, _ in unknown},
        )
