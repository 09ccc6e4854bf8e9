"""Cards: whom and which province a whole query names. They stand above the articles found, never in their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from indexer.engine.port import Engine
from indexer.entities import label
from indexer.entities.places import present
from indexer.entities.post_keys import Bound
from indexer.model import PersonCard, PostHeld, ProvinceCard, Recognised
from indexer.search.mentions import post_name
from indexer.search.query.named_people import held
from indexer.search.query.recognised import without

MOST_PEOPLE = 4
MOST_POSTS = 3
BESIDE = frozenset({"province", "district", "region", "unit", "post", "year"})


def person_cards(engine: Engine, text: str, recognised: Sequence[Recognised]) -> Iterator[PersonCard]:
    """A card for each person whom `text` names, if all else in it is his post, place or time; namesakes are several.

    Only people who have a page: those of the facet "mention".
    """
    people = [part for part in recognised if part.facet == "official"]
    beside = [part for part in recognised if part.facet in BESIDE]
    if not people or without(text, people[0], *(p for p in beside if p.start >= people[0].end)):
        return
    cards = (card(engine, key) for part in people for key in part.keys)
    yield from [each for each in cards if each][:MOST_PEOPLE]


def card(engine: Engine, key: str) -> PersonCard | None:
    """The card of a facet key; None for who has no page."""
    mentions = held(key, engine)
    if not mentions:
        return None
    return PersonCard(key, label("official", key), key.partition("@")[2], tuple(posts(mentions))[:MOST_POSTS],
                      engine.frequency("official", key))


def posts(mentions: Sequence[Bound]) -> Iterator[PostHeld]:
    """The posts of a person, without level and place, with the years in which they are named, the latest first."""
    named = sorted((post_name(each.status, each.head, each.body, "", ""), each.year) for each in mentions if each.head)
    spans = []
    for post, group in groupby(named, key=lambda each: each[0]):
        years = [year for _, year in group if year]
        spans.append(PostHeld(post, min(years, default=""), max(years, default="")))
    yield from sorted(spans, key=lambda span: (span.last, span.first), reverse=True)


def province_card(engine: Engine, text: str, recognised: Sequence[Recognised]) -> ProvinceCard | None:
    """The card of the province whose name the whole query is; None for other queries."""
    [*named] = [part for part in recognised if part.facet == "province" and not without(text, part)]
    if not named or len(named[0].keys) != 1:
        return None
    [name] = named[0].keys
    return ProvinceCard(name, present(name), engine.frequency("province", name))
