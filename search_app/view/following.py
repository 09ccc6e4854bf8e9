"""Following a search: the lines that make an alert of it (quocphong docs operations, "Alerts")."""

from __future__ import annotations

import json

from indexer.search.parameters import DEFAULT_LIMIT
from indexer.search.saved_search import SavedSearch
from search_app.i18n.language import current

LONGEST_NAME = 100  # as the table of alerts takes it


def alert_lines(search: SavedSearch, heading: str) -> str:
    """The lines of the alerts file for a search, in the language of the page; only the recipient is to be filled in."""
    plain = search.changed(sort="relevance", limit=DEFAULT_LIMIT).query_string()
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in heading).split())[:LONGEST_NAME].strip()
    rows = {"name": name, "search": plain, "to": ["toasoan@example.vn"], "often": "daily"}
    rows |= {"language": current().code} if current().prefix else {}
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in rows.items())
    return "\n".join(["[[alert]]", *lines])
