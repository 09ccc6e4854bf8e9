"""A run over the feeds: what is announced is stored once, under one identity, and nothing stored is ever lost."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from indexer.fetch import Feed, FeedsFile, FetchReport, State, Visitor, fetch
from indexer.fetch.address import Move
from indexer.fetch.selection import judged
from indexer.model import Article, Problem
from indexer.sources import find, read
from tests.fetch.server import Newspaper, Page, in_turn, redirect, rss

Make = Callable[..., Visitor]
DAY = timedelta(days=1)
TEXT = "Sáng 5/3/2026, Bộ Chỉ huy Quân sự tỉnh Gia Lai tổ chức lễ giao, nhận quân. Tân binh lên đường đông đủ. " * 4


def article(title: str = "Gia Lai giao quân", text: str = TEXT, head: str = "", **page: Any) -> Page:
    """A page written for these tests."""
    return Page(f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body><article>"
                f"<h1>{title}</h1><p>{text}</p></article></body></html>".encode(), **page)


class Desk:
    """Runs of the fetcher over one folder, on days of one's choosing."""

    def __init__(self, folder: Path, newspaper: Newspaper, make: Make) -> None:
        self.folder, self.newspaper, self.make = folder, newspaper, make
        self.feed = Feed(newspaper.url("/rss"), "Báo Thử", section="Quốc phòng")
        self.today = datetime(2026, 11, 21, 8, tzinfo=UTC)
        self.more: tuple[Feed, ...] = ()
        self.moves: tuple[Move, ...] = ()
        self.withdrawn: set[str] = set()

    def run(self, after: timedelta = timedelta(), include: tuple[str, ...] = (), **limits: Any) -> FetchReport:
        self.today += after
        return fetch(FeedsFile((self.feed, *self.more), self.moves), self.folder, self.make(**limits), judged,
                     is_withdrawn=self.withdrawn.__contains__, include=include, now=lambda: self.today)

    def articles(self) -> list[Article]:
        found: list[Article | Problem] = [item for file in find([self.folder]).files for item in read(file)]
        assert not [item for item in found if isinstance(item, Problem)], found
        return [item for item in found if isinstance(item, Article)]

    def versions(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.folder.glob(".raw/**/*.html"))]

    def asked(self, path: str) -> int:
        return len(self.newspaper.asked(path))


@pytest.fixture
def desk(tmp_path: Path, newspaper: Newspaper, visitor: Make) -> Desk:
    newspaper.pages |= {"/rss": rss(newspaper.url("/1.html")), "/1.html": article()}
    return Desk(tmp_path / "fetched", newspaper, visitor)


def test_an_announced_article_is_stored_as_it_came_with_its_headers(desk: Desk) -> None:
    report = desk.run()
    assert (report.read, report.new, report.announced, report.newly) == (1, 1, 1, 0)
    assert desk.versions() == [article().body]
    [headers] = desk.folder.glob(".raw/**/*.headers.json")
    kept = json.loads(headers.read_text(encoding="utf-8"))
    assert (kept["status"], kept["url"]) == (200, desk.newspaper.url("/1.html"))
    assert ["content-type", "text/html; charset=utf-8"] in kept["headers"]


def test_the_corpus_reads_it_under_its_canonical_address(desk: Desk) -> None:
    desk.run()
    [found] = desk.articles()
    assert (found.id, found.url) == (f"https://127.0.0.1:{desk.newspaper.port}/1.html", desk.newspaper.url("/1.html"))
    assert (found.title, found.source, found.online) == ("Gia Lai giao quân", "Báo Thử", "")


def test_a_second_run_asks_for_no_page_again(desk: Desk) -> None:
    desk.run()
    report = desk.run()
    assert (report.new, desk.asked("/1.html"), desk.asked("/rss")) == (0, 1, 2)


def test_an_unchanged_feed_is_not_sent_again(desk: Desk) -> None:
    def feed(seen: Any) -> Page:
        return Page(status=304) if seen.headers.get("If-None-Match") == '"7"' else listed

    listed = replace(rss(desk.newspaper.url("/1.html")), headers={"ETag": '"7"'})
    desk.newspaper.pages["/rss"] = feed
    assert (desk.run().read, desk.run().unchanged) == (1, 1)


def test_a_feed_is_read_again_while_something_of_it_is_left(desk: Desk) -> None:
    pages = {f"/{n}.html": article(f"Tin {n}", f"{TEXT} {n}") for n in range(5)}
    listed = replace(rss(*map(desk.newspaper.url, pages)), headers={"ETag": '"7"'})
    desk.newspaper.pages |= pages
    desk.newspaper.pages["/rss"] = lambda seen: Page(status=304) if "If-None-Match" in seen.headers else listed
    reports = [desk.run(pages=2) for _ in range(4)]
    assert [(r.new, r.left, r.unchanged) for r in reports] == [(2, 3, 0), (2, 1, 0), (1, 0, 0), (0, 0, 1)]


@pytest.mark.parametrize("spelling", ["/1.html?utm_source=zalo&fbclid=x", "/1.html#comments"])
def test_one_article_in_several_spellings_is_one(desk: Desk, spelling: str) -> None:
    desk.newspaper.pages["/rss"] = rss(desk.newspaper.url("/1.html"), desk.newspaper.url(spelling))
    assert (desk.run().new, len(desk.articles())) == (1, 1)


def test_the_declared_address_is_the_identity(desk: Desk) -> None:
    head = f'<link rel="canonical" href="{desk.newspaper.url("/goc.html")}">'
    desk.newspaper.pages |= {"/rss": rss(*map(desk.newspaper.url, ("/1.html", "/amp/1.html"))),
                             "/1.html": article(head=head), "/amp/1.html": article(head=head)}
    desk.run()
    assert [found.id for found in desk.articles()] == [f"https://127.0.0.1:{desk.newspaper.port}/goc.html"]


def test_a_site_that_declares_one_address_for_all_loses_no_article(desk: Desk) -> None:
    head = f'<link rel="canonical" href="{desk.newspaper.url("/chung.html")}">'
    desk.newspaper.pages |= {"/rss": rss(*map(desk.newspaper.url, ("/1.html", "/2.html"))),
                             "/1.html": article(head=head), "/2.html": article("Tin khác", f"Khác. {TEXT}", head)}
    assert (desk.run().new, len({found.id for found in desk.articles()})) == (2, 2)


def test_links_to_other_sites_are_counted_and_not_followed(desk: Desk) -> None:
    desk.newspaper.pages["/rss"] = rss("https://khac.example/1.html", "javascript:alert(1)")
    report = desk.run()
    assert (report.elsewhere, report.announced, desk.articles()) == (2, 0, [])


# -- after it was stored ----------------------------------------------------------------------------


def test_an_altered_article_gets_a_new_version_and_keeps_the_old(desk: Desk) -> None:
    desk.run()
    changed = article(text=f"Đính chính: lễ diễn ra ngày 6/3. {TEXT}")
    desk.newspaper.pages["/1.html"] = changed
    report = desk.run(after=2 * DAY)
    assert (report.altered, report.new, desk.versions()) == (1, 0, [article().body, changed.body])
    [found] = desk.articles()
    assert found.online == "altered" and "Đính chính" in found.text
    assert found.online_at == desk.today.isoformat()


def test_another_advertisement_is_no_alteration(desk: Desk) -> None:
    desk.run()
    desk.newspaper.pages["/1.html"] = article(head="<script>var ad = 42</script>")
    assert (desk.run(after=2 * DAY).altered, len(desk.versions())) == (0, 1)


@pytest.mark.parametrize(("gone", "runs"), [(Page(status=410), 1), (Page(status=404), 2), (redirect("/"), 2)])
def test_an_article_taken_down_is_kept_and_marked(desk: Desk, gone: Page, runs: int) -> None:
    desk.run()
    desk.newspaper.pages |= {"/1.html": gone, "/": article("Trang chủ")}
    reports = [desk.run(after=2 * DAY) for _ in range(3)]
    assert [report.gone for report in reports] == [int(n == runs) for n in (1, 2, 3)]
    [found] = desk.articles()
    assert (found.online, "giao, nhận quân" in found.text, desk.versions()) == ("gone", True, [article().body])
    assert found.online_at == (desk.today - (3 - runs) * 2 * DAY).isoformat()  # when it was seen, not when last looked


def test_an_article_that_comes_back_is_no_longer_marked(desk: Desk) -> None:
    desk.run()
    desk.newspaper.pages["/1.html"] = in_turn(Page(status=410), article())
    assert [(desk.run(after=2 * DAY), desk.articles()[0].online)[1] for _ in range(2)] == ["gone", ""]
    assert desk.articles()[0].online_at == ""


def test_an_altered_article_that_went_and_comes_back_is_altered_still(desk: Desk) -> None:
    desk.run()
    changed = article(text=f"Đính chính: lễ diễn ra ngày 6/3. {TEXT}")
    desk.newspaper.pages["/1.html"] = in_turn(changed, Page(status=410), changed)
    seen = [(desk.run(after=days * DAY), desk.articles()[0])[1] for days in (5, 10, 30)]
    assert [found.online for found in seen] == ["altered", "gone", "altered"]
    assert seen[2].online_at == seen[0].online_at != seen[1].online_at


def test_a_state_file_of_an_older_version_is_read_on(desk: Desk) -> None:
    desk.run()
    with closing(sqlite3.connect(desk.folder / "state.sqlite")) as rows, rows:
        rows.execute("ALTER TABLE pages DROP COLUMN online_at")
    desk.newspaper.pages["/1.html"] = Page(status=410)
    assert desk.run(after=2 * DAY).gone == 1
    assert desk.articles()[0].online_at == desk.today.isoformat()


def test_a_held_page_is_asked_for_conditionally_and_ever_more_seldom(desk: Desk) -> None:
    def page(seen: Any) -> Page:
        return Page(status=304) if seen.headers.get("If-None-Match") == '"1"' else article(headers={"ETag": '"1"'})

    desk.newspaper.pages["/1.html"] = page
    desk.run()
    asked = []
    for day in range(1, 40):
        before = desk.asked("/1.html")
        desk.run(after=DAY)
        asked += [day] if desk.asked("/1.html") > before else []
    assert asked == [1, 2, 4, 8, 16, 32]
    assert all(seen.headers.get("If-None-Match") for seen in desk.newspaper.asked("/1.html")[1:])
    assert len(desk.versions()) == 1


def test_a_page_whose_feed_says_it_changed_is_looked_at_at_once(desk: Desk) -> None:
    def sitemap(day: str) -> Page:
        place = f"<loc>{desk.newspaper.url('/1.html')}</loc><lastmod>{day}</lastmod>"
        return Page(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>{place}</url></urlset>'.encode())

    desk.newspaper.pages["/rss"] = sitemap("2026-11-20")
    desk.run()
    desk.newspaper.pages |= {"/rss": sitemap("2026-11-21T09:00:00Z"), "/1.html": article(text=f"Bản mới. {TEXT}")}
    assert desk.run(after=DAY / 12).altered == 1
    assert desk.run().altered == 0 and desk.asked("/1.html") == 2


def test_what_a_clock_that_was_ahead_has_put_off_is_looked_at_at_once(desk: Desk) -> None:
    place = f"<sitemap><loc>{desk.newspaper.url('/s.xml')}</loc><lastmod>2026-11-22</lastmod></sitemap>"
    listed = f"<url><loc>{desk.newspaper.url('/1.html')}</loc></url>"
    desk.newspaper.pages |= {"/rss": Page(f"<sitemapindex>{place}</sitemapindex>".encode()),
                             "/s.xml": Page(f"<urlset>{listed}</urlset>".encode())}
    desk.run(after=400 * DAY)
    more = f"{listed}<url><loc>{desk.newspaper.url('/2.html')}</loc></url>"
    desk.newspaper.pages |= {"/s.xml": Page(f"<urlset>{more}</urlset>".encode()), "/2.html": article("Tin hai"),
                             "/1.html": article(text=f"Bản mới. {TEXT}")}
    report = desk.run(after=-399 * DAY)
    assert (report.new, report.altered) == (1, 1)


# -- moved sites ------------------------------------------------------------------------------------


@pytest.fixture
def two_names(desk: Desk) -> Desk:
    """One newspaper under an old and a new name, both of which this machine answers to."""
    def resolve(host: str, port: int, **how: Any) -> list[Any]:
        return socket.getaddrinfo("127.0.0.1", port, **how)

    plain, at = desk.make, desk.newspaper.port
    desk.make = lambda **limits: plain(allowed=("baocu.example", "baomoi.example"), resolve=resolve, **limits)
    desk.feed = replace(desk.feed, url=f"http://baocu.example:{at}/rss")
    desk.moves = (Move("baocu.example", "baomoi.example", "2025-07-01", kept=False),)
    desk.newspaper.pages |= {"/rss": rss(f"http://baocu.example:{at}/1.html"),
                             "/new": rss(f"http://baomoi.example:{at}/2.html")}
    return desk


def new_feed(desk: Desk) -> Feed:
    return replace(desk.feed, url=f"http://baomoi.example:{desk.newspaper.port}/new")


def test_the_same_text_under_the_newspapers_new_name_is_the_same_article(two_names: Desk) -> None:
    two_names.newspaper.pages["/2.html"] = article()
    first = two_names.run()
    two_names.more = (new_feed(two_names),)
    second = two_names.run()
    assert (first.new, second.new, [found.id for found in two_names.articles()]) == (
        1, 0, [f"https://baocu.example:{two_names.newspaper.port}/1.html"])


def test_another_text_under_the_new_name_is_another_article(two_names: Desk) -> None:
    two_names.newspaper.pages["/2.html"] = article("Tin khác", f"Tin khác. {TEXT}")
    two_names.more = (new_feed(two_names),)
    assert (two_names.run().new, len(two_names.articles())) == (2, 2)


def test_a_redirect_to_the_new_name_joins_what_was_fetched_under_both(two_names: Desk) -> None:
    at = two_names.newspaper.port
    two_names.newspaper.pages["/2.html"] = article("Gia Lai giao quân ", f"{TEXT} (Cập nhật)")
    two_names.more = (new_feed(two_names),)
    two_names.run()
    two_names.newspaper.pages["/1.html"] = redirect(f"http://baomoi.example:{at}/2.html", 301)
    two_names.run(after=2 * DAY)
    assert [found.id for found in two_names.articles()] == [f"https://baomoi.example:{at}/2.html"]
    assert len(two_names.versions()) == 2
    assert two_names.run(after=DAY).new == 0


def test_where_paths_were_kept_the_new_name_is_the_identity_from_the_start(two_names: Desk) -> None:
    at = two_names.newspaper.port
    two_names.moves = (replace(two_names.moves[0], kept=True),)
    two_names.newspaper.pages |= {"/new": rss(f"http://baomoi.example:{at}/1.html")}
    two_names.more = (new_feed(two_names),)
    assert two_names.run().new == 1
    assert [found.id for found in two_names.articles()] == ["https://baomoi.example/1.html"]


# -- what belongs -----------------------------------------------------------------------------------


@pytest.fixture
def recipe(desk: Desk) -> Desk:
    desk.feed = replace(desk.feed, section="")
    desk.newspaper.pages["/1.html"] = article("Cách nấu phở bò", "Xương bò hầm kỹ với gừng và hoa hồi. " * 9)
    return desk


def test_without_a_section_the_rule_decides_and_gives_its_reason(recipe: Desk) -> None:
    report = recipe.run()
    assert (report.new, report.ruled_out, recipe.articles(), recipe.versions()) == (0, 1, [], [])
    with closing(State(recipe.folder)) as state:
        [out] = state.ruled_out()
    assert (out.title, out.score, out.reason) == ("Cách nấu phở bò", 0.0, "không có từ nào về quốc phòng; cần 5")


def test_what_was_ruled_out_is_not_asked_for_again_and_can_be_taken_in(recipe: Desk) -> None:
    recipe.run()
    assert (recipe.run().ruled_out, recipe.asked("/1.html")) == (0, 1)
    assert recipe.run(include=(recipe.newspaper.url("/1.html"),)).new == 1
    assert [found.title for found in recipe.articles()] == ["Cách nấu phở bò"]
    assert (recipe.run(after=2 * DAY).ruled_out, len(recipe.articles())) == (0, 1)


@pytest.mark.parametrize(("section", "new"), [("", 0), ("Quốc phòng", 1)])
def test_all_of_a_defence_section_belongs(recipe: Desk, section: str, new: int) -> None:
    recipe.feed = replace(recipe.feed, section=section)
    assert recipe.run().new == new


def test_a_withdrawn_article_is_not_even_asked_for(desk: Desk) -> None:
    desk.withdrawn = {f"https://127.0.0.1:{desk.newspaper.port}/1.html"}
    assert (desk.run().withdrawn, desk.asked("/1.html")) == (1, 0)
    assert desk.run(include=(desk.newspaper.url("/1.html"),)).new == 0


# -- faults -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("feed", "why"), [
    (Page(status=404), "answered 404"), (Page(b"<rss", status=500), "answered 500"), (Page(b""), "empty"),
    (Page(b"just text"), "neither a feed"), (Page(b"\x1f\x8bnot gzip"), "cannot be read as a feed"),
])
def test_a_feed_that_cannot_be_read_is_news_once_and_stops_no_other(desk: Desk, feed: Page, why: str) -> None:
    desk.newspaper.pages["/broken"] = feed
    desk.more = (replace(desk.feed, url=desk.newspaper.url("/broken")),)
    first, second = desk.run(), desk.run()
    assert (first.new, first.newly, second.newly, len(second.failed)) == (1, 1, 0, 1)
    assert why in first.failed[0].why


def test_a_page_that_fails_is_tried_again_later_and_costs_no_other(desk: Desk) -> None:
    desk.newspaper.pages |= {"/rss": rss(*map(desk.newspaper.url, ("/1.html", "/2.html"))),
                             "/2.html": in_turn(Page(status=404), article("Tin hai", f"Hai. {TEXT}"))}
    first, soon, later = desk.run(), desk.run(), desk.run(after=DAY)
    assert [(r.new, len(r.pages)) for r in (first, soon, later)] == [(1, 1), (0, 0), (1, 0)]


def test_a_page_that_failed_is_tried_again_also_when_the_feed_is_unchanged(desk: Desk) -> None:
    listed = replace(rss(desk.newspaper.url("/1.html")), headers={"ETag": '"7"'})
    desk.newspaper.pages |= {"/rss": lambda seen: Page(status=304) if "If-None-Match" in seen.headers else listed,
                             "/1.html": in_turn(Page(status=404), article())}
    assert [(r.new, r.unchanged) for r in (desk.run(), desk.run(after=DAY))] == [(0, 0), (1, 1)]


def test_a_page_that_fails_for_days_is_given_up_and_listed(desk: Desk) -> None:
    desk.newspaper.pages["/1.html"] = Page(status=404)
    for _ in range(20):
        desk.run(after=DAY)
    with closing(State(desk.folder)) as state:
        assert [page.reason for page in state.ruled_out()] == ["failed 8 times: answered 404"]
    assert desk.asked("/1.html") == 8


@pytest.mark.parametrize("page", [
    Page(b"%PDF-1.7", kind="application/pdf"), Page("<html><body><p>Ngắn.</p></body></html>".encode())])
def test_what_is_no_article_is_ruled_out(desk: Desk, page: Page) -> None:
    desk.newspaper.pages["/1.html"] = page
    report = desk.run()
    assert (report.new + report.ruled_out, report.pages) == (1, [])


def test_a_wrong_charset_in_the_header_does_not_spoil_the_text(desk: Desk) -> None:
    desk.newspaper.pages["/1.html"] = article(kind="text/html; charset=iso-8859-1")
    desk.run()
    assert "Bộ Chỉ huy Quân sự tỉnh Gia Lai" in desk.articles()[0].text


@pytest.mark.parametrize("kind", ["auto", "sitemap"])
def test_front_pages_and_sitemap_indexes_lead_to_articles(desk: Desk, kind: str) -> None:
    url = desk.newspaper.url
    desk.newspaper.pages |= {
        "/": Page(b"<html><body>no feed named</body></html>"),
        "/robots.txt": Page(f"User-agent: *\nDisallow:\nSitemap: {url('/index.xml')}".encode()),
        "/index.xml": Page(f"<sitemapindex><sitemap><loc>{url('/map.xml')}</loc></sitemap></sitemapindex>".encode()),
        "/map.xml": Page(f"<urlset><url><loc>{url('/1.html')}</loc></url></urlset>".encode()),
    }
    desk.feed = replace(desk.feed, url=url("/" if kind == "auto" else "/index.xml"), kind=kind)
    assert desk.run().new == 1


def test_a_lost_state_costs_a_second_reading_and_stores_nothing_twice(desk: Desk) -> None:
    desk.run()
    (desk.folder / "state.sqlite").unlink()
    assert (desk.run(after=40 * DAY).new, len(desk.articles()), desk.versions()) == (1, 1, [article().body])


# --- feeds that are none, and feeds that fall silent ---------------------------------------------


@pytest.mark.parametrize(("kind", "body", "why"), [
    ("rss", "<html><body>Website dang bao tri</body></html>", "is a web page and no rss"),
    ("sitemap", "<!doctype html><p>Bảo trì</p>", "is a web page and no sitemap"),
    ("auto", "<html><body>Website dang bao tri</body></html>", "names no feed"),
    ("rss", "bảo trì", "neither a feed"),
    ("auto", '{"error": "maintenance"}', "neither a feed"),
    ("rss", "<error>maintenance</error>", "neither a feed"),
])
def test_what_is_no_feed_fails_and_the_report_says_why(desk: Desk, kind: str, body: str, why: str) -> None:
    desk.newspaper.pages["/rss"] = Page(body.encode())
    desk.feed = replace(desk.feed, kind=kind)
    report = desk.run()
    assert (report.read, report.newly) == (0, 1)
    assert why in report.failed[0].why


@pytest.mark.parametrize("kind", ["auto", "rss"])
def test_an_empty_feed_is_no_failure(desk: Desk, kind: str) -> None:
    desk.newspaper.pages["/rss"] = rss()
    desk.feed = replace(desk.feed, kind=kind)
    report = desk.run()
    assert (report.read, report.failed, report.announced) == (1, [], 0)
    assert desk.asked("/sitemap.xml") == 0


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_does_not_hide_the_rules_of_robots_txt(desk: Desk, mark: str) -> None:
    desk.newspaper.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /\n".encode(mark), kind="text/plain")
    assert "robots.txt" in desk.run().failed[0].why
    assert desk.asked("/1.html") == 0


def weeks_of_news(desk: Desk, weeks: int) -> None:
    """Two new articles every seven days."""
    for week in range(weeks):
        pages = {f"/w{week}-{n}.html": article(f"Gia Lai giao quân đợt {week}-{n}", f"Đợt {week}-{n}. {TEXT}")
                 for n in range(2)}
        desk.newspaper.pages |= pages | {"/rss": rss(*map(desk.newspaper.url, pages))}
        desk.run(7 * DAY)


def test_a_feed_that_gave_articles_for_weeks_and_now_gives_none_is_told(desk: Desk) -> None:
    weeks_of_news(desk, 6)
    last = desk.today.date().isoformat()
    desk.newspaper.pages["/rss"] = rss()
    assert desk.run(7 * DAY).silent == ()
    (silence,) = desk.run(21 * DAY).silent
    assert str(silence) == f"Báo Thử ({desk.feed.url}): gave 2 a week, none since {last}"
    assert "silent: Báo Thử" in desk.run().as_text()


def test_a_feed_that_never_had_a_habit_is_not_called_silent(desk: Desk) -> None:
    desk.run()
    weeks_of_news(desk, 1)
    assert desk.run(90 * DAY).silent == ()


def test_a_feed_that_speaks_again_is_not_silent(desk: Desk) -> None:
    weeks_of_news(desk, 6)
    desk.newspaper.pages |= {"/moi.html": article("Bài mới", f"Mới. {TEXT}"),
                             "/rss": rss(desk.newspaper.url("/moi.html"))}
    assert desk.run(60 * DAY).silent == ()
