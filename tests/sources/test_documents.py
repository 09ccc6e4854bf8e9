"""PDF, Word documents and crawlers' archives give articles like any page, or say why not."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from indexer.model import Article, Problem, StatedDate
from indexer.sources import Limits, find, read
from tests.sources import documents, pages

pytest.importorskip("pypdf")
pytest.importorskip("docx")
pytest.importorskip("warcio")

HEAD = ["ỦY BAN NHÂN DÂN HUYỆN SÔNG LAM", "BAN CHỈ HUY QUÂN SỰ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Số: 12/BC-BCH", "Sông Lam, ngày 22 tháng 9 năm 2025"]
TITLE = ["BÁO CÁO", "Kết quả huấn luyện dân quân năm 2025"]
WHOLE = [pages.FIRST, pages.MIDDLE, pages.LAST]


def items(folder: Path, name: str, data: bytes, limits: Limits | None = None) -> list[Article | Problem]:
    (folder / name).write_bytes(data)
    return [item for file in find([folder / name]).files for item in read(file, limits)]


def one(folder: Path, name: str, data: bytes) -> Article:
    (item,) = items(folder, name, data)
    assert isinstance(item, Article), item
    return item


def broken(text: str, width: int = 70) -> list[str]:
    """A paragraph in lines as wide as a page."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


@pytest.mark.parametrize("name", ["báo-cáo.pdf", "báo-cáo.docx"])
def test_a_report_gives_its_title_its_day_and_its_paragraphs(tmp_path: Path, name: str) -> None:
    lines = [*HEAD, *TITLE]
    data = (documents.pdf([[*lines, *(line for text in WHOLE for line in broken(text))]]) if name.endswith("pdf")
            else documents.docx([*lines, *WHOLE]))
    article = one(tmp_path, name, data)
    assert (article.id, article.title) == (name, " ".join(TITLE))
    assert article.stamps == (StatedDate("2025-09-22", "header"),)
    assert article.body.split("\n") == WHOLE


def test_what_a_document_says_of_itself_stands_in_where_its_text_says_nothing(tmp_path: Path) -> None:
    made = documents.docx(WHOLE, "Huấn luyện dân quân ở Sông Lam", "Mai Khôi", datetime(2025, 9, 22, 20, 0))
    article = one(tmp_path, "a.docx", made)
    assert (article.title, article.author) == ("Huấn luyện dân quân ở Sông Lam", "Mai Khôi")
    assert article.stamps == (StatedDate("2025-09-23", "meta"),)  # the day in Viet Nam
    printed = documents.pdf([[line for text in WHOLE for line in broken(text)]], "Huấn luyện dân quân ở Sông Lam",
                            "20250922200000Z")
    article = one(tmp_path, "a.pdf", printed)
    assert (article.title, article.stamps) == ("Huấn luyện dân quân ở Sông Lam", (StatedDate("2025-09-23", "meta"),))


@pytest.mark.parametrize("title", ["Microsoft Word - bao cao.docx", "BC_thang_9.doc", "untitled", "Document1", ""])
@pytest.mark.parametrize("author", ["Admin", "User", ""])
def test_a_file_s_name_is_no_title_and_an_account_no_author(tmp_path: Path, title: str, author: str) -> None:
    article = one(tmp_path, "a.docx", documents.docx([*TITLE, *WHOLE], title, author))
    assert (article.title, article.author) == (" ".join(TITLE), None)


def test_the_cells_of_a_table_are_text(tmp_path: Path) -> None:
    rows = [["Xã Bãi Dâu", "Thượng tá Trần Văn Mẫu"], ["Xã Nà Lộc", "42 chiến sĩ"]]
    made = documents.docx([*TITLE, *WHOLE], table=rows)
    assert one(tmp_path, "a.docx", made).body.split("\n")[3:] == [*rows[0], *rows[1]]


def test_what_every_page_repeats_and_its_number_are_no_text(tmp_path: Path) -> None:
    made = [["Công báo huyện Sông Lam", *broken(text), str(n)] for n, text in enumerate(WHOLE, 1)]
    assert one(tmp_path, "a.pdf", documents.pdf(made, "Huấn luyện ở Sông Lam")).body.split("\n") == WHOLE


@pytest.mark.parametrize(("name", "data", "why"), [
    ("a.pdf", documents.pdf([[], []]), "scanned"),
    ("a.pdf", b"%PDF-1.4 rubbish", "not a PDF document"),
    ("a.pdf", b"no document", "not a PDF document"),
    ("a.docx", b"no document", "not a DOCX document"),
    ("a.pdf", b"", "empty"),
    ("a.warc", b"no archive at all", "the archive"),
    ("a.warc.gz", b"\x1f\x8bno archive", "the archive"),
    ("a.wacz", b"no archive", "the archive"),
])
def test_what_gives_no_text_is_a_problem_that_says_why(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    (problem, *_) = items(tmp_path, name, data)
    assert isinstance(problem, Problem)
    assert why in problem.why


def test_a_document_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    (problem,) = items(tmp_path, "a.docx", documents.docx(["a" * 300_000]), Limits(stream=100_000))
    assert isinstance(problem, Problem)
    assert "unpacks" in problem.why


# --- crawlers' archives ----------------------------------------------------------------------

URL = "https://www.baosonglam.example.vn/quoc-phong/bai-1.html"
ANSWERS = [
    documents.answer(URL, pages.WORDPRESS),
    documents.answer("https://baosonglam.example.vn/anh.jpg", "x", kind="image/jpeg"),
    documents.answer("https://baosonglam.example.vn/mat.html", pages.WORDPRESS, status="404 Not Found"),
    documents.answer("https://baosonglam.example.vn/feed.json", "{}", kind="application/json"),
]
PACKERS = {
    "a.warc": documents.warc,
    "a.warc.gz": lambda each: documents.warc(each, gzip=True),
    "a.wacz": documents.wacz,
}


@pytest.mark.parametrize("name", PACKERS)
def test_the_pages_of_an_archive_are_articles_under_their_addresses(tmp_path: Path, name: str) -> None:
    (article,) = items(tmp_path, name, PACKERS[name](ANSWERS))
    assert isinstance(article, Article)
    assert (article.id, article.url) == ("https://baosonglam.example.vn/quoc-phong/bai-1.html", URL)
    assert article.title == pages.TITLE
    assert pages.FIRST in article.body


def test_the_day_of_a_capture_is_noted_and_is_no_day_of_publication(tmp_path: Path) -> None:
    body = f"<h1>{pages.TITLE}</h1><article>{pages.PARAGRAPHS}</article>"
    undated = pages.page(f"<title>{pages.TITLE}</title>", body)
    article = one(tmp_path, "a.warc", documents.warc([documents.answer(URL, undated)]))
    assert article.stamps == ()
    assert "captured 2026-03-01T02:03:04Z by a crawler" in article.notes


@pytest.mark.parametrize("newest_last", [True, False])
def test_of_one_address_the_newest_capture_counts(tmp_path: Path, newest_last: bool) -> None:
    later = pages.WORDPRESS.replace(pages.LAST, pages.LAST + " Bản sửa.")
    captures = [documents.answer(URL, pages.WORDPRESS), documents.answer(URL, later, "2026-04-01T00:00:00Z")]
    article = one(tmp_path, "a.warc", documents.warc(captures if newest_last else captures[::-1]))
    assert "Bản sửa." in article.body


def test_lists_and_front_pages_are_told_once(tmp_path: Path) -> None:
    lists = [documents.answer(f"https://a.vn/muc-{n}/", pages.LIST) for n in range(5)]
    article, problem = items(tmp_path, "a.warc", documents.warc([ANSWERS[0], *lists]))
    assert isinstance(article, Article) and isinstance(problem, Problem)
    assert problem.why.startswith("5 of 6 captured pages are no articles")
    assert "https://a.vn/muc-0/, https://a.vn/muc-1/, https://a.vn/muc-2/, …" in problem.why


def test_of_a_torn_archive_the_articles_before_the_cut_are_kept(tmp_path: Path) -> None:
    answers = [documents.answer(f"https://a.vn/{n}.html", pages.WORDPRESS.replace("120", str(n))) for n in range(9)]
    whole = documents.warc(answers, gzip=True)
    found = items(tmp_path, "a.warc.gz", whole[: len(whole) * 2 // 3])
    assert 3 < sum(isinstance(item, Article) for item in found) < 9


def test_an_archive_is_read_within_bounds(tmp_path: Path) -> None:
    data = documents.warc([documents.answer(f"https://a.vn/{n}.html", "x" * 50_000) for n in range(9)], gzip=True)
    (problem, *_) = items(tmp_path, "a.warc.gz", data, Limits(stream=100_000))
    assert isinstance(problem, Problem)
    assert "unpacks to more" in problem.why


def test_a_wacz_without_archives_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as packed:
        packed.writestr("datapackage.json", "{}")
    (problem,) = (item for file in find([tmp_path]).files for item in read(file))
    assert isinstance(problem, Problem)
    assert "no HTML page" in problem.why
