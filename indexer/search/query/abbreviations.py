"""Abbreviations of the local defence press and what they stand for, in both directions.

The table's `use` says how far to go: both (expanded and abbreviated), capitals (expanded only when typed in capitals,
because in lower case it is a syllable or too short to tell), offer (two readings: the reader chooses), post (expanded
only right before a body: "CHT Bộ CHQS"). Of two readings the one that is a post is taken there, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from indexer.entities.words import column
from indexer.search.query.spelled import syllables_of
from indexer.search.query.tables import rows
from indexer.text import fold

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A row of the table: short and long forms as written."""

    short: tuple[str, ...]
    long: tuple[str, ...]
    use: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """`size` syllables of a query that can be said otherwise: how they were typed, and the other ways."""

    size: int
    typed: str
    others: tuple[str, ...]
    use: str


def expansion(words: Sequence[str], bare: bool) -> Expansion | None:
    """The other ways to say what `words` (syllables as typed, in order) begin with; the longest, None if there is none.

    A long form is recognised with its accents, or wholly without them in a `bare` query; a short form either way.
    """
    for size in range(min(len(words), longest()), 0, -1):
        head = words[:size]
        key = tuple(w.lower() for w in head)
        row = short_forms().get(key)
        if row and (tellable(row, key) or all(map(str.isupper, head))):
            return of_short(row, head, words[size:])
        row = bare_forms().get(key) if bare else long_forms().get(key)
        if row:
            return Expansion(size, " ".join(head), row.short, row.use)
    return None


def of_short(row: Abbreviation, head: Sequence[str], rest: Sequence[str]) -> Expansion | None:
    """What a typed short form stands for before the words `rest`."""
    posts = tuple(form for form in row.long if row.use == "post" or form in heads_of_posts())
    if row.use in ("post", "offer") and posts and names_body(rest):
        return Expansion(len(head), " ".join(head), posts, "both")
    return None if row.use == "post" else Expansion(len(head), " ".join(head), row.long, row.use)


def names_body(words: Sequence[str]) -> bool:
    """Whether `words` begin with a body that has posts: "bộ CHQS", "UBND", "quân khu"."""
    read = tuple(fold(word.lower()) for word in words)
    return any(read[:size] in bodies() for size in range(1, min(len(read), max(map(len, bodies()))) + 1))


def is_short_form(word: str) -> bool:
    """Whether `word` is an abbreviation of the table, in any case, with or without accents."""
    return syllables_of(word) in short_forms()


def tellable(row: Abbreviation, key: Words) -> bool:
    """Whether a short form is known for one in lower case too: "ubnd" is, "tp" or "an" may be anything."""
    return row.use != "capitals" and len("".join(key)) > 2


@cache
def table() -> tuple[Abbreviation, ...]:
    """The rows of data/abbreviations.csv, read once."""
    read = rows("abbreviations.csv")
    return tuple(Abbreviation(forms(r["abbreviation"]), forms(r["expansion"]), r["use"]) for r in read)


def forms(cell: str) -> tuple[str, ...]:
    """The forms in a cell, split at "|"."""
    return tuple(part.strip() for part in cell.split("|"))


@cache
def short_forms() -> dict[Words, Abbreviation]:
    """Rows by short form, with its accents and without any."""
    return {syllables_of(way): row for row in table() for form in row.short for way in (fold(form), form)}


@cache
def long_forms() -> dict[Words, Abbreviation]:
    """The abbreviation of each long form that stands for its short form too."""
    return {syllables_of(form): row for row in table() if row.use == "both" for form in row.long}


@cache
def bare_forms() -> dict[Words, Abbreviation]:
    """The same by accent-free syllables."""
    return {tuple(map(fold, words)): row for words, row in long_forms().items()}


@cache
def bodies() -> frozenset[Words]:
    """The bodies that have posts, accent-free. One plain syllable ("sở", "đội") is too little to tell one by."""
    written = (*column("bodies.csv", "body"), *column("post_bodies.csv", "written"))
    return frozenset(syllables_of(fold(body)) for body in written if len(syllables_of(body)) > 1 or body.isupper())


@cache
def heads_of_posts() -> frozenset[str]:
    """The heads of posts, as the tables of entities write them."""
    return frozenset(column("heads.csv", "head"))


@cache
def longest() -> int:
    """How many syllables the longest form has."""
    return max(len(words) for words in (*short_forms(), *long_forms()))
