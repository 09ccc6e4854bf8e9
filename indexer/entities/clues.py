"""What a text says of provinces: every mention with the part it plays there, and how much that part weighs.

A body of the province ("UBND tỉnh Kon Tum") or the place of the event ("tại Kon Tum") speaks loudly, a bare name
softly, and birthplaces, guests, neighbours, roads, battles and long lists not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from indexer.entities.places import CAPITAL, Mention, table

LEAD = 500
TITLE = 5.0
WEIGHTS = {
    "heading": 4.0, "acts": 4.0, "authority": 2.0, "event": 2.0, "joint": 2.0, "counted": 2.0,
    "post": 1.5, "unit": 1.0, "located": 1.0, "bare": 0.5,
    "guest": 0.5, "passing": 0.0,
}  # fmt: skip


def cues(part: str) -> str:
    """The cue words of a part (data/province_cues.csv) as alternatives of a pattern for lower-case text."""
    return "|".join(re.escape(row["cue"]) for row in table("province_cues.csv") if row["part"] == part)


WORDS = r"[^\W\d_]+"
ASIDE = r"\s*(?:\([\w -]{2,12}\)\s*)?"  # "Bộ Chỉ huy Quân sự (CHQS) tỉnh"
AUTHORITY = re.compile(
    rf"(?<!\w)(?:{cues('authority')}|ban chỉ đạo \d+|hội {WORDS} {WORDS}|sở {WORDS}(?: {WORDS}){{0,3}}){ASIDE}$"
)
POST = re.compile(rf"(?:{cues('post')})\s*$")
EVENT = re.compile(rf"\b(?:{cues('event')})\s*$")
FORMER = rf"nguyên (?:phó )?(?:bí thư|chủ tịch|ủy viên|giám đốc)(?: {WORDS}){{0,4}}|từng (?:{WORDS} ){{1,6}}"
SCHOOL = rf"(?:đại học|đh|cao đẳng|học viện)(?: (?!tại |ở |của |và |đến ){WORDS}){{1,4}}"  # "Đại học Luật TP HCM"
UNIT = r"(?:xã|huyện|phường|thị xã|quận|thị trấn|thôn|ấp|bản|tp|thành phố)"
NEARER_PLACE = rf"(?:{UNIT}\s[^;.()\n]{{0,40}},?\s*)?"
PASSING = re.compile(rf"\b(?<!tỉnh )(?<!thành )(?:{cues('passing')}|{FORMER}|{SCHOOL})\W{{0,3}}(?:{NEARER_PLACE})$")
# "anh Kiệt (sinh năm 1994, ở | TP Quy Nhơn)", "bà Năm, 98 tuổi, ở | xã Tân Hòa": where people live.
SERVING = r"(?:đồn|đội|quân|cán bộ|công tác|chỉ huy|trưởng|phó|chiến sĩ)\b"  # not where he lives, but where he serves
LIVES = re.compile(rf"(?:\b(?:sn|sinh năm|sinh ngày)[ :]*\d|\b\d\d tuổi\b)(?:(?!\b{SERVING})[^();])*$")
PERSON = re.compile(r"\b(?:sinh (?:tháng|năm|ngày)|trú|ngụ|quê|hộ khẩu|con của|đại biểu|liệt sĩ|liệt sỹ)\b")
# "cửa biển Gianh (| Quảng Bình)", "xã Biển Hồ, | Gia Lai": what lies in a province says where the news is.
SITE = (
    rf"(?:đồn(?: biên phòng)?|trạm|cảng|cửa khẩu|cửa biển|vùng biển|biển|vịnh|đảo|đặc khu|khu vực|núi|rừng|làng|sân bay"
    rf"|trường bắn|thao trường|nghĩa trang|công viên|quảng trường|cao điểm|hang|hồ|(?:tiểu|trung|lữ|sư) đoàn|{UNIT})"
)
LOCATED = re.compile(rf"(?<!\w từ )\b{SITE}(?: [^\s,;()]+){{1,6}}\s*(?:,|\(|thuộc)\s*(?:{UNIT} [^,;()]{{2,20}},\s*)?$")
CHAIN = re.compile(r"\s*(?:\([^()]{0,40}\)\s*)?(?:,|và)\s*(?:tỉnh\s*)?")
ABROAD = r"(?:Lào(?! Cai)|Campuchia|Cam-pu-chia|Trung Quốc|Thái Lan)(?!\w)"
FOREIGN_AFTER = re.compile(rf"\s*[,(]?\s*(?:thuộc\s+)?(?:nước\s+)?(?:CHDCND\s+)?{ABROAD}")
BETWEEN = re.compile(
    r"\s*(?:\([^()]{0,40}\)\s*)?(?:,|;|và|cùng|với|-|&|/|đến|tới)\s*(?:và\s+)?(?:các\s+)?"
    r"(?:(?:bộ chqs|bộ chỉ huy quân sự|llvt|bđbp|công an|ubnd|tỉnh ủy)\s+)?",
    re.IGNORECASE,
)
HEADING = re.compile(r":\s+(?:Ngày|Sáng|Chiều|Tối|Trưa|Hôm|Thừa)")
CAPTION = re.compile(r"[^\n]{0,120}\bẢnh\s?:")
PAIR = re.compile(r"\s*(?:và|-|cùng)\s*(?:tỉnh\s*)?")
# Before a list that the news is of: "3 tỉnh", "các tỉnh thuộc Quân khu 1 gồm:", "tại các tỉnh".
COUNTED = re.compile(
    r"\b(?:(?:0?[2-9]|hai|ba|bốn|năm|sáu|bảy|tám|chín) (?:tỉnh|địa phương|tỉnh, thành(?: phố)?)[: ]*"
    r"|(?:tỉnh|địa phương|tỉnh, thành(?: phố)?)\b[^.;\n]{0,60}(?:gồm(?: có)?|là|gồm các tỉnh)\s*:?\s*"
    r"|(?:tại|ở|trên địa bàn|địa bàn|trên) (?:các|một số|nhiều) (?:tỉnh|địa phương|tỉnh, thành(?: phố)?)[: ]*)$",
    re.IGNORECASE,
)
LONGEST_LIST = 12  # provinces; who names more speaks of the country
# What a province that is the subject of a sentence does: "tỉnh Hà Giang | tổ chức lễ ra quân".
DOING = (
    r"(?:đã |vừa |sẽ |cùng |đồng loạt |đồng thời |long trọng |phối hợp |chủ động )*"
    r"(?:tổ chức|khai mạc|bế mạc|ra quân|tiến hành|giao quân|giao nhận quân|tiễn|diễn tập|huấn luyện|tổng kết"
    r"|sơ kết|triển khai"
    r"|phát động|bàn giao|ban hành|công bố|trao|tặng|đón|gặp mặt|hoàn thành|mở|họp|khám|thành lập|kiểm tra|thăm"
    r"|làm lễ|kỷ niệm)"
)
DOES = re.compile(rf"(?:\s*\([^()]{{0,30}}\))?,?\s{DOING}\b", re.IGNORECASE)
FIRST_SENTENCE = 300  # characters: who acts there is whom the news is of
SUBJECT = re.compile(r"(?:^|[.!?,:–-])\W*(?:(?:ngày|sáng|chiều|tối|trưa|hôm|vừa|vào|trong"
                     r"|mới)\b[^,.;]{0,40},\s*)?(?:các )?$", re.IGNORECASE)
# A nearer place between a body and its province: "Ban CHQS | huyện Vị Xuyên, | tỉnh Hà Giang".
NEARER_NAME = re.compile(rf"(?:{UNIT}\s[^;.:()\n,]{{2,40}}(?:,|\(|-)\s*)+(?:thuộc )?$")
# A delegation that comes to see: its province is a guest.
VISITS = re.compile(
    r"(?:\s(?!(?:tổ chức|khai mạc)\b)[^\s.,;]+){0,6}?\s(?:đến|sang|tới|về)\s(?:tham quan|học tập|thăm|chúc|dự"
    r"|giao lưu|trao đổi kinh nghiệm)\b"
)
DELEGATION = re.compile(r"\b(?:đoàn|đại diện|lãnh đạo)\b[^.;,\n]{0,60}$")
WORD_BEFORE = re.compile(r"(\w+) $")
LONGEST_WORD = 15  # characters, the blank included: a pattern that ends in "$" is tried from each of them
NICKNAME = re.compile(
    r"(?<!\d, )(?<!và )\b(?:Bộ Tư lệnh|BTL|[Tt]hanh niên|[Tt]uổi trẻ|LLVT|[Nn]hân dân|[Qq]uân và dân|[Cc]ông an) "
    rf"(?:Thủ đô(?! (?:Hà Nội|Viêng|Ph))|thủ đô(?! [{CAPITAL}]))"
)
LONGEST_NICKNAME = 20  # characters before and behind "Thủ đô" that NICKNAME looks at


@dataclass(frozen=True, slots=True)
class Clue:
    """One province, the part its mention plays, how much that weighs, and where the words stand."""

    province: str
    role: str
    weight: float
    zone: str
    start: int
    end: int


def spoken(text: str, zone: str, places: list[Mention]) -> list[Clue]:
    """Clues from the provinces a zone names; title and lead weigh more, long lists in the text nothing."""
    provinces = [place for place in places if place.kind == "province"]
    listed = in_lists(text, provinces) if zone == "text" else {}
    listed |= in_pairs(text, provinces)
    listed |= in_chains(text, provinces, listed)
    return [*(clue_of(text, zone, place, listed) for place in provinces), *capital_nicknamed(text, zone)]


def capital_nicknamed(text: str, zone: str) -> list[Clue]:
    """Hà Nội's own bodies under its nickname: "Bộ Tư lệnh Thủ đô", "thanh niên Thủ đô"."""
    return [
        Clue("Hà Nội", "authority", 2.0 + 2.0 * (m.start() < LEAD), zone, *m.span())
        for m in nicknames(text)
    ]


def nicknames(text: str) -> Iterator[re.Match[str]]:
    """The matches of NICKNAME, sought only around the words "Thủ đô"."""
    at = text.find("hủ đô")
    while at >= 0:
        found = NICKNAME.search(text, max(0, at - LONGEST_NICKNAME), at + LONGEST_NICKNAME)
        if found and found.start() < at < found.end():
            yield found
        at = text.find("hủ đô", at + 1)


def clue_of(text: str, zone: str, place: Mention, listed: dict[int, str]) -> Clue:
    """What a place named in a zone of the article proves: its role and the weight of that role.

    `listed` gives the role of places that stand in a list, by where they begin.
    """
    role = listed.get(place.start) or role_of(text, place)
    weight = WEIGHTS["unit" if role == "bare" and place.unit else role]
    if zone == "title":
        weight = TITLE if weight else 0.0
    elif place.start < LEAD:
        weight *= 2
    if CAPTION.match(text, place.end):
        weight /= 2
    return Clue(place.provinces[0], role, weight, zone, place.start, place.end)


def role_of(text: str, place: Mention) -> str:
    """Heading ("Kon Tum: …"), post ("Bí thư Tỉnh ủy Kon Tum"), authority, acts (a body or province that does
    something), guest, event ("tại Kon Tum"), located ("đảo Cồn Cỏ, Quảng Trị"), passing or bare."""
    shown = text[max(0, place.start - 70) : place.start].rpartition("\n")[2]
    left = shown.lower()
    if is_elsewhere(text, place, shown) or RANGE_END.search(shown) or (
            left.rstrip().endswith(" từ") and RANGE_ON.match(text, place.end)):
        return "passing"
    if WANTS.match(text, place.end) or PASSING.search(left) or lives(left):
        return "passing"
    if place.name == "Hà Nội":
        return role_of_capital(left, place)
    nearer = left.rstrip().endswith((",", "(", "-", "thuộc"))
    if authority := AUTHORITY.search(NEARER_NAME.sub("", left) if nearer else left):
        if POST.search(left[: authority.start()]):
            return "post"
        if DELEGATION.search(left[: authority.start()]) and VISITS.match(text, place.end):
            return "guest"
        return "acts" if place.start < FIRST_SENTENCE and DOES.match(text, place.end) else "authority"
    if place.unit and place.start < FIRST_SENTENCE and DOES.match(text, place.end) and SUBJECT.search(left):
        return "acts"
    if EVENT.search(left):
        return "event"
    opens = not left.strip() or left.rstrip()[-1] in ".!?…"
    if HEADING.match(text, place.end) or (opens and text[place.end : place.end + 1] == ":"):
        return "heading"
    return "located" if is_located(left) else "bare"


def lives(left: str) -> bool:
    """Whether the place that follows `left` is where a person lives."""
    return ("sn" in left or "sinh" in left or "tuổi" in left) and LIVES.search(left) is not None


def is_located(left: str) -> bool:
    """Whether `left` ends with a site, not a person, that lies in the place that follows."""
    return left.rstrip().endswith((",", "(", "thuộc")) and LOCATED.search(left) is not None and not PERSON.search(left)


def role_of_capital(left: str, place: Mention) -> str:
    """Hà Nội is where central organs sit: only its own bodies speak for it, not "tại Hà Nội"."""
    if AUTHORITY.search(left) and not re.search(r"quân khu \d, (?:và )?bộ tư lệnh\s*$", left):
        return "post" if POST.search(left[: AUTHORITY.search(left).start()]) else "authority"  # type: ignore[union-attr]
    return "bare" if place.unit and not EVENT.search(left) else "passing"


def is_elsewhere(text: str, place: Mention, left: str) -> bool:
    """Whether the words are no province here: abroad, a person, an ocean."""
    if FOREIGN_AFTER.match(text, place.end) or (not place.unit and text[place.start : place.end] == "Hồ Chí Minh"):
        return True
    if not place.unit and (word_before(left) in surnames() or is_club(text, place, left)):
        return True
    return not_places().search(text, max(0, place.start - 12), place.end + 12) is not None


# "vùng biển từ | Quảng Ninh | đến | Hà Tĩnh": the ends of a stretch.
RANGE_END = re.compile(rf"\btừ (?:tỉnh )?[{CAPITAL}][^,.;:()]{{2,24}} (?:đến|tới) (?:tỉnh )?$")
RANGE_ON = re.compile(rf" (?:đến|tới) (?:tỉnh )?[{CAPITAL}]")
# "bị Công an TP.HCM | truy nã": where somebody is sought, not where he was found.
WANTS = re.compile(r"\s(?:ra (?:lệnh|quyết định) |phát lệnh )?truy nã\b")
CLUBS = re.compile(r"\b(?:CLB|FLC|SHB|FC|Becamex|Than|Sanna|Sanatech|XSKT|Topenland|TNG|Trường Tươi|Đông Á|đội bóng"
                   r"|đội tuyển)(?: bóng đá)? $")
CLUB_AFTER = re.compile(r" (?:FC|BC)\b| (?:và|chia tay|bổ nhiệm) HLV| (?:thua|thắng|đánh bại|cầm hòa|hạ) (?=[A-ZĐ])")


def is_club(text: str, place: Mention, left: str) -> bool:
    """Whether the place is the name of a sports club: "FLC | Thanh Hóa", "CLB | Bình Dương", "Sài Gòn FC"."""
    return CLUBS.search(left[-24:]) is not None or CLUB_AFTER.match(text, place.end) is not None


def word_before(left: str) -> str:
    """The word before the blank that ends `left`; "" if there is none."""
    found = WORD_BEFORE.search(left, max(0, len(left) - LONGEST_WORD))
    return found[1] if found else ""


def in_lists(text: str, places: list[Mention]) -> dict[int, str]:
    """The part of provinces that stand three or more in a row: none, unless the lead counts them ("3 tỉnh A, B, C")."""
    return {place.start: "joint" if is_counted(text, run) else "passing"
            for run in lists(text, places) for place in run}


def lists(text: str, places: list[Mention]) -> list[list[Mention]]:
    """The places that stand in a row, three or more of different names."""
    runs: list[list[Mention]] = []
    for place in places:
        if runs and BETWEEN.fullmatch(text, runs[-1][-1].end, place.start):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [run for run in runs if len({p.name for p in run}) > 2]


def in_pairs(text: str, places: list[Mention]) -> dict[int, str]:
    """The second of two that share a part: "tại An Giang và Tây Ninh", "Bộ CHQS tỉnh Quảng Trị và Quảng Bình"; both
    where the lead counts them: "hai tỉnh Quảng Trị và Bình Dương".
    """
    joint: dict[int, str] = {}
    for first, second, third in zip(places, places[1:], [*places[2:], None], strict=False):
        paired = first.name != second.name and PAIR.fullmatch(text, first.end, second.start)
        if not paired or (third and BETWEEN.fullmatch(text, second.end, third.start)):
            continue
        if role := role_of_counted_pair(text, first):
            joint |= {first.start: role, second.start: role}
        elif role_of(text, first) in ("authority", "event"):
            joint[second.start] = "joint"
    return joint


# "lực lượng chức năng hai tỉnh", "các tỉnh": but not the line between them, nor who comes from there.
PAIRED = re.compile(r"\b(?:các|cả hai|hai|2) (?:tỉnh|địa phương|tỉnh, thành(?: phố)?)[: ]*$")
BESIDES = re.compile(r"\b(?:giáp(?: ranh)?|ranh giới|nối|giữa|từ|quê|đến từ|sang|như|nhất là|đặc biệt là|với|của các)\b"
                     r"[^.;,\n]{0,30}$")


def role_of_counted_pair(text: str, first: Mention) -> str:
    """The part of two provinces, of which `first` is one, that the lead counts together: "counted" where the news is of
    both, "passing" where they bound something or somebody comes from there; "" where nothing counts them.
    """
    left = text[max(0, first.start - 100) : first.name_start].rpartition("\n")[2].lower()
    pair = PAIRED.search(left) if first.start < LEAD else None
    if not pair:
        return ""
    before = left[: pair.start()]
    return "passing" if PASSING.search(before) or BESIDES.search(before) else "counted"


def in_chains(text: str, places: list[Mention], listed: dict[int, str]) -> dict[int, str]:
    """Places that go on after one named in passing: "quê Nghệ An, Hà Tĩnh", "như Đà Nẵng và Hải Phòng"."""
    found: dict[int, str] = {}
    for first, second in pairwise(places):
        if CHAIN.fullmatch(text, first.end, second.start) and second.start not in listed:
            before = found.get(first.start) or listed.get(first.start) or role_of(text, first)
            if before == "passing" and first.name != "Hà Nội":
                found[second.start] = "passing"
    return found


def is_counted(text: str, run: list[Mention]) -> bool:
    """Whether a list in the lead is what the news is of: its provinces are counted, or act, or it happens there."""
    first = run[0].start
    if first >= LEAD or len(run) > LONGEST_LIST:
        return False
    left = text[max(0, first - 100) : run[0].name_start].rpartition("\n")[2]
    counted = COUNTED.search(left)
    if counted:
        return not PASSING.search(left[: counted.start()].lower())
    return DOES.match(text, run[-1].end) is not None and not PASSING.search(left.lower())


@cache
def not_places() -> re.Pattern[str]:
    """The pattern of phrases that hold a place's name and are no place."""
    return re.compile("|".join(re.escape(row["phrase"]) for row in table("not_places.csv")))


@cache
def surnames() -> frozenset[str]:
    """Kinh surnames, which may follow a post where a place's name could stand."""
    # Surnames that are also common last words of bodies and papers would hide "Báo Bình Định": Vietnamese ones only.
    return frozenset(row["surname"] for row in table("surnames.csv") if row["people"] == "Kinh")
