"""What feeds and sitemaps announce, however they are written; and bodies never unpack past their bound."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.fetch.body import Broken, TooLarge, unpacked
from indexer.fetch.listing import Announced, Link, announced, instant
from indexer.fetch.visit import retry_after
from indexer.model.canonical_url import canonical

BASE = "https://bao.example/feeds/moi.rss"
ONE = "https://bao.example/1.html"


def read(written: str | bytes) -> Announced:
    found = announced(written.encode() if isinstance(written, str) else written, BASE, 100_000)
    assert isinstance(found, Announced), found
    return found


@pytest.mark.parametrize("written", [
    f"<rss version='2.0'><channel><item><title>Tin</title><link>{ONE}</link>"
    "<pubDate>Sat, 21 Nov 2026 15:00:00 +0700</pubDate></item></channel></rss>",
    f"<rss><channel><item><title><![CDATA[Tin]]></title><guid>{ONE}</guid>"
    "<pubDate>Sat, 21 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>",
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    f' xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="{ONE}"><title>Tin</title>'
    "<dc:date>2026-11-21T08:00:00Z</dc:date></item></rdf:RDF>",
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Tin</title><link rel="self" href="x"/>'
    '<link href="/1.html"/>'
    "<updated>2026-11-21T15:00:00+07:00</updated></entry></feed>",
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
    f"<url><loc> {ONE} </loc><n:news><n:publication><n:name>Báo</n:name></n:publication>"
    "<n:publication_date>2026-11-21T15:00:00+07:00</n:publication_date><n:title>Tin</n:title></n:news></url></urlset>",
    f"\n<rss><channel><item><title>Tin</title><link>{ONE}</link><pubDate>2026-11-21 08:00:00</pubDate></item><broken",
    f"<?xml version='1.0'?><rss><channel><item><title>Tin&nbsp;</title><link>{ONE}</link>"
    "<pubDate>2026-11-21T08:00:00</pubDate></item></channel></rss>",
], ids=["rss", "rss with guid", "rdf", "atom", "news sitemap", "cut off", "undefined entity"])
def test_an_announced_page_is_found_in_every_format(written: str) -> None:
    assert read(written).pages == (Link(ONE, "Tin", "2026-11-21T08:00:00+00:00"),)


def test_an_address_is_taken_as_it_stands() -> None:
    written = "<urlset><url><loc>https://bao.example/?a=1&amp;copy=2</loc></url></urlset>"
    assert read(written).pages == (Link("https://bao.example/?a=1&copy=2"),)


def test_a_sitemap_index_leads_on_the_newest_first() -> None:
    found = read("<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2025-01-01</lastmod></sitemap>"
                 "<sitemap><loc>/b.xml</loc><lastmod>2026-01-01</lastmod></sitemap></sitemapindex>")
    assert [link.url for link in found.more] == ["https://bao.example/b.xml", "https://bao.example/a.xml"]


def test_a_front_page_names_its_feeds() -> None:
    found = read('<!doctype html><html><head><meta charset=utf-8><link rel="alternate" type="application/rss+xml"'
                 ' href="/rss/quoc-phong.rss"><link rel="alternate" hreflang="en" href="/en"></head><body><p>a</html>')
    assert [link.url for link in found.more] == ["https://bao.example/rss/quoc-phong.rss"]


def test_a_sitemap_saved_packed_is_unpacked_within_bounds() -> None:
    assert read(gzip.compress(f"<urlset><url><loc>{ONE}</loc></url></urlset>".encode())).pages == (Link(ONE),)
    assert "larger than" in str(announced(gzip.compress(bytes(10_000_000)), BASE, 100_000))


def test_entities_neither_grow_nor_reach_for_files() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    item = f"<item><link>{ONE}</link><title>&l11;&f;</title></item>"
    found = announced(f"{bomb}<rss><channel>{item}</channel></rss>".encode(), BASE, 100_000)
    assert len(str(found)) < 1000 and "root:" not in str(found)


ITEM = f"<item><title>Tin</title><link>{ONE}?a=1&b=2</link></item>"
TWO = Link(f"{ONE}?a=1&b=2", "Tin")


@pytest.mark.parametrize("written", [
    f"<rss><channel>{ITEM}</channel></rss>",
    f"<rss><channel><item><title>Tin</title><link><![CDATA[{ONE}?a=1&b=2]]></link></item></channel></rss>",
    f"<rss><channel><item><title>Tin</title><link>{ONE}?a=1&amp;b=2</link></item></channel></rss>",
    f"<rss><channel><item><title>Tin</title><link>{ONE}?a=1&#38;b=2</link></item></channel></rss>",
    f"<rss><channel><description>Hỏi & Đáp, A&B; &eacute;</description>{ITEM}</channel></rss>",
    f"<feed><entry><title>Tin</title><link href='{ONE}?a=1&b=2'/></entry></feed>",
    f"<rss><channel><!-- a && b -->{ITEM}</channel></rss>",
], ids=["bare", "cdata", "escaped", "number", "in text", "in an attribute", "in a comment"])
def test_an_ampersand_in_an_address_survives_however_it_is_written(written: str) -> None:
    assert read(written).pages == (TWO,)


@pytest.mark.parametrize("declared", ["us-ascii", "iso-8859-1", "windows-1258", "utf-16", "no-such-thing", "UTF8"])
def test_a_wrong_declared_encoding_costs_nothing(declared: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    item = f"<item><title>Tập huấn</title><link>{ONE}</link></item>"
    written = f"{head}<rss><channel><title>Báo</title>{item}</channel></rss>"
    assert read(written).pages == (Link(ONE, "Tập huấn"),)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_a_feed_is_read_in_the_encoding_it_is_in(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    written = f"{head}<rss><channel><item><title>Tập huấn</title><link>{ONE}</link></item></channel></rss>"
    assert read(written.encode(encoding)).pages == (Link(ONE, "Tập huấn"),)


@pytest.mark.parametrize("written", [
    f"<urlset><urlset><url><loc>{ONE}</loc></url></urlset></urlset>",
    f"<root><urlset><url><loc>{ONE}</loc></url></urlset></root>",
    f"<channel><item><link>{ONE}</link></item></channel>",
    f"<result><rss><channel><item><link>{ONE}</link></item></channel></rss></result>",
    f"<br />Warning: mysql_connect() on line 3<?xml version='1.0'?><urlset><url><loc>{ONE}</loc></url></urlset>",
    f"\n\n<?xml version='1.0'?><urlset><url><loc>{ONE}</loc></url></urlset>",
    f"<feed><feed><entry><link href='{ONE}'/></entry></feed></feed>",
], ids=["nested", "wrapped sitemap", "channel alone", "wrapped feed", "warning before", "blank lines", "nested atom"])
def test_lists_in_each_other_or_in_something_else_are_read(written: str) -> None:
    assert read(written).pages == (Link(ONE),)


@pytest.mark.parametrize(("written", "form"), [
    ("<rss><channel><title>Báo</title></channel></rss>", "feed"),
    ("<urlset></urlset>", "sitemap"),
    ("<sitemapindex/>", "sitemap"),
    ("<html><body><h1>Website dang bao tri</h1></body></html>", "page"),
    ("<!DOCTYPE html><p>Bảo trì</p>", "page"),
])
def test_an_empty_list_is_told_from_a_web_page(written: str, form: str) -> None:
    assert read(written) == Announced(form=form)


@pytest.mark.parametrize("number", ["#xD800;", "#55296;", "#0;", "#xFFFF;", "#x110000;", "#9999999;", "#x1f;"])
def test_a_number_of_no_character_spoils_no_feed(number: str) -> None:
    written = f"<rss><item><title>Tin &{number} mới</title><link>{ONE}</link></item></rss>"
    assert read(written).pages == (Link(ONE, "Tin mới"),)


@given(st.binary(max_size=300) | st.text(alphabet="<>/rsitemfdluko='\"& \n!-[]CDATA", max_size=200).map(str.encode))
def test_reading_a_feed_never_fails(written: bytes) -> None:
    assert isinstance(announced(written, BASE, 1000), Announced | str)


@given(st.text(max_size=80) | st.from_regex(r"https?://[a-zA-Z0-9.:\[\]-]{1,30}/[ -ỹ]{0,20}", fullmatch=True))
def test_a_canonical_address_is_its_own(written: str) -> None:
    address = canonical(written)
    assert address is None or canonical(address) == address


@given(st.text(max_size=40))
def test_dates_and_waits_of_any_spelling_are_read_or_passed_over(written: str) -> None:
    assert instant(written) == "" or instant(written).endswith("+00:00")
    wait = retry_after(written)
    assert wait is None or wait >= 0


@given(st.binary(max_size=5000), st.sampled_from(["gzip", "deflate", "identity"]), st.integers(1, 999),
       st.integers(0, 9000))
def test_a_body_comes_out_whole_or_not_at_all(body: bytes, coding: str, piece: int, limit: int) -> None:
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "identity": bytes}[coding](body)
    pieces = [packed[start:start + piece] for start in range(0, len(packed), piece)]
    if len(body) > limit:
        with pytest.raises(TooLarge):
            unpacked(pieces, coding, limit)
    else:
        assert unpacked(pieces, coding, limit) == body


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate"]))
def test_what_is_not_packed_is_named_broken(body: bytes, coding: str) -> None:
    try:
        assert len(unpacked([body], coding, 1000)) <= 1000
    except (Broken, TooLarge) as error:
        assert str(error)
