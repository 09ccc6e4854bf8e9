"""What the place of publication says: the outlet's mark at the start of a line, its address and its name."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from indexer.entities.places import gazetteer, mentions, table
from indexer.text import fold

MASTHEAD_LINES = 4
MARK = re.compile(r"\s*\(?\s*(?P<mark>[\w.]{2,20}(?: online)?)\s*\)?\s*[-.:]\s*(?=\S)")
HOST = re.compile(r"^(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?:[/:?#]|$)", re.IGNORECASE)
# "bao" and the like before a province's name without accents, "tv" and the like after it: nghean24h, nguoinamdinh.
NAMED_HOST = re.compile(
    r"(?:bao|dai|truyenhinh|nguoi|tin|tintuc|congan|quansu|bienphong)?(?P<slug>[a-z]{3,16}?)(?:tv|24h|online|news|moi)?(?:city)?"
)


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
    """The province of an address: an outlet's domain or one under it, or the label before .gov.vn or .dcs.vn."""
    found = HOST.match(address.strip())
    if not found:
        return None
    host = found[1].lower()
    labels = host.split(".")
    if host.endswith((".gov.vn", ".dcs.vn")):
        return domains().get(labels[-3])
    known = next((domains()[tail] for n in range(len(labels) - 1) if (tail := ".".join(labels[n:])) in domains()), None)
    return known or named_host(labels[0])


def named_host(label: str) -> str | None:
    """The province an unlisted host is named after."""
    found = NAMED_HOST.fullmatch(label.replace("-", ""))
    return slugs().get(found["slug"]) if found else None


@cache
def marks() -> dict[str, str]:
    return {row["mark"]: row["province"] for row in table("mastheads.csv")}


@cache
def domains() -> dict[str, str]:
    return {row["domain"]: row["province"] for row in table("domains.csv") if row["province"]}


@cache
def slugs() -> dict[str, str]:
    return {"".join(c for c in fold(name).lower() if c.isalpha()): name for name in gazetteer().eras}
