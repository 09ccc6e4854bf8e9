"""Sentences written for the tests, and Hypothesis strategies for Vietnamese-looking text."""

from hypothesis import strategies as st

SENTENCES = (
    "Sáng 28-2, Bộ Chỉ huy quân sự tỉnh Tây Ninh tổ chức lễ giao nhận quân năm 2023.",
    "Đại tá Nguyễn Văn Hòa, Chỉ huy trưởng, dự và phát biểu chỉ đạo hội nghị.",
    "Thực hiện Nghị quyết số 28-NQ/TW, các đơn vị huấn luyện 1.250 chiến sĩ dân quân tự vệ.",
    "Ông K'Mák, người M'nông ở xã Đắk Búk So, tình nguyện nhập ngũ; em trai H'Rê cũng vậy!",
    "TP. Hồ Chí Minh (TP.HCM): hoà bình, hòa bình; uỷ ban, ủy ban; khoẻ mạnh -> khỏe mạnh...",
    "Liên hệ: quansu@tinhdoi.gov.vn hoặc https://tinhdoi.gov.vn/tin-tuc?id=12 trước 17h30' ngày 5/9.",
    "CÔNG TÁC QUỐC PHÒNG, QUÂN SỰ ĐỊA PHƯƠNG NĂM 2024\n\n  Tỉnh đội  Kon Tum   đón nhận_cờ A1 \"Quyết thắng\".",
    "quan su dia phuong, khong dau; snake_case và 12,5 % của 3.000.000 đồng",
    "...",
    "a",
    "\n",
    "   ",
    "",
)

CHUNKS = "quốc phòng Quân khu 7 hòa hoà ủy Uỷ ban K'Mák 12,5 28-NQ/TW TP. \n , . - “ ” Đắk Lắk nghĩa vụ _ M'nông"
SYLLABLES = CHUNKS.split(" ")

newslike = st.lists(st.sampled_from(SYLLABLES), max_size=40).flatmap(
    lambda parts: st.lists(st.sampled_from([" ", "", "  ", "\n"]), min_size=len(parts), max_size=len(parts)).map(
        lambda gaps: "".join(part + gap for part, gap in zip(parts, gaps, strict=True))
    )
)
LETTERS = "aăâàảoôơòuưyđĐqQ' \u0300\u0301\u0302\u0323-,.\n"
anything = st.one_of(newslike, st.text(max_size=80), st.text(alphabet=LETTERS, max_size=30))
