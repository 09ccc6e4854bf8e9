"""Every file gives articles or problems, and nothing a file holds raises."""

from __future__ import annotations

import gzip
import json
import lzma
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.model import Article, Problem, StatedDate
from indexer.sources import SUFFIXES, Limits, find, read
from indexer.sources.charset import encoded_once
from tests.profiles import examples
from tests.sources.pages import FIRST, LAST, MIDDLE, OPEN_GRAPH, TITLE

BODY = f"{FIRST}\n{MIDDLE}\n{LAST}"


def lines(*records: Any) -> bytes:
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def items(path: Path, limits: Limits | None = None) -> list[Article | Problem]:
    return [item for file in find([path]).files for item in read(file, limits)]


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def one(folder: Path, record: Any) -> Article:
    (item,) = items(written(folder, "a.jsonl", lines(record)))
    assert isinstance(item, Article), item
    return item


# --- records ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "id"),
    [
        ({"id": "báo/2023/a 1", "url": "https://a.vn/x"}, "báo/2023/a 1"),
        ({"_id": 7, "url": "https://a.vn/x"}, "7"),
        ({"id": None, "_id": "b"}, "b"),
        ({"id": "", "url": "https://a.vn/x"}, "https://a.vn/x"),
        ({"id": True}, "a.jsonl#L1"),
        ({}, "a.jsonl#L1"),
    ],
)
def test_an_id_is_the_record_s_own_or_its_address_or_its_place(tmp_path: Path, record: dict[str, Any], id: str) -> None:
    assert one(tmp_path, {"text": BODY, **record}).id == id


def test_a_record_s_fields_win_over_what_its_text_says(tmp_path: Path) -> None:
    text = f"{TITLE}\n14/03/2023 08:00\n{BODY}\nVăn Thử\nNguồn: https://khac.example.vn/20230316-a.html"
    record = {
        "text": text,
        "author": "Lê Thị Thử",
        "source": "Báo Sông Lam",
        "date": "Thứ Tư, 15/03/2023",
        "url": "https://a.vn/b",
        "extra": 1,
    }
    article = one(tmp_path, record)
    assert (article.author, article.source, article.url, article.line) == (
        "Lê Thị Thử",
        "Báo Sông Lam",
        "https://a.vn/b",
        1,
    )
    assert article.stamps == (StatedDate("2023-03-15", "meta"), StatedDate("2023-03-14", "header"))
    assert article.body == BODY


def test_null_is_absent_and_unknown_keys_are_ignored(tmp_path: Path) -> None:
    article = one(
        tmp_path, {"id": None, "url": None, "title": None, "date": None, "author": None, "text": BODY, "tags": [1]}
    )
    assert (article.url, article.author, article.stamps, article.lead) == (None, None, (), "")


def test_an_unreadable_date_is_a_note_and_costs_nothing_else(tmp_path: Path) -> None:
    article = one(tmp_path, {"title": TITLE, "text": BODY, "date": "hôm nọ"})
    assert article.stamps == ()
    assert article.notes == ("the date cannot be read: hôm nọ",)


def test_a_crawler_s_clock_comes_after_the_day_in_the_address(tmp_path: Path) -> None:
    record = {
        "title": TITLE,
        "text": BODY,
        "date": "2023-03-20T10:00:00.123456+07:00",
        "url": "https://a.vn/tin-20230315080000123.htm",
    }
    assert one(tmp_path, record).stamps == (StatedDate("2023-03-15", "url"), StatedDate("2023-03-20", "meta"))


def test_html_in_a_record_is_read_as_a_page(tmp_path: Path) -> None:
    article = one(tmp_path, {"id": "h", "html": OPEN_GRAPH})
    assert (article.id, article.title, article.author) == ("h", TITLE, "Văn Thử")
    assert article.body == BODY


@pytest.mark.parametrize(
    ("line", "id", "note"),
    [
        (b'{"id": NaN, "url": "https://a.vn/1.html", "text": "T"}', "https://a.vn/1.html", "NaN is no JSON number"),
        (b'{"id": Infinity, "url": "https://a.vn/1.html", "text": "T"}', "https://a.vn/1.html", "Infinity is no"),
        (b'{"_id": -Infinity, "url": "https://a.vn/1.html", "text": "T"}', "https://a.vn/1.html", "-Infinity is no"),
        (b'{"id": NaN, "text": "T"}', "a.jsonl#L1", "NaN"),
        (b'{"id": NaN, "_id": 7, "text": "T"}', "7", "NaN"),
        (b'{"id": 1.0, "text": "T"}', "1", "the id 1.0 is a whole number: it counts as 1"),
        (b'{"id": 1e3, "text": "T"}', "1000", "it counts as 1000"),
        (b'{"id": 1.5, "text": "T"}', "1.5", None),
        (b'{"id": 1, "text": "T"}', "1", None),
        (b'{"id": "1.0", "text": "T"}', "1.0", None),
        (b'{"id": "a", "id": "b", "text": "T"}', "b", "a key stands twice, its last value counts: id"),
        (b'{"id": "a", "text": "T", "extra": {"k": 1, "k": 2}}', "a", "twice, its last value counts: k"),
        (b'{"id": "a", "date": NaN, "text": "T"}', "a", "NaN"),
    ],
)
def test_what_json_leaves_open_gets_one_answer_and_a_note(
    tmp_path: Path, line: bytes, id: str, note: str | None
) -> None:
    (item,) = items(written(tmp_path, "a.jsonl", line.replace(b'"T"', json.dumps(BODY).encode()) + b"\n"))
    assert isinstance(item, Article)
    assert item.id == id
    notes = [each for each in item.notes if "no title" not in each]
    assert len(notes) == (note is not None)
    assert note is None or note in notes[0]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_keeps_its_id_when_a_mac_spells_its_name_decomposed(tmp_path: Path, form: Any) -> None:
    name = unicodedata.normalize(form, "Huấn luyện Đắk Lắk.txt")
    (item,) = items(written(tmp_path, name, f"{TITLE}\n{BODY}".encode()).parent)
    assert isinstance(item, Article)
    assert item.id == unicodedata.normalize("NFC", name)


def test_two_files_whose_names_differ_in_their_spelling_only_are_two(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "Đắk.txt")  # type: ignore[arg-type]
        written(tmp_path, name, f"{TITLE} {form}\n{BODY}".encode())
    assert len({item.id for item in items(tmp_path) if isinstance(item, Article)}) == 2


def twice(text: str) -> str:
    """UTF-8 taken for windows-1252, as editors do it; bytes without a letter there stay themselves."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
def test_text_that_was_encoded_twice_is_brought_back_and_noted(tmp_path: Path, name: str) -> None:
    text = {"a.txt": f"{TITLE}\n{BODY}", "a.html": OPEN_GRAPH,
            "a.jsonl": json.dumps({"title": TITLE, "text": BODY}, ensure_ascii=False)}[name]
    (item,) = items(written(tmp_path, name, twice(text).encode()))
    assert isinstance(item, Article)
    assert (item.title, item.body) == (TITLE, BODY)
    assert "encoded twice: brought back to what was written" in item.notes


@given(st.text(max_size=200))
def test_text_that_was_encoded_once_stays(text: str) -> None:
    plain = unicodedata.normalize("NFC", f"{BODY} Ã á {text}")
    assert encoded_once(BODY) == BODY
    assert encoded_once(encoded_once(plain)) == encoded_once(plain)


BAD_LINES = [
    (b"{", "not JSON"),
    (b"[1, 2]", "not a JSON object"),
    (b'{"text": "\xff\xfe"}', "not UTF-8"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"id": ' + b"9" * 5000 + b"}", "not JSON"),
    (b'{"text": ""}', "no text"),
    (b'{"title": "x", "text": null}', "no text"),
    (b'{"text": "..."}', "no text"),
    (b'{"html": "<p></p>"}', "not an article"),
]


@pytest.mark.parametrize(("bad", "why"), BAD_LINES, ids=lambda value: str(value)[:20])
def test_a_bad_line_is_a_problem_with_its_number_and_never_the_end(tmp_path: Path, bad: bytes, why: str) -> None:
    good = lines({"id": 1, "text": BODY})
    first, problem, last = items(written(tmp_path, "a.jsonl", good + bad + b"\n" + good))
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(problem, Problem)
    assert (problem.path, problem.line) == ("a.jsonl", 2)
    assert why in problem.why


def test_blank_lines_give_nothing_but_count_in_line_numbers(tmp_path: Path) -> None:
    found = items(
        written(tmp_path, "a.jsonl", b"\xef\xbb\xbf\n" + lines({"text": BODY}) + b" \r\n\n" + lines({"text": BODY}))
    )
    assert [item.line for item in found] == [2, 5]


def test_a_line_over_the_limit_is_a_problem_and_the_next_is_read(tmp_path: Path) -> None:
    data = lines({"text": BODY * 50}, {"text": BODY})
    long, short = items(written(tmp_path, "a.jsonl", data), Limits(line=5_000))
    assert isinstance(long, Problem)
    assert isinstance(short, Article)
    assert (long.line, short.line) == (1, 2)


# --- archives --------------------------------------------------------------------------------

PACKERS: dict[str, Callable[[bytes], bytes]] = {"a.jsonl.gz": gzip.compress, "a.jsonl.xz": lzma.compress}


@pytest.mark.parametrize("name", PACKERS)
def test_an_archive_reads_like_the_plain_file(tmp_path: Path, name: str) -> None:
    data = lines(*({"id": n, "text": f"Bản tin số {n}.\n{BODY}"} for n in range(20)))
    packed = items(written(tmp_path, name, PACKERS[name](data)))
    assert [item.id for item in packed if isinstance(item, Article)] == [str(n) for n in range(20)]


@pytest.mark.parametrize("name", PACKERS)
def test_of_a_torn_archive_the_articles_before_the_cut_are_kept_then_one_problem(tmp_path: Path, name: str) -> None:
    noise = [os.urandom(3_000).hex() for _ in range(200)]
    data = PACKERS[name](lines(*({"id": n, "text": f"{BODY}\n{text}."} for n, text in enumerate(noise))))
    *kept, last = items(written(tmp_path, name, data[: len(data) // 2]))
    assert 20 < len(kept) < 200
    assert all(isinstance(item, Article) for item in kept)
    assert isinstance(last, Problem)
    assert last.line == len(kept) + 1


@pytest.mark.parametrize("name", PACKERS)
def test_an_archive_that_is_none_is_one_problem(tmp_path: Path, name: str) -> None:
    (item,) = items(written(tmp_path, name, b"not packed at all"))
    assert isinstance(item, Problem)


@pytest.mark.parametrize("name", PACKERS)
def test_a_bomb_ends_with_one_problem(tmp_path: Path, name: str) -> None:
    data = PACKERS[name](b" " * 30_000_000)
    *_, last = items(written(tmp_path, name, data), Limits(line=1_000, stream=1_000_000))
    assert isinstance(last, Problem)
    assert "unpacks to more" in last.why


# --- documents -------------------------------------------------------------------------------


def test_a_text_file_s_id_is_its_address_or_its_path_below_the_root(tmp_path: Path) -> None:
    (tmp_path / "2023").mkdir()
    written(tmp_path / "2023", "b.txt", f"{TITLE}\n{BODY}".encode())
    written(tmp_path, "a.txt", f"{TITLE}\n{BODY}\nNguồn: https://a.vn/20230315-x.html".encode())
    first, second = sorted(items(tmp_path), key=lambda item: item.path)
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.id, second.id) == ("2023/b.txt", "https://a.vn/20230315-x.html")
    assert second.stamps == (StatedDate("2023-03-15", "url"),)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n ", "empty"),
        ("a.txt", b"...\n***", "no text"),
        ("a.html", b"", "empty"),
        ("a.html", b"<html></html>", "not an article"),
        ("a.html", b"x" * 2_000, "larger than"),
        ("a.txt", b"x" * 2_000, "larger than"),
        ("picture.txt", bytes(range(256)) * 3, "this is not text"),
        ("picture.html", bytes(range(256)) * 3, "this is not text"),
    ],
)
def test_a_file_without_an_article_is_a_problem_that_says_why(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    (item,) = items(written(tmp_path, name, data), Limits(document=1_000))
    assert isinstance(item, Problem)
    assert (item.path, item.line) == (name, None)
    assert why in item.why


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
def test_a_file_that_vanished_since_it_was_listed_is_a_problem(tmp_path: Path, name: str) -> None:
    (file,) = find([written(tmp_path, name, b"x")]).files
    file.path.unlink()
    (item,) = read(file)
    assert isinstance(item, Problem)
    assert "vanished" in item.why


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_a_file_that_changed_since_it_was_listed_is_left_for_the_next_run(tmp_path: Path, name: str) -> None:
    (file,) = find([written(tmp_path, name, BODY.encode())]).files
    file.path.write_bytes(b"half of")
    (item,) = read(file)
    assert isinstance(item, Problem)
    assert "changed" in item.why


def test_an_archive_that_grows_while_read_gives_its_articles_and_a_problem(tmp_path: Path) -> None:
    (file,) = find([written(tmp_path, "a.jsonl", lines({"text": BODY}))]).files
    with file.path.open("ab") as more:
        more.write(lines({"text": BODY}))
    first, second, problem = read(file)
    assert isinstance(first, Article) and isinstance(second, Article) and isinstance(problem, Problem)
    assert "changed" in problem.why


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_text_reads_the_same_in_every_unicode_encoding(tmp_path: Path, encoding: str) -> None:
    (item,) = items(written(tmp_path, "a.txt", f"{TITLE}\n{BODY}".encode(encoding)))
    assert isinstance(item, Article)
    assert (item.title, item.body) == (TITLE, BODY)


def test_a_spoilt_byte_is_noted_and_does_not_change_the_rest(tmp_path: Path) -> None:
    (item,) = items(written(tmp_path, "a.txt", f"{TITLE}\n{BODY}".encode() + b" \xff."))
    assert isinstance(item, Article)
    assert FIRST in item.body
    assert item.notes == ("read as utf-8 with spoilt bytes",)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(0.6))
@given(data=st.binary(max_size=2_000), suffix=st.sampled_from(SUFFIXES), torn=st.booleans())
def test_any_bytes_in_any_format_give_articles_or_problems(
    tmp_path: Path, data: bytes, suffix: str, torn: bool
) -> None:
    packed = {".jsonl.gz": gzip.compress, ".jsonl.xz": lzma.compress}.get(suffix, bytes)(data)
    for item in items(written(tmp_path, f"a{suffix}", packed[:-5] if torn else packed)):
        assert isinstance(item, Article | Problem)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
KEYS = st.sampled_from(["id", "_id", "url", "source", "title", "date", "author", "text", "html"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(0.6))
@given(records=st.lists(st.dictionaries(KEYS, VALUES), max_size=5))
def test_records_with_any_values_give_one_item_a_line(tmp_path: Path, records: list[dict[str, Any]]) -> None:
    data = b"".join(json.dumps(record).encode() + b"\n" for record in records)
    found = items(written(tmp_path, "a.jsonl", data))
    assert [item.line for item in found] == list(range(1, len(records) + 1))
    for item in found:
        assert str(item).encode()
