"""Text files with one record per line. Only a newline ends a line.

`str.splitlines` also splits at U+0085, U+2028 and U+2029, which texts, ids and file names may contain. `json_line`
escapes these characters, so that both ways of reading give the same lines.
"""

from __future__ import annotations

import json
import re

# Characters that str.splitlines splits at, and lone surrogates (from file names that are not UTF-8).
SEPARATORS = re.compile("[\x85\u2028\u2029\ud800-\udfff]")


def json_line(value: object) -> str:
    """`value` as JSON on one line, without the newline. Vietnamese letters are not escaped."""
    return SEPARATORS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def is_json(line: bytes) -> bool:
    """Whether a line is whole JSON: the rest of an interrupted write is not."""
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def lines_of(text: str) -> list[str]:
    """The lines of a text, without their ends ("\\n" or "\\r\\n")."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines if lines[-1] else lines[:-1]
