"""Where, when and who: an article's province, date and officials, each with its evidence; facet keys and labels.

Reads normalised text, never segmented text. Lexicons are dated data rows in data/*.csv.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from indexer.entities.facets import LABELS, entity_words, facet_keys, label, province_label
from indexer.entities.localities import find_localities
from indexer.entities.officials import find_officials
from indexer.entities.person_keys import with_key
from indexer.entities.provinces import Page, find_provinces
from indexer.entities.published import read_dates, sentences_of_dates
from indexer.entities.testimony import Taught
from indexer.entities.topics import find_topics
from indexer.model import Article, Entities, Evidence, Locality, Province, Published, Topic
from indexer.text import compared, shown

__all__ = ["LABELS", "entity_words", "facet_keys", "label", "province_label", "read_entities", "told_when"]
Told = TypeVar("Told", Published, Province, Topic, Locality)


def read_entities(article: Article, taught: Taught | None = None) -> Entities:
    """Where, when and who of `article`. Pure; offsets of evidence are into its title and `Article.text`.

    `taught` is what other articles know of one of its officials (indexer.learned).
    """
    zones = {"title": shown(article.title), "text": shown(article.text)}
    title, text = compared(zones["title"]), compared(zones["text"])
    officials = find_officials(zones["title"], zones["text"], (title, text))
    dated = read_dates(title, text, article.stamps, article.url)
    page = Page(title, text, dated.published.date, article.url, article.source, taught)
    provinces = find_provinces(page, officials)
    localities = find_localities(page, provinces)
    names = [province.name for province in provinces]
    return Entities(
        told_as_shown(dated.published, zones),
        dated.event,
        dated.years_about,
        tuple(told_as_shown(province, zones) for province in provinces),
        tuple(with_key(official, names, dated.published.date) for official in officials),
        tuple(told_as_shown(topic, zones) for topic in find_topics(title, text)),
        tuple(told_as_shown(locality, zones) for locality in localities),
    )


def told_when(article: Article) -> dict[str, Evidence]:
    """The sentences behind what an article tells of time: of its event ("event") and of each year it is about."""
    zones = {"title": shown(article.title), "text": shown(article.text)}
    found = sentences_of_dates(compared(zones["title"]), compared(zones["text"]))
    return {name: evidence for name, each in found.items() if (evidence := as_shown(each, zones))}


def told_as_shown(found: Told, zones: dict[str, str]) -> Told:
    evidence = as_shown(found.evidence, zones)
    return found if evidence is found.evidence else replace(found, evidence=evidence)


def as_shown(evidence: Evidence | None, zones: dict[str, str]) -> Evidence | None:
    """Evidence in the article's own spelling and punctuation: normalising kept every character's place."""
    if evidence is None or evidence.zone not in zones:
        return evidence
    quote = zones[evidence.zone][evidence.start : evidence.end]
    return evidence if quote == evidence.quote else replace(evidence, quote=quote)
