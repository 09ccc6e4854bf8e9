"""The forward index on a cluster: each document stores the words of its article in order, and they are fetched."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engine.arrays import offsets
from indexer.engine.cluster.queries import Json, terms_query
from indexer.engine.cluster.snapshot import Snapshot
from indexer.engine.forward import ForwardWords, Vocabulary

PER_REQUEST = 1_000  # articles whose words are fetched at once
MAX_COUNTED = 5_000  # articles whose words are counted; of more a draw

Text = tuple[list[str], list[str]]  # the words of a title, and of a running text


def read_forward(snapshot: Snapshot, ids: Sequence[str]) -> list[Text]:
    """The words of title and text of these articles, in the order of `ids`."""
    found: dict[str, Text] = {}
    for at in range(0, len(ids), PER_REQUEST):
        some = list(ids[at : at + PER_REQUEST])
        body: Json = {"query": terms_query("id", some), "size": len(some), "_source": ["id", "forward"],
                      "sort": ["_doc"], "track_total_hits": False}
        for hit in snapshot.search(body)["hits"]["hits"]:
            forward = hit["_source"]["forward"]
            found[hit["_source"]["id"]] = forward["title"].split(), forward["text"].split()
    return [found[id] for id in ids]


def numbered(texts: Sequence[Text], articles: int, ids: tuple[str, ...]) -> ForwardWords:
    """The words as numbers of a vocabulary of their own, sorted. `texts` in the order of `ids`."""
    words = [word for title, text in texts for part in (title, text) for word in part]
    vocabulary = sorted(set(words))
    number = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
    lengths = np.array([len(title) + len(text) for title, text in texts], np.int64)
    return ForwardWords(
        articles, ids, Vocabulary(vocabulary), np.array([number[word] for word in words], np.int32), offsets(lengths),
        np.array([len(title) for title, _ in texts], np.int64),
    )
