"""The versions of an article that the fetcher keeps, for reading: which there are, and their bytes as they came."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.fetch.store import RAW, Outside, Store
from indexer.model.article import FETCHED_RECORD

CHARSET = re.compile(r"charset=[\"']?([A-Za-z0-9_-]{1,40})")


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A version of a page: when it was fetched (ISO, UTC), and the file that holds it byte for byte."""

    at: str
    path: Path

    @property
    def charset(self) -> str:
        """The charset that the server named with it; utf-8 where it named none."""
        with suppress(OSError, ValueError, TypeError):
            told = json.loads(self.path.with_suffix(".headers.json").read_bytes())
            for name, value in told["headers"]:
                if name == "content-type" and (found := CHARSET.search(value)):
                    return found[1].lower()
        return "utf-8"


def kept_versions(fetched: Path, root: str, path: str) -> list[KeptVersion]:
    """The versions kept in the folder `fetched` of the article read from the file `path` of a corpus `root`.

    The newest comes first. None for an article that was not fetched, and where record or files cannot be read. No
    record leads to a file outside of the folder of versions.
    """
    if not path.endswith(FETCHED_RECORD):
        return []
    store = Store(fetched)
    try:
        record = json.loads(store.within(Path(root, path)).read_bytes())
        return list(versions_in(store, record))[::-1]
    except (OSError, ValueError, RecursionError, Outside):
        return []


def versions_in(store: Store, record: Any) -> Iterator[KeptVersion]:
    """The versions that a record names and that are there, oldest first."""
    versions = record.get("versions") if isinstance(record, dict) else None
    for each in versions if isinstance(versions, list) else []:
        if isinstance(each, dict) and isinstance(each.get("raw"), str) and isinstance(each.get("at"), str):
            path = store.within(store.folder / each["raw"]).resolve()
            if path.is_relative_to((store.folder / RAW).resolve()) and path.suffix == ".html" and path.is_file():
                yield KeptVersion(each["at"], path)
