"""What the made-up articles are made of: a small vocabulary, so that words are shared and some are one article's own.

Names are invented. Ids and file names hold the characters that some readers of lines take for the end of one.
"""

from __future__ import annotations

from hypothesis import strategies as st

COMMON = (
    "quân", "dân", "tuyển", "luyện", "biên", "giới", "tuần", "tra", "huấn", "tập", "khu", "vực", "phòng", "thủ",
    "đơn", "vị", "xã",
)
RARE = (
    "trăng", "lúa", "sương", "đò", "chợ", "rừng", "suối", "gốm", "vải", "trống", "diều", "sen", "đèn", "mây", "cờ",
    "ngựa", "thuyền", "nương", "thác", "khế", "muối", "cau", "lụa", "măng", "sáo", "quạt", "bưởi", "chuông", "ghe",
    "tre",
)
PROVINCES = ("Gia Lai", "Thanh Hóa", "Kon Tum")
OFFICIALS = ("Đại tá Khổng Minh Trực, Chỉ huy trưởng Bộ CHQS tỉnh", "Đại tá Khúc Văn Nhã, Chính ủy Bộ CHQS tỉnh",
             "Thượng tá Lều Thị Vân, Phó Chỉ huy trưởng Bộ CHQS tỉnh", "đồng chí Giáp Hữu Mạch, Chủ tịch UBND tỉnh")
DAYS = ("2021-03-04", "2022-11-30", "2022-12", "2023", "")
# U+0085, U+2028 and U+2029 end a line for str.splitlines, as do the vertical tab, the form feed and U+001C to U+001E.
IDS = ("một", "hai", "ba", "bốn", "năm", "tám/8", "s\u2028u", "b\u2029y", "ch\u0085n", "m\x1cười", "v\x0bt", "f\x0cd",
       'n"g', "https://bao.example/9.html")
NAMES = ("a.jsonl", "b.jsonl", "c\u2028.jsonl", "d\u2029.jsonl", "e\u0085.jsonl", "g\x1d h.jsonl", "k/l.jsonl",
         "m.txt", "n\u2028.txt", "p\u0085.txt", "q\x0b.txt")
ADDRESSES = (None, None, None, None, "https://bao.example/1.html", "http://www.bao.example/1.html?utm_source=zalo",
             "https://bao.example/2.html", "https://bao.example/9.html#đầu")

word = st.one_of(st.sampled_from(COMMON), st.sampled_from(RARE))
words = st.lists(word, min_size=2, max_size=7).map(" ".join)


def sentence(pattern: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """`pattern` with its {names} filled in."""
    return st.fixed_dictionaries(parts).map(lambda drawn: pattern.format(**drawn))


official, province = st.sampled_from(OFFICIALS), st.sampled_from(PROVINCES)
# "Tại tỉnh …" makes the province certain, so that such an article teaches where its official serves;
# one that names the official and no province asks just that.
teaching = sentence("Tại tỉnh {at}, UBND tỉnh {at} họp. {who}, phát biểu về {what}.", at=province, who=official,
                    what=words)
asking = sentence("{who}, trao cờ cho {what}.", who=official, what=words)
plain = sentence("Ngày 5/3/2022, bộ đội {what}.", what=words)
sentences = st.one_of(teaching, asking, asking, plain, words.map(lambda text: f"{text.capitalize()}."))

texts = st.lists(sentences, min_size=1, max_size=3).map(" ".join)
titles = st.lists(word, min_size=3, max_size=4).map(lambda some: f"Bản tin {' '.join(some)}")
ids, names, days, addresses = map(st.sampled_from, (IDS, NAMES, DAYS, ADDRESSES))
