"""The other engines, each asked for the same: ten best, exact total, and the commonest keys of three facets.

Each gets what suits it: tantivy fast fields and term aggregations, SQLite FTS5 key tables and one list of matches,
Xapian value slots and match spies.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from indexer import model

FACETS = (("province", 20), ("year", 20), ("official", 20))
FIELDS = ("syllable", "folded", "pair", "word")
TOP = 10
SLOTS = 8  # Xapian: value slots of one facet


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine says: total, best documents (number or id, score), and (key, count) by facet."""

    total: int
    top: list[tuple[Any, float]]
    facets: dict[str, list[tuple[str, int]]]


Search = Callable[[model.Query], Answer]


class Tantivy:
    """Rust's Lucene. One index for both tables: four fields, the facets as fast fields."""

    @staticmethod
    def installed() -> bool:
        return find_spec("tantivy") is not None

    @staticmethod
    def writer(folder: Path) -> tuple[Callable[[Any], None], Callable[[], None]]:
        import tantivy

        folder.mkdir()
        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("number", stored=True)
        for field in FIELDS:
            kept = "position" if field in ("syllable", "folded") else "freq"
            schema.add_text_field(field, tokenizer_name="whitespace", index_option=kept)
        for facet, _ in FACETS:
            schema.add_text_field(facet, tokenizer_name="raw", fast=True, index_option="basic")
        index = tantivy.Index(schema.build(), path=str(folder))
        # One segment as far as memory reaches: of several, each names only its commonest keys: counts are not exact.
        held, numbers = index.writer(2_000_000_000, num_threads=1), iter(range(10**9))

        def add(document: Any) -> None:
            keys = {facet: list(document.keys[facet]) for facet, _ in FACETS}
            held.add_document(tantivy.Document(number=next(numbers), **document.fields, **keys))

        def finish() -> None:
            held.commit()
            held.wait_merging_threads()

        return add, finish

    @staticmethod
    def search(folder: Path) -> Search:
        import tantivy

        index = tantivy.Index.open(str(folder))
        searcher, schema = index.searcher(), index.schema
        counts = {name: {"terms": {"field": name, "size": size}} for name, size in FACETS}

        def run(query: model.Query) -> Answer:
            asked = tantivy_query(schema, query)
            found = searcher.search(asked, TOP, count=True)
            facets = searcher.aggregate(asked, counts)
            top = [(searcher.doc(address)["number"][0], score) for score, address in found.hits]
            rows = {name: facets[name]["buckets"] for name, _ in FACETS}
            return Answer(found.count, top, {
                name: [(row["key"], row["doc_count"]) for row in buckets] for name, buckets in rows.items()})

        return run


def tantivy_query(schema: Any, query: model.Query) -> Any:
    """The match as it is; where the scoring are other terms than the match's own, they are weighted should-clauses."""
    import tantivy

    make, occur = tantivy.Query, tantivy.Occur
    if not query.scoring:
        return tantivy_match(schema, query.match)
    required = make.const_score_query(tantivy_match(schema, query.match), 0.0)
    scoring = [
        (occur.Should, make.boost_query(make.term_query(schema, s.field, s.term.replace(" ", "_"), "freq"), s.weight))
        for s in query.scoring
    ]
    return make.boolean_query([(occur.Must, required), *scoring])


def tantivy_match(schema: Any, node: model.Node) -> Any:
    import tantivy

    make, occur = tantivy.Query, tantivy.Occur
    if isinstance(node, model.Word):
        return make.term_query(schema, "folded" if node.folded else "syllable", node.text, "freq")
    if isinstance(node, model.Phrase) and not node.slop:
        field = "folded" if node.words[0].folded else "syllable"
        return make.phrase_query(schema, field, [word.text for word in node.words])
    if isinstance(node, (model.All, model.AnyOf)):
        how = occur.Must if isinstance(node, model.All) else occur.Should
        inner = [tantivy_match(schema, each) for each in node.nodes]
        return inner[0] if len(inner) == 1 else make.boolean_query([(how, each) for each in inner])
    raise ValueError(f"the bench asks nothing like {node}")


class Fts5:
    """SQLite's full-text table. Its idf is another than Lucene's, so that its order is not compared."""

    @staticmethod
    def installed() -> bool:
        return True

    @staticmethod
    def writer(folder: Path) -> tuple[Callable[[Any], None], Callable[[], None]]:
        folder.mkdir()
        base = sqlite3.connect(folder / "fts5.sqlite")
        base.execute("""CREATE VIRTUAL TABLE text USING fts5(
            body, content='', tokenize="unicode61 remove_diacritics 0 tokenchars ''''")""")
        for facet, _ in FACETS:
            base.execute(f"""CREATE TABLE {facet} (
                document INTEGER, key TEXT, PRIMARY KEY (document, key)) WITHOUT ROWID""")
        numbers = iter(range(10**9))

        def add(document: Any) -> None:
            number = next(numbers)
            base.execute("INSERT INTO text (rowid, body) VALUES (?, ?)", (number, document.fields["syllable"]))
            for facet, _ in FACETS:
                rows = ((number, key) for key in document.keys[facet])
                base.executemany(f"INSERT INTO {facet} VALUES (?, ?)", rows)

        def finish() -> None:
            base.execute("INSERT INTO text (text) VALUES ('optimize')")
            base.commit()
            base.execute("ANALYZE")
            base.close()

        return add, finish

    @staticmethod
    def search(folder: Path) -> Search:
        base = sqlite3.connect(folder / "fts5.sqlite")
        base.execute("PRAGMA mmap_size = 4000000000")
        base.execute("PRAGMA temp_store = MEMORY")
        base.execute("CREATE TEMP TABLE matched (document INTEGER PRIMARY KEY)")

        def run(query: model.Query) -> Answer:
            asked = fts5_query(query.match)
            base.execute("DELETE FROM matched")
            total = base.execute("INSERT INTO matched SELECT rowid FROM text WHERE text MATCH ?", (asked,)).rowcount
            top = base.execute("SELECT rowid, -rank FROM text WHERE text MATCH ? ORDER BY rank LIMIT ?", (asked, TOP))
            return Answer(total, top.fetchall(), {
                facet: base.execute(f"""SELECT key, count(*) FROM matched CROSS JOIN {facet} USING (document)
                    GROUP BY key ORDER BY 2 DESC, 1 LIMIT ?""", (size,)).fetchall() for facet, size in FACETS})

        return run


def fts5_query(node: model.Node) -> str:
    if isinstance(node, model.Word):
        return f'"{node.text}"'
    if isinstance(node, model.Phrase):
        return '"' + " ".join(word.text for word in node.words) + '"'
    assert isinstance(node, (model.All, model.AnyOf))
    return (" AND " if isinstance(node, model.All) else " OR ").join(map(fts5_query, node.nodes))


class Xapian:
    """The C++ engine with the oldest Python binding; its idf is another than Lucene's too."""

    @staticmethod
    def installed() -> bool:
        return find_spec("xapian") is not None

    @staticmethod
    def writer(folder: Path) -> tuple[Callable[[Any], None], Callable[[], None]]:
        import xapian

        base = xapian.WritableDatabase(str(folder), xapian.DB_CREATE)

        def add(document: Any) -> None:
            held = xapian.Document()
            for position, term in enumerate(document.fields["syllable"].split()):
                held.add_posting(term, position)
            for first, (facet, _) in enumerate(FACETS):
                for slot, key in enumerate(document.keys[facet][:SLOTS]):
                    held.add_value(first * SLOTS + slot, key)
            base.add_document(held)

        return add, base.close

    @staticmethod
    def search(folder: Path) -> Search:
        import xapian

        base = xapian.Database(str(folder))
        filled = {facet: [slot for slot in range(first * SLOTS, (first + 1) * SLOTS) if base.get_value_freq(slot)]
                  for first, (facet, _) in enumerate(FACETS)}

        def run(query: model.Query) -> Answer:
            enquire = xapian.Enquire(base)
            enquire.set_query(xapian_query(query.match))
            enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 0, 0.75, 0))
            spies = {facet: [xapian.ValueCountMatchSpy(slot) for slot in slots] for facet, slots in filled.items()}
            for spy in (spy for row in spies.values() for spy in row):
                enquire.add_matchspy(spy)
            found = enquire.get_mset(0, TOP, base.get_doccount())
            facets = {facet: commonest(spies[facet], size) for facet, size in FACETS}
            return Answer(found.get_matches_estimated(), [(m.docid - 1, m.weight) for m in found], facets)

        return run


def commonest(spies: Sequence[Any], size: int) -> list[tuple[str, int]]:
    """The commonest keys of a facet that fills several slots."""
    if len(spies) == 1:
        return [(item.term.decode(), item.termfreq) for item in spies[0].top_values(size)]
    counts: Counter[str] = Counter()
    for spy in spies:
        counts.update({item.term.decode(): item.termfreq for item in spy.values()})
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:size]


def xapian_query(node: model.Node) -> Any:
    import xapian

    make = xapian.Query
    if isinstance(node, model.Word):
        return make(node.text)
    if isinstance(node, model.Phrase):
        return make(make.OP_PHRASE, [word.text for word in node.words], len(node.words))
    assert isinstance(node, (model.All, model.AnyOf))
    return make(make.OP_AND if isinstance(node, model.All) else make.OP_OR, [xapian_query(each) for each in node.nodes])


RIVALS: dict[str, Any] = {"tantivy": Tantivy, "FTS5": Fts5, "Xapian": Xapian}
