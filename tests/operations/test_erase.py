"""After `withdraw --erase` no file of the index folder holds a byte of the article, and what else holds it is named."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from indexer.engine.block import TEXT_FIELDS
from indexer.operations import reader_reports
from indexer.operations.backup import back_up
from indexer.operations.erase import erase
from indexer.operations.reader_reports import ReaderReport
from indexer.operations.withdraw import bring_back, withdraw, withdrawn
from indexer.storage import generations, run_reports
from indexer.storage.backends import backend
from indexer.storage.tombstones import FILE, Tombstones
from tests.operations.test_withdraw import held, run, write

RARE = "Zyxwvukhang"  # a word that no other article has
TITLE = f"Ông {RARE} nói về buổi lễ ở xã"
TEXT = f"Chiều qua ông {RARE} đã đến dự buổi lễ giao quân của huyện.\nBà con {RARE} đông đủ ở sân vận động."
ADDRESS = "https://baothu.example/tin/99.html"


@pytest.fixture
def archive(index: Path) -> Path:
    """The index of `index` with one more article, two generations, a report of a run and one of a reader."""
    write(index.parent / "corpus" / "b.jsonl", {"id": "gone", "title": TITLE, "text": TEXT, "url": ADDRESS},
          *({"id": f"other {n}"} for n in range(6)))
    run(index)
    run(index, rebuild=True)
    run_reports.keep(index, "2026-11-30T09:05:00+07:00", {"notes": [f"of {TITLE}: odd"], "new": 1})
    reader_reports.add(index / reader_reports.FILE, ReaderReport(
        article="gone", url=ADDRESS, facet="official", value=f"ông {RARE}", evidence=TEXT[:40], kind="wrong",
        words=f"Không phải {RARE}", contact="a@example.vn"))
    return index


def holding(index: Path, word: str = RARE) -> list[str]:
    """The places of an index folder that hold a word: files, byte by byte and as JSON spells it, and what is stored."""
    spelled = [word.encode(), word.lower().encode(), json.dumps(word)[1:-1].encode()]
    places = [str(path) for path in index.rglob("*") if path.is_file()
              and any(each in path.read_bytes() for each in spelled)]
    for folder in generations.generations(index):
        with closing(backend(folder).open()) as engine:
            stored = [*engine.entries(list(engine.ids())), *engine.deleted(10_000)]
            places += [f"{folder}: {entry.id}" for entry in stored if word in f"{entry.article}"]
            places += [f"{folder}: terms" for field in TEXT_FIELDS if [*engine.terms(field, word.lower()[:6])]]
    return places


def test_before_it_is_erased_it_is_in_many_places(archive: Path) -> None:
    places = holding(archive)
    assert {place.rpartition(": ")[2] for place in places if ": " in place} == {"gone", "terms"}
    assert len([place for place in places if "reports" in place]) == 2 and len(places) >= 6


@pytest.mark.parametrize("name", ["gone", "http://m.baothu.example:80/tin//99.html?page=1"])
def test_no_byte_of_an_erased_article_is_left(archive: Path, name: str) -> None:
    erased = erase(archive, name, "tòa soạn yêu cầu")
    assert holding(archive) == []
    assert "gone" not in held(archive) and "other 1" in held(archive)
    assert {str(archive / FILE), str(archive / reader_reports.FILE)} <= {*erased.looked}
    run(archive)
    run(archive, rebuild=True)
    assert holding(archive) == [] and "gone" not in held(archive)


def test_what_was_withdrawn_before_can_be_erased_later(archive: Path) -> None:
    withdraw(archive, "gone", "lý do")
    assert withdrawn(archive)[0].title == TITLE
    erase(archive, "gone", "lý do")
    [stone] = withdrawn(archive)
    assert (stone.title, stone.ids, stone.reason) == ("", ("gone",), "lý do")
    assert not [place for place in holding(archive) if place.endswith(FILE)]


def test_copies_stay_out_after_the_title_is_erased_and_undo_still_finds_it(archive: Path) -> None:
    withdraw(archive, "gone", "lý do")
    erase(archive, "gone", "lý do")
    write(archive.parent / "corpus" / "c.jsonl", {"id": "copy", "title": TITLE.upper(),
                                                        "text": TEXT.replace("\n", " ")})
    run(archive)
    assert "copy" not in held(archive)
    bring_back(archive, "gone")
    assert Tombstones(archive).stones == []


def test_what_is_not_the_index_s_own_is_named_with_its_remedy(archive: Path) -> None:
    back_up(archive, archive.parent / "backup")
    left = {trace.place: trace.remedy for trace in erase(archive, "gone", "lý do").left}
    corpus = archive.parent / "corpus" / "b.jsonl"
    assert f"{corpus}, line 1" in left and str(archive.parent / "backup") in left and "backups elsewhere" in left
    assert f"rm -r {archive.parent / 'backup'}" in left[str(archive.parent / "backup")]


def test_a_generation_this_version_cannot_read_is_named(archive: Path) -> None:
    first = generations.generations(archive)[0]
    (first / "stamp.json").write_text('{"schema": 1}', encoding="utf-8")
    left = {trace.place: trace.remedy for trace in erase(archive, "gone", "lý do").left}
    assert "index --rebuild" in left[str(first)]
    shutil.rmtree(first)
    assert holding(archive) == []


def test_what_readers_report_is_looked_through_where_it_lies_and_who_may_read_it_stays(archive: Path) -> None:
    elsewhere = archive.parent / "reports" / "readers.jsonl"
    elsewhere.parent.mkdir()
    (archive / reader_reports.FILE).rename(elsewhere)
    elsewhere.chmod(0o640)
    erased = erase(archive, "gone", "lý do", reports=elsewhere)
    assert RARE not in elsewhere.read_text(encoding="utf-8") and elsewhere.stat().st_mode & 0o777 == 0o640
    assert erased.looked.count(str(elsewhere)) == 1 and len({*erased.looked}) == len(erased.looked)


def test_a_reader_s_report_keeps_its_number_and_loses_what_it_quotes(archive: Path) -> None:
    erase(archive, "gone", "lý do")
    [report] = reader_reports.read(archive / reader_reports.FILE).reports
    assert (report.number, report.article, report.contact) == (1, "gone", "a@example.vn")
    assert RARE not in f"{report}"
