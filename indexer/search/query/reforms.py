"""Former and present names of provinces and units that a query names: what it could also ask for, to be offered.

Kon Tum became a part of Quảng Ngãi on 2025-07-01: who asks for the one may want the other from then on. Gia Lai is on
both maps, but took Bình Định in: who asks for it may want that too. Nothing here is ever applied unasked. The names
come from the gazetteer's dated rows, so that the next reform is data. Provinces that were gone before (Sông Bé) are in
data/older_provinces.csv; they may be other names, too, and count as the whole query or behind "tỉnh".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from indexer.entities.places import Era, gazetteer, present, table
from indexer.model import Message
from indexer.search.query.loose_words import loose_runs
from indexer.search.query.spelled import spelled
from indexer.search.query.tables import rows
from indexer.search.query.tree import Every, Keys, Quote
from indexer.search.query.values import provinces
from indexer.text import fold

LONGEST_OLDER = 4  # syllables of a province that is gone: "Gia Lai - Kon Tum"
LONGEST_NAME = 7  # syllables: "Ban Chỉ huy phòng thủ khu vực"


@dataclass(frozen=True, slots=True)
class Widening:
    """What to add to a part of the query: `also` in the query language, and that in words ("Bình Định trước 1/7/2025").

    `names` are the provinces of `also` where it is just those; `instead` says the part itself more plainly.
    """

    start: int
    end: int
    also: str
    label: str
    names: tuple[str, ...] = ()
    instead: str = ""

    def applied_to(self, text: str) -> str:
        """`text` with the part, or what is added to it."""
        part = self.instead or text[self.start : self.end]
        return f"{text[: self.start]}({part} OR {self.also}){text[self.end :]}"


def widenings(tree: Every, bare: bool) -> Iterator[Widening]:
    """What else the provinces and units named in a query may mean. `bare`: it has no accents."""
    for node in tree.nodes:
        if isinstance(node, Keys) and node.facet == "province" and len(node.keys) == 1:
            yield from of_province(node.keys[0], node.start, node.end, field=True)
        elif isinstance(node, Quote) and not node.slop:
            yield from of_words([(node.start, node.end, spelled(node.text))], bare)
    for run in loose_runs(tree.nodes):
        yield from of_words([(chunk.start, chunk.end, spelled(chunk.text)) for chunk in run], bare)


def of_province(name: str, start: int, end: int, field: bool = False) -> Iterator[Widening]:
    """The offers for a province: what it became, and the provinces that it took in.

    `start` and `end` are where its name stands in the query; `field` says that it stands there as a field.
    """
    instead = f'tỉnh:"{name}"' if field else ""
    row = gazetteer().eras[name][-1] if name in gazetteer().eras else None
    if row and row.until:
        now, since = present(name), day_after(row.until)
        label = Message("{} từ {}").format(now, change(row))
        yield Widening(start, end, f'tỉnh:"{now}" ngày:{since}..', label, (), instead)
    for day, names in sorted(taken_in().get(name, {}).items()):
        also = " OR ".join(f'tỉnh:"{former}"' for former in names)
        yield Widening(start, end, also, Message("{} trước {}").format(", ".join(names), day), tuple(names), instead)


@cache
def taken_in() -> dict[str, dict[str, list[str]]]:
    """For each province of today, the names that ended in it, by the day of the change as it is written."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, eras in gazetteer().eras.items():
        if eras[-1].until:
            found[present(name)][change(eras[-1])].append(name)
    return found


def change(row: Era) -> str:
    """The day after an era's last, as written: "1/7/2025"."""
    year, month, day = map(int, day_after(row.until).split("-"))
    return f"{day}/{month}/{year}"


def day_after(iso: str) -> str:
    """The next day, both as ISO dates."""
    return (date.fromisoformat(iso) + timedelta(days=1)).isoformat()


def of_words(words: Sequence[tuple[int, int, str]], bare: bool) -> Iterator[Widening]:
    """The provinces and units that stand in a row of words, the longest name first."""
    at = 0
    while at < len(words):
        size = next((n for n in range(min(LONGEST_NAME, len(words) - at), 0, -1) if known(words[at : at + n])), 0)
        if not size:
            yield from of_older(words, at, bare)
        if size:
            start, end = words[at][0], words[at + size - 1][1]
            name = " ".join(form for _, _, form in words[at : at + size])
            if name in units():
                yield from of_unit(name, start, end, bare)
            else:
                yield from of_province(provinces()[fold(name)], start, end)
        at += size or 1


def of_older(words: Sequence[tuple[int, int, str]], at: int, bare: bool) -> Iterator[Widening]:
    """What became of a province that was gone before the gazetteer begins."""
    longest = min(LONGEST_OLDER, len(words) - at) if words[at][2] in older_begins(bare) else 0
    for size in range(longest, 0, -1):
        name = " ".join(form for _, _, form in words[at : at + size])
        said = at > 0 and fold(words[at - 1][2]) == "tinh"
        if name in older_provinces(bare) and (said or len(words) == size):
            names, until = older_provinces(bare)[name]
            also = " OR ".join(f'tỉnh:"{each}"' for each in names)
            label = Message("{} sau năm {}").format(", ".join(names), until)
            yield Widening(words[at - said][0], words[at + size - 1][1], also, label, tuple(names))
            return


@cache
def older_provinces(bare: bool) -> dict[str, tuple[list[str], str]]:
    """Provinces that were gone before 2008: the accent-free name if `bare` -> (what they became, last year)."""
    return {
        fold(spelled(row["name"])) if bare else spelled(row["name"]): (row["provinces"].split("|"), row["until"])
        for row in rows("older_provinces.csv")
    }


@cache
def older_begins(bare: bool) -> frozenset[str]:
    """The first syllables of their names."""
    return frozenset(name.partition(" ")[0] for name in older_provinces(bare))


def known(words: Sequence[tuple[int, int, str]]) -> bool:
    """A unit as written, or a province: with its accents or wholly without ("sơn là" is no province)."""
    name = " ".join(form for _, _, form in words)
    province = provinces().get(fold(name))
    return name in units() or (province is not None and name in (fold(name), spelled(province)))


def of_unit(name: str, start: int, end: int, bare: bool) -> Iterator[Widening]:
    """In a query without accents the other name must come without them too, lest it counts as typed."""
    names, label = units()[name]
    also = " OR ".join(f'"{fold(each) if bare else each}"' for each in names)
    yield Widening(start, end, also, label)


@cache
def units() -> dict[str, tuple[tuple[str, ...], str]]:
    """Bodies that have or had another name everywhere: spelling, with accents or without -> (other names, in words)."""
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    for row in table("units.csv"):
        if row["successor"] and row["until"] and not row["place"]:
            day = change(Era(row["body"], "", "", "", row["until"], "", ""))
            later, units = row["successor"], LOCAL.get(row["level"], ("",))
            former = tuple(form for unit in units for form in forms(f"{row['body']} {unit}".strip()))
            units_told = f"{row['body']} {', '.join(units)}".strip()
            named(found, later, (former, Message("{} trước {}").format(units_told, day)))
            named(found, row["body"], (forms(later), Message("{} từ {}").format(later, day)))
    return found


# What a body of a level that is gone was of, as it was written behind its name.
LOCAL = {"huyện": ("huyện", "quận", "thị xã", "thành phố")}


def named(found: dict[str, tuple[tuple[str, ...], str]], body: str, other: tuple[tuple[str, ...], str]) -> None:
    """Enter what is offered beside a unit, under every spelling of its name."""
    for written in forms(body):
        found[spelled(written)] = found[fold(spelled(written))] = other


def forms(body: str) -> tuple[str, ...]:
    """A body as abbreviated and in full."""
    full = body.replace("CHQS", "Chỉ huy quân sự").replace("BĐBP", "Bộ đội Biên phòng")
    return tuple(dict.fromkeys((body, full)))
