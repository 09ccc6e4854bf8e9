"""What stands beside an article: those that tell the same in the same words, and those on related matters."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from indexer.engine.port import Engine
from indexer.errors import QuocphongError
from indexer.index import current_folder
from indexer.model import Entry
from indexer.related import related
from indexer.stories import Stories
from search_app.archive import Archive

MOST_RETOLD = 20
STORIES: WeakKeyDictionary[Engine, Stories] = WeakKeyDictionary()  # read once an opened engine


def beside(archive: Archive, entry: Entry) -> dict[str, Any]:
    """`retold`: other articles of the entry's story; `related`: the articles most like it, each with reasons."""
    engine = archive.engine()
    stories = stories_of(engine, archive)
    others = [id for id in stories.members(stories.story_of(entry.id)) if id != entry.id]
    return {"retold": engine.entries(others[:MOST_RETOLD]), "related": related(engine, entry)}


def stories_of(engine: Engine, archive: Archive) -> Stories:
    """The stories of the generation in use; none while an index is being put in place."""
    if engine not in STORIES:
        try:
            STORIES[engine] = Stories.open(current_folder(archive.index_dir))
        except QuocphongError:
            return Stories()
    return STORIES[engine]
