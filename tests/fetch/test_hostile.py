"""Whatever a site sends, a run ends in time and reads the other feeds."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from indexer.fetch import Feed, FeedsFile, FetchReport, Judged, Visitor, fetch
from indexer.fetch.discover import at_once
from indexer.fetch.listing import Announced, announced, instant
from indexer.fetch.politeness import Manners
from indexer.fetch.selection import judged
from indexer.fetch.visit import retry_after
from tests.fetch.server import Newspaper, Page, redirect, rss
from tests.fetch.test_run import article
from tests.profiles import examples, shares

Make = Callable[..., Visitor]
NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
DATES = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "Mon, 01 Jan 0001 00:00:00 +1400", "0000-00-00",
         "Fri, 99 Foo 99999999999 25:61:61 +9999", "2026-02-30", "1e999", "-1", "२०२६-११-३०", "\u0000", "9" * 5000,
         "2026-11-30T08:00:00+23:59", "2026-W53-7", "Sun, 31 Dec 9999 23:59:59 -2359"]
HOSTS = ["a" * 400, "a" * 63 + "." + "b" * 63, "." * 9, "[::1", "xn--a", "-", "a..b", "%00", "1" * 200, "ạ" * 90, "..",
         "~", "a b", "*", "con"]
ODD_ROBOTS = ["Crawl-delay: 1000000000", "Crawl-delay: nan", "Crawl-delay: inf", "Crawl-delay: -1",
              "Crawl-delay: 1e400", f"Request-rate: 1/{'9' * 400}", "Request-rate: 0/0", "Request-rate: 1/1d",
              "Visit-time: 9999-9999",
              "Disallow: /" + "*a" * 5000, "Disallow: " + "$" * 99, "Sitemap: http://[", "Sitemap: " + "x" * 10_000,
              "Allow: %", "User-agent: " * 99, "\ufeff", "\0"]


# -- one thing at a time ----------------------------------------------------------------------------


@pytest.mark.parametrize("written", DATES)
def test_a_date_that_makes_no_sense_is_none(written: str) -> None:
    assert instant(written) == "" or datetime.fromisoformat(instant(written)).tzinfo


NESTED: dict[str, Callable[[int], str]] = {
    "items": lambda n: "<rss><channel>" + "<item>" * 250 + "<b/>" * n + "</item>" * 250 + "</channel></rss>",
    "titles": lambda n: "<rss><item>" + "<title>" * 250 + "<b/>" * n + "</title>" * 250 + "</item></rss>",
    "names in turn": lambda n: "<rss>" + "<item><title>" * 120 + "<b/>" * n + "</title></item>" * 120 + "</rss>",
    "sitemaps": lambda n: "<urlset>" + "<url><loc>" * 120 + "<b/>" * n + "</loc></url>" * 120 + "</urlset>",
    "entries": lambda n: "<feed>" + "<entry><link>" * 120 + "<b/>" * n + "</link></entry>" * 120 + "</feed>",
    "many empty": lambda n: "<rss>" + "<item/>" * n + "</rss>",
    "comments": lambda n: "<rss><item><title>" + "<!-- -->" * n + "</title></item></rss>",
    "attributes": lambda n: "<rss><item><link>" + "<a b='c'/>" * n + "</link></item></rss>",
}


@pytest.mark.parametrize("shape", NESTED.values(), ids=NESTED)
def test_the_work_for_a_feed_grows_as_its_length(shape: Callable[[int], str]) -> None:
    def seconds(n: int) -> float:
        began = time.process_time()
        announced(shape(n).encode(), "https://bao.example/", 20_000_000)
        return time.process_time() - began

    small, large = min(seconds(5_000) for _ in range(2)), min(seconds(40_000) for _ in range(2))
    assert large < 30 * small + 0.2  # eight times as much, and never the square of it


@pytest.mark.parametrize("said", ODD_ROBOTS)
def test_what_robots_txt_says_is_followed_or_passed_over(said: str) -> None:
    manners = Manners("quocphong", 0.5)
    rules = manners.rules("https://a.example", lambda: (200, f"User-agent: *\n{said}\n".encode()))
    rules.can_fetch("https://a.example/" + "a" * 2000, "quocphong")
    assert manners.pause("https://a.example") >= 0.5
    with manners.turn("https://a.example", time.monotonic() + 1) as first:
        assert first
    began = time.monotonic()
    with manners.turn("https://a.example", time.monotonic() + 1):
        assert time.monotonic() - began < 1.5


# -- runs -------------------------------------------------------------------------------------------


def run(newspaper: Newspaper, make: Make, folder: Path, *more: Feed, announce: Any = at_once, judge: Any = judged,
        include: tuple[str, ...] = (), **limits: float) -> FetchReport:
    """A run over /bad and another site's /good; 127.0.0.1 and localhost are two sites."""
    feeds = (Feed(newspaper.url("/bad"), "Bad", section="x"),
             Feed(newspaper.url("/good", "localhost"), "Good", section="x"))
    visitor = make(allowed=("127.0.0.1", "localhost"), **limits)
    return fetch(FeedsFile((*feeds, *more), ()), folder, visitor, judge, announce=announce, include=include,
                 now=lambda: NOW)


@pytest.fixture
def two(newspaper: Newspaper) -> Newspaper:
    newspaper.pages |= {"/good": rss(newspaper.url("/1.html", "localhost")), "/1.html": article(),
                        "/bad": rss(newspaper.url("/2.html")), "/2.html": article("Tin hai")}
    return newspaper


ERRORS = [ValueError("x"), OverflowError(), MemoryError(), RecursionError(), AssertionError(), KeyError("k"),
          UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), OSError(36, "File name too long"), StopIteration(),
          RuntimeError("can't start new thread"), ZeroDivisionError(), AttributeError("tag")]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_any_exception_in_one_feed_is_its_failure(
        two: Newspaper, visitor: Make, tmp_path: Path, error: Exception) -> None:
    def announce(body: bytes, url: str, limit: int, until: float) -> Announced | str:
        if "/bad" in url:
            raise error
        return announced(body, url, limit)

    report = run(two, visitor, tmp_path, announce=announce)
    assert [trouble.url for trouble in report.failed] == [two.url("/bad")]
    assert (report.read, report.new, report.feeds) == (1, 1, 2)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_any_exception_in_one_page_is_its_failure(
        two: Newspaper, visitor: Make, tmp_path: Path, error: Exception) -> None:
    def judge(page: bytes, url: str, feed: Feed) -> Any:
        if feed.name == "Bad":
            raise error
        return judged(page, url, feed)

    report = run(two, visitor, tmp_path, judge=judge)
    assert [trouble.url for trouble in report.pages] == [two.url("/2.html")]
    assert (report.read, report.new, report.failed) == (2, 1, [])


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), PermissionError(13, "Permission denied")])
def test_a_folder_that_cannot_be_written_ends_the_run(
        two: Newspaper, visitor: Make, tmp_path: Path, error: OSError) -> None:
    def judge(page: bytes, url: str, feed: Feed) -> Any:
        raise error

    with pytest.raises(OSError, match=error.args[1]):
        run(two, visitor, tmp_path, judge=judge)


@pytest.mark.parametrize("host", HOSTS)
def test_a_page_may_declare_any_host(two: Newspaper, visitor: Make, tmp_path: Path, host: str) -> None:
    two.pages["/2.html"] = article("Tin hai", head=f'<link rel="canonical" href="http://{host}.127.0.0.1/x.html">')
    assert run(two, visitor, tmp_path).new == 2


def test_a_pause_of_years_ends_the_visits_and_not_the_run(two: Newspaper, visitor: Make, tmp_path: Path) -> None:
    two.pages["/robots.txt"] = lambda seen: Page(
        b"User-agent: *\nCrawl-delay: 1000000000" if "127.0.0.1" in seen.headers["Host"] else b"", kind="text/plain")
    began = time.monotonic()
    report = run(two, visitor, tmp_path, include=(two.url("/2.html"), two.url("/3.html")))
    assert time.monotonic() - began < 5
    assert report.new == 2 and [trouble.url for trouble in report.pages] == [two.url("/3.html")]


@pytest.mark.parametrize("place", ["127.0.0.1-{port}", ".raw", ".raw/127.0.0.1-{port}"])
def test_no_link_in_the_folder_leads_what_is_stored_out_of_it(
        two: Newspaper, visitor: Make, tmp_path: Path, place: str) -> None:
    folder, outside = tmp_path / "fetched", tmp_path / "outside"
    outside.mkdir()
    link = folder / place.format(port=two.port)
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    report = run(two, visitor, folder)
    assert not list(outside.rglob("*"))
    assert two.url("/2.html") in [trouble.url for trouble in report.pages]


# -- private addresses ------------------------------------------------------------------------------


def inside(newspaper: Newspaper, make: Make, folder: Path, *feeds: Feed) -> FetchReport:
    """A run whose visitor may go nowhere inside but where a row of the feeds file says so.

    `bao.example` is a name of this machine, as a name server of the attacker's has it.
    """
    import socket

    def resolve(host: str, port: int, **how: Any) -> list[Any]:
        return socket.getaddrinfo("127.0.0.1" if host.endswith("example") else host, port, **how)

    return fetch(FeedsFile(feeds, ()), folder, make(allowed=(), resolve=resolve, tries=1), judged, now=lambda: NOW)


def test_one_row_s_permission_is_no_other_row_s(newspaper: Newspaper, visitor: Make, tmp_path: Path) -> None:
    newspaper.pages |= {"/mine": rss(newspaper.url("/1.html")), "/1.html": article(),
                        "/theirs": redirect(newspaper.url("/secret.html")), "/secret.html": article("Kín")}
    theirs = Feed(newspaper.url("/theirs", "bao.example"), "Theirs", section="x")
    mine = Feed(newspaper.url("/mine"), "Mine", section="x", allow_private=True)
    for n, rows in enumerate([(theirs, mine), (mine, theirs)]):
        report = inside(newspaper, visitor, tmp_path / f"{n}", *rows)
        assert [trouble.url for trouble in report.failed] == [theirs.url]
        assert (report.read, report.new) == (1, 1)
    assert not newspaper.asked("/secret.html") and not newspaper.asked("/theirs")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "khac.example", "[::1]", "0.0.0.0", "2130706433"])
def test_a_permitted_row_leads_to_no_other_machine_inside(
        newspaper: Newspaper, visitor: Make, tmp_path: Path, host: str) -> None:
    newspaper.pages |= {"/mine": rss(newspaper.url("/1.html"), newspaper.url("/2.html")), "/2.html": article(),
                        "/1.html": redirect(newspaper.url("/secret.html", host))}
    mine = Feed(newspaper.url("/mine"), "Mine", section="x", allow_private=True)
    assert inside(newspaper, visitor, tmp_path, mine).new == 1
    assert not newspaper.asked("/secret.html")


# -- at random --------------------------------------------------------------------------------------

TOKENS = ["<rss>", "</rss>", "<channel>", "<item>", "</item>", "<link>", "</link>", "<title>", "<pubDate>",
          "</pubDate>", "<guid>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<link href='", "'/>",
          "<updated>", "<urlset>", "<url>", "<loc>", "</loc>", "</url>", "<lastmod>", "<sitemapindex>", "<sitemap>",
          "<![CDATA[", "]]>", "<!--", "<!DOCTYPE x [<!ENTITY a '&a;'>]>", "&a;", "&#0;", "&#xD800;", "&#x110000;",
          "<?xml version='1.0' encoding='utf-16'?>", "<html>", "<head>", "<body>", "<article>", "<h1>", "<p>",
          "<meta charset=x>", "<base href='//'>", "<link rel=canonical href='",
          "<script type='application/ld+json'>", '{"@type":"NewsArticle","datePublished":"', "[" * 50, "{" * 50,
          "\0", "\x1b", "\ufeff", "<div>" * 40, "<table>" * 20, "Bộ Chỉ huy Quân sự tỉnh Gia Lai ", "giao quân ",
          "SELF/1.html", "SELF/2.html", "SELF/s.xml", "SELF/bad", "http://[", "//", "?", "javascript:x"]
PIECES = st.sampled_from([*TOKENS, *DATES, *HOSTS, *ODD_ROBOTS]) | st.text(max_size=8)
BODIES = st.lists(PIECES, max_size=30).map("".join)
NAMES = ["Content-Encoding", "Retry-After", "Location", "ETag", "Last-Modified", "Content-Type"]
VALUES = ["gzip", "deflate", "0", "9" * 400, "SELF/bad", "//", "http://[", "\xe1\xbb\x87", "text/html", "text/xml",
          "Mon, 01 Jan 0001 00:00:00 +1400", ""]
HEADERS = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=2)
PAGES = st.builds(lambda body, status, headers: (body, status, headers), BODIES,
                  st.sampled_from([200] * 12 + [301, 302, 304, 404, 410, 429, 500, 503, 599]), HEADERS)
SITES = st.fixed_dictionaries(dict.fromkeys(("/bad", "/s.xml", "/1.html", "/2.html", "/robots.txt"), PAGES))
Sent = tuple[str, int, dict[str, str]]


def survives(newspaper: Newspaper, make: Make, site: dict[str, Sent]) -> None:
    """A run over a site that sends this ends, and the other site's article is stored."""
    for path, (body, status, headers) in site.items():
        shown = body.replace("SELF", newspaper.url("")).encode("utf-8", "surrogatepass")
        told = {name: value.replace("SELF", newspaper.url("")) for name, value in headers.items()}
        here = Page(shown, status, told, kind="text/html")
        newspaper.pages[path] = lambda seen, here=here: here if "127.0.0.1" in seen.headers.get("Host", "") else Page(
            article().body) if seen.path == "/1.html" else Page(b"", 404)
    newspaper.pages["/good"] = rss(newspaper.url("/1.html", "localhost"))
    with TemporaryDirectory() as folder:
        report = run(newspaper, make, Path(folder), patience=0.01, backoff=0.001, tries=2, silence=0.3, feed=3)
        assert report.feeds == report.read + report.unchanged + len(report.failed) == 2
        assert report.new >= 1, report


RANDOM = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


def is_read(site: dict[str, Sent]) -> None:
    """Each body of a site is read as a feed, a page and a robots.txt: an answer, or a sentence why there is none."""
    here = "https://bao.example"
    for body, _, headers in site.values():
        sent = body.replace("SELF", here).encode("utf-8", "surrogatepass")
        found = announced(sent, f"{here}/bad", 9_999)
        assert isinstance(found, Announced | str)
        assert isinstance(judged(sent, f"{here}/1.html", Feed(here, "Bad")), Judged | str)
        manners = Manners("quocphong", 0.5)
        rules = manners.rules(here, lambda sent=sent: (200, sent))  # type: ignore[misc]
        assert rules.can_fetch(f"{here}/1.html", "quocphong") in (True, False) and manners.pause(here) >= 0.5
        assert (retry_after(headers.get("Retry-After", "")) or 0) >= 0


@settings(max_examples=examples(10), **RANDOM)  # type: ignore[arg-type]
@given(site=SITES)
def test_whatever_is_sent_is_read_or_named(site: dict[str, Sent]) -> None:
    is_read(site)


@settings(max_examples=examples(1), **RANDOM)  # type: ignore[arg-type]
@given(site=SITES)
def test_no_site_ends_a_run(newspaper: Newspaper, visitor: Make, site: dict[str, Sent]) -> None:
    survives(newspaper, visitor, site)


@pytest.mark.long
@pytest.mark.parametrize("part", shares(range(4)))
def test_none_of_ten_thousand_sites_ends_a_run(newspaper: Newspaper, visitor: Make, part: int) -> None:
    for many, step in ((10_000, is_read), (200, partial(survives, newspaper, visitor))):
        holds_for(many, part, step)


def holds_for(many: int, part: int, step: Callable[[dict[str, Sent]], None]) -> None:
    """Takes `step` with so many sites, drawn by the seed `part`."""

    @settings(max_examples=many, database=None, **RANDOM)  # type: ignore[arg-type]
    @seed(part)
    @given(site=SITES)
    def every(site: dict[str, Sent]) -> None:
        step(site)

    every()
