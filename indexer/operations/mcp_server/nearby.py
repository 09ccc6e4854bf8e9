"""The tool `collocates`: which words stand near those of a query, more often than chance would have it."""

from __future__ import annotations

from indexer.model.errors import UsageError
from indexer.operations.mcp_server.archive import Archive, Opened
from indexer.operations.mcp_server.searching import Asked, refuse_unknown_filters
from indexer.operations.mcp_server.shapes import CollocatesAnswer, NearWord
from indexer.search.statistics.collocates import Wish, collocates
from indexer.search.statistics.neighbours import Reach
from indexer.search.statistics.nodes import NoPlaces
from indexer.search.statistics.tables import Collocates

MOST = 50  # words of one answer
LEAST = 3  # times that a word must stand near
FEW_ARTICLES = 3  # that must hold a word where only excerpts may be shown, as on the site
MEASURES = ("`expected` is what chance would give. Words are ordered by log-likelihood, which says how sure the"
            " difference is; log_dice says how exclusive, and is comparable between archives.")


def near_words(archive: Archive, asked: Asked, window: int, span: str, limit: int) -> CollocatesAnswer:
    """The words near those of the query. UsageError for a query without words, and for unknown values of filters."""
    opened, search = archive.opened(), asked.search()
    refuse_unknown_filters(opened, search.count(opened.engine).query)
    wish = Wish(minimum=LEAST, least_articles=1 if opened.whole else FEW_ARTICLES, limit=limit)
    try:
        found = collocates(opened.engine, search, reach=Reach("word", span, window), wish=wish)
    except NoPlaces:
        raise UsageError("Give words whose neighbours are wanted: filters alone have no place in a text.") from None
    return answer(archive, opened, asked, found)


def answer(archive: Archive, opened: Opened, asked: Asked, found: Collocates) -> CollocatesAnswer:
    """The answer with what it rests on."""
    read = found.read
    notes = [MEASURES] + ([f"Only a draw of {read.read} of {read.articles} articles was read; counts are of the draw."]
                          if read.is_sample else [])
    notes += [f"Reading applied to the query ({each.kind}): {each.label}" for each in found.query.applied]
    words = [NearWord(row.word, row.joint, round(row.expected, 2), row.articles, round(row.log_likelihood, 2),
                      round(row.log_dice, 2)) for row in found.rows]
    return CollocatesAnswer(read.articles, read.read, read.seed, found.places, words, notes, opened.engine.generation,
                            archive.page("/statistics/collocates", q=asked.query))
