"""Made-up documents: PDFs with and without text, Word documents, crawlers' archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""


def pdf(pages: Sequence[Sequence[str]], title: str = "", created: str = "") -> bytes:
    """A PDF whose pages hold these lines; its font maps every code to the character of that number."""
    kids = " ".join(f"{7 + 2 * n} 0 R" for n in range(len(pages)))
    named = f"\ufeff{title}".encode("utf-16-be").hex()
    about = (f"/Title <{named}> " if title else "") + (f"/CreationDate (D:{created})" if created else "")
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R] "
        "/ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 500 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        stream(UNICODE),
        f"<< {about} >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -16 Td " for line in lines)
        objects += [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {8 + 2 * number} 0 R "
                    "/Resources << /Font << /F 3 0 R >> >> >>", stream(f"BT /F 12 Tf 40 760 Td {shown} ET")]
    return whole(objects)


def stream(text: str) -> str:
    return f"<< /Length {len(text)} >> stream\n{text}\nendstream"


def whole(objects: list[str]) -> bytes:
    made = io.BytesIO(b"%PDF-1.7\n")
    made.seek(0, io.SEEK_END)
    places = []
    for number, each in enumerate(objects, 1):
        places.append(made.tell())
        made.write(f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1"))
    start = made.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    made.write(f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R /Info 6 0 R >>\n"
               f"startxref\n{start}\n%%EOF".encode())
    return made.getvalue()


def docx(lines: Sequence[str], title: str = "", author: str = "", created: datetime | None = None,
         table: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word document of these paragraphs, then a table."""
    import docx as word

    made = word.Document()
    for line in lines:
        made.add_paragraph(line)
    if table:
        rows = made.add_table(len(table), len(table[0]))
        for row, cells in zip(rows.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    made.core_properties.title, made.core_properties.author = title, author
    made.core_properties.created = created or datetime(2025, 9, 23, 3, 0)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


Answer = tuple[str, str, bytes, str, str]  # address, capture time, body, status, content type


def answer(url: str, body: str, at: str = "2026-03-01T02:03:04Z", status: str = "200 OK",
           kind: str = "text/html; charset=utf-8") -> Answer:
    return url, at, body.encode(), status, kind


def warc(answers: Sequence[Answer], gzip: bool = False) -> bytes:
    """A crawler's archive of these answers, with the requests that led to them."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    made = io.BytesIO()
    writer = WARCWriter(made, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "made up"}))
    for url, at, body, status, kind in answers:
        http = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "a.vn")], is_http_request=True)
        when = {"WARC-Date": at}
        writer.write_record(writer.create_warc_record(url, "request", http_headers=asked, warc_headers_dict=dict(when)))
        writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body), len(body), http_headers=http,
                                                      warc_headers_dict=dict(when)))
    return made.getvalue()


def wacz(answers: Sequence[Answer]) -> bytes:
    """The same, packed as browsers' crawlers do."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("datapackage.json", "{}")
        for number, each in enumerate(answers):
            packed.writestr(f"archive/data-{number}.warc.gz", warc([each], gzip=True))
    return made.getvalue()
