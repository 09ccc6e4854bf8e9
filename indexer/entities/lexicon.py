"""The lexicons of ranks, posts, bodies and forms of address, as tables looked up by their first word.

Long lists are data rows (data/*.csv); what stands here are the closed classes of the grammar.
"""

from __future__ import annotations

from functools import cache

from indexer.entities.words import Phrases, column, members, rows, words_of

# How a status is written, and what it means; "cựu" is "nguyên".
STATUSES = {"nguyên": "nguyên", "cựu": "nguyên", "cố": "cố", "quyền": "quyền", "q": "quyền", "phụ trách": "phụ trách"}
HONOURS = Phrases(members("honour"))
DEPUTIES = Phrases(members("deputy"))
# Degrees and distinctions that may stand between rank or post and name.
COURTESIES = Phrases(members("courtesy"))
# Between two posts of one person, or between a name and its post.
LINKS = Phrases(members("link"))
APPOINTED = Phrases(members("appointed"))
QUALIFIED = Phrases(members("rank_suffix"))
# Words before a place; those of SMALL_PLACES have no complete list, HIGHER ones follow them ("…, huyện Đô Lương").
UNITS = Phrases(members("unit"))
SMALL_PLACES = frozenset(members("small_place"))
HIGHER = frozenset(members("higher_unit"))
SHORT_UNITS = frozenset(members("short_unit"))
FOREIGN_HEADS = Phrases(members("foreign_head"))
# Between a post and the list it is of: "các Phó Chỉ huy trưởng | gồm | : A và B".
LIST_OPENINGS = Phrases(members("list_opening"))
MIDDLE_NAMES = frozenset(members("middle_name"))
KIN = Phrases(members("kin"))


@cache
def ranks() -> Phrases:
    """All ranks."""
    return Phrases(column("ranks.csv", "rank"))


@cache
def rank_spellings() -> dict[str, str]:
    """Ranks in lower case and as the law writes them."""
    return {" ".join(words_of(rank)): rank for rank in column("ranks.csv", "rank")}


@cache
def enlisted_ranks() -> frozenset[str]:
    """Ranks below officers."""
    return frozenset(row["rank"] for row in rows("ranks.csv") if row["arm"] == "enlisted")


@cache
def suspects() -> Phrases:
    """What an article calls those it accuses: "bị can", "nghi phạm"."""
    return Phrases(row["phrase"] for row in rows("accusations.csv") if row["part"] == "title")


@cache
def heads() -> Phrases:
    """Heads of posts, with "phó" before those that have deputies."""
    table = [*rows("heads.csv")]
    return Phrases([*(row["head"] for row in table), *(f"phó {row['head']}" for row in table if row["deputy"])])


@cache
def service_heads() -> Phrases:
    """Heads that make an official only of a person with a rank: "giáo viên", "thuyền trưởng" (of a fishing boat)."""
    named = [row["head"] for row in rows("heads.csv") if row["class"] == "service"]
    return Phrases([*named, *(f"phó {head}" for head in named)])


@cache
def bodies() -> Phrases:
    """Bodies that posts belong to."""
    return Phrases(column("bodies.csv", "body"))


@cache
def units_after_comma() -> Phrases:
    """Bodies that go on a post after a comma: "Chính ủy, Bộ CHQS tỉnh"."""
    return Phrases(row["body"] for row in rows("bodies.csv") if row["class"] in ("military", "police", "government"))


@cache
def levels() -> dict[str, str]:
    """Heads, bodies and unit words that tell a post's level: local, region or central."""
    named = {row["head"]: row["level"] for row in rows("heads.csv")}
    named |= {row["body"]: row["level"] for row in rows("bodies.csv")} | dict.fromkeys(members("local_unit"), "local")
    return {" ".join(words_of(phrase)): level for phrase, level in named.items() if level}


@cache
def post_words() -> Phrases:
    """What else a post may hold after its head: fields of work, kinds of place."""
    return Phrases(column("post_words.csv", "phrase"))


@cache
def verbal_words() -> Phrases:
    """Those of the post words that are verbs as well: "kiểm tra", "chỉ đạo"."""
    return Phrases(row["phrase"] for row in rows("post_words.csv") if row["verbal"])


@cache
def actions() -> Phrases:
    """What officials do at events ("chủ trì", "phát biểu"): no post runs over it."""
    return Phrases(row["cue"] for row in rows("roles.csv") if row["side"] in ("after", "speech"))


@cache
def countries() -> Phrases:
    """Names of countries, Vietnam included."""
    return Phrases(column("countries.csv", "country"))


@cache
def foreign_countries() -> Phrases:
    """Names of other countries."""
    return Phrases(country for country in column("countries.csv", "country") if country != "Việt Nam")


@cache
def name_ends() -> Phrases:
    """Phrases of several words that no name runs into: ranks, posts, bodies, "đại hội", "phát biểu"."""
    posts = [head for head in column("heads.csv", "head") if " " in head]
    bodies = [body for body in column("bodies.csv", "body") if " " in body]
    deputies = [f"phó {head}" for head in posts]
    return Phrases([*posts, *deputies, *bodies, *column("ranks.csv", "rank"), *column("name_ends.csv", "phrase")])


@cache
def surnames() -> frozenset[str]:
    """First words of all surnames."""
    return frozenset(words_of(name)[0] for name in column("surnames.csv", "surname"))


@cache
def kinh_surnames() -> frozenset[str]:
    """Surnames of the majority; those of other peoples begin many a place's name as well."""
    return frozenset(words_of(row["surname"])[0] for row in rows("surnames.csv") if row["people"] == "Kinh")


@cache
def historic_figures() -> frozenset[str]:
    """Names of people of history, who hold no post now."""
    return frozenset(" ".join(words_of(name)) for name in column("historic_figures.csv", "name"))


@cache
def cues(kind: str) -> dict[str, list[list[str]]]:
    """Words before a name that make it no official's, by their last word: kind is named_after, hero or byline."""
    by_last: dict[str, list[list[str]]] = {}
    for row in rows("exclusions.csv"):
        if row["kind"] == kind:
            cue = words_of(row["cue"])
            by_last.setdefault(cue[-1], []).append(cue)
    return by_last
