"""What did the reader ask? str -> Query; never fails, keeps what it could not read."""

from indexer.search.query.lexicon import Lexicon
from indexer.search.query.parser import Parsed, parse
from indexer.search.query.planner import Plan, Replan, plan

__all__ = ["Lexicon", "Parsed", "Plan", "Replan", "parse", "plan"]
