"""Real saved pages, read against labels made by hand. The pages and labels are not part of the project."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from indexer.model import Article, Problem
from indexer.sources import find, read

PAGES = Path(os.environ.get("QUOCPHONG_DATA", "")) / "html_dev"
LABELS = Path(os.environ.get("QUOCPHONG_HTML_LABELS", ""))
AVAILABLE = bool(os.environ.get("QUOCPHONG_DATA")) and PAGES.is_dir() and LABELS.is_file()

pytestmark = pytest.mark.skipif(
    not AVAILABLE, reason="set QUOCPHONG_DATA to the folder of real pages and QUOCPHONG_HTML_LABELS to their labels"
)
LABELLED: list[dict[str, Any]] = [json.loads(line) for line in LABELS.open(encoding="utf-8")] if AVAILABLE else []
LISTS = sorted(PAGES.glob("*list.html")) + sorted(PAGES.glob("*home.html")) if AVAILABLE else []


def only(path: Path) -> Article | Problem:
    (item,) = (item for file in find([path]).files for item in read(file))
    return item


@pytest.mark.parametrize("label", LABELLED, ids=lambda label: label["file"])
def test_an_article_page_gives_what_a_reader_sees(label: dict[str, Any]) -> None:
    article = only(PAGES / label["file"])
    assert isinstance(article, Article), article
    assert article.title == label["title"]
    assert (article.stamps[0].date if article.stamps else None) in label["dates"]
    assert label["first"] in article.text
    assert label["last"] in article.text
    assert [string for string in label["absent"] if string in article.text] == []
    assert article.author in label["authors"]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_a_list_page_is_not_an_article(path: Path) -> None:
    problem = only(path)
    assert isinstance(problem, Problem)
    assert "not an article" in problem.why
