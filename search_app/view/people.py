"""The people of the archive as pages show them: who they are, their lines in lists, and the years they are named in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flask import current_app, url_for

from indexer.model import Official
from indexer.model.excerpt import Excerpt, Quote
from indexer.search.archive import Engine
from indexer.search.corrections import read_corrections
from indexer.search.labels import IN_OFFICE, Bound
from indexer.search.people import Move, People, Person
from indexer.search.per_engine import per_engine
from indexer.search.vietnamese import given_name_key
from search_app.i18n import messages
from search_app.web.archive import Mark, archive, mark_of


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list. `place` tells namesakes apart; `posts` are the latest; `years` from the first to the last."""

    href: str
    name: str
    place: str
    posts: tuple[str, ...]
    years: str


def all_people() -> People:
    """The people of the index, with the corrections of editors as their file is now."""
    path = current_app.extensions["settings"].corrections
    return people_of(archive().engine(), path, mark_of(path))


@per_engine
def people_of(engine: Engine, corrections_file: Path, mark: Mark | None) -> People:
    """The people of an index. `mark` is the state of the file: they are made anew when it changes."""
    corrections, problems = read_corrections(corrections_file)
    for problem in problems:
        current_app.logger.warning("%s: %s", problem.where, problem.why)
    return People(engine, corrections)


def addresses_of(officials: Iterable[Official]) -> dict[str, str]:
    """The address of each official's page by key; officials without a page are left out."""
    people = all_people()
    found = {official.key: people.get(official.key) for official in officials}
    return {key: person_url(person) for key, person in found.items() if person}


def person_url(person: Person) -> str:
    """The address of a person's page."""
    return url_for("officials.official", key=person.id)


def person_line(person: Person) -> PersonLine:
    """The person as a line of a list."""
    return PersonLine(person_url(person), person.name, person.place, tuple(posts_of(person))[:2],
                      years_named(person.held))


def posts_of(person: Person) -> dict[str, list[Bound]]:
    """Each post of a person in one line, with its mentions; the post named last stands first."""
    posts: dict[str, list[Bound]] = {}
    for bound in sorted(person.held, key=lambda bound: bound.year, reverse=True):
        if bound.head:
            posts.setdefault(short_post(bound), []).append(bound)
    return posts


def short_post(bound: Bound) -> str:
    """A post in one line, with its status unless that is "in office"."""
    status = "" if bound.status == IN_OFFICE else bound.status
    return " ".join(part for part in (status, bound.head, bound.body) if part)


def years_named(bounds: Sequence[Bound]) -> str:
    """From the first year named to the last: "2019–2022". A year that is only inferred is marked as such."""
    given: dict[str, bool] = {}
    for bound in bounds:
        if bound.year:
            given[bound.year] = given.get(bound.year, False) or not bound.dated
    ends = dict.fromkeys((min(given), max(given))) if given else {}
    shown = [year if given[year] else messages.AS_INFERRED.format(date=year) for year in ends]
    return messages.SPAN.format(*shown) if len(shown) > 1 else next(iter(shown), "")


def by_name(person: Person) -> tuple[object, str]:
    """The sort key of a list of people: given name, then place."""
    return given_name_key(person.name), person.place


def sayable(moves: Sequence[Move]) -> tuple[Move, ...]:
    """The moves, with their sentences as this reader may see those of the article."""
    told = ((move, archive().entry(move.article)) for move in moves)
    return tuple(replace(move, sentence=sentence_in(entry.article.text, move.sentence) if entry else "")
                 for move, entry in told)


def sentence_in(text: str, sentence: str) -> str:
    """A sentence on one line as an article's text shows it; "" where the text does not hold it."""
    if not isinstance(text, Excerpt):
        return sentence if sentence in " ".join(text.split()) else ""
    at = text.whole.replace("\n", " ").find(sentence)
    return Quote(text, at, at + len(sentence)) if at >= 0 else ""
