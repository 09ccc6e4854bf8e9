"""Of the first articles for a question, those come first whose words stand close together: there the answer is.

Only for questions, and only among the first FIRST articles by the engine's score, from their stored text: alike on
every engine, at a bounded cost. Window, weight and depth were chosen on half of the questions of
tests/quality/questions.tsv; docs/relevance.md has both halves.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import replace
from math import log1p

from indexer.engine.port import Engine
from indexer.model import Article, Found, Query, Scored
from indexer.model.excerpt import whole_of
from indexer.search.query.marker import folded_text

FIRST = 10  # articles that are looked at
WINDOW = 20  # syllables
SPACED = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))  # what is no letter, a space
WEIGHT = 0.2  # of the best score, for an article that holds every word within one window


def find(engine: Engine, query: Query) -> Found:
    """What the engine finds, the first articles for a question in the order of this module."""
    return closest_first(engine, query, engine.find(query))


def closest_first(engine: Engine, query: Query, found: Found) -> Found:
    """`found`, which is what the engine finds for `query`, in the order of this module."""
    end = query.offset + query.limit
    if not query.question or query.sort != "relevance" or not query.scoring or not found.hits or query.offset >= FIRST:
        return found
    hits = found.hits
    if query.offset or end < FIRST:
        hits = engine.find(replace(query, offset=0, limit=max(FIRST, end), facets=())).hits
    ordered = (*reordered(engine, query.question, hits[:FIRST]), *hits[FIRST:])
    return replace(found, hits=ordered[query.offset : end])


def reordered(engine: Engine, words: tuple[str, ...], hits: tuple[Scored, ...]) -> list[Scored]:
    """`hits`, best first, with what their closest words add to their scores."""
    weights = {word: idf(engine, word) for word in words}
    whole = sum(weights.values()) or 1.0
    best = hits[0].score
    held = {entry.id: most_in_a_window(entry.article, weights) / whole
            for entry in engine.entries([hit.id for hit in hits], brief=True)}
    added = [Scored(hit.id, hit.score + WEIGHT * best * held.get(hit.id, 0.0)) for hit in hits]
    return sorted(added, key=lambda hit: -hit.score)


def most_in_a_window(article: Article, weights: Mapping[str, float]) -> float:
    """The largest summed weight of different words that stand within WINDOW syllables of the article."""
    text = folded_text(f"{article.title}\n{whole_of(article.text)}").encode("ascii", "replace")
    window: deque[tuple[int, str]] = deque()
    held: Counter[str] = Counter()
    most = now = 0.0
    asked = {word.encode(): word for word in weights}
    for at, word in ((at, asked[each]) for at, each in enumerate(text.translate(SPACED).split()) if each in asked):
        window.append((at, word))
        held[word] += 1
        now += weights[word] if held[word] == 1 else 0.0
        while window[0][0] <= at - WINDOW:
            _, gone = window.popleft()
            held[gone] -= 1
            now -= weights[gone] if not held[gone] else 0.0
        most = max(most, now)
    return most


def idf(engine: Engine, word: str) -> float:
    """The inverse document frequency of an accent-free syllable, as engines have it."""
    frequency = engine.frequency("folded", word)
    return log1p((engine.count() - frequency + 0.5) / (frequency + 0.5))
