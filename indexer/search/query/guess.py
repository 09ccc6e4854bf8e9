"""Which accents a syllable typed without any most likely means, by the words of the archive itself.

"quoc phong" is quốc_phòng in nearly every article that has such a word, so an article with "quốc" and "phòng" is a
little likelier to be meant than one with "phong". A guess only ever orders articles; it never decides a match.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from indexer.search.per_engine import per_engine
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.marker import folded_text
from indexer.search.query.spelling import beginnings
from indexer.text import Syllable, fold

LONGEST = 4  # syllables of a word
SURE = 0.7  # of the articles whose words speak for a syllable; below that it is anyone's guess

Forms = Mapping[str, Sequence[tuple[str, int]]]  # folded word -> its accented forms, with their article counts


def guesses(read: Sequence[Syllable], lexicon: Lexicon) -> list[tuple[str, float]]:
    """(accented syllable, how sure: SURE to 1) for each syllable of a run without accents that words speak for."""
    votes: list[Counter[str]] = [Counter() for _ in read]
    folded = [fold(syllable.text) for syllable in read]
    for first in range(len(read) - 1):
        known = words_from(folded[first], lexicon)
        for end in range(first + 2, min(first + LONGEST, len(read)) + 1):
            if not read[end - 2].paired:
                break
            for form, count in known.get("_".join(folded[first:end]), ()):
                for at, syllable in enumerate(form.split("_"), first):
                    votes[at][syllable] += count
    best = [(*voted.most_common(1)[0], voted.total()) for voted in votes if voted]
    return [(form, count / total) for form, count, total in best if count > SURE * total]


def words_from(folded: str, lexicon: Lexicon) -> Forms:
    """The words of several syllables whose first is `folded` under any accents."""
    known = words_read(lexicon)
    if folded not in known:
        known[folded] = read_words(folded, lexicon)
    return known[folded]


@per_engine
def words_read(lexicon: Lexicon) -> dict[str, Forms]:
    """What `words_from` has read so far, by syllable: a few thousand at most."""
    return {}


def read_words(folded: str, lexicon: Lexicon) -> Forms:
    """The index's words whose first syllable is `folded` under any accents: (word, articles) by accent-free form."""
    begun = {term for start in beginnings(folded) for term, _ in lexicon.terms("syllable", start)}
    firsts = (term for term in begun if fold(term) == folded)
    words = [row for first in firsts for row in lexicon.terms("word", f"{first}_")]
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    # Folded in one piece: a common syllable begins thousands of words.
    for form, row in zip(folded_text("\n".join(word for word, _ in words)).split("\n"), words, strict=bool(words)):
        found[form].append(row)
    return dict(found)
