"""Mails go to a real server, over TLS with the login of a file, and say to other programs what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from indexer.operations.alerts import mail as mail_module
from indexer.operations.alerts.recipients import is_address
from tests.operations.alerts.desk import Desk, mail_table, recruits
from tests.operations.alerts.receivers import PASSWORD, USER, Inbox, certificate, free_port, mail_server

A, B = "a@example.vn", "b@example.vn"


def with_news(desk: Desk, head: str, more: str = "", to: str = f'"{A}"') -> Desk:
    """A desk whose alert has one article to tell."""
    desk.table(recruits(to, more=more), head=head)
    desk.alert()
    desk.write("three", 3)
    desk.update()
    return desk


def test_a_mail_says_what_it_is_and_how_to_end_it(desk: Desk, inbox: Inbox, mail: str) -> None:
    with_news(desk, mail + '\nunsubscribe = "toasoan@example.vn"\nfrom_name = "Kho báo"').alert()
    [(to, sent)] = inbox.mails
    assert (to, sent["To"], sent["Subject"]) == (A, A, "Giao quân: 1 tin mới")
    assert sent["From"] == "Kho báo <bantin@example.vn>" and sent["Auto-Submitted"] == "auto-generated"
    assert sent["List-Unsubscribe"].startswith("<mailto:toasoan@example.vn?subject=unsubscribe")
    assert re.fullmatch(r"<[0-9a-f]{24}\.\d+@example\.vn>", sent["Message-ID"])
    assert re.fullmatch(r"<[0-9a-f]{12}\.alerts\.example\.vn>", sent["List-Id"])
    assert [part.get_content_type() for part in sent.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(("language", "said"), [
    ("vi", ["Tin mới", "Vì sao có trong thư này", "Từ khớp", "20/11/2026", "Xem cả kết quả", "viết cho"]),
    ("en", ["New", "Why it is here", "Words", "2026-11-20", "See the whole result", "write to"]),
])
def test_text_and_html_say_the_same_in_the_language_of_the_alert(desk: Desk, inbox: Inbox, mail: str, language: str,
                                                                 said: list[str]) -> None:
    with_news(desk, mail, f'language = "{language}"').alert()
    [(_, sent)] = inbox.mails
    for kind in ("plain", "html"):
        body = sent.get_body((kind,)).get_content()  # type: ignore[union-attr]
        assert not [words for words in [*said, "Lễ giao quân 3 bản 0", "Gia Lai"] if words.lower() not in body.lower()]
    prefix = "/en" if language == "en" else ""
    assert f'href="https://tin.example.vn{prefix}/article?id=three"' in body and f'lang="{language}"' in body


def test_a_line_of_plain_text_is_short_unless_it_is_a_link(desk: Desk, inbox: Inbox, mail: str) -> None:
    with_news(desk, mail).alert()
    body = inbox.mails[0][1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert all(len(line) <= 76 or line.strip().startswith("http") for line in body.splitlines())
    assert "-- " in body.splitlines()


def test_one_address_that_is_refused_keeps_nobody_waiting_and_is_tried_again_with_growing_pauses(
        desk: Desk, inbox: Inbox, mail: str) -> None:
    inbox.refused[B] = "550 5.1.1 no such mailbox"
    report = with_news(desk, mail, to=f'"{A}", "{B}"').alert()
    assert (len(inbox.to(A)), len(report.sent), [str(each) for each in report.newly]) == (
        1, 1, [f"{B} (Giao quân): 550 5.1.1 no such mailbox"])
    assert desk.alert(minutes=14).waiting == [f"{B} (Giao quân): 550 5.1.1 no such mailbox"]
    again = desk.alert(minutes=2)
    assert (len(again.failed), again.newly) == (1, [])  # told once: cron need not mail it every hour
    assert desk.alert(minutes=20).waiting and desk.alert(minutes=11).failed
    inbox.refused.clear()
    desk.alert(days=1)
    assert (len(inbox.to(A)), len(inbox.to(B))) == (1, 1)
    assert inbox.to(A)[0]["Message-ID"] == inbox.to(B)[0]["Message-ID"]


def test_what_piled_up_for_an_address_that_was_refused_is_one_mail(desk: Desk, inbox: Inbox, mail: str) -> None:
    inbox.refused[A] = "452 mailbox full"
    with_news(desk, mail).alert()
    desk.write("four", 4)
    desk.update()
    desk.alert()
    inbox.refused.clear()
    desk.alert(days=2)
    assert [sent["Subject"] for sent in inbox.to(A)] == ["Giao quân: 2 tin mới"]


def test_a_server_that_is_not_there_loses_nothing_and_is_asked_once_a_run(desk: Desk, inbox: Inbox, mail: str) -> None:
    gone = mail_table(free_port())
    report = with_news(desk, gone, to=f'"{A}", "{B}"').alert()
    assert [each.recipient for each in report.newly] == [A, B]
    assert all("the mail server 127.0.0.1:" in each.why for each in report.newly)
    desk.table(recruits(f'"{A}", "{B}"'), head=mail)
    desk.alert(days=2)
    assert (len(inbox.to(A)), len(inbox.to(B))) == (1, 1)


def test_a_server_that_hangs_up_within_a_mail_gets_the_same_mail_again(desk: Desk, inbox: Inbox, mail: str) -> None:
    def hang_up() -> None:
        inbox.before_reply = lambda: None
        raise ConnectionResetError

    inbox.before_reply = hang_up  # the mail is taken, and the server breaks down: nobody knows
    with_news(desk, mail).alert()
    desk.write("four", 4)
    desk.update()
    desk.alert(days=2)
    ids = [sent["Message-ID"] for sent in inbox.to(A)]
    assert len(ids) == 3 and ids[0] == ids[1] != ids[2]


# -- encryption and login -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(params=["starttls", "tls"])
def secure(request: pytest.FixtureRequest, inbox: Inbox, made: tuple[Path, Path]) -> Iterator[tuple[str, Controller]]:
    server = mail_server(inbox, request.param, made)
    yield request.param, server
    server.stop()


def login_file(folder: Path, password: str = PASSWORD, mode: int = 0o600) -> str:
    path = folder / "login"
    path.write_text(f"{USER}\n{password}\n", encoding="utf-8")
    path.chmod(mode)
    return str(path)


def test_a_server_with_encryption_and_login_gets_the_mail(
        desk: Desk, inbox: Inbox, secure: tuple[str, Controller], made: tuple[Path, Path]) -> None:
    security, server = secure
    with_news(desk, mail_table(server.port, security, login=login_file(desk.folder), ca=str(made[0]))).alert()
    assert [to for to, _ in inbox.mails] == [A]


def test_a_certificate_that_nobody_signed_gets_neither_mail_nor_password(
        desk: Desk, inbox: Inbox, secure: tuple[str, Controller]) -> None:
    security, server = secure
    report = with_news(desk, mail_table(server.port, security, login=login_file(desk.folder))).alert()
    assert not inbox.mails and "certificate" in report.newly[0].why


def test_a_server_without_encryption_gets_nothing_where_the_table_wants_it(desk: Desk, inbox: Inbox) -> None:
    server = mail_server(inbox, "none")
    try:
        report = with_news(desk, mail_table(server.port, "starttls", login=login_file(desk.folder))).alert()
    finally:
        server.stop()
    assert not inbox.mails and "STARTTLS" in report.newly[0].why


def test_a_wrong_password_is_said_and_never_shown(
        desk: Desk, inbox: Inbox, secure: tuple[str, Controller], made: tuple[Path, Path]) -> None:
    security, server = secure
    login = login_file(desk.folder, "sai-mật-khẩu")
    report = with_news(desk, mail_table(server.port, security, login=login, ca=str(made[0]))).alert()
    assert "refuses the login" in report.newly[0].why and "sai" not in report.as_text()


@pytest.mark.parametrize(("mode", "why"), [(0o644, "chmod 600"), (None, "cannot be read")])
def test_a_login_that_anybody_may_read_or_that_is_not_there_is_no_login(desk: Desk, inbox: Inbox, mode: int | None,
                                                                       why: str) -> None:
    login = login_file(desk.folder, mode=mode or 0o600)
    if mode is None:
        Path(login).unlink()
    report = with_news(desk, mail_table(free_port(), "starttls", login=login)).alert()
    assert why in report.newly[0].why and login in report.newly[0].why


def test_a_silent_server_is_given_up(desk: Desk, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr(mail_module, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        report = with_news(desk, mail_table(silent.getsockname()[1])).alert()
    assert "silent" in report.newly[0].why


# -- addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["a@example.vn", "a.b+c@thu.example.com.vn", "o'neill@example.vn", "x_1@a-b.vn",
                                     "a@xn--bo-kja.vn"])
def test_an_address_is(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize("address", [
    "", "a", "@example.vn", "a@", "a@b", "a b@example.vn", "a@example.vn\nBcc: b@example.vn", "a@example.vn\r",
    "a@@b.vn",
    "A <a@example.vn>", "a@example.vn, b@example.vn", ".a@example.vn", "a.@example.vn", "a..b@example.vn",
    "a@-x.vn", "a@x-.vn", "a@x..vn", "báo@example.vn", "a@báo.vn", '"a"@example.vn', "a@[127.0.0.1]",
    "a" * 65 + "@example.vn", "a@" + "x" * 64 + ".vn", "a@" + "x." * 130 + "vn",
    "a@example.vn\u2028", "\ufeffa@example.vn",
])
def test_an_address_is_not(address: str) -> None:
    assert not is_address(address)
