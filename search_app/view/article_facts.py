"""What an article page lists of the facets with evidence: each value, the words it rests on, and where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.model import Entry, Evidence
from indexer.model.facets import FACETS, FacetSpec
from indexer.search.labels import label, told
from indexer.search.saved_search import SavedSearch
from search_app.view import links


@dataclass(frozen=True, slots=True)
class Fact:
    """A value: its key, how it is shown, the address of the articles that have it too, and its evidence, if any."""

    key: str
    text: str
    href: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class FactBox:
    """A facet of the table and its values in one article."""

    spec: FacetSpec
    facts: tuple[Fact, ...]


def facts(entry: Entry) -> list[FactBox]:
    """The facets whose evidence the table promises, in its order; those without a value are left out."""
    boxes = (FactBox(spec, tuple(of_facet(spec, entry))) for spec in FACETS if spec.evidence)
    return [box for box in boxes if box.facts]


def of_facet(spec: FacetSpec, entry: Entry) -> Iterator[Fact]:
    """The values of one facet of the table in an article."""
    for value in told(spec.name, entry.entities, entry.article):
        href = links.search_url(SavedSearch().having(spec.parameter, value.key))
        yield Fact(value.key, label(spec.name, value.key), href, value.evidence)
