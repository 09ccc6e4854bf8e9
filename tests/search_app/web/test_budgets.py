"""A request that costs too much gets a page that says what to narrow; the others are answered meanwhile."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from indexer.model import budget
from search_app.web import budgets
from search_app.web.budgets import Busy, Places
from tests.archives import index_of

SENTENCE = "Đơn vị của huyện và xã họp bàn việc của dân quân, của tự vệ và của lực lượng dự bị tại thôn số {}. "
ROWS = [{"id": str(n), "title": f"Bài {n}", "text": SENTENCE.format(n) * 20, "date": "2023-01-01"} for n in range(120)]
NEARS = "q=" + "+OR+".join(f'"của+{word}"~99' for word in ("và", "xã", "dân", "quân", "tự"))
HEAVY = [f"{path}?{NEARS}" for path in ("/search", "/api/search", "/kwic", "/kwic.csv", "/search.json", "/search.atom",
                                        "/mentions.csv", "/timeline", "/map.csv", "/silence", "/facet/official")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return index_of(tmp_path_factory.mktemp("budgets"), ROWS)


@pytest.fixture
def strict(make_app, folder, monkeypatch):
    """A site whose requests may hold next to nothing."""
    monkeypatch.setattr(budgets, "MEMORY", 100_000)
    return make_app(folder).test_client()


@pytest.mark.parametrize("path", HEAVY)
def test_a_request_over_its_budget_is_told_what_to_narrow(strict, path):
    response = strict.get(path)
    assert response.status_code == 503 and response.headers["Cache-Control"] == "no-store"
    said = response.json["error"]["message"] if response.is_json else response.get_data(as_text=True)
    assert "Hãy thu hẹp" in said and "OR" in said


def test_it_is_told_in_english_and_the_site_goes_on(strict):
    assert "Narrow it" in strict.get(f"/en/search?{NEARS}").get_data(as_text=True)
    assert [strict.get(path).status_code for path in ("/healthz", "/search?q=thôn", "/kwic?q=thôn")] == [200] * 3
    assert budget.current() is None


def test_no_budget_is_set_where_the_owner_wants_none(make_app, folder, monkeypatch):
    monkeypatch.setattr(budgets, "MEMORY", 0)
    assert make_app(folder, request_seconds="0").test_client().get(f"/search?{NEARS}").status_code == 200


def test_a_request_costs_what_it_is_estimated_to_take(make_app, folder, monkeypatch):
    monkeypatch.setattr("search_app.web.rate_limit.TOKENS_PER_SECOND", 100_000)
    client = make_app(folder, host="0.0.0.0", rate="60").test_client()
    assert client.get(f"/search?{NEARS}").status_code == 200  # a full bucket is always enough
    assert client.get("/help").status_code == 429
    light = make_app(folder, host="0.0.0.0", rate="60").test_client()
    assert {light.get("/help").status_code for _ in range(20)} == {200}


def test_a_request_that_cannot_be_paid_for_is_not_begun(make_app, folder, monkeypatch):
    monkeypatch.setattr("search_app.web.rate_limit.TOKENS_PER_SECOND", 100_000)
    client = make_app(folder, host="0.0.0.0", rate="60").test_client()
    assert client.get("/help").status_code == 200
    response = client.get(f"/search?{NEARS}")
    assert response.status_code == 429 and int(response.headers["Retry-After"]) > 0


@pytest.mark.parametrize(("threads", "at_work"), [(1, 1), (2, 1), (4, 2), (8, 4)])
def test_half_of_the_threads_answer_heavy_requests_and_one_is_always_left(threads, at_work):
    places = Places(threads, patience=0.01)
    for _ in range(at_work):
        places.take()
    with pytest.raises(Busy):
        places.take()
    places.give_back()
    places.take()


def test_a_heavy_request_waits_for_a_place_and_others_do_not_wait_behind_it():
    places, began = Places(4, patience=10), Event()
    places.take(), places.take()
    waiting = Thread(target=lambda: (began.set(), places.take()))
    waiting.start()
    began.wait()
    while places._waiting._value:
        pass
    with pytest.raises(Busy):  # the last thread is for light requests
        places.take()
    places.give_back()
    waiting.join(5)
    assert not waiting.is_alive()


def test_a_long_result_comes_in_parts_that_together_hold_every_article_once(make_app, folder, monkeypatch):
    monkeypatch.setattr("search_app.exports.parts.WRITING_SECONDS", 0.02)
    client = make_app(folder).test_client()
    ids, url, parts = [], "/search.json?sort=newest", 0
    while url:
        response = client.get(url)
        ids += [row["id"] for row in response.json["articles"]]
        parts += 1
        following = [line for line in response.headers.getlist("Link") if 'rel="next"' in line]
        url = following[0].partition(">")[0].removeprefix("<http://localhost") if following else None
    assert parts == response.json["parts"] > 1 and sorted(ids) == sorted(row["id"] for row in ROWS)
    assert "part=2" in client.get("/search?q=thôn").get_data(as_text=True)


@pytest.mark.parametrize("part", ["0", "-1", "x", "1.5", "99999999999"])
def test_a_part_that_is_none_is_refused(make_app, folder, part):
    assert make_app(folder).test_client().get(f"/search.csv?part={part}").status_code == 400


def test_a_page_has_no_parts_and_minds_none(make_app, folder):
    assert make_app(folder).test_client().get("/search?q=thôn&part=x").status_code == 200
