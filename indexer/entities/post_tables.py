"""How heads and bodies of posts are written and what each is: rows of heads.csv, post_heads.csv and post_bodies.csv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from indexer.entities.words import Phrases, rows, words_of

CLASSES = {
    "party": "Đảng", "government": "chính quyền", "council": "chính quyền", "assembly": "chính quyền",
    "justice": "chính quyền", "military": "quân đội", "police": "công an",
    "front": "MTTQ và đoàn thể",
}  # fmt: skip
LEVELS = {"central": "trung ương", "region": "quân khu"}
CITY = "thành phố"  # a province or a district, by its name
UNIT_LEVELS = {
    "tỉnh": "tỉnh", "thành phố": CITY, "tp": CITY, "huyện": "huyện", "quận": "huyện", "thị xã": "huyện",
    "tx": "huyện", "xã": "xã", "phường": "xã", "thị trấn": "xã", "tt": "xã", "đặc khu": "xã",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """A canonical head, with the body it implies and its class and level, if any."""

    name: str
    body: str = ""
    cls: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A canonical body with the level and class it always has, if any."""

    name: str
    level: str = ""
    cls: str = ""
    place: str = ""


@cache
def heads() -> dict[str, Head]:
    """Every way to write a head, in lower case."""
    table: dict[str, Head] = {}
    for row in rows("heads.csv"):
        canonical = row["head"][0].upper() + row["head"][1:]
        deputy = {f"phó {row['head']}": f"Phó {canonical}"} if row["deputy"] else {}
        for name, shown in {row["head"]: canonical, **deputy}.items():
            level = LEVELS.get(row["level"], "")
            table[" ".join(words_of(name))] = Head(shown, "", CLASSES.get(row["class"], ""), level)
    for row in rows("post_heads.csv"):
        spelled = " ".join(words_of(row["written"]))
        known = table.get(spelled, Head(""))
        table[spelled] = Head(row["head"], row["body"], known.cls, known.level)
    return table


@cache
def written_bodies() -> dict[str, Body]:
    """Every way to write a body of the table, in lower case."""
    table = rows("post_bodies.csv")
    return {" ".join(words_of(row["written"])): Body(row["body"], row["level"], row["class"], row["place"])
            for row in table}


@cache
def written_bodies_by_name() -> dict[str, Body]:
    """Bodies by canonical name, for heads that imply one: "Ban CHQS huyện" is the Ban CHQS of a district."""
    table = {body.name: body for body in written_bodies().values()}
    table |= {f"Ban CHQS {level}": Body("Ban CHQS", level, "quân đội") for level in ("huyện", "xã")}
    return table


@cache
def body_phrases() -> Phrases:
    """All ways to write a body."""
    return Phrases(row["written"] for row in rows("post_bodies.csv"))


@cache
def body_classes() -> dict[str, str]:
    """The class of each body."""
    return {" ".join(words_of(row["body"])): row["class"] for row in rows("bodies.csv")}
