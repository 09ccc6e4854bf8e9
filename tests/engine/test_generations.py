"""Whole indexes are switched at once, and the one before can be gone back to."""

from __future__ import annotations

import shutil

import pytest

from indexer.model.errors import IndexDamaged, IndexMissing
from indexer.storage import generations


def published(index, times):
    for _ in range(times):
        generations.publish(index, generations.begin(index))


def test_no_generation_is_an_index_missing(tmp_path):
    with pytest.raises(IndexMissing):
        generations.current(tmp_path)


def test_a_generation_begun_is_not_in_use_before_it_is_published(tmp_path):
    published(tmp_path, 1)
    new = generations.begin(tmp_path)
    assert generations.current(tmp_path).name == "gen-000001"
    generations.publish(tmp_path, new)
    assert generations.current(tmp_path) == new


def test_the_generation_before_is_kept_and_older_ones_go(tmp_path):
    published(tmp_path, 4)
    assert [folder.name for folder in generations.generations(tmp_path)] == ["gen-000003", "gen-000004"]
    assert generations.previous(tmp_path).name == "gen-000003"


def test_the_first_generation_has_none_before_it(tmp_path):
    published(tmp_path, 1)
    assert generations.previous(tmp_path) is None


def test_going_back(tmp_path):
    published(tmp_path, 2)
    generations.publish(tmp_path, generations.previous(tmp_path))
    assert generations.current(tmp_path).name == "gen-000001"


def test_a_build_that_never_finished_is_cleared_away(tmp_path):
    published(tmp_path, 1)
    (generations.begin(tmp_path) / "half").write_text("…")
    assert list(generations.begin(tmp_path).iterdir()) == []


def test_who_is_killed_while_removing_a_generation_leaves_no_half_of_one(tmp_path, monkeypatch):
    published(tmp_path, 2)
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        published(tmp_path, 1)
    assert [folder.name for folder in generations.generations(tmp_path)] == ["gen-000002", "gen-000003"]
    monkeypatch.undo()
    generations.begin(tmp_path)
    assert not list(tmp_path.glob(".gone*"))


@pytest.mark.parametrize("named", ["gen-000009", "../elsewhere", ""])
def test_a_generation_that_is_not_there_is_damage(tmp_path, named):
    (tmp_path / "CURRENT").write_text(named)
    with pytest.raises(IndexDamaged, match="quocphong index --rebuild"):
        generations.current(tmp_path)
