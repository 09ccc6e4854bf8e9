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
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.errors import QuocphongError
from indexer.text.chunks import Ints, Reader, Rows
from indexer.text.crf import Crf, read_pickled

Spans = list[tuple[int, int]]
Bools = npt.NDArray[np.bool_]


def words(text: str) -> Spans:
    """The words of `text` (in NFC) as pyvi 0.1.1 joins them: (start, end) character spans, in order.

    Case and tone placement matter to the model, and so does the whole text around a word. Raises QuocphongError
    when pyvi's model is missing or is not the one this module reads.
    """
    reading = plain_reader().read(OTHER_SPACE.sub(" ", text))
    tokens, chunk = reading.tokens()
    if not len(tokens):
        return []
    begin = reading.begin[chunk]
    first = np.flatnonzero(~tagger().joined(tokens))
    last = np.append(first[1:], len(tokens)) - 1
    starts, ends = (begin + tokens["start"])[first], (begin + tokens["end"])[last]
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


OTHER_SPACE = re.compile(r"[^\S\n ]")  # to pyvi the newline is a token and all other white space is the same


@cache
def plain_reader() -> Reader:
    weigh = tagger().weigh
    return Reader(lambda chunk: ([weigh(chunk, *span) for span in token_spans(chunk)], []))


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
        entries = [line.split(" ") for line in word_list.split("\n")]
        grams = [entry for entry in entries if len(entry) in (2, 3)]
        self.known = {token: n for n, token in enumerate(dict.fromkeys(t for gram in grams for t in gram), start=1)}
        self.pairs = np.unique([self.packed(gram) for gram in grams if len(gram) == 2])
        self.triples = np.unique([self.packed(gram) for gram in grams if len(gram) == 3])

    def packed(self, gram: list[str]) -> int:
        number = 0
        for token in gram:
            number = number << KNOWN_BITS | self.known[token]
        return number

    def weigh(self, chunk: str, start: int, end: int) -> tuple[int, int, float, float, float, int, bool, bool]:
        """The TOKEN row of chunk[start:end]."""
        token = chunk[start:end]
        lower = token.lower()
        here = self.weight["bias"] + self.total("", token, lower) + token.isdigit() * self.of("word.isdigit()")
        apart = token in string.punctuation or token[0].isdigit()  # pyvi asks "in": a substring counts
        before, after = self.total("+1:", token, lower), self.total("-1:", token, lower)
        return (start, end, before, here, after, self.known.get(lower, 0), apart, token[0].istitle())

    def total(self, place: str, token: str, lower: str) -> float:
        """What the form of a token weighs for the token it stands at `place` of."""
        total = self.of(f"{place}word.lower():{lower}")
        if token.isupper():
            total += self.of(f"{place}word.isupper()")
        if token.istitle():
            total += self.of(f"{place}word.istitle()")
        return total

    def of(self, attribute: str) -> float:
        return self.weight.get(attribute, 0.0)

    def joined(self, tokens: Rows) -> Bools:
        """For each token of one text, whether it continues the word of the token before it."""
        joined = np.array(self.decode(self.emissions(tokens)))
        apart, capital = tokens["apart"], tokens["capital"]
        joined[0] = False
        joined[1:] &= ~(apart[1:] | apart[:-1] | (capital[1:] & ~capital[:-1]))
        return joined

    def emissions(self, tokens: Rows) -> list[float]:
        """What speaks for each token continuing a word, all but the label before it."""
        total = tokens["here"].copy()
        total[1:] += tokens["after"][:-1]
        total[:-1] += tokens["before"][1:]
        known = tokens["known"].astype(np.int64)
        pairs = known[:-1] << KNOWN_BITS | known[1:]
        pair = np.flatnonzero(among(pairs, self.pairs))
        total[pair] += self.of("+1:word.bi_gram()")
        total[pair + 1] += self.of("-1:word.bi_gram()")
        triple = np.flatnonzero(among(pairs[:-1] << KNOWN_BITS | known[2:], self.triples))
        total[triple] += self.of("+2:word.tri_gram()")
        total[triple + 2] += self.of("-2:word.tri_gram()")
        return total.tolist()  # type: ignore[no-any-return]

    def decode(self, emissions: list[float]) -> list[bool]:
        """The labels of the best path (Viterbi): True where a token continues a word.

        `lead` is by how much the best path that ends in "continues" beats the best that ends in "begins"; the two
        thresholds say from which lead on the path behind the next label comes from "continues".
        """
        (begin_begin, begin_inside), (inside_begin, inside_inside) = self.transition
        to_begin, to_inside = begin_begin - inside_begin, begin_inside - inside_inside
        lead = emissions[0]
        leads = [lead]
        for emission in emissions[1:]:
            lead = (
                emission
                + (lead + inside_inside if lead > to_inside else begin_inside)
                - (lead + inside_begin if lead > to_begin else begin_begin)
            )
            leads.append(lead)
        label = lead > 0
        labels = [label]
        for lead in reversed(leads[:-1]):
            label = lead > (to_inside if label else to_begin)
            labels.append(label)
        labels.reverse()
        return labels


def among(values: Ints, table: Ints) -> Bools:
    """Which of `values` are in the sorted `table`."""
    return table[np.minimum(np.searchsorted(table, values), len(table) - 1)] == values
