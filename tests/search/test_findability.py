"""The findability promise: every run of 2 to 8 syllables of every article, quoted, finds that article.

In any letter case, with accents or wholly without, composed or decomposed, with old or new tone placement. What is
quoted is the text as shown: with its dashes, numbers, apostrophes, and the quotation marks that stand inside it.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from indexer.engine.invert import invert
from indexer.engine.port import Engine
from indexer.engine.whoosh import create, open_engine, open_writer
from indexer.model import Article, Entities, Entry
from indexer.search.query import plan
from indexer.storage.index_folder import open_engine as open_index
from indexer.text import analyze, fold, shown, syllables
from indexer.text.normalize import new_style, normalize

SEED = 20_261_121
LENGTHS = range(2, 9)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as shown": str,
    "lower case": str.lower,
    "capitals": str.upper,
    "no accents": lambda run: fold(normalize(run)),
    "no accents, capitals": lambda run: fold(normalize(run)).upper(),
    "decomposed": decomposed,
    "old tone placement": normalize,
    "new tone placement": new_style,
    "new tone placement, decomposed": lambda run: decomposed(new_style(run)),
}
ODD = (
    ("Gặp K’Mák – người giữ rừng", "Ông K`Mák kể: \"Rừng là nhà\". A Y'Nuê gật đầu... “Hoà thuận” là thế!"),
    ("Nghị quyết 28-NQ/TW: 1,66% và 1.970 người", "Theo QĐ số 03/2019/NĐ-CP (sửa đổi), tỷ lệ 12:16 -2 °C; Su -30 bay."),
    ("“Uỷ ban” hay «Ủy ban»?", "Ðảng uỷ Quân khu 7 và Công ty A&B*C họp; nguồn: TTXVN. NOT OR (AND) ~5 tỉnh:Kon Tum"),
    ("Ba phường, xã/thị trấn", "Xe 47A-123.45 chở 2.000m2 gỗ\nĐồng chí chủ trì-kết luận , rồi = hết * năm:2022 -bão"),
    ("HẢI QUÂN HOẶC KHÔNG QUÂN", "\"Quân\" với \"dân\" một ý chí; ''hai nháy'' và `ngược`, dấu ngoặc ( mở"),
)


@pytest.fixture(scope="module")
def sample(sample_index: Path) -> Iterator[Engine]:
    engine = open_index(sample_index)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An index of texts with everything the query language has a meaning for."""
    folder: Path = tmp_path_factory.mktemp("odd") / "index"
    create(folder)
    writer = open_writer(folder)
    articles = [Article(id=str(n), path=f"{n}.txt", title=shown(a), body=shown(b)) for n, (a, b) in enumerate(ODD)]
    writer.add(invert((Entry(article, Entities()), analyze(article.title, article.text)) for article in articles))
    writer.commit()
    engine = open_engine(folder)
    yield engine
    engine.close()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_run_of_odd_text_finds_its_article(odd: Engine, spelling: str) -> None:
    assert_found(odd, [(id, SPELLINGS[spelling](run)) for id, run in every_run(odd)])


@pytest.mark.parametrize("share", [0.25, pytest.param(1.0, marks=pytest.mark.long)])
def test_a_run_from_every_place_of_the_sample_finds_its_article_however_it_is_spelt(sample: Engine, share) -> None:
    """From each syllable on, or from a share of them, one run of a length by chance, in one spelling by chance."""
    chance = random.Random(SEED)
    spellings = list(SPELLINGS.values())
    asked = [
        (entry.id, chance.choice(spellings)(run))
        for entry in sample.entries(list(sample.ids()))
        for text in (entry.article.title, entry.article.text)
        for run in runs(text, lambda: [chance.choice(LENGTHS)] if chance.random() < share else [])
    ]
    assert len(asked) > 10_000 * share
    assert_found(sample, asked)


@pytest.mark.long
def test_every_run_of_the_sample_finds_its_article(sample: Engine) -> None:
    """All of some 78,000 runs, each in one spelling by chance: nine spellings of each would take most of an hour."""
    chance = random.Random(SEED)
    spellings = list(SPELLINGS.values())
    assert_found(sample, [(id, chance.choice(spellings)(run)) for id, run in every_run(sample)])


def every_run(engine: Engine) -> Iterator[tuple[str, str]]:
    for entry in engine.entries(list(engine.ids())):
        for text in (entry.article.title, entry.article.text):
            yield from ((entry.id, run) for run in runs(text, lambda: LENGTHS))


def runs(text: str, lengths: Callable[[], Iterable[int]]) -> Iterator[str]:
    """The runs of `text` from each of its syllables, of the lengths asked for there."""
    found = syllables(text)
    for first in range(len(found) - 1):
        for length in lengths():
            if first + length <= len(found):
                yield text[found[first].start : found[first + length - 1].end]


def assert_found(engine: Engine, asked: Iterable[tuple[str, str]]) -> None:
    """Without any correction: the query as it is read finds the article by itself."""

    @cache
    def found(quoted: str) -> frozenset[str]:
        query = replace(plan(quoted, engine).query, scoring=(), limit=engine.count())
        return frozenset(hit.id for hit in engine.find(query).hits)

    lost = [(id, run) for id, run in asked if id not in found(f'"{run}"')]
    assert not lost, f"{len(lost)} runs do not find their article: {lost[:8]}"
