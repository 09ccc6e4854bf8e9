"""Under which body a person stands whose posts reach beyond one province."""

from __future__ import annotations

import pytest

from indexer.entities.lexicon import levels
from indexer.entities.person_keys import levels_in, wide_body


@pytest.mark.parametrize(("posts", "body"), [
    (("Phó Tư lệnh Quân khu 7",), "Quân khu 7"),
    (("Thứ trưởng Bộ Quốc phòng",), "Trung ương"),
    (("Ủy viên Ủy ban Quốc phòng và An ninh",), "Trung ương"),
    (("Ủy viên Ủy ban Quốc phòng và An ninh", "Chỉ huy trưởng Ban Chỉ huy phòng thủ khu vực"), ""),
    (("Thứ trưởng Bộ Quốc phòng", "nguyên Chỉ huy trưởng Bộ CHQS tỉnh"), ""),
    (("Bí thư Đảng ủy",), ""),
])
def test_a_local_post_keeps_a_person_in_the_province_whatever_else_is_told(posts, body):
    assert wide_body(posts) == body


@pytest.mark.parametrize("phrase", sorted(phrase for phrase in levels() if " " in phrase))
def test_every_body_of_a_known_level_is_found_however_long_its_name(phrase):
    assert levels()[phrase] in dict(levels_in(phrase))
