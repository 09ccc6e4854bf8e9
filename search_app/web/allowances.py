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
from search_app.web.text_ledger import TextLedger, number_of, with_cells

Shown = bytes  # for each article its number and 128 cells, 24 bytes
ARTICLE = struct.Struct("<QQQ")
WORD = (1 << 64) - 1


class RequestAllowance:
    """The allowance of one reader in one request: it asks the ledger, and keeps what the answer shows.

    `usual` is whether the answer shows what it would show to a reader who has seen nothing of its articles today.
    """

    def __init__(self, ledger: TextLedger, reader: int) -> None:
        self._ledger, self._reader = ledger, reader
        self._usual: dict[int, int] = defaultdict(int)  # by article, what a reader would hold who had seen nothing
        self._outcome = blake2b(digest_size=8)
        self.usual = True

    def take(self, article: str, cells: Sequence[int]) -> int:
        """As `model.excerpt.Allowance`."""
        number, asked = number_of(article), sum(1 << cell for cell in cells)
        given = asked & self._ledger.take(self._reader, number, cells)
        self._usual[number] = with_cells(self._usual[number], cells)
        self.usual &= given == asked & self._usual[number]
        self._outcome.update(ARTICLE.pack(number, given & WORD, given >> 64))
        return given

    @property
    def outcome(self) -> str:
        """A text that differs whenever the answer shows other parts."""
        return self._outcome.hexdigest()

    @property
    def shown(self) -> Shown:
        """The cells that a usual answer shows."""
        return b"".join(ARTICLE.pack(number, cells & WORD, cells >> 64) for number, cells in self._usual.items())

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
