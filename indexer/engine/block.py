"""A block: some articles inverted into plain arrays. In memory between processes, memory-mapped as a segment.

Every array is named in one flat mapping ("syllable/docs"), which is what is pickled, written, mapped and merged;
`Field` and `Lexicon` are views of it.

    <field>/blob, <field>/bounds       the field's terms as UTF-8, sorted, end to end, and where each begins
    <field>/starts                     where each term's postings begin, with the end of the last
    <field>/docs                       document numbers, ascending within a term
    <field>/weights                    occurrences, zones weighted, at most 255 (text fields)
    <field>/counts, <field>/positions, <field>/places
                                       how many positions each posting has, the positions themselves, ascending
                                       within a posting, and where each term's positions begin (fields with positions)
    lengths, titles, days              per document: syllables without entity words, the position at which the title
                                       zone ends, and the publication day as the number YYYYMMDD (0 where unknown)
    entries/blob, entries/bounds       the stored entries, compressed one by one
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from indexer.engine.arrays import Array

WITH_POSITIONS = ("syllable", "folded")
PAIRS = "pair"
TEXT_FIELDS = (*WITH_POSITIONS, PAIRS, "word")
ID_FIELD = "id"
RESERVED = frozenset((*TEXT_FIELDS, ID_FIELD, "entry", "entries"))  # a facet cannot bear these names
LEAST_STEP, MOST_SIGNPOSTS = 32, 1_024  # terms between two signposts of a lexicon, and signposts of one
SEGMENT_LIMIT = 65_536  # documents in a segment: their numbers then fit in two bytes


class Lexicon:
    """Sorted terms, found by halving: term i is blob[bounds[i]:bounds[i + 1]].

    Every so many-th term is kept as a signpost once something was looked up: halving among objects is ten times quicker
    than among mapped bytes.
    """

    __slots__ = ("_signposts", "blob", "bounds")

    def __init__(self, blob: Array, bounds: Array) -> None:
        self.blob = blob
        self.bounds = bounds
        self._signposts: list[bytes] | None = None

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def __getitem__(self, number: int) -> bytes:
        return self.blob[self.bounds[number] : self.bounds[number + 1]].tobytes()

    def some(self, numbers: Array) -> list[str]:
        """The terms of these numbers, in their order."""
        blob, lows, highs = self.blob.data, self.bounds[numbers].tolist(), self.bounds[numbers + 1].tolist()
        return [str(blob[low:high], "utf-8") for low, high in zip(lows, highs, strict=True)]

    def at_or_after(self, term: bytes) -> int:
        """Number of the first term not below `term`."""
        if self._signposts is None:
            self._signposts = [self[number] for number in range(0, len(self), self._step)]
        blob, bounds, passed = self.blob.data, self.bounds.data, bisect_left(self._signposts, term)
        low, high = max(0, passed - 1) * self._step, min(len(self), passed * self._step)
        return bisect_left(range(high), term, low, high, key=lambda i: blob[bounds[i] : bounds[i + 1]].tobytes())

    @property
    def _step(self) -> int:
        return max(LEAST_STEP, len(self) // MOST_SIGNPOSTS + 1)

    def find(self, term: bytes) -> int:
        """Number of `term`, or -1."""
        number = self.at_or_after(term)
        return number if number < len(self) and self[number] == term else -1

    def span(self, prefix: bytes) -> tuple[int, int]:
        """First and one past the last number of the terms that begin with `prefix`."""
        # 0xff is in no UTF-8 text, so nothing that begins with the prefix sorts after it.
        return self.at_or_after(prefix), self.at_or_after(prefix + b"\xff")

    def terms(self, low: int = 0, high: int | None = None) -> list[bytes]:
        """The terms numbered [low, high)."""
        bounds = self.bounds[low : (len(self) if high is None else high) + 1].tolist()
        if not bounds:
            return []
        data, first = self.blob[bounds[0] : bounds[-1]].tobytes(), bounds[0]
        return [data[a - first : b - first] for a, b in pairwise(bounds)]


@dataclass(frozen=True, slots=True)
class Field:
    """One field's terms and postings; weights are all 1 where None, positions absent where None."""

    lexicon: Lexicon
    starts: Array
    docs: Array
    weights: Array | None = None
    counts: Array | None = None
    positions: Array | None = None
    places: Array | None = None

    def extent(self, number: int) -> slice:
        """Where the postings of term `number` stand in docs, weights and counts."""
        return slice(int(self.starts[number]), int(self.starts[number + 1]))


class Block:
    """Articles as arrays. `documents` is how many; `arrays` is everything, by name."""

    __slots__ = ("arrays", "documents", "fields")

    def __init__(self, arrays: Mapping[str, Array], documents: int) -> None:
        self.arrays = arrays
        self.documents = documents
        names = dict.fromkeys(name.rpartition("/")[0] for name in arrays if name.endswith("/docs"))
        self.fields = {name: view_field(name, arrays) for name in names}

    def __reduce__(self) -> tuple[type[Block], tuple[dict[str, Array], int]]:
        return Block, (dict(self.arrays), self.documents)

    @property
    def facets(self) -> list[str]:
        """Names of the facet fields."""
        return [name for name in self.fields if name not in RESERVED]

    def entry(self, document: int) -> bytes:
        """The stored, compressed entry of a document."""
        bounds = self.arrays["entries/bounds"]
        return self.arrays["entries/blob"][bounds[document] : bounds[document + 1]].tobytes()

    def ids(self) -> list[bytes]:
        """The documents' ids, in order."""
        field = self.fields[ID_FIELD]
        ids = [b""] * self.documents
        for document, term in zip(field.docs.tolist(), field.lexicon.terms(), strict=True):
            ids[document] = term
        return ids


def view_field(name: str, arrays: Mapping[str, Array]) -> Field:
    """The field `name` as a view of its arrays."""
    optional = (arrays.get(f"{name}/{part}") for part in ("weights", "counts", "positions", "places"))
    lexicon = Lexicon(arrays[f"{name}/blob"], arrays[f"{name}/bounds"])
    return Field(lexicon, arrays[f"{name}/starts"], arrays[f"{name}/docs"], *optional)
