"""A role is told only where verb and subject stand in one clause of local news, and has happened."""

from __future__ import annotations

import pytest

from indexer.entities.officials import find_officials

LOCAL = "Ban CHQS huyện tổ chức hội nghị. "
SILENT = [
    ("Đại tá Lý Văn Ba giao Bộ CHQS tỉnh chủ trì việc này.", "Lý Văn Ba"),
    ("Đại tá Lý Văn Ba bảo huyện đội giữ kho, còn việc xác minh, kết luận là của cấp trên.", "Lý Văn Ba"),
    ("Theo dự kiến, Đại tá Lý Văn Ba chủ trì buổi lễ.", "Lý Văn Ba"),
    ("Đại tá Lý Văn Ba sẽ dự lễ khai giảng.", "Lý Văn Ba"),
    ("Trong công điện vừa ban hành, Chủ tịch UBND tỉnh Lý Văn Ba yêu cầu các huyện trực bão.", "Lý Văn Ba"),
    ("Đồng chí Hồ Văn Tư đến nhà trao huy hiệu cho ông Lý Văn Ba, nguyên Bí thư Huyện ủy, và trao quà cho hàng xóm.",
     "Lý Văn Ba"),
    ("Đại tá Lý Văn Ba có mặt tại hiện trường.", "Lý Văn Ba"),
    ("Góp ý vào Dự án đập, ông Lý Văn Ba, nguyên Giám đốc Sở Nông nghiệp nói ít.", "Lý Văn Ba"),
]
TOLD = [
    ("Đại tá Lý Văn Ba, Chỉ huy trưởng Bộ CHQS tỉnh cùng lãnh đạo huyện kiểm tra bãi tập.", "kiểm tra"),
    ("Đại tá Lý Văn Ba (giữa), Chính ủy Bộ CHQS tỉnh trao quà.", "trao/tặng"),
    ("Đại tá Lý Văn Ba khen các xã, thị trấn, biểu dương dân quân và đề nghị giữ nếp.", ""),
    ("Thượng tá Lý Văn Ba - Phó Chỉ huy trưởng kiêm Tham mưu trưởng Bộ CHQS tỉnh đến dự.", "dự"),
]


@pytest.mark.parametrize(("sentence", "name"), SILENT, ids=[sentence[:45] for sentence, _ in SILENT])
def test_what_another_does_or_what_is_only_planned_is_nobodys_role(sentence: str, name: str) -> None:
    roles = {official.name: official.roles for official in find_officials("", LOCAL + sentence)}
    assert roles[name] == ()


@pytest.mark.parametrize(("sentence", "role"), TOLD, ids=[sentence[:45] for sentence, _ in TOLD])
def test_posts_company_and_adverbs_may_stand_between_name_and_verb(sentence: str, role: str) -> None:
    (official,) = find_officials("", LOCAL + sentence)
    assert ", ".join(told.name for told in official.roles) == role


def test_news_of_courts_and_firms_tells_no_roles() -> None:
    text = "Ông Lý Văn Ba, Giám đốc Sở Xây dựng, yêu cầu công ty trả tiền. " + "Phiên tòa kéo dài nhiều ngày. " * 20
    (official,) = find_officials("Vụ kiện nhà ở", text)
    assert official.roles == ()


def test_a_foreign_leader_has_no_role() -> None:
    (official,) = find_officials("", LOCAL + "Tổng thống Pháp Jean Dupont tuyên bố mở hội.")
    assert official.roles == ()
