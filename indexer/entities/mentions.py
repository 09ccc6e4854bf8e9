"""The grammar of mentions: rank, posts and name in the orders in which newspapers write them.

    Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Lê Ngọc Tuấn          posts before the name
    Đại tá Lê Văn Diện, Ủy viên BTV Tỉnh ủy, Chỉ huy trưởng …    rank before, posts after
    các đồng chí Phó Chủ tịch UBND tỉnh: A, B và C               one post for a list
    Hồ Văn Niên-Ủy viên Trung ương Đảng                          a bare name, then posts

Only words that can begin a rank, a post or a form of address are looked at; each reading moves the cursor on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from indexer.entities.following import MARKS, appointed, seat, suffix
from indexer.entities.lexicon import (
    APPOINTED,
    COURTESIES,
    DEPUTIES,
    HONOURS,
    LINKS,
    LIST_OPENINGS,
    STATUSES,
    heads,
    ranks,
    suspects,
)
from indexer.entities.names import LONGEST, foreign, is_place, name_before, name_end, run_end
from indexer.entities.posts import parse_post
from indexer.entities.titles import is_country, is_foreign, name_kind, post_end, post_text, rank_at
from indexer.entities.words import Phrases, Words


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
    """Where a rank, a post, a form of address or what suspects are called may begin, by its first two words."""
    if words.anchors is None:
        known = words.places_of(openings().by_first)
        words.anchors = [at for at in known if openings().size_at(words.lower, at)]
    return words.anchors


@cache
def openings() -> Phrases:
    """The first words of all anchors, two where one does not tell."""
    pairs = {pair for table in (heads(), ranks(), suspects(), HONOURS, DEPUTIES) for pair in table.openings()}
    pairs |= {(before, first) for before in (*STATUSES, "các") for first in heads().by_first}
    pairs |= {("q", "."), ("phụ", "trách")}
    return Phrases.of([first, second] if second else [first] for first, second in pairs)


def read(words: Words, at: int, floor: int) -> tuple[list[Mention], int]:
    """The mentions anchored at `at`, and where reading goes on; nothing before `floor` is free."""
    if (bare := named_before(words, at, floor)) is not None:
        return bare
    group = Group.read(words, at)
    if not group:
        return [], at + 1
    opened = group.end + LIST_OPENINGS.size_at(words.lower, group.end)
    told = not group.plural and words.lower[opened + 1] in ("ông", "bà")  # "Tổng thống X: Ông B muốn gặp …"
    told |= not group.plural and words.lower[at - 1] == "của"  # "Quyết định của Bộ trưởng: Đại tá A, …"
    if words.words[opened] == ":" and not told and (group.posts or group.plural or group.after == "honour"):
        return listed(words, group, opened + 1)
    if group.posts and words.words[group.end] in "-" and signed(words, group.end + 1):
        group.end += 1
    end = name_end(words, group.end, group.after) or short_end(words, group)
    if not end:
        return [], max(group.end, at + 1)
    posts = group.posts or (seat(words, end) if group.deputy else ())
    mention, done = finish(words, at, group.end, end, group.rank, posts)
    if group.plural and group.posts and words.lower[done] in (",", "và"):
        more, done = listed(words, group, done + 1)
        return [mention, *more], done
    return [mention], done


def signed(words: Words, at: int) -> bool:
    """Whether the person of a post stands behind a dash: "Bí thư Huyện ủy - Trần Văn A đề nghị", with no post
    behind.
    """
    end = name_end(words, at, "post")
    return bool(end) and not (words.words[end] in MARKS and begins(words, end + 1))


def named_before(words: Words, at: int, floor: int) -> tuple[list[Mention], int] | None:
    """The bare name before the post at `at` ("Hồ Văn Niên-Ủy viên …"), if that is how it stands."""
    if at <= floor or not (words.words[at - 1] in MARKS or words.lower[at - 1] == "là") or not post_end(words, at):
        return None
    end = at - 1 - (words.words[at - 1] == "(" and words.words[at - 2] == ",")
    start = name_before(words, end, floor)
    if start >= 0 and is_foreign(words, at, post_end(words, at)):
        start = max(whole_name(words, end, floor), -1)
    if start < 0:
        return None
    mention, done = finish(words, start, start, end, None, ())
    return ([mention], done) if mention.posts or mention.rank else None


def whole_name(words: Words, end: int, floor: int) -> int:
    """Where the run of capitalised words that ends at `end` begins: a foreign name is read whole; -1 if it is none."""
    start = end
    while start > floor and end - start < LONGEST and words.capital(start - 1) and not words.acronym(start - 1):
        start -= 1
        if words.joined(start):
            break
    return start if end - start > 1 and run_end(words, start) == end and not is_place(words, start, end) else -1


@dataclass(slots=True)
class Group:
    """What stands before a name: rank, posts, form of address. `after` is the kind of the last (see name_end)."""

    end: int
    after: str = "bare"
    rank: str | None = None
    posts: tuple[str, ...] = ()
    plural: bool = False
    deputy: bool = False
    given: bool = False  # "A làm | Bí thư chi bộ, B …": the post is of the one before

    @classmethod
    def read(cls, words: Words, at: int) -> Group | None:
        """The ranks, posts and separators that begin at a word; None where no name may follow them."""
        group = cls(at, given=is_given(words, at))
        while group.step(words) or group.separator(words):
            pass
        return group if group.after != "bare" else None

    def step(self, words: Words) -> bool:
        """Take in the form of address, rank, degree or post that stands next."""
        at, lower = self.end, words.lower
        if size := HONOURS.size_at(lower, at):
            self.plural |= lower[at] in ("các", "hai")
            self.end, self.after = at + size, "rank" if self.after == "rank" else "honour"
        elif (ranked := rank_at(words, at))[0]:
            self.rank, self.end, self.after = self.rank or ranked[1], at + ranked[0], "rank"
        elif self.after == "rank" and is_country(words, at) and foreign(lower[at + 1]):
            self.end = at + 1  # "đại tá Mỹ John Smith"
        elif self.after != "bare" and (size := COURTESIES.size_at(lower, at)):
            self.end = at + size + (words.words[at + size] == ".")
        elif end := post_end(words, at):
            kind = name_kind(words, at, end)
            self.posts, self.end, self.after = (*self.posts, post_text(words, at, end)), end, kind
        elif size := DEPUTIES.size_at(lower, at):
            self.end, self.after, self.deputy = at + size, "honour", True
        elif self.after == "bare" and lower[at] == "các" and heads().size_at(lower, at + 1):
            self.end, self.plural = at + 1, True
        else:
            return False
        return True

    def separator(self, words: Words) -> bool:
        """Step over a comma, dash or "kiêm" with a rank, post or form of address behind it."""
        at = self.end
        if self.given and words.words[at] == ",":
            return False
        after = at + (words.words[at] in ",-")
        after += LINKS.size_at(words.lower, after)
        if self.after == "bare" or after == at or not begins(words, after):
            return False
        self.end = after
        return True


LONGEST_APPOINTED = 3  # words


def is_given(words: Words, at: int) -> bool:
    """Whether a post at `at` is told of another than who follows: behind "làm", "giữ chức", or in "cố vấn của | …"."""
    if words.lower[at - 1] == "của":
        return words.lower[at - 2] not in PRESENCE
    return APPOINTED.ends_at(words.lower, at, LONGEST_APPOINTED)


# "với sự tham dự của", "dưới sự chủ trì của": who follows is meant.
PRESENCE = frozenset({"dự", "trì", "gia", "kiến", "đạo", "tọa"})


def begins(words: Words, at: int) -> bool:
    """Whether a rank, post, degree or form of address begins at `at`."""
    known = HONOURS.size_at(words.lower, at) or COURTESIES.size_at(words.lower, at) or ranks().size_at(words.lower, at)
    return bool(known or post_end(words, at))


def finish(
    words: Words, first: int, start: int, end: int, rank: str | None, posts: tuple[str, ...]
) -> tuple[Mention, int]:
    """The mention whose name is [start, end), with the rank and posts that follow it, and where they end."""
    behind, later, done = suffix(words, end, bool(posts))
    posts = (*posts, *behind, *appointed(words, done))
    return Mention(words.span(start, end), rank or later, posts, first, start, end), done


def listed(words: Words, group: Group, at: int) -> tuple[list[Mention], int]:
    """The people of a list that begins at `at`, each with the group's rank and posts besides his own."""
    found: list[Mention] = []
    waiting, last = 0, False
    while True:
        own = Group.read(words, at) or Group(at)
        end = name_end(words, own.end, "honour" if own.after == "bare" else own.after)
        if not end:
            return found, at
        mention, at = finish(words, at, own.end, end, own.rank or group.rank, (*group.posts, *own.posts))
        if last and outranks(mention.posts[len(group.posts) :], group.posts):
            mention = replace(mention, posts=mention.posts[len(group.posts) :])
        # "Đỗ Mười, Lê Khả Phiêu, nguyên Tổng Bí thư;": one post for the names before it
        if mention.posts and waiting:
            found[-waiting:] = [replace(name, posts=mention.posts) for name in found[-waiting:]]
        found.append(mention)
        if words.lower[at] not in (",", ";", "và"):
            return found, at
        waiting = waiting + 1 if words.lower[at] != ";" and not mention.posts and not mention.rank else 0
        last = words.lower[at] == "và"
        at += 1 + (words.lower[at + 1] in ("và", "cùng"))


def outranks(own: tuple[str, ...], shared: tuple[str, ...]) -> bool:
    """Whether somebody's own posts show that those before the list are not his: he leads another body of that class.

    "các Phó Tổng Tham mưu trưởng: A; B và | C - Phó Chủ nhiệm Tổng cục Chính trị"
    """
    pairs = ((parse_post(mine), parse_post(theirs)) for mine in own for theirs in shared)
    return any(a.cls == b.cls == "quân đội" and a.level == b.level and a.body and b.body and a.body != b.body
               for a, b in pairs)


def short_end(words: Words, group: Group) -> int:
    """The end of a short form ("đồng chí Tuấn", "Tuấn Anh"), which officials.py resolves to a full name."""
    end = run_end(words, group.end)
    return end if 0 < end - group.end <= 2 and group.after in ("honour", "rank") else 0
