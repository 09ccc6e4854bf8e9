"""Parts that a page holds by the dozen and that differ by little: checkboxes of facets, bars of a chart.

Each is made by its template once, and of later ones only what differs is new.
"""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, current_app
from jinja2 import Environment
from markupsafe import Markup, escape

from indexer.model import Facet, FacetValue
from search_app.i18n import language, translating

HELD = 10_000  # rows, of half a kilobyte
COUNT = "\ue000"  # stands for the number, which comes after all that a reader may have typed


def register(app: Flask) -> None:
    app.jinja_env.globals |= {"boxes_of": boxes_of, "filled": filled}


def boxes_of(parameter: str, facet: Facet) -> Markup:
    """The values of a facet as checkboxes of the search form, by parts/box.html."""
    environment, number = here(), language.current().number
    rows = ((row(environment, parameter, facet.name, each.value, each.label, each.selected, not each.count), each.count)
            for each in facet.values)
    return Markup("\n".join([f"{before}{number(count)}{after}" for (before, after), count in rows]))


def filled(template: str, **values: object) -> Markup:
    """What the template makes of `values`, each of which it shows as it is: no conditions, no filters."""
    escaped = {name: escape(language.say(value)) for name, value in values.items()}
    return Markup(pattern(here(), template, tuple(values)).format(**escaped))


def here() -> Environment:
    """The templates in the language of the request."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return translating.environment(app, language.current())


@lru_cache(maxsize=HELD)
def row(
    environment: Environment, parameter: str, facet: str, key: str, label: str, selected: bool, at_zero: bool
) -> tuple[str, str]:
    """What stands before the number and after it."""
    value = FacetValue(key, label, 0, selected)
    html = environment.get_template("parts/box.html").render(
        parameter=parameter, facet=facet, value=value, at_zero=at_zero, count=COUNT)
    before, _, after = html.rpartition(COUNT)
    return before, after


@lru_cache(maxsize=100)
def pattern(environment: Environment, template: str, names: tuple[str, ...]) -> str:
    """The template's text with {name} where it shows each of `names`."""
    return environment.get_template(template).render({name: Markup(f"{{{name}}}") for name in names})
