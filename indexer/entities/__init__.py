"""Where, when and who: an article's province, date and officials, each with its evidence; facet keys and labels.

Reads normalised text, never segmented text. Lexicons are dated data rows in data/*.csv.
"""

from __future__ import annotations

from indexer.entities.facets import LABELS, entity_words, facet_keys, label, province_label
from indexer.entities.officials import find_officials, with_key
from indexer.entities.provinces import Page, find_provinces
from indexer.entities.published import read_dates
from indexer.model import Article, Entities
from indexer.text import normalize, shown

__all__ = ["LABELS", "entity_words", "facet_keys", "label", "province_label", "read_entities"]


def read_entities(article: Article) -> Entities:
    """Where, when and who of `article`. Pure; offsets of evidence are into its title and `Article.text`."""
    title, text = shown(article.title), shown(article.text)
    officials = find_officials(title, text)
    dated = read_dates(normalize(title), normalize(text), article.stamps, article.url)
    page = Page(normalize(title), normalize(text), dated.published.date, article.url, article.source)
    provinces = find_provinces(page, officials)
    names = [province.name for province in provinces]
    return Entities(dated.published, dated.event, dated.years_about, provinces, tuple(with_key(o, names) for o in officials))
