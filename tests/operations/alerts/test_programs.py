"""Webhooks are signed, retried, and sent to public addresses only; a command gets the same JSON and ends in time."""

from __future__ import annotations

import hmac
import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from indexer.fetch import post as post_module
from indexer.fetch import post as posted
from indexer.fetch.exchange import Answer, Failure, Limits
from tests.operations.alerts.desk import Desk, hook, recruits
from tests.operations.alerts.receivers import Hook

QUICK = Limits(document=100_000, silence=0.4, request=0.8, backoff=0.01, tries=3)


def with_news(desk: Desk, to: str) -> Desk:
    desk.table(recruits(to))
    desk.alert()
    desk.write("three", 3)
    desk.update()
    return desk


def test_a_webhook_gets_json_that_is_signed_with_the_time(desk: Desk, hooks: Hook) -> None:
    with_news(desk, hook(hooks.url("/a"))).alert()
    [got] = hooks.received
    at = got.headers["X-Quocphong-Timestamp"]
    wanted = hmac.new("khóa thử".encode(), at.encode() + b"." + got.body, "sha256").hexdigest()
    assert got.headers["X-Quocphong-Signature"] == f"sha256={wanted}" and abs(time.time() - int(at)) < 60
    assert got.headers["X-Quocphong-Delivery"] == got.told["id"]
    assert (got.told["alert"], got.told["kind"], [item["id"] for item in got.told["items"]]) == (
        "Giao quân", "search", ["three"])


@pytest.mark.parametrize(("replies", "asked", "answer"), [
    ([500, 503, 200], 3, 200), ([500, 500, 500], 3, 500), (["reset", 200], 2, 200), (["hang", 200], 2, 200),
    (["hang", "hang", "hang"], 3, "not finished|silent"), ([404], 1, 404), ([302], 1, 302),
])
def test_what_may_pass_is_tried_again_and_what_will_not_is_not(hooks: Hook, replies: list[Any], asked: int,
                                                               answer: int | str) -> None:
    hooks.replies["/a"] = [hooks.url("/other") if reply == 302 else reply for reply in replies]
    got = posted(hooks.url("/a"), b"{}", {}, {"127.0.0.1"}, QUICK)
    assert len(hooks.at("/a")) == asked and not hooks.at("/other")
    if isinstance(answer, int):
        assert isinstance(got, Answer) and got.status == answer
    else:
        assert isinstance(got, Failure) and any(why in got.why for why in answer.split("|"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "0.0.0.0"])
def test_nothing_is_sent_to_a_machine_inside_unless_the_table_allows_that_host(desk: Desk, hooks: Hook,
                                                                              host: str) -> None:
    report = with_news(desk, f'"{hooks.url("/a", host)}"').alert()
    assert "refused" in report.newly[0].why and not hooks.received


def test_no_redirect_leads_inside_also_from_a_host_that_is_allowed(desk: Desk, hooks: Hook) -> None:
    hooks.replies["/a"] = [hooks.url("/inside", "localhost")]
    report = with_news(desk, hook(hooks.url("/a"))).alert()
    assert "name that address" in report.newly[0].why and not hooks.at("/inside")


def test_a_name_that_resolves_to_a_machine_inside_is_refused(hooks: Hook) -> None:
    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    got = posted(hooks.url("/a", "hooks.example.vn"), b"{}", {}, (), QUICK, resolve)
    assert isinstance(got, Failure) and "inside a private network" in got.why and not hooks.received


def test_a_webhook_is_named_by_its_host_alone(desk: Desk, hooks: Hook) -> None:
    report = with_news(desk, hook(hooks.url("/T0/secret?token=abc"))).alert()
    assert "secret" not in report.as_text() and "abc" not in report.as_text()
    assert report.sent[0].recipient.startswith("http://127.0.0.1/…")


def test_the_function_that_posts_is_the_one_of_the_fetcher() -> None:
    assert post_module.__module__ == "indexer.fetch.post"


# -- commands -------------------------------------------------------------------------------------------------------


def command(desk: Desk, program: str, seconds: int = 30) -> str:
    """An entry of `to` for a Python program, which is given a word with a space and a $."""
    path = desk.folder / "program.py"
    path.write_text(program, encoding="utf-8")
    words = json.dumps([sys.executable, str(path), "hai từ; $HOME"])
    return f"{{ command = {words}, seconds = {seconds} }}"


def test_a_command_gets_the_json_on_its_input_and_its_words_as_they_are(desk: Desk) -> None:
    out = desk.folder / "out.json"
    program = f"import json, sys; json.dump([sys.argv[1:], json.load(sys.stdin)], open({str(out)!r}, 'w'))"
    report = with_news(desk, command(desk, program)).alert()
    words, told = json.loads(out.read_text(encoding="utf-8"))
    assert words == ["hai từ; $HOME"] and [item["id"] for item in told["items"]] == ["three"] and report.sent


@pytest.mark.parametrize(("program", "why"), [
    ("import sys; print('hỏng rồi', file=sys.stderr); sys.exit(7)", "exit code 7: hỏng rồi"),
    ("import time; time.sleep(60)", "not finished after 1 seconds"),
])
def test_a_command_that_fails_or_takes_too_long_is_tried_again_later(desk: Desk, program: str, why: str) -> None:
    begun = time.monotonic()
    report = with_news(desk, command(desk, program, seconds=1)).alert()
    assert [each.why for each in report.newly] == [why] and time.monotonic() - begun < 30
    out = desk.folder / "out"
    (desk.folder / "program.py").write_text(f"open({str(out)!r}, 'w')", encoding="utf-8")
    assert desk.alert(days=1).sent and out.exists()


def test_what_a_command_started_ends_with_its_time(desk: Desk) -> None:
    sleeper = desk.folder / "pid"
    program = ("import subprocess, sys, time; child = subprocess.Popen([sys.executable, '-c', 'import time;"
               f" time.sleep(60)']); open({str(sleeper)!r}, 'w').write(str(child.pid)); time.sleep(60)")
    with_news(desk, command(desk, program, seconds=2)).alert()
    status = Path(f"/proc/{sleeper.read_text()}/status")
    until = time.monotonic() + 10
    while status.exists() and "zombie" not in status.read_text() and time.monotonic() < until:
        time.sleep(0.01)
    assert not status.exists() or "zombie" in status.read_text()


def test_a_program_that_is_not_there_is_said(desk: Desk) -> None:
    report = with_news(desk, '{ command = ["/nowhere/bao-tin"] }').alert()
    assert "cannot be run" in report.newly[0].why
