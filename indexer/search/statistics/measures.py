"""The formulas of association and keyness, for whole arrays at once. Each names its source.

In all of them `joint` is what was observed, and the other counts are the margins of a two-by-two table:

                  word       other words
    here          joint      here - joint         here
    elsewhere     …          …                    total - here
                  word       total - word         total
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Counts: TypeAlias = npt.NDArray[Any]
Scores: TypeAlias = npt.NDArray[np.float64]

LOG_DICE_BASE = 14.0
NEVER = 0.5  # stands for a count of 0 where a ratio is taken


def expected(here: Any, word: Any, total: Any) -> Scores:
    """How often the word would stand here by chance: here * word / total."""
    return np.asarray(np.asarray(here, np.float64) * np.asarray(word, np.float64) / np.maximum(total, 1))


def log_likelihood(joint: Any, here: Any, word: Any, total: Any) -> Scores:
    """The log-likelihood ratio of a two-by-two table, -2 log lambda = 2 sum O ln(O / E) over its four cells.

    Ted Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19(1),
    1993, 61-74. It is 0 for what chance explains. Above 3.84, 6.63, 10.83 and 15.13 the chance of so high a value is
    below 5 %, 1 %, 0.1 % and 0.01 %. It says how sure an association is, not how strong.
    """
    joint, here, word, total = (np.asarray(each, np.float64) for each in (joint, here, word, total))
    cells = (
        (joint, here, word),
        (here - joint, here, total - word),
        (word - joint, total - here, word),
        (total - here - word + joint, total - here, total - word),
    )
    return np.maximum(2 * sum(surprise(observed, expected(row, column, total)) for observed, row, column in cells), 0.0)


def log_dice(joint: Any, first: Any, second: Any) -> Scores:
    """logDice = 14 + log2(2 f(x, y) / (f(x) + f(y))): how exclusively two things go together.

    Pavel Rychlý, "A Lexicographer-Friendly Association Score", RASLAN 2008, 6-9. At most 14 where they only go
    together; one less means half as often. It does not depend on the size of the corpus. -inf where joint is 0.
    """
    dice = 2 * np.asarray(joint, np.float64) / np.maximum(np.asarray(first) + np.asarray(second), 1)
    return LOG_DICE_BASE + log2(dice)


def mutual_information(joint: Any, by_chance: Any) -> Scores:
    """MI = log2(observed / expected): how many times as often as by chance, in powers of two.

    Kenneth Church and Patrick Hanks, "Word Association Norms, Mutual Information, and Lexicography", Computational
    Linguistics 16(1), 1990, 22-29. It favours rare words: use it with a minimum frequency. -inf where joint is 0.
    """
    return log2(np.asarray(joint, np.float64) / np.maximum(by_chance, np.finfo(float).tiny))


def keyness(count: Any, size: Any, other: Any, other_size: Any) -> Scores:
    """The log-likelihood of a word in two corpora of `size` and `other_size` words that hold it so often.

    G2 = 2 (a ln(a / E1) + b ln(b / E2)), where E1 and E2 share a + b out by the sizes of the corpora: Paul Rayson and
    Roger Garside, "Comparing Corpora using Frequency Profiling", Workshop on Comparing Corpora, ACL 2000, 1-6.
    """
    count, other = np.asarray(count, np.float64), np.asarray(other, np.float64)
    whole = np.maximum(np.asarray(size, np.float64) + other_size, 1)
    first = expected(size, count + other, whole)
    second = expected(other_size, count + other, whole)
    return np.maximum(2 * (surprise(count, first) + surprise(other, second)), 0.0)


def log_ratio(count: Any, size: Any, other: Any, other_size: Any) -> Scores:
    """The binary logarithm of how many times as frequent a word is in the first corpus as in the second.

    Andrew Hardie, "Log Ratio: an informal introduction", CASS, Lancaster, 2014. 1 is twice as frequent, 2 four times,
    -1 half as frequent. A count of 0 is taken as 0.5, as he proposes.
    """
    first = np.maximum(np.asarray(count, np.float64), NEVER) / np.maximum(size, 1)
    second = np.maximum(np.asarray(other, np.float64), NEVER) / np.maximum(other_size, 1)
    return log2(first / second)


def per_million(count: Any, size: Any) -> Scores:
    """How often in a million words."""
    return np.asarray(1e6 * np.asarray(count, np.float64) / np.maximum(size, 1))


def surprise(observed: Scores, by_chance: Scores) -> Scores:
    """O ln(O / E), 0 where nothing was observed."""
    seen = observed > 0
    ratio = np.divide(observed, by_chance, out=np.ones_like(observed), where=seen & (by_chance > 0))
    return np.asarray(observed * np.log(ratio))


def log2(values: Scores) -> Scores:
    """The binary logarithm; -inf for 0, without a warning."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.log2(values))
