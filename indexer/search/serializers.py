"""The JSON shapes of the command line and the API, in one place: keys may be added, never renamed."""

from __future__ import annotations

from typing import Any

from indexer.model import (
    Answer,
    Applied,
    Article,
    Entities,
    Evidence,
    Facet,
    Hit,
    Locality,
    Narrowing,
    Offer,
    Official,
    PersonCard,
    Province,
    ProvinceCard,
    Published,
    Recognised,
    Results,
    UnknownValue,
)
from indexer.model.excerpt import Quote, legible, wordless
from indexer.search.query.snippet import in_short

Json = dict[str, Any]


def extract_json(article: Article, entities: Entities) -> Json:
    """What is known of one article, as `quocphong extract --json` prints it."""
    return {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "published": published_json(entities.published) | {
            "evidence": quoted(entities.published.evidence),
            "year_evidence": quoted(entities.published.year_evidence),
        },
        "years_about": list(entities.years_about),
        "provinces": [province_json(province) for province in entities.provinces],
        "officials": [official_json(official) for official in entities.officials],
    }


def told_json(entities: Entities) -> Json:
    """What else an article tells, as `quocphong show --json` adds it: topics, places, officials with parsed posts."""
    return {
        "localities": [locality_json(locality) for locality in entities.localities],
        "topics": [{"topic": topic.name, "evidence": quoted(topic.evidence)} for topic in entities.topics],
        "officials": [official_json(official) | parsed_json(official) for official in entities.officials],
    }


def results_json(results: Results, stories: int | None = None) -> Json:
    """A page of results, as `quocphong search --json` and /api/search give it.

    `stories`: how many stories the articles found tell; null where there are too many articles to count them.
    """
    return {
        "total": results.total,
        "stories": stories,
        "rule": results.rule,
        "counted": results.counted,
        "took_ms": round(results.took_ms, 2),
        "applied": [applied_json(reading) for reading in results.query.applied],
        "unread": list(results.query.unread),
        "offers": [offer_json(offer) for offer in results.offers],
        "recognised": [recognised_json(part) for part in results.recognised],
        "narrowings": [narrowing_json(narrowing) for narrowing in results.narrowings],
        "people": [person_json(card) for card in results.people],
        "province": province_card_json(results.province),
        "answers": [answer_json(answer) for answer in results.answers],
        "unknown": [unknown_json(value) for value in results.unknown],
        "hits": [hit_json(hit) for hit in results.hits],
        "facets": {facet.name: facet_json(facet) for facet in results.facets},
        "near": {
            "total": results.near.total,
            "hits": [hit_json(hit) for hit in results.near.hits],
        },
    }


def hit_json(hit: Hit) -> Json:
    """One hit of a page of results."""
    article, entities = hit.entry.article, hit.entry.entities
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "published": published_json(entities.published),
        "provinces": [province_json(province) for province in entities.provinces],
        "officials": [official_json(official) for official in entities.officials],
        "score": round(hit.score, 4),
        "snippet": hit.snippet,
        "rung": hit.tier,
        "localities": [locality_json(locality) for locality in entities.localities],
    }


def published_json(published: Published) -> Json:
    """When an article was published, how exactly that is known, and what it rests on."""
    return {"date": published.date, "precision": published.precision, "basis": published.basis}


def province_json(province: Province) -> Json:
    """A province as it was and as it is now, with the sentence it rests on."""
    return {"name": province.name, "now": province.now, "basis": province.basis, "evidence": quoted(province.evidence)}


def locality_json(locality: Locality) -> Json:
    """A district (`level` district, until June 2025) or commune (since) the article is about, with its province."""
    return {"level": locality.kind, "unit": locality.unit, "name": locality.name, "province": locality.province,
            "evidence": quoted(locality.evidence)}


def official_json(official: Official) -> Json:
    """An official with rank and posts as written."""
    return {"name": official.name, "rank": official.rank, "posts": list(official.posts)}


def parsed_json(official: Official) -> Json:
    """An official's posts taken apart (docs/mentions.md names the parts) and roles, each with its sentence."""
    own = quoted(official.evidence)
    return {
        "held": [
            {"post": post.text, "status": post.status, "head": post.head, "body": post.body, "class": post.cls,
             "level": post.level, "place": post.place, "evidence": quoted(post.evidence) or own}
            for post in official.held
        ],
        "roles": [{"role": role.name, "evidence": quoted(role.evidence)} for role in official.roles],
    }  # fmt: skip


def quoted(evidence: Evidence | None) -> str | None:
    """The sentence of some evidence, None where there is none; of a quote what everybody sees."""
    if evidence is None or not isinstance(evidence.quote, Quote):
        return evidence.quote if evidence else None
    return "" if wordless(evidence.quote) else legible(evidence.quote)


def facet_json(facet: Facet) -> list[Json]:
    """The values of a facet with their counts."""
    return [{"value": v.value, "label": v.label, "count": v.count, "selected": v.selected} for v in facet.values]


def recognised_json(part: Recognised) -> Json:
    """A part of the query that names something, and the search that takes it as a filter instead."""
    return {"facet": part.facet, "keys": list(part.keys), "label": part.label, "text": part.text,
            "start": part.start, "end": part.end, "query": part.query, "count": part.count}


def narrowing_json(narrowing: Narrowing) -> Json:
    """A narrower search to choose: the query to ask, with these filters beside the chosen ones."""
    filters = {facet: list(keys) for facet, keys in narrowing.filters.items()}
    return {"kind": narrowing.kind, "label": narrowing.label, "query": narrowing.text, "filters": filters,
            "count": narrowing.count}


def person_json(card: PersonCard) -> Json:
    """The card of a person whom the query names."""
    posts = [{"post": post.post, "first": post.first, "last": post.last} for post in card.posts]
    return {"key": card.key, "name": card.name, "place": card.place, "posts": posts, "articles": card.articles}


def province_card_json(card: ProvinceCard | None) -> Json | None:
    """The card of the province that the query names; None for other queries."""
    return {"name": card.name, "now": card.now, "articles": card.articles} if card else None


def answer_json(answer: Answer) -> Json:
    """Who held the post that a question asks for, with the article that proves it."""
    proof = {"id": answer.id, "title": answer.title, "url": answer.url, "published": answer.published,
             "quote": in_short(answer.quote, answer.name)}
    return {"person": answer.person, "name": answer.name, "rank": answer.rank, "post": answer.post,
            "first": answer.first, "last": answer.last, "articles": answer.articles, "proof": proof}


def unknown_json(value: UnknownValue) -> Json:
    """A value of a filter or field that nothing is called, and the nearest there are."""
    return {"facet": value.facet, "value": value.value, "nearest": list(value.nearest), "message": value.message}


def applied_json(reading: Applied) -> Json:
    """An interpretation that was applied to the query."""
    return {"kind": reading.kind, "label": reading.label, "text": reading.text, "count": reading.count}


def offer_json(offer: Offer) -> Json:
    """A reading to choose: the query to ask, with these filters in place of the chosen ones of their facets."""
    filters = {facet: list(keys) for facet, keys in offer.filters.items()}
    return {"label": offer.label, "query": offer.text, "filters": filters, "more": offer.more,
            "kind": offer.kind, "count": offer.count}
