"""What an article is about, by data/topics.csv: conscription, training, exercises …

A topic counts where its title or the opening of its text names it: further down everything is mentioned in passing,
and so is what somebody wishes, asks for or praises. News of other countries has no topic.
A cue that is also part of the names of units and bystanders ("biên phòng", "dân quân") weighs 1 and must come twice;
the title counts double.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain

from indexer.entities.published import quote
from indexer.entities.reach import countries_named, is_abroad, names_forces
from indexer.entities.words import column, rows
from indexer.model import Evidence, Topic
from indexer.text import normalize

OPENING = 700  # characters of the text that say what it is about
LISTED = 3  # and so many topics at most, those named first
WORD = re.compile(r"[^\W\d_]+")
REACH = 140  # characters of the sentence before a cue
# What stands before a cue that is wished for or praised: "mong đơn vị là nòng cốt trong xây dựng | khu vực phòng thủ".
BY_THE_WAY = re.compile(
    r"\b(?:mong|mong muốn|hy vọng|tin tưởng|chúc|yêu cầu|đề nghị|cảm ơn|tri ân|ghi nhận|biểu dương|góp phần"
    r"|nòng cốt trong"
    r"|làm nòng cốt)\b[^.;!?\n]*$"
)
STORM = re.compile(r"\b(?:bão|áp thấp|không khí lạnh|gió mùa)\b[^.;!?\n]*\b(?:trên|vào|áp sát|gần|qua|giữa|đi vào) $")
ON_ITS_WAY, HOUSES = (" trên ", " vào ", " sát ", " gần ", " qua ", " giữa "), ("đồn ", "trạm ", "trụ sở ")
OTHER_NAME = re.compile(r"\b(?:xây dựng|khu đất|gần|cạnh|cách|trước cổng) (?:đồn |trạm |trụ sở )$")
# What a title tells of soldiers or their houses that is none of their duties.
PRIVATE = re.compile(r"\b(?:tai nạn|va chạm|lái (?:ô ?tô|xe)|lật xe|trụ sở|đất đai|kỷ luật|khai trừ|bị can|từng là"
                     r"|chạy án|bóng đá|futsal|cầu lông|hoa hậu|người mẫu)\b")
OF_DUTY = frozenset({"biên giới và biển đảo", "tuyển quân", "huấn luyện"})
SPORT = ("HLV", "CLB", " FC", "cầu thủ", "tiền đạo", "tiền vệ", "thủ môn", "V-League", "V.League", "La Liga",
         "World Cup", "Ngoại hạng Anh", "Premier League", "bàn thắng", "chung kết", "vòng loại", "Man Utd", "Barca",
         "Liverpool", "Juventus")
ENOUGH = 2  # the weight that makes a topic


def find_topics(title: str, text: str) -> tuple[Topic, ...]:
    """The topics of an article, the title's first; `title` and `text` are normalised. Evidence is the sentence."""
    weights: Counter[str] = Counter()
    first: dict[str, Evidence] = {}
    for zone, whole, times in (("title", title, 2), ("text", text, 1)):
        for at, topic, size, weight in sorted(named(whole[:OPENING].lower())):
            before = whole[max(0, at - REACH) : at].lower()
            if (zone == "text" and BY_THE_WAY.search(before)) or is_other(before):
                continue
            weights[topic] += times * weight
            if topic not in first:
                told = quote(whole, at, at + size)
                first[topic] = Evidence(told.quote, zone, told.start, told.end)
    found = [topic for topic in first if weights[topic] >= ENOUGH]
    if not found or is_elsewhere(title, text[:OPENING]):
        return ()
    private = PRIVATE.search(title.lower()) is not None
    return tuple(Topic(topic, first[topic]) for topic in found if not (private and topic in OF_DUTY))[:LISTED]


def is_other(before: str) -> bool:
    """Whether the words before a cue show that it names a storm's way or a house."""
    if before.endswith(ON_ITS_WAY):
        return STORM.search(before) is not None
    return before.endswith(HOUSES) and OTHER_NAME.search(before) is not None


def is_elsewhere(title: str, opening: str) -> bool:
    """Whether an article is on other countries or on sports."""
    both = f"{title}\n{opening}"
    if is_abroad(both) or sum(map(both.count, SPORT)) > 1:
        return True
    return countries_named(title) > 0 and not names_forces(title)


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
