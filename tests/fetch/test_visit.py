"""A polite visit: bounded in size and time, by the host's rules, never to a machine inside."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from indexer.fetch.connection import is_public
from indexer.fetch.exchange import Answer, Failure
from indexer.fetch.visit import Visitor, retry_after
from tests.fetch.server import Newspaper, Page, in_turn, redirect

Make = Callable[..., Visitor]
HELLO = "Xin chào".encode()
ALLOW_ALL = Page(b"User-agent: *\nDisallow:")


def answered(found: Answer | Failure) -> Answer:
    assert isinstance(found, Answer), found
    return found


def failed(found: Answer | Failure) -> str:
    assert isinstance(found, Failure), found
    return found.why


def test_a_visitor_says_who_it_is_and_takes_the_page(newspaper: Newspaper, visitor: Make) -> None:
    newspaper.pages["/a"] = Page(HELLO, headers={"ETag": '"1"', "Set-Cookie": "a=1"})
    answer = answered(visitor().visit(newspaper.url("/a")))
    assert (answer.status, answer.body, answer.header("etag")) == (200, HELLO, '"1"')
    assert newspaper.asked("/a")[0].headers["User-Agent"] == "quocphong/0.1 (+mailto:a@example.vn)"


@pytest.mark.parametrize(("coding", "packed"), [
    ("gzip", gzip.compress(HELLO)), ("deflate", zlib.compress(HELLO)), ("deflate", zlib.compress(HELLO)[2:-4]),
    ("gzip", gzip.compress(HELLO[:3]) + gzip.compress(HELLO[3:])), ("gzip", gzip.compress(HELLO) + b"\0\0\0"),
    ("identity", HELLO),
], ids=["gzip", "deflate", "bare deflate", "two members", "padded", "not packed"])
def test_packed_pages_are_unpacked(newspaper: Newspaper, visitor: Make, coding: str, packed: bytes) -> None:
    newspaper.pages["/a"] = Page(packed, headers={"Content-Encoding": coding})
    assert answered(visitor().visit(newspaper.url("/a"))).body == HELLO


@pytest.mark.parametrize(("page", "why"), [
    (Page(gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"}), "larger than 200,000 bytes"),
    (Page(bytes(300_000)), "larger than 200,000 bytes"),
    (Page(gzip.compress(HELLO)[:-9], headers={"Content-Encoding": "gzip"}), "ends early"),
    (Page(HELLO, headers={"Content-Encoding": "gzip"}), "not gzip as its header says"),
    (Page(HELLO, headers={"Content-Encoding": "br"}), "was not asked for"),
    (Page(HELLO, length=5000), "broke off"),
    (Page(HELLO * 20, drip=0.1), "not finished after 1 seconds"),
    (Page(HELLO, drip=0.9), "silent for 0.5 seconds"),
], ids=["bomb", "too large", "packed and truncated", "not packed", "unknown packing", "truncated", "drip", "silence"])
def test_what_is_no_whole_page_is_refused_with_its_reason(
        newspaper: Newspaper, visitor: Make, page: Page, why: str) -> None:
    newspaper.pages["/a"] = page
    assert why in failed(visitor(tries=1).visit(newspaper.url("/a")))


def test_a_server_that_drips_its_headers_is_left_in_time(visitor: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        def drip() -> None:
            caller, _ = server.accept()
            try:
                for byte in b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 99:
                    caller.send(bytes([byte]))
                    time.sleep(0.05)
            except OSError:
                pass

        threading.Thread(target=drip, daemon=True).start()
        allowing = visitor(tries=1)
        allowing.manners.rules(f"http://127.0.0.1:{server.getsockname()[1]} inside", lambda: (404, b""))
        assert "not finished" in failed(allowing.visit(f"http://127.0.0.1:{server.getsockname()[1]}/"))


def test_a_passing_fault_is_tried_again(newspaper: Newspaper, visitor: Make) -> None:
    newspaper.pages["/a"] = in_turn(Page(status=500), Page(HELLO, length=99), Page(HELLO))
    assert answered(visitor().visit(newspaper.url("/a"))).body == HELLO
    assert len(newspaper.asked("/a")) == 3


def test_a_lasting_fault_is_reported_after_the_last_try(newspaper: Newspaper, visitor: Make) -> None:
    newspaper.pages["/a"] = Page(status=503)
    assert failed(visitor().visit(newspaper.url("/a"))) == "answered 503"
    assert len(newspaper.asked("/a")) == 3


def test_retry_after_is_waited_for(newspaper: Newspaper, visitor: Make) -> None:
    newspaper.pages["/a"] = in_turn(Page(status=429, headers={"Retry-After": "1"}), Page(HELLO))
    assert answered(visitor(patience=2).visit(newspaper.url("/a"))).body == HELLO
    first, second = newspaper.asked("/a")
    assert second.at - first.at >= 1.0


def test_a_site_that_asks_for_long_patience_is_left_alone_for_the_run(newspaper: Newspaper, visitor: Make) -> None:
    newspaper.pages |= {"/a": Page(status=429, headers={"Retry-After": "3600"}), "/b": Page(HELLO)}
    calling = visitor()
    assert failed(calling.visit(newspaper.url("/a"))) == "answered 429"
    assert failed(calling.visit(newspaper.url("/b"))) == "asked to come back in 3600 seconds"
    assert len(newspaper.asked("/a")) == 1 and not newspaper.asked("/b")


@pytest.mark.parametrize(("written", "seconds"), [
    ("7", 7.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("soon", None), ("", None), ("-5", None)])
def test_retry_after_is_a_number_or_a_date(written: str, seconds: float | None) -> None:
    assert retry_after(written) == seconds


def test_redirects_are_followed_and_remembered(newspaper: Newspaper, visitor: Make) -> None:
    newspaper.pages |= {"/a": redirect("/b", 301), "/b": redirect("c?x=1#y", 307), "/c?x=1": Page(HELLO)}
    answer = answered(visitor().visit(newspaper.url("/a")))
    assert (answer.url, answer.hops) == (newspaper.url("/c?x=1"), (newspaper.url("/a"), newspaper.url("/b")))


def test_a_redirect_written_in_vietnamese_is_understood(newspaper: Newspaper, visitor: Make) -> None:
    newspaper.pages |= {"/a": redirect("/tin tức.html".encode().decode("latin-1")),
                        "/tin%20t%E1%BB%A9c.html": Page(HELLO)}
    assert answered(visitor().visit(newspaper.url("/a"))).body == HELLO


@pytest.mark.parametrize("target", ["http://[", "", "http://"])
def test_a_redirect_to_nowhere_ends_there(newspaper: Newspaper, visitor: Make, target: str) -> None:
    newspaper.pages["/a"] = redirect(target)
    found = visitor().visit(newspaper.url("/a"))
    assert isinstance(found, Failure) or found.status == 302


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_a_certificate_nobody_vouches_for_is_refused(newspaper: Newspaper, visitor: Make, tmp_path: Path) -> None:
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1",
                    "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    newspaper.server.socket = context.wrap_socket(newspaper.server.socket, server_side=True)
    calling = visitor(tries=1)
    calling.manners.rules(f"https://127.0.0.1:{newspaper.port} inside", lambda: (404, b""))
    assert "certificate" in failed(calling.visit(f"https://127.0.0.1:{newspaper.port}/a")).lower()
    assert newspaper.seen == []


def test_circles_and_long_chains_end(newspaper: Newspaper, visitor: Make) -> None:
    newspaper.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
    newspaper.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(20)}
    assert failed(visitor().visit(newspaper.url("/a"))) == "redirects in a circle"
    assert failed(visitor().visit(newspaper.url("/0"))) == "more than 5 redirects"
    assert len([seen for seen in newspaper.seen if seen.path[1:].isdigit()]) == 6


@pytest.mark.parametrize("inside", [
    "http://127.0.0.2:{port}/x", "http://localhost:{port}/x", "http://[::1]:{port}/x", "http://2130706434:{port}/x",
    "http://0x7f.2:{port}/x", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://0.0.0.0:{port}/x",
    "http://[::ffff:127.0.0.2]:{port}/x", "file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1:{port}/x",
    "http://user:secret@127.0.0.1:{port}/x",
])
def test_no_redirect_leads_to_a_machine_inside(newspaper: Newspaper, visitor: Make, inside: str) -> None:
    newspaper.pages |= {"/a": redirect(inside.format(port=newspaper.port)), "/x": Page(b"secret")}
    why = failed(visitor().visit(newspaper.url("/a")))
    assert why.startswith(("refused", "robots.txt cannot be read (no answer)")), why
    assert not newspaper.asked("/x")


def test_a_name_server_that_changes_its_answer_gains_nothing(newspaper: Newspaper, visitor: Make) -> None:
    """DNS rebinding: the name is public when first asked and inside from then on."""
    answers = iter(["93.184.216.34"])

    def rebinding(host: str, port: int, **how: Any) -> list[Any]:
        return socket.getaddrinfo(next(answers, "127.0.0.1"), port, **how)

    calling = visitor(allowed=(), resolve=rebinding, silence=0.1, tries=1)
    calling.manners.rules(newspaper.url("", "bao.example"), lambda: (404, b""))
    first, second = (failed(calling.visit(newspaper.url("/a", "bao.example"))) for _ in range(2))
    assert not first.startswith("refused")
    assert second == "refused: bao.example is at 127.0.0.1, inside a private network"
    assert newspaper.seen == []


@pytest.mark.parametrize(("address", "public"), [
    ("8.8.8.8", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False),
    ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),
    ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fc00::1", False),
    ("::ffff:10.0.0.1", False), ("64:ff9b::a00:1", False), ("64:ff9b::808:808", True), ("2002:7f00:1::", False),
    ("ff02::1", False),
])
def test_only_the_open_internet_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


# -- robots.txt and pauses --------------------------------------------------------------------------


def test_robots_txt_is_read_once_and_kept_to(newspaper: Newspaper, visitor: Make) -> None:
    newspaper.pages |= {"/robots.txt": Page(b"User-agent: *\nDisallow: /noi-bo/\nAllow: /noi-bo/mo"),
                        "/a": Page(HELLO), "/noi-bo/a": Page(HELLO), "/noi-bo/mo": Page(HELLO)}
    calling = visitor()
    found = [calling.visit(newspaper.url(path)) for path in ("/a", "/noi-bo/a", "/noi-bo/mo")]
    assert [isinstance(each, Answer) for each in found] == [True, False, True]
    assert failed(found[1]) == "robots.txt asks not to"
    assert len(newspaper.asked("/robots.txt")) == 1 and not newspaper.asked("/noi-bo/a")


def test_rules_for_this_product_win_over_rules_for_all(newspaper: Newspaper, visitor: Make) -> None:
    newspaper.pages |= {"/robots.txt": Page(b"User-agent: *\nDisallow:\n\nUser-agent: quocphong\nDisallow: /"),
                        "/a": Page(HELLO)}
    assert failed(visitor().visit(newspaper.url("/a"))) == "robots.txt asks not to"


@pytest.mark.parametrize(("robots", "why"), [
    (Page(status=404), ""), (Page(status=403), ""), (redirect("/other.txt"), ""),
    (Page(status=503), "robots.txt cannot be read (503)"),
    (Page(b"x", length=99), "robots.txt cannot be read (no answer)"),
])
def test_a_missing_robots_txt_allows_all_and_an_unreachable_one_nothing(
        newspaper: Newspaper, visitor: Make, robots: Page, why: str) -> None:
    newspaper.pages |= {"/robots.txt": robots, "/a": Page(HELLO)}
    found = visitor().visit(newspaper.url("/a"))
    assert (failed(found) if why else isinstance(found, Answer)) == (why or True)


def test_a_redirect_to_a_forbidden_page_is_not_followed(newspaper: Newspaper, visitor: Make) -> None:
    newspaper.pages |= {"/robots.txt": Page(b"User-agent: *\nDisallow: /kin"), "/a": redirect("/kin"),
                        "/kin": Page(HELLO)}
    assert failed(visitor().visit(newspaper.url("/a"))) == "robots.txt asks not to"
    assert not newspaper.asked("/kin")


@pytest.mark.parametrize(("robots", "delay", "pause"), [
    (b"User-agent: *\nCrawl-delay: 0.3", 0.0, 0.3), (b"User-agent: *\nRequest-rate: 5/1s", 0.0, 0.2),
    (b"User-agent: *\nCrawl-delay: 0.1", 0.25, 0.25)])
def test_the_longer_of_the_two_pauses_is_kept(
        newspaper: Newspaper, visitor: Make, robots: bytes, delay: float, pause: float) -> None:
    newspaper.pages |= {"/robots.txt": Page(robots), "/a": Page(HELLO)}
    calling = visitor(delay=delay)
    for _ in range(3):
        answered(calling.visit(newspaper.url("/a")))
    times = [seen.at for seen in newspaper.asked("/a")]
    assert all(later - earlier >= pause for earlier, later in pairwise(times))


def test_no_request_is_begun_that_the_pause_puts_past_the_end_of_the_run(newspaper: Newspaper, visitor: Make) -> None:
    newspaper.pages |= {"/robots.txt": Page(b"User-agent: *\nCrawl-delay: 3600"), "/a": Page(HELLO)}
    calling = visitor()
    answered(calling.visit(newspaper.url("/a")))
    found = calling.visit(newspaper.url("/a"), until=time.monotonic() + 5)
    assert isinstance(found, Failure) and found.left and len(newspaper.asked("/a")) == 1
