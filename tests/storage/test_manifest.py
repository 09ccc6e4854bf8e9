"""A manifest that cannot be read stops nobody: it is set aside, and what it knew is learned anew from the index."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import chdir, closing
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.ingest.run import build
from indexer.storage import generations
from indexer.storage.index_folder import open_engine
from indexer.storage.manifest import Memory, loaded
from indexer.storage.manifest_file import ASIDE, FILE
from tests.archives import PutBack

SENTENCES = {"one": "Gia Lai giao quân.", "two": "Kon Tum diễn tập.", "three": "Cà Mau huấn luyện dân quân.",
             "four": "Sơn La khám tuyển."}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> PutBack:
    return PutBack(tmp_path_factory.mktemp("manifest"), make)


def make(folder: Path) -> None:
    """Two generations; the one in use holds three articles and a withdrawn fourth was taken out of it."""
    (folder / "corpus").mkdir()
    (folder / "empty").mkdir()
    (folder / "corpus" / "a.jsonl").write_text("\n".join(
        json.dumps({"id": id, "title": f"Bản tin {id}", "text": text}) for id, text in SENTENCES.items()),
        encoding="utf-8")
    with chdir(folder):
        for rebuild in (False, True):
            build(Path("index"), ["corpus", "empty"], rebuild=rebuild, workers=1)
        assert main(["withdraw", "four", "--reason", "thử"]) == 0


@pytest.fixture
def index(made: PutBack, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(made.fresh())
    return Path("index")


def statement(words: str) -> Callable[[Path], None]:
    def harm(file: Path) -> None:
        with closing(sqlite3.connect(file)) as database, database:
            database.execute(words)

    return harm


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def folder_instead(file: Path) -> None:
    file.unlink()
    file.mkdir()


def with_journal(file: Path) -> None:
    file.with_name(f"{FILE}-journal").write_bytes(b"x" * 600)
    file.write_bytes(b"x" * 5000)


UNREADABLE: dict[str, Callable[[Path], object]] = {
    "garbage": lambda file: file.write_bytes(b"x" * 5000),
    "json": lambda file: file.write_text('{"generation": 1}'),
    "cut": cut,
    "garbage with a journal": with_journal,
    "a folder": folder_instead,
    "a column less": statement("ALTER TABLE claims DROP COLUMN address"),
    "a column more": statement("ALTER TABLE held ADD COLUMN score REAL"),
    "another type": statement("ALTER TABLE files ADD COLUMN digest"),
    "a table less": statement("DROP TABLE files"),
    "a table more": statement("CREATE TABLE feeds (url TEXT)"),
    "no UTF-8": statement("UPDATE held SET path = CAST(x'ff' AS TEXT)"),
    "an altered row": statement("DELETE FROM claims WHERE id = 'one'"),
}
LOST: dict[str, Callable[[Path], object]] = {"emptied": lambda file: file.write_bytes(b""), "removed": Path.unlink}


def harm(index: Path, way: str) -> Path:
    folder = generations.current(index)
    {**UNREADABLE, **LOST}[way](folder / FILE)
    return folder


def held(index: Path) -> set[str]:
    with closing(open_engine(index)) as engine:
        return set(engine.ids())


def remembered(folder: Path) -> Memory:
    memory = loaded(folder)
    assert memory is not None
    return memory


@pytest.mark.parametrize("way", UNREADABLE)
def test_a_run_sets_it_aside_and_learns_it_anew(index: Path, way: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = remembered(generations.current(index))
    folder = harm(index, way)
    assert main(["index", "--json", "--workers", "1"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["rebuilt"], report["unchanged"], report["withdrawn"]) == (False, 3, 1)
    assert [note["path"] for note in report["notes"]] == [str(folder / ASIDE)] and (folder / ASIDE).exists()
    after = remembered(folder)
    assert (after.roots, after.held, after.claims) == (before.roots, before.held, before.claims)
    assert main(["index", "--json", "--workers", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"] == []


@pytest.mark.parametrize("way", LOST)
def test_one_that_is_lost_is_learned_anew_too(index: Path, way: str) -> None:
    before = remembered(generations.current(index))
    folder = harm(index, way)
    assert main(["index", "--quiet", "--workers", "1"]) == 0
    after = remembered(folder)
    assert (after.roots, after.held) == (before.roots, before.held) and not (folder / ASIDE).exists()


@pytest.mark.parametrize("way", [*UNREADABLE, *LOST])
def test_a_rebuild_without_paths_covers_what_was_covered(index: Path, way: str) -> None:
    before = remembered(generations.current(index))
    folder = harm(index, way)
    assert main(["index", "--rebuild", "--quiet", "--workers", "1"]) == 0
    after = remembered(generations.current(index))
    assert generations.current(index) != folder and held(index) == {"one", "two", "three"}
    assert after.roots == before.roots


@pytest.mark.parametrize("way", UNREADABLE)
def test_others_say_so_in_a_sentence_and_leave_it_as_it_is(
        index: Path, way: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = harm(index, way)
    there = seen(folder)
    for command, code in ((["search", "Gia Lai"], 0), (["status"], 0), (["doctor"], 13), (["backup", "copy"], 15)):
        assert main(command) == code, command
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err and err.count("\n") == (1 if code else 0)
    assert seen(folder) == there and not Path("copy").exists()


def seen(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file() and "-journal" not in file.name}


@pytest.mark.parametrize("way", [*UNREADABLE, *LOST])
def test_an_article_is_withdrawn_at_once_and_stays_out_of_every_later_run(index: Path, way: str) -> None:
    harm(index, way)
    assert main(["withdraw", "two", "--reason", "thử"]) == 0
    assert held(index) == {"one", "three"}
    for later in (["index", "--quiet"], ["rollback"], ["index", "--quiet"], ["index", "--rebuild", "--quiet"]):
        assert main(later) == 0, later
        assert held(index) == {"one", "three"}


def test_a_run_that_is_refused_leaves_it_where_it_is(index: Path) -> None:
    folder = harm(index, "garbage")
    shutil.rmtree("corpus")
    assert main(["index", "--quiet"]) == 13
    assert (folder / FILE).read_bytes() == b"x" * 5000 and not (folder / ASIDE).exists()


def test_a_second_unreadable_one_takes_the_place_of_the_first(index: Path) -> None:
    for way in ("garbage with a journal", "json"):
        folder = harm(index, way)
        assert main(["index", "--quiet"]) == 0
    assert sorted(file.name for file in folder.glob("manifest*")) == sorted([FILE, ASIDE])
    assert (folder / ASIDE).read_text(encoding="utf-8") == '{"generation": 1}'
