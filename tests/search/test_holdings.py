"""Who held what, when: every row has its years and an article that says so; a value nobody knows leads to near ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.search import holdings
from indexer.search.corrections import Correction
from indexer.search.holdings import (
    Asked,
    every,
    find,
    nearest_names,
    nearest_posts,
    nearest_provinces,
    proofs,
    years_of,
)
from indexer.search.mentions import Wanted, mentions
from indexer.search.people import People
from indexer.storage.index_folder import ServedEngine, open_engine
from tests.archives import index_of
from tests.search.test_people import ARTICLES


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedEngine]:
    folder: Path = tmp_path_factory.mktemp("holdings")
    rows = ({"id": id, "title": "Tin", "text": text, "date": date} for id, (date, text) in ARTICLES.items())
    engine = open_engine(index_of(folder, [*rows, {"id": "k", "title": "Tin", "text": ARTICLES["th23"][1]}]))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def people(engine: ServedEngine) -> People:
    return People(engine)


CHT = "Chỉ huy trưởng Bộ CHQS"


@pytest.mark.parametrize(("asked", "found"), [
    (Asked(post=CHT, province="Thanh Hóa", years=("2023", "2023")), [("Lê Văn Diện", "2023", "2024")]),
    (Asked(post="chi huy truong bo chqs", province="thanh hoa"), [("Lê Văn Diện", "2023", "2024")]),
    (Asked(post=CHT, years=("2020", "2021")), [("Đỗ Văn Năm", "2021", "2021"), ("Tạ Văn Chung", "2020", "2020"),
                                               ("Ngô Sĩ Hoạt", "2020", "2020")]),
    (Asked(post="nguyên Chỉ huy trưởng", province="Thanh Hóa"), [("Hà Văn Bốn", "2010", "2010")]),
    (Asked(post="Tư lệnh"), [("Nguyễn Trường Thắng", "2022", "2022")]),
    (Asked(name="le van dien"), [("Lê Văn Diện", "2023", "2024"), ("Lê Văn Diện", "2022", "2022")]),
    (Asked(province="Tiền Giang", levels=("tỉnh",)), []),
    (Asked(province="Tiền Giang"), [("Vi Văn Chín", "2020", "2020")]),
    (Asked(post=CHT, years=(None, "2019")), []),
    (Asked(province="Atlantis"), []),
    (Asked(post="Vua"), []),
])  # fmt: skip
def test_a_holding_is_found_by_name_post_province_and_year(
    engine: ServedEngine, people: People, asked: Asked, found: list[tuple[str, str, str]]
) -> None:
    assert [(each.person.name, *each.span) for each in find(engine, people, asked)] == found


def test_the_latest_stand_first_and_those_without_a_year_last(people: People) -> None:
    years = [each.span[1] for each in every(people)]
    assert years == sorted(years, reverse=True) and len(years) > 10


@pytest.mark.parametrize("few", [0, 1_000])
def test_every_holding_is_proven_by_the_newest_article_that_was_asked_for(
    engine: ServedEngine, people: People, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(holdings, "FEW", few)
    for proof in proofs(engine, every(people)):
        row = proof.row
        assert row is not None and row.person in proof.holding.person.keys
        assert row.name in row.sentence and row.post_name == proof.holding.name
        assert row.published[:4] == proof.holding.span[1]
    [of_2023] = proofs(engine, find(engine, people, Asked(post=CHT, province="Thanh Hóa", years=("2023", "2023"))))
    assert of_2023.row is not None and of_2023.row.id == "th23"


def test_holdings_are_what_the_mentions_say(engine: ServedEngine, people: People) -> None:
    """The command line reads articles, the page the keys of the index: both tell the same."""
    rows = [row for row in people.corrected(mentions(engine, Wanted())) if row.head]
    told = {(row.person, row.post_name, row.province) for row in rows}
    assert {(each.person.id, each.name, each.province) for each in every(people)} == told


def test_a_correction_moves_a_holding_at_once(engine: ServedEngine) -> None:
    keys = ("lê văn diện@Nghệ An", "lê văn diện@Thanh Hóa")
    merged = People(engine, (Correction("Lan", "2026-11-21", "x", "y", "merge", keys),))
    assert {each.person.id for each in find(engine, merged, Asked(name="Lê Văn Diện"))} == {keys[0]}
    no_official = People(engine, (Correction("Lan", "2026-11-21", "x", "y", "not-official", keys),))
    assert find(engine, no_official, Asked(name="Lê Văn Diện")) == []


def test_a_proof_that_is_gone_is_none(engine: ServedEngine, people: People) -> None:
    [held] = find(engine, people, Asked(post="Tư lệnh"))
    gone = replace(held, bounds=(replace(held.bounds[0], place="Quân khu 99"),))
    assert [proof.row for proof in proofs(engine, [gone])] == [None]


@pytest.mark.parametrize(("typed", "first"), [
    ("Chỉ huy trửong Bộ CHQS", "Chỉ huy trưởng Bộ CHQS"), ("tu lenh quan khu", "Tư lệnh Quân khu"), ("Vua", None)])
def test_a_post_nobody_holds_leads_to_the_nearest(people: People, typed: str, first: str | None) -> None:
    near = nearest_posts(people, typed)
    assert near[0].startswith(first) if first else near == []
    assert len(near) <= 3


def test_names_and_provinces_lead_to_the_nearest(people: People) -> None:
    assert nearest_names(people, "Le Van Dien A")[0] == "Lê Văn Diện"
    assert nearest_provinces("Thanh Hoas")[0] == "Thanh Hóa" and nearest_provinces("xyz") == []


@pytest.mark.parametrize(("written", "years"), [
    ("2023", ("2023", "2023")), ("2021-2023", ("2021", "2023")), ("2021 – 2023", ("2021", "2023")),
    ("2021..2023", ("2021", "2023")), ("2021-", ("2021", None)), ("-2023", (None, "2023")),
    ("", None), ("-", None), ("năm ngoái", None), ("20", None), ("2021-23", None), ("٢٠٢٣x", None),
])  # fmt: skip
def test_years_are_written_in_these_ways(written: str, years: tuple[str | None, str | None] | None) -> None:
    assert years_of(written) == years
