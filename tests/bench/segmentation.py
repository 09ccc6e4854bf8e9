"""Is our reading of pyvi's model the same as pyvi, and how much faster?

    python -m tests.bench.segmentation --data DIR --articles 30000

DIR holds *.jsonl or *.jsonl.xz files of articles ({"title": …, "text": …}); the articles are taken in equal parts
from every file. Prints each difference and the ratio of the two processor times, both from text to words.
"""

from __future__ import annotations

import argparse
import json
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from indexer.text.segment import tagger, words
from tests.bench.corpus import lines

Result = TypeVar("Result")
BATCH = 500  # the two take turns, so that a busy machine slows both


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--articles", type=int, default=30_000)
    chosen = options.parse_args()
    compare(list(articles(chosen.data, chosen.articles)))


def articles(folder: Path, wanted: int) -> Iterator[tuple[str, str]]:
    """(where it stands, text in NFC) of `wanted` articles, evenly from the files of `folder`."""
    for at, (name, line) in enumerate(lines(folder, wanted), start=1):
        record = json.loads(line)
        text = f"{record.get('title', '')}\n{record.get('text') or record.get('summary') or ''}"
        yield f"{name} ({at})", unicodedata.normalize("NFC", text)


def compare(texts: list[tuple[str, str]]) -> None:
    from pyvi.ViTokenizer import ViTokenizer

    tagger()  # both models are loaded before the clock starts
    pyvi_seconds = own_seconds = 0.0
    tokens = differences = 0
    for batch in (texts[at : at + BATCH] for at in range(0, len(texts), BATCH)):
        taken, theirs = timed(ViTokenizer.tokenize, [text for _, text in batch])
        pyvi_seconds += taken
        taken, ours = timed(words, [text for _, text in batch])
        own_seconds += taken
        for (where, text), expected, spans in zip(batch, theirs, ours, strict=True):
            tokens += expected.count(" ") + expected.count("_") + 1
            if (found := as_pyvi_writes(text, spans)) != expected:
                differences += 1
                print(f"{where} differs: {first_difference(expected, found)}")
    print(f"{len(texts):,} articles, {tokens:,} tokens, {differences} articles differ")
    print(f"pyvi {pyvi_seconds:.1f} s, own {own_seconds:.1f} s of processor time: {pyvi_seconds / own_seconds:.1f} x")


def timed(read: Callable[[str], Result], texts: list[str]) -> tuple[float, list[Result]]:
    start = time.process_time()
    results = [read(text) for text in texts]
    return time.process_time() - start, results


def as_pyvi_writes(text: str, spans: list[tuple[int, int]]) -> str:
    """The words in pyvi's output format: tokens joined by "_" within a word and by " " between words."""
    from pyvi.ViTokenizer import ViTokenizer

    return " ".join("_".join(ViTokenizer.sylabelize(text[start:end])[1]) for start, end in spans) or text


def first_difference(expected: str, found: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), len(found))
    return f"pyvi {expected[max(0, at - 30) : at + 30]!r}, own {found[max(0, at - 30) : at + 30]!r}"


if __name__ == "__main__":
    main()
