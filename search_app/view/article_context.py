"""What stands beside an article: those that tell the same in the same words, and those on related matters.

A result page says how many stories its articles tell, and which of them are told again.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from indexer.ingest.cross_article import teachers
from indexer.model import Entry, Results
from indexer.model.errors import QuocphongError
from indexer.search.archive import Engine, Stories, count_as_stories, current_folder
from indexer.search.more_like_this import related
from search_app.web.archive import Archive

MOST_RETOLD = 20
MOST_COUNTED = 2_000  # articles of a result that are read to count its stories: about 10 ms
STORIES: WeakKeyDictionary[Engine, Stories] = WeakKeyDictionary()  # read once an opened engine


def beside(archive: Archive, entry: Entry) -> dict[str, Any]:
    """`retold`: other articles of the entry's story; `related`: the articles most like it, each with reasons;
    `teachers`: those that tell where its official serves, if its province is known by that."""
    engine = archive.engine()
    stories = stories_of(engine, archive)
    others = [id for id in stories.members(stories.story_of(entry.id)) if id != entry.id]
    return {
        "retold": engine.entries(others[:MOST_RETOLD]),
        "related": related(engine, entry),
        "teachers": teachers(engine, entry, stories.story_of),
    }


def among(archive: Archive, results: Results) -> dict[str, Any]:
    """`stories`: how many stories the articles found tell, None when they are as many as the articles or too many to
    read; `again`: for each article of the page, how many others tell its story."""
    engine = archive.engine()
    stories = stories_of(engine, archive)
    countable = 0 < results.total <= MOST_COUNTED
    counted = count_as_stories(engine, stories, results.query, MOST_COUNTED) if countable else None
    again = {hit.entry.id: len(stories.members(stories.story_of(hit.entry.id))) - 1 for hit in results.hits}
    return {"stories": counted if counted != results.total else None, "again": again}


def stories_of(engine: Engine, archive: Archive) -> Stories:
    """The stories of the generation in use; none while an index is being put in place."""
    if engine not in STORIES or STORIES[engine].generation != engine.generation:  # a commit's stories come after it
        try:
            STORIES[engine] = Stories.open(current_folder(archive.index_dir))
        except QuocphongError:
            return Stories()
    return STORIES[engine]
