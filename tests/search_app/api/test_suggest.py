"""/api/suggest: a fixed shape, bounded input, and no page is needed to use it."""

from __future__ import annotations

import pytest

from indexer.ingest.run import build
from indexer.operations.withdraw import withdraw
from indexer.search.suggest import MAX_TYPED, suggest
from indexer.storage.index_folder import open_engine
from search_app.api.suggest import ReadyEngine


def ask(client, typed: str):
    return client.get("/api/suggest", query_string={"q": typed})


def test_the_shape_is_fixed(client):
    answer = ask(client, "kon").get_json()
    assert list(answer) == ["q", "suggestions"] and answer["q"] == "kon"
    assert answer["suggestions"][0] == {
        "kind": "province", "text": "Kon Tum", "detail": "tên lúc đăng bài", "count": 2,
        "key": "", "href": "/search?province=Kon+Tum",
    }


@pytest.mark.parametrize("typed", ["kon", "gia", "lam", "son", "tuyển", "dân", "bộ ch"])
def test_every_suggestion_leads_to_articles_as_many_as_it_says(client, typed):
    offered = ask(client, typed).get_json()["suggestions"]
    assert offered
    for each in offered:
        found = client.get(each["href"].replace("/search?", "/api/search?")).get_json()["total"]
        assert found and (each["kind"] in ("unit", "phrase") or found == each["count"]), each


def test_at_most_eight_are_given_and_what_was_typed_comes_back_as_it_was(client):
    answer = ask(client, "  T").get_json()
    assert answer["q"] == "  T" and 0 < len(answer["suggestions"]) <= 8


@pytest.mark.parametrize("typed", ["", "   ", "\0", "<script>", "%", "x" * 5000, "(" * 99])
def test_any_typing_is_answered_and_long_typing_cut(client, typed):
    response = ask(client, typed)
    assert response.status_code == 200 and len(response.get_json()["q"]) <= MAX_TYPED


def test_nothing_typed_gives_nothing(client):
    assert client.get("/api/suggest").get_json() == {"q": "", "suggestions": []}


def test_an_unknown_parameter_is_refused(client):
    response = client.get("/api/suggest?q=a&query=b")
    assert response.status_code == 400 and "query" in response.get_json()["error"]["parameters"]


def test_what_is_known_already_is_not_sent_again(client):
    tag = ask(client, "kon").headers["ETag"]
    assert client.get("/api/suggest?q=kon", headers={"If-None-Match": tag}).status_code == 304


def test_the_engine_before_answers_until_the_new_one_is_ready(index_dir):
    before, newest, ready = open_engine(index_dir), open_engine(index_dir), ReadyEngine()
    assert ready.engine(before) is before
    suggest(before, "k")
    assert ready.engine(newest) is before
    ready.making.join()
    assert ready.engine(newest) is newest


def test_the_tables_of_the_engine_before_name_nobody_that_only_a_withdrawn_article_named(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, official in (("a", "Trần Văn Mười"), ("b", "Trần Văn Mười"), ("c", "Trần Văn Chín")):
        (corpus / f"{name}.txt").write_text(
            f"Hội nghị {name}\n\nNgày 3/2/2024, Đại tá {official}, Chỉ huy trưởng Bộ CHQS tỉnh Gia Lai, dự {name}.",
            "utf-8")
    index = tmp_path / "index"
    build(index, [str(corpus)], workers=1)
    before = open_engine(index)
    assert [each.text for each in suggest(before, "tran van")] == ["Trần Văn Mười", "Trần Văn Chín"]
    withdraw(index, "a.txt", "lý do", copies=False)
    withdraw(index, "c.txt", "lý do", copies=False)
    newest = open_engine(index)
    ready = ReadyEngine()
    ready.engine(before)
    offered = suggest(newest, "tran van", before=ready.engine(newest))
    assert [(each.text, each.count) for each in offered] == [("Trần Văn Mười", 1)]
