"""The lexicons of ranks, posts, bodies and forms of address, as tables looked up by their first word.

Long lists are data rows (data/*.csv); what stands here are the closed classes of the grammar.
"""

from __future__ import annotations

from functools import cache

from indexer.entities.words import Phrases, column, rows, words_of

# How a status is written, and what it means; "cựu" is "nguyên".
STATUSES = {"nguyên": "nguyên", "cựu": "nguyên", "cố": "cố", "quyền": "quyền", "q": "quyền", "phụ trách": "phụ trách"}
HONOURS = Phrases("đồng chí|các đồng chí|hai đồng chí|đ/c|các đ/c|ông|bà|ngài|các ông|các bà|các ông bà".split("|"))
DEPUTIES = Phrases("đại biểu|ĐB|các đại biểu|nữ đại biểu|đại biểu QH".split("|"))
# Degrees and distinctions that may stand between rank or post and name.
COURTESIES = Phrases(
    "Anh hùng LLVTND|Anh hùng LLVT nhân dân|Anh hùng Lực lượng vũ trang nhân dân|AHLLVTND|Giáo sư|Phó Giáo sư|Tiến sĩ|"
    "Tiến sỹ|Thạc sĩ|Thạc sỹ|Bác sĩ|Bác sỹ|Kỹ sư|Luật sư|nhà báo|GS|PGS|TS|ThS|GS.TS|PGS.TS|TSKH|BS|TS.BS|ThS.BS|CKI|"
    "CKII|BSCKI|BSCKII|Nhà giáo Nhân dân|Nhà giáo Ưu tú|Thầy thuốc Nhân dân|Thầy thuốc Ưu tú|Nghệ sĩ Nhân dân|"
    "Nghệ sĩ Ưu tú|NGND|NGƯT|TTND|TTƯT|NSND|NSƯT".split("|")
)
# Between two posts of one person, or between a name and its post.
LINKS = Phrases(
    "kiêm|kiêm nhiệm|đồng thời là|đồng thời kiêm|hiện|hiện là|hiện nay là|hiện đang là|nay là|là|cũng là|từng là|"
    "từng giữ chức|hiện giữ chức|giữ chức|giữ chức vụ".split("|")
)
APPOINTED = Phrases(
    "giữ chức|giữ chức vụ|giữ chức danh|làm|đảm nhiệm chức vụ|đảm nhận chức vụ|giao nhiệm vụ".split("|")
)
QUALIFIED = Phrases("QNCN|quân nhân chuyên nghiệp|chuyên nghiệp|CN".split("|"))
# Words before a place; those of SMALL_PLACES have no complete list, HIGHER ones follow them ("…, huyện Đô Lương").
UNITS = Phrases(
    "tỉnh|thành phố|TP|huyện|quận|thị xã|TX|thị trấn|TT|xã|phường|đặc khu|thôn|bản|ấp|làng|buôn|khu phố|đồn biên phòng|"
    "tỉnh ủy|thành ủy|huyện ủy|thị ủy|quận ủy|đảng ủy xã|đảng ủy phường|tỉnh đoàn|huyện đoàn|thành đoàn".split("|")
)
SMALL_PLACES = frozenset("xã phường trấn tt thôn bản ấp làng buôn xóm khóm bon đồn khẩu".split())
HIGHER = frozenset("huyện quận thị thành tp tx tỉnh".split())
SHORT_UNITS = frozenset("tp tx tt t h p x q".split())
FOREIGN_HEADS = Phrases(
    "thủ tướng|tổng thống|quốc vương|nhà vua|ngoại trưởng|tỉnh trưởng|thị trưởng|đô trưởng|thống đốc|đại sứ|bộ trưởng|"
    "thứ trưởng|tổng tư lệnh|chủ tịch nước|tùy viên quốc phòng|tổng lãnh sự|thượng nghị sĩ|hạ nghị sĩ".split("|")
)


@cache
def ranks() -> Phrases:
    return Phrases(column("ranks.csv", "rank"))


@cache
def rank_spellings() -> dict[str, str]:
    """Ranks in lower case and as the law writes them."""
    return {" ".join(words_of(rank)): rank for rank in column("ranks.csv", "rank")}


@cache
def enlisted_ranks() -> frozenset[str]:
    return frozenset(row["rank"] for row in rows("ranks.csv") if row["arm"] == "enlisted")


@cache
def heads() -> Phrases:
    """Heads of posts, with "phó" before those that have deputies."""
    table = [*rows("heads.csv")]
    return Phrases([*(row["head"] for row in table), *(f"phó {row['head']}" for row in table if row["deputy"])])


@cache
def service_heads() -> Phrases:
    """Heads that make an official only of a person with a rank: "giáo viên", "nhân viên"."""
    return Phrases(row["head"] for row in rows("heads.csv") if row["class"] == "service")


@cache
def bodies() -> Phrases:
    return Phrases(column("bodies.csv", "body"))


@cache
def units_after_comma() -> Phrases:
    """Bodies that go on a post after a comma: "Chính ủy, Bộ CHQS tỉnh"."""
    return Phrases(row["body"] for row in rows("bodies.csv") if row["class"] in ("military", "police", "government"))


@cache
def post_words() -> Phrases:
    """What else a post may hold after its head: fields of work, kinds of place."""
    return Phrases(column("post_words.csv", "phrase"))


@cache
def verbal_words() -> Phrases:
    """Those of the post words that are verbs as well: "kiểm tra", "chỉ đạo"."""
    return Phrases(row["phrase"] for row in rows("post_words.csv") if row["verbal"])


@cache
def countries() -> Phrases:
    return Phrases(column("countries.csv", "country"))


@cache
def country_ends() -> frozenset[str]:
    """Last words of countries' names; "nam" is left out for Việt Nam's sake."""
    return frozenset(words_of(country)[-1] for country in column("countries.csv", "country")) - {"nam"}


@cache
def name_ends() -> Phrases:
    """Phrases of several words that no name runs into: ranks, posts, bodies, "đại hội", "phát biểu"."""
    posts = [head for head in column("heads.csv", "head") if " " in head]
    bodies = [body for body in column("bodies.csv", "body") if " " in body]
    deputies = [f"phó {head}" for head in posts]
    return Phrases([*posts, *deputies, *bodies, *column("ranks.csv", "rank"), *column("name_ends.csv", "phrase")])


@cache
def surnames() -> frozenset[str]:
    return frozenset(words_of(name)[0] for name in column("surnames.csv", "surname"))


@cache
def historic_figures() -> frozenset[str]:
    return frozenset(" ".join(words_of(name)) for name in column("historic_figures.csv", "name"))


@cache
def cues(kind: str) -> frozenset[tuple[str, ...]]:
    """Words before a name that make it no official's: kind is named_after, hero or byline."""
    return frozenset(tuple(words_of(row["cue"])) for row in rows("exclusions.csv") if row["kind"] == kind)
