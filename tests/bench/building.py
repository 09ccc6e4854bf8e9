"""Building end to end: `quocphong index` over the corpus, its speed, memory and size, beside what a user would write.

The alternative is pyvi's own tokenizer and tantivy, without entities, in the same run on the first articles.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from threading import Event, Thread

from indexer.model.errors import NewlyUnreadable
from indexer.storage.index_folder import current_folder
from tests.bench.figures import memory

ALTERNATIVE = 1_500
PAUSE = 0.5  # seconds between two looks at the memory


def report(work: Path) -> Iterator[str]:
    """Builds anew, and says how it went."""
    target = work / "site"
    yield built(work, anew=True)
    raw = raw_text(work / "corpus")
    served = current_folder(target)  # the generation before it is kept beside it
    size = sum(file.stat().st_size for file in served.iterdir())
    arrays = sum(file.stat().st_size for file in served.glob("*.arr"))
    yield f"{raw / 1e6:.0f} MB of raw text; index {arrays / raw:.2f} x, with manifest and stories {size / raw:.2f} x"
    yield alternative(work / "corpus")


def built(work: Path, anew: bool = False) -> str:
    """`work`/site, the product's index of `work`/corpus; what it took, or "" where it was there already."""
    target = work / "site"
    if target.exists() and not anew:
        return ""
    command = [sys.executable, "-m", "indexer.cli", "index", "--rebuild", "--index", str(target), str(work / "corpus")]
    before, began = os.times(), time.monotonic()
    process = subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, text=True)
    peaks, done = dict[str, float](), Event()
    watcher = Thread(target=watch, args=(process.pid, peaks, done))
    watcher.start()
    told, _ = process.communicate()
    done.set()
    watcher.join()
    if process.returncode not in (0, NewlyUnreadable.exit_code):  # a few records without a text are no failure
        raise SystemExit(f"quocphong index failed: {told}")
    seconds, after = time.monotonic() - began, os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    count = json.loads(told)["indexed"]
    return (
        f"{count:,} articles in {seconds:.0f} s: {count / seconds:.0f} a second; {processor / count * 1000:.2f} ms of"
        f" processor each, so {count / processor:.0f} a second and core\n"
        + "peak MB: " + ", ".join(f"{name} {peak:.0f}" for name, peak in peaks.items())
    )


def watch(pid: int, peaks: dict[str, float], done: Event) -> None:
    """The highest memory seen of a process and its children, until `done`."""
    while not done.wait(PAUSE):
        try:
            own = memory(pid)
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            all_of_them = [own, *map(memory, children)]
        except (OSError, IndexError, ValueError):
            continue  # one has just ended
        seen = {
            "main resident": own["Rss"],
            "main private": own["Private_Dirty"],
            "main and workers private": sum(each["Private_Dirty"] for each in all_of_them),
            "main and workers, shared pages once": sum(each["Pss"] for each in all_of_them),
        }
        for name, value in seen.items():
            peaks[name] = max(peaks.get(name, 0.0), value)


def articles(corpus: Path) -> Iterator[tuple[str, str]]:
    """Title and text of each article."""
    for file in sorted(corpus.glob("*.jsonl")):
        for line in file.open(encoding="utf-8"):
            record = json.loads(line)
            yield record.get("title") or "", record.get("text") or record.get("summary") or ""


def raw_text(corpus: Path) -> int:
    """Bytes of titles and texts."""
    return sum(len(title.encode()) + len(text.encode()) for title, text in articles(corpus))


def alternative(corpus: Path) -> str:
    """pyvi and tantivy over the first articles."""
    try:
        import tantivy
        from pyvi.ViTokenizer import ViTokenizer
    except ImportError as missing:
        return f"pyvi + tantivy: not run ({missing})"
    with tempfile.TemporaryDirectory() as folder:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("body", tokenizer_name="whitespace", stored=True)
        writer = tantivy.Index(schema.build(), path=folder).writer(100_000_000, num_threads=1)
        began, processor, count = time.monotonic(), time.process_time(), 0
        for title, text in islice(articles(corpus), ALTERNATIVE):
            writer.add_document(tantivy.Document(body=ViTokenizer.tokenize(f"{title}\n{text}").lower()))
            count += 1
        writer.commit()
        seconds, processor = time.monotonic() - began, time.process_time() - processor
    return (f"pyvi + tantivy, one process, words only: {count / seconds:.0f} articles a second;"
            f" {processor / count * 1000:.2f} ms of processor each")
