"""Units as facet keys, how they are shown and written, and the table of bodies that have units (unit_names.csv).

A key is "body|unit word|place|province", of a province always with "tỉnh": what the province is called that day is no
part of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from indexer.entities.places import era, gazetteer, key, table

SEPARATOR = "|"
PROVINCE, CITY = "tỉnh", "thành phố"
DISTRICTS = frozenset({"huyện", "quận", "thị xã"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A body with the unit word, name and province of its place, "" where it has none."""

    body: str
    unit: str = ""
    place: str = ""
    province: str = ""

    def key(self) -> str:
        """The facet key: the parts between bars, without empty ones at the end."""
        return SEPARATOR.join((self.body, self.unit, self.place, self.province)).rstrip(SEPARATOR)


CAPITAL_COMMAND = Unit("Bộ Tư lệnh Thủ đô Hà Nội")


@dataclass(frozen=True, slots=True)
class Written:
    """A row of unit_names.csv: the canonical body, how it is named, and the level its name says, "" for none."""

    body: str
    form: str
    level: str


def of_place(body: str, unit: str, place: str, province: str = "") -> Unit:
    """The unit of a body in a place; the command of the capital goes by a name of its own."""
    return CAPITAL_COMMAND if (body, place) == ("Bộ Tư lệnh", "Hà Nội") else Unit(body, unit, place, province)


def unit_label(key: str) -> str:
    """"Công an|tỉnh|Gia Lai" -> "Công an tỉnh Gia Lai"; the province stands where the name alone does not tell."""
    return shown_with(key, key.partition(SEPARATOR)[0])


@lru_cache(maxsize=20_000)
def unit_names(key: str) -> tuple[str, ...]:
    """The other ways to write a unit: "Bộ Chỉ huy Quân sự tỉnh Gia Lai"."""
    body = key.partition(SEPARATOR)[0]
    return tuple(shown_with(key, name) for name, row in written().items() if row.body == body and name != body.lower())


def shown_with(key: str, body: str) -> str:
    """The unit of `key` in words, its body written as `body`."""
    own, unit, place, province = [*key.split(SEPARATOR), "", "", ""][:4]
    if not place:
        return body
    if unit == PROVINCE:
        return f"{body} {province_shown(place, own in own_bodies())}"
    word = "" if own in own_bodies() or not unit else f"{unit} "
    return f"{body} {word}{place}{f', {province}' if province and tells_nothing(unit, place) else ''}"


def province_shown(name: str, bare: bool) -> str:
    """"tỉnh Gia Lai", "TP Hà Nội"; without the word where the province has been both, or `bare`."""
    kinds = {row.kind for row in gazetteer().eras.get(name, ())}
    row = era(name, None)
    if kinds == {CITY} and row:
        return row.label if bare else f"TP {row.label.removeprefix('TP ')}"
    return name if bare or len(kinds) > 1 else f"tỉnh {name}"


def tells_nothing(unit: str, place: str) -> bool:
    """Whether several places are called so, or may be: every one but a district whose name is the only one."""
    rows = gazetteer().names["district"].get(key(place), ())
    return unit not in DISTRICTS | {CITY} or len({row.province for row in rows}) > 1


@cache
def written() -> dict[str, Written]:
    """Bodies by every way to write them, in lower case."""
    return {row["written"]: Written(row["body"], row["form"], row["level"]) for row in table("unit_names.csv")}


@cache
def placed_bodies() -> frozenset[str]:
    """Bodies that are told apart by their place."""
    return frozenset(row.body for row in written().values() if row.form in ("place", "own"))


@cache
def numbered_bodies() -> frozenset[str]:
    """Bodies that are told apart by a number."""
    return frozenset(row.body for row in written().values() if row.form == "number")


@cache
def own_bodies() -> frozenset[str]:
    """Bodies that stand before a place without its unit word."""
    return frozenset(row.body for row in written().values() if row.form == "own")


@cache
def bodies() -> re.Pattern[str]:
    """Any way to write a body, the longest first, to be sought in lower case."""
    return re.compile(rf"{prefix_tree(written())}(?!\w)")


def prefix_tree(names: Collection[str]) -> str:
    """A pattern of `names`, the longest that fits first: what several begin with is written, and tried, once."""
    by_letter: dict[str, list[str]] = {}
    for name in filter(None, names):
        by_letter.setdefault(name[0], []).append(name[1:])
    branches = [re.escape(letter) + prefix_tree(rests) for letter, rests in by_letter.items()]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if '' in names else ''}"
