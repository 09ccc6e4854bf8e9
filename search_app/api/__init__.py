"""The JSON interface for programs: every page has its data.

    route.py, schema.py, shapes.py   what a route is, and the shapes of answers
    reading.py, paging.py            a request in by its table, an answer out with its cursor
    table.py                         all routes; openapi.py and reference.py describe them to programs and people
    one module for each kind         search, articles, officials, people, provinces, mentions, kwic, timeline, …
"""
