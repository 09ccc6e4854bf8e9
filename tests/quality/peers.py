"""Other full-text engines under the same queries: what a project would use that did not write its own.

Each in its plain configuration: tantivy with its default tokenizer, SQLite FTS5 with each setting of remove_diacritics,
bm25s and Whoosh over pyvi's words in lower case. A query is all its words, joined by OR, ranked by BM25.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from indexer.text.segment import words
from tests.quality.collections import Collection, Row

WORD = re.compile(r"\w[\w\u0300-\u036f]*")
SMALL = 10_000  # Whoosh by itself writes a few hundred articles a second and answers one long query in about a second

Ask = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Peer:
    """`ask` gives the ids of at most so many articles for a query, best first."""

    name: str
    ask: Ask


def peers_for(collection: Collection) -> Iterator[Peer]:
    """Every peer over the articles of `collection`; Whoosh only where that takes minutes, and says so."""
    rows = list(collection.rows())
    for name, build in PEERS.items():
        if build is whoosh and len(rows) > SMALL:
            print(f"{collection.name:8} skipped {name}: {len(rows)} articles would take it more than ten minutes")
        else:
            yield Peer(name, build(rows))


def tantivy(rows: Iterable[Row]) -> Ask:
    import tantivy as engine

    schema = engine.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw")
    schema.add_text_field("text")
    index = engine.Index(schema.build())
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for id, title, text in rows:
        writer.add_document(engine.Document(id=id, text=f"{title}\n{text}"))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(text: str, limit: int) -> list[str]:
        query = index.parse_query(" ".join(WORD.findall(text.lower())), ["text"])
        return [searcher.doc(place)["id"][0] for _, place in searcher.search(query, limit).hits]

    return ask


def fts5(diacritics: int, rows: Iterable[Row]) -> Ask:
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE articles USING fts5"
        f"(id UNINDEXED, text, tokenize = 'unicode61 remove_diacritics {diacritics}')"
    )
    base.executemany("INSERT INTO articles VALUES (?, ?)", ((id, f"{title}\n{text}") for id, title, text in rows))
    # Letter case is nothing to unicode61: what is asked in another case need not be asked again.
    sql = "SELECT id FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?"

    @cache
    def ranked(query: str, limit: int) -> list[str]:
        return [id for (id,) in base.execute(sql, (query, limit))] if query else []

    return lambda text, limit: ranked(" OR ".join(f'"{word}"' for word in WORD.findall(text.lower())), limit)


def bm25s(rows: Iterable[Row]) -> Ask:
    import bm25s as engine

    rows = list(rows)
    ids = [id for id, _, _ in rows]
    known: dict[str, int] = {}
    numbered = [[known.setdefault(word, len(known)) for word in segmented(row)] for row in rows]
    ranker = engine.BM25(k1=1.2, b=0.75, method="lucene")
    ranker.index((numbered, known), show_progress=False)

    def ask(text: str, limit: int) -> list[str]:
        query = [known[word] for word in pyvi_words(text) if word in known]
        if not query:
            return []
        places, worth = ranker.retrieve([query], k=min(limit, len(ids)), show_progress=False, return_as="tuple")
        return [ids[place] for place, score in zip(places[0], worth[0], strict=True) if score > 0]

    return ask


def whoosh(rows: Iterable[Row]) -> Ask:
    from whoosh.analysis import SpaceSeparatedTokenizer
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.filedb.filestore import RamStorage
    from whoosh.query import Or, Term

    fields = Schema(id=ID(stored=True), text=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False))
    index = RamStorage().create_index(fields)
    writer = index.writer(limitmb=512)
    for row in rows:
        writer.add_document(id=row[0], text=" ".join(segmented(row)))
    writer.commit()
    searcher = index.searcher()

    def ask(text: str, limit: int) -> list[str]:
        query = Or([Term("text", word) for word in dict.fromkeys(pyvi_words(text))])
        return [hit["id"] for hit in searcher.search(query, limit=limit)]

    return ask


PEERS: dict[str, Callable[[Iterable[Row]], Ask]] = {
    "tantivy default": tantivy,
    "FTS5 diacritics 0": partial(fts5, 0),
    "FTS5 diacritics 1": partial(fts5, 1),
    "FTS5 diacritics 2": partial(fts5, 2),
    "bm25s, pyvi words": bm25s,
    "Whoosh, pyvi words": whoosh,
}


def segmented(row: Row) -> list[str]:
    """The words of an article; taken apart once, since two peers ask for them."""
    _, title, text = row
    return [*of_text(title), *of_text(text)]


@cache
def of_text(text: str) -> tuple[str, ...]:
    return tuple(pyvi_words(text))


def pyvi_words(text: str) -> list[str]:
    """What pyvi makes of a text as it stands, in lower case, without punctuation."""
    found = ("_".join(text[start:end].split()).lower() for start, end in words(text))
    return [word for word in found if WORD.search(word)]


def by_name(collection: Collection, name: str) -> Any:
    """One peer over `collection`, for trying things out."""
    return PEERS[name](list(collection.rows()))
