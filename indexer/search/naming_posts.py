"""Snippets for a query that names a post: the sentence that names a holder, in place of the best window of words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indexer.engine.port import Engine
from indexer.entities.post_keys import post_key
from indexer.model import Entry, Hit, Results
from indexer.search.query.marker import Marker
from indexer.search.query.snippet import LENGTH, frame


def with_holders_named(engine: Engine, results: Results) -> Results:
    """`results` whose hits show the sentence that names a recognised or chosen post with its holder.

    A hit whose article has no such sentence keeps its snippet. The entries of the page are read once more, as brief
    ones have no evidence.
    """
    posts = named(results, "post")
    if not (posts and results.hits):
        return results
    entries = {entry.id: entry for entry in engine.entries([hit.entry.id for hit in results.hits])}
    marker, places = Marker(results.query.match), named(results, "province") | named(results, "now")
    return replace(results, hits=tuple(naming(marker, hit, entries[hit.entry.id], posts, places)
                                       for hit in results.hits))


def named(results: Results, facet: str) -> set[str]:
    """The keys of a facet that the query names or a filter chooses."""
    wanted = [each.keys for each in (*results.recognised, *results.query.filters) if each.facet == facet]
    return {key for keys in wanted for key in keys}


def naming(marker: Marker, hit: Hit, entry: Entry, posts: set[str], places: set[str]) -> Hit:
    """The hit with the first sentence of its text that names a holder of one of `posts`, at best in one of `places`."""
    found = sorted(sentences(entry, posts), key=lambda each: each[0] not in places)
    if not found:
        return hit
    _, name, quote = found[0]
    at = max(0, quote.find(name))
    start, end = frame(quote, (at, at + len(name)), LENGTH)
    before, after = "… " if start else "", " …" if end < len(quote) else ""
    shift = len(before) - start
    marks = tuple((a + shift, b + shift) for a, b in marker.spans(quote) if start <= a and b <= end)
    return replace(hit, snippet=before + quote[start:end] + after, marks=marks)


def sentences(entry: Entry, posts: set[str]) -> Iterator[tuple[str, str, str]]:
    """(place of the post, name, sentence) of each holder whom the text names with one of `posts`."""
    for official in entry.entities.officials:
        for held in official.held:
            proof = held.evidence or official.evidence
            if proof and proof.zone == "text" and post_key(held) in posts:
                yield held.place, official.name, proof.quote.replace("\n", " ")
