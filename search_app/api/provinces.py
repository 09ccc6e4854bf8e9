"""/api/provinces: both maps; /api/provinces/{slug}: one province with its history, articles, places and officials."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, abort, url_for

from indexer.model import Message, Query
from indexer.search.archive import Engine
from indexer.search.archive_counts import archive_counts
from indexer.search.holdings import proofs
from indexer.search.labels import province_label
from indexer.search.provinces import FOREVER, Era, gazetteer, present
from search_app.api.officials import holding_json
from search_app.api.paging import answer
from search_app.api.route import PATH, Asked, Parameter, Route
from search_app.api.schema import COUNT, STRING, array, mapping, obj, ref, said, text
from search_app.api.shapes import COMMON
from search_app.view.links import former_names
from search_app.view.province_facts import (
    LAST_DAY_OF_63,
    counts_until_reform,
    province_counts,
    provinces_on,
    weightiest_posts,
)
from search_app.view.provinces import slug
from search_app.web.archive import archive

LONGEST = 60  # characters of a slug


def listed(asked: Asked) -> Response:
    """The provinces until 30 June 2025 (`then`) and those since (`now`), each with its articles."""
    engine = archive().engine()
    then, now = counts_until_reform(engine), archive_counts(engine, Query(), "now")
    body = {"then": [province_json(era, then) for era in provinces_on(LAST_DAY_OF_63)],
            "now": [province_json(era, now) for era in provinces_on(FOREVER)]}
    return answer(engine, body, url_for("provinces.page"))


def province_json(era: Era, counts: dict[str, int]) -> dict[str, Any]:
    """A province in the list."""
    return {"name": era.name, "label": province_label(era.name), "slug": slug(era.name), "now": present(era.name) or "",
            "articles": counts.get(era.name, 0)}


def one(asked: Asked) -> Response:
    """One province by its slug; 404 for an unknown one."""
    name = asked.path["slug"]
    key = next((key for key in gazetteer().eras if slug(key) == name), None)
    if key is None:
        abort(404)
    engine = archive().engine()
    return answer(engine, facts(engine, key), url_for("provinces.province", name=name))


def facts(engine: Engine, key: str) -> dict[str, Any]:
    """What the page of a province shows."""
    counts = province_counts(engine, key)
    chosen = weightiest_posts(engine, key)
    proved = iter(proofs(engine, [holding for _, held in chosen for holding in held]))
    return {
        "name": key, "label": province_label(key), "slug": slug(key), "now": present(key) or "",
        "formed_from": [other for other in former_names(key) if other != key],
        "eras": [asdict(era) for era in gazetteer().eras[key]], "total": counts.total,
        "years": [{"year": year, "articles": n, "inferred": counts.inferred.get(year, 0)} for year, n in counts.years],
        "places": {each.parameter: [{"key": place.key, "name": place.name, "articles": place.count}
                                    for place in each.places] for each in counts.places},
        "posts": [{"post": post, "holders": [holding_json(next(proved)) for _ in held]} for post, held in chosen],
    }  # fmt: skip


LISTED = obj(name=STRING, label=STRING, slug=STRING, now=said(STRING, "The present province."), articles=COUNT)
PROVINCE = obj(
    name=STRING, label=STRING, slug=STRING, now=STRING, formed_from=array(STRING), eras=array({"type": "object"}),
    total=COUNT,
    years=array(obj(year=STRING, articles=COUNT, inferred=said(COUNT, "Of these, with an inferred year."))),
    places=said(mapping(array(obj(key=STRING, name=STRING, articles=COUNT))), "Districts and communes."),
    posts=array(obj(post=STRING, holders=array(ref("Holding")))), **COMMON,
)  # fmt: skip
SLUG = Parameter("slug", Message("tên không dấu, nối bằng gạch: kon-tum"), text(LONGEST), "kon-tum, ba-ria-vung-tau",
                 PATH, required=True)
ROUTES = (
    Route("/api/provinces", Message("63 tỉnh, thành phố trước 1/7/2025 và 34 hiện nay, kèm số bài."), "Provinces",
          listed, (), "/api/provinces", shapes={"Provinces": obj(then=array(LISTED), now=array(LISTED), **COMMON)}),
    Route("/api/provinces/{slug}", Message("Một tỉnh, thành phố: lịch sử, số bài theo năm, địa danh, cán bộ."),
          "ProvinceFacts", one, (SLUG,), "/api/provinces/{slug}", (400, 404, 414, 429, 503),
          {"ProvinceFacts": PROVINCE}),
)
