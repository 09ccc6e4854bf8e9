"""Questions who held a post: "Ai là Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa năm 2023?", "Chủ tịch tỉnh Tây Ninh là ai".

The articles that say so come first: they are found and scored by the mention of a person at that very post, in that
place and year. A query that asks anything beside is no such question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.entities.post_keys import IN_OFFICE, Bound, bound_of, post_of_key
from indexer.model import Recognised, ScoringTerm
from indexer.search.query.bindings import Asked, mention_keys
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.recognised import recognised, without
from indexer.search.query.successors import written
from indexer.search.query.tree import Every
from indexer.text import fold, syllables

WEIGHT = 4.0  # enough to lead over articles that hold the words of the question
MOST = 100  # mentions a question can mean
WHO = "ai"
# Words of a question that ask for nothing themselves, without accents.
WORDS = frozenset({
    "ai", "ba", "chi", "chuc", "cua", "dang", "do", "dong", "duoc", "gi", "giu", "hien", "hoi", "khi", "la", "lam",
    "ma", "nam", "nao", "nay", "nguoi", "o", "ong", "pho", "tai", "ten", "thanh", "thi", "tinh", "va", "vu",
})  # fmt: skip
PLACES = frozenset({"province", "region", "district"})


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the holders of a post: the post as written, a province and years; None for any."""

    post: str
    province: str | None = None
    years: tuple[str, str] | None = None

    def mentions(self, lexicon: Lexicon) -> tuple[str, ...]:
        """The keys of the mentions that answer it."""
        provinces = (self.province,) if self.province else None
        keys = mention_keys(lexicon, Asked(self.post, None, provinces, self.years))
        return tuple(key for key in keys if serves_there(bound_of(key))) or keys

    def scoring(self, lexicon: Lexicon) -> tuple[ScoringTerm, ...]:
        """Terms that put the articles that answer it first; () where there are none, or too many to mean anything."""
        keys = self.mentions(lexicon)
        return tuple(ScoringTerm("mention", key, WEIGHT) for key in keys) if len(keys) <= MOST else ()


def serves_there(bound: Bound) -> bool:
    """Whether the key of the person says that he serves where the post is; what else stands there may be misread."""
    return bound.person.partition("@")[2] in (bound.province, bound.place, "Trung ương")


def question(tree: Every, text: str, bare: bool, lexicon: Lexicon) -> Question | None:
    """The question that the query `text`, read as `tree`, asks; None for any other query. `bare`: without accents."""
    if WHO not in {s.text for s in syllables(text)}:
        return None
    parts = [part for part, main in recognised(tree, text, bare, lexicon) if main]
    by_facet = {part.facet: part for part in parts}
    left = {fold(s.text) for s in syllables(without(text, *parts))}
    single = len(by_facet) == len(parts) and all(len(part.keys) == 1 or part.facet == "year" for part in parts)
    known = "post" in by_facet and by_facet.keys() <= PLACES | {"post", "year"}
    return question_of(by_facet) if single and known and left <= WORDS else None


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
