"""Readers' reports are kept whole, numbered once, bounded, and carried through backups; decisions are written down."""

from __future__ import annotations

import fcntl
import json
import multiprocessing
from pathlib import Path
from threading import Event, Thread

import pytest

from indexer.model.atomic_files import replace_file
from indexer.model.errors import QuocphongError, UsageError
from indexer.model.settings import load
from indexer.operations import reader_reports
from indexer.operations.backup import back_up, restore
from indexer.operations.doctor import examine
from indexer.operations.overview import overview, reports_open
from indexer.operations.reader_reports import LENGTHS, ReaderReport, ReportsFull, add, decide, read
from indexer.operations.report_correction import append, as_csv, correction_of
from indexer.search.corrections import read_corrections


def told(words: str = "Sai tên tỉnh", **more: str) -> ReaderReport:
    return ReaderReport(words=words, **more)  # type: ignore[arg-type]


def test_reports_are_numbered_from_one_and_read_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "reports.jsonl"
    words = 'hai dòng\nvà "ngoặc" \u2028 \u0085 \ud800 hết'
    first = add(file, told(words, facet="province", value="Huế", contact="a@b.vn"))
    second = add(file, told())
    assert (first.number, second.number, first.is_open) == (1, 2, True)
    assert [each.words for each in read(file).reports] == [words, "Sai tên tỉnh"]
    assert read(file).reports == (first, second) and not read(file).problems


def test_a_form_that_is_sent_twice_is_one_report(tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    assert add(file, told(form="x")) == add(file, told("khác", form="x"))
    assert len(read(file).reports) == 1
    assert add(file, told(form="y")).number == 2


@pytest.mark.parametrize("name", LENGTHS)
def test_a_text_that_is_too_long_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    file = tmp_path / "reports.jsonl"
    add(file, ReaderReport(**{name: "x" * LENGTHS[name]}))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=name):
        add(file, ReaderReport(**{name: "x" * (LENGTHS[name] + 1)}))  # type: ignore[arg-type]
    assert len(read(file).reports) == 1


def test_a_full_list_takes_no_more_and_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "reports.jsonl"
    add(file, told("x" * 2_000))
    monkeypatch.setattr(reader_reports, "MOST_BYTES", 1_000)
    with pytest.raises(ReportsFull, match=r"quocphong reports --all.*move it away"):
        add(file, told())
    file.rename(tmp_path / "old.jsonl")
    assert add(file, told()).number == 1


def test_a_decision_is_added_and_can_be_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    add(file, told())
    add(file, told())
    decide(file, 1, "done", "đã sửa", "Lan")
    assert [(each.number, each.state, each.note, each.by) for each in read(file).reports] == [
        (1, "done", "đã sửa", "Lan"), (2, "open", "", "")]
    assert [each.number for each in read(file).open] == [2]
    decide(file, 1, "open")
    assert len(read(file).open) == 2 and len(file.read_text(encoding="utf-8").splitlines()) == 4
    with pytest.raises(UsageError, match="no report 3"):
        decide(file, 3, "done")


@pytest.mark.parametrize("line", ["{", "[]", '{"act": "report"}', '{"act": "mark", "number": 9, "state": "done"}',
                                  '{"act": "mark", "number": 1, "state": "lost"}', '{"act": "x", "number": 1}', "\xff"])
def test_a_line_that_cannot_be_read_is_named_and_hides_no_other(tmp_path: Path, line: str) -> None:
    file = tmp_path / "reports.jsonl"
    add(file, told())
    with file.open("ab") as out:
        out.write(line.encode("latin-1") + b"\n")
    assert add(file, told()).number == 2
    assert [each.number for each in read(file).reports] == [1, 2]
    assert [problem.line for problem in read(file).problems] == [2]


def test_two_processes_never_give_one_number_twice(tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=add_twenty, args=(file,)) for _ in range(3)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert [each.number for each in read(file).reports] == [*range(1, 61)]


def test_who_waited_while_the_list_was_rewritten_holds_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    add(file, told())
    holds, ends = Event(), Event()

    def wait_for_it() -> None:
        with reader_reports.locked(file):
            holds.set()
            ends.wait(20)

    with reader_reports.locked(file):
        waiting = Thread(target=wait_for_it)
        waiting.start()
        assert not holds.wait(0.2)
        replace_file(file, file.read_bytes())
    assert holds.wait(20)
    with file.open("ab") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    ends.set()
    waiting.join()


def add_twenty(file: Path) -> None:
    for _ in range(20):
        add(file, told())


def test_a_place_that_cannot_be_written_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(QuocphongError, match="file"):
        add(tmp_path / "file" / "reports.jsonl", told())


# --- where an operator meets them ----------------------------------------------------------------------


def test_status_and_doctor_say_how_many_are_open(index: Path) -> None:
    settings = load(environment={}, given={"index": str(index)})
    assert overview(index, 48, open_reports=reports_open(settings)).as_json()["open_reports"] == 0
    for _ in range(2):
        add(reader_reports.file_of(settings), told())
    decide(reader_reports.file_of(settings), 1, "refused")
    seen = overview(index, 48, open_reports=reports_open(settings))
    assert seen.as_json()["open_reports"] == 1 and "reports open: 1" in seen.as_text()
    [check] = [each for each in examine(settings, 3).checks if each.name == "readers' reports"]
    assert check.passed and check.detail.startswith("1 open, 1 decided")


def test_a_list_with_broken_lines_is_a_finding(index: Path) -> None:
    settings = load(environment={}, given={"index": str(index)})
    reader_reports.file_of(settings).write_text("{\n", encoding="utf-8")
    [check] = [each for each in examine(settings, 3).checks if each.name == "readers' reports"]
    assert not check.passed and "line 1" in check.detail and check.remedy


def test_a_backup_holds_the_reports_and_restoring_overwrites_none(index: Path, tmp_path: Path) -> None:
    file = index / reader_reports.FILE
    add(file, told("cũ"))
    back_up(index, tmp_path / "backup")
    add(file, told("mới"))
    restore(index, tmp_path / "backup")
    assert [each.words for each in read(file).reports] == ["cũ", "mới"]
    file.unlink()
    restore(index, tmp_path / "backup")
    assert [each.words for each in read(file).reports] == ["cũ"]


# --- a report as a row of corrections ------------------------------------------------------------------

KEY, OTHER = "lê văn diện@Thanh Hóa", "lê văn diện@Nghệ An"
ROWS = [
    ("name", ("Lê Văn Diễn",), "rename", (KEY, "Lê Văn Diễn")),
    ("not-official", (), "not-official", (KEY,)),
    ("two-people", (OTHER,), "split", (KEY, OTHER)),
    ("one-person", (OTHER,), "merge", (KEY, OTHER)),
]


@pytest.mark.parametrize(("kind", "to", "action", "keys"), ROWS)
def test_a_report_on_who_a_person_is_becomes_a_row_that_is_read_back(
    tmp_path: Path, kind: str, to: tuple[str, ...], action: str, keys: tuple[str, ...]
) -> None:
    report = ReaderReport(7, facet="official", value=KEY, kind=kind, words="đúng ra,\nlà khác", article="a/1")
    made = correction_of(report, to, "Lan")
    file = tmp_path / "corrections.csv"
    append(file, made)
    append(file, made)
    good, problems = read_corrections(file)
    assert not problems and good == (made, made)
    assert (made.action, made.keys, made.why, made.source) == (action, keys, "đúng ra, là khác", "a/1")
    assert as_csv(made).count("\n") == 0


@pytest.mark.parametrize(("report", "to", "told_so"), [
    (ReaderReport(1, facet="province", value="Huế", kind="wrong", words="x"), (), "none that a row"),
    (ReaderReport(1, facet="official", value=KEY, kind="wrong", words="x"), ("y",), "none that a row"),
    (ReaderReport(1, facet="official", value=KEY, kind="name", words="x"), (), "--to NAME"),
    (ReaderReport(1, facet="official", value=KEY, kind="one-person", words="x"), (), "--to KEY"),
    (ReaderReport(1, facet="official", value=KEY, kind="name", words="x"), ("a", "b"), "takes 2 keys"),
])  # fmt: skip
def test_what_no_row_can_put_right_is_refused_with_the_reason(
    report: ReaderReport, to: tuple[str, ...], told_so: str
) -> None:
    with pytest.raises(UsageError, match=told_so):
        correction_of(report, to, "Lan")


def test_nothing_is_added_to_a_file_of_corrections_that_has_to_be_mended(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    file.write_text("who,when,why,source,action,keys\nLan,hôm qua,x,y,merge,a;b\n", encoding="utf-8")
    report = ReaderReport(1, facet="official", value=KEY, kind="not-official", words="x", page="/p")
    made = correction_of(report, (), "L")
    before = file.read_bytes()
    with pytest.raises(UsageError, match="Mend that row first"):
        append(file, made)
    assert file.read_bytes() == before
    with pytest.raises(UsageError, match="names no file"):
        append(Path(), made)


def test_a_line_holds_no_address_of_the_reader_but_what_the_reader_gives(tmp_path: Path) -> None:
    add(tmp_path / "r", told(article="a", page="/article/a", kind="wrong"))
    [line] = (tmp_path / "r").read_text(encoding="utf-8").splitlines()
    assert set(json.loads(line)) == {"act", "number", "at", "article", "page", "kind", "words"}
