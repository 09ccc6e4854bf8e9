"""Quality floors that anyone can check: the project's own sample with its labels, in seconds.

The outside collections (python -m tests.quality) measure more; these catch what breaks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer import sources
from indexer.engine.port import Engine
from indexer.engine.whoosh import open_engine
from indexer.ingest import analysis
from indexer.model import Article, Entities
from indexer.search.service import run_queries
from tests.quality.collections import FORMS
from tests.quality.entities import Gold, below, scored
from tests.quality.measures import scores
from tests.quality.relevance import built

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
LABELS = Path(__file__).parents[1] / "sample" / "labels.jsonl"

# A little below what was measured when they were set: 55 articles, so that one wrong answer costs about .02.
ENTITIES = {"province": 0.97, "year": 0.98, "officials": 0.98, "with post": 0.97}
TITLES = dict.fromkeys(FORMS, 0.85)  # MRR@10


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    read = (item for file in sources.find([SAMPLE]).files for item in sources.read(file))
    return {article.id: analysis.prepare(article) for article in read if isinstance(article, Article)}


@pytest.fixture(scope="module")
def bodies(articles: dict[str, Article], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The sample without its titles."""
    rows = ((article.id, "", article.text) for article in articles.values())
    engine = open_engine(built(rows, tmp_path_factory.mktemp("bodies") / "index"))
    yield engine
    engine.close()


def test_where_when_and_who_are_recognised(articles: dict[str, Article]) -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    known = {id: analysis.read(article) for id, article in articles.items()}
    score = scored([(as_gold(row), known.get(row["id"], Entities())) for row in rows])
    score.report("sample")
    assert below(score, ENTITIES) == [], score.misses


def as_gold(row: dict[str, Any]) -> Gold:
    """A label of the sample in the form of the outside ones."""
    year = int(row["published"][:4]) if row["published"] else None
    return {"id": row["id"], "province": row["provinces"], "published_year": year, "officials": row["officials"]}


@pytest.mark.parametrize("form", FORMS)
def test_titles_find_their_articles_by_the_body_alone(bodies: Engine, articles: dict[str, Article], form: str) -> None:
    change: Callable[[str], str] = FORMS[form]
    queries = {id: change(article.title) for id, article in articles.items()}
    reached = scores({id: {id: 1} for id in queries}, dict(run_queries(bodies, queries.items(), 10)))
    print(form, reached)
    assert reached.mrr >= TITLES[form]
