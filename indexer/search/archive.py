"""An opened index as front ends use it: open it, ask it, and count near-duplicates in it.

The site and the command line import these names from here; where they are defined is no concern of theirs.
"""

from __future__ import annotations

from indexer.engine.port import Engine
from indexer.storage.index_folder import current_folder, is_outdated, open_engine, open_kept
from indexer.storage.near_duplicates import MOST_COUNTED, DuplicateGroups, count_as_stories

__all__ = ["MOST_COUNTED", "DuplicateGroups", "Engine", "count_as_stories", "current_folder", "is_outdated",
           "open_engine", "open_kept"]
