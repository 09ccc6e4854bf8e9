"""Tables A and B: the same queries to every engine over the same articles, answers compared before times are.

Each engine runs in processes of its own. Cold is the first time a fresh process is asked a query: the queries of all
classes are shuffled, and no term is drawn twice, so that nothing of it has been touched; the median of the rounds.
Warm is the best of two later times. The files are in the system's page cache in both.
Times are processor time of the one thread each engine answers in, so that a busy machine does not decide.

A  one field of syllables, plain BM25, every engine in its own way
B  what the product asks: its match and its scoring (syllables, accent-free syllables, pairs, words) with their weights
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.engine.whoosh import WhooshEngine, open_engine
from indexer.model import All, AnyOf, Phrase, Query, ScoringTerm, Word
from indexer.search.query import plan
from indexer.text.syllables import syllables
from tests.bench.figures import mean_ratio, median, memory, p95, table, worked
from tests.bench.rivals import FACETS, RIVALS, TOP, Answer, Search

CLASSES = ("one rare", "one common", "and 2", "or 3", "phrase 2", "phrase 3")
EACH = 30
ROUNDS = 3
WARM = 2
SEED = 1
LENGTH_IN_A_BYTE = 0.08  # tantivy keeps an article's length in one byte: so far its scores stray from exact ones
Asked = dict[str, list[tuple[str, ...]]]
Row = dict[str, Any]


def report(folder: Path) -> Iterator[str]:
    """Both tables as text. SystemExit where two engines disagree."""
    engine = open_engine(folder / "ours")
    (folder / "queries.json").write_text(json.dumps(drawn(engine, random.Random(SEED)), ensure_ascii=False))
    yield (folder / "shares.txt").read_text().strip()
    for name, rivals in (("A", ("tantivy", "FTS5", "Xapian")), ("B", ("tantivy",))):
        present = [rival for rival in rivals if RIVALS[rival].installed() and (folder / rival).exists()]
        runs = {each: measured(folder, name, each) for each in ("ours", *present)}
        for rival in present:
            compare(runs["ours"], runs[rival], rival, order=name == "A" and rival == "tantivy")
        yield f"\n### {name}\n\n{shown(runs, rivals)}"


# --- one engine, in a fresh process ----------------------------------------------------------


def measured(folder: Path, name: str, engine: str) -> list[Row]:
    """A row for each query: kind, words, answer, and the times of all rounds."""
    rounds = [in_fresh_process(folder, name, engine, number) for number in range(ROUNDS)]
    return [
        {**rows[0], "cold": median([row["cold"] for row in rows]), "warm": min(row["warm"] for row in rows)}
        for rows in zip(*rounds, strict=True)
    ]


def in_fresh_process(folder: Path, name: str, engine: str, number: int) -> list[Row]:
    run = [sys.executable, "-m", "tests.bench.engine", str(folder), name, engine, str(number)]
    rows: list[Row] = json.loads(subprocess.run(run, check=True, stdout=subprocess.PIPE).stdout)
    return rows


def main(folder: Path, name: str, engine: str, number: int) -> list[Row]:
    """One round: every query once, in an order of the round's own, then again."""
    asked: Asked = json.loads((folder / "queries.json").read_text())
    prepare = QUERIES[name](open_engine(folder / "ours"))  # its caches are not those of the engine that is timed
    rows = [{"kind": kind, "words": words} for kind, all_words in asked.items() for words in all_words]
    run = our_search(folder / "ours") if engine == "ours" else rivals_search(folder, name, engine)
    order = random.Random(number).sample(rows, len(rows))
    for row in order:
        row["query"] = prepare(row["kind"], tuple(row["words"]))
    for row in order:
        row["cold"], row["answer"] = worked(lambda row=row: run(row["query"]))
    for row in order:
        row["warm"] = min(worked(lambda row=row: run(row["query"]))[0] for _ in range(WARM))
    for row in rows:
        answer: Answer = row["answer"]
        row |= {"total": answer.total, "top": answer.top, "facets": answer.facets, "memory": memory()["Private_Dirty"]}
        del row["answer"], row["query"]
    return rows


def our_search(folder: Path) -> Search:
    engine = open_engine(folder)
    number_of = {id: number for number, id in enumerate(engine.ids())}  # rivals know articles by number

    def run(query: Query) -> Answer:
        engine.clear_cache()  # an answer that is only remembered is no measure
        found = engine.find(query)
        facets = {name: list(counts) for name, counts in found.facets.items()}
        return Answer(found.total, [(number_of[hit.id], hit.score) for hit in found.hits], facets)

    return run


def rivals_search(folder: Path, name: str, engine: str) -> Search:
    """In table A an engine orders by its own BM25 of the match: it is not given our scoring."""
    search: Search = RIVALS[engine].search(folder / engine)
    return search if name == "B" else lambda query: search(replace(query, scoring=()))


# --- queries ---------------------------------------------------------------------------------


def drawn(engine: WhooshEngine, chance: random.Random) -> Asked:
    """The words of the queries of each class; no term twice but in phrases, which are as the articles have them."""
    count = engine.count()
    terms = [(term, held) for term, held in engine.terms("syllable") if term.isalpha()]
    rare = [term for term, held in terms if 0.0005 * count <= held <= 0.005 * count]
    common = [term for term, held in terms if 0.05 * count <= held <= 0.4 * count]
    rare_ones = iter(chance.sample(rare, 2 * EACH))
    common_ones = iter(chance.sample(common, 5 * EACH))
    found = list(runs_of(engine, chance))
    return {
        "one rare": [(next(rare_ones),) for _ in range(EACH)],
        "one common": [(next(common_ones),) for _ in range(EACH)],
        "and 2": [(next(common_ones), next(common_ones)) for _ in range(EACH)],
        "or 3": [(next(rare_ones), next(common_ones), next(common_ones)) for _ in range(EACH)],
        "phrase 2": [run[:2] for run in found[:EACH]],
        "phrase 3": found[EACH : 2 * EACH],
    }


def runs_of(engine: WhooshEngine, chance: random.Random) -> Iterator[tuple[str, ...]]:
    """Three different words in a row, from articles drawn by chance."""
    for entry in engine.entries(chance.sample(list(engine.ids()), min(engine.count(), 20 * EACH))):
        found = syllables(entry.article.body)
        at = chance.randrange(max(1, len(found) - 3))
        run = tuple(each.text for each in found[at : at + 3])
        if len(set(run)) == 3 and all(map(str.isalpha, run)) and all(each.paired for each in found[at : at + 2]):
            yield run


def one_field(kind: str, words: tuple[str, ...]) -> Query:
    nodes = tuple(map(Word, words))
    match = Phrase(nodes) if kind.startswith("phrase") else AnyOf(nodes) if kind == "or 3" else All(nodes)
    scoring = tuple(ScoringTerm("syllable", word, 1.0) for word in words)
    return Query(match=match, scoring=scoring, facets=FACETS, limit=TOP)


def as_typed(engine: WhooshEngine, kind: str, words: tuple[str, ...]) -> Query:
    text = f'"{" ".join(words)}"' if kind.startswith("phrase") else (" OR " if kind == "or 3" else " ").join(words)
    return replace(plan(text, engine).query, facets=FACETS, limit=TOP)


QUERIES: dict[str, Any] = {
    "A": lambda engine: one_field,
    "B": lambda engine: lambda kind, words: as_typed(engine, kind, words),
}


# --- comparing -------------------------------------------------------------------------------


def compare(ours: Sequence[Row], theirs: Sequence[Row], name: str, order: bool) -> None:
    """SystemExit unless totals and counts are equal, and the best ten are where `order` says so."""
    for mine, other in zip(ours, theirs, strict=True):
        same = mine["total"] == other["total"] and all(
            same_counts(mine["facets"][facet], other["facets"][facet]) for facet, _ in FACETS
        )
        if not same or (order and not mine["kind"].startswith("phrase") and not same_best(mine, other)):
            raise SystemExit(f"{name} answers {mine['words']} differently; nothing is compared.\n{mine}\n{other}")


def same_counts(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Equal but for which of several keys with the last count made the list."""
    last = min((count for _, count in one), default=0)
    above = [{key: count for key, count in counts if count > last} for counts in (one, other)]
    return [count for _, count in one] == [count for _, count in other] and above[0] == above[1]


def same_best(mine: Row, other: Row) -> bool:
    """The same ten, but for those whose scores differ by less than what the rounding of lengths explains."""
    one, two = dict(mine["top"]), dict(other["top"])
    floor = min(one.values(), default=0.0) * (1 + LENGTH_IN_A_BYTE)
    rival_floor = min(two.values(), default=0.0) * (1 + LENGTH_IN_A_BYTE)
    return all(key in two for key, score in one.items() if score > floor) and all(
        key in one for key, score in two.items() if score > rival_floor
    )


def shown(runs: dict[str, list[Row]], rivals: Sequence[str]) -> str:
    """The table of one run: milliseconds as median (p95), and each engine's ratio to ours."""
    columns = [(name, how) for name in runs for how in ("cold", "warm")]
    rows = [[kind, *(cell(times(runs[name], kind, how)) for name, how in columns)] for kind in CLASSES]
    lines = [table(["class", *map(" ".join, columns)], rows)]
    for rival in runs:
        if rival != "ours":
            lines += [f"{rival}, {how}: {ratio_line(runs, rival, how)}" for how in ("warm", "cold")]
    lines += [f"{rival}: not run" for rival in rivals if rival not in runs]
    lines.append(f"private memory after all queries: {runs['ours'][-1]['memory']:.0f} MB")
    return "\n\n".join([lines[0], "\n".join(lines[1:])])


def times(rows: Sequence[Row], kind: str, how: str) -> list[float]:
    return [row[how] for row in rows if row["kind"] == kind]


def cell(values: Sequence[float]) -> str:
    return f"{median(values):.2f} ({p95(values):.1f})"


def ratio_line(runs: dict[str, list[Row]], rival: str, how: str) -> str:
    ratios = {k: median(times(runs["ours"], k, how)) / median(times(runs[rival], k, how)) for k in CLASSES}
    worst, most = max(ratios.items(), key=lambda row: row[1])
    return f"ours takes {mean_ratio([*ratios.values()]):.2f} x (geometric mean); at worst {most:.2f} x ({worst})"


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])), sys.stdout)
