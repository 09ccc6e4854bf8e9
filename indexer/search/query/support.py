"""How well the archive supports a row of syllables: by the articles that hold each, and each next to the other.

The score of a syllable b behind a is g log p(b) + log((n - d + m) / (e + m)). p(b) is its share among all syllables, n
articles hold the pair, e = df(a) p(b) would hold it by chance; g, the discount d and the prior m are data
(thresholds.csv). So two rare words that nobody put together yet say nothing, as in a query of keywords; a pair that
many write speaks for itself, and a word common everywhere gains nothing by standing beside every other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log

from indexer.engine.port import Engine
from indexer.model import Phrase, Query, Word
from indexer.search.per_engine import per_engine
from indexer.search.query.marker import folded_text
from indexer.search.query.slips import thresholds
from indexer.text import fold

LONGEST = 12  # letters of a syllable or foreign name
FLOOR = 0.1  # articles that a syllable nobody wrote counts as
NEIGHBOUR = 20  # an article with a syllable beside a neighbour of the query speaks louder than one without
PHRASES = 20_000  # counts of pairs kept for each engine


@dataclass(frozen=True, slots=True)
class Known:
    """The syllables of an archive: `exact` and `folded` give the articles of each, `forms` the accented forms of a
    folded one, commonest first."""

    exact: dict[str, int]
    folded: dict[str, int]
    forms: dict[str, list[str]]
    total: int


@per_engine
def known(engine: Engine) -> Known:
    """The syllables of the archive of `engine`: read once, in one pass over each of two fields."""
    exact = {term: count for term, count in engine.terms("syllable") if plausible(term)}
    folded = {term: count for term, count in engine.terms("folded") if plausible(term)}
    forms: dict[str, list[str]] = defaultdict(list)
    bare = folded_text("\n".join(exact)).split("\n") if exact else []
    for form, term in zip(bare, exact, strict=True):
        forms[form].append(term)
    for listed in forms.values():
        listed.sort(key=lambda term: -exact[term])
    return Known(exact, folded, dict(forms), max(1, sum(exact.values())))


def plausible(term: str) -> bool:
    """Whether a term can be what a reader meant: letters, perhaps with an apostrophe."""
    return len(term) <= LONGEST and term.replace("'", "").isalpha()


@per_engine
def phrases(engine: Engine) -> dict[tuple[str, str], int]:
    """The accented pairs counted so far."""
    return {}


class Support:
    """Weighs rows of syllables. `bare`: the query has no accents, so syllables and pairs are compared without them."""

    def __init__(self, engine: Engine, bare: bool) -> None:
        self.engine, self.bare, self.rule = engine, bare, thresholds()
        self._estimates: dict[tuple[str, str], float] = {}
        self._pairs: dict[tuple[str, str], int] = {}

    @cached_property
    def known(self) -> Known:
        """The syllables of the archive; read when a query first needs them."""
        return known(self.engine)

    @property
    def of(self) -> dict[str, int]:
        """The articles of each syllable, as they are compared."""
        return self.known.folded if self.bare else self.known.exact

    @cached_property
    def prior(self) -> float:
        """The articles by which every pair is smoothed: more in a larger archive, where chance makes more pairs."""
        larger = max(1.0, self.engine.count() / self.rule["articles"])
        return self.rule["prior"] * float(larger ** self.rule["growth"])

    def articles(self, syllable: str) -> int:
        """How many articles hold a syllable."""
        read = self.of.get(syllable) if "known" in self.__dict__ else None  # only a query in doubt reads them
        return self.engine.frequency("folded" if self.bare else "syllable", syllable) if read is None else read

    def alone(self, syllable: str) -> float:
        """The share of a syllable among all."""
        return (self.of.get(syllable, 0) + FLOOR) / self.known.total

    def step(self, before: str, syllable: str, exact: bool = False) -> float:
        """The score of a syllable behind another, "" at the beginning."""
        own = self.rule["alone"] * log(self.alone(syllable))
        if not before:
            return own
        pairs = self.together(before, syllable) if exact else self.estimate(before, syllable)
        prior = self.prior
        seen = max(0.0, pairs - self.rule["discount"])
        chance = self.articles(before) * self.alone(syllable)
        return own + log((seen + prior) / (chance + prior))

    def between(self, before: str, syllable: str, after: str) -> float:
        """How well a syllable stands between two others, "" for none: only for choosing which to weigh."""
        pairs = sum(self.estimate(*pair) for pair in ((before, syllable), (syllable, after)) if all(pair))
        return log(self.alone(syllable)) + log(1 + NEIGHBOUR * pairs)

    def likeliest(self, before: str, forms: Iterable[str], after: str, most: int) -> list[str]:
        """The `most` of some accent-free syllables that the archive has oftenest between two others, "" for none."""
        bare = [fold(neighbour) for neighbour in (before, after)]

        def held(form: str) -> tuple[int, str]:
            pairs = (self.under_any(*pair) for pair in ((bare[0], form), (form, bare[1])) if all(pair))
            return NEIGHBOUR * sum(pairs) + self.known.folded[form], form

        return sorted(forms, key=held, reverse=True)[:most]

    def together(self, one: str, other: str) -> int:
        """How many articles hold two syllables next to each other."""
        if self.bare:
            return self.under_any(one, other)
        counted = phrases(self.engine)
        if (one, other) not in counted:
            if len(counted) > PHRASES:
                counted.clear()
            counted[one, other] = self.counted(one, other)
        return counted[one, other]

    def under_any(self, one: str, other: str) -> int:
        """How many articles hold two syllables without accents next to each other, under any."""
        if (one, other) not in self._pairs:
            self._pairs[one, other] = self.engine.frequency("pair", f"{one} {other}")
        return self._pairs[one, other]

    def counted(self, one: str, other: str) -> int:
        """The same, asked of the engine, and only where the accent-free pair is there at all."""
        if not self.under_any(fold(one), fold(other)):
            return 0
        return self.engine.find(Query(match=Phrase((Word(one), Word(other))), limit=0)).total

    def estimate(self, one: str, other: str) -> float:
        """About how many articles hold the pair, by terms alone: the word of both where it is one, else what is left
        of the accent-free pair, by the shares of these accents."""
        if self.bare:
            return self.together(one, other)
        if (one, other) not in self._estimates:
            self._estimates[one, other] = self.estimated(one, other)
        return self._estimates[one, other]

    def estimated(self, one: str, other: str) -> float:
        """`estimate`, made."""
        known = phrases(self.engine).get((one, other))
        if known is not None:
            return known
        pairs = self.under_any(fold(one), fold(other))
        if not pairs:
            return 0.0
        word = self.engine.frequency("word", f"{one}_{other}") if pairs >= self.rule["support"] else 0
        return word or pairs * self.of_its_letters(one) * self.of_its_letters(other)

    def of_its_letters(self, syllable: str) -> float:
        """The share of a syllable's articles among those of all syllables with the same letters."""
        return min(1.0, self.articles(syllable) / max(1, self.known.folded.get(fold(syllable), 1)))

    def beyond_doubt(self, one: str, other: str, share: str = "share") -> bool:
        """Whether enough articles hold a pair as typed, and not just where they slip; `share` names the threshold."""
        least = max(self.rule["support"], self.rule[share] * self.under_any(fold(one), fold(other)))
        if not self.bare and self.engine.frequency("word", f"{one}_{other}") >= least:
            return True
        return self.together(one, other) >= least
