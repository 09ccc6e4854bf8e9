"""The parameters of a saved search: their names, their limits, and how each one is read from a query string.

A reader takes the strings given for one parameter and returns (value, sentences to show). The value is None where the
default holds; the sentences say what could not be taken as given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.model import Message
from indexer.model.facets import BY_PARAMETER
from indexer.search.changes_since import Mark
from indexer.search.query.days import extent

MAX_QUERY = 500  # characters of the query text
MAX_VALUE = 200  # characters of a filter's value
MAX_VALUES = 40  # of one filter
MAX_LIMIT = 100  # articles on a page
MAX_DEPTH = 10_000  # articles of a result that can be paged to
DEFAULT_LIMIT = 10
SORTS = ("relevance", "newest", "oldest")
MAPS = ("then", "now")
# A generation, how many articles it had, and the seal of both.
MARK = re.compile(r"([1-9][0-9]{0,11})(?:\.(0|[1-9][0-9]{0,8})(?:-([0-9a-f]{4}))?)?")

# Parameter -> the facet it filters, in the order of the query string.
FILTERS = {parameter: spec.name for parameter, spec in BY_PARAMETER.items()}

QUERY_CUT = Message("Câu tìm dài quá {limit} ký tự; phần sau đã được bỏ.")
VALUE_TOO_LONG = Message("Một giá trị lọc quá dài đã được bỏ.")
TOO_MANY_VALUES = Message("Chỉ lọc được tối đa {limit} giá trị một lần; phần sau đã được bỏ.")
NOT_A_FLAG = Message("“{value}” không dùng được: chỉ nhận 1 hoặc 0.")
NOT_A_CHOICE = Message("“{value}” không dùng được ở đây. Có thể dùng: {known}.")
NOT_A_DATE = Message("“{value}” không phải ngày dùng được: viết 2025-07-01, 1/7/2025, 2025-07 hay 2025.")
NOT_A_NUMBER = Message("“{value}” không phải số dùng được cho {name}: cần số nguyên từ 1 đến {high}.")
TOO_LARGE = Message("{name} lớn nhất là {high}.")
NOT_A_MARK = Message("“{value}” không phải phần nhớ của một liên kết cố định, như 7000012.35.")
TOO_DEEP = Message("Chỉ xem được {depth} bài đầu của một kết quả. Hãy thu hẹp câu tìm hoặc chọn thêm bộ lọc.")
UNKNOWN_PARAMETER = Message("Không có tham số “{name}”.")

Value = tuple[Any, Sequence[str]]
Reader = Callable[[list[str]], Value]


@dataclass(frozen=True, slots=True)
class Notice:
    """A parameter that could not be taken as given, and what was done about it, as a sentence to show."""

    parameter: str
    text: str


def unknown(names: Iterable[str]) -> list[Notice]:
    """A notice for each name that is no parameter of a search."""
    return [Notice(name, UNKNOWN_PARAMETER.format(name=name[:40])) for name in names if name not in PARAMETERS]


def tidy(value: str) -> str:
    """The value in NFC with single spaces, so that one choice has one query string."""
    return " ".join(unicodedata.normalize("NFC", value).split())


# --- one reader for each kind of value ------------------------------------------------------------


def read_query(given: list[str]) -> Value:
    """The texts joined, cut at MAX_QUERY characters."""
    text = " ".join(given)
    if len(text) <= MAX_QUERY:
        return text, []
    return text[:MAX_QUERY].strip(), [QUERY_CUT.format(limit=MAX_QUERY)]


def read_list(given: list[str]) -> Value:
    """A sorted tuple of at most MAX_VALUES different values."""
    short = sorted({v for v in given if len(v) <= MAX_VALUE})
    problems = [VALUE_TOO_LONG] if any(len(v) > MAX_VALUE for v in given) else []
    if len(short) > MAX_VALUES:
        problems.append(TOO_MANY_VALUES.format(limit=MAX_VALUES))
    return tuple(short[:MAX_VALUES]), problems


def read_flag(given: list[str]) -> Value:
    """True for 1 or true, False for 0 or false."""
    known = {"1": True, "true": True, "0": False, "false": False}
    value = known.get(given[-1].lower())
    return value, [NOT_A_FLAG.format(value=given[-1][:40])] if value is None else []


def day_bound(end: int) -> Reader:
    """A reader of a date, 1/7/2025 or 2025-07 or 2025, which becomes its first day (`end` 0) or its last (1)."""

    def read_bound(given: list[str]) -> Value:
        found = extent(given[-1])
        if found is None:
            return None, [NOT_A_DATE.format(value=given[-1][:40])]
        return found[end], []

    return read_bound


def one_of(*known: str) -> Reader:
    """A reader of one of the `known` words."""

    def read_word(given: list[str]) -> Value:
        if given[-1] in known:
            return given[-1], []
        return None, [NOT_A_CHOICE.format(value=given[-1][:40], known=", ".join(known))]

    return read_word


def read_mark(given: list[str]) -> Value:
    """A Mark written as 7000012, 7000012.35 or 7000012.35-0f1e."""
    held = MARK.fullmatch(given[-1])
    if held is None:
        return None, [NOT_A_MARK.format(value=given[-1][:40])]
    return Mark(int(held[1]), None if held[2] is None else int(held[2]), held[3] or ""), []


def number(name: str, high: int) -> Reader:
    """A reader of whole numbers from 1 to `high`; a larger one becomes `high`, anything else the default."""

    def read_number(given: list[str]) -> Value:
        text = given[-1]
        if not (text.isascii() and text.isdigit() and text.strip("0")):
            return None, [NOT_A_NUMBER.format(name=name, value=text[:40], high=high)]
        if len(text.lstrip("0")) > len(str(high)) or int(text) > high:
            return high, [TOO_LARGE.format(name=name, high=high)]
        return int(text), []

    return read_number


FIELD_OF = {"from": "from_"}  # parameter -> field, where the parameter is a keyword of Python
PARAMETERS: Mapping[str, Reader] = {
    "q": read_query,
    **dict.fromkeys(FILTERS, read_list),
    "no_inferred": read_flag,
    "from": day_bound(0),
    "to": day_bound(1),
    "off": read_list,
    "widen": read_flag,
    "map": one_of(*MAPS),
    "sort": one_of(*SORTS),
    "page": number("page", MAX_DEPTH),
    "limit": number("limit", MAX_LIMIT),
    "gen": read_mark,
}
