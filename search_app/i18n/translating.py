"""Templates are translated when they are compiled, so that rendering a page looks up no message.

Each language has its own Jinja environment, made from the application's. In its templates `_("…")` and {% trans %},
which hold the Vietnamese message (docs/translating.md), become plain text of that language. A Message from Python
(indexer.model.Message) is translated when it is printed.
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

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


class Translated(Environment):
    """A Jinja environment whose templates are in `language`."""

    language = VIETNAMESE

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        return super()._generate(Translator(self.language).visit(source), *args, **kwargs)


def register(app: Flask) -> None:
    """Have the application translate its templates."""
    app.jinja_environment = Translated
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.extensions["languages"] = {VIETNAMESE.code: app.jinja_env}
    app.jinja_env.globals["other_languages"] = language.others


def render(template: str, **values: Any) -> str:
    """The template with `values`, in the language of the request."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return render_template(environment(app, language.current()).get_template(template), **values)


def environment(app: Flask, language: Language) -> jinja2.Environment:
    """The application's Jinja environment for Vietnamese; for another language an overlay with its own templates."""
    made: dict[str, jinja2.Environment] = app.extensions["languages"]
    if language.code not in made:
        made[language.code] = app.jinja_env.overlay(finalize=language.say)
        made[language.code].language = language  # type: ignore[attr-defined]
    return made[language.code]


class Translator(NodeTransformer):
    """Replaces the calls of gettext in a template's syntax tree by translated text."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.catalogue = language.catalogue

    def visit_Output(self, node: nodes.Output) -> nodes.Node | list[nodes.Node]:
        """{% trans %}, an output of one call of gettext, becomes text and values."""
        called = node.nodes[0] if len(node.nodes) == 1 else None
        if not isinstance(called, nodes.Call) or not isinstance(called.node, nodes.Name):
            return self.generic_visit(node)
        values = {each.key: self.visit(each.value) for each in called.kwargs}
        texts = [each.value for each in called.args if isinstance(each, nodes.Const)]
        if called.node.name == "gettext":
            return output(self.catalogue.gettext(texts[0]), values)
        if called.node.name == "ngettext":
            one, many = (output(self.catalogue.ngettext(texts[0], texts[1], n), values) for n in (1, 2))
            is_one = nodes.Compare(called.args[2], [nodes.Operand("eq", nodes.Const(1))])
            return nodes.If(is_one, [one], [], [many]).set_lineno(node.lineno)
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """`_("…")` becomes the translated text."""
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


def output(text: str, values: dict[str, nodes.Expr]) -> nodes.Output:
    """The output of a translated text with `values` in its placeholders."""
    return nodes.Output(list(pieces(text, values)))


def pieces(text: str, values: dict[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    """"%(n)s bài" as nodes of a template: text, and a value for each placeholder."""
    for at, piece in enumerate(PLACEHOLDER.split(text)):
        yield values[piece] if at % 2 else nodes.TemplateData(piece.replace("%%", "%"))
