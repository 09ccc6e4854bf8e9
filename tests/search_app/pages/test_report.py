"""The form behind "Báo sai": what it shows, what it takes, and what it does not take."""

from __future__ import annotations

import html
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml.html import fromstring

from indexer.operations.reader_reports import LENGTHS, read
from search_app.web import forms

ABOUT = "/report?article=kontum/tuyen-quan&facet=province&value=Kon+Tum&page=/map"
PERSON = "trịnh ngọc sơn@Kon Tum"
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "reports.jsonl"


@pytest.fixture
def site(make_app, file):
    return make_app(reports=str(file), contact="toasoan@example.vn").test_client()


def fields(page):
    """The fields of the form as a browser would send them, with what is filled in."""
    [form] = [form for form in fromstring(page).forms if form.method == "POST"]
    return {name: value or "" for name, value in form.form_values()}


def send(site, address=ABOUT, headers=HERE, **more):
    given = fields(site.get(address).get_data(as_text=True)) | {"words": "Đúng ra là Gia Lai."} | more
    return site.post("/report", data=given, headers=headers)


def test_what_is_sent_is_recorded_with_the_words_the_value_rests_on_and_numbered(site, file):
    answer = send(site, contact="doc@gia.vn")
    assert answer.status_code == 200 and "Đã ghi nhận" in answer.text and "<strong>1</strong>" in answer.text
    [report] = read(file).reports
    assert (report.article, report.url) == ("kontum/tuyen-quan", "https://baokontum.example/tuyen-quan")
    assert (report.facet, report.value, report.page, report.kind) == ("province", "Kon Tum", "/map", "wrong")
    assert "tỉnh Kon Tum họp bàn" in report.evidence
    assert (report.words, report.contact) == ("Đúng ra là Gia Lai.", "doc@gia.vn")
    assert "127.0.0.1" not in file.read_text(encoding="utf-8")


def test_every_value_of_an_article_leads_to_a_form_that_knows_its_evidence(site):
    page = site.get("/article/kontum/tuyen-quan").get_data(as_text=True).partition('class="facts"')[2]
    links = [html.unescape(each) for each in re.findall(r'class="wrong" rel="nofollow" href="([^"]+)"', page)]
    facets = {re.search(r"facet=(\w+)", link)[1] for link in links}
    assert {"province", "day", "topic", "official", "post", "role", "source", "unit"} <= facets
    for link in links:
        form = site.get(link).get_data(as_text=True)
        assert 'class="about"' in form
        if "facet=province" in link or "facet=official" in link:
            assert "<blockquote>" in form


@pytest.mark.parametrize("path", [f"/officials/{PERSON}", "/provinces/kon-tum", "/officials?post=CHT"])
def test_pages_of_people_and_provinces_lead_to_the_form(site, path):
    assert 'class="wrong"' in site.get(path).get_data(as_text=True)


def test_the_footer_of_every_page_leads_to_the_form_whether_or_not_there_is_a_contact(make_app):
    page = make_app(contact="").test_client().get("/map?q=a").get_data(as_text=True)
    assert 'href="/report?page=%2Fmap%3Fq%3Da"' in page and "mailto:" not in page


def test_kinds_of_mistake_about_people_are_offered_for_people_only(site):
    person = site.get(f"/report?facet=official&value={PERSON}").get_data(as_text=True)
    assert 'value="not-official"' in person and 'value="not-official"' not in site.get(ABOUT).get_data(as_text=True)


REFUSED = {
    "no words": ({"words": "  "}, HERE, "Xin viết vài lời"),
    "too many words": ({"words": "x" * (LENGTHS["words"] + 1)}, HERE, "Xin viết ngắn hơn"),
    "a contact that is a letter": ({"contact": "x" * 300}, HERE, "Xin viết ngắn hơn"),
    "a filled trap": ({"website": "https://spam.example"}, HERE, "phải để trống"),
    "no token": ({"token": ""}, HERE, "quá hạn"),
    "an altered token": ({"token": "1.2.3"}, HERE, "quá hạn"),
    "from another site": ({}, {"Sec-Fetch-Site": "cross-site"}, "trang khác"),
    "from a sister site": ({}, {"Sec-Fetch-Site": "same-site"}, "trang khác"),
    "typed into the address bar": ({}, {"Sec-Fetch-Site": "none"}, "trang khác"),
    "another origin": ({}, {"Origin": "https://other.example"}, "trang khác"),
    "no origin told": ({}, {"Origin": "null"}, "trang khác"),
    "another referer": ({}, {"Referer": "https://other.example/report"}, "trang khác"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_taken_is_said_with_the_reason_and_the_words_stay(site, file, case):
    more, headers, why = REFUSED[case]
    answer = send(site, headers=headers, **more)
    assert answer.status_code == 400 and why in answer.text and 'role="alert"' in answer.text
    assert not file.exists()
    if "words" not in more:
        assert "Đúng ra là Gia Lai." in answer.text
    again = fields(answer.text) | {"words": "lại", "contact": ""}  # the form that comes back can be sent
    assert site.post("/report", data=again, headers=HERE).status_code == 200


@pytest.mark.parametrize("headers", [HERE, {"Origin": "http://localhost"}, {"Referer": "http://localhost/report"}, {}])
def test_a_form_of_this_site_is_taken_from_old_browsers_too(site, headers):
    assert send(site, headers=headers).status_code == 200


def test_the_page_with_the_form_lets_the_browser_name_this_site(site):
    """Under the policy of the other pages browsers send Origin: null."""
    assert site.get("/report").headers["Referrer-Policy"] == "same-origin"
    assert site.get("/").headers["Referrer-Policy"] == "no-referrer"
    assert "form-action 'self'" in site.get("/report").headers["Content-Security-Policy"]


def test_a_form_counts_for_twelve_hours(site, file, monkeypatch):
    token = fields(site.get("/report").text)["token"]
    now = forms.time.time()
    for hours, status in ((11.9, 200), (12.1, 400)):
        monkeypatch.setattr(forms.time, "time", lambda hours=hours: now + hours * 3600)
        assert site.post("/report", data={"token": token, "words": "x"}, headers=HERE).status_code == status


def test_a_form_sent_twice_is_recorded_once_even_at_the_same_time(make_app, file):
    app = make_app(reports=str(file))
    given = fields(app.test_client().get("/report").text) | {"words": "một lần"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: app.test_client().post("/report", data=given, headers=HERE), range(4)))
    assert {each.status_code for each in answers} == {200} and len(read(file).reports) == 1


def test_each_form_has_a_token_of_its_own_and_is_kept_by_no_cache(site):
    first, second = site.get("/report"), site.get("/report")
    assert fields(first.text)["token"] != fields(second.text)["token"]
    assert first.headers["Cache-Control"] == "no-store" and "ETag" not in first.headers


@pytest.mark.parametrize(("contact", "way"), [("toasoan@example.vn", "mailto:toasoan@example.vn"), ("", "thử lại sau")])
def test_where_nothing_can_be_written_the_reader_is_told_and_shown_another_way(make_app, tmp_path, contact, way):
    (tmp_path / "file").write_text("")
    site = make_app(reports=str(tmp_path / "file" / "r.jsonl"), contact=contact).test_client()
    answer = send(site)
    assert answer.status_code == 503 and way in answer.text and "Đúng ra là Gia Lai." in answer.text


def test_a_report_can_be_sent_while_there_is_no_index(make_app, tmp_path):
    site = make_app(tmp_path / "none", reports=str(tmp_path / "r.jsonl")).test_client()
    assert send(site).status_code == 200
    assert read(tmp_path / "r.jsonl").reports[0].words == "Đúng ra là Gia Lai."


@pytest.mark.parametrize("address", ["/report?article=no-such&facet=province&value=Huế", "/report?facet=x&value=y",
                                     "/report?page=https://evil.example", "/report?page=//evil.example",
                                     "/report?article=hostile", "/report?facet=unit&value=<script>"])
def test_odd_addresses_give_a_form_and_never_a_script(site, address):
    answer = site.get(address)
    shown = answer.text.partition("<main")[2]
    assert answer.status_code == 200 and "<script>" not in shown and "evil" not in shown


def test_what_is_sent_shows_nowhere_on_the_site(site):
    send(site, words="Mẩu chuyện riêng")
    for path in ("/article/kontum/tuyen-quan", "/report", f"/officials/{PERSON}", "/search?q=riêng"):
        assert "Mẩu chuyện riêng" not in site.get(path).get_data(as_text=True)


def test_who_sends_many_has_to_wait(make_app, file):
    site = make_app(reports=str(file), rate="300").test_client()
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    statuses = [site.post("/report", data={"words": "x"}, environ_base=elsewhere).status_code for _ in range(7)]
    assert statuses[:5] == [400] * 5 and 429 in statuses[5:]


def test_a_body_that_is_too_large_is_refused(site):
    assert site.post("/report", data={"words": "x" * 70_000}, headers=HERE).status_code == 413
