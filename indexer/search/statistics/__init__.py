"""Statistics of words and names in a result: collocates, keyness, frequencies, who is named together.

    measures    the formulas, each with its source
    tables      the results, as values
    units       syllables or words of the forward index
    nodes       where the words of a query stand among them
    stop_words  the function words that are left out unless asked for
    counting    the counts of a corpus, and the articles that hold a word
    collocates, keyness, frequency, together    one module for each table
    files       the tables as rows of a file and as JSON

docs/statistics.md tells readers what each figure means and how to cite it.
"""
