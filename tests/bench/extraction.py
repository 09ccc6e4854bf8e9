"""What reading one article costs, step by step: extraction beside segmentation, for articles of 3.3 kB.

Processor time. Every step is taken over all articles in turn, batch by batch with the others, so that a busy machine
slows all alike; pyvi reads the same batches. The first batch, which fills the tables, is not counted.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from indexer import entities, sources, text
from indexer.engine.invert import invert
from indexer.engine.stored_entries import pack
from indexer.entities.extraction import STEPS, Extraction
from indexer.ingest import analysis
from indexer.ingest.workers import chunks
from indexer.model import Article, Entry
from indexer.storage.minhash import signature
from tests.bench.figures import table

SHORTEST, LONGEST = 2_800, 3_800  # bytes of title and text
ARTICLES, BATCH = 1_000, 100


def report(work: Path) -> Iterator[str]:
    """General news, then local defence news, where there is more to extract."""
    yield of_sample("general news", work / "corpus")
    local = Path(os.environ["QUOCPHONG_DATA"]) / "defense_real.jsonl"
    yield of_sample("local defence news", local) if local.exists() else f"{local.name}: not there"


def of_sample(name: str, path: Path) -> str:
    articles = list(islice(fitting(path), ARTICLES + BATCH))
    costs: dict[str, float] = defaultdict(float)
    for number, batch in enumerate(chunks(articles, BATCH)):
        for step, seconds in measured(batch):
            costs[step] += seconds if number else 0.0
    count = len(articles) - BATCH
    size = sum(map(size_of, articles[BATCH:])) / count
    rows = [[step, f"{1000 * seconds / count:.2f}"] for step, seconds in costs.items()]
    return table([f"{name}, {count} articles of {size:,.0f} bytes", "ms of processor each"], rows)


def fitting(path: Path) -> Iterator[Article]:
    """Prepared articles of about 3.3 kB."""
    for file in sources.find([str(path)]).files:
        for found in sources.read(file):
            if isinstance(found, Article) and SHORTEST <= size_of(found) <= LONGEST:
                yield analysis.prepare(found)


def size_of(article: Article) -> int:
    return len(article.title.encode()) + len(article.text.encode())


def measured(batch: Sequence[Article]) -> Iterator[tuple[str, float]]:
    """(step, seconds) for the batch; the steps of extraction and then extraction as a whole."""
    cost, found = timed(entities.read_all, [[(article, None) for article in batch]])
    yield "**extraction**", cost
    found = found[0]
    yield from extraction(batch)
    words = [entities.entity_words(each) for each in found]
    keyed = list(zip(found, batch, strict=True))
    yield "facet keys", timed(lambda pair: entities.facet_keys(*pair), keyed)[0]
    zones = [(article.title, article.text, phrases) for article, phrases in zip(batch, words, strict=True)]
    cost, terms = timed(text.analyze_all, [zones])
    yield "**syllables and words (segmentation)**", cost
    yield "pyvi's words", pyvi(batch)
    entries = [Entry(article, each, entities.facet_keys(each, article)) for each, article in keyed]
    yield "inverting, entries included", timed(invert, [list(zip(entries, terms[0], strict=True))])[0]
    yield "of that entries", timed(pack, entries)[0]
    yield "signature", timed(signature, [article.text for article in batch])[0]


def extraction(batch: Sequence[Article]) -> Iterator[tuple[str, float]]:
    """The steps of `read_entities`, each over the whole batch."""
    read = [Extraction(article, None) for article in batch]
    for step in STEPS:
        yield step.__name__.replace("_", " "), timed(step, read)[0]


def pyvi(batch: Sequence[Article]) -> float:
    try:
        from pyvi.ViTokenizer import ViTokenizer
    except ImportError:
        return float("nan")
    return timed(ViTokenizer.tokenize, [f"{article.title}\n{article.text}" for article in batch])[0]


def timed(step: Callable[[Any], Any], items: Sequence[Any]) -> tuple[float, list[Any]]:
    """Seconds of processor time that `step` takes for all items, and what it gives."""
    began = time.process_time()
    results = [step(item) for item in items]
    return time.process_time() - began, results
