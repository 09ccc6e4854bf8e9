"""What is withdrawn stays out: of the index at once, and of every later run, rebuild, rollback and restore."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engine import whoosh
from indexer.engine.whoosh import WhooshEngine, WhooshWriter
from indexer.ingest.run import build
from indexer.model.errors import IndexDamaged, IndexLocked, IndexOutdated, UsageError
from indexer.model.report import Report
from indexer.operations.rollback import roll_back
from indexer.operations.withdraw import apply, bring_back, withdraw
from indexer.storage import generations
from indexer.storage.index_folder import open_engine, stored
from indexer.storage.lock import hold
from indexer.storage.manifest import Manifest, text_digest
from indexer.storage.near_duplicates import FILE as STORIES
from indexer.storage.near_duplicates import DuplicateGroups
from indexer.storage.tombstones import FILE, Tombstones

URL = "https://baogialai.example/giao-quan-1.html"
OTHERS = ["https://www.baogialai.example/giao-quan-1.html?utm_source=zalo", "http://baogialai.example/giao-quan-1.html#b"]


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
    stone = withdraw(index, name, "theo yêu cầu của tòa soạn", by="chủ trang").stone
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


# -- other dress -----------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", [URL.replace("https://", "http://m."), f"{URL}?page=1&fbclid=x", f"{URL}/amp/",
                                      URL.replace("://", "://www.").replace("a", "%61", 1) + ";jsessionid=1"])
def test_any_spelling_of_an_address_withdraws_the_article_and_keeps_it_out(index: Path, spelling: str) -> None:
    assert withdraw(index, spelling, "lý do").stone.ids == ("one",)
    write(index.parent / "corpus" / "b.jsonl", {"id": "again", "url": spelling, "text": "Lời khác."})
    run(index)
    run(index, rebuild=True)
    assert held(index) == {"two", "three"}


WORDS = "Hội thao “Hòa – Thủy”: bộ đội giao quân,\n\nđúng kế hoạch đã định."
DRESSES = {"line breaks": WORDS.replace("\n\n", " "), "case": WORDS.upper(), "quotes": WORDS.replace("“", '"'),
           "tone placement": WORDS.replace("Hòa", "Hoà").replace("Thủy", "Thuỷ"), "dashes": WORDS.replace("–", "-"),
           "marks apart": unicodedata.normalize("NFD", WORDS), "soft hyphens": WORDS.replace("đ", "\u00adđ"),
           "no width": WORDS.replace(" b", " \u200bb"), "wide": WORDS.replace(":", "："),
           "blanks": WORDS.replace(" ", "\u00a0 "),
           "another full stop": WORDS.removesuffix(".")}


@pytest.mark.parametrize("said", DRESSES.values(), ids=DRESSES)
def test_the_same_words_in_another_dress_stay_out(index: Path, said: str) -> None:
    write(index.parent / "corpus" / "b.jsonl", {"id": "four", "title": "Hội thao", "text": WORDS})
    run(index)
    withdraw(index, "four", "lý do")
    write(index.parent / "corpus" / "c.jsonl", {"id": "five", "title": "Hội thao", "text": said},
          {"id": "six", "title": "Hội thao", "text": f"Không phải thế. {said}"})
    run(index)
    assert held(index) == {"one", "two", "three", "six"}


def test_a_tombstone_of_an_older_version_covers_what_it_covered(index: Path) -> None:
    """It knows the digest of the text only."""
    listed = Tombstones(index)
    withdraw(index, "one", "lý do")
    [stone] = Tombstones(index).stones
    (index / FILE).unlink()
    exact = text_digest(SAME["title"], SAME["text"])
    assert exact in stone.texts and len(stone.texts) == 2
    listed.withdraw(replace(stone, texts=(exact,)))
    write(index.parent / "corpus" / "b.jsonl", {"id": "copy", "url": "https://khac.example/9.html", **SAME})
    run(index, rebuild=True)
    assert held(index) == {"two", "three"}


# -- copies ----------------------------------------------------------------------------------------

SAME = {"title": "Bản tin one", "text": "Gia Lai giao quân, tin one."}
STORY = " ".join(f"Sáng nay, xã thứ {n} của tỉnh Gia Lai giao quân, có {n} tân binh lên đường." for n in range(9))


@pytest.fixture
def copied(index: Path) -> Path:
    """The index with a copy of `one` under another id and address."""
    write(index.parent / "corpus" / "b.jsonl", {"id": "copy", "url": "https://khac.example/9.html", **SAME})
    run(index)
    return index


@pytest.mark.parametrize("name", ["one", "copy", URL, "https://khac.example/9.html"])
def test_a_copy_word_for_word_goes_too_whichever_is_named(copied: Path, name: str) -> None:
    assert withdraw(copied, name, "lý do").stone.ids == ("copy", "one")
    assert held(copied) == {"two", "three"}
    run(copied, rebuild=True)
    assert held(copied) == {"two", "three"}


def test_a_copy_that_comes_later_stays_out_of_a_run_and_of_a_rebuild(index: Path) -> None:
    withdraw(index, "one", "lý do")
    write(index.parent / "corpus" / "b.jsonl", {"id": "copy", "url": "https://khac.example/9.html", **SAME})
    assert run(index).withdrawn == 2 and held(index) == {"two", "three"}
    write(index.parent / "corpus" / "b.jsonl", {"id": "copy", **SAME, "text": "Cùng một bản ghi, sau này sửa."})
    run(index, rebuild=True)
    assert held(index) == {"two", "three"}


@pytest.mark.parametrize(("file", "left"), [("0", {"three"}), ("b", {"two", "three"})])
def test_a_copy_under_an_id_in_use_takes_the_id_with_it_only_where_it_comes_first(
        index: Path, file: str, left: set[str]) -> None:
    withdraw(index, "one", "lý do")
    write(index.parent / "corpus" / f"{file}.jsonl", {"id": "two", **SAME})
    run(index)
    after = held(index)
    run(index, rebuild=True)
    assert after == held(index) == left


def test_going_back_does_not_bring_a_copy_back_that_only_the_older_generation_holds(copied: Path) -> None:
    (copied.parent / "corpus" / "b.jsonl").unlink()
    run(copied, rebuild=True)
    withdraw(copied, "one", "lý do")
    assert roll_back(copied)[0].name == "gen-000001"
    assert held(copied) == {"two", "three"}


def test_a_restored_index_loses_the_copies_nobody_had_seen(copied: Path) -> None:
    shutil.copytree(copied, copied.parent / "backup")
    (copied.parent / "corpus" / "b.jsonl").unlink()
    run(copied)
    stone = withdraw(copied, "one", "lý do").stone
    shutil.copy(copied / FILE, copied.parent / "backup")
    assert stone.ids == ("one",) and apply(copied.parent / "backup") == 2
    assert held(copied.parent / "backup") == {"two", "three"}


def test_a_copy_that_an_earlier_generation_knows_goes_from_all_of_them(index: Path) -> None:
    """Record `two` once said what `one` says: going back would show it, so it is known by its id from then on."""
    for words in (SAME, {"text": "Lời khác."}):
        write(index.parent / "corpus" / "b.jsonl", {**words, "id": "two"})
        write(index.parent / "corpus" / "a.jsonl", {"id": "one", "url": URL}, {"id": "three"})
        run(index, rebuild=True)
    withdraw(index, "one", "lý do")
    assert held(index) == {"three"}
    roll_back(index)
    assert held(index) == {"three"}


def test_a_copy_that_only_a_generation_given_up_knows_goes_from_that_one(index: Path) -> None:
    """In the generation gone back to `two` says something else, and is shown."""
    write(index.parent / "corpus" / "a.jsonl", {"id": "one", "url": URL}, {"id": "two", **SAME}, {"id": "three"})
    run(index, rebuild=True)
    roll_back(index)
    withdraw(index, "one", "lý do")
    assert held(index) == {"two", "three"}
    assert {entry.id for entry in stored(whoosh.open_engine(index / "gen-000002"))} == {"three"}
    run(index)
    assert held(index) == {"three"}


@pytest.mark.parametrize("lost", ["*.toc", "*.arr", "manifest.sqlite", "stamp.json"])
def test_a_generation_that_is_not_whole_keeps_nothing_from_being_withdrawn(index: Path, lost: str) -> None:
    """A run that was killed while it removed the generation leaves such a one."""
    run(index, rebuild=True)
    for file in (index / "gen-000001").glob(lost):
        file.unlink()
    withdraw(index, "one", "lý do")
    assert held(index) == {"two", "three"}
    assert apply(index) == 0


def test_copies_stay_where_only_one_is_to_go_and_undo_brings_all_back(copied: Path) -> None:
    withdraw(copied, "one", "lý do", copies=False)
    assert held(copied) == {"two", "three", "copy"}
    bring_back(copied, "one")
    run(copied)
    withdraw(copied, "one", "lý do")
    bring_back(copied, "copy")
    run(copied)
    assert held(copied) == {"one", "two", "three", "copy"}


def test_an_id_that_another_record_holds_is_not_taken_for_the_copy(index: Path) -> None:
    """The second record of id `two` says what `one` says, but never came in: `two` is another article."""
    write(index.parent / "corpus" / "b.jsonl", {"id": "two", **SAME})
    run(index)
    assert withdraw(index, "one", "lý do").stone.ids == ("one",)
    assert held(index) == {"two", "three"}


def test_a_record_with_withdrawn_words_stays_out_when_it_comes_to_hold_its_id(index: Path) -> None:
    """Record `two` of file b says what `one` says, and file b is read no more when the first `two` goes."""
    write(index.parent / "corpus" / "b.jsonl", {"id": "two", **SAME})
    run(index)
    withdraw(index, "one", "lý do")
    write(index.parent / "corpus" / "a.jsonl", {"id": "one", "url": URL}, {"id": "three"})
    run(index)
    after = held(index)
    run(index, rebuild=True)
    assert after == held(index) == {"three"}


def test_what_is_withdrawn_twice_is_brought_back_at_once_and_nothing_else(index: Path) -> None:
    """`two` was withdrawn for itself and later learned with `one`, whose words it took: `one` stays out."""
    withdraw(index, "two", "lý do")
    withdraw(index, "one", "lý do")
    withdraw(index, "https://xa.example/1.html", "lý do")
    withdraw(index, "https://xa.example/1.html", "lý do khác")
    bring_back(index, "http://www.xa.example/1.html")
    bring_back(index, "two")
    assert [stone.ids for stone in Tombstones(index).stones] == [("one",)]
    run(index)
    assert held(index) == {"two", "three"}


def test_undoing_one_withdrawal_does_not_undo_another_that_learned_its_id(index: Path) -> None:
    withdraw(index, "one", "lý do", copies=False)
    listed = Tombstones(index)
    listed.withdraw(replace(listed.stones[0], ids=("một",), addresses=(), texts=("khác",)))
    listed.withdraw(replace(listed.stones[0], ids=("hai",), addresses=(), texts=("chữ",)))
    listed.learn("một", None, "chữ")
    assert [stone.ids for stone in listed.stones] == [("one",), ("một",), ("hai",)]
    listed.write_down()
    bring_back(index, "hai")
    assert [stone.ids for stone in Tombstones(index).stones] == [("one",), ("một",)]


@pytest.mark.parametrize("rebuild", [False, True])
def test_what_a_run_learned_of_withdrawn_articles_is_no_one_elses_before_it_succeeds(
        index: Path, rebuild: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Article `two` is changed into the words of `one`: as long as the index in use holds it as it was, it is shown."""
    withdraw(index, "one", "lý do")
    write(index.parent / "corpus" / "a.jsonl", {"id": "one", "url": URL}, {"id": "two", **SAME}, {"id": "three"})
    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(WhooshWriter, "commit", lambda self: sys.exit(1))
        run(index, rebuild=rebuild)
    assert held(index) == {"two", "three"}
    run(index, rebuild=rebuild)
    assert held(index) == {"three"} and Tombstones(index).ids == {"one", "two"}


def test_near_duplicates_stay_and_are_named(index: Path) -> None:
    write(index.parent / "corpus" / "b.jsonl", {"id": "story", "text": STORY},
          {"id": "nearly", "text": f"{STORY} Tin của cộng tác viên."})
    run(index)
    assert [entry.id for entry in withdraw(index, "story", "lý do").alike] == ["nearly"]
    assert held(index) == {"one", "two", "three", "nearly"}


def test_stories_do_not_count_what_was_withdrawn_a_moment_ago(index: Path) -> None:
    write(index.parent / "corpus" / "b.jsonl",
          *({"id": f"story {n}", "text": f"{STORY} Tin của cộng tác viên {n}."} for n in range(3)))
    run(index)
    folder = generations.current(index)
    before = (folder / STORIES).read_bytes()
    withdraw(index, "story 0", "lý do")
    assert list(DuplicateGroups.open(folder)) == [("story 1", "story 2")]
    with closing(open_engine(index)) as engine:
        assert DuplicateGroups.open(folder).generation == engine.generation
    (folder / STORIES).write_bytes(before)  # as between the commit and the ledger, or after a crash there
    assert list(DuplicateGroups.open(folder)) == [("story 1", "story 2")]
    withdraw(index, "story 1", "lý do")
    assert list(DuplicateGroups.open(folder)) == []


def test_a_withdrawal_reads_no_more_articles_when_there_are_more(tmp_path: Path) -> None:
    """By address: the manifest knows who has it."""
    read = []
    for many in (10, 60):
        corpus = tmp_path / f"{many}" / "corpus"
        corpus.mkdir(parents=True)
        write(corpus / "a.jsonl", *({"id": f"{n}", "url": f"https://bao.example/{n}.html"} for n in range(many)))
        run(corpus.parent / "index")
        read.append(entries_read(corpus.parent / "index"))
    assert read[0] == read[1] > 0


def entries_read(index: Path) -> int:
    asked: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        whole = WhooshEngine.entries
        patch.setattr(WhooshEngine, "entries", lambda self, ids: asked.extend(ids) or whole(self, ids))
        withdraw(index, "http://www.bao.example/7.html?utm_source=zalo", "lý do")
    return len(asked)


def test_an_address_is_found_also_where_a_run_was_cut_off_before_its_manifest(index: Path) -> None:
    with closing(Manifest(generations.current(index))) as manifest:
        manifest.clear()
    assert withdraw(index, URL, "lý do").stone.ids == ("one",)
    assert held(index) == {"two", "three"}
    run(index)
    assert held(index) == {"two", "three"}


def test_a_repeat_becomes_the_original_when_only_the_original_is_withdrawn(index: Path) -> None:
    write(index.parent / "corpus" / "b.jsonl",
          {"id": "copy", "title": "Bản tin one", "text": "Gia Lai giao quân, tin one."})
    run(index)
    withdraw(index, "one", "lý do", copies=False)
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
    (index / FILE).write_text('{"act": "withdraw"\n', encoding="utf-8")
    with pytest.raises(IndexDamaged, match="line 1"):
        Tombstones(index)
