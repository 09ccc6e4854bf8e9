"""Where a unit with a name of its own is at home: "Đồn Biên phòng Lao Bảo" is in Quảng Trị, whatever the article is on.

In order: the province that follows the name, a border gate of data/border_gates.csv, the province of the article. Where
the tables know the name in other provinces only, nothing is said: a gate and a commune far away may share a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from functools import cache

from indexer.entities.clues import FOREIGN_AFTER
from indexer.entities.lexicon import bodies, heads, ranks, surnames
from indexer.entities.places import CAPITAL, gazetteer, key, place_prefix, present, province_named, table
from indexer.entities.posts import CUT
from indexer.entities.provinces import at_publication

# "(Mộc Châu, Sơn La)", ", huyện Đức Huệ, tỉnh Long An", "thuộc Bộ Chỉ huy BĐBP tỉnh Phú Yên".
LOWER_PLACE = r"(?:xã|phường|thị trấn|huyện|thị xã|thành phố|TP\.?)"
COMMAND = r"(?:[Bb]ộ [Cc]hỉ huy )?(?:BĐBP|[Bb]ộ đội [Bb]iên phòng)"
AFTER = re.compile(
    rf"\s*(?:\((?:thuộc )?|,\s*|-\s+|thuộc )(?:(?:{LOWER_PLACE} )?[{CAPITAL}][^,;.()\n]{{1,25}}, ?)?"
    rf"(?:{COMMAND} )?(?:tỉnh |[Tt]ỉnh )?(?=[{CAPITAL}])"
)
LONGEST_PROVINCE = 40  # characters


def province_after(text: str, end: int) -> str:
    """The province that `text` names right behind the name of a unit that ends at `end`; "" where it names none."""
    found = AFTER.match(text, end)
    if not found:
        return ""
    words = re.split(r"[^\w]+", text[found.end() : found.end() + LONGEST_PROVINCE])
    size = place_prefix(words, "tỉnh")
    return (province_named(" ".join(words[:size])) if size else None) or ""


def of_border_gate(spelled: str, provinces: tuple[str, ...], day: str | None) -> str | None:
    """The province, by its name on `day`, of the border gate a unit is called after; "" where several gates have that
    name and the article is on none of their provinces, None where no gate has it.
    """
    gates = border_gates().get(key(spelled), [])
    if not gates:
        return None
    return the_one(provinces, gates) or (at_publication(gates[0], day) if len(gates) == 1 else "")


def of_article(spelled: str, provinces: tuple[str, ...]) -> str:
    """The one of the article's `provinces` that may have a unit of that name: one with a district or commune called
    so, or the only one where no table knows the name, or it is a number; "" where it stays open.
    """
    if spelled.isdecimal():
        return the_one(provinces, provinces)
    names = gazetteer().names
    known = {row.province for kind in ("district", "commune") for row in names[kind].get(key(spelled), ())}
    return the_one(provinces, known or provinces)


def the_one(provinces: tuple[str, ...], known: Collection[str]) -> str:
    """The one of `provinces` that is among the `known` ones by its name of any time; "" if none or several are."""
    held = set(map(present, known))
    found = [name for name in provinces if present(name) in held]
    return found[0] if len(found) == 1 else ""


@cache
def border_gates() -> dict[str, list[str]]:
    """The provinces of border gates by key of their names (data/border_gates.csv), as they were until July 2025."""
    gates: dict[str, list[str]] = defaultdict(list)
    for row in table("border_gates.csv"):
        gates[key(row["name"])].append(row["province"])
    return gates


def cut_province(words: list[str]) -> tuple[str, int] | None:
    """A province of which only the first half stands before a dash, and how many words that is: "Bà Rịa"."""
    name = CUT.get(" ".join(words[:2]).lower())
    return (name, 2) if name else None


def is_foreign(text: str, end: int) -> bool:
    """Whether another country is named behind a place that ends at `end`: "tỉnh Vân Nam | (Trung Quốc)"."""
    return FOREIGN_AFTER.match(text, end) is not None


def opens_another(words: list[str]) -> bool:
    """Whether capitalised words behind a unit word are no place's name: a person, a rank, a head, another body."""
    first = words[0].lower()
    begins = any(first in phrases.by_first for phrases in (heads(), ranks(), bodies()))
    return begins or first in surnames() or first.isdecimal() or words[0].isupper()
