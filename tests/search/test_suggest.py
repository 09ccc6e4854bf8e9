"""Suggestions: what begins like the typing, in any spelling of it, counted, and nothing else."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.suggest import MOST, Suggestion, suggest
from indexer.storage.index_folder import open_engine
from indexer.text import fold
from tests.archives import index_of

ARTICLE = ("Đại tá Trịnh Ngọc Sơn, Chỉ huy trưởng Bộ CHQS tỉnh {province} dự khai mạc diễn tập khu vực phòng thủ của"
           " tỉnh {province}. Lực lượng dân quân tự vệ, hải quân và hải quan tham gia.")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("suggest")
    places = ["Kon Tum"] * 4 + ["Gia Lai"] * 2 + ["Sơn La"]
    rows = [{"id": str(n), "title": f"{place}: diễn tập lần {n}", "text": ARTICLE.format(province=place),
             "date": "2023-05-01"} for n, place in enumerate(places)]
    index_of(folder, rows)
    return open_engine(folder / "index")


@pytest.fixture(scope="module")
def sample(sample_index: Path):
    return open_engine(sample_index)


def texts(engine, typed: str, kind: str = "") -> list[str]:
    return [each.text for each in suggest(engine, typed) if kind in ("", each.kind)]


@pytest.mark.parametrize("typed", ["kon", "Kon T", "kon tum", "KON", "tinh kon", "tỉnh Kon"])
def test_a_province_is_found_by_its_beginning_with_or_without_unit(engine, typed: str) -> None:
    assert suggest(engine, typed)[0] == Suggestion("province", "Kon Tum", "tên lúc đăng bài", 4)


def test_a_present_province_is_offered_where_it_counts_other_articles(engine) -> None:
    """Kon Tum of 2023 lies in Quảng Ngãi today, and Gia Lai in Gia Lai."""
    assert Suggestion("province_now", "Quảng Ngãi", "địa giới hiện nay", 4) in suggest(engine, "quang ng")
    assert [each.kind for each in suggest(engine, "gia l") if each.text == "Gia Lai"] == ["province"]


@pytest.mark.parametrize("typed", ["bo chqs", "Bộ CHQS tỉnh K", "bộ chỉ huy quân sự kon", "bo chi huy quan su tinh k"])
def test_a_unit_is_found_under_its_short_and_its_long_name(engine, typed: str) -> None:
    assert Suggestion("unit", "Bộ CHQS tỉnh Kon Tum", "bài về Kon Tum có nhắc đơn vị này", 4) in suggest(engine, typed)


@pytest.mark.parametrize("typed", ["trịnh ng", "trinh ngoc son", "son tri", "ngoc s", "sơn", "Trinhj Ngocj", "Tri5nh"])
def test_an_official_is_found_by_any_part_of_the_name_and_given_name_first(engine, typed: str) -> None:
    found = [each for each in suggest(engine, typed) if each.kind == "official"]
    assert found and found[0].text == "Trịnh Ngọc Sơn"
    assert "Đại tá, Chỉ huy trưởng Bộ CHQS tỉnh" in found[0].detail


@pytest.mark.parametrize("typed", ["dân qu", "dan quan", "daan quaan t", "da6n qua6n", "DÂN QUÂN"])
def test_a_phrase_is_found_however_it_is_typed(engine, typed: str) -> None:
    assert "dân quân tự vệ" in texts(engine, typed, "phrase")


def test_accents_typed_come_first_and_others_below(engine) -> None:
    assert texts(engine, "hải quâ")[0] == "hải quân"
    assert texts(engine, "hải quan ")[0] == "hải quan"
    assert {"hải quân", "hải quan"} <= set(texts(engine, "hai qu"))


def test_a_space_ends_the_word(engine) -> None:
    assert "hải quân" in texts(engine, "hai quan ") and texts(engine, "dan qu ") == []


@pytest.mark.parametrize("typed", ["", " ", '"', "zzzz", "()", "...", "\0"])
def test_nothing_begins_like_nothing(engine, typed: str) -> None:
    assert suggest(engine, typed) == []


@pytest.mark.parametrize(("typed", "meant"), [
    ("hải quâm", "hải quân"), ("hãi quân", "hải quân"), ("haiquan", "hải quân"), ("hia quan", "hải quân"),
    ("dâm quân t", "dân quân tự vệ"), ("kno tum", "Kon Tum"), ("kontum", "Kon Tum"), ("gialai", "Gia Lai"),
])  # fmt: skip
def test_what_was_mistyped_finds_what_was_meant(engine, typed: str, meant: str) -> None:
    assert meant in texts(engine, typed)


def test_a_name_comes_before_those_whose_unit_begins_so(tmp_path: Path) -> None:
    """Three articles are of thành phố Đà Nẵng, one of Thanh Hóa."""
    places = ["Đà Nẵng"] * 3 + ["Thanh Hóa"]
    rows = [{"id": str(n), "title": f"{place}: hội thao lần {n}", "text": f"{place} khai mạc hội thao quân sự lần {n}."}
            for n, place in enumerate(places)]
    with closing(open_engine(index_of(tmp_path, rows))) as engine:
        assert texts(engine, "thanh")[0] == texts(engine, "Thanh")[0] == "Thanh Hóa"


def test_no_place_is_given_twice(sample) -> None:
    for typed in ("h", "ho", "tp", "thanh", "quang", "gia", "da"):
        given = [each.text for each in suggest(sample, typed, 50) if each.kind.startswith("province")]
        assert len(given) == len(set(given))


@pytest.mark.parametrize("typed", ["b", "t", "c", "d9", "quan", "nguyen", "hoi"])
def test_suggestions_are_distinct_bounded_and_begin_as_typed(sample, typed: str) -> None:
    found = suggest(sample, typed, 1000)
    assert len(found) <= MOST and len(set(found)) == len(found)
    assert all(each.count > 0 for each in found)
    initials = {word[0] for each in found for word in fold(each.text).lower().split()}
    assert not found or fold(typed)[0] in initials


def test_a_limit_holds_and_no_kind_takes_all_of_it(sample) -> None:
    for limit in (0, 1, 5, 8):
        assert len(suggest(sample, "t", limit)) == limit
    assert {each.kind for each in suggest(sample, "t")} >= {"province", "official", "phrase"}


def test_every_count_is_the_engines(sample) -> None:
    for each in (each for typed in "abcdghklmnpqtvx" for each in suggest(sample, typed)):
        if each.kind == "phrase" and sample.frequency("word", each.text.replace(" ", "_")):
            assert each.count == sample.frequency("word", each.text.replace(" ", "_"))


@given(st.text(max_size=300))
def test_any_typing_is_answered(sample, typed: str) -> None:
    assert len(suggest(sample, typed)) <= 8
