"""How well pages are taken apart, and how well trafilatura does it: the same pages, labels and measures.

Text: words of the label found and words found that belong, counted with repeats, averaged over pages. Lines that only
repeat the title, and captions of pictures in a text that does not live on them, count neither way. A date is right,
wrong or missing; of authors and title, letters and figures are compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from indexer.sources.found import Found
from indexer.sources.html import read_page
from tests.quality.pages.made import Page


@dataclass(frozen=True, slots=True)
class Taken:
    """What a reader of pages made of one: None for the text where it found no article."""

    title: str = ""
    text: str | None = None
    day: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """Shares over the pages with an article, from 0 to 1; `lost` and `lists` count pages."""

    pages: int
    title: float
    precision: float
    recall: float
    f1: float
    date_right: float
    date_wrong: float
    date_missing: float
    author_right: float
    author_wrong: float
    lost: int
    lists: int

    def __str__(self) -> str:
        return (f"{self.pages} pages: title {self.title:.3f}; text P {self.precision:.3f} R {self.recall:.3f} "
                f"F1 {self.f1:.3f}; date right {self.date_right:.3f} wrong {self.date_wrong:.3f} missing "
                f"{self.date_missing:.3f}; author right {self.author_right:.3f} wrong {self.author_wrong:.3f}; "
                f"lost {self.lost}, lists taken for articles {self.lists}")


def ours(page: Page) -> Taken:
    """What the project makes of a page."""
    found = read_page(page.markup)
    if not isinstance(found, Found):
        return Taken()
    return Taken(found.title, f"{found.lead}\n{found.body}", found.stamps[0].date if found.stamps else None,
                 names_in(found.author or ""))


def trafilatura_s(page: Page) -> Taken:
    """What trafilatura makes of it, by its defaults and without comments."""
    import trafilatura

    found = trafilatura.bare_extraction(page.markup, include_comments=False, with_metadata=True)
    if found is None or not found.text:
        return Taken()
    return Taken(found.title or "", found.text, found.date or None, names_in(found.author or ""))


def score(pages: Iterable[Page], reader: Callable[[Page], Taken]) -> Score:
    """The reader's score over the pages."""
    kinds = [(page, reader(page)) for page in pages]
    articles = [(page, taken) for page, taken in kinds if not page.is_list]
    texts = [text_score(page, taken) for page, taken in articles]
    dated = [(page.day, taken.day) for page, taken in articles]
    shown = [(page, taken) for page, taken in articles if page.authors]
    return Score(
        pages=len(articles),
        title=mean(letters(page.title) == letters(taken.title) for page, taken in articles),
        precision=mean(p for p, _ in texts),
        recall=mean(r for _, r in texts),
        f1=mean(2 * p * r / (p + r) if p + r else 0.0 for p, r in texts),
        date_right=mean(day == wanted for wanted, day in dated if wanted),
        date_wrong=mean(day is not None and day != wanted for wanted, day in dated),
        date_missing=mean(day is None for wanted, day in dated if wanted),
        author_right=mean(same_people(page, taken) for page, taken in shown),
        author_wrong=mean(bool(taken.authors) and not same_people(page, taken) for page, taken in articles),
        lost=sum(taken.text is None for _, taken in articles),
        lists=sum(page.is_list and taken.text is not None for page, taken in kinds),
    )


def text_score(page: Page, taken: Taken) -> tuple[float, float]:
    """Precision and recall of a page's words."""
    neither = {letters(line) for line in (page.title, *page.either)}
    lines = [line for line in (taken.text or "").split("\n") if letters(line) not in neither]
    said, wanted = words(" ".join(lines)), words(" ".join(page.text))
    common = sum((said & wanted).values())
    return common / max(1, said.total()), common / max(1, wanted.total())


def same_people(page: Page, taken: Taken) -> bool:
    return {letters(name) for name in page.authors} == {letters(name) for name in taken.authors}


def names_in(author: str) -> tuple[str, ...]:
    """The people an author's line names."""
    return tuple(filter(None, (name.strip() for name in re.split(r"\s*[,;/&]\s*|\s+[-–]\s+", author))))


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text))).lower()


def mean(values: Iterable[float]) -> float:
    every = list(values)
    return sum(every) / len(every) if every else 0.0
