"""An archive for tests of what a query names: a few articles of our own, with invented names."""

from __future__ import annotations

# id: (date, title, text)
ARTICLES = {
    "th24": (
        "2024-02-27", "Lễ giao nhận quân tại Thanh Hóa",
        "Tại tỉnh Thanh Hóa, UBND tỉnh Thanh Hóa tổ chức lễ giao nhận quân năm 2024. Đại tá Lê Văn "
        "Tuyền, Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa, dự lễ giao nhận quân."),
    "th23": (
        "2023-03-01", "Thanh Hóa huấn luyện dân quân",
        "Tại tỉnh Thanh Hóa, Đại tá Lê Văn Tuyền, Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa chủ trì hội "
        "nghị huấn luyện. Ngày 1 tháng 3 năm 2023, dân quân tự vệ ra quân. Bộ CHQS tỉnh Thanh Hóa đánh "
        "giá kết quả."),
    "th21": (
        "2021-03-05", "Thanh Hóa tổng kết",
        "Tại tỉnh Thanh Hóa, Đại tá Hồ Sĩ Kiên, Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa, phát biểu tại "
        "hội nghị tổng kết, đánh giá kết quả. UBND tỉnh Thanh Hóa khen thưởng."),
    "nd24": (
        "2024-02-26", "Nam Định giao quân",
        "Tại tỉnh Nam Định, lễ giao nhận quân diễn ra trang trọng. UBND tỉnh Nam Định và huyện Hải Hậu "
        "tặng quà."),
    "na23": (
        "2023-05-02", "Nghệ An tập huấn",
        "Ở tỉnh Nghệ An, Thượng tá Lê Văn Tuyền, Phó Chủ tịch UBND tỉnh Nghệ An, dự tập huấn. "
        "UBND tỉnh Nghệ An tổ chức. Thượng tá Võ Bình, Phó Chỉ huy trưởng Bộ CHQS tỉnh Nghệ An, "
        "báo cáo."),
    "tw24": (
        "2024-06-01", "Bộ Quốc phòng kiểm tra",
        "Đại tướng Đinh Quang Giang, Bộ trưởng Bộ Quốc phòng, kiểm tra Quân khu 4 và Sư đoàn 968. Bộ "
        "Quốc phòng giao nhiệm vụ."),
    "tw25": (
        "2025-01-10", "Bộ trưởng thăm đơn vị",
        "Đại tướng Đinh Quang Giang, Bộ trưởng Bộ Quốc phòng, thăm Quân khu 4."),
    "bd22": (
        "2022-07-02", "Bình Định họp",
        "Tại tỉnh Bình Định, ông Lâm Hải Giang, Phó Chủ tịch UBND tỉnh Bình Định, chủ trì họp. UBND "
        "tỉnh Bình Định tổ chức."),
    "qk7": (
        "2022-07-02", "Quân khu 7 kiểm tra",
        "Tại tỉnh Bình Dương, Trung tướng Trần Hữu Thắng, Tư lệnh Quân khu 7, kiểm tra huấn luyện. UBND "
        "tỉnh Bình Dương báo cáo."),
    "ld22": (
        "2022-12-02", "Lạc Dương diễn tập",
        "Tại tỉnh Lâm Đồng, UBND huyện Lạc Dương diễn tập khu vực phòng thủ huyện Lạc Dương. Hội nghị "
        "ngày 02/12/2022 do Ban CHQS huyện Lạc Dương tổ chức."),
    "gl25": (
        "2025-08-02", "Xã Ia O ra quân",
        "Tại tỉnh Gia Lai, xã Ia O ra quân tuyển quân. UBND xã Ia O, tỉnh Gia Lai khám tuyển nghĩa vụ "
        "quân sự, tuyển quân từ 1-7-2025."),
    "hn24": (
        "2024-03-03", "Hà Nội huấn luyện",
        "Bộ Tư lệnh Thủ đô Hà Nội huấn luyện dân quân. UBND TP Hà Nội dự."),
    "hb20": (
        "2020-05-05", "Hòa Bình giao quân",
        "Tại tỉnh Hòa Bình, UBND tỉnh Hòa Bình tổ chức giao quân."),
    "hcm23": (
        "2023-02-07", "TP.HCM giao quân",
        "Bộ Tư lệnh TP Hồ Chí Minh giao quân. UBND TP Hồ Chí Minh tặng quà tân binh."),
}  # fmt: skip


def rows() -> list[dict[str, object]]:
    """The articles as rows of a JSONL file."""
    return [{"id": id, "title": title, "text": text, "date": date} for id, (date, title, text) in ARTICLES.items()]
