"""Whether a sentence says that this person changes posts."""

from __future__ import annotations

import pytest

from indexer.entities.moves import moved

WHO = "Lý Văn Ba"
STATED = [
    ("Đại tá Lý Văn Ba được bổ nhiệm làm Chỉ huy trưởng Bộ CHQS tỉnh.", True),
    ("Đại tá Lý Văn Ba, Phó Chỉ huy trưởng, được Bộ Quốc phòng điều động về Quân khu 4.", True),
    ("Bộ Quốc phòng điều động Đại tá Lý Văn Ba về tỉnh Kon Tum.", True),
    ("Quyết định bổ nhiệm đồng chí Lý Văn Ba giữ chức Bí thư Huyện ủy.", True),
    ("Đại tá Lý Văn Ba nhận nhiệm vụ Chính ủy Bộ CHQS tỉnh.", True),
    ("Đại tá Lý Văn Ba bàn giao chức vụ cho Thượng tá Hồ Văn Tư.", True),
    ("Thiếu tướng Lý Văn Ba trao quyết định bổ nhiệm cho Thượng tá Hồ Văn Tư.", False),
    ("Thiếu tướng Lý Văn Ba công bố quyết định điều động Thượng tá Hồ Văn Tư.", False),
    ("Đại tá Lý Văn Ba dự lễ. Thượng tá Hồ Văn Tư được bổ nhiệm.", False),
    ("Thượng tá Hồ Văn Tư được bổ nhiệm làm Chỉ huy trưởng; Đại tá Lý Văn Ba chúc mừng.", False),
    ("Đại tá Lý Văn Ba điều động 200 bộ đội đi cứu dân.", False),
    ("Đại tá Lý Văn Ba phân công các tổ trực bão.", False),
    ("Đại tá Lý Văn Ba ký quyết định bổ nhiệm 12 cán bộ.", False),
    ("Bàn về công tác bổ nhiệm, Đại tá Lý Văn Ba nêu ba việc.", False),
]


@pytest.mark.parametrize(("sentence", "states"), STATED, ids=[sentence for sentence, _ in STATED])
def test_a_word_of_moving_counts_only_for_whom_it_moves(sentence: str, states: bool) -> None:
    assert moved(sentence, WHO) is states
