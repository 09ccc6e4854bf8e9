"""Whatever readers elsewhere ask, on whatever routes: of no article do they see more than a quarter."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from html import unescape
from io import StringIO
from itertools import count, pairwise
from random import Random
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model.excerpt import CELLS, Excerpt, legible
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


WORDS = [*VERBS, *THINGS, *PLACES, "sớm", "chiều", "gạo", "muối", "trâu", "ngựa", "vải", "đèn"]


def sentence(n, at):
    chance = Random(n * 1_000 + at)
    said = " ".join(chance.choice(WORDS) for _ in range(16))
    return f"{said.capitalize()} {'cùng dân quân địa phương' if at % 4 == 1 else 'với tổ'}."


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


VOCABULARY = sorted({word for row in [*LONG, *TOLD] for word in syllables(row["text"])})
PATHS = [*routes(VOCABULARY)]


def pieces_in(response):
    """The pieces of text in an answer, as tuples of syllables."""
    plain = unescape(re.sub(r"</?(?:mark|bdi)>", "", response.get_data(as_text=True)))
    return set().union(*(shingles(syllables(piece)) for piece in re.split(r"<[^>]*>|…|\\n|\n|\"", plain)))


def only_in(row):
    """The pieces of an article's text that stand in no other article, and not in its title."""
    others = [other["title"] + "\n" + other["text"] * (other is not row) for other in LONG]
    return shingles(syllables(row["text"])) - set().union(*(shingles(syllables(text)) for text in others))


def share_seen(row, seen):
    """Which share of an article's text is seen, by its syllables in pieces of its own."""
    words, own = syllables(row["text"]), only_in(row)
    starts = [at for at in range(len(words)) if tuple(words[at : at + SHINGLE]) in own]
    covered, all_of_it = ({at + n for at in some for n in range(SHINGLE)} for some in (
        [at for at in starts if tuple(words[at : at + SHINGLE]) in seen], starts))
    return len(covered) / len(all_of_it)


def shares(seen):
    return {row["id"]: share_seen(row, seen) for row in LONG}


@pytest.fixture(scope="module")
def site(make_app, folder):
    """A site that everybody reads from elsewhere, through a proxy that says who they are."""
    return make_app(folder, host="0.0.0.0", rate="0", request_seconds="0")


def ask(site, path, reader, **headers):
    response = site.test_client().get(path, headers={"X-Forwarded-For": reader, **headers})
    assert response.status_code in (200, 302, 304), path
    return response


def test_no_sequence_of_requests_on_any_routes_shows_more_than_a_quarter_of_an_article(site):
    seen = set().union(*(pieces_in(ask(site, path, "192.0.2.1")) for path in PATHS))
    assert all(len(only_in(row)) > 10 for row in LONG)
    assert max(shares(seen).values()) <= 0.25, shares(seen)
    assert min(shares(seen).values()) > 0.13, "more than everybody sees is given"


@pytest.fixture(scope="module")
def anew(make_app, folder):
    """The same site, but each page is made anew."""
    return make_app(folder, host="0.0.0.0", rate="0", request_seconds="0", pages_mb="0")


chances, networks = st.randoms(use_true_random=False), count()


@settings(max_examples=6)
@given(chances)
def test_nor_do_several_readers_who_ask_for_the_same_pages_in_any_order(site, chance):
    network, seen = next(networks), defaultdict(set)
    for reader, path in ((chance.randrange(3), chance.choice(PATHS)) for _ in range(60)):
        seen[reader] |= pieces_in(ask(site, path, f"2001:db8:{network:x}:{reader}:{chance.randrange(999)}::"))
    assert all(max(shares(each).values()) <= 0.25 for each in seen.values())


PAGES = [path for path in PATHS if path.startswith(("/kwic?", "/search?", "/article?", "/officials"))]


@settings(max_examples=6)
@given(chances)
def test_a_page_made_for_one_reader_is_given_to_another_only_if_it_is_the_one_he_would_get(site, anew, chance):
    network, few = next(networks), [chance.choice(PAGES) for _ in range(12)]
    for reader, path in ((chance.randrange(3), chance.choice(few)) for _ in range(40)):
        given, made = (ask(app, path, f"10.0.{network}.{reader}") for app in (site, anew))
        assert given.headers["ETag"] == made.headers["ETag"], path
        assert set(given.text.splitlines()) ^ set(made.text.splitlines()) == set(), path


def context_of(site, reader, word):
    """The lines of a concordance that have words on both sides, and all lines."""
    rows = [*csv.DictReader(StringIO(ask(site, f"/kwic.csv?q={quote(word)}", reader).text.lstrip("\ufeff")))]
    return [row for row in rows if not row["left"].endswith("…") and not row["right"].startswith("…")], rows


def test_who_asks_for_a_word_sees_the_words_around_it(site):
    for number, word in enumerate(["thuyền", "giếng", "dân quân"]):
        told, rows = context_of(site, f"198.51.100.{number}", word)
        assert len(told) >= len({row["id"] for row in rows}) > 0
        assert len(told) >= len(rows) / 3


def test_what_others_have_seen_takes_nothing_from_a_reader(site):
    before, _ = context_of(site, "198.51.100.21", "thuyền")
    for path in PATHS[-400::3]:
        ask(site, path, "198.51.100.22")
    after, _ = context_of(site, "198.51.100.23", "thuyền")
    assert after == before


def test_a_snippet_shows_what_matched(site):
    for row in LONG[1:]:
        word = f'"{" ".join(syllables(row["text"].splitlines()[-2])[4:7])}"'
        found = ask(site, f"/api/search?q={quote(word)}", "198.51.100.40").json["hits"]
        mine = next(each for each in found if each["id"] == row["id"])
        assert word.strip('"') in " ".join(syllables(mine["snippet"]))


def test_whoever_has_used_up_his_share_sees_what_everybody_sees_and_it_is_no_one_elses_page(site):
    word = quote('"cùng dân quân"')
    fresh = ask(site, f"/kwic?q={word}", "198.51.100.50")
    for each in VOCABULARY[::2]:
        ask(site, f"/kwic.csv?q={quote(each)}", "198.51.100.51")
    spent = ask(site, f"/kwic?q={word}", "198.51.100.51")
    assert spent.status_code == 200 and spent.headers["ETag"] != fresh.headers["ETag"]
    assert len(spent.text) < len(fresh.text)
    again = ask(site, f"/kwic?q={word}", "198.51.100.51", **{"If-None-Match": spent.headers["ETag"]})
    assert again.status_code == 304
    assert ask(site, f"/kwic?q={word}", "198.51.100.52").data == fresh.data
    assert "private" in fresh.headers["Cache-Control"]


def test_it_is_found_and_counted_all_the_same(make_app, folder):
    here, elsewhere = make_app(folder).test_client(), make_app(folder, host="0.0.0.0", rate="0").test_client()
    for word in ("sân", "dân quân địa phương", "xóm"):
        path = f"/api/search?q={quote(word)}"
        assert here.get(path).json["total"] == elsewhere.get(path).json["total"] > 0
    rows = elsewhere.get(f"/kwic.csv?q={quote('địa phương')}").get_data(as_text=True).splitlines()
    assert len(rows) > 2 * len(LONG)


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


def test_the_part_that_everybody_sees_is_that_of_the_article_and_not_of_what_is_asked(folder):
    engine = open_engine(folder)
    [entry] = engine.entries(["son"])
    once = excerpted(entry)
    assert once.article.text == excerpted(entry).article.text != entry.article.text
    assert excerpted(entry).entities.officials[0].name == entry.entities.officials[0].name


class Generous:
    """An allowance that gives so many cells, of one article."""

    def __init__(self, most):
        self.most, self.given = most, 0

    def take(self, article, cells):
        for cell in cells:
            if self.given.bit_count() < self.most:
                self.given |= 1 << cell
        return self.given


@given(st.text(alphabet="ab đê.\n", min_size=1, max_size=700), st.data())
def test_a_reader_sees_what_he_is_given_and_no_cut_word_of_it(text, data):
    windows = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted),
                                 min_size=1, max_size=6))
    allowance = Generous(data.draw(st.integers(0, 40)))
    excerpt = Excerpt(text, [], "a", allowance)
    seen = set()
    for start, end in windows:
        shown = excerpt.around(start, end)
        assert len(shown) == end - start
        assert all(shown[at - start] in (text[at], "…") for at in range(start, end))
        seen |= {at for at in range(start, end) if shown[at - start] != "…"}
        for a, b in excerpt.visible(start, end):
            assert a == start or text[a - 1].isspace() or text[a].isspace()
            assert b == end or text[b - 1].isspace() or text[b].isspace()
    assert seen <= {at for cell in range(CELLS) if allowance.given >> cell & 1
                    for at in range(excerpt.beginning(cell), excerpt.beginning(cell + 1))}
