"""An index of any earlier stamp is refused in a sentence and mended by the command the sentence names.

`kept` holds a small index of every stamp there was (made by make.py). All cover one folder, which is not there.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.engine import stamp
from indexer.storage import generations
from indexer.storage.index_folder import WRITTEN_BY, open_engine, versions
from indexer.storage.tombstones import Tombstones
from tests.upgrade.make import CORPUS, KEPT, PLACE

ARCHIVES = sorted(KEPT.glob("*.tar.xz"))


def stamp_of(archive: Path) -> dict[str, str | int]:
    with tarfile.open(archive) as tar:
        [member] = [member for member in tar if member.name.endswith("/stamp.json")]
        return json.load(tar.extractfile(member))  # type: ignore[arg-type]


def is_of_this_code(archive: Path) -> bool:
    return stamp_of(archive).items() >= WRITTEN_BY.items()


EARLIER = [archive for archive in ARCHIVES if not is_of_this_code(archive)]
PRESENT = [archive for archive in ARCHIVES if is_of_this_code(archive)]
FIRST_OF_EACH_MANIFEST = [archive for archive in EARLIER if any(  # they differ in the columns of their tables
    commit in archive.name for commit in ("306dd10", "c9e63ef", "747e6ce"))]


@pytest.fixture
def index(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The index in the archive that the test is about, with its articles beside it, in the work folder."""
    monkeypatch.chdir(tmp_path)
    for name in (name for name in os.environ if name.startswith("QUOCPHONG_")):
        monkeypatch.delenv(name)
    shutil.copytree(CORPUS, tmp_path / "corpus")
    with tarfile.open(request.param) as tar:
        tar.extractall(tmp_path, filter="data")
    return tmp_path / "index"


def of(*archives: Path) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("index", archives, indirect=True, ids=lambda path: path.name.partition(".")[0])


def held(index: Path) -> set[str]:
    with closing(open_engine(index)) as engine:
        return set(engine.ids())


def wanted(index: Path) -> set[str]:
    return {"u/1", "u/2", "u/3"} - Tombstones(index).ids


def words(capsys: pytest.CaptureFixture[str]) -> str:
    """What was said on stderr, which is one sentence of ours."""
    said = capsys.readouterr().err
    assert said.startswith("quocphong: ") and said.count("\n") == 1
    return said


def test_there_is_an_index_of_this_stamp() -> None:
    assert PRESENT, "the stamp was raised: commit that, then run python -m tests.upgrade.make"


@of(*EARLIER)
def test_the_remedy_that_a_refused_search_names_brings_the_articles_back_and_no_withdrawn_one(
        index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "Gia Lai"]) == 12
    assert "Run: quocphong index --rebuild" in words(capsys)
    assert main(["index", "--rebuild-outdated", "--quiet", "corpus"]) == 0
    assert held(index) == wanted(index)
    assert main(["search", "Gia Lai", "--json"]) == 0 and '"u/1"' in capsys.readouterr().out


@of(*EARLIER)
def test_a_rebuild_without_paths_asks_for_the_folder_that_was_covered(
        index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = generations.current(index)
    for way in ("--rebuild", "--rebuild-outdated"):
        assert main(["index", way, "--quiet"]) == 13
        assert str(PLACE / "corpus") in words(capsys)
    assert generations.current(index) == before


@of(*FIRST_OF_EACH_MANIFEST)
def test_a_rebuild_without_paths_covers_the_folder_that_was_covered_where_it_is_there(index: Path) -> None:
    move_root(generations.current(index), index.parent / "corpus")
    assert main(["index", "--rebuild-outdated", "--quiet"]) == 0
    assert held(index) == wanted(index)


def move_root(generation: Path, root: Path) -> None:
    with closing(sqlite3.connect(generation / "manifest.sqlite")) as database, database:
        database.execute("UPDATE roots SET path = ?", (str(root),))


@of(*FIRST_OF_EACH_MANIFEST)
def test_folders_are_remembered_by_the_status_where_the_manifest_is_garbage(
        index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (generations.current(index) / "manifest.sqlite").write_bytes(b"{}")
    is_known = (index / "status.json").exists()  # the very first versions wrote none
    assert main(["index", "--rebuild", "--quiet"]) == (13 if is_known else 15)
    assert (str(PLACE / "corpus") if is_known else "Name the folders") in words(capsys)


@of(*FIRST_OF_EACH_MANIFEST)
def test_folders_that_nothing_remembers_are_asked_for_by_name(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (generations.current(index) / "manifest.sqlite").write_bytes(b"{}")
    (index / "status.json").write_text('{"success": 3}', encoding="utf-8")
    assert main(["index", "--rebuild", "--quiet"]) == 15
    assert "quocphong index --rebuild PATH" in words(capsys)


# A command on an index by other code: its exit code, and what its sentence says or advises.
REFUSED = (
    (["index"], 12, "quocphong index --rebuild"),
    (["index", "corpus"], 12, "quocphong index --rebuild"),
    (["doctor"], 13, "opens. See the remedies"),
    (["backup", "copy"], 12, "quocphong index --rebuild"),
    (["rollback"], 13, "quocphong index --rebuild"),
    (["withdraw", "u/1", "--reason", "thử"], 12, "quocphong index --rebuild, then withdraw"),
    (["withdraw", "https://bao.example/dien-tap", "--reason", "thử"], 12, "withdraw URL --only"),
)


@of(*EARLIER)
def test_every_command_refuses_it_in_a_sentence_and_changes_nothing(
        index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(generations.current(index))
    assert main(["status"]) == 0
    capsys.readouterr()
    for command, code, says in REFUSED:
        assert main(command) == code, command
        assert says in words(capsys), command
    assert contents(generations.current(index)) == before and not Path("copy").exists()


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@of(*FIRST_OF_EACH_MANIFEST)
def test_an_address_that_is_withdrawn_before_the_remedy_stays_out_after_it(index: Path) -> None:
    assert main(["withdraw", "https://bao.example/dien-tap", "--only", "--reason", "thử"]) == 0
    assert main(["index", "--rebuild", "--quiet", "corpus"]) == 0
    assert held(index) == wanted(index) - {"u/2"}


@of(*FIRST_OF_EACH_MANIFEST)
def test_there_is_no_way_back_to_an_index_of_another_stamp(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", "--rebuild", "--quiet", "corpus"]) == 0
    assert main(["rollback"]) == 12
    assert "was written with" in words(capsys)
    assert held(index) == wanted(index)


@of(*PRESENT)
def test_an_index_of_this_stamp_opens_without_a_rebuild(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = generations.current(index)
    stamp.write(folder, versions())  # another gazetteer or pyvi changes what is extracted, not how it is stored
    assert main(["search", "Gia Lai", "--json"]) == 0 and '"u/1"' in capsys.readouterr().out
    assert main(["index", "--json", "corpus"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["rebuilt"], report["notes"]) == (False, [])
    assert held(index) == wanted(index) == {"u/1", "u/2"} and generations.current(index) == folder
    assert main(["backup", "copy"]) == 0
