"""Years of publication that the words of a query name: "năm 2024", "2019", "2020-2023", "từ năm 2020 đến năm 2023"."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.search.query.finding import Finding
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.loose_words import Words, phrases

# A year behind these is a term or a plan, not the year of an article.
TERMS = ("nhiệm kỳ", "giai đoạn", "khóa", "tầm nhìn", "tầm nhìn đến", "đến năm", "số", "quyển", "mẫu")
MOST = 10  # years of a span
SPAN_SIGNS = frozenset({"-", "–", " - ", " – "})


def years_at(words: Words, at: int, lexicon: Lexicon) -> Iterator[Finding]:
    """The year, or the span of years, at `at`: only years of which there are articles."""
    first = year_at(words, at)
    if not first or of_a_term(words, at):
        return
    last, end = span_end(words, at)
    if last and last < first:
        return
    every = [str(year) for year in range(int(first), int(last or first) + 1)]
    keys = tuple(year for year in every if lexicon.frequency("year", year))
    if keys and len(every) <= MOST:
        yield Finding("year", keys, first if not last else f"{first}–{last}", at, end)


def year_at(words: Words, at: int) -> str:
    """The word at `at` if it is a year and nothing else; "" for others."""
    word = words.lower[at] if at < len(words) else ""
    if len(word) != 4 or not word.isdigit() or not 1945 <= int(word) <= 2099:
        return ""
    start, end = words.spans[at]
    before, after = words.text[start - 1 : start], words.text[end : end + 1]
    signs = (before in "/&+.@_" and before) or (after in "/&+@_" and after)
    return "" if signs or (before == "-" and not year_before(words, at)) else word


def year_before(words: Words, at: int) -> bool:
    """Whether the word before is a year too, so that a dash between makes a span."""
    return at > 0 and len(words.lower[at - 1]) == 4 and words.lower[at - 1].isdigit()


def span_end(words: Words, at: int) -> tuple[str, int]:
    """The last year of a span that begins at `at`, and where it ends; ("", at + 1) for a single year."""
    after = at + 1
    if after < len(words) and words.text[words.spans[at][1] : words.spans[after][0]] in SPAN_SIGNS:
        last = year_at(words, after)
        return (last, after + 1) if last else ("", after)
    size = words.longest(after, phrases("đến", "đến năm", "tới", "tới năm", bare=words.bare), 2)
    last = year_at(words, after + size) if size else ""
    return (last, after + size + 1) if last else ("", after)


def of_a_term(words: Words, at: int) -> bool:
    """Whether a word before says that the year is the year of a term of office or a plan."""
    forms = phrases(*TERMS, bare=words.bare)
    return any(words.says_any(at - size, at, forms) for size in (1, 2, 3) if at >= size) or (
        at > 1 and year_before(words, at) and of_a_term(words, at - 1))
