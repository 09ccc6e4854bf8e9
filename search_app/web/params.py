"""The parameters of a request as a SavedSearch. Pages are lenient; files and the API are strict.

A page leaves out a value that makes no sense and says so. A script that misspells a parameter must hear of it: the
same notices, and unknown parameters, are refused with status 400.
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from werkzeug.datastructures import MultiDict

from indexer.model import Message
from indexer.search.parameters import PARAMETERS, UNKNOWN_PARAMETER, Notice
from indexer.search.saved_search import SavedSearch
from search_app.web.error_pages import BadRequest

UNKNOWN_BUT_NEAR = Message("Không có tham số “{name}”; gần nhất: {nearest}.")
LONGEST = 40  # characters of an unknown name that an answer repeats


def read(args: MultiDict[str, str]) -> tuple[SavedSearch, tuple[Notice, ...]]:
    """The search in the arguments of a request, and a notice for each value not taken as given."""
    return SavedSearch.from_pairs(args.items(multi=True))


def read_strictly(args: MultiDict[str, str], others: Collection[str] = ()) -> SavedSearch:
    """The search in the arguments of a request. `others` names parameters that the route reads itself.

    Raises BadRequest for a parameter that is unknown or could not be taken as given.
    """
    refuse_unknown_names(args, {*PARAMETERS, *others})
    search, notices = read(args)
    if notices:
        raise BadRequest({notice.parameter: notice.text for notice in notices})
    return search


def refuse_unknown_names(names: Collection[str], known: Collection[str]) -> None:
    """BadRequest for the names that are not `known`; the nearest known one is named."""
    near = {name: get_close_matches(name, known, 1) for name in names if name not in known}
    if near:
        raise BadRequest({name[:LONGEST]: no_parameter(name[:LONGEST], found) for name, found in near.items()},
                         suggestions={name[:LONGEST]: found for name, found in near.items() if found})


def no_parameter(name: str, near: list[str]) -> Message:
    """The sentence for an unknown name."""
    return UNKNOWN_BUT_NEAR.format(name=name, nearest=near[0]) if near else UNKNOWN_PARAMETER.format(name=name)


def number_within(written: str, low: int, high: int) -> int:
    """A whole number between `low` and `high`; `low` for what is no number."""
    digits = written.strip()[:9]
    return min(high, max(low, int(digits))) if digits.isascii() and digits.isdigit() else low
