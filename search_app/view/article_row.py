"""An article as one flat record: a row of the files of a result, and the beginning of /api/articles."""

from __future__ import annotations

from typing import Any

from indexer.model import SINCE, Entry
from indexer.model.facets import FACETS
from indexer.search.labels import UNKNOWN, label
from indexer.search.serializers import locality_json, official_json, province_json, published_json
from search_app.view import filters

EXPORTED = tuple(spec for spec in FACETS if spec.column)


def as_json(entry: Entry, excerpt: str, story: str) -> dict[str, Any]:
    """An article as a JSON object: what is known of it, its story and an excerpt around the words found."""
    article, known = entry.article, entry.entities
    return {
        "id": article.id,
        "title": article.title,
        "url": filters.safe_link(article.url),
        "source": filters.site(article) or None,
        "author": article.author,
        "authors": list(article.authors),
        "published": published_json(known.published),
        "years_about": list(known.years_about),
        "provinces": [province_json(province) for province in known.provinces],
        "localities": [locality_json(locality) for locality in known.localities],
        "officials": [official_json(official) | {"key": official.key} for official in known.officials],
        **{spec.column: [label(spec.name, key) for key in entry.keys.get(spec.name, ()) if key != UNKNOWN]
           for spec in EXPORTED},
        "online": article.online or None,
        "online_at": article.online_at or None,
        "story": story,
        "since": int(entry.keys[SINCE][0]),
        "snippet": excerpt,
    }
