"""A canonical address that different texts declare is no identity: no page is lost to it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.engine.port import Engine
from indexer.ingest.run import build
from indexer.storage.index_folder import open_engine

URL = "https://bao.example/quoc-phong.html"
TEXT = "Ban Chỉ huy Quân sự huyện Sông Lam tổ chức huấn luyện dân quân tự vệ với hơn hai trăm chiến sĩ tham gia. " * 3


def page(folder: Path, name: str, title: str, url: str = URL) -> None:
    head = f"<title>{title}</title><link rel='canonical' href='{url}'>"
    body = f"<h1>{title}</h1><div class='content-detail'><p>{title}. {TEXT}</p></div>"
    (folder / name).write_text(f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>", "utf-8")
    os.utime(folder / name, (1_700_000_000, 1_700_000_000))  # what was written just now is read again by the next run


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus"


def ids(index: Path) -> set[str]:
    engine: Engine = open_engine(index)
    try:
        return {entry.id for entry in engine.entries(["1.html", "2.html", "0.html", URL])}
    finally:
        engine.close()


def test_pages_that_declare_one_address_for_different_texts_are_all_indexed(corpus: Path, tmp_path: Path) -> None:
    page(corpus, "1.html", "Bản tin số 1 về huấn luyện")
    page(corpus, "2.html", "Bản tin số 2 về huấn luyện")
    report = build(tmp_path / "index", [str(corpus)], workers=1)
    assert (report.indexed, report.problems) == (2, [])
    assert ids(tmp_path / "index") == {URL, "2.html"}
    assert "another text's" in report.notes[0].why


def test_a_page_that_comes_later_and_stands_before_takes_nothing_from_the_first(corpus: Path, tmp_path: Path) -> None:
    page(corpus, "1.html", "Bản tin số 1 về huấn luyện")
    build(tmp_path / "index", [str(corpus)], workers=1)
    page(corpus, "0.html", "Bản tin số 0 về huấn luyện")
    report = build(tmp_path / "index", [str(corpus)], workers=1)
    assert (report.new, report.indexed, report.problems) == (1, 2, [])
    assert build(tmp_path / "index", [str(corpus)], workers=1).unchanged == 2
    assert ids(tmp_path / "index") == {URL, "0.html"}


def test_the_same_page_saved_twice_is_one_article(corpus: Path, tmp_path: Path) -> None:
    page(corpus, "1.html", "Bản tin số 1 về huấn luyện")
    page(corpus, "2.html", "Bản tin số 1 về huấn luyện")
    report = build(tmp_path / "index", [str(corpus)], workers=1)
    assert (report.indexed, report.duplicates, report.problems) == (1, 1, [])


def test_when_the_holder_goes_the_other_page_stays(corpus: Path, tmp_path: Path) -> None:
    page(corpus, "1.html", "Bản tin số 1 về huấn luyện")
    page(corpus, "2.html", "Bản tin số 2 về huấn luyện")
    build(tmp_path / "index", [str(corpus)], workers=1)
    (corpus / "1.html").unlink()
    report = build(tmp_path / "index", [str(corpus)], workers=1, allow_mass_delete=True)
    assert (report.deleted, report.indexed) == (1, 1)
    assert build(tmp_path / "index", [str(corpus)], workers=1).indexed == 1
