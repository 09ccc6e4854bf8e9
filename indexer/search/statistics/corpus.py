"""Which articles a statistic is about: those of a query, the corpus around them, and the articles that hold a word."""

from __future__ import annotations

from dataclasses import replace

from indexer.engine.port import Engine
from indexer.model import All, Filter, Node, Not, Phrase, Query, Value, Word
from indexer.search.counting import how_many
from indexer.search.query.marker import wanted
from indexer.search.saved_search import SavedSearch
from indexer.search.service import SearchOptions, best_interpretation, resolved

TRIED = 100  # articles whose mean length stands for that of a result


def read_query(engine: Engine, search: SavedSearch) -> Query:
    """The query of a search as it is read there, without a page of articles."""
    options = SearchOptions(resolved(engine, search.filters), "newest", 0, 0, ())
    read, _ = best_interpretation(engine, search.q, options, frozenset(search.off), search.widen)
    return options.query_of(read)


def around(query: Query) -> Query:
    """The corpus that the words of `query` stand in: the articles that pass its filters, without its words."""
    nodes = query.match.nodes if isinstance(query.match, All) else (query.match,)
    return replace(query, match=All(tuple(node for node in nodes if not any(wanted(node)))))


def outside(query: Query, corpus: Query) -> Query:
    """The articles of `corpus` that are not in the result of `query`."""
    return replace(corpus, match=All((corpus.match, Not(All((query.match, *map(node_of, query.filters)))))))


def node_of(chosen: Filter) -> Node:
    """What articles must match to pass a filter."""
    return Value(chosen.facet, chosen.keys) if chosen.node is None else chosen.node


def readable(engine: Engine, query: Query, seed: int, articles: int, words: int) -> int:
    """How many articles of the result to read: `articles`, or fewer so that they hold about so many `words` at most.

    The mean length is that of TRIED articles drawn by `seed`.
    """
    tried = engine.forward_words(query, TRIED, seed)
    mean = len(tried.words) / max(1, len(tried.ids))
    return max(1, min(articles, int(words / max(1.0, mean))))


def articles_with(engine: Engine, query: Query, name: str) -> int:
    """How many articles of the result hold the syllables of a word, or of words, in a row."""
    return how_many(engine, All((query.match, phrase_of(name))), query.filters)


def phrase_of(name: str) -> Node:
    """The syllables of `name` ("quốc_phòng", "quốc phòng") in a row, with accents as they are."""
    words = tuple(map(Word, name.replace("_", " ").split()))
    return words[0] if len(words) == 1 else Phrase(words)
