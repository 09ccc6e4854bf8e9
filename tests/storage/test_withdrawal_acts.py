"""Two lists of withdrawals that went apart become one that withdraws all that either does, and in doubt more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.storage.withdrawal_acts import Act, Reading, Tombstone, digest, merged, tied
from tests.profiles import examples

# --- what one list means ---------------------------------------------------------------------


def withdraw(at: int, *ids: str) -> Act:
    return {"act": "withdraw", "at": f"{at:03}", "by": "a", "reason": "b", "ids": [*ids], "addresses": [], "title": "",
            "texts": []}


def also(id: str, *of: str, **more: object) -> Act:
    return {"act": "also", "at": "500", "id": id, "of": [*of], **more}


def undo(*of: str, at: int = 600, **more: object) -> Act:
    return {"act": "undo", "at": f"{at:03}", "by": "a", "reason": "", "of": [*of], **more}


def out(acts: Sequence[Act]) -> set[str]:
    return {id for each in Reading(acts).in_force for id in each.stone.ids}


A, B, C = withdraw(1, "a"), also("b", "a"), also("c", "a", "b")

MEANINGS: dict[str, tuple[list[Act], str]] = {
    "learned": ([A, B, C], "abc"),
    "learned before the tombstone, as an older version merged lists": ([B, C, A], "abc"),
    "and in another order": ([C, A, B], "abc"),
    "learned on both sides of it": ([B, A, also("x", "a")], "abx"),
    "learned by two lists, then by one that knew both": ([A, B, also("x", "a"), also("d", "x", "b", "a")], "abdx"),
    "undone": ([A, B, undo("a", "b")], ""),
    "undone by one that knew both": ([A, B, also("x", "a"), undo("x", "b", "a")], ""),
    "undone under the names one side knew": ([B, A, also("x", "a"), undo("a", "x")], ""),
    "undone before it was withdrawn": ([undo("a"), A], "a"),
    "undone and withdrawn again": ([A, undo("a", at=2), withdraw(3, "a")], "a"),
    "an undo is about no later withdrawal": ([withdraw(3, "a"), A, undo("a", at=2)], "a"),
    "undone by when it was withdrawn": ([A, withdraw(3, "a"), undo("a", digests=[digest(A)])], "a"),
    "twice withdrawn, undone at once": ([A, withdraw(3, "a"), undo("a")], ""),
    "undone under a name of another": ([A, B, withdraw(3, "b"), undo("b")], "ab"),
    "undone under part of a name": ([A, B, undo("b")], "ab"),
    "undone under no name": ([A, undo()], "a"),
}


@pytest.mark.parametrize("case", MEANINGS)
def test_acts_are_about_the_tombstone_that_bore_their_name(case: str) -> None:
    acts, left = MEANINGS[case]
    assert out(acts) == {*left}
    assert out(tied(acts)) == {*left}


def test_a_tombstone_without_ids_is_named_by_its_addresses_until_it_has_learned_one() -> None:
    stone = withdraw(1) | {"addresses": ["https://xa.example/1"]}
    learned = [also(id, "https://xa.example/1") for id in "bx"]  # each by a list that did not know of the other
    assert out([stone, *learned, also("c", "b")]) == {*"bcx"}
    assert out([stone, *learned, undo("x")]) == set()


def test_what_a_later_version_says_besides_is_passed_over() -> None:
    assert out([A | {"scope": "all"}, also("b", "a", scope="all")]) == {"a", "b"}


# --- two lists -------------------------------------------------------------------------------

MERGES: dict[str, tuple[list[Act], list[Act], str]] = {
    "the backup knows more": ([A], [A, B, C], "abc"),
    "the index knows more": ([A, B, C], [A], "abc"),
    "each knows its own": ([A, also("x", "a")], [A, B, C], "abcx"),
    "undone since the backup": ([A, undo("a")], [A], ""),
    "undone before the backup, which is newer than the list": ([A], [A, undo("a")], ""),
    "undone by the one and learned by the other": ([A, B], [A, undo("a")], ""),
    "undone by the one, made again by the other": ([A, undo("a", at=9)], [A, undo("a", at=2), withdraw(3, "a")], "a"),
    "and the other way round": ([A, undo("a", at=2), withdraw(3, "a")], [A, undo("a", at=9)], "a"),
    "made by each, and undone by one": ([A, undo("a")], [withdraw(3, "a")], "a"),
    "made, undone and made again within a second": ([A, undo("a", at=1), A], [A, undo("a", at=1)], "a"),
    "merged by an older version": ([B, C, A, also("x", "a")], [A, B, C], "abcx"),
    "an undo that had no effect": ([undo("b"), A], [withdraw(0, "b")], "ab"),
    "an id learned of a tombstone that only the backup has": ([B], [A, B], "ab"),
    "nothing": ([], [], ""),
    "all": ([], [A, B], "ab"),
}


@pytest.mark.parametrize("case", MERGES)
def test_a_withdrawal_of_either_list_holds_unless_it_was_itself_undone(case: str) -> None:
    held, other, left = MERGES[case]
    both = merged(held, other)
    assert out(both) == {*left}
    assert merged(both, other) == merged(both, held) == merged(both, both) == both
    said = [[{**act, "digests": []} for act in acts] for acts in (both, held, other)]
    assert all(said[0].count(act) == max(said[1].count(act), said[2].count(act)) for act in said[0])


# --- any two lists ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to a list: a withdrawal of an id, an id learned, or an undo, of the tombstone with that number."""

    act: str
    number: int
    id: str


steps = st.lists(st.builds(Step, st.sampled_from(("withdraw", "also", "also", "undo")), st.integers(0, 9),
                           st.sampled_from("abcdef")), max_size=8)


def after(acts: list[Act], steps: Sequence[Step], clock: count[int], old: bool) -> list[Act]:
    """The list after the steps, written as `Tombstones` does or as an `old` version did."""
    acts = list(acts)
    for step in steps:
        in_force = Reading(acts).in_force
        if step.act == "withdraw":
            acts.append({"act": "withdraw", **asdict(Tombstone(f"{next(clock):03}", "a", "b", (step.id,), ()))})
        elif in_force:
            stone = in_force[step.number % len(in_force)].stone
            same = sorted(each.digest for each in in_force if {*each.stone.ids} == {*stone.ids})
            told = {"of": [*stone.ids]} | ({} if old else {"digests": same})
            named = {"id": step.id} if step.act == "also" else {"by": "a", "reason": ""}
            if step.id not in stone.ids or step.act == "undo":
                acts.append({"act": step.act, "at": f"{next(clock):03}", **named, **told})
    return acts


@st.composite
def apart(draw: st.DrawFn) -> tuple[list[Act], list[Act]]:
    """Two lists that begin alike. Their clocks go on as they do where a lost index is restored: one, then the other."""
    clock, old = count(1), draw(st.booleans())
    begun = after([], draw(steps), clock, old)
    first, second = (after(begun, draw(steps), clock, old) for _ in range(2))
    return (first, second) if draw(st.booleans()) else (second, first)


def stones(acts: Sequence[Act]) -> dict[str, set[str]]:
    return {each.stone.at: {*each.stone.ids} for each in Reading(acts).in_force}


def standing(lists: Sequence[Sequence[Act]]) -> set[str]:
    """The withdrawals, by their times, that one of the lists has made and none has undone."""
    made = [{act["at"] for act in acts if act["act"] == "withdraw"} for acts in lists]
    return set().union(*made) - set().union(*(at - stones(acts).keys() for at, acts in zip(made, lists, strict=True)))


def in_this_order(acts: Sequence[Act], of: Sequence[Act]) -> bool:
    rest = iter(of)
    return all(any(each == act for each in rest) for act in acts)


@settings(max_examples=examples(10))
@given(apart())
def test_any_two_lists_become_one_that_withdraws_what_either_does(both: tuple[list[Act], list[Act]]) -> None:
    held, other = both
    one = merged(held, other)
    assert stones(one).keys() == standing(both)
    for at, ids in stones(one).items():
        assert ids == stones(held).get(at, set()) | stones(other).get(at, set())


@settings(max_examples=examples(10))
@given(apart())
def test_each_list_keeps_its_order_and_no_act_stands_before_its_tombstone(both: tuple[list[Act], list[Act]]) -> None:
    one = merged(*both)
    for acts in both:
        assert in_this_order(tied(acts), one)
    for place, act in enumerate(one):
        known = {digest(each) for each in one[:place] if each["act"] == "withdraw"}
        assert known.issuperset(act.get("digests", ()))
    assert len(one) == len({str(act) for act in one})
    assert merged(one, both[0]) == merged(one, both[1]) == merged(one, one) == one


@settings(max_examples=examples(5))
@given(apart(), steps, steps)
def test_what_is_done_after_a_merge_holds_after_others(
        both: tuple[list[Act], list[Act]], of_index: list[Step], of_backup: list[Step]) -> None:
    """The index goes on after it was restored; what it is restored from then had gone on as well."""
    clock = count(100)
    index = after(merged(*both), of_index, clock, old=False)
    assert stones(merged(index, both[1])) == stones(index)
    for one in both:
        backup = after(tied(one), of_backup, clock, old=False)
        for lists in ((index, backup), (backup, index)):
            all_acts = merged(*lists)
            assert in_this_order(index, all_acts) and in_this_order(backup, all_acts)
            assert stones(all_acts).keys() == standing(lists)


@given(apart(), st.randoms())
def test_ids_are_learned_whatever_place_they_have_in_the_list(both: tuple[list[Act], list[Act]], chance) -> None:
    acts = [act for act in both[0] if act["act"] != "undo"]
    mixed = list(acts)
    chance.shuffle(mixed)
    assert out(mixed) >= out(acts)
