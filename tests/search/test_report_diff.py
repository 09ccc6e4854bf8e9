"""What is new in a year-end report: against which report, and what counts as new. Every sentence was written here."""

from __future__ import annotations

from contextlib import closing

import pytest

from indexer.search.report_diff import against, places, report_before, sentences, whats_new
from indexer.storage.index_folder import open_engine
from tests.archives import index_of

ALWAYS = "Năm qua lực lượng vũ trang tỉnh Kon Tum đã hoàn thành tốt nhiệm vụ quân sự, quốc phòng được giao."
MILITIA = "Toàn tỉnh đã tổ chức huấn luyện {} lượt cán bộ, chiến sĩ dân quân tự vệ đạt kết quả khá."
CALLED = "Công tác tuyển chọn, gọi công dân nhập ngũ đạt chỉ tiêu với {} thanh niên lên đường."
NEW = "Lần đầu tiên tỉnh đưa máy bay không người lái vào diễn tập phòng thủ dân sự ở huyện Đăk Glei."
HEAD = "Đại tá {}, Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh Kon Tum chủ trì hội nghị."


def report(id, date, *parts, title="Kon Tum tổng kết công tác quân sự, quốc phòng năm {}", place="Kon Tum"):
    year = int(date[:4]) - (date[5:7] < "03")
    opening = f"Bộ Chỉ huy Quân sự tỉnh {place} tổ chức hội nghị tổng kết công tác quân sự, quốc phòng năm {year}."
    return {"id": id, "date": date, "title": title.format(year), "text": "\n".join((opening, *parts))}


ARTICLES = [
    report("kt20", "2020-12-20", ALWAYS),
    report("kt21", "2021-12-22", ALWAYS, MILITIA.format("1.250"), CALLED.format(850), HEAD.format("Trịnh Ngọc Sơn")),
    report("kt22", "2022-12-15", ALWAYS, MILITIA.format("1.310"), CALLED.format(850), NEW, HEAD.format("Hà Văn Bốn"),
           "Thiếu tướng Tạ Văn Chung, Phó Tư lệnh Quân khu 5 phát biểu chỉ đạo hội nghị."),
    report("kt22b", "2022-12-28", ALWAYS, title="Công an Kon Tum tổng kết phong trào năm {}"),
    report("kt22s", "2022-07-02", ALWAYS, title="Kon Tum sơ kết công tác quân sự, quốc phòng 6 tháng năm {}"),
    report("gl21", "2021-12-22", ALWAYS, title="Gia Lai tổng kết công tác quân sự năm {}", place="Gia Lai"),
    report("gl24", "2024-12-22", ALWAYS, title="Gia Lai tổng kết công tác quân sự năm {}", place="Gia Lai"),
    {"id": "other", "date": "2022-12-20", "title": "Kon Tum huấn luyện dân quân", "text": f"Tỉnh Kon Tum. {ALWAYS}"},
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whatsnew")
    index_of(folder, ARTICLES)
    with closing(open_engine(folder / "index")) as engine:
        yield engine


def news(engine, id):
    return whats_new(engine, engine.entries([id])[0])


@pytest.mark.parametrize(
    ("report", "before"),
    [
        ("kt22", "kt21"),  # the latest one, not the one before that
        ("kt21", "kt20"),
        ("kt20", None),  # none is held
        ("gl21", None),  # another province's does not count
        ("gl24", None),  # three years are too far
        ("kt22s", None),  # a review of half a year is no year-end report
        ("other", None),
    ],
)
def test_a_report_is_compared_with_its_provinces_report_before_it(engine, report, before):
    found = report_before(engine, engine.entries([report])[0])
    assert (found.id if found else None) == before


def test_a_sentence_without_a_counterpart_is_new_and_one_that_returns_is_not(engine):
    found = news(engine, "kt22")
    new = [each.text for each in found.sentences]
    assert NEW in new and ALWAYS not in new and MILITIA.format("1.310") not in new


def test_a_sentence_that_returns_with_other_figures_shows_which(engine):
    shown = {each.text: (each.before, [each.text[a:b] for a, b in each.marks]) for each in news(engine, "kt22").figures}
    assert shown[MILITIA.format("1.310")] == (MILITIA.format("1.250"), ["1.310"])
    assert CALLED.format(850) not in shown


def test_people_posts_and_places_that_the_earlier_report_does_not_hold(engine):
    found = news(engine, "kt22")
    assert found.people == ("Hà Văn Bốn", "Tạ Văn Chung")
    assert found.posts == ("Phó Tư lệnh Quân khu 5",)
    assert found.places == ("huyện Đăk Glei",)


def test_new_terms_are_words_of_the_report_alone(engine):
    terms = news(engine, "kt22").terms
    assert "máy bay" in terms and not {"dân quân", "quân sự", "hội nghị"} & set(terms)


def test_a_report_against_itself_has_nothing_new(engine):
    text = engine.entries(["kt22"])[0].article.text
    assert all(each.before and not each.marks for each in against(text, text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Một câu. Câu hai! Câu ba?", ["Một câu.", "Câu hai!", "Câu ba?"]),
        ("Đạt 1.250 lượt, bằng 98,5% kế hoạch.\nDòng hai", ["Đạt 1.250 lượt, bằng 98,5% kế hoạch.", "Dòng hai"]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_sentences(text, found):
    assert list(sentences(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tại huyện Đăk Glei và xã Ia Dom", ["huyện Đăk Glei", "xã Ia Dom"]),
        ("các huyện, thị xã trong tỉnh", []),
        ("phường Quy Nhơn, tỉnh Gia Lai", ["phường Quy Nhơn", "tỉnh Gia Lai"]),
    ],
)
def test_places_are_units_with_a_name(text, found):
    assert list(places(text)) == found
