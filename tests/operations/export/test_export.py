"""What is taken along is what the archive holds, no more than may be passed on, and whole or not there."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from indexer.ingest.run import build
from indexer.model.errors import QuocphongError, UsageError
from indexer.model.excerpt import Excerpt
from indexer.model.settings import load
from indexer.operations.export import Wish, export
from indexer.operations.export.json_lines import KEYS
from indexer.operations.export.tables import TABLES
from indexer.operations.withdraw import withdraw
from indexer.search.excerpts import excerpted
from indexer.storage.index_folder import open_engine, stored
from tests.archives import index_of
from tests.cli.hardships import files_of_4_kilobytes
from tests.cli.test_cli import ENVIRONMENT, from_json, quocphong
from tests.forks import shared

ENDINGS = (".sqlite", ".jsonl.gz")
SEEN = 60  # characters of a text: longer than the name and post of an official, which are facts


def made(index: Path, path: Path, wish: Wish | None = None, **how: object) -> Path:
    """The file at `path`, exported from an index."""
    export(load(given={"index": str(index)}), path, wish or Wish(), **how)  # type: ignore[arg-type]
    return path


@pytest.fixture(scope="module")
def database(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive as a database. Only for reading."""
    return made(sample_index, tmp_path_factory.mktemp("export") / "archive.sqlite")


def asked(path: Path, sql: str, *values: object) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, values).fetchall()


def lines(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def everything(path: Path) -> str:
    """All that a file holds, as text."""
    if path.name.endswith(".gz"):
        return gzip.decompress(path.read_bytes()).decode() + path.read_bytes()[:2_000].decode("latin-1")
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump()) + path.read_bytes().decode("utf-8", "replace")


# -- what it holds ----------------------------------------------------------------------------------------


def test_each_article_is_there_once_with_what_is_known_of_it(database: Path, sample_index: Path) -> None:
    with closing(open_engine(sample_index)) as engine:
        held = {entry.id: entry for entry in stored(engine)}
    rows = asked(database, "SELECT id, title, published, basis FROM articles")
    assert sorted(rows) == sorted((e.id, e.article.title, e.entities.published.date, e.entities.published.basis)
                                  for e in held.values())
    places = asked(database, "SELECT a.id, p.name, ap.basis FROM article_places ap JOIN places p ON p.number = ap.place"
                             " JOIN articles a ON a.number = ap.article WHERE p.kind = 'province'")
    assert sorted(places) == sorted((e.id, p.name, p.basis) for e in held.values() for p in e.entities.provinces)


def test_mentions_are_those_of_the_command_mentions(database: Path, sample_index: Path) -> None:
    told = [json.loads(line) for line in quocphong("mentions", "--json", "--index", sample_index).stdout.splitlines()]
    rows = asked(database, "SELECT a.id, m.person, m.as_written, o.head, m.province, m.confidence FROM mentions m"
                           " JOIN articles a ON a.number = m.article LEFT JOIN posts o ON o.number = m.post")
    assert len(rows) > 100
    assert sorted(tuple(cell or "" for cell in row) for row in rows) == sorted(
        (row["id"], row["person"], row["post"], row["head"], row["province"], row["confidence"]) for row in told)


def test_no_row_refers_to_a_row_that_is_not_there_and_every_reference_has_an_index(database: Path) -> None:
    assert asked(database, "PRAGMA foreign_key_check") == []
    assert asked(database, "PRAGMA integrity_check") == [("ok",)]
    for table in TABLES:
        led = {row[0] for index in asked(database, f"PRAGMA index_list('{table.name}')")
               for row in asked(database, f"SELECT name FROM pragma_index_info('{index[1]}') WHERE seqno = 0")}
        assert {row[3] for row in asked(database, f"PRAGMA foreign_key_list('{table.name}')")} <= led, table.name


def test_a_line_has_the_documented_keys_in_their_order(sample_index: Path, tmp_path: Path) -> None:
    rows = lines(made(sample_index, tmp_path / "a.jsonl.gz"))
    assert {tuple(row) for row in rows} == {tuple(KEYS)}
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_says_what_it_is(sample_index: Path, tmp_path: Path, ending: str) -> None:
    path = made(sample_index, tmp_path / f"a{ending}", Wish("tuyển quân", {"province": ["Gia Lai"]}))
    if ending == ".sqlite":
        about = dict(asked(path, "SELECT name, value FROM about"))
    else:
        about = json.loads(path.read_bytes()[10:].partition(b"\0")[0])
    assert about["query"] == "tuyển quân" and json.loads(about["filters"]) == {"province": ["Gia Lai"]}
    assert about["generation"] == "1000001" and about["texts"] == "excerpts" and len(about["day"]) == 10
    assert {"schema", "entities", "pyvi"} <= json.loads(about["versions"]).keys() and about["rights"]


def test_the_same_articles_give_the_same_bytes(sample_index: Path, tmp_path: Path) -> None:
    first, second = (made(sample_index, tmp_path / f"{name}.jsonl.gz").read_bytes() for name in "ab")
    assert first == second and first[4:8] == bytes(4)  # no time


@pytest.mark.parametrize("options", [
    (), ("tuyển quân",), ("--province", "gia lai"), ("--year", "2022", "--year", "2023"), ("--from", "2023-02"),
    ("--official", "Lê Văn Diện"), ("quân", "--province", "Gia Lai", "--no-inferred"), ("tỉnh:\"Kon Tum\"",),
    ("quocphong",), ("không có gì như thế này cả đâu", "--off", "share"),
])
def test_filters_select_what_search_finds(sample_index: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    total = from_json("search", *options, "--index", sample_index)["total"]
    told = from_json("export", tmp_path / "a.jsonl.gz", *options, "--index", sample_index)
    assert (told["articles"], len(lines(tmp_path / "a.jsonl.gz"))) == (total, total)


def test_a_value_that_nothing_is_called_is_refused_with_the_nearest(sample_index: Path, tmp_path: Path) -> None:
    refused = quocphong("export", tmp_path / "a.sqlite", "--province", "Thanh Hoa1", "--index", sample_index, code=2)
    assert "Thanh Hóa" in refused.stderr and not list(tmp_path.iterdir())


def test_nothing_found_is_said_and_is_no_failure(sample_index: Path, tmp_path: Path) -> None:
    told = quocphong("export", tmp_path / "a.sqlite", "--year", "1999", "--index", sample_index).stdout
    assert "No article matches" in told and asked(tmp_path / "a.sqlite", "SELECT count(*) FROM articles") == [(0,)]


# -- searching it -------------------------------------------------------------------------------------------

WORDS = {"a": "Lễ tuyển quân ở xã Đăk Rơ", "b": "Tin tuyến quan trọng, ông Đại", "c": "Hoà bình và khoẻ mạnh"}


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words")
    index = index_of(folder, [{"id": id, "title": "Bản tin", "text": f"{text}."} for id, text in WORDS.items()])
    return made(index, folder / "words.sqlite")


@pytest.mark.parametrize(("query", "found"), [
    ("tuyển", "a"), ("tuyến", "b"), ("tuyên", ""), ("tuyen", "ab"), ("TUYEN", "ab"), ("tuyển quân", "a"),
    ("tuyen quan", "ab"), ("đăk", "a"), ("dak", "a"), ("đại", "b"), ("dai", "b"), ("dại", ""), ("hòa", "c"),
    ("hoa", "c"), ("khỏe", "c"), ("bản", "abc"), ("ban", "abc"),
    ('"tuyen quan"', "ab"), ('"quan tuyen"', ""), ("tuy*", "ab"),
])
def test_a_word_with_accents_means_itself_and_one_without_means_any(words: Path, query: str, found: str) -> None:
    sql = ("SELECT id FROM articles WHERE number IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
           " ORDER BY id")
    assert "".join(id for [id] in asked(words, sql, query)) == found


def test_a_snippet_of_a_word_without_accents_is_shown_with_them(words: Path) -> None:
    sql = "SELECT snippet(articles_fts, 3, '[', ']', '…', 9) FROM articles_fts WHERE articles_fts MATCH ?"
    assert asked(words, sql, "quan AND dak") == [("Lễ tuyển [quân] ở xã [Đăk] Rơ.",)]


# -- whose texts they are -----------------------------------------------------------------------------------


def masked_parts(index: Path) -> Iterator[str]:
    """The beginning of each long part of a text that readers elsewhere may not see."""
    with closing(open_engine(index)) as engine:
        for entry in stored(engine):
            text = excerpted(entry).article.text
            assert isinstance(text, Excerpt)
            ends = [end for _, end in text.parts]
            yield from (text.whole[end:end + SEEN] for end in ends if text[end:end + SEEN] == "…" * SEEN)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_holds_of_no_text_more_than_readers_elsewhere_may_see(
        sample_index: Path, tmp_path: Path, ending: str) -> None:
    held = everything(made(sample_index, tmp_path / f"a{ending}"))
    parts = [*masked_parts(sample_index)]
    assert len(parts) > 20 and not [part for part in parts if part in held]


@pytest.mark.parametrize("ending", ENDINGS)
def test_whole_texts_go_along_where_they_are_asked_for(sample_index: Path, tmp_path: Path, ending: str) -> None:
    path = made(sample_index, tmp_path / f"a{ending}", Wish(whole=True))
    texts = {text for [text] in asked(path, "SELECT text FROM articles")} if ending == ".sqlite" else {
        row["text"] for row in lines(path)}
    with closing(open_engine(sample_index)) as engine:
        assert texts == {entry.article.text for entry in stored(engine)}


BEFORE = {"a.jsonl", "index"}


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Three articles."""
    return index_of(tmp_path, [{"id": id, "title": f"Tin {id}", "text": f"Nội dung của bài {id}, tỉnh Kon Tum."}
                               for id in ("one", "two", "three")])


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_withdrawn_goes_along_in_no_file(index: Path, tmp_path: Path, ending: str) -> None:
    withdraw(index, "two", "thử", "người thử")
    held = everything(made(index, tmp_path / f"a{ending}", Wish(whole=True)))
    assert "Tin one" in held and "Tin two" not in held and "bài two" not in held


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_withdrawn_while_a_file_is_written_is_in_none(index: Path, tmp_path: Path, ending: str) -> None:
    with pytest.raises(QuocphongError, match="withdrawn"):
        made(index, tmp_path / f"a{ending}",
             progress=lambda count: withdraw(index, "two", "thử", "người thử") and None)
    assert [each.name for each in tmp_path.iterdir() if each.name not in BEFORE] == []


# -- whole, or not there ------------------------------------------------------------------------------------


LASTING = ("fsync", "replace")  # the calls of `os` that make something last


def killed(index: str, path: str, step: int) -> int:
    """Export, and be killed when articles have been written (0), or before the given call that makes something last."""
    calls = count(1)

    def deadly(call: Callable[..., None]) -> Callable[..., None]:
        def replaced(*given: object) -> None:
            if next(calls) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            call(*given)
        return replaced

    for name in LASTING:
        setattr(os, name, deadly(getattr(os, name)))
    made(Path(index), Path(path), force=True,
         progress=lambda count: None if step else os.kill(os.getpid(), signal.SIGKILL))
    return 0


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("step", range(4))
def test_a_killed_export_leaves_the_old_file_or_the_whole_new_one(
        index: Path, tmp_path: Path, ending: str, step: int) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"as it was")
    ended = shared().start(killed, str(index), str(path), step).wait()
    assert ended == -signal.SIGKILL
    assert path.read_bytes() == b"as it was" or "Tin one" in everything(path)
    made(index, path, force=True)
    assert "Tin one" in everything(path) and not list(tmp_path.glob(".*.new"))


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_full_disk_ends_with_its_own_code_and_leaves_nothing(index: Path, tmp_path: Path, ending: str) -> None:
    (tmp_path / "long.jsonl").write_text("".join(
        json.dumps({"id": f"l{n}", "title": f"Bài {n}", "text": f"Số {n * n}: tỉnh Kon Tum {n ** 5}, {n ** 7}."}) + "\n"
        for n in range(300)), encoding="utf-8")
    quocphong("index", tmp_path / "long.jsonl", "--index", index)
    process = shared().command(["export", tmp_path / f"a{ending}", "--index", index], first=files_of_4_kilobytes,
                               environment=ENVIRONMENT)
    told = process.communicate()[1]
    assert process.wait() == 14 and "Free some space" in told
    assert [each.name for each in tmp_path.iterdir() if each.name not in BEFORE] == ["long.jsonl"]


@pytest.mark.parametrize("name", ["a.sqlite", "a.jsonl.gz", "metadata.json"])
def test_what_is_there_is_replaced_only_by_force(index: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    path = tmp_path / name.replace("metadata.json", "b.sqlite")
    assert "--force" in quocphong("export", path, "--index", index, code=2).stderr
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
    quocphong("export", path, "--force", "--index", index)
    assert (tmp_path / name).read_bytes() != b"mine"


@pytest.mark.parametrize(("name", "why"), [
    ("a.csv", ".sqlite or FILE.jsonl.gz"), (".sqlite", "FILE"), ("none/a.sqlite", "no folder"), ("d.sqlite", "folder"),
])
def test_a_name_that_cannot_be_written_is_refused_with_what_can(
        index: Path, tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "d.sqlite").mkdir()
    with pytest.raises(UsageError, match=why):
        made(index, tmp_path / name, force=True)


@pytest.mark.parametrize("place", ["index", "corpus", "corpus/below", "elsewhere/fetched"])
def test_no_file_is_written_where_runs_would_read_it(index: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / place).mkdir(parents=True, exist_ok=True)
    settings = load(given={"index": str(index), "corpus": str(tmp_path / "corpus"),
                           "fetched": str(tmp_path / "elsewhere" / "fetched")})
    with pytest.raises(UsageError, match="outside"):
        export(settings, tmp_path / place / "a.jsonl.gz", Wish())
    assert not list((tmp_path / place).glob("*.gz"))


@pytest.mark.parametrize("ending", ENDINGS)
def test_two_exports_to_one_name_do_not_mix(index: Path, tmp_path: Path, ending: str) -> None:
    refused = []

    def at_once(count: int) -> None:
        with pytest.raises(UsageError, match="Another export") as told:
            made(index, tmp_path / f"a{ending}")
        refused.append(told)

    path = made(index, tmp_path / f"a{ending}", progress=at_once)
    assert refused and "Tin one" in everything(path)


HOSTILE = ['"; DROP TABLE articles; --', "=HYPERLINK(1)", "\ud800 lẻ loi", "a\u2028b", "\U0001f600", "</script><b>"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_text_breaks_a_file(tmp_path: Path, ending: str) -> None:
    rows = [{"id": f"h{n}", "title": f"Tin {text}", "text": f"{text} ở tỉnh Kon Tum.", "author": text, "source": text}
            for n, text in enumerate(HOSTILE)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="ascii")
    index = tmp_path / "index"
    build(index, [str(tmp_path / "a.jsonl")], workers=1)
    path = made(index, tmp_path / f"a{ending}", Wish(whole=True))
    read: Callable[[Path], int] = (lambda p: asked(p, "SELECT count(*) FROM articles")[0][0]) if (
        ending == ".sqlite") else (lambda p: len(lines(p)))
    assert read(path) == len(HOSTILE)
