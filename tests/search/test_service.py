"""The search street over a real index: what a reader gets for what they type."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engine.invert import invert
from indexer.engine.port import Engine
from indexer.engine.whoosh import create, open_engine, open_writer
from indexer.entities import entity_words, facet_keys, read_entities
from indexer.model import Article, Entry, NearMatches, Offer, StatedDate
from indexer.search.service import as_json, as_text, run_queries, search, warm
from indexer.text import analyze, shown

ARTICLES = {  # id: (title, text, date)
    "tuyen-quan": (
        "Kon Tum sẵn sàng ngày hội tòng quân",
        "Bộ Chỉ huy quân sự tỉnh Kon Tum họp bàn việc gọi công dân nhập ngũ.\n"
        "Đại tá Trịnh Ngọc Sơn, Chỉ huy trưởng Bộ Chỉ huy quân sự tỉnh Kon Tum chủ trì.",
        "2022-01-20",
    ),
    "tay-ninh": (
        "Lãnh đạo tỉnh thăm đơn vị",
        "Chủ tịch UBND tỉnh Tây Ninh Nguyễn Thanh Ngọc thăm, tặng quà các đơn vị làm nghĩa vụ quân sự.",
        "2022-12-20",
    ),
    "hai-quan": ("Tàu hải quân ra khơi", "Đoàn công tác hải quân thăm bộ đội trên đảo.", "2023-04-01"),
    "cua-khau": ("Ngăn chặn buôn lậu", "Lực lượng hải quan cửa khẩu phối hợp tuần tra.", "2023-05-01"),
    "an-ninh": (
        "Giữ vững địa bàn",
        "Nhiệm vụ quốc phòng - an ninh được giữ vững; bác sĩ về làng khám bệnh.",
        "2021-06-01",
    ),
    "hoi-nghi": (
        "Hội nghị tổng kết công tác quốc phòng",
        "Hội nghị tổng kết công tác quốc phòng, quân sự địa phương năm 2022 tại thành phố.",
        "2022-12-30",
    ),
    "quang-ngai": ("Biển đảo quê hương", "Lực lượng vũ trang tỉnh Quảng Ngãi giúp dân.", "2026-03-01"),
    "binh-dinh": ("Phòng chống lụt", "Các xã của tỉnh Bình Định họp.", "2020-10-01"),
    "khong-ngay": ("Chuyện làng", "Già làng K’Mák kể chuyện giữ rừng, chuyện hoà thuận của dân làng.", None),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("index")
    create(folder)
    writer = open_writer(folder)
    entered = []
    for id, (title, text, date) in ARTICLES.items():
        article = Article(
            id=id, path=f"{id}.txt", title=shown(title), body=shown(text), source="bao.example",
            stamps=(StatedDate(date, "meta"),) if date else (),
        )
        known = read_entities(article)
        entered.append((Entry(article, known, facet_keys(known, article)), analyze(title, text, entity_words(known))))
    writer.add(invert(entered))
    writer.commit()
    engine = open_engine(folder)
    yield engine
    engine.close()


def ids(engine: Engine, text: str = "", **options: object) -> list[str]:
    return [hit.entry.id for hit in search(engine, text, **options).hits]  # type: ignore[arg-type]


def kinds(engine: Engine, text: str, **options: object) -> list[str]:
    return [a.kind for a in search(engine, text, **options).query.applied]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("hải quân", "hai-quan"),
        ("hải quan", "cua-khau"),
        ("HẢI QUÂN", "hai-quan"),
        ("hòa thuận", "khong-ngay"),
        ("k'mak", "khong-ngay"),
        ("K`Mák", "khong-ngay"),
        ("trinh ngoc son", "tuyen-quan"),
        ("Trịnh Ngọc Sơn", "tuyen-quan"),
        ("chủ tịch ngọc tây ninh", "tay-ninh"),
        ("người:ngọc nghĩa vụ", "tay-ninh"),
        ('"quốc phòng an ninh"', "an-ninh"),
        ("QPAN", "an-ninh"),
        ("CHQS tỉnh Kon Tum", "tuyen-quan"),
        ("tít:tàu", "hai-quan"),
        ("tỉnh:kon tum", "tuyen-quan"),
        ("tỉnhnay:quảng ngãi tòng quân", "tuyen-quan"),
        ("tỉnh:kon tum OR tỉnh:huế", "tuyen-quan"),
        ("khám* bác sĩ", "an-ninh"),
    ],
)
def test_readers_find_the_article_however_they_type(engine: Engine, text: str, first: str) -> None:
    assert ids(engine, text)[:1] == [first]


@pytest.mark.parametrize("text", ["hải quân", "Kon Tum tòng quân", '"hòa thuận"', "tỉnh:Kon Tum"])
def test_decomposed_letters_and_the_other_tone_placement_change_nothing(engine: Engine, text: str) -> None:
    asked = ids(engine, text)
    assert asked
    assert ids(engine, unicodedata.normalize("NFD", text)) == asked
    assert ids(engine, text.replace("hòa", "hoà")) == asked


def test_a_query_without_accents_matches_any(engine: Engine) -> None:
    assert set(ids(engine, "hai quan")) == {"hai-quan", "cua-khau"}


def test_other_accents_follow_below_outside_total_and_facets(engine: Engine) -> None:
    results = search(engine, "hải quan")
    assert results.total == 1
    assert [hit.entry.id for hit in results.near.hits] == ["hai-quan"]
    assert results.near.total == 1
    assert sum(v.count for f in results.facets if f.name == "year" for v in f.values) == 1


def test_other_accents_stand_below_the_first_page_of_a_short_result_and_the_last_of_a_long_one(engine: Engine) -> None:
    total = search(engine, "quân").total
    assert total > 2
    below = {page: search(engine, "quân", page=page, limit=1, near_up_to=2).near for page in (1, 2, total)}
    assert [near.total > 0 for near in below.values()] == [False, False, True]
    assert [near.skipped for near in below.values()] == [True, True, False]
    first = search(engine, "quân", limit=1, near_up_to=total).near
    assert [hit.entry.id for hit in first.hits] == [hit.entry.id for hit in below[total].hits] != []


def test_one_click_takes_other_accents_in_and_each_hit_tells_its_tier(engine: Engine) -> None:
    results = search(engine, "hải quan", widen=True)
    assert {hit.entry.id: hit.tier for hit in results.hits} == {"cua-khau": "exact", "hai-quan": "accents"}


def test_the_literal_form_holds_even_where_accents_do_not_matter(engine: Engine) -> None:
    assert set(ids(engine, "hai quan")) == {"hai-quan", "cua-khau"}
    assert ids(engine, "hai =quân") == ["hai-quan"]
    assert ids(engine, "hải =quan", widen=True) == ["cua-khau"]
    assert search(engine, '="hải quan"').near == NearMatches()


def test_matches_with_other_accents_are_counted_apart_and_keep_to_the_filters(engine: Engine) -> None:
    results = search(engine, "hải quan", filters={"year": ["2023"]})
    assert (results.total, results.near.total) == (1, 1)
    assert search(engine, "hải quan", filters={"year": ["1999"]}).near.total == 0
    assert search(engine, "hải quan", widen=True).total == 2


def test_a_wrong_accent_is_mended_before_all_accents_are_opened(engine: Engine) -> None:
    results = search(engine, "hãi quân")
    assert [(a.kind, a.text, a.count) for a in results.query.applied] == [("marks", "hải quân", 1)]
    assert [hit.entry.id for hit in results.hits] == ["hai-quan"]


def test_when_nothing_holds_the_accents_typed_the_page_says_so_and_widens(engine: Engine) -> None:
    results = search(engine, "hãi quân", off={"marks"})
    assert [hit.entry.id for hit in results.hits] == ["hai-quan", "cua-khau"]
    assert [(a.kind, a.label) for a in results.query.applied] == [
        ("accents", "Không bài nào đúng dấu đã gõ")
    ]
    assert {hit.tier for hit in results.hits} == {"accents"}
    assert search(engine, "hãi quân", off={"accents", "marks", "spelling", "share"}).total == 0


def test_exact_accents_come_first_when_widened(engine: Engine) -> None:
    assert ids(engine, "hải quan", widen=True) == ["cua-khau", "hai-quan"]


def test_without_accents_the_article_spelt_as_typed_comes_first(engine: Engine) -> None:
    hits = search(engine, "lang").hits
    assert {hit.tier for hit in hits} == {"accents"}
    assert [hit.tier for hit in search(engine, "kon tum").hits] == ["exact"]


def test_without_a_query_the_newest_come_first_and_undated_last(engine: Engine) -> None:
    found = ids(engine)
    assert (found[:2], found[-1]) == (["quang-ngai", "cua-khau"], "khong-ngay")


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("nghiax vuj quaan suwj", "typing", "tay-ninh"),
        ("hai3 qua6n", "typing", "hai-quan"),
        ("bác sỹ", "variant", "an-ninh"),
        ("tòng quâm", "spelling", "tuyen-quan"),
        ("Kôn Tum", "marks", "tuyen-quan"),
        ("hải quân xyzzy", "share", "hai-quan"),
        ('"quân hải"', "phrase", "hai-quan"),
    ],
)
def test_when_nothing_matches_the_best_reading_is_taken_and_named(
    engine: Engine, text: str, kind: str, found: str
) -> None:
    assert kinds(engine, text)[0] == kind
    assert ids(engine, text)[0] == found


def test_words_that_stand_nowhere_are_named_and_the_others_count_as_typed(engine: Engine) -> None:
    results = search(engine, "quân xyzzy zzyx")
    told = [str(each.label) for each in results.query.applied]
    assert told == ["Không bài nào có “xyzzy”, “zzyx”; tìm các từ còn lại"]
    assert results.total == search(engine, "quân").total < search(engine, "quan").total


def test_a_reading_can_be_switched_off(engine: Engine) -> None:
    everything = {"typing", "accents", "variant", "spelling", "share", "phrase"}
    assert search(engine, "tòng quâm", off=everything).total == 0
    assert "spelling" not in kinds(engine, "tòng quâm", off={"spelling"})


def test_a_filter_that_leaves_nothing_is_not_corrected_away(engine: Engine) -> None:
    results = search(engine, "hải quân", filters={"year": ["1999"]})
    assert (results.total, results.query.applied) == (0, ())


def test_an_empty_result_explains_itself(engine: Engine) -> None:
    results = search(engine, "hải quân", filters={"province": ["Kon Tum"], "year": ["2022"]})
    assert dict(results.empty.counts) == {"hải": 2, "quân": 4}
    ways = {(way.without or way.query): way.count for way in results.empty.ways}
    assert ways == {"*": 1, "quân": 1}


def test_a_way_out_says_what_to_drop_and_what_it_gives(engine: Engine) -> None:
    off = {"typing", "accents", "variant", "spelling", "share"}
    results = search(engine, "hải quân xyzzy", off=off)
    assert {(way.query, way.count) for way in results.empty.ways} == {("hải quân", 1)}


def offers(engine: Engine, text: str, **options: object) -> dict[str, Offer]:
    return {each.label: each for each in search(engine, text, **options).offers}  # type: ignore[arg-type]


def test_a_former_province_offers_the_present_one_with_how_many_more_that_gives(engine: Engine) -> None:
    [offer] = offers(engine, "Kon Tum").values()
    assert offer.label == "Gộp cả Quảng Ngãi từ 1/7/2025 (+1)"
    assert ids(engine, offer.text, filters=offer.filters) == ["tuyen-quan", "quang-ngai"]
    assert ids(engine, "Kon Tum") == ["tuyen-quan"]


def test_a_chosen_former_province_offers_the_same(engine: Engine) -> None:
    [offer] = offers(engine, "", filters={"province": ["Kon Tum"]}).values()
    assert set(ids(engine, offer.text, filters=offer.filters)) == {"tuyen-quan", "quang-ngai"}


def test_a_province_on_both_maps_offers_what_became_a_part_of_it(engine: Engine) -> None:
    offered = offers(engine, "họp", filters={"province": ["Gia Lai"]})
    assert offered["Gộp cả Bình Định trước 1/7/2025 (+1)"].filters == {"province": ("Gia Lai", "Bình Định")}


def test_nothing_is_offered_that_gives_nothing(engine: Engine) -> None:
    assert offers(engine, "", filters={"province": ["Tây Ninh"]}) == {}


@pytest.mark.parametrize("value", ["Kon Tum", "kon tum", "KON TUM", "tỉnh Kon Tum", "Kontum"])
def test_filters_accept_key_or_label_in_any_case(engine: Engine, value: str) -> None:
    assert ids(engine, filters={"province": [value]}) == ["tuyen-quan"]


def test_officials_are_chosen_by_key_or_by_name(engine: Engine) -> None:
    [key] = [k for k, _ in engine.terms("official") if k.startswith("trịnh")]
    for value in (key, "Trịnh Ngọc Sơn", "trinh ngoc son"):
        assert ids(engine, filters={"official": [value]}) == ["tuyen-quan"]


def test_an_unknown_value_is_kept_and_counts_zero(engine: Engine) -> None:
    results = search(engine, filters={"province": ["Atlantis"]})
    assert results.total == 0
    [province] = [f for f in results.facets if f.name == "province"]
    assert ("Atlantis", 0, True) in [(v.value, v.count, v.selected) for v in province.values]


def test_facets_have_labels_and_an_honest_bucket(engine: Engine) -> None:
    years = {v.value: v.label for f in search(engine).facets if f.name == "year" for v in f.values}
    assert years["2022"] == "2022"
    assert "chưa rõ" in years.values()


def test_pages_do_not_overlap_and_cover_the_total(engine: Engine) -> None:
    pages = [ids(engine, "quan", page=page, limit=2) for page in (1, 2, 3, 4)]
    flat = [id for page in pages for id in page]
    assert len(flat) == len(set(flat)) == search(engine, "quan").total


def test_total_facets_and_hits_are_one_set(engine: Engine) -> None:
    results = search(engine, "quân sự", limit=100)
    assert results.total == len(results.hits)
    [years] = [f for f in results.facets if f.name == "year"]
    assert sum(v.count for v in years.values) == results.total


def test_the_json_has_the_promised_shape(engine: Engine) -> None:
    shape = json.loads(json.dumps(as_json(search(engine, "Kon Tum tòng quân", filters={"year": ["2022"]}))))
    assert {"total", "took_ms", "applied", "hits", "facets"} <= set(shape)
    [hit] = shape["hits"]
    assert list(hit)[:8] == ["id", "title", "url", "published", "provinces", "officials", "score", "snippet"]
    assert hit["published"] == {"date": "2022-01-20", "precision": "day", "basis": "meta"}
    assert set(hit["provinces"][0]) == {"name", "now", "basis", "evidence"}
    assert set(hit["officials"][0]) == {"name", "rank", "posts"}
    assert shape["facets"]["year"][0] == {"value": "2022", "label": "2022", "count": 1, "selected": True}


def test_a_batch_of_queries_ranks_exact_matches_above_other_accents(engine: Engine) -> None:
    [(name, found)] = run_queries(engine, [("q1", "hải quan")], 10)
    assert (name, found[:2]) == ("q1", ["cua-khau", "hai-quan"])


def test_a_batch_goes_on_with_articles_that_lack_a_word(engine: Engine) -> None:
    [(_, found)] = run_queries(engine, [("q1", "hội nghị tổng kết quốc phòng")], 10)
    assert found[0] == "hoi-nghi" and "an-ninh" in found[1:]
    assert ids(engine, "hội nghị tổng kết quốc phòng") == ["hoi-nghi"]


def test_a_batch_keeps_a_quoted_phrase_above_its_scattered_words(engine: Engine) -> None:
    [(_, found)] = run_queries(engine, [("q1", '"quân sự địa phương" tỉnh')], 10)
    assert found[0] == "hoi-nghi" and "tuyen-quan" in found[1:]


@pytest.mark.parametrize(
    ("text", "options", "rule", "counted"),
    [
        ("hải quân", {}, "all", "có đủ các từ, đúng dấu"),
        ("hai quan", {}, "all", "có đủ các từ, không phân biệt dấu"),
        ("hải quân", {"widen": True}, "all", "có đủ các từ, không phân biệt dấu"),
        ("đoàn công tác hải quân thăm bộ đội", {}, "share", "có phần lớn các từ"),
        ("đoàn công tác hải quân thăm bộ đội", {"off": {"share"}}, "all", "có đủ các từ, đúng dấu"),
        ("hải quân", {"off": {"all"}}, "share", "có phần lớn các từ"),
        ("hải quân xyzzy", {}, "share", "có phần lớn các từ"),
        ('"hải quân"', {}, "none", ""),
        ("", {}, "none", ""),
    ],
)
def test_a_total_says_which_rule_made_it(engine: Engine, text, options, rule, counted) -> None:
    results = search(engine, text, **options)
    assert (results.rule, results.counted) == (rule, counted)
    shape = as_json(results)
    assert (shape["rule"], shape["counted"]) == (rule, counted)


def test_a_batch_keeps_the_order_and_the_limit(engine: Engine) -> None:
    rows = [("b", "quân"), ("a", "zzzz qqqq"), ("c", "")]
    answers = list(run_queries(engine, rows, 2))
    assert [name for name, _ in answers] == ["b", "a", "c"]
    assert all(len(found) <= 2 for _, found in answers)


def test_the_terminal_form_names_every_hit(engine: Engine) -> None:
    text = as_text(search(engine, "hải quân"))
    assert "Tàu hải quân ra khơi" in text
    assert text.startswith("1 ")
    assert text.splitlines()[1] == "  có đủ các từ, đúng dấu"


def test_an_empty_index_can_be_warmed_and_searched(tmp_path: Path) -> None:
    create(tmp_path / "index")
    engine = open_engine(tmp_path / "index")
    warm(engine)
    assert search(engine, "quân sự").total == 0
    engine.close()
