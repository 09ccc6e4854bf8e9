"""What a result says about its query besides the articles: parts to filter by, cards and answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from shlex import quote

from indexer.engine.port import Engine
from indexer.model import Results
from indexer.model.facets import BY_NAME
from indexer.search.answers import answers
from indexer.search.cards import person_cards, province_card
from indexer.search.narrowings import as_phrase, narrowed
from indexer.search.query import Plan, Replan
from indexer.search.query.days import FACET as DAY
from indexer.search.query.doubt import places
from indexer.search.query.spelled import spelled
from indexer.search.unknown_values import unknown_values


def with_advice(engine: Engine, results: Results, read: Plan, plan: Replan, typed: str) -> Results:
    """`results` with the parts that its query names, and what is offered for them.

    `read` is the plan of the query that found them; `plan` plans another text with the same options; `typed` is the
    query as typed, whatever interpretation was applied. Raises what the engine raises.
    """
    query = results.query
    results = replace(results, unknown=unknown_values(engine, query, typed))
    if not query.text:
        return results
    found = narrowed(engine, query, read, plan)
    people = tuple(person_cards(engine, query.text, found.recognised))
    named = people or spelled(query.text) in places(read.bare)
    phrases = as_phrase(engine, query, read, results.total) if named else None
    return replace(
        results,
        recognised=found.recognised,
        narrowings=(*found.narrowings, *((phrases,) if phrases else ())),
        people=people,
        province=province_card(engine, query.text, found.recognised),
        answers=answers(engine, read),
    )


def advice_lines(results: Results) -> Iterator[str]:
    """What a result says about its query, as lines for a terminal."""
    yield from (f"  {value.message}" for value in results.unknown)
    for answer in results.answers:
        name = f"{answer.rank} {answer.name}".strip()
        yield f"  {name}: {answer.post} ({span(answer.first, answer.last)})"
        yield f"    {answer.published} {answer.url or answer.id}: {answer.quote}"
    for person in results.people:
        posts = "; ".join(f"{held.post} ({span(held.first, held.last)})" for held in person.posts)
        yield f"  {person.name}, {person.place}: {posts or '-'}; {person.articles} articles; person={person.key}"
    for narrowing in results.narrowings:
        words = [quote(narrowing.text)] if narrowing.text else []
        filters = (option for facet, keys in narrowing.filters.items() for option in options(facet, keys))
        yield f"  Lọc: {narrowing.label} ({narrowing.count}): {' '.join([*words, *filters])}"


def span(first: str, last: str) -> str:
    """From one date to another, or the one date; "?" for none."""
    return " – ".join(dict.fromkeys(date for date in (first, last) if date)) or "?"


def options(facet: str, keys: Iterable[str]) -> Iterator[str]:
    """A filter as options of the command line, as a shell takes them."""
    for key in keys:
        if facet == DAY:
            low, _, high = key.partition("..")
            yield f"--from {low} --to {high}"
        else:
            yield f"{BY_NAME[facet].option} {quote(key)}"
