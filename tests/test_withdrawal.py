"""What is withdrawn stays out: of the index at once, and of every later run, rebuild, rollback and restore."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from indexer.build import build
from indexer.engine import generations
from indexer.errors import IndexDamaged, IndexLocked, IndexOutdated, UsageError
from indexer.index import open_engine
from indexer.lock import hold
from indexer.report import Report
from indexer.withdrawal import apply, bring_back, withdraw
from indexer.withdrawn import FILE, Withdrawn

URL = "https://baogialai.example/giao-quan-1.html"
OTHERS = ["https://www.baogialai.example/giao-quan-1.html?utm_source=zalo", "http://baogialai.example/giao-quan-1.html#b"]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    write(tmp_path / "corpus" / "a.jsonl", {"id": "one", "url": URL}, {"id": "two"}, {"id": "three"})
    run(tmp_path / "index")
    return tmp_path / "index"


def write(path: Path, *records: dict[str, str]) -> None:
    whole = ({"title": f"Bản tin {r['id']}", "text": f"Gia Lai giao quân, tin {r['id']}."} | r for r in records)
    path.write_text("".join(json.dumps(record) + "\n" for record in whole), encoding="utf-8")


def run(index: Path, **options: bool) -> Report:
    return build(index, [str(index.parent / "corpus")], workers=1, **options)  # type: ignore[arg-type]


def held(index: Path) -> set[str]:
    with closing(open_engine(index)) as engine:
        return set(engine.ids())


@pytest.mark.parametrize("name", ["one", URL, *OTHERS])
def test_an_article_is_withdrawn_at_once_by_id_or_by_address_in_any_spelling(index: Path, name: str) -> None:
    stone = withdraw(index, name, "theo yêu cầu của tòa soạn", by="chủ trang")
    assert held(index) == {"two", "three"}
    assert (stone.ids, stone.by, stone.title) == (("one",), "chủ trang", "Bản tin one")


def test_the_next_run_leaves_it_out_counts_it_and_reads_nothing_anew(index: Path) -> None:
    withdraw(index, "one", "lý do")
    report = run(index)
    assert (report.withdrawn, report.new, report.changed, report.deleted, report.lines) == (1, 0, 0, 0, 3)
    assert held(index) == {"two", "three"}


def test_a_rebuild_leaves_it_out(index: Path) -> None:
    withdraw(index, "one", "lý do")
    run(index, rebuild=True)
    assert held(index) == {"two", "three"}


@pytest.mark.parametrize("again", [{"id": "one", "text": "Bản sửa."}, {"id": "khác", "url": OTHERS[0]}, {"id": URL}])
def test_it_does_not_come_in_again_from_another_file(index: Path, again: dict[str, str]) -> None:
    withdraw(index, "one", "lý do")
    write(index.parent / "corpus" / "b.jsonl", again)
    assert run(index).withdrawn == 2
    assert held(index) == {"two", "three"}


def test_an_address_can_be_withdrawn_before_anything_is_known_of_it(index: Path) -> None:
    withdraw(index, "https://baogialai.example/sap-dang.html", "lý do")
    write(index.parent / "corpus" / "b.jsonl", {"id": "four", "url": "http://baogialai.example/sap-dang.html"})
    run(index)
    assert held(index) == {"one", "two", "three"}


def test_going_back_to_the_generation_before_does_not_bring_it_back(index: Path) -> None:
    run(index, rebuild=True)
    withdraw(index, "one", "lý do")
    before = generations.previous(index)
    assert before
    (index / generations.CURRENT).write_text(before.name + "\n", encoding="utf-8")
    assert held(index) == {"two", "three"}


def test_a_restored_index_is_not_opened_before_it_is_cleaned(index: Path) -> None:
    shutil.copytree(index, index.parent / "backup")
    withdraw(index, "one", "lý do")
    for folder in (index.parent / "backup").glob("gen-*"):
        shutil.rmtree(index / folder.name)
        shutil.copytree(folder, index / folder.name)
    with pytest.raises(IndexOutdated, match="quocphong withdraw --apply"):
        held(index)
    assert apply(index) == 1
    assert held(index) == {"two", "three"}


def test_a_restored_index_is_cleaned_by_the_next_run_too(index: Path) -> None:
    shutil.copytree(index, index.parent / "backup")
    withdraw(index, "one", "lý do")
    shutil.copy(index / FILE, index.parent / "backup")
    run(index.parent / "backup")
    assert held(index.parent / "backup") == {"two", "three"}


def test_undo_brings_it_back_with_the_next_run_and_the_record_stays(index: Path) -> None:
    withdraw(index, "one", "nhầm")
    bring_back(index, URL, "đã làm rõ", by="chủ trang")
    report = run(index)
    assert (report.new, held(index)) == (1, {"one", "two", "three"})
    acts = [json.loads(line) for line in (index / FILE).read_text(encoding="utf-8").splitlines()]
    assert [(act["act"], act["reason"], bool(act["by"] and act["at"])) for act in acts] == [
        ("withdraw", "nhầm", True), ("undo", "đã làm rõ", True)]


def test_a_repeat_becomes_the_original_when_the_original_is_withdrawn(index: Path) -> None:
    write(index.parent / "corpus" / "b.jsonl",
          {"id": "copy", "title": "Bản tin one", "text": "Gia Lai giao quân, tin one."})
    run(index)
    withdraw(index, "one", "lý do")
    run(index)
    with closing(open_engine(index)) as engine:
        assert [entry.duplicate_of for entry in engine.entries(["copy"])] == [None]


def test_many_withdrawals_are_no_mass_deletion(index: Path) -> None:
    write(index.parent / "corpus" / "c.jsonl", *({"id": f"{n}"} for n in range(30)))
    run(index)
    shutil.copytree(index, index.parent / "backup")
    for n in range(25):
        withdraw(index, f"{n}", "lý do")
    shutil.copy(index / FILE, index.parent / "backup")
    assert run(index.parent / "backup").deleted == 25


@pytest.mark.parametrize(("name", "reason"), [("không-có", "lý do"), ("one", " ")])
def test_an_unknown_id_and_a_missing_reason_are_refused(index: Path, name: str, reason: str) -> None:
    with pytest.raises(UsageError):
        withdraw(index, name, reason)
    assert held(index) == {"one", "two", "three"}


def test_nothing_is_withdrawn_while_a_run_is_writing(index: Path) -> None:
    with hold(index), pytest.raises(IndexLocked):
        withdraw(index, "one", "lý do")
    assert not (index / FILE).exists()


def test_a_list_that_cannot_be_read_stops_everything(index: Path) -> None:
    (index / FILE).write_text('{"act": "withdraw"', encoding="utf-8")
    with pytest.raises(IndexDamaged, match="line 1"):
        Withdrawn(index)
