"""Datasette opens an exported database as it is, with the metadata beside it: every page, the search, the facets."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from datasette.app import Datasette

from indexer.operations.export.metadata import QUERIES
from indexer.operations.export.tables import TABLES
from tests.loops import in_own_thread
from tests.operations.export.test_export import made

Get = Callable[[str], Awaitable[Any]]


@pytest.fixture(scope="module")
def folder(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(sample_index, tmp_path_factory.mktemp("datasette") / "archive.sqlite").parent


def answers(folder: Path, *paths: str) -> list[Any]:
    """What Datasette answers over the folder, in its directory mode: it finds database and metadata by itself."""
    async def ask() -> list[Any]:
        site = Datasette(config_dir=folder)
        await site.invoke_startup()
        return [await site.client.get(path) for path in paths]

    return in_own_thread(ask)


def test_every_table_and_every_row_page_opens_under_its_title(folder: Path) -> None:
    [home, *pages] = answers(folder, "/archive", *(f"/archive/{table.name}" for table in TABLES))
    assert home.status_code == 200
    for table, page in zip(TABLES, pages, strict=True):
        assert page.status_code == 200 and table.title in page.text and table.columns[0].described in page.text
        assert table.title and table.described
    assert answers(folder, "/archive/articles/1")[0].status_code == 200


@pytest.mark.parametrize("words", ["tuyển quân", "tuyen quan"])
def test_its_search_box_finds_words_with_and_without_accents(folder: Path, words: str) -> None:
    [found] = answers(folder, f"/archive/articles.json?_shape=objects&_search={quote(words)}")
    titles = [f"{row['title']} {row['excerpt']}".lower() for row in found.json()["rows"]]
    assert titles and any("tuyển quân" in title for title in titles)
    assert words == "tuyen quan" or all("tuyển" in title and "quân" in title for title in titles)


def test_it_counts_by_the_facets_and_shows_names_for_references(folder: Path) -> None:
    [articles, mentions] = answers(folder, "/archive/articles.json?_labels=on", "/archive/mentions.json?_labels=on")
    assert {facet["name"] for facet in articles.json()["facet_results"].values()} == {"year", "source", "basis"}
    row = mentions.json()["rows"][0]
    labels = {value["label"] for value in row if isinstance(value, dict)} if isinstance(row, list) else {
        value["label"] for value in row.values() if isinstance(value, dict)}
    assert len(labels) >= 2 and not any(isinstance(label, int) for label in labels)


def test_the_ready_made_queries_run(folder: Path) -> None:
    asked = {"who_held": f"?head={quote('Chỉ huy trưởng')}&province={quote('Thanh Hóa')}"}
    for name, found in zip(QUERIES, answers(folder, *(f"/archive/{n}.json{asked.get(n, '')}" for n in QUERIES)),
                           strict=True):
        assert found.status_code == 200 and found.json()["rows"], name


def test_the_metadata_names_every_column_and_none_besides(folder: Path) -> None:
    told = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["databases"]["archive"]
    assert told["license"] and told["source"] and told["title"] and told["description"]
    for table in TABLES:
        assert list(told["tables"][table.name]["columns"]) == [column.name for column in table.columns]
