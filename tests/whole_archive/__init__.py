"""The whole archive against a slow and obvious model of it, after any order of changes; see test_archive.py."""

import pytest

pytest.register_assert_rewrite("tests.whole_archive.compare", "tests.whole_archive.machine")
