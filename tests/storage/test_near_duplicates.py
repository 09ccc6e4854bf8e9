"""DuplicateGroups: copies are found however they came in, and articles that only share a subject are not."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.ingest.run import build
from indexer.ingest.target import Target
from indexer.storage.index_folder import current_folder
from indexer.storage.minhash import share, shingles, signature
from indexer.storage.near_duplicates import FILE, DuplicateGroups, MinhashTable
from tests.profiles import examples

SYLLABLES = ["tỉnh", "huyện", "xã", "quân", "dân", "tự", "vệ", "tuyển", "giao", "nhập", "ngũ", "diễn", "tập", "khu",
             "vực", "phòng", "thủ", "hội", "nghị", "tổng", "kết", "năm"]


def prose(seed: int, length: int = 120) -> str:
    return " ".join(Random(seed).choices(SYLLABLES, k=length))


def edited(text: str, *places: int) -> str:
    words = text.split()
    for place in places:
        words[place] = "khác"
    return " ".join(words)


ORIGINAL = prose(1)
COPIES = {
    "exact": ORIGINAL,
    "without accents or capitals": "TINH " + ORIGINAL.replace("ỉ", "i").replace("đ", "d").upper(),
    "other punctuation": ORIGINAL.replace(" ", ", ", 20),
    "three words changed": edited(ORIGINAL, 10, 60, 110),
    "a paragraph added": f"{ORIGINAL}\n{prose(9, 40)}",
}
OTHERS = {"another text": prose(2), "a third of it quoted": f"{' '.join(ORIGINAL.split()[:40])} {prose(3, 80)}"}


def ledger(texts: dict[str, str], before: MinhashTable | None = None, changed: set[str] | None = None) -> MinhashTable:
    fresh = {id: signature(text) for id, text in texts.items() if changed is None or id in changed}
    return (before or MinhashTable.empty()).updated(fresh, texts, texts.__getitem__, 1)


def stories(texts: dict[str, str]) -> DuplicateGroups:
    return DuplicateGroups(ledger(texts).groups())


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_tells_the_same_story(how: str) -> None:
    assert stories({"a": ORIGINAL, "b": COPIES[how]}).story_of("b") == "a"


@pytest.mark.parametrize("how", OTHERS)
def test_an_article_of_its_own_is_a_story_of_its_own(how: str) -> None:
    assert stories({"a": ORIGINAL, "b": OTHERS[how]}).story_of("b") == "b"


def test_a_story_bears_the_smallest_id_and_counts_once() -> None:
    found = stories({"c": ORIGINAL, "b": COPIES["exact"], "a": OTHERS["another text"]})
    assert [found.story_of(id) for id in "abc"] == ["a", "b", "b"]
    assert found.members("b") == ("b", "c") and found.members("a") == ("a",)
    assert found.count_stories("abc") == 2 and list(found) == [("b", "c")]


@settings(max_examples=examples(0.6))
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 40)), min_size=1, max_size=30), st.integers(1, 6))
def test_increments_give_what_a_rebuild_gives(steps: list[tuple[int, int]], size: int) -> None:
    """Whatever comes, changes and goes: edits make chains (a-b and b-c alike, a-c not), which deletions cut."""
    held: dict[str, str] = {}
    kept = MinhashTable.empty()
    for at in range(0, len(steps), size):
        changed = set()
        for number, edit in steps[at : at + size]:
            id = f"id{number:02}"
            if edit == 0:
                held.pop(id, None)
            else:
                held[id] = edited(ORIGINAL, *range(edit, 120, 41 - edit // 2))
                changed.add(id)
        kept = ledger(held, kept, changed & held.keys())
    assert sorted(kept.groups()) == sorted(ledger(held).groups())


def test_a_deleted_link_of_a_chain_parts_it() -> None:
    parts = [prose(seed, 40) for seed in range(20, 27)]
    chain = {id: " ".join(parts[at : at + 5]) for at, id in enumerate("abc")}
    assert stories(chain).count_stories(chain) == 1
    rest = {id: text for id, text in chain.items() if id != "b"}
    assert DuplicateGroups(ledger(rest, ledger(chain), set()).groups()).count_stories(rest) == 2


@given(st.integers(0, 1000), st.integers(0, 60))
def test_a_signature_guesses_the_share_of_shingles(seed: int, edits: int) -> None:
    one = prose(seed, 300)
    other = edited(one, *range(0, edits * 5, 5))
    guess = float(np.mean(signature(one) == signature(other)))
    assert abs(guess - share(shingles(one), shingles(other))) < 0.3  # six standard deviations


@given(st.text())
def test_any_text_has_shingles(text: str) -> None:
    assert len(signature(text)) == 96
    assert share(shingles(text), shingles(text)) == (1 if len(shingles(text)) else 0)


def write(folder: Path, texts: dict[str, str]) -> None:
    rows = ({"id": id, "title": f"Tin {id}", "text": text} for id, text in texts.items())
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "a.jsonl").write_text(lines, encoding="utf-8")


def test_a_build_keeps_stories_in_step(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    texts = {"a": OTHERS["another text"], "b": ORIGINAL}
    for more in ({}, {"c": COPIES["a paragraph added"]}, {"a": COPIES["exact"]}, {"b": OTHERS["another text"]}):
        texts |= more
        write(tmp_path / "in", texts)
        build(tmp_path / "index", [str(tmp_path / "in")], workers=1)
        folder = current_folder(tmp_path / "index")
        assert list(DuplicateGroups.open(folder)) == list(stories(texts))
        with Target(tmp_path / "index", rebuild=False) as target:
            assert DuplicateGroups.open(folder).generation == target.generation


@pytest.mark.parametrize("harm", ["lost", "cut", "behind"])
def test_a_lost_damaged_or_late_file_of_stories_is_made_anew(tmp_path: Path, harm: str) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in", {"a": ORIGINAL, "b": COPIES["exact"]})
    build(tmp_path / "index", [str(tmp_path / "in")], workers=1)
    file = current_folder(tmp_path / "index") / FILE
    if harm == "behind":
        MinhashTable.empty().save(file.parent)
    else:
        file.write_bytes(file.read_bytes()[:200]) if harm == "cut" else file.unlink()
    assert DuplicateGroups.open(file.parent).story_of("b") == "b"
    build(tmp_path / "index", workers=1)
    assert DuplicateGroups.open(file.parent).story_of("b") == "a"


def test_the_sample_has_few_stories_told_twice(sample_index: Path) -> None:
    """Two of its articles are printed again on purpose; reports of one form about other places are no copies."""
    again = {"mau-an-giang-2025": "mau-an-giang-2025-ban-sao", "mau-cao-bang-2026": "mau-cao-bang-2026-dang-lai"}
    assert sorted(DuplicateGroups.open(current_folder(sample_index))) == sorted(again.items())
