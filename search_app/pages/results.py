"""The result page, /search: the articles of a search with filters, chart, other interpretations and exports."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from search_app.view import links
from search_app.view.advice import advice, with_pages
from search_app.view.article_context import story_counts
from search_app.view.charts import chart_of_results
from search_app.view.page import heading, page_response, search_notices
from search_app.view.permalink import changes, permalink, sentences
from search_app.view.result_links import result_links
from search_app.web import params
from search_app.web.archive import archive

blueprint = Blueprint("results", __name__)

FACET_PAGE_ONLY = {"find", "order", "at"}  # parameters of the facet page, whose form leads here
NEAR_UP_TO = 100  # articles of a result on whose first page matches with other accents are shown too


@blueprint.get("/search")
def page() -> Response:
    """The page. A search for nothing leads home. Parameters of the facet page are removed from the address."""
    search, notices = params.read(request.args)
    if not search.q and not search.filters and not request.args:
        return redirect(url_for("home.page"))
    if FACET_PAGE_ONLY & request.args.keys():
        return redirect(links.search_url(search))
    engine = archive().engine()
    results = with_pages(search.run(engine, brief=True, near_up_to=NEAR_UP_TO))
    since = sentences(changes(search, engine, results, archive()))
    search = search.with_keys_of(results.query)  # without `gen`: links lead to the result of today
    offered = result_links(search, results)
    return page_response(
        "results.html", search=search, results=results, heading=heading(search), since=since,
        notices=[*search_notices(notices, results.query), *(each.message for each in results.unknown)],
        permalink=permalink(search, engine, results.total),
        links=offered, advice=advice(search, results), kept=offered.kept, stories=story_counts(archive(), results),
        chart=chart_of_results(engine, search, results),
    )  # fmt: skip
