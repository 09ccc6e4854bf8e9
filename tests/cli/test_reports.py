"""`quocphong reports`: an operator lists what readers say, decides, and makes it a correction."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.operations.reader_reports import FILE, ReaderReport, add
from tests.cli.test_cli import quocphong

KEY = "lê văn diện@Thanh Hóa"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a configuration and three reports."""
    (tmp_path / "quocphong.cfg").write_text("[quocphong]\ncorrections = corrections.csv\n", encoding="utf-8")
    for report in (
        ReaderReport(facet="province", value="Huế", kind="wrong", words="Đúng ra là\nĐà Nẵng", article="a/1"),
        ReaderReport(facet="official", value=KEY, kind="name", words="Viết sai", url="https://bao.example/1"),
        ReaderReport(kind="other", words="Trang không mở được", contact="doc@gia.vn"),
    ):
        add(tmp_path / "index" / FILE, report)
    return tmp_path


def numbers(folder: Path, *more: str) -> list[tuple[int, str]]:
    lines = quocphong("reports", *more, "--json", cwd=folder).stdout.splitlines()
    return [(shape["number"], shape["state"]) for shape in map(json.loads, lines)]


def test_open_reports_are_listed_and_decided_ones_only_if_asked_for(folder: Path) -> None:
    assert numbers(folder) == [(1, "open"), (2, "open"), (3, "open")]
    quocphong("reports", "mark", "1", "refused", "--note", "bài gốc viết vậy", "--by", "Lan", cwd=folder)
    assert numbers(folder) == [(2, "open"), (3, "open")]
    assert numbers(folder, "--all") == [(2, "open"), (3, "open"), (1, "refused")]
    told = quocphong("reports", "--all", cwd=folder).stdout
    assert "Lan: bài gốc viết vậy" in told and "words: Đúng ra là Đà Nẵng" in told and "2 open, 1 decided." in told
    quocphong("reports", "mark", "1", "open", cwd=folder)
    assert len(numbers(folder)) == 3


def test_a_report_becomes_a_row_on_paper_or_in_the_file(folder: Path) -> None:
    row = quocphong("reports", "correct", "2", "--to", "Lê Văn Diễn", "--by", "Lan", cwd=folder).stdout
    assert row.startswith("Lan,20") and row.endswith(f"Viết sai,https://bao.example/1,rename,{KEY};Lê Văn Diễn\n")
    assert not (folder / "corrections.csv").exists() and (2, "open") in numbers(folder)
    quocphong("reports", "correct", "2", "--to", "Lê Văn Diễn", "--by", "Lan", "--write", cwd=folder)
    assert (folder / "corrections.csv").read_text(encoding="utf-8") == f"who,when,why,source,action,keys\n{row}"
    assert numbers(folder, "--all")[-1] == (2, "done")


@pytest.mark.parametrize(("arguments", "says"), [
    (("mark",), "quocphong reports mark N"),
    (("mark", "1"), "done|refused"),
    (("mark", "9", "done"), "no report 9"),
    (("correct", "1"), "none that a row"),
    (("correct", "2"), "--to NAME"),
    (("correct", "9"), "no report 9"),
])  # fmt: skip
def test_what_makes_no_sense_ends_with_2_and_says_what_does(
    folder: Path, arguments: tuple[str, ...], says: str
) -> None:
    assert says in quocphong("reports", *arguments, cwd=folder, code=2).stderr


def test_without_reports_there_is_none_and_no_index_is_needed(tmp_path: Path) -> None:
    assert quocphong("reports", cwd=tmp_path).stdout == "0 open, 0 decided.\n"


def test_a_broken_line_is_told_beside_the_others(folder: Path) -> None:
    with (folder / "index" / FILE).open("a", encoding="utf-8") as file:
        file.write("{\n")
    told = quocphong("reports", cwd=folder)
    assert "line 4" in told.stderr and "3 open" in told.stdout
