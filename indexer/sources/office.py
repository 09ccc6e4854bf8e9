"""Documents that portals publish their reports as: PDF and DOCX. Needs the extra `documents`.

Text, title, author and day come from the document itself; the day it was created is the last resort for one without
any other. A PDF of scanned pages has no text, and is told so.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from indexer.model import Article, Problem, StatedDate
from indexer.sources.authors import person
from indexer.sources.chrome import says_nothing
from indexer.sources.dates import VIET_NAM, find_date
from indexer.sources.document import content
from indexer.sources.found import Found
from indexer.sources.listing import Limits, SourceFile
from indexer.sources.text import read_text
from indexer.sources.tidy import tidy

SCANNED = "the PDF has no text: its pages are pictures (scanned); read them with OCR first"
LOCKED = "the PDF is locked with a password"
BROKEN = "not a {} document: {}"
NO_TEXT = "there is no text in the document"
LONGEST_TEXT = 5_000_000  # characters
MOST_PAGES = 2_000
A_PAGE = 20  # characters on average that a page with text has
# Lines of a letter's head, which are no title: "ỦY BAN NHÂN DÂN", "Số: 12/BC-BCH", "CỘNG HÒA XÃ HỘI …".
LETTERHEAD = re.compile(
    r"(?:cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|độc lập\s?[-–]\s?tự do\s?[-–]\s?hạnh phúc|số\s?:?\s?[\d./]*\S{0,30}"
    r"|đảng cộng sản việt nam|bộ quốc phòng|quân khu \d|.{0,30}(?:ủy|uỷ) ban nhân dân.{0,40}|(?:bộ|ban) (?:chỉ huy"
    r"|tư lệnh).{0,50}"
    r"|[-–_*=.\s]{1,40}|kính gửi.{0,80})",
    re.IGNORECASE,
)
# The kinds of papers, which stand above what they are about: "BÁO CÁO" / "Kết quả công tác quốc phòng …".
KINDS = re.compile(
    r"(?:báo cáo|kế hoạch|thông báo|quyết định|công văn|nghị quyết|chỉ thị|hướng dẫn|tờ trình|kết luận)", re.IGNORECASE
)
PLACE_AND_DAY = re.compile(r"[^\d\n]{2,40},\s?ngày\s?(\d{1,2})\s?tháng\s?(\d{1,2})\s?năm\s?(\d{4})$", re.IGNORECASE)
FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|rtf|odt|xlsx?)$|^microsoft word\s?-|^untitled|^document\d*$|[_\\/]|^\S*$", re.IGNORECASE
)
HEAD_LINES = 25


def read_pdf(file: SourceFile, limits: Limits) -> Iterator[Article | Problem]:
    """The article of a PDF, or why it has none."""
    yield read_document(file, limits, pdf_text)


def read_docx(file: SourceFile, limits: Limits) -> Iterator[Article | Problem]:
    """The article of a Word document, or why it has none."""
    yield read_document(file, limits, docx_text)


class Unreadable(Exception):
    """The document gives no text; the message says why in one plain sentence."""


Properties = tuple[str, str, datetime | None]  # what the document says of itself: title, author, time of creation
Reader = Callable[[bytes, int], tuple[list[str], Properties]]


def read_document(file: SourceFile, limits: Limits, reader: Reader) -> Article | Problem:
    """The article that `reader` finds in the file, under its path. A document is never larger unpacked than a line of
    an archive may be: `Limits.stream` bounds it."""
    data = content(file, limits)
    if isinstance(data, Problem):
        return data
    try:
        lines, properties = reader(data, limits.stream)
    except Unreadable as why:
        return Problem(file.relative, None, str(why))
    except Exception as error:  # whatever the libraries throw at a broken or hostile document
        kind = file.suffix.removeprefix(".").upper()
        return Problem(file.relative, None, BROKEN.format(kind, type(error).__name__))
    found = found_in(lines, properties)
    if isinstance(found, str):
        return Problem(file.relative, None, NO_TEXT)
    found = found if found.title else replace(found, title=PurePosixPath(file.relative).stem)
    return found.as_article(file.relative, file.relative)


def found_in(lines: list[str], properties: Properties) -> Found | str:
    """The article in a document's lines, with what it says of itself where the lines say nothing."""
    given, author, created = properties
    signed_on = [day for line in lines[:HEAD_LINES] if (day := place_and_day(line))]
    title = "" if FILE_NAME.search(given) or says_nothing(given) else tidy(given).replace("\n", " ")
    lines = without_letterhead(lines)
    heading, lines = headline(lines) if not title else (title, lines)
    found = read_text("\n".join(lines), heading)
    if isinstance(found, str):
        return found
    stamps = [StatedDate(day, "header") for day in signed_on[:1]] + list(found.stamps)
    if not stamps and created:
        stamps = [StatedDate(created.astimezone(VIET_NAM).date().isoformat(), "meta")]
    return replace(found, stamps=tuple(stamps), author=found.author or person(author, None, None))


def place_and_day(line: str) -> str | None:
    """The day in the line that letters carry above their text: "Chư Sê, ngày 22 tháng 9 năm 2025"."""
    return find_date(line) if PLACE_AND_DAY.fullmatch(line.strip(" ()")) else None


def without_letterhead(lines: list[str]) -> list[str]:
    """Without the lines at the head that name the office, the number and the day of a letter."""
    return [line for n, line in enumerate(lines)
            if n >= HEAD_LINES or not (LETTERHEAD.fullmatch(line.strip()) or place_and_day(line))]


def headline(lines: list[str]) -> tuple[str, list[str]]:
    """The title at the head of a document and the lines behind it: the kind of paper goes with what it is about, and a
    title broken over several lines in capitals is one."""
    if not lines or not (KINDS.fullmatch(lines[0].strip()) or lines[0].isupper()):
        return "", lines
    behind_kind = bool(KINDS.fullmatch(lines[0].strip()))
    count = 1
    while count < min(4, len(lines)) and len(lines[count]) < 200 and not lines[count].endswith("."):
        if not (lines[count].isupper() or (count == 1 and behind_kind)):
            break
        count += 1
    return " ".join(line.strip() for line in lines[:count]), lines[count:]


def pdf_text(data: bytes, limit: int) -> tuple[list[str], Properties]:
    """The paragraphs of a PDF, without what every page repeats, and its properties."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(LOCKED)
    pages: list[list[str]] = []
    for page in reader.pages[:MOST_PAGES]:
        pages.append(tidy(page.extract_text() or "").split("\n"))
        if sum(len(line) for lines in pages for line in lines) > LONGEST_TEXT:
            break
    if sum(len(line) for lines in pages for line in lines) < A_PAGE * max(1, len(pages)):
        raise Unreadable(SCANNED)
    about = reader.metadata
    created = about.creation_date if about else None
    said = (str(about.title or ""), str(about.author or "")) if about else ("", "")
    return paragraphs(without_repeats(pages)), (*said, created)


def without_repeats(pages: list[list[str]]) -> list[str]:
    """The lines of all pages, without page numbers and the heads and feet that most pages repeat."""
    edges = Counter(line for lines in pages for line in {*lines[:1], *lines[-1:]})
    repeated = {line for line, count in edges.items() if count > 2 and count > len(pages) / 2}
    every = [line for lines in pages for line in lines]
    return [line for line in every if line and line not in repeated and not line.strip("- –/").isdigit()]


def paragraphs(lines: list[str]) -> list[str]:
    """A PDF breaks its lines where the page ends: a line that breaks off in a sentence goes on with the next."""
    widest = max(map(len, lines), default=0)
    made: list[str] = []
    for line in lines:
        if made and goes_on(made[-1], line, widest):
            made[-1] = f"{made[-1]} {line}"
        else:
            made.append(line)
    return made


def goes_on(before: str, line: str, widest: int) -> bool:
    """Whether a line is the rest of the one before: that filled the page's width, or ends within a sentence."""
    ended = before.endswith((".", "!", "?", "…", ":", ";", "./."))
    long_line = len(before.rsplit("\n", 1)[-1]) % max(1, widest) > 0.7 * widest or len(before) > widest
    if before.isupper() != line.isupper():
        return False
    return line[:1].islower() or (not ended and long_line)


def docx_text(data: bytes, limit: int) -> tuple[list[str], Properties]:
    """The paragraphs and table cells of a Word document in their order, and its properties."""
    import zipfile

    import docx

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > min(limit, 20 * LONGEST_TEXT):
            raise Unreadable("the document unpacks to more than is read")
    document = docx.Document(io.BytesIO(data))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(cell.text for cell in row.cells)
                lines += [line for cell in cells for line in tidy(cell).split("\n") if line]
        else:
            lines += [line for line in tidy(block.text).split("\n") if line]
    about = document.core_properties
    return lines, (about.title or "", about.author or "", about.created)
