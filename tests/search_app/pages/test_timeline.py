"""/timeline: every bar and figure is that of the search it leads to, in years and in months."""

from __future__ import annotations

import re

import pytest

from tests.search_app.over_time import rows_of, table, total, write_archive

BAR = re.compile(r'<a rel="nofollow" href="([^"]+)" aria-label="([^"]+)"')
FIGURE = re.compile(r'href="([^"]+)"[^>]*>([\d.]+)<')


@pytest.fixture(scope="module")
def reader(make_app, tmp_path_factory):
    return make_app(write_archive(tmp_path_factory.mktemp("timeline"))).test_client()


def shown(reader, address):
    response = reader.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


@pytest.mark.parametrize("address", ["/timeline", "/timeline?q=tuyển+quân", "/timeline?province=Gia+Lai&show=share",
                                     "/timeline?year=2024", "/timeline?q=quân&from=2024-01-01&to=2025-12-31&by=month",
                                     "/timeline?from=2024-03-01&to=2024-03-31&by=month", "/en/timeline?year=2024"])
def test_every_bar_and_figure_leads_to_as_many_articles_as_it_says(reader, address):
    page = shown(reader, address)
    bars = [(href, int(re.search(r": (\d+) ", said)[1]), said) for href, said in BAR.findall(page)]
    assert bars
    for href, count, said in bars:
        if "đang chọn" not in said:  # a chosen bar leads to the search without it
            assert total(reader, href) == count, said
    for row in table(page):
        for href, count in FIGURE.findall(row[1]):
            assert total(reader, href) == int(count) or 'aria-current' in row[1]


def test_months_run_on_and_those_dated_to_a_year_are_counted_apart(reader):
    page = shown(reader, "/timeline?year=2024")
    rows = {re.sub("<.*?>", "", row[0]): re.sub("<.*?>", "", row[1]) for row in table(page)}
    assert list(rows) == [f"{month:02}/2024" for month in range(1, 13)]
    assert {month: n for month, n in rows.items() if n != "0"} == {"02/2024": "2", "03/2024": "2", "12/2024": "1"}
    assert "chỉ biết năm đăng: 1 bài năm 2024" in " ".join(page.split())


def test_only_the_months_within_the_chosen_days_are_drawn(reader):
    page = shown(reader, "/timeline?from=2024-02-01&to=2024-03-31&by=month")
    assert [re.sub("<.*?>", "", row[0]) for row in table(page)] == ["02/2024", "03/2024"]


def test_only_the_chosen_years_are_drawn(reader):
    page = shown(reader, "/timeline?year=2021&year=2024&by=year")
    assert [re.sub("<.*?>", "", row[0]) for row in table(page)] == ["2021", "2024"]


FILTERS = ["", "year=2024", "year=2021&year=2024", "year=?", "province=Gia+Lai", "province=Gia+Lai&year=2024",
           "from=2024-02-01&to=2024-03-31", "q=tuyển+quân&year=2024&no_inferred=1", "from=2025-07-01", "q=khongcogi"]


@pytest.mark.parametrize("chosen", FILTERS)
@pytest.mark.parametrize("by", ["year", "month"])
def test_every_filter_narrows_the_chart_and_the_caption_reconciles(reader, chosen, by):
    page = shown(reader, f"/timeline?{chosen}&by={by}")
    everything = total(reader, f"/search?{chosen or 'sort=newest'}")
    drawn = sum(int(re.search(r": (\d+) bài", said)[1]) for _, said in BAR.findall(page))
    caption = re.search(r'<p class="meta">([^<]*) = (\d+)</p>', page)
    if caption:
        parts = [int(each) for each in re.findall(r"(?:^|\+ )(\d+) ", caption[1])]
        assert sum(parts) == int(caption[2]) == everything
        assert f"{drawn} trên biểu đồ" in caption[1] or not drawn
    else:
        assert drawn in (0, everything)


def test_too_many_years_stay_years_and_say_how_to_see_months(reader):
    page = shown(reader, "/timeline?by=month")
    assert [re.sub("<.*?>", "", row[0]) for row in table(page)] == ["2021", "2022", "2023", "2024", "2025 ▲", "2026",
                                                                   "chưa rõ"]
    assert "Hãy chọn một năm" in page and 'href="/timeline?year=2024&amp;by=month"' in page


def test_the_undated_are_counted_and_lead_to_themselves(reader):
    [href, count] = FIGURE.findall(table(shown(reader, "/timeline"))[-1][1])[0]
    assert (count, total(reader, href)) == ("1", 1)


def test_each_figure_stands_beside_the_archives_and_its_sources(reader):
    rows = {row["period"]: row for row in rows_of(reader, "/timeline.csv?q=tuyển+quân")}
    assert rows["2024"] == {"period": "2024", "precision": "year", "articles": "3", "archive_articles": "6",
                            "share": "0.5000", "sources": "2"}
    empty = next(row for row in rows_of(reader, "/timeline.csv?q=tỉnh") if row["period"] == "2022")
    assert (empty["articles"], empty["archive_articles"], empty["share"], empty["sources"]) == ("0", "0", "", "0")
    [row] = [row for row in rows_of(reader, "/timeline.csv?q=8+HOẶC+9&by=year") if row["period"] == "2025"]
    assert (row["articles"], row["sources"]) == ("2", "1")  # one of the two names no source


@pytest.mark.parametrize("address", ["/timeline.csv", "/timeline.csv?year=2024&by=month", "/timeline.csv?q=tuyển+quân"])
def test_the_file_has_each_article_in_one_row(reader, address):
    everything = total(reader, address.replace("/timeline.csv", "/search").replace("&by=month", ""))
    assert sum(int(row["articles"]) for row in rows_of(reader, address)) == everything


def test_bounds_on_days_bound_what_a_share_is_of(reader):
    rows = rows_of(reader, "/timeline.csv?from=2025-01-01&to=2025-06-30&by=year")
    assert [(row["period"], row["articles"], row["archive_articles"]) for row in rows] == [("2025", "1", "1")]


@pytest.mark.parametrize(("address", "mark"), [("/timeline", True), ("/timeline?from=2025-07-01&by=month", True),
                                               ("/timeline?year=2024", False)])
def test_the_first_of_july_2025_is_marked(reader, address, mark):
    assert ("<polygon" in shown(reader, address)) is mark


def test_bars_stand_as_high_as_counts_or_as_shares(reader):
    heights = [re.findall(r'<rect [^>]*height="(\d+)"', shown(reader, f"/timeline?q=tuyển+quân{show}"))
               for show in ("", "&show=share")]
    assert heights[0] != heights[1] and max(map(int, heights[0])) == max(map(int, heights[1]))


def test_nothing_found_is_said_kindly(reader):
    assert "Không có bài nào có ngày đăng để vẽ" in shown(reader, "/timeline?q=khongcogi")


def test_what_narrows_is_shown_and_taken_off_in_place(reader):
    assert 'href="/timeline?q=qu%C3%A2n"><span class="vh">Bỏ lọc' in shown(reader, "/timeline?q=quân&year=2024")


@pytest.mark.parametrize("path", ["/timeline", "/compare", "/silence"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_crawlers_are_kept_out(reader, path, prefix):
    assert '<meta name="robots" content="noindex' in shown(reader, prefix + path)
    assert f"Disallow: {prefix}{path}\n" in reader.get("/robots.txt").get_data(as_text=True)
    assert reader.get(f"{prefix}{path}.csv").headers["X-Robots-Tag"] == "noindex"
