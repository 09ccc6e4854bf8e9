"""Who is named together: as many articles as name both, whatever keys a person has, and namesakes apart."""

from __future__ import annotations

from itertools import combinations

import pytest

from indexer.search.corrections import Correction
from indexer.search.people import People
from indexer.search.saved_search import SavedSearch
from indexer.search.statistics import together
from indexer.storage.index_folder import open_engine
from tests.archives import index_of
from tests.search.statistics.naive import two_by_two

BOTH = ("Đại tá Vũ Đình Thắm, Chỉ huy trưởng Bộ CHQS tỉnh Kon Tum chủ trì hội nghị. Đại tá Hồ Văn Khuê, Chính ủy Bộ"
        " CHQS tỉnh Kon Tum phát biểu.")
ONE = "Đại tá Vũ Đình Thắm, Chỉ huy trưởng Bộ CHQS tỉnh Kon Tum kiểm tra công tác huấn luyện."
NAMESAKE = "Thượng tá Vũ Đình Thắm, Chỉ huy trưởng Bộ CHQS tỉnh Hà Giang dự lễ giao quân."
MOVED = ("Đại tá Vũ Đình Thắm, nguyên Chỉ huy trưởng Bộ CHQS tỉnh Kon Tum, và Đại tá Hồ Văn Khuê, Chính ủy Bộ CHQS tỉnh"
         " Kon Tum, thăm đơn vị.")
MERGED = Correction("e", "2026-01-01", "", "", "merge", ("vũ đình thắm@Hà Giang", "vũ đình thắm@Kon Tum"))
NO_OFFICIAL = Correction("e", "2026-01-01", "", "", "not-official", ("hồ văn khuê@Kon Tum",))
TEXTS = [BOTH, BOTH, ONE, NAMESAKE, MOVED]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("together")
    rows = [{"id": f"t{at}", "title": f"Tin số {at}", "text": text, "date": f"2022-0{at + 1}-01"}
            for at, text in enumerate(TEXTS)]
    index_of(folder, rows)
    return open_engine(folder / "index")


def counted(engine, people, first, second):
    """The articles that name both people, looked at one by one."""
    keys = [set(people.get(id).keys) for id in (first, second)]
    return sum(all(set(entry.keys.get("official", ())) & each for each in keys)
               for entry in engine.entries(list(engine.ids())))


@pytest.mark.parametrize("corrections", [(), (MERGED,)], ids=["apart", "merged"])
def test_pairs_are_counted_by_articles_and_measured_by_their_table(engine, corrections):
    people = People(engine, corrections)
    wish = together.Wish(minimum=1, order="log_likelihood")
    found = together.named_together(engine, SavedSearch(), people, wish=wish)
    ids = {person.id for person in people}
    expected = {pair: count for pair in combinations(sorted(ids), 2) if (count := counted(engine, people, *pair))}
    assert {tuple(sorted((row.first, row.second))): row.articles for row in found.rows} == expected != {}
    for row in found.rows:
        assert row.first_articles == counted(engine, people, row.first, row.first)
        assert row.log_likelihood == pytest.approx(
            two_by_two(row.articles, row.first_articles, row.second_articles, found.articles), abs=1e-6)


def test_namesakes_are_two_people_unless_an_editor_says_otherwise(engine):
    wish = together.Wish("province", minimum=1)
    rows = together.named_together(engine, SavedSearch(), People(engine), wish=wish).rows
    provinces = {row.second for row in rows if row.first_name == "Vũ Đình Thắm" and row.first.endswith("@Kon Tum")}
    assert provinces == {"Kon Tum"} and any(row.first == "vũ đình thắm@Hà Giang" for row in rows)


def test_who_is_no_official_is_listed_with_nobody(engine):
    people = People(engine, (NO_OFFICIAL,))
    rows = together.named_together(engine, SavedSearch(), people, wish=together.Wish(minimum=1)).rows
    assert not [row for row in rows if "Khuê" in row.first_name + row.second_name]


def test_filters_narrow_the_pairs(engine):
    people = People(engine)
    whole = together.named_together(engine, SavedSearch(), people, wish=together.Wish(minimum=1))
    few = together.named_together(engine, SavedSearch(from_="2022-02-01", to="2022-03-31"), people,
                                  wish=together.Wish(minimum=1))
    assert few.articles == 2 < whole.articles and sum(row.articles for row in few.rows) == 1


@pytest.mark.parametrize(("value", "articles"), [
    ("vũ đình thắm", 5), ("vũ đình thắm@Kon Tum", 4), ("vũ đình thắm@Hà Giang", 1)])
def test_a_key_in_a_query_means_one_person_where_a_name_means_all_namesakes(engine, value, articles):
    assert SavedSearch(q=f'người:"{value}"').count(engine).total == articles
