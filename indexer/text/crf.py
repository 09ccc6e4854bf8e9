"""Reading a trained CRFsuite model as plain tables, without running anything that is stored with it.

pyvi ships its model as a pickled scikit-learn estimator with the CRFsuite file inside. Loading it the usual way
imports scikit-learn and SciPy (a second, 130 MB) and runs whatever the pickle names. Here the pickle is opened
with every class replaced by an inert one, and the CRFsuite file is read as its format is laid out:
https://github.com/chokkan/crfsuite/blob/master/lib/crf/src/crf1d_model.c (file layout) and lib/cqdb (dictionaries).
"""

from __future__ import annotations

import codecs
import pickle
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

MAGIC = b"lCRF"
HEADER = struct.Struct("<4sI4s9I")  # magic size type version; counts: features labels attributes; five offsets
FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])
STATE, TRANSITION = 0, 1  # kinds of feature: attribute -> label, label -> label


@dataclass(frozen=True, slots=True)
class Crf:
    """A first-order CRF: `state[attribute][label]` and `transition[source][target]` hold the weights."""

    labels: tuple[str, ...]
    state: dict[str, list[float]]
    transition: list[list[float]]


def read_pickled(path: Path) -> Crf:
    """The CRF inside a pickled sklearn_crfsuite estimator. Raises ValueError when there is none."""
    try:
        with path.open("rb") as file:
            pickled = InertUnpickler(file).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, IndexError, TypeError) as error:
        raise ValueError(f"{path.name} is no readable pickle: {error}") from error
    for found in byte_strings(pickled):
        if found.startswith(MAGIC):
            return parse(found)
    raise ValueError(f"{path.name} holds no CRFsuite model")


def parse(model: bytes) -> Crf:
    """The CRF in the bytes of a CRFsuite model file. Raises ValueError when they are cut or of another kind."""
    try:
        magic, _, kind, *numbers = HEADER.unpack_from(model)
        _, _, n_labels, n_attributes, at_features, at_labels, at_attributes, _, _ = numbers
        if (magic, kind) != (MAGIC, b"FOMC"):
            raise ValueError(f"a first-order CRFsuite model was expected, not {magic!r} {kind!r}")
        labels = list(dictionary(model, at_labels, n_labels))
        attributes = list(dictionary(model, at_attributes, n_attributes))
        _, _, n_features = struct.unpack_from("<4sII", model, at_features)
        features = np.frombuffer(model, FEATURE, n_features, at_features + 12).tolist()
        return tables(labels, attributes, features)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError(f"the CRFsuite model is damaged: {error}") from error


def dictionary(model: bytes, start: int, count: int) -> Iterator[str]:
    """The first `count` strings of the constant quark database at `start`, in the order of their numbers."""
    _, _, _, _, _, table = struct.unpack_from("<4s5I", model, start)
    for offset in struct.unpack_from(f"<{count}I", model, start + table):
        _, size = struct.unpack_from("<II", model, start + offset)
        yield model[start + offset + 8 : start + offset + 7 + size].decode()  # without its closing NUL


def tables(labels: list[str], attributes: list[str], features: list[tuple[int, int, int, float]]) -> Crf:
    """The model's weights as tables, from the rows of its file."""
    state = {attribute: [0.0] * len(labels) for attribute in attributes}
    transition = [[0.0] * len(labels) for _ in labels]
    for kind, source, target, weight in features:
        row = state[attributes[source]] if kind == STATE else transition[source]
        row[target] = weight
    return Crf(tuple(labels), state, transition)


class Inert:
    """Stands in for every class a pickle names: takes anything, does nothing, keeps its state to be looked at."""

    state: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None: ...

    def __setstate__(self, state: Any) -> None:
        self.state = state


class InertUnpickler(pickle.Unpickler):
    """Rebuilds the shape of a pickle and none of its behaviour: the only callable it lets through encodes bytes."""

    def find_class(self, module: str, name: str) -> Any:
        """An inert class in the place of every class that the file names."""
        if (module, name) == ("_codecs", "encode"):
            return codecs.encode
        return type(name, (Inert,), {})


def byte_strings(pickled: Any) -> Iterator[bytes]:
    """Every byte string in a structure of dicts, lists, tuples and Inert objects."""
    if isinstance(pickled, bytes):
        yield pickled
    elif isinstance(pickled, Inert):
        yield from byte_strings(pickled.state)
    elif isinstance(pickled, dict):
        yield from byte_strings(list(pickled.values()))
    elif isinstance(pickled, (list, tuple)):
        for part in pickled:
            yield from byte_strings(part)
