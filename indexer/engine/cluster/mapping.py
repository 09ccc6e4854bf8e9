"""What the cluster holds for an article: ready-made terms that it takes apart at white space and never analyses.

    syllable, folded              terms with their positions. The zones come as they stand, POSITION_GAP apart; then the
                                  title twice more and the lead once more, so that a term's frequency is its weight
    title_syllable, title_folded  the title alone, at the same positions
    pair, word                    terms without positions, each as often as it weighs
    terms.*                       each term once, as columns: what lists of terms are counted from
    keys.*                        facet keys, a field for each facet when it is first met
    id, length, day, seq, born    id; BM25's length; day number; place in index order; the commit that brings it in
    entry                         the stored Entry, never searched
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from indexer.engine.block import RESERVED
from indexer.engine.invert import HEAVIEST, day_number
from indexer.engine.stored_entries import plain
from indexer.model import Entry, Terms

GAP = 100  # positions between two zones: more than any proximity window spans
LONGEST = 200  # characters of a term: the cluster cuts words of more than 255
TEXT_FIELDS = ("syllable", "folded", "pair", "word")
LISTED = ("syllable", "folded", "word")  # fields whose terms can be listed
KEYWORD = {"type": "keyword"}
COUNTED = {"type": "text", "analyzer": "whitespace", "norms": False, "similarity": "weight", "index_options": "freqs"}
POSITIONED = {**COUNTED, "index_options": "positions", "position_increment_gap": GAP}


def mapping(versions: Any) -> dict[str, Any]:
    """The mapping of an index written with `versions`, which it carries in its _meta."""
    return {
        "dynamic": False,
        "date_detection": False,
        "_meta": {"quocphong": dict(versions)},
        "_source": {"includes": ["id", "entry"]},
        "properties": {
            "id": KEYWORD, "length": {"type": "integer"}, "day": {"type": "integer"}, "seq": {"type": "long"},
            "born": {"type": "integer"}, "entry": {"type": "object", "enabled": False},
            "syllable": POSITIONED, "folded": POSITIONED, "title_syllable": POSITIONED, "title_folded": POSITIONED,
            "pair": COUNTED, "word": COUNTED,
            "terms": {"properties": {field: {"type": "keyword", "index": False} for field in LISTED}},
            "keys": {"type": "object", "dynamic": True, "properties": {}},
        },
        "dynamic_templates": [{"facets": {"path_match": "keys.*", "mapping": KEYWORD}}],
    }


def settings(shards: int, replicas: str) -> dict[str, Any]:
    """The settings of an index. Refreshed by commits alone; an acknowledged write is on the disks of all its copies."""
    copies = {"auto_expand_replicas": replicas} if "-" in replicas else {"number_of_replicas": int(replicas)}
    return {
        "number_of_shards": shards, **copies, "refresh_interval": "-1", "codec": "best_compression",
        "translog.durability": "request", "max_result_window": 10_000, "mapping.total_fields.limit": 1000,
        "similarity": {"weight": {"type": "scripted", "script": {"source": "return query.boost * doc.freq;"}}},
    }


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be sent: its id, its length and its document without `seq` and `born`."""

    id: str
    length: int
    document: str


def invert(articles: Iterable[tuple[Entry, Terms]]) -> list[Prepared]:
    """The articles ready to be sent, in order; of several with the same id the last counts. The port's Invert."""
    latest: dict[str, tuple[Entry, Terms]] = {}
    for entry, terms in articles:
        latest.pop(entry.id, None)
        latest[entry.id] = entry, terms
    return [prepared(entry, terms) for entry, terms in latest.values()]


def prepared(entry: Entry, terms: Terms) -> Prepared:
    """The document of an article as the cluster stores it. ValueError for a facet name that a field has already."""
    facets = {facet: list(dict.fromkeys(keys)) for facet, keys in entry.keys.items()}
    if wrong := next((facet for facet in facets if facet in RESERVED or not facet.isidentifier()), None):
        raise ValueError(f"a facet cannot be called {wrong!r}")
    spelled, folded = [*map(token, terms.syllables)], [*map(token, terms.folded)]
    words = [*map(token, terms.words)]
    document = {
        "id": entry.id, "length": terms.body, **({"day": day} if (day := day_number(entry.day)) else {}),
        "syllable": zones(spelled, terms), "folded": zones(folded, terms),
        "title_syllable": " ".join(spelled[:terms.title]), "title_folded": " ".join(folded[:terms.title]),
        "pair": weighted(pairs(folded, terms)),
        "word": weighted(zip(words, (weight(terms, at) for at in terms.word_at), strict=True)),
        "terms": {"syllable": distinct(spelled), "folded": distinct(folded), "word": distinct(words)},
        "keys": facets,
        "entry": plain(entry),
    }
    return Prepared(entry.id, terms.body, json.dumps(document, ensure_ascii=False, separators=(",", ":")))


def token(term: str) -> str:
    """A term as the cluster holds it: pairs without their space, terms of no human length cut and told apart."""
    term = term.replace(" ", "_")
    return term if len(term) <= LONGEST else f"{term[:100]}…{blake2b(term.encode(), digest_size=12).hexdigest()}"


def zones(spelled: Sequence[str], terms: Terms) -> list[str]:
    """The runs of neighbouring positions, and what of them counts more than once, again."""
    positions = terms.positions
    cuts = [at for at in range(1, len(spelled)) if positions[at] != positions[at - 1] + 1]
    bounds = [0, *cuts, len(spelled)]
    runs = [" ".join(spelled[a:b]) for a, b in pairwise(bounds) if a < b]
    title, lead = " ".join(spelled[:terms.title]), " ".join(spelled[terms.title : terms.lead])
    return [*runs, *filter(None, (title, title, lead))]


def weight(terms: Terms, at: int) -> int:
    """How much a term counts that stands at syllable `at`."""
    return 3 if at < terms.title else 2 if at < terms.lead else 1


def pairs(folded: Sequence[str], terms: Terms) -> Iterator[tuple[str, int]]:
    """Adjacent accent-free syllables within a sentence, joined by "_", each with the weight of its zone."""
    for at in range(len(folded) - 1):
        if terms.paired[at]:
            yield f"{folded[at]}_{folded[at + 1]}", weight(terms, at)


def weighted(found: Iterable[tuple[str, int]]) -> str:
    """Each term as often as it weighs."""
    sums: Counter[str] = Counter()
    for term, count in found:
        sums[term] += count
    return " ".join(" ".join([term] * min(count, HEAVIEST)) for term, count in sums.items())


def distinct(found: Iterable[str]) -> list[str]:
    """The values in order of first occurrence, each once."""
    return list(dict.fromkeys(found))
