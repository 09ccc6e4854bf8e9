"""Answers as text. Our own lines say what is counted, inferred and left out; those that begin with "> " are quoted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from indexer.operations.mcp_server.quoting import MARK, WARNING, clean, quoted
from indexer.operations.mcp_server.shapes import (
    ArticleAnswer,
    CollocatesAnswer,
    Dated,
    FoundArticle,
    HeldAnswer,
    Holder,
    OfficialsAnswer,
    SearchAnswer,
    Source,
    TimelineAnswer,
)


def as_text(answer: Any) -> str:
    """The answer of a tool for a model to read and quote from."""
    return "\n".join([*WRITERS[type(answer)](answer), "", WARNING])


def search_lines(answer: SearchAnswer) -> Iterator[str]:
    """A page of articles, then facets and other searches."""
    stories = f" They tell {answer.stories} stories." if answer.stories is not None else ""
    yield f"{answer.total} articles found. The total counts {answer.total_counts}.{stories}"
    yield from notes_of(answer.notes)
    for number, found in enumerate(answer.articles, 1):
        yield from found_lines(number, found)
    for name, values in answer.facets.items():
        if values:
            yield line(f"{name}: " + ", ".join(f"{each.value} ({each.articles})" for each in values))
    for other in answer.suggested:
        yield line(f"not done, but possible ({other.kind}): query {other.query!r}, filters {other.filters},"
                   f" {other.articles} articles")
    yield from further(answer.next_page)


def found_lines(number: int, found: FoundArticle) -> Iterator[str]:
    """An article in a list."""
    yield f"\nArticle {number}:"
    yield from source_lines(found.source)
    yield line(f"provinces: {', '.join(place.province for place in found.provinces) or 'not known'}")
    yield line(f"officials: {', '.join(found.officials) or 'none named'}")
    yield line(f"where the words stand: {found.snippet}")
    if found.copies:
        yield f"{len(found.copies)} more articles of this page tell the same story and are folded here:"
        yield from (line(f"{each.id}, {each.source}, {each.published.date}") for each in found.copies)


def source_lines(source: Source) -> Iterator[str]:
    """What is cited of an article."""
    yield line(source.title)
    yield line("; ".join(filter(None, (f"id {source.id}", source.source, date_of(source.published), source.url))))
    yield line(f"page {source.page}")


def date_of(dated: Dated) -> str:
    """A date with its basis."""
    if dated.date is None:
        return "date not known"
    return f"{dated.date} ({'inferred: ' if dated.inferred else 'stated: '}{dated.basis})"


def article_lines(answer: ArticleAnswer) -> Iterator[str]:
    """One article."""
    yield "The whole article:" if answer.whole else "The part of the article that may be shown:"
    yield from source_lines(answer.source)
    yield quoted(answer.text)
    yield from notes_of(answer.notes)
    yield "Recognised in it, each with the sentence it rests on:"
    yield line(f"date: {answer.date_evidence or answer.source.published.basis}")
    for place in answer.provinces:
        yield line(f"province {place.province} (now {place.now}), by {place.basis}: {place.evidence or ''}")
    for person in answer.officials:
        yield line(f"official {person.rank or ''} {person.name} (key {person.key})")
        yield from (line(f"- {post.status} {post.post}: {post.evidence or ''}") for post in person.posts)
    yield from (line(f"topic {name}: {evidence or ''}") for name, evidence in answer.topics.items())
    if answer.same_story:
        yield f"{len(answer.same_story)} more articles tell the same story in nearly the same words:"
        yield from (line(f"{each.id}, {each.source}, {each.published.date}") for each in answer.same_story)


def officials_lines(answer: OfficialsAnswer) -> Iterator[str]:
    """People by name."""
    yield f"{answer.total} people of that name are named in articles."
    yield from notes_of(answer.notes)
    for person in answer.people:
        yield line(f"{person.name}, {person.place} (key {person.key}); page {person.page}")
        for post in person.posts:
            inferred = ", years inferred" if post.inferred else ""
            yield line(f"- {post.post}, named so {span(post.first_year, post.last_year)}{inferred}")
        if person.maybe_same:
            yield line(f"- maybe the same person: {', '.join(person.maybe_same)}")
    yield from further(answer.next_page)


def held_lines(answer: HeldAnswer) -> Iterator[str]:
    """Who held a post."""
    yield f"{answer.total} pairs of a person and a post, the one named last first."
    yield from notes_of(answer.notes)
    for holder in answer.holders:
        yield from holder_lines(holder)
    yield from further(answer.next_page)


def holder_lines(holder: Holder) -> Iterator[str]:
    """A person at a post with its proof."""
    inferred = f"; inferred: {', '.join(holder.inferred_years)}" if holder.inferred_years else ""
    yield ""
    yield line(f"{holder.name} (key {holder.person}): {holder.post}, named so"
               f" {span(holder.first_year, holder.last_year)}{inferred}")
    if holder.proof:
        yield line(f"proof: {holder.sentence or '(the sentence may not be shown)'}")
        yield from source_lines(holder.proof)


def timeline_lines(answer: TimelineAnswer) -> Iterator[str]:
    """Articles over time."""
    yield f"{answer.total} articles found. The total counts {answer.total_counts}."
    yield from notes_of(answer.notes)
    yield f"{answer.unit}: articles found of articles in the archive (sources)"
    yield from (f"{each.period}: {each.articles} of {each.archive_articles} ({each.sources})"
                for each in answer.periods)
    yield f"dated too vaguely for a {answer.unit}: {answer.vaguely_dated}; undated: {answer.undated}"


def collocates_lines(answer: CollocatesAnswer) -> Iterator[str]:
    """Words near those of a query."""
    yield (f"{answer.places} places of the words in {answer.read} of the {answer.articles} articles that match"
           f" (seed {answer.seed}).")
    yield from notes_of(answer.notes)
    yield "word: times near (expected), articles, log-likelihood, log_dice"
    yield from (line(f"{each.word}: {each.near} ({each.expected}), {each.articles}, {each.log_likelihood},"
                     f" {each.log_dice}") for each in answer.words)


def span(first: str, last: str) -> str:
    """"2019", "2019 to 2022", or that no year is known."""
    if not first:
        return "in articles without a year"
    return f"in {first}" if first == last else f"in {first} to {last}"


def notes_of(notes: Sequence[str]) -> Iterator[str]:
    """Notes as a list."""
    yield from (f"Note: {clean(each)}" for each in notes)


def further(page: int | None) -> Iterator[str]:
    """How to go on."""
    if page:
        yield f"More: ask again with page={page}."


def line(text: str) -> str:
    """One quoted line."""
    return MARK + clean(text)


WRITERS: dict[type, Callable[[Any], Iterator[str]]] = {
    SearchAnswer: search_lines, ArticleAnswer: article_lines, OfficialsAnswer: officials_lines, HeldAnswer: held_lines,
    TimelineAnswer: timeline_lines, CollocatesAnswer: collocates_lines,
}
