"""Following a search: the lines that make an alert of it (quocphong docs operations, "Alerts")."""

from __future__ import annotations

import json

from indexer.search.labels import label
from indexer.search.parameters import DEFAULT_LIMIT, FILTERS
from indexer.search.saved_search import SavedSearch
from search_app.i18n.language import current

LONGEST_NAME = 100  # as the table of alerts takes it


def alert_lines(search: SavedSearch, heading: str) -> str:
    """The lines of the alerts file for a search, in the language of the page; only the recipient is to be filled in.

    The alert is named by words and chosen values, or where there are none by the `heading` of the page.
    """
    plain = search.changed(sort="relevance", limit=DEFAULT_LIMIT).query_string()
    values = [label(FILTERS[name], key) for name, keys in search.choices for key in keys]
    chosen = ", ".join(filter(None, [search.q, *values]))
    shown = "".join(sign if sign.isprintable() else " " for sign in chosen or heading)
    name = " ".join(shown.split())[:LONGEST_NAME].strip()
    rows = {"name": name, "search": plain, "to": ["toasoan@example.vn"], "often": "daily"}
    rows |= {"language": current().code} if current().prefix else {}
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in rows.items())
    return "\n".join(["[[alert]]", *lines])
