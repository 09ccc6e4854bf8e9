"""Vietnamese local defence news: from a folder of articles to a faceted index, and from a query to results."""

__version__ = "0.1.0"
