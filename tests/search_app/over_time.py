"""A small archive whose articles lie on both sides of July 2025, some dated only to their month or year."""

from __future__ import annotations

import csv
import html
import io
import json
import re

from indexer.ingest.run import build

SOURCES = ("Báo Kon Tum", "Báo Gia Lai", None)
DATES = ("2021-05-04", "2023-11-20", "2024-02-26", "2024-02-27", "2024-03-01", "2024-03", "2024", "2024-12-31",
         "2025-06-30", "2025-07-01", "2025-07-02", "2026-01-15", None)
CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL)


def write_archive(folder):
    """Builds the index in `folder`: an article for each date, every second about conscription, by turns of a source."""
    rows = [
        {"id": f"a{n}", "date": date, "source": SOURCES[n % 3], "title": f"Tin số {n} của tỉnh {place(date, n)}",
         "text": f"Tỉnh {place(date, n)} {'tuyển quân' if n % 2 else 'huấn luyện'} lần thứ {n}."
                 f"{' Đoàn ra thăm Trường Sa.' if n in (3, 4) else ''}"}
        for n, date in enumerate(DATES)
    ]
    corpus = folder / "corpus"
    corpus.mkdir()
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    (corpus / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build(folder / "index", [str(corpus)], default_path=str(corpus), workers=1)
    return folder / "index"


def place(date, n):
    return "Gia Lai" if n % 3 or (date or "") > "2025-07" else "Kon Tum"


def total(client, href):
    """How many articles an address leads to."""
    return client.get(html.unescape(href).replace("/search", "/api/search", 1)).json["total"]


def table(page):
    """The rows of the page's first table with its markup."""
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    return [CELL.findall(row) for row in re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL)] if body else []


def rows_of(client, address):
    """The rows of a CSV file as dictionaries."""
    return list(csv.DictReader(io.StringIO(client.get(address).get_data(as_text=True).removeprefix("\ufeff"))))
