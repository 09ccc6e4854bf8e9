"""The tokens of a query: words, quotes, fields, parentheses, and the words that stand as operators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Names a reader may type before a colon, and the facet each one asks ("post" and "title" are asked of the text).
FIELDS = {
    "tỉnh": "province",
    "tinh": "province",
    "tỉnhnay": "now",
    "tinhnay": "now",
    "huyện": "district",
    "huyen": "district",
    "xã": "commune",
    "xa": "commune",
    "phường": "commune",
    "phuong": "commune",
    "vùng": "zone",
    "vung": "zone",
    "quânkhu": "region",
    "quankhu": "region",
    "năm": "year",
    "nam": "year",
    "ngày": "day",
    "ngay": "day",
    "về": "about",
    "ve": "about",
    "suyra": "dated",
    "người": "official",
    "nguoi": "official",
    "chức": "post",
    "chuc": "post",
    "nguồn": "source",
    "nguon": "source",
    "tít": "title",
    "tit": "title",
    "province": "province",
    "provincenow": "now",
    "district": "district",
    "commune": "commune",
    "zone": "zone",
    "militaryregion": "region",
    "year": "year",
    "date": "day",
    "about": "about",
    "inferred": "dated",
    "person": "official",
    "post": "post",
    "source": "source",
    "title": "title",
}
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
