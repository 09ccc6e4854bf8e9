"""The engine for archives beyond one machine: the same terms, matches and scores from an OpenSearch cluster.

Matching, counting and scoring happen on the cluster; the numbers that make a score (how many articles hold a term, how
long they are on average) are those of the whole index at its commit, whatever shard an article is in, and so hits,
counts and scores are those of the other engine.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from math import log1p
from threading import Lock
from typing import Any

from indexer.engine.cluster.client import connect
from indexer.engine.cluster.commits import Commits
from indexer.engine.cluster.crosstab import crossing, next_after, pairs_of
from indexer.engine.cluster.facets import DEEP, DEEPER, aggregations, counted, sure
from indexer.engine.cluster.mapping import token
from indexer.engine.cluster.queries import (
    EVERYTHING,
    Json,
    all_clause,
    chosen,
    held_by,
    matching,
    scored,
    terms_query,
)
from indexer.engine.cluster.snapshot import Snapshot, View
from indexer.engine.cluster.vocabulary import Vocabulary
from indexer.engine.crosstab import Crossed
from indexer.engine.stored_entries import from_plain
from indexer.engine.whoosh import bounded, chosen_keys
from indexer.model import Entry, Found, Query, Scored
from indexer.model.cluster_address import ClusterAddress
from indexer.model.errors import QuocphongError

PAGE = 10_000  # hits in one request
ENTRIES = 500
COUNTED_TOGETHER = 100
REMEMBERED = 100_000  # counts
BEST: list[Json] = [{"_score": "desc"}, {"seq": "asc"}]
DATED: Mapping[str, list[Json]] = {
    "newest": [{"day": {"order": "desc", "missing": "_last"}}, {"seq": "asc"}],
    "oldest": [{"day": {"order": "asc", "missing": "_last"}}, {"seq": "asc"}],
}
IDS_ONLY: Json = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["id"]}

Chosen = Mapping[str, tuple[str, ...]]


class OpenSearchEngine:
    """An opened index: the port's Engine. Safe to share between threads."""

    def __init__(self, where: ClusterAddress, index: str) -> None:
        """Opens `index`, a versioned name, on the cluster. IndexMissing or ClusterUnavailable."""
        self.index = index
        self.client = connect(where)
        self._commits = Commits(self.client, where.name, index)
        self._snapshot = Snapshot(self.client, self._commits)
        self.generation = self._snapshot.view.commit.generation
        self._known = Known(self._snapshot.view)
        self._cursors: OrderedDict[tuple[str, int], list[Any]] = OrderedDict()
        self._lock = Lock()

    def count(self) -> int:
        """How many articles the index holds."""
        return self._snapshot.view.commit.articles

    def find(self, query: Query) -> Found:
        """The articles that match, best first, with the exact total and the facet counts; see the port."""
        filters = chosen_keys(query.filters)
        match = matching(self, bounded(query))
        body: Json = {"query": match, "track_total_hits": True, **IDS_ONLY}
        if query.facets and filters:
            body["post_filter"] = all_clause(chosen(filters.items()))
        else:
            body["query"] = all_clause([match, *chosen(filters.items())])
        body |= self._order(query, body["query"])
        first, hits = self._page(body, query.offset, query.limit, query.facets, filters)
        facets = self._facets(query, match, filters, first)
        return Found(first["hits"]["total"]["value"], hits, facets)

    def crosstab(self, query: Query, first: str, second: str) -> Crossed:
        """How many of the articles that match hold each pair of keys of two facets; see the port."""
        match = all_clause([matching(self, bounded(query)), *chosen(chosen_keys(query.filters).items())])
        counts: Crossed = {}
        after: Json | None = {}
        while after is not None:
            body = {"query": match, "size": 0, "track_total_hits": False, "aggs": crossing(first, second, after)}
            found = self._snapshot.search(body)["aggregations"]
            counts |= pairs_of(found)
            after = next_after(found)
        return counts

    def entries(self, ids: Sequence[str], brief: bool = False) -> list[Entry]:
        """The stored entries for `ids`, in that order; unknown ids are left out. `brief`: see the port."""
        found: dict[str, Entry] = {}
        wanted = list(dict.fromkeys(ids))
        for at in range(0, len(wanted), ENTRIES):
            some = wanted[at : at + ENTRIES]
            body = {"query": terms_query("id", some), "size": len(some), "_source": ["entry"], "sort": ["_doc"],
                    "track_total_hits": False}
            for hit in self._snapshot.search(body)["hits"]["hits"]:
                entry = from_plain(hit["_source"]["entry"], brief)
                found[entry.id] = entry
        return [found[id] for id in ids if id in found]

    def ids(self) -> Iterator[str]:
        """Every article's id, in index order."""
        body: Json = {"query": EVERYTHING, "sort": [{"seq": "asc"}], "size": PAGE, **IDS_ONLY}
        body["track_total_hits"] = False
        while hits := self._snapshot.search(body)["hits"]["hits"]:
            yield from map(id_of, hits)
            body["search_after"] = hits[-1]["sort"]

    def deleted(self, most: int) -> list[Entry]:
        """None: a cluster shows nothing of what is deleted."""
        return []

    def frequency(self, field: str, term: str) -> int:
        """How many articles hold `term` in `field`."""
        listed = self._now().vocabularies.get(field)
        return listed.counts.get(token(term), 0) if listed else self.counts([held_by(field, term)])[0]

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Terms of `field` (not of pairs) that begin with `prefix`, in order, each with its article count."""
        return self._vocabulary(field).begin(prefix)

    def stale(self) -> bool:
        """Whether a newer generation has been committed since this one was opened."""
        try:
            return self._commits.read(patience=0).commit.generation != self.generation
        except QuocphongError:  # what is open still answers, if anything does
            return False

    def verify(self) -> list[str]:
        """What is wrong with the index, one sentence each: shards that are missing, articles that are not there."""
        health = self.client.cluster.health(index=self.index)
        if health["status"] == "red":
            return [f"Some shards of {self.index} have no home (cluster health is red)."]
        held = self._snapshot.search({"query": EVERYTHING, "size": 0, "track_total_hits": True})
        count = held["hits"]["total"]["value"]
        wrong = f"{self.index} holds {count} articles, its commit says {self.count()}."
        return [] if count == self.count() else [wrong]

    def close(self) -> None:
        """Let go of the cluster's point in time and of the connections."""
        self._snapshot.close()
        self.client.close()

    # --- what the rules of queries ask -------------------------------------------------------

    def counts(self, queries: Sequence[Json]) -> list[int]:
        """How many articles match each of the queries."""
        known = self._now().counts
        keys = [json.dumps(query, sort_keys=True) for query in queries]
        missing = {key: query for key, query in zip(keys, queries, strict=True) if key not in known}
        found = {key: known[key] for key in keys if key in known}
        asked = list(missing.items())
        for at in range(0, len(asked), COUNTED_TOGETHER):
            some = asked[at : at + COUNTED_TOGETHER]
            bodies = [{"query": query, "size": 0, "track_total_hits": True} for _, query in some]
            answers = self._snapshot.several(bodies)
            found |= {key: answer["hits"]["total"]["value"] for (key, _), answer in zip(some, answers, strict=True)}
        self._now().remember(found)
        return [found[key] for key in keys]

    def commonest(self, field: str, prefix: str, bound: int) -> list[str]:
        """At most `bound` terms that begin with `prefix`, commonest first, then in order."""
        return self._vocabulary(field).commonest(prefix, bound)

    def idf(self, frequency: int) -> float:
        """Lucene's: ln(1 + (N - df + .5) / (df + .5))."""
        return log1p((self.count() - frequency + 0.5) / (frequency + 0.5))

    def _vocabulary(self, field: str) -> Vocabulary:
        listed = self._now().vocabularies
        if field not in listed:
            with self._lock:
                if field not in listed:
                    listed[field] = Vocabulary(self._snapshot, field)
        return listed[field]

    def _now(self) -> Known:
        """What is known of the commit that the snapshot shows now."""
        if self._known.commit != self._snapshot.view.commit:
            self._known = Known(self._snapshot.view)
        return self._known

    # --- pages and facets --------------------------------------------------------------------

    def _order(self, query: Query, match: Json) -> Json:
        if query.sort != "oldest" and (query.sort == "newest" or not query.scoring):
            return {"query": all_clause([match]), "sort": DATED["newest"]}
        if query.sort == "oldest":
            return {"query": all_clause([match]), "sort": DATED["oldest"]}
        commit = self._snapshot.view.commit
        mean = commit.syllables / commit.articles if commit.syllables else 1.0
        return {"query": scored(self, match, query.scoring, mean), "sort": BEST}

    def _page(
        self, body: Json, offset: int, limit: int, facets: Sequence[tuple[str, int]], filters: Chosen
    ) -> tuple[Json, tuple[Scored, ...]]:
        """The first answer, with total and aggregations, and the hits of the page, however deep and long."""
        limit = max(0, limit)
        near = offset + limit <= PAGE
        aggs = {"aggs": aggregations(facets, filters, DEEP)} if facets else {}
        if near:
            first = self._snapshot.search({**body, **aggs, "from": offset if limit else 0, "size": limit})
            return first, tuple(hit_of(hit) for hit in first["hits"]["hits"])
        first = self._snapshot.search({**body, **aggs, "size": 0})
        if offset >= first["hits"]["total"]["value"]:
            return first, ()
        return first, tuple(self._walk({**body, "track_total_hits": False}, offset, limit))

    def _walk(self, body: Json, offset: int, limit: int) -> Iterator[Scored]:
        """Hits `offset` to `offset + limit`, page after page; where the last walk ended, the next may go on."""
        key = json.dumps(body, sort_keys=True) + self._snapshot.view.id
        after: list[Any] | None
        at, after = max(((place, cursor) for (query, place), cursor in self._cursors.items()
                         if query == key and place <= offset), default=(0, None))
        while limit > 0:
            size = min(PAGE, offset - at if at < offset else limit)
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
            while len(self._cursors) > 16:
                self._cursors.popitem(last=False)

    def _facets(
        self, query: Query, match: Json, filters: Chosen, first: Json
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        found, deep = first.get("aggregations", {}), DEEP
        while not sure(query.facets, found, deep):
            deep *= DEEPER
            asked = aggregations(query.facets, filters, deep)
            body = {"query": match, "size": 0, "track_total_hits": False, "aggs": asked}
            found = self._snapshot.search(body)["aggregations"]
        return {facet: counted(found[facet], most, filters.get(facet, ())) for facet, most in query.facets}


class Known:
    """What has been asked of one commit so far."""

    def __init__(self, view: View) -> None:
        self.commit = view.commit
        self.counts: OrderedDict[str, int] = OrderedDict()
        self.vocabularies: dict[str, Vocabulary] = {}
        self._lock = Lock()

    def remember(self, found: Mapping[str, int]) -> None:
        """Keep these counts; the oldest go when there are too many."""
        with self._lock:
            self.counts.update(found)
            while len(self.counts) > REMEMBERED:
                self.counts.popitem(last=False)


def hit_of(hit: Json) -> Scored:
    """One hit of an answer: article id and score."""
    return Scored(id_of(hit), hit.get("_score") or 0.0)


def id_of(hit: Json) -> str:
    """The article id of a hit."""
    return str(hit["fields"]["id"][0])
