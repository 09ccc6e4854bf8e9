"""What every engine must answer, whatever it is made of."""

from __future__ import annotations

import math
import random

import pytest

from indexer.model import (
    All,
    AnyOf,
    Between,
    Filter,
    Found,
    Not,
    Phrase,
    Prefix,
    Query,
    ScoringTerm,
    Share,
    Value,
    Word,
)
from tests.contract.articles import article

KON_TUM = {"province": ("Kon Tum",), "year": ("2022",), "official": ("nguyễn văn a", "trần b")}
GIA_LAI = {"province": ("Gia Lai",), "year": ("2022",), "official": ("nguyễn văn a",)}
OLD = {"province": ("Gia Lai",), "year": ("2019",)}
ARTICLES = (
    article(
        "a", "Kon Tum tuyển quân", "dân_quân tự_vệ huấn_luyện, quân_sự địa_phương", date="2022-02-09", keys=KON_TUM
    ),
    article(
        "b", "Gia Lai giao quân", "thanh_niên lên_đường nhập_ngũ", lead="lễ giao quân", date="2022-02", keys=GIA_LAI
    ),
    article("c", "Diễn_tập", "khu_vực phòng_thủ tỉnh Gia Lai", entities=["Gia Lai", "Đại tá"], date="2019", keys=OLD),
    article("d", "Hòa bình", "quan tâm dan cư", keys={}),
)


def by(word):
    """Ordered by one syllable."""
    return (ScoringTerm("syllable", word, 1.0),)


def ids(found):
    return [hit.id for hit in found.hits]


@pytest.fixture(scope="module")
def engine(new_index, tmp_path_factory):
    index = new_index(tmp_path_factory.mktemp("contract") / "index")
    index.write(ARTICLES[:2])
    index.write(ARTICLES[2:])
    return index.open()


def test_of_what_is_deleted_at_most_as_many_entries_are_given_as_asked_for(new_index, tmp_path):
    index = new_index(tmp_path / "index")
    index.write(ARTICLES)
    index.write(delete=["c"])
    engine = index.open()
    assert {entry.id for entry in engine.deleted(10)} <= {"c"} and engine.deleted(0) == []


MATCHES = [
    ("a syllable", Word("quân"), "ab"),
    ("accents as typed", Word("quan"), "d"),
    ("any accents", Word("quan", folded=True), "abd"),
    ("in the title", Word("gia", title=True), "b"),
    ("in the title with any accents", Word("hoa", folded=True, title=True), "d"),
    ("a word no article holds", Word("không"), ""),
    ("an entity's words", Word("tá"), "c"),
    ("a phrase", Phrase((Word("tự"), Word("vệ"), Word("huấn"))), "a"),
    ("a phrase over a comma", Phrase((Word("luyện"), Word("quân"))), "a"),
    ("the words in another order", Phrase((Word("vệ"), Word("tự"))), ""),
    ("no phrase from title to body", Phrase((Word("quân"), Word("dân"))), ""),
    ("no phrase between entities", Phrase((Word("lai"), Word("đại"))), ""),
    ("a phrase with one bare word", Phrase((Word("giao"), Word("quan", folded=True))), "b"),
    ("a phrase in the title", Phrase((Word("giao", title=True), Word("quân", title=True))), "b"),
    ("a phrase of one word", Phrase((Word("quân"),)), "ab"),
    ("a phrase of nothing", Phrase(()), ""),
    ("near, in any order", Phrase((Word("huấn"), Word("dân")), slop=3), "a"),
    ("not near enough", Phrase((Word("huấn"), Word("dân")), slop=2), ""),
    ("near, the same word twice", Phrase((Word("quân"), Word("quân")), slop=9), "a"),
    ("a beginning", Prefix("qu"), "abd"),
    ("a beginning in the title", Prefix("g", title=True), "b"),
    ("a beginning without accents", Prefix("hoa", folded=True), "d"),
    ("no such beginning", Prefix("xyz"), ""),
    ("a key", Value("province", ("Gia Lai",)), "bc"),
    ("any of some keys", Value("province", ("Gia Lai", "Kon Tum")), "abc"),
    ("a facet nobody has", Value("ship", ("HQ-011",)), ""),
    ("years from", Between("year", "2020", None), "ab"),
    ("years until", Between("year", None, "2020"), "c"),
    ("years between, both ends included", Between("year", "2019", "2022"), "abc"),
    ("nothing asked", All(), "abcd"),
    ("none of nothing", AnyOf(), ""),
    ("all of", All((Word("gia"), Value("year", ("2019",)))), "c"),
    ("one of", AnyOf((Word("diễn"), Word("bình"))), "cd"),
    ("not", Not(Word("quân")), "cd"),
    ("all but", All((Word("lai"), Not(Word("giao")))), "c"),
    ("only exclusions", All((Not(Word("quân")), Not(Word("diễn")))), "d"),
    ("exclusion beside a choice", AnyOf((Word("diễn"), Not(Word("quân")))), "cd"),
    ("enough of the words", Share((Word("kon"), Word("tum"), Word("diễn")), 0.5), "a"),
    ("a word nobody holds weighs nothing", Share((Word("kon"), Word("không")), 1.0), "a"),
    ("no share of unknown words", Share((Word("không"),), 0.0), ""),
    ("all of the words", Share((Word("gia"), Word("lai"), Word("giao")), 1.0), "b"),
]


@pytest.mark.parametrize(("node", "expected"), [row[1:] for row in MATCHES], ids=[row[0] for row in MATCHES])
def test_what_matches(engine, node, expected):
    found = engine.find(Query(match=node))
    assert (sorted(ids(found)), found.total) == (list(expected), len(expected))


def test_the_score_is_the_sum_of_weighted_bm25(engine):
    scoring = (ScoringTerm("syllable", "kon", 2.0), ScoringTerm("pair", "kon tum", 0.5))
    found = engine.find(Query(match=Word("kon"), scoring=scoring))
    lengths = [14, 13, 9, 6]
    norm = 1.2 * (0.25 + 0.75 * lengths[0] / (sum(lengths) / 4))
    bm25 = math.log(1 + 3.5 / 1.5) * 3 * 2.2 / (3 + norm)  # three times, for the title
    assert found.hits[0].score == pytest.approx(2.5 * bm25, rel=1e-5)


def test_a_title_weighs_more_than_a_lead_and_a_lead_more_than_a_body(index):
    index.write([article("body", "x", "x đảo", lead="x"), article("lead", "x", "x", lead="x đảo")])
    index.write([article("title", "x đảo", "x", lead="x")])
    found = index.open().find(Query(match=Word("đảo"), scoring=by("đảo")))
    assert ids(found) == ["title", "lead", "body"]


def test_an_article_without_any_signal_still_counts(engine):
    found = engine.find(Query(match=All(), scoring=(ScoringTerm("word", "dân_quân", 1.0),)))
    assert (ids(found), found.total) == (["a", "b", "c", "d"], 4)
    assert [hit.score > 0 for hit in found.hits] == [True, False, False, False]


def test_equal_scores_keep_index_order(index):
    index.write([article(id, "đảo", "xa") for id in "zyx"])
    index.write([article(id, "đảo", "xa") for id in "abc"])
    found = index.open().find(Query(match=Word("đảo"), scoring=by("đảo"), limit=5))
    assert ids(found) == list("zyxab")


SORTS = [
    ("newest", "abcd"),
    ("oldest", "cbad"),  # an unknown day comes last in both
    ("relevance", "abcd"),  # without words, the newest first
]


@pytest.mark.parametrize(("sort", "expected"), SORTS)
def test_sorting_by_day(engine, sort, expected):
    assert ids(engine.find(Query(sort=sort))) == list(expected)


PAGES = [(0, 2, "ab"), (2, 2, "cd"), (3, 5, "d"), (4, 2, ""), (99, 10, ""), (0, 0, "")]


@pytest.mark.parametrize(("offset", "limit", "expected"), PAGES)
def test_pages(engine, offset, limit, expected):
    found = engine.find(Query(sort="newest", offset=offset, limit=limit))
    assert (ids(found), found.total) == (list(expected), 4)


def test_facets_count_the_matches_commonest_first(engine):
    found = engine.find(Query(facets=(("province", 5), ("official", 1), ("ship", 3))))
    assert found.facets == {
        "province": (("Gia Lai", 2), ("Kon Tum", 1)),
        "official": (("nguyễn văn a", 2),),
        "ship": (),
    }


def test_a_facet_does_not_narrow_its_own_counts(engine):
    filters = (Filter("province", ("Kon Tum",)), Filter("year", ("2022",)))
    found = engine.find(Query(filters=filters, facets=(("province", 5), ("year", 5), ("official", 5))))
    assert ids(found) == ["a"]
    assert found.facets == {
        "province": (("Gia Lai", 1), ("Kon Tum", 1)),
        "year": (("2022", 1),),
        "official": (("nguyễn văn a", 1), ("trần b", 1)),
    }


def test_keys_of_one_facet_widen_and_facets_narrow(engine):
    wide = (Filter("province", ("Kon Tum", "Gia Lai")),)
    assert engine.find(Query(filters=wide)).total == 3
    assert engine.find(Query(filters=(*wide, Filter("year", ("2019",))))).total == 1


def test_a_chosen_key_is_listed_even_at_zero(engine):
    filters = (Filter("province", ("Kon Tum", "Đắk Lắk")),)
    found = engine.find(Query(match=Word("diễn"), filters=filters, facets=(("province", 1),)))
    assert found.total == 0
    assert found.facets["province"] == (("Gia Lai", 1), ("Kon Tum", 0), ("Đắk Lắk", 0))


CROSSED = [
    ("province", "year", {("Kon Tum", "2022"): 1, ("Gia Lai", "2022"): 1, ("Gia Lai", "2019"): 1}),
    ("year", "official", {("2022", "nguyễn văn a"): 2, ("2022", "trần b"): 1}),
    ("official", "official", {("nguyễn văn a", "nguyễn văn a"): 2, ("nguyễn văn a", "trần b"): 1,
                              ("trần b", "nguyễn văn a"): 1, ("trần b", "trần b"): 1}),
    ("year", "ship", {}),
    ("ship", "year", {}),
]


@pytest.mark.parametrize(("first", "second", "expected"), CROSSED)
def test_two_facets_are_counted_by_pairs_of_keys(engine, first, second, expected):
    assert engine.crosstab(Query(limit=0), first, second) == expected


def test_every_filter_narrows_a_crosstab(engine):
    chosen, since = Filter("province", ("Gia Lai",)), Filter("day", ("2022..",), Between("year", "2022", None))
    assert engine.crosstab(Query(filters=(chosen,)), "province", "year") == {
        ("Gia Lai", "2019"): 1, ("Gia Lai", "2022"): 1}
    assert engine.crosstab(Query(filters=(chosen, since)), "province", "year") == {("Gia Lai", "2022"): 1}
    assert engine.crosstab(Query(match=Word("không")), "province", "year") == {}


def test_the_words_of_articles_come_in_order_and_without_those_of_entities(engine):
    read = engine.forward_words(Query(match=Word("diễn")), 10, seed=1)
    assert [read.vocabulary.words[number] for number in read.words] == [
        "diễn_tập", "khu_vực", "phòng_thủ", "tỉnh", "gia", "lai"]
    assert (read.articles, read.ids, read.bounds.tolist(), read.titles.tolist()) == (1, ("c",), [0, 6], [1])


def test_a_draw_of_articles_depends_on_their_ids_and_the_seed(engine):
    drawn = [set(engine.forward_words(Query(), 2, seed).ids) for seed in range(12)]
    assert drawn == [set(random.Random(seed).sample("abcd", 2)) for seed in range(12)]


def test_nothing_found_has_no_words(engine):
    nothing = Query(match=Word("không"))
    assert not len(engine.forward_words(nothing, 10, 1).words) and not engine.word_counts(nothing, 1).counts.sum()


def test_a_filter_that_is_no_key_narrows_every_count(engine):
    since = Filter("day", ("2022..",), Between("year", "2022", None))
    found = engine.find(Query(filters=(since,), facets=(("province", 5), ("year", 5))))
    assert (found.total, found.facets["year"]) == (2, (("2022", 2),))
    assert found.facets["province"] == (("Gia Lai", 1), ("Kon Tum", 1))


def test_entries_come_back_whole_and_in_the_order_asked(engine):
    assert engine.entries(["c", "nobody", "a"]) == [ARTICLES[2][0], ARTICLES[0][0]]


def test_a_brief_entry_has_what_a_list_shows(engine):
    [brief], [whole] = engine.entries(["a"], brief=True), engine.entries(["a"])
    assert (brief.id, brief.article.title, brief.article.text, brief.day, brief.duplicate_of) == (
        whole.id, whole.article.title, whole.article.text, whole.day, whole.duplicate_of)
    assert [(p.name, p.now) for p in brief.entities.provinces] == [(p.name, p.now) for p in whole.entities.provinces]
    assert [(o.name, o.rank, o.posts) for o in brief.entities.officials] == [
        (o.name, o.rank, o.posts) for o in whole.entities.officials]
    assert whole.keys and not brief.keys


def test_ids_come_in_index_order(engine):
    assert (list(engine.ids()), engine.count()) == (["a", "b", "c", "d"], 4)


FREQUENCIES = [
    ("syllable", "quân", 2),
    ("folded", "quan", 3),
    ("pair", "gia lai", 2),
    ("pair", "luyen quan", 0),
    ("word", "dân_quân", 1),
    ("province", "Gia Lai", 2),
    ("ship", "HQ-011", 0),
]


@pytest.mark.parametrize(("field", "term", "expected"), FREQUENCIES)
def test_frequencies(engine, field, term, expected):
    assert engine.frequency(field, term) == expected


def test_a_facet_s_frequencies_are_the_same_after_its_terms_were_listed(engine):
    listed = dict(engine.terms("official"))
    assert {key: engine.frequency("official", key) for key in listed} == listed == {"nguyễn văn a": 2, "trần b": 1}


def test_terms_come_in_order_with_their_counts(engine):
    assert list(engine.terms("folded", "qu")) == [("quan", 3)]
    assert list(engine.terms("syllable", "qu")) == [("quan", 1), ("quân", 2)]
    assert list(engine.terms("official")) == [("nguyễn văn a", 2), ("trần b", 1)]
    assert list(engine.terms("ship")) == []


def test_an_article_with_an_id_already_held_replaces_it(index):
    index.write(ARTICLES)
    index.write([article("a", "Kon Tum", "giao ban", keys=GIA_LAI)])
    engine = index.open()
    assert (engine.count(), list(engine.ids())) == (4, ["b", "c", "d", "a"])
    assert engine.find(Query(match=Word("tuyển"))).total == 0
    assert engine.frequency("province", "Kon Tum") == 0
    assert dict(engine.terms("province")) == {"Gia Lai": 3}
    assert engine.entries(["a"])[0].article.body == "giao ban"


def test_of_two_articles_with_one_id_the_later_counts(index):
    index.write([article("a", "cũ"), article("b", "giữa"), article("a", "mới")])
    engine = index.open()
    assert list(engine.ids()) == ["b", "a"]
    assert engine.find(Query(match=Word("cũ"))).total == 0


def test_deleted_articles_are_gone_from_everything(index):
    index.write(ARTICLES)
    assert index.write(delete=["a", "d", "nobody"]) == 2
    engine = index.open()
    assert (engine.count(), list(engine.ids()), engine.entries(["a"])) == (2, ["b", "c"], [])
    found = engine.find(Query(match=Word("quan", folded=True), facets=(("official", 5),)))
    assert (ids(found), found.facets) == (["b"], {"official": (("nguyễn văn a", 1),)})
    assert dict(engine.terms("folded", "qu")) == {"quan": 1}


def test_an_index_can_be_emptied_and_filled_again(index):
    index.write(ARTICLES)
    index.write(delete="abcd")
    assert index.open().find(Query(facets=(("year", 5),))) == Found(0, (), {"year": ()})
    assert index.open().count() == 0
    index.write(ARTICLES[:1])
    assert ids(index.open().find(Query(match=Word("quân"), scoring=by("quân")))) == ["a"]


def test_an_empty_index_answers(index):
    found = index.open().find(Query(match=Word("quân"), scoring=by("quân"), facets=(("year", 5),)))
    assert found == Found(0, (), {"year": ()})


def test_nothing_shows_before_the_commit_and_everything_after(index):
    index.write(ARTICLES[:1])
    before = index.open()
    with index.writer() as writer:
        writer.add(index.invert(ARTICLES[1:]))
        writer.delete(["a"])
        assert list(index.open().ids()) == ["a"]
        assert not before.stale()
        assert writer.commit() == before.generation + 1
    assert list(index.open().ids()) == ["b", "c", "d"]
    assert before.stale()
    assert ids(before.find(Query(match=Word("tuyển")))) == ["a"]  # it answers for what it was opened on


def test_cancelled_changes_leave_no_trace(index):
    index.write(ARTICLES[:1])
    with index.writer() as writer:
        writer.add(index.invert(ARTICLES[1:]))
        writer.delete(["a"])
        writer.cancel()
        writer.commit()
    assert list(index.open().ids()) == ["a"]


def test_a_commit_without_changes_makes_no_generation(index):
    index.write(ARTICLES[:1])
    generation = index.open().generation
    index.write(delete=["nobody"])
    assert index.open().generation == generation


def test_a_facet_never_heard_of_needs_no_preparation(index):
    index.write(ARTICLES)
    index.write([article("e", "Tàu", keys={"ship": ("HQ-011",)})])
    found = index.open().find(Query(match=Value("ship", ("HQ-011",)), facets=(("ship", 5), ("province", 5))))
    assert (ids(found), found.facets) == (["e"], {"ship": (("HQ-011", 1),), "province": ()})
