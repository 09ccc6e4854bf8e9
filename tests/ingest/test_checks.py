"""What the checks of an opened index promise to see; each is tried on an engine that breaks the promise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engine import whoosh
from indexer.engine.port import Engine
from indexer.ingest.checks import Check, deletions_hold, ended_by, made, refuse_unsound
from indexer.ingest.run import build
from indexer.model import Found, Phrase, Query, Scored
from indexer.model.errors import ChecksFailed, IndexDamaged
from indexer.operations.withdraw import withdraw
from indexer.storage.index_folder import ServedEngine, open_engine
from tests.archives import index_of
from tests.contract.articles import article

TEXTS = {"one": "Gia Lai giao quân đợt đầu.", "two": "Kon Tum giao quân đợt sau.", "four": "Tân binh lên đường.",
         "three": "Đợt huấn luyện quân dự bị."}
FAULTY = {"quân", "quan"}  # a word of the article withdrawn, and of those that are left


class Crashes(ServedEngine):
    """Like an engine whose postings and positions are not of one length once a word's last posting is deleted."""

    def find(self, query: Query) -> Found:
        if isinstance(query.match, Phrase) and FAULTY & {word.text for word in query.match.words}:
            raise ValueError("operands could not be broadcast together")
        return super().find(query)


class Loses(ServedEngine):
    """Finds no more phrases with such a word."""

    def find(self, query: Query) -> Found:
        is_lost = isinstance(query.match, Phrase) and FAULTY & {word.text for word in query.match.words}
        return Found(0, ()) if is_lost else super().find(query)


class Keeps(ServedEngine):
    """Finds what is deleted."""

    def find(self, query: Query) -> Found:
        found = super().find(query)
        return replace(found, total=found.total + 1, hits=(Scored("three", 1.0), *found.hits))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Four articles that share words, in one segment; the last is withdrawn."""
    index = index_of(tmp_path, [{"id": id, "title": f"Bản tin {id}", "text": text} for id, text in TEXTS.items()])
    withdraw(index, "three", "thử")
    return index


def broken(kind: type[ServedEngine], index: Path) -> Engine:
    with closing(open_engine(index)) as sound:
        assert isinstance(sound, ServedEngine)
        return kind.open(sound._folder)


def test_a_sound_index_passes_after_a_deletion(index: Path) -> None:
    with closing(open_engine(index)) as engine:
        check = deletions_hold(engine, 10)
    assert check.passed and "words of 1 deleted articles" in check.detail and not check.detail.startswith("0 ")


@pytest.mark.parametrize(("kind", "says"), [
    (Crashes, "ValueError"), (Loses, "do not find it"), (Keeps, "three is deleted, and its words find it"),
])
def test_a_deletion_that_disturbs_what_is_left_is_seen(index: Path, kind: type[ServedEngine], says: str) -> None:
    engine = broken(kind, index)
    [check] = made("deletions hold", lambda: [deletions_hold(engine, 10)])
    assert not check.passed and says in check.detail and "quocphong" in check.remedy


@pytest.mark.parametrize("kind", [Loses, Keeps])
def test_no_word_of_a_withdrawn_article_is_told(index: Path, kind: type[ServedEngine]) -> None:
    check = deletions_hold(broken(kind, index), 10)
    assert not any(word in check.detail for word in ("huấn luyện", "quân", "dự bị"))


def test_an_article_that_only_changed_may_be_found_by_words_that_it_kept(tmp_path: Path) -> None:
    whoosh.create(tmp_path)
    before, after = (article("one", "Gia Lai giao quân", text) for text in ("đợt đầu", "đợt sau"))
    others = [article(f"other {number}", "Kon Tum", "diễn tập") for number in range(4)]
    with whoosh.WhooshWriter(tmp_path, small=0) as writer:
        for articles in ([before, *others], [after]):
            writer.add(whoosh.invert(articles))
            writer.commit()
    with closing(whoosh.open_engine(tmp_path)) as engine:
        assert [entry.id for entry in engine.deleted(10)] == ["one"]
        assert deletions_hold(engine, 10).passed


def crash() -> Iterator[Check]:
    yield Check("first", True, "fine.")
    raise KeyError("x")


def damage() -> Iterator[Check]:
    raise IndexDamaged("A file is short. Run: quocphong index --rebuild")
    yield


def test_a_check_that_an_error_ends_has_failed_and_what_it_had_found_stays() -> None:
    first, second = made("one", crash)
    assert first.passed and (second.name, second.passed) == ("one", False)
    assert "KeyError in test_checks.py, line " in second.detail and "report this" in second.remedy
    [named] = made("two", damage)
    assert (named.detail, named.remedy) == ("A file is short.", "quocphong index --rebuild")
    assert ended_by(IndexDamaged("No remedy."), "three", "quocphong doctor").remedy == "quocphong doctor"


def test_a_check_that_crashes_keeps_a_new_index_from_being_switched_to(index: Path) -> None:
    build(index, rebuild=True, workers=1)
    engine = broken(Crashes, index)
    with pytest.raises(ChecksFailed, match="ValueError"):
        refuse_unsound(engine, ["one", "two", "four"])
