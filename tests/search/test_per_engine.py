"""Values made once for an opened engine: kept as long as it is open, and for nobody else."""

from __future__ import annotations

import gc
from collections.abc import Callable
from weakref import ref

from indexer.search.per_engine import per_engine


class Engine:
    """Anything that can be held weakly will do."""


def counting() -> tuple[list[tuple[object, ...]], per_engine]:
    """What was made, and the function that makes it."""
    made: list[tuple[object, ...]] = []

    @per_engine
    def value(engine: Engine, *of: object, pause: Callable[[], None] | None = None) -> int:
        made.append(of)
        return len(made)

    return made, value


def test_a_value_is_made_once_for_each_engine() -> None:
    _, value = counting()
    one, other = Engine(), Engine()
    assert [value(one), value(other), value(one)] == [1, 2, 1]
    assert one in value and Engine() not in value


def test_other_arguments_make_it_anew_and_only_the_latest_stays() -> None:
    made, value = counting()
    engine = Engine()
    for mark in ("a", "a", "b", "a"):
        value(engine, mark)
    assert made == [("a",), ("b",), ("a",)]


def test_keyword_arguments_say_how_and_do_not_count() -> None:
    _, value = counting()
    engine = Engine()
    assert value(engine, pause=list) == value(engine, pause=dict) == value(engine)


def test_what_is_forgotten_is_made_anew() -> None:
    _, value = counting()
    engine = Engine()
    assert value(engine) == 1
    value.forget(engine)
    assert value(engine) == 2


def test_a_value_goes_with_its_engine() -> None:
    @per_engine
    def value(engine: Engine) -> set[str]:
        return {"held"}

    engine = Engine()
    held = ref(value(engine))
    del engine
    gc.collect()
    assert held() is None
