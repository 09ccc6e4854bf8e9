"""Kinds of silence and falsehood that a round on unseen articles showed, each with variants of invented wording."""

import pytest

from indexer.entities import read_entities
from indexer.entities.outlets import of_host
from indexer.model import Article, StatedDate

LONG = "Ban CHQS xã, phường có cảnh quan xanh, sạch, đẹp, mô hình tăng gia hiệu quả của tiểu đội dân quân thường trực"


def read(text, title="Tin địa phương", day=None, url=None):
    stamps = (StatedDate(day, "meta"),) if day else ()
    return read_entities(Article("a", "a.txt", title, text, url=url, stamps=stamps))


def posts(text):
    return {person.name: list(person.posts) for person in read(text, day="2023-05-05").officials}


def roles(text):
    return {person.name: [role.name for role in person.roles] for person in read(text, day="2023-05-05").officials}


YEARS = [
    # the name of a competition is longer than what is read before a year elsewhere
    (f"Sáng 20/7, Ban CHQS thành phố khai mạc “Hội thi xây dựng, quản lý nhà làm việc {LONG} năm 2023”.", "2023-07-20"),
    (f'Sáng 20/7, Ban CHQS huyện mở "Cuộc thi tìm hiểu truyền thống và mô hình {LONG} năm 2021".', "2021-07-20"),
    (f"Chiều 3/8, Ban CHQS quận bế mạc “Hội thao {LONG} năm 2019”.", "2019-08-03"),
    # discipline and what the law says are no papers of a year
    ("Sáng 12/4, Bộ CHQS tỉnh mở hội thi chấp hành điều lệnh, quản lý kỷ luật năm 2023.", "2023-04-12"),
    ("Sáng 12/4, Ban CHQS huyện mở hội thi tìm hiểu pháp luật năm 2022.", "2022-04-12"),
    ("Sáng 12/4, Bộ CHQS tỉnh phổ biến Luật Dân quân tự vệ năm 2019.", None),
    ("Sáng 12/4, Bộ CHQS tỉnh giới thiệu Luật Quốc phòng năm 2018.", None),
    # the ground of what is to come is no review
    ("Tối 21-10, Bộ CHQS tỉnh khai mạc hội thi Chỉ huy trưởng giỏi năm 2014. Hội thi làm cơ sở rút kinh nghiệm cho các "
     "đồng chí về đơn vị tổ chức huấn luyện năm 2015 đạt kết quả cao.", "2014-10-21"),
    ("Ngày 9-10, Ban CHQS huyện mở hội thao dân quân năm 2017, là cơ sở để đánh giá, lập chương trình huấn luyện năm "
     "2018.", "2017-10-09"),
    # what is told of an earlier time dates nothing
    ("Ngày 18-10 tới, Bộ CHQS tỉnh sẽ khai mạc diễn tập; trước đó năm 2015 tỉnh đã diễn tập một lần.", None),
    ("Bộ CHQS tỉnh đang chuẩn bị diễn tập. Trước đây năm 2012 tỉnh từng diễn tập ở hướng đông.", None),
    # exercises of communes are the forces' own
    ("Ngày 13/5, huyện Mường Chà tổ chức diễn tập chiến đấu phòng thủ năm 2022 tại một xã.", "2022-05-13"),
    ("Ngày 13/5, thị xã diễn tập phòng không nhân dân năm 2021 ở ba phường.", "2021-05-13"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), YEARS)
def test_a_year_is_told_by_what_governs_it(text, day):
    assert read(text).published.date == day


HEADERS = [
    ("Nhân kỷ niệm 59 năm Ngày Truyền thống BĐBP (3/3/1959 - 3/3/2018), lãnh đạo tỉnh thăm các đồn.", "2018"),
    ("Huyện kỷ niệm 70 năm Ngày thành lập Quân đội nhân dân Việt Nam.", "2014"),
    # the stamp is the article's own: the anniversary is of its year, or the text tells of it
    ("Nhân kỷ niệm 65 năm Ngày Truyền thống BĐBP (3/3/1959 - 3/3/2024), lãnh đạo tỉnh thăm các đồn.", "2024-07-27"),
    ("Sau lễ kỷ niệm 70 năm Ngày thành lập Quân đội nhân dân Việt Nam, đến năm 2024 huyện đã xây 9 nhà.", "2024-07-27"),
]


@pytest.mark.parametrize(("text", "day"), HEADERS)
def test_a_header_years_behind_the_anniversary_it_tells_of_is_a_crawl(text, day):
    article = Article("a", "a.txt", "Thăm các đồn", text, stamps=(StatedDate("2024-07-27", "header"),))
    assert read_entities(article).published.date == day


POSTS = [
    # bodies of several fields, and of several units of one level
    ("Đại tá Lý Văn Ba, Phó Trưởng ban Chỉ đạo diễn tập khu vực phòng thủ, phòng thủ dân sự tỉnh nói.",
     ["Phó Trưởng ban Chỉ đạo diễn tập khu vực phòng thủ, phòng thủ dân sự tỉnh"]),
    ("Ông Lý Văn Ba, Trưởng Ban Chỉ huy phòng chống thiên tai, tìm kiếm cứu nạn huyện dự.",
     ["Trưởng Ban Chỉ huy phòng chống thiên tai, tìm kiếm cứu nạn huyện"]),
    ("Đại tá Lý Văn Ba, Trưởng Ban Chỉ đạo hội thao dân quân cơ động xã, phường, thị trấn của tỉnh nói.",
     ["Trưởng Ban Chỉ đạo hội thao dân quân cơ động xã, phường, thị trấn của tỉnh"]),
    ("Đại tá Lý Văn Ba, Chỉ huy trưởng Ban CHQS huyện, thị trấn đông người dự.", ["Chỉ huy trưởng Ban CHQS huyện"]),
    ("Ông Lý Văn Ba, Trưởng Ban Chỉ huy Phòng, chống thiên tai - Tìm kiếm cứu nạn và Phòng thủ dân sự huyện dự.",
     ["Trưởng Ban Chỉ huy Phòng, chống thiên tai - Tìm kiếm cứu nạn và Phòng thủ dân sự huyện"]),
    ("Ông Lý Văn Ba, Phó Trưởng Ban Chỉ đạo phòng, chống dịch Covid-19 huyện nói.",
     ["Phó Trưởng Ban Chỉ đạo phòng, chống dịch Covid-19 huyện"]),
    ("Ông Lý Văn Ba, Phó Chủ tịch UBND tỉnh phòng chống bão ở xã.", ["Phó Chủ tịch UBND tỉnh"]),
    # a body that goes on in unknown words up to the comma of the next post, and a verb behind "Biên phòng"
    ("Đại tá Lý Văn Ba, Phó Trưởng Ban Tổ chức hội thi, Tham mưu trưởng Bộ CHQS tỉnh dự.",
     ["Phó Trưởng Ban Tổ chức hội thi", "Tham mưu trưởng Bộ CHQS tỉnh"]),
    ("Đại tá Lý Văn Ba, Trưởng Ban Giám khảo phần thi bắn súng, Phó Chính ủy Bộ CHQS tỉnh dự.",
     ["Trưởng Ban Giám khảo phần thi bắn súng", "Phó Chính ủy Bộ CHQS tỉnh"]),
    ("Thiếu tướng Lý Văn Ba, Phó Tư lệnh Bộ đội Biên phòng thăm Đồn Biên phòng Nậm Cắn.",
     ["Phó Tư lệnh Bộ đội Biên phòng"]),
    # a city written as one word
    ("Thiếu tướng Lý Văn Ba, Ủy viên Hội đồng giáo dục Quốc phòng - an ninh TP.HCM dự.",
     ["Ủy viên Hội đồng giáo dục Quốc phòng - an ninh TP.HCM"]),
    ("Thiếu tướng Lý Văn Ba, Trưởng Ban Chỉ đạo diễn tập TP.HCM dự.", ["Trưởng Ban Chỉ đạo diễn tập TP.HCM"]),
    # no comma between two posts, or before one
    ("Ông Lý Văn Ba - Phó Bí thư Huyện ủy Chủ tịch UBND huyện dự.", ["Phó Bí thư Huyện ủy", "Chủ tịch UBND huyện"]),
    ("Đồng chí Lý Văn Ba - Phó Bí thư Thị ủy Chủ tịch HĐND thị xã dự.", ["Phó Bí thư Thị ủy", "Chủ tịch HĐND thị xã"]),
    ("Ông Lý Văn Ba CT UBND xã phát biểu.", ["CT UBND xã"]),
    ("Ông Lý Văn Ba, CT HĐND phường phát biểu.", ["CT HĐND phường"]),
    # posts of many others behind his own
    ("Dự có ông Lý Văn Ba, Chủ tịch UBND huyện, Bí thư Đảng ủy các xã.", ["Chủ tịch UBND huyện"]),
    ("Dự có ông Lý Văn Ba, Bí thư Huyện ủy, Chủ tịch UBND các xã, thị trấn.", ["Bí thư Huyện ủy"]),
    # whose decision it is
    ("Căn cứ Quyết định của Bộ trưởng Bộ Quốc phòng: Đại tá Lý Văn Ba, Chính ủy Bộ CHQS tỉnh nghỉ hưu.",
     ["Chính ủy Bộ CHQS tỉnh"]),
    ("Theo quyết định của Tư lệnh Quân khu 5: Thượng tá Lý Văn Ba thôi phục vụ tại ngũ.", []),
    # border stations whose names look like people
    ("Thượng tá Lý Văn Ba, Đồn trưởng Đồn Biên phòng A Pa Chải dẫn đầu đoàn.", ["Đồn trưởng Đồn Biên phòng A Pa Chải"]),
    ("Trung tá Lý Văn Ba, Chính trị viên Đồn Biên phòng Leng Su Sìn dự.",
     ["Chính trị viên Đồn Biên phòng Leng Su Sìn"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "held"), POSTS)
def test_a_post_is_read_to_its_end_and_no_further(text, held):
    assert posts(text) == {"Lý Văn Ba": held}


def test_the_last_of_a_list_who_leads_another_body_does_not_share_its_post():
    text = ("Dự có các Phó Tổng Tham mưu trưởng: Trung tướng Lý Văn Ba; Trung tướng Hồ Văn Tư và Thượng tướng Vi Văn "
            "Năm - Phó Chủ nhiệm Tổng cục Chính trị.")
    assert posts(text) == {
        "Lý Văn Ba": ["Phó Tổng Tham mưu trưởng"], "Hồ Văn Tư": ["Phó Tổng Tham mưu trưởng"],
        "Vi Văn Năm": ["Phó Chủ nhiệm Tổng cục Chính trị"],
    }  # fmt: skip


@pytest.mark.parametrize("text", [
    "Đón đoàn có ngài Chea Sok Vanna, Phó Tỉnh trưởng tỉnh Tà Keo (Campuchia).",
    "Đón đoàn có ngài Chea Sok Vanna, Phó Tỉnh trưởng tỉnh Mun Đun Ki Ri, Campuchia.",
    "Đón đoàn có ngài Chea Sok Vanna, Chỉ huy trưởng Tiểu khu Quân sự tỉnh Tà Keo (Campuchia).",
])
def test_a_province_of_another_country_is_no_person(text):
    assert list(posts(text)) == ["Chea Sok Vanna"]


def test_a_name_with_a_rare_surname_begins_behind_the_province_of_its_post():
    text = "Trưởng Ban thi đua khen thưởng tỉnh Đồng Nai Vy Vũ Hồng Thảo trao bằng khen."
    assert posts(text) == {"Vy Vũ Hồng Thảo": ["Trưởng Ban thi đua khen thưởng tỉnh Đồng Nai"]}


NAMESAKES = [
    ("Thượng tá Lý Văn Ba, Chính trị viên Ban CHQS huyện, khai mạc; ông Lý Văn Ba, Bí thư Đảng ủy xã Sơn Kim dự.", 2),
    ("Đại tá Lý Văn Ba, Chính ủy Bộ CHQS tỉnh, chủ trì; ông Lý Văn Ba, Bí thư Huyện ủy Mai Sơn dự.", 2),
    ("Trung tá Lý Văn Ba, Chính trị viên Ban CHQS xã Sơn Kim, khai mạc. Ông Lý Văn Ba, Bí thư Đảng ủy xã nói.", 1),
    ("Đại tá Lý Văn Ba, Chỉ huy trưởng Bộ CHQS tỉnh chủ trì. Đồng chí Lý Văn Ba, Phó Bí thư Đảng ủy Quân sự tỉnh nói.",
     1),
]


@pytest.mark.parametrize(("text", "people"), NAMESAKES)
def test_an_officer_is_no_secretary_of_a_district_or_commune(text, people):
    assert len(read(text, day="2023-05-05").officials) == people


GUESTS = "lãnh đạo các sở, ban, ngành; đại diện các đơn vị nhận quân cùng đông đảo nhân dân các xã trong huyện"
ROLES = [
    ("Về dự có đồng chí Lý Văn Ba - Chủ tịch UBND huyện, đồng chí Hồ Thị Tư - Bí thư Huyện đoàn.", "dự", 2),
    ("Về dự lễ có đồng chí Lý Văn Ba, Chủ tịch UBND huyện.", "dự", 1),
    ("Tới dự có Đại tá Lý Văn Ba.", "dự", 1),
    ("Đến tham dự có Đại tá Lý Văn Ba.", "dự", 1),
    ("Bộ CHQS tỉnh họp, với sự tham dự và chỉ đạo của Thiếu tướng Lý Văn Ba.", "dự và chỉ đạo", 1),
    ("Bộ CHQS tỉnh họp với sự tham gia của Đại tá Lý Văn Ba.", "dự", 1),
    (f"Đ/c Lý Văn Ba, Bí thư Huyện ủy; Đ/c Hồ Văn Tư, Chủ tịch UBND huyện; {GUESTS} đã tới dự.", "dự", 2),
    (f"Các đồng chí: Đại tá Lý Văn Ba; Hồ Văn Tư, Bí thư Tỉnh ủy; {GUESTS} và 280 đại biểu dự đại hội.", "dự", 2),
    ("Dự và chỉ đạo diễn tập có Đại tá Lý Văn Ba; Thượng tá Hồ Văn Tư.", "dự và chỉ đạo", 2),
    ("Về tham dự và chỉ đạo diễn tập có đồng chí Lý Văn Ba, Chủ tịch UBND huyện.", "dự và chỉ đạo", 1),
    ("Dự và chủ trì hội nghị có các đồng chí: Lý Văn Ba, Bí thư Tỉnh ủy; Hồ Văn Tư, Chủ tịch UBND tỉnh.", "chủ trì", 2),
    (f"Các đồng chí: Đại tá Lý Văn Ba; Đại tá Hồ Văn Tư; {GUESTS} đã đến dự, động viên tân binh.", "dự", 2),
    # a clause that brings the next one in, and a post handed over, are no speech
    ("Chúc mừng đồn Tam Hải có đồng chí Lý Văn Ba; chúc mừng đồn Sơn Kim có ông Hồ Văn Tư, Bí thư Xã ủy.", "", 1),
    ("Chúc mừng đồn Tam Hải có Đại tá Lý Văn Ba; chúc mừng đồn Sơn Kim có Đại tá Hồ Văn Tư.", "", 2),
    ("Tại hội nghị, Đại tá Lý Văn Ba đã bàn giao nhiệm vụ cho Đại tá Hồ Văn Tư.", "", 2),
    ("Tại hội nghị, Đại tá Lý Văn Ba đã giao nhiệm vụ cho đơn vị.", "phát biểu", 1),
    (f"Đại tá Lý Văn Ba được mời nói chuyện; {GUESTS} đã tới dự.", "", 1),
    (f"Đại tá Lý Văn Ba, Chính ủy Bộ CHQS tỉnh; {GUESTS} được mời dự.", "", 1),
]


@pytest.mark.parametrize(("text", "role", "people"), ROLES)
def test_who_attends_is_told_before_or_at_the_end_of_a_list(text, role, people):
    assert list(roles(text).values()) == [[role] if role else []] * people


PROVINCES = [
    # soldiers and bodies whose last word is also a club's or a school's
    ("Bộ đội tỉnh Bến Tre gặt lúa giúp dân.", ["Bến Tre"]),
    ("Bộ đội Bến Tre gặt lúa giúp dân.", ["Bến Tre"]),
    ("Sở Tài nguyên và Môi trường tỉnh Bến Tre họp bàn đất quốc phòng.", ["Bến Tre"]),
    ("Ngày mai đội Bến Tre đá giao hữu ở sân quân khu.", []),
    # two that are counted, with a comma as well
    ("Quân khu 9 kiểm tra Bộ CHQS hai tỉnh Bến Tre, Trà Vinh.", ["Bến Tre", "Trà Vinh"]),
    ("Bộ đội hai tỉnh Bến Tre, Trà Vinh cùng ra quân.", ["Bến Tre", "Trà Vinh"]),
    ("Quân đoàn 34 bàn giao nhà cho dân hai tỉnh Gia Lai, Đắk Lắk.", ["Gia Lai", "Đắk Lắk"]),
    ("Bộ CHQS tỉnh Hòa Bình họp. Các chiến sĩ quê hai tỉnh Bến Tre, Trà Vinh dự.", ["Hòa Bình"]),
    # stations at a gate that bears the province's name
    ("Đồn Biên phòng cửa khẩu Quốc tế Lào Cai kết nghĩa với trạm bạn.", ["Lào Cai"]),
    ("Đồn Biên phòng cửa khẩu cảng Đà Nẵng ra quân.", ["Đà Nẵng"]),
    # a region is no province
    ("Bộ đội Tây Ninh lội Đồng Tháp Mười gặt lúa giúp dân.", ["Tây Ninh"]),
    # communes of which each has namesakes elsewhere
    ("Ban CHQS huyện kiểm tra dân quân ở xã Vĩnh Sơn, xã Vĩnh Kim, thị trấn Vĩnh Thạnh.", ["Bình Định"]),
    ("Ban CHQS huyện kiểm tra dân quân ở xã Vĩnh Sơn, xã Vĩnh Kim.", []),
    ("Ban CHQS huyện kiểm tra dân quân ở xã Tân Lập, xã Tân Thành, xã Bình Minh.", []),
]


@pytest.mark.parametrize(("text", "names"), PROVINCES)
def test_a_province_is_told_by_who_acts_where(text, names):
    assert [province.name for province in read(text, "Tin", "2016-05-05").provinces] == names


@pytest.mark.parametrize(("host", "province"), [
    ("xatamlanh.gov.vn", "Quảng Nam"), ("xatanlap.gov.vn", None), ("xatamlanh.vn", None),
    ("thainguyenbeta.mastercms.vn", "Thái Nguyên"),
])
def test_a_commune_s_portal_tells_the_province_where_no_other_has_its_name(host, province):
    assert of_host(f"https://{host}/tin-1.html") == province


DISTRICTS = [
    ("Bộ CHQS tỉnh Sơn La giao quân tại 2 huyện Mai Sơn và Yên Châu.", ["Mai Sơn", "Yên Châu"]),
    ("Bộ CHQS tỉnh Sơn La kiểm tra tại các huyện Mai Sơn, Yên Châu.", ["Mai Sơn", "Yên Châu"]),
    ("Bộ CHQS tỉnh Sơn La thăm hai huyện Mai Sơn và huyện Yên Châu.", ["Mai Sơn", "Yên Châu"]),
    ("Bộ CHQS tỉnh Sơn La họp. Tân binh quê hai huyện Mai Sơn và Yên Châu.", []),
]


@pytest.mark.parametrize(("text", "names"), DISTRICTS)
def test_two_districts_counted_together_are_both_meant(text, names):
    assert sorted(place.name for place in read(text, "Tin", "2022-05-05").localities) == names


@pytest.mark.parametrize(("text", "name", "post"), [
    ("Phó Bí thư Huyện ủy Đoàn Tuấn Mẫu khẳng định như vậy.", "Đoàn Tuấn Mẫu", "Phó Bí thư Huyện ủy"),
    ("Bí thư Tỉnh ủy Đoàn Văn Mẫu phát biểu.", "Đoàn Văn Mẫu", "Bí thư Tỉnh ủy"),
    ("Chủ tịch UBND huyện Đoàn Tuấn Mẫu dự.", "Đoàn Tuấn Mẫu", "Chủ tịch UBND huyện"),
    ("Chủ tịch UBND tỉnh Đoàn Thị Ba dự.", "Đoàn Thị Ba", "Chủ tịch UBND tỉnh"),
    ("Chính ủy Quân khu 7 Đoàn Quốc Mẫu dự.", "Đoàn Quốc Mẫu", "Chính ủy Quân khu 7"),
    ("Ông Lý Văn Ba, Bí thư Huyện đoàn Đá Bạc, dự.", "Lý Văn Ba", "Bí thư Huyện đoàn Đá Bạc"),
    ("Ông Lý Văn Ba, Bí thư Đoàn Thanh niên tỉnh Kon Tum, dự.", "Lý Văn Ba", "Bí thư Đoàn Thanh niên tỉnh Kon Tum"),
    ("Ông Lý Văn Ba, Trưởng Đoàn ĐBQH tỉnh Kon Tum, dự.", "Lý Văn Ba", "Trưởng Đoàn ĐBQH tỉnh Kon Tum"),
    ("Đại tá Lý Văn Ba, Chính ủy Đoàn Kinh tế - Quốc phòng 337, dự.", "Lý Văn Ba",
     "Chính ủy Đoàn Kinh tế - Quốc phòng 337"),
])  # fmt: skip
def test_doan_begins_a_name_and_a_body(text: str, name: str, post: str) -> None:
    officials = {each.name: each.posts for each in read_entities(Article("a", "a.html", "", text)).officials}
    assert officials == {name: (post,)}
