"""English terms of defence in a query, and what articles in Vietnamese say for them (data/english.csv).

They are offered and never applied: one term has several translations, and some terms are words of Vietnamese too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.search.query.lexicon import Lexicon
from indexer.search.query.planner import Plan
from indexer.search.query.spelled import spelled
from indexer.search.query.tables import rows
from indexer.text import syllables

MOST = 3  # translations of one query
LONGEST = 4  # words of a term
# What joins terms or asks, and how Vietnamese says it; "" for not at all.
JOINING = {"the": "", "of": "", "is": "là", "was": "là", "are": "là", "in": "", "who": "ai", "Who": "ai"}
RARE = 0.02  # of the articles: a word that more of them hold is one of their own


@dataclass(frozen=True, slots=True)
class Term:
    """An English term of data/english.csv in a query, and where it stands."""

    text: str
    start: int
    end: int


def translations(plan: Plan, lexicon: Lexicon) -> list[str]:
    """The query with its English terms in Vietnamese, in at most MOST ways: its first term in each of its
    translations, the others in their first; [] where there is none.

    Only queries without accents are looked at, and only terms that hardly any article holds themselves. Words that
    English joins terms with go ("of the"); those that ask are put as Vietnamese asks.
    """
    text = plan.query.text
    if not plan.bare or '"' in text:
        return []
    found = [*found_terms(text, lexicon)]
    ways = terms()[found[0].text][:MOST] if found else ()
    return [translated(text, found, first) for first in ways]


def found_terms(text: str, lexicon: Lexicon) -> Iterator[Term]:
    """The English terms in a query from left to right, the longest at each word, each with its place."""
    read, at = syllables(text), 0
    while at < len(read):
        for last in range(min(at + LONGEST, len(read)) - 1, at - 1, -1):
            term = " ".join(s.text for s in read[at : last + 1])
            if term in terms() and foreign(term, lexicon):
                yield Term(term, read[at].start, read[last].end)
                at = last
                break
        at += 1


def translated(text: str, found: Sequence[Term], first: str) -> str:
    """`text` with its terms in Vietnamese, the first of them as `first`, and without the words that join them."""
    ways = [first, *(terms()[term.text][0] for term in found[1:])]
    for term, way in reversed([*zip(found, ways, strict=True)]):
        text = f"{text[: term.start]}{way}{text[term.end :]}"
    return " ".join(form for word in text.split() if (form := JOINING.get(word, word)))


def foreign(term: str, lexicon: Lexicon) -> bool:
    """Whether hardly any article holds the words of a term."""
    return min(lexicon.frequency("folded", word) for word in term.split(" ")) <= RARE * lexicon.count()


@cache
def terms() -> dict[str, tuple[str, ...]]:
    """The translations of each term, spelled as text is indexed."""
    return {
        spelled(term): tuple(row["vietnamese"].split("|"))
        for row in rows("english.csv")
        for term in row["english"].split("|")
    }
