"""How far a post reaches: "Phó Chủ tịch | UBND tỉnh Kon Tum" | Lê Ngọc Tuấn | "chủ trì".

The scope of a head is read word by word: bodies, places, fields of work, and dashes or "và" between them. A word
outside the lexicons ends it; so do a person's name, a rank and the head of another post.
"""

from __future__ import annotations

from indexer.entities.lexicon import (
    HIGHER,
    HONOURS,
    MIDDLE_NAMES,
    SHORT_UNITS,
    SMALL_PLACES,
    UNITS,
    actions,
    bodies,
    countries,
    foreign_countries,
    heads,
    kinh_surnames,
    post_words,
    ranks,
    units_after_comma,
    verbal_words,
)
from indexer.entities.names import foreign, name_end, place_size
from indexer.entities.words import Phrases, Words, members

# Words that go on only before more scope: "Đoàn ĐBQH của tỉnh", "Tuyên giáo và Dân vận".
JOINERS = frozenset(members("joiner"))
# Last words of bodies that bear a name of their own, often a person's: "Trường THPT Nguyễn Tất Thành".
EPONYMOUS = frozenset(members("eponymous_body"))
# "Bộ Tư lệnh" and "Ban Bí thư" are bodies; only without that word before them are they heads.
BODY_BEFORE = {"tư lệnh": "bộ", "bí thư": "ban", "chủ tịch": "đoàn", "trưởng ban": "cộng"}
# "Phòng Tổ chức", "Cục Quản lý": after these a word that is also a verb belongs to the post; elsewhere it is the verb.
BEFORE_VERBAL = frozenset(members("before_verbal"))
# Two capitalised words after these are a border gate or an island, known or not.
BEFORE_PLACE = frozenset(members("before_border_place"))
VERBS = Phrases(members("verb"))
ELECTED_BODIES = frozenset({"ubnd", "hđnd", "mttq", "ubmttq", "ubmttqvn"})
# Fields that go on a body's name behind a comma: "diễn tập khu vực phòng thủ, | phòng thủ dân sự | tỉnh".
FIELDS = Phrases(members("field_after_comma"))
# Units of one level, which a body of all of them names in a row: "xã, phường, thị trấn".
OF_ONE_LEVEL = ({"xã", "phường", "thị trấn", "đặc khu"}, {"huyện", "quận", "thị xã", "thành phố"})
# Second syllables that go on with the sentence, not with a body's name ("Căn | cứ").
STOPS = frozenset(members("second_syllable_of_verb"))
LONGEST_COUNTRY = 4  # words of another country's name
LONGEST_BRIDGE = 9  # words of a body's name that no table knows
LONGEST_FIELDS = 16  # and of one against disasters: "phòng, chống thiên tai, tìm kiếm cứu nạn và phòng thủ dân sự"
STOPS_OF_BRIDGE = frozenset(members("ends_body_name"))
# Bodies whose name goes on in words of any kind, by their last word.
OPEN_BODIES: dict[str, list[list[str]]] = {}
for _body in members("open_body"):
    OPEN_BODIES.setdefault(_body.split()[-1], []).append(_body.split())
# After "tại" these are a paper or an occasion, no part of a post.
NOT_AT = Phrases(members("not_scope_after_at"))


def head_size(words: Words, at: int) -> int:
    """How many words of a post's head stand at `at`: "Phó Chủ tịch" 3; "Tư lệnh" 2, but 0 in "Bộ Tư lệnh"."""
    if words.lower[at] == "ctv":
        return political_officer_size(words, at)
    if words.lower[at] == "ct":  # "CT UBND xã"; else it is any company
        return int(words.lower[at + 1] in ELECTED_BODIES)
    size = heads().size_at(words.lower, at)
    if size and at and BODY_BEFORE.get(" ".join(words.lower[at : at + 2])) == words.lower[at - 1]:
        return 0
    return size


def political_officer_size(words: Words, at: int) -> int:
    """1 where "CTV" is chính trị viên, after a rank or before a unit; 0 where it is cộng tác viên, a byline."""
    ranked = at > 1 and ranks().size_at(words.lower, at - 2) == 2
    return 1 if ranked or bodies().size_at(words.lower, at + 1) else 0


def scope_size(words: Words, at: int) -> int:
    """How many words at `at` carry a post on; 0 where it ends."""
    word, lower = words.words[at], words.lower[at]
    if not word[0].isalnum():
        return sign_size(words, at, word)
    if word.isdigit():
        return 3 if words.words[at + 1] == "-" and words.words[at + 2].isdigit() else 1
    if lower in JOINERS:
        return joiner_size(words, at)
    if lower == "khóa":
        return 2 if words.words[at + 1].isdigit() or words.words[at + 1].strip("IVX") == "" else 0
    if VERBS.size_at(words.lower, at) and not words.capital(at):
        return bridge_size(words, at)  # "Ban Chỉ huy | phòng chống thiên tai và tìm kiếm cứu nạn | tỉnh"
    if size := unit_size(words, at):
        return size + own_name_size(words, at, size)
    if lower == "đoàn" and is_surname(words, at):
        return 0
    body, other = bodies().size_at(words.lower, at), post_words().size_at(words.lower, at)
    if body == 1 and not words.capital(at) and ends_place(words, at):
        return 0  # "Phó Chủ tịch tỉnh Nghệ An | tàu của nhiều lực lượng": the sentence goes on
    if body and body >= other:
        return body + own_name_size(words, at, body)
    if words.capital(at):
        return capital_size(words, at)
    if verbal_words().size_at(words.lower, at) and words.lower[at - 1] not in BEFORE_VERBAL:
        return bridge_size(words, at)
    return max(other, bridge_size(words, at))


def ends_place(words: Words, end: int) -> bool:
    """Whether a known place with its unit word ends just before word `end`: "tỉnh Nghệ An"."""
    return any(place_size(words, end - size, end) == size and UNITS.size_at(words.lower, end - size - 1)
               for size in (2, 3) if end > size)


def unit_size(words: Words, at: int) -> int:
    """How many words of a unit stand at `at`: "Tỉnh đoàn" 2, but 1 in "huyện | Đoàn Tuấn Anh"."""
    size = UNITS.size_at(words.lower, at)
    return size - 1 if size > 1 and words.lower[at + size - 1] == "đoàn" and is_surname(words, at + size - 1) else size


def is_surname(words: Words, at: int) -> bool:
    """Whether "Đoàn" at `at`, which is a body too, begins a person's name: "Bí thư Huyện ủy | Đoàn Tuấn Anh"."""
    end = words.capitals_end(at)
    known = bodies().size_at(words.lower, at) > 1 or place_size(words, at + 1, end) == end - at - 1
    return words.capital(at) and 3 <= end - at <= 4 and words.lower[at + 1] in MIDDLE_NAMES and not known


def bridge_size(words: Words, at: int) -> int:
    """How many unknown words of a body's name stand at `at`, up to the unit it is of.

    "Hội đồng | giáo dục Quốc phòng - an ninh | tỉnh", "Ban Chỉ đạo | nông thôn mới | huyện".
    """
    if not any(words.lower[max(0, at - len(body)) : at] == body for body in OPEN_BODIES.get(words.lower[at - 1], ())):
        return 0
    if words.lower[at - 1] == "phòng" and words.lower[at - 2] in ("biên", "quốc"):
        return 0
    longest = LONGEST_FIELDS if words.lower[at] == "phòng" else LONGEST_BRIDGE
    for end in range(at, min(at + longest, words.size)):
        if is_unit(words, end) and end > at:
            return end - at
        inside = words.words[end][0].isalnum() or words.words[end] == "-" or is_row(words, end)
        if not inside or actions().size_at(words.lower, end) or STOPS_OF_BRIDGE & {words.lower[end]}:
            return 0
    return 0


def is_row(words: Words, at: int) -> bool:
    """Whether a comma at `at` stands between fields of one body: "phòng | , | chống thiên tai"."""
    if words.words[at] != ",":
        return False
    return words.lower[at - 1 : at + 2] == ["phòng", ",", "chống"] or FIELDS.size_at(words.lower, at + 1) > 0


def is_unit(words: Words, at: int) -> bool:
    """Whether a unit word, or one that holds it ("TP.HCM"), stands at `at`."""
    whole = words.lower[at].startswith("tp") and place_size(words, at, at + 1) > 0
    return whole or UNITS.size_at(words.lower, at) > 0


def sign_size(words: Words, at: int, sign: str) -> int:
    """What a punctuation mark carries on: "(CHQS)", "DK1/10", "TP. HCM", "- Kỹ thuật", ", Bộ Quốc phòng"."""
    after = at + 1
    if sign == "(":
        return 3 if words.acronym(after) and words.words[at + 2] == ")" else foreign_body_size(words, at)
    if sign == "/":
        return 1 if words.joined(at) and words.words[after].isdigit() else 0
    if sign == ".":
        return 1 if words.lower[at - 1] in SHORT_UNITS and words.joined(at) and words.capital(after) else 0
    if sign == "," and (size := row_size(words, at)):
        return size
    if sign == ",":
        unit = words.capital(after) and units_after_comma().size_at(words.lower, after)
        other = words.lower[after] == "ubnd" and words.lower[at - 1] != "tịch"  # "…, UBND tỉnh sẽ": another subject
        return 1 if unit and not other and not head_size(words, after) else 0
    return joiner_size(words, at) if sign in "-&" else 0


def row_size(words: Words, at: int) -> int:
    """How many words at the comma `at` name more of a body's fields or of the units it is of; 0 if none do."""
    after, lower = at + 1, words.lower
    field = 0 if words.capital(after) else FIELDS.size_at(lower, after)
    behind = after + field
    if field and (is_unit(words, behind) or (lower[behind] in (",", "và") and FIELDS.size_at(lower, behind + 1))):
        return 1 + field
    size = UNITS.size_at(lower, after)
    named = words.capital(after) or words.capital(after + size)
    row = size and not named and any({unit_ending(lower, at), unit_ending(lower, after + size)} <= each
                                     for each in OF_ONE_LEVEL)
    return 1 + size if row else 0


def unit_ending(lower: list[str], end: int) -> str:
    """The unit word of one or two words that ends just before `end`; "" if none does."""
    two = " ".join(lower[max(0, end - 2) : end])
    return two if UNITS.ends_at(lower, end, 2) and " " in two and UNITS.size_at(lower, end - 2) == 2 else lower[end - 1]


def foreign_body_size(words: Words, at: int) -> int:
    """How many words of another country's body stand in brackets at `at`: "Cục Chính sách | (Bộ Quốc phòng Lào)"."""
    end = next((here for here in range(at + 2, at + LONGEST_BRIDGE) if words.words[here] == ")"), 0)
    return end + 1 - at if end and bodies().size_at(words.lower, at + 1) and country_before(words, end) else 0


def joiner_size(words: Words, at: int) -> int:
    """1 if a dash or "và", "của" is followed by more of the same scope, not by a person or another post."""
    after = at + 1
    if words.lower[at] == "tại" and NOT_AT.size_at(words.lower, after):
        return 0
    if words.lower[at] == "và" and not words.capital(after):
        return 1 if post_words().size_at(words.lower, after) and not words.capital(at - 1) else 0
    if words.words[at] == "-" and not words.capital(after) and not words.joined(at):
        field = post_words().size_at(words.lower, after)  # "Quốc phòng | - | an ninh tỉnh"
        return 1 if field and is_unit(words, after + field) else 0
    if words.lower[after] in JOINERS or words.lower[after] == "ảnh" or not words.words[after][0].isalnum():
        return 0
    return 1 if not person_at(words, after) and not head_size(words, after) and scope_size(words, after) else 0


def own_name_size(words: Words, at: int, size: int) -> int:
    """How many words after a unit or body of `size` words are its own name: a place, or the name of a school."""
    last, start = words.lower[at + size - 1], at + size
    end = words.capitals_end(start)
    if end == start or bodies().size_at(words.lower, start) > 1 or post_words().size_at(words.lower, start):
        return 0
    if head_size(words, start) > 1 and not words.capital(start + 1):
        return 0  # "Phó Bí thư Huyện ủy | Chủ tịch UBND huyện": a comma is missing
    if UNITS.size_at(words.lower, start - 1) or UNITS.size_at(words.lower, at) >= size:
        return unit_name_size(words, start, end, last in SMALL_PLACES)
    if last in EPONYMOUS and end - start >= 2:
        return end - start if end - start < 5 else 2
    return 0


def unit_name_size(words: Words, start: int, end: int, small: bool) -> int:
    """How many words of the capitalised run [start, end) after a unit word are its place; `small`: a village."""
    if words.words[end] in ",(" and foreign_countries().size_at(words.lower, end + 1):
        return end - start  # "tỉnh Tà Keo (Campuchia)"
    known = place_in_run(words, start, end, unit=True)
    if known or not small:
        return known
    inside = words.words[end] in ",(" and UNITS.size_at(words.lower, end + 1) and words.lower[end + 1] in HIGHER
    return end - start if end - start <= 2 or inside else 0


def capital_size(words: Words, at: int) -> int:
    """How many words of a capitalised scope stand at `at`: 0 if a head, rank or person begins there."""
    if head_size(words, at) or ranks().size_at(words.lower, at) or HONOURS.size_at(words.lower, at):
        return 0
    if country := countries().size_at(words.lower, at):
        return country
    end = words.capitals_end(at)
    if end - at > 1 and country_before(words, at) and place_size(words, at - 1, end) < 2:
        return 0  # "Tư lệnh Hải quân Iran | Shahram Irani"
    if size := place_in_run(words, at, end, unit=False) or post_words().size_at(words.lower, at):
        return size
    if end - at == 2 and (words.lower[at - 1] in BEFORE_PLACE or words.lower[at - 2 : at] == ["biên", "phòng"]):
        return 2
    if end - at == 3 and is_station(words, at):
        return 3
    if person_at(words, at):
        return 0
    # "Thể dục", "Căn cứ": bodies write the first syllable of a compound with a capital, the second without.
    compound = end - at == 1 and words.lower[at + 1].isalpha() and words.lower[at + 1] not in STOPS
    return 2 if compound and not foreign(words.lower[at]) else 1


def is_station(words: Words, at: int) -> bool:
    """Whether three capitalised words at `at` are a border station's name: "Đồn Biên phòng | Leng Su Sìn", where no
    Kinh surname begins them."""
    return words.lower[at - 3 : at] == ["đồn", "biên", "phòng"] and words.lower[at] not in kinh_surnames()


def country_before(words: Words, end: int) -> bool:
    """Whether another country's name ends just before word `end`."""
    return foreign_countries().ends_at(words.lower, end, LONGEST_COUNTRY)


def place_in_run(words: Words, start: int, end: int, unit: bool) -> int:
    """How many words of the capitalised run [start, end) are a place: all, or those before a person's name.

    "Lạc Dương Sử Thanh Hoài" gives 2. With `unit` (a unit word stands before) an unknown place counts as well.
    """
    size = place_size(words, start, end, unit)
    while size:
        rest = start + size
        if rest == end or name_end(words, rest, "post"):
            return size if unit or rest == end or size > 1 else 0
        size = place_size(words, start, rest - 1, unit)
    if not unit or name_end(words, start):
        return 0
    return next((at - start for at in range(start + 1, min(end, start + 4)) if name_end(words, at)), end - start)


def person_at(words: Words, at: int) -> bool:
    """Whether a person's name begins at a word."""
    return bool(name_end(words, at, "post"))
