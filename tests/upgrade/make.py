"""How the kept indexes were made, and how the next one is made: python -m tests.upgrade.make

Needs a clone with its history. There is an index of every stamp, by the last commit that wrote it, and one by the first
commit that could build an index at all. The gazetteer's and pyvi's part of a stamp are left out of account: they change
what is extracted and no format. Each commit is unpacked and run from its own code on tests/upgrade/corpus; one article
is withdrawn, where the commit knows how to.

Run it once a change of the stamp or of the manifest is committed. It adds what is missing and makes nothing again.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).parent
CORPUS, KEPT = HERE / "corpus", HERE / "kept"
WITHDRAWN = "u/3"
FIRST = "306dd10"  # the first commit that can build an index
PLACE = Path("/var/tmp/quocphong-kept")  # indexes remember their folder of articles by its whole path: one for all
FORMATS = {  # what tells one stamp from another: a line of the file it stands in, wherever that lies, and what to take
    "^WRITTEN_BY = ": r"WRITTEN_BY = .*",
    "^CODEC_VERSION = ": r"CODEC_VERSION = \d+",
    "^CREATE TABLE IF NOT EXISTS claims": r'SCHEMA = """(?s:.*?)"""',
}

def main() -> None:
    """Make the indexes that are missing in `kept`."""
    KEPT.mkdir(exist_ok=True)
    try:
        for commits in commits_by_stamp():
            if not any(is_kept(commit) for commit, _ in commits):
                next(filter(None, (keep(made_by(commit), commit, time) for commit, time in reversed(commits))), None)
    finally:
        shutil.rmtree(PLACE, ignore_errors=True)


def commits_by_stamp() -> list[list[tuple[str, str]]]:
    """The commits of every stamp, oldest first, each with its time; FIRST stands alone."""
    stamps: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    log = git("log", "--reverse", "--format=%h %ad", "--date=format:%Y-%m-%dT%H%M")
    for commit, time in sorted((line.split() for line in log.splitlines()), key=lambda each: each[1]):
        stamps.setdefault((FIRST,) if commit == FIRST else stamp_at(commit), []).append((commit, time))
    return list(stamps.values())


def stamp_at(commit: str) -> tuple[str, ...]:
    """What the commit's code says of formats, as it is spelled there."""
    return tuple(spelled(commit, line, pattern) for line, pattern in FORMATS.items())


def spelled(commit: str, line: str, pattern: str) -> str:
    places = git("grep", "-l", "-e", line, commit, "--", "indexer", check=False).split()
    found = (re.search(pattern, git("show", place)) for place in places)
    return "".join(match.group() for match in found if match)


def is_kept(commit: str) -> bool:
    return any(KEPT.glob(f"*-{commit}-*"))


def made_by(commit: str) -> bool:
    """Whether the code of `commit` makes an index of the corpus, at PLACE."""
    shutil.rmtree(PLACE, ignore_errors=True)
    archive = subprocess.check_output(["git", "archive", commit], cwd=HERE.parents[1])
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(PLACE / "code", filter="data")
    shutil.copytree(CORPUS, PLACE / "corpus")
    made = run("index", "corpus") == 0
    if made:
        run("withdraw", WITHDRAWN, "--reason", "thử", "--by", "thử")  # early commits know no such command
    return made


def run(*words: str) -> int:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("QUOCPHONG_")}
    return subprocess.run([sys.executable, "-m", "indexer.cli", *words], cwd=PLACE, capture_output=True,
                          env=environment | {"PYTHONPATH": str(PLACE / "code")}, check=False).returncode


def keep(made: bool, commit: str, time: str) -> bool:
    """Pack the index at PLACE, if one was made, under a name that says when, by which commit and with which stamp."""
    if not made:
        return False
    [written] = (PLACE / "index").glob("*/stamp.json")
    stamp = json.loads(written.read_text(encoding="utf-8"))
    said = "-".join(f"{part}{stamp[part]}" for part in ("schema", "text", "entities", "codec"))
    with tarfile.open(KEPT / f"{time}-{commit}-{said}.tar.xz", "w:xz", preset=9, format=tarfile.USTAR_FORMAT) as tar:
        for file in sorted((PLACE / "index").rglob("*")):
            if file.is_file() and file.name != "lock":
                tar.add(file, file.relative_to(PLACE).as_posix(), filter=anonymous)
    return True


def anonymous(file: tarfile.TarInfo) -> tarfile.TarInfo:
    """The same file without an owner and a time: they would make a difference where there is none."""
    file.uid = file.gid = file.mtime = 0
    file.uname = file.gname = ""
    return file


def git(*words: str, check: bool = True) -> str:
    return subprocess.run(["git", *words], cwd=HERE.parents[1], capture_output=True, text=True, check=check).stdout


if __name__ == "__main__":
    main()
