"""What orders the articles: weighted syllables, accent-free syllables, adjacent pairs and words.

E = S + .6 W + .35 B for the query as typed, F = FS + .35 B for its accent-free form (S syllables, W pyvi words, B
adjacent accent-free pairs, FS accent-free syllables). score = a (E + .5 F) + (1 - a) F, where a says how far the
query carries accents: clip((share of accented syllables - .3) / .4, 0, 1); S keeps a little weight even without
accents, so that of two equal articles the one that is spelt as typed comes first. A query without any accent also
gets the accents that the archive's own words speak for, at a small weight (guess.py). docs/relevance.md has the
figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.model import ScoringTerm
from indexer.search.query.abbreviations import Expansion
from indexer.search.query.guess import guesses
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.tree import Chunk, Dated, Every, Field, Leaf, Quote, Stem, wanted
from indexer.text import Syllable, fold, syllables, words_of

WORDS, PAIRS, FOLDED = 0.6, 0.35, 0.5
OTHER_FORMS = 0.5  # the long form of a typed abbreviation, and the other way round
COMMON = 0.7  # a syllable in more than this share of the articles is left to the pairs that hold it
STEM_SIGNALS = 8
GUESSED = 0.3  # the accents that the archive's own words speak for, where none were typed; from .5 on it costs
EXACT_FIRST = 0.02  # enough to decide between equals; from .05 on it costs accent-free titles

Weights = dict[tuple[str, str], float]


def scoring_terms(
    tree: Every, text: str, lexicon: Lexicon, expansions: Iterable[Expansion] = ()
) -> tuple[ScoringTerm, ...]:
    """The scoring terms of a query `text` read as `tree`."""
    runs = list(stretches(tree, text))
    accents = accented([s for run in runs for s in syllables(run)])
    weights: Weights = defaultdict(float)
    for run in runs:
        add_run(weights, run, accents, lexicon)
    for other in dict.fromkeys(form for e in expansions if e.use != "offer" for form in e.others):
        for key, weight in run_weights(other, accents, lexicon).items():
            weights[key] += OTHER_FORMS * weight
    add_stems(weights, tree, lexicon)
    return tuple(ScoringTerm(*key, weight) for key, weight in weights.items() if weight)


def stretches(tree: Every, text: str) -> Iterator[str]:
    """The wanted words of a query as typed, in pieces without operators between them."""
    start = end = -1
    for leaf in wanted(tree):
        if not isinstance(leaf, Chunk):
            if start >= 0:
                yield text[start:end]
            yield from value(leaf)
            start = -1
        elif start >= 0 and not syllables(text[end : leaf.start]):
            end = leaf.end
        else:
            if start >= 0:
                yield text[start:end]
            start, end = leaf.start, leaf.end
    if start >= 0:
        yield text[start:end]


def value(leaf: Leaf) -> Iterator[str]:
    """The text of a leaf that counts for the score."""
    if isinstance(leaf, Quote):
        yield leaf.text
    elif isinstance(leaf, Field):
        yield leaf.value
    elif isinstance(leaf, Dated):
        yield leaf.forms[0]


def accented(read: Sequence[Syllable]) -> float:
    """a: how far the query carries accents, 0 to 1."""
    spelled = [s.text for s in read if not s.text.isdigit()]
    share = sum(text != fold(text) for text in spelled) / max(1, len(spelled))
    return min(1.0, max(0.0, (share - 0.3) / 0.4))


def add_run(weights: Weights, run: str, accents: float, lexicon: Lexicon) -> None:
    """Add the terms of a run of words to `weights`; `accents` is the share of its syllables that bear accents."""
    for key, weight in run_weights(run, accents, lexicon).items():
        weights[key] += weight
    for form, sure in guesses(syllables(run), lexicon) if not accents else ():
        weights["syllable", form] += GUESSED * sure
    if accents and not run.islower() and not run.isupper():  # pyvi reads capitals; without them it reads wrongly
        for word, _ in words_of(run):
            weights["word", word] += accents * WORDS


def run_weights(run: str, accents: float, lexicon: Lexicon) -> Weights:
    """The syllables and pairs of one stretch of words."""
    weights: Weights = defaultdict(float)
    read = syllables(run)
    pairs = [(fold(a.text), fold(b.text)) for a, b in pairwise(read) if a.paired]
    for pair in pairs:
        weights["pair", " ".join(pair)] += PAIRS * (accents * (1 + FOLDED) + 1 - accents)
    covered = {half for pair in pairs for half in pair if lexicon.frequency("pair", " ".join(pair))}
    common = COMMON * lexicon.count()
    for syllable in read:
        for field, term, weight in (
            ("syllable", syllable.text, max(accents, EXACT_FIRST)),
            ("folded", fold(syllable.text), accents * FOLDED + 1 - accents),
        ):
            if weight and not (fold(term) in covered and lexicon.frequency(field, term) > common):
                weights[field, term] += weight
    return weights


def add_stems(weights: Weights, tree: Every, lexicon: Lexicon) -> None:
    """The commonest syllables a prefix stands for."""
    for leaf in wanted(tree):
        if isinstance(leaf, Stem):
            stem = syllables(leaf.text)[0].text
            field = "folded" if stem == fold(stem) else "syllable"
            common = sorted(lexicon.terms(field, stem), key=lambda row: -row[1])[:STEM_SIGNALS]
            for term, _ in common:
                weights[field, term] += 1.0
