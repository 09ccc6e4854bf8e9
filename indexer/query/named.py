"""Which officials a query means: "le van dien", "chủ tịch ngọc tây ninh", "đại tá Luân Thanh Hóa".

A given name alone means nobody in particular. With a post, a rank or a province beside it, and nothing else, the
query means the officials of that name there; the article that names them comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from weakref import WeakKeyDictionary

from indexer.entities.words import column
from indexer.model import Signal
from indexer.query.lexicon import Lexicon
from indexer.text import fold, syllables

WEIGHT = 3.0  # enough to lead over articles that hold the same words scattered
LONGEST = 10  # syllables; a longer query is a sentence
OTHER_WORDS = "tỉnh thành phố huyện xã phường quận thị đồng chí ông bà phó nguyên quyền ubnd chqs"
MOST = 40  # officials one query can mean; more is no meaning

Row = tuple[str, tuple[str, ...], frozenset[str]]  # key, syllables of the name, syllables of the place

# Keys of officials by the accent-free given name, for each opened index.
tables: WeakKeyDictionary[Lexicon, dict[str, list[str]]] = WeakKeyDictionary()


def official_signals(text: str, bare: bool, lexicon: Lexicon) -> tuple[Signal, ...]:
    """Signals for the officials the whole query `text` means; with `bare`, accents do not count."""
    asked = [spelled(s.text, bare) for s in syllables(text)]
    if not 2 <= len(asked) <= LONGEST:
        return ()
    keys = list(dict.fromkeys(named(asked, bare, lexicon)))
    return tuple(Signal("official", key, WEIGHT) for key in keys) if len(keys) <= MOST else ()


def named(asked: Sequence[str], bare: bool, lexicon: Lexicon) -> Iterator[str]:
    """Keys of the officials whose name ends with some of the `asked` syllables, the rest being their post or place."""
    around = post_syllables() if bare else post_syllables(accented=True)
    for row_key, name, place in (row_of(key) for word in set(asked) for key in table(lexicon).get(fold(word), ())):
        spelled_name = [spelled(syllable, bare) for syllable in name]
        for size in range(len(name), 0, -1):
            rest = without(asked, spelled_name[-size:])
            if rest is None:
                continue
            known = around | {spelled(syllable, bare) for syllable in place}
            if all(word in known for word in rest) and (rest or size > 1):
                yield row_key
            break


def without(asked: Sequence[str], run: Sequence[str]) -> list[str] | None:
    """`asked` less the first place where `run` stands in a row; None if it does not."""
    for start in range(len(asked) - len(run) + 1):
        if list(asked[start : start + len(run)]) == list(run):
            return [*asked[:start], *asked[start + len(run) :]]
    return None


def spelled(syllable: str, bare: bool) -> str:
    return fold(syllable) if bare else syllable


def table(lexicon: Lexicon) -> dict[str, list[str]]:
    """The index's officials by given name, read once from its keys ("lê văn diện@Thanh Hóa").

    Keys are taken apart only when somebody asks for their given name: all of them would take half a second.
    """
    if lexicon not in tables:
        by_given_name: dict[str, list[str]] = {}
        for key, _ in lexicon.terms("official"):
            if given := given_name(key.rpartition("@")[0]):
                by_given_name.setdefault(given, []).append(key)
        tables[lexicon] = by_given_name
    return tables[lexicon]


def given_name(name: str) -> str:
    """The last syllable of a name without its accents; "" where there is none."""
    last = name.rpartition(" ")[2]
    own = [last] if last.isalpha() and last.islower() else [s.text for s in syllables(name)][-1:]
    return fold(own[0]) if own else ""


@lru_cache(maxsize=20_000)
def row_of(key: str) -> Row:
    name, _, place = key.rpartition("@")
    return key, tuple(s.text for s in syllables(name)), frozenset(s.text for s in syllables(place))


@cache
def post_syllables(accented: bool = False) -> frozenset[str]:
    """Every syllable of a rank, a post's head or a body, and the words before a place."""
    phrases = [*column("ranks.csv", "rank"), *column("heads.csv", "head"), *column("bodies.csv", "body"), OTHER_WORDS]
    found = {s.text for phrase in phrases for s in syllables(phrase)}
    return frozenset(found if accented else map(fold, found))
