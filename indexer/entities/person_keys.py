"""What keeps namesakes apart: a person's key, "lê văn diện@Thanh Hóa", and the name it is shown with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from indexer.entities.lexicon import levels, surnames
from indexer.entities.names import foreign
from indexer.entities.places import districts, province_named
from indexer.entities.posts import ABROAD, UNITS, parse_post, with_shared_tails
from indexer.entities.titles import IN_OFFICE, parts_of
from indexer.entities.words import rows, words_of
from indexer.model import Official, Post
from indexer.text import normalize

NATION = "Trung ương"
DECEASED, FORMER = "cố", "nguyên"
TOLD_AROUND = frozenset({DECEASED, FORMER})  # statuses that the words around a post tell, not its own
BELOW_PROVINCE = frozenset({"huyện", "xã", "khu vực"})
PROVINCIAL = frozenset({"tỉnh", "trung ương"})  # a "đại biểu Quốc hội (Kon Tum)" is of a province as well


def with_key(official: Official, provinces: Sequence[str], day: str | None = None) -> Official:
    """`official` with its final key and its posts taken apart, given the article's provinces by their names that day.

    Holders of central posts (of any country) and of posts in a military region go by that, for they are named
    everywhere; holders of other posts abroad by the country; all others by the province their posts name, for a guest
    serves elsewhere; else by the article's if it has exactly one, else by the body of their first post.
    """
    alone = provinces[0] if len(provinces) == 1 else ""
    own = own_province(official.posts, provinces, day) or alone
    place = own or next(filter(None, map(body_of, official.posts)), "")
    told = {post.text: post for post in official.held}
    foreigner = is_foreign_name(official.name)  # whose "Thành ủy" is not that of the article's province
    parsed = (parse_post(post, () if foreigner else tuple(provinces), day) for post in official.posts)
    held = tuple(with_shared_tails([as_told(post, told.get(post.text)) for post in parsed]))
    if foreigner:
        held = tuple(map(as_foreign, held))
    wide, abroad = wide_body(official.posts), country_of(held)
    where = NATION if wide == NATION or is_national(official, day) else abroad or wide or place
    return replace(official, key=official_key(official.name, where), held=held)


# Offices that other countries have by the same name; one held by a foreign name without a country is theirs.
OFFICES = frozenset({"Thủ tướng", "Phó Thủ tướng", "Bộ trưởng", "Thứ trưởng", "Đại sứ", "Tổng lãnh sự"})


SEATS = frozenset({"Đảng", "chính quyền", "HĐND"})


def is_foreign_name(name: str) -> bool:
    """Whether a name has a syllable that Vietnamese cannot write and does not begin with a Vietnamese surname."""
    words = name.lower().split()
    return words[0] not in surnames() and any(foreign(word) for word in words if word.isalpha())


def as_foreign(post: Post) -> Post:
    """`post` as one of another country, where it is a national office or a party's or council's, without a place."""
    if post.place or post.level == ABROAD:
        return post
    if post.head in OFFICES:
        return replace(post, body="", cls="", level=ABROAD)
    return replace(post, cls="", level=ABROAD) if post.cls in SEATS else post


def country_of(held: Sequence[Post]) -> str:
    """The other country whose posts a person holds; "" where none is named."""
    return next((post.place for post in held if post.level == ABROAD and post.place), "")


def as_told(post: Post, told: Post | None) -> Post:
    """A parsed post with the evidence of the text that tells it, and as a former post or one of the dead where the
    words around it say so.
    """
    if not told:
        return post
    return replace(post, evidence=told.evidence, status=told.status if told.status in TOLD_AROUND else post.status)


def is_national(official: Official, day: str | None) -> bool:
    """Whether the name is a holder's of a unique national office on `day` or before, and no local post contradicts.

    Former and later posts of such a person are his too: there is one page for him, not one for each post.
    """
    offices = national_offices().get(official.name.lower(), ())
    known = any(row["since"][:4] <= (day or row["since"])[:4] for row in offices)
    return known and all(parse_post(post).level not in BELOW_PROVINCE for post in official.posts)


@cache
def national_offices() -> dict[str, list[dict[str, str]]]:
    """Dated rows of data/national_offices.csv by name in lower case."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("national_offices.csv"):
        found.setdefault(row["name"].lower(), []).append(row)
    return found


def apart(officials: Sequence[Official]) -> list[Official]:
    """The officials of one article with keys of their own: of namesakes the later goes by the body of his post."""
    taken: set[str] = set()
    done: list[Official] = []
    for official in officials:
        if official.key in taken:
            body = next(filter(None, map(body_of, official.posts)), str(len(taken)))
            official = replace(official, key=official_key(official.name, body))
        taken.add(official.key)
        done.append(official)
    return done


def own_province(posts: Sequence[str], provinces: Sequence[str], day: str | None) -> str:
    """The province that the public posts a person is in name by themselves; "" where none does.

    Of several, one of the article's `provinces` goes first. Former posts are no ground: `indexer.search.people`
    joins those who moved, if dates and ranks allow it.
    """
    parsed = (parse_post(post, (), day) for post in posts if is_public(post))
    named = [where for post in parsed if post.status == IN_OFFICE and (where := province_named_by(post))]
    return next((where for where in named if where in provinces), next(iter(named), ""))


@lru_cache(maxsize=20_000)
def is_public(post: str) -> bool:
    """Whether a post is of a public body or a unit of place: not "Giám đốc khách sạn Bình Dương"."""
    words = words_of(post)
    return bool(parse_post(post).cls) or any(UNITS.size_at([*words, ""], at) for at in range(len(words)))


def province_named_by(post: Post) -> str:
    """The province a post names: its own ("Bí thư Tỉnh ủy Kon Tum"), or the only one with its district."""
    if post.level == "huyện":
        holding = districts(post.place) if post.place else ()
        return holding[0] if len(holding) == 1 else ""
    return (post.place and province_named(post.place)) or "" if post.level in PROVINCIAL else ""


def official_key(name: str, province_or_body: str) -> str:
    """Name and province (or body): namesakes of different provinces never share a key."""
    return f"{normalize(name).lower()}@{province_or_body}"


def label(key: str) -> str:
    """A key's name as shown: "lê văn diện@Thanh Hóa" -> "Lê Văn Diện"."""
    return titled(key.partition("@")[0])


@lru_cache(maxsize=20_000)
def body_of(post: str) -> str:
    """The body and place that tell a post from others of its name: "Giám đốc Sở Y tế" -> "Sở Y tế"."""
    parsed = parts_of(post)
    return f"{parsed.body} {parsed.place}".strip()


def wide_body(posts: Iterable[str]) -> str:
    """"Trung ương" or "Quân khu 7" where a person's posts reach beyond one province and none is a local one."""
    levels = {found: where for post in posts for found, where in levels_in(post)}
    return "" if "local" in levels else levels.get("region") or ("Trung ương" if "central" in levels else "")


# Posts come again and again, from one article to the next.
@lru_cache(maxsize=20_000)
def levels_in(post: str) -> tuple[tuple[str, str], ...]:
    """The levels of the bodies and units a post names, a region with its number."""
    words = words_of(post)
    sizes = ((at, next((n for n in range(longest(), 0, -1) if " ".join(words[at : at + n]) in levels()), 0))
             for at in range(len(words)))  # fmt: skip
    return tuple(
        (levels()[" ".join(words[at : at + size])], " ".join(words[at : at + size + 1]).capitalize())
        for at, size in sizes
        if size
    )


@cache
def longest() -> int:
    """Words of the longest head, body or unit whose level is known."""
    return max(len(words_of(phrase)) for phrase in levels())


def titled(name: str) -> str:
    """A name with a capital at each word."""
    return " ".join("'".join(part[:1].upper() + part[1:] for part in word.split("'")) for word in name.split())
