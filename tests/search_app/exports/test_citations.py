"""Citations: the newspaper is the publisher, names stay as printed, nothing breaks the format."""

from __future__ import annotations

import json
import re

import pytest

from indexer.ingest.run import build
from indexer.model import Article, Entities, Entry, Published
from search_app.exports.citations import STYLES, bibtex, csl_item, key, ris, text

DAY = Published("2022-01-20", "day", "meta")


def entry(title="Tuyển quân", when=DAY, **known):
    values = {"url": "https://bao.example/1", "source": "Báo Kon Tum", "author": "Y Thanh"} | known
    return Entry(Article("a/1", "a.html", title, "Văn bản.", **values), Entities(published=when))


def test_plain_vietnamese():
    assert text(entry()) == "Y Thanh. “Tuyển quân”. Báo Kon Tum, 20/01/2022. https://bao.example/1"
    assert text(entry(author=None, url=None, when=Published())) == "“Tuyển quân”. Báo Kon Tum"


def test_an_inferred_date_says_so():
    inferred = Published("2022", "year", "years")
    assert "Báo Kon Tum, 2022 (suy ra)." in text(entry(when=inferred))
    assert all("suy ra" in style.write(entry(when=inferred)) for style in STYLES.values())
    assert "note = {ngày đăng suy ra từ các năm nhắc đến trong bài [years]}" in bibtex(entry(when=inferred))
    assert "N1  - ngày đăng suy ra từ các năm nhắc đến trong bài [years]\r\n" in ris(entry(when=inferred))
    assert csl_item(entry(when=inferred))["issued"] == {"date-parts": [[2022]], "circa": True}


@pytest.mark.parametrize(
    ("when", "issued"),
    [
        (DAY, [2022, 1, 20]),
        (Published("2022-12", "month", "url"), [2022, 12]),
        (Published("2022", "year", "meta"), [2022]),
    ],
)
def test_a_date_is_given_as_exactly_as_it_is_known(when, issued):
    assert csl_item(entry(when=when))["issued"] == {"date-parts": [issued]}
    assert ris(entry(when=when)).count("/") - ris(entry(when=Published())).count("/") == 3


def test_a_pen_name_is_never_cut_into_family_and_given_name():
    assert csl_item(entry())["author"] == [{"literal": "Y Thanh"}]
    assert "author = {{Y Thanh}}" in bibtex(entry()) and "AU  - Y Thanh\r\n" in ris(entry())


def test_the_newspaper_is_the_publisher():
    assert csl_item(entry())["publisher"] == csl_item(entry())["container-title"] == "Báo Kon Tum"
    assert "publisher = {Báo Kon Tum}" in bibtex(entry()) and "PB  - Báo Kon Tum\r\n" in ris(entry())


TITLES = ["100% {mở} \\input{x} #1 & $_^~", "Hai\r\nER  - \r\ndòng", "}}\n@article{x,", "\x00\x1b"]


@pytest.mark.parametrize("title", TITLES)
def test_no_title_breaks_out_of_its_field(title):
    written = bibtex(entry(title))
    bare = re.sub(r"\\[{}]", "", written)
    assert bare.count("{") == bare.count("}") and len(re.findall(r"^@article", written, re.M)) == 1
    record = ris(entry(title))
    assert len(re.findall(r"^ER  -", record, re.M)) == 1 and len(re.findall(r"^TI  -", record, re.M)) == 1
    assert json.loads(STYLES["csl"].write(entry(title)))[0]["type"] == "article-newspaper"


def test_keys_tell_articles_apart():
    assert re.fullmatch(r"baokontum2022-[0-9a-f]{6}", key(entry()))


@pytest.mark.parametrize("style", STYLES)
def test_each_style_can_be_fetched_from_the_article_page(client, style):
    page = client.get("/article/kontum/tuyen-quan").get_data(as_text=True)
    address = f"/article-cite?id=kontum/tuyen-quan&amp;format={style}"
    assert address in page
    response = client.get(address.replace("&amp;", "&"))
    assert response.mimetype == STYLES[style].media
    assert "Báo Kon Tum" in response.get_data(as_text=True)


@pytest.mark.parametrize("query", ["id=none&format=ris", "id=kontum/tuyen-quan&format=word", ""])
def test_what_is_not_there_is_not_found(client, query):
    assert client.get(f"/article-cite?{query}").status_code == 404


def test_the_page_tells_reference_managers_what_it_is(client):
    page = client.get("/article/kontum/tuyen-quan").get_data(as_text=True)
    known = dict(re.findall(r'<meta name="([\w.]+)" content="([^"]*)">', page))
    assert known["citation_publication_date"] == "2022/01/20" and known["DC.type"] == "newspaperArticle"
    assert known["citation_publisher"] == known["DC.publisher"] == "Báo Kon Tum"
    assert "javascript:" not in client.get("/article/hue/giao-quan").get_data(as_text=True)


PAGE = "<html><head><title>Gia Lai giao quân</title></head><article><h1>Gia Lai giao quân</h1><p>{}</p></article>"


@pytest.mark.parametrize(("online", "at", "said"), [
    ("altered", "2026-11-21T08:00:00+00:00", "Bản gốc đã sửa (thấy ngày 21/11/2026)."),
    ("gone", "2026-11-21T20:00:00+00:00", "Bản gốc đã gỡ (thấy ngày 22/11/2026)."),  # the day in Viet Nam
    ("gone", "", "Bản gốc đã gỡ."), ("gone", "hôm qua", "Bản gốc đã gỡ."), ("", "", None),
])
def test_the_page_and_the_files_say_what_became_of_the_source_and_since_when(make_app, tmp_path, online, at, said):
    (tmp_path / "corpus" / "site").mkdir(parents=True)
    (tmp_path / "corpus" / ".raw").mkdir()
    record = {"id": "1", "url": "https://bao.example/1", "page": "../.raw/1.html", "online": online,
              "online_at": at}
    (tmp_path / "corpus" / "site" / "1.page.json").write_text(json.dumps(record), encoding="utf-8")
    page = PAGE.format("Tỉnh Gia Lai giao quân năm nay. " * 20)
    (tmp_path / "corpus" / ".raw" / "1.html").write_text(page, encoding="utf-8")
    build(tmp_path / "index", [str(tmp_path / "corpus")], workers=1)
    client = make_app(tmp_path / "index").test_client()
    page = client.get("/article/1").get_data(as_text=True)
    assert re.findall(r"Bản gốc đã[^<]+", page) == ([said] if said else [])
    [row] = client.get("/search.json").json["articles"]
    assert (row["online"], row["online_at"]) == (online or None, at if "T" in at else None)
    assert client.get("/search.csv").get_data(as_text=True).count(at if "T" in at else "online_at") == 1
