"""Kinds of falsehood and silence that articles nobody had seen showed: rows of invented wording."""

from __future__ import annotations

import pytest

from indexer.entities.published import read_dates
from indexer.entities.topics import find_topics
from indexer.ingest import analysis
from indexer.model import Article, Entities, StatedDate
from indexer.text import normalize


def read(text: str, title: str = "", url: str | None = None) -> Entities:
    return analysis.read(analysis.prepare(Article("a", "a.txt", title, text, url=url)))


DATED = [
    # the year is proven
    ("Nhiệm vụ quân sự năm 2018 được thành phố đưa ra tổng kết sáng 25-12.", "2018-12-25"),
    ("Nhìn lại một năm, sáng 20/12, tỉnh cho biết đã giao quân năm 2021 đủ chỉ tiêu.", "2021-12-20"),
    ("Ban CHQS huyện tổ chức hội thi chính trị viên từ ngày 03-05/7/2013.", "2013-07-05"),
    ("Từ đầu năm 2017 đến nay, đồn biên phòng bắt 20 vụ. Chiều 8/9, đồn bắt thêm một vụ.", "2017-09-08"),
    ("Thực hiện Kế hoạch số 19/KH-BCH ngày 04/1/2018 của huyện, sáng 15/3, xã Lộc An huấn luyện dân quân.",
     "2018-03-15"),
    ("Thực hiện Kế hoạch số 90/KH-BCH ngày 14/12/2018 của huyện, sáng 15/3, xã Lộc An huấn luyện dân quân.",
     "2019-03-15"),
    ("Kỷ niệm ngày Thương binh - Liệt sĩ 27/7/2017, ngày 1/7, huyện dâng hương tại nghĩa trang.", "2017-07-01"),
    ("Trong 5 tháng đầu năm 2019, đồn biên phòng bắt 30 vụ. Chiều 3/6, đồn bắt thêm một vụ.", "2019-06-03"),
    # nothing proves it
    ("Đồn biên phòng bắt hai người. Anh Kha cho biết tháng 10/2016, anh quen họ. Sáng 29/4, anh trốn.", None),
    ("Sáng 4/6, bộ đội biên phòng truy điệu thiếu tá Kha. Năm 2003, anh được cử đi học.", None),
    ("Sáng 21/10, quân khu tiễn đưa ba phi công. Chồng chị hy sinh khi bay huấn luyện ở Sông Lam năm 2005.", None),
    ("Theo cáo trạng, ngày 27/9/2020, hai người vượt biên giới trái phép.", None),
    ("Được biết, ngày 9-6-2011, Ban CHQS huyện bàn giao khu đất.", None),
    ("2016 là năm đầy dấu ấn của Ban CHQS huyện Sông Lam.", None),
    ("Sáng 22/1, đại biểu bàn chiến lược quốc phòng - an ninh biển đến 2020.", None),
]


@pytest.mark.parametrize(("text", "date"), DATED)
def test_an_article_on_the_forces_is_dated_by_words_that_prove_it(text, date):
    assert read(text).published.date == date


@pytest.mark.parametrize(("text", "date"), [
    ("Công ty Sông Xanh khai trương chiều 5/3. Doanh nhân kể: năm 2014 đánh dấu thành công của ông.", None),
    ("Hôm 5/3, Bộ Ngoại giao nước bạn ra tuyên bố. Hội nghị thượng đỉnh NATO năm 2016 đã bàn việc này.", None),
    ("Trung vệ Nam chấn thương trước vòng loại Asian Cup 2019.", None),
    ("Chiều 5/3, cuộc thi Hoa Xuân năm 2021 khai mạc tại nhà văn hóa.", "2021-03-05"),
    ("Sáng 12/3/2021, chợ hoa mở cửa.", "2021-03-12"),
])
def test_other_news_is_dated_only_by_its_own_sentence(text, date):
    assert read(text).published.date == date


def test_a_page_s_clock_gives_way_to_an_event_whose_year_its_title_proves():
    text = normalize("Sáng 25-12, quân sự thành phố họp.")
    title = normalize("Tổng kết nhiệm vụ quân sự năm 2018")
    assert read_dates(title, text, [StatedDate("2019-03-21", "header")]).published.date == "2018-12-25"


@pytest.mark.parametrize(("text", "roles"), [
    ("Thành tích của Trung úy Lê Thị Hà được lãnh đạo đơn vị ghi nhận.", ()),
    ("Theo TS Lê Văn Hà, chi cục trưởng Chi cục Thủy lợi, toàn tỉnh đã ghi nhận thiệt hại lớn.", ()),
    ("Đại úy Lê Văn Hà đã đề nghị chị này giữ kín.", ()),
    ("Chủ tịch UBND tỉnh Lê Văn Hà yêu cầu các đơn vị thường xuyên kiểm tra.", ("phát biểu",)),
    ("Phó Chủ tịch UBND tỉnh Lê Văn Hà chỉ đạo huyện khẩn trương rà soát, kiểm tra.", ()),
])
def test_what_is_said_of_a_person_or_asked_of_others_is_no_role_of_his(text, roles):
    assert tuple(role.name for each in read(text).officials for role in each.roles) == roles


@pytest.mark.parametrize(("text", "names"), [
    ("Thủ tướng An-giê-ri A. Xê-la-lơ tiếp đoàn.", ()),
    ("Thủ tướng Hi Lạp Alexis Tsipras đến dự.", ("Alexis Tsipras",)),
    ("Tổng thống Hàn Quốc Moon Jae-in đến dự.", ("Moon Jae-in",)),
    ("Đồng chí Chủ tịch Châu Á đến dự.", ()),
    ("Tổng thống Donald Trump Ảnh: EPA.", ("Donald Trump",)),
])
def test_a_foreign_name_is_read_whole_or_left_out(text, names):
    assert tuple(each.name for each in read(text).officials) == names


@pytest.mark.parametrize("text", [
    "Rà soát vùng biển từ Quảng Ninh đến Hà Tĩnh để tìm máy bay.",
    "Trung vệ của FLC Thanh Hóa bị phạt sau trận đấu.",
    "Đồn biên phòng giữ một người bị Công an TP.HCM truy nã.",
])
def test_a_stretch_a_club_and_who_seeks_somebody_are_no_place_of_the_news(text):
    assert read(text).provinces == ()


@pytest.mark.parametrize("title", [
    "Tàu sân bay Mỹ đến bán đảo Triều Tiên", "Va chạm với ô tô do chiến sĩ biên phòng lái",
    "Salah đạt cột mốc 250 bàn", "Bão số 3 áp sát Biển Đông, áp thấp vào Biển Đông",
])
def test_what_only_shares_words_with_the_forces_is_no_news_of_the_border(title):
    assert "biên giới và biển đảo" not in {topic.name for topic in find_topics(normalize(title), "")}


def test_a_district_s_own_portal_names_the_district_of_a_text_without_names():
    found = read("Sáng 8/3/2021, Ban CHQS huyện ra quân huấn luyện.", url="https://huyendakto.kontum.gov.vn/tin/1")
    assert [each.key for each in found.localities] == ["huyện Đắk Tô@Kon Tum"]


def test_dak_is_written_in_three_ways():
    keys = {read(f"Ban CHQS huyện {dak} Tô, tỉnh Kon Tum ra quân năm 2021.").localities[0].key
            for dak in ("Đắk", "Đăk", "Đak")}
    assert keys == {"huyện Đắk Tô@Kon Tum"}
