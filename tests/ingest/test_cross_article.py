"""Officials known from other articles: what an index learns of them, and what it refuses to learn."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engine.port import Engine
from indexer.entities import testimony
from indexer.ingest import analysis
from indexer.ingest.cross_article import contradict, due, teachers
from indexer.ingest.run import build
from indexer.model import Article, Entry, StatedDate
from indexer.operations.withdraw import withdraw
from indexer.storage.index_folder import open_engine
from tests.profiles import examples

# Names are invented. The province is certain where the text says "Tại tỉnh …".
POST = "Chỉ huy trưởng Bộ CHQS tỉnh"
TEACHING = "Tại tỉnh {}, UBND tỉnh {} họp. Đại tá Khổng Minh Trực, Chỉ huy trưởng Bộ CHQS tỉnh, {}."
ASKING = "Ban tổ chức khai mạc hội thao. Đại tá Khổng Minh Trực, Chỉ huy trưởng Bộ CHQS tỉnh, trao cờ cho đội nhất."
DID = ("phát biểu về công tác tuyển quân và chăm lo đời sống gia đình quân nhân tại ngũ ở các xã vùng sâu",
       "kiểm tra kho vũ khí, trạm xá và vườn rau của đơn vị rồi làm việc với ban chỉ huy tiểu đoàn bộ binh",
       "thăm hỏi các mẹ, trao nhà đồng đội và cùng đoàn thanh niên trồng cây phủ xanh bãi tập vừa san lấp",
       "dự lễ ra quân huấn luyện, thị sát thao trường bắn đạn thật và nghe báo cáo kết quả hội thi quân y")


def teaching(province: str, did: int) -> str:
    return TEACHING.format(province, province, DID[did])


def row(id: str, text: str, day: str) -> dict[str, str]:
    return {"id": id, "title": "Tin", "text": text, "date": day, "url": f"https://bao.example/{id}"}


Rows = Mapping[str, dict[str, str]]


def index(folder: Path, rows: Rows, rebuild: bool = False) -> dict[str, Entry]:
    """What the index holds after a run over `rows`, one file an article."""
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for name in {path.stem for path in corpus.iterdir()} - rows.keys():
        (corpus / f"{name}.jsonl").unlink()
    for id, record in rows.items():
        (corpus / f"{id}.jsonl").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    build(folder / "index", [str(corpus)], workers=1, rebuild=rebuild, allow_mass_delete=True)
    with closing(open_engine(folder / "index")) as engine:
        return {entry.id: entry for entry in engine.entries(list(engine.ids()))}


def place(entry: Entry) -> tuple[str, str]:
    found = entry.entities.provinces
    return (found[0].name, found[0].basis) if found else ("", "")


KNOWN = {"a": row("a", teaching("Nghệ An", 0), "2023-02-01"), "b": row("b", teaching("Nghệ An", 1), "2023-09-01")}
ASKED = row("q", ASKING, "2023-05-01")

# What stands beside two articles that teach Nghệ An in 2023, and where the asking article is then taken to be from.
CASES: list[tuple[str, Rows, dict[str, str], str]] = [
    ("two stories teach the province", {}, ASKED, "Nghệ An"),
    ("a namesake in another province that year", {"x": row("x", teaching("Sơn La", 2), "2023-06-01")}, ASKED, ""),
    ("a namesake around that year",
     {"x": row("x", teaching("Sơn La", 2), "2022-06-01"), "y": row("y", teaching("Sơn La", 3), "2024-06-01")},
     ASKED, ""),
    ("the same man moved there later",
     {"x": row("x", teaching("Sơn La", 2), "2025-03-01"), "y": row("y", teaching("Sơn La", 3), "2025-04-01")},
     row("q", ASKING, "2025-03-20"), "Sơn La"),
    ("another year", {}, row("q", ASKING, "2021-05-01"), ""),
    ("no day", {}, {**ASKED, "date": ""}, ""),
    ("another post", {}, {**ASKED, "text": ASKING.replace("Chỉ huy trưởng", "Chính ủy")}, ""),
    ("a deputy", {}, {**ASKED, "text": ASKING.replace("Chỉ huy trưởng", "Phó Chỉ huy trưởng")}, ""),
    ("a former holder", {}, {**ASKED, "text": ASKING.replace("Chỉ huy", "nguyên Chỉ huy")}, ""),
    ("another name", {}, {**ASKED, "text": ASKING.replace("Trực", "Chính")}, ""),
    ("a rank far too low", {}, {**ASKED, "text": ASKING.replace("Đại tá", "Thiếu tá")}, ""),
    ("a piece on the whole country", {}, {**ASKED, "text": f"Cả nước hội thao. {ASKING}"}, ""),
    ("a text with a province of its own", {}, {**ASKED, "text": f"Tại tỉnh Lào Cai. {ASKING}"}, "Lào Cai"),
    ("his post names the province", {}, {**ASKED, "text": ASKING.replace("tỉnh,", "tỉnh Bắc Kạn,")}, "Bắc Kạn"),
]  # fmt: skip


@pytest.mark.parametrize(("beside", "asked", "province"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_official_known_in_one_province_at_that_time_places_an_article_that_names_none(
    tmp_path: Path, beside: Rows, asked: dict[str, str], province: str
) -> None:
    assert place(index(tmp_path, {**KNOWN, **beside, "q": asked})["q"])[0] == province


def test_one_story_is_not_enough_however_many_papers_print_it(tmp_path: Path) -> None:
    copies = {id: row(id, teaching("Nghệ An", 0), "2023-02-01") for id in "abc"}
    assert place(index(tmp_path, {**copies, "q": ASKED})["q"]) == ("", "")


def test_what_is_learned_is_stronger_than_the_site_and_says_so(tmp_path: Path) -> None:
    local = {**ASKED, "text": f"{ASKING} Các ban, ngành cấp tỉnh dự.", "url": "https://baohagiang.vn/q"}
    assert place(index(tmp_path, {"q": local})["q"]) == ("Hà Giang", "domain")
    entry = index(tmp_path, {**KNOWN, "q": local})["q"]
    assert place(entry) == ("Nghệ An", "learned")
    (province,) = entry.entities.provinces
    assert province.evidence and "Khổng Minh Trực" in province.evidence.quote
    assert [official.key for official in entry.entities.officials] == ["khổng minh trực@Nghệ An"]


def test_an_article_that_was_taught_teaches_nobody(tmp_path: Path) -> None:
    held = index(tmp_path, {**KNOWN, "q": ASKED})
    assert held["a"].keys["teaches"] and not held["q"].keys["teaches"]


def test_a_reform_ends_what_is_known(tmp_path: Path) -> None:
    taught = {"a": row("a", teaching("Kon Tum", 0), "2025-02-01"), "b": row("b", teaching("Kon Tum", 1), "2025-06-01")}
    before, after = row("q", ASKING, "2025-05-01"), row("r", ASKING.replace("khai", "bế"), "2025-09-01")
    held = index(tmp_path, {**taught, "q": before, "r": after})
    assert (place(held["q"])[0], place(held["r"])[0]) == ("Kon Tum", "")


def test_extract_learns_nothing() -> None:
    assert analysis.read(Article("q", "q", "", ASKING, stamps=(StatedDate("2023-05-01", "meta"),))).provinces == ()


# --- increments and rebuilds ----------------------------------------------------------------------------

POOL = {
    **KNOWN, "c": row("c", teaching("Nghệ An", 2), "2023-10-01"), "x": row("x", teaching("Sơn La", 3), "2023-04-01"),
    "q": ASKED, "r": row("r", ASKING.replace("cờ", "giải"), "2023-07-01"),
}


@settings(max_examples=examples(0.12))
@given(st.lists(st.sets(st.sampled_from(sorted(POOL)), min_size=1), min_size=2, max_size=4))
def test_increments_and_a_rebuild_give_the_same_index(
    tmp_path_factory: pytest.TempPathFactory, states: list[set[str]]
) -> None:
    """Whatever articles come and go, what teaches and what is taught: only those there now count."""
    folder = tmp_path_factory.mktemp("steps")
    for state in states:
        held = index(folder, {id: POOL[id] for id in state})
    assert held == index(folder, {id: POOL[id] for id in states[-1]}, rebuild=True)


def test_a_run_that_finds_nothing_new_has_nothing_to_teach(tmp_path: Path) -> None:
    index(tmp_path, {**KNOWN, "q": ASKED})
    with opened(tmp_path) as engine:
        assert due(engine) == {}
        generation = engine.generation
    index(tmp_path, {**KNOWN, "q": ASKED})
    with opened(tmp_path) as engine:
        assert engine.generation == generation


def opened(folder: Path) -> closing[Engine]:
    return closing(open_engine(folder / "index"))


def test_the_articles_that_taught_can_be_named_one_a_story(tmp_path: Path) -> None:
    copy = {"d": row("d", teaching("Nghệ An", 0), "2023-02-01")}
    held = index(tmp_path, {**KNOWN, **copy, "q": ASKED})
    with opened(tmp_path) as engine:
        named = [each.id for each in teachers(engine, held["q"], lambda id: "a" if id == "d" else id)]
        assert named[0] == "b" and len(named) == 2
        assert teachers(engine, held["a"]) == []


# --- single rules ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "told", "against"),
    [
        (("đại tá", "2023-05-01"), ("thượng tá", "2022-05-01"), False),
        (("thượng tá", "2023-05-01"), ("đại tá", "2022-05-01"), True),
        (("thượng tá", "2023-05-01"), ("đại tá", "2023-12-01"), False),
        (("đại tá", "2023"), ("thượng tá", "2023-12-01"), False),
        (("thiếu tá", "2023-05-01"), ("đại tá", "2023-05-01"), True),
        (("", "2023-05-01"), ("đại tá", "2023-05-01"), False),
    ],
)
def test_nobody_is_of_lower_rank_later_on(asked: tuple[str, str], told: tuple[str, str], against: bool) -> None:
    def said(rank: str, day: str) -> testimony.Testimony:
        return testimony.Testimony("khổng minh trực", rank, "Chỉ huy trưởng", "Bộ CHQS", "tỉnh", "", day, "Nghệ An")

    assert contradict(said(*asked), said(*told)) is against


def facts(text: str, day: str = "2023-05-01") -> Iterator[str]:
    article = Article("1", "1", "", text, stamps=(StatedDate(day, "meta"),))
    for facet, keys in testimony.testimony_keys(analysis.read(article)).items():
        for each in map(testimony.testimony_of, keys):
            yield f"{facet}: {each.name}, {each.head} {each.body}, {each.place}, {each.province}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (teaching("Nghệ An", 0), ["teaches: khổng minh trực, Chỉ huy trưởng Bộ CHQS, , Nghệ An"]),
        (ASKING, ["asks: khổng minh trực, Chỉ huy trưởng Bộ CHQS, , "]),
        ("Tại tỉnh Nghệ An, UBND tỉnh Nghệ An họp. Dự có ông Đàm Văn Ước, Bí thư Tỉnh ủy Hà Tĩnh.",
         ["teaches: đàm văn ước, Bí thư Tỉnh ủy, , Hà Tĩnh"]),
        ("Hội thao khai mạc. Trung tướng Đàm Văn Ước, Tư lệnh Quân khu 4, dự.", []),
        ("Hội thao khai mạc. Ông Đàm Văn Ước, Thứ trưởng Bộ Y tế, dự.", []),
        ("Hội thao khai mạc. Ông Đàm Văn Ước, nguyên Bí thư Tỉnh ủy, dự.", []),
    ],
)
def test_an_article_teaches_or_asks_of_those_in_local_office(text: str, told: list[str]) -> None:
    assert list(facts(text)) == told


def test_a_withdrawn_article_teaches_no_more_and_is_never_named_as_a_teacher(tmp_path: Path) -> None:
    assert place(index(tmp_path, {**KNOWN, "q": ASKED})["q"]) == ("Nghệ An", "learned")
    withdraw(tmp_path / "index", "a", "taken back")
    with closing(open_engine(tmp_path / "index")) as engine:
        (asking,) = engine.entries(["q"])
        assert "a" not in [entry.id for entry in teachers(engine, asking)]
    assert place(index(tmp_path, {**KNOWN, "q": ASKED})["q"]) == ("", "")
