"""The tool `timeline`: how many articles match in each year or month, beside what the archive holds."""

from __future__ import annotations

from indexer.operations.mcp_server.archive import Archive
from indexer.operations.mcp_server.searching import Asked, counted, refuse_unknown_filters
from indexer.operations.mcp_server.shapes import Period, TimelineAnswer
from indexer.search.over_time import MONTH, YEAR, periods

MOST = 120  # periods of one answer, the newest
COMPARE = ("Counts mostly show how much the archive holds: compare `articles` with `archive_articles`. A period without"
           " articles of the archive says nothing.")


def over_time(archive: Archive, asked: Asked, by: str) -> TimelineAnswer:
    """Every period from the first with articles to the last. UsageError for unknown values of filters."""
    opened = archive.opened()
    search = asked.search()
    results = search.count(opened.engine)
    refuse_unknown_filters(opened, results.query)
    found = periods(opened.engine, results.query, by, search.with_keys_of(results.query))
    shown = [Period(each.key, each.count, each.of, each.sources) for each in found.each[-MOST:]]
    left_out = sum(each.count for each in found.each[:-MOST])
    notes = [COMPARE] + ([f"{left_out} articles before {shown[0].period} are not listed."] if left_out else [])
    notes += [f"Reading applied to the query ({each.kind}): {each.label}" for each in results.query.applied]
    return TimelineAnswer(
        results.total, counted(results), found.unit, shown, sum(count for _, count in found.vague), found.undated,
        notes, opened.engine.generation, archive.page("/timeline", q=asked.query, by=by if by == MONTH else ""),
    )  # fmt: skip


UNITS = (YEAR, MONTH)
