"""From what a reader types to a syntax tree. Never fails, reads each character a bounded number of times.

The language is described in docs/query-language.md. What cannot be read as an operator is kept: it is listed in
`Parsed.unread` and searched as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.model.facets import BY_NAME
from indexer.search.query.days import days
from indexer.search.query.tokens import FIELDS, Token, operators, scan
from indexer.search.query.tree import Chunk, Either, Every, Exclude, Field, Leaf, Quote, Range, Stem, Tree
from indexer.text import normalize, shown, syllables

MAX_CHARACTERS = 1000
MAX_TERMS = 64
MAX_NESTING = 10
MAX_SLOP = 99

STEM = re.compile(r"([^\W\d_]+(?:'[^\W\d_]+)*)\*[.,;:!?]*")
YEARS = re.compile(r"(\d{4})?(?:\.\.+|-)(\d{4})?|(\d{4})")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as read: `text` as it is shown, the tree over it, and the parts no rule could read."""

    text: str
    tree: Every
    unread: tuple[str, ...] = ()


def parse(text: str) -> Parsed:
    """The syntax tree of `text`. Never raises; longer or deeper queries than the bounds above are cut, and say so."""
    whole = shown(text).strip()
    kept, rest = cut(whole)
    tokens = operators(list(scan(normalize(kept))))
    builder = Builder(kept)
    for token in tokens:
        builder.take(token)
    tree = builder.finish()
    return Parsed(whole, tree, (*builder.unread, *rest))


def cut(text: str) -> tuple[str, list[str]]:
    """`text` up to the bound, not within a word, and what was left out."""
    if len(text) <= MAX_CHARACTERS:
        return text, []
    border = text.rfind(" ", 0, MAX_CHARACTERS)
    border = border if border > 0 else MAX_CHARACTERS
    return text[:border], [brief(text[border:])]


def brief(text: str) -> str:
    """A part of the query on one line, at most 60 characters of it."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:60] + "…"


class Frame:
    """An open parenthesis, or the whole query: alternatives, each a list of parts."""

    def __init__(self, excluded: bool = False) -> None:
        self.excluded = excluded
        self.alternatives: list[list[Tree]] = [[]]

    def node(self) -> Every | Either:
        """What the frame says. Fields and exclusions beside words hold for every alternative of an OR."""
        if len(self.alternatives) == 1:
            return Every(tuple(self.alternatives[0]))
        shared: list[Tree] = []
        readings = tuple(self.reading(part, shared) for part in self.alternatives if part)
        return Every((Either(readings), *shared))

    @staticmethod
    def reading(part: list[Tree], shared: list[Tree]) -> Tree:
        """The tree of one alternative; filters beside its words go to `shared`, which holds for all alternatives."""
        if isinstance(part[0], Field) and not part[0].quoted:  # what follows may belong to its value: tỉnh:Kon Tum
            return Every(tuple(part))
        words = [node for node in part if not isinstance(node, (Field, Range, Exclude))]
        if words:
            shared += [node for node in part if isinstance(node, (Field, Range, Exclude))]
        return Every(tuple(words or part))


class Builder:
    """Puts tokens together; one stack entry for each open parenthesis."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack = [Frame()]
        self.unread: list[str] = []
        self.excluding = False
        self.too_deep = 0
        self.terms = 0
        self.cut_at: int | None = None

    def take(self, token: Token) -> None:
        """Add a token of any kind to the tree."""
        handler = getattr(self, f"take_{token.kind}")
        handler(token.match)

    def take_open(self, found: re.Match[str]) -> None:
        """Begin a group; one nested too deep is noted as unread."""
        if len(self.stack) > MAX_NESTING:
            self.too_deep += 1
            self.note("(")
        else:
            self.stack.append(Frame(self.excluding))
            self.excluding = False

    def take_close(self, found: re.Match[str]) -> None:
        """End a group; one that never began is noted as unread."""
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.stack) > 1:
            frame = self.stack.pop()
            self.excluding = frame.excluded
            self.put(frame.node())
        else:
            self.note(")")

    def take_minus(self, found: re.Match[str]) -> None:
        """Exclude what follows."""
        self.excluding = True

    take_not = take_minus

    def take_or(self, found: re.Match[str]) -> None:
        """Begin the next alternative."""
        if self.stack[-1].alternatives[-1]:
            self.stack[-1].alternatives.append([])

    def take_and(self, found: re.Match[str]) -> None:
        """Both sides are wanted anyway."""

    def take_stray(self, found: re.Match[str]) -> None:
        """Note what is no part of the language as unread."""
        self.note(found.group())

    def take_quote(self, found: re.Match[str]) -> None:
        """Add a phrase."""
        text = self.text[slice(*found.span("inside"))]
        slop = min(int(found["slop"] or 0), MAX_SLOP)
        if syllables(text):
            self.leaf(Quote(text, *found.span(), bool(found["exactly"]), slop))

    def take_field(self, found: re.Match[str]) -> None:
        """Add a field with its value; where the value makes no sense its words are searched for, and the field is
        noted."""
        group = "value" if found["value"] else "quoted"
        value = self.text[slice(*found.span(group))].strip(" ,;!?")
        name = FIELDS[found["field"].lower()]
        leaf = self.field(name, value, group == "quoted", *found.span())
        if leaf is None:
            self.note(found.group())
            self.words(*found.span(group))
        else:
            self.leaf(leaf)

    @staticmethod
    def field(name: str, value: str, quoted: bool, start: int, end: int) -> Field | Range | None:
        """A field's leaf; None where the value cannot be one."""
        if not syllables(value):
            return None
        reader = BY_NAME[name].reader if name in BY_NAME else ""
        if reader == "days":
            span = days(value)
            return Range(name, span.low, span.high, start, end) if span else None
        if reader != "years":
            return Field(name, value if quoted else value.rstrip("."), start, end, quoted)
        years = YEARS.fullmatch(value)
        if years is None:
            return None
        low, high, only = years.groups()
        return Range(name, only or low, only or high, start, end)

    def take_word(self, found: re.Match[str]) -> None:
        """Add a word, or a prefix where it ends in "*"."""
        stem = STEM.fullmatch(found.group())
        if stem and len(stem[1]) >= 2:
            self.leaf(Stem(stem[1], *found.span()))
            return
        if "*" in found.group():
            self.note(found.group())
        self.words(*found.span())

    def words(self, start: int, end: int) -> None:
        """The characters from `start` to `end` as chunks: "28-NQ/TW" is one, "Hà,Huế" two."""
        typed = self.text[start:end]
        literal = typed.startswith("=")
        for first, last in chunks(typed):
            self.leaf(Chunk(typed[first:last], start + first, start + last, literal))
        self.excluding = False

    def leaf(self, leaf: Leaf) -> None:
        """Add a leaf; from MAX_TERMS on the rest of the query is left out."""
        self.terms += 1
        if self.terms <= MAX_TERMS:
            self.put(leaf)
        elif self.cut_at is None:
            self.cut_at = leaf.start

    def put(self, node: Tree) -> None:
        """Add a node to the alternative being read."""
        if isinstance(node, Every) and not node.nodes:
            return
        self.stack[-1].alternatives[-1].append(Exclude(node) if self.excluding else node)
        self.excluding = False

    def note(self, text: str) -> None:
        """Remember a part of the query that could not be read."""
        self.unread.append(brief(text))

    def finish(self) -> Every:
        """The tree; what is still open is closed, and named."""
        while len(self.stack) > 1:
            self.note("(")
            frame = self.stack.pop()
            self.excluding = frame.excluded
            self.put(frame.node())
        if self.cut_at is not None:
            self.note(self.text[self.cut_at :])
        node = self.stack[0].node()
        return node if isinstance(node, Every) else Every((node,))


# Within one chunk: nothing ("QK7"), one sign ("28-NQ/TW", "và/hoặc"), or a decimal comma ("1,66").
JOINT = re.compile(r"[-/.&_:@+']?")


def chunks(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) spans of `text` (without white space) that belong together as one number, name or word."""
    first = last = -1
    for syllable in syllables(text):
        if last < 0 or not joined(text, last, syllable.start):
            if last >= 0:
                yield first, last
            first = syllable.start
        last = syllable.end
    if last >= 0:
        yield first, last


def joined(text: str, end: int, start: int) -> bool:
    """Whether two syllables belong to one word: nothing but a joint is between them, or a comma between digits."""
    gap = normalize(text[end:start])
    return bool(JOINT.fullmatch(gap)) or (gap == "," and text[end - 1].isdigit() and text[start].isdigit())
