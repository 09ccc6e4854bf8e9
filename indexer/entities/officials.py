"""Who an article names with a rank or a post: one Official per person, in order of first mention.

mentions.py reads the single mentions; here they become persons: short forms are resolved to full names, posts are
united, bylines, namesakes of streets and historic figures are left out, and each person gets evidence and a key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.entities.accused import SUSPECT, accused, titled_suspects
from indexer.entities.leaving import is_left
from indexer.entities.lexicon import (
    KIN,
    cues,
    enlisted_ranks,
    historic_figures,
    service_heads,
    surnames,
)
from indexer.entities.mentions import Mention, mentions
from indexer.entities.person_keys import DECEASED, FORMER, titled
from indexer.entities.posts import ABROAD, parse_post
from indexer.entities.reach import is_abroad, is_local, names_forces
from indexer.entities.roles import roles_of
from indexer.entities.titles import IN_OFFICE
from indexer.entities.words import Words, members, words_of
from indexer.model import Evidence, Official, Post, Role

CLOSING_LINES = 3
OPENING, FEW_LINES = 700, 300  # characters that say what an article is on, or that are too few to say it
# A list of guests can be one sentence of a thousand words: as much of it as a reader needs.
LONGEST_BEFORE, LONGEST_BEHIND = 120, 200
LOCAL = frozenset(members("local_body"))


def find_officials(title: str, text: str, normal: tuple[str, str] | None = None) -> list[Official]:
    """The officials of an article, in order of first mention; `title` and `text` come from indexer.text.shown.

    `normal` is both normalised, where the caller has them: normalising is a fifth of the work.
    Keys are provisional ("lê văn diện@"): `person_keys.with_key` completes them when the article's provinces are known.
    Evidence is the sentence of the first mention, with its zone and offsets.
    """
    people: dict[str, Person] = {}
    normal_title, normal_text = normal or (None, None)
    suspects: set[str] = set()
    opening = f"{normal_title or title}\n{(normal_text or text)[:OPENING]}"
    zones = (("title", title, normal_title), ("text", text, normal_text))
    seen = [sighting for zone in zones for sighting in sightings(*zone, opening, suspects)]
    # Plain names first, so that short and shouted ones find their person even in the headline.
    for sighting in sorted(seen, key=lambda s: (is_short(s.name), s.mention.name.isupper())):
        add(people, sighting)
    for name in suspects:
        for person in accused_as(people, name):
            person.accused = True
    at = {id(sighting): place for place, sighting in enumerate(seen)}
    for person in people.values():
        person.sightings.sort(key=lambda sighting: at[id(sighting)])
    return [p.official() for p in sorted(people.values(), key=lambda p: at[id(p.sightings[0])]) if p.is_official()]


def tells_roles(opening: str) -> bool:
    """Whether what officials do is told of an article that opens so: only of one on the forces or on local affairs.

    Elsewhere "yêu cầu", "tuyên bố" or "dự" are of courts, of other countries and of companies. A text of a few lines
    says too little of its subject to be left out.
    """
    at_home = names_forces(opening) or is_local(opening) or len(opening) < FEW_LINES
    return at_home and not is_abroad(opening)


# --- sightings: mentions with their zone ------------------------------------------------------


@dataclass(slots=True)
class Sighting:
    """A mention in its zone; `name` is in mixed case even where the headline shouts."""

    name: str
    mention: Mention
    zone: str
    words: Words
    shown: str
    roles: tuple[str, ...] = ()

    @property
    def dead(self) -> bool:
        """Whether "cố" stands before the rank or form of address."""
        at = self.mention.first
        return self.words.lower[at - 1 : at] == [DECEASED] or self.words.lower[at : at + 1] == [DECEASED]


def sightings(
    zone: str, shown: str, normal: str | None, opening: str, suspects: set[str]
) -> Iterator[Sighting]:
    """The mentions of a zone that can be an official's, with their roles where the article's `opening` lets them have
    any. The names it accuses, in lower case, go to `suspects`.
    """
    words = Words(shown, normal)
    found = mentions(words)
    charged = accused(words, found)
    suspects.update(titled_suspects(words), (found[at].name.lower() for at in charged))
    told = roles_of(words, found) if found and tells_roles(opening) else [()] * len(found)
    for mention, roles in zip(found, told, strict=True):
        if not is_named_after(words, mention) and not is_byline(words, mention):
            present = () if kin_before(words, mention.first) else roles
            yield Sighting(mixed(mention.name), mention, zone, words, shown, present)


def is_named_after(words: Words, mention: Mention) -> bool:
    """Whether a street, school, prize or statue bears the name, or a cue says hero, suspect, recruit."""
    hero = not mention.rank and cue_before(words, mention.first, "hero")
    return hero or cue_before(words, mention.first, "named_after")


def is_byline(words: Words, mention: Mention) -> bool:
    """Whether the mention signs the text: after "Ảnh:", or alone on one of the last lines."""
    first = mention.first - (words.words[mention.first - 1] in ":.") if mention.first else 0
    if cue_before(words, first, "byline"):
        return True
    alone = (mention.first == 0 or words.words[mention.first - 1] == "\n") and words.words[mention.end] == "\n"
    return alone and not mention.posts and words.words[mention.end : words.size].count("\n") <= CLOSING_LINES


def kin_before(words: Words, at: int) -> bool:
    """Whether it is the family that the sentence is of: "thân nhân đồng chí A", "gia đình cố Đại tá B"."""
    at -= words.lower[at - 1 : at] == [DECEASED]
    if words.lower[at - 1] not in LAST_OF_KIN:
        return False
    return any(KIN.size_at(words.lower, at - size) >= size for size in (1, 2, 3, 4) if at >= size)


def cue_before(words: Words, at: int, kind: str) -> bool:
    """Whether a cue of that kind ends just before word `at`."""
    if at > 1 and words.lower[at - 2 : at] == ["nhà", "thơ"]:
        return False  # "nhà thơ Thiếu tướng …" is a calling, not a poem on him
    endings = cues(kind).get(words.lower[at - 1], ()) if at else ()
    return any(words.lower[max(0, at - len(cue)) : at] == cue for cue in endings)


# --- people -----------------------------------------------------------------------------------


class Person:
    """All sightings of one person."""

    __slots__ = ("accused", "name", "sightings")

    def __init__(self, name: str) -> None:
        self.name = name
        self.sightings: list[Sighting] = []
        self.accused = False

    @property
    def dead(self) -> bool:
        """Whether the article says so: "cố Thiếu tướng A"."""
        return any(sighting.dead for sighting in self.sightings)

    @property
    def rank(self) -> str | None:
        """The first rank said; None where none is."""
        return next((s.mention.rank for s in self.sightings if s.mention.rank), None)

    @property
    def posts(self) -> tuple[str, ...]:
        """All posts said, spellings of one post once."""
        return united(post for sighting in self.sightings for post in sighting.mention.posts)

    def is_foreign(self) -> bool:
        """Whether all his posts are of other countries."""
        return bool(self.posts) and all(parse_post(post).level == ABROAD for post in self.posts)

    def is_official(self) -> bool:
        """A rank above the enlisted men's or a post; no historic figure unless a local post says namesake."""
        if self.name.lower() in historic_figures() and not any(LOCAL & {*p.lower().split()} for p in self.posts):
            return False
        if self.rank and self.rank not in enlisted_ranks():
            return True
        return any(not service_heads().size_at(words_of(post), 0) for post in self.posts)

    def official(self) -> Official:
        """The person as an Official, with the first sighting as evidence."""
        first = evidence(self.sightings[0])
        held = tuple(Post(post, self.status(post), evidence=self.telling(post)) for post in self.posts)
        return Official(f"{self.name.lower()}@", self.name, self.rank, self.posts, first, held, self.roles())

    def status(self, post: str) -> str:
        """The status that the words around a post give it, "đương nhiệm" where they are silent."""
        if self.dead:
            return DECEASED
        first = next((each for each in self.sightings if post in each.mention.posts), None)
        return FORMER if first and is_left(first.words, first.mention, post) else IN_OFFICE

    def telling(self, post: str) -> Evidence | None:
        """The sentence that gives `post`; None where it is the first one, the official's own evidence."""
        at = next((n for n, sighting in enumerate(self.sightings) if post in sighting.mention.posts), 0)
        return evidence(self.sightings[at]) if at else None

    def roles(self) -> tuple[Role, ...]:
        """Each role once, with the sentence that tells it; the dead have none."""
        if self.dead:
            return ()
        telling: dict[str, Sighting] = {}
        for sighting in self.sightings:
            for role in sighting.roles:
                telling.setdefault(role, sighting)
        if telling and self.is_foreign():
            telling = {}
        told = tuple(Role(role, evidence(sighting)) for role, sighting in telling.items())
        return (*told, Role(SUSPECT)) if self.accused else told


def united(posts: Iterable[str]) -> tuple[str, ...]:
    """`posts` in order without repetitions; a short form gives way to the full one ("Chính ủy Quân khu 7")."""
    kept: list[str] = []
    for post in posts:
        lower = post.lower()
        at = next((n for n, old in enumerate(kept) if f"{lower} ".startswith(f"{old.lower()} ")), None)
        if at is not None:
            kept[at] = post
        elif not any(f"{old.lower()} ".startswith(f"{lower} ") for old in kept):
            kept.append(post)
    return tuple(kept)


def add(people: dict[str, Person], sighting: Sighting) -> None:
    """Put a sighting to its person: a short form to the one whose name ends so, else it is dropped or a new person.

    In capitals the words after a name look like more of it: there a known name that begins so is enough.
    """
    key = sighting.name.lower()
    if sighting.mention.name.isupper():
        key = next((known for known in people if f"{key} ".startswith(f"{known} ")), key)
    if key not in people and is_short(sighting.name):
        whole = [k for k in people if k.endswith(f" {key}")]
        if len(whole) == 1:
            key = whole[0]
        elif " " not in key or not (sighting.mention.posts or sighting.mention.rank):
            return
    while key in people and is_another(people[key], sighting):
        key += NAMESAKE
    people.setdefault(key, Person(sighting.name)).sightings.append(sighting)


LAST_OF_KIN = frozenset(phrase.split()[-1] for phrase in members("kin"))
NAMESAKE = "\N{ZERO WIDTH SPACE}"  # keeps the keys of namesakes of one article apart
COMMANDING = frozenset({"quân đội", "biên phòng", "công an"})
ELECTED = frozenset({"Chủ tịch", "Phó Chủ tịch"})
SECRETARIES = frozenset({"Bí thư", "Phó Bí thư"})
LOCAL_PARTY = frozenset({"Huyện ủy", "Thị ủy", "Quận ủy", "Thành ủy", "Đảng ủy"})


def is_another(person: Person, sighting: Sighting) -> bool:
    """Whether a sighting is of a namesake: its post cannot be held together with the person's.

    An officer in command is no chairman and no secretary of a district or commune; nobody heads two bodies of the same
    kind in different places.
    """
    if not sighting.mention.posts:
        return False
    mine = [parse_post(post) for post in person.posts]
    other = [parse_post(post) for post in sighting.mention.posts]
    if not mine or not other or {post.text.lower() for post in mine} & {post.text.lower() for post in other}:
        return False
    pairs = [(a, b) for a in mine for b in other if a.status == b.status == IN_OFFICE]
    ranked = person.rank if not sighting.mention.rank else sighting.mention.rank if not person.rank else None
    chairs = any((is_elected(a) and commands(b)) or (is_elected(b) and commands(a)) for a, b in pairs)
    return bool(ranked and chairs) or any(in_two_places(a, b) for a, b in pairs)


def is_elected(post: Post) -> bool:
    """Whether a post is one that a people's council elects, or heads the party in a district or commune."""
    secretary = post.head in SECRETARIES and post.body in LOCAL_PARTY and post.level in ("huyện", "xã")
    return secretary or (post.head in ELECTED and post.cls == "chính quyền" and bool(post.body))


def commands(post: Post) -> bool:
    """Whether a post is of an officer; the political officer of a commune is its party secretary."""
    return post.cls in COMMANDING and not (post.head == "Chính trị viên" and post.level in ("xã", ""))


def in_two_places(one: Post, two: Post) -> bool:
    """Whether both are the same head of the same kind of body, each with a place of its own."""
    same = (one.head, one.body, one.level) == (two.head, two.body, two.level) and bool(one.body)
    return same and one.level in ("huyện", "xã") and bool(one.place and two.place) and one.place != two.place


def accused_as(people: Mapping[str, Person], name: str) -> list[Person]:
    """The people of an article whom it accuses under `name`, which may be the last words of theirs."""
    return [person for key, person in people.items() if f" {key}".endswith(f" {name}")]


def is_short(name: str) -> bool:
    """A given name alone, or two words that begin with no surname."""
    words = name.lower().split()
    if len(words) == 1:
        return "'" not in name
    return len(words) == 2 and words[0] not in surnames()


def mixed(name: str) -> str:
    """A shouted name in mixed case; any other as it is but for a first letter in lower case."""
    return titled(name.lower()) if name.isupper() and len(name) > 3 else name[0].upper() + name[1:]


def evidence(sighting: Sighting) -> Evidence:
    """The sentence of a sighting, quoted from the text as shown."""
    words, at, end = sighting.words, sighting.mention.first, sighting.mention.end
    at = max(words.sentence_start(at), at - LONGEST_BEFORE, 0)
    end = min(words.sentence_end(end), end + LONGEST_BEHIND)
    start, stop = words.start(at), words.ends[end - 1 + (words.words[end] != "\n")]
    return Evidence(sighting.shown[start:stop], sighting.zone, start, stop)
