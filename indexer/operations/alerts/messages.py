"""A message as people read it: subject, plain text and HTML. Everything that newspapers wrote is escaped.

The HTML is one column without pictures, scripts and anything to load: it looks the same in every mail program, on a
phone too.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from textwrap import fill

from indexer.model.facets import BY_NAME
from indexer.operations.alerts.digest import Copy, Digest, Item
from indexer.operations.alerts.news import CHANGED, GONE, HOLDS, SILENT_PROVINCE
from indexer.operations.alerts.plain import one_line
from indexer.operations.alerts.reasons import WORDS, Reason
from indexer.operations.alerts.wording import FACETS_EN, LANGUAGES, VI, Words, shown_day

WIDTH = 76  # characters of a line of plain text
STYLES = {
    "body": "margin:0;padding:16px;background:#ffffff;color:#1c2321;font:16px/1.6 'Segoe UI',Roboto,Arial,sans-serif",
    "page": "max-width:600px;margin:0 auto",
    "h1": "font-size:19px;line-height:1.35;margin:0 0 4px",
    "h2": "font-size:15px;line-height:1.4;margin:28px 0 0;padding-bottom:4px;border-bottom:2px solid #14573f",
    "item": "padding:14px 0 12px;border-bottom:1px solid #d8d5ca",
    "title": "font-size:16px;line-height:1.4;font-weight:600;margin:0;overflow-wrap:anywhere",
    "link": "color:#14573f",
    "meta": "font-size:14px;color:#515a56;margin:2px 0 0",
    "quote": "margin:8px 0 0;overflow-wrap:anywhere",
    "why": "font-size:14px;color:#515a56;margin:8px 0 0;padding-left:10px;border-left:3px solid #d8d5ca;"
           "overflow-wrap:anywhere",
    "mark": "background:#ffe9a3;color:#1c2321",
    "note": "margin:12px 0 0;padding:8px 10px;background:#f3f1ea",
    "foot": "font-size:13px;color:#515a56;margin:20px 0 0",
}  # fmt: skip


def subject(digest: Digest) -> str:
    """The subject: the alert's name and how many things of each kind."""
    words = LANGUAGES[digest.language]
    counts = [words[kind].format(n=count_of(digest, kind)) for kind in dict.fromkeys(i.kind for i in digest.items)]
    told = words["subject"].format(alert=one_line(digest.alert), what=", ".join(counts))
    return words["sample"].format(subject=told) if digest.sample else told


def count_of(digest: Digest, kind: str) -> int:
    """How many items of a kind there are; those that are not listed are of the last kind listed."""
    listed = sum(item.kind == kind for item in digest.items)
    return listed + (digest.total - len(digest.items) if kind == digest.items[-1].kind else 0)


def facet_name(kind: str, words: Words) -> str:
    """What a reason is called."""
    if kind == WORDS:
        return words["words"]
    return str(BY_NAME[kind].label) if words is VI else FACETS_EN[kind]


# --- plain text ------------------------------------------------------------------------------------------------


def as_text(digest: Digest, often: str, stop: str = "") -> str:
    """The message as plain text, lines of at most WIDTH characters but for links. `often` as in the table; `stop`: the
    address to write to for no more mails, or ""."""
    words = LANGUAGES[digest.language]
    lines = [subject(digest), *([words["sample_note"]] if digest.sample else [])]
    for kind, items in groupby(digest.items, key=lambda item: item.kind):
        lines += ["", words[f"{kind}_head"].upper()]
        for item in items:
            lines += ["", *text_of(item, words)]
    lines += ["", *text_of_end(digest, often, stop, words)]
    return "\n".join(line if line.startswith(("http", "  http", "-- ")) else fill(
        line, WIDTH, subsequent_indent="  " if line.startswith("  ") else "", break_long_words=False,
        break_on_hyphens=False) for line in lines) + "\n"


def text_of(item: Item, words: Words) -> Iterator[str]:
    """An item as lines."""
    yield title_of(item, words)
    said = [*filter(None, [item.sentence]), *notes_of(item, words)]
    yield from (f"  {line}" for line in filter(None, [meta_of(item, words), *said]))
    if item.why:
        yield f"  {words['why']}: " + "; ".join(reason_text(reason, words) for reason in item.why)
    yield from (f"  {link}" for link in dict.fromkeys((item.link, item.url)) if link)
    for each in item.copies:
        yield f"  {words['copies']} {each.title}{f' ({each.source})' if each.source else ''}"
        yield f"  {each.link}"


def reason_text(reason: Reason, words: Words) -> str:
    """A reason on one line: "Chủ đề tuyển quân – “…”"."""
    quote = f" – “{reason.quote}”" if reason.quote else ""
    return f"{facet_name(reason.kind, words)}: {reason.value}{quote}"


def text_of_end(digest: Digest, often: str, stop: str, words: Words) -> Iterator[str]:
    """What stands below the items."""
    if digest.total > len(digest.items):
        yield words["more"].format(n=digest.total - len(digest.items))
    if digest.search:
        yield f"{words['all']}:"
        yield digest.search
    yield ""
    yield "-- "
    yield words["footer"].format(alert=one_line(digest.alert), often=words[often])
    if stop:
        yield words["stop"].format(address=stop)


def title_of(item: Item, words: Words) -> str:
    """What an item is headed by."""
    if item.kind == HOLDS:
        return words["holds"].format(person=item.person, post=item.post)
    if item.kind == SILENT_PROVINCE:
        return item.province
    return item.title or words["untitled"].format(id=one_line(item.id))


def meta_of(item: Item, words: Words) -> str:
    """Date, province and source on one line; "" for items without."""
    if item.kind in (GONE, SILENT_PROVINCE) or not item.title:
        return ""
    return " · ".join(filter(None, (shown_day(item.published, words, item.inferred), item.province, item.source)))


def notes_of(item: Item, words: Words) -> list[str]:
    """What else is said of an item, a sentence each."""
    notes = {GONE: words["withdrawn_note"], CHANGED: words.get(item.online, words["changed_note"])}
    found = [notes[item.kind]] if item.kind in notes else []
    found += [words["by"].format(title=item.title)] if item.kind == HOLDS else []
    if item.kind == SILENT_PROVINCE:
        found.append(words["silence_note"].format(day=shown_day(item.published, words), weeks=item.weeks))
    return found + ([words["before"].format(people=", ".join(item.before))] if item.before else [])


# --- HTML --------------------------------------------------------------------------------------------------------


def as_html(digest: Digest, often: str, stop: str = "") -> str:
    """The same as HTML."""
    words = LANGUAGES[digest.language]
    parts = [tag("h1", escape(subject(digest)), "h1")]
    parts += [tag("p", escape(words["sample_note"]), "note")] if digest.sample else []
    for kind, items in groupby(digest.items, key=lambda item: item.kind):
        parts += [tag("h2", escape(words[f"{kind}_head"]), "h2"), *(html_of(item, words) for item in items)]
    parts.append(html_of_end(digest, often, stop, words))
    page = "\n".join(parts)
    return (f'<!doctype html>\n<html lang="{digest.language}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(subject(digest))}'
            f'</title></head>\n<body style="{STYLES["body"]}"><div style="{STYLES["page"]}">\n{page}\n</div></body>'
            "</html>\n")


def tag(name: str, inner: str, style: str) -> str:
    """An element with a style of STYLES; `inner` is HTML."""
    return f'<{name} style="{STYLES[style]}">{inner}</{name}>'


def link(address: str, text: str) -> str:
    """A link; only its text where there is no address."""
    return f'<a href="{escape(address)}" style="{STYLES["link"]}">{escape(text)}</a>' if address else escape(text)


def html_of(item: Item, words: Words) -> str:
    """An item."""
    parts = [tag("p", link(item.link or item.url, title_of(item, words)), "title")]
    if meta := meta_of(item, words):
        parts.append(tag("p", escape(meta), "meta"))
    parts += [tag("p", marked(item), "quote")] if item.sentence else []
    parts += [tag("p", escape(note), "meta" if item.sentence else "quote") for note in notes_of(item, words)]
    if item.why:
        rows = "<br>".join(reason_html(reason, words) for reason in item.why)
        parts.append(tag("p", f"{escape(words['why'])}:<br>{rows}", "why"))
    if item.copies:
        rows = "<br>".join(copy_html(each) for each in item.copies)
        parts.append(tag("p", f"{escape(words['copies'])}<br>{rows}", "meta"))
    if item.link and item.url:
        parts.append(tag("p", f"{link(item.link, words['read'])} · {link(item.url, words['original'])}", "meta"))
    return tag("div", "\n".join(parts), "item")


def marked(item: Item) -> str:
    """The sentence with the words that matched marked."""
    parts, at = list[str](), 0
    for start, end in item.marks:
        parts += [escape(item.sentence[at:start]),
                  f'<span style="{STYLES["mark"]}">{escape(item.sentence[start:end])}</span>']
        at = end
    return "".join([*parts, escape(item.sentence[at:])])


def reason_html(reason: Reason, words: Words) -> str:
    """A reason: its kind, the value, and the words that prove it."""
    quote = f" – “{escape(reason.quote)}”" if reason.quote else ""
    return f"{escape(facet_name(reason.kind, words))}: <strong>{escape(reason.value)}</strong>{quote}"


def copy_html(copy: Copy) -> str:
    """A copy of a story: its title as a link, and its source."""
    return link(copy.link, copy.title) + (f" · {escape(copy.source)}" if copy.source else "")


def html_of_end(digest: Digest, often: str, stop: str, words: Words) -> str:
    """What stands below the items."""
    parts = []
    if digest.total > len(digest.items):
        parts.append(tag("p", escape(words["more"].format(n=digest.total - len(digest.items))), "note"))
    if digest.search:
        parts.append(tag("p", link(digest.search, words["all"]), "quote"))
    foot = [words["footer"].format(alert=one_line(digest.alert), often=words[often])]
    foot += [words["stop"].format(address=stop)] if stop else []
    return "\n".join([*parts, tag("p", escape(" ".join(foot)), "foot")])
