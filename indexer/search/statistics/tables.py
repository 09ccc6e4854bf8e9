"""The results of statistics, as values. Counts are of words or syllables unless they say articles."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.model import Query

UNITS = ("word", "syllable")
SPANS = ("both", "left", "right")


@dataclass(frozen=True, slots=True)
class Read:
    """On how many articles a figure rests: `read` of the `articles` that match, drawn by `seed` if not all of them."""

    articles: int
    read: int
    seed: int

    @property
    def is_sample(self) -> bool:
        """Whether not all articles were read."""
        return self.read < self.articles


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word that stands near the words of the query.

    word            as text: "quốc phòng"
    joint           how often it stands within reach of them; each of its places counts once
    expected        how often it would by chance
    lines           of how many places of the query's words it is within reach: the lines of the concordance
    articles        in how many articles
    frequency       how often it stands in the whole corpus
    """

    word: str
    joint: int
    expected: float
    lines: int
    articles: int
    frequency: int
    log_likelihood: float
    log_dice: float
    mutual_information: float


@dataclass(frozen=True, slots=True)
class Collocates:
    """The collocates of the words of a query.

    query      as it was read
    read       of the articles that match the query
    places     how often its words stand in them
    reached    how many words stand within reach of these places
    corpus     how many words there are to compare with: those of all articles that pass the filters, scaled down where
               only a sample was read; the query's own words are left out
    corpus_read   of the articles of the corpus without the query's words
    found      how many collocates there are; `rows` are the best of them
    """

    query: Query
    read: Read
    places: int
    reached: int
    corpus: int
    corpus_read: Read
    found: int
    rows: tuple[Collocate, ...]


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A word that one result uses more, or less, than another.

    count, other                how often it stands in the two
    per_million, other_per_million    the same in a million words
    log_likelihood, log_ratio   how sure, and how large the difference is
    articles                    articles of the first result that hold it
    other_articles              articles of the second
    """

    word: str
    count: int
    other: int
    per_million: float
    other_per_million: float
    log_likelihood: float
    log_ratio: float
    articles: int
    other_articles: int


@dataclass(frozen=True, slots=True)
class Keyness:
    """The words that tell two results apart. `size` and `other_size` are their lengths in words."""

    query: Query
    other: Query
    read: Read
    other_read: Read
    size: int
    other_size: int
    found: int
    rows: tuple[KeyWord, ...]


@dataclass(frozen=True, slots=True)
class Frequency:
    """A word or a row of words with how often it stands in a result, in a million words, and in how many articles."""

    word: str
    count: int
    per_million: float
    articles: int


@dataclass(frozen=True, slots=True)
class Frequencies:
    """The frequency list of a result of `size` words, which holds `found` different ones."""

    query: Query
    read: Read
    size: int
    found: int
    rows: tuple[Frequency, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """An official and another, or a province, whom the same articles name.

    `first` and `second` are keys of facets; `first_name` and `second_name` what they are called. `articles` name
    both, `first_articles` and `second_articles` each of them.
    """

    first: str
    first_name: str
    second: str
    second_name: str
    articles: int
    first_articles: int
    second_articles: int
    log_likelihood: float
    log_dice: float
    mutual_information: float


@dataclass(frozen=True, slots=True)
class NamedTogether:
    """Who is named together in the `articles` of a result; `found` pairs of them."""

    query: Query
    articles: int
    found: int
    rows: tuple[Together, ...]
