"""The gazetteer: provinces then and now, districts that existed since 2004, communes before and since July 2025.

Names are data rows (data/*.csv) with the days between which they held, so the next reform is a row, not code.
Everything here reads normalised text (indexer.text.normalize) and gives offsets into it.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

# Unit words, longest first, and the kind of place each announces; "thành phố" may be a province or a district.
UNITS = {
    "thành phố": "city", "thành phồ": "city", "thị trấn": "commune", "đặc khu": "commune", "thị xã": "district",
    "t.phố": "city", "phường": "commune", "huyện": "district", "tỉnh": "province", "quận": "district",
    "t.xã": "district", "tp.": "city", "t.p": "city", "tx.": "district", "tt.": "commune", "xã": "commune",
    "tp": "city", "tx": "district", "h.": "district", "q.": "district",
    "huyện ủy": "district", "quận ủy": "district", "thị ủy": "district",
}  # fmt: skip
DAK = ("đắk", "đăk", "đak")
LAST_OF_UNITS = frozenset(unit[-2:] for unit in UNITS)  # the endings that most other words do not have
FOREVER = "9999-12-31"
REFORM, EVE_OF_REFORM = "2025-07-01", "2025-06-30"  # 63 provinces became 34, districts ended (202 and 203/2025/QH15)
LEVELS = ("province", "district", "commune")
CAPITAL = "".join(filter(str.isupper, map(chr, [*range(0x41, 0x250), *range(0x1E00, 0x1F00)])))
WORD = re.compile(r"[\w']+")
CAPITALISED = re.compile(rf"[{CAPITAL}\d][\w']*")
NEXT = re.compile(r"(?:[ .-]| - |- | -)([\w']+)")
LETTERS = re.compile(r"\w+")
COORDINATED = re.compile(rf"(?:,| và|;)\s(?:và\s)?([{CAPITAL}][\w']*)")
LONGER = re.compile(rf" [{CAPITAL}](?![{CAPITAL}])\w")  # a name that goes on is another one
PLURAL = re.compile(r"(?:\bcác|\bhai|\bba|\bbốn|\bnăm|\d) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Era:
    """One province while nothing about it changed: what it was called, what it was, and what it became."""

    name: str
    label: str
    kind: str
    since: str
    until: str
    successor: str
    region: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text. `unit` is its unit word ("huyện", "" where bare), `start` counts from the unit word.

    `provinces` are those it may lie in, by the names of its time: one means the place is unambiguous.
    """

    kind: str
    unit: str
    name: str
    provinces: tuple[str, ...]
    start: int
    name_start: int
    end: int


def mentions(text: str, day: str | None = None) -> Iterator[Mention]:
    """Places named in normalised `text`, in order: provinces with or without unit word, all others only with it.

    Capital letters decide: "hòa bình" is peace, "Hòa Bình" a province, "ĐIện Biên" a misprint of Điện Biên.
    """
    index, done = gazetteer(), 0
    for word in CAPITALISED.finditer(text):
        first = word[0].lower()
        if first not in index.tree or (at := word.start()) < done:  # most words begin no name
            continue
        unit, start = unit_before(text, at)
        branch = (index.tree if unit else index.bare).get(first)
        if branch is None or not (known := index.names_at(text, word, branch)):
            continue
        for level in levels(unit):
            name, end = next(((n, end) for n, end in known if n in index.names[level]), ("", 0))
            if name and (unit or capitalised(text[at:end])):
                kind = "district" if level == "town" else level
                yield Mention(kind, unit, *index.place(level, name, unit, day), start, at, end)
                done = end
                if unit and level in ("district", "commune"):
                    for more in coordinated(text, start, end, level, unit, day):
                        yield more
                        done = more.end
                break


def coordinated(text: str, start: int, end: int, level: str, unit: str, day: str | None) -> Iterator[Mention]:
    """Places that share the unit word of one that ends at `end`: "huyện A Lưới, Phong Điền", "các xã Lát và Đưng".

    A commune's unit word is shared only in the plural, for the district follows it as well ("xã Lát, Lạc Dương").
    """
    index = gazetteer()
    if level == "commune" and not PLURAL.search(text, max(0, start - 12), start):
        return
    while joined := COORDINATED.match(text, end):
        branch = index.tree.get(joined[1].lower())
        word = CAPITALISED.match(text, joined.start(1))
        known = index.names_at(text, word, branch) if word and branch is not None else []
        fitting = ((n, stop) for n, stop in known if n in index.names[level] and is_only(index, n, level))
        name, stop = next(fitting, ("", 0))
        if not name or not capitalised(text[joined.start(1) : stop]) or LONGER.match(text, stop):
            return
        yield Mention(level, unit, *index.place(level, name, unit, day), joined.start(1), joined.start(1), stop)
        end = stop


def is_only(index: Gazetteer, name: str, level: str) -> bool:
    """Whether a name is no province's, and if a commune's, no district's: else the word may stand for the wider
    place.
    """
    wider = ("province",) if level == "district" else ("province", "district")
    return not any(name in index.names[each] for each in wider)


def place_prefix(words: Sequence[str], unit: str | None = None, announced: bool = False) -> int:
    """How many leading `words` are the longest known place name, 0 if none.

    With `unit` ("huyện", "xã", "tỉnh" …) only places of that level count: ("Lạc", "Dương", "Sử", "Thanh", "Hoài")
    after "huyện" gives 2. Communes of before July 2025, many of which are called like people, count only where the
    place is `announced` by a unit word. Case does not matter; words are syllables of normalised text.
    """
    index = gazetteer()
    for size in range(min(len(words), 7), 0, -1):
        name = key(" ".join(words[:size]))
        known = any(name in index.names[level] for level in (levels(unit.lower()) if unit else LEVELS))
        if known and (announced or unit or name not in index.old_only):
            return size
    return 0


def is_place(name: str, kind: str | None = None) -> bool:
    """Whether `name` (any case, no unit word) is a known place; `kind` is province, district or commune."""
    names = gazetteer().names
    return any(key(name) in names[level] for level in ((kind,) if kind else LEVELS))


def districts(name: str, day: str | None = None) -> tuple[str, ...]:
    """Provinces holding a district of that name ("huyện Lạc Dương" or "Lạc Dương") on `day`, or ever since 2004."""
    unit = next((unit for unit in UNITS if name.lower().startswith(unit + " ")), "")
    short = name[len(unit) :]
    return gazetteer().place("district", key(short), unit, day)[1]


def province_named(name: str) -> str | None:
    """The province a spelling stands for, whatever its case: "TP.HCM" -> "Hồ Chí Minh", "đăk lăk" -> "Đắk Lắk"."""
    rows = gazetteer().names["province"].get(key(name))
    return rows[0].name if rows else None


# --- provinces through time -------------------------------------------------------------------


def era(name: str, day: str | None) -> Era | None:
    """The row of province `name` on `day`; before the 2025 merger where the day is unknown."""
    rows = gazetteer().eras.get(name, ())
    on = on_day(day)
    held = next((row for row in rows if row.since <= on <= (row.until or FOREVER)), None)
    if held or not day or len(day) >= 10:
        return held
    # A year or month in which the map changed: the name held for a part of it.
    return next((row for row in rows if row.since[: len(day)] <= day <= (row.until or FOREVER)[: len(day)]), None)


def present(name: str, day: str | None = None) -> str:
    """The province that holds today what `name` held on `day`: Kon Tum 2022 -> Quảng Ngãi."""
    row = era(name, day) or next(iter(gazetteer().eras.get(name, ())), None)
    while row and row.until:
        row = next(after for after in gazetteer().eras[row.successor] if after.since > row.until or not after.until)
    return row.name if row else name


def zone(name: str, day: str | None) -> str | None:
    """The socio-economic region (vùng) of province `name` on `day`; before the 2025 merger where it is unknown."""
    on = on_day(day)
    return next((row["zone"] for row in zones().get(name, ()) if row["since"] <= on <= (row["until"] or FOREVER)), None)


@cache
def zones() -> dict[str, list[dict[str, str]]]:
    """The rows of each province's regions through time."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table("zones.csv"):
        rows[row["province"]].append(row)
    return rows


def on_day(day: str | None) -> str:
    """A whole date to compare eras with: the last of a month or year, the eve of the 2025 merger where unknown."""
    return f"{day or '2025-06-30'}-12-31"[:10] if not day or len(day) < 10 else day


# --- the index --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One spelling of one place: canonical name, unit word, province and the days it held."""

    name: str
    unit: str
    province: str
    since: str
    until: str


class Gazetteer:
    """All names by level, and by first word so that a text is matched longest name first."""

    def __init__(self) -> None:
        self.eras: dict[str, list[Era]] = defaultdict(list)
        self.names: dict[str, dict[str, list[Row]]] = {level: defaultdict(list) for level in (*LEVELS, "town")}
        self.old_only: set[str] = set()  # names that only communes of before July 2025 had
        for row in table("provinces.csv"):
            self.eras[row["name"]].append(Era(**{k: row[k] for k in Era.__slots__}))
            self.add("province", row["name"], Row(row["name"], "", row["name"], row["since"], row["until"]))
        for row in table("spellings.csv"):
            self.add("province", row["spelling"], Row(row["name"], "", row["name"], "", ""))
        for row in table("districts.csv"):
            place = Row(row["name"], row["kind"], row["province"], row["since"], row["until"])
            self.add("district", row["name"], place)
            if row["kind"] == "thành phố" and " " in row["name"] and row["name"] not in self.eras:
                self.add("town", row["name"], place)
        for row in table("communes.csv"):
            self.add("commune", row["name"], Row(row["name"], row["kind"], row["province"], REFORM, ""))
        for row in table("communes_until_2025.csv"):
            for province in row["provinces"].split(";"):
                if not any(key(row["name"]) in self.names[level] for level in LEVELS):
                    self.old_only.add(key(row["name"]))
                self.add("commune", row["name"], Row(row["name"], row["kind"], province, "", EVE_OF_REFORM))
        self.tree = tree(set().union(*self.names.values()))
        self.bare = tree({*self.names["province"], *self.names["town"]})  # what counts without a unit word

    def add(self, level: str, spelling: str, row: Row) -> None:
        """Enter a row under a spelling; "Đắk", "Đăk" and "Đak" stand for one another."""
        written = key(spelling)
        first, _, rest = written.partition(" ")
        for each in (f"{variant} {rest}" for variant in DAK) if first in DAK and rest else (written,):
            if row not in self.names[level][each]:
                self.names[level][each].append(row)

    def names_at(self, text: str, first: re.Match[str], branch: Tree) -> list[tuple[str, int]]:
        """Keys of the names in `text` that begin with the word `first`, the longest first, with their ends.

        `branch` of the tree is what may follow that word.
        """
        found: list[tuple[str, int]] = []
        key, end = first[0].lower(), first.end()
        if NAME in branch:
            found.append((key, end))
        while (more := NEXT.match(text, end)) and (after := branch.get(word := more[1].lower())) is not None:
            branch, key, end = after, f"{key} {word}", more.end()
            if NAME in branch:
                found.append((key, end))
        return found[::-1]

    def place(self, level: str, name: str, unit: str, day: str | None) -> tuple[str, tuple[str, ...]]:
        """Canonical name and provinces of a lower-cased `name`, narrowed by unit word and day where that leaves any."""
        rows = self.names[level].get(name, [])
        if not rows:
            return name, ()
        rows = [row for row in rows if not unit or row.unit == unit] or rows
        if day:
            rows = [row for row in rows if row.since <= day <= (row.until or FOREVER)] or rows
        return rows[0].name, tuple(dict.fromkeys(row.province for row in rows))


Tree = dict[str, Any]  # word -> what may follow it; NAME is in it where a name ends
NAME = ""


def tree(names: Iterable[str]) -> Tree:
    """The names by their words, to be walked word by word."""
    root: Tree = {}
    for name in names:
        branch = root
        for word in name.split(" "):
            branch = branch.setdefault(word, {})
        branch[NAME] = {}
    return root


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read once."""
    # About 5,000 rows: read on first use, once.
    return Gazetteer()


def table(name: str) -> Iterator[dict[str, str]]:
    """Rows of one of the room's CSV files."""
    with (files("indexer.entities") / "data" / name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def key(name: str) -> str:
    """The key of a spelling: its words in lower case, so that "TP.HCM" and "Tp HCM" are one."""
    return " ".join(WORD.findall(name.lower()))


def unit_before(text: str, at: int) -> tuple[str, int]:
    """The unit word that ends just before `at`, and where it starts; ("", at) if none."""
    before = text[max(0, at - 12) : at]
    bare = before.rstrip(" ")
    if bare[-2:].lower() in LAST_OF_UNITS and (bare != before or bare[-1] == "."):
        bare = bare.lower()
        words = bare.replace("\n", " ").replace("(", " ").replace('"', " ").rsplit(" ", 2)
        for unit in (" ".join(words[-2:]), words[-1]):
            if unit in UNITS:
                return unit, at - len(before) + len(bare) - len(unit)
    return "", at


@lru_cache(maxsize=64)
def levels(unit: str) -> tuple[str, ...]:
    """The levels a unit word can announce; without one a name can only be a province or a large town."""
    kind = UNITS.get(unit, "province")
    return ("province", "district") if kind == "city" else (kind,) if unit else ("province", "town")


def capitalised(words: str) -> bool:
    """Whether each word begins with a capital."""
    return all(word[0].isupper() for word in LETTERS.findall(words))
