"""The ledger of texts: nobody is given more than there is, nothing is forgotten within a day, memory is bounded."""

from __future__ import annotations

import os
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from indexer.model.excerpt import CELLS
from indexer.search.excerpts import GRANTED
from search_app.web.text_ledger import DAY, FEWEST_ARTICLES, USED, TextLedger, number_of

NOON = 1_700_000_000 - 1_700_000_000 % 86_400 + 5 * 3_600  # in Viet Nam


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


def ledger(slots=1 << 12):
    clock = Clock()
    return TextLedger(slots, clock), clock


cells = st.lists(st.integers(0, CELLS - 1), min_size=1, max_size=20, unique=True)
steps = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 5), cells, st.booleans()), max_size=40)


@given(steps)
def test_it_keeps_what_a_plain_table_would_keep(taken):
    kept, table = ledger()[0], defaultdict(int)
    for reader, article, asked, at_once in taken:
        mask = sum(1 << cell for cell in asked)
        if at_once:
            fits = (table[reader, article] | mask).bit_count() <= GRANTED
            assert kept.take_all(reader, {article: mask}) == fits
            table[reader, article] |= mask * fits
        else:
            for cell in asked:
                if table[reader, article].bit_count() < GRANTED:
                    table[reader, article] |= 1 << cell
            assert kept.take(reader, article, asked) == table[reader, article]
        assert table[reader, article].bit_count() <= GRANTED


@given(st.dictionaries(st.integers(1, 6), cells, min_size=1))
def test_cells_of_several_articles_are_given_together_or_not_at_all(wanted):
    kept, _ = ledger()
    kept.take(7, 1, range(5))
    masks = {article: sum(1 << cell for cell in some) for article, some in wanted.items()}
    given = kept.take_all(7, masks)
    assert given == all((mask | (31 if article == 1 else 0)).bit_count() <= GRANTED for article, mask in masks.items())
    for article, mask in masks.items():
        assert kept.take(7, article, ()) == (31 if article == 1 else 0) | mask * given


def test_a_full_ledger_gives_nothing_new_and_forgets_nothing():
    kept, _ = ledger(slots=1_000)
    first = [kept.take(reader, article, [reader]) for reader in range(1, 100) for article in range(1, 20)]
    assert 0 in first and kept._words[USED] <= 750
    for at, each in enumerate(first):
        reader, article = divmod(at, 19)
        assert kept.take(reader + 1, article + 1, ()) == each
    assert kept.take(1, 1, [5, 6, 7]).bit_count() == 4, "an article that is known has room"
    assert not kept.take_all(999, {1: 1}) and kept.take_all(1, {1: 1 << 9})


def test_few_readers_cannot_use_up_the_room_of_many():
    kept, _ = ledger(slots=4_000)
    greedy = [kept.take(1, article, [0]) for article in range(1, 4_000)]
    assert 1_500 < sum(each > 0 for each in greedy) <= 2_001
    for reader in (2, 3):
        modest = [kept.take(reader, article, [0]) for article in range(1, 1_000)]
        assert sum(each > 0 for each in modest) == FEWEST_ARTICLES


def test_the_day_begins_at_midnight_in_viet_nam_and_not_by_a_clock_put_back():
    kept, clock = ledger()
    everything = kept.take(1, 1, range(CELLS))
    for hours, begun_anew in ((11, False), (-3, False), (3, False), (2, True), (-3, False), (3, False)):
        clock.now += hours * 3_600
        assert (kept.take(1, 1, ()) == 0) == begun_anew
        everything = kept.take(1, 1, range(CELLS))
    assert everything.bit_count() == GRANTED
    clock.now += 400 * 86_400
    kept.take(1, 1, [3])
    clock.now -= 400 * 86_400
    assert kept.take(1, 1, ()) == 0, "a clock that was wrong by months stops nobody for months"
    assert kept._words[DAY] == (clock.now + 7 * 3_600) // 86_400


def test_processes_and_threads_share_it():
    kept, _ = ledger()
    child = os.fork()
    if not child:
        kept.take(1, 1, range(10))
        os._exit(0)
    os.waitpid(child, 0)
    assert kept.take(1, 1, range(20, 40)).bit_count() == GRANTED
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda cell: kept.take(2, 1, [cell]), range(CELLS)))
    assert kept.take(2, 1, ()).bit_count() == GRANTED


def test_a_process_that_dies_with_it_in_hand_stops_nobody():
    kept, _ = ledger()
    child = os.fork()
    if not child:
        with kept._held():
            os._exit(1)
    os.waitpid(child, 0)
    assert kept.take(1, 1, [1]) == 2


def test_it_takes_the_memory_it_says_and_holds_no_address():
    kept = TextLedger()
    reader = number_of("203.0.113.9")
    kept.take(reader, number_of("bai/1"), [1])
    assert kept._words.nbytes < 13 << 20
    assert reader not in kept._words.tolist()
