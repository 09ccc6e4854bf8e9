"""Statistics as a page shows them: columns, cells with their links, and the links between the views."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from indexer.model import Message
from indexer.model.facets import BY_NAME
from indexer.search.saved_search import SavedSearch
from indexer.search.statistics.files import Table
from indexer.search.statistics.tables import Collocates, Frequencies, Keyness, NamedTogether
from indexer.search.statistics.together import SECONDS
from search_app.i18n import messages
from search_app.i18n.language import current
from search_app.view import links
from search_app.view.filters import number
from search_app.view.people import all_people
from search_app.view.statistics_request import NAMES, VIEWS, Wishes


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure or a word, and where it leads. `vietnamese`: it is in the language of the articles."""

    text: str
    href: str | None = None
    vietnamese: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A table ready for its template: (short name, explanation) of each column, and the rows."""

    columns: Sequence[tuple[Message, Message | str]]
    rows: Sequence[Sequence[Cell]]


def shown(table: Table, search: SavedSearch, wishes: Wishes) -> Shown:
    """The table as the page shows it."""
    columns, cells = SHOWN[type(table)]
    return Shown(columns, [cells(table, row, search, wishes) for row in table.rows])


def narrowed(search: SavedSearch) -> SavedSearch:
    """What a search has to do with statistics: its text, filters and interpretations, and no page of a list."""
    return SavedSearch(q=search.q, choices=search.choices, no_inferred=search.no_inferred, from_=search.from_,
                       to=search.to, off=search.off, widen=search.widen)


def statistics_url(view: str, search: SavedSearch, wishes: Wishes, ending: str = "", **changes: Any) -> str:
    """The address of a view with the parameters of the search and of the wishes with `changes`."""
    query = urlencode([*narrowed(search).pairs(), *wishes.pairs(**changes)])
    return f"{current().prefix}/statistics/{view}{ending}" + (f"?{query}" if query else "")


def view_tabs(view: str, search: SavedSearch, wishes: Wishes) -> list[links.Link]:
    """The views of the statistics; `view` is the current one. The order of a measure stays with its view."""
    return [links.Link(NAMES[each], statistics_url(each, search, wishes, order="", min=0), each == view)
            for each in VIEWS if search.q or each != "collocates"]


def use_tabs(search: SavedSearch, wishes: Wishes) -> list[links.Link]:
    """The two directions of keyness."""
    return [links.Link(text, statistics_url("keyness", search, wishes, use=use), use == wishes.use)
            for use, text in messages.USES.items()]


# --- links to what is behind a number -----------------------------------------------------------------


def with_words(search: SavedSearch, text: str, word: str) -> str:
    """The address of the articles of a search that hold these words in a row, exactly so spelled."""
    phrase = f'="{word}"'
    return links.search_url(search.changed(q=f"({text}) {phrase}" if text else phrase))


def lines_url(search: SavedSearch, wishes: Wishes, word: str) -> str:
    """The address of the lines of the concordance that have the word within reach."""
    near = Wishes(wishes.units, wishes.span, wishes.window).pairs()
    kept = SavedSearch(q=search.q, choices=search.choices, no_inferred=search.no_inferred, from_=search.from_,
                       to=search.to)
    return f"{current().prefix}/kwic?{urlencode([*kept.pairs(), ('near', word), *near])}"


def naming(search: SavedSearch, text: str, fields: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The address of the articles of a search that name one of the keys of each field."""
    parts = [f"({text})"] if text else []
    for field, keys in fields:
        asked = " OR ".join(f'{field}:"{key}"' for key in keys)
        parts.append(f"({asked})" if len(keys) > 1 else asked)
    return links.search_url(search.changed(q=" ".join(parts)))


# --- cells --------------------------------------------------------------------------------------------


def collocate_cells(table: Collocates, row: Any, search: SavedSearch, wishes: Wishes) -> list[Cell]:
    """The cells of a collocate."""
    return [Cell(row.word, None, True), Cell(number(row.lines), lines_url(search, wishes, row.word)),
            Cell(number(row.articles)), Cell(number(row.joint)), Cell(decimal(row.expected)),
            Cell(number(row.frequency)), *map(Cell, map(decimal, (row.log_likelihood, row.log_dice,
                                                                  row.mutual_information)))]


def key_word_cells(table: Keyness, row: Any, search: SavedSearch, wishes: Wishes) -> list[Cell]:
    """The cells of a key word."""
    own = Cell(number(row.articles), with_words(search, table.query.text, row.word) if row.articles else None)
    against = SavedSearch(q=wishes.against)
    there = with_words(against, table.other.text, row.word) if wishes.against and row.other_articles else None
    return [Cell(row.word, None, True), Cell(number(row.count)), Cell(decimal(row.per_million)), own,
            Cell(number(row.other)), Cell(decimal(row.other_per_million)), Cell(number(row.other_articles), there),
            Cell(decimal(row.log_likelihood)), Cell(decimal(row.log_ratio))]


def frequency_cells(table: Frequencies, row: Any, search: SavedSearch, wishes: Wishes) -> list[Cell]:
    """The cells of a word of a frequency list."""
    return [Cell(row.word, None, True), Cell(number(row.count)), Cell(decimal(row.per_million)),
            Cell(number(row.articles), with_words(search, table.query.text, row.word) if row.articles else None)]


def together_cells(table: NamedTogether, row: Any, search: SavedSearch, wishes: Wishes) -> list[Cell]:
    """The cells of a pair."""
    text = table.query.text
    first = (FIELDS["official"], keys_of(row.first, "official"))
    second = (FIELDS[wishes.with_], keys_of(row.second, wishes.with_))
    is_person = wishes.with_ == "official"
    return [person_cell(row.first, row.first_name),
            person_cell(row.second, row.second_name) if is_person else Cell(row.second_name, None, True),
            Cell(number(row.articles), naming(search, text, (first, second))),
            Cell(number(row.first_articles), naming(search, text, (first,))),
            Cell(number(row.second_articles), naming(search, text, (second,))),
            *map(Cell, map(decimal, (row.log_likelihood, row.log_dice, row.mutual_information)))]


FIELDS = {facet: BY_NAME[facet].fields[0] for facet in SECONDS}


def person_cell(id: str, name: str) -> Cell:
    """A person with what tells namesakes apart, leading to the person's page."""
    place = id.partition("@")[2]
    return Cell(f"{name} ({place})" if place else name, url_for("officials.official", key=id), True)


def keys_of(id: str, facet: str) -> Sequence[str]:
    """The keys of a person, or the name of a province."""
    person = all_people().get(id) if facet == "official" else None
    return person.keys if person else (id,)


def decimal(value: float) -> str:
    """A figure with one decimal, as the language writes it; two below 1."""
    text = f"{value:,.{1 if abs(value) >= 1 else 2}f}"
    return text.translate(str.maketrans(",.", current().thousands + current().decimal))


SHOWN: Mapping[type[Any], tuple[Sequence[tuple[Message, Message | str]], Callable[..., list[Cell]]]] = {
    Collocates: (messages.COLLOCATE_COLUMNS, collocate_cells),
    Keyness: (messages.KEYNESS_COLUMNS, key_word_cells),
    Frequencies: (messages.FREQUENCY_COLUMNS, frequency_cells),
    NamedTogether: (messages.TOGETHER_COLUMNS, together_cells),
}
