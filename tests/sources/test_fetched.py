"""The records of fetched pages: the newest version under the record's identity, and nothing from outside the folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.model import Article, Problem
from indexer.sources import find, read

PAGE = "<html><head><title>Gia Lai giao quân</title></head><body><article><h1>Gia Lai giao quân</h1><p>{}</p></article>"
RECORD = {"id": "https://bao.example/1", "url": "http://www.bao.example/1", "page": "../.raw/1.html",
          "source": "Báo Thử", "published": "2026-11-21T08:00:00+00:00",
          "online": "altered"}


@pytest.fixture
def fetched(tmp_path: Path) -> Path:
    (tmp_path / "outside.html").write_text(PAGE.format("Bí mật. " * 40), encoding="utf-8")
    folder = tmp_path / "fetched"
    (folder / ".raw").mkdir(parents=True)
    (folder / "site").mkdir()
    (folder / ".raw" / "1.html").write_text(PAGE.format("Tỉnh Gia Lai giao quân năm nay. " * 20), encoding="utf-8")
    return folder


def items(folder: Path, **record: object) -> list[Article | Problem]:
    (folder / "site" / "1.page.json").write_text(json.dumps(RECORD | record), encoding="utf-8")
    return [item for file in find([folder]).files for item in read(file)]


def test_the_record_says_who_and_the_page_says_what(fetched: Path) -> None:
    [found] = items(fetched)
    assert isinstance(found, Article)
    assert (found.id, found.url, found.source, found.online) == (
        "https://bao.example/1", "http://www.bao.example/1", "Báo Thử", "altered")
    assert (found.title, found.path) == ("Gia Lai giao quân", "site/1.page.json")
    assert [(stamp.date, stamp.basis) for stamp in found.stamps] == [("2026-11-21", "meta")]


def test_a_record_that_is_another_ones_gives_nothing(fetched: Path) -> None:
    assert items(fetched, same_as="https://bao.example/2") == []


@pytest.mark.parametrize(("record", "why"), [
    ({"page": "../../outside.html"}, "outside the folder"), ({"page": "/etc/hostname"}, "outside the folder"),
    ({"page": "../.raw/none.html"}, "cannot be read"), ({"page": 7}, "not a record"), ({"id": None}, "not a record"),
])
def test_what_cannot_be_read_is_one_problem_with_its_reason(fetched: Path, record: dict[str, object], why: str) -> None:
    [found] = items(fetched, **record)
    assert isinstance(found, Problem) and why in found.why


@pytest.mark.parametrize("written", [b"", b"{", b"[]", b"\xff\xfe\x00", b"[" * 100_000])
def test_a_broken_record_is_a_problem(fetched: Path, written: bytes) -> None:
    (fetched / "site" / "1.page.json").write_bytes(written)
    [found] = [item for file in find([fetched]).files for item in read(file)]
    assert isinstance(found, Problem)
