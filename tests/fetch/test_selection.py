"""The commands fetch, update and withdraw, as cron and an owner call them, against a real server."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from indexer.cli import main
from indexer.fetch import read_feeds, starter
from indexer.fetch.address import known_moves
from indexer.model.canonical_url import canonical
from indexer.model.errors import UsageError
from indexer.storage.lock import hold
from tests.fetch.server import Newspaper, Page, rss
from tests.fetch.test_run import article


@pytest.fixture
def newspaper() -> Iterator[Newspaper]:
    opened = Newspaper()
    opened.pages |= {"/rss": rss(*map(opened.url, ("/1.html", "/2.html", "/3.html"))), "/1.html": article(),
                     "/2.html": article("Diễn tập khu vực phòng thủ", "Tỉnh Gia Lai diễn tập khu vực phòng thủ. " * 9),
                     "/3.html": article("Cách nấu phở bò", "Xương bò hầm kỹ với gừng, hành nướng và hoa hồi. " * 9)}
    yield opened
    opened.close()


@pytest.fixture
def owner(tmp_path: Path, newspaper: Newspaper) -> Path:
    """A folder as an owner sets it up: configuration, feeds file, a corpus of his own."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.jsonl").write_text(
        '{"id": "a/1", "title": "Kon Tum tuyển quân", "text": "Sáng 5/3/2023, tỉnh Kon Tum tuyển quân."}\n',
        encoding="utf-8")
    (tmp_path / "quocphong.cfg").write_text(
        "[quocphong]\ncontact = mailto:toasoan@example.vn\nfetch_delay = 0\nworkers = 1\n", encoding="utf-8")
    (tmp_path / "feeds.toml").write_text(
        f'[[feed]]\nurl = "{newspaper.url("/rss")}"\nname = "Báo Thử"\nprovince = "Gia Lai"\nallow_private = true\n',
        encoding="utf-8")
    return tmp_path


def quocphong(owner: Path, *arguments: str, code: int = 0) -> str:
    """What a command prints: in this process, in the owner's folder, without the settings of who runs the tests."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(owner), pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name in [name for name in os.environ if name.startswith("QUOCPHONG_")]:
            patch.delenv(name)
        try:
            ended = main(arguments)
        except SystemExit as left:  # argparse, after --help
            ended = int(left.code or 0)
    assert ended == code, err.getvalue()
    return out.getvalue() if code == 0 else err.getvalue()


def titles(owner: Path) -> set[str]:
    return {hit["title"] for hit in json.loads(quocphong(owner, "search", "--limit", "99", "--json"))["hits"]}


@pytest.mark.parametrize("command", ["fetch", "update", "withdraw"])
def test_every_command_explains_itself_with_an_example(owner: Path, command: str) -> None:
    told = quocphong(owner, command, "--help")
    assert "Example: quocphong" in told and "--index" in told and "--config" in told


def test_update_fetches_and_indexes_and_says_what_it_did(owner: Path) -> None:
    first, second = (json.loads(quocphong(owner, "update", "--json")) for _ in range(2))
    assert (first["fetch"]["new"], first["fetch"]["ruled_out"], first["index"]["new"]) == (2, 1, 3)
    assert (second["fetch"]["new"], second["index"]["new"], second["index"]["unchanged"]) == (0, 0, 3)
    assert titles(owner) == {"Gia Lai giao quân", "Diễn tập khu vực phòng thủ", "Kon Tum tuyển quân"}


def test_fetched_articles_are_indexed_also_where_the_index_covers_other_folders(owner: Path) -> None:
    (owner / "own").mkdir()
    (owner / "corpus" / "a.jsonl").rename(owner / "own" / "a.jsonl")
    quocphong(owner, "index", "own")
    quocphong(owner, "update")
    assert titles(owner) == {"Gia Lai giao quân", "Diễn tập khu vực phòng thủ", "Kon Tum tuyển quân"}


def test_an_article_altered_online_is_changed_in_the_index(owner: Path, newspaper: Newspaper) -> None:
    quocphong(owner, "update")
    [record] = [path for path in owner.glob("corpus/fetched/**/*.page.json") if "/1.html" in path.read_text("utf-8")]
    record.write_text(record.read_text("utf-8").replace('"online": ""', '"online": "gone"'), encoding="utf-8")
    assert json.loads(quocphong(owner, "index", "--json"))["changed"] == 1


def test_what_was_ruled_out_is_listed_with_its_reason_and_can_be_taken_in(owner: Path, newspaper: Newspaper) -> None:
    quocphong(owner, "fetch")
    [out] = quocphong(owner, "fetch", "--ruled-out", "--json").splitlines()
    assert json.loads(out)["url"] == newspaper.url("/3.html") and "cần 5" in json.loads(out)["reason"]
    quocphong(owner, "fetch", "--include", newspaper.url("/3.html"))
    quocphong(owner, "update")
    assert "Cách nấu phở bò" in titles(owner) and not quocphong(owner, "fetch", "--ruled-out")


def test_a_withdrawn_article_stays_out_of_every_later_update_and_rebuild(owner: Path, newspaper: Newspaper) -> None:
    quocphong(owner, "update")
    told = quocphong(owner, "withdraw", newspaper.url("/1.html"), "--reason", "tòa soạn yêu cầu", "--by", "chủ trang")
    assert "tòa soạn yêu cầu" in told and "Gia Lai giao quân" not in titles(owner)
    asked = len(newspaper.asked("/1.html"))
    quocphong(owner, "update")
    quocphong(owner, "index", "--rebuild")
    assert "Gia Lai giao quân" not in titles(owner) and len(newspaper.asked("/1.html")) == asked
    [stone] = quocphong(owner, "withdraw", "--list", "--json").splitlines()
    assert json.loads(stone)["by"] == "chủ trang"
    quocphong(owner, "withdraw", newspaper.url("/1.html"), "--undo")
    quocphong(owner, "update")
    assert "Gia Lai giao quân" in titles(owner)


def test_a_copy_of_a_withdrawn_article_is_fetched_once_and_never_kept(owner: Path, newspaper: Newspaper) -> None:
    quocphong(owner, "update")
    quocphong(owner, "withdraw", newspaper.url("/1.html"), "--reason", "tòa soạn yêu cầu")
    newspaper.pages |= {"/rss": rss(*map(newspaper.url, ("/1.html", "/copy.html"))), "/copy.html": article()}
    withdrawn = [json.loads(quocphong(owner, "update", "--json"))["fetch"]["withdrawn"] for _ in range(3)]
    assert (withdrawn, len(newspaper.asked("/copy.html"))) == ([2, 2, 2], 1)
    assert "Gia Lai giao quân" not in titles(owner)
    quocphong(owner, "withdraw", newspaper.url("/1.html"), "--undo")
    quocphong(owner, "update")
    assert len(newspaper.asked("/copy.html")) == 2 and "Gia Lai giao quân" in titles(owner)


@pytest.mark.parametrize(("arguments", "code", "remedy"), [
    (["fetch", "--feeds", "none.toml"], 2, "quocphong fetch --starter"),
    (["withdraw", "a/1"], 2, "--reason"),
    (["withdraw"], 2, "--reason"),
    (["withdraw", "a/1", "--undo"], 2, "--list"),
])
def test_errors_name_their_remedy(owner: Path, arguments: list[str], code: int, remedy: str) -> None:
    assert remedy in quocphong(owner, *arguments, code=code)


def test_without_a_contact_nothing_is_fetched(owner: Path, newspaper: Newspaper) -> None:
    (owner / "quocphong.cfg").unlink()
    assert "contact" in quocphong(owner, "fetch", code=2)
    assert newspaper.seen == []


def test_a_feed_that_fails_first_has_its_own_exit_code_and_later_none(owner: Path, newspaper: Newspaper) -> None:
    newspaper.pages["/rss"] = Page(status=404)
    assert "1 feeds" in quocphong(owner, "fetch", code=16)
    quocphong(owner, "fetch")


# -- what an update that came to nothing leaves behind ----------------------------------------------


def status_of(owner: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(quocphong(owner, "status", "--json"))
    return found


def test_an_update_that_fails_before_it_indexes_is_a_failed_attempt_beside_the_last_success(owner: Path) -> None:
    quocphong(owner, "update")
    good = status_of(owner)
    (owner / "feeds.toml").unlink()
    quocphong(owner, "update", "--metrics", "q.prom", code=2)
    bad = status_of(owner)
    assert (good["failures"], bad["failures"], bad["attempt"]["exit_code"]) == (0, 1, 2)
    assert "feeds.toml" in bad["attempt"]["message"] and bad["success"] == good["success"]
    assert "quocphong_last_exit_code 2.0\n" in (owner / "q.prom").read_text(encoding="utf-8")


def test_an_update_whose_feeds_are_unread_succeeds_and_says_what_failed(owner: Path, newspaper: Newspaper) -> None:
    newspaper.pages["/rss"] = Page(status=404)
    quocphong(owner, "update", code=16)
    seen = status_of(owner)
    assert (seen["failures"], seen["attempt"]["exit_code"], seen["success"]["articles"]) == (0, 16, 1)
    assert "1 feeds" in seen["attempt"]["message"]


def test_an_update_kept_out_of_the_folder_of_fetched_pages_is_a_failed_attempt(owner: Path) -> None:
    quocphong(owner, "update")
    with hold(owner / "corpus" / "fetched"):
        quocphong(owner, "update", code=11)
    assert (status_of(owner)["failures"], status_of(owner)["attempt"]["exit_code"]) == (1, 11)


@pytest.mark.parametrize("command", ["index", "update"])
def test_runs_kept_out_by_another_are_counted_until_one_finishes(owner: Path, command: str) -> None:
    quocphong(owner, "update")
    with hold(owner / "index"):
        for _ in range(2):
            quocphong(owner, command, "--metrics", "q.prom", code=11)
    seen = status_of(owner)
    assert (seen["skipped"]["times"], seen["failures"]) == (2, 0) and "Another run" in seen["skipped"]["message"]
    assert "quocphong_skipped_since_success 2.0\n" in (owner / "q.prom").read_text(encoding="utf-8")
    assert "Kept out since the last success: 2" in quocphong(owner, "status")
    quocphong(owner, "index")
    assert status_of(owner)["skipped"] is None


def test_a_stopped_run_ends_in_its_pause_and_the_next_one_goes_on(owner: Path, newspaper: Newspaper) -> None:
    """In a process of its own: signals are for processes."""
    newspaper.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 300")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUOCPHONG_")}
    run = subprocess.Popen([sys.executable, "-m", "indexer.cli", "fetch"], cwd=owner, env=environment,
                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while not newspaper.asked("/rss"):
        time.sleep(0.02)
    run.send_signal(signal.SIGTERM)
    _, told = run.communicate(timeout=60)
    assert (run.returncode, "SIGTERM" in told) == (130, True)
    newspaper.pages["/robots.txt"] = Page(b"")
    assert json.loads(quocphong(owner, "fetch", "--json"))["new"] == 2


def test_a_damaged_state_is_named_with_its_remedy(owner: Path) -> None:
    quocphong(owner, "fetch")
    (owner / "corpus" / "fetched" / "state.sqlite").write_bytes(b"no database" * 999)
    assert "Delete it" in quocphong(owner, "fetch", code=15)


# -- the feeds file and the tables ------------------------------------------------------------------


@pytest.mark.parametrize(("written", "why"), [
    ("[[feed]]\nname = 'x'", "needs url and name"), ("[[feed]]\nurl = 'ftp://x'\nname = 'x'", "no http"),
    ("[[feed]]\nurl = 'https://x.vn'\nname = 'x'\nkind = 'html'", "Known: auto"),
    ("[[feed]]\nurl = 'https://x.vn'\nname = 'x'\nprovinz = 'y'", "unknown key provinz"),
    ("[[feed]]\nurl = 'https://x.vn'\nname = 'x'\nallow_private = 'yes'", "true or false"),
    ("[feed]\nurl = 'https://x.vn'", "two brackets"), ("", "names no feed"), ("[[feed]", "cannot be read"),
    ("[[feeds]]\nurl = 'https://x.vn'", "unknown table feeds"),
    ("[[feed]]\nurl = 'https://x.vn'\nname = 'x'\n[[moved]]\nold = 'x.vn'", "kept"),
])
def test_a_row_that_makes_no_sense_is_named(tmp_path: Path, written: str, why: str) -> None:
    (tmp_path / "feeds.toml").write_text(written, encoding="utf-8")
    with pytest.raises(UsageError, match=why):
        read_feeds(tmp_path / "feeds.toml")


def test_the_starter_names_a_newspaper_of_each_province_and_calls_none_checked(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(starter(), encoding="utf-8")
    feeds = read_feeds(tmp_path / "feeds.toml").feeds
    assert len({feed.province for feed in feeds}) == len(feeds) == 63
    assert not any(feed.checked or feed.allow_private for feed in feeds)


def test_known_moves_are_dated_and_lead_to_no_circle() -> None:
    moves = {move.old: move.new for move in known_moves()}
    assert len(moves) == len(known_moves()) >= 40
    assert all(move.since == "2025-07-01" for move in known_moves()) and not moves.keys() & set(moves.values())


@pytest.mark.parametrize(("written", "address"), [
    ("http://www.BaoGiaLai.com.vn:80/a?utm_source=x&id=1#b", "https://baogialai.com.vn/a?id=1"),
    ("https://baogialai.com.vn", "https://baogialai.com.vn/"), ("HTTPS://x.vn./a b", "https://x.vn/a%20b"),
    ("https://x.vn:8443/tin-tức", "https://x.vn:8443/tin-t%E1%BB%A9c"), ("mailto:a@b.vn", None), ("https://", None),
    ("https://[", None), ("a/1", None),
])
def test_one_page_has_one_address(written: str, address: str | None) -> None:
    assert canonical(written) == address
    assert address is None or canonical(address) == address
