"""Years as Vietnamese news names them, each with its sense: reviewed, planned, of a programme, a quarter, a season …

The sense is read by a small grammar, not from the nearest cue word: the last verb that governs the year decides
("tổng kết nhiệm vụ năm 2023" reviews, "triển khai nhiệm vụ năm 2023" plans), and of two years in a clause each has its
own part of it. Laws, birth years, periods and turning points of the past date nothing. Reads normalised text; offsets
are into it. Cue words are rows of data/date_cues.csv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from operator import contains

from indexer.entities.dates import FIRST_YEAR, MONTH, YEAR, at_numbers, clause, cue_words, cues
from indexer.entities.places import table
from indexer.text import fold

YEARS = re.compile(rf"(?<![\d.,])(?P<y>{YEAR})(?:\s?[-/]\s?(?P<to>{YEAR}|\d\d(?!\d)))?(?![\d/]|[.,-]\d)")
MONTH_OF = re.compile(rf"(?:tháng\s+|\bt)(?P<m>{MONTH})\s*(?:[/.-]|năm)\s*$")
QUARTER = re.compile(r"\bquý (?P<q>iv|i{1,3}|[1-4])\s*(?:[/-]|,?\s*năm)?\s*$")
HALF = re.compile(r"(?:(?:0?[2-9]|1[01]|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) tháng|nửa) (?P<h>đầu|cuối)\s*"
                  r"(?:năm)?\s*$")
# "Từ đầu năm | 2017 | đến nay": the year that is not over yet.
SO_FAR = (re.compile(r"\b(?:từ|tính từ|kể từ) đầu (?:năm\s*)?$"), re.compile(r"\s*(?:đến|tới) (?:nay|thời điểm này)\b"))
# "Từ học kỳ 1 của năm | 2016", "kể từ cuối năm | 2015": since when something has been so.
SINCE = re.compile(r"\b(?:từ|kể từ|tính từ) (?:đầu|giữa|cuối|(?:học kỳ|quý|mùa|dịp) \w+)(?: của)? (?:năm\s*)?$")
BATCH = re.compile(r"\bđợt (?:ii?|[12])\s*[/-]\s*$")
SEASON = re.compile(r"(?:năm học|mùa khô|mùa mưa|mùa|niên vụ)\s*(?:năm\s*)?$")
PERIODS = cue_words("period")
# A paper's year or a year of birth; "học sinh", "sinh viên" are neither.
DOCUMENT_YEAR = re.compile(
    rf"\b(?:{cues('document')})\b[^,]{{0,60}}$|(?<!học )\bsinh(?: (?:vào|ngày|tháng))?[\s\d/.-]*$|\bsn\b[\s:]*$"
)
OF_A_PLAN = re.compile(r"\b(?:kế hoạch|nghị quyết)\b(?! số)[^,]{0,60}$")  # a paper that plans a year is no law of it
PAST = re.compile(rf"\b(?:{cues('past')}|tháng \d+)\s*$")
GREETING = re.compile(r"\b(?:xuân|tết)\b")
YEAR_THAT_WAS = re.compile(r",?[^.;\n]{0,60}\b(?:đã|đạt|hoàn thành)\b", re.IGNORECASE)
YEAR_TO_COME = re.compile(r"[^.;\n]{0,40}\bsẽ\b", re.IGNORECASE)
# "UBND tỉnh năm 2023 | chỉ đạo …": the year stands before the verb of a short sentence, not before "của", "tại".
PREDICATE = re.compile(r"(?:\s(?!(?:của|và|cho|tại|ở|với|trên|theo|đến|về|là|nay|trong|khi|do)\b)[^\W\d_])")
# "Chiến sĩ A nhập ngũ năm 2017": of a person it is his past.
ENLISTED = re.compile(r"\b(?:chiến s[ĩỹ]|anh|ông|tôi|em|đồng chí|cựu|liệt s[ĩỹ])\b[^.;,]{0,40}\bnhập ngũ\s*$")
# "Hoa hậu Việt Nam 2025 | Trần Thị A": the title she holds tells when she won it, not when this is written.
HOLDER = re.compile(r"\b(?:hoa hậu|á hậu|hoa khôi|nam vương|miss|mister|quán quân|á quân|nhà vô địch|đương kim vô địch"
                    r"|thủ khoa|á khoa|cầu thủ xuất sắc|quả bóng vàng)\b[^.,;:()]{0,40}$")
NAMED = re.compile(r"\s[A-ZĐÀ-Ỹ][^\W\d_]*\s[A-ZĐÀ-Ỹ][^\W\d_]*")
# "Vòng loại Asian Cup | 2019" is played a year or two before.
QUALIFYING_WORDS = ("vòng loại", " vé", "suất", "hướng tới")
QUALIFYING = re.compile(r"\b(?:vòng loại|suất dự|vé dự|giành vé|hướng tới)\b[^.,;:()]{0,40}$")
# An exercise by its name: "Nậm Na - | 2017".
END_OF_NAME = re.compile(r"[\"”’']")
EXERCISE = re.compile(r"[\"“‘'][^\"“”‘’'\n]{2,24} ?[-–] ?$")
AWARD = re.compile(r"\b(?:giải thưởng|awards?|lễ trao giải)\b[^.,;:]{0,50}$")
# "Doanh thu đạt 700 triệu USD trong | năm 2024": a figure of a year, told in that one or much later.
FIGURE = re.compile(r"\d[\d.,]*\s*(?:nghìn |triệu |tỉ |tỷ )*(?:usd|đồng|tỉ|tỷ|triệu|%|lượt)[^.,;]{0,20}"
                    r"\b(?:trong|vào)\s*$")
# "Kết quả kinh doanh | năm 2025": such a year's figures come out in the next one.
BUSINESS_WORDS = ("kết quả kinh doanh", "lợi nhuận", "doanh thu", "lãi", "thua lỗ", "kim ngạch", "tài chính")
BUSINESS = re.compile(rf"\b(?:{'|'.join(BUSINESS_WORDS)})\b[^.;]{{0,40}}$")
# "Nhiệm vụ quân sự năm 2018 | được thành phố đưa ra tổng kết": what is reviewed stands before its verb.
YEAR_REVIEWED = re.compile(r"[^.;\n]{0,60}\b(?:được|đã)\b[^.;\n]{0,50}\b(?:tổng kết|sơ kết|đánh giá|rút kinh nghiệm)\b",
                           re.IGNORECASE)
YEAR_DELIVERED = re.compile(r"\s*,?\s*(?:đủ|đạt|hoàn thành|bảo đảm|đúng)\b", re.IGNORECASE)
# "hy sinh khi bay huấn luyện ở Sông Lam năm | 2005", "đã triển khai tốt chiến dịch năm | 2016": told as over.
LIFE_EVENT = re.compile(r"\b(?:hy sinh|hi sinh|tốt nghiệp|kết hôn|cưới|ly hôn|qua đời|từ trần|nghỉ hưu|về hưu|kết nạp"
                        r"|sáng lập|được phong|được cử|chuyển ngành|ra trường|ra đời|xảy ra|bị bắt|gặp nạn|tử nạn"
                        r"|cách đây)\b[^.;]{0,70}$")
WELL_DONE = re.compile(r"\b(?:cũng )?đã (?:triển khai|thực hiện|làm|hoàn thành|tổ chức) (?:rất )?(?:tốt|xuất sắc"
                       r"|thắng lợi|thành công|có hiệu quả)\b[^.;]{0,100}$")
# "Anh Kiên cho biết tháng | 10/2016": months of a story.
TOLD_OF = re.compile(r"\b(?:cách đây|cho biết|(?<!công )(?<!triển )(?<!khởi )(?<!kê )khai|kể|nhớ|tìm thấy|phát hiện"
                     r"|xuất ngũ|quen)\b[^.;]*$")
# "2016 | là năm …", "trong năm 2017, | trong đó có sự đóng góp …"
LOOKED_BACK_ON = re.compile(r" là năm|, trong đó\b")
# "Năm 2003, | anh được cử đi học": a life is told.
OF_A_LIFE = re.compile(r",? (?:anh|chị|ông|bà|cô|cậu|em|cụ|tôi|mẹ|bố|vợ|chồng|con|hai|gia đình)\b", re.IGNORECASE)
YEAR_COMPARED = re.compile(r",[^.;\n]{0,40}\bcũng\b")  # "Năm 2017, thành phố cũng giao …": another year than this one
COMING_YEAR = re.compile(r"\b(?:sang|bước vào)\s*$")
DONE = re.compile(r"\bđã hoàn thành\b")
NEAR = 26  # characters: what stands right before a year; a pattern that ends in "$" is tried from each of them
# What tells the sense of a year by the words right before it: words one of which the pattern needs, the pattern, what
# must stand behind the year.
BESIDE = (
    ((), HOLDER, NAMED, "past"),
    (("trong", "vào"), FIGURE, None, "passing"),
    (BUSINESS_WORDS, BUSINESS, None, "passing"),
    (QUALIFYING_WORDS, QUALIFYING, None, "passing"),
    ((), EXERCISE, END_OF_NAME, "exercise"),
    (("giải", "award"), AWARD, None, "award"),
)
# And by the words behind it: the pattern, whether the year must open its sentence.
BEHIND = (
    (YEAR_REVIEWED, False, "review"), (OF_A_LIFE, True, "past"), (LOOKED_BACK_ON, False, "looked back"),
    (YEAR_THAT_WAS, True, "review"), (YEAR_COMPARED, True, "past"),
)  # fmt: skip
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Year:
    """A year named in a text, with its span and its sense.

    Senses that date an article, by the month it is told in (see proofs.SHIFTS): review, looked back ("2016 là
    năm"), plan, to come ("năm 2023 sẽ"), draft (recruits chosen for the year), delivery (recruits handed over),
    drafted (that reviewed), programme ("huấn luyện năm 2022"), exercise ("Nậm Na - 2017"), training ("lớp tập huấn
    năm 2022"), opening ("Năm 2022, …"), aside ("tỉnh năm 2022 giao đủ quân"), greeting, month ("tháng 10-2015"),
    batch ("đợt II/2014"), award ("giải thưởng A 2025", given then or early in the next year), so far ("từ đầu năm
    2017 đến nay"), half and quarter (`part` is which), season (`year` to `to`, a school year too). The others date
    nothing: period (with `to`), past ("thành lập năm 2015"), passing, document.
    """

    year: int
    start: int
    end: int
    sense: str
    to: int | None = None
    part: int | None = None


def years(text: str) -> list[Year]:
    """The years since 2000 that normalised `text` names apart from full days, in order."""
    recent = (match for match in at_numbers(YEARS, text, (4,)) if int(match["y"]) >= FIRST_YEAR)
    return [year for match in recent if (year := read_year(text, match))]


def years_in_address(url: str) -> list[Year]:
    """Years of a title that only the address keeps: "tong-ket-cong-tac-nam-2022" -> 2022, reviewed.

    Spans are offsets into `url`.
    """
    found = []
    for match in re.finditer(r"-nam-(20\d\d)(?!\d)", url):
        said = url[: match.start()].rpartition("/")[2].replace("-", " ").lower()
        found.append(Year(int(match[1]), match.start(1), match.end(1), governed(said, plain=True) or "programme"))
    return found


def read_year(text: str, match: re.Match[str]) -> Year | None:
    """The year a match gives with its sense, or None where it is no year."""
    left = text[max(0, match.start() - 110) : match.start()].rpartition("\n")[2].lower()
    year, at = int(match["y"]), (match.start(), match.end())
    if match["to"]:
        to = int(match["to"]) if len(match["to"]) == 4 else int(match["y"][:2] + match["to"])
        return Year(year, *at, "season" if SEASON.search(left[-NEAR:]) and to == year + 1 else "period", to)
    near = left[-NEAR:]
    if "quý" in near and (quarter := QUARTER.search(near)):
        return Year(year, *at, "quarter", part=QUARTERS[quarter["q"]])
    if ("tháng" in near or "nửa" in near) and (half := HALF.search(near)):
        return Year(year, *at, "half", part=1 if half["h"] == "đầu" else 2)
    if may_be_of_month(left) and (month := MONTH_OF.search(left)):
        before = left[: month.start()]
        bounds = before.rstrip().endswith(("đến", "tới", "từ"))
        over = bounds or TOLD_OF.search(before) or (PAST.search(before) and "dự kiến" not in before)
        sense = "document" if is_of_document(before) else "past" if over else "month"
        return Year(year, *at, sense, part=int(month["m"]))
    if "đầu" in near and SO_FAR[0].search(near) and SO_FAR[1].match(text, match.end()):
        return Year(year, *at, "so far")
    if "từ" in near and SINCE.search(near):
        return Year(year, *at, "past")
    if "đợt" in near and BATCH.search(near):
        return Year(year, *at, "batch")
    if left[-1:] in ("/", "-", "."):
        return None
    return Year(year, *at, sense_of_year(left, text[match.end() : match.end() + 80]))


def may_be_of_month(left: str) -> bool:
    """A cheap sieve for MONTH_OF: whether `left` ends with a number and "năm" or a mark."""
    return left.rstrip().removesuffix("năm").rstrip(" \n/.-")[-1:].isdecimal()


def is_of_document(before: str) -> bool:
    """Whether a year behind `before` is of a document or a birth: no comma stands between."""
    return DOCUMENT_YEAR.search(before, before.rfind(",") + 1) is not None


def sense_of_year(left: str, right: str) -> str:
    """In what sense a single year is named, judged by the words around it."""
    before = left.rstrip(" (").removesuffix("năm").rstrip(" (")
    bare = before.rstrip()
    if left.rstrip().endswith(PERIODS) or bare.endswith(PERIODS):
        return "passing"
    if is_of_document(before) and not OF_A_PLAN.search(before):
        return "document"
    if bare.endswith((" đến", " tới")):
        return "passing"
    opens = not bare or bare[-1] in ".!?:;\""
    return sense_beside(before, right) or sense_behind(right, opens) or sense_in_sentence(before, right, opens)


def sense_beside(before: str, right: str) -> str:
    """The sense by the rows of BESIDE; "" where none fits."""
    for words, pattern, behind, sense in BESIDE:
        fits = not behind or behind.match(right)
        if fits and (not words or any(map(before.__contains__, words))) and pattern.search(before):
            return sense
    return ""


def sense_behind(right: str, opens: bool) -> str:
    """The sense by the rows of BEHIND, where the year `opens` its sentence or not; "" where none fits."""
    rows = (sense for pattern, opening, sense in BEHIND if (opens or not opening) and pattern.match(right))
    return next(rows, "")


def sense_in_sentence(before: str, right: str, opens: bool) -> str:
    """The sense by what its sentence tells, where nothing right beside the year says more."""
    if before.endswith("thành tích trong"):
        return "looked back"
    if COMING_YEAR.search(before):
        return "plan"
    if YEAR_TO_COME.match(right):
        return "to come"
    if opens:
        return "opening"
    if PAST.search(before):
        return "past"
    said = clause(before.replace(":", "."))
    enlisted = "nhập ngũ" in said and ENLISTED.search(said)
    if enlisted and not any(cue_pattern(part, False).search(said) for part in ("draft", "delivery")):
        return "past"
    if LIFE_EVENT.search(said):
        return "past"
    return "looked back" if "đã " in said and WELL_DONE.search(said) else sense_in_clause(said, right)


def sense_in_clause(before: str, right: str) -> str:
    """The sense by the words of its own clause."""
    if GREETING.search(before[-24:]):
        return "greeting"
    if sense := governed(before):
        return "drafted" if sense == "delivery" and YEAR_DELIVERED.match(right) else sense
    own = re.split(r"20\d\d", before)[-1]
    aside = own.rstrip().endswith((",", "trong", "và", "qua"))
    told = PREDICATE.match(right) or (aside and right.lstrip().startswith(","))
    return "aside" if told and (aside or len(own.split()) < 8) else "passing"


def governed(before: str, plain: bool = False) -> str:
    """The sense that the words `before` a year give it, "" for none; `plain` where they have no accents.

    The year before it in the clause keeps its own verb: in "tổng kết năm 2022, nhiệm vụ năm 2023" the task is planned.
    """
    own = re.split(r"20\d\d", before)[-1]
    if not cue_pattern(ANY, plain).search(own):
        return ""
    last = {part: last_place(part, own, plain) for part in GOVERNING}
    drafting = max(last["draft"], last["delivery"], last["recruits"]) >= 0
    if last["review"] > last["plan"]:
        return "drafted" if drafting else "review"
    if last["task"] >= 0 and "hoàn thành" in own[: last["task"]]:
        return "review" if DONE.search(own) else "programme"
    if drafting:
        return "delivery" if last["delivery"] >= 0 and max(last["draft"], last["plan"]) < 0 else "draft"
    if last["training"] >= 0:
        return "training"
    if last["task"] >= 0 or last["plan"] > last_place("event", own, plain):
        return "plan"
    return "programme" if last_place("programme", own, plain) >= 0 else ""


ANY = "any"
GOVERNING = ("review", "plan", "task", "draft", "delivery", "recruits", "training")


def last_place(part: str, words: str, plain: bool) -> int:
    """Where the last cue of `part` begins in `words`; -1 if none stands there."""
    if not any(map(contains, repeat(words), cue_spellings(part, plain))):
        return -1
    return max((found.start() for found in cue_pattern(part, plain).finditer(words)), default=-1)


@cache
def cue_pattern(part: str, plain: bool) -> re.Pattern[str]:
    """The pattern of the cues of a part of data/date_cues.csv; `plain`: without accents, as in addresses."""
    return re.compile(rf"(?<!\w)(?<!lập )(?:{'|'.join(map(re.escape, cue_spellings(part, plain)))})(?!\w)")


@cache
def cue_spellings(part: str, plain: bool) -> tuple[str, ...]:
    """The cues of a part as `cue_pattern` seeks them, the longest first."""
    parts = (*GOVERNING, "programme") if part == ANY else (part,)
    written = [row["cue"] for row in table("date_cues.csv") if row["part"] in parts]
    spelled = [re.sub(r"\W+", " ", fold(cue)) for cue in written] if plain else written
    return tuple(sorted(spelled, key=len, reverse=True))


# Senses that say which years an article is about.
ABOUT = frozenset(
    {"review", "plan", "draft", "delivery", "drafted", "programme", "training", "opening", "aside", "half", "quarter",
     "batch", "so far", "looked back", "to come"}
)
