"""How fast is the default engine, and how large: six classes of queries, each with ten hits, total and three facets.

    python -m tests.bench.engine --data DIR --articles 100000 --index FOLDER

DIR holds *.jsonl or *.jsonl.xz files of articles; FOLDER keeps the index for the next run. Facet keys are drawn by
chance, with the shape of the real ones (63 provinces, 12 years, up to eight of some thousand officials). Queries are
drawn from the articles. Cold is the first run in a freshly opened index, the better of two such;
warm the better of two more; figures are medians and 95th percentiles over the queries, in milliseconds. Where
tantivy is installed (pip install tantivy), it answers the same queries with the same three counts in the same run;
Whoosh's own searcher answers some, without facets.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from indexer.engine.whoosh import WhooshEngine, create, invert, open_engine, open_writer
from indexer.model import All, AnyOf, Article, Entities, Entry, Phrase, Published, Query, Share, Signal, Terms, Word
from indexer.text.normalize import shown
from indexer.text.syllables import syllables
from tests.bench.segmentation import articles

BATCH = 500
FACETS = (("province", 20), ("year", 20), ("official", 20))
CLASSES = ("one rare", "one common", "and 2", "or 3", "phrase 2", "phrase 3")
EACH = 30


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--index", type=Path, required=True)
    chosen = options.parse_args()
    if not chosen.index.exists():
        build(chosen.data, chosen.articles, chosen.index)
    began = time.perf_counter()
    engine = open_engine(chosen.index)
    print(f"open {time.perf_counter() - began:.2f} s, {engine.count()} articles, private {private():.0f} MB")
    queries = drawn(engine, random.Random(1))
    for kind, asked in queries.items():
        times(lambda words, kind=kind: engine.find(query_of(kind, words)), asked, 1)
    print(f"after all queries private {private():.0f} MB")
    report(chosen.index, queries)
    update(chosen.index)


# --- building --------------------------------------------------------------------------------


def build(data: Path, count: int, folder: Path) -> None:
    create(folder)
    source, raw, held, seconds = records(data, count), 0, 0, 0.0
    with open_writer(folder) as writer:
        while batch := list(islice(source, BATCH)):
            held += len(batch)
            raw += sum(len(entry.article.title.encode()) + len(entry.article.text.encode()) for entry, _ in batch)
            began = time.process_time()
            writer.add(invert(batch))
            seconds += time.process_time() - began
        began = time.process_time()
        writer.commit()
        seconds += time.process_time() - began
    size = sum(path.stat().st_size for path in folder.iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"inverted and written in {seconds / held * 1000:.2f} ms of processor an article")
    print(f"peak {peak:.0f} MB, with the analysis and what is mapped of the index")
    print(f"index {size / 1e6:.0f} MB, {size / raw:.2f} x the raw text of {raw / 1e6:.0f} MB")


def records(data: Path, count: int) -> Iterator[tuple[Entry, Terms]]:
    from indexer.text.analyze import analyze  # it brings pyvi's model into memory: only for those who build

    chance = random.Random(0)
    for where, text in articles(data, count):
        title, _, body = shown(text).partition("\n")
        keys = {
            "province": (f"province {int(chance.paretovariate(0.8)) % 63}",),
            "year": (str(2014 + chance.randrange(12)),),
            "official": tuple(f"người {int(chance.paretovariate(0.3)) % 30_000}" for _ in range(chance.randrange(4))),
        }
        day = f"{keys['year'][0]}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        yield Entry(Article(where, where, title, body), Entities(Published(day)), keys), analyze(title, body)


def update(folder: Path) -> None:
    """A hundred articles of the index, changed."""
    from indexer.text.analyze import analyze

    engine = open_engine(folder)
    changed = [engine.entries([id])[0] for id in random.Random(2).sample(list(engine.ids()), 100)]
    block = invert([(entry, analyze(entry.article.title, entry.article.body)) for entry in changed])
    with open_writer(folder) as writer:
        seconds = timed(lambda: (writer.add(block), writer.commit()))[0]
    print(f"100 articles changed and committed in {seconds:.2f} s, without their analysis")


# --- queries ---------------------------------------------------------------------------------


def drawn(engine: WhooshEngine, chance: random.Random) -> dict[str, list[tuple[str, ...]]]:
    """Queries of each class as words."""
    count = engine.count()
    terms = [(term, held) for term, held in engine.terms("syllable") if term.isalpha()]
    rare = [term for term, held in terms if 0.0005 * count <= held <= 0.005 * count]
    common = [term for term, held in terms if 0.05 * count <= held <= 0.4 * count]
    texts = [entry.article.body for entry in engine.entries(chance.sample(list(engine.ids()), 4 * EACH))]
    runs = [[each.text for each in syllables(text)] for text in texts if len(text) > 200]
    begins = [(run, chance.randrange(len(run) - 3)) for run in runs]
    return {
        "one rare": [(chance.choice(rare),) for _ in range(EACH)],
        "one common": [(chance.choice(common),) for _ in range(EACH)],
        "and 2": [(chance.choice(common), chance.choice(common)) for _ in range(EACH)],
        "or 3": [(chance.choice(rare), chance.choice(common), chance.choice(common)) for _ in range(EACH)],
        "phrase 2": [tuple(run[at : at + 2]) for run, at in begins[:EACH]],
        "phrase 3": [tuple(run[at : at + 3]) for run, at in begins[EACH : 2 * EACH]],
        "headline": [tuple(run[at : at + 8]) for run, at in begins[2 * EACH : 3 * EACH] if len(run) > at + 8],
    }


def query_of(kind: str, words: tuple[str, ...]) -> Query:
    nodes = tuple(map(Word, words))
    signals = tuple(Signal("syllable", word, 1.0) for word in words)
    if kind.startswith("phrase"):
        return Query(match=Phrase(nodes), signals=signals, facets=FACETS)
    if kind == "headline":
        return Query(match=Share(nodes, 0.3), signals=signals, facets=FACETS)
    return Query(match=AnyOf(nodes) if kind == "or 3" else All(nodes), signals=signals, facets=FACETS)


def report(folder: Path, queries: dict[str, list[tuple[str, ...]]]) -> None:
    fresh, rival, native = (open_engine(folder), open_engine(folder)), tantivy_of(folder), whoosh_of(folder)
    print(f"{'':12}{'cold':>8}{'p95':>8}{'warm':>8}{'p95':>8}{'tantivy':>9}{'p95':>8}{'whoosh':>9}")
    ratios: dict[str, list[float]] = {"warm": [], "cold": []}
    for kind, asked in queries.items():
        runs = [times(lambda words, kind=kind, at=at: at.find(query_of(kind, words)), asked, 1) for at in fresh]
        cold = [min(pair) for pair in zip(*runs, strict=True)]
        warm = times(lambda words, kind=kind: fresh[0].find(query_of(kind, words)), asked, 2)
        other = times(lambda words, kind=kind: rival(kind, words), asked, 2) if rival else []
        plain = times(lambda words, kind=kind: native(kind, words), asked[:5], 1)
        print(f"{kind:12}" + "".join(map(figures, (cold, warm, other))) + f"{statistics.median(plain):9.1f}")
        if other and kind in CLASSES:
            ratios["warm"].append(statistics.median(warm) / statistics.median(other))
            ratios["cold"].append(statistics.median(cold) / statistics.median(other))
    for name, values in ratios.items():
        if values:
            print(f"{name}: {statistics.geometric_mean(values):.2f} x tantivy, geometric mean of the six classes")


def figures(values: list[float]) -> str:
    if not values:
        return f"{'-':>9}{'-':>8}"
    return f"{statistics.median(values):8.2f}{statistics.quantiles(values, n=20)[-1]:8.2f}"


def times(run: Callable[[tuple[str, ...]], Any], asked: Iterable[tuple[str, ...]], repeats: int) -> list[float]:
    """Milliseconds for each query, the best of the repeats."""
    return [min(timed(lambda words=words: run(words))[0] * 1000 for _ in range(repeats)) for words in asked]


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = run()
    return time.perf_counter() - began, result


def private() -> float:
    """Memory of this process that is its own, in MB (files mapped by the index are not)."""
    rows = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(row.split()[1]) for row in rows if row.startswith("Private_Dirty:")) / 1024


# --- the others ------------------------------------------------------------------------------


def whoosh_of(folder: Path) -> Callable[[str, tuple[str, ...]], Any]:
    from whoosh import index, query

    searcher = index.open_dir(str(folder)).searcher()

    def run(kind: str, words: tuple[str, ...]) -> Any:
        terms = [query.Term("syllable", word) for word in words]
        asked = query.Phrase("syllable", list(words)) if kind.startswith("phrase") else query.And(terms)
        return searcher.search(query.Or(terms) if kind in ("or 3", "headline") else asked, limit=10)

    return run


def tantivy_of(folder: Path) -> Callable[[str, tuple[str, ...]], Any] | None:
    try:
        import tantivy
    except ImportError:
        return None
    beside = folder.with_name(folder.name + "-tantivy")
    index = tantivy.Index.open(str(beside)) if beside.exists() else tantivy_written(folder, beside)
    searcher, body = index.searcher(), index.schema
    counts = {name: {"terms": {"field": name, "size": size}} for name, size in FACETS}

    def run(kind: str, words: tuple[str, ...]) -> Any:
        terms = [tantivy.Query.term_query(body, "body", word) for word in words]
        occur = tantivy.Occur.Should if kind in ("or 3", "headline") else tantivy.Occur.Must
        phrase = kind.startswith("phrase")
        asked = (
            tantivy.Query.phrase_query(body, "body", list(words))
            if phrase
            else tantivy.Query.boolean_query([(occur, term) for term in terms])
        )
        return searcher.search(asked, 10, count=True), searcher.aggregate(asked, counts)

    return run


def tantivy_written(folder: Path, beside: Path) -> Any:
    import tantivy

    beside.mkdir()
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("body", tokenizer_name="whitespace")
    for name, _ in FACETS:
        schema.add_text_field(name, tokenizer_name="raw", fast=True)
    index = tantivy.Index(schema.build(), path=str(beside))
    writer = index.writer(100_000_000, num_threads=1)
    engine = open_engine(folder)
    for batch in iter_batches(engine.ids(), BATCH):
        for entry in engine.entries(batch):
            words = " ".join(each.text for each in syllables(f"{entry.article.title}\n{entry.article.body}"))
            writer.add_document(tantivy.Document(body=words, **{name: list(entry.keys[name]) for name, _ in FACETS}))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def iter_batches(values: Iterable[str], size: int) -> Iterator[list[str]]:
    source = iter(values)
    while batch := list(islice(source, size)):
        yield batch


if __name__ == "__main__":
    main()
