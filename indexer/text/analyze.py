"""From an article's text to the Terms an engine indexes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby, pairwise

import numpy as np

from indexer.model import NumberedStrings, Terms
from indexer.text.chunks import SYLLABLE_ROW, Apart, Ints, Reader, Reading, Syllables, before
from indexer.text.normalize import new_style, normalize
from indexer.text.segment import Bools, begins, tagger
from indexer.text.syllables import SYLLABLE

POSITION_GAP = 100  # no phrase or proximity window reaches across a zone border
LEAD_SYLLABLES = 60  # the part of the running text that news writes its summary in
AT_ONCE = 60_000  # characters read at a time: enough to make NumPy pay, few enough for a processor's cache


def analyze(title: str, text: str, entity_words: Iterable[str] = ()) -> Terms:
    """The Terms of an article: its title, its running text and the words of its entities.

    `title` and `text` are text from `shown`. Each of `entity_words` ("Tây Ninh", "Chủ tịch UBND tỉnh") becomes a
    run of its own that no phrase can cross. Words come from pyvi's model, over title and text each as a whole.

    A word is made of whole syllables: those that begin in its span, so that every syllable is in exactly one word
    ("k'mák" in the one its K begins), and it ends with its line. The lead is the first LEAD_SYLLABLES of the
    running text; being one text with the body, no gap parts the two.
    """
    return analyze_all([(title, text, entity_words)])[0]


def analyze_all(articles: Iterable[tuple[str, str, Iterable[str]]]) -> list[Terms]:
    """What `analyze` gives for each of `articles`, in a third of the time: they are read many at once."""
    articles = list(articles)
    before = accumulate((len(title) + len(text) for title, text, _ in articles), initial=0)
    runs = groupby(zip(before, articles, strict=False), key=lambda row: row[0] // AT_ONCE)
    return [terms for _, run in runs for terms in read_at_once([article for _, article in run])]


def read_at_once(articles: Sequence[tuple[str, str, Iterable[str]]]) -> list[Terms]:
    """The terms of each (title, text, entity words), all analysed together."""
    zones = read([zone for title, text, words in articles for zone in (title, text, "\n".join(words))])
    sizes = np.bincount(zones.text, minlength=3 * len(articles)).reshape(-1, 3)
    bounds = np.append(0, np.cumsum(sizes.sum(axis=1)))
    zone = zones.text % 3
    extra = zone == 2
    run = zone + zones.line * extra
    positions = np.arange(len(run)) - np.repeat(bounds[:-1], np.diff(bounds)) + POSITION_GAP * run
    starts, ends = zones.starts * ~extra, zones.ends * ~extra
    word_bounds = np.searchsorted(zones.word_at, bounds)
    return [
        Terms(
            syllables=NumberedStrings(found := numbers(zones.syllables[at:end]), zones.known.spelled),
            folded=NumberedStrings(found, zones.known.folded),
            positions=numbers(positions[at:end]),
            starts=numbers(starts[at:end]),
            ends=numbers(ends[at:end]),
            paired=zones.paired[at:end].tobytes(),
            word_at=numbers(zones.word_at[first_word:last_word] - at),
            title=in_title,
            lead=in_title + min(in_text, LEAD_SYLLABLES),
            body=in_title + in_text,
        )
        for (at, end), (first_word, last_word), (in_title, in_text, _) in zip(
            pairwise(bounds.tolist()), pairwise(word_bounds.tolist()), sizes.tolist(), strict=True)
    ]


def words_of(text: str) -> list[tuple[str, int]]:
    """The words of a single text as `analyze` makes them, each with the index of its first syllable."""
    zone = read([text])
    return list(zip(zone.words(), zone.word_at.tolist(), strict=True))


def numbers(values: Ints) -> array[int]:
    """An array of numbers as the standard library's array."""
    result = array("i")
    result.frombytes(values.astype(np.intc).tobytes())
    return result


@dataclass(frozen=True, slots=True)
class Zones:
    """The syllables of several texts in order: the number it is known by, the text and, from 0, the line each stands
    in, and where it stands.

    All are parallel to `syllables` but `word_at`, the index of each word's first syllable.
    """

    syllables: Ints
    known: Syllables
    text: Ints
    line: Ints
    starts: Ints
    ends: Ints
    paired: Bools
    word_at: Ints

    def words(self) -> list[str]:
        """The words, syllables joined by "_"."""
        bounds = [*self.word_at.tolist(), len(self.syllables)]
        found = [*map(self.known.spelled.__getitem__, self.syllables.tolist())]
        return ["_".join(found[a:b]) for a, b in pairwise(bounds)]


def read(texts: Sequence[str]) -> Zones:
    """The syllables and words of `texts`, as `syllables` finds them in each, chunk by chunk."""
    reading = reader().read(texts)
    found, chunk = reading.syllables()
    begin, text, line = reading.begin[chunk], reading.text[chunk], reading.line[chunk]
    starts, ends = begin + found["start"], begin + found["end"]
    same_line = (line[1:] == line[:-1]) & (text[1:] == text[:-1])
    # Chunks of a line that nothing but space parts are as many characters apart as chunk borders.
    spaces_only = (starts[1:] - ends[:-1] == chunk[1:] - chunk[:-1]) & same_line
    paired = np.zeros(len(found), np.bool_)
    paired[:-1] = spaces_only | (chunk[1:] == chunk[:-1])
    first_token = np.cumsum(reading.chunk["tokens"]) - reading.chunk["tokens"]
    word = word_numbers(reading)[first_token[chunk] + found["token"]]
    opens = np.ones(len(found), np.bool_)
    opens[1:] = (word[1:] != word[:-1]) | ~same_line
    return Zones(found["number"], reading.known, text, line, starts, ends, paired, np.flatnonzero(opens))


def word_numbers(reading: Reading) -> Ints:
    """The number of the word each token is in, from 1."""
    tokens, chunk = reading.tokens()
    return np.cumsum(~tagger().joined(tokens, reading.text[chunk]))


@cache
def reader() -> Reader:
    """The reader that segments and takes syllables, made once."""
    return Reader(take_apart)


def take_apart(chunks: Sequence[str]) -> Apart:
    """Tokens and syllables of chunks, which are normalised like any text.

    pyvi's word list and model were made from text in the new style of tone placement (it joins "hoà_bình" but not
    "hòa bình"), so its tokens are read in that style; the length, and with it every offset, is the same in both.
    """
    normal = normalize(" ".join(chunks)).split(" ")
    if len(normal) != len(chunks):  # not text from `shown`: one of them turned into space
        normal = [*map(normalize, chunks)]
    text, at = " ".join(normal), begins(normal)
    tokens, tokens_each = tagger().weighed(new_style(text), at)
    matches = [(match.group().lower(), *match.span()) for match in SYLLABLE.finditer(text)]
    rows = np.empty(len(matches), SYLLABLE_ROW)
    spelled, starts, ends = zip(*matches, strict=True) if matches else ((), (), ())
    chunk = np.searchsorted(at, starts, side="right") - 1
    rows["start"], rows["end"] = starts - at[chunk], ends - at[chunk]
    token_starts = tokens["start"] + np.repeat(at, tokens_each)
    rows["token"] = np.searchsorted(token_starts, starts, side="right") - 1 - before(tokens_each)[chunk]
    return Apart(tokens, tokens_each, rows, np.bincount(chunk, minlength=len(at)), spelled)
