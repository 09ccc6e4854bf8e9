"""What officials did at the event, what articles are about, and the facet keys that come of both."""

from __future__ import annotations

import pytest

from indexer.entities import facet_keys, label, read_entities
from indexer.entities.officials import find_officials
from indexer.entities.post_keys import Bound, bound_of
from indexer.entities.topics import find_topics, topics
from indexer.entities.words import rows
from indexer.model import Article, StatedDate
from indexer.text import normalize

# sentence, {name: roles}
ROLES = [
    ("Đại tá Vũ Hữu Thành, Chỉ huy trưởng Bộ CHQS tỉnh chủ trì hội nghị.", {"Vũ Hữu Thành": "chủ trì"}),
    ("Hội nghị do đồng chí Trần Quốc Bảo, Chủ tịch UBND tỉnh chủ trì.", {"Trần Quốc Bảo": "chủ trì"}),
    ("Dưới sự chủ trì của đồng chí Trần Quốc Bảo, Bí thư Tỉnh ủy, hội nghị bàn kỹ.", {"Trần Quốc Bảo": "chủ trì"}),
    ("Tham dự có Đại tá Lý Văn Ba và Thượng tá Hồ Văn Tư.", {"Lý Văn Ba": "dự", "Hồ Văn Tư": "dự"}),
    ("Các đồng chí: Lý Văn Ba, Bí thư Huyện ủy; Hồ Văn Tư, Chủ tịch UBND huyện dự lễ.",
     {"Lý Văn Ba": "dự", "Hồ Văn Tư": "dự"}),
    ("Đại tá Lý Văn Ba chủ trì, cùng dự có Thượng tá Hồ Văn Tư.", {"Lý Văn Ba": "chủ trì", "Hồ Văn Tư": "dự"}),
    ("Đại tá Lý Văn Ba dự và phát biểu chỉ đạo tại buổi lễ.", {"Lý Văn Ba": "dự và chỉ đạo"}),
    ("Thiếu tướng Lý Văn Ba, Phó Tư lệnh Quân khu 4 dự, chỉ đạo hội nghị.", {"Lý Văn Ba": "dự và chỉ đạo"}),
    ("Phát biểu tại hội nghị, Đại tá Lý Văn Ba nhấn mạnh ba việc.", {"Lý Văn Ba": "phát biểu"}),
    ("Tại buổi kiểm tra, Đại tá Lý Văn Ba yêu cầu giữ nghiêm kỷ luật.", {"Lý Văn Ba": "phát biểu"}),
    ("Đại tá Lý Văn Ba kiểm tra công tác huấn luyện.", {"Lý Văn Ba": "kiểm tra"}),
    ("Đoàn công tác do Đại tá Lý Văn Ba làm trưởng đoàn kiểm tra điểm khám tuyển.", {"Lý Văn Ba": "kiểm tra"}),
    ("Đồng chí Lý Văn Ba, Chủ nhiệm Ủy ban kiểm tra Tỉnh ủy, tới thăm.", {"Lý Văn Ba": ""}),
    ("Thừa ủy quyền, Đại tá Lý Văn Ba trao Huân chương cho đơn vị.", {"Lý Văn Ba": "trao/tặng"}),
    ("Đại tá Lý Văn Ba được tặng Huân chương Bảo vệ Tổ quốc.", {"Lý Văn Ba": "được tặng"}),
    ("Đại tá Lý Văn Ba trao đổi kinh nghiệm với đơn vị bạn.", {"Lý Văn Ba": ""}),
    ("Đại tá Lý Văn Ba ký kế hoạch phối hợp.", {"Lý Văn Ba": "ký"}),
    ("Đại tá Lý Văn Ba thăm khu ký túc xá.", {"Lý Văn Ba": ""}),
    ("Đại tá Lý Văn Ba dự kiến tháng sau lên đường.", {"Lý Văn Ba": ""}),
    ("Về phía tỉnh có đồng chí Lý Văn Ba, Bí thư Tỉnh ủy.", {"Lý Văn Ba": "dự"}),
    ("Đại tá Lý Văn Ba cho biết, đơn vị đã trao quà cho bà con.", {"Lý Văn Ba": ""}),
    ('Đại tá Lý Văn Ba nhấn mạnh: "Chúng tôi đã kiểm tra từng nhà".', {"Lý Văn Ba": "phát biểu"}),
    ("Đại tá Lý Văn Ba sẽ giúp bạn khi có yêu cầu.", {"Lý Văn Ba": ""}),
    ("Theo Đại tá Lý Văn Ba, đơn vị đã trao quà cho bà con.", {"Lý Văn Ba": ""}),
    ("Đại tá Lý Văn Ba được Chủ tịch nước phong tặng danh hiệu.", {"Lý Văn Ba": "được tặng"}),
    ("Đại tá Lý Văn Ba nhận món quà do Thượng tá Hồ Văn Tư trao.", {"Lý Văn Ba": "", "Hồ Văn Tư": "trao/tặng"}),
    ("Trong văn bản do Đại tá Lý Văn Ba ký, Thanh Hóa đề nghị cấp thêm xe.", {"Lý Văn Ba": "ký"}),
    ("Đại tá Lý Văn Ba đã có văn bản đề nghị cấp thêm xe.", {"Lý Văn Ba": ""}),
    ("Đại tá Lý Văn Ba chưa thể khẳng định nguyên nhân.", {"Lý Văn Ba": ""}),
    ("Đại tá Lý Văn Ba cùng tổ tuần tra kiểm tra hành chính hai người lạ.", {"Lý Văn Ba": ""}),
    ("Tại hội nghị, Đại tá Lý Văn Ba cho biết quân số đã đủ.", {"Lý Văn Ba": "phát biểu"}),
    ("Đại tá Lý Văn Ba cho biết quân số đã đủ.", {"Lý Văn Ba": ""}),
    ("Thay mặt đơn vị, Đại tá Lý Văn Ba hứa giữ vững truyền thống.", {"Lý Văn Ba": "phát biểu"}),
    ("Ra tiếp đoàn: các đồng chí Lý Văn Ba, Bí thư Tỉnh ủy; Hồ Văn Tư, Chủ tịch UBND tỉnh.",
     {"Lý Văn Ba": "dự", "Hồ Văn Tư": "dự"}),
    ("Hội nghị có Đại tá Lý Văn Ba; phía địa phương có đồng chí Hồ Văn Tư, Bí thư Đảng ủy xã.",
     {"Lý Văn Ba": "dự", "Hồ Văn Tư": "dự"}),
    ("Đại tá Lý Văn Ba có mặt động viên tân binh.", {"Lý Văn Ba": "dự"}),
    ("Đại tá Lý Văn Ba ra đón. Thượng tá Hồ Văn Tư chủ trì.", {"Lý Văn Ba": "", "Hồ Văn Tư": "chủ trì"}),
]
TOPICS = [
    ("Huyện Ngọc Hồi khám tuyển sức khỏe nghĩa vụ quân sự", "tuyển quân"),
    ("Khai mạc diễn tập khu vực phòng thủ", "diễn tập"),
    ("Ra quân huấn luyện dân quân tự vệ", "huấn luyện, DQTV và DBĐV"),
    ("Bồi dưỡng kiến thức quốc phòng và an ninh đối tượng 4", "giáo dục QPAN"),
    ("Trao nhà đồng đội", "hậu phương quân đội"),
    ("Bộ đội giúp dân sau sạt lở", "phòng thủ dân sự"),
    ("Ngày hội biên phòng toàn dân", "biên giới và biển đảo"),
    ("Sơ kết sáu tháng", "tổng kết"),
    ("Công bố quyết định bổ nhiệm cán bộ", "nhân sự"),
    ("Đội bóng thắng trận", ""),
]


@pytest.mark.parametrize(("sentence", "roles"), ROLES, ids=[sentence[:50] for sentence, _ in ROLES])
def test_a_sentence_tells_who_did_what(sentence: str, roles: dict[str, str]) -> None:
    have = {o.name: ", ".join(role.name for role in o.roles) for o in find_officials("", sentence)}
    assert have == roles


def test_a_role_carries_its_own_sentence() -> None:
    (official,) = find_officials("", "Đại tá Lý Văn Ba đến sớm. Đại tá Lý Văn Ba chủ trì hội nghị.")
    assert [role.evidence and role.evidence.quote for role in official.roles] == ["Đại tá Lý Văn Ba chủ trì hội nghị."]


def test_a_post_told_later_carries_its_own_sentence_the_first_is_the_officials() -> None:
    text = "Đại tá Lý Văn Ba, Chỉ huy trưởng Bộ CHQS tỉnh, đến sớm. Đại tá Lý Văn Ba, Tỉnh ủy viên, chủ trì."
    (official,) = find_officials("", text)
    quotes = [post.evidence and post.evidence.quote for post in official.held]
    assert quotes == [None, "Đại tá Lý Văn Ba, Tỉnh ủy viên, chủ trì."]


@pytest.mark.parametrize(("title", "names"), TOPICS)
def test_a_title_names_its_topics(title: str, names: str) -> None:
    assert ", ".join(topic.name for topic in find_topics(normalize(title), "")) == names


def test_a_topic_far_down_the_text_is_mentioned_in_passing() -> None:
    assert find_topics("", "Chuyện làng. " * 80 + "Diễn tập.") == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anh nhập ngũ tháng 5 năm 1990, nay dạy ở trường.", ""),
        ("Thanh niên nhập ngũ đợt này đông; ngày nhập ngũ là 4-3.", "tuyển quân"),
        ("Lực lượng biên phòng cùng bà con dọn trường.", ""),
    ],
)
def test_a_word_that_also_names_units_and_bystanders_must_come_twice(text: str, names: str) -> None:
    assert ", ".join(topic.name for topic in find_topics("", text)) == names


def test_every_topic_of_the_table_can_be_found_by_each_of_its_cues() -> None:
    for row in rows("topics.csv"):
        assert row["topic"] in {topic.name for topic in find_topics(normalize(row["cue"]), "")}
    assert len(topics()) == 10


def test_keys_bind_person_post_place_and_year() -> None:
    article = Article(
        "1", "1.txt", "Thanh Hóa tuyển quân",
        "Đại tá Lê Văn Ba, CHT Bộ CHQS tỉnh Thanh Hóa chủ trì.\nÔng Hồ Văn Tư, nguyên Bí thư Tỉnh ủy, dự.",
        stamps=(StatedDate("2023-02-01", "meta"),),
    )
    keys = facet_keys(read_entities(article), article)
    assert keys["post"] == ("Chỉ huy trưởng|Bộ CHQS|tỉnh", "nguyên Bí thư|Tỉnh ủy|tỉnh")
    assert (keys["class"], keys["level"]) == (("quân đội", "Đảng"), ("tỉnh",))
    assert (keys["role"], keys["topic"]) == (("chủ trì", "dự"), ("tuyển quân",))
    assert bound_of(keys["mention"][0]) == Bound(
        "lê văn ba@Thanh Hóa", "đương nhiệm", "Chỉ huy trưởng", "Bộ CHQS", "tỉnh", "Thanh Hóa", "Thanh Hóa", "2023")


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("Chỉ huy trưởng|Bộ CHQS|tỉnh", "Chỉ huy trưởng Bộ CHQS"),
        ("Chủ tịch|UBND|tỉnh", "Chủ tịch UBND (tỉnh)"),
        ("nguyên Bí thư|Tỉnh ủy|tỉnh", "nguyên Bí thư Tỉnh ủy"),
        ("Chỉ huy trưởng||", "Chỉ huy trưởng"),
    ],
)
def test_a_post_key_is_shown_as_the_post(key: str, shown: str) -> None:
    assert label("post", key) == shown


@pytest.mark.parametrize(
    ("sentence", "gathered"),
    [
        ("Đại tá Lý Văn Ba, Chỉ huy trưởng Bộ CHQS tỉnh, chủ trì.", True),
        ("Thiếu tá Lý Văn Ba dự.", True),
        ("Ông Lý Văn Ba, Phó Chủ tịch UBND huyện, bị khởi tố về tội nhận hối lộ.", False),
        ("Cơ quan điều tra khởi tố bị can đối với ông Lý Văn Ba, Chủ tịch UBND xã.", False),
        ("Trung sĩ Lý Văn Ba, Tiểu đội trưởng, nhận nhiệm vụ.", False),
        ("Ông Lý Văn Ba, Giám đốc Công ty TNHH Hòa Bình, ủng hộ.", False),
        ("Trưởng thôn Lý Văn Ba vận động bà con.", False),
    ],
)
def test_only_officers_and_holders_of_public_posts_are_gathered_on_pages(sentence: str, gathered: bool) -> None:
    article = Article("1", "1.txt", "", sentence)
    assert bool(facet_keys(read_entities(article), article)["mention"]) is gathered
