"""Military bodies and units that the words of a query name: Bộ CHQS tỉnh Thanh Hóa, Sư đoàn 324, Bộ Quốc phòng."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from indexer.entities import label
from indexer.entities.unit_keys import Unit, Written, of_place, written
from indexer.search.query.finding import Finding
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.loose_words import Words, phrases
from indexer.search.query.named_places import LOCAL, PROVINCE_UNITS, localities, province_size, provinces_at, unit_at
from indexer.search.query.spelled import spelled
from indexer.text import fold

LONGEST = 7  # syllables of a body's name
REGION = "Quân khu"  # has a facet of its own


def units_at(words: Words, at: int, lexicon: Lexicon) -> Iterator[Finding]:
    """The body or unit named at `at`, with its number or place; the place alone may be chosen instead."""
    size = words.longest(at, forms(words.bare), LONGEST)
    after = at + size
    if not size:
        return
    for row in rows_of(words, at, after):
        found = [each for each in keys_at(row, words, after, lexicon) if lexicon.frequency("unit", each[0])]
        if found:
            end = max(end for _, end in found)
            keys = tuple(dict.fromkeys(key for key, stop in found if stop == end))
            places = tuple(p for start in range(after, end) for p in provinces_at(words, start, lexicon))
            yield Finding("unit", keys, min((label("unit", key) for key in keys), key=len), at, end, inner=places[:1])
            return


def keys_at(row: Written, words: Words, at: int, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """(key, end) of the units that a body may be with the words at `at`, the longest first."""
    if row.form == "alone":
        yield row.body, at
    elif row.form == "number":
        if at < len(words) and words.lower[at].isdigit() and row.body != REGION:
            yield f"{row.body} {words.lower[at]}", at + 1
    elif row.form == "name":
        yield from named_keys(row, words, at, lexicon)
    else:
        yield from placed_keys(row, words, at, lexicon)


def placed_keys(row: Written, words: Words, at: int, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """A body of a province or of a district: "Bộ CHQS [tỉnh] Thanh Hóa", "Ban CHQS huyện Lạc Dương"."""
    for begin in dict.fromkeys((unit_at(words, at, PROVINCE_UNITS)[1], at)):
        size, name = province_size(words, begin) if begin < len(words) else (0, "")
        if size:
            yield of_place(row.body, "tỉnh", name).key(), begin + size
    unit, begin = unit_at(words, at, LOCAL)
    for size in range(min(5, len(words) - begin), 0, -1) if unit else ():
        for each in localities(lexicon).get(words.key(begin, begin + size), ()):
            if each.unit == unit and words.says(begin, each.form):
                name = each.key.partition("@")[0].removeprefix(f"{unit} ")
                yield of_place(row.body, unit, name, each.province).key(), begin + size


def named_keys(row: Written, words: Words, at: int, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """A body with a name of its own: "Đồn Biên phòng Tân Thanh"."""
    held = [(key, Unit(*[*key.split("|"), "", "", ""][:4])) for key, _ in lexicon.terms("unit", f"{row.body}|")]
    fitting = [(key, at + len(name.split())) for key, unit in held
               if (name := spelled(unit.place)) and words.says(at, name)]
    yield from sorted(fitting, key=lambda found: -found[1])


def rows_of(words: Words, at: int, end: int) -> list[Written]:
    """The rows of the table whose name is these words."""
    return [row for form, row in table().get(words.key(at, end), ()) if words.says(at, form)]


@cache
def table() -> dict[str, list[tuple[str, Written]]]:
    """(name, row) of bodies by the accent-free name; bodies that need no place or number among them."""
    found: dict[str, list[tuple[str, Written]]] = {}
    for name, row in (*written().items(), *((name.lower(), Written(name, "alone", "")) for name in CENTRAL)):
        found.setdefault(fold(spelled(name)), []).append((spelled(name), row))
    return found


@cache
def bodies_with_names() -> frozenset[str]:
    """The bodies that have a name of their own: "Đồn Biên phòng" Tân Thanh."""
    return frozenset(row.body for row in written().values() if row.form == "name")


CENTRAL = ("Bộ Quốc phòng", "Bộ Tổng Tham mưu", "Tổng cục Chính trị", "Bộ Tư lệnh BĐBP", "Quân chủng Hải quân",
           "Quân chủng Phòng không - Không quân", "Bộ Công an")  # fmt: skip


@cache
def forms(bare: bool) -> frozenset[str]:
    """The names of all bodies, accent-free if `bare`."""
    return phrases(*written(), *CENTRAL, bare=bare)


