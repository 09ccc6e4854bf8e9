"""Copies of an article's page that stay when the page goes: at the Wayback Machine, and on this machine.

We only link to the Wayback Machine and fetch nothing from it. What the fetcher keeps is for readers at this machine: no
setting shows it to others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlencode

from flask import current_app

from indexer.model import Entry
from indexer.model.article import FETCHED_RECORD
from search_app.i18n.language import current
from search_app.view.filters import safe_link
from search_app.web.readers import at_this_machine

if TYPE_CHECKING:
    from indexer.fetch.kept import KeptVersion

WAYBACK = "https://web.archive.org/web"
MOST = 5  # versions that a page lists, the newest


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """A version kept on this machine: its address on this site, and when it was fetched (ISO, UTC)."""

    href: str
    at: str


@dataclass(frozen=True, slots=True)
class KeptCopies:
    """The copies of an article's page. `wayback` is None where the address of the page is not known."""

    wayback: str | None
    here: Sequence[KeptCopy]


def kept_copies(entry: Entry) -> KeptCopies:
    """The copies that this reader may be sent to."""
    here = [KeptCopy(f"{current().prefix}/article-copy?{urlencode({'id': entry.id, 'at': version.at})}", version.at)
            for version in versions_here(entry)[:MOST]]
    return KeptCopies(wayback_link(entry), here)


def wayback_link(entry: Entry) -> str | None:
    """Where the Wayback Machine shows the capture nearest to the article's day; without a day its list of captures.

    The form of the address is theirs: /web/20220120/https://… and /web/*/https://…
    """
    link = safe_link(entry.article.url)
    day = (entry.entities.published.date or "*").replace("-", "")
    return f"{WAYBACK}/{day}/{urldefrag(link).url}" if link else None


def versions_here(entry: Entry) -> Sequence[KeptVersion]:
    """The versions that the fetcher keeps, the newest first; none for readers elsewhere."""
    if not at_this_machine() or not entry.article.path.endswith(FETCHED_RECORD):
        return ()
    from indexer.fetch.kept import kept_versions  # a site that shows nothing fetched does without the fetcher

    return kept_versions(current_app.extensions["settings"].fetched, entry.root, entry.article.path)
