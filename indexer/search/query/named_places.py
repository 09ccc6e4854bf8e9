"""Provinces, districts, communes and military regions that the words of a query name.

A name of more than one place counts only with support: a unit word before it ("huyện Châu Thành"), the province
behind it ("Châu Thành, Tiền Giang"), or capital letters where it is the only one of its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from indexer.entities import label
from indexer.entities.places import districts, gazetteer, table
from indexer.entities.unit_keys import written
from indexer.search.per_engine import per_engine
from indexer.search.query.finding import Finding
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.loose_words import Words, phrases
from indexer.search.query.spelled import spelled
from indexer.search.query.values import LOCAL_UNITS, provinces
from indexer.text import fold
from indexer.text.normalize import fold_text

LONGEST = 6  # syllables of a place's name
# Names that are words or people as well: they count behind the unit word, or with capitals where that is enough.
ALSO_WORDS, ALSO_PEOPLE = frozenset({"Hòa Bình"}), frozenset({"Hồ Chí Minh"})
PROVINCE_UNITS = {"tỉnh": "tỉnh", "thành phố": "thành phố", "tp": "thành phố", "t p": "thành phố"}
LOCAL = {"huyện": "huyện", "quận": "quận", "thị xã": "thị xã", "tx": "thị xã", "thành phố": "thành phố",
         "tp": "thành phố", "xã": "xã", "phường": "phường", "đặc khu": "đặc khu", "thị trấn": "thị trấn"}  # fmt: skip
BEFORE_PLACES = frozenset({"o", "tai", "cua", "thuoc", "ban", "trong", "tinh", "pho", "tp", "tu", "ve"})  # accent-free
NUMERALS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def provinces_at(words: Words, at: int, lexicon: Lexicon) -> Iterator[Finding]:
    """The province named at `at`, with its unit word before it."""
    unit, start = unit_at(words, at, PROVINCE_UNITS)
    size, name = province_size(words, start)
    if not size or longer_name(words, start):
        return
    if unit and unit not in kinds(name):
        return  # "thành phố Thanh Hóa" is a town
    if not unit and name in ALSO_PEOPLE and words.says(start, spelled(name)):
        return
    if not unit and name in ALSO_WORDS and not words.capital(start, start + size):
        return
    if not unit and words.bare and (of_another_word(words, start, lexicon) or (size == 1 and len(words) > 1)):
        return
    yield Finding("province", (name,), label("province", name), at, start + size)


def of_another_word(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Whether the word at `at` more often goes with the one before: "danh gia | lai" is no Gia Lai."""
    if not at or at + 1 >= len(words) or words.folded[at - 1] in BEFORE_PLACES:
        return False
    before, own = (lexicon.frequency("pair", words.key(first, first + 2)) for first in (at - 1, at))
    return before >= max(own, 1)


def province_size(words: Words, at: int) -> tuple[int, str]:
    """How many words at `at` name a province, and which; (0, "") for none."""
    for size in range(min(LONGEST, len(words) - at), 0, -1):
        for form, name in province_forms().get(words.key(at, at + size), ()):
            if words.says(at, form) and words.together(at, at + size):
                return size, name
    return 0, ""


@cache
def province_forms() -> dict[str, tuple[tuple[str, str], ...]]:
    """(spelling, name) of provinces of all times by the accent-free spelling, apart and in one ("gialai")."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    named = provinces()
    for name_written in gazetteer().names["province"]:
        apart = spelled(name_written)
        name = named.get(fold(apart))
        for form in (apart, fold(apart).replace(" ", "")) if name else ():
            found[fold(form)][form] = str(name)
    return {folded: tuple(forms.items()) for folded, forms in found.items()}


def longer_name(words: Words, at: int) -> bool:
    """Whether a longer name that is no province begins at `at` or just before: Điện Biên Phủ, đường Hồ Chí Minh."""
    return any(words.says(at - back, form) for back in range(min(3, at) + 1) for form in longer_names()
               if len(form.split()) > back)


@cache
def longer_names() -> tuple[str, ...]:
    """Names that hold a province's and mean something else."""
    towns = (row["name"] for row in table("districts.csv"))
    held = tuple(f"{name} " for name in gazetteer().eras)
    phrases = [row["phrase"] for row in table("not_places.csv")] + [t for t in towns if t.startswith(held)]
    return tuple(dict.fromkeys(map(spelled, phrases)))


def kinds(province: str) -> frozenset[str]:
    """What a province has been: tỉnh, thành phố."""
    return frozenset(row.kind for row in gazetteer().eras.get(province, ()))


def unit_at(words: Words, at: int, units: dict[str, str]) -> tuple[str, int]:
    """The unit word at `at`, in full, and where the name begins; ("", at) for none."""
    found = next((unit for unit in sorted(units, key=len, reverse=True) if words.says(at, unit)), "")
    return (units[found], at + len(found.split())) if found and at + len(found.split()) < len(words) else ("", at)


# --- below the province -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Local:
    """A district or commune that articles are about, by its facet and key, and the parts of the key."""

    facet: str
    key: str
    unit: str
    form: str
    province: str


def localities_at(words: Words, at: int, lexicon: Lexicon) -> Iterator[Finding]:
    """The districts and communes named at `at`: all of that name, or those of the province that follows."""
    unit, start = unit_at(words, at, LOCAL)
    known = localities(lexicon)
    for size in range(min(LONGEST, len(words) - start), 0, -1):
        named = [each for each in known.get(words.key(start, start + size), ())
                 if words.says(start, each.form) and (not unit or each.unit == unit)]
        end = start + size
        begin = unit_at(words, end, PROVINCE_UNITS)[1]
        after, where = province_size(words, begin) if begin < len(words) else (0, "")
        placed = [each for each in named if each.province == where]
        if placed:
            named, end = placed, begin + after
        elif where:
            continue
        if named and (placed or unit or telling(words, start, end, named)) and words.together(start, end):
            yield from one_facet(named, at, end)
            return


def telling(words: Words, at: int, end: int, named: list[Local]) -> bool:
    """Whether a name without unit word and province means the one place: a district of several words in capitals."""
    return (len(named) == 1 and named[0].facet == "district" and end - at > 1 and words.capital(at, end)
            and not words.text.isupper() and not longer_name(words, at) and len(districts(named[0].form)) == 1)


def one_facet(named: list[Local], at: int, end: int) -> Iterator[Finding]:
    """Places of one name as findings, districts and communes apart."""
    for facet in dict.fromkeys(each.facet for each in named):
        same = [each for each in named if each.facet == facet]
        keys = tuple(each.key for each in same)
        shown = label(facet, keys[0]) if len(keys) == 1 else f"{same[0].key.partition('@')[0]}"
        yield Finding(facet, keys, shown, at, end)


@per_engine
def localities(lexicon: Lexicon) -> dict[str, list[Local]]:
    """Districts and communes of an index by their accent-free name without the unit word."""
    keys = [(facet, key) for facet in ("district", "commune") for key, _ in lexicon.terms(facet) if "@" in key]
    found: dict[str, list[Local]] = defaultdict(list)
    for (facet, key), local in zip(keys, map(local_of, keys), strict=True):
        found[fold_text(local.form)].append(Local(facet, key, local.unit, local.form, local.province))
    return dict(found)


def local_of(facet_and_key: tuple[str, str]) -> Local:
    """A key taken apart: "huyện Lạc Dương@Lâm Đồng"."""
    facet, key = facet_and_key
    named, _, province = key.partition("@")
    unit = next((unit for unit in (*LOCAL_UNITS, "thị trấn ") if named.startswith(unit)), "")
    name = named.removeprefix(unit)
    form = name.lower() if name.replace(" ", "").isalpha() else spelled(name)
    return Local(facet, key, unit.strip(), form, province)


def place_or_unit_at(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Whether a province, a unit ("Chính ủy | Trung đoàn 841") or the place of a unit word before it stands at `at`."""
    if province_size(words, at)[0] or words.longest(at, body_names(words.bare)) > 1:
        return True
    said = any(at >= len(unit.split()) and words.says(at - len(unit.split()), unit) for unit in LOCAL)
    return said and any(words.key(at, at + size) in localities(lexicon) for size in (1, 2))


@cache
def body_names(bare: bool) -> frozenset[str]:
    """Every way to write a body or unit."""
    return phrases(*written(), bare=bare)


# --- military regions ---------------------------------------------------------------------------------


def regions_at(words: Words, at: int, lexicon: Lexicon) -> Iterator[Finding]:
    """The military region named at `at`: Quân khu 7, QK7, quân khu bảy."""
    size = next((len(form.split()) for form in ("quân khu", "qk") if words.says(at, form)), 0)
    number = region_number(words, at + size) if size and at + size < len(words) else ""
    if number and lexicon.frequency("region", f"Quân khu {number}"):
        yield Finding("region", (f"Quân khu {number}",), label("region", f"Quân khu {number}"), at, at + size + 1)


def region_number(words: Words, at: int) -> str:
    """The number of one digit at `at`, also in letters; "" for none."""
    if words.lower[at].isdigit():
        return words.lower[at].lstrip("0") if len(words.lower[at]) < 3 else ""
    return next((str(n) for n, form in enumerate(NUMERALS, 1) if words.says(at, form)), "")
