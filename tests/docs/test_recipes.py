"""The recipes of docs/export.md work: those for pandas run, those for R have their SQL run."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from indexer.model.settings import load
from indexer.operations.export import Wish, export

PAGE = (Path(__file__).parents[2] / "docs" / "export.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The blocks of code of a language, in order."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


SQL_OF_R = [sql for block in blocks("r") for sql in re.findall(r'dbGetQuery\(db, "(.*?)"\)', block, re.DOTALL)]


@pytest.fixture(scope="module")
def folder(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both files, under the names that the page gives them."""
    folder = tmp_path_factory.mktemp("recipes")
    for name in ("archive.sqlite", "archive.jsonl.gz"):
        export(load(given={"index": str(sample_index)}), folder / name, Wish())
    return folder


def test_the_recipes_for_pandas_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other in one session, as a reader runs them; each ends with what it promises (assert)."""
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    assert len(blocks("python")) >= 5
    for number, block in enumerate(blocks("python")):
        exec(compile(block, f"docs/export.md, recipe {number}", "exec"), names)
    names["db"].close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("sql", SQL_OF_R + blocks("sql"))
def test_the_sql_of_the_other_recipes_finds_rows(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / "archive.sqlite")) as database:
        assert database.execute(sql).fetchall()


def test_every_query_of_r_is_tried() -> None:
    assert len(SQL_OF_R) == sum(block.count("dbGetQuery") for block in blocks("r")) >= 3
