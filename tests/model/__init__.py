"""The whole archive against a slow and obvious model of it, after any order of changes; see test_archive.py."""
