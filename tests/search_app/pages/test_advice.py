"""What a result page says of its query above the articles: answers, cards, filters to choose."""

from __future__ import annotations

import html
import re

import pytest

from indexer.search.corrections import COLUMNS


def page(client, text, **more):
    return html.unescape(client.get("/search", query_string={"q": text, **more}).get_data(as_text=True))


def offered(text):
    """(label, address, count) of each filter offered."""
    [row] = re.findall(r'<p class="offers">Lọc:(.*?)</p>', text) or [""]
    found = re.findall(r'<a rel="nofollow" href="([^"]+)">([^<]+)</a> <span class="count">\((\d+)\)', row)
    return [(label, address, int(count)) for address, label, count in found]


def test_a_filter_offered_leads_to_as_many_articles_as_it_says(client):
    offers = offered(page(client, "tuyển quân năm 2022 ở Kon Tum"))
    assert [label for label, _, _ in offers][:3] == ["2022 · Kon Tum", "2022", "Kon Tum"]
    for _, address, count in offers:
        assert client.get(address.replace("/search", "/api/search")).json["total"] == count


def test_a_name_has_a_card_with_its_page_above_the_articles(client):
    text = page(client, "Trịnh Ngọc Sơn")
    card = text.index('<a href="/officials/tr%E1%BB%8Bnh%20ng%E1%BB%8Dc%20s%C6%A1n@Kon%20Tum">Trịnh Ngọc Sơn</a>')
    assert card < text.index('class="hits"') and "trong 2 bài" in text
    assert "Chỉ huy trưởng Bộ CHQS, 2022–2023" in text


def test_a_province_has_a_card_with_its_page(client):
    text = page(client, "kon tum")
    assert '<a href="/provinces/kon-tum">Kon Tum</a>' in text and "nay là" in text


def test_a_question_for_a_post_is_answered_with_the_sentence_and_its_article(client):
    text = page(client, "Ai là chỉ huy trưởng Bộ CHQS tỉnh Kon Tum năm 2023?")
    answer = text[text.index("Báo chí nêu") : text.index('class="hits"')]
    assert "Đại tá Trịnh Ngọc Sơn" in answer and "05/09/2023" in answer and "/article/kontum/dien-tap" in answer


@pytest.mark.parametrize("text", ["quốc phòng", "hải quan", "giáo dục quốc phòng"])
def test_an_ordinary_query_has_none_of_this(client, text):
    shown = page(client, text)
    assert 'class="named"' not in shown and "Lọc:" not in shown


def test_whom_an_editor_has_struck_off_has_no_card_and_is_no_answer(make_app, tmp_path):
    row = {"who": "biên tập", "when": "2026-01-02", "why": "trùng tên", "source": "đính chính",
           "action": "not-official", "keys": "trịnh ngọc sơn@Kon Tum"}
    file = tmp_path / "corrections.csv"
    file.write_text(",".join(COLUMNS) + "\n" + ",".join(row[name] for name in COLUMNS) + "\n", encoding="utf-8")
    client = make_app(corrections=file).test_client()
    for text in ("Trịnh Ngọc Sơn", "Ai là chỉ huy trưởng Bộ CHQS tỉnh Kon Tum?"):
        assert 'class="named"' not in page(client, text)
        answer = client.get("/api/search", query_string={"q": text}).json
        assert answer["people"] == answer["answers"] == []


def test_how_a_date_was_read_can_be_switched_off(client):
    text = page(client, "5/9/2023")
    assert "“5/9/2023” là ngày 5/9/2023" in text and "off=date" in text
    assert "“5/9/2023” là ngày" not in page(client, "5/9/2023", off="date")


def test_an_unknown_value_is_a_notice_and_the_page_is_shown(client):
    text = page(client, "tuyển quân", province="Kon Tumm")
    assert "Không có “Kon Tumm” trong mục Tỉnh, thành phố; gần nhất: Kon Tum." in text
    assert 'name="q"' in text


def test_an_english_page_says_it_in_english(client):
    text = client.get("/en/search", query_string={"q": "tuyển quân năm 2022"}).get_data(as_text=True)
    assert "Filter by:" in text and "Lọc:" not in text
