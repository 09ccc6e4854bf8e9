"""Entities as facet keys, labels and search words.

A key never changes with the words on the page: "Huế" is the key of the province shown as Thừa Thiên Huế before 2025.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.entities import person_keys
from indexer.entities.newspapers import hosts_of, mergers, newspaper
from indexer.entities.places import era, zone
from indexer.entities.post_keys import people_keys, post_label
from indexer.entities.testimony import testimony_keys
from indexer.entities.unit_keys import unit_label, unit_names
from indexer.entities.units import units
from indexer.model import Article, Entities, Evidence, Message, Published
from indexer.model.facets import BY_NAME

UNKNOWN = "?"
GIVEN, INFERRED = "given", "inferred"  # keys of "dated": the page gives its date, or the text lets it be inferred
TODAY = "9999-12-31"
DATED = {GIVEN: Message("ghi trên trang"), INFERRED: Message("suy ra")}


def facet_keys(entities: Entities, article: Article) -> dict[str, tuple[str, ...]]:
    """An article's values by facet; an unknown province or year is the key "?", so that it is counted and found."""
    day = entities.published.date
    names = tuple(province.name for province in entities.provinces)
    return {
        "province": names or (UNKNOWN,),
        "now": tuple(dict.fromkeys(province.now for province in entities.provinces)) or (UNKNOWN,),
        "year": (str(entities.published.year or UNKNOWN),),
        "day": (day,) if day else (),
        "about": tuple(map(str, entities.years_about)),
        "dated": (dated(entities.published),),
        "official": tuple(dict.fromkeys(official.key for official in entities.officials)),
        "region": tuple(dict.fromkeys(row.region for name in names if (row := era(name, day)))),
        "zone": tuple(dict.fromkeys(held for name in names if (held := zone(name, day)))),
        **people_keys(entities),
        **testimony_keys(entities),
        **{facet: tuple(each.key for each in told(facet, entities, article)) for facet in VALUES},
    }


@dataclass(frozen=True, slots=True)
class Told:
    """One value of a facet in one article: its key, and the words it rests on where there are such."""

    key: str
    evidence: Evidence | None = None


Values = Callable[[Entities, Article], Iterable[Told]]


def told(facet: str, entities: Entities, article: Article) -> tuple[Told, ...]:
    """What `article` tells of a facet of VALUES: each key once, with the evidence that came first."""
    found: dict[str, Told] = {}
    for each in VALUES[facet](entities, article):
        found.setdefault(each.key, each)
    return tuple(found.values())


def localities(kind: str) -> Values:
    """The places of a `kind`, district or commune, that an article is about."""
    return lambda entities, article: (Told(each.key, each.evidence)
                                      for each in entities.localities if each.kind == kind)


def topics(entities: Entities, article: Article) -> Iterator[Told]:
    """What it is about, by the table of topics."""
    return (Told(topic.name, topic.evidence) for topic in entities.topics)


def sources(entities: Entities, article: Article) -> Iterator[Told]:
    """The newspaper, by its site or the name its record gives."""
    found = newspaper(article.url, article.source)
    yield Told(*found) if found else Told(UNKNOWN)


def named_units(entities: Entities, article: Article) -> Iterator[Told]:
    """The bodies and units it names."""
    yield from [Told(*each) for each in units(entities, article.title, article.text)] or [Told(UNKNOWN)]


# The facets that an article page lists with their evidence: how an article comes by their values. Every row of the
# table with `evidence` is here (tests/model/test_facets.py).
VALUES: dict[str, Values] = {
    "district": localities("district"),
    "commune": localities("commune"),
    "topic": topics,
    "source": sources,
    "unit": named_units,
}


def dated(published: Published) -> str:
    """Whether the page gives the date of publication, or it is inferred, or unknown."""
    return UNKNOWN if not published.date else INFERRED if published.inferred else GIVEN


@lru_cache(maxsize=5_000)  # the values of facets come again on every page
def label(facet: str, key: str) -> str:
    """How a facet's key is shown: "Hồ Chí Minh" -> "TP Hồ Chí Minh", "xã Ia O@Gia Lai" -> "xã Ia O, Gia Lai".

    A Message where another language says it in its own words.
    """
    if key == UNKNOWN:
        return Message("chưa rõ")
    if facet in SHOWN:
        return SHOWN[facet](key)
    return Message(key) if facet in BY_NAME and BY_NAME[facet].translated else key


def place_label(key: str) -> str:
    """A place below the province, followed by the province."""
    return key.replace("@", ", ")


def province_label(name: str, day: str | None = None) -> str:
    """A province's name as shown on `day`: Huế was Thừa Thiên Huế until 2024. Without a day, a name for all times."""
    if day is None and name == "Huế":
        return "Huế (Thừa Thiên Huế)"
    row = era(name, day)
    return row.label if row else name


# How the keys of a facet are shown that are not shown as they are.
SHOWN: dict[str, Callable[[str], str]] = {
    "province": province_label,
    "now": lambda name: province_label(name, TODAY),
    "dated": lambda key: DATED.get(key, key),
    "district": place_label,
    "commune": place_label,
    "post": post_label,
    "unit": unit_label,
    "official": person_keys.label,
}


def names(facet: str, key: str) -> tuple[str, ...]:
    """Everything a value is called: its key, how it is shown, and its other names."""
    return key, label(facet, key), *(OTHER_NAMES[facet](key) if facet in OTHER_NAMES else ())


# Names of a facet's values beside key and label, by which a reader may ask for them.
OTHER_NAMES: dict[str, Callable[[str], Iterable[str]]] = {"source": hosts_of, "unit": unit_names}
# What a facet's value became or was, to offer beside it: (how that is said, its key). Nothing is applied unasked.
BECAME: dict[str, Callable[[str], Iterable[tuple[str, str]]]] = {"source": mergers}


def entity_words(entities: Entities) -> tuple[str, ...]:
    """Phrases an article is also found by: its provinces then and now, its officials with their posts, its year."""
    day = entities.published.date
    phrases: list[str] = []
    for province in entities.provinces:
        phrases += unit_and_name(province.name, day), unit_and_name(province.now, TODAY)
    for official in entities.officials:
        titles = (official.rank or "", *official.posts)
        phrases += (f"{title} {official.name}".strip() for title in titles)
    if entities.published.year:
        phrases.append(f"năm {entities.published.year}")
    return tuple(dict.fromkeys(phrases))


def unit_and_name(name: str, day: str | None) -> str:
    """A province's unit word and name on a day: tỉnh Gia Lai, thành phố Huế."""
    row = era(name, day)
    return f"{row.kind} {row.label.removeprefix('TP ')}" if row else name
