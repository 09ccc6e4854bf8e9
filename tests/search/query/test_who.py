"""Questions for the holders of posts, however they are asked: over a few articles of our own, with invented names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.search.service import search
from indexer.storage.index_folder import ServedEngine, open_engine
from tests.archives import index_of

# id: (date, title, text)
ARTICLES = {
    "ht24": (
        "2024-03-05", "Trung đoàn 841 giúp dân",
        "Tại tỉnh Hà Tĩnh, Trung tá Phan Văn Hòa, Chính ủy Trung đoàn 841, cho biết đơn vị đã giúp dân dựng nhà. "
        "UBND tỉnh Hà Tĩnh cảm ơn."),
    "ag24": (
        "2024-04-06", "Biên phòng An Giang bắt thuốc lá lậu",
        "Tại tỉnh An Giang, Thiếu tá Hồ Thanh Tín, Đồn trưởng Đồn Biên phòng Vĩnh Ngươn, cho biết tổ tuần tra đã bắt "
        "hai người. UBND tỉnh An Giang khen thưởng."),
    "qt24": (
        "2024-05-07", "Biên phòng Quảng Trị cứu tàu cá",
        "Tại tỉnh Quảng Trị, Thiếu tá Mai Bách Tường, Đồn trưởng Đồn Biên phòng Cửa Việt, chỉ huy cứu tàu. UBND tỉnh "
        "Quảng Trị biểu dương."),
    "ls24": (
        "2024-06-08", "Biên phòng Lạng Sơn bắt ma túy",
        "Tại tỉnh Lạng Sơn, Đại tá Ninh Văn Hoạt, Chỉ huy trưởng Bộ đội Biên phòng tỉnh Lạng Sơn, thông tin về vụ án. "
        "UBND tỉnh Lạng Sơn họp."),
    "qk9": (
        "2023-07-02", "Quân khu 9 kiểm tra",
        "Tại tỉnh Cà Mau, Trung tướng Trần Hữu Thịnh, Tư lệnh Quân khu 9, kiểm tra huấn luyện. UBND tỉnh Cà Mau "
        "báo cáo. Thiếu tướng Lý Công Hậu, Phó Tư lệnh Quân khu 9, cùng dự."),
    "vh24": (
        "2024-08-03", "Vinh huấn luyện",
        "Tại thành phố Vinh, tỉnh Nghệ An, Thượng tá Đào Quang Vinh, Phó Chỉ huy trưởng Ban CHQS thành phố Vinh, báo "
        "cáo. UBND tỉnh Nghệ An dự."),
}  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedEngine]:
    rows = [{"id": id, "title": title, "text": text, "date": date} for id, (date, title, text) in ARTICLES.items()]
    engine = open_engine(index_of(tmp_path_factory.mktemp("who"), rows))
    yield engine
    engine.close()


HOLDERS = [
    # a unit by its number
    ("Ai là Chính ủy Trung đoàn 841?", ["Phan Văn Hòa"]),
    ("chinh uy trung doan 841 la ai", ["Phan Văn Hòa"]),
    ("Ai là Chính ủy Trung đoàn 842?", []),
    # a station by its name
    ("Ai là Đồn trưởng Đồn Biên phòng Vĩnh Ngươn?", ["Hồ Thanh Tín"]),
    ("đồn trưởng đồn biên phòng vĩnh ngươn là ai", ["Hồ Thanh Tín"]),
    ("don truong don bien phong vinh nguon la ai", ["Hồ Thanh Tín"]),
    ("Ai là Đồn trưởng Đồn Biên phòng cửa khẩu cảng Cửa Việt năm 2024?", ["Mai Bách Tường"]),
    ("Ai là Đồn trưởng Đồn Biên phòng Bờ Y?", []),
    # other words that ask for a name
    ("Tư lệnh Quân khu 9 là người nào?", ["Trần Hữu Thịnh"]),
    ("Phó Tư lệnh Quân khu 9 tên là gì", ["Lý Công Hậu"]),
    ("Tư lệnh Quân khu 9 tên gì", ["Trần Hữu Thịnh"]),
    ("Tư lệnh Quân khu 9 năm 2023?", ["Trần Hữu Thịnh"]),
    ("vị nào đang giữ chức Tư lệnh Quân khu 9", ["Trần Hữu Thịnh"]),
    ("Tư lệnh Quân khu 9 năm 2023", []),
    # who commands
    ("Ai chỉ huy Quân khu 9?", ["Trần Hữu Thịnh"]),
    ("Quân khu 9 do ai chỉ huy", ["Trần Hữu Thịnh"]),
    ("Ai đang đứng đầu Quân khu 9 năm 2023", ["Trần Hữu Thịnh"]),
    ("chỉ huy Quân khu 9 là ai", ["Trần Hữu Thịnh"]),
    ("ai chỉ huy bộ đội biên phòng Lạng Sơn", ["Ninh Văn Hoạt"]),
    ("Ai là người chỉ huy Trung đoàn 841?", []),
    ("Ai chỉ huy cứu tàu ở Quảng Trị?", []),
]


@pytest.mark.parametrize(("text", "holders"), HOLDERS)
def test_a_question_for_a_post_is_answered_however_it_is_asked(
    engine: ServedEngine, text: str, holders: list[str]
) -> None:
    assert [answer.name for answer in search(engine, text).answers] == holders


@pytest.mark.parametrize("text", ["Chính ủy Trung đoàn 777", "chỉ huy trưởng Ban CHQS thành phố Vinh"])
def test_a_unit_or_place_behind_a_post_is_no_given_name(engine: ServedEngine, text: str) -> None:
    assert "official" not in [part.facet for part in search(engine, text).recognised]
