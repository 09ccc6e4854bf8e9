"""What facet values are called, and what an article tells of its dates: the words that front ends show."""

from __future__ import annotations

from indexer.entities import LABELS, label, province_label, told_when
from indexer.entities.facets import BELOW, INFERRED, UNKNOWN
from indexer.entities.post_keys import IN_OFFICE, Bound, post_key
from indexer.entities.roles import role_names

__all__ = ["BELOW", "INFERRED", "IN_OFFICE", "LABELS", "UNKNOWN", "Bound", "label", "post_key", "province_label",
           "role_names", "told_when"]
