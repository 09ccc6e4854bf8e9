"""Pages and /healthz say when a run of the indexer last succeeded, and warn when that is long ago."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from indexer.storage import run_status
from indexer.storage.run_status import Attempt, Status, Success

BANNER = "Kho bài chưa được cập nhật"


@pytest.fixture
def aged(index_dir, make_app, tmp_path):
    """A site over a copy of the test index whose last success lies `hours` back, with `failures` since."""

    def make(hours, failures=0):
        copy = tmp_path / "index"
        shutil.copytree(index_dir, copy, dirs_exist_ok=True)
        at = (datetime.now(UTC) - timedelta(hours=hours)).isoformat(timespec="seconds")
        run_status.write(copy, Status(Attempt(at, at, 13, "…"), Success(at, 1, 32, 0, 0, 0, 0, 0, 0.1), failures))
        return make_app(copy, stale_hours="48").test_client()

    return make


def test_a_fresh_index_has_no_banner_and_a_stale_one_has(aged):
    assert BANNER not in aged(47).get("/search?q=quân").text
    assert BANNER in aged(49).get("/search?q=quân").text


def test_the_footer_counts_the_failures_since(aged):
    assert "3 lần cập nhật sau đó không thành công" in aged(1, failures=3).get("/").text
    assert "không thành công" not in aged(1).get("/").text


def test_health_tells_age_failures_and_staleness(aged):
    told = aged(50, failures=2).get("/healthz").json
    assert (told["ok"], told["failures"], told["stale"]) == (True, 2, True)
    assert 50 * 3600 <= told["age_seconds"] < 50 * 3600 + 600


def test_a_page_a_reader_holds_is_renewed_when_it_should_warn(aged):
    client = aged(1)
    tag = client.get("/search?q=quân").headers["ETag"]
    assert client.get("/search?q=quân", headers={"If-None-Match": tag}).status_code == 304
    assert aged(49).get("/search?q=quân", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("written", ["", "{", "[]", '{"attempt": 1}', json.dumps(
    {"attempt": None, "success": {"at": "yesterday"}, "failures": 0})])
def test_a_status_that_cannot_be_read_does_not_stop_the_site(aged, tmp_path, written):
    client = aged(1)
    (tmp_path / "index" / run_status.FILE).write_text(written)
    assert client.get("/").status_code == 200
    assert client.get("/healthz").json["age_seconds"] >= 0


def test_the_indexer_itself_leaves_a_status_the_site_understands(index_dir, client):
    assert client.get("/healthz").json["last_success"] == run_status.read(index_dir).success.at
