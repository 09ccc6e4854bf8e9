"""A new holder of a post is told with the sentence that says so; a province that has fallen silent once a silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from indexer.operations.alerts.silences import used_to_speak
from tests.operations.alerts.desk import Desk, hook, text_of
from tests.operations.alerts.receivers import Hook

HOLDER = 'name = "CHT"\nkind = "holder"\npost = "CHT Bộ CHQS"\n{more}to = [{to}]'
SILENCE = 'name = "Im"\nkind = "silence"\nweeks = 6\nto = [{to}]'


def holds(desk: Desk, id: str, number: int, name: str, post: str = "Chỉ huy trưởng Bộ CHQS tỉnh Gia Lai") -> None:
    desk.write(id, number, text=f"{text_of(number)} Đại tá {name}, {post}, dự buổi lễ. {text_of(number + 40)}" * 2)


@pytest.fixture
def watched(desk: Desk, hooks: Hook) -> Desk:
    """A desk that knows one commander of Gia Lai, and an alert of new ones."""
    holds(desk, "one", 1, "Lê Văn Thử")
    desk.update()
    desk.table(HOLDER.format(to=hook(hooks.url("/a")), more=""))
    desk.alert()
    return desk


def test_a_new_holder_is_told_once_with_the_sentence_and_who_was_named_before(watched: Desk, hooks: Hook) -> None:
    holds(watched, "n3", 3, "Trần Mẫu Nghiệm")
    holds(watched, "n4", 4, "Lê Văn Thử")
    watched.update()
    watched.alert()
    holds(watched, "n5", 5, "Trần Mẫu Nghiệm")
    watched.update()
    watched.alert()
    [item] = [item for each in hooks.received for item in each.told["items"]]
    assert (item["kind"], item["person"], item["post"]) == (
        "holder", "Đại tá Trần Mẫu Nghiệm", "Chỉ huy trưởng Bộ CHQS tỉnh Gia Lai")
    assert "Trần Mẫu Nghiệm, Chỉ huy trưởng" in item["sentence"] and item["id"] == "n3"
    assert [each.partition(" (")[0] for each in item["before"]] == ["Lê Văn Thử"]


@pytest.mark.parametrize("post", ["nguyên Chỉ huy trưởng Bộ CHQS tỉnh Gia Lai",
                                  "Phó Chỉ huy trưởng Bộ CHQS tỉnh Gia Lai"])
def test_who_held_it_before_and_who_is_a_deputy_is_no_new_holder(watched: Desk, hooks: Hook, post: str) -> None:
    holds(watched, "n3", 3, "Trần Mẫu Nghiệm", post)
    watched.update()
    watched.alert()
    assert not hooks.received


def test_a_holder_elsewhere_is_told_unless_the_alert_names_a_province(watched: Desk, hooks: Hook) -> None:
    watched.table(HOLDER.format(to=hook(hooks.url("/a")), more=""),
                  HOLDER.format(to=hook(hooks.url("/b")), more='province = "Gia Lai"\n').replace("CHT", "Gia Lai", 1))
    watched.alert()
    holds(watched, "n3", 3, "Trần Mẫu Nghiệm", "Chỉ huy trưởng Bộ CHQS tỉnh Kon Tum")
    watched.update()
    watched.alert()
    assert [item["person"] for each in hooks.at("/a") for item in each.told["items"]] == ["Đại tá Trần Mẫu Nghiệm"]
    assert not hooks.at("/b")


def test_no_name_of_a_person_is_kept_in_the_state(watched: Desk, hooks: Hook) -> None:
    holds(watched, "n3", 3, "Trần Mẫu Nghiệm")
    watched.update()
    watched.alert()
    held = (watched.index / "alerts.sqlite").read_bytes()
    assert hooks.received and b"Nghi" not in held and "Thử".encode() not in held


def test_a_post_that_nobody_is_named_at_is_noted_with_the_nearest(watched: Desk, hooks: Hook) -> None:
    watched.table(HOLDER.format(to=hook(hooks.url("/a")), more="").replace("CHT Bộ CHQS", "Chỉ huy trưởng Bộ CHQX"))
    assert any("nearest: Chỉ huy trưởng Bộ CHQS" in note for note in watched.alert().notes)


def test_a_province_that_has_fallen_silent_is_told_once_and_again_after_it_spoke(desk: Desk, hooks: Hook) -> None:
    day = date(2024, 12, 2)
    desk.articles.clear()
    for week in range(-4, 26, 2):
        spoken(desk, "Gia Lai", week, day)
        spoken(desk, "Kon Tum", week, day)
    desk.update()
    desk.table(SILENCE.format(to=hook(hooks.url("/a"))))
    desk.alert()
    for week in range(26, 34, 2):
        spoken(desk, "Kon Tum", week, day)
    desk.update()
    desk.alert()
    desk.alert()
    [item] = [item for each in hooks.received for item in each.told["items"]]
    assert (item["kind"], item["province"], item["published"], item["weeks"]) == (
        "silence", "Gia Lai", (day + timedelta(weeks=24)).isoformat(), 6)
    for week in range(34, 74, 2):  # it speaks again, for more than half a year
        spoken(desk, "Gia Lai", week, day)
        spoken(desk, "Kon Tum", week, day)
    desk.update()
    desk.alert()
    assert len(hooks.received) == 1
    for week in range(74, 82, 2):
        spoken(desk, "Kon Tum", week, day)
    desk.update()
    desk.alert()
    assert [item["published"] for each in hooks.received for item in each.told["items"]] == [
        (day + timedelta(weeks=24)).isoformat(), (day + timedelta(weeks=72)).isoformat()]


def spoken(desk: Desk, province: str, week: int, first: date) -> None:
    number = week * 2 + 8 + (province == "Kon Tum")
    desk.write(f"{province} {week}", number + 10, text=text_of(number + 10).replace("Gia Lai", province),
               date=(first + timedelta(weeks=week)).isoformat())


@pytest.mark.parametrize(("weeks", "speaks"), [
    (range(0, 50, 4), True), (range(0, 50, 10), False), ([*range(0, 20, 2), *range(30, 50, 2)], False),
    (range(35, 50, 1), False),  # an archive that has only just learned of it
    ([20, 25, 30, 37, 44], False),
])
def test_a_province_used_to_speak_that_was_never_silent_so_long_in_the_half_year_before(weeks: list[int],
                                                                                       speaks: bool) -> None:
    days = [date(2026, 1, 1) + timedelta(weeks=week) for week in weeks]
    assert used_to_speak(days, timedelta(weeks=8)) is speaks
