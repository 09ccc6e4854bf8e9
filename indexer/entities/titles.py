"""Ranks and posts: where they begin and end in a text, and what a post consists of.

A post is a head ("Phó Chủ tịch") with its scope: body, place and field of work ("UBND tỉnh Kon Tum"). Heads, bodies
and the words a scope may hold are data rows; a word outside them ends the post ("… Bộ CHQS tỉnh | phát biểu").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indexer.entities.names import foreign, name_end
from indexer.entities.places import place_prefix
from indexer.entities.words import Phrases, Words, column, rows, words_of

STATUSES = {"nguyên": "nguyên", "cựu": "nguyên", "cố": "cố", "quyền": "quyền", "q": "quyền", "phụ trách": "phụ trách"}
IN_OFFICE = "đương nhiệm"
UNITS = Phrases(
    "tỉnh|thành phố|TP|huyện|quận|thị xã|TX|thị trấn|TT|xã|phường|đặc khu|thôn|bản|ấp|làng|buôn|khu phố|đồn biên phòng|"
    "tỉnh ủy|thành ủy|huyện ủy|thị ủy|quận ủy|đảng ủy xã|đảng ủy phường|tỉnh đoàn|huyện đoàn|thành đoàn".split("|")
)
# Words that go on only before more scope: "Đoàn ĐBQH của tỉnh", "Tuyên giáo và Dân vận".
JOINERS = {"và", "của", "về", "tại", "các", "&"}
# Bodies named after people or by a name of their own: what follows them is theirs, not the official's.
EPONYMOUS = {"viện", "trường", "thpt", "thcs", "ty", "quỹ", "học", "tnhh", "phần", "đoàn", "tàu", "hàng", "đh", "cđ", "gia", "clb"}
# Villages and communes no list is complete for: an unknown name after them is a place sooner than a person.
SMALL_PLACES = {"xã", "phường", "trấn", "tt", "thôn", "bản", "ấp", "làng", "buôn", "xóm", "khóm", "bon", "đồn", "khẩu"}
HIGHER = {"huyện", "quận", "thị", "thành", "tp", "tx", "tỉnh"}
FOREIGN_HEADS = Phrases(
    "thủ tướng|tổng thống|quốc vương|nhà vua|ngoại trưởng|tỉnh trưởng|thị trưởng|đô trưởng|thống đốc|đại sứ|bộ trưởng|"
    "thứ trưởng|tổng tư lệnh|chủ tịch nước|tùy viên quốc phòng|tổng lãnh sự|thượng nghị sĩ|hạ nghị sĩ".split("|")
)
# "Bộ Tư lệnh" and "Ban Bí thư" are bodies; only without that word before them are they heads.
BODY_BEFORE = {"tư lệnh": "bộ", "bí thư": "ban", "chủ tịch": "đoàn", "trưởng ban": "cộng"}
GLOSS = re.compile(r"\([^\W\d_][\w.&-]*\)")
SHORT_UNITS = {"tp", "tx", "tt", "t", "h", "p", "x", "q"}
# "Phòng Tổ chức", "Cục Quản lý": after these a word that is also a verb belongs to the post; elsewhere it is the verb.
BEFORE_VERBAL = frozenset("ban phòng cục vụ đội tổ lý sát sở tâm nhiệm và - & khoa viện quan ty trưởng hội đạo đài".split())
PLACE_BEFORE = {"tế", "khẩu", "soát", "đồn", "trạm", "cảng", "đảo"}
STOPS = frozenset(
    "cho đã đang sẽ là và của với phát chủ trao tặng nói yêu đề nhấn khẳng làm dự cùng có được bị vừa cũng chia thông "
    "báo kiểm tham ký đến tới tại trong trên về ra vào thì mà để do theo bày đánh giải trả xác phối kêu ghi nhận thay "
    "phụ chỉ tiếp gặp thăm chúc đón giao triển quán kết điều thừa lưu bổ quyết cảm giới hướng mong hy kể nêu cam tuyên".split()
)
QUALIFIED = Phrases(["qncn", "quân nhân chuyên nghiệp", "chuyên nghiệp", "cn"])


@dataclass(frozen=True, slots=True)
class Post:
    """A post taken apart. `status` is đương nhiệm, quyền (acting), phụ trách, nguyên (former) or cố (deceased)."""

    text: str
    status: str
    head: str
    body: str = ""
    place: str = ""


def parse_post(text: str) -> Post:
    """`text` ("nguyên Phó Chủ tịch UBND tỉnh Kon Tum") as status, head, body and place; without a head, all is body."""
    words = Words(text)
    start, status = status_at(words, 0)
    head = start + head_size(words, start)
    place = next((at for at in range(head, words.size) if place_from(words, at)), words.size)
    return Post(
        text,
        STATUSES.get(status, IN_OFFICE),
        words.span(start, head) if head > start else "",
        words.span(head, place) if place > head else "",
        words.span(place, words.size) if words.size > place else "",
    )


def post_end(words: Words, at: int) -> int:
    """Where the post that begins at word `at` ends; 0 if none begins there."""
    head, _ = status_at(words, at)
    size = head_size(words, head)
    if not size:
        return 0
    end = at = head + size
    while (step := scope_size(words, at)) > 0:
        if words.capital(at) and is_foreign(words, head, at) and foreign_name(words, at):
            break
        at += step
        if words.lower[at - 1] not in JOINERS:
            end = at
    return end


def is_foreign(words: Words, start: int, end: int) -> bool:
    """Whether the post [start, end) may be another country's: its head or a country it names says so."""
    start += words.lower[start] == "phó"
    return bool(FOREIGN_HEADS.size_at(words.lower, start)) or any(w in country_ends() for w in words.lower[start:end])


def foreign_kind(words: Words, start: int, end: int) -> str:
    """How freely a name may begin after the post [start, end): see names.name_end."""
    if not is_foreign(words, start, end):
        return "post"
    bare = end == start + head_size(words, start)
    return "country" if bare or words.lower[end - 1] in country_ends() else "honour"


def foreign_name(words: Words, at: int) -> bool:
    """Whether two or more capitalised words, one of them no Vietnamese syllable or none a known word, begin at `at`."""
    end = at
    while words.capital(end) and not words.acronym(end) and not words.joined(end):
        end += 1
    if end - at < 2 or bodies().size_at(words.lower, at) or scope().size_at(words.lower, at) or head_size(words, at):
        return False
    return not place_prefix(words.lower[at:end]) and not countries().size_at(words.lower, at)


def post_text(words: Words, start: int, end: int) -> str:
    """The post [start, end) as written, without the abbreviation explained in brackets: "Quân đội nhân dân (QĐND)"."""
    return " ".join(GLOSS.sub("", words.span(start, end)).split())


def rank_at(words: Words, at: int) -> tuple[int, str | None]:
    """The rank at `at`, as size in words and in its official spelling with QNCN kept; (0, None) if none."""
    size = ranks().size_at(words.lower, at)
    if not size:
        return 0, None
    name = spelled(words.span(at, at + size))
    more = QUALIFIED.size_at(words.lower, at + size)
    return size + more, f"{name} {words.span(at + size, at + size + more)}" if more else name


def status_at(words: Words, at: int) -> tuple[int, str]:
    """The end and the word of a status at `at` ("nguyên", "quyền", "Q."), or (at, "")."""
    word = words.lower[at]
    if word in STATUSES:
        return at + (2 if words.words[at + 1] == "." else 1), word
    if word == "phụ" and words.lower[at + 1] == "trách":
        return at + 2, "phụ trách"
    return at, ""


def head_size(words: Words, at: int) -> int:
    """How many words of a post's head stand at `at`: "Phó Chủ tịch" 3, "Bộ Tư lệnh" 0."""
    size = heads().size_at(words.lower, at)
    if size and at and BODY_BEFORE.get(" ".join(words.lower[at : at + 2])) == words.lower[at - 1]:
        return 0
    return size


def scope_size(words: Words, at: int) -> int:
    """How many words at `at` carry the post on; 0 where it ends."""
    word, lower = words.words[at], words.lower[at]
    if word == "(":
        return 3 if words.acronym(at + 1) and words.words[at + 2] == ")" else 0
    if word in "-&" or lower in JOINERS:
        return joiner_size(words, at)
    if word == "/":
        return 1 if words.joined(at) and words.words[at + 1].isdigit() else 0
    if word == ".":
        return 1 if words.lower[at - 1] in SHORT_UNITS and words.joined(at) and words.capital(at + 1) else 0
    if word == ",":
        return 1 if body_after_comma(words, at + 1) else 0
    if not word[0].isalnum() or word == "\n":
        return 0
    if word.isdigit():
        return 3 if words.words[at + 1] == "-" and words.words[at + 2].isdigit() else 1
    if size := UNITS.size_at(words.lower, at):
        return size + named_size(words, at, size)
    if (size := bodies().size_at(words.lower, at)) >= scope().size_at(words.lower, at) and size:
        return size + named_size(words, at, size)
    if words.capital(at):
        return capital_size(words, at)
    if verbal().size_at(words.lower, at) and words.lower[at - 1] not in BEFORE_VERBAL:
        return 0
    return scope().size_at(words.lower, at)


def joiner_size(words: Words, at: int) -> int:
    """1 if a dash or "và", "của" is followed by more of the same scope, not by a person or another post."""
    after = at + 1
    if words.lower[at] == "và" and not words.capital(after):
        return 1 if scope().size_at(words.lower, after) and not words.capital(at - 1) else 0
    if words.lower[after] in JOINERS or words.lower[after] == "ảnh" or person_at(words, after) or head_size(words, after):
        return 0
    if words.words[at] == "-" and not words.capital(after) and not words.joined(at):
        return 0
    if not words.words[after][0].isalnum():
        return 0
    return 1 if scope_size(words, after) else 0


def body_after_comma(words: Words, at: int) -> bool:
    """"Chính ủy, Bộ CHQS tỉnh": a unit after the comma is still the post's, unless a person or head follows."""
    return words.capital(at) and units_in_posts().size_at(words.lower, at) > 0 and not head_size(words, at)


def named_size(words: Words, at: int, size: int) -> int:
    """How many words after a body or unit word are its own name: a known place, or the name of a school."""
    last, start = words.lower[at + size - 1], at + size
    end = start
    while words.capital(end) and not words.acronym(end) and not words.joined(end) and end - start < 8:
        end += 1
    run = words.lower[start:end]
    if not run or bodies().size_at(words.lower, start) > 1 or scope().size_at(words.lower, start):
        return 0
    if UNITS.size_at(words.lower, at + size - 1) or UNITS.size_at(words.lower, at) >= size:
        known = place_in_run(words, start, end, unit=True)
        small = last in SMALL_PLACES and not known
        named = words.words[end] in ",(" and UNITS.size_at(words.lower, end + 1) and words.lower[end + 1] in HIGHER
        return end - start if small and (end - start <= 2 or named) else known
    if last in EPONYMOUS and end - start >= 2:
        return end - start if end - start < 5 else 2
    return 0


def capital_size(words: Words, at: int) -> int:
    """How many words of a capitalised scope stand at `at`: 0 if a head, rank, person begins there."""
    if head_size(words, at) or ranks().size_at(words.lower, at) or words.lower[at] == "đồng" and words.lower[at + 1] == "chí":
        return 0
    if country := countries().size_at(words.lower, at):
        return country
    end = at
    while words.capital(end) and not words.acronym(end) and (end == at or not words.joined(end)) and end - at < 8:
        end += 1
    if end - at > 1 and words.lower[at - 1] in country_ends() and place_prefix(words.lower[at - 1 : end]) < 2:
        return 0
    if end > at and (place := place_in_run(words, at, end, unit=False)):
        return place
    if size := scope().size_at(words.lower, at):
        return size
    if end - at == 2 and (words.lower[at - 1] in PLACE_BEFORE or words.lower[at - 2 : at] == ["biên", "phòng"]):
        return 2
    if person_at(words, at):
        return 0
    # "Thể dục", "Căn cứ": bodies write the first syllable of a compound with a capital, the second without.
    compound = end - at == 1 and words.lower[at + 1].isalpha() and words.lower[at + 1] not in STOPS
    return 2 if compound and not foreign(words.lower[at]) else 1


def place_in_run(words: Words, start: int, end: int, unit: bool) -> int:
    """How many words of the capitalised run [start, end) are a place: all, or those before a person's name."""
    size = place_prefix(words.lower[start:end])
    while size:
        rest = start + size
        if rest == end or name_end(words, rest, "post"):
            return size if unit or rest == end or size > 1 else 0
        size = place_prefix(words.lower[start : rest - 1])
    if not unit or name_end(words, start):
        return 0
    return next((at - start for at in range(start + 1, min(end, start + 4)) if name_end(words, at)), end - start)


def person_at(words: Words, at: int) -> bool:
    return bool(name_end(words, at, "post"))


def place_from(words: Words, at: int) -> bool:
    """Whether the words from `at` to the end are a place name."""
    rest = words.lower[at : words.size]
    return words.capital(at) and (place_prefix(rest) == len(rest) or countries().size_at(words.lower, at) == len(rest))


@cache
def heads() -> Phrases:
    table = [*rows("heads.csv")]
    return Phrases([*(r["head"] for r in table), *(f"phó {r['head']}" for r in table if r["deputy"])])


@cache
def ranks() -> Phrases:
    return Phrases(column("ranks.csv", "rank"))


@cache
def bodies() -> Phrases:
    return Phrases(column("bodies.csv", "body"))


@cache
def units_in_posts() -> Phrases:
    return Phrases(row["body"] for row in rows("bodies.csv") if row["class"] in ("military", "police", "government"))


@cache
def scope() -> Phrases:
    return Phrases(column("post_words.csv", "phrase"))


@cache
def verbal() -> Phrases:
    return Phrases(row["phrase"] for row in rows("post_words.csv") if row["verbal"])


@cache
def countries() -> Phrases:
    return Phrases(column("countries.csv", "country"))


@cache
def spellings() -> dict[str, str]:
    return {" ".join(words_of(rank)): rank for rank in column("ranks.csv", "rank")}


@cache
def country_ends() -> frozenset[str]:
    return frozenset(words_of(country)[-1] for country in column("countries.csv", "country")) - {"nam"}


@cache
def service_heads() -> Phrases:
    """Heads that make an official only of a person with a rank: "giáo viên", "nhân viên"."""
    return Phrases(row["head"] for row in rows("heads.csv") if row["class"] == "service")


def spelled(rank: str) -> str:
    return spellings()[" ".join(words_of(rank))]
