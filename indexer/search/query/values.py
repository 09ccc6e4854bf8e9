"""From the value a reader typed for a field to the facet keys of the index: tỉnh:"kon tum" -> Kon Tum."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.entities.facets import GIVEN, INFERRED, UNKNOWN, names
from indexer.entities.places import gazetteer, present, province_named
from indexer.model import AnyOf, Filter
from indexer.model.facets import BY_NAME
from indexer.search.query.bindings import bind
from indexer.search.query.days import FACET as DAY
from indexer.search.query.days import days, within
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.parser import chunks
from indexer.search.query.spelled import spelled
from indexer.search.query.tree import Chunk, Either, Every, Exclude, Field, Keys, Tree
from indexer.text import fold, syllables

MAX_KEYS = 500
MAX_VALUE_CHUNKS = 5
NOT_INFERRED = (GIVEN, UNKNOWN)  # the dates that stand when inferred ones are left out
UNITS = ("tinh ", "thanh pho ", "tp ")
LOCAL_UNITS = ("thành phố ", "thị xã ", "huyện ", "quận ", "phường ", "đặc khu ", "xã ")


@dataclass(frozen=True, slots=True)
class Resolved:
    """The tree with every value understood or turned back into words, and the parts that were not understood."""

    tree: Every
    unread: tuple[str, ...] = ()


def resolve(tree: Every, text: str, lexicon: Lexicon) -> Resolved:
    """`tree` with the values of place, official and source fields looked up.

    An unquoted value takes the following words along as long as they belong to a known name: tỉnh:Kon Tum. A value
    nobody knows is noted and searched as words. `text` is what the tree was read from.
    """
    resolver = Resolver(text, lexicon)
    resolved = resolver.every(tree)
    return Resolved(resolved, tuple(resolver.unread))


def field_keys(facet: str, value: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The keys a field's value means, in any case, with or without accents; () when there is none.

    People are found by any part of their name, sources by any part of their address.
    """
    return finder(facet)(facet, value, lexicon)[:MAX_KEYS]


def filter_keys(facet: str, value: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The keys a chosen filter means: the key itself, else those shown under that name; () when there is none."""
    if lexicon.frequency(facet, value):
        return (value,)
    whole = same if finder(facet) in OF_PARTS else finder(facet)
    return whole(facet, value, lexicon)[:MAX_KEYS]


def filter_of(facet: str, values: Sequence[str], lexicon: Lexicon) -> Filter:
    """Chosen values as a filter: as keys where the index knows them, else as they are; spans of days as such."""
    if facet == DAY:
        spans = (days(value) for value in values)
        return Filter(facet, tuple(values), AnyOf(tuple(within(span) for span in spans if span)))
    found = (key for value in values for key in filter_keys(facet, value, lexicon) or (value,))
    return Filter(facet, tuple(dict.fromkeys(found)))


def same(facet: str, value: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Keys that read like the value, or are shown like it; with the same accents if there are such."""
    wanted = spelled(value)
    alike = [(key, set(map(spelled, names(facet, key)))) for key, _ in lexicon.terms(facet)]
    exact = tuple(key for key, known in alike if wanted in known)
    return exact or tuple(key for key, known in alike if fold(wanted) in map(fold, known))


def places(facet: str, value: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The province of that name, held by articles or not; in the present map a former province is what it became."""
    name = provinces().get(bare_name(value))
    if name is None:
        return same(facet, value, lexicon)
    return (present(name) if facet == "now" else name,)


def bare_name(value: str) -> str:
    """The name in a value, accent-free, without its unit word where it has one ("tinh kon tum")."""
    name = fold(spelled(value))
    unit = next(filter(name.startswith, UNITS), "")
    return name if name in provinces() else name.removeprefix(unit)


@cache
def provinces() -> dict[str, str]:
    """Provinces of all times by every spelling, without accents, apart and in one: "gia lai", "gialai"."""
    known = {spelling: province_named(spelling) for spelling in gazetteer().names["province"]}
    apart = {fold(spelled(spelling)): name for spelling, name in known.items() if name}
    return {spelling.replace(" ", ""): name for spelling, name in apart.items()} | apart


def dated(facet: str, value: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Whether articles whose date is inferred count: suyra:không leaves them out, suyra:có leaves nothing else."""
    answers = {"khong": NOT_INFERRED, "no": NOT_INFERRED, "co": (INFERRED,), "yes": (INFERRED,)}
    return answers.get(fold(spelled(value)), ())


def parts(facet: str, value: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Values of that name, else those one of whose names holds it: nguồn:baokontum -> baokontum.com.vn."""
    wanted = f" {fold(spelled(value))} "
    held = (key for key, _ in lexicon.terms(facet)
            if any(wanted in f" {fold(spelled(name))} " for name in names(facet, key)))
    return same(facet, value, lexicon) or tuple(held)


def people(facet: str, value: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The official with that key; else those whose name holds the value's syllables in a row.

    A syllable typed with an accent means that accent.
    """
    if "@" in value and lexicon.frequency(facet, value):
        return (value,)
    wanted = spelled(value)
    bare = f" {fold(wanted)} "
    named = ((key, key.partition("@")[0]) for key, _ in lexicon.terms(facet))
    maybe = [(key, name) for key, name in named if bare in f" {fold(name)} "]
    return tuple(key for key, name in maybe if in_a_row(wanted.split(), name.split()))


def in_a_row(wanted: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the wanted syllables stand in a row in a name, with or without accents."""
    starts = range(len(name) - len(wanted) + 1)
    return any(all(w in (n, fold(n)) for w, n in zip(wanted, name[at:], strict=False)) for at in starts)


def below(facet: str, value: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Districts or communes of that name, with or without unit word and province: huyện:"Châu Thành, Tiền Giang"."""
    wanted = spelled(value)
    found = [(key, name) for key, _ in lexicon.terms(facet) for name in names_of(key) if fold(name) == fold(wanted)]
    exact = [key for key, name in found if name == wanted]
    return tuple(dict.fromkeys(exact or (key for key, _ in found)))


def names_of(key: str) -> Iterator[str]:
    """How a place below the province may be written: "huyện Ea Kar", "Ea Kar", "Ea Kar, Đắk Lắk" and all three."""
    name, _, province = key.partition("@")
    for short in (name, name.removeprefix(next((u for u in LOCAL_UNITS if name.startswith(u)), ""))):
        yield spelled(short)
        yield spelled(f"{short} {province}")


def regions(facet: str, value: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Military regions by their number alone too: quânkhu:7."""
    return same(facet, value, lexicon) or same(facet, f"Quân khu {value}", lexicon)


Finder = Callable[[str, str, Lexicon], tuple[str, ...]]
# By `FacetSpec.reader`.
FINDERS: dict[str, Finder] = {
    "same": same, "places": places, "below": below, "regions": regions, "people": people, "parts": parts,
    "dated": dated,
}  # fmt: skip
OF_PARTS = (people, parts, dated)  # what a field may leave out or say in other words; a chosen filter must be whole


def finder(facet: str) -> Finder:
    """How a value of `facet` is looked up; facets without a row, or read elsewhere, by their whole name."""
    spec = BY_NAME.get(facet)
    return FINDERS.get(spec.reader, same) if spec else same


class Resolver:
    """Turns the fields of a parsed query into facet keys that the index knows. `unread` collects values that it does
    not."""
    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.unread: list[str] = []

    def every(self, tree: Every) -> Every:
        """The parts with their fields resolved and posts bound to people, provinces and years."""
        nodes: list[Tree] = []
        waiting = list(reversed(tree.nodes))
        while waiting:
            node = waiting.pop()
            nodes += self.field(node, waiting) if isinstance(node, Field) else [self.node(node)]
        return Every(tuple(bind(nodes, self.lexicon)))

    def node(self, node: Tree) -> Tree:
        """A part that is no plain field of its own."""
        if isinstance(node, Every):
            return self.every(node)
        if isinstance(node, Either):
            return Either(tuple(map(self.node, node.nodes)))
        if isinstance(node, Exclude):
            inner = self.every(Every((node.node,)))
            return Exclude(inner.nodes[0] if len(inner.nodes) == 1 else inner)
        return self.every(Every((node,))) if isinstance(node, Field) else node

    def field(self, field: Field, waiting: list[Tree]) -> list[Tree]:
        """The field's keys; words where its value is unknown. May take chunks from `waiting` (a stack)."""
        if field.name not in BY_NAME or not BY_NAME[field.name].reader:
            return [field]
        keys, end, taken = self.longest(field, waiting)
        if keys:
            del waiting[len(waiting) - taken :]
            return [Keys(field.name, keys, field.start, end)]
        self.unread.append(self.text[field.start : field.end])
        at = self.text.index(field.value, field.start) if field.value in self.text[field.start :] else field.start
        spans = list(chunks(field.value)) if " " not in field.value else self.spans(field.value)
        return [Chunk(field.value[a:b], at + a, at + b) for a, b in spans]

    @staticmethod
    def spans(value: str) -> list[tuple[int, int]]:
        """Where each syllable of a value begins and ends."""
        return [(s.start, s.end) for s in syllables(value)]

    def longest(self, field: Field, waiting: list[Tree]) -> tuple[tuple[str, ...], int, int]:
        """The keys of the longest known value, where it ends, and how many waiting chunks it takes."""
        best = field_keys(field.name, field.value, self.lexicon), field.end, 0
        for taken in range(1, MAX_VALUE_CHUNKS + 1) if not field.quoted else ():
            following = waiting[-taken:]
            if taken > len(waiting) or not all(isinstance(n, Chunk) and not n.literal for n in following):
                break
            last = following[0]
            end = last.end if isinstance(last, Chunk) else field.end
            value = self.text[field.end - len(field.value) : end]
            if "," in value or not (keys := field_keys(field.name, value, self.lexicon)):
                if field.name == "official" and best[0]:
                    break
                continue
            best = keys, end, taken
        return best

