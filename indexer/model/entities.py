"""What is known of an article: where, when, who and what about, each with the words it rests on."""

from __future__ import annotations

from dataclasses import dataclass

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

    precision: day, month, year or None. basis: meta, header, url, event, years or none. `year_evidence` are the words
    that prove the year of an inferred date; None where the page itself gives the date.
    """

    date: str | None = None
    precision: str | None = None
    basis: str = "none"
    evidence: Evidence | None = None
    year_evidence: Evidence | None = None

    @property
    def year(self) -> int | None:
        """The year of publication; None where the date is unknown."""
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
        """The key of the unit in its facet: "huyện Lạc Dương@Lâm Đồng"."""
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
