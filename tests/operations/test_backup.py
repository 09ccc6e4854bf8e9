"""A backup is whole whatever goes on, is made once and never written over; restoring loses nothing and shows nothing
that was withdrawn."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from indexer.ingest.run import build
from indexer.model import SINCE
from indexer.model.errors import IndexDamaged, IndexLocked, IndexMissing, IndexOutdated, UsageError
from indexer.model.lines import json_line
from indexer.operations.backup import LIST, back_up, restore, sha256
from indexer.operations.rollback import roll_back
from indexer.operations.withdraw import bring_back, withdraw
from indexer.storage import generations
from indexer.storage.index_folder import open_engine
from indexer.storage.lock import hold
from indexer.storage.near_duplicates import DuplicateGroups
from indexer.storage.tombstones import FILE as WITHDRAWN
from indexer.storage.tombstones import Tombstones
from tests.cli.test_cli import from_json, quocphong
from tests.operations.test_withdraw import SAME, STORY, held, run, write


@pytest.fixture
def backup(index: Path) -> Path:
    back_up(index, index.parent / "backup")
    return index.parent / "backup"


def add_two(index: Path) -> None:
    """Two more articles, of one story."""
    write(index.parent / "corpus" / "b.jsonl",
          *({"id": f"story {n}", "text": f"{STORY} Tin của cộng tác viên {n}."} for n in range(2)))
    run(index)


def test_what_is_restored_is_what_was_backed_up_and_the_index_given_up_stays(index: Path, backup: Path) -> None:
    add_two(index)
    assert [folder and folder.name for folder in restore(index, backup)] == ["gen-000002", "gen-000001"]
    assert held(index) == {"one", "two", "three"}
    roll_back(index)
    assert held(index) == {"one", "two", "three", "story 0", "story 1"}


def spoil(folder: Path) -> None:
    for file in folder.glob("*.arr"):
        file.write_bytes(b"")


def test_a_damaged_index_is_restored_over_and_gone_back_from(index: Path, backup: Path) -> None:
    spoil(generations.current(index))
    restore(index, backup)
    assert held(index) == {"one", "two", "three"}
    run(index, rebuild=True)
    spoil(generations.current(index))
    roll_back(index)
    assert held(index) == {"one", "two", "three"}


def test_numbers_of_generations_go_on_rising_where_the_index_was_lost(index: Path) -> None:
    """Articles bear the number they came in with: none may be above that of the generation restored."""
    run(index, rebuild=True)
    run(index, rebuild=True)
    add_two(index)
    back_up(index, index.parent / "backup")
    shutil.rmtree(index)
    assert restore(index, index.parent / "backup")[0].name == "gen-000004"
    with closing(open_engine(index)) as engine:
        assert all(int(number) <= engine.generation for number, _ in engine.terms(SINCE))


def test_a_run_after_restoring_takes_in_what_is_new_and_reads_the_rest_from_the_manifest(index: Path) -> None:
    add_two(index)
    back_up(index, index.parent / "backup")
    restore(index, index.parent / "backup")
    with closing(open_engine(index)) as engine:
        told = DuplicateGroups.open(generations.current(index))
        assert (list(told), told.generation) == ([("story 0", "story 1")], engine.generation)
    write(index.parent / "corpus" / "c.jsonl", {"id": "four"})
    report = run(index)
    assert (report.new, report.changed, report.deleted, report.unchanged) == (1, 0, 0, 5)


def test_an_index_that_was_lost_comes_back(index: Path, backup: Path) -> None:
    shutil.rmtree(index)
    assert restore(index, backup)[1] is None
    assert held(index) == {"one", "two", "three"} and run(index).unchanged == 3


@pytest.mark.parametrize("list_is_lost", [False, True])
def test_what_was_withdrawn_before_or_since_does_not_come_back(index: Path, list_is_lost: bool) -> None:
    withdraw(index, "one", "lý do")
    back_up(index, index.parent / "backup")
    withdraw(index, "two", "lý do")
    if list_is_lost:
        (index / WITHDRAWN).unlink()
    restore(index, index.parent / "backup")
    assert held(index) == ({"two", "three"} if list_is_lost else {"three"})
    run(index, rebuild=True)
    assert held(index) == ({"two", "three"} if list_is_lost else {"three"})


# -- lists of withdrawals that went apart ----------------------------------------------------------

def learned_before_and_after(index: Path, id: str) -> None:
    """A copy of the withdrawn words comes under an id; then its record says something else under the same id."""
    write(index.parent / "corpus" / f"{id}.jsonl", {"id": id, **SAME})
    run(index)
    write(index.parent / "corpus" / f"{id}.jsonl", {"id": id})
    run(index)


@pytest.fixture
def apart(index: Path) -> Path:
    """Two backups beside a lost index: `old` holds a withdrawal, `new` an id more that was learned of it."""
    withdraw(index, "one", "lý do")
    assert quocphong("backup", index.parent / "old", "--index", index).returncode == 0
    learned_before_and_after(index, "copy")
    assert quocphong("backup", index.parent / "new", "--index", index).returncode == 0
    shutil.rmtree(index)
    return index


def restored(index: Path, *backups: str) -> None:
    for name in backups:
        quocphong("restore", index.parent / name, "--index", index)


@pytest.mark.parametrize("between", [None, "other"])
@pytest.mark.parametrize("backups", [("old", "new"), ("new", "old"), ("old", "new", "old", "new")])
def test_what_was_learned_of_withdrawn_articles_survives_backups_in_any_order(
        apart: Path, backups: tuple[str, ...], between: str | None) -> None:
    restored(apart, backups[0])
    if between:
        (apart.parent / "corpus" / "copy.jsonl").unlink()
        learned_before_and_after(apart, between)
        write(apart.parent / "corpus" / "copy.jsonl", {"id": "copy"})
    restored(apart, *backups[1:])
    quocphong("index", "--rebuild", "--index", apart, apart.parent / "corpus")
    assert held(apart) == {"two", "three"}
    before = (apart / WITHDRAWN).read_bytes()
    restored(apart, "new", "old")
    assert (apart / WITHDRAWN).read_bytes() == before


def test_what_a_backup_knows_to_be_withdrawn_goes_from_the_index_given_up_too(apart: Path) -> None:
    """The index restored first does not know of the id, and takes it in: no way back shows it."""
    restored(apart, "old")
    run(apart)
    assert held(apart) == {"two", "three", "copy"}
    restored(apart, "new")
    for go_on in (roll_back, run, partial(run, rebuild=True), roll_back):
        go_on(apart)
        assert held(apart) == {"two", "three"}


def test_a_list_that_an_older_version_put_in_the_wrong_order_is_read_and_mended(apart: Path) -> None:
    restored(apart, "old")
    lines = (apart.parent / "new" / WITHDRAWN).read_text(encoding="utf-8").splitlines(keepends=True)
    old = [json_line({key: value for key, value in json.loads(line).items() if key != "digests"}) for line in lines]
    (apart / WITHDRAWN).write_text("".join(f"{line}\n" for line in reversed(old)), encoding="utf-8")
    assert {stone.ids for stone in Tombstones(apart).stones} == {("one", "copy")}
    restored(apart, "new")
    assert [json.loads(line)["act"] for line in (apart / WITHDRAWN).read_text().splitlines()] == ["withdraw", "also"]
    run(apart)
    assert held(apart) == {"two", "three"}


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("backups", [("old", "new"), ("new", "old")])
def test_what_was_brought_back_comes_back_unless_it_was_withdrawn_again(
        index: Path, backups: tuple[str, str], again: bool) -> None:
    """The newer backup holds the undo, and perhaps another withdrawal; the older one is in force still."""
    withdraw(index, "one", "lý do")
    back_up(index, index.parent / "old")
    quocphong("withdraw", "one", "--undo", "--index", index)
    run(index)
    if again:
        withdraw(index, "one", "lý do khác")
    back_up(index, index.parent / "new")
    shutil.rmtree(index)
    restored(index, *backups)
    run(index)
    assert held(index) == ({"two", "three"} if again else {"one", "two", "three"})


def test_an_undo_after_restoring_does_not_reach_a_withdrawal_that_only_a_newer_backup_holds(index: Path) -> None:
    withdraw(index, "one", "lý do")
    back_up(index, index.parent / "old")
    bring_back(index, "one")
    run(index)
    withdraw(index, "one", "lý do khác")
    back_up(index, index.parent / "new")
    shutil.rmtree(index)
    restored(index, "old")
    bring_back(index, "one")
    run(index)
    assert held(index) == {"one", "two", "three"}
    restored(index, "new")
    run(index)
    assert held(index) == {"two", "three"}


@pytest.mark.parametrize("which", ["index", "backup"])
def test_a_list_that_cannot_be_read_stops_a_restore_and_nothing_is_switched(index: Path, which: str) -> None:
    withdraw(index, "one", "lý do")
    back_up(index, index.parent / "backup")
    (index.parent / which / WITHDRAWN).write_text('{"act": "also"}\n', encoding="utf-8")
    with pytest.raises(IndexDamaged):
        restore(index, index.parent / "backup")
    assert [folder.name for folder in generations.generations(index)] == ["gen-000001"]


# -- files -----------------------------------------------------------------------------------------


def test_a_folder_that_is_there_is_not_written_over(index: Path, backup: Path) -> None:
    before = {path: path.read_bytes() for path in backup.rglob("*") if path.is_file()}
    with pytest.raises(UsageError, match="not written over"):
        back_up(index, backup)
    assert {path: path.read_bytes() for path in backup.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("pattern", ["generation/*.arr", "generation/*_1.toc", "generation/manifest.sqlite",
                                     "generation/stamp.json", LIST])
@pytest.mark.parametrize("lost", [False, True])
def test_a_backup_that_was_altered_is_refused_and_nothing_is_switched(
        index: Path, backup: Path, pattern: str, lost: bool) -> None:
    [file] = backup.glob(pattern)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 255
    file.unlink()
    if not lost:
        file.write_bytes(data)
    with pytest.raises((IndexDamaged, UsageError), match="backup"):
        restore(index, backup)
    assert held(index) == {"one", "two", "three"} and len(generations.generations(index)) == 1


@pytest.mark.parametrize("name", ["kho?1", "kho#1", "kho%201", "kho 1", "kho&mode=memory", "file:kho"])
def test_no_character_of_a_path_leads_to_another_manifest(index: Path, name: str) -> None:
    (there := index.parent / name).mkdir()
    shutil.copytree(index, there / "index")
    back_up(there / "index", there / "backup")
    shutil.rmtree(there / "index")
    restore(there / "index", there / "backup")
    report = build(there / "index", workers=1)
    assert (report.unchanged, report.new) == (3, 0), "the manifest came along"
    assert {path.name for path in there.iterdir()} == {"backup", "index"}


def test_a_copy_that_reads_otherwise_than_what_was_copied_is_no_backup(
        index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def bad_disk(source: Path, to: Path) -> None:
        data = Path(source).read_bytes()
        Path(to).write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if Path(source).suffix == ".arr" else data)

    monkeypatch.setattr(shutil, "copyfile", bad_disk)
    with pytest.raises(IndexDamaged, match="No backup was made"):
        back_up(index, index.parent / "backup")
    assert sorted(path.name for path in index.parent.iterdir()) == ["corpus", "index"]


# -- backups that somebody altered, sums and all ---------------------------------------------------


def linked(backup: Path, path: str) -> None:
    """The file or folder is elsewhere, and a link in its place."""
    (backup / path).rename(backup.parent / "elsewhere")
    (backup / path).symlink_to(backup.parent / "elsewhere")


def by_sql(backup: Path, *statements: str) -> None:
    with closing(sqlite3.connect(backup / "generation" / "manifest.sqlite")) as database, database:
        for statement in statements:
            database.execute(statement)


def listed_besides(backup: Path, path: str) -> None:
    (backup.parent / "secret").write_text("bí mật", encoding="utf-8")
    change_list(backup, lambda files: files | {path: sha256(backup / path)})


def change_list(backup: Path, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    held = json.loads((backup / LIST).read_text(encoding="utf-8"))
    held["files"] = change(held["files"])
    (backup / LIST).write_text(json.dumps(held), encoding="utf-8")


ALTERED: dict[str, Callable[[Path], None]] = {
    "a segment is a link": lambda b: linked(b, f"generation/{next((b / 'generation').glob('*.arr')).name}"),
    "the manifest is a link": lambda b: linked(b, "generation/manifest.sqlite"),
    "the folder is a link": lambda b: linked(b, "generation"),
    "the list of files is a link": lambda b: linked(b, LIST),
    "the list of withdrawals is a link": lambda b: linked(b, WITHDRAWN),
    "a file from elsewhere": lambda b: listed_besides(b, "generation/../../secret"),
    "a file from elsewhere, by its whole path": lambda b: listed_besides(b, str(b.parent / "secret")),
    "a file from beside": lambda b: listed_besides(b, "../secret"),
    "a row that is gone": lambda b: by_sql(b, "DELETE FROM claims WHERE id = 'one'"),
    "a row that was altered": lambda b: by_sql(b, "UPDATE roots SET path = '/'"),
    "a trigger": lambda b: by_sql(b, "CREATE TRIGGER t AFTER INSERT ON roots BEGIN DELETE FROM held; END"),
    "a view": lambda b: by_sql(b, "CREATE VIEW v AS SELECT * FROM roots"),
    "a view for a table": lambda b: by_sql(b, "ALTER TABLE marks RENAME TO m", "CREATE VIEW marks AS SELECT * FROM m"),
    "a table more": lambda b: by_sql(b, "CREATE TABLE sqlitex (a TEXT)"),
    "no database": lambda b: (b / "generation" / "manifest.sqlite").write_text("no database", encoding="utf-8"),
    "no manifest": lambda b: change_list(b, lambda files: {path: digest for path, digest in files.items()
                                                           if "manifest" not in path}),
}


@pytest.mark.parametrize("how", ALTERED)
def test_a_backup_that_somebody_altered_is_refused_though_the_sums_are_right(index: Path, how: str) -> None:
    withdraw(index, "two", "lý do")
    backup = index.parent / "backup"
    back_up(index, backup)
    ALTERED[how](backup)
    change_list(backup, lambda files: {path: sha256(backup / path) for path in files})
    before = seen(index)
    with pytest.raises(IndexDamaged, match="is not as it was made"):
        restore(index, backup)
    assert seen(index) == before


def seen(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_no_backup_is_made_of_a_damaged_index(index: Path) -> None:
    [segment] = generations.current(index).glob("*.arr")
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 255
    segment.write_bytes(data)
    with pytest.raises(IndexDamaged, match="No backup was made"):
        back_up(index, index.parent / "backup")
    assert sorted(path.name for path in index.parent.iterdir()) == ["corpus", "index"]


def test_a_backup_by_other_code_is_refused_with_the_remedy(index: Path, backup: Path) -> None:
    listed = json.loads((backup / LIST).read_text(encoding="utf-8"))
    (backup / "generation" / "stamp.json").write_text("{}", encoding="utf-8")
    del listed["files"]["generation/stamp.json"]
    (backup / LIST).write_text(json.dumps(listed), encoding="utf-8")
    with pytest.raises(IndexOutdated, match="quocphong index --rebuild"):
        restore(index, backup)


def test_neither_starts_while_a_run_is_writing(index: Path, backup: Path) -> None:
    with hold(index):
        for attempt in (lambda: back_up(index, index.parent / "other"), lambda: restore(index, backup)):
            with pytest.raises(IndexLocked):
                attempt()
    assert not (index.parent / "other").exists()


def test_without_an_index_there_is_nothing_to_back_up_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        back_up(tmp_path / "none", tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []


def test_the_commands_say_what_to_do_next(index: Path) -> None:
    there = index.parent / "b"
    assert "quocphong restore" in quocphong("backup", there, "--index", index).stdout
    assert from_json("restore", there, "--index", index) == {"generation": "gen-000002", "given_up": "gen-000001"}
    assert "quocphong index" in quocphong("restore", there, "--index", index).stdout
    assert "not written over" in quocphong("backup", there, "--index", index, code=2).stderr
    assert "no backup" in quocphong("restore", index, "--index", index, code=2).stderr
