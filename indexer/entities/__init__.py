"""Where, when and who: an article's province, date and officials, each with its evidence; facet keys and labels.

Reads normalised text, never segmented text. Lexicons are dated data rows in data/*.csv.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.entities.extraction import STEPS, Extraction, as_shown
from indexer.entities.facets import entity_words, facet_keys, label, province_label
from indexer.entities.published import sentences_of_dates
from indexer.entities.testimony import Taught
from indexer.entities.wraps import unwrapped
from indexer.model import Article, Entities, Evidence
from indexer.text import compared, shown

__all__ = ["entity_words", "facet_keys", "label", "province_label", "read_all", "read_entities", "told_when"]
AT_ONCE = 25  # articles read at a time: a reader's tables stay in the processor's cache, and so do the texts


def read_entities(article: Article, taught: Taught | None = None) -> Entities:
    """Where, when and who of `article`. Pure; offsets of evidence are into its title and `Article.text`.

    `taught` is what other articles know of one of its officials (indexer.ingest.cross_article).
    """
    return read_all([(article, taught)])[0]


def read_all(articles: Sequence[tuple[Article, Taught | None]]) -> list[Entities]:
    """What `read_entities` gives for each of `articles`, a seventh sooner: each step is taken for many at once."""
    found: list[Entities] = []
    for first in range(0, len(articles), AT_ONCE):
        few = [Extraction(*each) for each in articles[first : first + AT_ONCE]]
        for step in STEPS:
            for each in few:
                step(each)
        found += (each.entities() for each in few)
    return found


def told_when(article: Article) -> dict[str, Evidence]:
    """The sentences behind what an article tells of time: of its event ("event") and of each year it is about."""
    zones = {"title": shown(article.title), "text": shown(article.text)}
    found = sentences_of_dates(compared(zones["title"]), unwrapped(compared(zones["text"])))
    return {name: evidence for name, each in found.items() if (evidence := as_shown(each, zones))}
