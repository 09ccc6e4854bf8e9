"""Who is named at which post in the articles of a search: the rows of docs/mentions.md."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from indexer.model import Post, Query
from indexer.search.labels import post_key
from indexer.search.mentions import MentionRow, Wanted, mentions
from indexer.search.saved_search import SavedSearch
from search_app.view.article_context import stories_of
from search_app.view.people import all_people
from search_app.web.archive import archive


def rows(
    search: SavedSearch, query: Query, person: str | None, post: str | None, offset: int, size: int
) -> Iterator[MentionRow]:
    """The mentions in `size` of the articles that a search finds, from `offset` on, with the corrections of editors.

    Filters by province, year and topic choose articles; by official, post, role, class and level also rows.
    """
    engine, people = archive().engine(), all_people()
    filters = {each.facet: each.keys for each in query.filters}
    one = people.get(person) if person else None
    story_of = stories_of(engine, archive()).story_of
    found = (
        row
        for key in (one.keys if one else (person,))
        for row in mentions(engine, Wanted(key, post, filters=filters, match=query.match), story_of,
                            offset, size)
        if chosen(row, filters)
    )
    return people.corrected(found)


# Facet -> the values of a row that a filter on the facet compares.
ROW_VALUES: dict[str, Callable[[MentionRow], Collection[str]]] = {
    "official": lambda row: (row.person,),
    "post": lambda row: (post_key(Post("", row.status, row.head, row.body, "", row.level)),),
    "role": lambda row: row.role.split("; "),
    "class": lambda row: (row.cls,),
    "level": lambda row: (row.level,),
}


def chosen(row: MentionRow, filters: Mapping[str, Collection[str]]) -> bool:
    """Whether the row itself holds what is chosen, not only its article."""
    return all(set(ROW_VALUES[facet](row)) & set(keys) for facet, keys in filters.items() if facet in ROW_VALUES)
