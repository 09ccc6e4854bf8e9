"""Which officials a query means: "le van dien", "chủ tịch ngọc tây ninh", "đại tá Luân Thanh Hóa".

A given name alone means nobody in particular. With a post, a rank or a province beside it, and nothing else, the
query means the officials of that name there; the article that names them comes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from indexer.entities.words import column
from indexer.model import ScoringTerm
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.named_people import GENERAL, names
from indexer.search.query.spelled import syllables_of
from indexer.search.query.values import provinces
from indexer.text import fold

WEIGHT = 3.0  # enough to lead over articles that hold the same words scattered
LONGEST = 10  # syllables; a longer query is a sentence
OTHER_WORDS = "tỉnh thành phố huyện xã phường quận thị đồng chí ông bà phó nguyên quyền ubnd chqs"
MOST = 40  # officials one query can mean; more is no meaning

Run = tuple[str, ...]
GENERALS = frozenset({(GENERAL,), (fold(GENERAL),)})  # the one word that tells as much as a rank of two
Row = tuple[str, Run, Run, frozenset[str]]  # key, name, place, and the accent-free syllables of name and place


def official_scoring(text: str, bare: bool, lexicon: Lexicon) -> tuple[ScoringTerm, ...]:
    """Signals for the officials the whole query `text` means; with `bare`, accents do not count."""
    asked = syllables_of(text, bare)
    if not 2 <= len(asked) <= LONGEST or names_nobody(tuple(map(fold, asked))):
        return ()
    keys = list(dict.fromkeys(named(asked, bare, lexicon)))
    return tuple(ScoringTerm("official", key, WEIGHT) for key in keys) if len(keys) <= MOST else ()


def named(asked: Run, bare: bool, lexicon: Lexicon) -> Iterator[str]:
    """Keys of the officials whose name, or its end, stands in `asked`, all the rest being posts, ranks and the place.

    "quoc phong" means no Mr Phong: "quoc" is no post. A whole name needs nothing beside it, unless it is so short
    that without accents it may be anything.
    """
    posts = post_phrases(bare)
    unexplained = {fold(word) for word in asked} - words_of_posts()
    given = (key for word in set(asked) for key in names(lexicon).given.get(fold(word), ()))
    for key, name, place, words in map(row_of, given):
        if not unexplained <= words:  # of the hundreds of a given name hardly anyone is left
            continue
        own, around = (tuple(map(fold, part)) if bare else part for part in (name, place))
        if own[-1] not in asked:  # nor of those who share it but for its accents
            continue
        for size in range(len(own), 0, -1):
            start = place_of(own[-size:], asked)
            if start is None:
                continue
            rest = (asked[:start], asked[start + size :])
            whole = size == len(own) and (size > 2 or not bare)
            if all(covered(part, posts, around) for part in rest) and (whole or tells(rest, posts, around)):
                yield key
            break


def names_nobody(asked: Run) -> bool:
    """Whether there is nothing but posts and provinces: "chi huy truong thanh hoa" means no Mr Trường and no Ms Hoa."""
    return covered(asked, posts_and_provinces(), ())


@cache
def posts_and_provinces() -> frozenset[Run]:
    """Every post and province name as accent-free syllables."""
    return post_phrases(True) | {tuple(name.split()) for name in provinces()}


def place_of(run: Run, asked: Run) -> int | None:
    """Where `run` first stands in a row in `asked`."""
    return next((at for at in range(len(asked) - len(run) + 1) if asked[at : at + len(run)] == run), None)


def covered(part: Run, posts: frozenset[Run], place: Run) -> bool:
    """Whether `part` is made of whole posts, ranks, bodies, words beside them, and the place."""
    return not part or any(
        covered(part[size:], posts, place)
        for size in range(1, len(part) + 1)
        if part[:size] == place or part[:size] in posts
    )


def tells(rest: tuple[Run, Run], posts: frozenset[Run], place: Run) -> bool:
    """Whether there is more beside the name than "ông" or "phó": a post, a rank, a body or the place."""
    return any(
        part[first:last] == place or part[first:last] in GENERALS or (last - first > 1 and part[first:last] in posts)
        for part in rest
        for first in range(len(part))
        for last in range(first + 1, len(part) + 1)
    )


@lru_cache(maxsize=20_000)
def row_of(key: str) -> Row:
    """An official's facet key with its name and place as syllables, and all of these accent-free."""
    name, place = (syllables_of(part) for part in key.rpartition("@")[::2])
    return key, name, place, frozenset(map(fold, name + place))


@cache
def words_of_posts() -> frozenset[str]:
    """Every word, without accents, that may be a part of a post or stand beside one."""
    return frozenset(word for phrase in post_phrases(True) for word in phrase)


@cache
def post_phrases(bare: bool) -> frozenset[Run]:
    """Ranks, heads of posts and bodies as runs of syllables, and the single words that stand beside them."""
    phrases = [*column("ranks.csv", "rank"), *column("heads.csv", "head"), *column("bodies.csv", "body")]
    return frozenset(syllables_of(phrase, bare) for phrase in [*phrases, GENERAL, *OTHER_WORDS.split()])
