"""Where the words of a query stand in a text, found without reading the rest of it.

The text is folded character by character (same length, so offsets hold) and searched for the folded words; only what
is found is looked at closely. Same syllables and same normalisation as the index.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from indexer.model import All, AnyOf, Node, Phrase, Prefix, Share, Word, budget
from indexer.model.excerpt import whole_of
from indexer.text import fold, normalize
from indexer.text.folding import folding
from indexer.text.syllables import SYLLABLE

READING_SECONDS, WORD_SECONDS, NEAR_SECONDS = 80e-6, 25e-6, 30e-6  # measured: tests/bench/budget.py
Span = tuple[int, int]
Find = tuple[Span, str]


class Marker:
    """Finds the words of one query in texts. Make one a query, use it for every article of the page."""

    def __init__(self, match: Node) -> None:
        leaves = list(wanted(match))
        self.words = [leaf for leaf in leaves if isinstance(leaf, Word)]
        self.stems = [leaf for leaf in leaves if isinstance(leaf, Prefix)]
        self.phrases = [leaf for leaf in leaves if isinstance(leaf, Phrase)]

    @property
    def seconds(self) -> float:
        """About the seconds of processor that `finds` takes for an article of ordinary length (3,000 characters)."""
        phrases = sum(len(each.words) * WORD_SECONDS + (NEAR_SECONDS if each.slop else 0) for each in self.phrases)
        return READING_SECONDS + (len(self.words) + 2 * len(self.stems)) * WORD_SECONDS + phrases

    def spans(self, text: str, *, title: bool = False) -> list[Span]:
        """The spans of `text` (from `shown`) to highlight, in order: a phrase as one, neighbouring words as one."""
        return merged([span for span, _ in self.finds(text, title=title)], text)

    def finds(self, text: str, *, title: bool = False) -> list[Find]:
        """Each word or phrase found with its folded form, in order of place; they may overlap. `title` is a title."""
        read = Reading(text)
        found = [p for word in self.words if title or not word.title for p in read.where(word)]
        found += [p for stem in self.stems if title or not stem.title for p in read.beginning(stem)]
        spans = [((p.start, p.end), p.folded) for p in found]
        for phrase in self.phrases:
            if title or not phrase.words[0].title:
                spans += read.near(phrase) if phrase.slop else read.in_a_row(phrase)
        return sorted(spans)


def complete(node: Node, zones: Sequence[Reading]) -> bool:
    """Whether `zones` hold by themselves the words that `node` asks for; what is no word is taken as given."""
    if isinstance(node, (All, Share)):
        return all(complete(each, zones) for each in node.nodes)
    if isinstance(node, AnyOf):
        return any(complete(each, zones) for each in node.nodes)
    if isinstance(node, Word):
        return any(zone.where(node) for zone in zones)
    if isinstance(node, Prefix):
        return any(True for zone in zones for _ in zone.beginning(node))
    if isinstance(node, Phrase):
        return any(True for zone in zones for _ in (zone.near(node) if node.slop else zone.in_a_row(node)))
    return True


def wanted(node: Node) -> Iterator[Word | Phrase | Prefix]:
    """What a match may hold, each thing once."""
    waiting: list[Node] = [node]
    seen: set[Node] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, (All, AnyOf, Share)):
            waiting += reversed(node.nodes)
        elif isinstance(node, (Word, Phrase, Prefix)) and node not in seen:
            seen.add(node)
            yield node


def merged(spans: Sequence[Span], text: str) -> list[Span]:
    """Overlapping spans as one, and neighbours with nothing but a space between them: one highlight, not two."""
    found: list[Span] = []
    for start, end in spans:
        if found and (start < found[-1][1] or text[found[-1][1] : start] in ("", " ")):
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


class Place(NamedTuple):
    """A syllable of the text: its folded form and its characters."""

    folded: str
    start: int
    end: int


class Reading:
    """A text, and its places of the syllables somebody asked for."""

    __slots__ = ("_starts", "exactly", "folded", "known", "text")

    def __init__(self, text: str) -> None:
        self.text = whole_of(text)
        self.folded = folded_text(self.text)
        self.known: dict[str, list[Place]] = {}
        self.exactly: dict[str, list[Place]] = {}
        self._starts: list[int] | None = None

    def where(self, word: Word) -> list[Place]:
        """The places of a word in the text, in order."""
        budget.check()
        form = fold(word.text)
        if form not in self.known:
            self.known[form] = [Place(form, *found.span()) for found in whole(form).finditer(self.folded)]
        if word.folded:
            return self.known[form]
        if word.text not in self.exactly:
            self.exactly[word.text] = [p for p in self.known[form] if self.exact(p) == word.text]
        return self.exactly[word.text]

    def exact(self, place: Place) -> str:
        """The accented, normalised form of what stands at a place."""
        return exact(self.text[place.start : place.end])

    def beginning(self, stem: Prefix) -> Iterator[Place]:
        """The places of all syllables that begin with the stem, in order."""
        for begun in beginning(fold(stem.text)).finditer(self.folded):
            found = SYLLABLE.match(self.folded, begun.start())
            if found:
                place = Place(found.group(), *found.span())
                if stem.folded or self.exact(place).startswith(stem.text):
                    yield place

    def in_a_row(self, phrase: Phrase) -> Iterator[Find]:
        """Where the words of a phrase follow each other with only punctuation and white space between them."""
        following = [{p.start: p for p in self.where(word)} for word in phrase.words[1:]]
        for first in self.where(phrase.words[0]):
            end = first.end
            for places in following:
                place = places.get(self.next_start(end))
                if place is None:
                    break
                end = place.end
            else:
                yield (first.start, end), " ".join(fold(word.text) for word in phrase.words)

    def next_start(self, end: int) -> int:
        """Where the next syllable begins."""
        found = SYLLABLE.search(self.folded, end)
        return found.start() if found else -1

    def near(self, phrase: Phrase) -> Iterator[Find]:
        """The words of a phrase where they all stand within its window, in any order. Linear in the places found."""
        spelled = {(p.start, p, word.text) for word in set(phrase.words) for p in self.where(word)}
        found = sorted(spelled, key=lambda row: row[0])
        numbers = [bisect_left(self.starts, start) for start, _, _ in found]
        told: dict[Place, None] = {}
        for first, behind in windows([text for _, _, text in found], numbers, phrase):
            told.update((place, None) for _, place, _ in found[first:behind])
        return (((p.start, p.end), p.folded) for p in told)

    @property
    def starts(self) -> list[int]:
        """Where the syllables of the text begin."""
        if self._starts is None:
            self._starts = [found.start() for found in SYLLABLE.finditer(self.folded)]
        return self._starts


def windows(texts: Sequence[str], numbers: Sequence[int], phrase: Phrase) -> Iterator[tuple[int, int]]:
    """The ranges [first, behind) of the places found that lie in a window which holds all words of `phrase`.

    `texts` are the words at these places, `numbers` how many syllables stand before each. A range begins where the one
    before ended, if they overlap, so that no place is told twice.
    """
    width, missing = len(phrase.words) + phrase.slop, Counter(word.text for word in phrase.words)
    lacking, behind, told = len(missing), 0, 0
    for first, number in enumerate(numbers):
        while behind < len(numbers) and numbers[behind] < number + width:
            missing[texts[behind]] -= 1
            lacking -= missing[texts[behind]] == 0
            behind += 1
        if not lacking:
            yield max(first, told), behind
            told = behind
        lacking += missing[texts[first]] == 0
        missing[texts[first]] += 1


LETTER = r"[^\W\d_]"
OF_A_KIND = {True: r"\d", False: LETTER}  # letters and digits form syllables of their own


@lru_cache(maxsize=10_000)
def whole(form: str) -> re.Pattern[str]:
    """`form` as a whole syllable: not the "an" of "quan", the "k" of "k'mak" or the "1" of "12"."""
    after = r"\d" if form.isdigit() else rf"{LETTER}|'{LETTER}|[\u0300-\u036f]"
    return re.compile(rf"{beginning(form).pattern}(?!{after})")


@lru_cache(maxsize=10_000)
def beginning(form: str) -> re.Pattern[str]:
    """`form` where a syllable begins. The literal comes first, so that the search for it is fast."""
    kind, word = OF_A_KIND[form.isdigit()], re.escape(form)
    inner = "" if form.isdigit() else rf"(?<!{LETTER}'{word})"
    return re.compile(rf"{word}(?<!{kind}{word}){inner}")


@lru_cache(maxsize=50_000)
def exact(raw: str) -> str:
    """A syllable as the index holds it."""
    return normalize(raw).lower()


def folded_text(text: str) -> str:
    """`text` in lower case without accents, every character in its place."""
    if text.isascii():
        return text.lower()
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) == 2 * len(text):
        folded = folding().take(np.frombuffer(units, np.uint16))
    else:  # characters beyond the Basic Multilingual Plane take two units each
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        folded = folding().take(codes, mode="clip")
    return folded.tobytes().decode("utf-16-le", "replace")
