"""/api/timeline: the articles of a search by year or month, with those of the archive; the numbers of /timeline."""

from __future__ import annotations

from flask import Response

from indexer.model import Message
from indexer.search.over_time import MONTH, YEAR, Period
from search_app.api.paging import answer
from search_app.api.reading import refuse_unknown_values
from search_app.api.route import FOUND, Asked, Parameter, Route
from search_app.api.schema import BOOLEAN, COUNT, INTEGER, STRING, Json, array, choice, obj, ref, said
from search_app.api.shapes import COMMON, TOTAL
from search_app.view import links
from search_app.view.timeline import timeline
from search_app.web.archive import archive


def over_time(asked: Asked) -> Response:
    """Every period from the first with articles to the last. The periods, `vague` and `undated` add up to the total."""
    engine = archive().engine()
    shown = timeline(engine)
    refuse_unknown_values(engine, shown.query)
    found = shown.periods
    undated = found.undated
    body = {"total": shown.total, "unit": found.unit, "too_long": shown.too_long,
            "periods": [period_json(each) for each in found.each],
            "vague": [{"date": date, "articles": count} for date, count in found.vague], "undated": undated}
    return answer(engine, body, links.url("/timeline", shown.search))


def period_json(period: Period) -> Json:
    """A year or month."""
    return {"period": period.key, "articles": period.count, "archive_articles": period.of, "sources": period.sources}


BY = Parameter("by", Message("theo năm (year) hay tháng (month)"), choice("", YEAR, MONTH),
               "By year or month; without it months where all articles are of one year.")
PERIOD = obj(period=said(STRING, "2022 or 2022-03."), articles=COUNT,
             archive_articles=said(COUNT, "Articles of the archive in that period, whatever they are about."),
             sources=said(INTEGER, "Different sources of its articles."))
ROUTE = Route(
    "/api/timeline", Message("Số bài theo năm hoặc theo tháng, kèm số bài của kho và số nguồn."), "Timeline", over_time,
    (*FOUND, BY), "/api/timeline?q={word}",
    shapes={"Timeline": obj(
        unit=choice(YEAR, MONTH), too_long=said(BOOLEAN, "Months were asked for, but the years are too many."),
        periods=array(ref("Period")), vague=said(array(obj(date=STRING, articles=COUNT)),
                                                 "Articles dated too vaguely for a month."),
        undated=COUNT, **TOTAL, **COMMON), "Period": PERIOD},
)  # fmt: skip
