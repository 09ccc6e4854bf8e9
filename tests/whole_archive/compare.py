"""Whether an opened archive says what its articles say: every phrase, term, count, suggestion, row and line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pytest import approx

from indexer.engine.port import Engine
from indexer.model import NO_LIMIT, Filter, Phrase, Query, Results, Value, Word
from indexer.model.settings import load
from indexer.operations.doctor import examine
from indexer.search.kwic import kwic
from indexer.search.mentions import Wanted, mentions, rows
from indexer.search.query.snippet import ending, whole
from indexer.search.service import search
from indexer.search.suggest import suggest
from indexer.text import fold, syllables
from tests.whole_archive.slow import TEXT_FIELDS, SlowEngine, phrases_in, spelled_out
from tests.whole_archive.wanted import State, slow, stories_of, without_since

Words = tuple[str, ...]

MOST_PHRASES, MOST_LINES, MOST_TYPED, MOST_ASKED = 150, 6, 6, 3
WIDTH = 60


def same_archive(engine: Engine, state: State, gone: Collection[Words], past: Collection[Words],
                 before: Engine | None, chance: Random) -> SlowEngine:
    """The engine shows the articles of `state` and nothing else, however it is asked; returns the slow one it equals.

    `gone` are the phrases of articles that left with the last step, all of which are asked for; `past` those of all
    articles there ever were, of which some are. `before` is what was there then.
    """
    order = list(engine.ids())
    assert sorted(order) == sorted(state)
    assert len(order) == engine.count()
    assert [without_since(entry) for entry in engine.entries(order)] == [state[id].entry for id in order]
    expected = slow(state, order)
    asked = asked_for(expected, gone, past, chance)
    same_phrases(engine, expected, asked)
    same_terms(engine, expected, asked)
    same_counts(engine, expected, chance)
    same_suggestions(engine, expected, before, asked, chance)
    same_mentions(engine, expected, state)
    same_lines(engine, expected, asked, chance)
    same_results(engine, expected, asked, chance)
    return expected


@dataclass(frozen=True, slots=True)
class AskedFor:
    """Phrases to ask: of articles just gone and of words they shared, and some of all others, there or not."""

    first: list[Words]
    others: list[Words]

    def all(self) -> list[Words]:
        return [*self.first, *self.others]

    def some(self, most: int, chance: Random) -> list[Words]:
        """As many of the first as of the others, where there are some."""
        few = chance.sample(self.first, min(len(self.first), most // 2))
        return [*few, *chance.sample(self.others, min(len(self.others), most - len(few)))]


def asked_for(expected: SlowEngine, gone: Collection[Words], past: Collection[Words], chance: Random) -> AskedFor:
    present = {phrase for entry, _ in expected.articles.values() for phrase in phrases_in(entry)}
    words_gone = {word for phrase in gone for word in phrase}
    touched = sorted(phrase for phrase in present - set(gone) if not words_gone.isdisjoint(phrase))
    rest = sorted({*present, *past} - set(gone) - set(touched))
    first = [*sorted(gone), *chance.sample(touched, min(len(touched), MOST_PHRASES))]
    return AskedFor(first, chance.sample(rest, min(len(rest), MOST_PHRASES)))


# --- phrases and terms -----------------------------------------------------------------------


def same_phrases(engine: Engine, expected: SlowEngine, asked: AskedFor) -> None:
    """As typed and without accents: the articles in whose text they stand."""
    for folded in (False, True):
        texts = {id: spelled_out(entry, folded) for id, (entry, _) in expected.articles.items()}
        for phrase in dict.fromkeys(tuple(map(fold, each)) if folded else each for each in asked.all()):
            wanted = f" {' '.join(phrase)} "
            found = engine.find(Query(match=Phrase(tuple(Word(word, folded) for word in phrase)), limit=NO_LIMIT))
            assert sorted(hit.id for hit in found.hits) == sorted(id for id in texts if wanted in texts[id]), phrase


def same_terms(engine: Engine, expected: SlowEngine, asked: AskedFor) -> None:
    for field in (*TEXT_FIELDS, *expected.facets()):
        if field != "pair":
            assert list(engine.terms(field)) == list(expected.terms(field)), field
    for phrase in asked.first:
        pair = " ".join(map(fold, phrase[:2]))
        assert engine.frequency("pair", pair) == expected.frequency("pair", pair), pair
        for word in phrase:
            assert engine.frequency("syllable", word) == expected.frequency("syllable", word), word


# --- facets ----------------------------------------------------------------------------------


def same_counts(engine: Engine, expected: SlowEngine, chance: Random) -> None:
    """Every value of every facet, of all articles and of those with some value; and what stands together."""
    facets = tuple((facet, NO_LIMIT) for facet in (*expected.facets(), "official", "learned", "region"))
    for query in (Query(facets=facets, limit=NO_LIMIT), *narrowed(expected, facets, chance)):
        assert engine.find(query) == expected.find(query), query
        assert engine.crosstab(query, "province", "official") == expected.crosstab(query, "province", "official")


def narrowed(expected: SlowEngine, facets: tuple[tuple[str, int], ...], chance: Random) -> Iterator[Query]:
    for facet in ("province", "official"):
        if values := [key for key, _ in expected.terms(facet)]:
            key = chance.choice(values)
            yield Query(filters=(Filter(facet, (key,)),), facets=facets, limit=NO_LIMIT)
            yield Query(match=Value(facet, (key,)), facets=facets, sort="newest", limit=NO_LIMIT)


# --- suggestions, mentions, lines, results -----------------------------------------------------


def same_suggestions(engine: Engine, expected: SlowEngine, before: Engine | None, asked: AskedFor,
                     chance: Random) -> None:
    """What is suggested, with its counts; nothing that no article holds, and every official of some article.

    So it is, too, as long as the tables of the generation before are used.
    """
    for typed in typed_so_far(expected, asked, chance):
        for tables in (None, before):
            offered = suggest(engine, typed, 20, tables)
            assert offered == suggest(expected, typed, 20, tables), typed
            assert all(each.count == expected.frequency("official", each.key) > 0 for each in offered if each.key)
    for key, count in expected.terms("official"):
        assert (key, count) in {(each.key, each.count) for each in suggest(engine, key.partition("@")[0], 20)}


def typed_so_far(expected: SlowEngine, asked: AskedFor, chance: Random) -> list[str]:
    texts = [" ".join(phrase) for phrase in asked.some(MOST_TYPED, chance)]
    return [*(text[: chance.randint(2, len(text))] for text in texts), "bộ chqs", "đại tá", "g"]


def same_mentions(engine: Engine, expected: SlowEngine, state: State) -> None:
    story_of = stories_of(state).__getitem__
    all_rows = [row for entry, _ in newest_first(expected) for row in rows(entry, story_of)]
    assert list(mentions(engine, Wanted(), story_of)) == all_rows
    for person in {row.person for row in all_rows}:
        held = [row for row in all_rows if row.person == person]
        assert list(mentions(engine, Wanted(person=person), story_of)) == held


def newest_first(expected: SlowEngine) -> list[tuple[object, object]]:
    return sorted(expected.articles.values(), key=lambda held: held[0].day, reverse=True)  # type: ignore[return-value]


Line = tuple[str, str, str, str, str, str]


def same_lines(engine: Engine, expected: SlowEngine, asked: AskedFor, chance: Random) -> None:
    for phrase in asked.some(MOST_LINES, chance):
        text = f'"{" ".join(phrase)}"'
        found, slowly = kwic(engine, text), kwic(expected, text)
        assert (found.articles, found.lines) == (slowly.articles, slowly.lines), text
        wanted = sorted(lines(expected, phrase))
        if found.articles and not found.query.applied:
            assert sorted((x.id, x.zone, x.left, x.match, x.right, x.date) for x in found.lines) == wanted, text
        else:
            assert not wanted, text


def lines(expected: SlowEngine, phrase: Words) -> Iterator[Line]:
    """Every place where the phrase stands in a title or a text; one without any accent stands for all accents."""
    bare = all(word == fold(word) for word in phrase)
    for entry, _ in expected.articles.values():
        for zone, text in (("title", entry.article.title), ("text", entry.article.text)):
            found = [(fold(s.text) if bare else s.text, s.start, s.end) for s in syllables(text)]
            end = -1
            for at in range(len(found) - len(phrase) + 1):
                run = found[at : at + len(phrase)]
                if tuple(word for word, _, _ in run) == phrase and run[-1][2] > end:
                    start, end = run[0][1], run[-1][2]
                    left = text[whole(text, max(0, start - WIDTH), start) : start]
                    right = text[end : ending(text, end + WIDTH, end)]
                    date = entry.entities.published.date or ""
                    yield entry.id, zone, flat(left), flat(text[start:end]), flat(right), date


def flat(text: str) -> str:
    return text.replace("\n", " ")


def same_results(engine: Engine, expected: SlowEngine, asked: AskedFor, chance: Random) -> None:
    """A page of results, as the site shows it."""
    for phrase in asked.some(MOST_ASKED, chance):
        for text in (" ".join(phrase), f'"{" ".join(phrase)}"'):
            found, slowly = search(engine, text, limit=50), search(expected, text, limit=50)
            assert told(found) == told(slowly), text
            scores = {hit.entry.id: hit.score for hit in slowly.hits}
            assert [hit.score for hit in found.hits] == approx(sorted(scores.values(), reverse=True), rel=1e-4), text
            assert {hit.entry.id: hit.score for hit in found.hits} == approx(scores, rel=1e-4), text


def told(results: Results) -> object:
    """All but the scores, and so the order, which single precision may change in the last digit."""
    found = sorted((hit.entry.id, hit.snippet, hit.marks, hit.tier) for hit in results.hits)
    return results.total, found, results.facets, results.query.applied


# --- the doctor ------------------------------------------------------------------------------


def ills(index: Path, but: Iterable[str] = ()) -> list[str]:
    """What the doctor finds wrong with an index, but for the checks named."""
    findings = examine(load(environment={}, given={"index": str(index)}), 2)
    return [f"{check.name}: {check.detail}" for check in findings.checks if not check.passed and check.name not in but]


