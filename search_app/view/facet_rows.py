"""The facets of a result as the page shows them: which ones, in which order, with which values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.model import Facet, Results
from indexer.model.facets import ABOVE, BELOW, BY_NAME
from indexer.search.labels import INFERRED
from indexer.search.saved_search import SavedSearch
from indexer.search.service import TOP
from indexer.search.vietnamese import vietnamese_key
from search_app.view.links import PARAMETERS, url

FEW = 2  # provinces of a result up to which districts and communes are shown unasked
MAP_PARAMETERS = ("province", "province_now")  # the filters of the two maps


@dataclass(frozen=True, slots=True)
class FacetRows:
    """A facet with its values to choose from.

    more    address of the page with all values
    folded  whether the page hides the values until one is chosen
    """

    label: str
    parameter: str
    facet: Facet
    more: str
    folded: bool = False

    @property
    def chosen(self) -> bool:
        """Whether a value is chosen."""
        return any(value.selected for value in self.facet.values)


def facet_rows(search: SavedSearch, results: Results) -> list[FacetRows]:
    """The facets of a result that have values and help to choose."""
    provinces = max((len(f.values) for f in results.facets if f.name in ("province", "now")), default=0)
    return [
        FacetRows(BY_NAME[facet.name].label, parameter, in_order(facet), url(f"/facet/{parameter}", search, page=1),
                  BY_NAME[facet.name].folded)
        for facet in results.facets
        if facet.values and (parameter := PARAMETERS.get(facet.name)) and helps(facet, search, provinces)
    ]


def count_without_inferred(search: SavedSearch, results: Results) -> int | None:
    """How many articles are left without inferred dates; None where there are none to leave out."""
    counts = {value.value: value.count for facet in results.facets if facet.name == "dated" for value in facet.values}
    if not (search.no_inferred or counts.get(INFERRED)):
        return None
    return sum(counts.values()) - counts.get(INFERRED, 0)


def helps(facet: Facet, search: SavedSearch, provinces: int) -> bool:
    """Whether a facet helps: regions above many provinces, districts and communes below few of them.

    `provinces` is how many provinces the page lists.
    """
    if any(value.selected for value in facet.values):
        return True
    place, within = BY_NAME[facet.name].place, any(map(search.chosen, MAP_PARAMETERS))
    if place == ABOVE:
        return provinces >= TOP and not within
    return place != BELOW or within or bool(search.chosen("zone")) or provinces <= FEW


def in_order(facet: Facet) -> Facet:
    """The facet with years newest first. Of others the chosen values stand first, then the commonest.

    Values with as many articles stand in alphabetical order, Đ after D.
    """
    if facet.name != "year":
        ordered = sorted(facet.values, key=lambda v: (not v.selected, -v.count, alphabetical(v.label)))
        return replace(facet, values=tuple(ordered))
    by_year = sorted(facet.values, key=lambda v: v.value if v.value.isdigit() else "", reverse=True)
    return replace(facet, values=tuple(by_year))


@lru_cache(maxsize=5_000)
def alphabetical(label: str) -> object:
    """The sort key of a label in Vietnamese alphabetical order; TP Hồ Chí Minh stands under H."""
    return vietnamese_key(label.removeprefix("TP "))
