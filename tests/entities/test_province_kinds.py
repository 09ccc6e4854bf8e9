"""Kinds of articles whose province was silent or false, each with variants: hosts, gates, leads, lists, maps of
their time.
"""

import pytest

from indexer.entities import read_entities
from indexer.entities.outlets import of_host, of_path
from indexer.model import Article, StatedDate

HOSTS = [
    # of a province: with words of bodies and media around its name, under it, or beside a suffix
    ("tinhuyquangtri.vn", "Quảng Trị"), ("hdndtuyenquang.gov.vn", "Tuyên Quang"), ("hoivhnt.thaibinh.vn", "Thái Bình"),
    ("backancity.gov.vn", "Bắc Kạn"), ("thanhphohaiphong.gov.vn", "Hải Phòng"), ("bacninh.dangcongsan.vn", "Bắc Ninh"),
    ("amp.baonghean.vn", "Nghệ An"), ("trungtamvanhoabinhphuoc.org.vn", "Bình Phước"), ("quansukontum.vn", "Kon Tum"),
    ("sonongnghiepbinhduong.gov.vn", "Bình Dương"), ("mttqhanoi.org.vn", "Hà Nội"), ("thainguyentv.vn", "Thái Nguyên"),
    ("baria-vungtau.gov.vn", "Bà Rịa - Vũng Tàu"), ("hochiminhcity.gov.vn", "Hồ Chí Minh"),
    ("ubnd-soctrang.vn", "Sóc Trăng"),
    ("quangninh.quangbinh.gov.vn", "Quảng Bình"), ("baohue.vn", "Huế"), ("congantiengiang.gov.vn", "Tiền Giang"),
    # of a district that only one province ever had
    ("doluong.gov.vn", "Nghệ An"), ("uongbi.gov.vn", "Quảng Ninh"), ("hungha.gov.vn", "Thái Bình"),
    ("huyendakto.gov.vn", "Kon Tum"),
    # names that derive nothing
    ("phuninh.gov.vn", None), ("phongdien.gov.vn", None), ("chauthanh.gov.vn", None), ("doluong.com", None),
    ("qdnd.vn", None),
    ("baoquankhu7.vn", None), ("mattran.org.vn", None), ("tuoitre.vn", None), ("congan.com.vn", None),
    ("mod.gov.vn", None),
    ("baoapbac.vn", "Tiền Giang"), ("laodong.vn", None), ("nhandan.vn", None),
]  # fmt: skip


@pytest.mark.parametrize(("host", "province"), HOSTS)
def test_a_host_is_read_like_a_name(host, province):
    assert of_host(f"https://{host}/tin-1.html") == province


PATHS = [
    ("dang-uy-quan-su-tinh-binh-duong-hop-137", "Bình Dương"),
    ("huyen-binh-giang-hai-duong-kham-tuyen-604842", "Hải Dương"),
    ("ban-chqs-huyen-do-luong-tap-huan-1.html", "Nghệ An"),
    ("le-ra-quan-tai-thanh-pho-hai-phong-2.html", "Hải Phòng"),
    ("doan-tham-huyen-chau-thanh-2.html", None),
    ("tinh-hinh-thoi-su-1.html", None),
    ("bac-ha-nam-2023.html", None),
    ("tinh-cam-quan-dan-9.html", None),
]


@pytest.mark.parametrize(("path", "province"), PATHS)
def test_the_words_of_an_address_are_read_behind_unit_words(path, province):
    named = of_path(f"https://example.vn/{path}")
    assert (named and named[0]) == province


def provinces(text: str, url: str | None = None, title: str = "", day: str | None = None) -> list[str]:
    stamps = (StatedDate(day, "meta"),) if day else ()
    found = read_entities(Article("a", "a.txt", title, "", text, url=url, stamps=stamps))
    return sorted(province.name for province in found.provinces)


LOCAL = [
    # title, text on local affairs in its own words; the outlet is Ninh Bình's
    ("", "Các phòng trực thuộc Bộ Chỉ huy Quân sự (CHQS) tỉnh bước vào mùa huấn luyện."),
    ("Đảng ủy Quân sự tỉnh học nghị quyết", "Gần 200 đảng viên đã học tập."),
    ("", "Bộ Chỉ huy BĐBP (Biên phòng) tỉnh mở lớp học bơi."),
    ("", "Biên phòng tỉnh tặng sách cho học trò."),
    ("", "Thanh niên của tỉnh lên đường nhập ngũ."),
    ("", "Trong không khí phấn khởi của các địa phương trong cả nước, thanh niên của tỉnh lên đường."),
    ("", "Cùng cả nước, quân và dân trong tỉnh chào đón năm mới."),
    ("", "Hòa chung niềm vui của toàn quốc, lực lượng vũ trang huyện mở hội."),
    ("", "Tiểu đội dân quân xã canh đê suốt đêm."),
    ("", "Chiến sĩ Đồn Biên phòng đưa dân về nơi ở mới."),
    ("Hội đồng NVQS thành phố họp", "Hội nghị nghe ba báo cáo."),
    ("", "Hội thao có 12 đội của các xã, phường dự."),
]
NOT_LOCAL = [
    "Cả nước có hơn 100.000 thanh niên nhập ngũ, trong đó có thanh niên của tỉnh.",
    "Vùng 2 Hải quân tổng kết năm.",
    "Bộ trưởng tiếp đại sứ tại trụ sở bộ.",
    "Trên toàn quốc, các tỉnh giao quân cùng một ngày.",
]


@pytest.mark.parametrize(("title", "text"), LOCAL)
def test_a_local_outlet_speaks_for_a_text_on_local_affairs(title, text):
    assert provinces(text, "https://baoninhbinh.org.vn/tin-1.html", title) == ["Ninh Bình"]


@pytest.mark.parametrize("text", NOT_LOCAL)
def test_a_local_outlet_does_not_speak_for_the_country(text):
    assert provinces(text, "https://baoninhbinh.org.vn/tin-1.html") == []


LEADS = [
    # who acts in the lead; a later mention of another province is by the way
    ("Ngày 22-6, Ban CHQS huyện Vị Xuyên, tỉnh Hà Giang tổ chức ra quân.\nĐoàn công tác Bộ CHQS tỉnh Nghệ An "
     "đến tham quan.", ["Hà Giang"]),
    ("Ngày 22-6, tỉnh Hà Giang tổ chức ra quân.\nCách làm này trước đó đã có ở tỉnh Nghệ An.", ["Hà Giang"]),
    ("Sáng 3-3, Bộ CHQS tỉnh Sơn La khai mạc hội thi. Đại diện Bộ CHQS tỉnh Hòa Bình đến dự.", ["Sơn La"]),
    ("LLVT tỉnh Kon Tum ra quân huấn luyện. Trung đoàn trước đây đóng tại tỉnh Gia Lai.", ["Kon Tum"]),
    ("UBND huyện Đức Huệ, tỉnh Long An giao quân. Tân binh lên xe tại tỉnh Tây Ninh.", ["Long An"]),
    # lists and round-ups
    ("Sáng 27/2/2023, các huyện của các tỉnh thuộc Quân khu 1 gồm: Cao Bằng, Lạng Sơn, Bắc Giang đồng loạt giao quân.",
     ["Bắc Giang", "Cao Bằng", "Lạng Sơn"]),
    ("Sáng 8-2, 4 tỉnh Gia Lai, Kon Tum, Đắk Lắk và Đắk Nông giao quân.",
     ["Gia Lai", "Kon Tum", "Đắk Lắk", "Đắk Nông"]),
    ("Sáng 8-2, tại các tỉnh Hà Nam, Nam Định, Thái Bình, tân binh lên đường.", ["Hà Nam", "Nam Định", "Thái Bình"]),
    ("Hà Nam, Nam Định, Thái Bình đồng loạt giao quân sáng nay.", ["Hà Nam", "Nam Định", "Thái Bình"]),
    ("Sáng 12/2, nhiều địa phương ở các tỉnh miền Tây giao quân.\nTại tỉnh Bến Tre, lễ diễn ra ở 8 điểm.\nTại "
     "tỉnh Hậu Giang, "
     "có 1.000 thanh niên nhập ngũ.", ["Bến Tre", "Hậu Giang"]),
    ("Cùng ngày, lực lượng chức năng các tỉnh Quảng Trị và Sơn La tìm thấy bom.\nỞ Sơn La, bom nằm dưới ruộng.",
     ["Quảng Trị", "Sơn La"]),
    ("Lực lượng cứu hộ hai tỉnh Nghệ An và Hà Tĩnh dập lửa.", ["Hà Tĩnh", "Nghệ An"]),
    ("Chính quyền các tỉnh Bình Định - Khánh Hòa lo chống bão.", ["Bình Định", "Khánh Hòa"]),
    ("Vụ việc ở đoạn giáp ranh hai tỉnh Nghệ An và Hà Tĩnh.", []),
    ("Tân binh đến từ hai tỉnh Nghệ An và Hà Tĩnh.", []),
    ("Chiến sĩ quê ở các tỉnh Hà Nam, Nam Định, Thái Bình đều khỏe.", []),
    # teasers and furniture
    ("Thứ hai, 29-12-25 20:27:49\nCà Mau, 32°C/ 32°C - 33°C Icon thời tiết nắng\nTheo dõi Báo điện tử Cà Mau trên\n\n"
     "Dân quân tự vệ TP. Bạc Liêu tuần tra giữ bình yên.", ["Bạc Liêu"]),
    ("Bộ CHQS tỉnh Kon Tum ra quân.\nĐọc thêm: Bộ CHQS tỉnh Gia Lai khai mạc hội thao.", ["Kon Tum"]),
    ("Ban CHQS huyện Đắk Tô ra quân.\nTin liên quan\nUBND tỉnh Gia Lai họp.\nUBND tỉnh Gia Lai tổng kết.", ["Kon Tum"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LEADS)
def test_who_acts_in_the_lead_and_whom_a_list_counts(text, expected):
    assert provinces(text) == expected


MAPS = [
    # text, day of publication, provinces by the map of that time
    ("Lãnh đạo tỉnh Bắc Giang chúc Tết Ất Tỵ 2025 các đơn vị.", None, ["Bắc Giang"]),
    ("UBND tỉnh Kon Tum tổng kết năm 2025.", "2025", ["Kon Tum"]),
    ("UBND tỉnh Kon Tum cũ, nay sáp nhập, họp bàn mô hình chính quyền 2 cấp năm 2025.", "2025", ["Quảng Ngãi"]),
    ("Bộ CHQS tỉnh Bắc Giang ra quân.", "2025-06-30", ["Bắc Giang"]),
    ("Tại Bắc Giang, Bộ CHQS tỉnh Bắc Ninh ra quân.", "2025-07-01", ["Bắc Ninh"]),
    ("Năm 2017, đội về xã Lộc Quang, xã Lộc Tấn, xã Lộc Thành.", None, ["Bình Phước"]),
    ("Đội về các xã Lộc Quang, Lộc Tấn và Lộc Thành.", "2017-03-01", ["Bình Phước"]),
    ("Đội về xã Lộc Quang.", "2017-03-01", []),
    ("Đội về xã Tân Hòa, xã Tân Tiến.", "2017-03-01", []),
    ("Bộ đội sửa nhà cho dân xã Ia Ly.", "2025-08-01", ["Gia Lai"]),
]


@pytest.mark.parametrize(("text", "day", "expected"), MAPS)
def test_the_map_is_that_of_its_time(text, day, expected):
    assert provinces(text, day=day) == expected


COORDINATED = [
    ("Tỉnh Thừa Thiên Huế diễn tập tại huyện A Lưới, Phong Điền.", ["A Lưới", "Phong Điền"]),
    ("Tỉnh Lâm Đồng diễn tập tại huyện Lạc Dương và Đơn Dương.", ["Lạc Dương", "Đơn Dương"]),
    ("Tỉnh Lâm Đồng diễn tập tại huyện Lạc Dương và Đơn Dương Nguyễn.", ["Lạc Dương"]),
    ("Bộ CHQS tỉnh Hà Giang diễn tập ở huyện Vị Xuyên, Hà Giang.", ["Vị Xuyên"]),
    ("Tỉnh Kon Tum diễn tập tại xã Đăk Plô, Đăk Glei.", []),
]


@pytest.mark.parametrize(("text", "expected"), COORDINATED)
def test_coordinated_districts_share_their_unit_word(text, expected):
    found = read_entities(Article("a", "a.txt", "Diễn tập", "", text, stamps=(StatedDate("2023-05-05", "meta"),)))
    assert sorted(locality.name for locality in found.localities) == sorted(expected)
