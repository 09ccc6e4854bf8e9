"""What is said to a reader, in Vietnamese, by a string that another language can still be made of."""

from __future__ import annotations

from collections.abc import Mapping


class Message(str):
    """A sentence of ours, in Vietnamese, that remembers how it was made: its template and what was filled in.

    To everyone it is a plain string; a front end that speaks another language translates the template. Text that is
    not a Message (names, words of articles and of readers) is nobody's to translate. Whole numbers among the values are
    grouped by dots, so years go in as text; the one called `n` is what is counted, for languages that have plurals.
    """

    __slots__ = ("named", "template", "values")
    template: str
    values: tuple[object, ...]
    named: Mapping[str, object]

    def __new__(cls, template: str) -> Message:
        said = super().__new__(cls, template)
        said.template, said.values, said.named = template, (), {}
        return said

    def format(self, *values: object, **named: object) -> Message:
        """The template with values filled in."""
        shown = {name: grouped(value) for name, value in named.items()}
        said = Message(str.format(self.template, *map(grouped, values), **shown))
        said.template, said.values, said.named = self.template, values, named
        return said


def grouped(value: object) -> object:
    """A whole number with Vietnamese separators of thousands; any other value as it is."""
    return f"{value:,}".replace(",", ".") if type(value) is int else value
