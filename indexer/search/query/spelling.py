"""Spelling by the index's own terms: only words that articles hold are ever proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.search.query.lexicon import Lexicon
from indexer.text import fold, syllables
from indexer.text.spelling import variants

LETTERS = "abcdeghiklmnopqrstuvxy'"  # kmak is K'Mák without its apostrophe
MAX_CANDIDATES = 12
SHORTEST, LONG = 3, 6  # letters: below the first anything is near anything; from the second on two edits are allowed
LONGEST = 12  # letters: no syllable has more than 7, hardly a foreign name more than this
MAX_WORDS = 4  # so many unknown words are looked up; a query with more is no misspelling
NEIGHBOUR = 20  # an article with the candidate beside a neighbour of the query speaks louder than one without


def variant(word: str, lexicon: Lexicon) -> str | None:
    """`word` with i for y or y for i where more articles write it so."""
    own = lexicon.frequency("syllable", word.lower())
    better = [other for other in variants(word) if lexicon.frequency("syllable", other) > own]
    return better[0] if better else None


def respelled(words: Sequence[str], lexicon: Lexicon, accents: bool) -> Mapping[str, str]:
    """For each of `words` (in query order) that no article holds under any accents, the likeliest one that some do.

    Candidates are one edit away on the accent-free form, two for long syllables; what the neighbours stand beside
    decides. With `accents` each comes in its commonest accented form.
    """
    bare = [" ".join(fold(s.text) for s in syllables(word)) for word in words]
    unknown = [at for at, form in enumerate(bare) if correctable(form) and not lexicon.frequency("folded", form)]
    better: dict[str, str] = {}
    for at in unknown[:MAX_WORDS]:
        neighbours = bare[at - 1] if at else "", bare[at + 1] if at + 1 < len(bare) else ""
        candidate = nearest(bare[at], neighbours, lexicon)
        if candidate:
            better[words[at]] = accented(candidate, lexicon) if accents else candidate
    return better


def correctable(form: str) -> bool:
    """Whether a form is a word of a length that can be corrected."""
    return form.isalpha() and SHORTEST <= len(form) <= LONGEST


def nearest(form: str, neighbours: tuple[str, str], lexicon: Lexicon) -> str | None:
    """The best known syllable one edit away from `form`, else two."""
    candidates = known(edits(form), lexicon)
    if not candidates and len(form) >= LONG:
        candidates = known(two_edits(form, lexicon), lexicon)
    return max(candidates, key=lambda c: support(c, neighbours, candidates[c], lexicon), default=None)


def two_edits(form: str, lexicon: Lexicon) -> Iterator[str]:
    """Terms with the same first letter that are two edits from `form`."""
    letters = set(form)
    for term, _ in lexicon.terms("folded", form[0]):
        # Two edits lose at most two letters and bring in at most two: that alone rules nearly every term out.
        near = abs(len(term) - len(form)) <= 2 and len(letters.symmetric_difference(term)) <= 4
        if near and distance(form, term) <= 2:
            yield term


def distance(one: str, other: str) -> int:
    """Letters left out, put in, changed or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row: list[int] = [i]
        for j, wanted in enumerate(other, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, above = above, row
    return above[-1]


def accented(form: str, lexicon: Lexicon) -> str:
    """The commonest accented form of an accent-free syllable."""
    begun = (term for start in beginnings(form) for term in lexicon.terms("syllable", start))
    counts = {term: count for term, count in begun if fold(term) == form}
    return max(counts, key=lambda term: counts[term], default=form)


def beginnings(form: str) -> Iterator[str]:
    """How an accented form of `form` may begin, up to its first letter that can carry an accent other than đ's."""
    head = form[: next((at for at, letter in enumerate(form) if letter in ACCENTED), len(form))]
    rest = form[len(head) :]
    for start in {head, head.replace("d", "đ")}:
        yield from (start + letter for letter in ACCENTED[rest[0]]) if rest else (start,)


def accents_of(letter: str) -> str:
    """All letters that are `letter` without accents."""
    return "".join(chr(code) for code in (*range(0x61, 0x250), *range(0x1EA0, 0x1EFA)) if fold(chr(code)) == letter)


ACCENTED = {vowel: accents_of(vowel) for vowel in "aeiouy"}


def known(forms: Iterable[str], lexicon: Lexicon) -> dict[str, int]:
    """The commonest of `forms` that articles hold, with their counts."""
    counts = {form: lexicon.frequency("folded", form) for form in set(forms)}
    common = sorted((form for form, count in counts.items() if count), key=lambda form: (-counts[form], form))
    return {form: counts[form] for form in common[:MAX_CANDIDATES]}


def support(form: str, neighbours: tuple[str, str], count: int, lexicon: Lexicon) -> tuple[int, str]:
    """How well the index supports a form between its neighbours, and the form: for sorting."""
    before, after = neighbours
    pairs = (f"{before} {form}", f"{form} {after}")
    beside = sum(lexicon.frequency("pair", pair) for pair in pairs if pair.strip() != form)
    return NEIGHBOUR * beside + count, form


def edits(form: str) -> Iterator[str]:
    """`form` with one letter left out, two swapped, one changed or one put in."""
    splits = [(form[:at], form[at:]) for at in range(len(form) + 1)]
    for head, tail in splits:
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in LETTERS)
