"""Charts and maps as files to take along: SVG, and PNG where the extra `figures` is installed.

A figure says what it shows without the page around it: query, filters, date, number of sources and permanent link are
drawn in. It uses presentation attributes only, so that every program draws it alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from textwrap import wrap
from typing import Any
from urllib.parse import urlencode

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import Message, Query
from indexer.search.archive import Engine
from indexer.search.archive_counts import counts_of, narrowed
from indexer.search.labels import UNKNOWN
from indexer.search.saved_search import SavedSearch
from search_app.i18n import messages
from search_app.i18n.language import current, say
from search_app.i18n.translating import render
from search_app.view import links
from search_app.view.filters import day_of, number
from search_app.view.permalink import with_mark
from search_app.web.etags import conditional

NARROWEST, MARGIN, LINE = 640, 24, 20  # pixels: width, around the figure, a line of text
ZOOM = 2  # pixels of a PNG for each of the SVG
LETTER = 7.2  # pixels, the mean width of a letter at 13 pixels
MOST_LINES = 4  # of the query, of the filters and of each note
SHADES = {"s0": "#ffffff", "s1": "#e3efe8", "s2": "#c5dfd1", "s3": "#9fcbb4", "s4": "#6fb392", "s5": "#14573f"}
LINES = (("#14573f", ""), ("#9a3b00", "8 4"), ("#3b3ba8", "2 4"), ("#8a1f63", "10 3 2 3"))  # colour, dashes


@dataclass(frozen=True, slots=True)
class Figure:
    """What is drawn.

    name           of the file, without ending
    title          what the figure shows, in words
    template       in templates/figures/, draws `values` in `width` x `height` pixels
    notes          sentences below the figure
    address        the path of what it shows; empty: the permanent link of its search
    origin         what is said of the articles and sources it rests on
    """

    name: str
    title: str
    template: str
    values: dict[str, Any]
    width: int
    height: int
    notes: Sequence[str] = ()
    address: str = ""
    origin: Message = messages.FIGURE_ORIGIN


def figure_links() -> list[links.Link]:
    """The page of the request as figures and numbers: SVG, PNG where it can be drawn, and CSV."""
    page, query = current().prefix + request.path, urlencode([*request.args.items(multi=True)])
    endings = ("svg", "png", "csv") if draws_png() else ("svg", "csv")
    return [links.Link(each.upper(), f"{page}.{each}" + (f"?{query}" if query else "")) for each in endings]


def figure_response(ending: str, figure: Figure, engine: Engine, search: SavedSearch, query: Query, total: int
                    ) -> AnyResponse:
    """The file of `figure`, which shows `total` articles of `search`. A PNG that cannot be drawn leads to the SVG."""
    if ending == "png" and not draws_png():
        return redirect(current().prefix + request.full_path.replace(".png", ".svg", 1))
    text = drawn(figure, engine, search, query, total)
    response = (Response(as_png(text), mimetype="image/png") if ending == "png"
                else Response(text, content_type="image/svg+xml; charset=utf-8"))
    response.headers["Content-Disposition"] = f'attachment; filename="quoc-phong-{figure.name}.{ending}"'
    return conditional(response, engine.generation)


def drawn(figure: Figure, engine: Engine, search: SavedSearch, query: Query, total: int) -> str:
    """The SVG of a figure, with its title, query, filters and origin."""
    width = max(NARROWEST, figure.width + 2 * MARGIN)
    room = int((width - 2 * MARGIN) / LETTER)
    filters = [say(link.text) for link in links.filter_links(search, "/search")]
    asked = [f"“{search.q}”"] if search.q else []
    head = [line for text in (*asked, " · ".join(filters)) for line in lines_of(text, room)]
    link = request.host_url.rstrip("/") + (figure.address or links.search_url(with_mark(search, engine, total)))
    origin = figure.origin.format(sources_of(engine, query), day_of(datetime.now(UTC)), n=total)
    foot = [*figure.notes, origin, link]
    below = [line for text in foot for line in lines_of(str(say(text)), room)]
    top = MARGIN + 30 + LINE * len(head)
    return render(
        f"figures/{figure.template}", **figure.values, title=figure.title, head=head, foot=below, width=width, top=top,
        margin=MARGIN, line=LINE, drawing=figure.width, bottom=top + figure.height + LINE,
        height=top + figure.height + LINE * (len(below) + 1) + MARGIN, shades=SHADES, lines=LINES,
    )  # fmt: skip


def sum_note(parts: Sequence[Message], total: int) -> list[str]:
    """Where the articles are, as one sentence, unless all are in one place."""
    return [f"{' + '.join(str(say(part)) for part in parts)} = {number(total)}"] if len(parts) > 1 else []


def lines_of(text: str, room: int) -> list[str]:
    """The text in at most MOST_LINES lines of `room` letters; what is longer is cut, and says so."""
    lines = wrap(text, room, max_lines=MOST_LINES, placeholder=" …", break_on_hyphens=False)
    return [line.strip() for line in lines]


def sources_of(engine: Engine, query: Query) -> int:
    """How many newspapers, stations and portals the articles of a query are from."""
    counts = counts_of(engine, narrowed(query), "source")
    return sum(count > 0 and key != UNKNOWN for key, count in counts.items())


def draws_png() -> bool:
    """Whether the package that draws PNG is installed (extra `figures`)."""
    return find_spec("resvg_py") is not None


def as_png(svg: str) -> bytes:
    """The SVG as PNG, drawn with the fonts of this machine."""
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=svg, zoom=ZOOM, background="white"))
