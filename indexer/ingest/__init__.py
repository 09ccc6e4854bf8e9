"""One indexing run: what the corpus wants is compared with what the index holds, and the difference is written."""
