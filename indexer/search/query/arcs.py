"""What a word of a query, or two of them, may have been meant for: the arcs of the lattice of readings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.search.query.abbreviations import is_short_form
from indexer.search.query.segmentation import splits
from indexer.search.query.slips import slip_between, told
from indexer.search.query.spelled import syllables_of
from indexer.search.query.spelling import edits
from indexer.search.query.support import Support
from indexer.search.query.written import LONGEST_WRITTEN, other_ways
from indexer.text import fold
from indexer.text.spelling import is_syllable
from indexer.text.typing import TELEX, VNI, decode

MOST_FORMS = 14  # syllables tried for one that was typed, of at most
MOST_LETTERS, MOST_ACCENTS = 14, 12  # spellings without accents, with as many accents each
LONGEST_ACRONYM = 6  # letters
NUMBERED = re.compile(r"([^\W\d_]+)(\d{1,4})")
MOST_SPLITS = 2  # ways to take the words before a number apart
LONGEST_SLIP = 12  # letters: nothing longer is one syllable


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query: as typed, its syllables as they are compared, and its place in the query."""

    text: str
    syllables: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Arc:
    """Some words of a query read as `syllables`, shown as `text`. `kind` is "" for words as typed.

    size        how many words it covers
    start, end  their place in the query
    """

    kind: str
    cost: float
    syllables: tuple[str, ...]
    text: str
    size: int
    start: int
    end: int


def arcs_from(
    run: Sequence[Token], at: int, doubts: Sequence[bool], support: Support, off: frozenset[str]
) -> list[Arc]:
    """The arcs from word `at` on, as typed first; words beyond doubt have no other. None of a kind in `off`."""
    own = run[at]
    arcs = [Arc("", 0.0, own.syllables, own.text, 1, own.start, own.end)]
    arcs += [arc for arc in of_tables(run, at, support) if any(doubts[at : at + arc.size])] if any(doubts) else []
    if doubts[at]:
        before = run[at - 1].syllables[-1] if at else ""
        after = run[at + 1].syllables[0] if at + 1 < len(run) else ""
        if not is_acronym(own.text):
            arcs += of_one(own, before, after, support)
            arcs += parted(run, at, doubts, support)
    return [arc for arc in arcs if arc.kind not in off]


def is_acronym(text: str) -> bool:
    """Whether a word is written as an abbreviation or a Roman figure: its letters stand for themselves."""
    return text.isupper() and len(text) <= LONGEST_ACRONYM and not is_syllable(text)


def of_one(own: Token, before: str, after: str, support: Support) -> Iterator[Arc]:
    """One word: a syllable that slipped, words run together, or typing with the input method off."""
    for method in (TELEX, VNI) if own.text.isascii() else ():
        form = decode(own.text, method)
        if form and form.lower() != own.text.lower() and fold(form).lower() != own.text.lower():
            yield arc(own, "typed_raw", form.lower(), support)
    yield from numbered(own, before, support)
    if len(own.syllables) != 1 or not own.syllables[0].replace("'", "").isalpha():
        return
    typed = own.syllables[0]
    for form, kind, cost in slipped(typed, before, after, support):
        yield Arc(kind, cost, (form,), form, 1, own.start, own.end)
    if support.articles(typed) < support.rule["rare"] * 10:
        for pieces in splits(typed, support, before):
            kind, cost = told("joined")
            yield Arc(kind, cost * (len(pieces) - 1), pieces, " ".join(pieces), 1, own.start, own.end)


def numbered(own: Token, before: str, support: Support) -> Iterator[Arc]:
    """Words run together with the number behind them: "quankhu7", "lữđoàn125", "khu 7" as "khu7"."""
    read = NUMBERED.fullmatch(own.text.lower())
    word, number = read.groups() if read else ("", "")
    pieces = [*splits(word, support, before), *([(word,)] if support.articles(word) else [])] if is_word(word) else []
    for row in pieces[:MOST_SPLITS]:
        kind, cost = told("joined")
        yield Arc(kind, cost * len(row), (*row, number), " ".join((*row, number)), 1, own.start, own.end)


def is_word(word: str) -> bool:
    """Whether letters before a number can be words, not the name of a model ("su30", "k54", "dk1")."""
    return len(word) > 2 and not is_short_form(word)


def arc(own: Token, slip: str, form: str, support: Support) -> Arc:
    """One word read as `form`."""
    kind, cost = told(slip)
    return Arc(kind, cost, syllables_of(form, support.bare), form, 1, own.start, own.end)


def slipped(typed: str, before: str, after: str, support: Support) -> list[tuple[str, str, float]]:
    """(syllable, kind, cost) of the syllables of the archive that are one slip from `typed`, the likeliest between its
    neighbours first."""
    if len(typed) > LONGEST_SLIP:
        return []
    bare = fold(typed)
    held = {form for form in edits(bare) if form in support.known.folded and form != bare}
    near = support.likeliest(before, held, after, MOST_LETTERS)
    forms = near if support.bare else [f for b in (*near, bare) for f in support.known.forms.get(b, ())[:MOST_ACCENTS]]
    found = ((form, slip_between(typed, form)) for form in forms if form != typed)
    weighed = [(support.between(before, form, after) - slip[1], form, *slip) for form, slip in found if slip]
    return [row[1:] for row in sorted(weighed, reverse=True)[:MOST_FORMS]]


def of_tables(run: Sequence[Token], at: int, support: Support) -> Iterator[Arc]:
    """Words that a table knows another form of."""
    for size in range(1, min(LONGEST_WRITTEN, len(run) - at) + 1):
        words = run[at : at + size]
        row = [s for word in words for s in word.syllables]
        for kind, form in other_ways(row, support.bare) if len(row) <= LONGEST_WRITTEN else ():
            cost = told("written_otherwise" if kind == "name" else "numeral")[1]
            yield Arc(kind, cost, syllables_of(form, support.bare), form, size, words[0].start, words[-1].end)


def parted(run: Sequence[Token], at: int, doubts: Sequence[bool], support: Support) -> Iterator[Arc]:
    """Two words that are one syllable with a space within it."""
    if at + 1 < len(run) and doubts[at + 1]:
        whole = "".join(s for word in run[at : at + 2] for s in word.syllables)
        if whole.isalpha() and len(whole) <= LONGEST_SLIP and support.of.get(whole):
            yield Arc(*told("parted"), (whole,), whole, 2, run[at].start, run[at + 1].end)
