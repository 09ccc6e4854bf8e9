"""The values that all packages share: articles, entities, queries, results, errors and settings.

Most are frozen dataclasses. This package imports the standard library only.
Data flow: Article -> Entities + Terms -> Entry -> engine -> Found -> Results.
"""

from __future__ import annotations

from indexer.model.article import Article, NumberedStrings, Problem, StatedDate, Terms
from indexer.model.entities import (
    INFERRED_BASES,
    Entities,
    Evidence,
    Locality,
    Official,
    Post,
    Province,
    Published,
    Role,
    Topic,
)
from indexer.model.message import Message
from indexer.model.query import (
    NO_LIMIT,
    All,
    AnyOf,
    Applied,
    Between,
    Filter,
    Node,
    Not,
    Phrase,
    Prefix,
    Query,
    ScoringTerm,
    Share,
    Value,
    Word,
)
from indexer.model.results import (
    SINCE,
    EmptyResult,
    Entry,
    Facet,
    FacetValue,
    Found,
    Hit,
    NearMatches,
    Offer,
    Results,
    Scored,
    Way,
)

__all__ = [
    "INFERRED_BASES",
    "NO_LIMIT",
    "SINCE",
    "All",
    "AnyOf",
    "Applied",
    "Article",
    "Between",
    "EmptyResult",
    "Entities",
    "Entry",
    "Evidence",
    "Facet",
    "FacetValue",
    "Filter",
    "Found",
    "Hit",
    "Locality",
    "Message",
    "NearMatches",
    "Node",
    "Not",
    "NumberedStrings",
    "Offer",
    "Official",
    "Phrase",
    "Post",
    "Prefix",
    "Problem",
    "Province",
    "Published",
    "Query",
    "Results",
    "Role",
    "Scored",
    "ScoringTerm",
    "Share",
    "StatedDate",
    "Terms",
    "Topic",
    "Value",
    "Way",
    "Word",
]
