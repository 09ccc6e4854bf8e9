"""A date is given only where words near the event prove it; topics only where the article is about them."""

from __future__ import annotations

import pytest

from indexer.entities.proofs import Reading
from indexer.entities.published import read_dates
from indexer.entities.topics import find_topics
from indexer.text import normalize

# title, text, day, year or None
DATES = [
    ("Huyện sẵn sàng cho mùa tuyển quân năm 2026", "Lễ giao, nhận quân diễn ra vào ngày 4/3/2026 tại huyện.", "2026"),
    ("Nội các thông qua Chương trình giám sát năm 2018", "Sáng 12/6, phiên họp bế mạc với đa số phiếu.", None),
    ("Máy bay ném bom Nga bay xa", "Ngày 10/9/2008, máy bay của Nga bay tới Venezuela.", None),
    ("Hội thảo 40 năm chiến thắng", "Chiều 28/12, Bộ CHQS tỉnh hội thảo kỷ niệm chiến thắng (7/1/1979 - 7/1/2019).",
     "2018-12-28"),
    ("Biên phòng hai nước diễn tập", 'Chiều 23/9, bộ đội biên phòng tỉnh mở cuộc diễn tập "Suối Reo - 2017".',
     "2017-09-23"),
    ("Giao lưu biên giới", "Hội giao lưu biên phòng sẽ được tổ chức ở huyện, từ ngày 2 đến 3-11. Năm 2019 là lần đầu.",
     "2019"),
]
TOPICS = [
    ("Dự đại hội thi đua yêu nước", "", ""),
    ("Mỹ đối mặt lũ lụt lớn", "", ""),
    ("Dân quân Iraq bị bắn tỉa", "", ""),
    ("Tận dụng giờ vàng cấp cứu nạn nhân", "", ""),
    ("Tỉnh trao quyết định chủ trương đầu tư", "", ""),
    ("Thẻ thanh toán xuyên biên giới", "Nhà băng mở dịch vụ thanh toán xuyên biên giới.", ""),
    ("Bữa ăn có gián", "Sinh viên chê bữa ăn ở Trung tâm Giáo dục quốc phòng và an ninh.", ""),
    ("Bão số 3 đổ bộ", "", "phòng thủ dân sự"),
    ("Bộ đội Mỹ Đức giúp dân sau sạt lở", "", "phòng thủ dân sự"),
]


@pytest.mark.parametrize(("title", "text", "day"), DATES, ids=[title for title, *_ in DATES])
def test_only_words_that_prove_a_day_date_an_article(title: str, text: str, day: str | None) -> None:
    assert read_dates(normalize(title), normalize(text), ()).published.date == day


@pytest.mark.parametrize(("title", "text", "topic"), TOPICS, ids=[title for title, *_ in TOPICS])
def test_a_phrase_that_only_looks_like_a_cue_is_no_topic(title: str, text: str, topic: str) -> None:
    assert ", ".join(found.name for found in find_topics(normalize(title), normalize(text))) == topic


def test_a_forecast_is_no_day_of_news() -> None:
    reading = Reading("", normalize("Các xã ứng phó với mưa lũ diễn ra từ ngày 16 - 19/6 ở huyện."))
    assert [day.sense for day in reading.days] == ["passing"]
