"""The readings of a query, weighed together on the project's own sample."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engine.port import Engine
from indexer.search.query import plan
from indexer.search.query.interpretations import interpretations
from indexer.search.service import search
from indexer.storage.index_folder import open_engine
from tests.quality.slips import EVERY_KIND, WRONG, correct, measure, mistyped, wrong_on


@pytest.fixture(scope="module")
def engine(sample_index: Path) -> Iterator[Engine]:
    engine = open_engine(sample_index)
    yield engine
    engine.close()


def best(engine: Engine, typed: str) -> tuple[str, str]:
    """Kind and text of the likeliest reading; ("", "") where there is none."""
    found = interpretations(plan(typed, engine), engine)
    return (found[0].kind, found[0].text) if found else ("", "")


@pytest.mark.parametrize(("typed", "kind", "meant"), [
    ("quânsự", "spaces", "quân sự"),
    ("quocphong", "spaces", "quoc phong"),
    ("danquantuve", "spaces", "dan quan tu ve"),
    ("chỉ huy trương", "marks", "chỉ huy trưởng"),
    ("ủy ban nhân dâm", "spelling", "ủy ban nhân dân"),
    ("ủyy ban nhân dân", "spelling", "ủy ban nhân dân"),
    ("Quãng Ngãi", "marks", "Quảng Ngãi"),
    ("GIA LIA", "spelling", "GIA LAI"),
    ("huaans luyện", "typing", "huấn luyện"),
    ("quân khu bảy", "numeral", "quân khu 7"),
    ("quân khu VII", "numeral", "quân khu 7"),
    ("kontum", "name", "Kon Tum"),
    ('"chỉ huy trương" Gia Lai', "marks", '"chỉ huy trưởng" Gia Lai'),
    ("dân quân từ vệ", "marks", "dân quân tự vệ"),  # "quân từ" is written, too
    ("lực lượng dân quân tư vệ", "marks", "lực lượng dân quân tự vệ"),
    ("quankhu5", "spaces", "quan khu 5"),
    ("quânkhu5", "spaces", "quân khu 5"),
    ("danquan2025", "spaces", "dan quan 2025"),
    ("qua6n su75 d9i5a phu7o7ng", "typing", "quân sự địa phương"),
    ("hua61n luye65n", "typing", "huấn luyện"),
    ("nghĩa vụ quân sựu tỉnh:gialai", "spelling", "nghĩa vụ quân sự tỉnh:gialai"),
])  # fmt: skip
def test_each_kind_of_slip_is_mended(engine: Engine, typed: str, kind: str, meant: str) -> None:
    assert best(engine, typed) == (kind, meant)


@pytest.mark.parametrize("typed", [
    "ủy ban nhân dân", "quân sự", "Gia Lai", "gia lai", "2023", "28-NQ/TW", "", "-", '"', "=quâm", 'tỉnh:"Kon Tum"',
    "BCHQS", "huấn*", "quân khu5", "su30", "k54", "A80", "quan6", "quân khu 5",
])  # fmt: skip
def test_what_is_beyond_doubt_has_no_other_reading(engine: Engine, typed: str) -> None:
    assert interpretations(plan(typed, engine), engine) == []


@pytest.mark.parametrize(("typed", "kind"), [
    ("quânsự", "spaces"), ("chỉ huy trương", "marks"), ("ủy ban nhân dâm", "spelling"), ("quân khu bảy", "numeral"),
])  # fmt: skip
def test_a_kind_switched_off_gives_no_reading(engine: Engine, typed: str, kind: str) -> None:
    found = interpretations(plan(typed, engine), engine, frozenset({kind}))
    assert kind not in {each for one in found for each in one.kinds}


def test_a_reading_is_applied_only_where_nothing_is_found_and_offered_where_far_more_is(engine: Engine) -> None:
    applied = search(engine, "quânsự").query.applied
    assert [(each.kind, each.text) for each in applied] == [("spaces", "quân sự")]
    assert applied[0].count == search(engine, "quân sự").total
    found = search(engine, "quân sử")
    assert not found.total or [each.text for each in found.offers if each.kind == "marks"] == ["quân sự"]


def test_an_offer_counts_what_its_query_finds(engine: Engine) -> None:
    for typed in ("quân sư", "kontum", "conscription", "BCHQS", "Kon Tum"):
        for offer in search(engine, typed).offers:
            if offer.kind != "accents" and not offer.filters:
                assert offer.count == search(engine, offer.text).total, offer


@pytest.mark.parametrize("typed", ["conscription", "navy"])
def test_english_is_offered_and_never_applied(engine: Engine, typed: str) -> None:
    results = search(engine, typed)
    assert (results.total, results.query.applied) == (0, ())
    assert {each.kind for each in results.offers} == {"english"}


@pytest.mark.parametrize("typed", ["a" * 500, "ngh" * 300, "xyza " * 60, "quanqu" * 6, "đđđđ " * 20, "k'k'k'k'k'"])
def test_any_typing_is_weighed_within_bounds(engine: Engine, typed: str) -> None:
    assert len(interpretations(plan(typed, engine), engine)) < 20


def test_most_slips_are_read_right_and_correct_queries_are_left_alone(engine: Engine) -> None:
    """The whole measure is `python -m tests.quality.slips`; this is a share of it on the sample."""
    rows, _ = mistyped(engine, each=6)
    counted = measure(engine, rows, False)
    right, every = (sum(column) for column in zip(*counted.values(), strict=True))
    assert right >= EVERY_KIND * every, counted
    assert wrong_on(engine, correct(engine, 150), False).total() <= WRONG * 150
