"""python -m tests.quality.pages [--faults] [--held-out | "round 3"]: the gate's figures, ours beside trafilatura's.

Without --held-out only the layouts that the rules were made with; with it, those of the later rounds too, each by
itself; "round 3" only those of one.
--faults lists the pages that are not read as labelled.
"""

from __future__ import annotations

import sys

from tests.quality.pages.made import Page, layouts, pages
from tests.quality.pages.score import Taken, letters, ours, same_people, score, text_score, trafilatura_s


def main(options: list[str]) -> None:
    print(f"{len(layouts())} layouts")
    groups = list(dict.fromkeys(page.group for page in pages()))
    wanted = [group for group in groups if group in options] or (groups if "--held-out" in options else groups[:1])
    for group in wanted:
        chosen = [page for page in pages() if page.group == group]
        print(f"{group}: {len({page.name.partition('/')[0] for page in chosen})} layouts")
        print("  ours       ", score(chosen, ours))
        print("  trafilatura", score(chosen, trafilatura_s))
        if "--faults" in options:
            for page in chosen:
                if fault := fault_of(page, ours(page)):
                    print("    ", page.name, fault)


def fault_of(page: Page, taken: Taken) -> str:
    """What of a page is not as labelled, "" if all is."""
    if page.is_list or taken.text is None:
        return "" if page.is_list == (taken.text is None) else "taken for an article" if page.is_list else "lost"
    precision, recall = text_score(page, taken)
    people = ", ".join(taken.authors) or "nobody"
    return "; ".join(filter(None, [
        "" if letters(page.title) == letters(taken.title) else f"title {taken.title!r}",
        "" if page.day == taken.day else f"date {taken.day} for {page.day}",
        "" if same_people(page, taken) else f"author {people} for {', '.join(page.authors) or 'nobody'}",
        "" if min(precision, recall) > 0.985 else f"text P {precision:.2f} R {recall:.2f}",
    ]))


if __name__ == "__main__":
    main(sys.argv[1:])
