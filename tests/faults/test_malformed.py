"""Inputs nobody would write: mutated articles of every format give articles or problems, and never end a run."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from indexer import sources
from indexer.ingest import analysis
from indexer.model import Article
from tests.conftest import SAMPLE
from tests.faults.place import Place
from tests.profiles import shares

SEEDS = [file for file in sorted(SAMPLE.rglob("*")) if file.suffix in (".html", ".jsonl", ".txt")]
TOKENS = (b"<", b">", b"</", b"<!--", b"]]>", b"<script>", b"&#0;", b"&#xD800;", b"&#x110000;", b'"', b"\\", b"{", b"}",
          b"[" * 200, b'{"a":' * 200, b"<div>" * 300, b"\\ud800", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf",
          b"\xed\xa0\x80", b"\xc3", b"\xf4\x90\x80\x80", b"\r", b"\n", b"null", b"1e999", b"-0", b"NaN",
          b"charset=utf-16", b"charset=x-user", b"<meta charset=tcvn>", b"9999-99-99", b"0000-00-00",
          "\u0300".encode() * 50, "\u202e".encode(), b"\x1f\x8b\x08")
ENCODINGS = ("utf-16", "utf-32", "cp1258", "latin-1", "utf-7", "shift_jis")


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[:chance.randrange(len(data) + 1)]


def flip(data: bytes, chance: random.Random) -> bytes:
    mutable = bytearray(data or b"?")
    for _ in range(chance.choice((1, 10, 100))):
        mutable[chance.randrange(len(mutable))] = chance.randrange(256)
    return bytes(mutable)


def insert(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 5, 40))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(TOKENS) + data[at:]
    return data


def repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[start:end] * chance.choice((1, 3, 30)) + data[end:]


def drop(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:]


def recode(data: bytes, chance: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


MUTATIONS = (cut, flip, insert, repeat, drop, recode)


def write_malformed(folder: Path, count: int, chance: random.Random) -> None:
    """`count` files: sample articles after one to three mutations, each under one of the accepted names."""
    folder.mkdir(parents=True)
    seeds = [file.read_bytes()[:20_000] for file in SEEDS]
    for number in range(count):
        data = chance.choice(seeds)
        for _ in range(chance.randint(1, 3)):
            data = chance.choice(MUTATIONS)(data, chance)[:200_000]
        name = f"{number:05}{chance.choice(('.html', '.jsonl', '.txt', '.jsonl.gz', '.htm'))}"
        (folder / name).write_bytes(data)


def assert_survived(place: Place, count: int, seed: int) -> None:
    """Every file gives only articles and problems, and a run takes in what there is, loses nothing, and runs again."""
    assert place.run() == 0
    write_malformed(place.corpus / "malformed", count, random.Random(seed))
    listing = sources.find([str(place.corpus)])
    files = [file for file in listing.files if "malformed" in file.relative]
    assert len(files) == count
    articles = 0
    for file in files:
        for found in sources.read(file, sources.Limits()):
            if isinstance(found, Article):
                article = analysis.prepare(found)
                json.dumps(article.title + article.text, ensure_ascii=False).encode()  # no lone surrogates
                articles += 1
            else:
                assert found.why
    assert articles > count / 20
    assert place.run(workers=2) in (0, 3), place.runner.told()
    held = place.held()
    assert place.wanted().items() <= held.items()
    assert place.run() == 0, place.runner.told()
    assert place.held() == held
    place.assert_whole(held)


def test_three_hundred_malformed_inputs_end_no_run(place: Place) -> None:
    assert_survived(place, 300, seed=1)


@pytest.mark.long
@pytest.mark.parametrize("seed", shares(range(2, 12)))
def test_ten_thousand_malformed_inputs_end_no_run(place: Place, seed: int) -> None:
    assert_survived(place, 1_000, seed)


@pytest.mark.parametrize("name", [b"b\xe0i.txt", "bài\u202e.txt".encode(), b"a\nb.txt", b"-n.txt", b"*.txt"])
def test_a_strange_file_name_ends_no_run(place: Place, name: bytes) -> None:
    path = bytes(place.corpus) + b"/" + name
    with open(path, "w", encoding="utf-8") as file:
        file.write("Tiêu đề\nSáng 5/3/2023, tỉnh Gia Lai tổ chức lễ giao nhận quân.\n")
    assert place.run() in (0, 3), place.runner.told()
    assert place.wanted().items() <= place.held().items()
    assert place.run() == 0, place.runner.told()
