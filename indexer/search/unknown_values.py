"""Values of filters and fields that nothing is called: which they are, and the nearest that there are.

A value is known if an article holds it, or if our own tables do (a province without articles is no mistake).
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import pairwise

from indexer.entities import label
from indexer.entities.facets import DATED, UNKNOWN
from indexer.entities.places import is_place, zones
from indexer.entities.words import column
from indexer.model import Message, Query, UnknownValue
from indexer.model.facets import BY_NAME
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.named_people import names
from indexer.search.query.parser import parse
from indexer.search.query.spelled import spelled
from indexer.search.query.tree import Field, wanted
from indexer.search.query.values import bare_name, field_keys, names_of, provinces
from indexer.text import fold

NEAREST = 3  # values proposed
LEAST_ALIKE = 0.65  # of SequenceMatcher.ratio
AS_GOOD = 0.08  # below the best: as good a guess
COMPARED = 20  # values compared letter by letter
LOOKED_AT = 5_000  # values looked at; of more, those of most articles
YEARS = ("year", "about")
UNKNOWN_VALUE = Message("Không có “{value}” trong mục {facet}.")
UNKNOWN_BUT_NEAR = Message("Không có “{value}” trong mục {facet}; gần nhất: {nearest}.")


def unknown_values(lexicon: Lexicon, query: Query, typed: str = "") -> tuple[UnknownValue, ...]:
    """The unknown values of the filters of a query, as resolved, and of the fields of its text as typed."""
    chosen = [(each.facet, key) for each in query.filters if each.node is None for key in each.keys
              if not lexicon.frequency(each.facet, key) and not known(each.facet, key)]
    fields = (field for field in wanted(parse(typed).tree) if isinstance(field, Field)) if ":" in typed else ()
    return (*(unknown(facet, value, lexicon, True) for facet, value in chosen),
            *(unknown(each.name, each.value, lexicon, False) for each in fields if unknown_field(each, lexicon)))


def unknown(facet: str, value: str, lexicon: Lexicon, chosen: bool) -> UnknownValue:
    """The value with the sentence for readers: Không có “Thanh Hoa1” trong mục Tỉnh …; gần nhất: …"""
    named, near = BY_NAME[facet].label, nearest(facet, value, lexicon)
    if near:
        said = UNKNOWN_BUT_NEAR.format(facet=named, value=value[:60], nearest=", ".join(near))
    else:
        said = UNKNOWN_VALUE.format(facet=named, value=value[:60])
    return UnknownValue(facet, value, said, near, chosen)


def unknown_field(field: Field, lexicon: Lexicon) -> bool:
    """Whether a field's value is unknown. An unquoted one may go on in the words behind it, and is known if it may."""
    spec = BY_NAME.get(field.name)
    if spec is None or not spec.reader or known(field.name, field.value):
        return False
    begun = fold(spelled(field.value))
    names = () if field.quoted else (*provinces(), *labels(field.name, lexicon))
    return not any(fold(spelled(name)).startswith(f"{begun} ") for name in names) and not field_keys(
        field.name, field.value, lexicon)


def known(facet: str, value: str) -> bool:
    """Whether our own tables know a value that no article holds."""
    if facet in YEARS:
        return value.isdigit() and len(value) == 4
    if facet in ("province", "now"):
        return value == UNKNOWN or bare_name(value) in provinces()
    if facet in ("district", "commune"):
        return value == UNKNOWN or any(is_place(name, facet) for name in names_of(value.replace(", ", "@", 1)))
    return value == UNKNOWN or fold(spelled(value)) in {fold(spelled(each)) for each in own_values(facet)}


def own_values(facet: str) -> Iterator[str]:
    """The values that our tables name for a facet; nothing for facets whose values only articles give."""
    if facet == "zone":
        yield from (row["zone"] for rows in zones().values() for row in rows)
    elif facet == "region":
        yield from (value for number in range(1, 10) for value in (str(number), f"Quân khu {number}"))
    elif facet == "topic":
        yield from column("topics.csv", "topic")
    elif facet == "role":
        yield from column("roles.csv", "role")
    elif facet == "dated":
        yield from DATED


def nearest(facet: str, value: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The labels of the values most like an unknown one by their letters, the nearest first; () where none is like it.

    Compared letter by letter are those only that share most pairs of letters with it.
    """
    typed = fold(spelled(value))
    pairs = pairs_of(typed)
    rows = [*(people(lexicon) if facet == "official" else
              ((shown, form) for shown in labels(facet, lexicon) for form in forms_of(shown)))]
    likely = nlargest(COMPARED, rows, key=lambda row: overlap(pairs, pairs_of(row[1])))
    alike = sorted(((SequenceMatcher(None, typed, form, autojunk=False).ratio(), shown) for shown, form in likely),
                   key=lambda row: -row[0])
    kept = [shown for ratio, shown in alike if ratio >= max(LEAST_ALIKE, alike[0][0] - AS_GOOD)]
    return tuple(dict.fromkeys(kept))[:NEAREST]


def people(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The names of officials, as shown and as compared."""
    yield from ((label("official", key), fold(key.rpartition("@")[0])) for key in names(lexicon).all())


def forms_of(shown: str) -> Iterator[str]:
    """What a label is compared by, without accents: whole, without its province, and without its unit word too."""
    yield from dict.fromkeys(fold(form) for form in (spelled(shown), *names_of(shown.partition(",")[0])))


def pairs_of(form: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a spelling."""
    return frozenset(map("".join, pairwise(f" {form} ")))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How many pairs two spellings share, of all they have (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other))


def labels(facet: str, lexicon: Lexicon) -> Iterator[str]:
    """How the values of a facet are shown, those of most articles where there are very many; provinces all."""
    if facet in ("province", "now"):
        yield from dict.fromkeys(provinces().values())
        return
    rows = [row for row in lexicon.terms(facet) if row[0] != UNKNOWN]
    for key, _ in nlargest(LOOKED_AT, rows, key=lambda row: row[1]):
        yield label(facet, key)

