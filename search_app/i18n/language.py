"""The languages of the site: which one a request is in, and the messages, numbers and dates of each.

The source code has every message in Vietnamese. Another language is a gettext catalogue, locale/<code>.mo, whose
msgids are the Vietnamese messages; `make messages` compiles it from locale/<code>.po (docs/translating.md). The address
begins with the language, /en/search, so that a page that is passed on keeps its language, and caches keep the
languages apart.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, redirect, request
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from indexer.model import Message

SAFE = "/:@!$&'()*+,;=~"  # what a path may hold as it is (RFC 3986, section 3.3)
LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """`code` as in <html lang>, `name` in the language itself, `prefix` of its addresses, and how numbers look."""

    code: str
    name: str
    prefix: str
    thousands: str
    decimal: str
    per_cent: str
    date: Callable[[Sequence[str]], str]
    catalogue: gettext.NullTranslations

    def say(self, text: Any) -> Any:
        """A Message translated; any other value as it is."""
        return self.filled(text, self.template(text), self.value) if isinstance(text, Message) else text

    def in_html(self, text: str) -> Markup:
        """The same as HTML for an element's content; text that is not a Message is marked as Vietnamese."""
        if not isinstance(text, Message) or self is VIETNAMESE:
            return escape(text)
        return Markup(self.filled(text, escape(self.template(text)), self.value_in_html))

    def template(self, said: Message) -> str:
        """The translated template of a message, in the plural form of its `n`."""
        if not said.template:  # which gettext answers with the catalogue's header
            return ""
        n = said.named.get("n")
        if type(n) is int:
            return self.catalogue.ngettext(said.template, said.template, n)
        return self.catalogue.gettext(said.template)

    def filled(self, said: Message, template: str, shown: Callable[[object], object]) -> Any:
        """The template with the message's values, each as `shown` gives it."""
        if not said.values and not said.named:
            return template
        return template.format(*map(shown, said.values), **{name: shown(value) for name, value in said.named.items()})

    def value(self, value: object) -> object:
        """A value in a message: a number in groups of digits, a Message translated."""
        return self.number(value) if type(value) is int else self.say(value)

    def value_in_html(self, value: object) -> Markup:
        """The same as HTML; Vietnamese text is marked as such."""
        return self.in_html(value) if isinstance(value, Message) else vietnamese(self.value(value))

    def number(self, value: int) -> str:
        """Digits in groups of three: 35.530 or 35,530."""
        return f"{value:,}".replace(",", self.thousands)

    def percent(self, share: float, decimals: int) -> str:
        """A share in per cent: "3,1 %" or "3.1%"."""
        return self.per_cent.format(f"{share:.{decimals}f}".replace(".", self.decimal))


def vietnamese_date(parts: Sequence[str]) -> str:
    """24/02/2022, 02/2022 or 2022, from year, month and day or fewer."""
    return "/".join(reversed(parts))


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")


def english_date(parts: Sequence[str]) -> str:
    """24 February 2022, February 2022 or 2022."""
    year, *rest = parts
    return " ".join([*(str(int(day)) for day in rest[1:]), *(MONTHS[int(month) - 1] for month in rest[:1]), year])


def vietnamese(value: object) -> Markup:
    """A value as HTML, marked as Vietnamese if it has letters beyond ASCII."""
    return escape(value) if str(value).isascii() else Markup('<span lang="vi">{}</span>').format(value)


def read(code: str) -> gettext.GNUTranslations:
    """The compiled catalogue of a language. Raises FileNotFoundError where there is none."""
    with (LOCALE / f"{code}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


VIETNAMESE = Language("vi", "Tiếng Việt", "", ".", ",", "{} %", vietnamese_date, gettext.NullTranslations())
ENGLISH = Language("en", "English", "/en", ",", ".", "{}%", english_date, read("en"))
LANGUAGES = {language.code: language for language in (VIETNAMESE, ENGLISH)}
BY_PREFIX = {language.prefix: language for language in LANGUAGES.values() if language.prefix}
CURRENT: ContextVar[Language] = ContextVar("language", default=VIETNAMESE)


def current() -> Language:
    """The language of the request; Vietnamese outside of one."""
    return CURRENT.get()


def say(text: Any) -> Any:
    """`text` in the language of the request; see Language.say."""
    language = CURRENT.get()
    return text if language is VIETNAMESE else language.say(text)


def in_html(text: str) -> Markup:
    """`text` as HTML in the language of the request; see Language.in_html."""
    return CURRENT.get().in_html(text)


def translated(data: Any) -> Any:
    """JSON data with every Message in it, at any depth, in the language of the request."""
    if CURRENT.get() is VIETNAMESE:
        return data
    if isinstance(data, dict):
        return {name: translated(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [translated(value) for value in data]
    return say(data)


# --- from the address of a request to its language, and back -------------------------------------------


def register(app: Flask) -> None:
    """Have the application take the language of a request from its address."""
    app.wsgi_app = behind_prefixes(app.wsgi_app)  # type: ignore[method-assign]
    app.before_request(begin)
    app.teardown_request(lambda error: CURRENT.set(VIETNAMESE) and None)


def behind_prefixes(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """The WSGI application with the language prefix moved from PATH_INFO to SCRIPT_NAME, where url_for expects it."""

    def prefixed(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        for prefix in BY_PREFIX:
            if f"{path}/".startswith(f"{prefix}/"):
                environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix
                environ["PATH_INFO"] = path.removeprefix(prefix) or "/"
        return application(environ, start)

    return prefixed


def begin() -> Response | None:
    """Set the language of the request. ?lang=en redirects to the address with the language in its path."""
    CURRENT.set(BY_PREFIX.get(request.script_root[request.script_root.rfind("/") :], VIETNAMESE))
    wished = LANGUAGES.get(request.args.get("lang", ""))
    if wished is None or request.path.startswith("/api/"):
        return None
    return redirect(address_in(wished))


def address_in(language: Language) -> str:
    """The address of this page in `language`."""
    path = f"{language.prefix}{quote(request.path, safe=SAFE)}"
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] != "lang"]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def others() -> list[tuple[Language, str]]:
    """The other languages, each with the address of this page in it."""
    return [(language, address_in(language)) for language in LANGUAGES.values() if language is not CURRENT.get()]
