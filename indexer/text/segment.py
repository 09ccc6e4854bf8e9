"""pyvi's word segmentation, from pyvi's own model, without running pyvi. The only module that touches pyvi.

pyvi 0.1.1 cuts a text into tokens, lets a CRF with two labels decide which tokens continue a word, and takes some
of the joins back by a rule. The same is done here on tables read from its files: same tokens, same weights, an
exact Viterbi search over the two labels, the same last rule; hence the same words, an order of magnitude faster.
`python -m tests.bench.segmentation` compares the two on a corpus.
"""

from __future__ import annotations

import importlib.util
import re
import string
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, reduce
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.model.errors import QuocphongError
from indexer.text.chunks import SYLLABLE_ROW, TOKEN_ROW, Apart, Ints, Reader, Rows
from indexer.text.crf import Crf, read_pickled

Spans = list[tuple[int, int]]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def words(text: str) -> Spans:
    """The words of `text` (in NFC) as pyvi 0.1.1 joins them: (start, end) character spans, in order.

    Case and tone placement matter to the model, and so does the whole text around a word. Raises QuocphongError
    when pyvi's model is missing or is not the one this module reads.
    """
    return words_all([text])[0]


def words_all(texts: Sequence[str]) -> list[Spans]:
    """What `words` gives for each of `texts`, which are read at once as the index reads articles."""
    reading = plain_reader().read([OTHER_SPACE.sub(" ", text) for text in texts])
    tokens, chunk = reading.tokens()
    begin, text = reading.begin[chunk], reading.text[chunk]
    first = np.flatnonzero(~tagger().joined(tokens, text))
    last = np.append(first, len(tokens))[1:] - 1
    starts, ends = (begin + tokens["start"])[first], (begin + tokens["end"])[last]
    spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
    bounds = np.searchsorted(text[first], np.arange(len(texts) + 1)).tolist()
    return [spans[at:end] for at, end in pairwise(bounds)]


OTHER_SPACE = re.compile(r"[^\S\n ]")  # to pyvi the newline is a token and all other white space is the same


@cache
def plain_reader() -> Reader:
    """A reader of tokens without syllables, made once."""
    return Reader(tokens_only)


def tokens_only(chunks: Sequence[str]) -> Apart:
    """The tokens of each chunk with their weights, without syllables."""
    tokens, each = tagger().weighed(" ".join(chunks), begins(chunks))
    return Apart(tokens, each, np.empty(0, SYLLABLE_ROW), np.zeros_like(each), ())


def begins(chunks: Sequence[str]) -> Ints:
    """Where each of `chunks` begins when spaces join them."""
    sizes = np.fromiter(map(len, chunks), np.int64, len(chunks)) + 1
    return np.cumsum(sizes) - sizes


# --- tokens: the alternatives and their order are those of ViTokenizer.sylabelize -------------

TOKEN = re.compile(
    r"[A-ZĐ]+\.|Tp\.|Mr\.|Mrs\.|Ms\.|Dr\.|ThS\."  # abbreviations
    r"|==>|->|\.\.\.|>>|\n"
    r"|\w+://[^\s]+|[a-zA-Z0-9_.+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+"  # web and mail addresses
    r"|\d+(?:[\.,_]\d+)+|[^\w\s]|\w+"
)


def token_spans(text: str) -> Spans:
    """The tokens pyvi cuts `text` into; together they cover all but the white space."""
    return [match.span() for match in TOKEN.finditer(text)]


# --- the model -------------------------------------------------------------------------------

LABELS = ("B_W", "I_W")  # begins a word, continues one
TOKENS_KEPT = 30_000
SAID = ("before", "here", "after", "known", "apart", "capital")  # of a TOKEN_ROW, what `Tagger.says` gives
KNOWN_BITS = 21  # three numbers of known tokens fit in 63 bits


@cache
def tagger() -> Tagger:
    """The Tagger over the installed pyvi's model, read on first use (about 0.1 s)."""
    found = importlib.util.find_spec("pyvi")  # finds the package without running it
    if found is None or not found.submodule_search_locations:
        raise QuocphongError(f"pyvi, which brings the model for Vietnamese words, is not installed. {REMEDY}")
    models = Path(found.submodule_search_locations[0]) / "models"
    try:
        return Tagger(read_pickled(models / "pyvi3.pkl"), (models / "words.txt").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise QuocphongError(f"the installed pyvi has another model than 0.1.1: {error}. {REMEDY}") from error


REMEDY = "Run: pip install 'pyvi==0.1.1'"


class Tagger:
    """pyvi's CRF and word list as tables: what each token weighs, and which tokens continue a word.

    Weights are those of "continues" less those of "begins"; with two labels the difference decides.
    """

    def __init__(self, crf: Crf, word_list: str) -> None:
        if crf.labels != LABELS or "bias" not in crf.state:
            raise ValueError(f"labels {' '.join(crf.labels)} instead of {' '.join(LABELS)}")
        self.weight = {attribute: inside - begin for attribute, (begin, inside) in crf.state.items()}
        self.transition = crf.transition
        lower_forms = {a.split("word.lower():", 1)[1] for a in self.weight if "word.lower():" in a}
        self.forms = {lower: self.places(f"word.lower():{lower}") for lower in lower_forms}
        self.upper, self.title = self.places("word.isupper()"), self.places("word.istitle()")
        grams = [gram for gram in (line.split(" ") for line in word_list.split("\n")) if len(gram) in (2, 3)]
        self.known = {token: n for n, token in enumerate(dict.fromkeys(t for gram in grams for t in gram), start=1)}
        numbers = [[self.known[token] for token in gram] for gram in grams]
        self.told = lru_cache(TOKENS_KEPT)(self.says)  # a comma is in every tenth chunk
        self.pairs, self.triples = (Keys(packed(n) for n in numbers if len(n) == size) for size in (2, 3))

    def places(self, attribute: str) -> tuple[float, float, float]:
        """What an attribute of a token weighs for the token before it, for itself and for the one after it."""
        return self.of(f"+1:{attribute}"), self.of(attribute), self.of(f"-1:{attribute}")

    def of(self, attribute: str) -> float:
        """The model's weight of an attribute, 0 where it has none."""
        return self.weight.get(attribute, 0.0)

    def weighed(self, text: str, begins: Ints) -> tuple[Rows, Ints]:
        """The TOKEN_ROWs of the chunks that are joined in `text`, and how many are of each; `begins`: where it does."""
        spans = token_spans(text)
        found = np.array(spans, np.int64).reshape(-1, 2)
        chunk = np.searchsorted(begins, found[:, 0], side="right") - 1
        rows = np.empty(len(spans), TOKEN_ROW)
        rows["start"], rows["end"] = (found - begins[chunk, np.newaxis]).T
        said = zip(*[self.told(text[start:end]) for start, end in spans], strict=True)
        for name, column in zip(SAID, said, strict=False):  # nothing is said where there is no token
            rows[name] = column
        return rows, np.bincount(chunk, minlength=len(begins))

    def says(self, token: str) -> tuple[float, float, float, int, bool, bool]:
        """What there is to say of `token` wherever it stands: a TOKEN_ROW but for its place."""
        lower = token.lower()
        before, here, after = self.forms.get(lower, (0.0, 0.0, 0.0))
        for is_so, weights in ((token.isupper(), self.upper), (token.istitle(), self.title)):
            if is_so:
                before, here, after = before + weights[0], here + weights[1], after + weights[2]
        here += self.of("bias") + token.isdigit() * self.of("word.isdigit()")
        apart = token in string.punctuation or token[0].isdigit()  # pyvi asks "in": a substring counts
        return (before, here, after, self.known.get(lower, 0), apart, token[0].istitle())

    def joined(self, tokens: Rows, text: Ints) -> Bools:
        """For each token, whether it continues the word before it; `text` numbers the text each token is of.

        Every text is a sequence of its own, as if it were read alone.
        """
        first = np.diff(text, prepend=-1) != 0
        joined = self.decode(self.emissions(tokens, first), first)
        apart, capital = tokens["apart"], tokens["capital"]
        joined &= ~first
        joined[1:] &= ~(apart[1:] | apart[:-1] | (capital[1:] & ~capital[:-1]))
        return joined

    def emissions(self, tokens: Rows, first: Bools) -> Floats:
        """What speaks for each token continuing a word, all but the label before it."""
        total = tokens["here"].copy()
        total[1:] += np.where(first[1:], 0.0, tokens["after"][:-1])
        total[:-1] += np.where(first[1:], 0.0, tokens["before"][1:])
        known = tokens["known"]
        pair = self.pairs.among(packed([known[:-1], known[1:]]))
        pair = pair[~first[pair + 1]]
        total[pair] += self.of("+1:word.bi_gram()")
        total[pair + 1] += self.of("-1:word.bi_gram()")
        triple = self.triples.among(packed([known[:-2], known[1:-1], known[2:]]))
        triple = triple[~(first[triple + 1] | first[triple + 2])]
        total[triple] += self.of("+2:word.tri_gram()")
        total[triple + 2] += self.of("-2:word.tri_gram()")
        return total

    def decode(self, emissions: Floats, first: Bools) -> Bools:
        """The labels of the best path (Viterbi): True where a token continues a word. `first` begins a sequence.

        `lead` is by how much the best path that ends in "continues" beats the best that ends in "begins"; the two
        thresholds say from which lead on the path behind the next label comes from "continues". A lead far from the
        thresholds settles the next one whatever came before, so all tokens are decided at once, from a guess, and
        those behind a token that came out otherwise anew, until none does: three or four sweeps in news text.
        """
        (begin_begin, begin_inside), (inside_begin, inside_inside) = self.transition
        to_begin, to_inside = begin_begin - inside_begin, begin_inside - inside_inside
        last = np.append(first, True)[1:]
        lead, open_ = emissions.copy(), np.flatnonzero(~first)
        while len(open_):
            before = lead[open_ - 1]
            into = np.where(before > to_inside, before + inside_inside, begin_inside)
            out = np.where(before > to_begin, before + inside_begin, begin_begin)
            found = emissions[open_] + into - out
            changed = open_[(found != lead[open_]) & ~last[open_]]
            lead[open_] = found
            open_ = changed + 1
        before_inside = lead > np.where(last, 0.0, to_inside)
        before_begin = lead > np.where(last, 0.0, to_begin)
        return settled(before_inside, before_begin)


def settled(before_inside: Bools, before_begin: Bools) -> Bools:
    """The labels, given what each is before a token that continues a word and before one that begins a word."""
    labels = before_begin.copy()
    open_ = np.flatnonzero(before_inside != before_begin)
    while True:
        found = np.where(labels[open_ + 1], before_inside[open_], before_begin[open_])
        if np.array_equal(found, labels[open_]):
            return labels
        labels[open_] = found


def packed(numbers: Sequence[Any]) -> Any:
    """Two or three numbers of known tokens, or arrays of such numbers, as one."""
    return reduce(lambda packed, number: packed << KNOWN_BITS | number, numbers)


class Keys:
    """A set of packed grams that looks arrays up: a one-probe filter for the many misses, then binary search."""

    def __init__(self, keys: Iterable[int]) -> None:
        self.sorted = np.unique(np.fromiter(keys, np.int64))
        self.filter = np.zeros(1 << FILTER_BITS, bool)
        self.filter[self.hashed(self.sorted)] = True

    def among(self, keys: Ints) -> Ints:
        """The indices of those of `keys` that are in the set."""
        likely = np.flatnonzero(self.filter[self.hashed(keys)])
        at = np.minimum(np.searchsorted(self.sorted, keys[likely]), len(self.sorted) - 1)
        found: Ints = likely[self.sorted[at] == keys[likely]]
        return found

    def hashed(self, keys: Ints) -> Any:
        """The keys' places in the filter (multiplicative hashing, Knuth 6.4)."""
        return (keys.view(np.uint64) * GOLDEN) >> np.uint64(64 - FILTER_BITS)


FILTER_BITS = 18
GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # multiplicative hashing, Knuth TAOCP 6.4
