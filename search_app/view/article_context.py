"""Articles around an article: the same story elsewhere, related articles, and those its province was inferred from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.ingest.cross_article import teachers
from indexer.model import Entry, Hit, Results
from indexer.model.errors import QuocphongError
from indexer.search.archive import MOST_COUNTED, DuplicateGroups, Engine, count_as_stories, current_folder
from indexer.search.more_like_this import Related, related
from indexer.search.per_engine import per_engine
from search_app.web.archive import Archive

MOST_OF_A_STORY = 20  # other articles of the same story that a page lists


@dataclass(frozen=True, slots=True)
class ArticleContext:
    """What an article page lists beside the article.

    same_story  other articles of its story (near-duplicates)
    related     the articles most like it, each with reasons
    testimony   articles that tell where its official serves, if its province is inferred from that
    """

    same_story: tuple[Entry, ...]
    related: tuple[Related, ...]
    testimony: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class StoryCounts:
    """The stories of a result.

    total   how many different ones; None if as many as articles, or too many to count
    others  for each article of the page, by id, how many other articles tell its story
    copies  the first article of a story on the page, by id -> the later ones of the page, which are shown below it
    """

    total: int | None
    others: Mapping[str, int]
    copies: Mapping[str, tuple[Hit, ...]]

    def leads(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits that stand for themselves: without those that are shown below another."""
        below = {hit.entry.id for copies in self.copies.values() for hit in copies}
        return [hit for hit in hits if hit.entry.id not in below]


def article_context(archive: Archive, entry: Entry) -> ArticleContext:
    """What stands beside `entry`, from the newest index."""
    engine = archive.engine()
    stories = stories_of(engine, archive)
    others = [id for id in stories.members(stories.story_of(entry.id)) if id != entry.id]
    return ArticleContext(
        same_story=tuple(engine.entries(others[:MOST_OF_A_STORY])),
        related=tuple(related(engine, entry)),
        testimony=tuple(teachers(engine, entry, stories.story_of)),
    )


def story_counts(archive: Archive, results: Results) -> StoryCounts:
    """The stories of a result. At most MOST_COUNTED articles are read for it: about 10 ms."""
    engine = archive.engine()
    stories = stories_of(engine, archive)
    countable = 0 < results.total <= MOST_COUNTED
    counted = count_as_stories(engine, stories, results.query, MOST_COUNTED) if countable else None
    others = {hit.entry.id: len(stories.members(stories.story_of(hit.entry.id))) - 1 for hit in results.hits}
    return StoryCounts(counted if counted != results.total else None, others, copies_below(stories, results.hits))


def copies_below(stories: DuplicateGroups, hits: Sequence[Hit]) -> dict[str, tuple[Hit, ...]]:
    """The first hit of each story told more than once among `hits`, by id -> the others."""
    by_story: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_story[stories.story_of(hit.entry.id)].append(hit)
    return {first.entry.id: tuple(rest) for first, *rest in by_story.values() if rest}


def stories_of(engine: Engine, archive: Archive) -> DuplicateGroups:
    """The stories of the engine's generation; none while an index is being put in place."""
    try:
        found = opened_stories(engine, archive.index_dir)
    except QuocphongError:
        return DuplicateGroups()
    if found.generation != engine.generation:  # a commit writes its stories later
        opened_stories.forget(engine)
    return found


@per_engine
def opened_stories(engine: Engine, index_dir: Path) -> DuplicateGroups:
    """The stories of the generation in use. Raises QuocphongError while an index is being put in place."""
    return DuplicateGroups.open(current_folder(index_dir))
