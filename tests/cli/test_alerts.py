"""`quocphong alert` and `update --alert`, as processes: what they print, send, write down and end with."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.operations.alerts.quiet import LOCK
from indexer.storage.lock import hold
from tests.cli.test_cli import ENVIRONMENT
from tests.conftest import ROOT
from tests.fetch.server import Newspaper, Page, rss
from tests.forks import shared
from tests.operations.alerts.desk import SITE, Desk, mail_table, recruits
from tests.operations.alerts.receivers import Inbox, mail_server

A, B = "a@example.vn", "b@example.vn"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def desk(tmp_path: Path, inbox: Inbox) -> Iterator[Desk]:
    """A desk with one article in its index, a mail server, and a configuration with metrics."""
    opened, server = Desk(tmp_path), mail_server(inbox, "none")
    opened.write("one", 1)
    opened.update()
    opened.table(recruits(f'"{A}", "{B}"'), head=mail_table(server.port))
    (tmp_path / "quocphong.cfg").write_text(
        f"[quocphong]\nsite = {SITE}\nmetrics = figures.prom\ncontact = mailto:a@example.vn\nfetch_delay = 0\n",
        encoding="utf-8")
    yield opened
    server.stop()


def run(desk: Desk, *words: str) -> tuple[int, str, str]:
    done = shared().run(list(words), folder=desk.folder, environment=ENVIRONMENT)
    return done.returncode, done.stdout, done.stderr


def with_news(desk: Desk) -> Desk:
    assert run(desk, "alert", "--quiet")[0] == 0
    desk.write("three", 3)
    desk.update()
    return desk


def test_what_is_new_is_sent_and_the_report_says_to_whom(desk: Desk, inbox: Inbox) -> None:
    code, told, _ = run(with_news(desk), "alert", "--json")
    report = json.loads(told)
    assert code == 0 and [(each["recipient"], each["total"]) for each in report["sent"]] == [(A, 1), (B, 1)]
    assert [to for to, _ in inbox.mails] == [A, B]
    assert "1 alerts: 0 messages sent, 0 failed" in run(desk, "alert")[1]


def test_a_dry_run_prints_the_mail_and_sends_and_writes_nothing(desk: Desk, inbox: Inbox) -> None:
    code, told, _ = run(desk, "alert", "--dry-run")
    assert code == 0 and "sets its mark" in told and not (desk.index / "alerts.sqlite").exists()
    before = (with_news(desk).index / "alerts.sqlite").read_bytes()
    for _ in range(2):
        code, told, _ = run(desk, "alert", "--dry-run")
        assert code == 0 and "Lễ giao quân 3 bản 0" in told and A in told
    [shape] = map(json.loads, run(desk, "alert", "--dry-run", "--json")[1].splitlines())
    assert [item["id"] for item in shape["digest"]["items"]] == ["three"]
    assert not inbox.mails and (desk.index / "alerts.sqlite").read_bytes() == before


def test_a_test_sends_a_sample_and_changes_nothing(desk: Desk, inbox: Inbox) -> None:
    code, _, _ = run(desk, "alert", "--test", "Giao quân")
    assert code == 0 and [mail["Subject"] for mail in inbox.to(A)] == ["[thử] Giao quân: 1 tin mới"]
    assert not (desk.index / "alerts.sqlite").exists()
    code, _, said = run(desk, "alert", "--test", "Diễn tập")
    assert code == 2 and "It has: Giao quân" in said


def test_an_address_that_is_refused_ends_with_20_once_and_is_named_in_status_metrics_and_doctor(
        desk: Desk, inbox: Inbox) -> None:
    inbox.refused[B] = "550 no such mailbox"
    code, out, said = run(with_news(desk), "alert", "--quiet")
    assert (code, out) == (20, "") and f"{B} (Giao quân): 550 no such mailbox" in said
    assert run(desk, "alert", "--quiet") == (0, "", "")  # cron need not mail it every hour
    assert f"Alerts do not reach: {B} (Giao quân): since" in run(desk, "status")[1]
    [failing] = json.loads(run(desk, "status", "--json")[1])["alerts_failing"]
    assert (failing["recipient"], failing["tries"], failing["why"]) == (B, 1, "550 no such mailbox")
    figures = (desk.folder / "figures.prom").read_text(encoding="utf-8")
    assert f'quocphong_alert_failures{{alert="Giao quân",recipient="{B}"}} 1.0' in figures
    assert "quocphong_alert_recipients_failing 1.0" in figures and "quocphong_alert_last_sent_timestamp" in figures
    assert f"FAIL alerts arrive: {B}" in run(desk, "doctor")[1]


def test_two_runs_of_the_alerts_keep_each_other_out_and_none_keeps_the_index_out(desk: Desk) -> None:
    with hold(desk.index / LOCK):
        code, _, said = run(desk, "alert")
        assert code == 11 and "Another run" in said
        assert run(desk, "index", "corpus")[0] == 0


def test_a_file_that_makes_no_sense_ends_with_2_and_names_its_line(desk: Desk) -> None:
    desk.table(recruits('"A <a@example.vn>"'))
    code, _, said = run(desk, "alert")
    assert code == 2 and "alerts.toml, line " in said
    code, _, said = run(desk, "update", "--alert")  # before anything is fetched
    assert code == 2 and "alerts.toml, line " in said


@pytest.fixture
def newspaper(desk: Desk) -> Iterator[Newspaper]:
    opened = Newspaper()
    (desk.folder / "feeds.toml").write_text(
        f'[[feed]]\nurl = "{opened.url("/rss")}"\nname = "Báo Thử"\nallow_private = true\nsection = "Quốc phòng"\n',
        encoding="utf-8")
    opened.pages["/rss"] = rss()
    yield opened
    opened.close()


PAGE = """<!doctype html><html lang="vi"><head><title>{title}</title><meta property="article:published_time"
content="2026-11-29T08:00:00+07:00"></head><body><article><h1>{title}</h1><p>{text}</p><p>{text}</p></article></body>
</html>"""


def publish(newspaper: Newspaper, title: str) -> None:
    text = "Sáng nay, tỉnh Gia Lai tổ chức lễ giao quân năm 2026, các xã bảo đảm đủ quân số. " * 5
    newspaper.pages["/1.html"] = Page(PAGE.format(title=title, text=text).encode())
    newspaper.pages["/rss"] = rss(newspaper.url("/1.html"))


def test_an_update_fetches_indexes_and_tells(desk: Desk, inbox: Inbox, newspaper: Newspaper) -> None:
    assert run(desk, "update", "--alert")[0] == 0
    publish(newspaper, "Gia Lai giao quân, lễ thử")
    code, told, said = run(desk, "update", "--alert", "--json")
    report = json.loads(told)
    assert code == 0, said
    assert report.keys() == {"fetch", "index", "alert"} and len(report["alert"]["sent"]) == 2
    assert [mail["Subject"] for mail in inbox.to(A)] == ["Giao quân: 1 tin mới"]


def test_a_feed_that_fails_keeps_no_alert_back(desk: Desk, inbox: Inbox, newspaper: Newspaper) -> None:
    assert run(desk, "update", "--alert")[0] == 0
    desk.write("three", 3)
    desk.update()
    newspaper.pages["/rss"] = Page(status=404)
    code, _, _ = run(desk, "update", "--alert", "--quiet")
    assert code == 16 and len(inbox.to(A)) == 1
    [status] = [json.loads(run(desk, "status", "--json")[1])]
    assert status["attempt"]["exit_code"] == 16


def test_an_update_without_alert_reads_no_alerts_file(desk: Desk, newspaper: Newspaper) -> None:
    (desk.folder / "alerts.toml").write_text("[[alert]", encoding="utf-8")
    code, told, _ = run(desk, "update", "--json")
    assert code == 0 and json.loads(told).keys() == {"fetch", "index"}


IDLE = """import sys
WHAT = "indexer.search", "indexer.operations.alerts."
from indexer.cli import main
code = main(["alert", "--quiet"])
print(code, sorted(name for name in sys.modules if name.startswith(WHAT)))"""


def test_an_idle_run_loads_nothing_that_alerts_are_made_of(desk: Desk) -> None:
    (desk.folder / "quocphong.cfg").write_text("[quocphong]\n", encoding="utf-8")
    loaded = [subprocess.run([sys.executable, "-c", IDLE], cwd=desk.folder, check=True, capture_output=True,
                             env=ENVIRONMENT | {"PYTHONPATH": str(ROOT)}, text=True).stdout.strip() for _ in range(2)]
    assert "indexer.operations.alerts.news" in loaded[0]
    assert loaded[1] == "0 ['indexer.operations.alerts.quiet', 'indexer.operations.alerts.report']"
