"""The OpenSearch engine: documents and mapping, queries, commits and the writer.

For operators of a cluster: docs/opensearch.md.
"""
