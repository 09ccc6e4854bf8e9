"""Permanent links: what they say when the index has gone on, and that they claim nothing they cannot know."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from indexer.ingest.run import build

GONE_UNKNOWN = "Không rõ có bài nào không còn trong kết quả"


def record(id, text="Tỉnh Gia Lai tuyển quân.", title="Tuyển quân"):
    return {"id": id, "title": f"{title} {id}", "text": f"{text} Bài {id}.", "date": "2022-01-01"}


FIRST = [record(str(n)) for n in range(10)] + [record("khác", "Tỉnh Gia Lai diễn tập.", "Diễn tập")]


class Site:
    """A corpus that changes, its index and the site over it."""

    def __init__(self, folder, make_app):
        self.folder, self.make_app = folder, make_app
        (folder / "corpus").mkdir()
        self.index(FIRST)

    def index(self, rows, **how):
        (self.folder / "corpus" / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
        build(self.folder / "index", [str(self.folder / "corpus")], workers=1, **how)

    def ask(self, address):
        client = self.make_app(self.folder / "index").test_client()
        return client.get(address.replace("/search?", "/api/search?")).json

    def read(self, address):
        return self.make_app(self.folder / "index").test_client().get(address).get_data(as_text=True)

    def permalink(self, query="q=tuyển+quân"):
        return self.ask(f"/search?{query}")["permalink"]


@pytest.fixture
def site(tmp_path, make_app):
    return Site(tmp_path, make_app)


def told(answer):
    return tuple(answer["since"][name] for name in ("changed", "gone", "gone_at_most"))


CHANGES = {
    "nothing": (FIRST, (0, 0, 0)),
    "one more": ([*FIRST, record("10")], (1, 0, 0)),
    "one more of another kind": ([*FIRST, record("k2", "Tỉnh Gia Lai diễn tập.", "Diễn tập")], (0, 0, 0)),
    "one changed": ([record("0", "Tỉnh Gia Lai tuyển quân đợt hai."), *FIRST[1:]], (1, None, 1)),
    "one removed": (FIRST[1:], (0, 1, 1)),
    "one that matches no more": ([record("0", "Tỉnh Gia Lai diễn tập.", "Diễn tập"), *FIRST[1:]], (0, 1, 1)),
    "one removed, one more": ([*FIRST[1:], record("10")], (1, None, 1)),
}


@pytest.mark.parametrize(("rows", "expected"), CHANGES.values(), ids=CHANGES.keys())
def test_a_link_tells_what_runs_have_changed(site, rows, expected):
    link = site.permalink()
    site.index(rows)
    assert told(site.ask(link)) == expected


@pytest.mark.parametrize("rebuilds", [1, 2])
@pytest.mark.parametrize(
    ("rows", "changed", "gone"),
    [
        (FIRST, 0, 0),
        ([*FIRST[2:], record("10")], 1, 2),
        ([record("0", "Tỉnh Gia Lai tuyển quân hai."), *FIRST[1:]], 1, 0),
    ],
)
def test_a_rebuild_changes_no_article_and_what_it_keeps_tells_what_has_gone(site, rows, changed, gone, rebuilds):
    link = site.permalink()
    site.index(rows, rebuild=True)
    for _ in range(rebuilds - 1):
        site.index(rows, rebuild=True)
    kept = rebuilds == 1 or rows == FIRST  # two rebuilds later the old generation is no longer there
    assert told(site.ask(link)) == (changed, gone if kept else None, told(site.ask(link))[2])


def test_a_link_without_a_count_claims_nothing_about_what_has_gone(site):
    link = site.permalink().rpartition(".")[0]
    site.index([*FIRST[1:], record("10")])
    assert told(site.ask(link)) == (1, None, None)
    assert GONE_UNKNOWN in site.read(link)


def test_a_kept_generation_that_went_on_after_the_link_is_no_witness(site):
    link = site.permalink().rpartition(".")[0]
    site.index([*FIRST[1:], record("10")])
    site.index([*FIRST[2:], record("10")], rebuild=True)
    assert told(site.ask(link)) == (1, None, None)


@pytest.mark.parametrize("gen", ["9000001", "9000001.5"])
def test_a_generation_that_never_was_is_not_compared_with(site, gen):
    answer = site.ask(f"/search?q=tuyển+quân&gen={gen}")
    assert told(answer) == (None, None, None)
    assert "Kho không còn bản chỉ mục" in site.read(f"/search?q=tuyển+quân&gen={gen}")


def test_a_count_that_cannot_have_been_is_not_reckoned_with(site):
    link = site.permalink().rpartition(".")[0]
    site.index([*FIRST, record("10")])
    assert told(site.ask(f"{link}.3")) == (1, None, None)


@pytest.mark.parametrize("alter", [
    lambda link: link.replace(".10-", ".500-"),
    lambda link: link.replace(".10-", ".9-"),
    lambda link: link.replace("=1000001.", "=1000000."),
    lambda link: link.partition("-")[0],
    lambda link: link.replace("q=tuy", "q=quy"),
    lambda link: link.replace("&gen", "&year=2022&gen"),
    lambda link: link[:-1] + ("0" if link[-1] != "0" else "1"),
])  # fmt: skip
def test_the_number_of_a_link_that_was_altered_is_not_believed(site, alter):
    link = site.permalink()
    site.index([*FIRST[1:], record("10")])
    answer = site.ask(alter(link))["since"]
    assert answer["doubted"] and answer["had"] is None and answer["gone_at_most"] is None
    page = site.read(alter(link))
    assert "không dùng để so sánh" in page and "Lúc tạo liên kết" not in page
    assert not site.ask(link)["since"]["doubted"]


@pytest.mark.parametrize("query", ["q=tuyển+quân", "q=tuyen quan&sort=newest&limit=5", "province=Gia Lai&year=2022",
                                   "q=tuyển+quân&page=2&limit=2"])
def test_a_link_is_believed_for_the_search_it_was_made_for(site, query):
    assert site.ask(site.permalink(query))["since"]["doubted"] is False


def test_the_page_says_it_in_both_languages_and_passes_the_moment_on_to_no_other_link(site):
    link = site.permalink()
    site.index([*FIRST[1:], record("10")])
    page = site.read(link)
    assert "Lúc tạo liên kết, kết quả có 10 bài. Từ đó 1 bài được thêm hoặc sửa." in page
    assert "nhiều nhất là 1 bài" in page
    assert "1 article has been added or changed since" in site.read(f"/en{link}")
    mark = link.partition("gen=")[2]
    assert page.count(f"gen={mark}") == site.read(f"/en{link}").count(f"gen={mark}") == 1  # the other language's link


def test_a_link_made_now_says_that_nothing_has_changed(site):
    page = site.read(site.permalink())
    assert "Từ đó kết quả không thay đổi." in page


def test_a_page_that_is_not_from_a_link_compares_nothing_but_offers_one(site):
    page = site.read("/search?q=tuyển+quân")
    assert "Từ đó" not in page and "&amp;gen=1000001.10" in page
    assert site.ask("/search?q=tuyển+quân")["since"] is None


def test_files_name_the_generation_and_lead_back_to_the_result(site):
    client = site.make_app(site.folder / "index").test_client()
    response = client.get("/search.csv?q=tuyển+quân")
    assert 'filename="quoc-phong-1000001.csv"' in response.headers["Content-Disposition"]
    assert re.search(r'gen=1000001\.10-[0-9a-f]{4}>; rel="bookmark"$', response.headers["Link"])
    answer = client.get("/search.json?q=tuyển+quân").json
    assert answer["permalink"].startswith("http://localhost/search?q=tuy%E1%BB%83n+qu%C3%A2n&gen=1000001.10-")
    assert {row["since"] for row in answer["articles"]} == {1000001}


def test_the_kept_generation_may_be_gone_or_unreadable(site):
    link = site.permalink()
    site.index([*FIRST[1:], record("10")], rebuild=True)
    shutil.rmtree(site.folder / "index" / "gen-000001")
    assert told(site.ask(link)) == (1, None, 1)


@pytest.mark.parametrize("value", ["x", "-1", "0", "1.2.3", "1.", "9" * 30, "１"])
def test_what_is_no_moment_is_named(client, value):
    assert "gen" in client.get("/api/search", query_string={"gen": value}).json["error"]["parameters"]
