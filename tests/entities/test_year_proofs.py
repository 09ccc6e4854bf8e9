"""Which words prove the year of a day written without one; and when nothing does."""

import pytest

from indexer.entities.proofs import Reading, proofs
from indexer.entities.published import read_dates
from indexer.model import StatedDate
from indexer.text import normalize

PROVEN = [
    # kind of proof, text, day of publication
    # a review and a plan, early and late in the year
    ("Sáng 14/12, huyện tổng kết nhiệm vụ quân sự năm 2023.", "2023-12-14"),
    ("Chiều 28/11, Ban CHQS huyện sơ kết việc thực hiện nhiệm vụ năm 2021.", "2021-11-28"),
    ("Sáng 20/10, tỉnh đánh giá kết quả công tác quốc phòng năm 2020.", "2020-10-20"),
    ("Ngày 6/1, xã tổng kết công tác quốc phòng năm 2022.", "2023-01-06"),
    ("Ngày 12/12, quân sự tỉnh tổng kết năm 2022, triển khai nhiệm vụ năm 2023.", "2022-12-12"),
    ("Ngày 9/1, quân sự tỉnh tổng kết năm 2022, triển khai nhiệm vụ năm 2023.", "2023-01-09"),
    ("Sáng 5/12, Đảng ủy Quân sự tỉnh ra nghị quyết lãnh đạo nhiệm vụ năm 2024.", "2023-12-05"),
    ("Sáng 17/1, tỉnh giao chỉ tiêu nhiệm vụ quốc phòng năm 2024.", "2024-01-17"),
    ("Chiều 22/11, tỉnh bàn phương hướng, nhiệm vụ năm 2019.", "2018-11-22"),
    ("Ngày 24/11, quân khu kiểm tra công tác chuẩn bị diễn tập năm 2022.", "2022-11-24"),
    ("Ngày 6/12, khai mạc hội thi bắn súng quân dụng năm 2022.", "2022-12-06"),
    # recruits: chosen in the autumn before, handed over in spring, summed up in summer
    ("Sáng 20/9, xã triển khai công tác tuyển chọn, gọi công dân nhập ngũ năm 2024.", "2023-09-20"),
    ("Từ ngày 1/11, huyện khám sức khỏe nghĩa vụ quân sự. Sáng 3/11, đoàn kiểm tra khám tuyển năm 2022.", "2021-11-03"),
    ("Sáng 13/2, huyện tổ chức lễ giao, nhận quân năm 2022.", "2022-02-13"),
    ("Ngày 21/8, huyện tổng kết công tác tuyển quân năm 2019, triển khai tuyển quân năm 2020.", "2019-08-21"),
    ("Ngày 25/8, huyện triển khai tuyển quân đợt II/2014.", "2014-08-25"),
    ("Ngày 4/9, huyện tiễn đưa 60 tân binh lên đường nhập ngũ năm 2014.", "2014-09-04"),
    # training of the next year opens in December
    ("Sáng 1-12, khai mạc lớp tập huấn cán bộ xã đội năm 2024.", "2023-12-01"),
    ("Sáng 1-3, khai mạc lớp tập huấn cán bộ xã đội năm 2024.", "2024-03-01"),
    # quarters and halves
    ("Chiều 3/10, đơn vị giao ban quý III, triển khai nhiệm vụ quý IV năm 2023.", "2023-10-03"),
    ("Chiều 2/4, đơn vị giao ban quý I/2023.", "2023-04-02"),
    ("Chiều 28/12, đơn vị giao ban, bàn nhiệm vụ quý I năm 2023.", "2022-12-28"),
    ("Chiều 4/1, đơn vị giao ban quý IV năm 2022.", "2023-01-04"),
    ("Ngày 26/6, Đảng ủy ra nghị quyết lãnh đạo nhiệm vụ 6 tháng cuối năm 2019.", "2019-06-26"),
    ("Ngày 5/7, tỉnh sơ kết 6 tháng đầu năm 2019.", "2019-07-05"),
    ("Ngày 10/10, tỉnh sơ kết công tác quốc phòng 9 tháng đầu năm 2019.", "2019-10-10"),
    ("Ngày 29/6, huyện sơ kết nửa đầu năm 2021.", "2021-06-29"),
    # school years and dry seasons
    ("Sáng 5/9, trường khai giảng năm học 2024-2025.", "2024-09-05"),
    ("Sáng 26/5, trường bế giảng năm học 2024-2025.", "2025-05-26"),
    ("Ngày 10/6, huyện an táng hài cốt quy tập mùa khô 2021-2022.", "2022-06-10"),
    ("Ngày 15/11, đội lên đường quy tập mùa khô năm 2021 - 2022.", "2021-11-15"),
    # anniversaries, with the day of founding or with years alone; a lunar year; a congress
    ("Ngày 20/12, đoàn chúc mừng 78 năm Ngày thành lập Quân đội nhân dân Việt Nam.", "2022-12-20"),
    ("Chiều 17/8, tỉnh chuẩn bị kỷ niệm 60 năm Ngày thành lập tỉnh 30/10 (1963 - 2023).", "2023-08-17"),
    ("Chiều 16-10, thành phố kỷ niệm 70 năm thành lập lực lượng vũ trang tỉnh 18-10 (1947-2017).", "2017-10-16"),
    ("Sáng 20-1, đồng chí đến chúc Tết Quý Mão tại Bộ CHQS.", "2023-01-20"),
    ("Ngày 28/12, đơn vị gói bánh đón Tết Quý Mão.", "2022-12-28"),
    ("Ngày 24/7, khai mạc Đại hội Đảng bộ Quân sự tỉnh nhiệm kỳ 2025-2030.", "2025-07-24"),
    ("Ngày 29/4, đồn bàn việc bầu cử đại biểu Quốc hội và HĐND các cấp nhiệm kỳ 2021-2026.", "2021-04-29"),
    ("Ngày 9/12, tỉnh triển khai bầu cử đại biểu Quốc hội khóa XVI nhiệm kỳ 2026 - 2031.", "2025-12-09"),
    ("Sáng 14/4, khai mạc hội thao quốc phòng khối học sinh THPT toàn quốc năm 2026.", "2026-04-14"),
    ("Sáng 23/5, gặp mặt lần thứ XXVI năm 2026 của cựu nữ tù.", "2026-05-23"),
    # the day before and after
    ("Sáng mai (24/2/2022), các huyện giao quân.", "2022-02-23"),
    ("Chiều qua (8/3/2022), đồn bắt một tàu lạ.", "2022-03-09"),
]


@pytest.mark.parametrize(("text", "day"), PROVEN)
def test_words_of_the_text_prove_the_year(text, day):
    published = read_dates("", normalize(text), []).published
    assert published.date == day


UNPROVEN = [
    # an army, a school or a branch has a founding day of its own
    "Ngày 20/1, đồn chúc mừng kỷ niệm 75 năm Ngày thành lập Quân đội nhân dân Lào.",
    "Ngày 20/1, đồn chúc mừng 70 năm Ngày thành lập Quân đội Hoàng gia Campuchia.",
    "Ngày 9/11, gặp mặt kỷ niệm 70 năm Ngày thành lập Cục Quân lực Quân đội nhân dân Việt Nam.",
    "Ngày 9/11, trường kỷ niệm 45 năm Ngày truyền thống Trường Quân sự Quân đội nhân dân.",
    # numbers of papers, periods, history
    "Sáng 7-7, huyện làm theo Quyết định số 08/2015/QĐ-TTg.",
    "Sáng 7-7, tỉnh kể chuyện phong trào giai đoạn 2000-2016 với nhiều đổi mới.",
    "Sáng 7-7, xã quán triệt Luật Dân quân tự vệ năm 2019.",
    "Sáng 7-7, cựu binh nhớ lại ngày nhập ngũ hồi năm 2001.",
    "Sáng 17/7, trụ sở xây đầu năm 2015 đóng cửa.",
    # only announced: that day is not yet
    "Vào 7 giờ ngày 18-10 tới, hội thao sẽ khai mạc ở sân vận động.",
    "Ngày 20/2/2019, các huyện sẽ đồng loạt giao quân.",
    "Dự kiến khám sức khỏe xong trong tháng sau, phát lệnh gọi từ 02/02 - 12/02/2026.",
    "Lễ ra quân dự kiến diễn ra vào sáng 5/3/2024.",
]


@pytest.mark.parametrize("text", UNPROVEN)
def test_no_words_no_date(text):
    assert read_dates("", normalize(text), []).published.date is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Năm 2000, trạm được dựng. Sáng 7-7, đoàn thăm trạm. Đường vào trạm làm xong hồi năm 2016 bằng tiền "
         "của tỉnh.", None),
        ("Sáng 9-3, đơn vị ra quân huấn luyện năm 2022. Thành lập từ năm 2016, đội có ba mươi tay súng giỏi của "
         "cả vùng.", "2022"),
    ],
)  # fmt: skip
def test_a_year_before_one_that_is_told_as_past_proves_nothing(text, year):
    published = read_dates("", normalize(text), []).published
    assert (published.date[:4] if published.date else None) == year


@pytest.mark.parametrize(("text", "day"), PROVEN)
def test_the_proof_alone_proves_the_year_again(text, day):
    published = read_dates("", normalize(text), []).published
    proof = published.year_evidence
    assert proof is not None
    month = int(day[5:7])
    again = {each.year for each in proofs(Reading("", proof.quote), month)}
    assert day[:4] in proof.quote or int(day[:4]) in again


def test_a_page_that_gives_its_date_needs_no_proof():
    published = read_dates("", "Ngày 14/12, họp.", [StatedDate("2022-12", "header")]).published
    assert published.year_evidence is None


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://example.vn/tong-ket-cong-tac-nam-2016-a1.html", "2016"),
        ("https://example.vn/trien-khai-nhiem-vu-nam-2016-a1.html", None),
        ("https://example.vn/tuyen-chon-va-goi-cong-dan-nhap-ngu-nam-2026.html", None),
        ("https://example.vn/le-giao-nhan-quan-nam-2026.html", "2026"),
    ],
)
def test_the_address_is_read_by_the_same_grammar(url, date):
    assert read_dates("", "Đêm giao lưu vui vẻ.", [], url).published.date == date


def test_of_two_bare_stamps_the_earlier_is_the_article_s():
    text = "Chủ nhật, 19/05/2024, 16:16\nHội nghị quân chính\nThứ 5, 24/06/2021 | 20:31\nHội nghị mở sáng nay."
    assert read_dates("", text, []).published.date == "2021-06-24"
