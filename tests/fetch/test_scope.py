"""What belongs in an archive of local defence, and why."""

from __future__ import annotations

import pytest

from indexer.fetch.scope import THRESHOLD, in_scope, weights


@pytest.mark.parametrize(("title", "text", "belongs"), [
    ("Thanh niên Gia Lai lên đường nhập ngũ", "Sáng 5/3, các địa phương tổ chức lễ giao, nhận quân.", True),
    ("Tổng kết công tác năm", "Bộ CHQS tỉnh tổng kết công tác quân sự, quốc phòng địa phương.", True),
    ("Bắt hai đối tượng vận chuyển ma túy", "Đồn Biên phòng cửa khẩu phối hợp bắt giữ hai đối tượng.", True),
    ("Diễn tập khu vực phòng thủ huyện", "", True),
    ("Cách nấu phở bò", "Xương bò hầm kỹ với gừng nướng.", False),
    ("Chelsea đón tân binh", "Tân binh của Chelsea ra mắt trước vòng đấu tới.", False),
    ("Hải quân Mỹ diễn tập", "Tàu sân bay của Hải quân Mỹ cùng không quân Mỹ diễn tập, Lầu Năm Góc cho biết.", False),
    ("Cán bộ đội quản lý thị trường bị kỷ luật", "Một cán bộ đội quản lý thị trường nhận hối lộ.", False),
    ("Thu nhập bình quân khu vực nông thôn tăng", "Thu nhập bình quân khu vực nông thôn đạt 34 triệu đồng.", False),
])
def test_local_defence_belongs_and_its_look_alikes_do_not(title: str, text: str, belongs: bool) -> None:
    verdict = in_scope(title, text)
    assert verdict.belongs is belongs, verdict


def test_the_reason_names_the_terms_that_weighed_most_and_what_is_needed() -> None:
    verdict = in_scope("Tuyển quân", "Công tác tuyển quân năm nay.")
    assert verdict.reason == f"tuyển quân +15; cần {THRESHOLD:g}" and verdict.score == 15


def test_a_longer_term_stands_for_the_shorter_ones_in_it() -> None:
    assert "bộ đội +" not in in_scope("Bộ đội Biên phòng", "").reason


@pytest.mark.parametrize("title", ["TUYỂN QUÂN", "Tuyển quân", "tuyển  quân"])
def test_case_tone_style_and_spaces_do_not_matter(title: str) -> None:
    assert in_scope(title, "").score == 9


def test_every_term_is_weighed_once() -> None:
    from importlib import resources

    rows = resources.files("indexer.fetch").joinpath("data/scope_terms.csv").read_text(encoding="utf-8").splitlines()
    assert len(weights()) == len(rows) - 1
