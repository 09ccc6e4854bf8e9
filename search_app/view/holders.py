"""Who held what, when, as pages and files show it: what is asked for, the rows, and what to ask instead of nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for

from indexer.model import Message
from indexer.search.archive import Engine
from indexer.search.holdings import (
    Asked,
    Holding,
    find,
    nearest_names,
    nearest_posts,
    nearest_provinces,
    proofs,
    years_of,
)
from indexer.search.labels import IN_OFFICE, province_label
from indexer.search.mentions import MentionRow
from indexer.search.parameters import tidy
from indexer.search.people import People
from indexer.search.provinces import gazetteer
from search_app.i18n import messages
from search_app.i18n.language import current
from search_app.view.links import Link
from search_app.view.people import person_url, years_named
from search_app.view.provinces import slug

LONGEST = 100  # characters of a parameter
NEAREST_YEARS = 3


@dataclass(frozen=True, slots=True)
class HoldersRequest:
    """The parameters of /officials: part of a name, a post, a province, a year or years, as the reader wrote them."""

    q: str = ""
    post: str = ""
    province: str = ""
    year: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> HoldersRequest:
        """The request in the arguments of an address."""
        return cls(**{name: tidy(args.get(name, ""))[:LONGEST] for name in PARAMETERS})

    @property
    def asked(self) -> Asked:
        """What is asked for. A year that makes no sense asks for nothing."""
        return Asked(self.q, self.post, self.province, years_of(self.year) if self.year else None)

    @property
    def given(self) -> dict[str, str]:
        """The parameters that are given."""
        return {name: value for name in PARAMETERS if (value := getattr(self, name))}

    def having(self, name: str, value: str) -> HoldersRequest:
        """The same with another value of one parameter."""
        return HoldersRequest(**self.given | {name: value})

    def url(self, path: str = "/officials", page: int = 1) -> str:
        """The address of the page or file at `path` for these parameters."""
        pairs = self.given | ({"page": str(page)} if page > 1 else {})
        return f"{current().prefix}{path}{'?' if pairs else ''}{urlencode(pairs)}"


PARAMETERS = HoldersRequest.__slots__


@dataclass(frozen=True, slots=True)
class HolderRow:
    """A person at a post as a row shows it.

    href, name  of the person; `status` other than "in office"; `post` and `place` in canonical words
    years       of publication, "2022–2024"; "" where no article is dated
    province    of the post, with the address of its page; None for a post above the provinces
    mention     the newest article that says so, with its sentence; None where there is none
    """

    href: str
    name: str
    status: str
    post: str
    years: str
    province: Link | None
    mention: MentionRow | None


@dataclass(frozen=True, slots=True)
class WayOut:
    """Why nothing was found, and what could be asked instead; `is_guess` where those are values spelled alike."""

    why: Message
    links: tuple[Link, ...] = ()
    is_guess: bool = True


def holder_rows(engine: Engine, holdings: Sequence[Holding]) -> list[HolderRow]:
    """The rows of these holdings, each with the newest article that proves it."""
    return [holder_row(proof.holding, proof.row) for proof in proofs(engine, holdings)]


def holder_row(holding: Holding, mention: MentionRow | None) -> HolderRow:
    """One row."""
    status = holding.post.status
    province = holding.province if holding.province in gazetteer().eras else ""
    return HolderRow(
        person_url(holding.person), holding.person.name, status if status != IN_OFFICE else "", holding.name,
        years_named(holding.years),
        Link(province_label(province), url_for("provinces.province", name=slug(province))) if province else None,
        mention,
    )  # fmt: skip


# --- when there is nothing ----------------------------------------------------------------------------


def ways_out(engine: Engine, people: People, request: HoldersRequest, found: int) -> Iterator[WayOut]:
    """For each value that nobody knows the nearest that are known; else, of an empty result, each condition dropped."""
    told = False
    for name, near in unknown(engine, people, request):
        told = True
        yield WayOut(messages.UNKNOWN_VALUES[name].format(getattr(request, name)),
                     tuple(Link(each, request.having(name, each).url()) for each in near))
    if not found and not told and (without := tuple(dropped(engine, people, request))):
        yield WayOut(messages.NOBODY_HELD, without, is_guess=False)


def unknown(engine: Engine, people: People, request: HoldersRequest) -> Iterator[tuple[str, list[str]]]:
    """The parameters whose value nobody knows, each with the nearest known values."""
    if request.q and not people.search(request.q):
        yield "q", nearest_names(people, request.q)
    if request.post and not find(engine, people, Asked(post=request.post)):
        yield "post", nearest_posts(people, request.post)
    if request.province and not find(engine, people, Asked(province=request.province)):
        near = nearest_provinces(request.province)
        if [request.province] != near[:1]:
            yield "province", near
    if request.year and (request.asked.years is None or not find(engine, people, Asked(years=request.asked.years))):
        yield "year", nearest_years(people, engine, request)


def nearest_years(people: People, engine: Engine, request: HoldersRequest) -> list[str]:
    """The years with holdings that are nearest to the year written; the latest where it is no year."""
    years = sorted({b.year for h in find(engine, people, Asked()) for b in h.years if b.year}, reverse=True)
    if digits := "".join(c for c in request.year if c.isdecimal())[:4]:
        years.sort(key=lambda year: abs(int(year) - int(digits)))
    return years[:NEAREST_YEARS]


def dropped(engine: Engine, people: People, request: HoldersRequest) -> Iterator[Link]:
    """The same request without one of its conditions, where that finds someone."""
    for name in request.given if len(request.given) > 1 else ():
        fewer = request.having(name, "")
        if count := len(find(engine, people, fewer.asked)):
            text = messages.WITHOUT_CONDITION.format(messages.CONDITIONS[name], n=count)
            yield Link(text, fewer.url())
