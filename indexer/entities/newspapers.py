"""Which newspaper, station or portal published an article: by its site, else by the name its record gives.

Sites, names and what newspapers became in 2025 are rows of data/newspapers.csv; provincial portals follow from the
label before .gov.vn and .dcs.vn. A site of no row keeps its own name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from indexer.entities.outlets import HOST, of_portal
from indexer.entities.places import table
from indexer.model import Evidence, Message
from indexer.text import fold

FROM, BEFORE = Message("{} từ {}"), Message("{} trước {}")
PORTALS = {".gov.vn": "Cổng thông tin {}", ".dcs.vn": "Cổng thông tin Đảng bộ {}"}
PREFIX = "bao"  # "Báo", which some records write before a name and others leave out


@dataclass(frozen=True, slots=True)
class Newspaper:
    """A newspaper by `name`: its sites, and the newspaper it became `since` (ISO), "" for none or an unknown day."""

    name: str
    hosts: tuple[str, ...]
    became: str = ""
    since: str = ""


def newspaper(url: str | None, source: str | None) -> tuple[str, Evidence] | None:
    """The newspaper's name and what it rests on: a site we know, else a name, else the bare host; None for neither.

    An aggregator's site is a site we know: what it prints is from there. `source` is what the record names.
    """
    at, named = host(url or ""), (source or "").strip()
    for site in filter(None, (at, host(named))):
        if found := of_site(site):
            return found, Evidence(site, "url")
    if named and not host(named):
        return of_name(named) or named, Evidence(named, "record")
    bare = at or host(named)
    return (bare, Evidence(bare, "url")) if bare else None


def host(address: str) -> str:
    """The host of an address or of a bare "www.baogialai.com.vn", without www and in lower case; "" for other text."""
    found = HOST.match(address.strip())
    return found[1].lower() if found else ""


@lru_cache(maxsize=4096)
def of_site(site: str) -> str | None:
    """The newspaper of a host or of one above it: "media.baoquankhu7.vn" is of baoquankhu7.vn."""
    labels = site.split(".")
    known = next((names()[tail] for at in range(len(labels) - 1) if (tail := ".".join(labels[at:])) in names()), None)
    if known:
        return known
    form = next((form for ending, form in PORTALS.items() if site.endswith(ending)), None)
    province = of_portal(site) if form else None
    return form.format(province) if form and province else None


@lru_cache(maxsize=4096)
def of_name(written: str) -> str | None:
    """The newspaper of a name in any spelling: "thanhnien", "Báo Thanh Niên", "VnExpress - Thế giới"."""
    return next((by_spelling()[each] for part in (written, written.partition(" - ")[0])
                 if (each := squeezed(part)) in by_spelling()), None)


def squeezed(name: str) -> str:
    """A name's letters and digits, without accents and without "Báo" before them."""
    return "".join(filter(str.isalnum, fold(name).lower())).removeprefix(PREFIX)


def hosts_of(name: str) -> tuple[str, ...]:
    """The sites of a newspaper, by which a reader may ask for it too: nguồn:baokontum."""
    found = newspapers().get(name)
    return found.hosts if found else ()


def mergers(name: str) -> Iterator[tuple[str, str]]:
    """(how that is said, name) of the newspaper that `name` became, and of those that became it."""
    own = newspapers().get(name)
    if own and own.became:
        yield said(FROM, own.became, own.since), own.became
    for each in newspapers().values():
        if each.became == name:
            yield said(BEFORE, each.name, each.since), each.name


def said(form: Message, name: str, since: str) -> str:
    """A merger in words, with the name alone where its day is not known."""
    year, month, day = since.split("-") if since else ("", "", "")
    return form.format(name, f"{int(day)}/{int(month)}/{year}") if since else name


@cache
def newspapers() -> dict[str, Newspaper]:
    """Every newspaper of the table by its name."""
    found: dict[str, Newspaper] = {}
    for row in table("newspapers.csv"):
        before = found.get(row["name"])
        hosts = (*(before.hosts if before else ()), row["host"])
        found[row["name"]] = Newspaper(row["name"], hosts, row["became"], row["since"])
    return found


@cache
def names() -> dict[str, str]:
    """Names by host."""
    return {host: each.name for each in newspapers().values() for host in each.hosts}


@cache
def by_spelling() -> dict[str, str]:
    """Names by how they are squeezed."""
    return {squeezed(name): name for name in newspapers()}
