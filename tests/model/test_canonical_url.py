"""One article has many spellings of its address: all have one key, and other articles have others."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.model.canonical_url import DRESSED, PLAIN, canonical, key_by_rules, page_key
from tests.profiles import examples

ADDRESS = "https://baothu.example/tin/Giao-quân-2026-123.html"
SPELLINGS = {
    "http": "http://baothu.example/tin/Giao-quân-2026-123.html",
    "www": "https://www.baothu.example/tin/Giao-quân-2026-123.html",
    "default port": "http://baothu.example:80/tin/Giao-quân-2026-123.html",
    "other default port": "https://baothu.example:443/tin/Giao-quân-2026-123.html",
    "host in capitals": "HTTPS://BaoThu.EXAMPLE./tin/Giao-quân-2026-123.html",
    "host encoded": "https://baothu%2Eexample/tin/Giao-quân-2026-123.html",
    "wide full stop": "https://baothu。example/tin/Giao-quân-2026-123.html",
    "user": "https://a:b@baothu.example/tin/Giao-quân-2026-123.html",
    "plain letters encoded": "https://baothu.example/%74%69n/%47iao-qu%C3%A2n-2026-123%2Ehtml",
    "small figures": "https://baothu.example/tin/Giao-qu%c3%a2n-2026-123.html",
    "encoded twice": "https://baothu.example/tin/Giao-qu%25C3%25A2n-2026-123.html",
    "marks apart": "https://baothu.example/tin/Giao-qua\u0302n-2026-123.html",
    "dot segments": "https://baothu.example/./x/../tin/y/z/../../Giao-quân-2026-123.html",
    "dots encoded": "https://baothu.example/x/%2e%2E/tin/Giao-quân-2026-123.html",
    "double slashes": "https://baothu.example//tin///Giao-quân-2026-123.html",
    "final slash": "https://baothu.example/tin/Giao-quân-2026-123.html/",
    "backslashes": "https://baothu.example\\tin\\Giao-quân-2026-123.html",
    "blanks around": "  https://baothu.example/tin/Giao-quân-2026-123.html\n",
    "line break within": "https://baothu.example/tin/Giao-\nquân-2026-123.html",
    "session in the path": "https://baothu.example/tin/Giao-quân-2026-123.html;jsessionid=AB12?x#y".replace("?x", ""),
    "session in the query": "https://baothu.example/tin/Giao-quân-2026-123.html?PHPSESSID=9",
    "first page": "https://baothu.example/tin/Giao-quân-2026-123.html?page=1",
    "first page in Vietnamese": "https://baothu.example/tin/Giao-quân-2026-123.html?trang=01",
    "tracking": "https://baothu.example/tin/Giao-quân-2026-123.html?utm_source=zalo&fbclid=1&gclid=2&_gl=3&ref=4",
    "fragment": "https://baothu.example/tin/Giao-quân-2026-123.html#binh-luan",
    "telephone": "https://m.baothu.example/tin/Giao-quân-2026-123.html",
    "telephone and www": "https://www.m.baothu.example/tin/Giao-quân-2026-123.html",
    "telephone, written out": "http://mobile.baothu.example/tin/Giao-quân-2026-123.html",
    "AMP host": "https://amp.baothu.example/tin/Giao-quân-2026-123.html",
    "AMP first": "https://baothu.example/amp/tin/Giao-quân-2026-123.html",
    "AMP last": "https://baothu.example/tin/Giao-quân-2026-123.html/amp/",
    "AMP ending": "https://baothu.example/tin/Giao-quân-2026-123.amp.html",
    "AMP ending after a dash": "https://baothu.example/tin/Giao-quân-2026-123-amp.html",
    "AMP at the very end": "https://baothu.example/tin/Giao-quân-2026-123.html.amp",
    "AMP in the query": "https://baothu.example/tin/Giao-quân-2026-123.html?amp=1&outputType=amp",
    "for printing": "https://baothu.example/tin/Giao-quân-2026-123.html?print=1",
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_every_spelling_has_the_same_key(spelling: str) -> None:
    assert page_key(spelling) == page_key(ADDRESS)


@pytest.mark.parametrize("other", [
    "https://baothu.example/tin/Giao-quân-2026-124.html", "https://baothu.example/tin/giao-quân-2026-123.html",
    "https://baothu.example/Giao-quân-2026-123.html", "https://baothu.example/tin/Giao-quân-2026-123.html?page=2",
    "https://baokhac.example/tin/Giao-quân-2026-123.html", "https://tin.baothu.example/tin/Giao-quân-2026-123.html",
    "https://baothu.example:8080/tin/Giao-quân-2026-123.html", "https://baothu.example/tin/Giao-quân-2026-123.html?id=7",
    "https://baothu.example/", "https://baothu.example/tin%2FGiao-quân-2026-123.html/x",
])
def test_another_article_has_another_key(other: str) -> None:
    assert page_key(other) != page_key(ADDRESS)


def test_two_articles_told_apart_by_parameters_alone_stay_two() -> None:
    front = ["https://baothu.example/", *(f"https://baothu.example/?p={n}" for n in (1, 2, 11))]
    assert len({page_key(address) for address in front}) == 4


def test_the_order_of_parameters_does_not_count() -> None:
    assert page_key("https://a.example/x?b=2&a=1") == page_key("https://a.example/x?a=1&b=2")


def test_a_name_in_vietnamese_is_the_name_that_is_asked_for() -> None:
    assert page_key("https://báothử.example/1") == page_key("https://xn--bothử-xqa.example/1".replace(
        "xn--bothử-xqa", "báothử".encode("idna").decode()))


PIECES = ["\\", "/", "%5C", "%2F", "%25", "%41", "%FF", "%00", "%3B", ".", "..", "?", "#", "&", "=", ";sid=1", ".amp",
          "-amp", "amp", "m", "index.html", "www.", "m.", "a", "Ö", "e\u0302\u0301", " ", "\t", "@", ":80", ":", "p=1",
          "[", "]", "|"]
STARTS = ["http://", "HTTPS://", "https:\\\\", "http:/", "https://www.b.c/", "http://a/"]
written_badly = st.builds(lambda start, pieces: start + "".join(pieces), st.sampled_from(STARTS),
                          st.lists(st.sampled_from(PIECES), max_size=12))


@settings(max_examples=examples(20))
@given(written_badly | st.text(max_size=60))
@example("HTTP://0/\\")
@example("http://www.www.%41")
@example("https://a/%2525252541")
@example("https://a/x-amp-amp.html")
@example("https://a/%3Bsid=1")
def test_a_key_is_its_own_key_and_that_of_the_canonical_address(written: str) -> None:
    key = page_key(written)
    if key is not None:
        assert page_key(key) == key
    if (address := canonical(written)) is not None:
        assert page_key(address) == page_key(written)


HOSTS = ["www", "m", "mobile", "wap", "amp", "amphtml", "www2", "bao", "example", "x-n", "xn--a", "a" * 64]
PARTS = ["", ".", "..", "m", "M", "mobile", "amp", "AMP", "tin", "campuchia", "1", "-", "_", "a.", "a..b", "x.html",
         "x.amp.html", "x-amp.html", "_amp.htm", "x.amp", "x-amp", "x-amp.longer", "amp.html", "index.html",
         "INDEX.php", "index", "default.aspx", "a;sid=3", "%41", "x%2Famp"]
hosts = st.lists(st.sampled_from(HOSTS), min_size=1, max_size=4).map(".".join)
parts = st.lists(st.sampled_from(PARTS), max_size=5).map("/".join)
addresses = st.builds("https://{}{}/{}{}".format, hosts, st.sampled_from(["", ":80", ":443", ":8080", "."]), parts,
                      st.sampled_from(["", "/", "?page=1", "?id=2", "#x", "\n"]))


@given(addresses)
def test_a_plain_address_has_the_key_that_the_rules_give(written: str) -> None:
    assert page_key(written) == key_by_rules(written)


def test_addresses_of_most_articles_are_plain() -> None:
    address = "https://baothu.example/quoc-phong/202611/Giao-quan-tai-huyen-A-5f3_12.html"
    assert PLAIN.fullmatch(address) and not DRESSED.search(address)
