"""Files that are taken away are read by the programs that people use, whatever the titles and names hold."""

from __future__ import annotations

import csv
import io
import json
import logging

import bibtexparser
import feedparser
import pybtex.database
import pytest
import rispy

from indexer.ingest.run import build
from indexer.model import Article, Entities, Entry, Published
from indexer.model.authors import people_in
from search_app.exports.citations import STYLES, bibtex, csl_item, key, ris

TITLES = [
    "Chư Sê: huấn luyện {đợt một",
    "Huấn luyện đợt một}",
    "}{ ngược, {{hai}} và {ba",
    "Đạt 100% chỉ tiêu & vượt $ kế hoạch #1 _ở_ ~xã~ ^đầu^",
    "Thao trường \\ bãi tập \\{",
    'Ngoặc "kép" và, phẩy = bằng',
    "@article{x, title={y}}",
    "% chú thích ở đầu",
    "Đắk Lắk, Ứng Hòa, Ỷ La: ăâđêôơư ỳỷỹỵ",
    "Dòng\r\nhai\tba",
    "ER  - \r\nTY  - NEWS",
]
AUTHORS = {
    "Văn Hùng, Mai Lan": ["Văn Hùng", "Mai Lan"],
    "MAI KHÔI - VĂN THỬ": ["MAI KHÔI", "VĂN THỬ"],
    "Mai Khôi-Văn Thử": ["Mai Khôi", "Văn Thử"],
    "Mai Khôi và Văn Thử": ["Mai Khôi", "Văn Thử"],
    "A; B/C & D": ["A", "B", "C", "D"],
    "Y Thanh": ["Y Thanh"],
    "H-Linh Niê": ["H-Linh Niê"],
    "Đại tá, TS Nguyễn Văn Mẫu": ["Đại tá, TS Nguyễn Văn Mẫu"],
    "Phòng Chính trị, Bộ CHQS tỉnh": ["Phòng Chính trị, Bộ CHQS tỉnh"],
    "Mai Khôi, Văn Thử, Mai Khôi": ["Mai Khôi", "Văn Thử"],
    "Nhóm P.V": ["Nhóm P.V"],
    "": [],
}


def entry(title: str = "Tuyển quân", author: str = "Văn Hùng, Mai Lan") -> Entry:
    url, source = "https://bao.example/1", "Báo Kon Tum"
    article = Article("a/1", "a.html", title, "Văn bản.", url=url, source=source, author=author)
    return Entry(article, Entities(published=Published("2022-01-20", "day", "meta")))


def shown(title: str) -> str:
    return " ".join(title.split())


@pytest.mark.parametrize(("author", "people"), AUTHORS.items(), ids=AUTHORS)
def test_several_people_are_several_authors_in_every_export(author: str, people: list[str]) -> None:
    cited = entry(author=author)
    assert list(people_in(author)) == people
    assert [record.get("authors", []) for record in rispy.loads(ris(cited))] == [people]
    assert [author["literal"] for author in csl_item(cited).get("author", [])] == people
    found = pybtex.database.parse_string(bibtex(cited), "bibtex").entries[key(cited)].persons.get("author", [])
    assert [str(person).strip("{}") for person in found] == people


@pytest.mark.parametrize("title", TITLES)
def test_pybtex_and_bibtexparser_read_every_title(title: str) -> None:
    written = bibtex(entry(title)) + bibtex(entry("Bài sau"))
    database = pybtex.database.parse_string(written.replace(key(entry()), "one", 1), "bibtex")
    assert len(database.entries) == 2
    logging.disable(logging.WARNING)
    library = bibtexparser.parse_string(written.replace(key(entry()), "one", 1))
    logging.disable(logging.NOTSET)
    assert (len(library.entries), library.failed_blocks) == (2, [])
    assert library.entries[1].fields_dict["title"].value == "{Bài sau}"


@pytest.mark.parametrize("title", TITLES)
def test_rispy_reads_every_title_as_it_is(title: str) -> None:
    first, second = rispy.loads(ris(entry(title)) + ris(entry("Bài sau")))
    assert (first["title"], second["title"]) == (shown(title), "Bài sau")


def test_every_style_has_its_writer() -> None:
    assert set(STYLES) == {"text", "bibtex", "ris", "csl"}


TEXT = "Ban Chỉ huy Quân sự huyện Chư Sê tổ chức huấn luyện dân quân tự vệ; hơn hai trăm chiến sĩ, có mặt từ sớm. "


@pytest.fixture
def client(make_app, tmp_path):  # type: ignore[no-untyped-def]
    (tmp_path / "corpus").mkdir()
    records = [{"id": "a", "date": "2025-09-22", "title": 'Chư Sê: {một, =SUM(A1); "hai"', "text": TEXT,
                "author": "Văn Hùng, Mai Lan"}, {"id": "b", "title": "Không rõ ngày", "text": f"{TEXT} Đợt hai."}]
    (tmp_path / "corpus" / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    build(tmp_path / "index", [str(tmp_path / "corpus")], workers=1)
    return make_app(tmp_path / "index").test_client()


def test_feedparser_reads_the_feed_and_an_undated_article_is_not_of_1970(client) -> None:  # type: ignore[no-untyped-def]
    feed = feedparser.parse(client.get("/search.atom?q=huấn+luyện").get_data())
    assert not feed.bozo
    by_title = {entry.title: entry for entry in feed.entries}
    assert by_title["Không rõ ngày"].updated_parsed.tm_year >= 2024
    assert "published" not in by_title["Không rõ ngày"]
    (dated,) = (entry for title, entry in by_title.items() if title.startswith("Chư Sê"))
    assert [author.name for author in dated.authors] == ["Văn Hùng", "Mai Lan"]


def test_csv_is_sniffed_as_commas_and_no_cell_is_a_formula(client) -> None:  # type: ignore[no-untyped-def]
    text = client.get("/search.csv?q=huấn+luyện").get_data().decode("utf-8-sig")
    assert csv.Sniffer().sniff(text.split("\n")[0]).delimiter == ","  # as pandas does with sep=None
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["id"]: row["authors"] for row in rows} == {"a": "Văn Hùng; Mai Lan", "b": ""}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t"))]
