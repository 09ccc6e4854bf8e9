"""What stands behind a name: posts after commas, dashes or "kiêm", an age, a constituency, an appointment."""

from __future__ import annotations

import re

from indexer.entities.lexicon import APPOINTED, HONOURS, LINKS, SMALL_PLACES, actions
from indexer.entities.names import name_end, place_size
from indexer.entities.posts import has_known_body
from indexer.entities.scope import STOPS, head_size
from indexer.entities.titles import name_kind, post_end, post_text, rank_at
from indexer.entities.words import Words, members

MARKS = frozenset(",-(")
ENDS = frozenset(".;\n?!")
# How far behind a name "… giữ chức Chỉ huy trưởng" may begin, in words.
APPOINTMENT_REACH = 14
# Who does this hands a post over, or presides: it is not his own.
HANDING = frozenset(members("hands_over"))
RECEIVING = frozenset(members("receives"))
# After "và" these begin other people or what else one does, no more of a body's name.
OTHERS = frozenset(members("other_people"))
ACADEMIC = re.compile(r"(?:(?:pgs|gs|tskh|ts|ths|bs|ks)\.?)+")
# First words of what a sentence goes on with behind a post, besides those that no body's name goes on with.
GOES_ON = STOPS | frozenset(members("after_post"))
IN_PICTURE = frozenset(members("position_in_picture"))


def suffix(words: Words, at: int, prefixed: bool) -> tuple[tuple[str, ...], str | None, int]:
    """Posts and rank behind a name that ends at `at`, and where they end.

    Posts that another person's name follows at once are that person's; all of them where our person already has
    posts before the name (`prefixed`), for then the paper writes posts first.
    """
    posts: tuple[str, ...] = ()
    rank: str | None = None
    done = at
    while True:
        here = opening(words, done)
        if words.words[here] == ")" and here > done:
            done = here + 1
            continue
        size, name = rank_at(words, here) if here > done else (0, None)
        if size and not name_end(words, here + size, "rank"):
            rank, done = rank or name, here + size
            continue
        end = post_end(words, here) if here > done or here == at else 0
        if not end:
            return posts, rank, done
        if here > done and words.lower[end - 1] in SMALL_PLACES and (place := name_end(words, end, "post")):
            end = place  # "ông Cao Trung Kiên, Chủ tịch UBND xã Lâm Hóa": the commune, not another person
        elif prefixed and words.words[at] == words.words[end] == "," and postless_at(words, end + 1):
            return (), None, at  # "Phó Chủ tịch A, Giám đốc Đại học B, GS.TS C đã": whose post it is stays open
        elif someone_at(words, end) or (words.capital(end) and name_end(words, end, name_kind(words, here, end))):
            return ((), None, at) if prefixed else (posts, rank, done)
        whole = () if is_cut(words, here, end) else (post_text(words, here, end),)
        posts, done = (*posts, *whole), end + (words.words[end] == ")")


def is_cut(words: Words, start: int, end: int) -> bool:
    """Whether the post [start, end) behind a name goes on in words of no table: "Giám đốc Sở Giao thông | vận tải".

    What a table knows as a body is whole, and so is what ends before a mark, a number or a verb.
    """
    post = post_text(words, start, end)
    end += words.lower[end] == "và" and words.lower[end + 1] not in OTHERS  # "Khoa học xã hội | và nhân văn"
    if words.words[end] == "-" and words.lower[end + 1].isalpha() and not words.capital(end + 1):
        end += 1  # "Ủy ban Tài chính | - ngân sách"
    next_word = words.lower[end]
    numbered = words.words[end - 1].isdigit() or next_word == "và"
    if not next_word.isalpha() or words.capital(end) or next_word in GOES_ON or numbered:
        return False
    others = HONOURS.size_at(words.lower, end) or head_size(words, end) or rank_at(words, end)[0]
    return not (others or actions().size_at(words.lower, end) or has_known_body(post))


def opening(words: Words, at: int) -> int:
    """Where a post may begin after the mark, age and link words at `at`: ", 45 tuổi, hiện là | Chủ tịch UBND xã"."""
    at = after_place_in_picture(words, at)
    here = at + (words.words[at] in MARKS)
    age = age_size(words, here)
    here += age
    if age and words.words[here] in MARKS:
        here += 1
    return here + LINKS.size_at(words.lower, here)


def after_place_in_picture(words: Words, at: int) -> int:
    """Behind "(thứ 4 từ phải qua)", "(giữa)" where that stands at `at`; else `at`."""
    if words.words[at] != "(" or words.lower[at + 1] not in IN_PICTURE:
        return at
    return next((here + 1 for here in range(at + 2, at + 10) if words.words[here] == ")"), at)


def age_size(words: Words, at: int) -> int:
    """The size of "45 tuổi", "sinh năm 1975", "SN 1975" at `at`."""
    if words.words[at].isdigit() and words.lower[at + 1] == "tuổi":
        return 2
    for cue in (["sinh", "năm"], ["sn"]):
        if words.lower[at : at + len(cue)] == cue and words.words[at + len(cue)].isdigit():
            return len(cue) + 1
    return 0


def someone_at(words: Words, at: int) -> bool:
    """Whether a person's name stands at `at`, maybe behind a rank or form of address."""
    size = HONOURS.size_at(words.lower, at)
    more, _ = rank_at(words, at + size)
    return bool(name_end(words, at + size + more, "rank" if more else "honour" if size else "post"))


def postless_at(words: Words, at: int) -> bool:
    """Whether a person without a post behind his name stands at `at`, behind a form of address or an academic title:
    "GS.TS Nguyễn Văn C đã".
    """
    here = at + HONOURS.size_at(words.lower, at)
    while ACADEMIC.fullmatch(words.lower[here]):
        here += 1 + (words.words[here + 1] == ".")
    end = name_end(words, here, "honour") if here > at else 0
    behind = opening(words, end)
    return bool(end) and not (behind > end and post_end(words, behind))


def seat(words: Words, at: int) -> tuple[str, ...]:
    """"Đại biểu Tô Văn Tám (Kon Tum)": the province in brackets makes him a deputy of the National Assembly."""
    start = at + 1 + (words.lower[at + 1] in ("đoàn", "tỉnh"))
    end = next((here for here in range(start, start + 6) if words.words[here] == ")"), start)
    if words.words[at] == "(" and end > start and place_size(words, start, end) == end - start:
        return (f"đại biểu Quốc hội ({words.span(start, end)})",)
    return ()


def appointed(words: Words, at: int) -> tuple[str, ...]:
    """The post of "… giữ chức Chỉ huy trưởng Bộ CHQS tỉnh" in the rest of the sentence from `at`."""
    for here in range(at, at + APPOINTMENT_REACH):
        if words.words[here] in ENDS:
            break
        size = APPOINTED.size_at(words.lower, here)
        said = set(words.lower[at:here])
        if size and here and words.lower[here - 1] == "từng":
            return ()
        if size and said & HANDING and not said & RECEIVING:
            return ()
        if size and (end := post_end(words, here + size)) and not someone_at(words, end):
            return (post_text(words, here + size, end),)
    return ()
