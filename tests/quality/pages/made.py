"""The gate's pages: each layout with two of the articles, some as photo stories, and what a reader sees of each.

A layout is markup as one real site writes it (class names, order, what stands around the text), with places for the
wording; a TOML comment at its head holds what the markup cannot say. `articles.toml` holds the wording, all made up.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

HERE = Path(__file__).parent
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
PHOTO_STORIES = ("baosonla", "baodongnai", "dantri", "moit", "tuoitre", "znews")
TODAY = date(2026, 11, 28)  # what a site's clock shows when its page is saved
NO_LEAD = re.compile(r"(?<=>)[^<>]{2,20}- <")  # the site's mark before a lead, where there is none: "(Dân trí) - "
DATES = ("day", "iso", "day_words", "day_short", "day_dashed", "day_dotted", "day_named", "day_wp", "day_th",
         "day_english", "us_time", "path_day", "epoch")
NAMED_MONTHS = ("Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai")
NOBODY = "P.V"  # printed where an article names no author
MENU = "".join(f'<li><a href="/muc-{n}">{name}</a></li>' for n, name in enumerate(
    ("Trang chủ", "Thời sự", "Quốc phòng", "Kinh tế", "Xã hội", "Pháp luật", "Thể thao", "Du lịch", "Bạn đọc")))
LICENCE = (
    "<p>Giấy phép hoạt động báo điện tử số 77/GP-THU do cơ quan quản lý cấp ngày 05/05/2019. Tổng biên tập: Ông Thử"
    " Nghiệm.</p><p>Ghi rõ nguồn của trang khi phát hành lại thông tin, mọi trích dẫn phải có văn bản đồng ý.</p>"
)
COMMENTS = "".join(f"<div class='item'><b>Bạn đọc {n}</b><p>{text}</p></div>" for n, text in enumerate((
    "Bài viết rất hay, cảm ơn các anh bộ đội đã luôn ở bên bà con trong những lúc khó khăn nhất của quê hương.",
    "Tôi từng là lính nên đọc mà thấy nhớ đơn vị cũ quá, chúc các đồng chí giữ gìn sức khỏe và vững tay súng.")))


@dataclass(frozen=True, slots=True)
class Layout:
    """One site's markup. `paragraph` and `figure` wrap a paragraph and a picture; `inside` interrupts the text,
    `either` is a line of it that may be read as text or not. `brief`: only an article's first paragraph. `split`: what
    paragraphs are cut at, into lines of their own.

    `round`: 0 for layouts that the rules were made with. Those of a later round were labelled before the rules saw
    them, scored once (the figures are in corpus/README.md), and only then the rules were mended.
    """

    name: str
    site: str
    markup: str
    paragraph: str
    figure: str
    inside: str = ""
    author_box: str = ""
    system: str = ""
    date: str = "%d/%m/%Y"
    authored: bool = True
    round: int = 0
    either: str = ""
    brief: bool = False
    split: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its label. `text` holds the lines of the article, `either` those that may or may not be part of it.

    `group` is "seen" or "round 1", "round 2" …; `day` is None where the page shows no date, `authors` is empty
    where it names nobody; `is_list`: no article at all.
    """

    name: str
    markup: str
    group: str
    title: str = ""
    day: str | None = None
    authors: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """A made-up article."""

    title: str
    lead: str
    paragraphs: list[str]
    date: str
    authors: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


@cache
def wordings() -> tuple[Wording, ...]:
    """The made-up articles."""
    rows = tomllib.loads((HERE / "articles.toml").read_text(encoding="utf-8"))["article"]
    return tuple(Wording(**row) for row in rows)


@cache
def layouts() -> tuple[Layout, ...]:
    """All layouts, round by round, so that a later round leaves the pages of the earlier ones as they are."""
    return tuple(sorted(map(layout, (HERE / "layouts").glob("*.html")), key=lambda made: (made.round, made.name)))


def layout(path: Path) -> Layout:
    """The layout in a file: its settings in a comment at the head, then its markup."""
    head, _, markup = path.read_text(encoding="utf-8").removeprefix("<!--\n").partition("\n-->\n")
    return Layout(path.stem, markup=markup, **tomllib.loads(head))


def pages() -> Iterator[Page]:
    """Two articles in every layout, photo stories in some, and a list in every fourth."""
    count = len(wordings())
    for number, made in enumerate(layouts()):
        for half in range(2):
            yield article_page(made, wordings()[(number * 5 + half * 7) % count], interrupted=half == 0)
        if made.name in PHOTO_STORIES:
            yield photo_story(made, wordings()[(number * 5 + 3) % count])
        if number % 4 == 0 and "$next_page" not in made.markup:
            yield list_page(made, wordings()[number % count])


def group(made: Layout) -> str:
    """Which group of pages a layout's belong to: see Layout."""
    return f"round {made.round}" if made.round else "seen"


def article_page(made: Layout, said: Wording, interrupted: bool) -> Page:
    """An article with its pictures; `interrupted` by what the site puts into its texts."""
    paragraphs = said.paragraphs[:1] if made.brief else said.paragraphs
    if made.split:
        paragraphs = [line for text in paragraphs for line in text.split(made.split)]
    pieces = [filled(made.paragraph, text=text) for text in paragraphs]
    for place, caption in enumerate(said.captions):
        pieces.insert(min(1 + 2 * place, len(pieces)), filled(made.figure, caption=caption, n=str(place)))
    if interrupted:
        pieces.insert(2, made.inside)
    lead = (said.lead,) if said.lead and "$lead" in behind_head(made) else ()
    return page(made, said, "interrupted" if interrupted else "plain", "\n".join(pieces),
                (*lead, *paragraphs), (*said.captions, made.either))


def photo_story(made: Layout, said: Wording) -> Page:
    """One paragraph and then only pictures: what they show is the text."""
    shown = [*said.paragraphs[1:], *said.captions]
    body = filled(made.paragraph, text=said.paragraphs[0]) + filled(made.paragraph, text="Một số hình ảnh:")
    body += "\n".join(filled(made.figure, caption=text, n=str(n)) for n, text in enumerate(shown))
    lead = (said.lead,) if said.lead and "$lead" in behind_head(made) else ()
    return page(made, said, "photos", body, (*lead, said.paragraphs[0], *shown), ("Một số hình ảnh:",))


def behind_head(made: Layout) -> str:
    """The layout's markup behind its head: what stands only in meta elements is not shown."""
    return re.split("</head>", made.markup, maxsplit=1, flags=re.IGNORECASE)[-1]


def list_page(made: Layout, said: Wording) -> Page:
    """A section's page in a site's clothes."""
    values = places(made, said) | {"title": "Quốc phòng - An ninh", "lead": "", "day": "", "weekday": "", "authors": "",
                                   "authors_caps": "", "author_box": "", "body": places(made, said)["teasers"] * 3}
    markup = made.markup.replace('content="article"', 'content="website"').replace("NewsArticle", "WebPage")
    return Page(f"{made.name}/list", Template(markup).safe_substitute(values), group(made), is_list=True)


def page(made: Layout, said: Wording, kind: str, body: str, text: tuple[str, ...], either: tuple[str, ...]) -> Page:
    values = places(made, said)
    markup = Template(Template(made.markup).safe_substitute(body=body)).safe_substitute(values)
    markup = markup if said.lead else NO_LEAD.sub("<", markup)
    dated = any(f"${name}" in made.markup or f"${{{name}}}" in made.markup
                for name in DATES)
    named = made.authored and "$author" in made.markup
    return Page(f"{made.name}/{kind}", markup, group(made), said.title, said.date if dated else None,
                tuple(said.authors) if named else (), text, either)


def places(made: Layout, said: Wording) -> dict[str, Any]:
    """What stands in a layout's places besides the text itself."""
    day = date.fromisoformat(said.date)
    authors = " - ".join(said.authors) or NOBODY
    rest = [wording for wording in wordings() if wording is not said]
    spans = [(day - timedelta(days=40 * n)).replace(day=27 - n).strftime(made.date) for n in range(1, 4)]
    values = days(day, made.date) | {
        "title": said.title, "title_broken": "<br>".join(halves(said.title)), "lead": said.lead,
        "authors": authors, "authors_caps": authors.upper(), "clock": "07:45", "menu": MENU,
        "slug": "bai-viet-thu", "licence": LICENCE, "comments": COMMENTS, "other": said.others[0],
        "other_text": rest[0].paragraphs[1], "later_title": rest[1].title,
        "next_page": "".join(f"<p>{text}</p>" for text in rest[1].paragraphs),
        "others": "".join(f'<li><a href="/tin-{n}.html">{title}</a> <span>({spans[n]})</span></li>'
                          for n, title in enumerate(said.others)),
        "teasers": "".join(f'<div class="item"><h3><a href="/b{n}.html">{each.title}</a></h3>'
                           f"<p>{each.paragraphs[0]}</p></div>" for n, each in enumerate(rest[:4])),
    }  # fmt: skip
    return values | {"author_box": Template(made.author_box).safe_substitute(values)}


def days(day: date, form: str) -> dict[str, str]:
    """A day as sites write it, `form` their usual one; beside it that of the update and that of the site's clock."""
    later, month = day + timedelta(days=3), NAMED_MONTHS[day.month - 1]
    epoch = str(int(datetime(day.year, day.month, day.day, 2, 12, tzinfo=UTC).timestamp()))  # 09:12 in Viet Nam
    return {
        "iso": day.isoformat(), "iso_later": later.isoformat(), "day": day.strftime(form),
        "day_later": later.strftime(form), "today": TODAY.strftime(form), "weekday": WEEKDAYS[day.weekday()],
        "day_dashed": day.strftime("%d-%m-%Y"), "day_dotted": day.strftime("%d.%m.%Y"),
        "day_short": f"{day.day}/{day.month}/{day.year}", "day_words": f"{day.day} tháng {day.month} năm {day.year}",
        "day_named": f"{day.day:02d} Tháng {month}, {day.year}", "day_wp": f"Tháng {month} {day.day}, {day.year}",
        "day_th": f"{day.day:02d} Th{day.month} {day.year}", "day_english": day.strftime("%B %d, %Y"),
        "us_time": f"{day.month}/{day.day}/{day.year} 9:12:00 AM", "path_day": day.strftime("%Y/%m/%d"),
        "epoch": epoch, "today_short": f"{TODAY.day}/{TODAY.month}/{TODAY.year}",
        "weekday_short": "Chủ nhật" if day.weekday() == 6 else f"Thứ {day.weekday() + 2}",
    }  # fmt: skip


def halves(title: str) -> tuple[str, str]:
    """A title cut in two between words."""
    words = title.split(" ")
    return " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])


def filled(markup: str, **values: str) -> str:
    return Template(markup).safe_substitute(values)
