"""The document that the cluster stores for an article, and the mapping of its fields.

Terms are analysed before they are sent; the cluster only splits them at white space. A term is sent as often as it
weighs, so that its frequency in the document is its weight.

    syllable, folded              terms with positions: title, lead, body and entities, ZONE_GAP positions apart; then
                                  the title twice more and the lead once more, for their weights 3 and 2
    title_syllable, title_folded  the terms of the title only, at the same positions
    pair, word                    terms without positions
    terms.*                       each distinct term once, as a column (doc values): for listing and counting terms
    keys.*                        facet keys; a field is created for each facet on first use
    id                            the article's id
    length                        length in syllables, for BM25
    day                           day number (see `invert.day_number`)
    seq                           the article's number in index order
    born                          number of the commit that adds the document (see `commits`)
    entry                         the stored Entry as JSON, not searchable
    forward                       the words of title and of text in order, as two strings, not searchable (see
                                  `engine.forward`)
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from indexer.engine.block import RESERVED_NAMES
from indexer.engine.invert import MAX_WEIGHT, day_number
from indexer.engine.stored_entries import to_json
from indexer.model import Entry, Terms

ZONE_GAP = 100  # positions between two zones; larger than any proximity window
MAX_TERM_LENGTH = 200  # in characters; the whitespace analyzer splits tokens of more than 255
TEXT_FIELDS = ("syllable", "folded", "pair", "word")
LISTED_FIELDS = ("syllable", "folded", "word")  # fields whose terms can be listed
KEYWORD = {"type": "keyword"}
FREQUENCY_FIELD = {
    "type": "text", "analyzer": "whitespace", "norms": False, "similarity": "weight", "index_options": "freqs"}
POSITION_FIELD = {**FREQUENCY_FIELD, "index_options": "positions", "position_increment_gap": ZONE_GAP}


def index_mapping(versions: Any) -> dict[str, Any]:
    """The mapping of an index. `versions` (see `engine.stamp`) are stored in its _meta."""
    return {
        "dynamic": False,
        "date_detection": False,
        "_meta": {"quocphong": dict(versions)},
        "_source": {"includes": ["id", "entry", "forward"]},
        "properties": {
            "id": KEYWORD, "length": {"type": "integer"}, "day": {"type": "integer"}, "seq": {"type": "long"},
            "born": {"type": "integer"}, "entry": {"type": "object", "enabled": False},
            "forward": {"type": "object", "enabled": False},
            "syllable": POSITION_FIELD, "folded": POSITION_FIELD,
            "title_syllable": POSITION_FIELD, "title_folded": POSITION_FIELD,
            "pair": FREQUENCY_FIELD, "word": FREQUENCY_FIELD,
            "terms": {"properties": {field: {"type": "keyword", "index": False} for field in LISTED_FIELDS}},
            "keys": {"type": "object", "dynamic": True, "properties": {}},
        },
        "dynamic_templates": [{"facets": {"path_match": "keys.*", "mapping": KEYWORD}}],
    }


def index_settings(shards: int, replicas: str) -> dict[str, Any]:
    """The settings of an index. `replicas` is a number, or a range by number of nodes such as "0-1".

    The index is refreshed by commits only. A write is acknowledged when it is on the disk of all copies.
    """
    copies = {"auto_expand_replicas": replicas} if "-" in replicas else {"number_of_replicas": int(replicas)}
    return {
        "number_of_shards": shards, **copies, "refresh_interval": "-1", "codec": "best_compression",
        "translog.durability": "request", "max_result_window": 10_000, "mapping.total_fields.limit": 1000,
        "similarity": {"weight": {"type": "scripted", "script": {"source": "return query.boost * doc.freq;"}}},
    }


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """An article ready to be sent: id, length in syllables, and the JSON document without `seq` and `born`."""

    id: str
    length: int
    document: str


def invert(articles: Iterable[tuple[Entry, Terms]]) -> list[IndexDocument]:
    """Implements `port.Invert`: the documents of the articles, in order. If ids repeat, only the last is kept."""
    latest: dict[str, tuple[Entry, Terms]] = {}
    for entry, terms in articles:
        latest.pop(entry.id, None)
        latest[entry.id] = entry, terms
    return [index_document(entry, terms) for entry, terms in latest.values()]


def index_document(entry: Entry, terms: Terms) -> IndexDocument:
    """The document of an article. ValueError for a facet with a reserved name or a name that is no identifier."""
    facets = {facet: list(dict.fromkeys(keys)) for facet, keys in entry.keys.items()}
    if wrong := next((facet for facet in facets if facet in RESERVED_NAMES or not facet.isidentifier()), None):
        raise ValueError(f"a facet cannot be called {wrong!r}")
    syllables, folded = [*map(cluster_term, terms.syllables)], [*map(cluster_term, terms.folded)]
    words = [*map(cluster_term, terms.words)]
    document = {
        "id": entry.id, "length": terms.body, **({"day": day} if (day := day_number(entry.day)) else {}),
        "syllable": zone_texts(syllables, terms), "folded": zone_texts(folded, terms),
        "title_syllable": " ".join(syllables[:terms.title]), "title_folded": " ".join(folded[:terms.title]),
        "pair": repeat_by_weight(pairs(folded, terms)),
        "word": repeat_by_weight(zip(words, (zone_weight(terms, at) for at in terms.word_at), strict=True)),
        "terms": {"syllable": unique(syllables), "folded": unique(folded), "word": unique(words)},
        "keys": facets,
        "entry": to_json(entry),
        "forward": forward_texts(terms),
    }
    return IndexDocument(entry.id, terms.body, json.dumps(document, ensure_ascii=False, separators=(",", ":")))


def forward_texts(terms: Terms) -> dict[str, str]:
    """The words of the title and of the running text in order, separated by spaces; those of entities left out."""
    words = [word for word, at in zip(terms.words, terms.word_at, strict=True) if at < terms.body]
    in_title = sum(at < terms.title for at in terms.word_at)
    return {"title": " ".join(words[:in_title]), "text": " ".join(words[in_title:])}


def cluster_term(term: str) -> str:
    """A term as the cluster stores it: "_" for the space of a pair; too long terms become a prefix and a hash."""
    term = term.replace(" ", "_")
    if len(term) <= MAX_TERM_LENGTH:
        return term
    return f"{term[:100]}…{blake2b(term.encode(), digest_size=12).hexdigest()}"


def stored_term(field: str, term: str) -> str:
    """`term` of `field` as the cluster stores it; the keys of a facet are stored as they are."""
    return cluster_term(term) if field in TEXT_FIELDS else term


def zone_texts(syllables: Sequence[str], terms: Terms) -> list[str]:
    """The texts of the positional fields: each run of consecutive positions, then title, title and lead again."""
    positions = terms.positions
    cuts = [at for at in range(1, len(syllables)) if positions[at] != positions[at - 1] + 1]
    bounds = [0, *cuts, len(syllables)]
    runs = [" ".join(syllables[a:b]) for a, b in pairwise(bounds) if a < b]
    title, lead = " ".join(syllables[:terms.title]), " ".join(syllables[terms.title : terms.lead])
    return [*runs, *filter(None, (title, title, lead))]


def zone_weight(terms: Terms, at: int) -> int:
    """The weight of the zone of syllable number `at`: title 3, lead 2, else 1."""
    return 3 if at < terms.title else 2 if at < terms.lead else 1


def pairs(folded: Sequence[str], terms: Terms) -> Iterator[tuple[str, int]]:
    """The pairs of adjacent accent-free syllables, joined by "_", each with the weight of its zone."""
    for at in range(len(folded) - 1):
        if terms.paired[at]:
            yield f"{folded[at]}_{folded[at + 1]}", zone_weight(terms, at)


def repeat_by_weight(found: Iterable[tuple[str, int]]) -> str:
    """The terms separated by spaces, each repeated by its summed weight, at most MAX_WEIGHT times."""
    sums: Counter[str] = Counter()
    for term, count in found:
        sums[term] += count
    return " ".join(" ".join([term] * min(count, MAX_WEIGHT)) for term, count in sums.items())


def unique(found: Iterable[str]) -> list[str]:
    """The distinct values, in order of first occurrence."""
    return list(dict.fromkeys(found))
