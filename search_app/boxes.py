"""The rows of the facets: close to a hundred checkboxes a page, which differ from page to page by little but a number.

So a row is made by its template once, and of later pages only the number is new.
"""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, current_app
from jinja2 import Environment
from markupsafe import Markup

from indexer.model import FacetValue
from search_app import language, translating

HELD = 10_000  # rows, of half a kilobyte
COUNT = "\ue000"  # stands for the number, which comes after all that a reader may have typed


def register(app: Flask) -> None:
    app.jinja_env.globals["box_of"] = box_of


def box_of(parameter: str, facet: str, value: FacetValue) -> Markup:
    """A value of a facet as a checkbox of the search form, by parts/box.html."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    environment = translating.environment(app, language.current())
    before, after = row(environment, parameter, facet, value.value, value.label, value.selected, not value.count)
    return Markup(f"{before}{environment.filters['number'](value.count)}{after}")


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
