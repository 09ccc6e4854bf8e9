"""More like this: the articles that share most with one, by its telling words, its places and its people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import log, sqrt

from indexer.engine.port import Engine
from indexer.entities import label
from indexer.entities.facets import UNKNOWN
from indexer.model import Entry, Message, Query, ScoringTerm
from indexer.model.excerpt import whole_of
from indexer.storage.minhash import signature, split
from indexer.storage.near_duplicates import ALIKE, told
from indexer.text import fold, syllables

READ = 3_000  # characters of the running text that are read: news says at its head what it is about
TITLE, LEAD, BODY = 3, 2, 1  # how much a pair counts by its zone: as in the engine's own scores
LEAD_CHARACTERS = 300
NAMED = 1_000  # characters of it in which the phrases that are named are looked for
TRIED = 28  # pairs whose rarity is looked up: those the article says most
SIGNALS = 20  # pairs that are searched for: the most telling ones
COMMON = 0.1  # a pair in more than this share of the articles tells nothing
SPARE = 6  # looked at beyond those asked for: copies are left out, and shared keys change the order
PHRASES = 3  # shared phrases that are named
SHARED = {"official": 0.2, "province": 0.1, "year": 0.05}  # what a shared key adds, in parts of the best score
WHY = {"official": Message("cùng cán bộ: {}"), "province": Message("cùng tỉnh, thành phố: {}"),
       "year": Message("cùng năm: {}")}
ABOUT = Message("cùng nói đến: {}")
ALIKE_IN_WORDS = Message("nhiều từ ngữ giống nhau")


@dataclass(frozen=True, slots=True)
class Related:
    """A related article, its score (only good for ordering), and in words what both have in common."""

    entry: Entry
    score: float
    why: tuple[str, ...]


def related(engine: Engine, entry: Entry, limit: int = 5) -> list[Related]:
    """The articles most like `entry`, best first, without itself, its near-duplicates and repeats among them."""
    weights = telling(engine, entry)
    scoring = tuple(ScoringTerm("pair", term, weight) for term, weight in weights.items())
    found = engine.find(Query(scoring=scoring, limit=limit + SPARE)) if scoring else None
    scores = {hit.id: hit.score for hit in found.hits if hit.score > 0 and hit.id != entry.id} if found else {}
    best = max(scores.values(), default=1.0)
    others = [(scores[other.id] / best + nearness(entry, other), other) for other in engine.entries(list(scores))]
    others.sort(key=lambda scored: (-scored[0], scored[1].id))
    phrases = list(stretches(engine, entry, weights))
    return [Related(other, score, reasons(entry, other, phrases)) for score, other in distinct(entry, others, limit)]


# --- what an article is about ----------------------------------------------------------------


def telling(engine: Engine, entry: Entry) -> dict[str, float]:
    """The folded pairs of syllables that set the article apart, often in it and rare elsewhere; weights to 1."""
    times: Counter[str] = Counter()
    for text, weight in (
        (entry.article.title, TITLE),
        (whole_of(entry.article.text)[:LEAD_CHARACTERS], LEAD - BODY),
        (whole_of(entry.article.text)[:READ], BODY),
    ):
        for one, other in pairwise(split(text)):
            times[f"{one} {other}"] += weight
    articles = max(2, engine.count())
    weighed = [
        (sqrt(count) * log(articles / held), term)
        for term, count in times.most_common(TRIED)
        if 1 < (held := engine.frequency("pair", term)) <= max(2, COMMON * articles)
    ]
    weighed.sort(key=lambda row: (-row[0], row[1]))
    return {term: weight / weighed[0][0] for weight, term in weighed[:SIGNALS]}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phrase made of telling pairs, as the article prints it."""

    phrase: str
    weight: float


def stretches(engine: Engine, entry: Entry, weights: Mapping[str, float]) -> Iterator[Stretch]:
    """The phrases that telling pairs make in the head of the article; they begin and end with a whole word."""
    text = f"{entry.article.title}\n{whole_of(entry.article.text)[:NAMED]}"
    read = [(one, other) for one, other in pairwise(syllables(text)) if one.paired]
    rows = [(one.start, f"{fold(one.text)} {fold(other.text)}", other.end) for one, other in read]
    spelled = {term: f"{one.text}_{other.text}" for (one, other), (_, term, _) in zip(read, rows, strict=True)}
    words = {term for term in weights.keys() & spelled.keys() if engine.frequency("word", spelled[term])}
    for _, run in groupby(rows, key=lambda row: row[1] in weights):
        inside = list(run)
        while inside and inside[0][1] not in words:
            inside.pop(0)
        while inside and inside[-1][1] not in words:
            inside.pop()
        if inside:
            yield Stretch(text[inside[0][0] : inside[-1][2]], sum(weights[term] for _, term, _ in inside))


# --- what two articles have in common --------------------------------------------------------


def shared_keys(one: Entry, other: Entry, facet: str) -> list[str]:
    """The keys of a facet that both articles hold, unknown ones left out."""
    theirs = other.keys.get(facet, ())
    return [key for key in one.keys.get(facet, ()) if key in theirs and key != UNKNOWN]


def nearness(one: Entry, other: Entry) -> float:
    """What shared people, places and years add to the score."""
    return sum(worth for facet, worth in SHARED.items() if shared_keys(one, other, facet))


def distinct(entry: Entry, others: Sequence[tuple[float, Entry]], limit: int) -> list[tuple[float, Entry]]:
    """The first few that are neither copies of `entry` nor of one another."""
    chosen: list[tuple[float, Entry]] = []
    taken = [signature(told(entry.article))]
    for score, other in others:
        if len(chosen) == limit:
            break
        held = signature(told(other.article))
        if all((held == known).mean() < ALIKE for known in taken):
            taken.append(held)
            chosen.append((score, other))
    return chosen


def reasons(one: Entry, other: Entry, phrases: Sequence[Stretch]) -> tuple[str, ...]:
    """Why both belong together, the strongest first; at least one reason."""
    shared = ((why, shared_keys(one, other, facet)[:PHRASES], facet) for facet, why in WHY.items())
    found = [why.format(", ".join(label(facet, key) for key in keys)) for why, keys, facet in shared if keys]
    if named := shared_phrases(other, phrases):
        found.append(ABOUT.format(", ".join(named)))
    return tuple(found) or (ALIKE_IN_WORDS,)


def shared_phrases(other: Entry, phrases: Sequence[Stretch]) -> list[str]:
    """The most telling of the phrases that `other` holds as well."""
    theirs = f" {' '.join(split(f'{other.article.title} {whole_of(other.article.text)}'))} "
    chosen: dict[str, str] = {}
    for each in sorted(phrases, key=lambda stretch: -stretch.weight):
        folded = " ".join(split(each.phrase))
        if f" {folded} " in theirs and not any(folded in known or known in folded for known in chosen):
            chosen[folded] = each.phrase
    return list(chosen.values())[:PHRASES]
