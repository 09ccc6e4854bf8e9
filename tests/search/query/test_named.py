"""A name with a post or a place means an official, and the article that names the official comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.search.query.named import official_scoring
from indexer.search.service import search
from indexer.storage.index_folder import open_engine


@pytest.mark.parametrize(("asked", "first"), [
    ("chu tich ngoc tay ninh", "nguyễn thanh ngọc"),
    ("chủ tịch ngọc tây ninh", "nguyễn thanh ngọc"),
    ("le van dien", "lê văn diện"),
    ("đại tá Diện Thanh Hóa", "lê văn diện"),
    ("CHỦ TỊCH LÊ THÀNH ĐÔ", "lê thành đô"),
])
def test_the_article_that_names_the_official_comes_first(sample_index: Path, asked: str, first: str) -> None:
    [hit] = search(open_engine(sample_index), asked, limit=1).hits
    assert any(key.startswith(f"{first}@") for key in hit.entry.keys["official"])


@pytest.mark.parametrize("asked", ["ngọc", "quốc phòng", "diễn tập tây ninh", "lê văn điện", "mưa lũ ngọc tây ninh"])
def test_other_queries_mean_no_official(sample_index: Path, asked: str) -> None:
    assert official_scoring(asked, False, open_engine(sample_index)) == ()


@pytest.mark.parametrize("asked", ["quoc phong", "dien tap", "dien tap tay ninh", "chi huy truong", "bo doi bien phong",
                                   "quan su thanh hoa", "an ninh", "tuyen quan"])
def test_a_subject_without_accents_means_no_official(sample_index: Path, asked: str) -> None:
    assert official_scoring(asked, True, open_engine(sample_index)) == ()


def test_accents_typed_count(sample_index: Path) -> None:
    engine = open_engine(sample_index)
    assert official_scoring("le van dien", True, engine) and not official_scoring("lê văn diên", False, engine)
