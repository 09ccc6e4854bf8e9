"""Results as files: CSV, JSONL, RIS, BibTeX, Atom, and how to cite an article."""
