"""Parts of a file: a result that one request cannot pay for is written in several, which follow each other.

?part=2 goes on where the first file ended. The header Link names the next part (rel="next"). Without a budget for
requests (setting `request_seconds`) every file is whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from flask import Response, request

from indexer.model import NO_LIMIT, budget
from search_app.i18n import messages
from search_app.web.error_pages import BadRequest

WRITING_SECONDS = 1.2  # of processor for writing one file
MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """The part `number` (from 1) of a file, each of at most `size` articles."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """How many articles the parts before hold."""
        return (self.number - 1) * self.size

    def count(self, total: int) -> int:
        """How many parts `total` articles take, at least one."""
        return max(1, ceil(total / self.size))

    def file_name(self, name: str, ending: str, total: int) -> str:
        """The name of the file; it tells the part where there are several."""
        return f"{name}{f'-{self.number}' if self.count(total) > 1 else ''}.{ending}"

    def linked(self, response: Response, total: int) -> Response:
        """`response` with a link to the next part, if there is one, in its header."""
        if self.number < self.count(total):
            pairs = [*((k, v) for k, v in request.args.items(multi=True) if k != "part"), ("part", self.number + 1)]
            response.headers.add("Link", f'<{request.base_url}?{urlencode(pairs)}>; rel="next"')
        return response


def part_asked(seconds: float) -> Part:
    """The part that ?part= names, of articles that take so many `seconds` of processor each. BadRequest if none."""
    written = request.args.get("part", "1")
    if not (written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS and int(written)):
        raise BadRequest({"part": messages.PART_UNREAD})
    return Part(int(written), size_of_part(seconds))


def count_of_parts(total: int, seconds: float) -> int:
    """How many parts `total` articles of so many `seconds` each take, at least one."""
    return Part(1, size_of_part(seconds)).count(total)


def size_of_part(seconds: float) -> int:
    """How many articles of so many `seconds` each a part holds: all of them without a budget."""
    return NO_LIMIT if budget.current() is None else max(1, int(WRITING_SECONDS / seconds))
