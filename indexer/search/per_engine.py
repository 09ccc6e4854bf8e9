"""Values made once for each opened engine: an engine answers for one generation, so they stay true while it is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from indexer.model import budget

E = TypeVar("E")
P = ParamSpec("P")
T = TypeVar("T")


class per_engine(Generic[E, P, T]):
    """Decorates `make(engine, *of, **how)`: the value is made on the first call and goes when the engine does.

    Only the latest value is kept: other positional arguments `of` make a new one. Keyword arguments say how to make it
    and do not count. Two threads that miss at once both make the value, and either serves; there is no lock, because a
    thread in the background may pause for the very request that would wait for it. No request's budget pays for it.
    """

    def __init__(self, make: Callable[Concatenate[E, P], T]) -> None:
        self._make = make
        self._made: WeakKeyDictionary[E, tuple[tuple[Any, ...], T]] = WeakKeyDictionary()
        update_wrapper(self, make)

    def __call__(self, engine: E, *of: P.args, **how: P.kwargs) -> T:
        """The value for this engine and these arguments, made if it is not there."""
        engine = whole(engine)
        made = self._made.get(engine)
        if made is None or made[0] != of:
            with budget.aside():
                made = self._made[engine] = of, self._make(engine, *of, **how)
        return made[1]

    def __contains__(self, engine: E) -> bool:
        """Whether a value of `engine` is there."""
        return whole(engine) in self._made

    def forget(self, engine: E) -> None:
        """Make the value of `engine` anew when it is next asked for."""
        self._made.pop(whole(engine), None)


def whole(engine: E) -> E:
    """The engine itself, also of one that shows excerpts: what is made of it is made once."""
    found: E = getattr(engine, "whole_engine", engine)
    return found
