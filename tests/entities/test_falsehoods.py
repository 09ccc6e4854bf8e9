"""Statements of kinds that reading random values by hand showed to be false, each kind with others of its own."""

from __future__ import annotations

import pytest

from indexer.entities import read_entities
from indexer.entities.facets import told
from indexer.entities.posts import parse_post
from indexer.entities.published import read_dates
from indexer.model import Article, Entities, Official
from indexer.text import normalize


def entities_of(text: str, title: str = "") -> Entities:
    return read_entities(Article("a", "a.html", title, text))


def official(text: str, name: str) -> Official:
    return next(each for each in entities_of(text).officials if each.name == name)


def published(text: str) -> str | None:
    return read_dates("", normalize(text), ()).published.date


# text of one official Lý Văn Ba, {post: status}
STATUSES = [
    ("Đồng chí Lý Văn Ba thôi giữ chức Phó Bí thư Đảng ủy xã Đá Bạc để giữ chức Chủ tịch UBND xã Suối Mây.",
     {"Phó Bí thư Đảng ủy xã Đá Bạc": "nguyên"}),
    ("Ông Lý Văn Ba thôi làm Chủ tịch UBND xã Đá Bạc từ hôm nay.", {"Chủ tịch UBND xã Đá Bạc": "nguyên"}),
    ("Đại tá Lý Văn Ba, nguyên Phó Tư lệnh kiêm Tham mưu trưởng Quân khu 4, kể chuyện.",
     {"nguyên Phó Tư lệnh": "nguyên", "Tham mưu trưởng Quân khu 4": "nguyên"}),
    ("Ông Lý Văn Ba (nguyên Phó Chủ tịch UBND xã Đá Bạc, kiêm Trưởng Ban Giảm nghèo) vắng mặt.",
     {"Trưởng Ban Giảm nghèo": "nguyên"}),
    ("Đại tá Lý Văn Ba, Phó Tư lệnh kiêm Tham mưu trưởng Quân khu 4, dự lễ.",
     {"Phó Tư lệnh": "đương nhiệm", "Tham mưu trưởng Quân khu 4": "đương nhiệm"}),
    ("Ông Lý Văn Ba, nguyên Chủ tịch UBND xã Đá Bạc, Chủ tịch Hội Cựu chiến binh xã Đá Bạc, kể chuyện.",
     {"nguyên Chủ tịch UBND xã Đá Bạc": "nguyên", "Chủ tịch Hội Cựu chiến binh xã Đá Bạc": "đương nhiệm"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), STATUSES)
def test_a_post_that_the_sentence_calls_over_is_a_former_one(text: str, wanted: dict[str, str]) -> None:
    held = {post.text: post.status for post in official(text, "Lý Văn Ba").held}
    assert {post: held.get(post) for post in wanted} == wanted


# written, article's province, head, body, level, place
POSTS = [
    ("TUV", "Bình Phước", ("Ủy viên Ban Chấp hành", "Tỉnh ủy", "tỉnh", "Bình Phước")),
    ("TUV", "Đà Nẵng", ("Ủy viên Ban Chấp hành", "Thành ủy", "tỉnh", "Đà Nẵng")),
    ("Ủy viên Ban TVTU", "Nam Định", ("Ủy viên Ban Thường vụ", "Tỉnh ủy", "tỉnh", "Nam Định")),
    ("Ủy viên TVTU", "Kon Tum", ("Ủy viên Ban Thường vụ", "Tỉnh ủy", "tỉnh", "Kon Tum")),
    ("Ngoại trưởng", "Hà Nội", ("Ngoại trưởng", "", "", "")),
    ("Ngoại trưởng Nga", "Hà Nội", ("Ngoại trưởng", "", "nước ngoài", "Nga")),
    ("Tổng thống", "Hà Nội", ("Tổng thống", "", "nước ngoài", "")),
    ("Bí thư Huyện ủy Đức Huệ", "Long An", ("Bí thư", "Huyện ủy", "huyện", "Đức Huệ")),
    ("Chủ tịch UBND huyện Mỹ Đức", "Hà Nội", ("Chủ tịch", "UBND", "huyện", "Mỹ Đức")),
    ("Bộ trưởng Quốc phòng Lào", "Hà Nội", ("Bộ trưởng", "Bộ Quốc phòng", "nước ngoài", "Lào")),
]  # fmt: skip


@pytest.mark.parametrize(("written", "province", "wanted"), POSTS)
def test_a_post_is_of_the_body_and_the_country_it_names(
    written: str, province: str, wanted: tuple[str, str, str, str]
) -> None:
    post = parse_post(written, (province,), "2020-05-01")
    assert (post.head, post.body, post.level, post.place) == wanted


def test_a_country_in_brackets_makes_a_post_another_country_s() -> None:
    text = "Tại tỉnh Nghệ An, Thiếu tướng Xổm Bun Ma La - Cục trưởng Cục Chính sách (Bộ Quốc phòng Lào) trao quà."
    found = official(text, "Xổm Bun Ma La")
    assert [(post.level, post.place) for post in found.held] == [("nước ngoài", "Lào")]
    assert not found.key.endswith("@Nghệ An")


@pytest.mark.parametrize(("text", "name", "wanted"), [
    ("Thành phố Hồ Chí Minh đón ông Khamphone Sisavath, Bí thư Thành ủy, Chủ tịch HĐND thủ đô Viêng Chăn (Lào).",
     "Khamphone Sisavath", {("nước ngoài", "")}),
    ("Tỉnh Kon Tum đón ông Khamphone Sisavath, Bí thư Tỉnh ủy.", "Khamphone Sisavath", {("nước ngoài", "")}),
    ("Tỉnh Kon Tum họp. Ông Rơ Châm Thử, Bí thư Tỉnh ủy, chủ trì.", "Rơ Châm Thử", {("tỉnh", "Kon Tum")}),
    ("Tỉnh Kon Tum họp. Ông A Thử, Bí thư Tỉnh ủy, chủ trì.", "A Thử", {("tỉnh", "Kon Tum")}),
])  # fmt: skip
def test_a_foreigner_holds_no_post_of_the_article_s_province(
    text: str, name: str, wanted: set[tuple[str, str]]
) -> None:
    held = [post for post in official(text, name).held if post.body in ("Tỉnh ủy", "Thành ủy")]
    assert {(post.level, post.place) for post in held} == wanted


# what the post must be, whatever goes on behind the place
RUN_ON = [
    ("Theo ông Lý Văn Ba, Phó Chủ tịch UBND tỉnh Nghệ An tàu của nhiều lực lượng đã ra khơi.",
     "Phó Chủ tịch UBND tỉnh Nghệ An"),
    ("Theo ông Lý Văn Ba, Chủ tịch UBND huyện Đức Huệ đội cứu hộ đã đến nơi.", "Chủ tịch UBND huyện Đức Huệ"),
    ("Theo Đại tá Lý Văn Ba, Tư lệnh Vùng 4 Hải quân, gió đã lặng.", "Tư lệnh Vùng 4 Hải quân"),
    ("Ông Lý Văn Ba, Giám đốc Sở Lao động - Thương binh và Xã hội tỉnh Nghệ An, dự.",
     "Giám đốc Sở Lao động - Thương binh và Xã hội tỉnh Nghệ An"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "post"), RUN_ON)
def test_a_post_ends_with_the_place_it_names(text: str, post: str) -> None:
    assert post in official(text, "Lý Văn Ba").posts


@pytest.mark.parametrize(("text", "wanted"), [
    ("Ông Lý Văn Ba, Phó Chủ tịch UBND xã Đá Bạc, được phân công điều hành UBND xã.", set()),
    ("Ông Lý Văn Ba, Phó Chủ tịch UBND xã Đá Bạc, phụ trách điều hành hoạt động của tờ báo.", set()),
    ("Ông Lý Văn Ba, Phó Chủ tịch UBND xã Đá Bạc, điều hành công việc hằng ngày.", set()),
    ("Ông Lý Văn Ba, Phó Chủ tịch UBND xã Đá Bạc, điều hành phiên họp.", {"chủ trì"}),
    ("Đại tá Lý Văn Ba, Chỉ huy trưởng Bộ CHQS tỉnh Kon Tum, điều hành diễn tập.", {"chủ trì"}),
    ("Ông Lý Văn Ba, Chủ tịch UBND xã Đá Bạc, điều hành hội nghị.", {"chủ trì"}),
])  # fmt: skip
def test_who_runs_a_body_chairs_no_meeting(text: str, wanted: set[str]) -> None:
    assert {role.name for role in official(text, "Lý Văn Ba").roles} == wanted


@pytest.mark.parametrize(("text", "name", "post"), [
    ("Phó Chủ tịch UBND tỉnh Lý Văn Ba, Giám đốc Đại học Kon Tum, GS.TS Trần Văn Bốn đã tặng hoa.", "Lý Văn Ba",
     "Giám đốc Đại học Kon Tum"),
    ("Phó Chủ tịch UBND tỉnh Lý Văn Ba, Trưởng Ban Chỉ đạo, ông Trần Văn Bốn cùng dự.", "Lý Văn Ba",
     "Trưởng Ban Chỉ đạo"),
    ("Bí thư Tỉnh ủy Lý Văn Ba, Chủ tịch HĐND tỉnh, đồng chí Trần Văn Bốn cùng dự.", "Lý Văn Ba",
     "Chủ tịch HĐND tỉnh"),
])  # fmt: skip
def test_a_post_between_two_people_who_may_both_hold_it_is_not_given_to_the_first(
    text: str, name: str, post: str
) -> None:
    assert post not in official(text, name).posts


@pytest.mark.parametrize("text", [
    "Phó Chủ tịch UBND tỉnh Lý Văn Ba - Trưởng Ban Chỉ đạo, ông Trần Văn Bốn - Giám đốc Sở Nội vụ cùng dự.",
    "Phó Chủ tịch UBND tỉnh Lý Văn Ba, Trưởng Ban Chỉ đạo, ông Trần Văn Bốn, Giám đốc Sở Nội vụ cùng dự.",
])  # fmt: skip
def test_a_second_post_is_the_first_one_s_where_the_second_has_a_post_behind_his_name(text: str) -> None:
    assert "Trưởng Ban Chỉ đạo" in official(text, "Lý Văn Ba").posts
    assert official(text, "Trần Văn Bốn").posts == ("Giám đốc Sở Nội vụ",)


def test_a_name_ends_where_a_sentence_names_its_source() -> None:
    text = "Tổng thống Hàn Quốc Moon Jae-in Theo kết quả thăm dò, nhiều người ủng hộ ông."
    assert [each.name for each in entities_of(text).officials] == ["Moon Jae-in"]


@pytest.mark.parametrize(("text", "name", "roles"), [
    ("Thiếu tá Lý Văn Ba được lệnh sang nước bạn yêu cầu sự giúp đỡ.", "Lý Văn Ba", []),
    ("Thiếu tá Lý Văn Ba đề nghị sự hỗ trợ của dân quân.", "Lý Văn Ba", []),
    ("Tại hội nghị, Đại tá Lý Văn Ba yêu cầu các đơn vị sẵn sàng.", "Lý Văn Ba", ["phát biểu"]),
    ("Chủ tọa phiên tòa là Thượng tá Lý Văn Ba; đại diện Viện kiểm sát là Đại tá Trần Văn Bốn.", "Trần Văn Bốn", []),
    ("Chủ trì hội nghị là Thượng tá Lý Văn Ba, Đại tá Trần Văn Bốn.", "Trần Văn Bốn", ["chủ trì"]),
])  # fmt: skip
def test_a_role_needs_a_verb_of_its_own(text: str, name: str, roles: list[str]) -> None:
    assert [role.name for role in official(text, name).roles] == roles


@pytest.mark.parametrize("text", [
    "Bảo tàng tỉnh trưng bày ảnh những người có công lớn trong sự nghiệp dựng nước. Bộ đội đến xem.",
    "Bộ đội nghe buổi hòa nhạc có nhiều bài hát về biển đảo.",
    "Bộ đội biết thuyền không có dụng cụ cứu hộ.",
])  # fmt: skip
def test_words_of_other_things_name_no_topic(text: str) -> None:
    assert entities_of(text).topics == ()


def test_a_committee_keeps_its_whole_name() -> None:
    text = "Quốc hội bầu ông Lý Văn Ba làm Chủ nhiệm Ủy ban Công tác đại biểu."
    assert official(text, "Lý Văn Ba").posts == ("Chủ nhiệm Ủy ban Công tác đại biểu",)


def test_a_secretary_general_signs_nothing_by_his_title() -> None:
    text = "Bà Lý Thị Ba, Phó Chủ tịch - Tổng thư ký Hội Nông dân tỉnh Kon Tum, gặp hội viên."
    assert not official(text, "Lý Thị Ba").roles


def test_a_school_s_namesake_is_no_official() -> None:
    found = entities_of("Sáng nay trường làm lễ.", "Nguyên Hiệu trưởng Trường ĐH Y khoa Phạm Ngọc Thạch xin nghỉ việc")
    assert not found.officials


# What dates nothing: text, date
UNDATED = [
    "Hoa hậu Sông Nước 2023 Lý Thị Ba kể chuyện làm gia sư.",
    "Quán quân Giọng hát Núi Rừng 2021 Lý Văn Ba thăm đơn vị.",
    "Miss Ocean Vietnam 2022 Trần Thị Bốn trồng cây.",
    "Công ty được xướng tên ở Lễ trao giải Lá Xanh 2023, tổ chức tại thủ đô ngày 18/1.",
    "Tôi nhớ như in trận đấu chiều thứ bảy ngày 13/9/2014 trên sân cỏ.",
    "Bà cụ nhớ lại buổi tiễn con ngày 2/3/2012 ở bến sông.",
    "Chiều 11-5, ban tổ chức họp báo. Ngày 26-12-2013, Thường vụ ra Chỉ thị số 788 về cuộc vận động này.",
    "Quy mô thị trường đạt 700 triệu USD trong năm 2022, dự báo còn tăng.",
    "Dự kiến từ hôm nay (30-7), tòa mở phiên xét xử. Theo hồ sơ, ngày 3-12-2017, đơn vị lập biên bản.",
    "Tập đoàn Lá Xanh công bố kết quả kinh doanh kỷ lục năm 2022, với nhiều đơn hàng.",
    "Ngân hàng cho xem lại bức tranh tài chính năm 2022 của từng khách.",
    "Ngày 5/3, thành phố tiễn tân binh. Năm 2016, thành phố cũng giao 3.000 tân binh cho 14 đơn vị.",
    "Lễ hội của thành phố được sáng lập bởi các nhà buôn trong năm 2010 để bán hàng.",
    "Tòa tuyên tài xế 6 năm tù, bộ đội biên phòng cho biết. Tháng 11/2018, người này giấu hàng ở biên giới.",
    "Bà Sáu kể từ học kỳ 1 của năm 2016 cháu được đồn biên phòng nhận nuôi.",
    "Từ cuối năm 2015, đồn biên phòng nhận nuôi cháu.",
    "Anh Sáu được giao cho lữ đoàn công binh của Quân khu 9 hồi đầu năm rồi về quê.",
    "Sáng 3/2, đơn vị giới thiệu phong trào. Ngày 19/8/2015, cấp trên ban hành kế hoạch mở phong trào.",
]


@pytest.mark.parametrize("text", UNDATED)
def test_a_title_a_memory_and_a_paper_of_the_past_date_nothing(text: str) -> None:
    assert published(text) is None


# What is to come is no day of publication, though it may tell the year.
TO_COME = [
    "Người mua đăng ký kể từ 16 giờ thứ Ba ngày 5/6/2018 cho đến 16 giờ thứ Sáu ngày 8/6/2018.",
    "Hồ sơ nhận đến 17 giờ ngày 20/4/2019 tại trụ sở.",
    "Để chuẩn bị cho ngày hội trại diễn ra vào ngày 20/2 và lễ giao quân diễn ra vào sáng 21/2, huyện họp ban tổ "
    "chức tuyển quân năm 2019.",
    "Nhằm phục vụ tốt cho lễ giao nhận quân ngày 25/2, xã dọn sân vận động trong mùa tuyển quân năm 2020.",
]


@pytest.mark.parametrize("text", TO_COME)
def test_a_deadline_and_a_day_prepared_for_are_not_the_day_of_publication(text: str) -> None:
    assert len(published(text) or "") <= 4


DATED = [
    ("Anh Sáu về Quân khu 9 tháng 2-2019. Ngày 4-3, đơn vị đến nhà thăm hỏi mẹ anh.", "2019-03-04"),
    ("Ngày 9 tháng 2-2019, đơn vị đến nhà thăm hỏi mẹ anh Sáu.", "2019-02-09"),
    ("Ngày 5/3, thành phố tiễn tân binh. Năm 2016, thành phố giao 3.000 tân binh.", "2016-03-05"),
    ("Sáng 20/5, cuộc thi Hoa hậu Sông Nước 2023 khai mạc.", "2023-05-20"),
    ("Chiều 20/10, tỉnh trao Giải thưởng Lá Xanh 2023.", "2023-10-20"),
    ("Chiều 26-12, BĐBP họp báo. Ngày 11-5-2013, Thường vụ ra kế hoạch cho năm 2013.", "2013-12-26"),
    ("Hội thao dân quân diễn ra từ ngày 5/6 đến ngày 8/6/2018.", "2018-06-08"),
]


@pytest.mark.parametrize(("text", "day"), DATED)
def test_what_only_looks_like_those_still_dates_the_article(text: str, day: str) -> None:
    assert published(text) == day


def units_of(text: str) -> set[str]:
    article = Article("a", "a.html", "", text)
    return {each.key for each in told("unit", read_entities(article), article)}


@pytest.mark.parametrize("text", ["Ta diệt căn cứ sư đoàn 25 ngụy.", "Trung đoàn 46 (VNCH) rút chạy.",
                                  "Lữ đoàn 173 Mỹ đổ bộ."])  # fmt: skip
def test_an_army_of_the_other_side_is_no_unit(text: str) -> None:
    assert units_of(text) == {"?"}


def test_a_licence_in_the_footer_names_no_unit() -> None:
    story = "Sáng nay xã làm lễ.\nSố giấy phép theo quyết định số 12/QĐ ngày 16/09/2010 của UBND tỉnh Kon Tum"
    assert "UBND|tỉnh|Kon Tum" not in units_of(story)
