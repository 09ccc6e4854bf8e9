"""How far an article reaches: a piece on the country, or one on local affairs by its own words for its place."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from indexer.entities.words import column, members

COUNTRY_WORDS = ("cả nước", "toàn quốc", "toàn quân", "trên 63", "34 tỉnh")
COUNTRY = re.compile(rf"\b(?:{'|'.join(COUNTRY_WORDS)})\b")
# The country in a festive phrase: "cùng cả nước", "trong không khí … của các địa phương trong cả nước".
FESTIVE = re.compile(
    r"\b(?:cùng|hòa chung|không khí|niềm vui|phấn khởi|khí thế|sôi nổi|hướng về|chào mừng|tự hào)\b[^.;\n]{0,80}$"
)
MILITARY_REGION = re.compile(r"quân khu (\w+)")
SEVERAL_REGIONS = 3
# Units of local government, tried where one of their first letters stands.
UNIT = re.compile(r"(?:tỉnh|thành phố|huyện|thị xã|thị trấn|quận|xã|phường)(?!\w)")
# Whose unit it is: "Bộ CHQS | tỉnh", "thanh niên | của tỉnh", "trên địa bàn | huyện".
OWNERS = members("owner_of_unit")
EACH, ALL_BUT_PROVINCES = ("các", "mỗi", "từng"), frozenset({"huyện", "xã", "phường", "thị trấn", "quận"})
CLAUSE_OPENS = tuple(".:;,–\n-")
# Bodies and words of them that no other place is called by: "huyện ủy", "tỉnh nhà".
BODIES = members("own_body")
LOCAL_BODY = re.compile(rf"(?<!\w)(?:{'|'.join(BODIES)})(?!\w)")
OPENINGS_KEPT = 256  # what opens an article is asked about by one step after the other

# Words of the forces at home and of what they do: the yearly round of drafts, reviews and exercises is theirs.
FORCES = members("of_forces")
NUMBERED_FLEET = re.compile(r"vùng \d hải quân|giao [\d.]+ tân binh")
CAPITALISED = re.compile(r"[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ]\w*")
NOT_ABROAD = frozenset({"Việt Nam", "Nam Việt Nam", "Nam Việt", "Việt Nam Cộng hòa", "Lào", "Campuchia", "Trung Quốc",
                        "Anh", "Đức", "Ý", "Áo", "Nga", "Bỉ", "Mỹ", "Pháp", "Séc"})
# Names of one syllable: in a title countries, where no capital, form of address or "chống" stands before them.
SHORT_NAMES = frozenset({"Mỹ", "Nhật", "Nga", "Pháp", "Hàn", "Anh"})
NOT_BEFORE = frozenset({"ông", "bà", "chị", "cô", "em", "bé", "cháu", "anh", "chống", "kháng", "đánh", "xã", "huyện",
                        "phường", "thôn", "đường", "hàng", "và", "với", "tháng"})
BEHIND_ANH = frozenset({"hùng", "em", "chị", "trai", "ruột", "dũng", "ấy", "ta", "cả", "minh"})
POWERS = members("of_other_country")  # what tells of other countries besides their names: cities, statesmen, armies


@lru_cache(OPENINGS_KEPT)
def is_of_forces(opening: str) -> bool:
    """Whether an article that opens with normalised `opening` is on the country's own forces, not on a war abroad."""
    return names_forces(opening) and not is_abroad(opening) and not titled_abroad(opening.partition("\n")[0])


@lru_cache(OPENINGS_KEPT)
def names_forces(opening: str) -> bool:
    """Whether `opening` names forces or what they do."""
    lower = opening.lower()
    if any(map(lower.__contains__, FORCES)):
        return True
    return ("hải quân" in lower or "tân binh" in lower) and NUMBERED_FLEET.search(lower) is not None


@lru_cache(OPENINGS_KEPT)
def is_abroad(opening: str) -> bool:
    """Whether what opens with normalised `opening` is news of other countries: it names them, and nobody local."""
    if is_local(opening):
        return False
    named = countries_named(opening)
    return named > 1 or (named == 1 and not names_forces(opening))


def countries_named(opening: str) -> int:
    """How often `opening` names other countries: only names are counted whose first word with a capital is there."""
    begun = abroad().keys() & set(CAPITALISED.findall(opening))
    return sum(opening.count(name) for word in begun for name in abroad()[word])


@cache
def abroad() -> dict[str, list[str]]:
    """Names of other countries by their first word with a capital; not of the neighbours, whose border is the own
    one, nor those that people bear too."""
    by_first: dict[str, list[str]] = {}
    for name in (*column("countries.csv", "country"), *POWERS):
        if name not in NOT_ABROAD:
            by_first.setdefault(CAPITALISED.findall(name)[0], []).append(name)
    return by_first


def titled_abroad(title: str) -> bool:
    """Whether a normalised title names another country by a short name: "Mỹ đối mặt lũ lụt"."""
    words = title.split()
    if SHORT_NAMES.isdisjoint(words):
        return False
    for at, word in enumerate(words[:-1]):
        before = words[at - 1] if at else ""
        lone = not before[:1].isupper() or at == 1 or not before[-1:].isalnum()
        if word in SHORT_NAMES and words[at + 1][:1].islower() and lone and before.lower() not in NOT_BEFORE:
            return not (word == "Anh" and (at == 0 or words[at + 1] in BEHIND_ANH))
    return False


def is_national(title: str, lead: str) -> bool:
    """Whether an article opens with the country: "cả nước" outside a festive phrase, or several military regions."""
    opening = f"{title}\n{lead}".lower()
    named = COUNTRY.finditer(opening) if any(words in opening for words in COUNTRY_WORDS) else ()
    country = any(not FESTIVE.search(opening[: found.start()]) for found in named)
    return country or len(set(MILITARY_REGION.findall(opening))) >= SEVERAL_REGIONS


@lru_cache(OPENINGS_KEPT)
def is_local(text: str) -> bool:
    """Whether normalised `text` is on local affairs: it names its own "tỉnh", "huyện", "xã" without their names."""
    lower = text.lower()
    if any(map(lower.__contains__, BODIES)) and LOCAL_BODY.search(lower):
        return True
    return any(is_own(text, lower, found) for found in UNIT.finditer(lower))


def is_own(text: str, lower: str, unit: re.Match[str]) -> bool:
    """Whether a unit of local government, found in `lower`, is the article's own by the words beside it."""
    start, end = unit.span()
    left = lower[max(0, start - 40) : start]
    opens = left.rstrip(" \t").endswith(CLAUSE_OPENS)
    if opens or not left.strip():
        opens = opens or not lower[:start].strip()
        return opens and text[end : end + 1] == " " and text[end + 1 : end + 2] in LOWER_LETTERS
    before = left.removesuffix(" ")
    if unit[0] in ALL_BUT_PROVINCES and is_last_word(before, EACH):
        return True
    if before.endswith(")") and 2 <= len(before) - 2 - before.rfind("(") <= 12:
        before = before[: before.rfind("(")].removesuffix(" ")
    return is_last_word(before, OWNERS) and not lower.startswith(" bạn", end)


LOWER_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzđ")


def is_last_word(before: str, words: tuple[str, ...]) -> bool:
    """Whether `before` ends with one of these words or phrases, whole."""
    return before.endswith(words) and any(
        before.endswith(word) and not before[-len(word) - 1 : -len(word)].isalnum() for word in words)
