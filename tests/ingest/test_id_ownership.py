"""Who holds an id follows from the claims that there are, not from how they came and went."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.ingest.id_ownership import IdOwnership
from indexer.storage.manifest import IdClaim
from indexer.storage.tombstones import Tombstones

FILES, IDS, TEXTS = ("a", "b", "c"), ("1", "2", "3"), ("x", "y")
records = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(TEXTS)), max_size=4)
archives = st.dictionaries(st.sampled_from(FILES), records)


def claims_of(archive: dict[str, list[tuple[str, str]]]) -> dict[str, list[IdClaim]]:
    return {path: [IdClaim(path, line, id, f"{id}{text}", text) for line, (id, text) in enumerate(found, start=1)]
            for path, found in archive.items()}


@pytest.fixture(scope="module")
def nothing_withdrawn(tmp_path_factory: pytest.TempPathFactory) -> Tombstones:
    return Tombstones(Path(tmp_path_factory.mktemp("index")))


@given(before=archives, changes=archives)
@example(before={"b": [("1", "x")], "c": [("2", "x")]}, changes={"a": [("1", "y")]})  # the text loses its first teller
def test_what_was_forgotten_and_staked_holds_as_if_it_had_always_been(
    nothing_withdrawn: Tombstones, before: dict[str, list[tuple[str, str]]], changes: dict[str, list[tuple[str, str]]]
) -> None:
    claims, wanted = IdOwnership(claims_of(before), nothing_withdrawn), claims_of(before | changes)
    for path in changes:
        claims.forget(path)
    claims.settle()
    for claim in (claim for path in sorted(changes) for claim in wanted.get(path, ())):
        claims.register(claim)
    claims.settle()
    anew = IdOwnership(wanted, nothing_withdrawn)
    assert claims.owners == anew.owners
    assert claims.originals == anew.originals


@given(archive=archives)
def test_the_first_record_in_order_of_place_holds_an_id_and_tells_a_text(
    nothing_withdrawn: Tombstones, archive: dict[str, list[tuple[str, str]]]
) -> None:
    claims = IdOwnership(claims_of(archive), nothing_withdrawn)
    every = sorted(claim for found in claims_of(archive).values() for claim in found)
    for id, holder in claims.owners.items():
        assert holder == next(claim for claim in every if claim.id == id)
    for text, original in claims.originals.items():
        assert original == next(c for c in every if c.text_digest == text and claims.owns(c))
