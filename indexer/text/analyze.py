"""From an article's text to the Terms an engine indexes."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from indexer.model import Terms
from indexer.text.chunks import Ints, Parts, Reader
from indexer.text.normalize import fold, new_style, normalize
from indexer.text.segment import Bools, tagger, token_spans
from indexer.text.syllables import SYLLABLE

POSITION_GAP = 100  # no phrase or proximity window reaches across a zone border
LEAD_SYLLABLES = 60  # the part of the running text that news writes its summary in


def analyze(title: str, text: str, entity_words: Iterable[str] = ()) -> Terms:
    """The Terms of an article: its title, its running text and the words of its entities.

    `title` and `text` are text from `shown`. Each of `entity_words` ("Tây Ninh", "Chủ tịch UBND tỉnh") becomes a
    run of its own that no phrase can cross. Words come from pyvi's model, over title and text each as a whole.

    A word is made of whole syllables: those that begin in its span, so that every syllable is in exactly one word
    ("k'mák" in the one its K begins), and it ends with its line. The lead is the first LEAD_SYLLABLES of the
    running text; being one text with the body, no gap parts the two.
    """
    head, running, extra = zones = read(title), read(text), read("\n".join(entity_words))
    extra.starts[:] = extra.ends[:] = 0
    in_title, in_text, in_extra = (len(zone.syllables) for zone in zones)
    run = np.repeat([0, 1, 2], [in_title, in_text, in_extra])
    run[in_title + in_text :] += extra.lines
    word_at = [head.word_at, running.word_at + in_title, extra.word_at + in_title + in_text]
    return Terms(
        syllables=(*head.syllables, *running.syllables, *extra.syllables),
        folded=(*head.folded, *running.folded, *extra.folded),
        positions=numbers(np.arange(len(run)) + POSITION_GAP * run),
        starts=numbers(np.concatenate([zone.starts for zone in zones])),
        ends=numbers(np.concatenate([zone.ends for zone in zones])),
        paired=np.concatenate([zone.paired for zone in zones]).tobytes(),
        words=(*head.words(), *running.words(), *extra.words()),
        word_at=numbers(np.concatenate(word_at)),
        title=in_title,
        lead=in_title + min(in_text, LEAD_SYLLABLES),
        body=in_title + in_text,
    )


def words_of(text: str) -> list[tuple[str, int]]:
    """The words of a single text as `analyze` makes them, each with the index of its first syllable."""
    zone = read(text)
    return list(zip(zone.words(), zone.word_at.tolist(), strict=True))


def numbers(values: Ints) -> array[int]:
    result = array("i")
    result.frombytes(values.astype(np.intc).tobytes())
    return result


@dataclass(frozen=True, slots=True)
class Zone:
    """A text's syllables (all but `word_at` parallel to them); `lines` counts the line each stands in, from 0."""

    syllables: list[str]
    folded: list[str]
    starts: Ints
    ends: Ints
    lines: Ints
    paired: Bools
    word_at: Ints

    def words(self) -> list[str]:
        """The words, syllables joined by "_"."""
        first = self.word_at.tolist()
        last = [*first[1:], len(self.syllables)]  # one too many when there is no word at all
        found = self.syllables
        return [found[a] if b - a == 1 else "_".join(found[a:b]) for a, b in zip(first, last, strict=False)]


def read(text: str) -> Zone:
    """The syllables and words of `text`, as `syllables` finds them, chunk by chunk."""
    reading = reader().read(text)
    syllables, chunk = reading.syllables()
    begin, line = reading.begin[chunk], reading.line[chunk]
    starts, ends = begin + syllables["start"], begin + syllables["end"]
    paired = np.zeros(len(syllables), np.bool_)
    # Chunks of a line that nothing but space parts are as many characters apart as chunk borders.
    spaces_only = (starts[1:] - ends[:-1] == chunk[1:] - chunk[:-1]) & (line[1:] == line[:-1])
    paired[:-1] = spaces_only | (chunk[1:] == chunk[:-1])
    first_token = np.cumsum(reading.chunk["tokens"]) - reading.chunk["tokens"]
    word = word_numbers(reading.tokens()[0])[first_token[chunk] + syllables["token"]] + line
    begins = np.ones(len(syllables), np.bool_)
    begins[1:] = word[1:] != word[:-1]
    spelled, folded = syllables["text"].tolist(), syllables["folded"].tolist()
    return Zone(spelled, folded, starts, ends, line, paired, np.flatnonzero(begins))


def word_numbers(tokens: Any) -> Ints:
    """The number of the word each token is in, from 1."""
    return np.cumsum(~tagger().joined(tokens)) if len(tokens) else np.zeros(0, np.int64)


@cache
def reader() -> Reader:
    return Reader(take_apart)


def take_apart(chunk: str) -> Parts:
    """The TOKEN and SYLLABLE rows of a chunk, which is normalised like any text.

    pyvi's word list and model were made from text in the new style of tone placement (it joins "hoà_bình" but not
    "hòa bình"), so its tokens are read in that style; the length, and with it every offset, is the same in both.
    """
    normal = normalize(chunk)
    styled = new_style(normal)
    spans = token_spans(styled)
    begins = [start for start, _ in spans]
    found = [(sys.intern(match.group().lower()), *match.span()) for match in SYLLABLE.finditer(normal)]
    return (
        [tagger().weigh(styled, *span) for span in spans],
        [(start, end, text, fold(text), bisect_right(begins, start) - 1) for text, start, end in found],
    )
