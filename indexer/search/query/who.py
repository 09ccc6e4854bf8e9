"""Questions who held a post: "Ai là Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa năm 2023?", "Chủ tịch tỉnh Tây Ninh là ai".

The articles that say so come first: they are found and scored by the mention of a person at that very post, in that
place and year. A query that asks anything beside is no such question. "Ai chỉ huy X?" asks for its commander.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from indexer.entities.post_keys import IN_OFFICE, Bound, bound_of, post_of_key
from indexer.model import Recognised, ScoringTerm
from indexer.search.query.bindings import Asked, mention_keys
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.named_posts import head_forms
from indexer.search.query.named_units import bodies_with_names
from indexer.search.query.parser import parse
from indexer.search.query.recognised import recognised, without
from indexer.search.query.spelled import spelled
from indexer.search.query.successors import written
from indexer.search.query.tree import Every
from indexer.text import fold, normalize, syllables

WEIGHT = 4.0  # enough to lead over articles that hold the words of the question
MOST = 100  # mentions a question can mean
WHO = "ai"
# What else asks for a name, in the accent-free query; a question mark behind a post does, too.
NAME_ASKED = re.compile(r"\b(?:(?:nguoi|vi|ong|ba|dong chi) nao|ten (?:la )?gi)\b|\?\W*$", re.IGNORECASE)
LEADS_IT = "(?:chi huy|dung dau|lanh dao|phu trach)"
COMMANDED = re.compile(
    rf"\b(?:do )?ai (?:la )?(?:nguoi )?(?:dang |da |tung )?{LEADS_IT}\b(?! (?:truong|pho)\b)"
    rf"|^(?:nguoi )?{LEADS_IT}\b(?! (?:truong|pho)\b)", re.IGNORECASE)
COMMANDERS = ("chỉ huy trưởng", "tư lệnh", "đồn trưởng", "sư đoàn trưởng", "lữ đoàn trưởng", "trung đoàn trưởng",
              "tiểu đoàn trưởng", "hải đoàn trưởng", "hải đội trưởng")  # fmt: skip
LONGEST_NAME = 7  # syllables of a station's name, with what it guards
GUARDED = re.compile(r"^(?:cửa khẩu|cua khau)(?: (?:quốc tế|quốc gia|quoc te|quoc gia|cảng))? (?=\w)")
# What ends the name of a station: "Đồn Biên phòng Tân Thanh | là ai".
NO_NAME = frozenset({"ai", "do", "hiện", "huyện", "là", "năm", "ở", "phường", "tại", "tên", "thuộc", "tỉnh", "trong",
                     "vào", "xã"})
# Words of a question that ask for nothing themselves, without accents.
WORDS = frozenset({
    "ai", "ba", "chi", "chuc", "cua", "dang", "do", "dong", "duoc", "gi", "giu", "hien", "hoi", "khi", "la", "lam",
    "ma", "moi", "nam", "nao", "nay", "nguoi", "o", "ong", "pho", "tai", "ten", "thanh", "thi", "tinh", "trong", "va",
    "vao", "vi", "vu",
})  # fmt: skip
PLACES = frozenset({"province", "region", "district"})


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the holders of a post: the post as written, a province and years; None for any.

    `station` is the name of the body, in syllables, where mentions do not keep it: the article has to say it.
    """

    post: str
    province: str | None = None
    years: tuple[str, str] | None = None
    station: str = ""

    def mentions(self, lexicon: Lexicon) -> tuple[str, ...]:
        """The keys of the mentions that answer it."""
        provinces = (self.province,) if self.province else None
        keys = mention_keys(lexicon, Asked(self.post, None, provinces, self.years))
        return tuple(key for key in keys if serves_there(bound_of(key))) or keys

    def said_in(self, sentence: str) -> bool:
        """Whether a sentence that names a holder names the station, too, if one is asked for."""
        return f" {fold(self.station)} " in f" {fold(spelled(sentence))} " if self.station else True

    def scoring(self, lexicon: Lexicon) -> tuple[ScoringTerm, ...]:
        """Terms that put the articles that answer it first; () where there are none, or too many to mean anything."""
        keys = () if self.station else self.mentions(lexicon)
        return tuple(ScoringTerm("mention", key, WEIGHT) for key in keys) if len(keys) <= MOST else ()


def serves_there(bound: Bound) -> bool:
    """Whether the key of the person says that he serves where the post is; what else stands there may be misread."""
    return bound.person.partition("@")[2] in (bound.province, bound.place, "Trung ương")


def question(tree: Every, text: str, bare: bool, lexicon: Lexicon) -> Question | None:
    """The question that the query `text`, read as `tree`, asks; None for any other query. `bare`: without accents."""
    who = WHO in {s.text for s in syllables(text)}
    if not (who or (names_head(text) and NAME_ASKED.search(fold(normalize(text))))):
        return None
    return of_post(tree, text, bare, lexicon) or (of_command(text, bare, lexicon) if who else None)


def names_head(text: str) -> bool:
    """Whether a query has the last word of a post's head: the rest of what is looked for is dear."""
    return not head_ends().isdisjoint(fold(s.text) for s in syllables(text))


@cache
def head_ends() -> frozenset[str]:
    """The last words of all heads, without accents."""
    return frozenset(head.rpartition(" ")[2] for head in head_forms(True))


def of_command(text: str, bare: bool, lexicon: Lexicon) -> Question | None:
    """The question who commands something: for the first post of COMMANDERS that someone holds there."""
    verb = COMMANDED.search(fold(normalize(text)))
    rest = f"{text[: verb.start()]} {text[verb.end() :]}".strip() if verb else ""
    for head in COMMANDERS if rest else ():
        post = f"{fold(head) if bare else head} {rest}"
        asked = of_post(parse(post).tree, post, bare, lexicon)
        if asked and asked.mentions(lexicon):
            return asked
    return None


def of_post(tree: Every, text: str, bare: bool, lexicon: Lexicon) -> Question | None:
    """The question for the post that a query names, if it names nothing else but where and when."""
    parts = [part for part, main in recognised(tree, text, bare, lexicon) if main]
    post = next((part for part in parts if part.facet == "post"), None)
    if post is None:
        return None
    station, end = station_at(text, post, bare)
    parts = [part for part in parts if part is post or not post.end <= part.start < end]
    by_facet = {part.facet: part for part in parts}
    left = {fold(s.text) for s in syllables(without(f"{text[: post.end]}{' ' * (end - post.end)}{text[end:]}", *parts))}
    single = len(by_facet) == len(parts) and all(len(part.keys) == 1 or part.facet == "year" for part in parts)
    known = by_facet.keys() <= PLACES | {"post", "year"}
    return replace(question_of(by_facet), station=station) if single and known and left <= WORDS else None


def station_at(text: str, post: Recognised, bare: bool) -> tuple[str, int]:
    """The name behind the body of a post that has one of its own ("Đồn Biên phòng Tân Thanh"), and where it ends."""
    if post_of_key(post.keys[0]).body not in bodies_with_names():
        return "", post.end
    name = [*name_words(text[post.end :], bare)]
    return GUARDED.sub("", " ".join(word for word, _ in name)), post.end + (name[-1][1] if name else 0)


def name_words(text: str, bare: bool) -> Iterator[tuple[str, int]]:
    """The leading words of `text` that may be a name, each with its end."""
    stops = frozenset(map(fold, NO_NAME)) if bare else NO_NAME
    for read in syllables(text)[:LONGEST_NAME]:
        if read.text in stops or read.text.isdigit():
            return
        yield read.text, read.end


def question_of(parts: dict[str, Recognised]) -> Question:
    """The question made of the parts of a query, by facet."""
    post = post_of_key(parts["post"].keys[0])
    if "region" in parts:
        post = replace(post, place=parts["region"].keys[0])
    elif "district" in parts:
        post = replace(post, place=parts["district"].keys[0].partition("@")[0].split(" ", 1)[-1])
    status = "" if post.status == IN_OFFICE else post.status
    years = parts["year"].keys if "year" in parts else ()
    return Question(
        f"{status} {as_written(parts, written(post))}".strip(),
        parts["province"].keys[0] if "province" in parts else None,
        (years[0], years[-1]) if years else None,
    )


def as_written(parts: dict[str, Recognised], post: str) -> str:
    """A post of a region by the region's name: "Tư lệnh Quân khu 7"."""
    return post.replace("Quân khu Quân khu", "Quân khu") if "region" in parts else post
