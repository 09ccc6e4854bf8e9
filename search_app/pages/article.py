"""The page of an article: its text or an excerpt, what was recognised in it with evidence, and related articles."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort, request
from markupsafe import Markup

from indexer.model import Entry, Evidence
from indexer.model.facets import FACETS
from indexer.search.labels import role_names, told_when
from indexer.search.report_diff import whats_new
from search_app.view import filters
from search_app.view.article_context import article_context
from search_app.view.article_facts import facts
from search_app.view.kept_copies import kept_copies, versions_here
from search_app.view.page import page_response
from search_app.view.people import addresses_of
from search_app.web.archive import archive
from search_app.web.etags import conditional
from search_app.web.readers import may_read_whole

blueprint = Blueprint("article", __name__)

EXCERPT = 300  # characters of an article shown to readers who may not read all of it


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What an article page shows of an article itself.

    link          address of the original page; None where there is none that a reader may be sent to
    paragraphs    the whole text, names marked; empty for readers who may not read it
    excerpt       the beginning, for those readers; else ""
    time_evidence the sentences that tell the year ("2022") or day ("event") of what happened
    roles         the roles to show of officials, by name
    officials     the address of each official's page by key; officials without a page are left out
    """

    link: str | None
    paragraphs: tuple[Markup, ...]
    excerpt: str
    time_evidence: dict[str, Evidence]
    roles: frozenset[str]
    officials: dict[str, str]


@blueprint.get("/article/<path:article_id>")
def page(article_id: str) -> Response:
    """An article by its id in the path. Where a proxy merged the slashes of an id that is a URL, it is mended."""
    return article_page(archive().entry(article_id) or archive().entry(article_id.replace(":/", "://", 1)))


@blueprint.get("/article")
def page_by_parameter() -> Response:
    """An article by ?id=, the address of ids that a path would not carry unharmed."""
    return article_page(archive().entry(request.args.get("id", "")))


@blueprint.get("/article-copy")
def copy() -> Response:
    """The version ?at= of the article ?id= as it was fetched, for readers at this machine; 404 for all others.

    It is a stranger's page: it comes as plain text to save, which no browser runs.
    """
    entry = archive().entry(request.args.get("id", ""))
    kept = versions_here(entry) if entry else ()
    version = next((each for each in kept if each.at == request.args.get("at", each.at)), None)
    if version is None:
        abort(404)
    response = Response(version.path.read_bytes(), content_type=f"text/plain; charset={version.charset}")
    response.headers["Content-Disposition"] = f'attachment; filename="{version.path.stem}.txt"'
    return conditional(response, archive().engine().generation)


def article_page(entry: Entry | None) -> Response:
    """The page of `entry`, 404 for None."""
    if entry is None:
        abort(404)
    whole = may_read_whole()
    return page_response(
        "article.html", whole=whole, entry=entry, article=entry.article, entities=entry.entities,
        text=article_text(entry, whole), copies=kept_copies(entry), context=article_context(archive(), entry),
        fact_boxes=facts(entry), labels={spec.name: spec.label for spec in FACETS},
        news=whats_new(archive().engine(), entry),
    )  # fmt: skip


def article_text(entry: Entry, whole: bool) -> ArticleText:
    """What the template needs. Unless `whole`, the text itself never reaches the template."""
    text = entry.article.text
    return ArticleText(
        link=filters.safe_link(entry.article.url),
        paragraphs=tuple(filters.paragraphs(text, filters.name_spans(entry))) if whole else (),
        excerpt="" if whole else filters.excerpt(text, EXCERPT),
        time_evidence=told_when(entry.article),
        roles=frozenset(role_names().values()),
        officials=addresses_of(entry.entities.officials),
    )
