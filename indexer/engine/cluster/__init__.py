"""An index on an OpenSearch cluster: what it holds, how it is asked, how its commits are made.

What follows from that for those who run one: docs/opensearch.md.
"""
