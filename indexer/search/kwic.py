"""Concordance: every place where a query's words stand, a line each, aligned on the words (keyword in context)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from random import Random
from typing import Any, NamedTuple

from indexer.engine.port import Engine
from indexer.entities import label
from indexer.model import NO_LIMIT, Entry, Found, Query, budget
from indexer.model.excerpt import legible, seen, whole_of
from indexer.search.per_engine import whole as whole_engine
from indexer.search.query import parse
from indexer.search.query.marker import Marker, Reading, Span
from indexer.search.query.snippet import ending, whole
from indexer.search.query.tree import Chunk
from indexer.search.service import SearchOptions, best_interpretation, resolved
from indexer.search.statistics.lines import Near, near_places
from indexer.text import syllables
from indexer.text.collate import Key, vietnamese_key

__all__ = ["HEADER", "SORTS", "Kwic", "Line", "as_json", "as_rows", "as_text", "kwic"]

WIDTH, MAX_WIDTH = 60, 200  # characters of context on either side
NEAREST = 6  # syllables of context that decide the order
CHUNK = 100  # articles read at a time
Filters = Mapping[str, Sequence[str]]
Allowed = Mapping[str, Collection[tuple[int, int]]] | None  # by article: zone, and syllables before the place
ENTRY_SECONDS = 150e-6  # to open an article; measured: tests/bench/budget.py
HEADER = ("left", "match", "right", "date", "province", "source", "title", "id", "url", "zone", "date_basis")


@dataclass(frozen=True, slots=True)
class Line:
    """One place: the words as printed, at most `width` characters on either side, and where it was printed.

    `zone` is title or text; `date_basis` what the date rests on, as in Published. `province` is as on the day of
    publication, several joined by "; ", "" when unknown.
    """

    left: str
    match: str
    right: str
    date: str
    province: str
    source: str
    title: str
    id: str
    url: str
    zone: str
    date_basis: str = "none"


@dataclass(frozen=True, slots=True)
class Kwic:
    """A concordance. `query` is what was asked, with any reading taken on the reader's behalf in `query.applied`.

    articles     how many articles match
    read         how many of them were read: all, or a seeded draw where `most` was given and there are more
    total_lines  how many places those hold (of each at most `per_article`, if given); `sampled` of them were drawn and
                 sorted, `lines` is the page of those
    """

    query: Query
    articles: int
    read: int
    total_lines: int
    sampled: int
    lines: tuple[Line, ...]


def kwic(
    engine: Engine,
    text: str,
    *,
    filters: Filters | None = None,
    sample: int | None = None,
    seed: int = 0,
    sort: str = "right",
    width: int = WIDTH,
    offset: int = 0,
    limit: int | None = None,
    most: int | None = None,
    per_article: int | None = None,
    seconds: float | None = None,
    most_places: int | None = None,
    near: Near | None = None,
) -> Kwic:
    """Every place where the words of `text` stand in the articles that match it and `filters`.

    Words without quotation marks or operators are taken as a phrase, if it stands anywhere. `sample` draws so many of
    all lines: the same index content, query and `seed` give the same draw. `sort`: left (the words before, nearest
    first), right (the words after), both in Vietnamese alphabetical order, or date (newest first). `offset` and
    `limit` cut the page out of the sorted lines; `most` bounds how many articles are read.
    `per_article` keeps only so many places of each, the first: an article cannot be put together again from its lines.
    `seconds` of processor and `most_places` bound the reading: of more articles a seeded draw is read, so that the same
    request gives the same lines. `near` keeps the places with a word within reach: the lines behind a collocate.

    Raises OverBudget where a budget is set and the query alone costs more.
    """
    query, total, ids, allowed = matching(engine, text, filters or {}, near, seed)
    marker, draw = Marker(query.match), Random(seed)
    wanted = drawn(draw, sorted(ids), fewest(most, seconds and affordable(marker, seconds)))
    budget.plan(len(wanted) * (marker.seconds + ENTRY_SECONDS))
    read, places = read_places(engine, wanted, marker, per_article, most_places, seed, allowed)
    chosen = sorted(drawn(draw, places, sample), key=lambda place: (SORTS[sort](place), place.rest))
    page = chosen[offset : None if limit is None else offset + limit]
    lines = tuple(lines_of(engine, page, min(width, MAX_WIDTH)))
    return Kwic(query, total, read, len(places), len(chosen), lines)


def drawn(draw: Random, population: list[Any], count: int | None) -> list[Any]:
    """All of them, or `count` drawn without repeats."""
    return population if count is None or count >= len(population) else draw.sample(population, count)


def fewest(*bounds: float | None) -> int | None:
    """The lowest of the bounds that are given; None if none is."""
    return min((int(bound) for bound in bounds if bound is not None), default=None)


def affordable(marker: Marker, seconds: float) -> int:
    """How many articles can be read in so many seconds of processor, at least one."""
    return max(1, int(seconds / (marker.seconds + ENTRY_SECONDS)))


# --- which articles --------------------------------------------------------------------------


def matching(
    engine: Engine, text: str, filters: Filters, near: Near | None, seed: int
) -> tuple[Query, int, list[str], Allowed]:
    """The query as it was asked, how many articles match, the ids of those to read, and the places that count there
    (None: all of them). With `near` only articles that have the word there match."""
    query, found = as_asked(engine, text, filters, 0 if near else NO_LIMIT)
    if near is None:
        return query, found.total, [hit.id for hit in found.hits], None
    places = near_places(engine, query, near, seed)
    return query, places.articles, list(places.of), places.of


def as_asked(engine: Engine, text: str, filters: Filters, limit: int) -> tuple[Query, Found]:
    """The query, and at most `limit` of the articles that match. Plain words are a phrase, if it stands anywhere."""
    options = SearchOptions(resolved(engine, filters), "newest", 0, limit, ())
    if phrase := as_phrase(text):
        read, found = best_interpretation(engine, phrase, options, frozenset({"phrase", "share", "spelling"}), False)
        if found.total:
            return options.query_of(read), found
    read, found = best_interpretation(engine, text, options, frozenset(), False)
    return options.query_of(read), found


def as_phrase(text: str) -> str | None:
    """Two or more plain words as a phrase; None for what has operators of its own."""
    parsed = parse(text)
    plain = all(isinstance(node, Chunk) and not node.literal for node in parsed.tree.nodes)
    return f'"{parsed.text}"' if plain and len(parsed.tree.nodes) > 1 and '"' not in parsed.text else None


# --- which places ----------------------------------------------------------------------------


class Place(NamedTuple):
    """A place with what sorts it: the characters on either side, the day, and what tells it from all others."""

    before: str
    after: str
    day: str
    rest: tuple[str, int, int, int]  # id, 0 in the title or 1 in the text, start, end


def read_places(
    engine: Engine, wanted: Sequence[str], marker: Marker, per_article: int | None, most: int | None, seed: int,
    allowed: Allowed,
) -> tuple[int, list[Place]]:  # fmt: skip
    """How many of the articles were read, and their places by id and as they stand.

    Reading ends where `most` places are found. Therefore the articles are read in an order drawn by `seed`.
    """
    order = sorted(wanted) if most is None else Random(seed).sample(sorted(wanted), len(wanted))
    read, places = 0, list[Place]()
    for of_one in of_each_article(engine, order, marker, allowed):
        read += 1
        places += islice(of_one, per_article)
        if most is not None and len(places) >= most:
            break
    return read, sorted(places[:most], key=lambda place: place.rest)


def of_each_article(
    engine: Engine, ids: Sequence[str], marker: Marker, allowed: Allowed
) -> Iterator[Iterator[Place]]:
    """The places of each article, as they stand. Also of excerpts the whole text is searched; nothing of it is kept."""
    for entry in entries(whole_engine(engine), ids):
        budget.check()
        yield places_of(entry, marker, None if allowed is None else allowed[entry.id])


def places_of(entry: Entry, marker: Marker, allowed: Collection[tuple[int, int]] | None) -> Iterator[Place]:
    """The places of an article, the title's first; of these only those in `allowed`, by zone and syllables before."""
    for zone, text in enumerate((entry.article.title, entry.article.text)):
        spans = outermost(span for span, _ in marker.finds(text, title=zone == 0))
        if allowed is not None:
            starts = Reading(text).starts
            spans = [span for span in spans if (zone, bisect_left(starts, span[0])) in allowed]
        for start, end in spans:
            before, after = text[max(0, start - WIDTH) : start], text[end : end + WIDTH]
            yield Place(before, after, entry.day, (entry.id, zone, start, end))


def entries(engine: Engine, ids: Iterable[str]) -> Iterator[Entry]:
    """The entries of these ids, read in chunks."""
    waiting = iter(ids)
    while some := list(islice(waiting, CHUNK)):
        yield from engine.entries(some)


def outermost(spans: Iterable[Span]) -> list[Span]:
    """Spans without those inside another: a word that is part of a phrase found is no place of its own."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or span[1] > kept[-1][1]:
            kept.append(span)
    return kept


# --- in which order --------------------------------------------------------------------------


def leftwards(context: str) -> Key:
    """The order of the words before: the nearest syllable decides first."""
    return alphabetical([s.text for s in syllables(context)][: -NEAREST - 1 : -1])


def rightwards(context: str) -> Key:
    """The order of the words after."""
    return alphabetical([s.text for s in syllables(context)][:NEAREST])


def alphabetical(context: Sequence[str]) -> Key:
    """The dictionary's order of the syllables as one text: letters first, tones between equal letters."""
    keys = [syllable_key(syllable) for syllable in context]
    letters = tuple(letter for key in keys for letter in key[0])
    return letters, tuple(tone for key in keys for tone in key[1]), " ".join(context)


syllable_key = lru_cache(maxsize=50_000)(vietnamese_key)

SORTS: dict[str, Callable[[Place], Any]] = {
    "left": lambda place: (leftwards(place.before), rightwards(place.after)),
    "right": lambda place: (rightwards(place.after), leftwards(place.before)),
    "date": lambda place: tuple(-ord(character) for character in place.day.ljust(10, "\0")),
}


# --- as lines --------------------------------------------------------------------------------


def lines_of(engine: Engine, places: Sequence[Place], width: int) -> Iterator[Line]:
    """The lines of these places with `width` characters of context on either side."""
    held = {entry.id: entry for entry in entries(engine, dict.fromkeys(place.rest[0] for place in places))}
    return (line_of(held[place.rest[0]], place, width) for place in places)


def line_of(entry: Entry, place: Place, width: int) -> Line:
    """The line of one place in an article."""
    article, known = entry.article, entry.entities
    _, zone, start, end = place.rest
    text = article.text if zone else article.title
    left, right = context(text, start, end, width) if width else ("", "")
    return Line(
        left=one_line(left),
        match=one_line(whole_of(text)[start:end]),
        right=one_line(right),
        date=known.published.date or "",
        province="; ".join(label("province", province.name) for province in known.provinces),
        source=article.source or "",
        title=article.title,
        id=article.id,
        url=article.url or "",
        zone="text" if zone else "title",
        date_basis=known.published.basis,
    )


def context(text: str, start: int, end: int, width: int) -> tuple[str, str]:
    """At most `width` characters before and after a place, without cut words; of an excerpt what its reader may see."""
    words = whole_of(text)
    first, last = whole(words, max(0, start - width), start), ending(words, end + width, end)
    shown = seen(text, first, last, (start, end))
    return shown[: start - first], shown[end - first :]


def one_line(text: str) -> str:
    """The text with spaces for its newlines, and one mark for what may not be shown of it."""
    return legible(text.replace("\n", " "))


# --- as files --------------------------------------------------------------------------------


def as_rows(found: Kwic) -> Iterator[tuple[str, ...]]:
    """The lines as rows under HEADER."""
    return (tuple(getattr(line, column) for column in HEADER) for line in found.lines)


def as_json(found: Kwic) -> dict[str, Any]:
    """The concordance as `quocphong kwic --json` prints it."""
    return {
        "query": found.query.text,
        "applied": [{"kind": a.kind, "label": a.label, "text": a.text} for a in found.query.applied],
        "articles": found.articles,
        "read": found.read,
        "total_lines": found.total_lines,
        "sampled": found.sampled,
        "lines": [dict(zip(HEADER, row, strict=True)) for row in as_rows(found)],
    }


def as_text(found: Kwic, width: int = WIDTH) -> str:
    """The lines for a terminal, aligned on the match."""
    drawn = f", {found.sampled} drawn" if found.sampled < found.total_lines else ""
    head = [f"{found.query.text}: {found.total_lines} lines in {found.articles} articles{drawn}"]
    head += [f"  {reading.label}" for reading in found.query.applied]
    left = max((len(line.left) for line in found.lines), default=0)
    middle = max((len(line.match) for line in found.lines), default=0)
    rows = (
        f"{line.left:>{left}}[{line.match}]{'':{middle - len(line.match)}}{line.right:<{width}}"
        f"  {line.date or 'chưa rõ':10}  {line.province or 'chưa rõ'}  {line.source}".rstrip()
        for line in found.lines
    )
    return "\n".join([*head, *rows])
