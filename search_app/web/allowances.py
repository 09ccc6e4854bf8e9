"""What a reader elsewhere may see of texts in this request, and what a page made for him may show to others.

The reader is the address that the rate limit counts: a shared one shares its allowance. A page that shows what any
reader would be shown who has seen nothing of its articles today is remembered with the cells it shows (`Shown`).
Another reader is given it if these cells fit into his own allowance; then it is the page that would be made for him.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b

from flask import Flask, current_app, g

from search_app.web.rate_limit import client
from search_app.web.text_ledger import TextLedger, number_of

Shown = bytes  # for each article its number and 128 cells, 24 bytes
ARTICLE = struct.Struct("<QQQ")
WORD = (1 << 64) - 1


class RequestAllowance:
    """The allowance of one reader in one request: it asks the ledger, and keeps what the answer shows."""

    def __init__(self, ledger: TextLedger, reader: int) -> None:
        self._ledger, self._reader = ledger, reader
        self._given: dict[int, int] = defaultdict(int)  # cells of this answer, by article
        self._held: dict[int, int] = {}  # cells of the reader
        self._short: set[int] = set()  # articles of which fewer cells were given than were asked for
        self._no_room = False
        self._outcome = blake2b(digest_size=8)

    def take(self, article: str, cells: Sequence[int]) -> int:
        """As `model.excerpt.Allowance`."""
        number = number_of(article)
        taken = self._ledger.take(self._reader, number, cells)
        asked = sum(1 << cell for cell in cells)
        given = asked & taken.cells
        self._given[number] |= given
        self._held[number] = taken.cells
        if given != asked:
            self._short.add(number)
        self._no_room |= taken.no_room
        self._outcome.update(ARTICLE.pack(number, given & WORD, given >> 64))
        return taken.cells

    @property
    def used(self) -> bool:
        """Whether the answer shows more than everybody sees."""
        return bool(self._held)

    @property
    def usual(self) -> bool:
        """Whether the answer shows what it would show to a reader who has seen nothing of its articles today.

        All that was asked for was given, or as many cells as there are for a reader, and all of them for this answer.
        """
        return not self._no_room and all(self._held[each] == self._given[each] for each in self._short)

    @property
    def outcome(self) -> str:
        """A text that differs whenever the answer shows other parts."""
        return self._outcome.hexdigest()

    @property
    def shown(self) -> Shown:
        """The cells that the answer shows."""
        return b"".join(ARTICLE.pack(number, cells & WORD, cells >> 64) for number, cells in self._given.items())

    def grant(self, shown: Shown) -> bool:
        """Give the reader the cells that a remembered page shows; False, and nothing is given, if they do not fit."""
        cells = {number: low | high << 64 for number, low, high in ARTICLE.iter_unpack(shown)}
        return not cells or self._ledger.take_all(self._reader, cells)


def register(app: Flask) -> None:
    """Have the application keep a ledger of texts."""
    app.extensions["text_ledger"] = TextLedger()


def allowance() -> RequestAllowance:
    """The allowance of this request's reader."""
    if "allowance" not in g:
        g.allowance = RequestAllowance(current_app.extensions["text_ledger"], number_of(client()))
    found: RequestAllowance = g.allowance
    return found
