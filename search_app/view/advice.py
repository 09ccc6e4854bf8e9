"""What a result page shows of its query besides the articles: answers, cards, and the filters it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import url_for

from indexer.model import Answer, Narrowing, PersonCard, ProvinceCard, Results
from indexer.search.labels import label
from indexer.search.people import Person
from indexer.search.saved_search import SavedSearch
from search_app.i18n import messages
from search_app.view.links import fields_of, search_url
from search_app.view.people import PersonLine, all_people, person_line, person_url, posts_of, years_named
from search_app.view.provinces import slug

MOST_POSTS = 3


@dataclass(frozen=True, slots=True)
class Card:
    """A person whom the query names: the line, the latest posts with the years named, how many articles, and where."""

    line: PersonLine
    posts: tuple[str, ...]
    count: int
    articles: str


@dataclass(frozen=True, slots=True)
class ProvinceLine:
    """A province's page, its name, the name of today if it has another, and its number of articles."""

    href: str
    name: str
    now: str
    count: int


@dataclass(frozen=True, slots=True)
class Holder:
    """An answer to a question for a post: the person's page, and what the archive says."""

    href: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Filtering:
    """A narrower search to choose: its labels, its address and how many articles it finds."""

    labels: tuple[str, ...]
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything above the articles that says what the query names."""

    holders: tuple[Holder, ...] = ()
    people: tuple[Card, ...] = ()
    province: ProvinceLine | None = None
    filters: tuple[Filtering, ...] = ()
    phrase: Filtering | None = None


def advice(search: SavedSearch, results: Results) -> Advice:
    """What the page of `search` says of its query; `results` as `with_pages` gives them."""
    told = {("official", (card.key,)) for card in results.people}
    filters = tuple(filtering(search, each) for each in results.narrowings
                    if each.kind != "phrase" and (each.text or not told.issuperset(each.filters.items())))
    phrases = [filtering(search, each) for each in results.narrowings if each.kind == "phrase"]
    return Advice(
        tuple(holders(results)),
        tuple(cards(results)),
        province_line(results.province) if results.province else None,
        filters,
        phrases[0] if phrases else None,
    )


def with_pages(results: Results) -> Results:
    """`results` with the cards and answers of people who have a page, after the corrections of editors.

    Keys that are one person make one card; a person whom an editor has struck off has none.
    """
    if not (results.people or results.answers):
        return results
    people = {id: card for card in reversed(results.people) if (id := person_id(card.key))}
    kept = tuple(replace(card, key=id) for id, card in reversed(people.items()))
    answers = tuple(replace(each, person=id) for each in results.answers if (id := person_id(each.person)))
    return replace(results, people=kept, answers=answers)


def person_id(key: str) -> str:
    """The id of the person of a facet key; "" for nobody."""
    person = all_people().get(key)
    return person.id if person else ""


def cards(results: Results) -> Iterator[Card]:
    """A card for each person named."""
    for card in results.people:
        if person := all_people().get(card.key):
            yield Card(person_line(person), tuple(posts_named(person))[:MOST_POSTS], card.articles, articles_of(card))


def posts_named(person: Person) -> Iterator[str]:
    """A person's posts with the years that name them, the latest first: "Chỉ huy trưởng Bộ CHQS, 2022–2023"."""
    for post, bounds in posts_of(person).items():
        years = years_named(bounds)
        yield f"{post}, {years}" if years else post


def articles_of(card: PersonCard) -> str:
    """The address of the articles that name a person."""
    return search_url(SavedSearch().changed(official=(card.key,)))


def holders(results: Results) -> Iterator[Holder]:
    """The answers with the pages of the people."""
    for answer in results.answers:
        if person := all_people().get(answer.person):
            yield Holder(person_url(person), replace(answer, name=person.name))


def province_line(card: ProvinceCard) -> ProvinceLine:
    """The line of a province."""
    now = label("now", card.now) if card.now != card.name else ""
    return ProvinceLine(url_for("provinces.province", name=slug(card.name)), label("province", card.name), now,
                        card.articles)


def filtering(search: SavedSearch, narrowing: Narrowing) -> Filtering:
    """A narrower search with its address."""
    topic = set(narrowing.filters) == {"topic"}  # its name is that of words: "tuyển quân"
    labels = tuple(messages.TOPIC.format(each) for each in narrowing.labels) if topic else narrowing.labels
    return Filtering(labels, search_url(search.changed(q=narrowing.text, **fields_of(narrowing.filters))),
                     narrowing.count)
