"""Provinces: /provinces lists both maps, /provinces/<name> shows one: its history, articles, places and officials."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from indexer.model import Query
from indexer.search.archive_counts import archive_counts
from indexer.search.labels import province_label
from indexer.search.provinces import FOREVER, gazetteer, present
from search_app.view.holders import HoldersRequest
from search_app.view.links import former_names
from search_app.view.page import page_response
from search_app.view.province_facts import (
    LAST_DAY_OF_63,
    counts_until_reform,
    post_holders,
    province_counts,
    provinces_on,
)
from search_app.view.provinces import slug
from search_app.web.archive import archive

blueprint = Blueprint("provinces", __name__)



@blueprint.get("/provinces")
def page() -> Response:
    """Both maps: the provinces until 30 June 2025 and those since."""
    engine = archive().engine()
    return page_response(
        "provinces.html", then=provinces_on(LAST_DAY_OF_63), now=provinces_on(FOREVER), slug=slug,
        counts_then=counts_until_reform(engine), counts_now=archive_counts(engine, Query(), "now"),
    )  # fmt: skip


@blueprint.get("/provinces/<name>")
def province(name: str) -> Response:
    """One province by the slug of its name; 404 for an unknown one."""
    key = next((key for key in gazetteer().eras if slug(key) == name), None)
    if key is None:
        abort(404)
    engine = archive().engine()
    return page_response(
        "province.html", key=key, name=province_label(key), eras=gazetteer().eras[key], now=present(key), slug=slug,
        into=[other for other in former_names(key) if other != key],
        counts=province_counts(engine, key), posts=post_holders(engine, key),
        everyone=HoldersRequest(province=key).url(),
    )  # fmt: skip
