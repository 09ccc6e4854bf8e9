"""The cache of arrays: never more bytes than allowed, what was used last stays, and one large array is not lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.cache import Cache


def held(cache: Cache, key: str) -> bool:
    """Whether the value of `key` need not be made; where it must be, it is far too small to push another out."""
    made = []
    cache.get(key, lambda: made.append(key) or b"", len)
    return not made


def test_the_least_recently_used_value_goes_first() -> None:
    cache = Cache(20)
    for key in ("a", "b", "a", "c"):
        cache.get(key, lambda: b"0123456789", len)
    assert [held(cache, key) for key in "abc"] == [True, False, True]


def test_a_value_larger_than_the_cache_is_held_until_another_comes() -> None:
    cache = Cache(20)
    cache.get("small", lambda: b"0123456789", len)
    cache.get("large", lambda: bytes(100), len)
    assert cache.get("large", bytes, len) == bytes(100)
    cache.get("small", lambda: b"0123456789", len)
    assert cache.get("large", bytes, len) == b""


def test_what_is_cleared_is_made_anew() -> None:
    cache = Cache(20)
    cache.get("a", lambda: b"old", len)
    cache.clear()
    assert cache.get("a", lambda: b"new", len) == b"new"


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 30)), max_size=40))
def test_a_value_is_never_that_of_another_key(asked: list[tuple[str, int]]) -> None:
    cache = Cache(50)
    for key, size in asked:
        assert cache.get(key, lambda key=key, size=size: key * size, len).strip(key) == ""
