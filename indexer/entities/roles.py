"""What an official did at the event: chủ trì, dự và chỉ đạo, dự, phát biểu, ký, trao/tặng, được tặng, kiểm tra.

    A, B và C dự hội nghị            the verb behind the last of a list is everyone's
    Cùng dự có A; B                  an opening before a list is everyone's up to the next verb
    tại buổi kiểm tra, A nhấn mạnh   a noun of the event ("buổi kiểm tra") is nobody's role
    A được Chủ tịch nước tặng        in the passive it is done to A
    tại hội nghị, A cho biết         at a gathering telling is speaking; to a reporter ("theo A, …") it is not

Verbs and openings are rows of data/roles.csv.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from indexer.entities.clauses import is_planned, is_said_of, is_written
from indexer.entities.lexicon import COURTESIES, HONOURS
from indexer.entities.mentions import Mention
from indexer.entities.words import Phrases, Words, members, rows, words_of

# A verb behind one of these names the event or an organ: "buổi kiểm tra", "Ủy ban Kiểm tra", "lễ ký kết".
NOUNS = frozenset(members("before_event_noun"))
# Between the verb and its subject at most so many words: "A, Chỉ huy trưởng …, nhấn mạnh".
REACH = 45
PASSIVE = 9  # words between "được" and "tặng" with the giver in between
OPENING_ROLES = frozenset({"chủ trì", "dự", "dự và chỉ đạo"})
LONGEST_OPENING = 12  # words from the verb of an opening to the first person
ADVERBS = frozenset({"cùng", "đồng", "đã", "và", "đến", "tới"})
ITEMS = frozenset({"-", "+", "*", "•", "–"})
ALONE = frozenset({"do", "bởi"})  # "do A trao": what A does, those before him do not
RECEIVED = frozenset({"nghênh", "tiếp", "đón", "gặp"})  # "hoan nghênh", "tiếp", "đón" somebody
# "đề nghị chị này phá thai" is said to one, at no event
KIN = frozenset({"chị", "anh", "cô", "em", "vợ", "chồng", "cháu", "mẹ", "bố", "nạn", "bạn"})
DEMANDS = frozenset({"yêu", "đề", "khẳng", "nhấn", "nhắc", "lưu"})  # first words of verbs with what is said behind
REQUESTS = frozenset({"yêu", "đề"})
PRESENT = frozenset({"tại", "ở", "trong", "động", "dự", "cùng", "chứng", "chia", "và", "để"})  # "có mặt | tại buổi lễ"
PRAISE = frozenset({"ghi", "biểu", "đánh", "khen", "kết"})  # first words of verbs that others do to him in the passive
VISITS = frozenset(members("visit"))
WITHIN = frozenset({"tại", "trong", "ở", "trước"})


def roles_of(words: Words, people: Sequence[Mention]) -> list[tuple[str, ...]]:
    """The roles of each of `people` (mentions of one zone in order) by the sentence it stands in."""
    found: list[tuple[str, ...]] = [()] * len(people)
    listing: tuple[str, ...] = ()
    for sentence in sentences(words, people):
        listing = list_opening(words, people[sentence[0]].first, listing)
        for at, roles in in_sentence(words, people, sentence):
            found[at] = (*found[at], *(role for role in roles if role not in found[at]))
        if listing and not any(found[at] for at in sentence):
            for at in sentence:
                found[at] = listing
    return found


def list_opening(words: Words, first: int, before: tuple[str, ...]) -> tuple[str, ...]:
    """The roles of a list in lines: those of the line before that ends in a colon ("Dự hội nghị có:"), else those that
    the item before had; () where the line of word `first` is no item of a list."""
    begin = words.sentence_start(first)
    last = begin - 2  # the word before the line's end
    if begin < 2 or words.words[begin - 1] != "\n":
        return ()
    if words.words[last] == ":":
        return openings(words, words.sentence_start(last), last)
    return before if words.words[begin] in ITEMS or first == begin else ()


def sentences(words: Words, people: Sequence[Mention]) -> Iterator[range]:
    """Runs of mentions with no end of a sentence between them."""
    start = 0
    for at in range(1, len(people) + 1):
        if at == len(people) or words.sentence_end(people[at - 1].end) < people[at].first:
            yield range(start, at)
            start = at


def in_sentence(words: Words, people: Sequence[Mention], run: range) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(mention, roles) for the mentions of one sentence, read from left to right."""
    opened = openings(words, words.sentence_start(people[run[0]].first), people[run[0]].first)
    waiting: list[int] = []
    framed = in_gathering(words, people[run[0]].first)
    for at in run:
        if people[at].first and words.lower[people[at].first - 1] in ALONE:
            waiting = []
        if not (is_source(words, people[at].first) or is_received(words, people[at].first)):
            waiting.append(at)
        last = at == run[-1]
        stop = words.sentence_end(people[at].end) if last else people[at + 1].first
        stop = others_begin(words, people[at].end, stop) if last else stop
        if words.words[people[at].end] == ":" and last:
            stop = people[at].end  # "- Thứ trưởng A: Ban quản lý trao …": his own words
        verbs, behind = predicate(words, people[at].end, stop, last, spoken() if framed else after())
        if verbs:
            yield from ((each, verbs) for each in waiting)
        if at != run[0] and words.lower[people[at].first - 1] == "là":
            opened = ()  # "Chủ tọa là A; đại diện viện kiểm sát là | B": each has a part of his own
        if opened:
            yield at, opened
        if verbs or behind:
            waiting, opened = [], behind or ()
        elif not last and reports(words, people[at].end, stop):
            waiting = []  # "A cho biết ông B được …": the rest is told by him, not done


def reports(words: Words, start: int, stop: int) -> bool:
    """Whether a verb of telling ("cho biết") stands in [start, stop)."""
    return reporting().stands_in(words.lower, start, stop)


def is_source(words: Words, first: int) -> bool:
    """Whether "theo" stands before the person, with forms of address between: "theo TS A, đơn vị đã …" is told by
    him, not done."""
    at = first - 1
    while at > 0 and first - at < 4 and (HONOURS.size_at(words.lower, at) or COURTESIES.size_at(words.lower, at)):
        at -= 1
    return at >= 0 and words.lower[at] == "theo"


def is_received(words: Words, first: int) -> bool:
    """Whether another gives to the person, greets or meets him: "cho ông A", "chào mừng Thượng tướng B"."""
    before, further = words.lower[first - 1] if first else "", words.lower[first - 2] if first > 1 else ""
    if before in RECEIVED or before == "cho":
        return True
    return (before == "mừng" and further == "chào") or (before == "với" and further != "cùng")


def others_begin(words: Words, start: int, stop: int) -> int:
    """Where the sentence turns to others who are not named: "A chủ trì, | cùng dự có đại diện các cơ quan"."""
    marks = (at + 1 for at in range(start, stop) if words.words[at] in ",;")
    for at in marks:
        size = before().size_at(words.lower, at)
        opens = size > 1 and (words.lower[at + size - 1] == "có" or words.lower[at] == "cùng")
        if at < stop and opens and words.words[at + size][0].isalnum():
            return at
    return stop


def in_gathering(words: Words, first: int) -> bool:
    """Whether the sentence is set at a gathering: "Tại hội nghị, A cho biết …" is said there, not to a reporter."""
    lower, start = words.lower, words.sentence_start(first)
    return any(lower[at - 1] in WITHIN and gatherings().size_at(lower, at) for at in range(start + 1, first))


def predicate(
    words: Words, start: int, stop: int, last: bool, verbs: Phrases
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The roles that `verbs` in [start, stop) give those before, and openings there give those behind."""
    if not last and (at := opening_at(words, start, stop)) is not None:
        return roles_in(words, start, at, verbs), openings(words, at, stop)
    return roles_in(words, start, min(stop, start + REACH), verbs), ()


def roles_in(words: Words, start: int, stop: int, verbs: Phrases) -> tuple[str, ...]:
    """The roles of the verbs in [start, stop), each once; names of organs and of the event left out."""
    found: list[str] = []
    lower, done, last = words.lower, start, 0
    for at in (at for at in range(start, stop) if lower[at] in verbs.by_first or lower[at] in stops()):
        size = verbs.size_at(lower, at) if at >= done else 0
        if ends_predicate(words, at, found) and not size:
            break
        if size:
            done = at + size
            if role := role_of(words, start, at, size, last):
                last = done
                found.append(role)
                if lower[at] in DEMANDS:
                    break  # "A yêu cầu đơn vị kiểm tra …": what follows is asked of others
    return tuple(dict.fromkeys(found))


def role_of(words: Words, start: int, at: int, size: int, last: int) -> str:
    """The role that the verb at `at` gives the person whose name ends at `start`; "" where it gives none.

    In "được Chủ tịch nước | tặng" it is done to the person. `last`: see `is_said_of`.
    """
    if words.capital(at) or is_noun(words, at) or not is_verb(words, at, size):
        return ""
    giver = giver_at(words, start, at)
    if not is_said_of(words, start, giver, last) or on_visit(words, start, at) or is_praised(words, start, at):
        return ""
    role = role_names()["after", " ".join(words.lower[at : at + size])]
    if role == "trao/tặng" and giver < at:
        role = "được tặng"
    return role if happens(words, start, at, role) else ""


def happens(words: Words, start: int, at: int, role: str) -> bool:
    """Whether the verb at `at` tells of what was done at an event: not of a plan, nor of a speech made in writing."""
    first = words.sentence_start(start)
    return not (is_planned(words, first, at) or (role == "phát biểu" and is_written(words, first, at)))


def giver_at(words: Words, start: int, at: int) -> int:
    """Where "được" stands before the giver of the verb at `at` ("được | Chủ tịch nước tặng"); `at` in the active."""
    clause = max(clause_start(words, start, at, ",;:"), at - PASSIVE)
    return next((n for n in range(at - 1, clause - 1, -1) if words.lower[n] == "được"), at)


def clause_start(words: Words, start: int, at: int, marks: str) -> int:
    """The word behind the last of `marks` in [start, at); `start` where none stands there."""
    return next((n for n in range(at, start, -1) if words.words[n - 1] in marks), start)


def ends_predicate(words: Words, at: int, found: Sequence[str]) -> bool:
    """Whether something else begins at `at`: what the person says, or, behind his verb, a clause of another subject.

    In "A cho biết đơn vị đã trao …" it is the unit that gave; in "do A ký, Quảng Ngãi đề nghị" the province asks.
    """
    if words.words[at] == ",":
        return bool(found) and words.capital(at + 1)
    return words.words[at] == '"' or bool(reporting().size_at(words.lower, at))


def is_praised(words: Words, start: int, at: int) -> bool:
    """Whether others say it of the person: "A được lãnh đạo đơn vị | ghi nhận"."""
    if words.lower[at] not in PRAISE:
        return False
    return "được" in words.lower[max(clause_start(words, start, at, ";:"), at - PASSIVE) : max(0, at - 2)]


def on_visit(words: Words, start: int, at: int) -> bool:
    """Whether "chúc mừng" is what a visitor comes for ("đến thăm, chúc mừng đơn vị"), not what a speaker says."""
    return words.lower[at : at + 2] == ["chúc", "mừng"] and bool(VISITS & {*words.lower[max(start, at - 5) : at]})


def is_noun(words: Words, at: int) -> bool:
    """"Đoàn kiểm tra" is a noun; in "làm trưởng đoàn | kiểm tra công tác" the verb stands free."""
    return words.lower[at - 1] in NOUNS and words.lower[at - 2 : at] != ["trưởng", "đoàn"]


def is_verb(words: Words, at: int, size: int) -> bool:
    """Not the start of another word or phrase ("ký | túc xá", "kiểm tra | hành chính"), and not denied."""
    denied = words.lower[at - 1] in denials() or " ".join(words.lower[at - 2 : at]) in denials()
    private = words.lower[at] in DEMANDS and words.lower[at + size] in KIN
    asked = words.lower[at] in REQUESTS and words.lower[at + size] == "sự"  # "yêu cầu sự giúp đỡ" is no speech
    if words.lower[at : at + size] == ["có", "mặt"] and words.words[at + size].isalpha():
        private = words.lower[at + size] not in PRESENT or words.lower[at + size + 1] == "hiện"  # "tại hiện trường"
    return not (denied or private or asked) and compounds().size_at(words.lower, at) <= size


def opening_at(words: Words, start: int, stop: int) -> int | None:
    """Where an opening for the next people stands in [start, stop): behind a comma or semicolon."""
    marks = (at + 1 for at in range(start, stop) if words.words[at] in ",;")
    return next((at for at in marks if at < stop and before().size_at(words.lower, at)), None)


def openings(words: Words, start: int, stop: int) -> tuple[str, ...]:
    """The roles an opening in [start, stop) gives the people behind it: "Dự hội nghị có các đồng chí"."""
    first_words = before().by_first
    for at in (at for at in range(start, stop) if words.lower[at] in first_words):
        size = before().size_at(words.lower, at)
        begins = at == start or words.capital(at) or words.words[at - 1] in ",;" or size > 2
        whole = size and compounds().size_at(words.lower, at) <= size  # "Dự | án" is none
        if whole and begins and not is_noun(words, at):
            first = role_names()["before", " ".join(words.lower[at : at + size])]
            more = roles_in(words, at + size, min(at + size + 4, stop), after())
            return tuple(dict.fromkeys((first, *(role for role in more if role in ("phát biểu", "dự và chỉ đạo")))))
    return inverted(words, start, stop)


def inverted(words: Words, start: int, stop: int) -> tuple[str, ...]:
    """The role of a verb that opens a clause without a subject: "Chủ trì hội nghị | đồng chí A", "Chủ trì buổi làm
    việc:".
    """
    first = max(start, stop - LONGEST_OPENING)
    for at in range(first, stop) if not inverting().by_first.keys().isdisjoint(words.lower[first:stop]) else ():
        size = inverting().size_at(words.lower, at)
        begins = at == start or words.words[at - 1] in ",;.\n" or words.lower[at - 1] in ADVERBS
        if size and begins and not (set(words.words[at:stop]) & set(",;.")):
            return (role_names()["after", " ".join(words.lower[at : at + size])],)
    return ()


# --- the tables ---------------------------------------------------------------------------------------


@cache
def role_names() -> dict[tuple[str, str], str]:
    """Role by side (before or after the person) and by verb."""
    sides = {"speech": "after"}
    return {(sides.get(row["side"], row["side"]), " ".join(words_of(row["cue"]))): row["role"]
            for row in rows("roles.csv")}


@cache
def after() -> Phrases:
    """Cues that stand behind the official whose role they tell."""
    return Phrases(row["cue"] for row in rows("roles.csv") if row["side"] == "after")


@cache
def spoken() -> Phrases:
    """The verbs behind a person in a sentence set at a gathering: there "cho biết" is a speech too."""
    return Phrases(row["cue"] for row in rows("roles.csv") if row["side"] in ("after", "speech"))


@cache
def before() -> Phrases:
    """Cues that stand before the official whose role they tell."""
    return Phrases(row["cue"] for row in rows("roles.csv") if row["side"] == "before")


@cache
def inverting() -> Phrases:
    """Verbs that may stand before the person: of presiding and attending."""
    told = (row for row in rows("roles.csv") if row["side"] == "after" and row["role"] in OPENING_ROLES)
    return Phrases(row["cue"] for row in told)


@cache
def reporting() -> Phrases:
    """Words at which a predicate ends."""
    return Phrases(members("ends_predicate"))


@cache
def stops() -> frozenset[str]:
    """First words of what can end a predicate."""
    return frozenset(['"', ",", *reporting().by_first])


@cache
def gatherings() -> Phrases:
    """Words for gatherings, at which a speech is held."""
    return Phrases(members("gathering"))


@cache
def denials() -> frozenset[str]:
    """Negations."""
    return frozenset(members("negation"))


@cache
def compounds() -> Phrases:
    """Words and phrases of which the beginning only looks like a verb of the table."""
    return Phrases(members("not_a_role"))
