"""Splitting the author line of a newspaper into persons: "Văn Hùng, Mai Lan", "MAI KHÔI - VĂN THỬ", "A và B"."""

from __future__ import annotations

import re

BETWEEN = re.compile(r"\s*[,;&+/|]\s*|\s+[-–—]\s+|\s+và\s+|(?<=\w\w)[–—](?=\w\w)")
# A hyphen without spaces separates two persons only if both have two names or more: "Mai Khôi-Văn Thử", not "H-Linh".
TIGHT = re.compile(r"^(\w+(?: \w+)+)-(\w+(?: \w+)+)$")
# A_RANK: a rank or title before a name; a comma may follow it. AN_OFFICE: the first word of the name of an office.
A_RANK = re.compile(
    r"(?:(?:thiếu|trung|thượng|đại) (?:úy|uý|tá|tướng)|(?:gs|pgs|ts|ths|bs|cn|ks|nsnd|nsưt|lg)\.?"
    r"|giáo sư|tiến sĩ|thạc sĩ|bác sĩ|luật sư|kỹ sư|nhà báo|nhà văn)(?: (?:gs|pgs|ts|ths|bs)\.?)*",
    re.IGNORECASE,
)
AN_OFFICE = re.compile(
    r"(?:bộ|phòng|ban|đồn|sư đoàn|trung đoàn|lữ đoàn|quân khu|quân đoàn|hải đội|hải đoàn|cục|vụ|sở|tỉnh|huyện|xã|ủy ban"
    r"|uỷ ban|hội|đoàn|trường|học viện|viện|thành phố|tp\.?|binh chủng|quân chủng|bđbp|bchqs|ban chqs)\b",
    re.IGNORECASE,
)
LONGEST = 300


def people_in(author: str | None) -> tuple[str, ...]:
    """The distinct persons or offices in an author line, in their order.

    A rank is kept with the name after it, an office with the office it belongs to ("Phòng Chính trị, Bộ CHQS tỉnh" is
    one author). A line that cannot be split is one author; None or an empty line gives ().
    """
    found: list[str] = []
    rank = ""
    for piece in filter(None, map(str.strip, BETWEEN.split((author or "")[:LONGEST]))):
        if A_RANK.fullmatch(piece):
            rank = f"{rank}{piece}, "
        elif found and AN_OFFICE.match(piece) and AN_OFFICE.match(found[-1]):
            found[-1] = f"{found[-1]}, {piece}"
        else:
            tight = TIGHT.match(piece)
            found += [rank + piece] if tight is None else [rank + tight[1], tight[2]]
            rank = ""
    return tuple(dict.fromkeys(found)) or ((author.strip(),) if author and author.strip() else ())
