"""Any engine, after any changes, gives any query the answer of the slow and obvious evaluator."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexer.model import All, AnyOf, Between, Filter, Not, Pair, Phrase, Prefix, Query, ScoringTerm, Share, Value, Word
from indexer.text.normalize import fold
from tests.contract.articles import article
from tests.contract.reference import Reference
from tests.profiles import examples

SYLLABLES = ["quân", "quan", "sự", "su", "dân", "đan", "an", "anh", "năm", "nam", "tổ"]
PROVINCES, OFFICIALS, YEARS = ["Gia Lai", "Huế", "Kon Tum"], ["a", "b", "c", "d"], ["2019", "2021", "2022"]
FACETS = ["province", "official", "year", "ship"]
DAYS = [None, "2019", "2021-03", "2021-03-04", "2022-12-31"]

tokens = st.one_of(
    st.sampled_from(SYLLABLES),
    st.sampled_from(SYLLABLES).map(lambda syllable: syllable + ","),
    st.tuples(st.sampled_from(SYLLABLES), st.sampled_from(SYLLABLES)).map("_".join),
)


def zone(most: int) -> st.SearchStrategy[str]:
    return st.lists(tokens, max_size=most).map(" ".join)


keys = st.fixed_dictionaries(
    {},
    optional={
        "province": st.lists(st.sampled_from(PROVINCES), max_size=1).map(tuple),
        "official": st.lists(st.sampled_from(OFFICIALS), max_size=3).map(tuple),
        "year": st.lists(st.sampled_from(YEARS), min_size=1, max_size=2).map(tuple),
    },
)
articles = st.builds(
    article,
    id=st.sampled_from("abcdefghijkl"),
    title=zone(4),
    lead=zone(3),
    body=zone(10),
    entities=st.lists(zone(2), max_size=2),
    date=st.sampled_from(DAYS),
    keys=keys,
)
changes = st.tuples(st.lists(articles, max_size=6), st.lists(st.sampled_from("abcdefghijkl"), max_size=3))


@st.composite
def words(draw: st.DrawFn) -> Word:
    folded = draw(st.booleans())
    text = draw(st.sampled_from([*SYLLABLES, "xa"]))
    return Word(fold(text) if folded else text, folded, draw(st.integers(0, 3)) == 0)


leaves = st.one_of(
    words(),
    st.builds(Pair, st.sampled_from(["quan su", "dan quan", "an an", "xa xa"])),
    st.builds(Phrase, st.lists(words(), max_size=3).map(tuple), st.integers(0, 3)),
    st.builds(Prefix, st.sampled_from(["q", "a", "an", "n", "s", "đ", "x"]), st.booleans(), st.booleans()),
    st.builds(Value, st.just("official"), st.lists(st.sampled_from([*OFFICIALS, "e"]), max_size=2).map(tuple)),
    st.builds(Between, st.just("year"), st.sampled_from([None, *YEARS]), st.sampled_from([None, "2020", *YEARS])),
)


def combined(inner: st.SearchStrategy) -> st.SearchStrategy:
    several = st.lists(inner, max_size=3).map(tuple)
    shares = st.builds(Share, several, st.sampled_from([0.0, 0.3, 0.5, 1.0]), st.booleans())
    return st.one_of(several.map(All), several.map(AnyOf), inner.map(Not), shares)


scoring = st.one_of(
    st.builds(ScoringTerm, st.just("syllable"), st.sampled_from([*SYLLABLES, "xa"]), st.sampled_from([0.5, 1.0])),
    st.builds(ScoringTerm, st.just("folded"), st.sampled_from(["quan", "su", "an"]), st.just(0.5)),
    st.builds(ScoringTerm, st.just("pair"), st.sampled_from(["quan su", "dan quan", "an an"]), st.just(0.4)),
    st.builds(ScoringTerm, st.just("word"), st.sampled_from(["quân_sự", "an_an", "năm"]), st.just(0.6)),
)
filters = st.one_of(
    st.builds(Filter, st.just("province"), st.lists(st.sampled_from([*PROVINCES, "Hà Nội"]), max_size=2).map(tuple)),
    st.builds(Filter, st.just("official"), st.lists(st.sampled_from(OFFICIALS), min_size=1, max_size=2).map(tuple)),
    st.just(Filter("day", ("2021..",), Between("year", "2021", None))),
)
queries = st.builds(
    Query,
    match=st.recursive(leaves, combined, max_leaves=5),
    scoring=st.lists(scoring, max_size=3).map(tuple),
    filters=st.lists(filters, max_size=2).map(tuple),
    sort=st.sampled_from(["relevance", "newest", "oldest"]),
    offset=st.integers(0, 4),
    limit=st.integers(0, 8),
    facets=st.lists(st.tuples(st.sampled_from(FACETS), st.integers(1, 3))).map(tuple),
)
# Shrinking writes a thousand indexes; a failing example as it was drawn is small enough to read.
QUICK = [Phase.explicit, Phase.reuse, Phase.generate]
# On a cluster every index is a second's work, and tests/cluster asks it thousands of queries besides.
PATIENT = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], phases=QUICK,
    max_examples=15 if "QUOCPHONG_TEST_CLUSTER" in os.environ else examples(0.6),
)


@PATIENT
@given(history=st.lists(changes, min_size=1, max_size=4), asked=st.lists(queries, min_size=1, max_size=8))
def test_any_query_after_any_changes(new_index, history, asked):
    with TemporaryDirectory() as folder:
        index, reference = new_index(Path(folder) / "index"), Reference()
        for added, deleted in history:
            reference.add(added)
            assert index.write(added, deleted) == reference.delete(deleted)
        engine = index.open()
        assert list(engine.ids()) == list(reference.articles)
        assert engine.entries(list(reference.articles)) == [entry for entry, _ in reference.articles.values()]
        for query in asked:
            same(engine.find(query), reference.find(query), reference, query)
            pair = query.facets[0][0] if query.facets else "ship", "official"
            assert engine.crosstab(query, *pair) == reference.crosstab(query, *pair)
            same_words(engine, reference, query)


def same_words(engine, reference, query):
    """The words of the articles in order, a draw of them, and how often each stands there."""
    texts = reference.texts(query)
    for most in (len(texts), len(texts) // 2):
        read = engine.forward_words(query, most, seed=7)
        drawn = random.Random(7).sample(sorted(texts), most) if most < len(texts) else texts
        assert spelled(read) == {id: texts[id] for id in drawn} and read.articles == len(texts)
    counted = engine.word_counts(query, seed=7)
    counts = dict(zip(counted.vocabulary.words, counted.counts.tolist(), strict=True))
    expected = Counter(word for zones in texts.values() for zone in zones for word in zone)
    assert {word: count for word, count in counts.items() if count} == dict(expected)
    assert counted.articles == counted.read == len(texts)


def spelled(read):
    """The words of a forward index by article: those of the title, those of the text."""
    words = [read.vocabulary.words[number] for number in read.words.tolist()]
    bounds, titles = read.bounds.tolist(), read.titles.tolist()
    return {id: (words[at : at + title], words[at + title : end])
            for id, at, end, title in zip(read.ids, bounds[:-1], bounds[1:], titles, strict=True)}


def same(found, expected, reference, query):
    assert found.total == expected.total
    assert found.facets == expected.facets
    assert [hit.score for hit in found.hits] == close_to([hit.score for hit in expected.hits])
    if query.sort == "relevance" and query.scoring:
        # Two articles may score alike but for the last bit, and then either may come first.
        scores = [reference.score(hit.id, query.scoring) for hit in found.hits]
        assert [hit.score for hit in found.hits] == close_to(scores)
        assert len({hit.id for hit in found.hits}) == len(found.hits)
    else:
        assert found.hits == expected.hits


def close_to(scores: list[float]) -> object:
    return pytest.approx(scores, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("kind", ["common words", "rare words", "phrases", "shares"])
def test_queries_over_many_articles(new_index, tmp_path, kind):
    """Enough articles that common and rare terms take different ways through an engine."""
    chance = random.Random(kind)
    index, reference = new_index(tmp_path / "index"), Reference()
    for part in range(3):
        added = [drawn_article(f"{part}/{n}", chance) for n in range(100)]
        deleted = [f"{part}/{n}" for n in range(0, 100, 9)]
        reference.add(added)
        reference.delete(deleted)
        index.write(added, deleted)
    engine = index.open()
    for _ in range(40):
        nodes = tuple(drawn_node(kind, chance) for _ in range(chance.randint(1, 12)))
        match = Share(nodes, 0.4, chance.random() < 0.5) if kind == "shares" else chance.choice((All, AnyOf))(nodes[:3])
        terms = [node for node in nodes if isinstance(node, Word)][: chance.randint(0, 4)]
        query = Query(
            match=chance.choice((match, match, All((AnyOf(nodes), Not(nodes[-1]))))),
            scoring=tuple(ScoringTerm("syllable", node.text, chance.random()) for node in terms),
            filters=chance.choice(((), (Filter("province", ("Huế",)),))),
            facets=(("official", 3), ("province", 2), ("number", 4)),
        )
        same(engine.find(query), reference.find(query), reference, query)
        assert engine.crosstab(query, "number", "official") == reference.crosstab(query, "number", "official")
        same_words(engine, reference, query)


def drawn_article(id: str, chance: random.Random):
    body = [f"w{int(chance.paretovariate(0.7))}" for _ in range(chance.randint(0, 30))]
    keys = {
        "province": (chance.choice(PROVINCES),),
        "official": tuple(chance.sample(OFFICIALS, chance.randint(0, 3))),
        "number": (str(int(chance.paretovariate(0.4)) % 500),),
    }
    return article(id, " ".join(body[:2]), " ".join(body), date=chance.choice(DAYS), keys=keys)


def drawn_node(kind: str, chance: random.Random):
    if kind == "phrases":
        some = tuple(Word(f"w{chance.randint(1, 4)}") for _ in range(chance.randint(2, 3)))
        return Phrase(some, chance.choice((0, 0, 2)))
    return Word(f"w{chance.randint(1, 4) if kind == 'common words' else int(chance.paretovariate(0.5))}")


@PATIENT
@given(history=st.lists(changes, min_size=1, max_size=4), prefix=st.sampled_from(["", "q", "an", "đ"]))
def test_any_terms_after_any_changes(new_index, history, prefix):
    with TemporaryDirectory() as folder:
        index, reference = new_index(Path(folder) / "index"), Reference()
        for added, deleted in history:
            reference.add(added)
            index.write(added, deleted)
            reference.delete(deleted)
        engine = index.open()
        expected: dict[str, int] = {}
        for _, terms in reference.articles.values():
            for syllable in {each for each in terms.syllables if each.startswith(prefix)}:
                expected[syllable] = expected.get(syllable, 0) + 1
        assert list(engine.terms("syllable", prefix)) == sorted(expected.items())
        for syllable in SYLLABLES:
            held = sum(syllable in terms.syllables for _, terms in reference.articles.values())
            assert engine.frequency("syllable", syllable) == held
