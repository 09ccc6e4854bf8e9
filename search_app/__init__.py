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
from indexer.settings import Settings, load
from search_app import (
    api,
    boxes,
    choosing,
    citing,
    comparing,
    concordance,
    failures,
    feeds,
    guard,
    language,
    mentioned,
    pacing,
    people,
    seeing,
    show,
    silence,
    suggesting,
    takeaway,
    timeline,
    translating,
    views,
)
from search_app.archive import Archive


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
    app.jinja_env.filters.update(show.FILTERS)
    boxes.register(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["archive"] = archive = Archive(index_dir or settings.index)
    archive.courtesy.register(app)
    app.extensions["settings"] = settings
    app.context_processor(lambda: {"version": __version__, "contact_link": show.contact(settings.contact)})
    app.register_blueprint(views.site)
    app.register_blueprint(choosing.choosing)
    app.register_blueprint(api.api)
    app.register_blueprint(concordance.concordance)
    app.register_blueprint(suggesting.suggesting)
    app.register_blueprint(people.people)
    app.register_blueprint(mentioned.mentioned)
    app.register_blueprint(seeing.seeing)
    app.register_blueprint(timeline.timeline)
    app.register_blueprint(comparing.comparing)
    app.register_blueprint(silence.silence)
    app.register_blueprint(takeaway.takeaway)
    app.register_blueprint(feeds.feeds)
    app.register_blueprint(citing.citing)
    failures.register(app)
    pacing.register(app)
    guard.register(app)
    return app
