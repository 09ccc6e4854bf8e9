"""English terms of defence in a query, and what articles in Vietnamese say for them (data/english.csv).

They are offered and never applied: one term has several translations, and some terms are words of Vietnamese too.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from indexer.search.query.lexicon import Lexicon
from indexer.search.query.planner import Plan
from indexer.search.query.spelled import spelled
from indexer.search.query.tables import rows
from indexer.text import syllables

MOST = 3  # translations of one query
LONGEST = 4  # words of a term
RARE = 0.02  # of the articles: a word that more of them hold is one of their own


def translations(plan: Plan, lexicon: Lexicon) -> list[str]:
    """The query with its first English term in Vietnamese, in at most MOST ways; [] where there is none.

    Only queries without accents are looked at, and only terms that hardly any article holds themselves.
    """
    if not plan.bare or '"' in plan.query.text:
        return []
    return [text for _, text in zip(range(MOST), translated(plan.query.text, lexicon), strict=False)]


def translated(text: str, lexicon: Lexicon) -> Iterator[str]:
    """`text` with its first English term in each of its translations."""
    read = syllables(text)
    for first in range(len(read)):
        for last in range(min(first + LONGEST, len(read)) - 1, first - 1, -1):
            term = " ".join(s.text for s in read[first : last + 1])
            if term in terms() and foreign(term, lexicon):
                yield from (text[: read[first].start] + other + text[read[last].end :] for other in terms()[term])
                return


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
