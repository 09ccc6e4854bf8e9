"""Small archives made of lists of words, indexed as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from indexer.engine import whoosh
from indexer.engine.port import Engine
from indexer.engine.reader import IndexReader
from tests.contract.articles import article
from tests.search.statistics.naive import Text, Zone

WORDS = ("quân", "quân_sự", "sự", "dân", "dân_quân", "huấn_luyện", "của", "và", "năm", "tỉnh")
YEARS = ("2018", "2024")


def zone(most: int) -> st.SearchStrategy[Zone]:
    return st.lists(st.sampled_from(WORDS), max_size=most)


@st.composite
def archives(draw: st.DrawFn, most: int = 6) -> list[Text]:
    """Up to `most` articles of a few words, so that words often meet."""
    size = draw(st.integers(1, most))
    return [Text(f"a{at}", draw(zone(5)), draw(zone(14)), draw(st.sampled_from(YEARS))) for at in range(size)]


def index_of(texts: Sequence[Text], parts: int = 1) -> Engine:
    """An index of the texts in so many segments, in memory. Each has an entity, whose words no statistic may count."""
    blocks = [whoosh.invert([article(text.id, " ".join(text.title), " ".join(text.body), entities=["thủ kho"],
                                     keys={"year": (text.year,)}) for text in texts[part::parts]])
              for part in range(min(parts, len(texts)))]
    return whoosh.WhooshEngine(Path("nowhere"), 1, IndexReader([(block, frozenset()) for block in blocks]))
