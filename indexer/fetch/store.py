"""The pages on disk: every version as it came, append-only, and one record an article that names the newest.

    baogialai.com.vn/2026/11/3f2c….page.json               the article: identity, newest version, what became of it
    .raw/baogialai.com.vn/2026/11/3f2c…-20261121T220846Z.html          a version, byte for byte
    .raw/baogialai.com.vn/2026/11/3f2c…-20261121T220846Z.headers.json  the headers it came with

`indexer.sources` reads the records; the hidden folder keeps it from taking versions for articles.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from indexer.fetch.exchange import Answer
from indexer.fetch.state import PageState
from indexer.model.article import FETCHED_RECORD
from indexer.model.atomic_files import replace_file

RAW = ".raw"
LONGEST_NAME = 100  # characters; file systems allow 255 bytes
PLAIN_NAME = re.compile(r"[a-z0-9_\[][a-z0-9._\[\]-]*")
PLAIN = re.compile(r"[^a-z0-9-]+")


class Outside(Exception):
    """A file of the folder leads out of it; the message names it."""


class Store:
    """The pages of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, page: PageState, answer: Answer, facts: Mapping[str, str]) -> None:
        """Store a new version of `page` and make it the article's newest; a text that is the newest already is not
        stored again. The version is on the disk before the record names it. `facts` go into the record.
        """
        record = self.record(page) or {"versions": []}
        if not record["versions"] or record["versions"][-1]["digest"] != page.digest:
            raw = self.keep(page, answer)
            version = {"raw": raw.relative_to(self.folder).as_posix(), "at": page.checked_at, "digest": page.digest}
            record["versions"] += [version]
        self.write(page, {**record, **facts})

    def keep(self, page: PageState, answer: Answer) -> Path:
        """Write a version and its headers down; returns the version's path."""
        record_path = self.record_path(page)
        stamp = "".join(c for c in page.checked_at.removesuffix("+00:00") if c.isalnum())
        place = Path(RAW, record_path.parent.relative_to(self.folder), f"{key_of(page)}-{stamp}Z.html")
        raw = free(self.folder / place)
        headers = {"url": answer.url, "asked": answer.hops, "status": answer.status, "at": page.checked_at,
                   "headers": answer.headers}
        put(self.within(raw.with_suffix(".headers.json")), as_bytes(headers))
        put(self.within(raw), answer.body)
        return raw

    def mark(self, page: PageState, **facts: str) -> None:
        """Write down what became of the article online; its versions stay."""
        if record := self.record(page):
            self.write(page, {**record, **facts})

    def altered_at(self, page: PageState) -> str:
        """When the newest version was first seen, "" if the article was never altered."""
        versions = (self.record(page) or {"versions": []})["versions"]
        return str(versions[-1]["at"]) if len(versions) > 1 else ""

    def newest(self, page: PageState) -> bytes | None:
        """The article's newest version as it came."""
        record = self.record(page)
        return self.within(self.folder / record["versions"][-1]["raw"]).read_bytes() if record else None

    def record(self, page: PageState) -> dict[str, Any] | None:
        """The article's record, None if there is none yet."""
        try:
            record = self.within(self.record_path(page)).read_text(encoding="utf-8")
            found: dict[str, Any] = json.loads(record)
        except FileNotFoundError:
            return None
        return found

    def write(self, page: PageState, record: Mapping[str, Any]) -> None:
        """Write the article's record, with what `page` says of it now."""
        path = self.record_path(page)
        up = "../" * len(path.parent.relative_to(self.folder).parts)
        told = {"id": page.identity, "url": page.url, "online": page.online, "online_at": page.online_at,
                "scope": {"score": page.score, "reason": page.reason}, "page": up + record["versions"][-1]["raw"]}
        put(self.within(path), as_bytes({**record, **told}))

    def record_path(self, page: PageState) -> Path:
        """By site and by month of the first visit: no folder grows without end. Where there is one, that one."""
        site, name = self.folder / site_of(page.identity), key_of(page) + FETCHED_RECORD
        return next(site.glob(f"*/*/{name}"), site / page.fetched_at[:4] / page.fetched_at[5:7] / name)

    def within(self, path: Path) -> Path:
        """`path`. Outside if it leads out of the folder, by a link or by its name."""
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise Outside(f"{path} leads out of {self.folder}, and is neither read nor written")
        return path


def site_of(identity: str) -> str:
    """The folder of an article's site: its host, or for one too long or odd to name a folder a part of it and a digest.
    """
    host = identity.split("/")[2].replace(":", "-")
    if len(host) <= LONGEST_NAME and PLAIN_NAME.fullmatch(host):
        return host
    return f"{PLAIN.sub('-', host)[:60]}-{blake2b(host.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


def key_of(page: PageState) -> str:
    """The name of an article's files: 16 hexadecimal figures of its identity."""
    return blake2b(page.identity.encode(), digest_size=8).hexdigest()


def free(path: Path) -> Path:
    """`path`, or with a number if it is taken: versions are never written over."""
    numbered = (path.with_stem(f"{path.stem}-{n}") for n in range(2, 1000))
    return path if not path.exists() else next(each for each in numbered if not each.exists())


def as_bytes(shape: object) -> bytes:
    """JSON as it is stored."""
    return (json.dumps(shape, ensure_ascii=False, indent=1) + "\n").encode()


def put(path: Path, data: bytes) -> None:
    """Put `data` in `path` whole, also if the power fails; the folder is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, data)
