"""A damaged index is named, never misread."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.engine import stamp
from indexer.engine.array_file import write_array_file
from indexer.engine.whoosh import create, invert, open_engine, open_writer, verify
from indexer.engine.writer import disk_full_raised
from indexer.model import Query, Word
from indexer.model.errors import DiskFull, IndexDamaged, IndexLocked, IndexMissing, IndexOutdated
from tests.contract.articles import article


@pytest.fixture
def folder(tmp_path):
    create(tmp_path, {"codec": 1, "text": "2026-11"})
    with open_writer(tmp_path) as writer:
        writer.add(invert([article(str(n), "tuyển quân", "lễ giao quân " * n) for n in range(40)]))
        writer.commit()
    return tmp_path


def segment(folder):
    return next(folder.glob("*.arr"))


def test_a_whole_index_has_nothing_to_report(folder):
    assert open_engine(folder).verify() == []


@pytest.mark.parametrize("kept", [0, 10, 200, -1], ids=["nothing", "half a head", "a start", "all but a byte"])
def test_a_segment_cut_short_is_refused(folder, kept):
    whole = segment(folder).read_bytes()
    segment(folder).write_bytes(whole[:kept])
    with pytest.raises(IndexDamaged, match="quocphong index --rebuild"):
        open_engine(folder)


def test_a_missing_segment_is_refused(folder):
    segment(folder).unlink()
    with pytest.raises(IndexDamaged, match=r"\.arr"):
        open_engine(folder)


def test_an_altered_byte_is_found_by_verify(folder):
    data = bytearray(segment(folder).read_bytes())
    data[len(data) // 3] ^= 0x01
    segment(folder).write_bytes(data)
    assert len(verify(folder)) == 1


def test_an_altered_number_that_points_nowhere_is_refused(folder):
    from indexer.engine.array_file import map_file, read_directory

    data = bytearray(segment(folder).read_bytes())
    data[read_directory(map_file(segment(folder)), segment(folder))["sections"]["id/docs"]["at"] + 1] = 0xFF
    segment(folder).write_bytes(data)
    with pytest.raises(IndexDamaged, match="quocphong index --rebuild"):
        open_engine(folder)


@pytest.mark.parametrize("kept", [0, 200])
def test_verify_names_a_segment_that_cannot_be_opened(folder, kept):
    segment(folder).write_bytes(segment(folder).read_bytes()[:kept])
    assert len(verify(folder)) == 1


def test_every_altered_array_is_found_by_verify(folder):
    from indexer.engine.array_file import map_file, read_directory

    path = segment(folder)
    rows = read_directory(map_file(path), path)["sections"]
    whole = path.read_bytes()
    for name, row in rows.items():
        if row["length"]:
            data = bytearray(whole)
            data[row["at"]] ^= 0x80
            path.write_bytes(data)
            assert [sentence for sentence in verify(folder) if f" {name} " in sentence], name


def test_an_altered_directory_is_refused(folder):
    data = bytearray(segment(folder).read_bytes())
    data[-3] ^= 0x01
    segment(folder).write_bytes(data)
    with pytest.raises(IndexDamaged):
        open_engine(folder)


@pytest.mark.parametrize("kept", [0, 30, -5])
def test_a_table_of_contents_cut_short_is_refused(folder, kept):
    table = next(folder.glob("*.toc"))
    table.write_bytes(table.read_bytes()[:kept])
    with pytest.raises(IndexDamaged):
        open_engine(folder)


def test_no_index_is_missing(tmp_path):
    for ask in (open_engine, open_writer, verify, lambda path: stamp.check(path, {})):
        for folder in (tmp_path, tmp_path / "nowhere"):
            with pytest.raises(IndexMissing, match="quocphong index"):
                ask(folder)


OTHERS = [
    {"codec": 2, "text": "2026-11"},
    {"codec": 1, "text": "2026-12"},
    {"codec": 1},
    {"codec": 1, "text": "2026-11", "gazetteer": "2026"},
]


@pytest.mark.parametrize("expected", OTHERS)
def test_an_index_of_other_versions_is_refused_with_the_command_that_mends_it(folder, expected):
    with pytest.raises(IndexOutdated, match="Run: quocphong index --rebuild"):
        open_engine(folder, expected)


def test_an_index_of_the_same_versions_opens(folder):
    engine = open_engine(folder, {"text": "2026-11", "codec": 1})
    assert engine.find(Query(match=Word("quân"))).total == 40


def test_one_writer_at_a_time(folder):
    with open_writer(folder), pytest.raises(IndexLocked):
        open_writer(folder)
    open_writer(folder).close()


def test_whoosh_itself_cannot_write_beside_us(folder):
    import whoosh.index

    with open_writer(folder), pytest.raises(whoosh.index.LockError):
        whoosh.index.open_dir(str(folder)).writer()


def test_what_a_killed_writer_left_is_neither_seen_nor_kept(folder):
    writer = open_writer(folder)
    writer.add(invert([article("new", "mới")]))
    writer._flush()  # as if the process had ended here: written, not committed
    writer._lock.release()
    assert open_engine(folder).count() == 40
    with open_writer(folder) as next_writer:
        next_writer.delete(["0"])
        next_writer.commit()
    assert open_engine(folder).count() == 39
    assert len(list(folder.glob("*.arr"))) == 1


def test_a_full_disk_is_named():
    with pytest.raises(DiskFull), disk_full_raised(Path("/dev")):
        write_array_file(Path("/dev/full"), [("lengths", np.arange(9))], {})


def test_a_write_that_fails_leaves_the_index_as_it_was(folder):
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with open_writer(folder) as writer:
            writer.add(invert([article(f"n{n}", "tuyển quân", f"lễ {n}") for n in range(400)]))
            with pytest.raises(OSError):
                writer.commit()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert open_engine(folder).count() == 40
    with open_writer(folder) as writer:
        writer.add(invert([article("new", "mới")]))
        writer.commit()
    assert open_engine(folder).count() == 41


def test_a_commit_stands_though_it_cannot_be_opened_for_want_of_memory(folder, monkeypatch):
    def refuse(_):
        raise MemoryError

    with pytest.raises(MemoryError), open_writer(folder) as writer:
        writer.add(invert([article("new", "mới")]))
        monkeypatch.setattr("indexer.engine.writer.open_segments", refuse)
        writer.commit()
    monkeypatch.undo()
    assert open_engine(folder).count() == 41 and open_engine(folder).verify() == []
