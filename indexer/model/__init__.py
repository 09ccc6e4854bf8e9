"""The words every room shares: what an article is, what is known of it, what is asked and what is found.

Frozen dataclasses without behaviour beyond reading themselves; the standard library is the only import.
Data flows one way: Article -> Entities + Terms -> Entry -> engine -> Found -> Results.
"""

from __future__ import annotations

from indexer.model.article import Article, Numbered, Problem, Stamp, Terms
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
    EVERY,
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
    "EVERY",
    "INFERRED_BASES",
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
    "Numbered",
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
    "Stamp",
    "Terms",
    "Topic",
    "Value",
    "Way",
    "Word",
]
