"""metadata.json of an exported database: what Datasette shows beside the tables.

Keys as in Datasette's documentation, "Metadata" (0.65; 1.0 reads the same file, with `--metadata`).
"""

from __future__ import annotations

from typing import Any

from indexer.operations.export.selection import RIGHTS
from indexer.operations.export.tables import TABLES, Table

TITLE = "Local defence news of Viet Nam"


def of(database: str, about: dict[str, str]) -> dict[str, Any]:
    """The metadata of the database named `database`, whose table `about` holds `about`."""
    articles = int(about["articles"])
    whole = "whole texts" if about["texts"] == "whole" else "an excerpt of each text"
    described = f"{articles:,} articles with {whole}: generation {about['generation']}, {about['day']}."
    notes = {"source": "Articles of the newspapers named in `sources`", "license": RIGHTS,
             "about": f"Exported by {about['made_by']}"}
    tables: dict[str, Any] = {table.name: of_table(table) for table in TABLES}
    tables["articles"] |= {"fts_table": "articles_fts", "fts_pk": "number", "sort_desc": "published"}
    tables["articles_shown"] = {"hidden": True}
    return {"title": TITLE, "description": described, **notes,
            "databases": {database: {"title": TITLE, "description": described, **notes, "tables": tables,
                                     "queries": QUERIES}}}


def of_table(table: Table) -> dict[str, Any]:
    """The metadata of one table; what it lacks is left out."""
    shown = {"title": table.title, "description": table.described,
             "columns": {column.name: column.described for column in table.columns},
             "facets": list(table.facets), "label_column": table.label}
    return {name: value for name, value in shown.items() if value}


# Queries that a reader finds below the tables.
QUERIES = {
    "who_held": {
        "title": "Who was named at a post in a province, and when",
        "description": "Each person with the first and last day that an article names them; never a term of office.",
        "sql": "select p.name as person, o.name as post, min(a.published) as first, max(a.published) as last,"
               " count(distinct a.number) as articles from mentions m join people p on p.id = m.person"
               " join posts o on o.number = m.post join articles a on a.number = m.article"
               " where o.head = :head and m.province = :province group by p.id, o.number order by first",
    },
    "stories_by_year": {
        "title": "Articles and stories by year of publication",
        "sql": "select year, count(*) as articles, count(distinct story) as stories from articles"
               " where year is not null group by year order by year",
    },
}
