"""Concordances: every place once, aligned, in Vietnamese alphabetical order, the same draw for the same seed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from indexer.search.csv_lines import csv_lines
from indexer.search.kwic import HEADER, MAX_WIDTH, as_rows, kwic
from indexer.storage.index_folder import open_engine
from indexer.text import syllables
from indexer.text.collate import vietnamese_key
from tests.archives import index_of

TEXTS = {
    "a": "Hội nghị bàn công tác tuyển quân. Đợt tuyển quân đầu năm hoàn thành.",
    "b": "Mùa tuyển quân đá bóng. Danh sách tuyển quân da cam.\nLo tuyển quân dài hạn.",
    "c": "Huyện tuyển thêm quân nhân. =SUM(1) tuyển quân ăn khớp.",
}
WAYS = [{"sort": sort, "seed": seed} for sort in ("left", "right", "date") for seed in (0, 1)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("kwic")
    rows = [{"id": id, "title": f"Bài {id}", "text": text, "date": "2022-03-01"} for id, text in TEXTS.items()]
    index_of(folder, rows)
    return open_engine(folder / "index")


@pytest.fixture(scope="module")
def sample(sample_index: Path):
    return open_engine(sample_index)


def test_every_place_is_a_line(engine) -> None:
    found = kwic(engine, "tuyển quân")
    assert found.total_lines == len(found.lines) == sum(text.count("tuyển quân") for text in TEXTS.values())
    assert {line.match for line in found.lines} == {"tuyển quân"}


def test_loose_words_that_never_stand_in_a_row_are_places_of_their_own(engine) -> None:
    assert {line.match.lower() for line in kwic(engine, "huyện nhân").lines} == {"huyện", "nhân"}


def test_right_contexts_follow_the_vietnamese_alphabet(engine) -> None:
    nexts = [line.right.split()[0] for line in kwic(engine, "tuyển quân", sort="right").lines if line.right[0] == " "]
    assert nexts == ["ăn", "da", "dài", "đá", "đầu"]


def test_left_contexts_are_read_from_the_match_outwards(engine) -> None:
    lasts = [syllables(line.left)[-1].text for line in kwic(engine, "tuyển quân", sort="left").lines]
    assert lasts == ["1", "đợt", "lo", "mùa", "sách", "tác"] == sorted(lasts, key=vietnamese_key)


def test_by_date_the_newest_come_first_and_the_undated_last(sample) -> None:
    dates = [line.date for line in kwic(sample, "quân sự", sort="date").lines]
    assert "" in dates and dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("query", [
    "quân sự", "quan su", '"quân sự"', "QUÂN SỰ", "quân OR sự", "huấn*", "diễn tập tít:diễn",
])
def test_the_three_parts_of_a_line_stand_in_the_article_as_they_are(sample, query: str) -> None:
    found = kwic(sample, query, width=40)
    assert found.lines
    entries = {entry.id: entry.article for entry in sample.entries([line.id for line in found.lines])}
    for line in found.lines:
        article = entries[line.id]
        text = article.title if line.zone == "title" else article.text
        assert line.left + line.match + line.right in text.replace("\n", " ")
        assert max(len(line.left), len(line.right)) <= 40


def test_the_same_seed_draws_the_same_lines_and_another_seed_others(sample) -> None:
    once, again, other = (set(kwic(sample, "quân", sample=30, seed=seed).lines) for seed in (1, 1, 2))
    assert once == again != other
    assert len(once) == 30


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_sample_is_drawn_from_all_lines_and_sorted_like_them(sample, way: dict) -> None:
    everything = kwic(sample, "quân", sort=way["sort"]).lines
    some = kwic(sample, "quân", sample=20, **way)
    assert some.total_lines == len(everything) and some.sampled == 20
    drawn = set(some.lines)
    assert list(some.lines) == [line for line in everything if line in drawn]


def test_pages_put_together_are_the_whole(sample) -> None:
    whole = kwic(sample, "quân").lines
    pages = [kwic(sample, "quân", offset=at, limit=50).lines for at in range(0, len(whole), 50)]
    assert tuple(line for page in pages for line in page) == whole


def test_filters_narrow_the_articles_and_reading_may_be_bounded_and_says_so(sample) -> None:
    every, some = kwic(sample, "quân sự"), kwic(sample, "quân sự", filters={"province": ["gia lai"]})
    assert 0 < some.articles < every.articles
    assert all("Gia Lai" in line.province for line in some.lines)
    bounded = kwic(sample, "quân sự", most=3)
    assert (bounded.read, bounded.articles) == (3, every.articles)


def test_a_query_nothing_holds_gives_no_lines_and_no_error(sample) -> None:
    for query in ("", '"', "zzzz qqqq", "tỉnh:", "NOT quân"):
        found = kwic(sample, query, width=MAX_WIDTH)
        assert found.total_lines == len(found.lines)


def test_csv_reads_back_as_it_was_and_no_cell_is_a_formula(engine) -> None:
    rows = list(as_rows(kwic(engine, "sum(1) tuyển quân")))
    text = "".join(csv_lines(HEADER, rows))
    assert text.startswith("\ufeffleft,match,right")
    back = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert tuple(back[0]) == HEADER and len(back) == len(rows) + 1
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in back for cell in row)


@pytest.mark.parametrize(("cell", "written"), [
    ("=1+1", "'=1+1"), ("@x", "'@x"), (" -2", "' -2"), ("\tx", "'\tx"), ("＝1", "'＝1"), ("quân", "quân"),
    (-3, "-3"), (None, ""),
])
def test_what_a_spreadsheet_would_run_is_text(cell: object, written: str) -> None:
    *_, line = csv_lines(["x"], [[cell, "."]])
    assert next(csv.reader(io.StringIO(line, newline="")))[0] == written


def test_so_many_places_of_each_article_are_its_first_ones(sample):
    every, few = (kwic(sample, "quân", per_article=limit) for limit in (None, 2))
    places = lambda found, id: [line for line in found.lines if line.id == id]  # noqa: E731
    ids = {line.id for line in every.lines}
    assert {line.id for line in few.lines} == ids and set(few.lines) <= set(every.lines)
    assert all(len(places(few, id)) == min(2, len(places(every, id))) for id in ids)
    assert few.total_lines == len(few.lines) < every.total_lines
