"""The parameters of a request as a SavedSearch. Pages are lenient; files and the API are strict.

A page leaves out a value that makes no sense and says so. A script that misspells a parameter must hear of it: the
same notices, and unknown parameters, are refused with status 400.
"""

from __future__ import annotations

from collections.abc import Collection

from werkzeug.datastructures import MultiDict

from indexer.search.parameters import Notice, unknown
from indexer.search.saved_search import SavedSearch
from search_app.web.error_pages import BadRequest


def read(args: MultiDict[str, str]) -> tuple[SavedSearch, tuple[Notice, ...]]:
    """The search in the arguments of a request, and a notice for each value not taken as given."""
    return SavedSearch.from_pairs(args.items(multi=True))


def read_strictly(args: MultiDict[str, str], others: Collection[str] = ()) -> SavedSearch:
    """The search in the arguments of a request. `others` names parameters that the route reads itself.

    Raises BadRequest for a parameter that is unknown or could not be taken as given.
    """
    search, notices = read(args)
    notices += tuple(unknown(name for name in args if name not in others))
    if notices:
        raise BadRequest({notice.parameter: notice.text for notice in notices})
    return search


def number_within(written: str, low: int, high: int) -> int:
    """A whole number between `low` and `high`; `low` for what is no number."""
    digits = written.strip()[:9]
    return min(high, max(low, int(digits))) if digits.isascii() and digits.isdigit() else low
