"""/api/statistics/…: collocates, keyness, frequency lists and who is named together; the tables of /statistics."""

from __future__ import annotations

from typing import get_type_hints

from flask import Response, request

from indexer.model import Message, Query
from indexer.search.statistics.collocates import ORDERS, WIDEST
from indexer.search.statistics.files import ROW_OF, as_json
from indexer.search.statistics.frequency import LONGEST as LONGEST_ROW
from indexer.search.statistics.nodes import NoPlaces
from indexer.search.statistics.tables import SPANS, UNITS, Collocates, Frequencies, Keyness, NamedTogether, Read
from indexer.search.statistics.together import ORDERS as PAIR_ORDERS
from indexer.search.statistics.together import SECONDS
from search_app.api.paging import answer
from search_app.api.reading import refuse_unknown_values
from search_app.api.route import BOUNDS, CHOICES, OFF, WIDEN, Asked, Parameter, Q, Route, limit
from search_app.api.schema import (
    BOOLEAN,
    COUNT,
    NUMBER,
    STRING,
    Json,
    array,
    choice,
    nullable,
    obj,
    ref,
    said,
    text,
    whole,
)
from search_app.api.shapes import COMMON
from search_app.i18n import messages
from search_app.view.statistics import statistics_url
from search_app.view.statistics_request import HIGHEST, LONGEST, ROWS, read, table
from search_app.web.archive import archive
from search_app.web.error_pages import BadRequest

MOST = 100  # rows of one answer; the file has more
TABLES = {"collocates": Collocates, "keyness": Keyness, "frequency": Frequencies, "together": NamedTogether}


def statistics(asked: Asked) -> Response:
    """The table that the last part of the path names, at most `limit` rows of it."""
    view = asked.route.path.rpartition("/")[2]
    engine, search = archive().engine(), asked.search
    refuse_unknown_values(engine, search.count(engine).query)
    wishes, _ = read(request.args, view)  # they make sense: the table of the route has been asked
    try:
        found = table(view, search, wishes, asked["limit"])
    except NoPlaces:
        raise BadRequest({"q": messages.NO_PLACES}) from None
    return answer(engine, {"statistics": view, **as_json(found)}, statistics_url(view, search, wishes))


def shape_of(kind: type) -> Json:
    """The shape of a table or of its rows, from its fields."""
    hints = get_type_hints(kind).items()
    return obj(**{name: CELLS.get(hint) or array(shape_of(ROW_OF[kind])) for name, hint in hints})


CELLS: dict[object, Json] = {str: STRING, int: COUNT, float: nullable(NUMBER), Query: said(STRING, "As it was read."),
                             Read: ref("ArticlesRead")}
READ = obj(articles=said(COUNT, "Articles that match."), read=said(COUNT, "Of these, how many were read."), seed=COUNT,
           sample=said(BOOLEAN, "Whether only a draw was read."))
UNIT = Parameter("units", Message("đếm từ (word) hay tiếng (syllable)"), choice(*UNITS, default=UNITS[0]))
SPAN = Parameter("span", Message("bên trái, bên phải hay cả hai bên"), choice(*SPANS, default=SPANS[0]))
WINDOW = Parameter("window", Message("cách tối đa bao nhiêu từ"), whole(1, WIDEST, 5))
ORDER = Parameter("order", Message("xếp theo số đo"), choice(*ORDERS, default=ORDERS[0]))
PAIR_ORDER = Parameter("order", ORDER.label, choice(*PAIR_ORDERS, default=PAIR_ORDERS[0]))
STOP = Parameter("stop", Message("tính cả hư từ"), choice("0", "1", default="0"), "1: function words too.")
LEAST = Parameter("min", Message("số lần ít nhất để được nêu"), whole(0, HIGHEST, 0), "0: the usual one of the table.")
SEED = Parameter("seed", Message("hạt giống của lần rút ngẫu nhiên"), whole(0, HIGHEST, 1),
                 "Of the draw, where not all articles are read.")
USE = Parameter("use", Message("từ dùng nhiều hơn (over) hay ít hơn (under)"), choice("over", "under", default="over"))
AGAINST = Parameter("against", Message("so với kết quả của câu tìm này; để trống là phần còn lại của kho"),
                    text(LONGEST), "A query; without it, the rest of the archive.")
IN_A_ROW = Parameter("n", Message("mấy từ liền nhau"), whole(1, LONGEST_ROW, 1))
WITH = Parameter("with", Message("cùng cán bộ khác (official) hay cùng tỉnh (province)"),
                 choice(*SECONDS, default=SECONDS[0]))
CHOSEN = (Q, *CHOICES, *BOUNDS, OFF, WIDEN)
OWN: dict[str, tuple[Message, tuple[Parameter, ...], str]] = {
    "collocates": (Message("Từ hay đứng gần những từ của câu tìm."), (UNIT, SPAN, WINDOW, ORDER, STOP, LEAST, SEED),
                   "?q={word}&min=1"),
    "keyness": (Message("Từ mà kết quả này dùng nhiều hơn hay ít hơn một kết quả khác."),
                (UNIT, USE, AGAINST, STOP, LEAST, SEED), "?q={word}&min=1"),
    "frequency": (Message("Từ, hay hai ba từ liền nhau, xuất hiện bao nhiêu lần."), (UNIT, IN_A_ROW, STOP, LEAST, SEED),
                  "?q={word}"),
    "together": (Message("Ai được nêu cùng ai, hoặc cùng tỉnh nào, trong bao nhiêu bài."), (WITH, PAIR_ORDER, LEAST),
                 "?min=1"),
}
NAMES = {"collocates": "Collocates", "keyness": "Keyness", "frequency": "Frequencies", "together": "NamedTogether"}


def route_of(view: str) -> Route:
    """The route of one table."""
    summary, own, example = OWN[view]
    shape = shape_of(TABLES[view])
    shape = obj(statistics=STRING, **shape["properties"], **COMMON)
    return Route(f"/api/statistics/{view}", summary, NAMES[view], statistics, (*CHOSEN, *own, limit(MOST, ROWS)),
                 f"/api/statistics/{view}{example}", shapes={NAMES[view]: shape, "ArticlesRead": READ})


ROUTES = tuple(map(route_of, OWN))
