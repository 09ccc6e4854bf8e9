"""How far an article reaches: a piece on the country, or one on local affairs by its own words for its place."""

from __future__ import annotations

import re
from functools import cache

from indexer.entities.places import table

COUNTRY_WORDS = ("cả nước", "toàn quốc", "toàn quân", "trên 63", "34 tỉnh")
COUNTRY = re.compile(rf"\b(?:{'|'.join(COUNTRY_WORDS)})\b")
# The country in a festive phrase: "cùng cả nước", "trong không khí … của các địa phương trong cả nước".
FESTIVE = re.compile(
    r"\b(?:cùng|hòa chung|không khí|niềm vui|phấn khởi|khí thế|sôi nổi|hướng về|chào mừng|tự hào)\b[^.;\n]{0,80}$"
)
MILITARY_REGION = re.compile(r"quân khu (\w+)")
SEVERAL_REGIONS = 3
UNIT = r"(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn)"
# Whose unit it is: "Bộ CHQS | tỉnh", "thanh niên | của tỉnh", "trên địa bàn | huyện".
OWNERS = (
    "UBND|HĐND|LLVT|CHQS|MTTQ(?: Việt Nam)?|QP[- &]*AN|an ninh|quốc phòng|BĐBP|biên phòng|công an|đảng bộ"
    "|hội đồng nghĩa vụ quân sự|NVQS|quân sự|ĐBQH|nhân dân"
    "|vũ trang|toàn|trong|của|cấp|ban, ngành|nội|lãnh đạo|thanh niên|quân dân|chỉ huy|cơ quan|địa bàn|từ|mặt trận"
    "|dân quân|ngành"
)
BODIES = (
    "tỉnh (?:ủy|ta|nhà|đoàn|đội)|thành ủy|huyện ủy|thị ủy|quận ủy|đảng ủy (?:xã|phường)|huyện, thị xã|xã, phường"
    "|xã, thị trấn|(?:đồn|trạm) (?:biên phòng|BP)|ban (?:CHQS|chỉ huy quân sự)|(?:các|của|tại) địa phương"
)
LOCAL = re.compile(
    rf"\b(?:{OWNERS})\s?(?:\([^()]{{2,12}}\)\s?)?{UNIT}(?!\w)(?! bạn)|(?:^|[.:;,–\n-]\s*){UNIT}(?= (?-i:[a-zđ]))"
    rf"|\b(?:các|mỗi|từng) (?:huyện|xã|phường|thị trấn|quận)\b|\b(?:{BODIES})\b",
    re.IGNORECASE,
)

# Words of the forces at home and of what they do: the yearly round of drafts, reviews and exercises is theirs.
FORCES = (
    "chqs", "chỉ huy quân sự", "bộ quân sự", "ban quân sự", "cơ quan quân sự", "trường quân sự", "đảng ủy quân sự",
    "quân sự, quốc phòng", "quân sự - quốc phòng", "quân sự quốc phòng", "quốc phòng, quân sự", "quốc phòng - quân sự",
    "quốc phòng, an ninh", "quốc phòng - an ninh", "quốc phòng-an ninh", "qp-an", "qpan", "qp - an", "qp&an",
    "quân sự địa phương", "quốc phòng địa phương", "quốc phòng toàn dân", "quân chính", "binh đoàn", "quân đoàn",
    "nhập ngũ", "xuất ngũ", "biên phòng", "bđbp", "dân quân", "dqtv", "tự vệ", "lực lượng vũ trang", "llvt",
    "tòng quân", "quân khu", "quân chủng", "nghĩa vụ quân sự", "nvqs", "tiễn tân binh", "đón tân binh", "giao quân",
    "nhận quân", "chiến sĩ mới", "chiến sỹ mới", "biên giới", "cảnh sát biển", "tuyển quân", "thương binh", "liệt sĩ",
    "liệt sỹ",
    "cựu chiến binh", "khu vực phòng thủ", "phòng thủ khu vực", "phòng thủ dân sự", "quân nhân", "dự bị động viên",
    "quân đội nhân dân", "qđnd", "bộ tư lệnh", "học kỳ quân đội", "giáo dục quốc phòng", "kiến thức quốc phòng",
    "công nghiệp quốc phòng", "hậu phương quân đội",
)
NUMBERED_FLEET = re.compile(r"vùng \d hải quân|giao [\d.]+ tân binh")
WORD = re.compile(r"\w+")
NOT_ABROAD = frozenset({"Việt Nam", "Nam Việt Nam", "Nam Việt", "Việt Nam Cộng hòa", "Lào", "Campuchia", "Trung Quốc",
                        "Anh", "Đức", "Ý", "Áo", "Nga", "Bỉ", "Mỹ", "Pháp", "Séc"})
POWERS = ("Tổng thống", "Lầu Năm Góc", "Washington", "Moscow", "Putin", "Trump", "Hải quân Mỹ", "quân đội Mỹ",
          "quân đội Nga", "Hải quân Nga", "CIA")


def is_of_forces(opening: str) -> bool:
    """Whether an article that opens with normalised `opening` is on the country's own forces, not on a war abroad."""
    return names_forces(opening) and not is_abroad(opening)


def names_forces(opening: str) -> bool:
    """Whether `opening` names forces or what they do."""
    lower = opening.lower()
    return any(map(lower.__contains__, FORCES)) or NUMBERED_FLEET.search(lower) is not None


def is_abroad(opening: str) -> bool:
    """Whether what opens with normalised `opening` is news of other countries: it names them, and nobody local."""
    named = countries_named(opening)
    return (named > 1 or (named == 1 and not names_forces(opening))) and not is_local(opening)


def countries_named(opening: str) -> int:
    """How often `opening` names other countries: only names whose first word stands there are counted."""
    begun = abroad().keys() & set(WORD.findall(opening))
    return sum(opening.count(name) for word in begun for name in abroad()[word])


@cache
def abroad() -> dict[str, list[str]]:
    """Names of other countries by first word; not of the neighbours, whose border is the own one, nor those that
    people bear too."""
    by_first: dict[str, list[str]] = {}
    for name in (*(row["country"] for row in table("countries.csv")), *POWERS):
        if name not in NOT_ABROAD:
            by_first.setdefault(WORD.findall(name)[0], []).append(name)
    return by_first


def is_national(title: str, lead: str) -> bool:
    """Whether an article opens with the country: "cả nước" outside a festive phrase, or several military regions."""
    opening = f"{title}\n{lead}".lower()
    named = COUNTRY.finditer(opening) if any(words in opening for words in COUNTRY_WORDS) else ()
    country = any(not FESTIVE.search(opening[: found.start()]) for found in named)
    return country or len(set(MILITARY_REGION.findall(opening))) >= SEVERAL_REGIONS


def is_local(text: str) -> bool:
    """Whether normalised `text` is on local affairs: it names its own "tỉnh", "huyện", "xã" without their names."""
    return LOCAL.search(text) is not None
