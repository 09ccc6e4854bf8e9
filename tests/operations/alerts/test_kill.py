"""kill -9 at any moment of a run: nothing is lost, and at worst one message is sent again, with the same Message-ID."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from tests.cli.test_cli import ENVIRONMENT
from tests.forks import Forked, shared
from tests.operations.alerts.desk import SITE, Desk, mail_table, recruits
from tests.operations.alerts.receivers import Inbox, mail_server

A, B = "a@example.vn", "b@example.vn"
STEPS = ("before the mail", "between mail and commit", "between the two mails")


class Killer:
    """Kills the run it is given when it is told to, once."""

    def __init__(self) -> None:
        self.process: Forked | None = None
        self.given, self.done = threading.Event(), False

    def give(self, process: Forked) -> None:
        self.process = process
        self.given.set()

    def strike(self) -> None:
        if not self.done:
            self.given.wait(60)
            assert self.process
            self.done = True
            os.kill(self.process.pid, signal.SIGKILL)


@pytest.fixture
def killer(inbox: Inbox, request: pytest.FixtureRequest) -> Killer:
    killer = Killer()
    when = request.getfixturevalue("when")
    if when == "between mail and commit":
        inbox.before_reply = killer.strike
    else:
        inbox.before_mail = lambda: killer.strike() if when == "before the mail" or inbox.mails else None
    return killer


@pytest.fixture
def ready(desk: Desk, inbox: Inbox) -> Iterator[Desk]:
    """A desk with one article to tell to two addresses, and a configuration for runs of the command."""
    server = mail_server(inbox, "none")
    desk.table(recruits(f'"{A}", "{B}"'), head=mail_table(server.port))
    (desk.folder / "quocphong.cfg").write_text(f"[quocphong]\nsite = {SITE}\n", encoding="utf-8")
    desk.alert()
    desk.write("three", 3)
    desk.update()
    yield desk
    server.stop()


def start(desk: Desk) -> Forked:
    return shared().command(["alert"], folder=desk.folder, environment=ENVIRONMENT)


@pytest.mark.parametrize("when", STEPS)
def test_a_run_killed_anywhere_sends_at_worst_one_mail_again_with_the_same_id(
        ready: Desk, inbox: Inbox, killer: Killer, when: str) -> None:
    process = start(ready)
    killer.give(process)
    assert process.wait(120) == -signal.SIGKILL
    ready.write("four", 4)  # the archive goes on meanwhile: the mail sent again must not become another one
    ready.update()
    assert start(ready).wait(120) == 0
    for address in (A, B):
        sent = inbox.to(address)
        ids = [mail["Message-ID"] for mail in sent]
        told = [title for mail in {mail["Message-ID"]: mail for mail in sent}.values() for title in titles(mail)]
        assert sorted(told) == ["Lễ giao quân 3 bản 0", "Lễ giao quân 4 bản 0"], (address, told)
        assert len(ids) - len(set(ids)) <= 1
    twice = len(inbox.mails) - len({(to, mail["Message-ID"]) for to, mail in inbox.mails})
    assert twice == (when == "between mail and commit")


def titles(mail) -> list[str]:
    """The titles of the articles that a mail tells."""
    return [line for line in mail.get_body(("plain",)).get_content().splitlines() if line.startswith("Lễ giao quân")]
