"""Other ways to write a run of syllables that tables know: places in old, colonial, joined or abbreviated forms, and
numerals in words, figures and Roman figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from indexer.entities.places import gazetteer, table
from indexer.search.query.abbreviations import is_short_form
from indexer.search.query.spelled import spelled
from indexer.search.query.tables import rows
from indexer.text import fold
from indexer.text.spelling import is_syllable

Way = tuple[str, str]  # kind of reading, the form as it is shown

LONGEST_WRITTEN = 4  # syllables of a form in the tables


def other_ways(run: Sequence[str], bare: bool) -> tuple[Way, ...]:
    """What a run of syllables in lower case also stands for; `bare`: compared without accents."""
    written = " ".join(run)
    return ways_without_accents().get(written, ()) if bare or written.isascii() else ways().get(written, ())


@cache
def ways() -> Mapping[str, tuple[Way, ...]]:
    """Each form with the other forms of what it stands for."""
    found: dict[str, dict[Way, None]] = defaultdict(dict)
    for form, way in (*names(), *numerals()):
        if form != spelled(way[1]) and not is_short_form(form):
            found[form][way] = None
    return {form: tuple(others) for form, others in found.items()}


@cache
def ways_without_accents() -> Mapping[str, tuple[Way, ...]]:
    """The same by forms without accents, but for what says nothing then: a numeral of one syllable ("nam" is năm, "ba"
    is bà) and a form that reads like its other."""
    found: dict[str, dict[Way, None]] = defaultdict(dict)
    for form, others in ways().items():
        if any(kind == "numeral" for kind, _ in others) and is_syllable(form):
            continue
        found[fold(form)] |= dict.fromkeys(way for way in others if fold(form) != fold(spelled(way[1])))
    return {form: tuple(others) for form, others in found.items() if others}


def names() -> Iterator[tuple[str, Way]]:
    """Places: as the tables spell them otherwise, and every province in one word."""
    for row in table("spellings.csv"):
        yield spelled(row["spelling"]), ("name", row["name"])
    for old in rows("old_names.csv"):
        yield spelled(old["written"]), ("name", old["name"])
    for name in gazetteer().eras:
        yield spelled(name).replace(" ", ""), ("name", name)


def numerals() -> Iterator[tuple[str, Way]]:
    """Numerals: each form of a number with its other forms."""
    for row in rows("numerals.csv"):
        forms = [row["figure"], row["roman"], *row["words"].split("|")]
        yield from ((spelled(form), ("numeral", other)) for form in forms for other in forms if form != other)


@cache
def place_names() -> frozenset[str]:
    """Every name of a place, in lower case as spelled: beyond doubt where it is typed."""
    every = (name for level in ("province", "district", "commune") for name in gazetteer().names[level])
    odd = {spelled(row["spelling"]) for row in table("spellings.csv")}
    odd |= {spelled(row["written"]) for row in rows("old_names.csv") if spelled(row["written"]) != spelled(row["name"])}
    return frozenset(map(spelled, every)) - odd
