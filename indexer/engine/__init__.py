"""The inverted index: documents, terms and facet keys in; matching ids, scores and facet counts out.

`port` is the interface. Two engines implement it: `whoosh` (files in a folder) and `cluster` (OpenSearch). Engines take
terms that are already analysed; nothing in this package knows Vietnamese.
"""
