"""The grammar of mentions: rank, posts and name in the orders in which newspapers write them.

    Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Lê Ngọc Tuấn          posts before the name
    Đại tá Lê Văn Diện, Ủy viên BTV Tỉnh ủy, Chỉ huy trưởng …    rank before, posts after
    các đồng chí Phó Chủ tịch UBND tỉnh: A, B và C               one post for a list
    Hồ Văn Niên-Ủy viên Trung ương Đảng                           a bare name, then posts

Only words that can begin a rank, a post or a form of address are looked at; each reading moves the cursor on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from indexer.entities.names import LONGEST, name_end, run_end
from indexer.entities.places import place_prefix
from indexer.entities.titles import SMALL_PLACES, STATUSES, foreign_kind, heads, post_end, post_text, rank_at, ranks
from indexer.entities.words import Phrases, Words, rows, words_of

HONOURS = Phrases(
    ["đồng chí", "các đồng chí", "hai đồng chí", "đ/c", "các đ/c", "ông", "bà", "ngài", "các ông", "các ông bà"]
)
# Degrees and distinctions that may stand between rank or post and name.
COURTESIES = Phrases(
    "Anh hùng LLVTND|Anh hùng LLVT nhân dân|Anh hùng Lực lượng vũ trang nhân dân|GS|PGS|TS|ThS|GS.TS|PGS.TS|TSKH|BS|"
    "Giáo sư|Phó Giáo sư|Tiến sĩ|Thạc sĩ|Thạc sỹ|Tiến sỹ|TTND|TTƯT|NGND|NGƯT|AHLLVTND|Bác sĩ|Bác sỹ|Nhà giáo Nhân dân|Nhà giáo Ưu tú|Thầy thuốc Nhân dân|"
    "Thầy thuốc Ưu tú|Kỹ sư|Luật sư|BSCKI|BSCKII|CKI|CKII|nhà báo|TS.BS|ThS.BS|Nghệ sĩ Ưu tú|NSND|NSƯT".split("|")
)
LINKS = Phrases(
    "kiêm|kiêm nhiệm|đồng thời là|đồng thời kiêm|hiện là|hiện nay là|nay là|là|cũng là|từng là|từng giữ chức|"
    "hiện giữ chức|giữ chức|giữ chức vụ|hiện đang là|hiện".split("|")
)
APPOINTED = Phrases(["giữ chức", "giữ chức vụ", "làm", "đảm nhiệm chức vụ", "đảm nhận chức vụ", "giữ chức danh", "giao nhiệm vụ"])
DEPUTIES = Phrases(["đại biểu", "ĐB", "các đại biểu", "nữ đại biểu", "đại biểu QH"])
MARKS = frozenset(",-(")
ENDS = frozenset(".;\n?!")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named. Word indices: `first` where rank or posts begin, name in [start, end)."""

    name: str
    rank: str | None
    posts: tuple[str, ...]
    first: int
    start: int
    end: int


def mentions(words: Words) -> list[Mention]:
    """Every mention of a person with rank, post or form of address in `words`, in order."""
    found: list[Mention] = []
    done = named = 0
    for at in anchors(words):
        if at >= done:
            more, done = read(words, at, named)
            if more:
                found += more
                named = done
    return found


def anchors(words: Words) -> list[int]:
    """Where a rank, a post or a form of address may begin, by its first two words."""
    firsts, pairs = openings()
    pairwise = zip(words.lower, words.lower[1:], strict=False)
    return [at for at, (word, after) in enumerate(pairwise) if word in firsts and (firsts[word] or (word, after) in pairs)]


@cache
def openings() -> tuple[dict[str, bool], frozenset[tuple[str, str]]]:
    """First words of all anchors, True where the word is one by itself, and the pairs that open the others."""
    posts = heads().by_first
    tables = [posts, ranks().by_first, HONOURS.by_first, DEPUTIES.by_first]
    pairs = {(first, rest[0]) for table in tables for first, rests in table.items() for rest in rests if rest}
    pairs |= {(before, first) for before in (*STATUSES, "các") for first in posts} | {("q", "."), ("phụ", "trách")}
    alone = {first for table in tables for first, rests in table.items() if [] in rests}
    return {first: first in alone for first in [*alone, *(pair[0] for pair in pairs)]}, frozenset(pairs)


def read(words: Words, at: int, floor: int) -> tuple[list[Mention], int]:
    """The mentions anchored at `at`, and where reading goes on."""
    if at > floor and (words.words[at - 1] in MARKS or words.lower[at - 1] == "là") and post_end(words, at):
        end = at - 1 - (words.words[at - 1] == "(" and words.words[at - 2] == ",")
        if start := name_before(words, end, floor):
            mention, done = finish(words, start, start, end, None, ())
            if mention.posts or mention.rank:
                return [mention], done
    group = Group.read(words, at)
    if not group:
        return [], at + 1
    if words.words[group.end] == ":" and (group.posts or group.plural):
        return listed(words, group, group.end + 1)
    end = name_end(words, group.end, group.after) or short_end(words, group)
    if not end:
        return [], max(group.end, at + 1)
    posts = group.posts or (seat(words, end) if group.deputy else ())
    mention, done = finish(words, at, group.end, end, group.rank, posts)
    if group.plural and group.posts and words.lower[done] in (",", "và"):
        more, done = listed(words, group, done + 1)
        return [mention, *more], done
    return [mention], done


@dataclass(slots=True)
class Group:
    """What stands before a name: rank, posts, form of address. `after` is the kind of the last of them."""

    end: int
    after: str = "bare"
    rank: str | None = None
    posts: tuple[str, ...] = ()
    plural: bool = False
    deputy: bool = False

    @classmethod
    def read(cls, words: Words, at: int) -> Group | None:
        group = cls(at)
        while group.step(words) or group.separator(words):
            pass
        return group if group.after != "bare" else None

    def step(self, words: Words) -> bool:
        """Take in the form of address, rank, degree or post that stands next."""
        at = self.end
        if size := HONOURS.size_at(words.lower, at):
            self.plural |= words.lower[at] in ("các", "hai")
            self.end, self.after = at + size, "honour" if self.after != "rank" else "rank"
        elif size := DEPUTIES.size_at(words.lower, at) * (not post_end(words, at)):
            self.end, self.after, self.deputy = at + size, "honour", True
        elif (ranked := rank_at(words, at))[0]:
            self.rank, self.end, self.after = self.rank or ranked[1], at + ranked[0], "rank"
        elif self.after != "bare" and (size := COURTESIES.size_at(words.lower, at)):
            self.end = at + size + (words.words[at + size] == ".")
        elif end := post_end(words, at):
            kind = foreign_kind(words, at, end)
            self.posts, self.end, self.after = (*self.posts, post_text(words, at, end)), end, kind
        else:
            return self.plural_word(words)
        return True

    def plural_word(self, words: Words) -> bool:
        if self.after == "bare" and words.lower[self.end] == "các" and (heads().size_at(words.lower, self.end + 1)):
            self.end, self.plural = self.end + 1, True
            return True
        return False

    def separator(self, words: Words) -> bool:
        """Step over a comma, dash or "kiêm" with a rank, post or form of address behind it."""
        at = self.end
        if self.after == "bare":
            return False
        after = at + (words.words[at] in ",-")
        after += LINKS.size_at(words.lower, after)
        if after == at or not begins(words, after):
            return False
        self.end = after
        return True


def begins(words: Words, at: int) -> bool:
    """Whether a rank, post, degree or form of address begins at `at`."""
    return bool(
        HONOURS.size_at(words.lower, at) or rank_at(words, at)[0] or COURTESIES.size_at(words.lower, at) or post_end(words, at)
    )


def finish(
    words: Words, first: int, start: int, end: int, rank: str | None, posts: tuple[str, ...]
) -> tuple[Mention, int]:
    """The mention whose name is [start, end), with the rank and posts that follow it, and where they end."""
    behind, later, done = suffix(words, end, bool(posts))
    promoted = appointed(words, done)
    return Mention(words.span(start, end), rank or later, (*posts, *behind, *promoted), first, start, end), done


def suffix(words: Words, at: int, prefixed: bool) -> tuple[tuple[str, ...], str | None, int]:
    """Posts and rank behind a name that ends at `at`; those that another name follows at once are that person's."""
    posts: tuple[str, ...] = ()
    rank: str | None = None
    done = at
    while True:
        here = done + (words.words[done] in MARKS)
        here += age_size(words, here)
        if words.words[here] in MARKS or words.words[here] == ")":
            if here > done + 1:
                done = here + (words.words[here] == ")")
                continue
        here += LINKS.size_at(words.lower, here)
        if here == done:
            return posts, rank, done
        size, name = rank_at(words, here)
        if size and not name_end(words, here + size, "rank"):
            rank, done = rank or name, here + size
            continue
        end = post_end(words, here)
        if not end:
            return posts, rank, done
        if here > done and words.lower[end - 1] in SMALL_PLACES and (place := name_end(words, end, "post")):
            end = place  # "ông Cao Trung Kiên, Chủ tịch UBND xã Lâm Hóa": the commune, not another person
        elif someone_follows(words, end):
            return ((), None, at) if prefixed else (posts, rank, done)
        posts, done = (*posts, post_text(words, here, end)), end + (words.words[end] == ")")


def age_size(words: Words, at: int) -> int:
    """"45 tuổi", "sinh năm 1975", "SN 1975" between a name and its posts."""
    if words.words[at].isdigit() and words.lower[at + 1] == "tuổi":
        return 2
    for size, cue in ((3, ("sinh", "năm")), (2, ("sn",))):
        if tuple(words.lower[at : at + size - 1]) == cue and words.words[at + size - 1].isdigit():
            return size
    return 0


def someone_follows(words: Words, at: int) -> bool:
    """Whether the next person's name stands at `at`, maybe behind a rank or form of address."""
    size = HONOURS.size_at(words.lower, at)
    kind = "honour" if size else "post"
    more, _ = rank_at(words, at + size)
    return bool(name_end(words, at + size + more, "rank" if more else kind))


def seat(words: Words, at: int) -> tuple[str, ...]:
    """"Đại biểu Tô Văn Tám (Kon Tum)": the province in brackets makes him a deputy of the National Assembly."""
    start = at + 1 + (words.lower[at + 1] in ("đoàn", "tỉnh"))
    size = place_prefix(words.lower[start : start + 6])
    if words.words[at] == "(" and size and words.words[start + size] in ")-":
        return (f"đại biểu Quốc hội ({words.span(start, start + size)})",)
    return ()


def appointed(words: Words, at: int) -> tuple[str, ...]:
    """The post of "… giữ chức Chỉ huy trưởng Bộ CHQS tỉnh" in the rest of the sentence."""
    for here in range(at, at + 14):
        if words.words[here] in ENDS:
            break
        size = APPOINTED.size_at(words.lower, here)
        if size and (end := post_end(words, here + size)) and not someone_follows(words, end):
            return (post_text(words, here + size, end),)
    return ()


def listed(words: Words, group: Group, at: int) -> tuple[list[Mention], int]:
    """The people of a list that begins at `at`, each with the group's rank and posts besides his own."""
    found: list[Mention] = []
    done = at
    while True:
        own = Group.read(words, done) or Group(done)
        after = "honour" if own.after == "bare" else own.after
        end = name_end(words, own.end, after)
        if not end:
            return found, done
        mention, done = finish(words, done, own.end, end, own.rank or group.rank, (*group.posts, *own.posts))
        found.append(mention)
        if words.lower[done] not in (",", ";", "và"):
            return found, done
        done += 1 + (words.lower[done + 1] in ("và", "cùng"))


def name_before(words: Words, end: int, floor: int) -> int:
    """Where the bare name that ends at `end` begins; 0 if there is none."""
    start = end
    while start > floor and end - start < LONGEST + 1 and words.capital(start - 1) and not (start < end and words.joined(start)):
        start -= 1
    for at in range(start, end):
        if name_end(words, at) == end and not unit_before(words, at):
            return at
    return 0


def unit_before(words: Words, at: int) -> bool:
    """Whether a word before `at` makes it a place, school or street rather than a person."""
    return at > 0 and words.lower[at - 1] in PLACE_WORDS or is_lunar_year(words, at)


def is_lunar_year(words: Words, at: int) -> bool:
    """"Kỷ Hợi", "Đinh Dậu": both words could be a name."""
    return words.lower[at] in STEMS and words.lower[at + 1] in BRANCHES


STEMS = frozenset("giáp ất bính đinh mậu kỷ canh tân nhâm quý".split())
BRANCHES = frozenset("tý sửu dần mão mẹo thìn tỵ ngọ mùi thân dậu tuất hợi".split())


PLACE_WORDS = frozenset("tỉnh phố huyện quận xã phường trấn thôn bản ấp làng đường trường thpt thcs đảo viện cầu chợ".split())


def short_end(words: Words, group: Group) -> int:
    """The end of a short form ("đồng chí Tuấn", "Tuấn Anh"), which officials.py resolves to a full name."""
    end = run_end(words, group.end)
    return end if 0 < end - group.end <= 2 and group.after in ("honour", "rank") else 0


@cache
def cues(kind: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words_of(row["cue"])) for row in rows("exclusions.csv") if row["kind"] == kind)
