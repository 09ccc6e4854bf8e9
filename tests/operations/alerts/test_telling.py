"""Each story is told once to each recipient; corrections, withdrawals and returns of what was told are told once."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.operations.alerts.state import delivery
from indexer.operations.backup import back_up, restore
from indexer.operations.erase import erase
from indexer.operations.rollback import roll_back
from indexer.operations.withdraw import bring_back, withdraw
from tests.operations.alerts.desk import Desk, hook, recruits, text_of
from tests.operations.alerts.receivers import Hook, Inbox


def told(hooks: Hook, path: str = "/a") -> list[tuple[str, str]]:
    """(kind, id) of everything that arrived at a path, in order."""
    return [(item["kind"], item["id"]) for each in hooks.at(path) for item in each.told["items"]]


@pytest.fixture
def begun(desk: Desk, hooks: Hook) -> Desk:
    """A desk whose alert on recruits has set its mark."""
    desk.table(recruits(hook(hooks.url("/a"))))
    desk.alert()
    return desk


def test_the_first_run_sets_the_mark_and_tells_nothing(desk: Desk, hooks: Hook) -> None:
    desk.table(recruits(hook(hooks.url("/a"))))
    report = desk.alert()
    assert (report.begun, report.sent, hooks.received) == (["Giao quân"], [], [])


def test_the_first_run_tells_what_was_published_since_a_day_where_the_table_says_so(desk: Desk, hooks: Hook) -> None:
    desk.write("old", 3, date="2026-10-31")
    desk.update()
    desk.table(recruits(hook(hooks.url("/a")), more='since = "2026-11-01"'))
    desk.alert()
    assert sorted(told(hooks)) == [("new", "one"), ("new", "two")]
    desk.alert()
    assert len(hooks.received) == 1


def test_what_comes_in_is_told_once_and_what_is_not_found_never(begun: Desk, hooks: Hook) -> None:
    begun.write("three", 3)
    begun.write("other", 4, text="Kon Tum tổ chức hội thao.", title="Hội thao")
    begun.update()
    for _ in range(3):
        begun.alert()
    assert told(hooks) == [("new", "three")]


def test_copies_are_one_story_and_a_later_copy_is_not_told_again(begun: Desk, hooks: Hook) -> None:
    begun.write("three", 3, date="2026-11-21")
    begun.write("copy", 3, source="Báo Kon Tum", title="Đăng lại", date="2026-11-22")
    begun.update()
    begun.alert()
    [item] = hooks.received[0].told["items"]
    assert item["id"] == "three" and [copy["id"] for copy in item["copies"]] == ["copy"]
    begun.write("late", 3, title="Lại đăng lại", source="Báo Thử")
    begun.write("of-old", 1, title="Chép tin cũ", source="Báo Thử")
    begun.update()
    begun.alert()
    assert len(hooks.received) == 1


def test_a_correction_of_what_was_told_is_told_once_and_of_the_rest_never(begun: Desk, hooks: Hook) -> None:
    begun.write("three", 3)
    begun.update()
    begun.alert()
    begun.write("three", 3, version=1)
    begun.write("one", 1, version=1)
    begun.update()
    begun.alert()
    begun.alert()
    assert told(hooks) == [("new", "three"), ("changed", "three")]


def test_a_correction_is_told_also_when_the_article_is_not_found_any_more(begun: Desk, hooks: Hook) -> None:
    begun.write("three", 3)
    begun.update()
    begun.alert()
    begun.write("three", 3, title="Hội thao", text="Tỉnh Kon Tum mở hội thao.")
    begun.update()
    begun.alert()
    assert told(hooks) == [("new", "three"), ("changed", "three")]


def test_a_withdrawal_and_a_return_are_told_once_and_the_withdrawal_quotes_nothing(begun: Desk, hooks: Hook) -> None:
    begun.write("three", 3, title="Tên không được nhắc lại")
    begun.update()
    begun.alert()
    withdraw(begun.index, "three", "tòa soạn yêu cầu")
    begun.alert()
    begun.alert()
    assert told(hooks) == [("new", "three"), ("withdrawn", "three")]
    assert "Tên không được nhắc lại" not in hooks.received[-1].body.decode()
    bring_back(begun.index, "three")
    begun.update()
    begun.alert()
    begun.alert()
    assert told(hooks)[2:] == [("returned", "three")]


def test_the_withdrawal_of_a_story_with_its_copies_is_one_message(begun: Desk, hooks: Hook) -> None:
    begun.write("three", 3)
    begun.write("copy", 3, source="Báo Kon Tum")
    begun.update()
    begun.alert()
    withdraw(begun.index, "three", "tòa soạn yêu cầu")
    begun.alert()
    assert [kind for kind, _ in told(hooks)] == ["new", "withdrawn"]


def test_what_was_withdrawn_before_it_could_be_sent_is_not_told(begun: Desk, hooks: Hook) -> None:
    hooks.replies["/a"] = [400]
    begun.write("three", 3)
    begun.write("four", 4)
    begun.update()
    assert begun.alert().failed
    withdraw(begun.index, "three", "tòa soạn yêu cầu")
    begun.alert(days=2)
    begun.alert(days=2)
    assert told(hooks)[2:] == [("new", "four")]


def test_a_recipient_that_fails_gets_everything_later_and_the_others_wait_for_nobody(
        desk: Desk, hooks: Hook) -> None:
    desk.table(recruits(hook(hooks.url("/a")), hook(hooks.url("/b"))))
    desk.alert()
    hooks.replies["/b"] = [400, 400]
    for number in (3, 4):
        desk.write(f"n{number}", number)
        desk.update()
        desk.alert(days=2)
    assert told(hooks) == [("new", "n3"), ("new", "n4")]
    refused = len(hooks.at("/b"))
    desk.alert(days=2)
    taken = [(item["kind"], item["id"]) for each in hooks.at("/b")[refused:] for item in each.told["items"]]
    assert taken == [("new", "n3"), ("new", "n4")]


def test_a_recipient_added_later_is_told_what_comes_from_then_on(begun: Desk, hooks: Hook) -> None:
    begun.write("three", 3)
    begun.update()
    begun.alert()
    begun.table(recruits(hook(hooks.url("/a")), hook(hooks.url("/b"))))
    begun.alert()
    begun.write("four", 4)
    begun.update()
    begun.alert()
    assert told(hooks, "/b") == [("new", "four")]


def test_an_alert_that_asks_for_something_else_begins_anew(begun: Desk, hooks: Hook) -> None:
    begun.write("three", 3)
    begun.update()
    begun.table(f'name = "Giao quân"\nquery = "giao quân"\nto = [{hook(hooks.url("/a"))}]')
    assert begun.alert().begun == ["Giao quân"]
    assert told(hooks) == []


def test_an_alert_taken_out_is_named_nowhere_and_begins_anew_when_it_returns(desk: Desk, hooks: Hook) -> None:
    alert, other = recruits(hook(hooks.url("/a"))), recruits(hook(hooks.url("/b"))).replace("Giao quân", "Khác", 1)
    desk.table(alert, other)
    desk.alert()
    hooks.replies["/a"] = [400]
    desk.write("three", 3)
    desk.update()
    desk.alert()
    assert len(delivery(desk.index)[0]) == 1
    desk.table(other)
    desk.write("four", 4)
    desk.update()
    desk.alert(days=2)
    assert delivery(desk.index)[0] == ()
    desk.table(alert, other)
    assert desk.alert().begun == ["Giao quân"]
    desk.write("five", 5)
    desk.update()
    desk.alert()
    assert told(hooks)[1:] == [("new", "five")]


# -- rebuilds, rollbacks, backups ------------------------------------------------------------------------------


def test_a_rebuild_tells_nothing_again_and_loses_nothing(begun: Desk, hooks: Hook) -> None:
    begun.write("three", 3)
    begun.update()
    begun.alert()
    begun.write("four", 4)
    begun.update(rebuild=True)
    begun.alert()
    begun.update(rebuild=True)
    begun.alert()
    assert told(hooks) == [("new", "three"), ("new", "four")]


@pytest.mark.parametrize("looks_between", [True, False])
def test_a_rollback_tells_nothing_again_and_loses_nothing(begun: Desk, hooks: Hook, looks_between: bool) -> None:
    begun.update(rebuild=True)
    begun.write("three", 3)
    begun.update()
    begun.alert()
    roll_back(begun.index)
    if looks_between:
        begun.alert()
    begun.write("four", 4)
    begun.update()
    if looks_between:
        begun.alert()
    begun.update(rebuild=True)
    begun.alert()
    assert told(hooks) == [("new", "three"), ("new", "four")]


def test_a_backup_takes_the_state_along_and_a_restore_keeps_the_newer_one(begun: Desk, hooks: Hook) -> None:
    begun.write("three", 3)
    begun.update()
    begun.alert()
    back_up(begun.index, begun.folder / "copy")
    begun.write("four", 4)
    begun.update()
    begun.alert()
    restore(begun.index, begun.folder / "copy")
    begun.update()
    begun.alert()
    assert told(hooks) == [("new", "three"), ("new", "four")]


def test_a_backup_restored_elsewhere_goes_on_where_it_was_made(begun: Desk, hooks: Hook) -> None:
    begun.write("three", 3)
    begun.update()
    begun.alert()
    back_up(begun.index, begun.folder / "copy")
    begun.index.rename(begun.folder / "lost")
    restore(begun.index, begun.folder / "copy")
    begun.write("four", 4)
    begun.update()
    begun.alert()
    assert told(hooks) == [("new", "three"), ("new", "four")]
    assert (begun.index / "alerts.sqlite").stat().st_mode & 0o077 == 0


# -- how often ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("often", "passed", "sent"), [
    ("run", {"minutes": 1}, 1),
    ("daily", {"hours": 20}, 0),  # five in the morning of the next day
    ("daily", {"hours": 21}, 1),
    ("weekly", {"days": 6, "hours": 20}, 0),
    ("weekly", {"days": 6, "hours": 21}, 1),
])
def test_a_daily_alert_is_due_from_six_in_the_morning_and_a_weekly_one_on_monday(
        desk: Desk, hooks: Hook, often: str, passed: dict[str, Any], sent: int) -> None:
    desk.table(recruits(hook(hooks.url("/a")), more=f'often = "{often}"'))
    desk.alert()
    desk.write("three", 3)
    desk.update()
    desk.alert(**passed)
    assert len(hooks.received) == sent
    desk.alert(days=8)
    assert told(hooks) == [("new", "three")]


# -- what a message says -------------------------------------------------------------------------------------------


def test_a_message_says_what_where_when_by_whom_why_and_links_to_it(begun: Desk, hooks: Hook) -> None:
    url = "https://baogialai.com.vn/le-giao-quan-3.html"
    begun.write("three", 3, url=url, text=text_of(3) + " Thời tiết thuận lợi cho buổi lễ." * 60)
    begun.update()
    begun.alert()
    [item] = hooks.received[0].told["items"]
    assert (item["title"], item["published"], item["province"], item["source"], item["url"]) == (
        "Lễ giao quân 3 bản 0", "2026-11-20", "Gia Lai", "Báo Gia Lai", url)
    assert item["link"] == "https://tin.example.vn/article?id=three"
    assert item["sentence"] == "Sáng nay, tỉnh Gia Lai tổ chức lễ giao quân thứ 3."
    assert [item["sentence"][a:b] for a, b in item["marks"]] == ["giao quân"]
    why = {reason["kind"]: reason for reason in item["why"]}
    assert why["words"]["value"] == "giao quân" and why["province"]["value"] == "Gia Lai"
    assert hooks.received[0].told["search"] == (
        "https://tin.example.vn/search?q=giao+qu%C3%A2n&province=Gia+Lai&sort=newest")


@pytest.mark.parametrize(("lines", "kind", "value"), [
    ('query = "giao quân"\nfilters = { topic = "tuyển quân" }', "topic", "tuyển quân"),
    ('query = "giao quân"\nfilters = { source = "Báo Gia Lai" }', "source", "Báo Gia Lai"),
    ('query = "giao quân"\nfilters = { year = "2026" }', "year", "2026"),
    ('query = "tỉnh:\\"Gia Lai\\" giao quân"', "province", "Gia Lai"),
    ('search = "official=Lê+Văn+Thử"', "official", "Lê Văn Thử"),
    ('search = "role=chủ+trì"', "role", "chủ trì"),
    ('search = "post=Chỉ+huy+trưởng+Bộ+CHQS"', "post", "Chỉ huy trưởng Bộ CHQS"),
])
def test_each_filter_that_an_article_meets_is_a_reason(desk: Desk, hooks: Hook, lines: str, kind: str,
                                                       value: str) -> None:
    desk.table(f'name = "x"\n{lines}\nto = [{hook(hooks.url("/a"))}]')
    desk.alert()
    desk.write("three", 3, text=text_of(3) + " Đại tá Lê Văn Thử, Chỉ huy trưởng Bộ CHQS tỉnh Gia Lai, chủ trì buổi lễ."
               + " Thời tiết thuận lợi cho buổi lễ." * 60)
    desk.update()
    desk.alert()
    [item] = hooks.received[0].told["items"]
    reasons = [reason for reason in item["why"] if reason["kind"] == kind]
    assert value in [reason["value"] for reason in reasons], item["why"]


def test_a_message_lists_fifty_and_leads_to_the_rest(begun: Desk, hooks: Hook) -> None:
    for number in range(10, 70):
        begun.write(f"n{number}", number)
    begun.update()
    begun.alert()
    [message] = [each.told for each in hooks.received]
    assert (message["total"], len(message["items"]), bool(message["search"])) == (60, 50, True)


def test_of_an_article_one_passage_is_quoted_and_in_all_a_fifth_at_most(begun: Desk, hooks: Hook) -> None:
    long = "Sáng nay lễ giao quân của tỉnh Gia Lai " + "có đông đủ cán bộ " * 200
    begun.write("three", 3, text=long)
    begun.update()
    begun.alert()
    [item] = hooks.received[0].told["items"]
    quoted = len(item["sentence"]) + sum(len(reason["quote"]) for reason in item["why"])
    assert 0 < quoted <= len(long) / 5


def test_what_an_article_holds_arrives_as_text_and_steers_nothing(desk: Desk, inbox: Inbox, mail: str) -> None:
    desk.table(recruits('"a@example.vn"'), head=mail)
    desk.alert()
    desk.write("three", 3, title="Lễ <script>x</script>\r\nBcc: b@example.vn\n\u202egiao quân\u2066 &amp;",
               url="javascript:alert(1)", source='Báo "<i>\r\nX-A: 1')
    desk.update()
    desk.alert()
    [(to, message)] = inbox.mails
    html = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert to == "a@example.vn" and message["Bcc"] is None and message["X-A"] is None
    assert "<script>" not in html and "&lt;script&gt;" in html and "javascript:" not in html + text
    assert not {"\u202e", "\u2066"} & {*html, *text}


def test_erasing_an_article_finds_no_byte_of_it_in_what_alerts_keep(begun: Desk, hooks: Hook) -> None:
    begun.write("three", 3, title="Tên bài chỉ bài này mới có được")
    begun.update()
    begun.alert()
    erased = erase(begun.index, "three", "người trong cuộc yêu cầu")
    state = str(begun.index / "alerts.sqlite")
    assert state in erased.looked and state not in [trace.place for trace in erased.left]
    begun.alert()
    assert told(hooks) == [("new", "three"), ("withdrawn", "three")]
