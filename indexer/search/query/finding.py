"""What the words of a query name, before it is counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Words from `at` to `end` of a run that name values of a facet.

    each   whether every key is a thing of its own (people), not one name for all of them
    main   whether it is one of the filters that are applied together; others are offered alone
    inner  findings within these words, to choose instead
    """

    facet: str
    keys: tuple[str, ...]
    label: str
    at: int
    end: int
    each: bool = False
    main: bool = True
    inner: tuple[Finding, ...] = ()
