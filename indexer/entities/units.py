"""Which bodies and units an article names, each with its level and place: "Bộ CHQS tỉnh Gia Lai", "Quân khu 7".

How they are written and named is in data/unit_names.csv, by form: `place` (a unit word and a place follow), `own` (the
place follows at once: "Huyện ủy Lạc Dương"), `name` (a name of its own), `number`, and `alone`. A place left out is the
article's, where it has one only. A unit whose place stays open is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.entities.places import (
    CAPITAL,
    Row,
    gazetteer,
    key,
    place_prefix,
    province_named,
)
from indexer.entities.post_keys import province_of
from indexer.entities.post_tables import written_bodies_by_name
from indexer.entities.posts import ROMAN, is_city
from indexer.entities.published import quote
from indexer.entities.story import story
from indexer.entities.unit_homes import (
    cut_province,
    is_foreign,
    of_article,
    of_border_gate,
    opens_another,
    province_after,
)
from indexer.entities.unit_keys import (
    CITY,
    DISTRICTS,
    PROVINCE,
    Unit,
    Written,
    bodies,
    numbered_bodies,
    of_place,
    placed_bodies,
    written,
)
from indexer.model import Entities, Evidence, Locality, Post
from indexer.text import compared, shown

MOST = 20  # units of one article: who names more lists them
IN_FULL = {"tp": CITY, "tp.": CITY, "tx": "thị xã", "tx.": "thị xã", "tt": "thị trấn", "tt.": "thị trấn"}
UNIT = re.compile(
    r" (tỉnh|thành phố|tp\.?|huyện|quận|thị xã|tx\.?|xã|phường|thị trấn|tt\.?|đặc khu)(?!\w)", re.IGNORECASE)
NAME = re.compile(rf" ?((?<=[ .])[{CAPITAL}][\w']*|(?<= )\d{{1,2}}(?!\w))")
# "sư đoàn 25 | ngụy": an army of the war, not one of ours.
ENEMY = re.compile(rf"\s*[(-]?\s*(?:của |thuộc )?(?:quân đội |Quân đội |lính |quân )?(?:ngụy|nguỵ|địch|VNCH"
                   rf"|Việt Nam Cộng hòa|Mỹ(?! [{CAPITAL}])|Sài Gòn(?! [{CAPITAL}-]))(?!\w)")
NUMBER = re.compile(r" (\d{1,4}|[IVX]{1,4})(?![\w.,]?\d|\w)")
UNKNOWN_NAME = 3  # words of a name that no table knows; more would take in the name of a person
CENTRAL = frozenset({"quân đội", "công an", "biên phòng"})  # classes of central bodies that count as units
VAGUE = frozenset({"Quân đội nhân dân"})


@dataclass(frozen=True, slots=True)
class Around:
    """What the article says of places: it completes what its units leave out."""

    provinces: tuple[str, ...]
    localities: tuple[Locality, ...]
    day: str | None

    @property
    def province(self) -> str:
        """The one province of the article; "" where it has none or several."""
        return self.provinces[0] if len(self.provinces) == 1 else ""

    def named(self, unit: str) -> Locality | None:
        """The one district or commune of that unit word that the article is about."""
        found = [each for each in self.localities if each.unit == unit]
        return found[0] if len(found) == 1 else None


def units(entities: Entities, title: str, text: str) -> Iterator[tuple[str, Evidence | None]]:
    """(key, evidence) of each unit named in a title and text as published, then of those only officials' posts name.

    A unit comes once, by the place that names it first; at most MOST units.
    """
    names = tuple(province.name for province in entities.provinces)
    around = Around(names, entities.localities, entities.published.date)
    found: dict[str, Evidence | None] = {}
    for zone, published in (("title", shown(title)), ("text", shown(text))):
        for unit, start, end in spoken(story(compared(published)), around):
            if unit.key() not in found:
                near = quote(published, start, end)
                found[unit.key()] = Evidence(near.quote, zone, near.start, near.end)
    for official in entities.officials:
        for post in official.held:
            if held := of_post(post, around):
                found.setdefault(held.key(), post.evidence or official.evidence)
    yield from [*found.items()][:MOST]


# --- in running text ---------------------------------------------------------------------------


def spoken(text: str, around: Around) -> Iterator[tuple[Unit, int, int]]:
    """Each unit in normalised `text`, with where its words begin and end."""
    lower, done = lowered(text), 0
    for found in bodies().finditer(lower):
        start, end = found.span()
        if start < done or (start and (lower[start - 1].isalnum() or lower[start - 1] in "_/")):
            continue
        row = written()[found[0]]
        if read := FORMS[row.form](text, end, row, around):
            unit, done = read
            yield unit, start, done


Read = tuple[Unit, int] | None


# One reader a form: the body of `row` ends at `at` in normalised `text` -> the unit and where it ends, None for none.


def alone(text: str, at: int, row: Written, around: Around) -> Read:
    """"Vùng 4 Hải quân": the body is the unit."""
    return Unit(row.body), at


def number(text: str, at: int, row: Written, around: Around) -> Read:
    """"Quân khu 7", "Quân khu V"."""
    found = NUMBER.match(text, at)
    if found and ENEMY.match(text, found.end()):
        return None
    return (Unit(f"{row.body} {ROMAN.get(found[1].lower(), found[1])}"), found.end()) if found else None


def name(text: str, at: int, row: Written, around: Around) -> Read:
    """"Đồn Biên phòng Ia O": a name of its own, as long as the tables know it, else up to where capitals end."""
    words, ends = capitals(text, at)
    size = place_prefix(words) or (len(words) if len(words) <= UNKNOWN_NAME else 0)
    spelled = " ".join(words[:size])
    if not size:
        return None
    end = ends[size - 1]
    province = province_after(text, end) or of_border_gate(spelled, around.provinces, around.day)
    if province is None:
        district = None if spelled.isdecimal() else one_of("district", spelled, "", around)  # "khu vực 4" is no quận 4
        province = district.province if district else of_article(spelled, around.provinces)
    return Unit(row.body, "", spelled, province), end


def own(text: str, at: int, row: Written, around: Around) -> Read:
    """"Huyện ủy Lạc Dương"; "Tỉnh ủy" alone is the article's."""
    words, ends = capitals(text, at)
    return placed(row, row.level or CITY, words, [at, *ends], text, around)


def place(text: str, at: int, row: Written, around: Around) -> Read:
    """"Công an huyện Lạc Dương", "Công an Gia Lai", "Bộ CHQS tỉnh"."""
    found = UNIT.match(text, at)
    word = IN_FULL.get(found[1].lower(), found[1].lower()) if found else ""
    after = found.end() if found else at
    words, ends = capitals(text, after)
    if word:
        return placed(row, word, words, [after, *ends], text, around)
    known = place_prefix(words, PROVINCE) if words else 0
    if known or (not words and row.level == PROVINCE):
        return placed(row, PROVINCE, words[:known], [after, *ends], text, around)
    return None


def placed(row: Written, word: str, words: list[str], ends: list[int], text: str, around: Around) -> Read:
    """The unit of a body whose place has the unit word `word`; `ends[n]` is where n words of the name end in `text`."""
    size = place_prefix(words, word) if words else 0
    if not size and words and word in DISTRICTS | {PROVINCE, CITY}:
        if cut := cut_province(words) if word == PROVINCE else None:
            return of_place(row.body, PROVINCE, cut[0], ""), ends[cut[1]]
        if is_foreign(text, ends[-1]) or not opens_another(words):
            return None  # a place that no table knows: "công an tỉnh Hủa Phăn (Lào)"
        words = []
    if not size and words:
        size = len(words) if len(words) <= UNKNOWN_NAME else 0
        if not size:
            return None
    found = located(word, " ".join(words[:size]), around) if size else completed(word, around)
    return (of_place(row.body, *found), ends[size]) if found else None


Located = tuple[str, str, str]


def located(word: str, spelled: str, around: Around) -> Located | None:
    """Unit word, canonical name and province of a place by its unit word and how its name is spelled."""
    province = province_named(spelled)
    if word == PROVINCE or (word == CITY and province and is_city((province,), around.day)):
        return (PROVINCE, province, "") if province else None
    if word in DISTRICTS or word == CITY:
        return of_district(word, spelled, around)
    row = one_of("commune", spelled, word, around)
    if row:
        return row.unit, row.name, row.province
    known = gazetteer().names["commune"].get(key(spelled), ())
    return word, spelled, "" if known and around.province not in {each.province for each in known} else around.province


def of_district(word: str, spelled: str, around: Around) -> Located | None:
    """A district by its name; its province is the article's where several have one of that name."""
    row = one_of("district", spelled, word, around)
    if row:
        return row.unit, row.name, row.province
    return (word, spelled, "") if key(spelled) in gazetteer().names["district"] else None


def one_of(kind: str, spelled: str, word: str, around: Around) -> Row | None:
    """The one place of a kind, name and unit word in the article's provinces, or anywhere; None where several are."""
    rows = [row for row in gazetteer().names[kind].get(key(spelled), ()) if word in ("", row.unit)]
    near = [row for row in rows if row.province in around.provinces] or (rows if kind == "district" else [])
    return near[0] if len({(row.unit, row.province) for row in near}) == 1 else None


def completed(word: str, around: Around) -> Located | None:
    """The place that a unit word without a name means: the article's one province, district or commune."""
    if word == PROVINCE or (word == CITY and around.province and is_city((around.province,), around.day)):
        return (PROVINCE, around.province, "") if around.province else None
    found = around.named(word)
    return (found.unit, found.name, found.province) if found else None


FORMS: dict[str, Callable[[str, int, Written, Around], Read]] = {
    "alone": alone, "number": number, "name": name, "own": own, "place": place,
}  # fmt: skip


def capitals(text: str, at: int) -> tuple[list[str], list[int]]:
    """The capitalised words that follow, at most five, and where each ends: "Lạc Dương", "1" of "quận 1"."""
    words: list[str] = []
    ends: list[int] = []
    while len(words) < 5 and (found := NAME.match(text, at)) and not (words and found[1].isdigit()):
        words.append(found[1])
        at = found.end()
        ends.append(at)
    return words, ends


def lowered(text: str) -> str:
    """`text` in lower case with every character in its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


# --- in officials' posts -----------------------------------------------------------------------


def of_post(post: Post, around: Around) -> Unit | None:
    """The unit a post is at, where the post says enough: a central body, a formation, a body of a known place."""
    if post.level == "trung ương":
        known = written_bodies_by_name().get(post.body)
        return Unit(post.body) if known and known.cls in CENTRAL and post.body not in VAGUE else None
    if post.level == "quân khu":
        return Unit(post.place) if post.place.rpartition(" ")[0] in numbered_bodies() else None
    if post.body not in placed_bodies() or not post.place:
        return None
    if post.level == PROVINCE:
        province = province_named(post.place)
        return of_place(post.body, PROVINCE, province) if province else None
    here = Around((province_of(post, around.provinces),), around.localities, around.day)
    row = one_of("district", post.place, "", here) if post.level == "huyện" else None
    return Unit(post.body, row.unit, row.name, row.province) if row else None
