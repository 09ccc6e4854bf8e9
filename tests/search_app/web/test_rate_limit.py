"""Who asks too often is told to wait; others are not, and what they say of themselves is believed only from a proxy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model.errors import UsageError
from indexer.model.settings import load, parse_networks
from search_app.web.rate_limit import Buckets, client_of

PROXIES = parse_networks("127.0.0.1 ::1 10.0.0.0/8")


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_bucket_gives_what_it_holds_then_fills_evenly():
    clock = Clock()
    buckets = Buckets(60, clock)
    assert [buckets.take("a") for _ in range(60)] == [0] * 60
    assert buckets.take("a") == pytest.approx(1)
    assert buckets.take("b") == 0
    clock.now = 1.01
    assert buckets.take("a") == 0 and buckets.take("a") > 0


def test_being_told_to_wait_costs_nothing():
    clock = Clock()
    buckets = Buckets(60, clock)
    for _ in range(500):
        buckets.take("a")
    clock.now = buckets.take("a")
    assert buckets.take("a") == 0


def test_what_costs_more_than_a_bucket_holds_can_still_be_had():
    assert Buckets(5, Clock()).take("a", 10) == 0


@given(st.lists(st.tuples(st.integers(0, 40), st.floats(0, 30), st.integers(1, 10)), max_size=200))
def test_nobody_gets_more_than_a_bucket_and_what_fills_it(asked):
    clock = Clock()
    buckets, given_out = Buckets(30, clock, most=1_000), {}
    for client, pause, tokens in asked:
        clock.now += pause
        if not buckets.take(str(client), tokens):
            given_out[client] = given_out.get(client, 0) + tokens
    assert all(tokens <= 30 + clock.now / 2 + 1e-6 for tokens in given_out.values())


def test_memory_does_not_grow_with_the_clients():
    buckets = Buckets(60, Clock(), most=100)
    for n in range(10_000):
        buckets.take(str(n))
    assert len(buckets.left) == 100


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),  # not a proxy of ours: its word counts for nothing
        ("127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["6.6.6.6, 198.51.100.1"], "198.51.100.1"),  # what the reader wrote himself stands before
        ("127.0.0.1", ["6.6.6.6, 198.51.100.1, 10.1.2.3"], "198.51.100.1"),
        ("127.0.0.1", ["198.51.100.1", "10.1.2.3"], "198.51.100.1"),
        ("127.0.0.1", ["198.51.100.1, 127.0.0.1"], "127.0.0.1"),  # a proxy that hands on what the reader wrote
        ("127.0.0.1", ["198.51.100.1, ::1"], "::/64"),
        ("127.0.0.1", ["nonsense"], "127.0.0.1"),
        ("127.0.0.1", [""], "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", [], "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", [], "203.0.113.9"),
        ("", [], ""),
    ],
)
def test_a_client_is_who_asks_as_far_as_that_can_be_believed(peer, forwarded, client):
    assert client_of(peer, forwarded, PROXIES) == client


@pytest.fixture
def hasty(make_app):
    """A client of a site that others reach, after it has asked as often as it may."""
    client = make_app(host="0.0.0.0", rate="3").test_client()
    assert [client.get("/help").status_code for _ in range(4)] == [200, 200, 200, 429]
    return client


@pytest.mark.parametrize(
    ("path", "says"), [("/search?q=a", "Quá nhiều yêu cầu"), ("/en/help", "Too many requests")]
)
def test_a_reader_is_told_to_wait_in_his_language(hasty, path, says):
    response = hasty.get(path)
    assert response.status_code == 429 and says in response.get_data(as_text=True)
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert response.headers["Cache-Control"] == "no-store" and "Content-Security-Policy" in response.headers


def test_a_program_is_told_in_json(hasty):
    response = hasty.get("/api/search?q=a")
    assert response.status_code == 429 and response.json["error"]["status"] == 429


@pytest.mark.parametrize("path", ["/healthz", "/static/style.css"])
def test_monitors_and_static_files_never_wait(hasty, path):
    assert hasty.get(path).status_code == 200


def test_behind_a_proxy_each_reader_has_a_bucket_of_his_own(make_app):
    client = make_app(rate="2").test_client()  # on loopback, as behind nginx
    ask = lambda who: client.get("/help", headers={"X-Forwarded-For": who}).status_code  # noqa: E731
    assert [ask("198.51.100.1") for _ in range(3)] == [200, 200, 429]
    assert ask("198.51.100.2") == 200
    assert ask("6.6.6.6, 198.51.100.1") == 429


def test_a_file_costs_more_than_a_page(make_app):
    client = make_app(host="0.0.0.0", rate="10").test_client()
    assert client.get("/search.csv?q=a").status_code == 200
    assert client.get("/help").status_code == 429


@pytest.mark.parametrize("settings", [{}, {"rate": "0", "host": "0.0.0.0"}])
def test_who_sits_at_this_machine_or_whose_owner_sets_no_limit_never_waits(make_app, settings):
    client = make_app(**{"rate": "2", **settings}).test_client()
    assert {client.get("/help").status_code for _ in range(10)} == {200}


def test_a_proxy_that_is_no_address_is_refused():
    with pytest.raises(UsageError, match="trusted_proxies"):
        load(environment={}, given={"trusted_proxies": "nginx"})
