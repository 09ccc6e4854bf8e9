"""Tables as CSV that spreadsheets open as they are meant: UTF-8 with a mark, and no cell run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category

MARK = "\ufeff"  # without it a spreadsheet on Windows reads UTF-8 as the local code page
FORMULA = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "＝", "＋", "－", "＠", "｜", "％")
UNSEEN = {"Zs", "Zl", "Zp", "Cf", "Cc", "Mn"}  # categories of characters that take no place or are stripped on import


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180, CR LF), the mark before the first. None becomes an empty cell.

    A text that a spreadsheet would run (first letter = + - @, OWASP's list, and | %) gets an apostrophe in front;
    numbers stay.
    """
    yield MARK + line(header)
    yield from map(line, rows)


def line(cells: Sequence[object]) -> str:
    """One line of a CSV file (RFC 4180), its end included."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return written.getvalue()


def harmless(cell: object) -> object:
    """`cell` as a spreadsheet may have it."""
    if cell is None:
        return ""
    # A formula may hide behind white space and unseen characters, which some programs strip on import.
    if isinstance(cell, str) and (cell.startswith(FORMULA) or seen(cell).startswith(FORMULA)):
        return f"'{cell}"
    return cell


def seen(cell: str) -> str:
    """The text from the first character that is seen."""
    return cell[next((at for at, each in enumerate(cell) if category(each) not in UNSEEN), len(cell)):]
