"""What a query asks for, and what it does not."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import All, AnyOf, Between, Node, Not, Pair, Phrase, Prefix, Share, Value, Word
from indexer.search.query import plan
from indexer.search.query.match import ALL_UP_TO, SHARE


class Words:
    """A lexicon of a few terms; any word is held by one article of a hundred."""

    def __init__(self, facets: Mapping[str, list[str]] | None = None, unknown: tuple[str, ...] = ()) -> None:
        self.facets = facets or {}
        self.unknown = unknown

    def count(self) -> int:
        return 100

    def frequency(self, field: str, term: str) -> int:
        return int(term not in self.unknown and (field not in self.facets or term in self.facets[field]))

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        return ((term, 1) for term in self.facets.get(field, []) if term.startswith(prefix))


def match(text: str, **options: object) -> Node:
    return plan(text, Words(), **options).query.match  # type: ignore[arg-type]


def typed(*words: str) -> tuple[Word, ...]:
    return tuple(map(Word, words))


def bare(*words: str) -> tuple[Word, ...]:
    return tuple(Word(word, folded=True) for word in words)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("quân sự", All(typed("quân", "sự"))),
        ("quan su", All(bare("quan", "su"))),
        ("Sơn La", All(typed("sơn", "la"))),
        ("khoẻ", Word("khỏe")),
        ('"dân quân"', Phrase(typed("dân", "quân"))),
        ('"dan quan"~5', Phrase(bare("dan", "quan"), slop=5)),
        ("huấn*", Prefix("huấn")),
        ("huan*", Prefix("huan", folded=True)),
        ("28-NQ/TW", Phrase(bare("28", "nq", "tw"))),
        ("1,66%", Phrase(bare("1", "66"))),
        ("quan =tu", All((*bare("quan"), *typed("tu")))),
        ("năm:2022", Value("year", ("2022",))),
        ("năm:2020..2023", Between("year", "2020", "2023")),
        ("về:2020..", Between("about", "2020", None)),
        ("tít:bão", Word("bão", title=True)),
        ('tít:"bão lũ"', Phrase((Word("bão", title=True), Word("lũ", title=True)))),
        ('chức:"chủ tịch"', Phrase(typed("chủ", "tịch"))),
        ("quân -mưa", All((*typed("quân"), Not(Word("mưa"))))),
        ("quan -mua", All((*bare("quan"), Not(Word("mua", folded=True))))),
        ("quan -mưa", All((*bare("quan"), Not(Word("mưa"))))),
        ("bão OR lũ", AnyOf(typed("bão", "lũ"))),
        ("(bão lớn) lũ to", All(typed("bão", "lớn", "lũ", "to"))),
        ("quân quân", Word("quân")),
        ("", All(())),
        ("!!!", AnyOf(())),
    ],
)
def test_a_query_asks_for(text: str, node: Node) -> None:
    assert match(text) == node


@pytest.mark.parametrize(
    ("text", "facet", "keys"),
    [
        ('tỉnh:"kon tum"', "province", ("Kon Tum",)),
        ("tỉnh:Kon Tum", "province", ("Kon Tum",)),
        ("tinh:thanh hoa", "province", ("Thanh Hóa",)),
        ("tỉnh:Hoà Bình", "province", ("Hòa Bình",)),
        ("tỉnh:TPHCM", "province", ("Hồ Chí Minh",)),
        ('tỉnhnay:"Kon Tum"', "now", ("Quảng Ngãi",)),
        ("người:ngọc tuấn", "official", ("lê ngọc tuấn@Kon Tum",)),
        ("nguoi:tuan", "official", ("lê ngọc tuấn@Kon Tum", "trần văn tuân@Huế")),
        ("nguồn:baokontum", "source", ("baokontum.example",)),
    ],
)
def test_a_field_finds_its_keys_in_any_spelling(text: str, facet: str, keys: tuple[str, ...]) -> None:
    held = {"official": ["lê ngọc tuấn@Kon Tum", "trần văn tuân@Huế"], "source": ["baokontum.example", "x.example"]}
    read = plan(text, Words(held))
    assert read.query.match == Value(facet, keys)
    assert read.query.unread == ()


def test_an_unquoted_value_ends_where_no_name_goes_on() -> None:
    read = plan("tỉnh:Kon Tum tập huấn", Words())
    assert read.query.match == All((*typed("tập", "huấn"), Value("province", ("Kon Tum",))))


def test_a_value_nobody_knows_is_noted_and_searched_as_words() -> None:
    read = plan("tỉnh:Atlantis bão", Words())
    assert read.query.unread == ("tỉnh:Atlantis",)
    assert read.query.match == All(typed("atlantis", "bão"))


def test_up_to_six_syllables_must_all_be_there_and_of_more_a_share() -> None:
    six, seven = "một hai ba bốn năm sáu", "một hai ba bốn năm sáu bảy"
    assert len(six.split()) == ALL_UP_TO
    assert match(six) == All(typed(*six.split()))
    long = match(seven)
    assert isinstance(long, Share)
    assert (long.share, long.of_best) == (SHARE, True)
    assert {Word("mot", True), Word("bay", True), Pair("mot hai"), Pair("sau bay")} <= set(long.nodes)
    assert len(long.nodes) == 7 + 6
    assert [a.kind for a in plan(seven, Words()).query.applied] == ["share"]


def test_the_rule_can_be_switched_either_way() -> None:
    seven = "một hai ba bốn năm sáu bảy"
    assert match(seven, off=frozenset({"share"})) == All(typed(*seven.split()))
    assert isinstance(match("quân sự", off=frozenset({"all"})), Share)


def test_pairs_of_a_long_query_do_not_cross_punctuation() -> None:
    nodes = match("một hai ba, bốn năm sáu bảy").nodes
    assert Pair("hai ba") in nodes and Pair("ba bon") not in nodes


def test_phrases_fields_and_exclusions_are_required_of_a_long_query_too() -> None:
    node = match('một hai ba bốn năm sáu bảy "quân sự" năm:2022 -mưa')
    assert isinstance(node, All)
    assert {type(each) for each in node.nodes} == {Share, Phrase, Value, Not}


def test_a_syllable_no_article_holds_weighs_nothing_in_a_long_query() -> None:
    node = plan("một hai ba bốn năm sáu zzz", Words(unknown=("zzz",))).query.match
    assert isinstance(node, Share)
    assert Word("zzz", folded=True) not in node.nodes


def test_other_accents_are_offered_apart_for_an_accented_query_only() -> None:
    exact, folded = All(typed("hải", "quan")), All(bare("hai", "quan"))
    assert plan("hải quan", Words()).near == All((folded, Not(exact)))
    assert plan("hai quan", Words()).near is None
    assert plan("hải quan", Words(), widen=True).query.match == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NVQS", AnyOf((Word("nvqs", True), Phrase(bare("nghia", "vu", "quan", "su"))))),
        ("nghĩa vụ quân sự", AnyOf((All(typed("nghĩa", "vụ", "quân", "sự")), Word("nvqs")))),
        ("nghia vu quan su", AnyOf((All(bare("nghia", "vu", "quan", "su")), Word("nvqs", True)))),
        ("thành phố", All(typed("thành", "phố"))),  # "tp" is too short to be told from a word
        ("tp", Word("tp", True)),
        ("an", Word("an", True)),
        ("BCHQS", Word("bchqs", True)),
    ],
)
def test_abbreviations_are_read_both_ways_unless_they_say_two_things(text: str, expected: Node) -> None:
    assert match(text) == expected


def test_an_expansion_is_visible_and_can_be_switched_off() -> None:
    read = plan("DQTV", Words())
    assert [(a.kind, a.text) for a in read.query.applied] == [("abbreviation", "DQTV")]
    assert match("DQTV", off=frozenset({"abbreviation"})) == Word("dqtv", True)


def test_qpan_means_the_two_with_or_without_and() -> None:
    node = match("QPAN")
    assert isinstance(node, AnyOf)
    spelled = {" ".join(word.text for word in each.words) for each in node.nodes if isinstance(each, Phrase)}
    assert {"quoc phong an ninh", "quoc phong va an ninh"} <= spelled


@pytest.mark.parametrize("text", ["BCHQS", "CTV", "ĐBP"])
def test_an_abbreviation_with_two_readings_is_offered_never_applied(text: str) -> None:
    read = plan(f"{text} tỉnh", Words())
    assert len(read.offers) == 2
    assert read.query.applied == ()


def test_a_long_query_reads_abbreviations_both_ways_too() -> None:
    short, long = Word("dqtv", True), Phrase(bare("dan", "quan", "tu", "ve"))
    assert AnyOf((short, long)) in match("dqtv huấn luyện cơ quan xã phường").nodes
    spelled = match("dân quân tự vệ huấn luyện cơ quan xã").nodes
    assert {AnyOf((Word("dan", True), short)), AnyOf((Pair("dan quan"), short))} <= set(spelled)
    assert Pair("ve huan") in spelled
    assert "abbreviation" in [a.kind for a in plan("dqtv huấn luyện cơ quan xã phường", Words()).query.applied]


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("CHT bộ CHQS", "chỉ huy trưởng"),
        ("cht bo chqs", "chỉ huy trưởng"),
        ("CHT ban chỉ huy quân sự", "chỉ huy trưởng"),
        ("TMT Bộ CHQS", "tham mưu trưởng"),
        ("CTV ban CHQS", "chính trị viên"),
        ("CTV Đồn Biên phòng", "chính trị viên"),
        ("TL Quân khu 7", "tư lệnh"),
        ("PTL quân khu 9", "phó tư lệnh"),
        ("CT UBND", "chủ tịch"),
        ("PBT đảng ủy", "phó bí thư"),
    ],
)
def test_an_abbreviation_beside_a_body_is_the_post_it_is(text: str, post: str) -> None:
    read = plan(text, Words())
    assert f"{text.split()[0]}: {post}" in read.query.applied[0].label
    assert read.offers == ()


@pytest.mark.parametrize("text", ["CHT Thanh Hóa", "CT phòng dịch", "tl quân khu", "BT tình yêu"])
def test_what_may_be_a_post_is_none_without_a_body(text: str) -> None:
    assert plan(text, Words()).query.applied == ()


def test_words_forced_literal_are_not_expanded() -> None:
    assert match("=nvqs") == Word("nvqs")


def weights(text: str, field: str) -> dict[str, float]:
    return {s.term: s.weight for s in plan(text, Words()).query.scoring if s.field == field}


def test_the_score_follows_the_accents_of_the_query() -> None:
    assert all(weight <= 0.02 for weight in weights("quan su", "syllable").values())
    assert weights("quan su", "folded") == {"quan": 1.0, "su": 1.0}
    assert weights("quân sự", "syllable") == {"quân": 1.0, "sự": 1.0}
    assert weights("quân sự", "folded") == {"quan": 0.5, "su": 0.5}
    assert weights("quan su", "pair") == {"quan su": pytest.approx(0.35)}


def test_pairs_do_not_cross_punctuation_or_operators() -> None:
    assert set(weights("quân sự, quốc phòng", "pair")) == {"quan su", "quoc phong"}
    assert set(weights("quân sự OR quốc phòng", "pair")) == {"quan su", "quoc phong"}


def test_words_count_only_where_capitals_show_pyvi_the_names() -> None:
    assert weights("tỉnh Kon Tum họp", "word")
    assert not weights("tỉnh kon tum họp", "word")


def test_what_is_excluded_does_not_raise_the_score() -> None:
    assert set(weights("bão -lũ", "syllable")) == {"bão"}


@given(st.text(max_size=80))
def test_planning_never_fails(text: str) -> None:
    for widen in (False, True):
        plan(text, Words(), widen=widen)
