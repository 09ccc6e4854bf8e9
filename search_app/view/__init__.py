"""What templates are given: links, filters, facet rows, periods and shares."""
