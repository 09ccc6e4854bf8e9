"""A feed that has fallen silent is told by `status` and by `doctor`, and nothing else is made of it."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indexer.fetch import PageState, State
from indexer.fetch.feeds import Feed
from indexer.fetch.silence import Silence, silence_of
from indexer.model.settings import Settings, load
from indexer.operations.doctor import feeds_make_sense
from indexer.operations.overview import silence_among

URL = "https://bao.example/quoc-phong.rss"
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)


def settings(folder: Path, days_ago: list[int]) -> Settings:
    """Settings whose feed gave one article on each of these days before today."""
    (folder / "feeds.toml").write_text(f'[[feed]]\nurl = "{URL}"\nname = "Báo Thử"\n', encoding="utf-8")
    with closing(State(folder / "fetched")) as state:
        for days in days_ago:
            at = (datetime.now(UTC) - days * DAY).isoformat(timespec="seconds")
            address = f"https://bao.example/{days}.html"
            state.save(PageState(address, address, "kept", feed=URL, fetched_at=at))
    return load(environment={}, given={"feeds": str(folder / "feeds.toml"), "fetched": str(folder / "fetched")})


def test_status_and_doctor_tell_of_a_silent_feed(tmp_path: Path) -> None:
    silent = settings(tmp_path, [150, *range(60, 130, 3)])
    (silence,) = silence_among(silent)
    assert (silence.url, silence.name, silence.weekly) == (URL, "Báo Thử", 2)
    (check,) = (check for check in feeds_make_sense(silent) if check.name == "feeds speak")
    assert not check.passed and "gave 2 a week, none since" in check.detail and check.remedy


def test_a_feed_that_speaks_is_sound(tmp_path: Path) -> None:
    speaking = settings(tmp_path, [150, *range(1, 130, 3)])
    assert silence_among(speaking) == ()
    assert all(check.passed for check in feeds_make_sense(speaking))


@pytest.mark.parametrize("harm", ["no feeds file", "bad feeds file", "no state", "state is no database"])
def test_status_never_fails_for_what_is_not_there(tmp_path: Path, harm: str) -> None:
    given = settings(tmp_path, [])
    if harm == "no feeds file":
        (tmp_path / "feeds.toml").unlink()
    elif harm == "bad feeds file":
        (tmp_path / "feeds.toml").write_text("[[feed]]\nname = 1")
    elif harm == "no state":
        (tmp_path / "fetched" / "state.sqlite").unlink()
    else:
        (tmp_path / "fetched" / "state.sqlite").write_bytes(b"x" * 4096)
    assert silence_among(given) == ()


WEEKLY = [NOW - weeks * 7 * DAY for weeks in range(12, 2, -1)]


@pytest.mark.parametrize(
    ("seen", "silent"),
    [
        (WEEKLY, False),  # one a week: three weeks are not four times its pause
        ([*WEEKLY[:-4]], True),
        (WEEKLY[:1] * 200, False),  # only the first reading
        ([*WEEKLY[:1] * 200, WEEKLY[3]], False),  # and one article since: no habit
        ([at + hour * timedelta(hours=5) for at in WEEKLY for hour in range(12)], True),
        ([], False),
    ],
)
def test_silence_is_told_by_what_a_feed_used_to_give(seen: list[datetime], silent: bool) -> None:
    found = silence_of(Feed(URL, "Báo Thử"), sorted(at.isoformat() for at in seen), NOW)
    assert isinstance(found, Silence) is silent
    assert json.dumps(str(found))
