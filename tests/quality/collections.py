"""The collections that ranking is measured on, kept outside the project, and the ways their queries are typed.

vmds     ir_vmds200: 199 judged queries over 628 articles
titles   known-item search: 1,000 titles over the 35,530 bodies of baomoi2017, titles not indexed
defense  known-item search: titles of the full texts over the 1,706 bodies of defense_real, titles not indexed
questions  70 questions in our own words (questions.tsv), each for one article, over the articles of vmds and defense

A first line of a body equal to its title is left out.
"""

from __future__ import annotations

import json
import lzma
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from indexer.text import fold

Row = tuple[str, str, str]  # id, title, text
Judged = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles, what is asked of them, and which article deserves which grade for each query."""

    name: str
    rows: Callable[[], Iterator[Row]]
    queries: Mapping[str, str]
    judged: Judged


def half_stripped(text: str) -> str:
    """Every second word without its accents."""
    return " ".join(fold(word) if at % 2 else word for at, word in enumerate(text.split()))


FORMS: dict[str, Callable[[str], str]] = {
    "as typed": str,
    "lower case": str.lower,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "half stripped": half_stripped,
    "no accents": fold,
}


def vmds(data: Path) -> Collection:
    folder = data / "ir_vmds200"
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, article, grade = line.split("\t")
        judged[query][article] = int(grade)
    queries = {row["_id"]: row["text"] for row in records(folder / "queries.jsonl") if row["_id"] in judged}
    return Collection("vmds", lambda: map(with_title, records(folder / "corpus.jsonl")), queries, judged)


def titles(data: Path) -> Collection:
    queries = {row["doc_id"]: row["q_title"] for row in records(data / "knownitem_baomoi.jsonl")}
    path = data / "benchmark" / "baomoi2017.jsonl.xz"
    return Collection("titles", lambda: map(body_only, records(path)), queries, known_items(queries))


def defense(data: Path) -> Collection:
    path = data / "defense_real.jsonl"
    rows = [row for row in records(path) if row["kind"] == "full" and row["title"]]
    told = Counter(plain(row["title"]) for row in rows)
    queries = {row["id"]: row["title"] for row in rows if told[plain(row["title"])] == 1}
    return Collection("defense", lambda: map(body_only, records(path)), queries, known_items(queries))


def questions(data: Path) -> Collection:
    """Even questions were looked at in tuning; odd ones were not."""
    lines = (Path(__file__).parent / "questions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = {f"q{at}": line.split("\t") for at, line in enumerate(lines)}
    judged = {key: {article: 1} for key, (_, article, _) in rows.items()}
    texts = {key: text for key, (_, _, text) in rows.items()}
    return Collection("questions", lambda: chain(defense(data).rows(), vmds(data).rows()), texts, judged)


COLLECTIONS = {"vmds": vmds, "titles": titles, "defense": defense, "questions": questions}


def known_items(queries: Mapping[str, str]) -> Judged:
    return {id: {id: 1} for id in queries}


def with_title(row: Mapping[str, Any]) -> Row:
    return row["_id"], row.get("title", ""), row["text"]


def body_only(row: Mapping[str, Any]) -> Row:
    first, _, rest = row["text"].partition("\n")
    return row["id"], "", rest if plain(first) == plain(row["title"] or "") else row["text"]


def plain(line: str) -> str:
    return unicodedata.normalize("NFC", line).strip().lower()


def records(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
        yield from map(json.loads, lines)
