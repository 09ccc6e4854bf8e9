"""Templates are compiled once a test process, however many sites its tests make."""

from __future__ import annotations

from types import CodeType

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """The code of each template in each language, in memory. A template that changes is compiled anew."""

    def __init__(self) -> None:
        self.codes: dict[tuple[object, str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get(key_of(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code
        self.codes[key_of(bucket)] = bucket.code


def key_of(bucket: Bucket) -> tuple[object, str, str]:
    """An environment translates its templates as it compiles them: see search_app/i18n/translating.py."""
    return getattr(bucket.environment, "language", None), bucket.key, bucket.checksum


def compile_once() -> None:
    """From now on every site of this process takes its templates from one store."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": CompiledTemplates()}
