"""What facet values are called, and what an article tells of its dates: the words that front ends show."""

from __future__ import annotations

from indexer.entities import label, province_label, told_when
from indexer.entities.facets import INFERRED, UNKNOWN, told
from indexer.entities.post_keys import IN_OFFICE, Bound, post_key
from indexer.entities.roles import role_names

__all__ = ["INFERRED", "IN_OFFICE", "UNKNOWN", "Bound", "label", "post_key", "province_label", "role_names",
           "told", "told_when"]
