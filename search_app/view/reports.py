"""What a reader can report as wrong: the value meant, with the words it rests on, and the addresses of the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from indexer.model import Entry, Evidence
from indexer.model.facets import BY_NAME
from indexer.operations.reader_reports import LENGTHS
from indexer.search.labels import label, told, told_when
from indexer.search.query.snippet import in_short
from search_app.i18n import messages
from search_app.i18n.language import current

SHOWN_ALONE = {"event": messages.EVENT_DAY, "rank": messages.RANK}  # values that are no facets


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about. `entry` is the article, None where none is meant or it is not in the archive.

    facet    name of the facet, or of a value that is none (SHOWN_ALONE); "" for a page as a whole
    value    its key; `evidence` the sentence it rests on in the article, "" where there is none
    page     path and query of the page that shows it
    """

    entry: Entry | None = None
    facet: str = ""
    value: str = ""
    page: str = ""

    @property
    def facet_label(self) -> str:
        """What the facet is called."""
        return BY_NAME[self.facet].label if self.facet in BY_NAME else SHOWN_ALONE.get(self.facet, "")

    @property
    def value_label(self) -> str:
        """The value as pages show it."""
        return label(self.facet, self.value) if self.value else ""

    @property
    def evidence(self) -> str:
        """The sentence of the article that the value rests on."""
        return evidence(self.entry, self.facet, self.value) if self.entry else ""

    @property
    def about_people(self) -> bool:
        """Whether the value is a person."""
        return self.facet == "official"


def known_facet(name: str) -> str:
    """The name if a report can be about it, else ""."""
    return name if name in BY_NAME or name in SHOWN_ALONE else ""


def evidence(entry: Entry, facet: str, value: str) -> str:
    """The words that a value of an article rests on, on one line; "" where there are none."""
    found = next((each for key, each in evidences(entry, facet) if key == value and each and each.quote), None)
    return in_short(found.quote)[:LENGTHS["evidence"]] if found else ""


def evidences(entry: Entry, facet: str) -> Iterator[tuple[str, Evidence | None]]:
    """The values of a facet in an article, each with its evidence."""
    known = entry.entities
    match facet:
        case "province":
            yield from ((each.name, each.evidence) for each in known.provinces)
        case "official":
            yield from ((each.key, each.evidence) for each in known.officials)
        case "post":
            yield from ((post.text, post.evidence) for each in known.officials for post in each.held)
        case "role":
            yield from ((role.name, role.evidence) for each in known.officials for role in each.roles)
        case "rank":
            yield from ((each.rank or "", each.evidence) for each in known.officials)
        case "day":
            yield known.published.date or "", known.published.evidence
        case "about":
            yield from told_when(entry.article).items()
        case "event":
            yield known.event or "", told_when(entry.article).get("event")
        case _ if facet in BY_NAME and BY_NAME[facet].evidence:
            yield from ((each.key, each.evidence) for each in told(facet, known, entry.article))


def report_url(article: str = "", facet: str = "", value: object = "", page: str = "") -> str:
    """The address of the form, filled in for a value of an article or of a page."""
    given = {"article": article, "facet": facet, "value": str(value or ""), "page": page}
    query = urlencode({name: text[:LENGTHS[name]] for name, text in given.items() if text})
    return f"{current().prefix}/report?{query}" if query else f"{current().prefix}/report"


def report_this_page() -> str:
    """The address of the form for the page of this request as a whole."""
    if request.path == "/report":
        return report_url()
    page = request.full_path.rstrip("?")
    return report_url(page=page if len(page) <= LENGTHS["page"] else request.path)
