"""Tables as CSV that spreadsheets open as they are meant: UTF-8 with a mark, and no cell run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

MARK = "\ufeff"  # without it a spreadsheet on Windows reads UTF-8 as the local code page
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180, CR LF), the mark before the first. None becomes an empty cell.

    A text that a spreadsheet would run (first letter = + - @, OWASP's list) gets an apostrophe in front; numbers stay.
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
    # A formula may hide behind white space, which some programs strip on import.
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(FORMULA):
        return f"'{cell}"
    return cell
