"""The web front end: requests in, pages and files out. Everything it shows comes from the indexer's streets.

    params    the address of a search: URL <-> Request
    archive   the opened index, shared by threads, reopened when it changes
    asking    from a Request to Results: the one call of the search street
    views     the pages; concordance that of /kwic; failures what is said when there is no page
    people    the pages of officials and provinces; mentioned the mentions behind them as a file
    choosing  all values of one facet
    seeing    results on the map; timeline by year or month, comparing several searches, silence province by year;
              periods and shares are what those count
    permanent the link that remembers the generation, and what happened since
    takeaway  a whole result as a file; citing how to cite an article; feeds Atom and OpenSearch
    api       the JSON for programs; suggesting that for a search box
    links     where a result page can lead; show how dates, numbers and marked text look; wording the sentences
    language  which language a request is in and how things are said in it; translating has templates speak it
    boxes     the rows of the facets, made once
    serving   the server: processes and threads
    guard     security headers, caching, and who may read whole articles; pacing how often one reader may ask
    remembered  pages as they were last made
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from indexer import __version__
from indexer.model.settings import Settings, load
from search_app.api import search, suggest
from search_app.exports import citations, feeds, mentions, results
from search_app.i18n import language, translating
from search_app.pages import base, compare, coverage, facet_values, kwic, officials, province_map, timeline
from search_app.view import facet_rows, filters
from search_app.web import error_pages, rate_limit, security_headers
from search_app.web.archive import Archive


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
    app.jinja_env.filters.update(filters.FILTERS)
    facet_rows.register(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["archive"] = archive = Archive(index_dir or settings.index)
    archive.throttle.register(app)
    app.extensions["settings"] = settings
    app.context_processor(lambda: {"version": __version__, "contact_link": filters.contact(settings.contact)})
    app.register_blueprint(base.site)
    app.register_blueprint(facet_values.choosing)
    app.register_blueprint(search.api)
    app.register_blueprint(kwic.concordance)
    app.register_blueprint(suggest.suggesting)
    app.register_blueprint(officials.people)
    app.register_blueprint(mentions.mentioned)
    app.register_blueprint(province_map.seeing)
    app.register_blueprint(timeline.timeline)
    app.register_blueprint(compare.comparing)
    app.register_blueprint(coverage.silence)
    app.register_blueprint(results.takeaway)
    app.register_blueprint(feeds.feeds)
    app.register_blueprint(citations.citing)
    error_pages.register(app)
    rate_limit.register(app)
    security_headers.register(app)
    return app
