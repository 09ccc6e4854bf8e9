"""Entities as facet keys, labels and search words.

A key never changes with the words on the page: "Huế" is the key of the province shown as Thừa Thiên Huế before 2025.
"""

from __future__ import annotations

from functools import lru_cache

from indexer.entities import person_keys
from indexer.entities.places import era, zone
from indexer.entities.post_keys import people_keys, post_label
from indexer.entities.testimony import testimony_keys
from indexer.model import Article, Entities, Message, Published

UNKNOWN = "?"
GIVEN, INFERRED = "given", "inferred"  # keys of "dated": the page gives its date, or the text lets it be inferred
TODAY = "9999-12-31"
BELOW = ("district", "commune")  # the levels below the province: until June 2025, and since
LABELS: dict[str, str] = {
    "province": Message("Tỉnh, thành phố (lúc đăng)"),
    "now": Message("Tỉnh, thành phố (hiện nay)"),
    "year": Message("Năm đăng"),
    "day": Message("Ngày đăng"),
    "about": Message("Năm được nói đến"),
    "dated": Message("Năm suy ra"),
    "official": Message("Cán bộ"),
    "region": Message("Quân khu"),
    "zone": Message("Vùng"),
    "district": Message("Huyện, quận, thị xã (đến 30/6/2025)"),
    "commune": Message("Xã, phường, đặc khu (từ 1/7/2025)"),
    "source": Message("Nguồn"),
    "post": Message("Chức vụ"),
    "class": Message("Khối"),
    "level": Message("Cấp"),
    "role": Message("Vai trò tại sự kiện"),
    "topic": Message("Chủ đề"),
}
TERMS = frozenset({"zone", "region", "class", "level", "role", "topic"})  # whose keys are words of our own tables
DATED = {GIVEN: Message("ghi trên trang"), INFERRED: Message("suy ra")}


def facet_keys(entities: Entities, article: Article) -> dict[str, tuple[str, ...]]:
    """An article's values by facet; an unknown province or year is the key "?", so that it is counted and found."""
    day = entities.published.date
    names = tuple(province.name for province in entities.provinces)
    return {
        "province": names or (UNKNOWN,),
        "now": tuple(dict.fromkeys(province.now for province in entities.provinces)) or (UNKNOWN,),
        "year": (str(entities.published.year or UNKNOWN),),
        "day": (day,) if day else (),
        "about": tuple(map(str, entities.years_about)),
        "dated": (dated(entities.published),),
        "official": tuple(dict.fromkeys(official.key for official in entities.officials)),
        "region": tuple(dict.fromkeys(row.region for name in names if (row := era(name, day)))),
        "zone": tuple(dict.fromkeys(held for name in names if (held := zone(name, day)))),
        **{kind: tuple(each.key for each in entities.localities if each.kind == kind) for kind in BELOW},
        "source": (article.source,) if article.source else (),
        **people_keys(entities),
        **testimony_keys(entities),
    }


def dated(published: Published) -> str:
    """Whether the page gives the date of publication, or it is inferred, or unknown."""
    return UNKNOWN if not published.date else INFERRED if published.inferred else GIVEN


@lru_cache(maxsize=5_000)  # the values of facets come again on every page
def label(facet: str, key: str) -> str:
    """How a facet's key is shown: "Hồ Chí Minh" -> "TP Hồ Chí Minh", "xã Ia O@Gia Lai" -> "xã Ia O, Gia Lai"."""
    if key == UNKNOWN:
        return Message("chưa rõ")
    if facet in ("province", "now"):
        return province_label(key, TODAY if facet == "now" else None)
    if facet == "dated":
        return DATED.get(key, key)
    if facet in BELOW:
        return key.replace("@", ", ")
    if facet == "post":
        return post_label(key)
    if facet == "official":
        return person_keys.label(key)
    return Message(key) if facet in TERMS else key


def province_label(name: str, day: str | None = None) -> str:
    """A province's name as shown on `day`: Huế was Thừa Thiên Huế until 2024. Without a day, a name for all times."""
    if day is None and name == "Huế":
        return "Huế (Thừa Thiên Huế)"
    row = era(name, day)
    return row.label if row else name


def entity_words(entities: Entities) -> tuple[str, ...]:
    """Phrases an article is also found by: its provinces then and now, its officials with their posts, its year."""
    day = entities.published.date
    phrases: list[str] = []
    for province in entities.provinces:
        phrases += unit_and_name(province.name, day), unit_and_name(province.now, TODAY)
    for official in entities.officials:
        titles = (official.rank or "", *official.posts)
        phrases += (f"{title} {official.name}".strip() for title in titles)
    if entities.published.year:
        phrases.append(f"năm {entities.published.year}")
    return tuple(dict.fromkeys(phrases))


def unit_and_name(name: str, day: str | None) -> str:
    row = era(name, day)
    return f"{row.kind} {row.label.removeprefix('TP ')}" if row else name
