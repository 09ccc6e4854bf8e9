"""People that the words of a query name: by the whole name, or by its end behind a rank or post ("tướng Giang").

Only people whom articles of the index name as officials. A name of two syllables may be anything: it counts in
capitals with its accents, or behind a rank, a post or "ông". A given name counts behind a rank or post that its
bearer may hold, where the query ends or goes on with a place or year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from indexer.entities import label
from indexer.entities.lexicon import surnames
from indexer.entities.post_keys import WIDE, Bound, bound_of, generals
from indexer.entities.words import column
from indexer.search.per_engine import per_engine
from indexer.search.query.finding import Finding
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.loose_words import Words, phrases
from indexer.search.query.named_places import place_or_unit_at, province_size
from indexer.search.query.named_posts import canonical, head_forms, post_at
from indexer.search.query.spelled import spelled
from indexer.text import fold

LONGEST = 6  # syllables of a name
MOST = 3  # people offered for one name
GENERAL = "tướng"
HONORIFICS = ("đồng chí", "đ c", "ông", "bà", "anh", "chị", "nữ", "liệt sĩ", "anh hùng")


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a name: where the name begins, whether it tells (a rank or post), the rank and the head.

    `any`: there is something; `start`: where it begins in the query.
    """

    start: int
    end: int
    tells: bool = False
    any: bool = False
    rank: str = ""
    head: str = ""


def people_at(words: Words, at: int, lexicon: Lexicon, ends: Callable[[int], bool]) -> Iterator[Finding]:
    """The people named at `at`, those of most articles first. `ends` says whether another part begins at a word."""
    lead = lead_at(words, at)
    if lead.end >= len(words):
        return
    keys, end = whole_name(words, lead, lexicon)
    if not keys and lead.tells and not place_or_unit_at(words, lead.end, lexicon):
        keys, end = end_of_name(words, lead, lexicon, ends)
    keys = of_place(keys, words, end)
    if keys:
        yield Finding("official", tuple(keys[:MOST]), label("official", keys[0]), at, end, each=True)


def lead_at(words: Words, at: int) -> Lead:
    """The rank, post and honorific at `at`, as far as they go."""
    lead = Lead(words.spans[at][0], at)
    while lead.end < len(words):
        more = rank_at(words, lead) or post_lead(words, lead) or honorific(words, lead) or place_in_lead(words, lead)
        if more is None:
            break
        lead = more
    return lead


def rank_at(words: Words, lead: Lead) -> Lead | None:
    """The lead with a rank behind it, "tướng" alone among them."""
    size = words.longest(lead.end, rank_forms(words.bare), 3)
    rank = canonical(words, lead.end, size, rank_forms(False))
    return Lead(lead.start, lead.end + size, True, True, rank, lead.head) if size else None


def post_lead(words: Words, lead: Lead) -> Lead | None:
    """The lead with a post behind it, or the head of one alone."""
    post, end = post_at(words, lead.end)
    if post:
        return Lead(lead.start, end, True, True, lead.rank, post.head)
    size = words.longest(lead.end, head_forms(words.bare))
    head = canonical(words, lead.end, size, head_forms(False))
    return Lead(lead.start, lead.end + size, True, True, lead.rank, head[:1].upper() + head[1:]) if size else None


def honorific(words: Words, lead: Lead) -> Lead | None:
    """The lead with "ông" or "đồng chí" behind it."""
    size = words.longest(lead.end, phrases(*HONORIFICS, bare=words.bare), 2)
    return Lead(lead.start, lead.end + size, lead.tells, True, lead.rank, lead.head) if size else None


def place_in_lead(words: Words, lead: Lead) -> Lead | None:
    """A post's place between it and the name: "Chủ tịch UBND tỉnh Tây Ninh Nguyễn Thanh Ngọc"."""
    size = province_size(words, lead.end)[0] if lead.head else 0
    return Lead(lead.start, lead.end + size, True, True, lead.rank, lead.head) if size else None


def of_place(keys: list[str], words: Words, at: int) -> list[str]:
    """The people of the province that follows the name, if there are such."""
    size = words.longest(at, phrases("tỉnh", "ở", "tại", "của", "thành phố", "tp", bare=words.bare), 2)
    where = province_size(words, at + size)[1] if at + size < len(words) else ""
    return [key for key in keys if key.partition("@")[2] == where] or keys


# --- names --------------------------------------------------------------------------------------------


def whole_name(words: Words, lead: Lead, lexicon: Lexicon) -> tuple[list[str], int]:
    """(keys, end) of the people whose whole name stands behind the lead."""
    named = names(lexicon)
    for size in range(min(LONGEST, len(words) - lead.end), 1, -1):
        end = lead.end + size
        keys = named.whole(words.key(lead.end, end))
        agreeing = [key for key in keys if words.says(lead.end, form_of(key))] if keys else []
        if agreeing and words.together(lead.end, end) and supported(words, lead, end):
            return by_articles(agreeing, lexicon), end
    return [], lead.end


def supported(words: Words, lead: Lead, end: int) -> bool:
    """Whether words that are someone's whole name mean that person."""
    size, surname = end - lead.end, words.lower[lead.end]
    if lead.any:
        return True
    if not any(fold(known) == words.folded[lead.end] if words.bare else known == surname for known in lower_surnames()):
        return size == len(words)
    if size > 2 or (size == len(words) and not words.bare):
        return True
    return not words.bare and words.capital(lead.end, end) and not words.text.isupper()


def end_of_name(
    words: Words, lead: Lead, lexicon: Lexicon, ends: Callable[[int], bool]
) -> tuple[list[str], int]:
    """(keys, end) of the people whose name ends with the words behind a rank or post that they may hold."""
    named = names(lexicon)
    for size in (2, 1):
        end = lead.end + size
        if end > len(words) or not (goes_no_further(words, lead.end, end)
                                    or (lead.start == 0 and (end == len(words) or ends(end)))):
            continue
        given = named.given.get(words.folded[end - 1], ())
        agreeing = [key for key in given if ends_with(words, lead.end, size, form_of(key))]
        if fitting := [key for key in agreeing if fits(lead, key, lexicon)]:
            return by_rank(lead, by_articles(fitting, lexicon), lexicon), end
    return [], lead.end


def goes_no_further(words: Words, at: int, end: int) -> bool:
    """Whether a name in capitals ends at `end`: the next word has none."""
    cased = words.capital(at, end) and not words.text.isupper()
    return cased and (end == len(words) or not words.capital(end, end + 1))


def ends_with(words: Words, at: int, size: int, form: str) -> bool:
    """Whether a name is longer than the `size` words at `at` and ends with them."""
    own = form.split()
    return len(own) > size and words.says(at, " ".join(own[-size:]))


def fits(lead: Lead, key: str, lexicon: Lexicon) -> bool:
    """Whether articles name the person at the post of the lead; a rank alone fits everyone."""
    return not lead.head or any(fold(bound.head).lower() == fold(lead.head).lower() for bound in held(key, lexicon))


def by_rank(lead: Lead, keys: list[str], lexicon: Lexicon) -> list[str]:
    """Generals serve in regions and at the centre: behind "tướng" those come first."""
    if lead.rank != GENERAL and lead.rank not in map(str.lower, generals()):
        return keys
    return sorted(keys, key=lambda key: not any(bound.level in WIDE for bound in held(key, lexicon)))


def by_articles(keys: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The keys, those that most articles hold first."""
    return sorted(keys, key=lambda key: (-lexicon.frequency("official", key), key))


def held(key: str, lexicon: Lexicon) -> list[Bound]:
    """The mentions of a person."""
    return [bound_of(mention) for mention, _ in lexicon.terms("mention", f"{key}|")]


# --- the names of an index ----------------------------------------------------------------------------


class Names:
    """Keys of an index's officials by the accent-free name: by its last syllable, and whole.

    Whole names are put in order only for the last syllables that are asked for: all of them would take a third of a
    second.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self.given: dict[str, list[str]] = defaultdict(list)
        self._whole: dict[str, dict[str, list[str]]] = {}
        by_last: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            name = key[: key.rfind("@")]
            by_last[name[name.rfind(" ") + 1 :]].append(key)
        for last, same in by_last.items():  # a few hundred: each is folded once
            self.given[fold(last[last.rfind("-") + 1 :])] += same

    def whole(self, name: str) -> Sequence[str]:
        """The keys of everyone of that accent-free name."""
        last = name.rpartition(" ")[2]
        if last not in self.given:
            return ()
        if last not in self._whole:
            named: dict[str, list[str]] = defaultdict(list)
            for key in self.given[last]:
                named[fold(form_of(key))].append(key)
            self._whole[last] = named
        return self._whole[last].get(name, ())

    def all(self) -> Iterator[str]:
        """Every key."""
        return chain.from_iterable(self.given.values())


@per_engine
def names(lexicon: Lexicon) -> Names:
    """The names of an opened index."""
    return Names([key for key, _ in lexicon.terms("official")])


def form_of(key: str) -> str:
    """The name in a key as syllables."""
    name = key.rpartition("@")[0]
    return name if name.replace(" ", "").isalpha() else spelled(name)


@cache
def rank_forms(bare: bool) -> frozenset[str]:
    """Ranks, and "tướng" for any general's."""
    return phrases(*column("ranks.csv", "rank"), GENERAL, bare=bare)


@cache
def lower_surnames() -> frozenset[str]:
    """Surnames in lower case."""
    return frozenset(map(str.lower, surnames()))
