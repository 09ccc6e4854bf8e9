"""Score the districts, communes and roles of the fresh articles (tests/quality/fresh.py) against their labels.

A district is asked for until June 2025, a commune since: those are the levels the product names. Places labelled as
named by the way (`…_other`) count neither for nor against. Of roles "thăm" and "báo cáo" are left out: no role of the
product is of that kind; "dự và chỉ đạo" is the two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from indexer.entities.places import REFORM
from indexer.model import Entities
from tests.quality.entities import Count, Gold, fold

# Over the blind part of the fresh articles, a little below what was measured when they were set.
FLOORS: Mapping[str, float] = {"districts": 0.78, "communes": 0.80, "roles": 0.90}
NO_ROLE = frozenset({"thăm", "báo cáo"})
SPELLED = (("oà", "òa"), ("oá", "óa"), ("uý", "úy"), ("đăk", "đắk"), ("đak", "đắk"), ("drắk", "đrắk"))
PARTS = {"dự và chỉ đạo": ("dự", "chỉ đạo"), "trao/tặng": ("trao",)}


def counts(pairs: Iterable[tuple[Gold, Entities]]) -> dict[str, Count]:
    """Right, extra and missed districts, communes and roles."""
    found = {name: Count() for name in FLOORS}
    for gold, entities in pairs:
        level = "communes" if (gold["published"] or "") >= REFORM[:7] else "districts"
        optional = set(map(place, gold[f"{level}_other"]))
        have = {place(f"{each.name}@{each.province}") for each in entities.localities if f"{each.kind}s" == level}
        found[level].add(set(map(place, gold[level])), have - optional)
        found["roles"].add(set(wanted(gold)), set(told(gold, entities)))
    return found


def place(label: str) -> str:
    """A label "name@province" as it is compared, with one spelling of its tone marks."""
    text = fold(label)
    for written, meant in SPELLED:
        text = text.replace(written, meant)
    return text


def wanted(gold: Gold) -> Iterator[tuple[str, str]]:
    """(name, role) of each role labelled."""
    return ((fold(name), role) for name, roles in gold["roles"].items() for role in roles if role not in NO_ROLE)


def told(gold: Gold, entities: Entities) -> Iterator[tuple[str, str]]:
    """(name, role) of each role found of a person the labels know; others are counted with the officials."""
    known = {fold(official["name"]) for official in gold["officials"]}
    for official in entities.officials:
        for role in official.roles if fold(official.name) in known else ():
            yield from ((fold(official.name), part) for part in PARTS.get(role.name, (role.name,)))


def report(found: Mapping[str, Count]) -> None:
    """Print each count."""
    for name, count in found.items():
        print(f"  {name:10} {count} ({count.right} right, {count.extra} extra, {count.missed} missed)")
