"""Fast HTML for parts that stand on a page by the dozen and differ by little: facet values, bars of a chart.

Each kind of part is rendered by its template once and kept as text. Later ones fill their values into that text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from jinja2 import Environment
from markupsafe import Markup, escape

from indexer.model import Facet, FacetValue
from search_app.i18n import language, translating

MOST_KEPT = 10_000  # rendered facet values, half a kilobyte each


def register(app: Flask) -> None:
    """Give templates `facet_values_html` and `filled`."""
    app.jinja_env.globals |= {"facet_values_html": facet_values_html, "filled": filled}


def facet_values_html(parameter: str, facet: Facet) -> Markup:
    """The values of a facet as checkboxes of the search form, rendered by parts/facet_value.html."""
    environment, number = current_environment(), language.current().number
    rows = []
    for each in facet.values:
        before, after = value_html(
            environment, parameter, facet.name, each.value, each.label, each.selected, not each.count)
        rows.append(f"{before}{number(each.count)}{after}")
    return Markup("\n".join(rows))


def filled(template: str, **values: object) -> Markup:
    """The HTML of `template` with `values`. The template must show each value as it is: no conditions, no filters."""
    escaped = {name: escape(language.say(value)) for name, value in values.items()}
    return Markup(pattern(current_environment(), template, tuple(values)).format(**escaped))


def current_environment() -> Environment:
    """The template environment of the request's language."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return translating.environment(app, language.current())


@lru_cache(maxsize=MOST_KEPT)
def value_html(
    environment: Environment, parameter: str, facet: str, key: str, label: str, selected: bool, at_zero: bool
) -> tuple[str, str]:
    """The checkbox of one value, by two macros of its template: the HTML before its count, and the HTML after it."""
    macros: Any = environment.get_template("parts/facet_value.html").module
    return macros.before(parameter, facet, FacetValue(key, label, 0, selected), at_zero), macros.after()


@lru_cache(maxsize=100)
def pattern(environment: Environment, template: str, names: tuple[str, ...]) -> str:
    """The HTML of the template as a format string, with {name} for each of `names`."""
    return environment.get_template(template).render({name: Markup(f"{{{name}}}") for name in names})
