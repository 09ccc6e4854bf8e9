"""How well the search ranks, on collections kept outside the project.

    QUOCPHONG_DATA=DIR python -m tests.quality.relevance [vmds|titles|defense|questions …] [--limit N] [--keep DIR]
                                                         [--peers]

The collections are described in tests/quality/collections.py. Each is asked as typed, in lower case, decomposed (NFD),
with every second word stripped of its accents, and wholly without. Prints nDCG@10, MRR@10 and recall@100, and of long
queries what their totals hold; exits with 1 below a floor, or where a way of typing costs more than it may. With
--peers other engines answer the same queries in the same run, and a row behind one of them counts as below a floor.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from indexer.engine.invert import invert
from indexer.engine.port import Engine
from indexer.engine.whoosh import create, open_engine, open_writer
from indexer.model import Article, Entities, Entry
from indexer.search.service import run_queries
from indexer.text import analyze, shown
from tests.quality.collections import COLLECTIONS, FORMS, Collection, Row
from tests.quality.measures import Scores, scores
from tests.quality.peers import Peer, peers_for
from tests.quality.totals import totals

# nDCG@10 and MRR@10 that each row must reach: a little below what was measured when they were set.
FLOORS: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "vmds": {
        "as typed": (0.967, 0.978),
        "lower case": (0.965, 0.978),
        "NFD": (0.967, 0.978),
        "half stripped": (0.964, 0.978),
        "no accents": (0.960, 0.975),
    },
    "titles": {
        "as typed": (0.798, 0.757),
        "lower case": (0.789, 0.746),
        "NFD": (0.798, 0.757),
        "half stripped": (0.780, 0.737),
        "no accents": (0.779, 0.737),
    },
    "defense": {
        "as typed": (0.903, 0.878),
        "lower case": (0.901, 0.876),
        "NFD": (0.903, 0.878),
        "half stripped": (0.898, 0.873),
        "no accents": (0.893, 0.867),
    },
    "questions": dict.fromkeys(FORMS, (0.93, 0.90)),
}
# Of long queries: how much of what is relevant their sets hold, and which part of the archive the median set may be.
TOTALS = (0.98, 0.05)
# How much nDCG@10 a way of typing may cost against the query as typed.
LOSSES: Mapping[str, float] = {"lower case": 0.015, "NFD": 0.0, "half stripped": 0.025, "no accents": 0.02}


def main() -> int:
    options = argument_parser().parse_args()
    data = Path(os.environ.get("QUOCPHONG_DATA", ""))
    if not (data / "ir_vmds200").is_dir():
        print("skipped: QUOCPHONG_DATA names no folder with ir_vmds200, knownitem_baomoi.jsonl and defense_real.jsonl")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options.keep or temporary)
        below = [name for name in options.collections if not measure(COLLECTIONS[name](data), folder, options)]
    return 1 if below else 0


def argument_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collections", nargs="*", default=[*COLLECTIONS], metavar="COLLECTION")
    parser.add_argument("--limit", type=int, default=10_000, help="ask only so many queries, without floors")
    parser.add_argument("--keep", help="a folder to keep the indexes in, and to find them in the next time")
    parser.add_argument("--peers", action="store_true", help="ask other engines too (needs the extra bench)")
    return parser


def measure(collection: Collection, folder: Path, options: argparse.Namespace) -> bool:
    """Print a row a form; whether every floor is reached and no peer is ahead."""
    engine = open_engine(built(collection.rows(), folder / collection.name))
    peers = list(peers_for(collection)) if options.peers else []
    counted = totals(collection.judged, dict(islice(collection.queries.items(), options.limit)), engine)
    good = counted.recall >= TOTALS[0] and counted.part <= TOTALS[1]
    print(f"{collection.name:8} {counted}{'' if good else '  BELOW ITS FLOOR'}", flush=True)
    typed = 0.0
    for form, change in FORMS.items():
        queries = {key: change(text) for key, text in islice(collection.queries.items(), options.limit)}
        ours = scores(collection.judged, dict(run_queries(engine, queries.items(), 100)))
        typed = typed or ours.ndcg
        whole = len(queries) == len(collection.queries)
        good &= reached(collection.name, form, ours, typed - ours.ndcg) or not whole
        for peer in peers:
            good &= ahead(collection, form, ours, peer, queries)
    engine.close()
    return good


def reached(name: str, form: str, ours: Scores, loss: float) -> bool:
    """Print how we do; whether that reaches the floor, and loses no more than this way of typing may."""
    good = ours.ndcg >= FLOORS[name][form][0] and ours.mrr >= FLOORS[name][form][1] and loss <= LOSSES.get(form, 0.0)
    told = f"  loses {loss:.4f}" if form in LOSSES else ""
    print(f"{name:8} {form:14} {'this project':22} {ours}{told}{'' if good else '  BELOW ITS FLOOR'}", flush=True)
    return good


def ahead(collection: Collection, form: str, ours: Scores, peer: Peer, queries: Mapping[str, str]) -> bool:
    """Print how a peer does, and whether we are ahead of it."""
    theirs = scores(collection.judged, {key: peer.ask(text, 100) for key, text in queries.items()})
    good = ours.ndcg > theirs.ndcg and ours.recall >= theirs.recall
    by = f"{ours.ndcg - theirs.ndcg:+.4f}, recall {ours.recall - theirs.recall:+.4f}"
    verdict = f"{'ahead' if good else 'BEHIND'} by {by}"
    print(f"{collection.name:8} {form:14} {peer.name:22} {theirs}  we are {verdict}", flush=True)
    return good


def built(rows: Iterable[Row], folder: Path) -> Path:
    """The index of `rows`, found in `folder` or made there."""
    if folder.is_dir():
        return folder
    create(folder)
    writer = open_writer(folder)
    entered = (entry(*row) for row in rows)
    while block := list(islice(entered, 1000)):
        writer.add(invert((entry, analyze(entry.article.title, entry.article.text)) for entry in block))
    writer.commit()
    return folder


def entry(id: str, title: str, text: str) -> Entry:
    return Entry(Article(id=id, path=id, title=shown(title), body=shown(text)), Entities())


def opened(name: str, data: Path, folder: Path) -> tuple[Collection, Engine]:
    """A collection and its index, for trying things out."""
    collection = COLLECTIONS[name](data)
    return collection, open_engine(built(collection.rows(), folder / name))


if __name__ == "__main__":
    sys.exit(main())
