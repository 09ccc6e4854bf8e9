"""The archive for language models: a server of the Model Context Protocol (MCP) with read-only tools.

    archive.py     the opened index, its people and stories; follows new generations
    shapes.py      what the tools answer, as values
    searching.py, reading.py, holding.py, dating.py, nearby.py   the tools: search, article, officials and who_held,
                   timeline, collocates
    quoting.py     what newspapers wrote, made harmless and marked as quoted
    telling.py     answers as text
    server.py      the tools on the wire; the only module that imports the SDK (extra `mcp`)
"""
