"""What did the reader ask? str -> Query; never fails, keeps what it could not read."""

from indexer.query.lexicon import Lexicon
from indexer.query.parser import Parsed, parse
from indexer.query.planner import Plan, plan

__all__ = ["Lexicon", "Parsed", "Plan", "parse", "plan"]
