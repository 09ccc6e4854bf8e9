"""The console command, as cron and people call it: shapes, exit codes, errors that name their remedy."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import SAMPLE
from tests.forks import shared

ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("QUOCPHONG_")}


def quocphong(*arguments: object, cwd: Path | None = None, code: int = 0) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, in the folder `cwd`; `code` is the exit code it must end with."""
    done = shared().run(arguments, folder=cwd, environment=ENVIRONMENT)
    assert done.returncode == code, done.stderr
    return done


def from_json(*arguments: object) -> dict:
    return json.loads(quocphong(*arguments, "--json").stdout)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.jsonl").write_text(
        '{"id": "a/1", "title": "Gia Lai giao quân", "text": "Sáng 5/3/2023, tỉnh Gia Lai tổ chức lễ giao quân."}\n',
        encoding="utf-8")
    return tmp_path / "corpus"


@pytest.mark.parametrize("command", ["index", "extract", "search", "show", "serve", "doctor"])
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    told = quocphong(command, "--help").stdout
    assert "Example: quocphong" in told and "--index" in told and "--config" in told


def test_a_run_reports_in_json_and_a_second_run_is_done_too(corpus: Path) -> None:
    first = from_json("index", corpus, "--index", corpus.parent / "i")
    second = from_json("index", "--index", corpus.parent / "i")
    assert (first["new"], second["new"], second["unchanged"]) == (1, 0, 1)


@pytest.mark.parametrize(("arguments", "code", "remedy"), [
    (["search", "x", "--index", "nowhere"], 10, "quocphong index"),
    (["index", "nowhere", "--index", "i"], 13, "nowhere"),
    (["extract", "nowhere"], 2, "nowhere"),
    (["show", "x", "--index", "nowhere"], 10, "quocphong index"),
    (["search", "x", "--limit", "0"], 2, "from 1"),
    (["doctor", "--config", "none.cfg"], 2, "none.cfg"),
])
def test_errors_name_their_remedy_and_have_their_own_exit_code(
        tmp_path: Path, arguments: list[str], code: int, remedy: str) -> None:
    assert remedy in quocphong(*arguments, cwd=tmp_path, code=code).stderr


def test_a_first_unreadable_line_has_its_own_exit_code_and_an_old_one_none(corpus: Path) -> None:
    with (corpus / "a.jsonl").open("a", encoding="utf-8") as file:
        file.write("{broken\n")
    quocphong("index", corpus, "--index", corpus.parent / "i", code=3)
    quocphong("index", corpus, "--index", corpus.parent / "i")


def test_extract_gives_one_line_an_article_with_the_fixed_keys(corpus: Path) -> None:
    [line] = quocphong("extract", corpus, "--json").stdout.splitlines()
    shape = json.loads(line)
    assert shape["id"] == "a/1"
    sentence = "Sáng 5/3/2023, tỉnh Gia Lai tổ chức lễ giao quân."
    assert shape["published"] == {"date": "2023-03-05", "precision": "day", "basis": "event", "evidence": sentence,
                                  "year_evidence": sentence}
    assert [(p["name"], p["now"], p["basis"]) for p in shape["provinces"]] == [("Gia Lai", "Gia Lai", "text")]
    assert list(shape) == ["id", "path", "title", "published", "years_about", "provinces", "officials"]


def test_the_same_article_has_the_same_id_everywhere(sample_index: Path) -> None:
    extracted = {json.loads(line)["id"] for line in quocphong("extract", SAMPLE, "--json").stdout.splitlines()}
    found = from_json("search", "--limit", 100, "--index", sample_index)
    assert {hit["id"] for hit in found["hits"]} == extracted


def test_search_answers_in_the_fixed_shape(sample_index: Path) -> None:
    found = from_json("search", "quốc phòng", "--province", "gia lai", "--year", "2022", "--index", sample_index)
    assert {"total", "took_ms", "applied", "hits", "facets"} <= found.keys()
    hit = found["hits"][0]
    assert {"id", "title", "url", "published", "provinces", "officials", "score", "snippet"} <= hit.keys()
    chosen = [value for value in found["facets"]["province"] if value["selected"]]
    assert [(value["value"], set(value)) for value in chosen] == [("Gia Lai", {"value", "label", "count", "selected"})]


def test_repeated_filters_are_or_and_different_ones_are_and(sample_index: Path) -> None:
    def total(*filters: str) -> int:
        return from_json("search", "--index", sample_index, *filters)["total"]

    kon_tum, gia_lai = total("--province", "Kon Tum"), total("--province", "Gia Lai")
    assert kon_tum and gia_lai
    assert total("--province", "Kon Tum", "--province", "Gia Lai") == kon_tum + gia_lai
    assert total("--province", "Kon Tum", "--year", "1999") == 0


def test_a_file_of_queries_gives_a_run_of_ids(sample_index: Path, tmp_path: Path) -> None:
    (tmp_path / "q.tsv").write_text("1\ttuyển quân\n2\tle van dien\n", encoding="utf-8")
    lines = quocphong("search", "--queries", tmp_path / "q.tsv", "--limit", 3, "--json", "--index", sample_index)
    rows = [json.loads(line) for line in lines.stdout.splitlines()]
    assert [row["query_id"] for row in rows] == ["1", "2"]
    assert all(0 < len(row["ids"]) <= 3 for row in rows)


def test_show_gives_the_article(sample_index: Path) -> None:
    first = from_json("search", "--limit", 1, "--index", sample_index)["hits"][0]
    assert from_json("show", first["id"], "--index", sample_index)["title"] == first["title"]


def test_the_doctor_finds_a_sound_index_sound(sample_index: Path) -> None:
    findings = from_json("doctor", "--index", sample_index, "--sample", "55")
    assert findings["sound"], findings["checks"]
    assert findings["settings"]["index"] == {"value": str(sample_index), "origin": "command line"}


def test_the_doctor_names_damage(corpus: Path) -> None:
    index = corpus.parent / "i"
    quocphong("index", corpus, "--index", index)
    [segment] = index.glob("gen-*/*.arr")
    damaged = bytearray(segment.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    segment.write_bytes(damaged)
    told = quocphong("doctor", "--index", index, code=13).stdout
    assert "FAIL" in told and "quocphong index --rebuild" in told


def test_officials_answers_who_held_a_post_where_and_when(sample_index: Path) -> None:
    person = from_json("officials", "--post", "CHT Bộ CHQS", "--province", "Thanh Hóa", "--year", "2023",
                       "--index", sample_index)
    assert person["name"] == "Lê Văn Diện" and person["posts"][0]["articles"][0]["sentence"]


def test_mentions_are_a_table_for_spreadsheets_or_json_lines(sample_index: Path) -> None:
    table = quocphong("mentions", "--level", "huyện", "--csv", "--index", sample_index).stdout
    assert table.startswith("\ufeffid,url,source,title,published")
    lines = quocphong("mentions", "--level", "huyện", "--json", "--index", sample_index).stdout.splitlines()
    assert len(lines) > 0 and {json.loads(line)["level"] for line in lines} == {"huyện"}


def test_a_year_that_makes_no_sense_is_refused(sample_index: Path) -> None:
    assert "2021-2023" in quocphong("mentions", "--year", "năm ngoái", "--index", sample_index, code=2).stderr


@pytest.mark.parametrize("words", [
    ("quốc", "phòng", "--limit", 3), ("--limit", 3, "quốc", "phòng"), ("quốc", "--limit", 3, "phòng"),
    ("quốc phòng", "--limit", 3),
])
def test_a_query_may_be_several_words_around_the_options(sample_index: Path, words: tuple[object, ...]) -> None:
    found = from_json("search", *words, "--index", sample_index)
    assert found["total"] == from_json("search", "quốc phòng", "--index", sample_index)["total"] > 0
    assert len(found["hits"]) == 3


def test_an_unknown_option_is_refused_and_not_searched_for(sample_index: Path) -> None:
    assert "--limt" in quocphong("search", "quốc", "--limt", "3", "--index", sample_index, code=2).stderr


@pytest.mark.parametrize("command", ["search", "kwic"])
def test_an_unknown_value_of_an_option_ends_with_code_2_and_the_nearest(sample_index: Path, command: str) -> None:
    refused = quocphong(command, "quân", "--province", "Thanh Hoa1", "--index", sample_index, code=2)
    assert "Thanh Hoa1" in refused.stderr and "Thanh Hóa" in refused.stderr


def test_the_console_tells_what_a_query_names(sample_index: Path) -> None:
    told = quocphong("search", "Lê", "Văn", "Diện", "--index", sample_index).stdout
    assert "Chỉ huy trưởng Bộ CHQS" in told and "--official 'lê văn diện@Thanh Hóa'" in told
    found = from_json("search", "tổng kết ở Kon Tum", "--index", sample_index)
    assert [part["facet"] for part in found["recognised"]] == ["province", "topic"]
    assert found["narrowings"][0]["filters"] == {"province": ["Kon Tum"]}


def test_an_interpretation_can_be_switched_off_for_one_query_and_for_a_file_of_them(
        sample_index: Path, tmp_path: Path) -> None:
    def applied(*off: str) -> set[str]:
        return {each["kind"] for each in from_json("search", "quocphong", *off, "--index", sample_index)["applied"]}

    assert applied() == {"spaces"} and not applied("--off", "spaces", "--off", "spelling")
    (tmp_path / "queries").write_text("1\tquocphong\n", encoding="utf-8")
    file = ("search", "--queries", tmp_path / "queries", "--json", "--index", sample_index)
    assert json.loads(quocphong(*file).stdout)["ids"]
    off = [argument for kind in ("spaces", "spelling") for argument in ("--off", kind)]
    assert not json.loads(quocphong(*file, *off).stdout)["ids"]


def test_an_unknown_interpretation_is_refused_and_the_known_ones_are_listed(sample_index: Path) -> None:
    assert "spelling" in quocphong("search", "x", "--off", "speling", "--index", sample_index, code=2).stderr
