"""Two languages: every address has its twin, and an English page is English but for what newspapers wrote."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from jinja2 import nodes
from lxml.html import HTMLParser, fromstring

import search_app
from indexer.entities.places import gazetteer
from indexer.model import Message
from indexer.search.parameters import FILTERS
from search_app.i18n import messages, translating
from search_app.i18n.language import ENGLISH, LANGUAGES, VIETNAMESE, current
from tests import catalogues

BLANK = re.compile(r"%\(\w+\)s|%%|\{\w*\}")
SITE = Path(search_app.__file__).parent
# Vietnamese in Python that nobody is told: examples to search for, operators and words that are compared.
NOT_SAID = {*messages.EXAMPLES, "Tiếng Việt", " HOẶC ", " (Thừa Thiên Huế)", "tỉnh", "khu vực"}
PLACES = {name for key, rows in gazetteer().eras.items() for era in rows for name in (key, era.label)}
CODES = [code for code in LANGUAGES if code != VIETNAMESE.code]


# --- catalogues ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_has_what_is_said_and_nothing_else(code):
    there = {message.id for message in catalogues.current(code) if message.id}
    said = {message.id for message in catalogues.wanted() if message.id}
    assert there == said, "run: make messages"


@pytest.mark.parametrize("code", CODES)
def test_everything_is_translated(code):
    assert [m.id for m in catalogues.current(code) if m.id and not catalogues.filled(m.string)] == []


@pytest.mark.parametrize("code", CODES)
def test_a_translation_has_the_blanks_of_its_message(code):
    for message in catalogues.current(code):
        if message.id and catalogues.filled(message.string):
            blanks = {tuple(sorted(BLANK.findall(text))) for text in (*texts(message.id), *texts(message.string))}
            assert len(blanks) == 1, message.id


@pytest.mark.parametrize("code", CODES)
def test_the_site_reads_what_the_catalogue_says(code):
    assert (catalogues.LOCALE / f"{code}.mo").read_bytes() == catalogues.compiled(code), "run: make messages"


@pytest.mark.parametrize("code", CODES)
def test_what_a_catalogue_lacks_is_said_in_vietnamese(code):
    catalogue = LANGUAGES[code].catalogue
    assert catalogue.gettext("chưa ai dịch câu này") == "chưa ai dịch câu này"
    assert [catalogue.ngettext("{n} câu", "{n} câu lạ", n) for n in (1, 2)] == ["{n} câu", "{n} câu lạ"]


def texts(of: str | tuple[str, ...] | list[str]) -> list[str]:
    return [of] if isinstance(of, str) else list(of)


# --- what is said --------------------------------------------------------------------------------------


def test_what_is_said_is_vietnamese_to_everyone():
    said = Message("{n} bài của {}").format("Kon Tum", n=1234)
    assert said == "1.234 bài của Kon Tum"
    assert VIETNAMESE.say(said) == said


def test_only_what_is_ours_is_translated():
    assert ENGLISH.say(Message("Cách tìm")) == "How to search"
    assert ENGLISH.say("Cách tìm") == "Cách tìm"
    assert ENGLISH.say(Message("")) == ""
    assert ENGLISH.say(Message("{}: {}").format(Message("Cách tìm"), "Cách tìm")) == "How to search: Cách tìm"


def test_outside_of_a_request_vietnamese_is_spoken(client):
    client.get("/en/help")
    assert current() is VIETNAMESE


# --- addresses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/search?q=tuy%E1%BB%83n+qu%C3%A2n&year=2022", "/article/kontum/tuyen-quan",
                                  "/article?id=https%3A%2F%2Fbaogialai.example%2Fa%2F%2Fb%3Fbai%3D1%23dau", "/none"])
def test_every_page_leads_to_its_twin_and_back(client, path):
    english = twin(client.get(path), "en")
    assert english == f"/en{path}"
    assert twin(client.get(english), "vi") == path
    assert client.get(english).status_code == client.get(path).status_code


def twin(response, code):
    [href] = re.findall(rf'<a href="([^"]+)" hreflang="{code}"', response.get_data(as_text=True))
    return href.replace("&amp;", "&")


def test_a_language_asked_for_by_parameter_becomes_the_address(client):
    assert client.get("/search?q=qu%C3%A2n&lang=en").headers["Location"] == "/en/search?q=qu%C3%A2n"
    assert client.get("/en/help?lang=vi").headers["Location"] == "/help"
    assert client.get("/help?lang=xx").status_code == 200


def test_links_and_forms_of_an_english_page_stay_english(client):
    for path in ("/en/", "/en/search?q=tuy%E1%BB%83n+qu%C3%A2n", "/en/article/kontum/tuyen-quan", "/en/officials"):
        html = client.get(path).get_data(as_text=True)
        inside = re.findall(r'(?:href|action|data-suggest)="(/[^"]*)"', html)
        left = [href for href in inside if not href.startswith("/en/")]
        assert [href for href in left if f'href="{href}" hreflang="vi"' not in html] == []


def test_the_same_page_in_two_languages_is_two_pages_to_a_cache(client):
    assert client.get("/help").status_code == 200
    tags = [client.get(path).headers["ETag"] for path in ("/search?q=qu%C3%A2n", "/en/search?q=qu%C3%A2n")]
    assert tags[0] != tags[1]


# --- pages ---------------------------------------------------------------------------------------------

SAID_IN = ("aria-label", "title", "placeholder", "alt", "data-label", "data-count", "label")
WITH_ACCENTS = re.compile(r"[^\W\d_a-zA-Z]")  # a letter that English has not
# What may stand there without a mark: names, by WCAG 2.2 (3.1.2, language of parts).
NAMES = re.compile(
    "|".join(sorted({*PLACES, "Trịnh Ngọc Sơn", "Hoàng Sa", "Trường Sa", "Báo Kon Tum", "Báo Gia Lai", "Đài Huế",
                     "Rychlý"}, key=len, reverse=True))
)
PAGES = [
    "/", "/help", "/about", "/none", "/map", "/map?map=now&q=tuy%E1%BB%83n+qu%C3%A2n", "/kwic", "/officials",
    "/officials?q=zz", "/officials/tr%E1%BB%8Bnh%20ng%E1%BB%8Dc%20s%C6%A1n@Kon%20Tum", "/provinces",
    "/provinces/kon-tum", "/provinces/quang-ngai", "/provinces/ha-noi",
    *(f"/article/{each}" for each in ("kontum/tuyen-quan", "hue/giao-quan", "hostile", "khong-ngay")),
    *(f"/search?{urlencode(each, doseq=True)}" for each in (
        {"q": "tuyển quân"}, {"q": "tuyeern quaan"}, {"q": "tuyen quan", "page": "hai"}, {"q": "hải quân"},
        {"q": "hải quân", "widen": 1}, {"q": "hải quân năm:2019"}, {"q": "quan xyzzy"}, {"q": "QPAN"},
        {"q": "tỉnh", "sort": "oldest", "page": 99, "limit": 5}, {"q": "Kon Tum"}, {"q": "Quảng Ngãi"},
        {"q": "huấn luyện dân quân", "province": "Kon Tum", "year": "2022", "no_inferred": 1},
        {"province": ["Kon Tum", "Lâm Đồng"], "map": "now"}, {"year": "?"}, {"topic": "tuyển quân"},
        {"post_level": "tỉnh"}, {"role": "chủ trì"}, {"q": '"tuyển quân" năm:'}, {"q": "x" * 600},
    )),
    *(f"/facet/{name}?q=qu%C3%A2n" for name in FILTERS),
    *(f"/kwic?{urlencode(each)}" for each in (
        {"q": "tuyển quân"}, {"q": "tuyển quân", "sample": 2, "year": 2022}, {"q": "zz"}, {"q": "quân", "page": 50},
    )),
]


@pytest.mark.parametrize("path", PAGES)
def test_an_english_page_is_english_but_for_what_newspapers_wrote(client, path):
    response = client.get(f"/en{path}")
    typed = [value for _, value in parse_qsl(urlsplit(path).query)]
    assert response.status_code in (200, 404)
    assert vietnamese_in(response.get_data(as_text=True), typed) == []


def test_an_english_feed_is_english_but_for_what_newspapers_wrote(client):
    feed = client.get("/en/search.atom?q=tuy%E1%BB%83n+qu%C3%A2n").get_data(as_text=True)
    assert "<title>Results for “tuyển quân” · Local defence news</title>" in feed
    assert 'xml:lang="en"' in feed and "Matched: " in feed and "Khớp" not in feed
    assert "http://localhost/en/article/kontum/tuyen-quan" in feed
    assert "Local defence" in client.get("/en/opensearch.xml").get_data(as_text=True)


def test_a_site_without_an_index_says_so_in_english(make_app, tmp_path):
    page = make_app(tmp_path).test_client().get("/en/").get_data(as_text=True)
    assert "There is no index yet" in page
    assert vietnamese_in(page, []) == []


def test_the_api_explains_in_english(client):
    wrong = client.get("/en/api/search?page=hai&colour=red").json["error"]
    assert wrong["parameters"]["page"].startswith("“hai” is not a number")
    assert "colour" in wrong["message"] and not WITH_ACCENTS.search(wrong["message"])
    assert client.get("/en/api/none").json["error"]["message"].startswith("The page or article")
    details = [each["detail"] for each in client.get("/en/api/suggest?q=kon").json["suggestions"]]
    assert "name at publication" in details


def test_the_api_has_the_same_keys_and_values_in_both_languages(client):
    vietnamese, english = (client.get(f"{prefix}/api/search?q=tuyeern+quaan").json for prefix in ("", "/en"))
    assert english["applied"][0]["label"] == "Read as TELEX typing: tuyển quân"
    for answer in (vietnamese, english):
        answer.pop("took_ms")
        answer.pop("counted")
        answer["applied"][0].pop("label")
        for values in (*answer["facets"].values(), answer["recognised"], answer["narrowings"]):
            for value in values:
                value.pop("label")
    assert vietnamese == english


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl"])
def test_files_of_data_are_the_same_in_both_languages(client, ending):
    files = [client.get(f"{prefix}/search.{ending}?q=qu%C3%A2n").get_data() for prefix in ("", "/en")]
    assert files[0] == files[1]


def test_an_english_result_page_is_as_light_as_a_vietnamese_one(client):
    html = client.get("/en/search?q=qu%E1%BB%91c+ph%C3%B2ng&limit=10").get_data()
    loaded = re.findall(rb'(?:href|src)="(/en/static/[^"]+)"', html)
    assert len(html) + sum(len(client.get(address.decode()).data) for address in loaded) <= 60_000


def test_dates_and_numbers_follow_the_language(client):
    page = client.get("/en/article/kontum/tuyen-quan").get_data(as_text=True)
    assert "20 January 2022" in page and "20/01/2022" not in page
    assert [ENGLISH.number(35530), VIETNAMESE.number(35530)] == ["35,530", "35.530"]
    assert [ENGLISH.percent(3.14, 1), VIETNAMESE.percent(3.14, 1)] == ["3.1%", "3,1 %"]
    assert [ENGLISH.date(each.split("-")) for each in ("2022-02-04", "2022-02", "2022")] == [
        "4 February 2022", "February 2022", "2022"]  # fmt: skip


def test_fields_of_the_query_language_have_english_names(client):
    for english, vietnamese in (('province:"Kon Tum"', 'tỉnh:"Kon Tum"'), ("year:2022", "năm:2022"),
                                ("inferred:no", "suyra:không"), ("title:tuyển", "tít:tuyển")):
        totals = {client.get("/api/search", query_string={"q": q}).json["total"] for q in (english, vietnamese)}
        assert len(totals) == 1 and totals != {0}, english


# --- nothing is said past the catalogues ---------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(SITE.glob("templates/**/*.*")), ids=lambda path: path.name)
def test_a_template_says_nothing_that_cannot_be_translated(app, path):
    environment = translating.environment(app, ENGLISH)
    tree = translating.Translator(ENGLISH).visit(environment.parse(path.read_text(encoding="utf-8")))
    text = "\n".join(node.data for node in tree.find_all(nodes.TemplateData))
    text = re.sub(r'<(\w+) lang="vi">.*?</\1>', "", text)
    tried = [call for call in tree.find_all(nodes.Call) if getattr(call.node, "name", "") == "try"]
    examples = {node for call in tried for node in call.args}
    values = [node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str) and node not in examples]
    assert [line.strip() for line in (*text.splitlines(), *values) if WITH_ACCENTS.search(NAMES.sub("", line))] == [], (
        "mark it with _() or {% trans %}: docs/translating.md"
    )


@pytest.mark.parametrize("path", sorted(SITE.glob("*.py")), ids=lambda path: path.name)
def test_the_site_s_python_says_nothing_that_cannot_be_translated(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(each) for call in calls(tree, "Message") for each in ast.walk(call)}
    docs = {id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and isinstance(node.body[0], ast.Expr)}
    left = [node.value for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said | docs]
    assert [text for text in left if WITH_ACCENTS.search(text) and text not in NOT_SAID] == [], (
        "make it a Message: docs/translating.md"
    )


def calls(tree, name):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name]


def vietnamese_in(html, typed):
    """What a page says with Vietnamese letters outside of lang="vi"; names, and what the reader typed, left out."""
    body = fromstring(html.encode(), parser=HTMLParser(encoding="utf-8"))
    assert body.get("lang") == "en"
    for marked in [each for each in body.iter() if each.get("lang") == "vi" and each is not body]:
        marked.drop_tree() if marked.tag != "input" else None
    for title in body.xpath("//title"):
        title.text = title.text.rpartition(" · ")[2]  # what stands before is the heading, which may be a headline
    texts = [*body.itertext(), *(each.get(name) for each in body.iter() for name in SAID_IN if each.get(name))]
    found = []
    for text in texts:
        for value in typed:
            text = text.replace(value, "")
        found += [text.strip()] if WITH_ACCENTS.search(NAMES.sub("", text)) else []
    return found
