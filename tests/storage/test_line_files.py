"""Files of one record a line: only a newline ends a line, and a refused write leaves the file as it was."""

from __future__ import annotations

import json
import os
import resource
import signal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.cli.search import query_rows
from indexer.ingest.run import build
from indexer.model.atomic_files import append_line
from indexer.model.errors import IndexDamaged
from indexer.model.lines import json_line, lines_of
from indexer.operations.backup import back_up, restore
from indexer.operations.withdraw import bring_back, withdraw
from indexer.search.corrections import read_corrections
from indexer.storage.index_folder import open_engine
from indexer.storage.tombstones import FILE, Tombstones

ENDS = ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1e"]  # what str.splitlines takes for the end of a line
KEPT = '{"act": "undo", "at": "2025", "by": "a", "of": ["x"], "reason": ""}\n'


@given(st.text(st.characters(codec=None)))
@example("a\u2028b\u2029c\x85d")
@example("ảnh\udc80.txt")
def test_a_record_is_one_line_to_every_reader_and_comes_back_as_it_was(text):
    line = json_line({"id": text})
    assert line.splitlines() == [line] == lines_of(f"{line}\n")
    assert json.loads(line.encode("utf-8")) == {"id": text}


@pytest.mark.parametrize(("text", "lines"), [
    ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb", ["a", "b"]), ("a\u2028b\n\nc", ["a\u2028b", "", "c"])])
def test_only_a_newline_ends_a_line(text, lines):
    assert lines_of(text) == lines


# --- appending -------------------------------------------------------------------------------


def whole(line: bytes) -> bool:
    return line.endswith(b"}")


@pytest.mark.parametrize(("before", "after"), [
    (b"", b"{new}\n"), (b"{a}\n", b"{a}\n{new}\n"), (b"{a}\n{b", b"{a}\n{new}\n"), (b"{a}\n{b}", b"{a}\n{b}\n{new}\n"),
    (b"{a", b"{new}\n"), ("{a}\n{ả".encode()[:-1], b"{a}\n{new}\n")])
def test_an_unfinished_last_line_is_cut_off_and_a_whole_one_completed(tmp_path, before, after) -> None:
    path = tmp_path / "list"
    path.write_bytes(before)
    append_line(path, "{new}", whole)
    assert path.read_bytes() == after


@pytest.mark.parametrize("room", [0, 1, 20, 99, 100])
def test_a_refused_write_leaves_the_file_as_it_was(tmp_path: Path, room: int) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"{a}\n" * 100)
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400 + room, 400 + room))
        try:
            append_line(path, "x" * 100, whole)
        except OSError:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert path.read_bytes() == b"{a}\n" * 100


# --- the list of what is withdrawn -----------------------------------------------------------


@pytest.fixture
def index(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "f.txt").write_text("Bài F huấn luyện\n\nDân quân huấn luyện ở tỉnh Thanh Hóa, năm 2022.\n", "utf-8")
    (corpus / "g.txt").write_text("Bài G\n\nTuyển quân ở tỉnh Gia Lai năm 2023.\n", "utf-8")
    build(tmp_path / "index", [str(corpus)], workers=1)
    return tmp_path / "index"


def run(index: Path, rebuild: bool = False) -> list[str]:
    build(index, workers=1, rebuild=rebuild, allow_mass_delete=True)
    return sorted(open_engine(index).ids())


@pytest.mark.parametrize("end", ENDS, ids=ascii)
def test_a_copy_under_a_name_with_any_line_end_stays_out_and_harms_nothing(index, end, tmp_path) -> None:
    corpus = index.parent / "corpus"
    withdraw(index, "f.txt", f"lý do{end}dài", by=f"người{end}gác")
    (corpus / f"copy{end}x.txt").write_bytes((corpus / "f.txt").read_bytes())
    assert run(index) == ["g.txt"] == run(index, rebuild=True)
    assert f"copy{end}x.txt" in Tombstones(index).ids
    assert len((index / FILE).read_text("utf-8").splitlines()) == 2
    back_up(index, tmp_path / "backup")
    restore(tmp_path / "restored", tmp_path / "backup")
    assert Tombstones(tmp_path / "restored").stones == Tombstones(index).stones
    assert bring_back(index, f"copy{end}x.txt").reason == f"lý do{end}dài"


def test_a_list_that_an_older_version_wrote_with_a_line_end_inside_is_read(index: Path) -> None:
    act = {"act": "withdraw", "at": "2025", "by": "a", "reason": "x\u2028y", "ids": ["f\u2028.txt"], "addresses": []}
    (index / FILE).write_text(json.dumps(act, ensure_ascii=False) + "\n", "utf-8")
    assert Tombstones(index).covers("f\u2028.txt")


@pytest.mark.parametrize("torn", [b'{"act": "withdraw", "at', '{"act": "also", "id": "ả'.encode()[:-1], b"{"])
def test_half_a_line_at_the_end_is_of_an_act_that_failed(index: Path, torn: bytes) -> None:
    (index / FILE).write_bytes(KEPT.encode() + torn)
    assert not Tombstones(index).stones
    withdraw(index, "f.txt", "lý do")
    assert run(index) == ["g.txt"]
    assert len((index / FILE).read_bytes().split(b"\n")) == 3


@pytest.mark.parametrize("broken", ["{\n", '["act"]\n', '{"act": "unknown"}\n', "{}\n", "\udcff\n"])
def test_a_line_damaged_later_shows_nothing_and_names_the_remedy(index: Path, broken: str) -> None:
    (index / FILE).write_bytes(broken.encode("utf-8", "surrogateescape") + KEPT.encode())
    with pytest.raises(IndexDamaged, match=r"line 1 .* backup"):
        open_engine(index)


# --- files that people write -----------------------------------------------------------------


def test_a_query_and_a_correction_may_hold_any_character(tmp_path: Path) -> None:
    queries, corrections = tmp_path / "q.tsv", tmp_path / "c.csv"
    queries.write_text("1\ttuyển\u2028quân\r\n2\tdân quân\n", "utf-8")
    assert [*query_rows(queries)] == [("1", "tuyển\u2028quân"), ("2", "dân quân")]
    corrections.write_text("who,when,why,source,action,keys\n"
                           "a,2025-01-01,\"x\u2028y\nz\",s,not-official,k@Gia Lai\n", "utf-8")
    rows, problems = read_corrections(corrections)
    assert not problems and [row.why for row in rows] == ["x\u2028y\nz"]
