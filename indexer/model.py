"""The words every room shares: what an article is, what is known of it, what is asked and what is found.

Frozen dataclasses without behaviour beyond reading themselves; the standard library is the only import.
Data flows one way: Article -> Entities + Terms -> Entry -> engine -> Found -> Results.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# --- what is said to a reader ----------------------------------------------------------------


class Said(str):
    """A sentence of ours, in Vietnamese, that remembers how it was made: its template and what was filled in.

    To everyone it is a plain string; a front end that speaks another language translates the template. Text that is
    not a Said (names, words of articles and of readers) is nobody's to translate. Whole numbers among the values are
    grouped by dots, so years go in as text; the one called `n` is what is counted, for languages that have plurals.
    """

    __slots__ = ("named", "template", "values")
    template: str
    values: tuple[object, ...]
    named: Mapping[str, object]

    def __new__(cls, template: str) -> Said:
        said = super().__new__(cls, template)
        said.template, said.values, said.named = template, (), {}
        return said

    def format(self, *values: object, **named: object) -> Said:
        """The template with values filled in."""
        shown = {name: grouped(value) for name, value in named.items()}
        said = Said(str.format(self.template, *map(grouped, values), **shown))
        said.template, said.values, said.named = self.template, values, named
        return said


def grouped(value: object) -> object:
    return f"{value:,}".replace(",", ".") if type(value) is int else value


# --- what the newspaper published -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date the page gives for its own publication, before anything is inferred.

    `date` is ISO at its own precision (YYYY, YYYY-MM, YYYY-MM-DD); `basis` is where it stood:
    "meta" (the page's metadata or the record's own field), "header" (the page's visible header) or "url".
    """

    date: str
    basis: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its newspaper published it, without menus and captions.

    `id` is stable across changes of content. `path` is the file it came from, relative to its root, and `line`
    the line in a JSONL file (1-based). `lead` is the summary paragraph where the page marks one, else "".
    `body` holds one paragraph a line. `stamps` come in order of trust. `notes` are warnings worth reporting.
    `online` is what became of the page since it was fetched: "altered", "gone", or "" (as it was, or nobody looked),
    and `online_at` when that was first seen (ISO, UTC).
    """

    id: str
    path: str
    title: str
    body: str
    lead: str = ""
    line: int | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    stamps: tuple[Stamp, ...] = ()
    notes: tuple[str, ...] = ()
    online: str = ""
    online_at: str = ""

    @property
    def text(self) -> str:
        """The running text as shown: the lead, where there is one, above the body."""
        return f"{self.lead}\n{self.body}" if self.lead else self.body


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or line that gave no article. `path` as given, `line` 1-based or None, `why` one plain sentence."""

    path: str
    line: int | None
    why: str


# --- how its Vietnamese was read -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Terms:
    """An article's syllables and words, ready for an engine: every array is parallel to `syllables`.

    syllables  normalised, lower case, accented ("thanh", "hóa", "k'mák", "28")
    folded     the same without accents ("thanh", "hoa", "k'mak", "28")
    positions  place in one position space; zones and entity phrases are POSITION_GAP apart, so no phrase crosses them
    starts, ends  character offsets: into the title for the title zone, into Article.text for lead and body,
                  0 for entities
    paired     1 where the syllable and its successor form a pair (no punctuation with white space between them)
    words      pyvi words, syllables joined by "_" ("quốc_phòng"); single syllables included
    word_at    index of each word's first syllable (parallel to `words`)
    title, lead, body  zone ends, in syllables: title [0, title), lead [title, lead), body [lead, body);
               the words of the article's entities fill [body, len(syllables))
    """

    syllables: tuple[str, ...]
    folded: tuple[str, ...]
    positions: array[int]
    starts: array[int]
    ends: array[int]
    paired: bytes
    words: tuple[str, ...]
    word_at: array[int]
    title: int
    lead: int
    body: int


# --- what is known of it: where, when, who ---------------------------------------------------

INFERRED_BASES = frozenset({"event", "years"})  # the bases of a date that the page itself does not give


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a facet value rests on. `zone` is title, text, url or record; offsets are into that zone's text."""

    quote: str
    zone: str = "text"
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """When the article appeared, ISO at its own precision ("2022-12"), or nothing known (date None).

    precision: day, month, year or None. basis: meta, header, url, event, years or none.
    """

    date: str | None = None
    precision: str | None = None
    basis: str = "none"
    evidence: Evidence | None = None

    @property
    def year(self) -> int | None:
        return int(self.date[:4]) if self.date else None

    @property
    def inferred(self) -> bool:
        """Whether the date is worked out from the text, not given by the page: shown as "2022 (suy ra)"."""
        return self.basis in INFERRED_BASES


@dataclass(frozen=True, slots=True)
class Province:
    """A province the article is about: its name when published (63 or 34 names) and the present one."""

    name: str
    now: str
    basis: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Locality:
    """A place below the province that the article is about, by its names when published.

    kind  district (until June 2025: huyện, quận, thị xã, thành phố) or commune (since July 2025: xã, phường, đặc khu)
    unit  its unit word in full; `province` tells it from places of the same name
    """

    kind: str
    unit: str
    name: str
    province: str
    evidence: Evidence | None = None

    @property
    def key(self) -> str:
        return f"{self.unit} {self.name}@{self.province}"


@dataclass(frozen=True, slots=True)
class Post:
    """A post taken apart, so that posts compare as what they are: `text` is as written, the rest are canonical names.

    status  đương nhiệm, quyền (acting), phụ trách, nguyên (former) or cố (deceased)
    head    "Chỉ huy trưởng", the same for "CHT"; "Phó Chỉ huy trưởng" is another head
    body    "Bộ CHQS", the same for "Bộ Chỉ huy Quân sự"; without unit and place; "" where the text names none
    cls     Đảng, chính quyền, quân đội, biên phòng, công an, MTTQ và đoàn thể, or ""
    level   trung ương, quân khu, tỉnh, huyện, khu vực, xã, nước ngoài, or ""
    place   "Thanh Hóa", "Quân khu 7", "Lạc Dương"; from the article where the text says just "tỉnh"; or ""
    evidence  the sentence that gives the post; None where it is the official's own evidence
    """

    text: str
    status: str = "đương nhiệm"
    head: str = ""
    body: str = ""
    cls: str = ""
    level: str = ""
    place: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """What an official did at the event: chủ trì, dự và chỉ đạo, dự, phát biểu, ký, trao tặng, được tặng, kiểm tra."""

    name: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """What an article is about, by the table of topics: "tuyển quân", "diễn tập" …"""

    name: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Official:
    """A person the article names with a rank or a post. `key` tells namesakes apart as far as one article can.

    `posts` are as written, split at commas, dashes and "kiêm", and `held` the same posts taken apart; `rank` is
    capitalised ("Đại tá") or None.
    """

    key: str
    name: str
    rank: str | None = None
    posts: tuple[str, ...] = ()
    evidence: Evidence | None = None
    held: tuple[Post, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Entities:
    """Where, when and who, each with its evidence. `event` is the day of the main event, ISO, if a year follows."""

    published: Published = Published()
    event: str | None = None
    years_about: tuple[int, ...] = ()
    provinces: tuple[Province, ...] = ()
    officials: tuple[Official, ...] = ()
    topics: tuple[Topic, ...] = ()
    localities: tuple[Locality, ...] = ()


# --- what the index holds --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with all that is known of it, as an engine stores and returns it.

    `keys` are its facet values by facet name, ready-made ({"province": ("Kon Tum",), "year": ("2022",), …}): an
    engine counts and filters them without knowing what they mean. `digest` identifies the content, `root` the
    corpus folder it came from, `duplicate_of` the id of an earlier article with equal text.
    """

    article: Article
    entities: Entities
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    root: str = ""
    digest: str = ""
    duplicate_of: str | None = None

    @property
    def id(self) -> str:
        return self.article.id

    @property
    def day(self) -> str:
        """What newest-first sorts by: the publication date, "" when unknown (sorts last)."""
        return self.entities.published.date or ""


# --- what is asked: an engine-neutral query --------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """One syllable. `folded` matches the accent-free form; `title` restricts it to the title."""

    text: str
    folded: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Syllables in a row; with `slop` > 0, in any order within a window of len(words) + slop positions."""

    words: tuple[Word, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any syllable that begins with `text`; at most the engine's bound of expansions, commonest first."""

    text: str
    folded: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """Articles holding any of `keys` in the facet field `facet`."""

    facet: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Articles with a key of `facet` in [low, high], compared as strings (years, ISO dates); None is open."""

    facet: str
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class All:
    """Every node matches; All(()) is every article."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one node matches; AnyOf(()) is no article."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


@dataclass(frozen=True, slots=True)
class Share:
    """Articles holding at least `share` (0..1) of the summed idf of `nodes`: the rule for headlines and questions."""

    nodes: tuple[Node, ...]
    share: float


Node = Word | Phrase | Prefix | Value | Between | All | AnyOf | Not | Share


@dataclass(frozen=True, slots=True)
class Signal:
    """A weighted term of the score: `field` is syllable, folded, pair or word; each adds weight x BM25."""

    field: str
    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Filter:
    """Chosen values of one facet: OR within, AND across; a facet's own filter does not narrow its own counts.

    `node` is what the values ask for where they are no keys of the facet: a span of days.
    """

    facet: str
    keys: tuple[str, ...]
    node: Node | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What the reader asked, read. Never fails to exist: what could not be read is in `unread` and searched as words.

    match    which articles count; signals: what orders them
    applied  readings taken on the reader's behalf, as sentences ready to show ("Mở rộng CHQS: Chỉ huy quân sự")
    facets   (facet name, how many values) to count
    sort     relevance, newest or oldest; without words relevance means newest
    """

    text: str = ""
    match: Node = All()
    signals: tuple[Signal, ...] = ()
    filters: tuple[Filter, ...] = ()
    sort: str = "relevance"
    offset: int = 0
    limit: int = 10
    facets: tuple[tuple[str, int], ...] = ()
    applied: tuple[Applied, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """A reading the search took on its own: visible, named, and removable by switching `kind` off."""

    kind: str
    label: str
    text: str = ""


# --- what was found --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scored:
    """One match: the article's id and its score (0.0 when sorted by date)."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """An engine's answer: the exact total, the page of matches, and (key, count) pairs by facet, commonest first."""

    total: int
    hits: tuple[Scored, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A match ready to show. `snippet` is plain text and `marks` the (start, end) spans to highlight in it."""

    entry: Entry
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    title_marks: tuple[tuple[int, int], ...] = ()
    rung: str = "exact"


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results with everything a page, feed or file needs."""

    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    took_ms: float
    extra: Mapping[str, Any] = field(default_factory=dict)
