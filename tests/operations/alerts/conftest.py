"""A desk with an index of two articles, a mail server and a receiver of webhooks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.archives import PutBack
from tests.operations.alerts.desk import Desk, mail_table
from tests.operations.alerts.receivers import Hook, Inbox, mail_server


@pytest.fixture(scope="session")
def desks(tmp_path_factory: pytest.TempPathFactory) -> PutBack:
    return PutBack(tmp_path_factory.mktemp("alerts"), lambda folder: with_two_articles(Desk(folder / "desk")))


def with_two_articles(desk: Desk) -> Desk:
    desk.write("one", 1)
    desk.write("two", 2)
    desk.update()
    return desk


@pytest.fixture
def desk(desks: PutBack) -> Desk:
    """A desk whose index holds the articles one and two."""
    opened = Desk(desks.fresh() / "desk")
    opened.write("one", 1)
    opened.write("two", 2)
    return opened


@pytest.fixture
def hooks() -> Iterator[Hook]:
    opened = Hook()
    yield opened
    opened.close()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def mail(inbox: Inbox) -> Iterator[str]:
    """The [mail] table of a server that puts everything into the inbox."""
    server = mail_server(inbox, "none")
    yield mail_table(server.port)
    server.stop()
