"""/api/kwic: every place where the words of a query stand, aligned (keyword in context)."""

from __future__ import annotations

from flask import Response

from indexer.model import Message
from indexer.search.kwic import HEADER, as_json
from indexer.search.parameters import MAX_QUERY
from search_app.api.paging import part
from search_app.api.reading import refuse_unknown_values
from search_app.api.route import BOUNDS, CHOICES, CURSOR, Asked, Parameter, Route, limit
from search_app.api.schema import COUNT, STRING, array, choice, obj, ref, said, text, whole
from search_app.api.shapes import COMMON, NEXT
from search_app.view.concordance import (
    ARTICLES_READ,
    HIGHEST_SEED,
    MOST_SAMPLED,
    ORDERS,
    LinesRequest,
    lines_of,
    lines_url,
    narrowed,
)
from search_app.web.archive import archive

MOST, USUAL = 100, 50  # lines of one answer


def lines(asked: Asked) -> Response:
    """The lines of /kwic, as far as this reader may see the articles."""
    engine, search = archive().engine(), narrowed(asked.search).changed(q=asked["q"])
    refuse_unknown_values(engine, search.count(engine).query)
    wanted = LinesRequest(asked["order"], asked["sample"], asked["seed"])
    found = lines_of(search, wanted, ARTICLES_READ, asked.offset, asked["limit"])
    return part(engine, as_json(found), lines_url("/kwic", search, wanted.pairs()), asked.offset + asked["limit"],
                found.sampled)


QUERY = Parameter("q", Message("câu tìm"), text(MAX_QUERY), "Words (a phrase where it stands) or the query language.",
                  required=True)
ORDER = Parameter("order", Message("thứ tự: từ ngữ đứng sau, đứng trước, hay bài mới nhất"),
                  choice(*ORDERS, default="right"), "By the words after, the words before, or newest first.")
SAMPLE = Parameter("sample", Message("số dòng rút ngẫu nhiên; 0 là tất cả"), whole(0, MOST_SAMPLED, 0),
                   "Lines to draw at random; 0: all.")
SEED = Parameter("seed", Message("hạt giống của lần rút ngẫu nhiên"), whole(0, HIGHEST_SEED, 0),
                 "The same seed draws the same lines.")
ROUTE = Route(
    "/api/kwic", Message("Mỗi chỗ từ ngữ xuất hiện là một dòng, kèm phần trước và sau nó."), "Concordance", lines,
    (QUERY, *CHOICES, *BOUNDS, ORDER, SAMPLE, SEED, limit(MOST, USUAL), CURSOR), "/api/kwic?q={word}&limit=3",
    (400, 410, 414, 429, 503),
    {"Concordance": obj(
        query=STRING, applied=array(ref("Reading")), articles=said(COUNT, "Articles that match."),
        read=said(COUNT, "Of these, how many were read: all, or a seeded draw."),
        total_lines=said(COUNT, "Places in the articles read."), sampled=said(COUNT, "Of these, how many were drawn."),
        lines=array(obj(**dict.fromkeys(HEADER, STRING))), **NEXT, **COMMON)},
)  # fmt: skip
