"""From a query to results, and everything else a reader gets from an index."""
