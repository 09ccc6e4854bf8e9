"""Whatever readers elsewhere ask, on whatever routes: of no article do they see more than a quarter."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model.excerpt import Excerpt, legible
from indexer.search.archive import open_engine
from indexer.search.excerpts import excerpted, room_of, shown_parts, total
from tests.archives import index_of
from tests.search_app.conftest import ARTICLES, article

SON = quote("trịnh ngọc sơn@Kon Tum")
SHINGLE = 4  # syllables in a row that make a piece of text
VERBS = ["bàn", "xét", "dựng", "giữ", "đổi", "mở", "thăm", "tặng",
         "chuyển", "đón", "lập", "tiễn", "nhận", "trồng", "xây", "sửa"]
THINGS = ["nhà", "kho", "cầu", "đường", "trạm", "bếp", "vườn", "giếng",
          "tường", "mái", "sân", "cổng", "thuyền", "xe", "máy", "loa"]
PLACES = ["thôn", "bản", "làng", "phum", "sóc", "ấp", "khóm", "xóm"]


def sentence(n, at):
    verb, thing, place = VERBS[(n * 5 + at) % 16], THINGS[(n + at * 3) % 16], PLACES[(n + at) % 8]
    return f"Hôm thứ {at} tổ {n} {verb} {thing} ở {place} {(at * 7 + n) % 20} cùng dân quân địa phương."


LONG = [article(f"bai/{n}", f"Tin số {n} về việc giúp dân", "\n".join(sentence(n, at) for at in range(8 + n * 3)),
                "2022-05-05") for n in range(5)]
TOLD = [article("son", "Đại tá Trịnh Ngọc Sơn thăm bản", "Đại tá Trịnh Ngọc Sơn, Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh"
                " Kon Tum thăm bản trong mưa lớn chiều qua. Trung tá Lê Văn Hòa, Chính trị viên Ban Chỉ huy Quân sự"
                " huyện Sa Thầy cùng đi với đoàn. Ngày 5/5/2022, đoàn về xuôi.", "2022-05-06")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return index_of(tmp_path_factory.mktemp("excerpts"), [*LONG, *TOLD, *ARTICLES])


def syllables(text):
    return re.findall(r"\w+", text.lower())


def shingles(words):
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def routes(words):
    ids = [row["id"] for row in [*LONG, *TOLD]]
    yield from (f"/article?id={quote(id)}" for id in ids)
    yield from (f"/article-cite?id={quote(id)}&format={style}" for id in ids for style in ("text", "ris", "csl"))
    for asked in ["", *words, *(f'"{word}" OR dân' for word in words[::15]), *(f"{word[:1]}*" for word in words[::15]),
                  " OR ".join(words[:30])]:
        pages = ("/kwic.csv", "/search.jsonl", *(("/kwic", "/api/search", "/search.csv") if asked not in words else ()))
        yield from (f"{page}?q={quote(asked)}" for page in pages)
    for word in words[::12]:
        yield from (f"{page}?q={quote(word)}&{more}" for page, more in (
            ("/kwic.csv", "order=left"), ("/kwic.csv", "order=date"), ("/kwic.csv", "sample=5&seed=3"),
            ("/search", "sort=newest"), ("/search.atom", ""), ("/mentions.csv", ""), ("/search.json", "sort=oldest")))
    yield from ("/officials.csv", "/officials", "/mentions.csv", "/search.bib", f"/officials/{SON}",
                f"/report?article=son&facet=official&value={SON}")


def test_no_sequence_of_requests_on_any_routes_shows_more_than_a_quarter_of_an_article(make_app, folder):
    client = make_app(folder, host="0.0.0.0", rate="0", request_seconds="0").test_client()
    vocabulary = sorted({word for row in [*LONG, *TOLD] for word in syllables(row["text"])})
    seen = set()
    for path in routes(vocabulary):
        response = client.get(path)
        assert response.status_code in (200, 302), path
        plain = unescape(re.sub(r"</?(?:mark|bdi)>", "", response.get_data(as_text=True)))
        for piece in re.split(r"<[^>]*>|…|\\n|\n|\"", plain):
            seen |= shingles(syllables(piece))
    for row in LONG:
        others = [other["title"] + "\n" + other["text"] * (other is not row) for other in LONG]
        whole = shingles(syllables(row["text"])) - set().union(*(shingles(syllables(text)) for text in others))
        assert len(whole) > 10
        assert len(whole & seen) <= len(whole) / 4, (row["id"], len(whole & seen), len(whole))


def test_it_is_found_and_counted_all_the_same(make_app, folder):
    here, elsewhere = make_app(folder).test_client(), make_app(folder, host="0.0.0.0", rate="0").test_client()
    for word in ("sân", "địa phương", "xóm"):
        path = f"/api/search?q={quote(word)}"
        assert here.get(path).json["total"] == elsewhere.get(path).json["total"] > 0
    rows = elsewhere.get(f"/kwic.csv?q={quote('địa phương')}").get_data(as_text=True).splitlines()
    assert any(line.startswith("…,địa phương,…,") for line in rows) and len(rows) == 1 + 3 * len(LONG)


spans = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 90)), max_size=9)


@given(st.text(alphabet="ab đê.\n", max_size=400), spans)
def test_the_parts_are_few_in_order_and_cut_no_word(text, spans):
    places = [(start, min(len(text), start + length)) for start, length in spans if start < len(text)]
    parts = shown_parts(text, places)
    assert total(parts) <= room_of(text)
    assert all(a <= b for a, b in parts) and all(a[1] < b[0] for a, b in pairwise(parts))


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_an_excerpt_is_as_long_as_its_text_and_shows_its_parts_only(text, a, b):
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    made = Excerpt(text, [(start, end)])
    assert len(made) == len(text) and made.whole == text and made[start:end] == text[start:end]
    assert set(made[:start] + made[end:]) <= {"…"}
    assert legible("……ab…… ……") == "… ab …"


def test_the_part_is_that_of_the_article_and_not_of_what_is_asked(folder):
    engine = open_engine(folder)
    [entry] = engine.entries(["son"])
    once = excerpted(entry)
    assert once.article.text == excerpted(entry).article.text != entry.article.text
    assert excerpted(entry).entities.officials[0].name == entry.entities.officials[0].name
