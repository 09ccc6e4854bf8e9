"""The tokens of a query: words, quotes, fields, parentheses, and the words that stand as operators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.model.facets import FACETS
from indexer.text import fold

TITLE = {"tít": "title", "title": "title"}  # asked of the text, not of a facet
# Names a reader may type before a colon, with and without accents, and what each one asks: a facet, or the title.
TYPED = {name: spec.name for spec in FACETS for name in spec.fields} | TITLE
FIELDS = TYPED | {fold(name): asked for name, asked in TYPED.items()}
OPERATORS = {"NOT": "not", "OR": "or", "HOẶC": "or", "AND": "and", "VÀ": "and"}

NAMES = "|".join(sorted(FIELDS, key=len, reverse=True))
TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<open>\() | (?P<close>\))
  | (?:(?<![^\s(\-])(?P<field>(?i:{NAMES})):(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s"()]+)))
  | (?P<minus>(?<![^\s(])-(?=[^\W\d]|["(=]))
  | (?P<quote>(?P<exactly>=)?"(?P<inside>[^"]*)"(?:~(?P<slop>\d{{1,4}}))?)
  | (?P<word>[^\s"()]+)
  | (?P<stray>.)
    """,
    re.VERBOSE,
)
OPERANDS = {"word", "quote", "field"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the query: what kind it is, and the match of its pattern."""
    kind: str
    match: re.Match[str]

    @property
    def text(self) -> str:
        """The piece as it stands in the normalised query."""
        return self.match.group()


def scan(text: str) -> Iterator[Token]:
    """The tokens of a normalised text, without the white space."""
    for found in TOKEN.finditer(text):
        kind = next(k for k in ("space", "open", "close", "field", "minus", "quote", "word", "stray") if found[k])
        if kind != "space":
            yield Token(kind, found)


def operators(tokens: list[Token]) -> list[Token]:
    """`tokens` with NOT, OR, AND recognised where they stand as operators and not as words of a capitalised text."""
    mixed = any(map(str.islower, "".join(t.text for t in tokens)))
    read: list[Token] = []
    for place, token in enumerate(tokens):
        kind = OPERATORS.get(token.text) if token.kind == "word" else None
        after = tokens[place + 1].kind if place + 1 < len(tokens) else ""
        before = read[-1].kind if read else ""
        read.append(Token(kind, token.match) if kind and stands(kind, before, after, mixed) else token)
    return read


def stands(kind: str, before: str, after: str, mixed: bool) -> bool:
    """Whether an operator of `kind` makes sense between tokens of the kinds `before` and `after`."""
    if after not in OPERANDS | {"open", "minus"}:
        return False
    return kind == "not" or (mixed and before in OPERANDS | {"close"})
