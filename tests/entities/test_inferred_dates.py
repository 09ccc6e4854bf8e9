"""No inferred date without words that prove its year: held by every article there is to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import sources
from indexer.entities.proofs import Reading, proofs
from indexer.ingest import analysis
from indexer.model import Article, Published
from indexer.text import normalize

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
OUTSIDE = ("gold_dev", "gold_retold", "defense_real.jsonl")


def articles(*places: Path) -> Iterator[Article]:
    for file in sources.find([str(place) for place in places]).files:
        yield from (found for found in sources.read(file) if isinstance(found, Article))


def unproven(found: Published) -> str:
    """What is wrong with an inferred date, "" if its own words prove its year."""
    if not found.inferred or not found.date:
        return "" if found.year_evidence is None else "words that prove a year the page gives itself"
    proof = found.year_evidence
    if proof is None or not proof.quote.strip():
        return "no words"
    month = int(found.date[5:7]) if len(found.date) > 4 else None
    words = normalize(proof.quote)
    reading = Reading("", words) if proof.zone != "url" else Reading("", "", words)
    # The day of "sáng mai" may lie in the year before, that of "hôm qua" in the one after.
    told = {each.year for months in (month, 1, None) for each in proofs(reading, months)}
    written = {int(year) for year in re.findall(r"(?:19|20)\d\d", words)}
    return "" if int(found.date[:4]) in told | written else f"{found.date} does not follow from: {proof.quote}"


def without_stamps(article: Article) -> Article:
    """As if the page gave no date: then everything must be inferred."""
    return Article(article.id, article.path, article.title, article.body, article.lead, url=article.url)


def test_every_inferred_date_of_the_sample_is_proven_by_its_own_words() -> None:
    wrong = [(article.id, why) for article in articles(SAMPLE) for each in (article, without_stamps(article))
             if (why := unproven(analysis.read(analysis.prepare(each)).published))]
    assert wrong == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_every_inferred_date_of_outside_articles_is_proven_by_its_own_words(outside_data: Path, name: str) -> None:
    place = outside_data / name
    if not place.exists():
        pytest.skip(f"{name} is not there")
    place = place / "articles.jsonl" if place.is_dir() else place
    wrong = [(article.id, why) for article in articles(place) for each in (article, without_stamps(article))
             if (why := unproven(analysis.read(analysis.prepare(each)).published))]
    assert wrong == []
