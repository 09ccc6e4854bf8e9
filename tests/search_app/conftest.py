"""A real index over a few articles written for these tests, built by the indexer itself."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from indexer.fetch.exchange import Answer
from indexer.fetch.state import PageState
from indexer.fetch.store import Store
from indexer.ingest.run import build
from indexer.model.settings import load
from search_app import create_app
from tests.workers import made_once

FETCHED = ("2022-01-21T03:00:00+00:00", "2022-01-20T03:00:00+00:00")  # when versions were fetched, the newest first
HOSTILE = (
    '<script>alert(1)</script><img src=x onerror=alert(2)> </p>'
    '<a href="javascript:alert(3)">"\' &lt;b&gt; {{ 7777*7777 }}'
)


def article(id, title, text, date=None, url=None, source=None):
    return {"id": id, "title": title, "text": text, "date": date, "url": url, "source": source}


ARTICLES = [
    article(
        "kontum/tuyen-quan",
        "Kon Tum sẵn sàng cho ngày hội tuyển quân",
        "Sáng 20/1, Bộ Chỉ huy Quân sự tỉnh Kon Tum họp bàn công tác tuyển quân năm 2022.\n"
        "Đại tá Trịnh Ngọc Sơn, Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh Kon Tum chủ trì cuộc họp.",
        "2022-01-20",
        "https://baokontum.example/tuyen-quan",
        "Báo Kon Tum",
    ),
    article(
        "kontum/dien-tap",
        "Diễn tập khu vực phòng thủ tỉnh Kon Tum",
        "Ngày 5/9/2023, tỉnh Kon Tum khai mạc diễn tập khu vực phòng thủ.\n"
        "Đại tá Trịnh Ngọc Sơn, Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh Kon Tum dự khai mạc.",
        "2023-09-05",
        "https://baokontum.example/dien-tap",
        "Báo Kon Tum",
    ),
    article(
        "https://baogialai.example/a//b?bai=1#dau",
        "Gia Lai huấn luyện dân quân tự vệ",
        "Bộ Chỉ huy Quân sự tỉnh Gia Lai tổ chức huấn luyện dân quân tự vệ năm 2022, chuẩn bị tuyển quân đợt sau.",
        "2022-03-01",
        "https://baogialai.example/a//b?bai=1#dau",
        "Báo Gia Lai",
    ),
    article(
        "hue/giao-quan",
        "Thừa Thiên Huế tổ chức lễ giao, nhận quân",
        "Tỉnh Thừa Thiên Huế hoàn thành tuyển quân năm 2024 với sự tham gia của thanh niên các huyện.",
        "2024-02-26",
        "javascript:alert(4)",
        "Đài Huế",
    ),
    article("hostile", f"Tuyển quân {HOSTILE}", f"Tuyển quân tại tỉnh Gia Lai. {HOSTILE} Hết tin.", "2022-05-05"),
    article("khong-ngay", "Hải quan cửa khẩu phối hợp tuần tra", "Lực lượng hải quan phối hợp tuần tra biên giới."),
    article(
        "hai-quan",
        "Đoàn công tác hải quân thăm đảo",
        "Đoàn công tác của hải quân thăm đảo tại tỉnh Khánh Hòa.",
        "2023-04-01",
    ),
    *(
        article(
            f"lam-dong/{n:02}",
            f"Lâm Đồng: hội nghị giáo dục quốc phòng lần thứ {n}",
            f"Tỉnh Lâm Đồng mở hội nghị giáo dục quốc phòng và an ninh lần thứ {n}.",
            f"2021-06-{n:02}",
        )
        for n in range(1, 26)
    ),
]


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory):
    """The index, beside its corpus. Only for reading."""
    return made_once(tmp_path_factory, "site", make_archive) / "index"


def make_archive(folder):
    corpus = folder / "corpus"
    corpus.mkdir()
    first, *others = ARTICLES
    lines = (json.dumps(a, ensure_ascii=False) for a in others)
    (corpus / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    fetch(corpus / "fetched", first)
    build(folder / "index", [str(corpus)], default_path=str(corpus), workers=1)


def fetch(folder, told):
    """Keep an article as the fetcher keeps it, in two versions: the page it has now, and an older one."""
    paragraphs = "".join(f"<p>{each}</p>" for each in told["text"].split("\n"))
    page = (f'<html><head><meta property="article:published_time" content="{told["date"]}"></head>'
            f'<body><article><h1>{told["title"]}</h1>{paragraphs}</article></body></html>')
    state = PageState(told["url"], told["url"], "kept")
    for at, body in ((FETCHED[1], page.replace("</h1>", " (bản đầu)</h1>")), (FETCHED[0], page)):
        answer = Answer(told["url"], 200, (("content-type", "text/html; charset=utf-8"),), body.encode())
        seen = replace(state, checked_at=at, fetched_at=FETCHED[1], digest=at)
        Store(folder).add(seen, answer, {"id": told["id"], "source": told["source"]})
    record = next(folder.rglob("*.page.json"))
    record.write_text(json.dumps(json.loads(record.read_text("utf-8")) | {"id": told["id"]}), encoding="utf-8")


@pytest.fixture(scope="session")
def make_app(index_dir):
    """Makes the site with the given settings over the test index (or another folder)."""

    def make(folder=None, **settings):
        settings = {"fetched": index_dir.parent / "corpus" / "fetched"} | settings
        app = create_app(folder or index_dir, load(environment={}, given=settings))
        app.config["TESTING"] = False  # errors become pages, as they would for readers
        return app

    return make


@pytest.fixture(scope="session")
def app(make_app):
    return make_app(contact="toasoan@example.vn")


@pytest.fixture
def client(app):
    return app.test_client()
