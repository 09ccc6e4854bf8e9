"""The articles the engines are compared on: the same terms and the same facet keys for every engine, written once.

Every article is one zone (a title weighs no more than the text), so that plain BM25 means the same everywhere. Its
keys are those the product reads from it; where it has no province, year or official, one drawn by chance with a
fixed seed stands in, and no article keeps more than eight officials.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from indexer.engine.whoosh import create, invert, open_engine, open_writer
from indexer.ingest.workers import Workers, chunks
from indexer.model import Entry
from indexer.storage.index_folder import current_folder
from indexer.text.analyze import analyze
from tests.bench.rivals import FACETS, RIVALS

BATCH = 250
UNKNOWN = "?"
PROVINCES, FIRST_YEAR, YEARS, PEOPLE, MOST_PEOPLE = 63, 2014, 12, 30_000, 8


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the other engines are given it: terms by field, joined by spaces, and keys by facet."""

    fields: dict[str, str]
    keys: dict[str, tuple[str, ...]]


def write(site: Path, folder: Path, count: int | None = None) -> None:
    """The index of each engine that is installed, in `folder`, from the articles of the product's index `site`."""
    folder.mkdir(parents=True)
    create(folder / "ours")
    others = {name: rival.writer(folder / name) for name, rival in RIVALS.items() if rival.installed()}
    stood_in: Counter[str] = Counter()
    with open_writer(folder / "ours") as ours, Workers(2) as pool:
        source = keyed(site, count, stood_in)
        for block, documents in pool.each(prepared, chunks(source, BATCH)):
            ours.add(block)
            for document in documents:
                for add, _ in others.values():
                    add(document)
        ours.commit()
    for _, finish in others.values():
        finish()
    held = stood_in.pop("articles")
    shares = ", ".join(f"{name} {stood_in[name] / held:.0%}" for name, _ in FACETS)
    (folder / "shares.txt").write_text(f"{held:,} articles; drawn by chance where the article has none: {shares}\n")


def keyed(site: Path, count: int | None, stood_in: Counter[str]) -> Iterator[Entry]:
    engine, chance = open_engine(current_folder(site)), random.Random(0)
    for ids in chunks(islice(engine.ids(), count), BATCH):
        for entry in engine.entries(ids):
            keys = {}
            for facet, draw in DRAWN.items():
                held = tuple(key for key in entry.keys.get(facet, ()) if key != UNKNOWN)[:MOST_PEOPLE]
                stood_in[facet] += not held
                keys[facet] = held or draw(chance)
            stood_in["articles"] += 1
            yield replace(entry, keys=keys)


DRAWN = {
    "province": lambda chance: (f"tỉnh {int(chance.paretovariate(0.8)) % PROVINCES}",),
    "year": lambda chance: (str(FIRST_YEAR + chance.randrange(YEARS)),),
    "official": lambda chance: (f"người {int(chance.paretovariate(0.3)) % PEOPLE}",),
}


def prepared(entries: Sequence[Entry]) -> tuple[Any, list[Document]]:
    """A block for our engine, and the same articles for the others. Runs in worker processes."""
    analysed = [(e, analyze("", f"{e.article.title}\n{e.article.text}")) for e in entries]
    flat = [(entry, replace(terms, title=0, lead=0)) for entry, terms in analysed]
    documents = []
    for entry, terms in flat:
        halves = zip(terms.folded, terms.folded[1:], terms.paired, strict=False)
        fields = {
            "syllable": " ".join(terms.syllables),
            "folded": " ".join(terms.folded),
            "pair": " ".join(f"{left}_{right}" for left, right, pairs in halves if pairs),
            "word": " ".join(terms.words),
        }
        documents.append(Document(fields, dict(entry.keys)))
    return invert(flat), documents
