"""The loose words of a query in a row, as those read them who look for names of things in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.search.query.spelled import spelled
from indexer.search.query.tree import Chunk, Every, Tree
from indexer.text import fold, syllables

JOINS = frozenset(" ,.-–/'")  # signs that may stand within a name: "Bà Rịa - Vũng Tàu", "Châu Thành, Tiền Giang"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a query that follow each other. `bare`: the whole query has no accents, so that none count.

    typed, lower, folded  each word as typed, in lower case (normalised), and without accents
    spans                 where each stands in `text`, the whole query
    """

    text: str
    bare: bool
    typed: tuple[str, ...]
    lower: tuple[str, ...]
    folded: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.lower)

    def key(self, at: int, end: int) -> str:
        """The words from `at` to `end` without accents."""
        return " ".join(self.folded[at:end])

    def says(self, at: int, form: str) -> bool:
        """Whether the words at `at` are `form`: syllables in lower case; its accents count unless `bare`."""
        words = split(form)
        end = at + len(words)
        if self.folded[at:end] != folded_words(form):
            return False
        return self.bare or self.lower[at:end] == words

    def longest(self, at: int, forms: frozenset[str], most: int = 8) -> int:
        """How many words at `at` are the longest of `forms`, which are accent-free if `bare`; 0 for none."""
        words = self.folded if self.bare else self.lower
        sizes = range(min(most, len(self) - at), 0, -1)
        return next((size for size in sizes if " ".join(words[at : at + size]) in forms), 0)

    def says_any(self, at: int, end: int, forms: frozenset[str]) -> bool:
        """Whether the words from `at` to `end` are one of `forms`, which are accent-free if `bare`."""
        return " ".join((self.folded if self.bare else self.lower)[at:end]) in forms

    def capital(self, at: int, end: int) -> bool:
        """Whether each of the words is typed with a capital."""
        return all(word[0].isupper() for word in self.typed[at:end])

    def together(self, at: int, end: int) -> bool:
        """Whether nothing but spaces and joining signs stands between the words."""
        gaps = (self.text[self.spans[i][1] : self.spans[i + 1][0]] for i in range(at, end - 1))
        return all(set(gap) <= JOINS for gap in gaps)


def runs(tree: Every, text: str, bare: bool) -> Iterator[Words]:
    """The runs of loose words of a query `text` read as `tree`, in order. What is in groups is left alone."""
    for run in loose_runs(tree.nodes):
        yield words_of(run, text, bare)


def loose_runs(nodes: Sequence[Tree]) -> Iterator[list[Chunk]]:
    """The loose words among the parts of a query, in runs of those that follow each other."""
    run: list[Chunk] = []
    for node in (*nodes, None):
        if isinstance(node, Chunk) and not node.literal:
            run.append(node)
        elif run:
            yield run
            run = []


def words_of(run: Sequence[Chunk], text: str, bare: bool) -> Words:
    """The words of chunks that follow each other."""
    read = [(s, chunk.start) for chunk in run for s in syllables(chunk.text)]
    spans = tuple((s.start + offset, s.end + offset) for s, offset in read)
    lower = tuple(s.text for s, _ in read)
    return Words(text, bare, tuple(text[a:b] for a, b in spans), lower, tuple(map(fold, lower)), spans)


@cache
def split(form: str) -> tuple[str, ...]:
    """A form as its words."""
    return tuple(form.split())


@cache
def folded_words(form: str) -> tuple[str, ...]:
    """The words of a form without accents."""
    return tuple(map(fold, form.split()))


@cache
def phrases(*written: str, bare: bool) -> frozenset[str]:
    """Phrases as `Words.longest` compares them."""
    return frozenset(fold(spelled(each)) if bare else spelled(each) for each in written)
