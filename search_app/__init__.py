"""The web front end: requests in, pages and files out. What it shows comes from the indexer's search package.

    pages/    one module for each page, with its routes
    exports/  files and feeds
    api/      JSON for programs
    view/     what templates are given: links, facet rows, charts, people; and `page`, which makes a page
    web/      archive, parameters, headers, rate limit, page cache, error pages, server
    i18n/     languages, messages, catalogues

Imports go one way: pages, exports and api -> view -> web -> i18n. A new page is a module with a `blueprint` and a row
in ROUTES.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask

from indexer import __version__
from indexer.model.settings import Settings, load
from search_app.api import openapi, reference, search, table
from search_app.exports import citations, feeds, mentions, page_metadata
from search_app.exports import officials as officials_file
from search_app.exports import results as result_files
from search_app.i18n import language, translating
from search_app.pages import (
    article,
    compare,
    coverage,
    facet_values,
    help,
    home,
    kwic,
    officials,
    province_map,
    provinces,
    report,
    results,
    robots,
    statistics,
    timeline,
)
from search_app.view import figures, filters, following, links, page, repeated_parts, reports
from search_app.web import (
    allowances,
    budgets,
    compression,
    cors,
    error_pages,
    etags,
    forms,
    rate_limit,
    readers,
    security_headers,
)
from search_app.web.archive import Archive


@dataclass(frozen=True, slots=True)
class Routes:
    """The routes of a module. `closed` are beginnings of paths that robots.txt closes to crawlers."""

    blueprint: Blueprint
    closed: tuple[str, ...] = ()


ROUTES = (
    Routes(home.blueprint),
    Routes(results.blueprint, closed=("/search",)),
    Routes(kwic.blueprint, closed=("/kwic",)),
    Routes(statistics.blueprint, closed=("/statistics",)),
    Routes(table.blueprint, closed=("/api/",)),
    Routes(search.blueprint, closed=("/healthz",)),
    Routes(openapi.blueprint, closed=("/openapi.json",)),
    Routes(reference.blueprint),
    Routes(citations.blueprint, closed=("/article-cite",)),
    Routes(article.blueprint, closed=("/article-copy",)),
    Routes(province_map.blueprint, closed=("/map",)),
    Routes(timeline.blueprint, closed=("/timeline",)),
    Routes(compare.blueprint, closed=("/compare",)),
    Routes(coverage.blueprint, closed=("/silence",)),
    Routes(facet_values.blueprint, closed=("/facet/",)),
    Routes(mentions.blueprint, closed=("/mentions.csv",)),
    Routes(officials.blueprint),
    Routes(officials_file.blueprint, closed=("/officials.csv",)),
    Routes(provinces.blueprint),
    Routes(report.blueprint, closed=("/report",)),
    Routes(help.blueprint),
    Routes(robots.blueprint),
    Routes(result_files.blueprint),
    Routes(feeds.blueprint),
)


def create_app(index_dir: Path | None = None, settings: Settings | None = None) -> Flask:
    """The site over the index in `index_dir` (default: the setting `index`). The index need not exist yet.

    Raises UsageError when a setting makes no sense. The application only reads; it may run in many threads.
    """
    settings = settings or load()
    app = Flask(__name__)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.merge_slashes = False  # an article's id may hold "//"
    language.register(app)
    translating.register(app)
    register_templates(app, settings)
    app.extensions["archive"] = archive = Archive(index_dir or settings.index)
    archive.throttle.register(app)
    app.extensions["settings"] = settings
    app.extensions["closed_paths"] = [path for each in ROUTES for path in each.closed]
    for each in ROUTES:
        app.register_blueprint(each.blueprint)
    error_pages.register(app)
    forms.register(app)
    readers.register(app)
    rate_limit.register(app)
    allowances.register(app)
    budgets.register(app)
    security_headers.register(app)
    compression.register(app)
    etags.register(app)
    cors.register(app)
    return app


def register_templates(app: Flask, settings: Settings) -> None:
    """Give templates their filters, the functions that make links, and the values that every page has."""
    app.jinja_env.filters.update(filters.FILTERS)
    app.jinja_env.globals |= {
        "view_links": links.view_links, "filter_links": links.filter_links, "site_pages": page.site_pages,
        "figure_links": figures.figure_links, "report_url": reports.report_url,
        "report_this_page": reports.report_this_page, "alert_lines": following.alert_lines,
        "citation_meta": page_metadata.citation_meta, "coins": page_metadata.coins}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    repeated_parts.register(app)
    app.context_processor(lambda: {"version": __version__, "contact_link": filters.contact(settings.contact)})
