"""The pages about people and provinces: what they promise their readers."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from urllib.parse import quote

import pytest

from search_app.pages.officials import Pages, base_letter
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


ROW = re.compile(r'<li><p class="when">(.*?)</p>(.*?)</div></li>', re.DOTALL)


def test_who_commanded_a_province_in_a_year_is_answered_with_proof(client):
    [(years, row)] = ROW.findall(text(client, "/officials?post=CHT Bộ CHQS&province=Thanh Hóa&year=2023"))
    assert years == "2023–2024" and f'href="{url(THERE)}"' in row and 'href="/provinces/thanh-hoa"' in row
    assert "<blockquote>“Tại tỉnh Thanh Hóa, Đại tá Lê Văn Diện" in row and 'href="/article/th23"' in row


def test_the_page_opens_with_the_latest_and_pages_are_bounded(client):
    rows = ROW.findall(text(client, "/officials"))
    years = [years[-4:] for years, _ in rows if years[-4:].isdigit()]
    assert 10 < len(rows) <= 25 and years == sorted(years, reverse=True)


@pytest.mark.parametrize("asked", [
    " Thanh  Hóa ", unicodedata.normalize("NFD", "Thanh Hóa"), "thanh hoa",
])
def test_page_and_file_read_a_value_alike_however_it_is_typed(client, asked):
    assert len(ROW.findall(text(client, f"/officials?province={quote(asked)}"))) == 3
    assert client.get(f"/officials.csv?province={quote(asked)}").text.count("\r\n") == 4


@pytest.mark.parametrize("page", ["0", "-1", "x", "9999999", "99999999999", "１"])
def test_a_page_that_is_not_there_gives_the_nearest(client, page):
    assert ROW.findall(text(client, f"/officials?page={page}"))


@pytest.mark.parametrize(("page", "at"), [("0", 1), ("-1", 1), ("x", 1), ("2", 2), ("9999999", 4), ("99999999999", 4)])
def test_the_nearest_to_a_large_number_is_the_last_page(app, page, at):
    with app.test_request_context(f"/officials?page={page}"):
        assert Pages.of(found=100, size=25) == Pages(at, 4)


@pytest.mark.parametrize(("asked", "says", "leads_to"), [
    ("post=Chỉ huy trửong Bộ CHQS", "giữ chức “Chỉ huy trửong Bộ CHQS”", "post=Ch%E1%BB%89+huy+tr%C6%B0%E1%BB%9Fng"),
    ("province=Thanh Hoas", "ở “Thanh Hoas”", "province=Thanh+H%C3%B3a"),
    ("year=1999", "đăng năm “1999”", "year=2010"),
    ("year=năm ngoái", "đăng năm “năm ngoái”", "year=2024"),
    ("q=Le Van Dienn", "tên “Le Van Dienn”", "q=L%C3%AA+V%C4%83n+Di%E1%BB%87n"),
    ("post=CHT Bộ CHQS&province=Sơn La&year=2010", "bớt điều kiện", "post=CHT+B%E1%BB%99+CHQS&amp;province=S"),
])  # fmt: skip
def test_a_value_nobody_knows_is_named_with_the_nearest(client, asked, says, leads_to):
    html = text(client, f"/officials?{asked}").partition("<form class=")[2].partition("</form>")[2]
    assert says in html or "bớt điều kiện" in says
    assert leads_to in html.partition('<p class="total"')[0] or "Sơn La" in asked
    assert not ROW.findall(html) or "năm ngoái" in asked


def test_the_file_holds_every_row_and_its_proof(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/officials.csv?province=Thanh Hóa").text.lstrip("\ufeff"))))
    assert [(row["name"], row["first_year"], row["last_year"]) for row in rows] == [
        ("Lê Văn Diện", "2023", "2024"), ("Vũ Văn Tùng", "2023", "2023"), ("Hà Văn Bốn", "2010", "2010")]
    assert all(row["name"] in row["sentence"] and row["id"] in ARTICLES for row in rows)
    assert len(list(csv.reader(io.StringIO(client.get("/officials.csv").text)))) > 12


@pytest.mark.parametrize("asked", ["chu=A", "year=hôm qua", "x=1"])
def test_the_file_refuses_what_makes_no_sense(client, asked):
    assert client.get(f"/officials.csv?{asked}").status_code == 400


def test_a_person_leads_to_the_articles_of_every_key(client):
    html = text(client, "/officials/ngô sĩ hoạt@Kon Tum")
    link = re.search(r'href="(/search\?official=[^"]+)">Xem các bài', html)[1].replace("&amp;", "&")
    assert "<strong>2</strong> bài" in text(client, link)


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
    assert "<blockquote>“Đại tá Lê Văn Diện, CHT Bộ Chỉ huy quân sự tỉnh" in html and 'href="/article/th24"' in html
    assert 'href="/officials?province=Thanh+H%C3%B3a"' in html


def test_a_merged_province_leads_to_its_successor_and_back(client):
    assert 'href="/provinces/quang-ngai"' in text(client, "/provinces/kon-tum")
    assert 'href="/provinces/kon-tum"' in text(client, "/provinces/quang-ngai")


@pytest.mark.parametrize(("letter", "stands_under"), [("Ấ", "Â"), ("Ở", "Ơ"), ("Đ", "Đ"), ("Á", "A"), ("T", "T")])
def test_names_stand_under_their_letter_without_its_tone(letter, stands_under):
    assert base_letter(letter) == stands_under


@pytest.mark.parametrize(("name", "address"), [("Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"), ("Đắk Lắk", "dak-lak")])
def test_a_province_has_a_plain_address(name, address):
    assert slug(name) == address
