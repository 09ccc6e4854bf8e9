"""The words of segment.py are pyvi's own, to the character."""

import unicodedata
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from indexer.model.errors import QuocphongError
from indexer.text import crf, segment
from tests.bench.segmentation import as_pyvi_writes
from tests.profiles import examples
from tests.text.sentences import SENTENCES, anything, newslike


def pyvi(text: str) -> str:
    from pyvi import ViTokenizer

    return str(ViTokenizer.tokenize(text))


@pytest.mark.parametrize("sentence", [*SENTENCES, " ".join(SENTENCES), "\n".join(SENTENCES)])
def test_sentences_are_segmented_as_pyvi_does(sentence: str) -> None:
    assert as_pyvi_writes(sentence, segment.words(sentence)) == pyvi(sentence)


@settings(max_examples=examples(3))
@given(newslike)
def test_generated_news_is_segmented_as_pyvi_does(text: str) -> None:
    assert as_pyvi_writes(text, segment.words(text)) == pyvi(text)


def test_texts_read_at_once_have_the_words_of_each_alone() -> None:
    texts = ["", *SENTENCES, "", "\n".join(SENTENCES)]
    assert segment.words_all(texts) == [segment.words(text) for text in texts]


@given(anything)
def test_words_cover_all_but_white_space_in_order(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    spans = segment.words(text)
    assert all(start < end for start, end in spans)
    assert spans == sorted(spans)
    outside = "".join(
        text[end:start] for end, start in zip([0, *(e for _, e in spans)], [*(s for s, _ in spans), None], strict=True)
    )
    assert not outside.strip()


def test_the_whole_text_is_one_sequence() -> None:
    assert segment.words("dân quân tự vệ") == [(0, 8), (9, 14)]
    assert segment.words("") == []


def test_the_best_path_of_each_sequence_is_found_among_all_paths() -> None:
    tagger = segment.tagger()
    random = np.random.default_rng(7)
    for _ in range(50):
        emissions = random.normal(0, 2, 24)
        first = np.arange(24) % 8 == 0
        paths = [[bool(n >> at & 1) for at in range(8)] for n in range(256)]
        best = [max(paths, key=partial(score, emissions=alone, transition=tagger.transition))
                for alone in emissions.reshape(3, 8).tolist()]
        assert tagger.decode(emissions, first).reshape(3, 8).tolist() == best


def score(path: list[bool], emissions: list[float], transition: list[list[float]]) -> float:
    steps = pairwise(path)
    return sum(e for e, inside in zip(emissions, path, strict=True) if inside) + sum(transition[a][b] for a, b in steps)


def test_a_model_of_another_shape_is_named_with_the_remedy(tmp_path, monkeypatch) -> None:
    (tmp_path / "pyvi" / "models").mkdir(parents=True)
    (tmp_path / "pyvi" / "__init__.py").write_text("raise AssertionError('pyvi was run')")
    (tmp_path / "pyvi" / "models" / "pyvi3.pkl").write_bytes(b"\x80\x02]q\x00.")
    (tmp_path / "pyvi" / "models" / "words.txt").write_text("quân sự")
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    monkeypatch.delitem(__import__("sys").modules, "pyvi", raising=False)
    with pytest.raises(QuocphongError, match=r"pip install 'pyvi==0\.1\.1'"):
        segment.tagger.__wrapped__()


def test_a_missing_pyvi_is_named_with_the_remedy(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    monkeypatch.delitem(__import__("sys").modules, "pyvi", raising=False)
    with pytest.raises(QuocphongError, match="not installed"):
        segment.tagger.__wrapped__()


@pytest.mark.parametrize("bytes_", [b"", b"lCRF", b"lCRF" + bytes(60), b"\x00" * 100])
def test_a_damaged_model_is_refused(bytes_: bytes) -> None:
    with pytest.raises(ValueError, match="CRF"):
        crf.parse(bytes_)


def test_no_code_of_a_pickle_is_run(tmp_path) -> None:
    path = tmp_path / "evil.pkl"
    path.write_bytes(b"cos\nsystem\n(S'touch " + str(tmp_path / "ran").encode() + b"'\ntR.")
    with pytest.raises(ValueError, match="holds no CRFsuite model"):
        crf.read_pickled(path)
    assert not (tmp_path / "ran").exists()
