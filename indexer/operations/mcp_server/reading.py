"""The tool `article`: one article with what was recognised in it and the sentences that rests on."""

from __future__ import annotations

from indexer.model import Entry, Official
from indexer.model.errors import UsageError
from indexer.operations.mcp_server.archive import Archive, Opened
from indexer.operations.mcp_server.searching import INFERRED_DATE, places_of, source_of
from indexer.operations.mcp_server.shapes import ArticleAnswer, NamedPerson, NamedPost

MOST_CHARACTERS = 20_000  # of a text
MOST_COPIES = 10
STATED = ("text", "title", "dateline")  # bases of a province that the article itself states


def read(archive: Archive, id: str) -> ArticleAnswer:
    """The article with an id. UsageError for an unknown id."""
    opened = archive.opened()
    found = opened.engine.entries([id])
    if not found:
        raise UsageError(f"The archive holds no article {id[:200]!r}; it may be withdrawn. Take ids from search.")
    [entry] = found
    known = entry.entities
    evidence = known.published.evidence or known.published.year_evidence
    return ArticleAnswer(
        source=source_of(archive, entry), authors=list(entry.article.authors), whole=opened.whole,
        text=entry.article.text[:MOST_CHARACTERS], date_evidence=evidence.quote if evidence else None,
        provinces=places_of(entry), officials=[person(each) for each in known.officials],
        topics={each.name: each.evidence.quote if each.evidence else None for each in known.topics},
        same_story=[source_of(archive, each) for each in copies(opened, entry)], notes=list(notes(opened, entry)),
        generation=opened.engine.generation,
    )  # fmt: skip


def person(official: Official) -> NamedPerson:
    """An official with posts; each stands with its sentence, or else with that of the official."""
    own = official.evidence.quote if official.evidence else None
    posts = [NamedPost(post.text, post.status, post.evidence.quote if post.evidence else own) for post in official.held]
    return NamedPerson(official.key, official.name, official.rank, posts)


def copies(opened: Opened, entry: Entry) -> list[Entry]:
    """Other articles that tell the same story in nearly the same words."""
    members = opened.stories.members(opened.stories.story_of(entry.id))
    return opened.engine.entries([id for id in members if id != entry.id][:MOST_COPIES])


def notes(opened: Opened, entry: Entry) -> list[str]:
    """What was inferred of the article, and how much of its text is given."""
    published, text = entry.entities.published, entry.article.text
    said = [f"The date is {INFERRED_DATE[published.basis]}."] if published.basis in INFERRED_DATE else []
    said += [f"The province {each.name} is not stated; it rests on: {each.basis}."
             for each in entry.entities.provinces if each.basis not in STATED]
    if not opened.whole:
        said.append("This is an excerpt: a fixed part of the text. Read the original at its url.")
    elif len(text) > MOST_CHARACTERS:
        said.append(f"The text is cut at {MOST_CHARACTERS} of {len(text)} characters.")
    if entry.article.online:
        said.append(f"The original page was since {entry.article.online} ({entry.article.online_at or 'day unknown'}).")
    return said
