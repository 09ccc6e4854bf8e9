"""Articles to index: so many, evenly from every file of a folder, as JSONL files of a thousand each."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

A_FILE = 1_000


def lines(folder: Path, wanted: int) -> Iterator[tuple[str, str]]:
    """(file name, JSON line) of `wanted` articles, evenly from the files of `folder`."""
    files = sorted([*folder.glob("*.jsonl"), *folder.glob("*.jsonl.xz")])
    if not files:
        raise SystemExit(f"No *.jsonl or *.jsonl.xz in {folder}")
    for number, file in enumerate(files):
        share = wanted // len(files) + (number < wanted % len(files))
        with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as held:
            yield from ((file.name, line) for line in islice(held, share))


def written(folder: Path, wanted: int, target: Path) -> None:
    """The articles as files in `target`."""
    target.mkdir(parents=True)
    source, number = lines(folder, wanted), 0
    while part := list(islice(source, A_FILE)):
        (target / f"{number:04}.jsonl").write_text("".join(line for _, line in part), encoding="utf-8")
        number += 1
