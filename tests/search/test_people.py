"""Mentions, the people they make, and what editors put right: over a real index of a few articles of our own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.ingest.run import build
from indexer.search.corrections import COLUMNS, Correction, read_corrections
from indexer.search.mentions import MentionRow, Wanted, mentions
from indexer.search.people import People, summary
from indexer.search.serializers import told_json
from indexer.storage.index_folder import ServedEngine, open_engine

# id: (date, text). Names are invented but for public facts.
ARTICLES = {
    "th23": ("2023-03-01", "Tại tỉnh Thanh Hóa, Đại tá Lê Văn Diện, Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa chủ trì. "
                           "Cùng dự có Đại tá Vũ Văn Tùng, Phó Chỉ huy trưởng Bộ CHQS tỉnh."),
    "th24": ("2024-03-01", "Tỉnh Thanh Hóa giao quân. Đại tá Lê Văn Diện, CHT Bộ Chỉ huy quân sự tỉnh, phát biểu."),
    "na23": ("2023-05-02", "Ở tỉnh Nghệ An, Đại tá Phan Đại Nghĩa, Chỉ huy trưởng Bộ CHQS tỉnh Nghệ An, dự hội nghị."),
    "na22": ("2022-05-02", "Tại tỉnh Nghệ An, Thượng tá Lê Văn Diện, Chủ tịch Hội Cựu chiến binh tỉnh Nghệ An, dự lễ."),
    "th10": ("2010-05-02", "Ở Thanh Hóa, Đại tá Hà Văn Bốn, nguyên Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa, dự lễ."),
    # one man moves from Kon Tum to Gia Lai, and an article says so
    "kt20": ("2020-05-02", "Kon Tum diễn tập. Thượng tá Ngô Sĩ Hoạt, Chỉ huy trưởng Bộ CHQS tỉnh Kon Tum, chủ trì."),
    "gl23": ("2023-08-02", "Tại tỉnh Gia Lai, Đại tá Ngô Sĩ Hoạt, nguyên Chỉ huy trưởng Bộ CHQS tỉnh Kon Tum, "
                           "Phó Bí thư Tỉnh ủy Gia Lai, dự lễ. UBND tỉnh Gia Lai và nhân dân tỉnh Gia Lai tổ chức."),
    # rank or date forbid: he is captain after the other was colonel; he holds the post after being "former"
    "hb20": ("2020-05-02", "Tỉnh Hòa Bình họp. Đại tá Tạ Văn Chung, Chỉ huy trưởng Bộ CHQS tỉnh Hòa Bình, chủ trì."),
    "sl22": ("2022-05-02", "Tại tỉnh Sơn La, Đại úy Tạ Văn Chung, nguyên Chỉ huy trưởng Bộ CHQS tỉnh Hòa Bình, kể. "
                           "UBND tỉnh Sơn La tổ chức."),
    # namesakes: an officer and a man under investigation
    "hg21": ("2021-05-02", "Tại tỉnh Hậu Giang, Đại tá Đỗ Văn Năm, Chỉ huy trưởng Bộ CHQS tỉnh Hậu Giang, phát biểu."),
    "hg22": ("2022-05-02", "Tại tỉnh Hậu Giang, ông Đỗ Văn Năm, Phó Giám đốc Sở Y tế tỉnh Hậu Giang, bị khởi tố."),
    "st23": ("2023-05-02", "Tại tỉnh Sóc Trăng, UBND tỉnh Sóc Trăng họp báo: ông Đỗ Văn Năm, nguyên Chỉ huy trưởng Bộ "
                           "CHQS tỉnh Hậu Giang, bị bắt tạm giam."),
    # two districts of one name: the namesakes are not one man, whatever one of them was
    "tg20": ("2020-05-02", "Tại tỉnh Tiền Giang, Thượng tá Vi Văn Chín, Chỉ huy trưởng Ban CHQS huyện Châu Thành, dự. "
                           "UBND tỉnh Tiền Giang tổ chức."),
    "ag22": ("2022-05-02", "Tại tỉnh An Giang, Đại tá Vi Văn Chín, nguyên Chỉ huy trưởng Ban CHQS huyện Châu "
                           "Thành, kể. UBND tỉnh An Giang tổ chức."),
    "tb22": ("2022-06-02", "Ở Thái Bình, tân binh Lý Văn Sáu lên đường. Trung sĩ Hồ Văn Bảy, Tiểu đội trưởng, đón."),
    "bd22": ("2022-07-02", "Tại tỉnh Bình Dương, Trung tướng Nguyễn Trường Thắng, Tư lệnh Quân khu 7, kiểm tra đơn vị. "
                           "UBND tỉnh Bình Dương báo cáo."),
}  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedEngine]:
    folder = tmp_path_factory.mktemp("people")
    corpus = folder / "articles.jsonl"
    rows = ({"id": id, "title": "Tin", "text": text, "date": date} for id, (date, text) in ARTICLES.items())
    corpus.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    build(folder / "index", [str(corpus)], workers=1)
    engine = open_engine(folder / "index")
    yield engine
    engine.close()


def named(rows: Iterator[MentionRow]) -> list[tuple[str, str]]:
    return sorted((row.id, row.name) for row in rows)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(post="Chỉ huy trưởng Bộ CHQS", province="Thanh Hóa", years=("2023", "2023")),
         [("th23", "Lê Văn Diện")]),
        (Wanted(post="CHT Bộ CHQS", province="thanh hoa"), [("th23", "Lê Văn Diện"), ("th24", "Lê Văn Diện")]),
        (Wanted(post="Chỉ huy trưởng Bộ CHQS tỉnh Nghệ An"), [("na23", "Phan Đại Nghĩa")]),
        (Wanted(post="Phó Chỉ huy trưởng"), [("th23", "Vũ Văn Tùng")]),
        (Wanted(post="nguyên Chỉ huy trưởng", province="Thanh Hóa"), [("th10", "Hà Văn Bốn")]),
        (Wanted(post="Tư lệnh Quân khu 7", province="Bình Dương"), [("bd22", "Nguyễn Trường Thắng")]),
        (Wanted(post="Tư lệnh Quân khu 7", province="Nghệ An"), []),
        (Wanted(person="Phan Đại Nghĩa", province="Thanh Hóa"), []),
        (Wanted(cls="MTTQ và đoàn thể"), [("na22", "Lê Văn Diện")]),
        (Wanted(role="chủ trì", years=("2021", None)), [("th23", "Lê Văn Diện")]),
        (Wanted(province="Atlantis"), []),
    ],
    ids=str,
)
def test_all_that_is_asked_must_hold_of_one_person_at_one_post(
    engine: ServedEngine, wanted: Wanted, found: list[tuple[str, str]]
) -> None:
    assert named(mentions(engine, wanted)) == found


def test_a_row_says_where_when_and_on_what_words(engine: ServedEngine) -> None:
    (row,) = mentions(engine, Wanted(post="Chỉ huy trưởng", province="Thanh Hóa", years=("2023", "2023")))
    assert (row.rank, row.status, row.head, row.body) == ("Đại tá", "đương nhiệm", "Chỉ huy trưởng", "Bộ CHQS")
    assert (row.cls, row.level, row.place, row.province_now) == ("quân đội", "tỉnh", "Thanh Hóa", "Thanh Hóa")
    assert (row.published, row.published_basis, row.role) == ("2023-03-01", "meta", "chủ trì")
    assert row.sentence.endswith("chủ trì.") and row.confidence == "cao" and row.story == "th23"
    assert row.post_name == "Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa"


def test_a_place_taken_from_the_article_is_less_certain(engine: ServedEngine) -> None:
    (row,) = mentions(engine, Wanted(post="Chỉ huy trưởng", province="Thanh Hóa", years=("2024", "2024")))
    assert (row.place, row.confidence) == ("Thanh Hóa", "vừa")


def test_a_name_alone_never_makes_one_person_of_two_provinces(engine: ServedEngine) -> None:
    people = People(engine)
    one, other = people.search("Lê Văn Diện")
    assert one.id != other.id and people.maybe_same(one) == [other]


def test_a_move_an_article_states_makes_one_person_and_is_quoted(engine: ServedEngine) -> None:
    (person,) = People(engine).search("Ngô Sĩ Hoạt")
    assert set(person.keys) == {"ngô sĩ hoạt@Gia Lai", "ngô sĩ hoạt@Kon Tum"}
    assert [(move.article, "nguyên" in move.sentence) for move in person.moves] == [("gl23", True)]


def test_nobody_loses_rank_by_moving(engine: ServedEngine) -> None:
    assert len(People(engine).search("Tạ Văn Chung")) == 2


def test_a_namesake_under_investigation_is_not_on_an_officers_page(engine: ServedEngine) -> None:
    (person,) = People(engine).search("Đỗ Văn Năm")
    assert [row.id for row in mentions(engine, Wanted(person=person.id))] == ["hg21"]


def test_districts_of_one_name_in_two_provinces_join_nobody(engine: ServedEngine) -> None:
    one, other = People(engine).search("Vi Văn Chín")
    assert {one.place, other.place} == {"An Giang", "Tiền Giang"}


def test_a_namesake_under_investigation_never_becomes_one_person_with_an_officer(engine: ServedEngine) -> None:
    (person,) = People(engine).search("Đỗ Văn Năm")
    assert (person.keys, person.moves) == (("đỗ văn năm@Hậu Giang",), ())


def test_recruits_and_enlisted_men_have_no_page(engine: ServedEngine) -> None:
    people = People(engine)
    assert not people.search("Lý Văn Sáu") and not people.search("Hồ Văn Bảy")


@pytest.mark.parametrize(("typed", "many"), [("le van dien", 2), ("LÊ VĂN DIỆN", 2), ("lê văn dien", 0), ("Diện", 2)])
def test_people_are_found_by_part_of_their_name_with_or_without_accents(
    engine: ServedEngine, typed: str, many: int
) -> None:
    assert len(People(engine).search(typed)) == many


def test_a_summary_tells_when_the_press_named_a_post_with_every_article(engine: ServedEngine) -> None:
    shape = summary([*mentions(engine, Wanted(person="lê văn diện@Thanh Hóa"))])
    (post,) = shape["posts"]
    assert (shape["name"], shape["articles"], post["post"]) == (
        "Lê Văn Diện", 2, "Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa")
    assert (post["first"], post["last"]) == ("2023-03-01", "2024-03-01")
    assert [article["id"] for article in post["articles"]] == ["th23", "th24"]


# --- corrections ----------------------------------------------------------------------------------------


def correction(action: str, *keys: str) -> Correction:
    return Correction("Biên tập viên", "2026-11-21", "đã hỏi lại tòa soạn", "https://bao.example/1", action, keys)


HERE, THERE = "lê văn diện@Nghệ An", "lê văn diện@Thanh Hóa"


def test_a_merge_row_makes_one_person_and_without_it_there_are_two_again(engine: ServedEngine) -> None:
    assert [p.keys for p in People(engine, [correction("merge", HERE, THERE)]).search("Diện")] == [(HERE, THERE)]
    assert len(People(engine).search("Diện")) == 2


def test_a_split_row_keeps_apart_what_an_article_would_join(engine: ServedEngine) -> None:
    split = correction("split", "ngô sĩ hoạt@Gia Lai", "ngô sĩ hoạt@Kon Tum")
    assert len(People(engine, [split]).search("Ngô Sĩ Hoạt")) == 2


def test_a_rename_row_changes_the_name_in_pages_and_rows(engine: ServedEngine) -> None:
    people = People(engine, [correction("rename", THERE, "Lê Văn Điện")])
    assert [p.id for p in people.search("Lê Văn Điện")] == [THERE]
    assert {row.name for row in people.corrected(mentions(engine, Wanted(person=THERE)))} == {"Lê Văn Điện"}


def test_a_not_official_row_takes_pages_and_rows_away(engine: ServedEngine) -> None:
    people = People(engine, [correction("not-official", THERE)])
    assert people.get(THERE) is None
    assert not [*people.corrected(mentions(engine, Wanted(person=THERE)))]


def test_merged_rows_go_by_one_id(engine: ServedEngine) -> None:
    people = People(engine, [correction("merge", HERE, THERE)])
    assert {row.person for row in people.corrected(mentions(engine, Wanted(person=THERE)))} == {HERE}


ROW = ("Biên tập viên", "2026-11-21", "đã hỏi lại", "https://bao.example/1", "merge", f"{HERE}; {THERE}")


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("who", "", "says nothing in who"),
        ("why", " ", "says nothing in why"),
        ("source", "", "says nothing in source"),
        ("when", "21/11/2026", "write the day as"),
        ("action", "delete", "write merge, split"),
        ("keys", HERE, "takes at least 2 keys"),
    ],
)
def test_a_row_that_does_not_say_who_when_why_and_on_what_source_is_refused(
    tmp_path: Path, column: str, value: str, why: str
) -> None:
    file = tmp_path / "corrections.csv"
    bad = [value if name == column else kept for name, kept in zip(COLUMNS, ROW, strict=True)]
    file.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in (COLUMNS, ROW, bad)), encoding="utf-8")
    good, problems = read_corrections(file)
    assert [each.keys for each in good] == [(HERE, THERE)]
    assert [problem.line for problem in problems] == [3] and why in problems[0].why


@pytest.mark.parametrize("path", [None, Path("không-có.csv")])
def test_no_file_is_no_corrections(path: Path | None) -> None:
    assert read_corrections(path) == ((), ())


def test_a_file_of_something_else_is_a_problem_and_no_correction(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    good, problems = read_corrections(file)
    assert not good and "has no column who" in problems[0].why


def test_an_article_shown_as_json_tells_posts_taken_apart_roles_and_topics(engine: ServedEngine) -> None:
    (entry,) = engine.entries(["kt20"])
    shape = told_json(entry.entities)
    (official,) = shape["officials"]
    assert [(post["head"], post["body"], post["place"]) for post in official["held"]] == [
        ("Chỉ huy trưởng", "Bộ CHQS", "Kon Tum")]
    assert [role["role"] for role in official["roles"]] == ["chủ trì"]
    assert [topic["topic"] for topic in shape["topics"]] == ["diễn tập"]
