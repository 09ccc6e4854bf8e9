"""The entities of an article: date, provinces, localities, officials and topics, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass

INFERRED_BASES = frozenset({"event", "years"})  # values of Published.basis for dates inferred from the text


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words from which a value was extracted.

    `zone` is title, text, url or record. `start` and `end` are character offsets in the text of that zone.
    """

    quote: str
    zone: str = "text"
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """The publication date of an article.

    date       ISO, as precise as known ("2022-12"); None if unknown
    precision  day, month, year or None
    basis      meta, header or url: stated by the page (see `StatedDate`); event or years: inferred from the text; none
    year_evidence  the words that prove the year of an inferred date; None where the page itself gives the date
    """

    date: str | None = None
    precision: str | None = None
    basis: str = "none"
    evidence: Evidence | None = None
    year_evidence: Evidence | None = None

    @property
    def year(self) -> int | None:
        """The year of publication; None if the date is unknown."""
        return int(self.date[:4]) if self.date else None

    @property
    def inferred(self) -> bool:
        """Whether the date was inferred from the text; it is then shown as "2022 (suy ra)"."""
        return self.basis in INFERRED_BASES


@dataclass(frozen=True, slots=True)
class Province:
    """A province that the article is about.

    name   its name at publication (one of 63 until June 2025, of 34 since)
    now    the present name
    basis  the kind of evidence, e.g. the dateline or a unit
    """

    name: str
    now: str
    basis: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Locality:
    """A place below the province that the article is about, with its names at publication.

    kind      "district" (until June 2025: huyện, quận, thị xã, thành phố) or
              "commune" (since July 2025: xã, phường, đặc khu)
    unit      the word for the kind of unit, in full: "huyện", "phường" …
    province  the province, which distinguishes places of the same name
    """

    kind: str
    unit: str
    name: str
    province: str
    evidence: Evidence | None = None

    @property
    def key(self) -> str:
        """The facet key: "huyện Lạc Dương@Lâm Đồng"."""
        return f"{self.unit} {self.name}@{self.province}"


@dataclass(frozen=True, slots=True)
class Post:
    """A parsed post. `text` is as written; the other fields are canonical names, so that posts can be compared.

    status  đương nhiệm, quyền (acting), phụ trách, nguyên (former) or cố (deceased)
    head    "Chỉ huy trưởng", the same for "CHT"; "Phó Chỉ huy trưởng" is another head
    body    "Bộ CHQS", the same for "Bộ Chỉ huy Quân sự"; without the level and place; "" if the text names none
    cls     class of the body: Đảng, chính quyền, quân đội, biên phòng, công an, MTTQ và đoàn thể, or ""
    level   of the body: trung ương, quân khu, tỉnh, huyện, khu vực, xã, nước ngoài, or ""
    place   "Thanh Hóa", "Quân khu 7", "Lạc Dương"; taken from the article if the text says only "tỉnh"; or ""
    evidence  the sentence that gives the post; None if it is the same as the evidence of the official
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
    """A topic of an article, from the table of topics: "tuyển quân", "diễn tập" …"""

    name: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Official:
    """A person whom the article names with a rank or a post.

    key    the facet key, name and place ("lê văn diện@Thanh Hóa"): distinguishes persons of the same name
    rank   capitalised ("Đại tá"), or None
    posts  as written, split at commas, dashes and "kiêm"
    held   the same posts, parsed
    roles  what the official did at the event
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
    """All entities of an article. `event` is the day of the main event (ISO), None if it is not known to the year.

    `years_about` are the years that the article is about.
    """

    published: Published = Published()
    event: str | None = None
    years_about: tuple[int, ...] = ()
    provinces: tuple[Province, ...] = ()
    officials: tuple[Official, ...] = ()
    topics: tuple[Topic, ...] = ()
    localities: tuple[Locality, ...] = ()
