"""The lines of a concordance that hold a collocate: the places of a query's words with a word within reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from indexer.engine.port import Engine
from indexer.model import All, Query
from indexer.search.statistics.corpus import phrase_of
from indexer.search.statistics.neighbours import Neighbours, Reach
from indexer.search.statistics.nodes import has_places
from indexer.search.statistics.units import Texts

ARTICLES = 5_000  # whose words are read; of more a draw
Place = tuple[int, int]  # 0 in the title or 1 in the text, and how many syllables stand before it there


@dataclass(frozen=True, slots=True)
class Near:
    """A word that must stand within reach: "quốc phòng"."""

    word: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class NearPlaces:
    """The places that have the word within reach, by article; `articles` match, all of them or a draw were read."""

    articles: int
    of: Mapping[str, frozenset[Place]]


def near_places(engine: Engine, query: Query, near: Near, seed: int) -> NearPlaces:
    """The places of the words of `query` within whose reach the word of `near` stands.

    None for a query whose words have no places (`nodes.has_places`), and for an empty word.
    """
    name = near.word.strip().lower().replace(" ", "_")
    if not name or not has_places(query.match):
        return NearPlaces(0, {})
    both = replace(query, match=All((query.match, phrase_of(name))))
    read = engine.forward_words(both, ARTICLES, seed)
    texts = Texts(read)
    seen = Neighbours(texts, query.match, near.reach)
    starts = seen.spans[0][seen.with_unit(name)]
    zones = texts.syllables.zones[starts]
    before = starts - np.searchsorted(texts.syllables.zones, zones)
    found: dict[str, set[Place]] = defaultdict(set)
    for zone, at in zip(zones.tolist(), before.tolist(), strict=True):
        found[read.ids[zone // 2]].add((zone % 2, at))
    whole = len(read.ids) == read.articles
    return NearPlaces(len(found) if whole else read.articles, {id: frozenset(each) for id, each in found.items()})
