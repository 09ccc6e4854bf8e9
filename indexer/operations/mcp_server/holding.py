"""The tools `officials` and `who_held`: who is named, and who was named at which post, where and when."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.model.errors import UsageError
from indexer.operations.mcp_server.archive import Archive, Opened
from indexer.operations.mcp_server.shapes import (
    Dated,
    HeldAnswer,
    Holder,
    OfficialsAnswer,
    PersonFound,
    PersonPost,
    Source,
)
from indexer.search.holdings import (
    Asked,
    Holding,
    Proof,
    find,
    nearest_names,
    nearest_posts,
    nearest_provinces,
    of_person,
    proofs,
    years_of,
)
from indexer.search.mentions import MentionRow
from indexer.search.people import People, Person
from indexer.search.vietnamese import given_name_key

MOST = 25  # people or holders of one answer
MOST_POSTS = 10  # of one person
YEARS = "Years are years in which newspapers named the person so; they are never a term of office."
NAMESAKES = "People of one name are kept apart unless an article or an editor says they are the same (maybe_same)."
MENTIONED = ("Only people whom articles of this archive name can be found; that nobody is found does not mean that"
             " nobody held the post.")


def officials(archive: Archive, name: str, page: int) -> OfficialsAnswer:
    """The people whose name holds `name`, by given name. UsageError where nobody is called so, with nearest names."""
    opened = archive.opened()
    people = archive.people(opened)
    found = sorted(people.search(name), key=lambda person: (given_name_key(person.name), person.place))
    if not found:
        raise UsageError(f"No article names an official {name[:60]!r}.{one_of(nearest_names(people, name))}")
    shown = found[(page - 1) * MOST : page * MOST]
    return OfficialsAnswer(len(found), [person_found(archive, people, each) for each in shown], [YEARS, NAMESAKES],
                           page + 1 if page * MOST < len(found) else None, opened.engine.generation)


def person_found(archive: Archive, people: People, person: Person) -> PersonFound:
    """A person with the posts named last."""
    held = sorted(of_person(person), key=lambda each: each.span[::-1], reverse=True)
    posts = [PersonPost(each.name, *each.span, all(bound.dated for bound in each.years))
             for each in held[:MOST_POSTS]]
    return PersonFound(person.id, person.name, person.place, posts,
                       [other.id for other in people.maybe_same(person)],
                       archive.page(f"/officials/{person.id}"))


def who_held(archive: Archive, post: str, province: str, year: str, name: str, page: int) -> HeldAnswer:
    """Who was named at a post, the latest first. UsageError where nothing is asked for or a value is unknown."""
    if not (post or province or name):
        raise UsageError("Name a post, a province or a person.")
    years = years_of(year) if year else None
    if year and years is None:
        raise UsageError(f"The year {year[:40]!r} cannot be read: write 2023, 2021-2023, 2021- or -2023.")
    opened = archive.opened()
    people = archive.people(opened)
    found = find(opened.engine, people, Asked(name, post, province, years))
    if not found:
        refuse_unknown(opened, people, post, province, name)
    shown = proofs(opened.engine, found[(page - 1) * MOST : page * MOST])
    return HeldAnswer(len(found), [holder(archive, each) for each in shown], [YEARS, NAMESAKES, MENTIONED],
                      page + 1 if page * MOST < len(found) else None, opened.engine.generation,
                      archive.page("/officials", q=name, post=post, province=province, year=year))


def refuse_unknown(opened: Opened, people: People, post: str, province: str, name: str) -> None:
    """UsageError for the first value that nobody knows, with the nearest that are known."""
    known: list[tuple[str, str, Asked, Sequence[str]]] = [
        ("post", post, Asked(post=post), nearest_posts(people, post)),
        ("province", province, Asked(province=province), nearest_provinces(province)),
        ("name", name, Asked(name=name), nearest_names(people, name)),
    ]
    for what, value, asked, near in known:
        if value and value not in near and not find(opened.engine, people, asked):
            raise UsageError(f"Nobody is named with the {what} {value[:60]!r}.{one_of(near)}")


def one_of(near: Sequence[str]) -> str:
    """The values to use instead, as a sentence; "" for none."""
    return f" The nearest: {'; '.join(near)}." if near else ""


def holder(archive: Archive, proof: Proof) -> Holder:
    """A person at a post with the article that says so."""
    holding, row = proof.holding, proof.row
    first, last = holding.span
    return Holder(
        person=holding.person.id, name=holding.person.name, post=holding.name, status=holding.post.status,
        province=holding.province, first_year=first, last_year=last, inferred_years=inferred_years(holding),
        proof=source_of_row(archive, row) if row else None, sentence=(row.sentence or None) if row else None,
        page=archive.page(f"/officials/{holding.person.id}"),
    )  # fmt: skip


def inferred_years(holding: Holding) -> list[str]:
    """The years that rest on inferred dates only."""
    stated = {bound.year for bound in holding.years if not bound.dated}
    return sorted({bound.year for bound in holding.years if bound.year} - stated)


def source_of_row(archive: Archive, row: MentionRow) -> Source:
    """The article of a mention."""
    inferred = row.published_basis in ("event", "years")
    dated = Dated(row.published or None, row.published_precision or None, row.published_basis, inferred)
    url = row.url if row.url.startswith(("http://", "https://")) else None
    return Source(row.id, row.title, url, row.source, dated, archive.page("/article", id=row.id))
