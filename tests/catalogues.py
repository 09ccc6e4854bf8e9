"""The message catalogues of the site: what there is to translate, found in templates, in Python and in data rows.

`python -m tests.catalogues` (make messages) brings search_app/i18n/locale/*.po up to date (new messages come in
untranslated, unused ones go) and compiles them to the *.mo that the site reads. tests/search_app/i18n/test_language.py
refuses a catalogue that is out of date, compiled or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from indexer.entities.lexicon import STATUSES
from indexer.entities.places import gazetteer, zones
from indexer.entities.post_tables import CLASSES, LEVELS
from indexer.entities.posts import ABROAD
from indexer.entities.roles import role_names
from indexer.entities.topics import cues

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "search_app" / "i18n" / "locale"
HEADER = """# What the site says, by its Vietnamese. `make messages` brings this file up to date; docs/translating.md.
msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: {plurals};\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
PLACES = {
    ROOT / "indexer": [("**.py", "python")],
    ROOT / "search_app": [("**.py", "python"), ("templates/**", "jinja2")],
}
KEYWORDS = {"_": None, "Message": None, "gettext": None, "ngettext": (1, 2)}
COUNTED = "{n}"  # a Message that holds it has a plural


def wanted() -> Catalog:
    """Every message there is, untranslated."""
    catalogue = Catalog()
    for message in messages():
        plural = isinstance(message, str) and COUNTED in message
        catalogue.add((message, message) if plural else message)
    return catalogue


def messages() -> Iterator[str | tuple[str, ...]]:
    for place, methods in PLACES.items():
        found = extract_from_dir(place, methods, {"**": {"trimmed": "true", "silent": "false"}}, KEYWORDS)
        yield from (message for _, _, message, _, _ in found)
    yield from data_words()


def data_words() -> Iterator[str]:
    """Names that come from the indexer's tables and are shown as they are."""
    yield from dict.fromkeys(topic for alike in cues().values() for _, topic, _ in alike)
    yield from dict.fromkeys(role_names().values())
    yield from (*CLASSES.values(), "biên phòng", *LEVELS.values(), "tỉnh", "huyện", "khu vực", "xã", ABROAD)
    yield from (*STATUSES.values(), "Trung ương")
    yield from dict.fromkeys(era.region for rows in gazetteer().eras.values() for era in rows)
    yield from dict.fromkeys(row["zone"] for rows in zones().values() for row in rows)


def current(code: str) -> Catalog:
    with (LOCALE / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def updated(code: str) -> Catalog:
    """The catalogue with the messages there are, and the translations it had for them."""
    new, old = Catalog(locale=code), current(code)
    for message in wanted():
        if message.id:
            known = old.get(message.id)
            new.add(message.id, known.string if known else None)
    return new


def write(code: str) -> None:
    catalogue = updated(code)
    with (LOCALE / f"{code}.po").open("wb") as file:
        file.write(HEADER.format(code=code, plurals=catalogue.plural_forms.rstrip(";")).encode())
        write_po(file, catalogue, width=110, sort_output=True, no_location=True, omit_header=True)
    (LOCALE / f"{code}.mo").write_bytes(compiled(code))
    missing = [message.id for message in catalogue if message.id and not filled(message.string)]
    print(f"{code}: {len(catalogue)} messages, {len(missing)} to translate", *missing, sep="\n  ")


def compiled(code: str) -> bytes:
    """The catalogue as gettext reads it."""
    plain = Plain(locale=code)
    for message in current(code):
        if message.id:
            plain.add(message.id, message.string)
    file = BytesIO()
    write_mo(file, plain)
    return file.getvalue()


class Plain(Catalog):
    """A catalogue whose header names no time and no program: equal .po files give equal bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", self.plural_forms)]


def filled(string: str | tuple[str, ...] | None) -> bool:
    return bool(string) and all([string] if isinstance(string, str) else string)


if __name__ == "__main__":
    for path in sorted(LOCALE.glob("*.po")):
        write(path.stem)
