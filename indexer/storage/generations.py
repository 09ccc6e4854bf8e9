"""Whole indexes side by side: a new one is built beside the one in use and takes its place at once.

    index/CURRENT        the name of the generation in use
    index/gen-000007/    that generation
    index/gen-000006/    the one before, kept for going back
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from indexer.model.atomic_files import replace_file, sync
from indexer.model.errors import IndexDamaged, IndexMissing

CURRENT = "CURRENT"
GONE = ".gone-"  # before the name of a generation that is being removed
NAME = re.compile(r"gen-(\d{6,})")


def current(index: Path) -> Path:
    """The generation in use. IndexMissing if there is none, IndexDamaged if the one named is not there."""
    try:
        name = (index / CURRENT).read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        raise IndexMissing(f"There is no index in {index}. Run: quocphong index") from None
    if not NAME.fullmatch(name) or not (index / name).is_dir():
        raise IndexDamaged(f"{index / CURRENT} names {name!r}, which is not there. Run: quocphong index --rebuild")
    return index / name


def previous(index: Path) -> Path | None:
    """The generation before the one in use, for going back."""
    in_use = current(index)
    older = [folder for folder in generations(index) if number(folder) < number(in_use)]
    return older[-1] if older else None


def begin(index: Path, above: int = 0) -> Path:
    """A new, empty generation beside the others, with a number above `above` that none of them had.

    Newer ones than that in use are removed: builds that never finished, and generations gone back from. Where it
    cannot be told which one is in use, the newest stays: it may be all that is left.
    """
    index.mkdir(parents=True, exist_ok=True)
    held = generations(index)
    new = named(index, max([above, *map(number, held)]) + 1)
    used = in_use(index) or (held[-1] if held else None)
    for left in index.glob(f"{GONE}*"):
        shutil.rmtree(left)
    for folder in held:
        if used is not None and number(folder) > number(used):
            remove(folder)
    new.mkdir()
    return new


def publish(index: Path, generation: Path) -> None:
    """Make `generation` the one in use; the one before is kept, older ones are removed."""
    used = in_use(index)
    sync(generation)
    sync(index)
    replace_file(index / CURRENT, generation.name + "\n")
    for folder in generations(index):
        if folder.name not in (generation.name, used.name if used else ""):
            with suppress(OSError):
                remove(folder)


def remove(folder: Path) -> None:
    """Remove a generation, its name first: who is killed meanwhile leaves no half of one, only files to remove."""
    gone = folder.with_name(GONE + folder.name)
    sync(folder)
    os.replace(folder, gone)
    sync(folder.parent)
    shutil.rmtree(gone, ignore_errors=True)


def in_use(index: Path) -> Path | None:
    """The generation in use, or None where there is none or it cannot be told."""
    try:
        return current(index)
    except (IndexMissing, IndexDamaged):
        return None


def generations(index: Path) -> list[Path]:
    """All generation folders, oldest first."""
    return sorted((folder for folder in index.iterdir() if NAME.fullmatch(folder.name)), key=number)


def named(index: Path, number: int) -> Path:
    """The folder of the generation of that number, there or not."""
    return index / f"gen-{number:06d}"


def number(generation: Path) -> int:
    """The number in a generation's folder name."""
    return int(generation.name.removeprefix("gen-"))
