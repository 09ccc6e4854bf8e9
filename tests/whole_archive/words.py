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
OFFICIALS = (  # each with the province where he serves, but for a few articles that say otherwise
    ("Đại tá Khổng Minh Trực, Chỉ huy trưởng Bộ CHQS tỉnh", "Gia Lai"),
    ("Thượng tá Lều Thị Vân, Phó Chỉ huy trưởng Bộ CHQS tỉnh", "Thanh Hóa"),
    ("đồng chí Giáp Hữu Mạch, Chủ tịch UBND tỉnh", "Kon Tum"),
)
DAYS = ("2022-03-04", "2022-11-30", "2022-12", "2022", "2023", "")
# U+0085, U+2028 and U+2029 end a line for str.splitlines, as do the vertical tab, the form feed and U+001C to U+001E.
IDS = ("một", "hai", "ba", "bốn", "năm", "tám/8", "s\u2028u", "b\u2029y", "ch\u0085n", "m\x1cười", "v\x0bt", "f\x0cd",
       'n"g', "https://bao.example/9.html")
NAMES = ("a.jsonl", "b.jsonl", "c\u2028.jsonl", "d\u2029.jsonl", "e\u0085.jsonl", "g\x1d h.jsonl", "k/l.jsonl",
         "m.txt", "n\u2028.txt", "p\u0085.txt", "q\x0b.txt")
ADDRESSES = (None, None, None, None, "https://bao.example/1.html", "http://www.bao.example/1.html?utm_source=zalo",
             "https://bao.example/2.html", "https://bao.example/9.html#đầu")

word = st.one_of(st.sampled_from(COMMON), st.sampled_from(RARE))
words = st.lists(word, min_size=2, max_size=7).map(" ".join)



def filled(pattern: str) -> st.SearchStrategy[str]:
    """`pattern` with an official, a province and some words."""
    at = st.integers(0, 9).flatmap(lambda stray: provinces if not stray else st.none())
    return st.builds(lambda official, other, what: pattern.format(who=official[0], at=other or official[1], what=what),
                     st.sampled_from(OFFICIALS), at, words)


provinces = st.sampled_from([province for _, province in OFFICIALS])
# "Tại tỉnh …" makes the province certain, so that such an article teaches where its official serves;
# one that names the official and no province asks just that.
teaching = filled("Tại tỉnh {at}, UBND tỉnh {at} họp. {who}, phát biểu về {what}.")
asking = filled("{who}, trao cờ cho {what}.")
plain = filled("Ngày 5/3/2022, bộ đội làm {what}.")
bare = words.map(lambda text: f"{text.capitalize()}.")
texts = st.tuples(st.one_of(teaching, teaching, asking, asking, plain, bare), bare | st.just("")).map(" ".join).map(str.strip)
titles = st.lists(word, min_size=3, max_size=4).map(lambda some: f"Bản tin {' '.join(some)}")
ids, names, days, addresses = map(st.sampled_from, (IDS, NAMES, DAYS, ADDRESSES))
