"""The Atom feed of a search and the description browsers read."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, address, **request):
    response = client.get(address, **request)
    assert response.status_code == 200 and response.mimetype == "application/atom+xml"
    return ElementTree.fromstring(response.data)


def texts(parsed, name):
    return [each.text for each in parsed.iter(f"{ATOM}{name}")]


def test_the_newest_come_first_whatever_the_page_was_sorted_by(client):
    days = texts(feed(client, "/search.atom?q=tuyển+quân&sort=oldest"), "published")
    assert days == sorted(days, reverse=True) and len(days) > 2
    assert days[0] == "2024-02-26T00:00:00+07:00"


def test_ids_stay_the_same_in_every_feed_and_on_every_host(client):
    wide = feed(client, "/search.atom?q=tuyển+quân")
    narrow = feed(client, "/search.atom?q=tuyển+quân&province=Kon+Tum", headers={"Host": "tin.example.vn"})
    ids = [entry.find(f"{ATOM}id").text for entry in wide.iter(f"{ATOM}entry")]
    [one] = [entry.find(f"{ATOM}id").text for entry in narrow.iter(f"{ATOM}entry")]
    assert one in ids and len(set(ids)) == len(ids)
    assert wide.find(f"{ATOM}id").text != narrow.find(f"{ATOM}id").text


def test_an_entry_says_which_words_matched(client):
    parsed = feed(client, "/search.atom?q=tuyen+quan&province=Kon+Tum")
    words = [each for each in parsed.iter(f"{ATOM}category") if each.get("scheme") is None]
    assert {each.get("term") for each in words} == {"tuyển quân"}
    assert "[Khớp: tuyển quân]" in texts(parsed, "summary")[0]


@pytest.mark.parametrize("address", ["/search.atom?q=tuyển+quân", "/search.atom?q=%3Cb%3E%26", "/search.atom"])
def test_hostile_text_leaves_the_feed_well_formed_with_all_that_atom_demands(client, address):
    parsed = feed(client, address)
    for each in [parsed, *parsed.iter(f"{ATOM}entry")]:
        assert all(each.find(f"{ATOM}{name}") is not None for name in ("title", "id", "updated", "link"))


def test_links_lead_back_to_this_site_and_to_the_source(client):
    parsed = feed(client, "/search.atom?q=tuyển+quân&province=Kon+Tum")
    [entry] = parsed.iter(f"{ATOM}entry")
    links = {link.get("rel"): link.get("href") for link in entry.iter(f"{ATOM}link")}
    assert links == {"alternate": "http://localhost/article/kontum/tuyen-quan",
                     "via": "https://baokontum.example/tuyen-quan"}
    here = next(link.get("href") for link in parsed.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert client.get(here).status_code == 200


def test_only_web_addresses_become_links(client):
    assert b"javascript:" not in client.get("/search.atom?province=Huế").data


def test_browsers_find_the_search(client):
    home = client.get("/").get_data(as_text=True)
    assert 'type="application/opensearchdescription+xml" href="/opensearch.xml"' in home
    parsed = ElementTree.fromstring(client.get("/opensearch.xml").data)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(parsed.find(f"{space}ShortName").text) <= 16
    address = next(url.get("template") for url in parsed.iter(f"{space}Url") if url.get("type") == "text/html")
    assert client.get(address.replace("{searchTerms}", "quân")).status_code == 200
