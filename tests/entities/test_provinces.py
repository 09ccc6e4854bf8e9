"""Which province an article is about, on what evidence; and when there is none."""

import pytest

from indexer.entities.provinces import Page, find_provinces
from indexer.model import Official
from indexer.text import normalize

FAR_DOWN = "Chuyện dài. " * 60  # what follows stands below the lead
BY_TEXT = [
    # title, text, provinces
    ("", "Sáng nay, Bộ CHQS tỉnh Kon Tum tổ chức lễ ra quân.", ["Kon Tum"]),
    ("", "Tỉnh đội Gia Lai họp rút kinh nghiệm.", ["Gia Lai"]),
    ("Kon Tum: Lễ ra quân đầu năm", "Các đơn vị sẵn sàng.", ["Kon Tum"]),
    ("", "Hội nghị mở tại điểm cầu tỉnh ĐIện Biên.", ["Điện Biên"]),
    ("", "Đoàn công tác kiểm tra tại Thái Nguyên. Trung đoàn sẵn sàng.", ["Thái Nguyên"]),
    ("", "Lễ khai mạc diễn ra tại Hà Nội, do Bộ Quốc phòng chủ trì.", []),
    ("", "UBND thành phố Hà Nội họp. Công an TP Hà Nội báo cáo.", ["Hà Nội"]),
    ("", "39 đầu mối của Bộ Tư lệnh Thủ đô cùng ra quân huấn luyện.", ["Hà Nội"]),
    ("", "Học tập tư tưởng Hồ Chí Minh, theo gương Chủ tịch Hồ Chí Minh.", []),
    ("", "Bộ Tư lệnh TP Hồ Chí Minh mở hội trại tòng quân.", ["Hồ Chí Minh"]),
    ("", "Binh nhất Bảy quê ở huyện Hoài Ân, tỉnh Bình Định, vui tính.", []),
    ("", "Đơn vị hợp tác với tỉnh Rattanakiri, Campuchia và ba tỉnh Nam Lào.", []),
    ("", "Các tỉnh Kon Tum, Gia Lai và Đắk Lắk cùng dự.", []),
    ("", "Biên phòng 3 tỉnh Đắk Lắk, Đắk Nông, Bình Phước ký quy chế.", ["Bình Phước", "Đắk Lắk", "Đắk Nông"]),
    ("", "Lực lượng tuần tra tại An Giang và Tây Ninh suốt đêm.", ["An Giang", "Tây Ninh"]),
    ("", "Phó Thủ tướng Trương Hòa Bình phát biểu.", []),
    ("", "Hạm đội Thái Bình Dương ghé thăm.", []),
    ("", "Dự Đại hội có Bí thư Tỉnh ủy Lâm Đồng; Bí thư Tỉnh ủy Đồng Nai.", []),
    ("", "Hàng nghìn thanh niên cả nước lên đường. Lãnh đạo tỉnh Phú Thọ tặng quà.", []),
    # where a site lies, when it stands in the lead
    ("", "Tàu cá mắc cạn ở cửa biển Gianh (Quảng Bình) đã được kéo vào bờ.", ["Quảng Bình"]),
    ("", "Tân binh về doanh trại Tiểu đoàn bộ binh 42 (Quảng Trị).", ["Quảng Trị"]),
    ("", "Đồn Biên phòng Mường Lạn (Sơn La) tặng sách cho học trò.", ["Sơn La"]),
    ("", "Từ xã Long Sơn (Bà Rịa - Vũng Tàu), chiến sĩ gửi thư về nhà.", ["Bà Rịa - Vũng Tàu"]),
    ("", "Máy bay rời đường băng sau khi chuyển quân từ sân bay Kép (Bắc Giang) về nhà.", []),
    ("", "Đại biểu khu vực miền núi, bà Lò Thị Năm (Sơn La) nêu câu hỏi.", []),
    ("", "Liệt sĩ hy sinh ở khu vực Hiệp Đức, Quảng Nam năm ấy.", []),
    # where people live is not where the news is; where they serve is
    ("", "Đồn Biên phòng Mộc Bài (Tây Ninh) giữ bà Năm (32 tuổi, ở tỉnh Lào Cai).", ["Tây Ninh"]),
    ("", "Trung úy Ba (25 tuổi, công tác tại Bộ CHQS tỉnh Thái Nguyên) kể chuyện.", ["Thái Nguyên"]),
    ("", "Thuyền trưởng (sinh năm 1980, ở xã Vĩnh Hải, tỉnh Sóc Trăng) đã khỏe lại.", []),
    # comparisons, and what goes on after a passing mention
    ("Đà Nẵng học cách làm như Cần Thơ, Hải Phòng", "Hội nghị bàn ba việc.", ["Đà Nẵng"]),
    ("", "Chiến sĩ đến từ Nghệ An, Hà Tĩnh đều khỏe.", []),
    ("", "Chị là sinh viên Đại học Kinh tế TP Hồ Chí Minh, thuộc đơn vị dự bị.", []),
    ("", "Bộ Tư lệnh thủ đô hoàn thành việc phát lệnh gọi nhập ngũ.", ["Hà Nội"]),
    ("", "Nhân dân thủ đô Phnom Penh đón đoàn.", []),
    ("", "Xuân về trên các bản làng biên giới Quảng Trị.", ["Quảng Trị"]),
    (
        "Các tỉnh biên giới siết chặt đường mòn",
        f"{FAR_DOWN}Trên tuyến biên giới Long An có 42 chốt. Ở Tây Ninh, lực lượng đủ quân.",
        ["Long An", "Tây Ninh"],
    ),
]


@pytest.mark.parametrize(("title", "text", "expected"), BY_TEXT)
def test_a_text_is_about_these_provinces(title, text, expected):
    found = find_provinces(Page(normalize(title), normalize(text), "2022-12-14"), ())
    assert sorted(province.name for province in found) == expected


LOCAL = "Hội nghị do UBND tỉnh tổ chức, LLVT tỉnh tham dự."
BY_BASIS = [
    # text, url, source, (province, basis)
    ("(kontumtv.vn) - Chiều 14/12, UBND tỉnh họp.", None, None, ("Kon Tum", "dateline")),
    ("ĐBP - Sáng nay, UBND tỉnh họp.", None, None, ("Điện Biên", "dateline")),
    ("(LĐ online) - UBND huyện họp.", None, None, ("Lâm Đồng", "dateline")),
    ("UBND huyện Lạc Dương tổng kết năm.", None, None, ("Lâm Đồng", "district")),
    ("UBND huyện Châu Thành tổng kết năm.", None, None, None),
    ("UBND huyện Châu Thành và huyện Gò Dầu cùng diễn tập.", None, None, ("Tây Ninh", "district")),
    (LOCAL, "https://baothanhhoa.vn/thoi-su/a1.htm", None, ("Thanh Hóa", "domain")),
    (LOCAL, "https://xaphuong.nuithanh.quangnam.gov.vn/tin", None, ("Quảng Nam", "domain")),
    (LOCAL, "https://quangninh.quangbinh.gov.vn/tin", None, ("Quảng Bình", "domain")),
    (LOCAL, "https://nghean24h.vn/tin-a1.html", None, ("Nghệ An", "domain")),
    ("Hội nghị ở TP Vũng Tàu kết thúc.\nẢnh: ĐÔNG HÀ", None, None, ("Bà Rịa - Vũng Tàu", "district")),
    ("UBND xã Tân Hòa họp.", None, None, None),
    # far down a place must act or be the place of something; a town's name within another name is not the town
    (f"{FAR_DOWN}Ban CHQS huyện Lạc Dương phối hợp.", None, None, ("Lâm Đồng", "district")),
    (f"{FAR_DOWN}Nhà ở xã Lát, huyện Lạc Dương bị tốc mái.", None, None, ("Lâm Đồng", "district")),
    (f"{FAR_DOWN}Trước kia ông thích huyện Lạc Dương lắm.", None, None, None),
    (f"{FAR_DOWN}Các khu công nghiệp Việt Trì ra đời.", None, None, None),
    ("Diễn viên Lâm Chí Linh đóng vai chính.", None, None, None),
    ("Tàu chiến đi dọc bờ miền Đông Triều Tiên.", None, None, None),
    (LOCAL, None, "Báo Bình Định", ("Bình Định", "domain")),
    (LOCAL, "https://qdnd.vn/quoc-phong/a1", None, None),
    (LOCAL, "https://khonghaybiet.example/a1", None, None),
    ("Vùng 2 Hải quân tổng kết năm.", "https://baothanhhoa.vn/a1.htm", None, None),
    ("LLVT tỉnh Nghệ An ra quân. " + LOCAL, "https://baothanhhoa.vn/a1.htm", None, ("Nghệ An", "text")),
]


@pytest.mark.parametrize(("day", "basis"), [("2025-07-01", "commune"), ("2025-06-30", None)])
def test_one_commune_tells_the_province_since_communes_are_the_level_below_it(day, basis):
    found = find_provinces(Page("", normalize("Bộ đội sửa nhà cho dân xã Ia Ly."), day), ())
    assert [(province.name, province.basis) for province in found] == ([("Gia Lai", basis)] if basis else [])


@pytest.mark.parametrize(("text", "url", "source", "expected"), BY_BASIS)
def test_weaker_evidence_speaks_only_where_stronger_is_silent(text, url, source, expected):
    found = find_provinces(Page("", normalize(text), "2022-12-14", url, source), ())
    assert [(province.name, province.basis) for province in found] == ([expected] if expected else [])


HEADS = [
    ("Nguyễn Thanh Ngọc", "Chủ tịch UBND tỉnh", "2022", "Tây Ninh"),
    ("Nguyễn Thanh Ngọc", "Phó Chủ tịch UBND tỉnh", "2022", None),
    ("Nguyễn Thanh Ngọc", "Chủ tịch UBND tỉnh Long An", "2022", None),
    ("Nguyễn Thanh Ngọc", "Chủ tịch UBND tỉnh", "2022-03-01", "Tây Ninh"),
    ("Nguyễn Thanh Ngọc", "Chủ tịch UBND tỉnh", "2030-03-01", None),
    ("Lê Văn Lương", "Chủ tịch UBND tỉnh", "2024-02", "Lai Châu"),
    ("Lê Văn Lương", "Chủ tịch UBND tỉnh", "2025-12-01", "Điện Biên"),
    ("Lê Văn Lương", "Chủ tịch UBND tỉnh", "2019-12-01", None),
    ("Người Không Tên", "Chủ tịch UBND tỉnh", "2022", None),
]


@pytest.mark.parametrize(("name", "post", "day", "expected"), HEADS)
def test_a_head_speaks_for_the_province_he_headed_that_day(name, post, day, expected):
    found = find_provinces(Page("", "Hội nghị bàn việc quân.", day), [Official(name.lower(), name, posts=(post,))])
    assert [(province.name, province.basis) for province in found] == ([(expected, "official")] if expected else [])


def test_a_province_carries_its_name_then_and_now():
    (then,) = find_provinces(Page("", "Bộ CHQS tỉnh Kon Tum ra quân.", "2022-12-14"), ())
    (after,) = find_provinces(Page("", "Tại Kon Tum cũ, UBND tỉnh Quảng Ngãi họp.", "2025-08-01"), ())
    assert (then.name, then.now) == ("Kon Tum", "Quảng Ngãi")
    assert (after.name, after.now) == ("Quảng Ngãi", "Quảng Ngãi")


def test_evidence_is_the_sentence_where_it_stands():
    text = "Trời mưa. Bộ CHQS tỉnh Kon Tum ra quân. Ai cũng vui."
    (found,) = find_provinces(Page("", text, "2022"), ())
    assert found.evidence.quote == text[found.evidence.start : found.evidence.end] == "Bộ CHQS tỉnh Kon Tum ra quân."
