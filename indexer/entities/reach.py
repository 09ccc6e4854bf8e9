"""How far an article reaches: a piece on the country, or one on local affairs by its own words for its place."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from indexer.entities.places import table

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
OWNERS = (
    "ubnd", "hđnd", "llvt", "chqs", "mttq", "mttq việt nam", "qp-an", "qp - an", "qp&an", "qp an", "qpan", "an ninh",
    "quốc phòng", "bđbp", "biên phòng", "công an", "đảng bộ", "hội đồng nghĩa vụ quân sự", "nvqs", "quân sự", "đbqh",
    "nhân dân", "vũ trang", "toàn", "trong", "của", "cấp", "ban, ngành", "nội", "lãnh đạo", "thanh niên", "quân dân",
    "chỉ huy", "cơ quan", "địa bàn", "từ", "mặt trận", "dân quân", "ngành",
)
EACH, ALL_BUT_PROVINCES = ("các", "mỗi", "từng"), frozenset({"huyện", "xã", "phường", "thị trấn", "quận"})
CLAUSE_OPENS = tuple(".:;,–\n-")
BODIES = (
    "tỉnh ủy", "tỉnh ta", "tỉnh nhà", "tỉnh đoàn", "tỉnh đội", "thành ủy", "huyện ủy", "thị ủy", "quận ủy",
    "đảng ủy xã", "đảng ủy phường", "huyện, thị xã", "xã, phường", "xã, thị trấn", "đồn biên phòng", "đồn bp",
    "trạm biên phòng", "trạm bp", "ban chqs", "ban chỉ huy quân sự", "các địa phương", "của địa phương",
    "tại địa phương",
)
LOCAL_BODY = re.compile(rf"(?<!\w)(?:{'|'.join(BODIES)})(?!\w)")
OPENINGS_KEPT = 256  # what opens an article is asked about by one step after the other

# Words of the forces at home and of what they do: the yearly round of drafts, reviews and exercises is theirs.
FORCES = (
    "chqs", "chỉ huy quân sự", "bộ quân sự", "ban quân sự", "cơ quan quân sự", "trường quân sự", "đảng ủy quân sự",
    "quân sự, quốc phòng", "quân sự - quốc phòng", "quân sự quốc phòng", "quốc phòng, quân sự", "quốc phòng - quân sự",
    "quốc phòng, an ninh", "quốc phòng - an ninh", "quốc phòng-an ninh", "qp-an", "qpan", "qp - an", "qp&an",
    "quân sự địa phương", "quốc phòng địa phương", "quốc phòng toàn dân", "quân chính", "binh đoàn", "quân đoàn",
    "nhập ngũ", "xuất ngũ", "biên phòng", "bđbp", "dân quân", "dqtv", "tự vệ", "lực lượng vũ trang", "llvt",
    "tòng quân", "quân khu", "quân chủng", "nghĩa vụ quân sự", "nvqs", "tiễn tân binh", "đón tân binh", "giao quân",
    "nhận quân", "chiến sĩ mới", "chiến sỹ mới", "biên giới", "cảnh sát biển", "tuyển quân", "thương binh", "liệt sĩ",
    "liệt sỹ", "ra quân huấn luyện",
    "cựu chiến binh", "khu vực phòng thủ", "phòng thủ khu vực", "phòng thủ dân sự", "quân nhân", "dự bị động viên",
    "quân đội nhân dân", "qđnd", "bộ tư lệnh", "học kỳ quân đội", "giáo dục quốc phòng", "kiến thức quốc phòng",
    "công nghiệp quốc phòng", "hậu phương quân đội",
)
FORCE_STEMS = ("quân", "phòng", "binh", "vũ trang", "nhập", "chiến ", "qp", "ngũ", "liệt s", "biên ", "tự vệ",
               "lực lượng")
NUMBERED_FLEET = re.compile(r"vùng \d hải quân|giao [\d.]+ tân binh")
CAPITALISED = re.compile(r"[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ]\w*")
NOT_ABROAD = frozenset({"Việt Nam", "Nam Việt Nam", "Nam Việt", "Việt Nam Cộng hòa", "Lào", "Campuchia", "Trung Quốc",
                        "Anh", "Đức", "Ý", "Áo", "Nga", "Bỉ", "Mỹ", "Pháp", "Séc"})
# Names of one syllable: in a title countries, where no capital, form of address or "chống" stands before them.
SHORT_NAMES = frozenset({"Mỹ", "Nhật", "Nga", "Pháp", "Hàn", "Anh"})
NOT_BEFORE = frozenset({"ông", "bà", "chị", "cô", "em", "bé", "cháu", "anh", "chống", "kháng", "đánh", "xã", "huyện",
                        "phường", "thôn", "đường", "hàng", "và", "với", "tháng"})
BEHIND_ANH = frozenset({"hùng", "em", "chị", "trai", "ruột", "dũng", "ấy", "ta", "cả", "minh"})
POWERS = ("Texas", "California", "Florida", "New York", "London", "Paris", "Tokyo", "Bangkok", "Bắc Kinh", "Seoul",
          "Tổng thống", "Lầu Năm Góc", "Washington", "Moscow", "Putin", "Trump", "Hải quân Mỹ", "quân đội Mỹ",
          "quân đội Nga", "Hải quân Nga", "CIA")


@lru_cache(OPENINGS_KEPT)
def is_of_forces(opening: str) -> bool:
    """Whether an article that opens with normalised `opening` is on the country's own forces, not on a war abroad."""
    return names_forces(opening) and not is_abroad(opening) and not titled_abroad(opening.partition("\n")[0])


@lru_cache(OPENINGS_KEPT)
def names_forces(opening: str) -> bool:
    """Whether `opening` names forces or what they do."""
    lower = opening.lower()
    for stem, words in forces().items():
        if stem in lower and any(map(lower.__contains__, words)):
            return True
    return ("hải quân" in lower or "tân binh" in lower) and NUMBERED_FLEET.search(lower) is not None


@cache
def forces() -> dict[str, tuple[str, ...]]:
    """FORCES by a syllable or two that stand in them: most texts hold few of these."""
    by_stem: dict[str, list[str]] = {}
    for word in FORCES:
        by_stem.setdefault(next((stem for stem in FORCE_STEMS if stem in word), word), []).append(word)
    return {stem: tuple(words) for stem, words in by_stem.items()}


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
    for name in (*(row["country"] for row in table("countries.csv")), *POWERS):
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
    if not left.strip() or left.rstrip(" \t").endswith(CLAUSE_OPENS):
        opens = not lower[:start].strip() or left.rstrip(" \t").endswith(CLAUSE_OPENS)
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
