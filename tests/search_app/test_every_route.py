"""Rules that hold for every route, found in the application's own map: one that is added cannot be forgotten here."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import before_render_template, template_rendered

from search_app.web.page_cache import PageCache
from tests.archives import index_of
from tests.search_app.conftest import article

Q = f"q={quote('tuyển quân')}"
PERSON = quote("trịnh ngọc sơn@Kon Tum")
# Every rule of the map -> addresses that answer 200 over the index of these tests.
ADDRESSES = {
    "/": ["/"],
    "/about": ["/about"],
    "/api/search": [f"/api/search?{Q}"],
    "/api/statistics/collocates": [f"/api/statistics/collocates?{Q}&min=1"],
    "/api/statistics/frequency": ["/api/statistics/frequency?units=syllable"],
    "/api/statistics/keyness": [f"/api/statistics/keyness?{Q}&min=1"],
    "/api/statistics/together": ["/api/statistics/together?min=1"],
    "/api/suggest": ["/api/suggest?q=kon"],
    "/article": ["/article?id=kontum/tuyen-quan"],
    "/article-copy": ["/article-copy?id=kontum/tuyen-quan"],
    "/article-cite": [f"/article-cite?id=kontum/tuyen-quan&format={each}" for each in ("text", "bibtex", "ris", "csl")],
    "/article/<path:article_id>": ["/article/kontum/tuyen-quan"],
    "/compare.<any(svg,png):ending>": [f"/compare.svg?{Q}&q=quan", f"/compare.png?{Q}&q=quan"],
    "/compare": ["/compare", f"/compare?{Q}&q=quan"],
    "/compare.csv": [f"/compare.csv?{Q}&q=quan"],
    "/facet/<name>": [f"/facet/province?{Q}", "/facet/official"],
    "/healthz": ["/healthz"],
    "/help": ["/help"],
    "/kwic": ["/kwic", f"/kwic?{Q}", f"/kwic?{Q}&near={quote('tác')}&window=10"],
    "/kwic.csv": [f"/kwic.csv?{Q}"],
    "/map.<any(svg,png):ending>": [f"/map.svg?{Q}", f"/map.png?{Q}"],
    "/map": [f"/map?{Q}", "/map?map=now"],
    "/map.csv": [f"/map.csv?{Q}"],
    "/mentions.csv": [f"/mentions.csv?{Q}", f"/mentions.csv?person={PERSON}"],
    "/officials": ["/officials", "/officials?q=son", "/officials?post=CHT&province=Kon+Tum&year=2022",
                   "/officials?chu=S"],
    "/officials.csv": ["/officials.csv", "/officials.csv?post=CHT"],
    "/officials/<path:key>": [f"/officials/{PERSON}"],
    "/opensearch.xml": ["/opensearch.xml"],
    "/provinces": ["/provinces"],
    "/provinces/<name>": ["/provinces/kon-tum"],
    "/report": ["/report", "/report?article=kontum/tuyen-quan&facet=province&value=Kon+Tum", "/report?page=/map"],
    "/robots.txt": ["/robots.txt"],
    "/search": [f"/search?{Q}", "/search?province=Kon+Tum", "/search?q=khongco"],
    "/search.<ending>": [f"/search.{each}?{Q}" for each in ("csv", "json", "jsonl", "ris", "bib")],
    "/search.atom": [f"/search.atom?{Q}"],
    "/silence.<any(svg,png):ending>": [f"/silence.svg?{Q}", f"/silence.png?{Q}"],
    "/silence": [f"/silence?{Q}"],
    "/silence.csv": [f"/silence.csv?{Q}"],
    "/statistics": ["/statistics", f"/statistics?{Q}"],
    "/statistics/<any(collocates,keyness,frequency,together):view>": [
        f"/statistics/collocates?{Q}&min=1", "/statistics/collocates", f"/statistics/keyness?{Q}&min=1",
        "/statistics/keyness?year=2022&against=quan&use=under", "/statistics/frequency?n=2",
        "/statistics/together?min=1", f"/statistics/together?{Q}&min=1&with=province"],
    "/statistics/<any(collocates,keyness,frequency,together):view>.csv": [
        f"/statistics/{each}.csv?{Q}" for each in ("collocates", "keyness", "frequency", "together")],
    "/static/<path:filename>": ["/static/style.css", "/static/suggest.js"],
    "/timeline.<any(svg,png):ending>": [f"/timeline.svg?{Q}", f"/timeline.png?{Q}"],
    "/timeline": [f"/timeline?{Q}", "/timeline?year=2022"],
    "/timeline.csv": [f"/timeline.csv?{Q}"],
}
EVERY = pytest.mark.parametrize("path", [f"{prefix}{path}" for paths in ADDRESSES.values() for path in paths
                                         for prefix in ("", "/en")])
FOR_CRAWLERS = {"/", "/about", "/help", "/article", "/article/<path:article_id>", "/provinces", "/provinces/<name>"}
# A monitor wants to know how it is now; each form has a token of its own.
NOT_FOR_CACHES = {"/healthz", "/report"}


def test_every_route_is_tried_here(app):
    assert {str(rule) for rule in app.url_map.iter_rules()} == ADDRESSES.keys()


class Tags(HTMLParser):
    """The tags of a page as (name, attributes), and the text inside of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.cdata_elem:  # inside of <script> or <style>
            self.inline += data

    def named(self, *names):
        return [attributes for tag, attributes in self.tags if tag in names]


def answer(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response


def tags(response):
    """What an HTML answer is made of; the test is over for others."""
    if response.mimetype != "text/html":
        return Tags("")
    found = Tags(response.get_data(as_text=True))
    assert found.named("main")
    return found


@EVERY
def test_every_answer_carries_the_policy(client, path):
    policy = answer(client, path).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'") and "unsafe" not in policy


@EVERY
def test_nothing_is_inline_and_no_script_holds_up_the_page(client, path):
    found = tags(answer(client, path))
    written = {name for _, attributes in found.tags for name in attributes}
    assert not found.inline.strip() and "style" not in written
    assert [name for name in written if name.startswith("on")] == []
    addresses = [str(attributes.get(name)) for _, attributes in found.tags for name in ("href", "src")]
    assert [each for each in addresses if each.lower().startswith(("javascript:", "data:"))] == []
    for script in found.named("script"):
        assert re.match(r"(/en)?/static/", script["src"]) and ("defer" in script or script.get("type") == "module")


def test_all_scripts_of_the_site_together_are_small(app, client):
    scripts = sorted(each.name for each in Path(app.static_folder).rglob("*.js"))
    assert scripts and sum(len(answer(client, f"/static/{name}").data) for name in scripts) <= 15_000


@EVERY
def test_what_is_unchanged_is_not_sent_twice(client, path):
    if path.removeprefix("/en").partition("?")[0] in NOT_FOR_CACHES:
        assert client.get(path).headers["Cache-Control"] == "no-store"
        return
    tag = answer(client, path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304 and not again.data


@pytest.mark.parametrize("path", [path for rule, paths in ADDRESSES.items() for path in paths
                                  if rule not in {*NOT_FOR_CACHES, "/static/<path:filename>"}])
def test_a_page_in_another_language_is_another_page_to_caches(client, path):
    assert client.get(path).headers["ETag"] != client.get(f"/en{path}").headers["ETag"]


@pytest.mark.parametrize(("rule", "path"), [(rule, f"{prefix}{path}") for rule, paths in ADDRESSES.items()
                                            for path in paths for prefix in ("", "/en")])
def test_crawlers_keep_what_is_an_article_or_about_the_site_and_nothing_else(client, rule, path):
    response, robots = answer(client, path), client.get("/robots.txt").text
    said = [tag["content"] for tag in tags(response).named("meta") if tag.get("name") == "robots"]
    closed = any(path.startswith(line.removeprefix("Disallow: ")) for line in robots.splitlines()[1:])
    kept_out = "noindex" in " ".join([*said, response.headers.get("X-Robots-Tag", "")])
    if rule in FOR_CRAWLERS:
        assert not kept_out and not closed
    elif rule not in {"/healthz", "/robots.txt", "/static/<path:filename>"}:
        assert kept_out


@EVERY
def test_every_page_says_where_to_report_what_is_wrong(client, path):
    response = answer(client, path)
    if response.mimetype == "text/html":
        links = [tag.get("href") for tag in tags(response).named("a")]
        assert "mailto:toasoan@example.vn" in links
        words = "Report an error" if path.startswith("/en") else "Báo sai / yêu cầu đính chính"
        form = re.compile(r"(/en)?/report(\?|$)")
        assert any(form.match(link or "") for link in links)
        beside = "/article" in path or "/officials/" in path
        assert response.text.count(words) >= (2 if beside else 1)  # in the footer, and beside what is said


@EVERY
def test_a_template_asks_no_engine(app, client, path):
    """The archive is taken away while a template is rendered: what the page needs was computed before."""
    archive, pages, rendered = app.extensions["archive"], app.extensions["pages"], []

    def take_away(sender, template, context, **more):
        rendered.append(template.name)
        app.extensions["archive"] = None

    def give_back(sender, **more):
        app.extensions["archive"] = archive

    app.extensions["pages"] = PageCache(0)  # every page is made anew
    try:
        with before_render_template.connected_to(take_away, app), template_rendered.connected_to(give_back, app):
            answer(client, path)
    finally:
        app.extensions |= {"archive": archive, "pages": pages}
    assert rendered or answer(client, path).mimetype != "text/html"


# --- whole texts ---------------------------------------------------------------------------------------

SENTENCES = [f"Ở nội dung thứ {n}, đơn vị kể việc tuyển quân tại thôn số {n} của huyện Sa Thầy trong mùa khô vừa qua."
             for n in range(1, 41)]
LONG = article(
    "dai", "Kon Tum sơ kết công tác tuyển quân",
    "Sáng 20/1, Bộ Chỉ huy Quân sự tỉnh Kon Tum sơ kết công tác tuyển quân năm 2022.\n"
    "Đại tá Trịnh Ngọc Sơn, Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh Kon Tum chủ trì, " + "; ".join(SENTENCES) + "\n"
    + "\n".join(SENTENCES),
    "2022-01-20", "https://baokontum.example/dai", "Báo Kon Tum",
)
OFTEN = f"q={quote('thôn')}"  # stands in every sentence
ABOUT_LONG = {path.replace("kontum/tuyen-quan", "dai") for paths in ADDRESSES.values() for path in paths} | {
    f"{path}?{OFTEN}" for path in ("/search", "/api/search", "/kwic", "/kwic.csv", "/search.csv", "/search.json",
                                   "/search.jsonl", "/search.atom", "/mentions.csv")
} | {f"{path}?q={quote('nội OR thôn OR mùa OR đơn OR kể')}" for path in ("/kwic", "/kwic.csv", "/api/search")}
OUTSIDE = {
    "another address": {"base": {"REMOTE_ADDR": "203.0.113.9"}},
    "another name": {"headers": {"Host": "tin.example.vn"}},
    "a proxy": {"headers": {"X-Forwarded-For": "203.0.113.9"}},
}


@pytest.fixture(scope="module")
def long_index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("long")
    return index_of(folder, [LONG])


def told(client, path, base=None, headers=None):
    """How many of the article's sentences an answer holds the core of."""
    text = client.get(path, environ_base=base or {}, headers=headers or {}).get_data().decode(errors="replace")
    return len(set(re.findall(r"thôn\W*(?:</?\w+[^>]*>)*\s*số (\d+)", text)))


@pytest.fixture(scope="module")
def sites(make_app, long_index):
    """One that gives whole texts to who sits at its machine, and one that gives them to all; neither limits rates."""
    return {allowed: make_app(long_index, rate="0", public_fulltext=allowed) for allowed in ("no", "yes")}


@pytest.mark.parametrize("path", sorted(ABOUT_LONG))
@pytest.mark.parametrize("reader", OUTSIDE)
def test_who_is_elsewhere_gets_a_snippet_and_never_a_whole_text(sites, reader, path):
    assert told(sites["no"].test_client(), path, **OUTSIDE[reader]) <= len(SENTENCES) // 4


@pytest.mark.parametrize("path", ["/article/dai", "/en/article?id=dai", *(
    f"{path}?{OFTEN}" for path in ("/search.json", "/search.jsonl", "/kwic", "/kwic.csv"))])
def test_who_sits_here_or_is_allowed_gets_all_of_it(sites, path):
    allowed = sites["yes"].test_client()
    assert told(sites["no"].test_client(), path) == len(SENTENCES)
    assert all(told(allowed, path, **reader) == len(SENTENCES) for reader in OUTSIDE.values())
