"""Results to take away: /search.csv, .json, .jsonl, .ris and .bib hold every article of a search, however many.

Nothing is cut: articles are read and written page by page, so that a file of the whole archive needs no more memory
than one page. What a reader may not read whole he gets as a snippet and a link.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, request, stream_with_context

from indexer.model import SINCE, Entry, Query
from indexer.model.facets import FACETS
from indexer.model.lines import json_line
from indexer.search.archive import Engine, Stories
from indexer.search.csv_lines import csv_lines
from indexer.search.labels import UNKNOWN, label
from indexer.search.query.marker import Marker
from indexer.search.query.snippet import snippet
from indexer.search.serializers import locality_json, official_json, province_json, published_json
from search_app.exports import citations
from search_app.pages.base import archive
from search_app.view import filters, links
from search_app.view.article_context import stories_of
from search_app.view.permalink import permalink_in_data
from search_app.web import params
from search_app.web.error_pages import BadRequest
from search_app.web.run_search import asked
from search_app.web.security_headers import conditional, may_read_whole

takeaway = Blueprint("takeaway", __name__)

IDS = 5_000  # found at a time: each time the whole result is put in order again
PAGE = 200  # articles in memory at a time
JOINED = "; "  # between several values in one cell
EXPORTED = tuple(spec for spec in FACETS if spec.column)


@dataclass(frozen=True, slots=True)
class Taken:
    """A search to be written down: its query as read, how many articles it finds, whether whole texts may go, and the
    permanent link by which the result is found again."""

    engine: Engine
    stories: Stories
    query: Query
    total: int
    whole: bool
    permalink: str

    def entries(self) -> Iterator[Entry]:
        """Every article found, in the order of the result page."""
        for offset in range(0, self.total, IDS):
            found = self.engine.find(replace(self.query, offset=offset, limit=IDS, facets=()))
            ids = [hit.id for hit in found.hits]
            for start in range(0, len(ids), PAGE):
                yield from self.engine.entries(ids[start : start + PAGE])

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every article as JSON has it; `text` only for readers who may have it."""
        marker = Marker(self.query.match)
        for entry in self.entries():
            shown, _ = snippet(marker, entry.article.text)
            text = {"text": entry.article.text} if self.whole else {}
            yield as_json(entry, shown, self.stories.story_of(entry.id)) | text


@takeaway.get("/search.<ending>")
def file(ending: str) -> Response:
    """Parameters as on /search but for page and limit, which mean nothing here; what makes no sense is refused."""
    form = FORMS.get(ending)
    if form is None:
        abort(404)
    wanted, notices = params.read(request.args)
    notices += params.unknown(request.args)
    if notices:
        raise BadRequest({notice.parameter: notice.text for notice in notices})
    found = taken(wanted)
    response = Response(stream_with_context(form.lines(found)), content_type=f"{form.media}; charset=utf-8")
    name = f"quoc-phong-{found.engine.generation}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Link"] = f'<{found.permalink}>; rel="bookmark"'
    return conditional(response, found.engine.generation)


def taken(wanted: params.Request) -> Taken:
    engine = archive().engine()
    results = asked(engine, wanted.changed(limit=1), (), 0)
    link = request.host_url.rstrip("/") + permalink_in_data(wanted, engine, results.total)
    return Taken(engine, stories_of(engine, archive()), results.query, results.total, may_read_whole(), link)


def as_json(entry: Entry, shown: str, story: str) -> dict[str, Any]:
    article, known = entry.article, entry.entities
    return {
        "id": article.id,
        "title": article.title,
        "url": filters.safe_link(article.url),
        "source": filters.site(article) or None,
        "author": article.author,
        "published": published_json(known.published),
        "years_about": list(known.years_about),
        "provinces": [province_json(province) for province in known.provinces],
        "localities": [locality_json(locality) for locality in known.localities],
        "officials": [official_json(official) | {"key": official.key} for official in known.officials],
        **{spec.column: [label(spec.name, key) for key in entry.keys.get(spec.name, ()) if key != UNKNOWN]
           for spec in EXPORTED},
        "online": article.online or None,
        "online_at": article.online_at or None,
        "story": story,
        "since": int(entry.keys[SINCE][0]),
        "snippet": shown,
    }


# --- one writer a form --------------------------------------------------------------------------------


def csv(found: Taken) -> Iterator[str]:
    return csv_lines(tuple(COLUMNS), ([cell(row) for cell in COLUMNS.values()] for row in found.rows()))


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
}


def jsonl(found: Taken) -> Iterator[str]:
    return (json_line(row) + "\n" for row in found.rows())


def whole_json(found: Taken) -> Iterator[str]:
    """One object: the query, the total, the generation of the index, and `articles`."""
    about = {"query": found.query.text, "total": found.total, "generation": found.engine.generation,
             "permalink": found.permalink}
    yield json.dumps(about, ensure_ascii=False)[:-1] + ', "articles": ['
    for number, line in enumerate(jsonl(found)):
        yield ("," if number else "") + "\n" + line.rstrip("\n")
    yield "\n]}\n"


def cited(write: Callable[[Entry], str]) -> Callable[[Taken], Iterator[str]]:
    return lambda found: map(write, found.entries())


@dataclass(frozen=True, slots=True)
class Form:
    label: str
    media: str
    lines: Callable[[Taken], Iterator[str]]


FORMS = {
    "csv": Form("CSV", "text/csv", csv),
    "json": Form("JSON", "application/json", whole_json),
    "jsonl": Form("JSONL", "application/x-ndjson", jsonl),
    "ris": Form("RIS", citations.STYLES["ris"].media, cited(citations.ris)),
    "bib": Form("BibTeX", citations.STYLES["bibtex"].media, cited(citations.bibtex)),
}


@takeaway.app_template_global()
def files(wanted: params.Request) -> list[links.Link]:
    """Where a result page leads for its files and its feed."""
    forms = [(form.label, ending) for ending, form in FORMS.items()]
    forms.append(("Atom", "atom"))
    return [links.Link(label, links.address(f"/search.{ending}", wanted, limit=params.DEFAULT_LIMIT))
            for label, ending in forms]
