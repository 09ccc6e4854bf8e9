"""Results over time, /timeline: bars by year or month, and the same as a table; /timeline.csv is the table."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import Message
from indexer.search.csv_lines import csv_lines
from indexer.search.labels import UNKNOWN
from indexer.search.over_time import MONTH, YEAR, Periods
from indexer.search.saved_search import SavedSearch
from search_app.i18n import messages
from search_app.view import links
from search_app.view.charts import HEIGHTS, chart
from search_app.view.figures import Figure, figure_response, sum_note
from search_app.view.page import page_response
from search_app.view.shares import fraction
from search_app.view.timeline import Timeline, timeline
from search_app.web.archive import archive
from search_app.web.responses import csv_download

blueprint = Blueprint("timeline", __name__)

MOST_BARS = 60  # the newest periods; the table has all
UNITS = {YEAR: messages.BY_YEAR, MONTH: messages.BY_MONTH}
HEADER = ("period", "precision", "articles", "archive_articles", "share", "sources")


@blueprint.get("/timeline")
def page() -> Response:
    """The page. ?by=year|month and ?show=count|share beside the parameters of /search."""
    shown = timeline(archive().engine())
    search = shown.search
    return page_response(
        "timeline.html", search=search, timeline=shown, kept=links.without_query(search), months_url=months_url,
        chart=chart(search, shown.periods, MOST_BARS, shown.total, shown.show == "share"),
        units=choice_links(shown, "by", UNITS), heights=choice_links(shown, "show", HEIGHTS),
        undated=links.search_url(search.changed(year=(UNKNOWN,), from_="", to="")),
    )  # fmt: skip


@blueprint.get("/timeline.<any(svg,png):ending>")
def figure(ending: str) -> AnyResponse:
    """The chart of the page as a figure."""
    engine = archive().engine()
    shown = timeline(engine)
    drawn = chart(shown.search, shown.periods, MOST_BARS, shown.total, shown.show == "share")
    notes = [*sum_note(drawn.parts, shown.total), messages.FIGURE_SHARES, *([messages.FIGURE_FEW] if drawn.few else [])]
    return figure_response(
        ending, Figure("timeline", messages.FIGURE_TIMELINE, "bars.svg", {"chart": drawn}, drawn.width, 116, notes),
        engine, shown.search, shown.query, shown.total)


@blueprint.get("/timeline.csv")
def file() -> Response:
    """The table of the page; every article stands in one row."""
    engine = archive().engine()
    return csv_download(csv_lines(HEADER, rows(timeline(engine).periods)), "timeline.csv", engine.generation)


def rows(found: Periods) -> Iterator[tuple[object, ...]]:
    """The rows of the file: periods, then articles dated too vaguely for one, then undated articles."""
    for each in found.each:
        yield each.key, found.unit, each.count, each.of, fraction(each.count, each.of), each.sources
    yield from ((year, YEAR, count, "", "", "") for year, count in found.vague)
    if found.undated and found.unit == YEAR:
        yield "", "", found.undated, "", "", ""


def months_url(search: SavedSearch, year: str) -> str:
    """The address of the page with the months of one year."""
    return timeline_url("/timeline", search.changed(year=(year,)), {"by": MONTH})


def choice_links(shown: Timeline, name: str, choices: dict[str, Message]) -> list[links.Link]:
    """Links to the same page with another value of the parameter `name`."""
    now = {"by": shown.periods.unit, "show": shown.show}
    return [links.Link(text, timeline_url("/timeline", shown.search, now | {name: each}), now[name] == each)
            for each, text in choices.items()]


def timeline_url(path: str, search: SavedSearch, more: dict[str, str]) -> str:
    """The address of `search` at `path` with the page's own parameters, without those at their default."""
    extra = "&".join(f"{name}={value}" for name, value in more.items() if (name, value) != ("show", "count"))
    address = links.url(path, search)
    return f"{address}{'&' if '?' in address else '?'}{extra}" if extra else address
