"""A result page shows how its search is followed: the feed, and lines that the alerts file takes as they are."""

from __future__ import annotations

import html
import re
import tomllib
from urllib.parse import quote_plus

import pytest

from indexer.operations.alerts.table import check_search, read_alerts
from indexer.search.saved_search import SavedSearch

MAIL = '[mail]\nserver = "smtp.example.vn"\nfrom = "bantin@example.vn"\n'


def shown(client, address: str) -> str:
    page = client.get(address).get_data(as_text=True)
    [lines] = re.findall(r'<details class="follow">.*?<pre[^>]*>(.*?)</pre>', page, re.DOTALL)
    return html.unescape(lines)


@pytest.mark.parametrize("query", [
    "q=tuyển+quân", "q=tuyển+quân&province=Kon+Tum&year=2022&sort=oldest&page=2&limit=20&gen=7000012",
    "province=Gia+Lai",
    "q=không+có+gì+như+vậy", "q=" + quote_plus('"ngoặc" \\ \' <b> \u202e\t\x7f{{ 7*7 }} ="""'), "q=" + "dài+" * 100,
    "from=2022-01-01&to=2022-12-31", "q=tuyen+quan&widen=1&off=abbreviation&no_inferred=1",
])
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_lines_are_an_alert_of_this_search(client, tmp_path, language: str, query: str) -> None:
    file = tmp_path / "alerts.toml"
    file.write_text(f"{MAIL}{shown(client, f'{language}/search?{query}')}\n", encoding="utf-8")
    [alert] = read_alerts(file).alerts
    check_search(alert, file)
    asked, _ = SavedSearch.parse(query)
    saved, notices = SavedSearch.parse(alert.search)
    assert not notices and saved == asked.changed(sort="relevance", limit=10)
    assert alert.language == ("en" if language else "vi") and alert.name


def test_an_alert_is_named_by_its_words_and_values(client) -> None:
    [row] = tomllib.loads(shown(client, "/search?q=tuyển+quân&province=Kon+Tum&year=2022"))["alert"]
    assert row["name"] == "tuyển quân, Kon Tum, 2022"


def test_it_stands_below_the_articles_and_leads_to_the_feed(client) -> None:
    page = client.get("/search?q=tuyển+quân").get_data(as_text=True)
    before, after = page.split('<details class="follow">')
    assert 'class="hits"' in before and '<article class="hit">' not in after
    assert re.search(r'href="/search\.atom\?q=tuy%E1%BB%83n\+qu%C3%A2n"', after.partition("</details>")[0])
