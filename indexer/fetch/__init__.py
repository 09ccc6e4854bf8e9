"""What is new at the newspapers? A feeds file in, pages on disk and a report out.

    source = read_feeds(Path("feeds.toml"))
    report = fetch(source, Path("corpus/fetched"), Visitor("quocphong/0.1 (+mailto:…)", Limits()), judge)

Knows HTTP and manners, and nothing of Vietnamese: whether a page is an article that belongs is `judge`'s business.
The only importer of urllib3 and protego.
"""

from indexer.fetch.address import Sites
from indexer.fetch.exchange import Answer, Failure, Limits
from indexer.fetch.feeds import Feed, FeedsFile, read_feeds, starter
from indexer.fetch.pages import Judge, Judged
from indexer.fetch.post import post
from indexer.fetch.report import FetchReport
from indexer.fetch.run import fetch
from indexer.fetch.silence import Silence, silent_feeds
from indexer.fetch.state import PageState, State
from indexer.fetch.visit import Visitor

__all__ = ["Answer", "Failure", "Feed", "FeedsFile", "FetchReport", "Judge", "Judged", "Limits", "PageState", "Silence",
           "Sites", "State", "Visitor", "fetch", "post", "read_feeds", "silent_feeds", "starter"]
