"""The pages. Each view decides nothing about input (params does) and nothing about Vietnamese (the indexer does)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import Entry, Results
from indexer.model.errors import QuocphongError
from indexer.model.facets import FACETS
from indexer.search.labels import told_when
from indexer.search.report_diff import whats_new
from search_app.i18n import language, messages
from search_app.i18n.translating import render
from search_app.view import filters, links
from search_app.view.article_context import among, beside
from search_app.view.article_facts import facts
from search_app.view.permalink import permalink, sentences, what_happened
from search_app.web import params
from search_app.web.archive import Archive, Freshness, Overview
from search_app.web.params import Request
from search_app.web.run_search import ask, settled
from search_app.web.security_headers import conditional, may_read_whole

site = Blueprint("site", __name__)

CLOSED = (  # to crawlers, in every language
    "/search", "/kwic", "/api/", "/healthz", "/article-cite", "/map", "/timeline", "/compare", "/silence", "/facet/",
    "/mentions.csv",
)  # fmt: skip
LIST_ONLY = {"find", "order", "at"}  # said by the page of a facet, whose form leads here
NO_INDEX = -1  # for ETags, where a generation would stand
EXCERPT = 300  # characters of an article shown to readers who may not read all of it


@site.get("/")
def home() -> Response:
    engine = archive().engine()
    page = show_page("home.html", examples=messages.EXAMPLES)
    return conditional(make_response(page), engine.generation)


@site.get("/search")
def search() -> AnyResponse:
    """A result page. A search for nothing leads home; what a facet's list was asked does not stay in the address."""
    wanted, notices = params.read(request.args)
    if not wanted.q and not wanted.filters and not request.args:
        return redirect(url_for("site.home"))
    if LIST_ONLY & request.args.keys():
        return redirect(links.search(wanted))
    engine = archive().engine()
    results = ask(engine, wanted, brief=True)
    happened = what_happened(wanted, engine, results, archive())
    wanted = settled(wanted, results)  # of today: no link from here leads to the moment of the link followed
    link = permalink(wanted, engine, results.total)
    page = show_page("results.html", asked=wanted, notices=said(notices, results), results=results,
                     heading=heading(wanted), since=sentences(happened), permalink=link,
                     **links.around(wanted, results), **among(archive(), results))
    return conditional(make_response(page), engine.generation)


@site.get("/article/<path:article_id>")
def article(article_id: str) -> Response:
    """An article by its id in the path. Proxies that merge slashes break ids that are URLs: those are mended."""
    entry = archive().entry(article_id) or archive().entry(article_id.replace(":/", "://", 1))
    return article_page(entry)


@site.get("/article")
def article_by_parameter() -> Response:
    """An article by ?id=, the address of ids that a path would not carry unharmed."""
    return article_page(archive().entry(request.args.get("id", "")))


@site.get("/help")
def help() -> Response:
    return unchanging(show_page("help.html", order_names=params.SORTS, max_limit=params.MAX_LIMIT,
                                parameters=params.READERS, facets=FACETS))


@site.get("/about")
def about() -> Response:
    return unchanging(show_page("about.html", whole=may_read_whole()))


@site.get("/robots.txt")
def robots() -> Response:
    paths = (f"Disallow: {each.prefix}{path}\n" for each in language.LANGUAGES.values() for path in CLOSED)
    return conditional(Response(f"User-agent: *\n{''.join(paths)}", mimetype="text/plain"), NO_INDEX)


def unchanging(page: str) -> Response:
    """A page that is there without an index too, but tells the figures of the one there is."""
    overview = overview_if_any()
    return conditional(make_response(page), overview.generation if overview else NO_INDEX)


def article_page(entry: Entry | None) -> Response:
    if entry is None:
        abort(404)
    whole = may_read_whole()
    page = show_page("article.html", full=whole, **described(entry, whole), **beside(archive(), entry),
                     news=whats_new(archive().engine(), entry))
    return conditional(make_response(page), archive().engine().generation)


def described(entry: Entry, whole: bool) -> dict[str, Any]:
    """What the article template needs. Without `whole` the text itself never reaches the template."""
    text = entry.article.text
    return {
        "entry": entry,
        "article": entry.article,
        "entities": entry.entities,
        "source": filters.safe_link(entry.article.url),
        "original": entry.duplicate_of,
        "told_when": told_when(entry.article),
        "fact_boxes": facts(entry),
        "labels": {spec.name: spec.label for spec in FACETS},
        "body": filters.paragraphs(text, filters.named(entry)) if whole else [],
        "excerpt": "" if whole else filters.excerpt(text, EXCERPT),
    }


def said(notices: list[params.Notice], results: Results) -> list[str]:
    """What a result page must admit: parameters left out, and parts of the query nobody could read."""
    unread = results.query.unread
    return [n.text for n in notices] + [messages.UNREAD.format(parts=" · ".join(unread))] * bool(unread)


def heading(wanted: Request) -> str:
    return messages.HEADING.format(q=wanted.q) if wanted.q else messages.HEADING_WITHOUT_QUERY


def show_page(template: str, **values: Any) -> str:
    """The template with what every page has: an empty search form, the archive's figures, links to searches."""
    shared = {"asked": Request(), "kept": [], "overview": overview_if_any(), "freshness": freshness(),
              "search_url": search_url}
    return render(template, **shared | values)


def search_url(q: str) -> str:
    return links.search(Request(q=q))


def overview_if_any() -> Overview | None:
    """For pages that must work without an index."""
    try:
        return archive().overview()
    except QuocphongError:
        return None


def freshness() -> Freshness:
    return archive().freshness(current_app.extensions["settings"].stale_hours)


def archive() -> Archive:
    found: Archive = current_app.extensions["archive"]
    return found
