"""Messages to readers: Vietnamese strings that a front end can translate."""

from __future__ import annotations

from collections.abc import Mapping


class Message(str):
    """A Vietnamese string that keeps its `template` and the values filled in (`values`, `named`).

    It can be used as a plain string. A front end in another language translates the template and fills in the values
    again. A str that is not a Message (names, words of articles and of readers) is never translated.

    Integers are shown with dots between thousands, so give years as text. The value named `n` is the number for
    languages with plural forms.
    """

    __slots__ = ("named", "template", "values")
    template: str
    values: tuple[object, ...]
    named: Mapping[str, object]

    def __new__(cls, template: str) -> Message:
        """A message without blanks filled."""
        message = super().__new__(cls, template)
        message.template, message.values, message.named = template, (), {}
        return message

    def format(self, *values: object, **named: object) -> Message:
        """The message with the values filled in, as by str.format."""
        shown = {name: group_thousands(value) for name, value in named.items()}
        message = Message(str.format(self.template, *map(group_thousands, values), **shown))
        message.template, message.values, message.named = self.template, values, named
        return message


def group_thousands(value: object) -> object:
    """An integer as text with dots between thousands (Vietnamese style); any other value unchanged."""
    return f"{value:,}".replace(",", ".") if type(value) is int else value
