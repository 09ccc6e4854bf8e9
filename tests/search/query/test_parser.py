"""The query language: what is an operator and what is text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.query import parse
from indexer.search.query.parser import MAX_CHARACTERS, MAX_NESTING, MAX_TERMS
from indexer.search.query.tree import Chunk, Either, Every, Exclude, Field, Quote, Range, Stem, Tree

PIECES = ["quân", "sự", '"', "(", ")", "-", "- ", " ", "OR", "HOẶC", "NOT", "tỉnh:", "năm:", "2020.."]
PIECES += ["*", "~5", "=", ":", "“"]


def said(tree: Tree) -> object:
    """A tree as nested tuples, to compare at a glance."""
    if isinstance(tree, (Every, Either)):
        return (type(tree).__name__.lower(), *map(said, tree.nodes))
    if isinstance(tree, Exclude):
        return ("not", said(tree.node))
    if isinstance(tree, Range):
        return (tree.name, tree.low, tree.high)
    if isinstance(tree, Field):
        return (tree.name, tree.value)
    if isinstance(tree, Quote):
        return f'"{tree.text}"' + (f"~{tree.slop}" if tree.slop else "")
    if isinstance(tree, Stem):
        return f"{tree.text}*"
    return ("=" if tree.literal else "") + tree.text if isinstance(tree, Chunk) else tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("quân sự", ("every", "quân", "sự")),
        ('"cụm từ" khác', ("every", '"cụm từ"', "khác")),
        ("“cụm từ”", ("every", '"cụm từ"')),
        ('"dân quân"~5', ("every", '"dân quân"~5')),
        ("huấn*", ("every", "huấn*")),
        ("năm:2020..2023", ("every", ("year", "2020", "2023"))),
        ("năm:2020..", ("every", ("year", "2020", None))),
        ("nam:..2023", ("every", ("year", None, "2023"))),
        ("về:2022", ("every", ("about", "2022", "2022"))),
        ('tỉnh:"Kon Tum"', ("every", ("province", "Kon Tum"))),
        ("TINH:huế", ("every", ("province", "huế"))),
        ("tỉnhnay:Huế", ("every", ("now", "Huế"))),
        ("người:Tuấn", ("every", ("official", "Tuấn"))),
        ('chuc:"chủ tịch"', ("every", ("post", "chủ tịch"))),
        ("nguồn:baokontum.com.vn", ("every", ("source", "baokontum.com.vn"))),
        ("tit:bão", ("every", ("title", "bão"))),
        ("=hoà", ("every", "=hoà")),
        ("quân -mưa", ("every", "quân", ("not", "mưa"))),
        ('-"bão lũ"', ("every", ("not", '"bão lũ"'))),
        ("NOT mưa", ("every", ("not", "mưa"))),
        ("quân NOT (mưa bão)", ("every", "quân", ("not", ("every", "mưa", "bão")))),
        ("-năm:2022", ("every", ("not", ("year", "2022", "2022")))),
        ("bão OR lũ", ("every", ("either", ("every", "bão"), ("every", "lũ")))),
        ("bão HOẶC lũ", ("every", ("either", ("every", "bão"), ("every", "lũ")))),
        ("dân quân OR tự vệ", ("every", ("either", ("every", "dân", "quân"), ("every", "tự", "vệ")))),
        ("bão OR lũ năm:2022", ("every", ("either", ("every", "bão"), ("every", "lũ")), ("year", "2022", "2022"))),
        ("bão AND lũ", ("every", "bão", "lũ")),
    ],
)
def test_each_operator_is_read(text: str, tree: object) -> None:
    parsed = parse(text)
    assert said(parsed.tree) == tree
    assert parsed.unread == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nguồn: TTXVN", ["Nguồn", "TTXVN"]),
        ("Phòng không - Không quân", ["Phòng", "không", "Không", "quân"]),
        ("quân sự – quốc phòng", ["quân", "sự", "quốc", "phòng"]),
        ("HẢI QUÂN OR KHÔNG QUÂN", ["HẢI", "QUÂN", "OR", "KHÔNG", "QUÂN"]),
        ("hoặc là không", ["hoặc", "là", "không"]),
        ("OR bão", ["OR", "bão"]),
        ("bão OR", ["bão", "OR"]),
        ("NOT", ["NOT"]),
        ("giờ: 12:16", ["giờ", "12:16"]),
        ("Hà Nội,Huế", ["Hà", "Nội", "Huế"]),
        ("kinh tế-xã hội", ["kinh", "tế-xã", "hội"]),
        ("28-NQ/TW", ["28-NQ/TW"]),
        ("03/2019/NĐ-CP", ["03/2019/NĐ-CP"]),
        ("1,66% và 1.970", ["1,66", "và", "1.970"]),
        ("K'Mák", ["K'Mák"]),
        ("tiêm kích Su -22 rơi", ["tiêm", "kích", "Su", "22", "rơi"]),
    ],
)
def test_what_looks_like_an_operator_in_pasted_text_stays_text(text: str, words: list[str]) -> None:
    parsed = parse(text)
    assert [said(node) for node in parsed.tree.nodes] == words
    assert parsed.unread == ()


@pytest.mark.parametrize(
    ("text", "words", "unread"),
    [
        ('quân "sự', ["quân", "sự"], ('"',)),
        ("quân) sự", ["quân", "sự"], (")",)),
        ("h*n", ["h", "n"], ("h*n",)),
        ("a*", ["a"], ("a*",)),
        ("năm:xưa", ["xưa"], ("năm:xưa",)),
    ],
)
def test_what_cannot_be_read_is_kept_shown_and_searched_as_words(
    text: str, words: list[str], unread: tuple[str, ...]
) -> None:
    parsed = parse(text)
    assert [said(node) for node in parsed.tree.nodes] == words
    assert parsed.unread == unread


def test_too_long_a_query_is_cut_and_says_what_was_left_out() -> None:
    parsed = parse("quân " * 150 + "sự " * 300)
    assert len(parsed.tree.nodes) == MAX_TERMS
    assert any(part.startswith("quân quân") for part in parsed.unread)
    assert any(part.startswith("sự sự") for part in parsed.unread)
    assert parse("x" * (MAX_CHARACTERS + 5)).unread == ("xxxxx",)


def test_too_deep_parentheses_are_left_out_and_named() -> None:
    parsed = parse("(" * (MAX_NESTING + 2) + "quân" + ")" * (MAX_NESTING + 2))
    assert parsed.unread == ("(", "(")
    assert "quân" in str(said(parsed.tree))


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_parsing_never_fails_and_leaves_stand_where_they_say(text: str) -> None:
    parsed = parse(text)
    for leaf in leaves(parsed.tree):
        typed = parsed.text[leaf.start : leaf.end]
        assert leaf.text in typed if isinstance(leaf, (Chunk, Quote)) else typed


@given(st.text(alphabet="aàảầđĐhHoOòÒạ \"-(:*"))
def test_decomposed_text_reads_the_same(text: str) -> None:
    assert parse(unicodedata.normalize("NFD", text)).tree == parse(unicodedata.normalize("NFC", text)).tree


@pytest.mark.parametrize("piece", ['"', "(", "tỉnh:", 'tỉnh:"', "-", "a-", "NOT ", "OR ", "a'", "=", "*"])
def test_no_input_is_read_more_than_a_few_times(piece: str) -> None:
    """Work grows with the length, not its square: eight times the text within forty times the steps."""
    short, long = (steps(piece * (size // len(piece))) for size in (120, 960))
    assert long < 40 * max(short, 500)


def steps(text: str) -> int:
    """Lines of Python run while parsing."""
    import sys

    count = 0

    def tracer(frame: object, event: str, arg: object) -> object:
        nonlocal count
        count += 1
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        parse(text)
    finally:
        sys.settrace(before)
    return count


def leaves(tree: Tree) -> list[Chunk | Quote | Stem | Field | Range]:
    if isinstance(tree, (Every, Either)):
        return [leaf for node in tree.nodes for leaf in leaves(node)]
    return leaves(tree.node) if isinstance(tree, Exclude) else [tree]  # type: ignore[list-item]
