"""The pages about people and provinces: what they promise their readers."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from search_app.pages.officials import base_letter
from search_app.view.provinces import slug
from tests.archives import index_of
from tests.search.test_people import ARTICLES

HERE, THERE = "lê văn diện@Nghệ An", "lê văn diện@Thanh Hóa"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("people-pages")
    rows = ({"id": id, "title": "Tin", "text": text, "date": date} for id, (date, text) in ARTICLES.items())
    index_of(folder, rows)
    return folder


@pytest.fixture
def client(folder, make_app):
    return make_app(folder / "index", contact="toasoan@example.vn").test_client()


def text(client, path, status=200):
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == status, path
    return answer.get_data(as_text=True)


def test_people_are_listed_by_the_first_letter_of_their_given_name(client):
    for letter, name in (("C", "Tạ Văn Chung"), ("D", "Lê Văn Diện"), ("H", "Ngô Sĩ Hoạt")):
        assert [name in text(client, f"/officials?chu={each}") for each in ("C", "D", "H")].count(True) == 1
        assert name in text(client, f"/officials?chu={letter}")


@pytest.mark.parametrize(("typed", "found"), [("le van dien", 2), ("Hoạt", 1), ("không ai cả", 0)])
def test_people_are_searched_by_part_of_their_name(client, typed, found):
    assert text(client, f"/officials?q={typed}").count('<li><a href="/officials/') == found


def test_a_persons_page_says_what_it_is_and_quotes_an_article_in_every_cell(client):
    html = text(client, f"/officials/{THERE}")
    assert html.index("Tổng hợp tự động từ bài báo, không phải lý lịch chính thức") < html.index("<h1>")
    assert "Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa" in html
    assert "được báo nêu với chức vụ này từ 01/03/2023 đến 01/03/2024" in html
    assert html.count("<blockquote>") >= 2 * 2 and 'href="/article/th23"' in html
    assert "noindex" in html and "Báo sai / yêu cầu đính chính" in html


@pytest.mark.parametrize(("date", "told"), [
    ("2023-03-01", "chức vụ này ngày 01/03/2023"),
    ("2023-03", "chức vụ này tháng 03/2023"),
    ("2023", "chức vụ này năm 2023"),
])  # fmt: skip
def test_a_single_naming_is_told_at_the_precision_its_article_has(tmp_path, make_app, date, told):
    row = {"id": "a", "title": "Tin Thanh Hóa", "text": ARTICLES["th23"][1], "date": date}
    index_of(tmp_path, [row])
    html = text(make_app(tmp_path / "index").test_client(), f"/officials/{THERE}")
    assert told in html and ">Tin Thanh Hóa</a>" in html


def test_an_article_leads_to_its_officials_pages_and_says_what_they_did(client):
    html = text(client, "/article/th23")
    assert f'href="{url("lê văn diện@Thanh Hóa")}"' in html and "chủ trì" in html
    assert "/officials/" not in text(client, "/article/tb22").partition('class="facts"')[2]


def url(key):
    return f"/officials/{quote(key, safe='@')}"


def test_namesakes_are_linked_not_merged(client):
    html = text(client, f"/officials/{THERE}")
    assert "Cùng tên, có thể là người khác" in html and "Nghệ An" in html
    assert "Hội Cựu chiến binh tỉnh" not in html.partition("Cùng tên, có thể là người khác")[0]
    both = text(client, re.search(r'href="(/officials\?q=[^"]+)"', html)[1])
    assert f'href="{url(HERE)}"' in both and f'href="{url(THERE)}"' in both


def test_any_key_of_a_person_leads_to_one_address_and_the_page_says_why(client):
    answer = client.get("/officials/ngô sĩ hoạt@Kon Tum")
    assert answer.status_code == 302
    assert "Vì sao gộp thành một người" in text(client, "/officials/ngô sĩ hoạt@Kon Tum")


@pytest.mark.parametrize("path", ["/officials/không ai@Huế", "/officials/lý văn sáu@Thái Bình", "/provinces/atlantis"])
def test_there_is_no_page_of_people_the_press_does_not_name_at_a_post(client, path):
    text(client, path, 404)


def test_a_man_under_investigation_is_not_told_of_on_his_namesakes_page(client):
    html = text(client, "/officials/đỗ văn năm@Hậu Giang")
    assert "Bộ CHQS" in html and "khởi tố" not in html


def test_a_correction_takes_effect_at_once_and_goes_with_its_row(folder, make_app):
    file = folder / "corrections.csv"
    client = make_app(folder / "index", corrections=str(file)).test_client()
    assert "Đính chính của người biên tập" not in text(client, f"/officials/{THERE}")
    row = f"Ban biên tập,2026-11-21,đã hỏi lại,https://bao.example/1,merge,{HERE};{THERE}"
    file.write_text(f"who,when,why,source,action,keys\n{row}\n", encoding="utf-8")
    html = text(client, f"/officials/{THERE}")
    assert "Đính chính của người biên tập" in html and "Hội Cựu chiến binh tỉnh" in html
    file.unlink()
    assert "Đính chính của người biên tập" not in text(client, f"/officials/{THERE}")


@pytest.mark.parametrize("path", [f"/officials/{HERE}", "/officials", "/mentions.csv"])
def test_a_reader_who_holds_the_page_is_told_of_a_correction(path, folder, make_app):
    file = folder / "corrections.csv"
    client = make_app(folder / "index", corrections=str(file)).test_client()
    held = {"If-None-Match": client.get(path).headers["ETag"]}
    assert client.get(path, headers=held).status_code == 304
    row = f"Ban biên tập,2026-11-21,đã hỏi lại,https://bao.example/1,merge,{HERE};{THERE}"
    file.write_text(f"who,when,why,source,action,keys\n{row}\n", encoding="utf-8")
    told = client.get(path, headers=held)
    assert told.status_code == 200 and told.headers["ETag"] != held["If-None-Match"]
    file.unlink()
    assert client.get(path, headers=held).status_code == 304


def test_both_maps_are_listed_with_their_counts(client):
    html = text(client, "/provinces")
    assert html.count('href="/provinces/') == 34 + 63 and "có 34 tỉnh, thành phố; trước đó có 63" in html


def test_a_province_tells_its_years_and_who_was_named_at_which_post(client):
    html = text(client, "/provinces/thanh-hoa")
    assert "Chỉ huy trưởng Bộ CHQS" in html and "2023–2024" in html and "<meter" in html
    assert "nguyên" in html and "Hà Văn Bốn" in html and "không phải nhiệm kỳ" in html


def test_a_merged_province_leads_to_its_successor_and_back(client):
    assert 'href="/provinces/quang-ngai"' in text(client, "/provinces/kon-tum")
    assert 'href="/provinces/kon-tum"' in text(client, "/provinces/quang-ngai")


@pytest.mark.parametrize(("letter", "stands_under"), [("Ấ", "Â"), ("Ở", "Ơ"), ("Đ", "Đ"), ("Á", "A"), ("T", "T")])
def test_names_stand_under_their_letter_without_its_tone(letter, stands_under):
    assert base_letter(letter) == stands_under


@pytest.mark.parametrize(("name", "address"), [("Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"), ("Đắk Lắk", "dak-lak")])
def test_a_province_has_a_plain_address(name, address):
    assert slug(name) == address
