"""What stands beside an article: those that tell the same in the same words, and those on related matters.

A result page says how many stories its articles tell, and which of them are told again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from indexer.ingest.cross_article import teachers
from indexer.model import Entry, Results
from indexer.model.errors import QuocphongError
from indexer.search.archive import MOST_COUNTED, Engine, Stories, count_as_stories, current_folder
from indexer.search.more_like_this import related
from indexer.search.per_engine import per_engine
from search_app.web.archive import Archive

MOST_RETOLD = 20


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
    try:
        found = opened_stories(engine, archive.index_dir)
    except QuocphongError:
        return Stories()
    if found.generation != engine.generation:  # a commit's stories come after it
        opened_stories.forget(engine)
    return found


@per_engine
def opened_stories(engine: Engine, index_dir: Path) -> Stories:
    return Stories.open(current_folder(index_dir))
