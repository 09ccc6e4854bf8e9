"""The whole archive against a slow and obvious model of it, after any order of changes; see test_archive.py."""

import pytest

pytest.register_assert_rewrite(*(f"tests.whole_archive.{name}" for name in ("compare", "history", "machine")))
