"""Templates in several languages at the price of one: what they say is translated when a template is compiled.

Each language has an environment of its own, made from the application's. In its templates `_("…")` and {% trans %},
which take the Vietnamese sentence as it is (docs/translating.md), become plain text of that language, so that showing
a page looks nothing up. What Python says (indexer.model.Message) is translated as it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jinja2
from flask import Flask, current_app, render_template
from flask.templating import Environment
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from search_app.i18n import language
from search_app.i18n.language import VIETNAMESE, Language

BLANK = re.compile(r"%\((\w+)\)s")


class Translated(Environment):
    """An environment whose templates speak `language`."""

    language = VIETNAMESE

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        return super()._generate(Translator(self.language).visit(source), *args, **kwargs)


def register(app: Flask) -> None:
    app.jinja_environment = Translated
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.extensions["languages"] = {VIETNAMESE.code: app.jinja_env}
    app.jinja_env.globals["other_languages"] = language.others


def render(template: str, **values: Any) -> str:
    """The page in the language of the request."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return render_template(environment(app, language.current()).get_template(template), **values)


def environment(app: Flask, language: Language) -> jinja2.Environment:
    """The application's own for Vietnamese; for another language a copy of it, which shares all but the templates."""
    made: dict[str, jinja2.Environment] = app.extensions["languages"]
    if language.code not in made:
        made[language.code] = app.jinja_env.overlay(finalize=language.say)
        made[language.code].language = language  # type: ignore[attr-defined]
    return made[language.code]


class Translator(NodeTransformer):
    """Puts what a language says in the place of the calls that would ask for it."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.catalogue = language.catalogue

    def visit_Output(self, node: nodes.Output) -> nodes.Node | list[nodes.Node]:
        """{% trans %} is an output of one call, which becomes text between the values it holds."""
        called = node.nodes[0] if len(node.nodes) == 1 else None
        if not isinstance(called, nodes.Call) or not isinstance(called.node, nodes.Name):
            return self.generic_visit(node)
        values = {each.key: self.visit(each.value) for each in called.kwargs}
        texts = [each.value for each in called.args if isinstance(each, nodes.Const)]
        if called.node.name == "gettext":
            return said(self.catalogue.gettext(texts[0]), values)
        if called.node.name == "ngettext":
            one, many = (said(self.catalogue.ngettext(texts[0], texts[1], n), values) for n in (1, 2))
            is_one = nodes.Compare(called.args[2], [nodes.Operand("eq", nodes.Const(1))])
            return nodes.If(is_one, [one], [], [many]).set_lineno(node.lineno)
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        if isinstance(node.node, nodes.Name) and node.node.name == "_":
            [text] = node.args
            return nodes.Const(self.catalogue.gettext(text.value), lineno=node.lineno)  # type: ignore[attr-defined]
        return self.generic_visit(node)

    def visit_Name(self, node: nodes.Name) -> nodes.Node:
        """`page_lang` is the language's code; `vi` the attribute that marks Vietnamese where the page is not."""
        if node.name == "page_lang":
            return nodes.Const(self.language.code, lineno=node.lineno)
        if node.name == "vi":
            here = "" if self.language is VIETNAMESE else ' lang="vi"'
            return nodes.Const(Markup(here), lineno=node.lineno)
        return node


def said(text: str, values: dict[str, nodes.Expr]) -> nodes.Output:
    return nodes.Output(list(pieces(text, values)))


def pieces(text: str, values: dict[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    """"%(n)s bài" as the nodes of a template: text, and a value in the place of each blank."""
    for at, piece in enumerate(BLANK.split(text)):
        yield values[piece] if at % 2 else nodes.TemplateData(piece.replace("%%", "%"))
