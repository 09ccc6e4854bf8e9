"""The steps of reading one article, so that many can be read step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from indexer.entities.localities import find_localities
from indexer.entities.officials import find_officials
from indexer.entities.person_keys import apart, with_key
from indexer.entities.provinces import Page, find_provinces, settled
from indexer.entities.published import read_dates
from indexer.entities.story import story
from indexer.entities.testimony import Taught
from indexer.entities.topics import find_topics
from indexer.entities.wraps import unwrapped
from indexer.model import Article, Entities, Evidence, Locality, Province, Published, Topic
from indexer.text import compared, shown

Told = TypeVar("Told", Published, Province, Topic, Locality)


class Extraction:
    """What is known so far of one article; each of STEPS adds to it what those before allow."""

    def __init__(self, article: Article, taught: Taught | None) -> None:
        self.article, self.taught = article, taught

    def normalise(self) -> None:
        """Normalise the zones; page furniture leaves the text that is read, and so do breaks inside a sentence."""
        self.zones = {"title": shown(self.article.title), "text": shown(self.article.text)}
        self.title, self.text = compared(self.zones["title"]), unwrapped(story(compared(self.zones["text"])))

    def find_officials(self) -> None:
        """Find people with rank or post."""
        self.officials = find_officials(self.zones["title"], self.zones["text"], (self.title, self.text))

    def read_dates(self) -> None:
        """Find when the article appeared and what it tells of time."""
        self.dated = read_dates(self.title, self.text, self.article.stamps, self.article.url)
        self.day = settled(self.dated.map_day, self.text)

    def find_provinces(self) -> None:
        """Find the provinces the article is about."""
        self.page = Page(self.title, self.text, self.day, self.article.url, self.article.source, self.taught)
        self.provinces = find_provinces(self.page, self.officials)

    def find_localities(self) -> None:
        """Find the districts or communes the article is about."""
        self.localities = find_localities(self.page, self.provinces)

    def tell_namesakes_apart(self) -> None:
        """Give each official the facet key of name and place, so that namesakes stay two people."""
        names = [province.name for province in self.provinces]
        self.officials = apart([with_key(official, names, self.day) for official in self.officials])

    def find_topics(self) -> None:
        """Find what the article is about."""
        self.topics = find_topics(self.title, self.text)

    def entities(self) -> Entities:
        """All of it, with evidence in the article's own spelling and punctuation."""
        return Entities(
            told_as_shown(self.dated.published, self.zones),
            self.dated.event,
            self.dated.years_about,
            tuple(told_as_shown(province, self.zones) for province in self.provinces),
            tuple(self.officials),
            tuple(told_as_shown(topic, self.zones) for topic in self.topics),
            tuple(told_as_shown(locality, self.zones) for locality in self.localities),
        )


STEPS = (
    Extraction.normalise, Extraction.find_officials, Extraction.read_dates, Extraction.find_provinces,
    Extraction.find_localities, Extraction.tell_namesakes_apart, Extraction.find_topics,
)  # fmt: skip


def told_as_shown(found: Told, zones: dict[str, str]) -> Told:
    """A value with its evidence quoted from the zones as they are shown."""
    evidence = as_shown(found.evidence, zones)
    if isinstance(found, Published) and (proof := as_shown(found.year_evidence, zones)) is not found.year_evidence:
        found = replace(found, year_evidence=proof)
    return found if evidence is found.evidence else replace(found, evidence=evidence)


def as_shown(evidence: Evidence | None, zones: dict[str, str]) -> Evidence | None:
    """Evidence in the article's own spelling and punctuation: normalising kept every character's place."""
    if evidence is None or evidence.zone not in zones:
        return evidence
    quote = zones[evidence.zone][evidence.start : evidence.end]
    return evidence if quote == evidence.quote else replace(evidence, quote=quote)
