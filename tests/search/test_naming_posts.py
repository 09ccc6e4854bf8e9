"""A query that names a post: each hit shows the sentence that names the holder, if its article has one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.search.service import search
from indexer.storage.index_folder import ServedEngine, open_engine
from tests.archives import index_of

OPENING = "Chỉ huy trưởng là chức vụ quan trọng; Bộ CHQS tỉnh coi trọng việc chọn chỉ huy trưởng Bộ CHQS tỉnh. "
BETWEEN = "Đơn vị tổ chức trồng cây, làm đường và thăm hỏi bà con trong xã vào dịp cuối năm. " * 6
NAMED = "Đại tá Hồ Minh Khải, Chỉ huy trưởng Bộ CHQS tỉnh Gia Lai, dự buổi lễ."
ELSEWHERE = "Đại tá Lương Bá Tòng, Chỉ huy trưởng Bộ CHQS tỉnh Kon Tum, cùng dự."
TEXTS = {
    "named": OPENING + BETWEEN + NAMED,
    "two": OPENING + BETWEEN + ELSEWHERE + " " + BETWEEN + NAMED,
    "nobody": OPENING + BETWEEN,
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedEngine]:
    rows = ({"id": id, "title": "Tin", "text": text, "date": "2023-05-10"} for id, text in TEXTS.items())
    folder: Path = tmp_path_factory.mktemp("posts")
    engine = open_engine(index_of(folder, rows))
    yield engine
    engine.close()


def snippets(engine: ServedEngine, query: str, brief: bool = True) -> dict[str, tuple[str, list[str]]]:
    """id -> (snippet, marked parts) of the hits."""
    hits = search(engine, query, limit=10, brief=brief).hits
    return {hit.entry.id: (hit.snippet, [hit.snippet[a:b] for a, b in hit.marks]) for hit in hits}


@pytest.mark.parametrize("brief", [True, False])
def test_the_snippet_is_the_sentence_that_names_the_holder(engine: ServedEngine, brief: bool) -> None:
    text, marks = snippets(engine, "chỉ huy trưởng Bộ CHQS tỉnh", brief)["named"]
    assert text == NAMED
    assert "Chỉ huy trưởng Bộ CHQS tỉnh" in marks


def test_an_article_that_names_no_holder_keeps_the_best_window(engine: ServedEngine) -> None:
    text, marks = snippets(engine, "chỉ huy trưởng Bộ CHQS tỉnh")["nobody"]
    assert text.startswith(OPENING[:40]) and marks


@pytest.mark.parametrize(("place", "sentence"), [("Gia Lai", NAMED), ("Kon Tum", ELSEWHERE)])
def test_of_several_holders_the_one_in_the_province_asked_for_is_shown(
    engine: ServedEngine, place: str, sentence: str
) -> None:
    assert snippets(engine, f"chỉ huy trưởng Bộ CHQS tỉnh {place}")["two"][0] == sentence


def test_a_query_without_a_post_keeps_its_snippets(engine: ServedEngine) -> None:
    assert "trồng cây" in snippets(engine, "trồng cây")["named"][0]
