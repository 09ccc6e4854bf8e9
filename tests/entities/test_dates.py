"""Which days and years a text names, in what sense, and when an article appeared."""

from datetime import date, timedelta

import pytest

from indexer.entities.dates import days
from indexer.entities.occasions import anniversaries, lunar_years
from indexer.entities.published import read_dates
from indexer.entities.years import years
from indexer.model import StatedDate
from indexer.text import normalize

DAYS = [
    # text, (ISO day or (day, month)) of what it tells as news
    ("Chiều ngày 14/12, hội nghị khai mạc.", [(14, 12)]),
    ("Sáng nay (24/2), lớp tập huấn mở.", [(24, 2)]),
    ("Sáng 11-1, đơn vị ra quân.", [(11, 1)]),
    ("Sáng 11.12, Tỉnh đoàn phối hợp.", [(11, 12)]),
    ("Tối ngày 5 tháng 11, đêm hội bắt đầu.", [(5, 11)]),
    ("Ngày 28 tháng 3 năm 2022, đoàn đến thăm.", ["2022-03-28"]),
    ("Thứ Năm, 24/02/2022", ["2022-02-24"]),
    ("Trong hai ngày 25-26/4, lực lượng tập luyện.", [(26, 4)]),
    ("Trong 3 ngày (9- 11/5/2023) diễn tập.", ["2023-05-11"]),
    ("Bản tin 2022-12-14 lúc 9 giờ", ["2022-12-14"]),
    ("Sáng 5/3/2023 tỉnh Gia Lai giao quân.", ["2023-03-05"]),
    ("Chiều 5/3 tỉnh Gia Lai giao quân.", [(5, 3)]),
    ("Đạt 19/19 chỉ tiêu, hơn năm trước.", []),
    ("Có 4/12 thôn chưa có điện, 10/10 huyện đã họp.", []),
    ("Theo Nghị định số 03/2019/NĐ-CP của Chính phủ.", []),
    ("Nghị định 13/2023/NĐ-CP ngày 17/4/2023 quy định rõ.", []),
    ("Nghị quyết số 28-NQ/TW được quán triệt.", []),
    ("Giai đoạn 2021-2025 đầu tư 3 tỷ đồng.", []),
    ("Tỷ lệ 12/10 là nhầm.", []),
    ("Ngày 31/2 không có thật.", []),
    ("Quân số 98,5%, giá 12.500 đồng.", []),
    ("Kỷ niệm 79 năm Ngày thành lập Quân đội (22/12/1944 - 22/12/2023), chiều nay (20/12) gặp mặt.", [(20, 12)]),
    ("Gửi báo cáo trước ngày 15/3.", []),
]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_a_text_tells_these_days_as_news(text, expected):
    assert [day.iso() or (day.day, day.month) for day in days(normalize(text)) if not day.sense] == expected


YEARS = [
    ("Tổng kết công tác năm 2022 và nhiệm vụ năm 2023", [(2022, "review"), (2023, "plan")]),
    ("Năm 2022, địa phương giao đủ quân.", [(2022, "opening")]),
    ("Năm 2022, địa phương đã giao đủ quân.", [(2022, "review")]),
    ("Ra quân huấn luyện năm 2024", [(2024, "programme")]),
    ("Quyết tâm hoàn thành xuất sắc nhiệm vụ năm 2021", [(2021, "programme")]),
    ("Họp thường kỳ tháng 10-2015", [(2015, "month")]),
    ("Luật Nghĩa vụ quân sự năm 2015 quy định", [(2015, "document")]),
    ("anh Bảy sinh năm 2001", [(2001, "document")]),
    ("Trung tâm thành lập đầu năm 2015", [(2015, "past")]),
    ("tầm nhìn đến năm 2050", [(2050, "passing")]),
    ("giai đoạn 2021-2025", [(2021, "period")]),
    ("Mùa khô năm 2023 - 2024 quy tập được nhiều", [(2023, "season")]),
    ("Thông tư 05/2020 có hiệu lực", []),
    ("chiến dịch năm 1972", []),
    ("Tổng kết nhiệm vụ quốc phòng năm 2022", [(2022, "review")]),
    ("Đánh giá kết quả công tác tuyển quân năm 2022", [(2022, "drafted")]),
    ("Triển khai tuyển chọn, gọi công dân nhập ngũ năm 2022", [(2022, "draft")]),
    ("Lễ giao, nhận quân năm 2022", [(2022, "delivery")]),
    ("Hiệp đồng giao nhận quân năm 2022", [(2022, "draft")]),
    ("Lớp tập huấn cán bộ năm 2022", [(2022, "training")]),
    ("Nghị quyết lãnh đạo nhiệm vụ năm 2022", [(2022, "plan")]),
    ("Nghị quyết số 7 năm 2022", [(2022, "document")]),
    ("nhiệm vụ 6 tháng cuối năm 2022", [(2022, "half")]),
    ("nửa đầu năm 2022", [(2022, "half")]),
    ("quý IV năm 2022", [(2022, "quarter")]),
    ("quý 2/2022", [(2022, "quarter")]),
    ("tuyển quân đợt II/2014", [(2014, "batch")]),
    ("khai giảng năm học 2022-2023", [(2022, "season")]),
    ("UBND huyện năm 2022 giao đủ quân", [(2022, "aside")]),
    ("Sang năm 2022, huyện rà nguồn", [(2022, "plan")]),
    ("lập thành tích chào mừng", []),
]


@pytest.mark.parametrize(("text", "expected"), YEARS)
def test_a_year_is_named_in_this_sense(text, expected):
    assert [(year.year, year.sense) for year in years(normalize(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kỷ niệm 78 năm Ngày thành lập Quân đội nhân dân Việt Nam", {2022}),
        ("Ngày truyền thống (16.10.1945 - 16.10.2025)", {2025}),
        ("kỷ niệm 60 năm Ngày truyền thống (3-3-1959)", {2019}),
        ("ông đã 78 năm tuổi đời", set()),
        ("vườn cây 20 năm tuổi", set()),
    ],
)
def test_an_anniversary_fixes_the_year(text, expected):
    assert {fixed.year for fixed in anniversaries(normalize(text))} == expected


LUNAR = [("Tết Ất Tỵ", 2025), ("Xuân Bính Ngọ", 2026), ("Tết Nhâm Dần", 2022), ("Xuân Ất Tị", 2025)]


@pytest.mark.parametrize(("text", "year"), LUNAR)
def test_a_lunar_year_is_the_one_of_the_web_s_lifetime(text, year):
    assert [fixed.year for fixed in lunar_years(text)] == [year]


PUBLISHED = [
    # title, text, stamps, published, basis, event
    ("", "Ngày 14/12, hội nghị.", [("2022-12", "header")], "2022-12", "header", "2022-12-14"),
    ("", "Ngày 14/12, hội nghị.", [("2022-12", "header"), ("2022-12-15", "url")], "2022-12-15", "header", "2022-12-14"),
    ("", "Ngày 30/12, hội nghị.", [("2023-01-02", "meta")], "2023-01-02", "meta", "2022-12-30"),
    ("", "Sáng 26/3/2010, lễ kỷ niệm mở màn.", [("2024-03-01", "header")], "2010-03-26", "event", "2010-03-26"),
    ("", "Sáng 26/3/2010, lễ kỷ niệm mở màn.", [("2010-03-28", "header")], "2010-03-28", "header", "2010-03-26"),
    ("", "Tin ngắn.", [("2999-01-01", "meta")], None, "none", None),
    ("Tổng kết năm 2022, nhiệm vụ năm 2023", "Sáng 11-1, hội nghị mở.", [], "2023-01-11", "event", "2023-01-11"),
    ("Tổng kết năm 2022, nhiệm vụ năm 2023", "Chiều 20-12, hội nghị mở.", [], "2022-12-20", "event", "2022-12-20"),
    ("Triển khai nhiệm vụ năm 2023", "Ngày 20-12, hội nghị mở.", [], "2022-12-20", "event", "2022-12-20"),
    ("Tổng kết công tác năm 2022", "Ngày 11-1, hội nghị mở.", [], "2023-01-11", "event", "2023-01-11"),
    ("Ra quân huấn luyện năm 2024", "Ngày 1-3, lễ ra quân.", [], "2024-03-01", "event", "2024-03-01"),
    ("Chúc Tết Ất Tỵ", "Ngày 16-1, đoàn thăm trung đoàn.", [], "2025-01-16", "event", "2025-01-16"),
    (
        "Chào mừng 75 năm Ngày Toàn quốc kháng chiến (19/12/1946 - 19/12/2021)",
        "Sáng 4/10, đơn vị phát động thi đua. Bàn kế hoạch năm 2021.",
        [], "2021-10-04", "event", "2021-10-04",
    ),
    ("", "Năm 2022, LLVT tỉnh đạt nhiều kết quả. Chuẩn bị nhiệm vụ năm 2023.", [], "2022", "years", None),
    ("", "Sáng 17/7, chốt trực mở lại.", [], None, "none", None),
    ("", "Trụ sở xây từ năm 2015. Bộ đội vẫn vui.", [], None, "none", None),
]


@pytest.mark.parametrize(("title", "text", "stamps", "day", "basis", "event"), PUBLISHED)
def test_an_article_appeared_on(title, text, stamps, day, basis, event):
    dated = read_dates(normalize(title), normalize(text), [StatedDate(*stamp) for stamp in stamps])
    assert (dated.published.date, dated.published.basis, dated.event) == (day, basis, event)


def test_the_years_an_article_is_about_are_those_reviewed_and_planned():
    text = "Đề ra nhiệm vụ năm 2023 theo Luật Dân quân tự vệ năm 2019."
    dated = read_dates("Tổng kết năm 2022", text, [StatedDate("2022-12-20", "meta")])
    assert dated.years_about == (2022, 2023)


def test_a_title_lost_from_the_text_lives_on_in_the_address():
    dated = read_dates("", "Đêm giao lưu vui vẻ.", [], "https://example.vn/tong-ket-cong-tac-nam-2016-a1.html")
    assert dated.published.date == "2016"


@pytest.mark.parametrize("text", [
    "Chủ tịch tỉnh bàn kế hoạch năm {next}.",
    "Sáng 30/12, đơn vị tổng kết năm {next}. Nhiệm vụ năm {next} đã được giao.",
    "Ngày 28/3/{next}, đoàn đến thăm.",
])
def test_no_article_appeared_in_the_future(text):
    coming = date.today().year + 1
    dated = read_dates("", text.format(next=coming), [StatedDate(f"{coming}-12-31", "meta")])
    assert (dated.published.date or "") <= (date.today() + timedelta(days=1)).isoformat()
