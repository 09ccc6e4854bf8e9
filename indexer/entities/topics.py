"""What an article is about, by data/topics.csv: conscription, training, exercises …

A topic counts where its title or the opening of its text names it: further down everything is mentioned in passing,
and so is what somebody wishes, asks for or praises. News of other countries has no topic.
A cue that is also part of the names of units and bystanders ("biên phòng", "dân quân") weighs 1 and must come twice;
the title counts double.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from indexer.entities.published import quote
from indexer.entities.reach import countries_named, is_abroad, is_local, names_forces, titled_abroad
from indexer.entities.words import column, rows
from indexer.model import Evidence, Topic
from indexer.text import normalize

OPENING = 700  # characters of the text that say what it is about
LISTED = 3  # and so many topics at most, those named first
WORD = re.compile(r"[^\W\d_]+")
REACH = 140  # characters of the sentence before a cue
# What stands before a cue that is wished for or praised: "mong đơn vị là nòng cốt trong xây dựng | khu vực phòng thủ".
BY_THE_WAY_WORDS = ("mong", "hy vọng", "tin tưởng", "chúc", "yêu cầu", "đề nghị", "cảm ơn", "tri ân", "ghi nhận",
                    "nguyện", "biểu dương", "góp phần", "nòng cốt trong", "làm nòng cốt")
BY_THE_WAY = re.compile(rf"\b(?:{'|'.join(BY_THE_WAY_WORDS)})\b[^.;!?\n]*$")
STORM = re.compile(r"\b(?:bão|áp thấp|không khí lạnh|gió mùa)\b[^.;!?\n]*\b(?:trên|vào|áp sát|gần|qua|giữa|đi vào) $")
# A cue that is cut out of another phrase: "đại | hội thi | đua", "trao quyết định | chủ trương đầu tư".
OF_ANOTHER = {
    "hội thi": re.compile(r"hội thi đua"),
    "người có công": re.compile(r"người có công (?:lớn|lao|trong|dựng|khai|sáng|đưa)"),
    "cứu nạn": re.compile(r"cứu nạn nhân"),
    "quân chính": re.compile(r"quân chính (?:thức|quy|nghĩa|phủ)"),
    "trao quyết định": re.compile(r"trao quyết định (?:chủ trương|đầu tư|chấp thuận|phê duyệt|hỗ trợ"
                                  r"|công nhận (?:xã|huyện|nông thôn|di tích|bảo vật))"),
}
# "miền núi, vùng sâu, vùng xa, | biên giới", "thanh toán xuyên | biên giới": no border is guarded there.
OF_A_LIST = re.compile(r"\b(?:vùng sâu|vùng xa|miền núi)[^.;\n]{0,30}$|\b(?:thanh toán|thương mại|giao dịch|dữ liệu"
                       r"|đầu tư|vận tải|điện tử)[^.;\n]{0,20} xuyên $")
ON_ITS_WAY, HOUSES = (" trên ", " vào ", " sát ", " gần ", " qua ", " giữa "), ("đồn ", "trạm ", "trụ sở ")
OTHER_NAME = re.compile(r"\b(?:xây dựng|khu đất|gần|cạnh|cách|trước cổng) (?:đồn |trạm |trụ sở )$")
# What a title tells of soldiers or their houses that is none of their duties.
PRIVATE = re.compile(r"\b(?:tai nạn|va chạm|lái (?:ô ?tô|xe)|lật xe|trụ sở|đất đai|kỷ luật|khai trừ|bị can|từng là"
                     r"|chạy án|bóng đá|futsal|cầu lông|hoa hậu|người mẫu)\b")
OF_DUTY = frozenset({"biên giới và biển đảo", "tuyển quân", "huấn luyện"})
OF_FORCES = frozenset({"huấn luyện", "diễn tập"})  # of others "hội thi" is a contest
OF_ANYBODY = frozenset({"nhân sự", "tổng kết"})  # words of any firm or school: there the title must say them
SPORT = ("HLV", "CLB", " FC", "cầu thủ", "tiền đạo", "tiền vệ", "thủ môn", "V-League", "V.League", "La Liga",
         "World Cup", "Ngoại hạng Anh", "Premier League", "bàn thắng", "chung kết", "vòng loại", "Man Utd", "Barca",
         "Liverpool", "Juventus")
HOME = re.compile(r"\b(?:Việt|bộ đội|biên phòng|biên giới|liệt sĩ|quân khu|hải quân|BĐBP|tàu)\b", re.IGNORECASE)
ENOUGH = 2  # the weight that makes a topic


@dataclass(frozen=True, slots=True)
class Cue:
    """One place where a zone names a topic: the zone, its text as written and in lower case, the place, and the weight
    of the cue there.
    """

    zone: str
    text: str
    lower: str
    at: int
    size: int
    topic: str
    weight: int


def find_topics(title: str, text: str) -> tuple[Topic, ...]:
    """The topics of an article, the title's first; `title` and `text` are normalised. Evidence is the sentence."""
    found = [*cues_in("title", title, 2), *cues_in("text", text, 1)]
    weights = weighed(found)
    if all(weight < ENOUGH for weight in weights.values()) or is_elsewhere(title, text[:OPENING]):
        return ()
    told = [cue for cue in found if weights[cue.topic] >= ENOUGH and is_told(cue)]
    weights = weighed(told)
    first: dict[str, Evidence] = {}
    for cue in told:
        if cue.topic not in first:
            where = quote(cue.text, cue.at, cue.at + cue.size)
            first[cue.topic] = Evidence(where.quote, cue.zone, where.start, where.end)
    left = {topic: where for topic, where in first.items() if weights[topic] >= ENOUGH}
    return tuple(Topic(topic, where) for topic, where in own_topics(title, text, left))[:LISTED]


def own_topics(title: str, text: str, first: dict[str, Evidence]) -> Iterator[tuple[str, Evidence]]:
    """Those of the topics found that the forces' own news has: not of firms and schools, not of soldiers' private
    lives.
    """
    forces = not text or names_forces(f"{title}\n{text[:OPENING]}")
    private = PRIVATE.search(title.lower()) is not None
    for topic, where in first.items():
        of_others = not forces and (topic in OF_FORCES or (topic in OF_ANYBODY and where.zone == "text"))
        if not of_others and not (private and topic in OF_DUTY):
            yield topic, where


def cues_in(zone: str, text: str, times: int) -> Iterator[Cue]:
    """The cues of the beginning of a zone in order, each `times` its weight."""
    lower = text[: OPENING + REACH].lower()
    for at, topic, size, weight in sorted(named(lower[:OPENING])):
        yield Cue(zone, text, lower, at, size, topic, times * weight)


def weighed(found: Sequence[Cue]) -> Counter[str]:
    """How much the cues of each topic weigh together."""
    weights: Counter[str] = Counter()
    for cue in found:
        weights[cue.topic] += cue.weight
    return weights


def is_told(cue: Cue) -> bool:
    """Whether a cue tells its topic: it is not cut out of another phrase, nor said by the way."""
    other = OF_ANOTHER.get(cue.lower[cue.at : cue.at + cue.size])
    if other and other.match(cue.lower, cue.at):
        return False
    before = cue.lower[max(0, cue.at - REACH) : cue.at]
    by_the_way = any(map(before.__contains__, BY_THE_WAY_WORDS)) and BY_THE_WAY.search(before)
    return not ((cue.zone == "text" and by_the_way) or is_other(before))


def is_other(before: str) -> bool:
    """Whether the words before a cue show that it names a storm's way, a house, a centre or poor regions."""
    if before.endswith(("trung tâm ", "hội đồng ", "lời ", "dụng cụ ", "bài hát về ", "ca khúc về ")):
        return True
    if ("vùng " in before or "núi" in before or before.endswith("xuyên ")) and OF_A_LIST.search(before):
        return True
    if before.endswith(ON_ITS_WAY):
        return STORM.search(before) is not None
    return before.endswith(HOUSES) and OTHER_NAME.search(before) is not None


def is_elsewhere(title: str, opening: str) -> bool:
    """Whether an article is on other countries or on sports."""
    both = f"{title}\n{opening}"
    if is_abroad(both) or sum(map(both.count, SPORT)) > 1:
        return True
    if titled_abroad(title) or countries_named(title):
        return not (HOME.search(title) or is_local(opening))
    return False


def named(opening: str) -> Iterator[tuple[int, str, int, int]]:
    """(place, topic, size, weight) of each time a cue stands in `opening` as whole words."""
    begun = cues().keys() & set(WORD.findall(opening))
    for cue, topic, weight in chain.from_iterable(cues()[word] for word in begun):
        at = opening.find(cue)
        while at >= 0:
            end = at + len(cue)
            if not opening[at - 1 : at].isalpha() and not opening[end : end + 1].isalpha():
                yield at, topic, len(cue), weight
            at = opening.find(cue, end)


def topics() -> tuple[str, ...]:
    """All topics, in the order of the table."""
    return tuple(dict.fromkeys(column("topics.csv", "topic")))


@cache
def cues() -> dict[str, list[tuple[str, str, int]]]:
    """(cue, topic, weight) by the first word of the cue."""
    table: dict[str, list[tuple[str, str, int]]] = {}
    for row in rows("topics.csv"):
        cue = normalize(row["cue"]).lower()
        table.setdefault(WORD.findall(cue)[0], []).append((cue, row["topic"], int(row["weight"])))
    return table
