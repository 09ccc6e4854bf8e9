"""Why an article is told: the words of the search that it holds, and for each filter the value that meets it, with the
words of the article that prove the value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.entities import label
from indexer.entities.facets import VALUES, told
from indexer.entities.post_keys import bound_of, post_key
from indexer.model import All, AnyOf, Between, Entities, Entry, Evidence, Node, Query, Value
from indexer.model.facets import BY_NAME
from indexer.operations.alerts.plain import one_line
from indexer.search.holdings import keyed_rows
from indexer.search.query.bindings import FACET as MENTION
from indexer.search.query.marker import Marker

WORDS = "words"
MOST_WORDS, MOST_VALUES = 8, 3


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason: what kind it is (`words`, or a facet), the value as shown, and the sentence that proves it, or ""."""

    kind: str
    value: str
    quote: str = ""


def reasons(entry: Entry, query: Query, marker: Marker, sentence: str, room: int) -> tuple[Reason, ...]:
    """Why `entry` is in the result of `query`. `sentence` is shown beside them and not quoted again; all that is quoted
    has at most `room` characters together with it."""
    found, room = list[Reason](), room - len(sentence)
    if words := words_in(entry, marker):
        found.append(Reason(WORDS, ", ".join(words[:MOST_WORDS])))
    for reason in of_conditions(entry, query):
        quote = one_line(reason.quote)
        fits = len(quote) <= room and quote not in sentence and quote != one_line(entry.article.title)
        room -= len(quote) if fits else 0
        found.append(Reason(reason.kind, one_line(reason.value), quote if fits else ""))
    return tuple(dict.fromkeys(found))


def words_in(entry: Entry, marker: Marker) -> list[str]:
    """The words and phrases of the search as the article spells them, each once; none that is part of another."""
    title, text = entry.article.title, entry.article.text
    spans = [(title, span) for span in marker.spans(title, title=True)] + [(text, span) for span in marker.spans(text)]
    words = dict.fromkeys(one_line(read[start:end]).lower() for read, (start, end) in spans)
    return [word for word in words if not any(f" {word} " in f" {other} " and word != other for other in words)]


def of_conditions(entry: Entry, query: Query) -> Iterator[Reason]:
    """The values that meet the filters, and the fields of the query language, with what proves each."""
    for facet, keys in conditions(query):
        held = [key for key in entry.keys.get(facet, ()) if not keys or key in keys]
        if facet == MENTION:
            yield from mentioned(entry, keys)
        elif facet in BY_NAME:
            for key in held[:MOST_VALUES]:
                evidence = PROOFS[facet](entry.entities, key) if facet in PROOFS else proof_of(facet, key, entry)
                yield Reason(facet, label(facet, key), evidence.quote if evidence else "")


def conditions(query: Query) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(facet, keys that meet it) of the filters and of the values in the match; () for a span of days or years."""
    for chosen in query.filters:
        yield chosen.facet, () if chosen.node else chosen.keys
    waiting: list[Node] = [query.match]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (All, AnyOf)):
            waiting += reversed(node.nodes)
        elif isinstance(node, Value):
            yield node.facet, node.keys
        elif isinstance(node, Between):
            yield node.facet, ()


def mentioned(entry: Entry, keys: tuple[str, ...]) -> Iterator[Reason]:
    """Who holds the post that a query asks for."""
    rows = [(key, row) for key, row in keyed_rows(entry) if key in keys]
    for key, row in rows[:MOST_VALUES]:
        yield Reason("official", f"{label('official', bound_of(key).person)} – {row.post_name}", row.sentence)


# --- the words that prove a value ----------------------------------------------------------------------------


def proof_of(facet: str, key: str, entry: Entry) -> Evidence | None:
    """The evidence of a facet whose values are told with theirs; None for others."""
    found = (each.evidence for each in told(facet, entry.entities, entry.article) if each.key == key)
    return next(found, None) if facet in VALUES else None


def first_province(entities: Entities, key: str) -> Evidence | None:
    """What the article's province rests on: its region and zone follow from it."""
    return next((each.evidence for each in entities.provinces if each.evidence), None)


def of_post(holds: Callable[[object, str], bool]) -> Callable[[Entities, str], Evidence | None]:
    """The sentence of the first post for which `holds(post, key)`."""
    def proof(entities: Entities, key: str) -> Evidence | None:
        return next((post.evidence or official.evidence for official in entities.officials for post in official.held
                     if holds(post, key)), None)

    return proof


PROOFS: dict[str, Callable[[Entities, str], Evidence | None]] = {
    "province": lambda known, key: next((p.evidence for p in known.provinces if p.name == key), None),
    "now": lambda known, key: next((p.evidence for p in known.provinces if p.now == key), None),
    "region": first_province,
    "zone": first_province,
    "official": lambda known, key: next((o.evidence for o in known.officials if o.key == key), None),
    "role": lambda known, key: next((r.evidence for o in known.officials for r in o.roles if r.name == key), None),
    "post": of_post(lambda post, key: post_key(post) == key),  # type: ignore[arg-type]
    "class": of_post(lambda post, key: post.cls == key),  # type: ignore[attr-defined]
    "level": of_post(lambda post, key: post.level == key),  # type: ignore[attr-defined]
    "year": lambda known, key: known.published.year_evidence or known.published.evidence,
    "day": lambda known, key: known.published.evidence,
}
