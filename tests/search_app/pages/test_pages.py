"""The site's pages as a reader without JavaScript meets them, over a real index."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, urlencode

import pytest

from tests.search_app.conftest import ARTICLES


def page(client, path, **query):
    response = client.get(f"{path}?{urlencode(query, doseq=True)}" if query else path)
    return response, response.get_data(as_text=True)


def plain(html):
    """What a reader sees of a page, in one line."""
    body = re.sub(r"<head>.*?</head>", "", html, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def total(html):
    found = re.search(r'role="status"><strong>([\d.]+)</strong>', html)
    return int(found[1].replace(".", ""))


def titles(html):
    found = re.findall(r'<(?:h3|li)><a href="/article[^>]+>(.*?)</a>', html)
    return [unescape(re.sub(r"<[^>]+>", "", title)) for title in found]


def links(html):
    return [unescape(href) for href in re.findall(r'href="([^"]*)"', html)]


def test_home_says_what_the_archive_holds(client):
    response, html = page(client, "/")
    assert response.status_code == 200
    assert f"{len(ARTICLES)} bài của báo, đài" in plain(html)
    assert "đăng 2021–2024, về 5 tỉnh, thành phố" in plain(html)
    assert any(href.startswith("/search?") and "province_now=Gia+Lai" in href for href in links(html))


def test_home_shows_either_map_the_newest_articles_and_who_they_name(client):
    _, now = page(client, "/")
    _, then = page(client, "/", map="then")
    assert now.count('<li class="c') == 34 + 2 and then.count('<li class="c') == 63 + 2
    newest = max(article["date"] for article in ARTICLES if article.get("date"))
    assert f"{newest[8:]}/{newest[5:7]}/{newest[:4]}" in now[now.index('id="moi"'):]
    named = re.findall(r'href="(/officials/[^"]+)"', now)
    assert named and all(client.get(unescape(href)).status_code == 200 for href in named)


def test_a_search_shows_marked_snippets(client):
    _, html = page(client, "/search", q="tuyển quân Kon Tum")
    assert titles(html)[0] == "Kon Tum sẵn sàng cho ngày hội tuyển quân"
    assert "<mark>" in html


def test_the_three_facets_are_checkboxes_of_the_search_form(client):
    _, html = page(client, "/search", q="tuyển quân")
    for label in ("Tỉnh, thành phố", "Năm đăng", "Cán bộ, lãnh đạo"):
        assert f"<legend>{label}</legend>" in html
    assert re.search(r'<input type="checkbox" form="tim" name="province" value="Kon Tum">', html)
    assert re.search(r'<form id="tim"[^>]+method="get"', html)


def test_years_stand_in_their_own_order(client):
    _, html = page(client, "/search", q="tỉnh")
    years = re.findall(r'name="year" value="(\d+)"', html)
    assert len(years) > 2 and years == sorted(years, reverse=True)


def test_all_values_of_a_facet_stand_on_a_page_of_their_own(client):
    _, html = page(client, "/facet/province", q="tuyển quân", year="2022")
    values = re.findall(r'name="province" value="([^"]+)"', html)
    assert {"Kon Tum", "Gia Lai"} <= set(values)
    assert '<input type="hidden" name="year" value="2022">' in html
    assert 'value="tuyển quân"' in html


def test_provinces_can_be_counted_on_the_present_map(client):
    _, html = page(client, "/search", q="tuyển quân Kon Tum", map="now")
    assert re.search(r'name="province_now" value="Quảng Ngãi"', html)
    assert '<input type="hidden" name="map" value="now">' in html
    _, narrowed = page(client, "/search", q="tuyển quân Kon Tum", map="now", province_now="Quảng Ngãi")
    assert total(narrowed) >= 1
    assert re.search(r'name="province_now" value="Quảng Ngãi" checked', narrowed)


def test_a_filter_typed_without_accents_becomes_the_value_it_means(client):
    _, html = page(client, "/search", province="kon tum")
    assert "Tỉnh, thành phố: Kon Tum" in plain(html)
    assert re.search(r'name="province" value="Kon Tum" checked', html)
    assert 'value="kon tum"' not in html


def test_a_reading_taken_on_the_reader_s_behalf_can_be_taken_back(client):
    _, html = page(client, "/search", q="tuyeern quaan")
    assert "kiểu gõ TELEX: tuyển quân" in plain(html)
    [undo] = [href for href in links(html) if "off=typing" in href and "page" not in href and "sort" not in href]
    assert "TELEX" not in plain(client.get(undo).get_data(as_text=True))


def test_filters_narrow_and_can_be_removed_one_by_one(client):
    _, both = page(client, "/search", q="tuyển quân", province=["Kon Tum", "Gia Lai"])
    _, one = page(client, "/search", q="tuyển quân", province="Kon Tum")
    assert total(both) > total(one) >= 1
    assert f"/search?q={quote('tuyển quân').replace('%20', '+')}&province=Kon+Tum" in links(both)
    assert "Tỉnh, thành phố: Kon Tum" in plain(one)


def test_a_chosen_value_stays_visible_at_zero(client):
    _, html = page(client, "/search", q="huấn luyện dân quân", province="Kon Tum", year="2022")
    assert total(html) == 0
    assert re.search(r'name="province" value="Kon Tum" checked', html)
    assert re.search(r'name="year" value="2022" checked', html)


def test_filters_without_a_query_list_the_newest_first(client):
    _, html = page(client, "/search", province="Kon Tum")
    assert titles(html) == ["Diễn tập khu vực phòng thủ tỉnh Kon Tum", "Kon Tum sẵn sàng cho ngày hội tuyển quân"]


def test_an_official_s_facet_leads_to_his_articles(client):
    _, html = page(client, "/search", q="Kon Tum")
    key = re.search(r'name="official" value="([^"]+)"', html)
    _, narrowed = page(client, "/search", official=unescape(key[1]))
    assert total(narrowed) == 2


def test_results_can_be_sorted_by_date(client):
    _, newest = page(client, "/search", q="tuyển quân", sort="newest")
    _, oldest = page(client, "/search", q="tuyển quân", sort="oldest")
    assert titles(newest) == titles(oldest)[::-1]


def test_paging_shows_every_article_once(client):
    seen = [t for n in (1, 2, 3) for t in titles(page(client, "/search", province="Lâm Đồng", page=n)[1])]
    assert len(seen) == len(set(seen)) == 25


def test_a_page_beyond_the_last_leads_back(client):
    _, html = page(client, "/search", province="Lâm Đồng", page=9)
    assert total(html) == 25
    assert titles(html) == []
    assert any("page=3" in href for href in links(html))


def test_a_reading_applied_is_named_and_removable(client):
    _, html = page(client, "/search", q="tuyểnquân")
    assert total(html) == total(page(client, "/search", q="tuyển quân")[1]) > 0
    assert "Tách chữ viết liền: tuyển quân" in plain(html)
    assert any("off=spaces" in href for href in links(html))


def test_what_a_query_was_likelier_meant_for_stands_above_the_hits_with_its_count(client):
    _, meant = page(client, "/search", q="tuyển quân")
    _, html = page(client, "/search", q="recruitment")
    assert total(html) == 0
    assert f"Ý bạn là: tuyển quân ({total(meant)})" in " ".join(plain(html).split())


def test_an_empty_page_says_why_and_offers_ways_out(client):
    _, html = page(client, "/search", q="hải quân năm:2019")
    assert total(html) == 0
    text = plain(html)
    assert "Không có bài nào khớp" in text
    assert "năm:2019 không bài nào" in text
    [way] = [href for href in links(html[html.index('class="empty"') :]) if href.startswith("/search?")
             and "gen=" not in href]
    assert total(client.get(way).get_data(as_text=True)) == 1


def test_a_filter_that_empties_the_result_can_be_dropped_from_the_empty_page(client):
    _, html = page(client, "/search", q="huấn luyện dân quân", province="Kon Tum")
    assert total(html) == 0
    empty = html[html.index('class="empty"') :]
    assert any("province" not in href for href in links(empty) if href.startswith("/search?"))


def test_matches_with_other_accents_stand_apart(client):
    _, html = page(client, "/search", q="hải quân")
    assert total(html) == 1
    exact, near = html.split('id="gan-dung"')
    assert titles(exact) == ["Đoàn công tác hải quân thăm đảo"]
    assert titles(near) == ["Hải quan cửa khẩu phối hợp tuần tra"]
    [widen] = [href for href in links(near) if "widen=1" in href]
    assert total(client.get(widen).get_data(as_text=True)) == 2


def test_dates_show_what_is_known(client):
    _, html = page(client, "/search", q="tuyển quân", sort="newest")
    assert "26/02/2024" in html
    _, html = page(client, "/search", q="hải quan")
    assert "chưa rõ ngày" in html


@pytest.mark.parametrize("article", ARTICLES[:8], ids=lambda a: a["id"])
def test_every_result_leads_to_its_article(client, article):
    _, html = page(client, "/search", q=f'"{article["text"][:25]}"', limit=50)
    leads = [href for href in links(html) if href.startswith("/article")]
    pages = [client.get(href) for href in leads]
    assert all(p.status_code == 200 for p in pages)
    assert any(article["title"][:20] in plain(p.get_data(as_text=True)) for p in pages)


def test_an_article_with_an_address_as_id_is_found_however_it_is_written(client):
    article_id = "https://baogialai.example/a//b?bai=1#dau"
    for path in (f"/article?id={quote(article_id, safe='')}", f"/article/{quote(article_id, safe='')}"):
        assert "Gia Lai huấn luyện dân quân tự vệ" in client.get(path).get_data(as_text=True)


def test_an_article_page_shows_text_facts_and_their_evidence(client):
    _, html = page(client, "/article/kontum/tuyen-quan")
    text = plain(html)
    assert "họp bàn công tác tuyển quân năm 2022" in text
    assert "Kon Tum (nay là Quảng Ngãi)" in text
    assert "20/01/2022" in text
    assert "Trịnh Ngọc Sơn" in text
    assert "<blockquote>" in html
    assert "Đại tá <mark>Trịnh Ngọc Sơn</mark>" in html
    assert "https://baokontum.example/tuyen-quan" in links(html)


def test_a_value_that_makes_no_sense_is_named_on_the_page(client):
    response, html = page(client, "/search", q="tuyển quân", page="hai")
    assert response.status_code == 200
    assert "“hai” không phải số" in plain(html)


def test_a_search_for_nothing_leads_home(client):
    assert client.get("/search").headers["Location"] == "/"


@pytest.mark.parametrize("path", ["/help", "/about"])
def test_help_and_about_are_pages(client, path):
    assert client.get(path).status_code == 200


def test_every_example_on_the_help_page_can_be_searched(client):
    examples = [href for href in links(client.get("/help").get_data(as_text=True)) if href.startswith("/search?")]
    assert len(examples) > 10
    assert {client.get(href).status_code for href in examples} == {200}


def test_a_result_page_is_light(client):
    response, html = page(client, "/search", q="quốc phòng", limit=10)
    loaded = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    assert len(loaded) == 3
    assert len(response.data) + sum(len(client.get(address).data) for address in loaded) <= 60_000


def test_the_script_is_small_and_the_only_one(client):
    _, html = page(client, "/search", q="quốc phòng")
    [address] = re.findall(r'<script src="([^"]+)"', html)
    assert len(client.get(address).data) <= 4_000


@pytest.mark.parametrize("path", ["/", "/search?q=qu%C3%A2n", "/article/kontum/tuyen-quan", "/help", "/about", "/none"])
def test_pages_have_landmarks_one_heading_and_a_language(client, path):
    html = client.get(path).get_data(as_text=True)
    assert '<html lang="vi">' in html
    assert html.count("<h1") == html.count("<main") == html.count("<header") == html.count("<footer") == 1
    assert 'href="#noi-dung"' in html
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_who_finds_no_page_can_search_from_where_he_is(client):
    answer = client.get("/không có")
    assert answer.status_code == 404 and 'action="/search"' in answer.get_data(as_text=True)
