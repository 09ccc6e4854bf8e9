"""Snippets for a query that names a post: the sentence that names a holder, in place of the best window of words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.engine.port import Engine
from indexer.entities.post_keys import post_key
from indexer.model import Entry, Hit, Results
from indexer.model.excerpt import Quote
from indexer.search.query.marker import Marker
from indexer.search.query.snippet import LENGTH, frame, in_short
from indexer.text import fold


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence that names someone with a post in `place`."""

    place: str
    name: str
    sentence: str


def with_holders_named(engine: Engine, results: Results, brief: bool) -> Results:
    """`results` whose hits show the sentence that names a recognised or chosen post with its holder.

    Of several holders the one in the province asked for is shown. A hit without such a sentence keeps its snippet.
    `brief` entries have no evidence: only those are read once more.
    """
    posts = named(results, "post")
    if not (posts and results.hits):
        return results
    entries = [hit.entry for hit in results.hits]
    entries = engine.entries([entry.id for entry in entries]) if brief else entries
    marker, places, typed = Marker(results.query.match), named(results, "province"), fold(results.query.text)
    hits = []
    for hit, entry in zip(results.hits, entries, strict=True):
        found = list(sentences(entry, posts))
        there = [each for each in found if asked_for(each.place, places, typed)]
        hits.append(naming(hit, marker, (there or found)[0]) if found else hit)
    return replace(results, hits=tuple(hits))


def asked_for(place: str, places: set[str], typed: str) -> bool:
    """Whether a post is in a place that a filter chooses or the folded query names."""
    return bool(place) and (place in places or fold(place) in typed)


def named(results: Results, facet: str) -> set[str]:
    """The keys of a facet that the query names or a filter chooses."""
    wanted = [each.keys for each in results.recognised if each.facet == facet]
    wanted += [each.keys for each in results.query.filters if each.facet == facet]
    return {key for keys in wanted for key in keys}


def sentences(entry: Entry, posts: set[str]) -> Iterator[Named]:
    """The sentences of the text that name someone with one of `posts`."""
    for official in entry.entities.officials:
        for held in official.held:
            proof = held.evidence or official.evidence
            if proof and proof.zone == "text" and post_key(held) in posts:
                yield Named(held.place, official.name, proof.quote)


def naming(hit: Hit, marker: Marker, found: Named) -> Hit:
    """The hit with the part of a sentence that holds the name, at most as long as any snippet.

    Where its reader may not see the name in a quote, the hit as it is.
    """
    if isinstance(found.sentence, Quote):
        shown = in_short(found.sentence, found.name)
        return replace(hit, snippet=shown, marks=tuple(marker.spans(shown))) if found.name in shown else hit
    quote = found.sentence.replace("\n", " ")
    at = max(0, quote.find(found.name))
    start, end = frame(quote, (at, at + len(found.name)), LENGTH)
    before, after = "… " if start else "", " …" if end < len(quote) else ""
    shift = len(before) - start
    marks = tuple((a + shift, b + shift) for a, b in marker.spans(quote) if start <= a and b <= end)
    return replace(hit, snippet=before + quote[start:end] + after, marks=marks)
