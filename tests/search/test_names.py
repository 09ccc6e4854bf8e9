"""Every official of an article is found: by full name however typed, and by given name with a post."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from indexer.model import Entry, Official
from indexer.search.service import search
from indexer.storage.index_folder import open_engine
from indexer.text import fold


@pytest.fixture(scope="module")
def named(sample_index: Path) -> list[tuple[Entry, Official]]:
    with closing(open_engine(sample_index)) as engine:
        entries = engine.entries(list(engine.ids()))
    return [(entry, official) for entry in entries for official in entry.entities.officials]


@pytest.mark.parametrize("spelling", [str.lower, str.upper, fold, lambda name: fold(name).lower()],
                         ids=["lower case", "capitals", "no accents", "lower case without accents"])
def test_a_full_name_finds_its_articles(sample_index: Path, named: list[tuple[Entry, Official]], spelling) -> None:
    assert len(named) >= 100
    with closing(open_engine(sample_index)) as engine:
        lost = [(spelling(official.name), entry.id) for entry, official in named
                if entry.id not in ids(engine, spelling(official.name))]
    assert not lost


def test_a_given_name_with_its_post_finds_its_articles(sample_index: Path, named: list[tuple[Entry, Official]]) -> None:
    with closing(open_engine(sample_index)) as engine:
        lost = [(asked, entry.id) for entry, official in named for post in official.posts[:1]
                if entry.id not in ids(engine, asked := f"{post} {official.name.split()[-1]}".lower())]
    assert not lost


def ids(engine, asked: str) -> set[str]:
    return {hit.entry.id for hit in search(engine, asked, limit=100, facets=()).hits}
