"""A run brings the index to what the corpus wants: nothing lost, nothing twice, nothing deleted by accident."""

from __future__ import annotations

import json
import os
import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from indexer.ingest.run import build
from indexer.model import Entry
from indexer.model.errors import ChecksFailed, IndexOutdated
from indexer.model.report import Report
from indexer.operations.withdraw import withdraw
from indexer.storage.index_folder import current_folder, open_engine
from indexer.storage.manifest import Manifest

TEXTS = [
    "Sáng 5/3/2023, Bộ Chỉ huy Quân sự tỉnh Gia Lai tổ chức lễ giao nhận quân.",
    "Ngày 12/4/2022, Ban Chỉ huy Quân sự huyện Lạc Dương huấn luyện dân quân năm thứ nhất.",
    "Chiều 20/12/2021, tỉnh Thanh Hóa tổng kết công tác quốc phòng địa phương.",
    "Đồn Biên phòng tuần tra song phương trên tuyến biên giới ngày 7/8/2020.",
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(folder / "a.jsonl", [record("one", 0), record("two", 1)])
    write(folder / "b.jsonl", [record("three", 2)])
    return folder


def record(id: str, text: int, **more: str) -> dict[str, str]:
    return {"id": id, "title": f"Bản tin {id}", "text": TEXTS[text]} | more


def write(path: Path, records: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    mark = path.stat().st_mtime_ns + random.randint(1, 10**9)  # a rewrite within the clock's grain still shows
    os.utime(path, ns=(mark, mark))


def run(corpus: Path, **options: object) -> Report:
    return build(corpus.parent / "index", [str(corpus)], workers=1, **options)  # type: ignore[arg-type]


def held(corpus: Path) -> dict[str, Entry]:
    with closing(open_engine(corpus.parent / "index")) as engine:
        ids = list(engine.ids())
        assert len(ids) == len(set(ids)) == engine.count()
        return {entry.id: entry for entry in engine.entries(ids)}


def test_a_first_run_takes_everything_in(corpus: Path) -> None:
    report = run(corpus)
    assert (report.new, report.changed, report.deleted, report.lines, report.articles) == (3, 0, 0, 3, 3)
    assert held(corpus).keys() == {"one", "two", "three"}


def test_a_second_run_over_the_same_corpus_changes_nothing(corpus: Path) -> None:
    first, second = run(corpus), run(corpus)
    assert (second.new, second.changed, second.deleted, second.unchanged) == (0, 0, 0, 3)
    assert second.generation == first.generation


def test_an_archive_that_begins_empty_is_run_over_again_and_again(tmp_path: Path) -> None:
    """A generation without articles has no commit, and its manifest still agrees with it."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write(corpus / "a.jsonl", [])
    numbers = [run(corpus).generation for _ in range(3)]
    assert len(set(numbers)) == 1 and held(corpus) == {}
    write(corpus / "b.jsonl", [record("one", 0)])
    assert (run(corpus).new, run(corpus).unchanged, set(held(corpus))) == (1, 1, {"one"})


def test_new_changed_and_deleted_articles_are_told_apart(corpus: Path) -> None:
    run(corpus)
    write(corpus / "a.jsonl", [record("one", 3), record("four", 1)])
    report = run(corpus)
    assert (report.new, report.changed, report.unchanged, report.deleted) == (1, 1, 1, 1)
    assert held(corpus)["one"].article.text == TEXTS[3]
    assert held(corpus).keys() == {"one", "three", "four"}


def test_a_touched_file_with_the_same_content_is_unchanged(corpus: Path) -> None:
    run(corpus)
    os.utime(corpus / "a.jsonl", (0, 0))
    assert run(corpus).unchanged == 3


def test_a_renamed_file_keeps_its_articles(corpus: Path) -> None:
    run(corpus)
    (corpus / "b.jsonl").rename(corpus / "c.jsonl")
    report = run(corpus)
    assert (report.new, report.deleted) == (0, 0)
    assert held(corpus)["three"].article.path == "c.jsonl"


def test_a_repeated_record_is_a_duplicate_and_a_rival_record_a_problem(corpus: Path) -> None:
    write(corpus / "z.jsonl", [record("one", 0), record("two", 3)])
    report = run(corpus)
    assert (report.indexed, report.duplicates, len(report.problems), report.lines) == (3, 1, 1, 5)
    assert "two" in report.problems[0].why and report.problems[0].line == 2
    assert held(corpus)["two"].article.text == TEXTS[1]


def test_a_rival_takes_over_when_the_holder_goes(corpus: Path) -> None:
    write(corpus / "z.jsonl", [record("two", 3)])
    run(corpus)
    write(corpus / "a.jsonl", [record("one", 0)])
    report = run(corpus)
    assert (report.problems, held(corpus)["two"].article.text) == ([], TEXTS[3])


def test_equal_texts_under_two_ids_are_both_kept_and_marked(corpus: Path) -> None:
    write(corpus / "z.jsonl", [record("copy", 0, title="Bản tin one")])
    assert run(corpus).repeats == 1
    assert held(corpus)["copy"].duplicate_of == "one"
    write(corpus / "a.jsonl", [record("two", 1)])
    run(corpus)
    assert held(corpus)["copy"].duplicate_of is None


def test_a_bad_line_is_reported_once_as_new_and_stops_nothing(corpus: Path) -> None:
    with (corpus / "b.jsonl").open("a", encoding="utf-8") as file:
        file.write("{not json\n")
    first, second = run(corpus), run(corpus)
    assert (first.indexed, len(first.problems), first.newly) == (3, 1, 1)
    assert (second.indexed, len(second.problems), second.newly) == (3, 1, 0)


@pytest.mark.parametrize("loss", ["removed", "emptied"])
def test_a_lost_root_deletes_nothing(corpus: Path, loss: str) -> None:
    run(corpus)
    for file in corpus.iterdir():
        file.unlink()
    if loss == "removed":
        corpus.rmdir()
    with pytest.raises(ChecksFailed, match="corpus"):
        run(corpus)
    assert len(held(corpus)) == 3


@pytest.mark.parametrize("rebuild", [False, True])
def test_many_deletions_need_consent(corpus: Path, rebuild: bool) -> None:
    many = [record(f"n{i}", i % 4, title=f"Tin số {i}") for i in range(60)]
    write(corpus / "many.jsonl", many)
    run(corpus)
    write(corpus / "many.jsonl", many[:30])
    with pytest.raises(ChecksFailed, match="30 of 63"):
        run(corpus, rebuild=rebuild)
    assert len(held(corpus)) == 63
    run(corpus, allow_mass_delete=True, rebuild=rebuild)
    assert len(held(corpus)) == 33


@pytest.mark.parametrize("withdrawn", [0, 25])
def test_a_rebuild_counts_what_was_withdrawn_or_lies_elsewhere_for_no_deletion(corpus: Path, withdrawn: int) -> None:
    (other := corpus.parent / "other").mkdir()
    write(other / "o.jsonl", [record(f"n{i}", i % 4, title=f"Tin số {i}") for i in range(40)])
    index = corpus.parent / "index"
    build(index, [str(corpus), str(other)], workers=1)
    for i in range(withdrawn):
        withdraw(index, f"n{i}", "lý do")
    build(index, [str(other)] if withdrawn else [str(corpus)], workers=1, rebuild=True)
    assert len(held(corpus)) == (15 if withdrawn else 3)


@pytest.mark.parametrize(("files", "loss"), [(3, "all"), (3, "root"), (60, "most"), (60, "root")])
@pytest.mark.parametrize("rebuild", [False, True])
def test_a_corpus_that_vanishes_while_it_is_read_costs_nothing(
        corpus: Path, files: int, loss: str, rebuild: bool) -> None:
    """A disk that goes, an unmounted share: of few files all must be gone to be told from deletions."""
    for i in range(files):
        write(corpus / f"n{i}.jsonl", [record(f"n{i}", i % 4, title=f"Tin số {i}")])
    run(corpus)
    for file in corpus.iterdir():
        os.utime(file, (1, 1))  # so that a run that is no rebuild reads them too

    def lose(read: int) -> None:
        if read == 1:
            corpus.rename(corpus.parent / "away")
            if loss != "root":
                corpus.mkdir()
            for file in sorted((corpus.parent / "away").iterdir())[:9] if loss == "most" else ():
                shutil.copy2(file, corpus)

    with pytest.raises(ChecksFailed, match="Nothing was changed"):
        run(corpus, rebuild=rebuild, progress=lose)
    assert len(held(corpus)) == 3 + files




def test_a_root_not_given_is_left_alone(corpus: Path) -> None:
    other = corpus.parent / "other"
    other.mkdir()
    write(other / "o.jsonl", [record("other", 3)])
    run(corpus)
    build(corpus.parent / "index", [str(other)], workers=1)
    assert held(corpus).keys() == {"one", "two", "three", "other"}
    (corpus / "b.jsonl").unlink()
    build(corpus.parent / "index", [str(other)], workers=1)
    assert "three" in held(corpus)
    build(corpus.parent / "index", workers=1)  # no path: every root it remembers
    assert held(corpus).keys() == {"one", "two", "other"}


def test_a_run_cut_off_between_index_and_manifest_heals(corpus: Path) -> None:
    run(corpus)
    index = corpus.parent / "index"
    stale = (current_folder(index) / "manifest.sqlite").read_bytes()
    write(corpus / "a.jsonl", [record("one", 3), record("four", 1)])
    run(corpus)
    (current_folder(index) / "manifest.sqlite").write_bytes(stale)  # as if the run had ended before writing it
    report = run(corpus)
    assert (report.new, report.changed, report.deleted, report.indexed) == (0, 0, 0, 3)
    assert Manifest(current_folder(index)).load().held.keys() == held(corpus).keys() == {"one", "three", "four"}


def test_a_rebuild_gives_what_the_increments_gave(corpus: Path) -> None:
    run(corpus)
    write(corpus / "a.jsonl", [record("one", 3), record("copy", 2, title="Bản tin three")])
    run(corpus)
    write(corpus / "0.jsonl", [record("three", 2)])
    run(corpus)
    increments = held(corpus)
    report = run(corpus, rebuild=True)
    assert report.rebuilt and held(corpus) == increments


def test_a_failed_rebuild_leaves_the_live_index(corpus: Path) -> None:
    run(corpus)
    with pytest.raises(ChecksFailed):
        build(corpus.parent / "index", [str(corpus), str(corpus / "nowhere")], workers=1, rebuild=True)
    assert len(held(corpus)) == 3


def test_an_index_by_other_code_is_refused_with_the_command_that_mends_it(corpus: Path) -> None:
    run(corpus)
    stamp = next(current_folder(corpus.parent / "index").glob("stamp*"))
    stamp.write_text(stamp.read_text(encoding="utf-8").replace('"text": 1', '"text": 0'), encoding="utf-8")
    with pytest.raises(IndexOutdated, match="quocphong index --rebuild"):
        run(corpus)
    with pytest.raises(IndexOutdated):
        open_engine(corpus.parent / "index")
    assert run(corpus, rebuild=True).articles == 3


def test_worker_processes_give_the_same_index_as_one_process(corpus: Path) -> None:
    write(corpus / "many.jsonl", [record(f"n{i}", i % 4, title=f"Tin số {i}") for i in range(450)])
    run(corpus)
    alone = held(corpus)
    build(corpus.parent / "index", [str(corpus)], workers=2, rebuild=True)
    assert held(corpus) == alone
