"""The OpenSearch engine, for archives too large for one machine. It gives the same hits, counts and scores as Whoosh.

Matching, counting and scoring run on the cluster. Document frequencies and mean length are those of the whole index at
its commit, not of a single shard; that is why the scores are equal.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from math import log1p
from threading import Lock
from typing import Any

import numpy as np

from indexer.engine.cluster.client import connect
from indexer.engine.cluster.commits import Commits
from indexer.engine.cluster.crosstab import next_page_key, pair_counts, pairs_aggregation
from indexer.engine.cluster.facets import FIRST_SHARD_SIZE, SHARD_SIZE_FACTOR, aggregations, are_exact, facet_rows
from indexer.engine.cluster.forward import MAX_COUNTED, numbered, read_forward
from indexer.engine.cluster.mapping import stored_term
from indexer.engine.cluster.queries import (
    EVERYTHING,
    Json,
    all_clause,
    filter_clauses,
    match_query,
    scored_query,
    term_query,
    terms_query,
)
from indexer.engine.cluster.snapshot import Snapshot, View
from indexer.engine.cluster.vocabulary import Vocabulary
from indexer.engine.crosstab import PairCounts
from indexer.engine.forward import ForwardWords, WordCounts, drawn
from indexer.engine.stored_entries import entry_from_json
from indexer.engine.whoosh import keys_by_facet, match_with_spans
from indexer.model import NO_LIMIT, Entry, Found, Query, Scored
from indexer.model.cluster_address import ClusterAddress
from indexer.model.errors import QuocphongError

PAGE_SIZE = 10_000  # hits in one request
ENTRIES_PER_REQUEST = 500
COUNTS_PER_REQUEST = 100  # queries counted in one multi-search
MAX_CACHED_COUNTS = 100_000
MAX_CURSORS = 16  # ends of deep pages that are kept, to continue from
SORT_BY_SCORE: list[Json] = [{"_score": "desc"}, {"seq": "asc"}]
SORT_BY_DAY: Mapping[str, list[Json]] = {
    "newest": [{"day": {"order": "desc", "missing": "_last"}}, {"seq": "asc"}],
    "oldest": [{"day": {"order": "asc", "missing": "_last"}}, {"seq": "asc"}],
}
IDS_ONLY: Json = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["id"]}

KeysByFacet = Mapping[str, tuple[str, ...]]


class OpenSearchEngine:
    """An index opened for reading: implements `port.Engine`. Thread-safe."""

    def __init__(self, where: ClusterAddress, index: str) -> None:
        """Open `index` (a numbered name such as "articles-000007"). Raises IndexMissing or ClusterUnavailable."""
        self.index = index
        self.client = connect(where)
        self._commits = Commits(self.client, where.name, index)
        self._snapshot = Snapshot(self.client, self._commits)
        self.generation = self._snapshot.view.commit.generation
        self._cache = CommitCache(self._snapshot.view)
        self._cursors: OrderedDict[tuple[str, int], list[Any]] = OrderedDict()
        self._lock = Lock()

    def count(self) -> int:
        """The number of articles in the index."""
        return self._snapshot.view.commit.articles

    def find(self, query: Query) -> Found:
        """The articles that match, best first, with the exact total and facet counts; see `port.Engine`."""
        filters = keys_by_facet(query.filters)
        match = match_query(self, match_with_spans(query))
        body: Json = {"query": match, "track_total_hits": True, **IDS_ONLY}
        if query.facets and filters:
            body["post_filter"] = all_clause(filter_clauses(filters.items()))
        else:
            body["query"] = all_clause([match, *filter_clauses(filters.items())])
        body |= self._order(query, body["query"])
        first, hits = self._page(body, query.offset, query.limit, query.facets, filters)
        facets = self._facets(query, match, filters, first)
        return Found(first["hits"]["total"]["value"], hits, facets)

    def crosstab(self, query: Query, first: str, second: str) -> PairCounts:
        """For each pair of keys of two facets: how many matching articles hold both; see `port.Engine`."""
        filters = keys_by_facet(query.filters)
        match = all_clause([match_query(self, match_with_spans(query)), *filter_clauses(filters.items())])
        counts: PairCounts = {}
        after: Json | None = {}
        while after is not None:
            pairs = pairs_aggregation(first, second, after)
            body = {"query": match, "size": 0, "track_total_hits": False, "aggs": pairs}
            found = self._snapshot.search(body)["aggregations"]
            counts |= pair_counts(found)
            after = next_page_key(found)
        return counts

    def forward_words(self, query: Query, most: int, seed: int) -> ForwardWords:
        """The words of matching articles in order; see `port.Engine`."""
        ids = self._ids_matching(query)
        kept = tuple(ids)
        if len(ids) > most:
            by_id = sorted(ids)
            chosen = {by_id[at] for at in drawn(len(ids), most, seed)}
            kept = tuple(id for id in ids if id in chosen)
        texts = read_forward(self._snapshot, kept)
        return numbered(texts, len(ids), kept)

    def word_counts(self, query: Query, seed: int) -> WordCounts:
        """How often each word stands in matching articles, in a draw of MAX_COUNTED at most; see `port.Engine`."""
        read = self.forward_words(query, MAX_COUNTED, seed)
        counts = np.bincount(read.words, minlength=len(read.vocabulary))
        return WordCounts(read.articles, len(read.ids), read.vocabulary, counts)

    def _ids_matching(self, query: Query) -> list[str]:
        """The ids of all articles that match, in index order."""
        filters = keys_by_facet(query.filters)
        match = all_clause([match_query(self, match_with_spans(query)), *filter_clauses(filters.items())])
        body: Json = {"query": match, "sort": [{"seq": "asc"}], "track_total_hits": False, **IDS_ONLY}
        return [hit.id for hit in self._deep_page(body, 0, NO_LIMIT)]

    def entries(self, ids: Sequence[str], brief: bool = False) -> list[Entry]:
        """The stored entries for `ids`, in that order; unknown ids are left out. `brief`: see `port.Engine`."""
        found: dict[str, Entry] = {}
        wanted = list(dict.fromkeys(ids))
        for at in range(0, len(wanted), ENTRIES_PER_REQUEST):
            some = wanted[at : at + ENTRIES_PER_REQUEST]
            body = {"query": terms_query("id", some), "size": len(some), "_source": ["entry"], "sort": ["_doc"],
                    "track_total_hits": False}
            for hit in self._snapshot.search(body)["hits"]["hits"]:
                entry = entry_from_json(hit["_source"]["entry"], brief)
                found[entry.id] = entry
        return [found[id] for id in ids if id in found]

    def ids(self) -> Iterator[str]:
        """The ids of all articles, in index order."""
        body: Json = {"query": EVERYTHING, "sort": [{"seq": "asc"}], "size": PAGE_SIZE, **IDS_ONLY}
        body["track_total_hits"] = False
        while hits := self._snapshot.search(body)["hits"]["hits"]:
            yield from map(id_of, hits)
            body["search_after"] = hits[-1]["sort"]

    def deleted(self, most: int) -> list[Entry]:
        """Always []: a cluster gives no access to deleted documents."""
        return []

    def frequency(self, field: str, term: str) -> int:
        """The document frequency of `term` in `field`."""
        listed = self._current_cache().vocabularies.get(field)
        return listed.counts.get(stored_term(field, term), 0) if listed else self.counts([term_query(field, term)])[0]

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """The terms of `field` that begin with `prefix`, sorted, each with its document frequency. Not for pairs."""
        return self._vocabulary(field).with_prefix(prefix)

    def stale(self) -> bool:
        """Whether a newer generation has been committed since this one was opened."""
        try:
            return self._commits.read(seconds=0).commit.generation != self.generation
        except QuocphongError:  # the opened view may still answer
            return False

    def verify(self) -> list[str]:
        """What is wrong with the index, one sentence each: missing shards, or a wrong number of articles."""
        health = self.client.cluster.health(index=self.index)
        if health["status"] == "red":
            return [f"Some shards of {self.index} are on no node (cluster health is red)."]
        held = self._snapshot.search({"query": EVERYTHING, "size": 0, "track_total_hits": True})
        count = held["hits"]["total"]["value"]
        wrong = f"{self.index} holds {count} articles, its commit says {self.count()}."
        return [] if count == self.count() else [wrong]

    def close(self) -> None:
        """Release the point in time on the cluster, and close the connections."""
        self._snapshot.close()
        self.client.close()

    # --- term statistics for queries (`queries.TermStatistics`) --------------------------------

    def counts(self, queries: Sequence[Json]) -> list[int]:
        """The number of articles that match each of the queries. Counts are cached per commit."""
        known = self._current_cache().counts
        keys = [json.dumps(query, sort_keys=True) for query in queries]
        missing = {key: query for key, query in zip(keys, queries, strict=True) if key not in known}
        found = {key: known[key] for key in keys if key in known}
        asked = list(missing.items())
        for at in range(0, len(asked), COUNTS_PER_REQUEST):
            some = asked[at : at + COUNTS_PER_REQUEST]
            bodies = [{"query": query, "size": 0, "track_total_hits": True} for _, query in some]
            answers = self._snapshot.multi_search(bodies)
            found |= {key: answer["hits"]["total"]["value"] for (key, _), answer in zip(some, answers, strict=True)}
        self._current_cache().add_counts(found)
        return [found[key] for key in keys]

    def best_score(self, query: Json) -> float:
        """The highest score that `query` gives any article; 0.0 where none matches."""
        found = self._snapshot.search({"query": query, "size": 1, "track_total_hits": False, **IDS_ONLY})
        return float(found["hits"]["max_score"] or 0.0)

    def commonest_terms(self, field: str, prefix: str, bound: int) -> list[str]:
        """At most `bound` terms that begin with `prefix`, highest document frequency first, then sorted."""
        return self._vocabulary(field).commonest_terms(prefix, bound)

    def idf(self, frequency: int) -> float:
        """Inverse document frequency as in Lucene's BM25Similarity: ln(1 + (N - df + 0.5) / (df + 0.5))."""
        return log1p((self.count() - frequency + 0.5) / (frequency + 0.5))

    def _vocabulary(self, field: str) -> Vocabulary:
        listed = self._current_cache().vocabularies
        if field not in listed:
            with self._lock:
                if field not in listed:
                    listed[field] = Vocabulary(self._snapshot, field)
        return listed[field]

    def _current_cache(self) -> CommitCache:
        """The cache for the commit that the snapshot shows now."""
        if self._cache.commit != self._snapshot.view.commit:
            self._cache = CommitCache(self._snapshot.view)
        return self._cache

    # --- pages and facets --------------------------------------------------------------------

    def _order(self, query: Query, match: Json) -> Json:
        if query.sort != "oldest" and (query.sort == "newest" or not query.scoring):
            return {"query": all_clause([match]), "sort": SORT_BY_DAY["newest"]}
        if query.sort == "oldest":
            return {"query": all_clause([match]), "sort": SORT_BY_DAY["oldest"]}
        commit = self._snapshot.view.commit
        mean = commit.syllables / commit.articles if commit.syllables else 1.0
        return {"query": scored_query(self, match, query.scoring, mean), "sort": SORT_BY_SCORE}

    def _page(
        self, body: Json, offset: int, limit: int, facets: Sequence[tuple[str, int]], filters: KeysByFacet
    ) -> tuple[Json, tuple[Scored, ...]]:
        """The first answer (with total and aggregations), and the hits [offset, offset + limit), however many."""
        limit = max(0, limit)
        near = offset + limit <= PAGE_SIZE
        aggs = {"aggs": aggregations(facets, filters, FIRST_SHARD_SIZE)} if facets else {}
        if near:
            first = self._snapshot.search({**body, **aggs, "from": offset if limit else 0, "size": limit})
            return first, tuple(hit_of(hit) for hit in first["hits"]["hits"])
        first = self._snapshot.search({**body, **aggs, "size": 0})
        if offset >= first["hits"]["total"]["value"]:
            return first, ()
        return first, tuple(self._deep_page({**body, "track_total_hits": False}, offset, limit))

    def _deep_page(self, body: Json, offset: int, limit: int) -> Iterator[Scored]:
        """The hits [offset, offset + limit), read request by request with search_after.

        The sort values of the last hit are kept as a cursor, so that a later page can continue from there.
        """
        key = json.dumps(body, sort_keys=True) + self._snapshot.view.id
        after: list[Any] | None
        at, after = max(((place, cursor) for (query, place), cursor in self._cursors.items()
                         if query == key and place <= offset), default=(0, None))
        while limit > 0:
            size = min(PAGE_SIZE, offset - at if at < offset else limit)
            hits = self._snapshot.search({**body, "size": size, **({"search_after": after} if after else {})})
            found = hits["hits"]["hits"]
            if at >= offset:
                yield from map(hit_of, found)
                limit -= len(found)
            if len(found) < size:
                return
            at, after = at + size, found[-1]["sort"]
        with self._lock:
            self._cursors[key, at] = after or []
            while len(self._cursors) > MAX_CURSORS:
                self._cursors.popitem(last=False)

    def _facets(
        self, query: Query, match: Json, filters: KeysByFacet, first: Json
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        found, shard_size = first.get("aggregations", {}), FIRST_SHARD_SIZE
        while not are_exact(query.facets, found, shard_size):
            shard_size *= SHARD_SIZE_FACTOR
            aggs = aggregations(query.facets, filters, shard_size)
            body = {"query": match, "size": 0, "track_total_hits": False, "aggs": aggs}
            found = self._snapshot.search(body)["aggregations"]
        return {facet: facet_rows(found[facet], most, filters.get(facet, ())) for facet, most in query.facets}


class CommitCache:
    """Counts and vocabularies of one commit that have been read so far."""

    def __init__(self, view: View) -> None:
        self.commit = view.commit
        self.counts: OrderedDict[str, int] = OrderedDict()
        self.vocabularies: dict[str, Vocabulary] = {}
        self._lock = Lock()

    def add_counts(self, found: Mapping[str, int]) -> None:
        """Keep these counts (query as JSON -> count). The oldest are dropped beyond MAX_CACHED_COUNTS."""
        with self._lock:
            self.counts.update(found)
            while len(self.counts) > MAX_CACHED_COUNTS:
                self.counts.popitem(last=False)


def hit_of(hit: Json) -> Scored:
    """A hit of an answer as article id and score (0.0 if sorted by date)."""
    return Scored(id_of(hit), hit.get("_score") or 0.0)


def id_of(hit: Json) -> str:
    """The article id of a hit of an answer."""
    return str(hit["fields"]["id"][0])
