"""Is our reading of pyvi's model the same as pyvi, and how much faster?

    python -m tests.bench.segmentation --data DIR --articles 30000

DIR holds *.jsonl or *.jsonl.xz files of articles ({"title": …, "text": …}); the articles are taken in equal parts
from every file. Prints each difference and the ratio of the two processor times, both from text to words: ours for
texts read many at once, as the index reads them, and one by one. The first batch, which fills the tables, counts.
"""

from __future__ import annotations

import argparse
import json
import time
import unicodedata
from collections.abc import Callable, Iterator
from itertools import accumulate, groupby
from pathlib import Path
from typing import TypeVar

from indexer.text.analyze import AT_ONCE
from indexer.text.segment import tagger, words, words_all
from tests.bench.corpus import lines

Item = TypeVar("Item")
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
    pyvi_seconds = own_seconds = single_seconds = 0.0
    tokens = differences = 0
    for batch in (texts[at : at + BATCH] for at in range(0, len(texts), BATCH)):
        taken, theirs = timed(ViTokenizer.tokenize, [text for _, text in batch])
        pyvi_seconds += taken
        taken, groups = timed(words_all, at_once([text for _, text in batch]))
        own_seconds += taken
        ours = [spans for group in groups for spans in group]
        taken, singly = timed(words, [text for _, text in batch])
        single_seconds += taken
        assert singly == ours, "texts read at once have other words than texts read alone"
        for (where, text), expected, spans in zip(batch, theirs, ours, strict=True):
            tokens += expected.count(" ") + expected.count("_") + 1
            if (found := as_pyvi_writes(text, spans)) != expected:
                differences += 1
                print(f"{where} differs: {first_difference(expected, found)}")
    print(f"{len(texts):,} articles, {tokens:,} tokens, {differences} articles differ")
    print(f"pyvi {pyvi_seconds:.1f} s, own {own_seconds:.1f} s of processor time: {pyvi_seconds / own_seconds:.1f} x;"
          f" one by one, tables warm, {single_seconds:.1f} s: {pyvi_seconds / single_seconds:.1f} x")


def at_once(texts: list[str]) -> list[list[str]]:
    """`texts` in runs of as many characters as the index reads at a time."""
    before = accumulate(map(len, texts), initial=0)
    runs = groupby(zip(before, texts, strict=False), key=lambda row: row[0] // AT_ONCE)
    return [[text for _, text in run] for _, run in runs]


def timed(read: Callable[[Item], Result], items: list[Item]) -> tuple[float, list[Result]]:
    start = time.process_time()
    results = [read(item) for item in items]
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
