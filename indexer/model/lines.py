"""Text files of one record a line, where only a newline ends a line.

`str.splitlines` also ends a line at U+0085, U+2028 and U+2029, which ids, file names and texts may contain. A record is
written so that both ways of reading give the same lines.
"""

from __future__ import annotations

import json
import re

# Line ends to some readers, and lone surrogates (file names that are no UTF-8), which UTF-8 cannot write.
SEPARATORS = re.compile("[\x85\u2028\u2029\ud800-\udfff]")


def json_line(value: object) -> str:
    """`value` as JSON on one line, without its newline; Vietnamese stands as it is."""
    return SEPARATORS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def lines_of(text: str) -> list[str]:
    """The lines of a text, each without its end (a newline, or return and newline)."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines if lines[-1] else lines[:-1]
