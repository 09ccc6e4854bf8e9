"""Who an article accuses, and who only deals with the accused: own sentences, each with those under accusation."""

from __future__ import annotations

import pytest

from indexer.entities import facet_keys, read_entities
from indexer.entities.accused import SUSPECT
from indexer.entities.officials import find_officials
from indexer.model import Article

# sentence, who is accused. In all of them nobody else is.
CASES: list[tuple[str, set[str]]] = [
    ("Đại tá Lý Văn Ba, Giám đốc Công an tỉnh, chủ trì họp báo về vụ án Trần Văn Tám bị khởi tố.", set()),
    ("Đại tá Lý Văn Ba, Thủ trưởng Cơ quan CSĐT, ký quyết định khởi tố bị can đối với Trần Văn Tám.", set()),
    ("Thượng tá Lý Văn Ba, Phó Giám đốc Công an tỉnh, cho biết đối tượng Trần Văn Tám đã bị bắt tạm giam.", set()),
    ("Đại tá Lý Văn Ba, Phó Giám đốc Công an tỉnh, chỉ đạo bắt giữ hai đối tượng, 5 bị can bị khởi tố.", set()),
    ("Trao đổi với phóng viên, Trung tá Lý Văn Ba, Trưởng Công an huyện, xác nhận ba thanh niên bị tạm giữ.", set()),
    ("Ông Lý Văn Ba, Chủ tịch UBND xã, chủ trì hội nghị; ba người trốn nghĩa vụ quân sự bị truy tố.", set()),
    ("Đại tá Lý Văn Ba, Chánh án Tòa án quân sự, chủ tọa phiên tòa tuyên phạt bị cáo 5 năm tù.", set()),
    ("Thiếu tướng Lý Văn Ba, Giám đốc Công an tỉnh, thưởng nóng ban chuyên án vì đã bắt đối tượng bị truy nã.",
     set()),
    ("Ông Lý Văn Ba, Viện trưởng VKSND tỉnh, phê chuẩn quyết định khởi tố, lệnh bắt tạm giam bị can.", set()),
    ("Đại tá Lý Văn Ba, Chính ủy Bộ CHQS tỉnh, nói về vụ việc có dấu hiệu vi phạm ở đơn vị.", set()),
    ("Đơn vị của Thiếu tá Lý Văn Ba, Đồn trưởng, bắt một đối tượng bị truy nã.", set()),
    ("Đại úy Lý Văn Ba bị thương khi bắt đối tượng bị truy nã.", set()),
    ("Thiếu tá Lý Văn Ba, Phó Trưởng Công an xã, bị đối tượng dùng dao tấn công; hung thủ bị bắt.", set()),
    ("Ông Lý Văn Ba, Phó Chủ tịch UBND huyện, bị khởi tố về tội nhận hối lộ.", {"Lý Văn Ba"}),
    ("Ông Lý Văn Ba, nguyên Chủ tịch UBND xã, vừa bị Cơ quan CSĐT khởi tố, bắt tạm giam.", {"Lý Văn Ba"}),
    ("Ông Lý Văn Ba, Chủ tịch UBND xã, đã bị Công an tỉnh bắt để điều tra.", {"Lý Văn Ba"}),
    ("Cơ quan điều tra khởi tố bị can đối với ông Lý Văn Ba, Chủ tịch UBND xã.", {"Lý Văn Ba"}),
    ("Cơ quan CSĐT đã ra quyết định khởi tố bị can, lệnh bắt tạm giam Lý Văn Ba, Giám đốc Sở Y tế tỉnh.",
     {"Lý Văn Ba"}),
    ("Bị can Lý Văn Ba, nguyên Giám đốc Sở Y tế tỉnh, khai nhận hành vi.", set()),
    ("Bị cáo Lý Văn Ba, nguyên Chủ tịch UBND huyện, nói lời sau cùng.", set()),
    ("Hội đồng xét xử tuyên phạt bị cáo Lý Văn Ba (nguyên Chủ tịch UBND huyện) 7 năm tù.", set()),
    ("Đối tượng Lý Văn Ba, nguyên cán bộ Công an huyện, mạo danh đại tá.", set()),
    ("Ông Lý Văn Ba, nguyên Giám đốc Sở Xây dựng tỉnh, lĩnh án 9 năm tù.", {"Lý Văn Ba"}),
    ("Nguyên Chủ tịch UBND tỉnh Lý Văn Ba bị đề nghị truy tố.", {"Lý Văn Ba"}),
    ("Đại tá Lý Văn Ba, nguyên Chỉ huy trưởng Bộ CHQS tỉnh, hầu tòa vì tham ô.", {"Lý Văn Ba"}),
    ("Cơ quan điều tra đã khởi tố bị can, thực hiện lệnh khám xét nơi ở đối với ông Lý Văn Ba, Bí thư Huyện ủy.",
     {"Lý Văn Ba"}),
    ("Các bị can gồm: Lý Văn Ba, nguyên Chủ tịch UBND xã; Hồ Văn Tư, nguyên Phó Chủ tịch UBND xã.",
     {"Hồ Văn Tư", "Lý Văn Ba"}),
    ("Ông Lý Văn Ba, Chủ tịch UBND huyện, và ông Hồ Văn Tư, Phó Chủ tịch UBND huyện, bị bắt tạm giam.",
     {"Hồ Văn Tư", "Lý Văn Ba"}),
    ("Đại tá Hồ Văn Tư, Giám đốc Công an tỉnh, cho biết ông Lý Văn Ba, Chủ tịch UBND xã, bị khởi tố.", {"Lý Văn Ba"}),
    ("Đại tá Hồ Văn Tư, Giám đốc Công an tỉnh, ký lệnh bắt tạm giam ông Lý Văn Ba, Chủ tịch UBND xã.", {"Lý Văn Ba"}),
    ("Theo cáo trạng, ông Lý Văn Ba khi làm Chủ tịch UBND xã đã chiếm đoạt tiền; ông Lý Văn Ba bị "
     "truy tố tội tham ô.", {"Lý Văn Ba"}),
    ("Ông Lý Văn Ba, Bí thư Huyện ủy, bị kỷ luật khiển trách.", set()),
    ("Thiếu tá Lý Văn Ba, Chỉ huy trưởng Ban CHQS huyện, nhắc ai trốn khám tuyển sẽ bị khởi tố.", set()),
    ("Đại tá Lý Văn Ba, Phó Chính ủy, phổ biến: quân nhân đào ngũ bị truy cứu trách nhiệm hình sự.", set()),
]


@pytest.mark.parametrize(("sentence", "suspects"), CASES, ids=[sentence[:50] for sentence, _ in CASES])
def test_an_accusation_is_said_of_the_name_itself(sentence: str, suspects: set[str]) -> None:
    """"Bị can A" makes A no official at all; one accused by what follows his name is an official with that role."""
    found = find_officials("", sentence)
    assert {o.name for o in found if any(role.name == SUSPECT for role in o.roles)} == suspects


@pytest.mark.parametrize("title", ["Bị can", "Bị cáo", "Đối tượng", "Nghi phạm"])
def test_a_title_of_the_accused_holds_for_the_whole_article(title: str) -> None:
    text = f"Ông Lý Văn Ba, Phó Giám đốc Sở Y tế tỉnh, từng dự hội nghị. {title} Lý Văn Ba nhận tội."
    (official,) = find_officials("", text)
    assert [role.name for role in official.roles if role.name == SUSPECT]


def test_an_accused_officials_article_gives_no_row_but_that_of_others() -> None:
    text = ("Đại tá Hồ Văn Tư, Giám đốc Công an tỉnh Hậu Giang, cho biết ông Lý Văn Ba, Chủ tịch UBND xã, bị khởi tố. "
            "Ông Lý Văn Ba làm Chủ tịch UBND xã từ năm 2019.")
    article = Article("1", "1.txt", "", text)
    people = {key.partition("@")[0] for key in facet_keys(read_entities(article), article)["mention"]}
    assert people == {"hồ văn tư"}
