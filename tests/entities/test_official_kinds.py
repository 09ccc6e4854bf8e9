"""Kinds of sentences that gave posts to the wrong person, cut names or lost posts, each with variants; all invented."""

import pytest

from indexer.entities import facet_keys, read_entities
from indexer.entities.post_keys import bound_of
from indexer.model import Article, StatedDate


def read(text: str, title: str = "Tin địa phương"):
    article = Article("a", "a.txt", title, text, stamps=(StatedDate("2023-05-05", "meta"),))
    return article, read_entities(article)


def people(text: str, title: str = "Tin địa phương") -> list[tuple[str, tuple[str, ...]]]:
    return [(official.name, official.posts) for official in read(text, title)[1].officials]


NAMES = [
    # behind a colon, behind honours of other countries, behind a calling
    ("Dự lễ có đồng chí: Quan Văn Bách, Phó Chủ tịch UBND huyện.", ["Quan Văn Bách"]),
    ("Cùng dự có ông: Hà Văn Sáu, Bí thư Huyện ủy.", ["Hà Văn Sáu"]),
    ("Đón đoàn có Samdech Sok Som Ol, Phó Chủ tịch Đảng Nhân dân Campuchia.", ["Sok Som Ol"]),
    ("Nhà thơ Thiếu tướng Trần Duy Phong kể chuyện.", ["Trần Duy Phong"]),
    ("Nhà báo, Đại tá Hồ Văn Năm nói chuyện với bộ đội.", ["Hồ Văn Năm"]),
    # foreign names are read whole
    ("Dự lễ có Sổm Bút Tạ Cun - Phó Tỉnh trưởng tỉnh Chămpasắc.", ["Sổm Bút Tạ Cun"]),
    ("Dự lễ có Khẳm Sỏn Kon Rơ-Phó Tỉnh trưởng tỉnh Sê Kông.", ["Khẳm Sỏn Kon Rơ"]),
    # misprints, dashes, places in the picture
    ("Đại tá Trần quang Thanh - Phó Chính ủy Bộ CHQS tỉnh dự.", ["Trần quang Thanh"]),
    ("Bí thư Huyện ủy Đức Huệ- Trần Thanh Phong tặng hoa.", ["Trần Thanh Phong"]),
    ("Chủ tịch UBND huyện -  Nguyễn Thanh Nguyên đề nghị tân binh gắng học.", ["Nguyễn Thanh Nguyên"]),
    ("Ông Phạm Văn Hiểu (thứ 4 từ phải qua) - Phó Bí thư Thành ủy chụp ảnh.", ["Phạm Văn Hiểu"]),
    ("Bà Lê Thị Ba (bìa trái), Chủ tịch UBND xã, trao quà.", ["Lê Thị Ba"]),
    # wards and schools named after people, teasers
    ("Chủ tịch UBND phường Lê Hồng Phong phát biểu.", []),
    ("Chủ tịch UBND xã Lý Văn Lâm báo cáo.", []),
    ("Hiệu trưởng Trường THPT Nguyễn Trung Trực dự.", []),
    ("Bí thư Đảng ủy phường Trần Hưng Đạo kiểm tra.", []),
    ("Các khối ra quân huấn luyện sáng nay ở quận, đông vui như ngày hội, ai cũng nhớ.\nThu Ninh\nĐồng chí Lê "
     "Bá Quân, Phó Chủ tịch UBND thành phố…\n"
     "Phó Thủ tướng Trần Hữu Hà ký quyết định về đất…", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_a_name_is_read_whole_or_not_at_all(text, names):
    assert [name for name, _ in people(text)] == names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("ĐẠI TÁ NGUYỄN QUỐC KHỞI GIỮ CHỨC CHỈ HUY TRƯỞNG BỘ CHQS TỈNH TUYÊN QUANG", "Nguyễn Quốc Khởi"),
        ("ĐẠI TÁ LÊ VĂN NĂM ĐƯỢC BỔ NHIỆM CHÍNH ỦY BỘ CHQS TỈNH", "Lê Văn Năm"),
        ("THƯỢNG TÁ HÀ SÁU NHẬN NHIỆM VỤ MỚI", "Hà Sáu"),
        ("CHỦ TỊCH UBND TỈNH VŨ VĂN TÁM ĐẾN THĂM TRUNG ĐOÀN", "Vũ Văn Tám"),
    ],
)
def test_no_verb_is_swallowed_by_a_name_in_capitals(title, name):
    assert [each for each, _ in people("Lễ diễn ra sáng nay.", title)] == [name]


POSTS = [
    ("Bộ CHQS tỉnh có các Phó Chỉ huy trưởng gồm: Thượng tá Lò Văn Ún và Thượng tá Cà Văn Mới.",
     [("Lò Văn Ún", ("Phó Chỉ huy trưởng",)), ("Cà Văn Mới", ("Phó Chỉ huy trưởng",))]),
    ("Các Phó Chủ tịch UBND tỉnh là: Hà Văn Một, Hà Văn Hai.",
     [("Hà Văn Một", ("Phó Chủ tịch UBND tỉnh",)), ("Hà Văn Hai", ("Phó Chủ tịch UBND tỉnh",))]),
    ("Đại tá Hà Minh Trí, Ủy viên Hội đồng giáo dục Quốc phòng - an ninh tỉnh, Phó Chính ủy Bộ CHQS tỉnh dự.",
     [("Hà Minh Trí", ("Ủy viên Hội đồng giáo dục Quốc phòng - an ninh tỉnh", "Phó Chính ủy Bộ CHQS tỉnh"))]),
    ("Ông Lê Bảy, Trưởng Ban Chỉ đạo xóa nhà tạm huyện, Chủ tịch UBND huyện dự.",
     [("Lê Bảy", ("Trưởng Ban Chỉ đạo xóa nhà tạm huyện", "Chủ tịch UBND huyện"))]),
    ("Đại tá Trần Quốc Nam được bổ nhiệm giữ chức Phó Tư lệnh Quân khu 2, Bộ Quốc phòng tại Quyết định 77/QĐ-TTg.",
     [("Trần Quốc Nam", ("Phó Tư lệnh Quân khu 2, Bộ Quốc phòng",))]),
    ("Ông Lê Bảy, Chủ tịch UBND xã tại hội nghị cho biết.", [("Lê Bảy", ("Chủ tịch UBND xã",))]),
    ("Dương Thanh Huân - TUV - Bí thư Huyện ủy thắp lửa.", [("Dương Thanh Huân", ("TUV", "Bí thư Huyện ủy"))]),
    # a post that is handed over is not his who presides, hands over or tells
    ("Đại tá Trần Quốc Khải, Phó Tham mưu trưởng Quân khu 5 chủ trì hội nghị bàn giao nhiệm vụ Chỉ huy trưởng "
     "Bộ CHQS tỉnh.",
     [("Trần Quốc Khải", ("Phó Tham mưu trưởng Quân khu 5",))]),
    ("Thiếu tướng Ngô Văn Bảy trao quyết định giao nhiệm vụ Chính ủy Bộ CHQS tỉnh.", [("Ngô Văn Bảy", ())]),
    ("Đại tá Vi Văn Sáu công bố quyết định giữ chức Chính ủy Bộ CHQS tỉnh.", [("Vi Văn Sáu", ())]),
    ("Đại tá Vi Văn Sáu được Bộ trưởng giao nhiệm vụ Chính ủy Bộ CHQS tỉnh.", [("Vi Văn Sáu", ("Chính ủy Bộ "
        "CHQS tỉnh",))]),
    ("Đại tá Vi Văn Sáu nhận quyết định giữ chức Chính ủy Bộ CHQS tỉnh.", [("Vi Văn Sáu", ("Chính ủy Bộ CHQS tỉnh",))]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), POSTS)
def test_a_post_is_whole_and_its_holder_s(text, expected):
    assert people(text) == expected


KEYS = [
    # text, (status, head, body, level, province) of each post
    ("Đại tá Hà Trí, Phó Chỉ huy trưởng, Tham mưu trưởng Bộ CHQS tỉnh Sơn La dự.",
     [("đương nhiệm", "Phó Chỉ huy trưởng", "Bộ CHQS", "tỉnh", "Sơn La"),
      ("đương nhiệm", "Tham mưu trưởng", "Bộ CHQS", "tỉnh", "Sơn La")]),
    ("Bộ CHQS tỉnh Sơn La họp. Thiếu tướng Lâm Tài, Phó Tư lệnh, Tham mưu trưởng Quân khu 7 dự.",
     [("đương nhiệm", "Phó Tư lệnh", "Quân khu", "quân khu", ""),
      ("đương nhiệm", "Tham mưu trưởng", "Quân khu", "quân khu", "")]),
    ("Bộ CHQS tỉnh Sơn La họp. Thiếu tướng Lâm Tài, Phó Tư lệnh dự.", [("đương nhiệm", "Phó Tư lệnh", "", "", "")]),
    ("Bộ CHQS tỉnh Sơn La họp. Thiếu tướng Lâm Tài, Phó Chính ủy BĐBP dự.",
     [("đương nhiệm", "Phó Chính ủy", "BĐBP", "", "")]),
    ("Bộ CHQS tỉnh Sơn La họp. Trung tá Vi Nà, Chính ủy Ban CHPTKV 3 - Sông Mã dự.",
     [("đương nhiệm", "Chính ủy", "Ban Chỉ huy phòng thủ khu vực", "khu vực", "Sơn La")]),
    ("Bộ CHQS tỉnh Sơn La họp. Thượng tá Bùi Lộc, Chỉ huy trưởng BCH Quân sự huyện Mường La dự.",
     [("đương nhiệm", "Chỉ huy trưởng", "Ban CHQS", "huyện", "Sơn La")]),
    ("Bộ CHQS tỉnh Sơn La họp. Thượng tá Bùi Lộc, Chỉ huy trưởng BCH QS huyện Mường La dự.",
     [("đương nhiệm", "Chỉ huy trưởng", "Ban CHQS", "huyện", "Sơn La")]),
    ("Bộ CHQS tỉnh Quảng Nam đón Đại tá Khăm Sỉ Vông-xay, Chính ủy Bộ CHQS tỉnh Xê Kông (Lào).",
     [("đương nhiệm", "Chính ủy", "Bộ CHQS", "nước ngoài", "")]),
    (
     "Bộ CHQS tỉnh Sơn La họp. Thiếu tá Hà Ba (Đồn phó Đồn Biên phòng Hải Hòa, Bộ Chỉ huy BĐBP tỉnh Quảng Ninh) dự.",
     [("đương nhiệm", "Phó Đồn trưởng", "Đồn Biên phòng", "tỉnh", "Quảng Ninh")]),
    ("Bộ CHQS tỉnh Sơn La gặp thân nhân cố Thiếu tướng Cầm Sương, nguyên Phó Tư lệnh Quân khu 2.",
     [("cố", "Phó Tư lệnh", "Quân khu", "quân khu", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), KEYS)
def test_a_post_says_where_it_is_and_no_more(text, expected):
    article, found = read(text)
    bounds = [bound_of(key) for key in facet_keys(found, article)["mention"]]
    assert [(b.status, b.head, b.body, b.level, b.province) for b in bounds] == expected


NAMESAKES = [
    ("Đại tá Lường Văn Hùng, Chỉ huy trưởng Bộ CHQS tỉnh Sơn La chủ trì. Cùng dự có ông Lường Văn Hùng, Chủ "
     "tịch UBND huyện Mường La.", 2),
    ("Ông Hà Văn Một, Chủ tịch UBND huyện Mường La dự. Ông Hà Văn Một, Chủ tịch UBND huyện Sông Mã nói.", 2),
    ("Đại tá Lường Văn Hùng, Chỉ huy trưởng Bộ CHQS tỉnh Sơn La chủ trì. Đồng chí Lường Văn Hùng, Ủy viên Ban "
     "Thường vụ Tỉnh ủy nói.", 1),
    ("Ông Hà Văn Một, Bí thư Huyện ủy Mường La dự. Ông Hà Văn Một, Chủ tịch HĐND huyện Mường La nói.", 1),
    ("Đại tá Lường Văn Hùng, Chỉ huy trưởng Bộ CHQS tỉnh chủ trì. Chỉ huy trưởng Lường Văn Hùng nói.", 1),
]


@pytest.mark.parametrize(("text", "number"), NAMESAKES)
def test_namesakes_of_one_article_are_told_apart_by_posts_nobody_holds_together(text, number):
    officials = read(text)[1].officials
    assert len(officials) == len({official.key for official in officials}) == number


ROLES = [
    ("Ông Phạm Bá Lâm, Chủ tịch UBND tỉnh Sơn La đến thăm, chúc mừng Bộ CHQS tỉnh.", [()]),
    ("Ông Phạm Bá Lâm, Chủ tịch UBND tỉnh Sơn La chúc mừng kết quả của đơn vị.", [("phát biểu",)]),
    ("Đại tá Lò Bình, Chỉ huy trưởng Bộ CHQS tỉnh Sơn La chủ trì, cùng dự có đại diện các cơ quan.", [("chủ trì",)]),
    ("Chủ trì hội nghị đồng chí Lò Bình - Bí thư Huyện ủy.", [("chủ trì",)]),
    ("Ngày 21/12/2022, tham dự buổi lễ đồng chí Lò Bình, Bí thư Huyện ủy.", [("dự",)]),
    ("Dự hội nghị có:\n- Đồng chí Lò Bình, Bí thư Huyện ủy\n- Đồng chí Hà Sáu, Chủ tịch UBND huyện",
     [("dự",), ("dự",)]),
    ("Dự lễ có thân nhân cố Thiếu tướng Cầm Văn Sương.", [()]),
    ("Dự lễ có gia đình đồng chí Hà Văn Sáu, Bí thư Huyện ủy.", [()]),
]


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_a_role_is_his_own(text, expected):
    assert [tuple(role.name for role in official.roles) for official in read(text)[1].officials] == expected


def test_a_holder_of_a_national_office_is_one_person():
    texts = ("Đại tướng Phan Văn Giang thăm đơn vị.", "Bộ trưởng Quốc phòng Phan Văn Giang thăm tỉnh Kon Tum.",
             "Đồng chí Phan Văn Giang, Ủy viên Bộ Chính trị, Phó Bí thư Quân ủy Trung ương dự.",
             "Đại biểu Phan Văn Giang (Thái Nguyên) tiếp xúc cử tri tỉnh Thái Nguyên.")  # fmt: skip
    assert {official.key for text in texts for official in read(text)[1].officials} == {"phan văn giang@Trung ương"}
    assert [o.key for o in read("Ông Phan Văn Giang, Chủ tịch UBND xã Đăk Plô, tỉnh Kon Tum dự.")[1].officials] != [
        "phan văn giang@Trung ương"
    ]


@pytest.mark.parametrize("text", [
    "Lãnh đạo tỉnh Sơn La mong lực lượng vũ trang là nòng cốt trong xây dựng khu vực phòng thủ tỉnh.",
    "Đoàn chúc tuổi trẻ hăng hái diễn tập.",
    "Ông Ba đề nghị huyện làm tốt công tác tuyển quân.",
])  # fmt: skip
def test_what_is_wished_for_is_no_topic(text):
    assert read(text, "Thăm Bộ CHQS tỉnh")[1].topics == ()
