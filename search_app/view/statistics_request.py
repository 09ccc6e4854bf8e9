"""What a request asks of the statistics: its own parameters beside those of the search. Page, file and API share it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from indexer.search.parameters import tidy
from indexer.search.saved_search import SavedSearch
from indexer.search.statistics import collocates, frequency, keyness, together
from indexer.search.statistics.files import Table
from indexer.search.statistics.neighbours import Reach
from indexer.search.statistics.tables import SPANS, UNITS
from search_app.i18n import messages
from search_app.view.people import all_people
from search_app.web.archive import archive
from search_app.web.readers import may_read_whole

FEW_ARTICLES = 3  # that must hold a collocate or a row of words which readers elsewhere see: no text can be rebuilt
HIGHEST, LONGEST = 999_999, 200  # of numbers, and of texts in characters
ROWS = 50  # on a page, and in an answer of the API unless it asks for another number
IN_FILE = {"collocates": 1_000, "keyness": 200, "frequency": 500, "together": 1_000}
VIEWS = tuple(IN_FILE)


@dataclass(frozen=True, slots=True)
class Wishes:
    """The parameters, named as in an address.

    units            words or syllables         stop            function words too
    span, window     where collocates stand     order           by which measure
    against          what keyness compares with; "" is the rest of the archive
    use              words used over or under   n               words in a row
    with_            together with whom         min             the lowest count listed
    seed             of a draw, where not all articles are read
    """

    units: str = "word"
    span: str = "both"
    window: int = 5
    order: str = ""
    against: str = ""
    use: str = "over"
    n: int = 1
    with_: str = "official"
    min: int = 0
    stop: int = 0
    seed: int = 1

    def pairs(self, **changes: Any) -> list[tuple[str, str]]:
        """The URL parameters with `changes`, without those at their default."""
        values = {f.name: changes.get(f.name, getattr(self, f.name)) for f in fields(self)}
        return [(f.name.rstrip("_"), str(values[f.name])) for f in fields(self) if values[f.name] != f.default]

    @property
    def reach(self) -> Reach:
        """How far collocates stand."""
        return Reach(self.units, self.span, self.window)


Reader = Callable[[str], Any]  # gives None for what makes no sense


def one_of(*values: str) -> Reader:
    """A reader of one of these words."""
    return lambda text: text if text in values else None


def within(low: int, high: int) -> Reader:
    """A reader of whole numbers from `low` to `high`."""
    def read(text: str) -> int | None:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
        return number if low <= number <= high else None
    return read


READERS: Mapping[str, Reader] = {
    "units": one_of(*UNITS), "span": one_of(*SPANS), "window": within(1, collocates.WIDEST),
    "against": lambda text: text[:LONGEST], "use": one_of("over", "under"), "n": within(1, frequency.LONGEST),
    "with": one_of(*together.SECONDS), "min": within(0, HIGHEST), "stop": within(0, 1), "seed": within(0, HIGHEST),
}
ORDERS = {"collocates": collocates.ORDERS, "together": together.ORDERS}


def read(args: MultiDict[str, str], view: str) -> tuple[Wishes, tuple[str, ...]]:
    """The wishes in `args`, and the names of those that make no sense, which are left at their default."""
    readers = {**READERS, "order": one_of(*ORDERS.get(view, ()))}
    given = {name: tidy(args[name]) for name in readers if tidy(args.get(name, ""))}
    values = {name: readers[name](text) for name, text in given.items()}
    taken = {"with_" if name == "with" else name: value for name, value in values.items() if value is not None}
    return replace(Wishes(), **taken), tuple(name for name, value in values.items() if value is None)


def table(view: str, search: SavedSearch, wishes: Wishes, limit: int) -> Table:
    """The table that is asked for, of at most `limit` rows. Raises what `TABLES` raise."""
    return TABLES[view](search, wishes, limit)


def collocates_of(search: SavedSearch, wishes: Wishes, limit: int) -> Table:
    """Raises NoPlaces for a query without words."""
    wish = collocates.Wish(wishes.order or collocates.ORDERS[0], wishes.min or 3, fewest(), bool(wishes.stop), limit)
    return collocates.collocates(archive().engine(), search, reach=wishes.reach, wish=wish, seed=wishes.seed)


def keyness_of(search: SavedSearch, wishes: Wishes, limit: int) -> Table:
    """What one result says more, or less, than another."""
    wish = keyness.Wish(wishes.units, wishes.use == "over", wishes.min or 5, bool(wishes.stop), limit)
    against = SavedSearch(q=wishes.against) if wishes.against else None
    return keyness.keyness(archive().engine(), search, against=against, wish=wish, seed=wishes.seed)


def frequency_of(search: SavedSearch, wishes: Wishes, limit: int) -> Table:
    """How often words stand there."""
    least = fewest() if wishes.n > 1 else 1
    wish = frequency.Wish(wishes.units, wishes.n, wishes.min or (1 if wishes.n == 1 else 2), least, bool(wishes.stop),
                          limit)
    return frequency.frequencies(archive().engine(), search, wish=wish, seed=wishes.seed)


def together_of(search: SavedSearch, wishes: Wishes, limit: int) -> Table:
    """Who is named together."""
    wish = together.Wish(wishes.with_, wishes.order or together.ORDERS[0], wishes.min or 2, limit)
    return together.named_together(archive().engine(), search, all_people(), wish=wish)


def fewest() -> int:
    """In how many articles a word must stand for this reader to see it."""
    return 1 if may_read_whole() else FEW_ARTICLES


TABLES: Mapping[str, Callable[[SavedSearch, Wishes, int], Table]] = {
    "collocates": collocates_of, "keyness": keyness_of, "frequency": frequency_of, "together": together_of,
}
NAMES = {"collocates": messages.COLLOCATES, "keyness": messages.KEYNESS, "frequency": messages.FREQUENCY,
         "together": messages.TOGETHER}
