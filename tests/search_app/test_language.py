"""Two languages: every address has its twin, and an English page is English but for what newspapers wrote."""

from __future__ import annotations

import gettext
import re
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo

from indexer.model import Said
from search_app.language import ENGLISH, LANGUAGES, VIETNAMESE, current
from tests import messages

BLANK = re.compile(r"%\(\w+\)s|%%|\{\w*\}")
CODES = [code for code in LANGUAGES if code != VIETNAMESE.code]


# --- catalogues ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_has_what_is_said_and_nothing_else(code):
    there = {message.id for message in messages.current(code) if message.id}
    said = {message.id for message in messages.wanted() if message.id}
    assert there == said, "run: make messages"


@pytest.mark.parametrize("code", CODES)
def test_everything_is_translated(code):
    assert [m.id for m in messages.current(code) if m.id and not messages.filled(m.string)] == []


@pytest.mark.parametrize("code", CODES)
def test_a_translation_has_the_blanks_of_its_message(code):
    for message in messages.current(code):
        if message.id and messages.filled(message.string):
            blanks = {tuple(sorted(BLANK.findall(text))) for text in (*texts(message.id), *texts(message.string))}
            assert len(blanks) == 1, message.id


@pytest.mark.parametrize("code", CODES)
def test_the_reader_of_catalogues_reads_what_gettext_reads(code):
    compiled = BytesIO()
    write_mo(compiled, messages.current(code))
    compiled.seek(0)
    standard, ours = gettext.GNUTranslations(compiled), LANGUAGES[code].catalogue
    for message in messages.current(code):
        for n in (0, 1, 2, 5):
            if message.pluralizable:
                assert ours.ngettext(*message.id, n) == standard.ngettext(*message.id, n)
            elif message.id:
                assert ours.gettext(message.id) == standard.gettext(message.id)


def texts(of: str | tuple[str, ...] | list[str]) -> list[str]:
    return [of] if isinstance(of, str) else list(of)


# --- what is said --------------------------------------------------------------------------------------


def test_what_is_said_is_vietnamese_to_everyone():
    said = Said("{n} bài của {}").format("Kon Tum", n=1234)
    assert said == "1.234 bài của Kon Tum"
    assert VIETNAMESE.say(said) == said


def test_only_what_is_ours_is_translated():
    assert ENGLISH.say(Said("Cách tìm")) == "How to search"
    assert ENGLISH.say("Cách tìm") == "Cách tìm"
    assert ENGLISH.say(Said("{}: {}").format(Said("Cách tìm"), "Cách tìm")) == "How to search: Cách tìm"


def test_outside_of_a_request_vietnamese_is_spoken(client):
    client.get("/en/help")
    assert current() is VIETNAMESE


# --- addresses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/search?q=tuy%E1%BB%83n+qu%C3%A2n&year=2022", "/article/kontum/tuyen-quan",
                                  "/article?id=https%3A%2F%2Fbaogialai.example%2Fa%2F%2Fb%3Fbai%3D1%23dau", "/none"])
def test_every_page_leads_to_its_twin_and_back(client, path):
    english = twin(client.get(path), "en")
    assert english == f"/en{path}"
    assert twin(client.get(english), "vi") == path
    assert client.get(english).status_code == client.get(path).status_code


def twin(response, code):
    [href] = re.findall(rf'<a href="([^"]+)" lang="{code}"', response.get_data(as_text=True))
    return href.replace("&amp;", "&")


def test_a_language_asked_for_by_parameter_becomes_the_address(client):
    assert client.get("/search?q=qu%C3%A2n&lang=en").headers["Location"] == "/en/search?q=qu%C3%A2n"
    assert client.get("/en/help?lang=vi").headers["Location"] == "/help"
    assert client.get("/help?lang=xx").status_code == 200


def test_links_and_forms_of_an_english_page_stay_english(client):
    for path in ("/en/", "/en/search?q=tuy%E1%BB%83n+qu%C3%A2n", "/en/article/kontum/tuyen-quan", "/en/officials"):
        html = client.get(path).get_data(as_text=True)
        inside = re.findall(r'(?:href|action|data-suggest)="(/[^"]*)"', html)
        assert [href for href in inside if not href.startswith("/en/") and f'href="{href}" lang="vi"' not in html] == []


def test_the_same_page_in_two_languages_is_two_pages_to_a_cache(client):
    assert client.get("/help").status_code == 200
    tags = [client.get(path).headers["ETag"] for path in ("/search?q=qu%C3%A2n", "/en/search?q=qu%C3%A2n")]
    assert tags[0] != tags[1]
