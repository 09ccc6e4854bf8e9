"""What the place of publication says: the outlet's mark at the start of a line, its address and its name.

An address is read like a name. Its labels, and the words of its path behind "tinh-", "huyen-" and the like, are looked
up in the dated gazetteer without accents: a province by its name, a district (or behind its unit word a commune) where
only one province ever had it. What cannot be derived so (baoapbac.vn is Tiền Giang's) is a row of data/domains.csv.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from indexer.entities.places import Row, gazetteer, mentions, table
from indexer.text import fold

MASTHEAD_LINES = 4
MARK = re.compile(r"\s*\(?\s*(?P<mark>[\w.]{2,20}(?: online)?)\s*\)?\s*[-.:]\s*(?=\S)")
HOST = re.compile(r"^(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?:[/:?#]|$)", re.IGNORECASE)
PUBLIC = (".gov.vn", ".dcs.vn", ".org.vn", ".edu.vn")  # suffixes of public bodies
SUFFIX = re.compile(r"\.(?:(?:gov|dcs|org|edu|com|net|info|name|biz|ac)\.)?[a-z]{2,}$")
SHORTEST_ENDING = 6  # letters of a province's name that may end the label of a public body: "sonongnghiepbinhduong"
# Units before a place in the words of an address: "dang-uy-quan-su-tinh-binh-duong-hop".
IN_PATH = re.compile(r"(?<![a-z])(?=(tinh|thanh-pho|tp|huyen|quan|thi-xa|tx)-((?:[a-z]+-){0,4}[a-z]+))")
UNITS_IN_PATH = {"tinh": "province", "thanh-pho": "city", "tp": "city", "huyen": "huyện", "quan": "quận",
                 "thi-xa": "thị xã", "tx": "thị xã"}  # fmt: skip

COMMUNES = {"xa": "xã", "phuong": "phường", "thitran": "thị trấn"}  # "xatamlanh": a commune's portal by its unit word


def masthead(text: str) -> tuple[str, int, int] | None:
    """Province and span of the outlet's mark near the top: "ĐBP - ", "(LĐ online) - ", "(kontumtv.vn) - "."""
    at = 0
    for line in text.split("\n")[:MASTHEAD_LINES]:
        if mark := MARK.match(line):
            province = marks().get(mark["mark"].strip()) or of_host(mark["mark"].strip())
            if province:
                return province, at + mark.start(), at + mark.end()
        at += len(line) + 1
    return None


@lru_cache(maxsize=4096)
def of_outlet(name: str) -> str | None:
    """The province of an outlet by its address or name: "baogialai.com.vn", "Báo Bình Định", "LLVT tỉnh Kon Tum"."""
    return of_host(name) or next((place.name for place in mentions(name) if place.kind == "province"), None)


@lru_cache(maxsize=4096)
def of_host(address: str) -> str | None:
    """The province of an address by its host: a row of the table, else what its labels are named after."""
    found = HOST.match(address.strip())
    if not found:
        return None
    host = found[1].lower()
    labels = host.split(".")
    for tail in (".".join(labels[n:]) for n in range(len(labels) - 1)):
        if tail in domains():
            return domains()[tail]
    named = SUFFIX.sub("", host).split(".")[::-1]  # the label beside the suffix first: quangninh.quangbinh.gov.vn
    public = host.endswith(PUBLIC)
    return next((province for label in named if (province := of_label(label, public))), None)


def of_portal(host: str) -> str | None:
    """The province whose own portal a host is of: by the label before .gov.vn or .dcs.vn, a district's tells none."""
    letters = "".join(filter(str.isalpha, SUFFIX.sub("", host).rpartition(".")[2]))
    return province_slugs().get(letters) or province_slugs().get(letters.removesuffix("city"))


def portal_district(address: str, provinces: frozenset[str]) -> Row | None:
    """The one district of `provinces` that a public body's host is named after: "huyendakto.kontum.gov.vn"."""
    found = HOST.match(address.strip())
    host = found[1].lower() if found else ""
    if not host.endswith(PUBLIC):
        return None
    for label in SUFFIX.sub("", host).split(".")[:-1]:
        letters = "".join(filter(str.isalpha, label))
        for slug in (letters, *stripped(letters)):
            rows = {row for row in districts_by_slug().get(slug, ()) if row.province in provinces}
            if len({row.name for row in rows}) == 1:
                return max(rows, key=lambda row: row.until or "9")
    return None


def of_label(label: str, public: bool) -> str | None:
    """The province a label is named after: "baonghean", "tinhuyquangtri", "backancity", of a public body "doluong"
    too.
    """
    letters = "".join(filter(str.isalpha, label))
    for slug in (letters, *stripped(letters)):
        if province := province_slugs().get(slug):
            return province
    if not public:
        return None
    for slug in (letters, *stripped(letters)):
        if len(holding := district_slugs().get(slug, frozenset())) == 1:
            return next(iter(holding))
    for unit, slug in ((unit, letters.removeprefix(unit)) for unit in COMMUNES if letters.startswith(unit)):
        if len(holding := commune_slugs().get((slug, COMMUNES[unit]), frozenset())) == 1:
            return next(iter(holding))
    endings = (letters[at:] for at in range(2, len(letters) - SHORTEST_ENDING + 1))
    return next((province_slugs()[each] for each in endings if each in province_slugs()), None)


def stripped(letters: str) -> list[str]:
    """A label without words of bodies and media around the place, longest first: "hdndtuyenquang" -> "tuyenquang"."""
    size = len(letters)
    starts = [at for at in range(size - 2) if around("before").fullmatch(letters, 0, at)]
    ends = [at for at in range(size, 2, -1) if around("after").fullmatch(letters, at)]
    return [letters[start:end] for start in starts for end in ends if end - start > 2]


@lru_cache(maxsize=4096)
def of_path(address: str) -> tuple[str, str] | None:
    """The province that the words of an address name behind a unit word, and those words: "tinh-binh-duong"."""
    for unit, words in IN_PATH.findall(address.lower()):
        parts = words.split("-")
        for size in range(len(parts), 0, -1):
            if len(held := holding_slug("".join(parts[:size]), UNITS_IN_PATH[unit])) == 1:
                return next(iter(held)), f"{unit}-{'-'.join(parts[:size])}"
    return None


def holding_slug(slug: str, kind: str) -> frozenset[str]:
    """The provinces that a unit of that kind and slug may mean: itself, or those that ever had such a district."""
    if kind in ("province", "city") and (province := province_slugs().get(slug)):
        return frozenset({province})
    unit = "thành phố" if kind == "city" else kind
    return units_by_slug().get((slug, unit), frozenset())


@cache
def marks() -> dict[str, str]:
    """Province of each masthead mark that stands in an article's text."""
    return {row["mark"]: row["province"] for row in table("mastheads.csv")}


@cache
def domains() -> dict[str, str]:
    """Province of each domain that cannot be derived from its name."""
    return {row["domain"]: row["province"] for row in table("domains.csv") if row["province"]}


def slug_of(name: str) -> str:
    """A name as letters of an address: accent-free, lower case, without spaces."""
    return "".join(c for c in fold(name).lower() if c.isalpha())


@cache
def province_slugs() -> dict[str, str]:
    """Provinces by their spellings without accents; those of three letters or fewer but "hue" say too little."""
    spelled = {slug_of(key): rows[0].name for key, rows in gazetteer().names["province"].items()}
    named = {slug_of(name): name for name in gazetteer().eras}
    return {slug: name for slug, name in (spelled | named).items() if len(slug) > 3 or slug in ("hue", "hcm")}


@cache
def units_by_slug() -> dict[tuple[str, str], frozenset[str]]:
    """The provinces that ever had a district of that name without accents and of that kind."""
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, rows in gazetteer().names["district"].items():
        for row in rows:
            held[slug_of(name), row.unit].add(row.province)
    return {each: frozenset(provinces) for each, provinces in held.items()}


@cache
def districts_by_slug() -> dict[str, list[Row]]:
    """The districts by their names without accents."""
    held: dict[str, list[Row]] = defaultdict(list)
    for rows in gazetteer().names["district"].values():
        for row in rows:
            held[slug_of(row.name)].append(row)
    return held


@cache
def district_slugs() -> dict[str, frozenset[str]]:
    """The provinces that ever had a district of that name without accents, whatever its kind."""
    held: dict[str, set[str]] = defaultdict(set)
    for (slug, _), provinces in units_by_slug().items():
        if len(slug) > 3:
            held[slug] |= provinces
    return {slug: frozenset(provinces) for slug, provinces in held.items()}


@cache
def commune_slugs() -> dict[tuple[str, str], frozenset[str]]:
    """The provinces that ever had a commune of that name without accents and of that kind."""
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, rows in gazetteer().names["commune"].items():
        for row in rows:
            held[slug_of(name), row.unit].add(row.province)
    return {each: frozenset(provinces) for each, provinces in held.items()}


@cache
def around(side: str) -> re.Pattern[str]:
    """Any number of the words that stand on that side of a place in a host."""
    return re.compile(rf"(?:{host_words(side)})*")


def host_words(side: str) -> str:
    """Words of data/host_words.csv that stand on that side of a place in a host, longest first."""
    words = [row["word"] for row in table("host_words.csv") if row["side"] == side]
    return "|".join(sorted(words, key=len, reverse=True))
