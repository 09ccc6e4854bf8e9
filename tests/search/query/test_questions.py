"""The words of a question that only ask are not searched for; in any other query they are words."""

import pytest

from indexer.model import All, Word
from indexer.search.query import plan
from indexer.search.query.scoring import syllables
from tests.search.query.test_planner import Words, bare, match, typed


def searched(text: str) -> set[str]:
    return {term.term for term in plan(text, Words()).query.scoring if term.field == "folded"}


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("Ai là chỉ huy trưởng Gia Lai?", "Ai là"),
        ("chính ủy quân khu là ai", "là ai"),
        ("dân quân biển đảo là gì", "là gì"),
        ("Kon Tum tuyển bao nhiêu tân binh", "bao nhiêu"),
        ("lễ giao quân ở đâu", "ở đâu"),
        ("hội thao diễn ra khi nào", "khi nào"),
        ("xã nào có dân quân biển?", "nào"),
        ("vì sao phải diễn tập", "vì sao"),
        ("huấn luyện như thế nào", "như thế nào"),
        ("hãy cho biết tỉnh nào đủ quân số", "hãy cho biết nào"),
        ("mấy tỉnh giao quân?", "mấy"),
        ("ai la chi huy truong", "ai la"),
        ("ai chỉ huy diễn tập", "ai"),
        ("chính ủy quân khu là người nào", "là người nào"),
        ("tư lệnh quân khu tên là gì", "tên là gì"),
        ("giao quan o dau khi nao", "o dau khi nao"),
    ],
)
def test_a_question_is_asked_without_its_question_words(text: str, asking: str) -> None:
    read = plan(text, Words())
    assert [a.text for a in read.query.applied if a.kind == "question"] == [asking]
    assert read.query.question
    words = [s.text for s in syllables(text)]
    assert len(searched(text)) == len({*words}) - len(asking.split())


@pytest.mark.parametrize(
    "text", ["Ai Cập", "Ai Cập mua tàu chiến",
             "Đâu Liêm", "quân sự", "sao vàng", "ngôi sao quân hàm", "giao quân ra quân", "ai", "là gì",
             "ai là ai?", "dau tu quoc phong", "gi do", "=ai =là quân",
             "không bao giờ bỏ vị trí", "khong bao gio bo vi tri", "thu tu dau gia dat", "những ai từng nhập ngũ",
             "biên phòng cho biết bắt lậu"],
)
def test_no_other_query_loses_a_word(text: str) -> None:
    read = plan(text, Words())
    assert not read.query.question
    assert "question" not in [a.kind for a in read.query.applied]


def test_a_question_can_be_asked_as_it_stands() -> None:
    assert match("giao quân ở đâu") == All(typed("giao", "quân"))
    assert match("giao quân ở đâu", off=frozenset({"question"})) == All(typed("giao", "quân", "ở", "đâu"))
    assert match("giao quan o dau") == All(bare("giao", "quan"))


def test_a_quoted_question_is_a_phrase() -> None:
    assert not plan('"ai là anh hùng"', Words()).query.question
    assert Word("ai") not in match("ai là anh hùng").nodes
