"""Posts that the words of a query name: "chỉ huy trưởng Bộ CHQS tỉnh", "CHT Ban CHQS huyện", "chủ tịch tỉnh".

A head alone ("chủ tịch") is too wide to mean anything; a body or a level must stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from indexer.entities import label
from indexer.entities.lexicon import STATUSES
from indexer.entities.post_keys import post_key
from indexer.entities.post_tables import UNIT_LEVELS, heads, written_bodies
from indexer.entities.posts import HEADS_OF_MINISTRY, parse_post
from indexer.entities.unit_keys import written
from indexer.model import Post
from indexer.search.query.finding import Finding
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.loose_words import Words, phrases
from indexer.search.query.named_places import province_size, region_number
from indexer.search.query.spelled import spelled
from indexer.text import fold

LONGEST = 8  # syllables of a head or a body
OF = ("của", "thuộc")
# "Chủ tịch tỉnh" is of the UBND: (head, level) without a body -> the body meant.
MEANT = {("Chủ tịch", level): "UBND" for level in ("tỉnh", "huyện", "xã", "thành phố")}
MEANT |= {(f"Phó {head}", level): body for (head, level), body in MEANT.items()}
MEANT |= {("Bí thư", "tỉnh"): "Tỉnh ủy", ("Bí thư", "huyện"): "Huyện ủy", ("Bí thư", "thành phố"): "Thành ủy"}
LEVELS = {"tỉnh", "huyện", "xã", "thành phố"}


def posts_at(words: Words, at: int, lexicon: Lexicon) -> Iterator[Finding]:
    """The post named at `at`, without its place, where someone in the index holds it."""
    if at and words.says_any(at - 1, at, phrases("phó", *statuses(False), bare=words.bare)):
        return  # the end of another post: "phó | chủ tịch"
    post, end = post_at(words, at)
    if post and (key := post_key(post)) and lexicon.frequency("post", key):
        yield Finding("post", (key,), label("post", key), at, end)


def post_at(words: Words, at: int) -> tuple[Post | None, int]:
    """The post whose head stands at `at`, and where it ends; (None, at) where there is none with a body or level."""
    status = words.longest(at, statuses(words.bare), 3)
    size = words.longest(at + status, head_forms(words.bare), LONGEST)
    if not size:
        return None, at
    begin = " ".join((canonical(words, at, status, statuses(False)), head := canonical(
        words, at + status, size, head_forms(False)))).strip()
    end = at + status + size
    end += next((1 for word in OF if end < len(words) and words.says(end, word)), 0)
    told, end = scope_at(words, end, parse_post(head).head)
    post = parse_post(f"{begin} {told}".strip())
    return (post, end) if post.head and post.body and (told or post.level) else (None, at)


def scope_at(words: Words, at: int, head: str) -> tuple[str, int]:
    """The body and level that follow a head at `at`, in the words of the tables, and where they end."""
    size = words.longest(at, body_forms(words.bare), LONGEST) if at < len(words) else 0
    body, end = canonical(words, at, size, body_forms(False)), at + size
    if body == "bchqs" and province_unit(words, end):
        body = "bộ chqs"  # "BCHQS" is Bộ or Ban; of a province it is the Bộ
    if body == "quân khu" and end < len(words) and (number := region_number(words, end)):
        return f"Quân khu {number}", at
    if body == "quân khu":
        return "", at
    if not body and (numbered := numbered_body(words, at)):
        return numbered, at + len(numbered.split())
    if not body and head in HEADS_OF_MINISTRY:
        size = words.longest(at, ministries(words.bare), LONGEST)
        return canonical(words, at, size, ministries(False)), at + size
    unit = words.longest(end, unit_forms(words.bare), 2) if end < len(words) else 0
    level = canonical(words, end, unit, unit_forms(False))
    if not body and (head, level) in MEANT:
        implied = MEANT[head, level]
        return (f"{implied} {level}" if implied == "UBND" else implied), end + unit
    return (f"{body} {level}".strip(), end + unit) if body else ("", at)


def numbered_body(words: Words, at: int) -> str:
    """The unit with a number at `at` ("Trung đoàn 841"), "" for none."""
    for size in (3, 2, 1):
        end = at + size
        if end < len(words) and words.lower[end].isdigit() and words.key(at, end) in numbered_bodies():
            return f"{numbered_bodies()[words.key(at, end)]} {words.lower[end]}"
    return ""


@cache
def numbered_bodies() -> dict[str, str]:
    """The bodies that go by numbers, by the accent-free name."""
    return {fold(spelled(name)): row.body for name, row in written().items() if row.form == "number"}


def province_unit(words: Words, at: int) -> bool:
    """Whether the words at `at` are of a province: "tỉnh", or the name of one."""
    return at < len(words) and (words.says(at, "tỉnh") or bool(province_size(words, at)[0]))


def canonical(words: Words, at: int, size: int, forms: frozenset[str]) -> str:
    """The words as the tables write them, with their accents; "" for no words."""
    typed, plain = " ".join(words.lower[at : at + size]), words.key(at, at + size)
    return typed if typed in forms or not words.bare else unfolded(forms).get(plain, typed)


@cache
def unfolded(forms: frozenset[str]) -> dict[str, str]:
    """Forms by their accent-free spelling."""
    return {fold(form): form for form in sorted(forms, reverse=True)}


@cache
def head_forms(bare: bool) -> frozenset[str]:
    """Every way to write a head."""
    return phrases(*heads(), bare=bare)


@cache
def body_forms(bare: bool) -> frozenset[str]:
    """Every way to write a body."""
    return phrases(*written_bodies(), bare=bare)


@cache
def ministries(bare: bool) -> frozenset[str]:
    """Ministries without their first word, which the head says: "Bộ trưởng Quốc phòng"."""
    names = (body.lower() for body in written_bodies())
    return phrases(*(name.removeprefix("bộ ") for name in names if name.startswith("bộ ")), bare=bare)


@cache
def unit_forms(bare: bool) -> frozenset[str]:
    """Unit words that say the level of a body."""
    return phrases(*UNIT_LEVELS, bare=bare)


@cache
def statuses(bare: bool) -> frozenset[str]:
    """Words that say how a post is held: nguyên, quyền."""
    return phrases(*(status for status in STATUSES if spelled(status)), bare=bare)
