"""The gazetteer's provinces over time, as front ends list them."""

from __future__ import annotations

from indexer.entities.places import FOREVER, Era, gazetteer, present

__all__ = ["FOREVER", "Era", "gazetteer", "present"]
