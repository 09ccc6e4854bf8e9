"""Which files are there to read? Folders, single files and globs become one ordered list."""

from __future__ import annotations

import glob
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from indexer.model import Problem
from indexer.model.report import OtherKind

# Longest first, so that "a.jsonl.gz" is not taken for something else.
SUFFIXES = (".jsonl.gz", ".jsonl.xz", ".page.json", ".jsonl", ".html", ".htm", ".txt")
# Read where the library of an extra is installed: suffix -> (module, extra). Else they are files of other kinds.
EXTRAS = {
    ".warc.gz": ("warcio", "warc"), ".warc": ("warcio", "warc"), ".wacz": ("warcio", "warc"),
    ".pdf": ("pypdf", "documents"), ".docx": ("docx", "documents"),
}  # fmt: skip

EXAMPLES = 3  # files of a kind that the report names
KIND = re.compile(r"\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a file or line is refused, in bytes. `stream` bounds one archive, unpacked."""

    document: int = 20_000_000
    line: int = 5_000_000
    stream: int = 4_000_000_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file to read. `relative` is its path below `root` with "/" between folders, and its name for a lone file.

    `given` is the folder, file or glob that was asked for and led here, as an absolute path.
    """

    given: str
    root: Path
    path: Path
    relative: str
    size: int
    mtime_ns: int

    @property
    def suffix(self) -> str:
        """The accepted suffix of its name, in lower case."""
        return suffix_of(self.path.name)


@dataclass(frozen=True, slots=True)
class Listing:
    """The files in the order to read them; `missing` names what was asked for and could not be looked into.

    `given` holds what was asked for and is there, as absolute paths (see SourceFile.given).
    As long as anything is missing nothing may be concluded from a file's absence. `passed_over` counts files of
    other kinds, hidden ones, and links to what is listed at its own place; `other_kinds` names the first of these by
    their endings (".docx"; "" for files without one).
    """

    files: tuple[SourceFile, ...] = ()
    passed_over: int = 0
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    other_kinds: tuple[OtherKind, ...] = ()


def find(paths: Sequence[str | Path]) -> Listing:
    """The readable files under `paths` (folders, files, globs with * ? [ ] **), each once, in a stable order.

    A glob's root is the folder before its first wildcard. Never raises: what is missing is in `missing`, a link
    that leads out of its root and a name that is not UTF-8 are in `problems`.
    """
    search = Search()
    for path in paths:
        search.root(str(path))
    return Listing(
        tuple(composed(search.files)),
        search.passed_over,
        tuple(search.problems),
        tuple(search.missing),
        tuple(search.roots),
        tuple(
            OtherKind(kind, len(names), tuple(names[:EXAMPLES]), remedy_for(kind))
            for kind, names in sorted(search.other.items())
        ),
    )


def composed(files: Sequence[SourceFile]) -> Iterator[SourceFile]:
    """The files under composed names (NFC): a Mac spells the same name decomposed, and it is the same file.

    Where a folder holds both spellings as two files, each keeps its own.
    """
    names = [unicodedata.normalize("NFC", file.relative) for file in files]
    counts = Counter((file.root, name) for file, name in zip(files, names, strict=True))
    for file, name in zip(files, names, strict=True):
        yield file if file.relative == name or counts[file.root, name] > 1 else replace(file, relative=name)


def suffix_of(name: str) -> str:
    """The accepted suffix `name` ends with, in lower case, or ""."""
    lowered = name.lower()
    return next((suffix for suffix in accepted() if lowered.endswith(suffix) and lowered != suffix), "")


@cache
def accepted() -> tuple[str, ...]:
    """The suffixes that can be read here: always SUFFIXES, and those of the extras that are installed."""
    return (*SUFFIXES, *(suffix for suffix, (module, _) in EXTRAS.items() if find_spec(module) is not None))


def remedy_for(kind: str) -> str:
    """What to install so that files of this kind are read, "" where nothing helps."""
    extra = EXTRAS.get(kind)
    return f"pip install 'quocphong[{extra[1]}]'" if extra and find_spec(extra[0]) is None else ""


@dataclass(slots=True)
class Search:
    """A listing in the making."""

    files: list[SourceFile] = field(default_factory=list)
    passed_over: int = 0
    problems: list[Problem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    roots: list[str] = field(default_factory=list)
    other: dict[str, list[str]] = field(default_factory=dict)

    def root(self, given: str) -> None:
        """List what was asked for: a folder, a file or a glob."""
        path = Path(os.path.abspath(given))
        self.roots.append(str(path))
        try:
            if path.is_dir():
                self.folder(path.resolve(), path.resolve())
            elif path.is_file():
                self.file(path.resolve(), path.name, path)
            elif glob.has_magic(given):
                self.pattern(given)
            else:
                self.lose(given)
        except (OSError, ValueError):
            self.lose(given)

    def lose(self, given: str) -> None:
        """Note that what was asked for is not there."""
        self.roots.pop()
        self.missing.append(given)

    def pattern(self, given: str) -> None:
        """A glob that matches nothing counts as missing: a typing error must not look like an emptied archive."""
        root = fixed_prefix(given)
        matches = sorted(os.path.abspath(match) for match in glob.glob(given, recursive=True)) if root.is_dir() else []
        if not matches:
            self.lose(given)
        for match in matches:
            self.entry(Path(match), root)

    def entry(self, path: Path, root: Path) -> None:
        """List what a glob or a folder holds at one place."""
        if path.is_symlink():
            self.link(path, root)
        elif path.is_dir():
            self.folder(path, root)
        else:
            self.file(path, path.relative_to(root).as_posix(), root)

    def link(self, path: Path, root: Path) -> None:
        """What a link inside its root points to is listed at its own place; what lies outside is not ours to read."""
        target = path.resolve()
        if not target.exists():
            self.problem(path, root, "the link leads nowhere")
        elif target.is_relative_to(root):
            self.passed_over += 1
        else:
            self.problem(path, root, "the link leads out of the folder and is not followed")

    def folder(self, folder: Path, root: Path) -> None:
        """Every file below `folder`. Walks with a list, not by recursion: depth is the file system's business."""
        pending = [folder]
        while pending:
            current = pending.pop()
            folders = []
            for path in self.children(current, root):
                if path.name.startswith("."):
                    self.passed_over += 1
                elif path.is_dir() and not path.is_symlink():
                    folders.append(path)
                else:
                    self.entry(path, root)
            pending += reversed(folders)

    def children(self, folder: Path, root: Path) -> Iterator[Path]:
        """What a folder holds, in order; nothing, and a problem, if it cannot be read."""
        try:
            return iter(sorted(folder.iterdir()))
        except OSError as error:
            self.missing.append(str(folder))
            self.problem(folder, root, f"the folder cannot be read: {error.strerror}")
            return iter(())

    def file(self, path: Path, relative: str, root: Path) -> None:
        """List a file, once, if its suffix is accepted and it is a regular file."""
        if not suffix_of(path.name):
            self.pass_over(path, relative)
            return
        try:
            status = path.stat()
        except OSError as error:
            return self.problem(path, root, f"the file cannot be read: {error.strerror}")
        if not stat.S_ISREG(status.st_mode):
            self.passed_over += 1
        elif not is_utf8(relative):
            self.problem(path, root, "the file name is not UTF-8")
        elif str(path) not in self.seen:
            self.seen.add(str(path))
            self.files.append(SourceFile(self.roots[-1], root, path, relative, status.st_size, status.st_mtime_ns))

    def pass_over(self, path: Path, relative: str) -> None:
        """Count a file of another kind under its ending, and keep its name as an example."""
        self.passed_over += 1
        kind = ".warc.gz" if path.name.lower().endswith(".warc.gz") else path.suffix.lower()
        self.other.setdefault(kind if KIND.fullmatch(kind) else "", []).append(
            relative.encode("utf-8", "replace").decode()
        )

    def problem(self, path: Path, root: Path, why: str) -> None:
        """Note a problem with a path below its root."""
        shown = path.relative_to(root).as_posix() if path != root and path.is_relative_to(root) else path.name
        self.problems.append(Problem(shown.encode("utf-8", "replace").decode(), None, why))


def fixed_prefix(pattern: str) -> Path:
    """The folder before the first part with a wildcard: "a/b/*/c.html" -> /…/a/b."""
    parts = Path(os.path.abspath(pattern)).parts
    first = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    return Path(*parts[:first]).resolve()


def is_utf8(name: str) -> bool:
    """Whether a file name can be written as UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
