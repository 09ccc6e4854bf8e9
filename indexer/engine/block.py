"""A block: the inverted index of some articles as named NumPy arrays.

A block is pickled between processes, written to a file as a segment, memory-mapped, and merged with others. All its
arrays are in one flat mapping from name ("syllable/docs") to array; `Field` and `Lexicon` are views of that mapping.
The names are part of the file format. <field> is a text field, "id" or a facet.

    <field>/blob, <field>/bounds   the sorted terms as UTF-8, concatenated: term i is blob[bounds[i]:bounds[i+1]]
    <field>/starts                 the posting list of term i is docs[starts[i]:starts[i+1]]
    <field>/docs                   document numbers, ascending within a posting list
    <field>/weights                per posting: weighted term frequency, at most 255 (text fields only)
    <field>/counts                 per posting: number of positions (syllable and folded only, as the next two)
    <field>/positions              all positions, ascending within a posting
    <field>/places                 the positions of term i are positions[places[i]:places[i+1]]
    lengths                        per document: length in syllables, without the words of its entities
    titles                         per document: the position at which the title zone ends
    forward/words                  per word of title and text, document by document: its number in the field "word"
    forward/bounds                 document i has forward/words[bounds[i]:bounds[i+1]] (see `forward`)
    forward/titles                 per document: how many of those words are its title's
    days                           per document: publication day as the number YYYYMMDD, 0 if unknown
    entries/blob, entries/bounds   the stored entries, each compressed on its own, concatenated as the terms are
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from indexer.engine.arrays import Array

POSITIONAL_FIELDS = ("syllable", "folded")
PAIR_FIELD = "pair"
WORD_FIELD = "word"
TEXT_FIELDS = (*POSITIONAL_FIELDS, PAIR_FIELD, WORD_FIELD)
ID_FIELD = "id"
FORWARD_WORDS, FORWARD_BOUNDS, FORWARD_TITLES = "forward/words", "forward/bounds", "forward/titles"
RESERVED_NAMES = frozenset((*TEXT_FIELDS, ID_FIELD, "entry", "entries", "forward"))  # names that no facet may have
MIN_SAMPLE_STEP, MAX_SAMPLES = 32, 1_024  # terms between two samples of a lexicon; samples of a lexicon
SEGMENT_LIMIT = 65_536  # documents in a segment: document numbers then fit in two bytes


class Lexicon:
    """The sorted terms of a field; term number i is blob[bounds[i]:bounds[i + 1]]. Lookups use binary search.

    The first lookup copies every n-th term into a list of samples (a term index, as in Lucene): binary search in a list
    of bytes is ten times faster than in a memory-mapped array.
    """

    __slots__ = ("_samples", "blob", "bounds")

    def __init__(self, blob: Array, bounds: Array) -> None:
        self.blob = blob
        self.bounds = bounds
        self._samples: list[bytes] | None = None

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def __getitem__(self, number: int) -> bytes:
        return self.blob[self.bounds[number] : self.bounds[number + 1]].tobytes()

    def terms_at(self, numbers: Array) -> list[str]:
        """The terms with these numbers, in the order of `numbers`."""
        blob, lows, highs = self.blob.data, self.bounds[numbers].tolist(), self.bounds[numbers + 1].tolist()
        return [str(blob[low:high], "utf-8") for low, high in zip(lows, highs, strict=True)]

    def at_or_after(self, term: bytes) -> int:
        """The number of the first term >= `term`; len(self) if there is none."""
        if self._samples is None:
            self._samples = [self[number] for number in range(0, len(self), self._step)]
        blob, bounds, samples_below = self.blob.data, self.bounds.data, bisect_left(self._samples, term)
        low, high = max(0, samples_below - 1) * self._step, min(len(self), samples_below * self._step)
        return bisect_left(range(high), term, low, high, key=lambda i: blob[bounds[i] : bounds[i + 1]].tobytes())

    @property
    def _step(self) -> int:
        return max(MIN_SAMPLE_STEP, len(self) // MAX_SAMPLES + 1)

    def find(self, term: bytes) -> int:
        """The number of `term`; -1 if it is not in the lexicon."""
        number = self.at_or_after(term)
        return number if number < len(self) and self[number] == term else -1

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """The term numbers [low, high) of the terms that begin with `prefix`."""
        # UTF-8 never contains the byte 0xff, so every term with the prefix sorts before prefix + 0xff.
        return self.at_or_after(prefix), self.at_or_after(prefix + b"\xff")

    def terms(self, low: int = 0, high: int | None = None) -> list[bytes]:
        """The terms with the numbers [low, high); `high` None means to the end."""
        bounds = self.bounds[low : (len(self) if high is None else high) + 1].tolist()
        if not bounds:
            return []
        data, first = self.blob[bounds[0] : bounds[-1]].tobytes(), bounds[0]
        return [data[a - first : b - first] for a, b in pairwise(bounds)]


@dataclass(frozen=True, slots=True)
class Field:
    """The terms and posting lists of one field; the arrays are described at the top of this module.

    `weights` None means that every weight is 1. Fields without positions have None for `counts`, `positions` and
    `position_starts` (the array "places").
    """

    lexicon: Lexicon
    starts: Array
    docs: Array
    weights: Array | None = None
    counts: Array | None = None
    positions: Array | None = None
    position_starts: Array | None = None

    def posting_slice(self, number: int) -> slice:
        """The slice of `docs`, `weights` and `counts` that is the posting list of term `number`."""
        return slice(int(self.starts[number]), int(self.starts[number + 1]))


class Block:
    """The inverted index of `documents` articles: `arrays` by name, and `fields` as views of them."""

    __slots__ = ("arrays", "documents", "fields")

    def __init__(self, arrays: Mapping[str, Array], documents: int) -> None:
        self.arrays = arrays
        self.documents = documents
        names = dict.fromkeys(name.rpartition("/")[0] for name in arrays if name.endswith("/docs"))
        self.fields = {name: field_view(name, arrays) for name in names}

    def __reduce__(self) -> tuple[type[Block], tuple[dict[str, Array], int]]:
        return Block, (dict(self.arrays), self.documents)

    @property
    def facets(self) -> list[str]:
        """The names of the facet fields."""
        return [name for name in self.fields if name not in RESERVED_NAMES]

    def entry(self, document: int) -> bytes:
        """The stored entry of a document, still compressed (see `stored_entries.unpack`)."""
        bounds = self.arrays["entries/bounds"]
        return self.arrays["entries/blob"][bounds[document] : bounds[document + 1]].tobytes()

    def ids(self) -> list[bytes]:
        """The ids of the documents as UTF-8, in document order."""
        field = self.fields[ID_FIELD]
        ids = [b""] * self.documents
        for document, term in zip(field.docs.tolist(), field.lexicon.terms(), strict=True):
            ids[document] = term
        return ids


def field_view(name: str, arrays: Mapping[str, Array]) -> Field:
    """The field called `name`, as a view of `arrays`. KeyError if there is no such field."""
    optional = (arrays.get(f"{name}/{part}") for part in ("weights", "counts", "positions", "places"))
    lexicon = Lexicon(arrays[f"{name}/blob"], arrays[f"{name}/bounds"])
    return Field(lexicon, arrays[f"{name}/starts"], arrays[f"{name}/docs"], *optional)
