"""Result exports: /search.csv, .json, .jsonl, .ris and .bib hold every article of a search, however many.

Articles are read and written page by page. A result that one request cannot pay for comes in parts: ?part=2 goes on
where the first file ended, and the header Link names the next part.
Readers who may not read whole articles get a snippet and a link instead of the text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, request

from indexer.model import Entry, Query, budget
from indexer.model.lines import json_line
from indexer.search.archive import DuplicateGroups, Engine
from indexer.search.closeness import find
from indexer.search.csv_lines import csv_lines
from indexer.search.parameters import DEFAULT_LIMIT
from indexer.search.query.marker import Marker
from indexer.search.query.snippet import snippet
from indexer.search.saved_search import SavedSearch
from search_app.exports import citations
from search_app.exports.parts import Part, count_of_parts, part_asked
from search_app.view import links
from search_app.view.article_context import stories_of
from search_app.view.article_row import EXPORTED, as_json
from search_app.view.permalink import permalink_in_data
from search_app.web import params
from search_app.web.archive import archive
from search_app.web.readers import may_read_whole
from search_app.web.responses import download

blueprint = Blueprint("result_files", __name__)

ROW_SECONDS = 450e-6  # to open and write an article; measured: tests/bench/budget.py
PAGE = 200  # articles in memory at a time
JOINED = "; "  # between several values in one cell


@dataclass(frozen=True, slots=True)
class Export:
    """A result to write to a file.

    query      the interpreted query of the search; it finds `total` articles
    whole      whether the reader may have whole texts
    permalink  the permanent link of the result, with scheme and host
    part       which part of it the file holds
    """

    engine: Engine
    stories: DuplicateGroups
    query: Query
    total: int
    whole: bool
    permalink: str
    part: Part

    def entries(self) -> Iterator[Entry]:
        """Every article of this part of the result, in the order of the result page."""
        query = replace(self.query, offset=self.part.offset, limit=min(self.total, self.part.size), facets=())
        ids = [hit.id for hit in find(self.engine, query).hits]
        budget.plan(len(ids) * seconds_of_row(query))
        for start in range(0, len(ids), PAGE):
            budget.check()
            yield from self.engine.entries(ids[start : start + PAGE])

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every article as JSON has it; `text` only for readers who may have it."""
        marker = Marker(self.query.match)
        for entry in self.entries():
            excerpt, _ = snippet(marker, entry.article.text)
            text = {"text": entry.article.text} if self.whole else {}
            yield as_json(entry, excerpt, self.stories.story_of(entry.id)) | text


@blueprint.get("/search.<ending>")
def file(ending: str) -> Response:
    """Parameters as on /search. Page and limit mean nothing here; what makes no sense is refused with 400."""
    file_format = FORMATS.get(ending)
    if file_format is None:
        abort(404)
    export = export_of(params.read_strictly(request.args, ("part",)))
    name = export.part.file_name(f"quoc-phong-{export.engine.generation}", ending, export.total)
    response = download(file_format.lines(export), name, file_format.media, export.engine.generation)
    response.headers["Link"] = f'<{export.permalink}>; rel="bookmark"'
    return export.part.linked(response, export.total)


def export_of(search: SavedSearch) -> Export:
    """The part that is asked for of the result of a search, ready to be written."""
    engine = archive().engine()
    results = search.count(engine)
    link = request.host_url.rstrip("/") + permalink_in_data(search, engine, results.total)
    return Export(engine, stories_of(engine, archive()), results.query, results.total, may_read_whole(), link,
                  part_asked(seconds_of_row(results.query)))


def seconds_of_row(query: Query) -> float:
    """About the seconds of processor that an article of the query's result takes to be opened and written."""
    return Marker(query.match).seconds + ROW_SECONDS


# --- one writer for each format --------------------------------------------------------------------------------


def csv(export: Export) -> Iterator[str]:
    """A row for each article, in the columns of COLUMNS."""
    return csv_lines(tuple(COLUMNS), ([cell(row) for cell in COLUMNS.values()] for row in export.rows()))


def plain(name: str) -> Callable[[dict[str, Any]], object]:
    """A cell of one field."""
    return lambda row: row[name]


def joined(name: str) -> Callable[[dict[str, Any]], str]:
    """A cell of one list."""
    return lambda row: JOINED.join(row[name])


def each(name: str, inner: str) -> Callable[[dict[str, Any]], str]:
    """A cell of one field of several values."""
    return lambda row: JOINED.join(str(value[inner] or "") for value in row[name])


def below(level: str) -> Callable[[dict[str, Any]], str]:
    """A cell of the places below the province: "huyện Cai Lậy, Tiền Giang"."""
    return lambda row: JOINED.join(
        f"{place['unit']} {place['name']}, {place['province']}"
        for place in row["localities"] if place["level"] == level
    )


# The columns of the CSV file: name -> what stands in it. A basis says what the value before it rests on.
COLUMNS: dict[str, Callable[[dict[str, Any]], object]] = {
    **{name: plain(name) for name in ("id", "title", "url", "source", "author")},
    "date": lambda row: row["published"]["date"],
    "date_precision": lambda row: row["published"]["precision"],
    "date_basis": lambda row: row["published"]["basis"],
    "provinces": each("provinces", "name"),
    "provinces_now": each("provinces", "now"),
    "province_basis": each("provinces", "basis"),
    "districts": below("district"),
    "communes": below("commune"),
    "officials": each("officials", "name"),
    "official_keys": each("officials", "key"),
    **{spec.column: joined(spec.column) for spec in EXPORTED},
    **{name: plain(name) for name in ("online", "online_at", "story", "since", "snippet")},
    "authors": lambda row: JOINED.join(row["authors"]),
}


def jsonl(export: Export) -> Iterator[str]:
    """A JSON object on each line."""
    return (json_line(row) + "\n" for row in export.rows())


def whole_json(export: Export) -> Iterator[str]:
    """One object: the query, the total, the generation of the index, which part of how many, and `articles`."""
    about = {"query": export.query.text, "total": export.total, "generation": export.engine.generation,
             "permalink": export.permalink, "part": export.part.number,
             "parts": export.part.count(export.total)}
    yield json.dumps(about, ensure_ascii=False)[:-1] + ', "articles": ['
    for number, line in enumerate(jsonl(export)):
        yield ("," if number else "") + "\n" + line.rstrip("\n")
    yield "\n]}\n"


def cited(write: Callable[[Entry], str]) -> Callable[[Export], Iterator[str]]:
    """A writer of one citation after another."""
    return lambda export: map(write, export.entries())


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name for readers, its media type, and what writes it piece by piece."""

    label: str
    media: str
    lines: Callable[[Export], Iterator[str]]


FORMATS = {
    "csv": Format("CSV", "text/csv", csv),
    "json": Format("JSON", "application/json", whole_json),
    "jsonl": Format("JSONL", "application/x-ndjson", jsonl),
    "ris": Format("RIS", citations.STYLES["ris"].media, cited(citations.ris)),
    "bib": Format("BibTeX", citations.STYLES["bibtex"].media, cited(citations.bibtex)),
}


@blueprint.app_template_global()
def file_parts(query: Query, total: int) -> int:
    """In how many parts the files of a result come."""
    return count_of_parts(total, seconds_of_row(query))


@blueprint.app_template_global()
def file_links(search: SavedSearch) -> list[links.Link]:
    """The files of a result, and its feed last."""
    formats = [*((each.label, ending) for ending, each in FORMATS.items()), ("Atom", "atom")]
    return [links.Link(label, links.url(f"/search.{ending}", search, limit=DEFAULT_LIMIT)) for label, ending in formats]
