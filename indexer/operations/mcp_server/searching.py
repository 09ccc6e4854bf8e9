"""The tool `search`: articles with facets, snippets, copies folded, and what was not done said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.model import Entry, Hit, Query, Results, UnknownValue
from indexer.model.errors import UsageError
from indexer.operations.mcp_server.archive import Archive, Opened
from indexer.operations.mcp_server.shapes import (
    Counted,
    Dated,
    FoundArticle,
    Place,
    SearchAnswer,
    Source,
    Suggested,
)
from indexer.search.archive import MOST_COUNTED, count_as_stories
from indexer.search.labels import label
from indexer.search.parameters import FILTERS, MAX_QUERY
from indexer.search.query.days import FACET as DAY
from indexer.search.query.days import days, extent
from indexer.search.saved_search import SavedSearch
from indexer.search.service import search
from indexer.search.unknown_values import unknown_values

MOST, DEEPEST = 20, 500  # articles of one answer; that can be paged to
SHOWN = 8  # values of a facet
MOST_VALUES = 20  # of one filter
FACETS = tuple((name, SHOWN) for name in ("province", "year", "topic", "source", "official", "post"))
FILTERED = ("province", "province_now", "district", "commune", "year", "topic", "source", "official", "post", "unit")
# What the articles of a total hold, by the rule that chose them.
TOTAL_COUNTS = {
    "all": "articles that hold all words of the query",
    "share": "articles that hold most of the words of the query, weighed by how telling they are; few may hold all",
    "none": "articles that match the query and pass the filters",
}
FOLDED = ", with or without the right accents"
# What a date or province rests on, where the page or the text does not state it outright.
INFERRED_DATE = {"event": "inferred from the day of the event it tells of",
                 "years": "inferred from the years named in its text"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What articles are wanted: query text, filters by parameter, first and last day of publication."""

    query: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    first_day: str = ""
    last_day: str = ""

    def chosen(self) -> dict[str, Sequence[str]]:
        """The filters by facet. UsageError for days that make no sense and for too much."""
        if len(self.query) > MAX_QUERY:
            raise UsageError(f"The query has {len(self.query)} characters; at most {MAX_QUERY} are taken. Shorten it.")
        if too_many := [name for name, values in self.filters.items() if len(values) > MOST_VALUES]:
            raise UsageError(f"{too_many[0]} takes at most {MOST_VALUES} values.")
        found = {FILTERS[name]: values for name, values in self.filters.items() if values}
        if self.first_day or self.last_day:
            span = f"{self.first_day}..{self.last_day}"
            if days(span) is None:
                raise UsageError(f"The days {span!r} make no sense: write 2025-07-01, 2025-07 or 2025.")
            found[DAY] = (span,)
        return found

    def search(self) -> SavedSearch:
        """The same as a saved search. UsageError as `chosen`."""
        self.chosen()
        first, last = extent(self.first_day) or ("", ""), extent(self.last_day) or ("", "")
        given = {name: tuple(values) for name, values in self.filters.items() if values}
        return SavedSearch().changed(q=self.query, from_=first[0], to=last[1], **given)


def find(archive: Archive, asked: Asked, sort: str, page: int, limit: int) -> SearchAnswer:
    """One page of the articles that match. UsageError for unknown values of filters, with the nearest there are."""
    if page * limit > DEEPEST:
        raise UsageError(f"Only the first {DEEPEST} articles can be listed. Narrow the search by words or filters.")
    opened = archive.opened()
    results = search(opened.engine, asked.query, filters=asked.chosen(), sort=sort, page=page, limit=limit,
                     facets=FACETS)
    refuse_unknown(results.unknown)
    stories = count_as_stories(opened.engine, opened.stories, results.query, MOST_COUNTED)
    return SearchAnswer(
        total=results.total, total_counts=counted(results), stories=stories,
        articles=folded(archive, opened, results.hits),
        facets={facet.name: [Counted(v.label, v.count) for v in facet.values if v.count] for facet in results.facets},
        suggested=suggested(results), notes=[*notes(results, opened), *notes_of_dates(results.hits)],
        next_page=page + 1 if page * limit < min(results.total, DEEPEST) else None,
        generation=opened.engine.generation, page=archive.page("/search", q=asked.query),
    )  # fmt: skip


def refuse_unknown(found: Iterable[UnknownValue]) -> None:
    """UsageError for values of filters that nothing is called."""
    said = [unknown_value(each) for each in found if each.chosen]
    if said:
        raise UsageError(" ".join(said))


def refuse_unknown_filters(opened: Opened, query: Query) -> None:
    """The same for a query that was planned without a search."""
    refuse_unknown(unknown_values(opened.engine, query))


def unknown_value(value: UnknownValue) -> str:
    """The sentence for an unknown value, with the nearest ones."""
    near = f" The nearest: {'; '.join(value.nearest)}." if value.nearest else " Leave it out or use words of the query."
    return f"No {value.facet} is called {value.value[:60]!r}.{near}"


def counted(results: Results) -> str:
    """What the total counts, in a sentence."""
    return TOTAL_COUNTS[results.rule] + (FOLDED if "dấu" in results.counted and "không" in results.counted else "")


# --- articles ------------------------------------------------------------------------------------------


def folded(archive: Archive, opened: Opened, hits: Sequence[Hit]) -> list[FoundArticle]:
    """The hits, later ones that tell the story of an earlier one folded into it as its copies."""
    first: dict[str, Hit] = {}
    copies: dict[str, list[Source]] = {}
    for hit in hits:
        story = opened.stories.story_of(hit.entry.id)
        if story in first:
            copies[story].append(source_of(archive, hit.entry))
        else:
            first[story], copies[story] = hit, []
    return [found_article(archive, hit, copies[story]) for story, hit in first.items()]


def found_article(archive: Archive, hit: Hit, copies: list[Source]) -> FoundArticle:
    """One article found."""
    known = hit.entry.entities
    return FoundArticle(source_of(archive, hit.entry), hit.snippet, places_of(hit.entry),
                        [" ".join(filter(None, (each.rank, each.name))) for each in known.officials], copies)


def source_of(archive: Archive, entry: Entry) -> Source:
    """An article as a source to cite."""
    article, published = entry.article, entry.entities.published
    url = article.url if (article.url or "").startswith(("http://", "https://")) else None
    named = entry.keys.get("source", ())
    source = article.source or next((label("source", key) for key in named if key != "?"), "")
    return Source(entry.id, article.title, url, source,
                  Dated(published.date, published.precision, published.basis, published.inferred),
                  archive.page("/article", id=entry.id))


def places_of(entry: Entry) -> list[Place]:
    """The provinces an article is about."""
    return [Place(each.name, each.now, each.basis, each.evidence.quote if each.evidence else None)
            for each in entry.entities.provinces]


# --- what must be said besides --------------------------------------------------------------------------


def suggested(results: Results) -> list[Suggested]:
    """Other searches that were not made: corrections, parts of the query as filters."""
    offers = [Suggested(each.kind, each.text, lists(each.filters), each.count) for each in results.offers]
    filters = [Suggested(f"filter: {each.facet}", each.query, {each.facet: list(each.keys)}, each.count)
               for each in results.recognised]
    return [*offers, *filters]


def lists(filters: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Filters with lists for tuples."""
    return {name: list(values) for name, values in filters.items()}


def notes(results: Results, opened: Opened) -> list[str]:
    """What was read into the query, what was left out of the total, and how texts are cut."""
    said = [f"Reading applied to the query ({each.kind}): {each.label}" for each in results.query.applied]
    said += [f"Part of the query not understood, searched as plain words: {part}" for part in results.query.unread]
    said += [f"No {each.facet} is called {each.value!r} (in the query)." for each in results.unknown]
    if results.near.total:
        said.append(f"{results.near.total} more articles hold the words with other accents; they are not in the total.")
    if results.offers:
        said.append("Corrections and other readings are only suggested; none was applied to this result.")
    if not opened.whole:
        said.append("Only excerpts of articles are available here; words outside of them are found but not shown.")
    return said


def notes_of_dates(hits: Sequence[Hit]) -> list[str]:
    """Which dates of the articles listed are inferred, and how."""
    found = ((at, hit.entry.entities.published.basis) for at, hit in enumerate(hits, 1))
    return [f"The date of article {at} of this page is {INFERRED_DATE[basis]}; say so when quoting it."
            for at, basis in found if basis in INFERRED_DATE]
