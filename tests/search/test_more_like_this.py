"""More like this: what shares words, people and places comes first, and never a copy of the article itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Entry
from indexer.search.more_like_this import ALIKE_IN_WORDS, related, telling
from indexer.storage.index_folder import open_engine
from tests.archives import index_of

TEXTS = {
    "exercise": "Sáng 5/9/2023, tỉnh Kon Tum khai mạc diễn tập khu vực phòng thủ. Đại tá Trịnh Ngọc Sơn, Chỉ huy trưởng"
                " Bộ CHQS tỉnh Kon Tum chỉ đạo vận hành cơ chế và thực binh bắn đạn thật tại thao trường Đăk Hà.",
    "the same subject": "Diễn tập khu vực phòng thủ ở tỉnh Lâm Đồng kết thúc với phần thực binh bắn đạn thật.",
    "the same person": "Đại tá Trịnh Ngọc Sơn, Chỉ huy trưởng Bộ CHQS tỉnh Kon Tum thăm gia đình chính sách năm 2023.",
    "something else": "Chợ hoa ngày Tết đông khách; giá đào và quất tăng nhẹ so với năm ngoái ở nhiều nơi.",
    "another market": "Giá đào và quất ở chợ hoa Tết giảm sâu vào chiều ba mươi, nhiều người bán phải chở về.",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("related")
    texts = TEXTS | {"a copy": TEXTS["exercise"].replace("Sáng", "Ngày")}
    rows = [{"id": id, "title": text[:40], "text": text} for id, text in texts.items()]
    rows += [{"id": f"filler {n}", "title": f"Tin {n}", "text": f"Thời tiết hôm nay {n} độ."} for n in range(30)]
    index_of(folder, rows)
    return open_engine(folder / "index")


def entry(engine, id: str) -> Entry:
    [found] = engine.entries([id])
    return found


def found(engine, id: str, limit: int = 5) -> list[str]:
    return [each.entry.id for each in related(engine, entry(engine, id), limit)]


def test_the_same_subject_and_the_same_person_are_related_and_nothing_else(engine) -> None:
    assert set(found(engine, "exercise")[:2]) == {"the same subject", "the same person"}
    assert found(engine, "something else")[0] == "another market"


def test_neither_the_article_nor_a_copy_of_it_is_related_to_it(engine) -> None:
    assert not {"exercise", "a copy"} & set(found(engine, "exercise", 50))


def test_of_copies_of_another_article_one_is_shown(engine) -> None:
    assert len({"exercise", "a copy"} & set(found(engine, "the same person", 50))) == 1


def test_each_says_why(engine) -> None:
    why = {each.entry.id: each.why for each in related(engine, entry(engine, "exercise"))}
    assert why["the same person"][:2] == ("cùng cán bộ: Trịnh Ngọc Sơn", "cùng tỉnh, thành phố: Kon Tum")
    assert any("khu vực" in reason for reason in why["the same subject"])


def test_an_article_without_telling_words_has_no_relatives(engine) -> None:
    assert not telling(engine, entry(engine, "filler 1"))
    assert found(engine, "filler 1") == []


def test_best_first_within_the_limit_with_reasons_on_any_index(sample_index: Path) -> None:
    engine = open_engine(sample_index)
    for id in engine.ids():
        relatives = related(engine, entry(engine, id), 3)
        assert len(relatives) <= 3
        assert [each.score for each in relatives] == sorted((each.score for each in relatives), reverse=True)
        assert all(each.why and each.entry.id != id for each in relatives)
        assert all(reason == ALIKE_IN_WORDS or ":" in reason for each in relatives for reason in each.why)


def test_the_answer_is_the_same_every_time(sample_index: Path) -> None:
    one, other = open_engine(sample_index), open_engine(sample_index)
    assert all(related(one, entry(one, id)) == related(other, entry(other, id)) for id in list(one.ids())[:10])
