"""What the articles shipped in corpus/sample promise, checked without the product's own code.

The labels beside this file say where, when and who each article is about; the quality gates score the product on
them. Here the sample itself is held to its word: enough of it, varied, sourced, and worded by this project.
"""

from __future__ import annotations

import gzip
import html
import json
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
LABELS = [json.loads(line) for line in Path(__file__).with_name("labels.jsonl").read_text("utf-8").splitlines()]

IN_NFD = "sample/txt/soc-trang-vinh-chau-2024.txt"
IN_WINDOWS_1258 = "sample/html/lang-son-giao-quan-2017.html"
WRAPPED = "sample/txt/ninh-binh-gia-phong-2024.txt"
MERGER = "2025-07-01"

# Bodies, documents and drills have official names of many words; sharing those is not sharing a sentence.
OFFICIAL_NAMES = re.compile(
    r"bộ chỉ huy quân sự (tỉnh|thành phố)|ban chỉ huy (quân sự|phòng thủ khu vực)|bộ chqs tỉnh|chi khu quân sự"
    r"|hội đồng nghĩa vụ quân sự|lực lượng vũ trang|bộ trưởng bộ quốc phòng|diễn tập khu vực phòng thủ"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """An article as its file holds it: `raw` is the record or page, `text` its words, tags and markup removed."""

    label: dict
    raw: str
    text: str


def test_there_are_at_least_forty_articles_from_at_least_twenty_provinces() -> None:
    assert len(LABELS) >= 40
    assert len({province for label in LABELS for province in label["provinces"]}) >= 20


def test_every_article_file_has_its_labels_and_every_label_its_article() -> None:
    labelled = {label["file"] for label in LABELS}
    shipped = {p.relative_to(CORPUS).as_posix() for p in (CORPUS / "sample").rglob("*.*")}
    assert labelled == shipped
    for path in (p for p in labelled if ".jsonl" in p):
        assert [label["line"] for label in LABELS if label["file"] == path] == list(range(1, len(lines(path)) + 1))


def test_all_accepted_formats_occur() -> None:
    names = [label["file"].partition("/")[2].partition(".")[2] for label in LABELS]
    assert {name: names.count(name) >= 4 for name in ("html", "txt", "jsonl", "jsonl.gz")} == {
        "html": True,
        "txt": True,
        "jsonl": True,
        "jsonl.gz": True,
    }


def test_the_years_span_the_merger_of_2025() -> None:
    years = {int(label["published"][:4]) for label in LABELS if label["published"]}
    assert min(years) <= 2015 and max(years) >= 2026
    assert sum((label["published"] or "") >= MERGER for label in LABELS) >= 10
    assert sum("2015" <= (label["published"] or "") < MERGER for label in LABELS) >= 20


def test_ids_are_unique() -> None:
    assert len({label["id"] for label in LABELS}) == len(LABELS)


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label["file"] + f":{label['line']}")
def test_every_article_names_the_address_its_facts_come_from(label: dict) -> None:
    sample = read(label)
    if label["line"]:
        record = json.loads(sample.raw)
        address, known_as = record["url"], record["id"]
    else:
        address = known_as = re.findall(SOURCE_LINE[suffix(label)], unicodedata.normalize("NFC", sample.raw))[0]
    assert address.startswith(("http://", "https://"))
    assert label["id"] == known_as


SOURCE_LINE = {"html": r'Nguồn: <a href="([^"]+)"', "txt": r"(?m)^Nguồn [^:\n]+: (\S+)$"}


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label["file"] + f":{label['line']}")
def test_every_labelled_name_and_post_and_year_stands_in_the_text(label: dict) -> None:
    text = folded(read(label).text)
    for official in label["officials"]:
        assert folded(official["name"]) in text
        for post in official["posts"]:
            assert folded(post.removeprefix("nguyên ")) in text
        assert official["rank"] is None or folded(f"{official['rank']} {official['name']}") in text
    for year in label["years_about"]:
        assert str(year) in text


def test_provinces_are_named_as_they_were_when_the_article_appeared() -> None:
    merged_away = {"Kon Tum", "Bình Định", "Bà Rịa - Vũng Tàu", "Long An", "Hà Nam", "Tiền Giang", "Quảng Nam"}
    after = {name for label in LABELS if (label["published"] or "") >= MERGER for name in label["provinces"]}
    before = {name for label in LABELS if (label["published"] or "9") < MERGER for name in label["provinces"]}
    assert merged_away <= before
    assert not merged_away & after
    assert not merged_away & {name for label in LABELS for name in label["now"]}


def test_articles_are_short_reports() -> None:
    lengths = {label["id"]: len(words(read(label).text)) for label in LABELS}
    assert {name: n for name, n in lengths.items() if not 120 <= n <= 350} == {}


def test_text_is_nfc_but_for_the_file_that_is_there_to_be_nfd() -> None:
    odd = {
        label["file"]
        for label in LABELS
        if label["file"] != IN_WINDOWS_1258 and not unicodedata.is_normalized("NFC", read(label).raw)
    }
    assert odd == {IN_NFD}


def test_the_windows_1258_page_says_so_and_is_not_utf_8() -> None:
    page = (CORPUS / IN_WINDOWS_1258).read_bytes()
    assert b'charset="windows-1258"' in page
    with pytest.raises(UnicodeDecodeError):
        page.decode("utf-8")


def test_no_sentence_is_shared_by_two_articles_but_the_declared_duplicates() -> None:
    seen: dict[tuple[str, ...], str] = {}
    shared = set()
    for label in originals():
        for run in runs(label, 12):
            if seen.setdefault(run, label["id"]) != label["id"]:
                shared.add(" ".join(run))
    assert shared == set()


def test_the_declared_duplicates_are_what_they_are_called() -> None:
    by_id = {label["id"]: label for label in LABELS}
    twin = next(label for label in LABELS if "same_text_as" in label)
    assert body(twin) == body(by_id[twin["same_text_as"]])
    reprint = next(label for label in LABELS if "reprint_of" in label)
    first, second = set(runs(reprint, 5)), set(runs(by_id[reprint["reprint_of"]], 5))
    assert 0.7 < len(first & second) / len(first | second) < 1


def test_no_wording_is_taken_from_outside_articles() -> None:
    folder = os.environ.get("QUOCPHONG_DATA")
    if not folder:
        pytest.skip("QUOCPHONG_DATA names no folder of outside articles to compare with")
    ours = {run: label["id"] for label in LABELS for run in runs(label, 10)}
    taken = {(ours[run], " ".join(run)) for text in outside(Path(folder)) for run in ngrams(text, 10) if run in ours}
    assert taken == set()


# --- reading the sample ----------------------------------------------------------------------


def originals() -> list[dict]:
    return [label for label in LABELS if not {"same_text_as", "reprint_of"} & label.keys()]


def runs(label: dict, length: int) -> Iterator[tuple[str, ...]]:
    """Every run of `length` words of the article's own wording: names, posts and official names cut it."""
    text = body(label)
    for fact in sorted(facts(), key=len, reverse=True):
        text = text.replace(fact, "\n")
    for part in OFFICIAL_NAMES.sub("\n", text).split("\n"):
        yield from ngrams(part, length)


def ngrams(text: str, length: int) -> Iterator[tuple[str, ...]]:
    found = words(text)
    return (tuple(found[i : i + length]) for i in range(len(found) - length + 1))


@cache
def facts() -> frozenset[str]:
    officials = [official for label in LABELS for official in label["officials"]]
    return frozenset(folded(fact) for official in officials for fact in (official["name"], *official["posts"]))


def body(label: dict) -> str:
    """The article's words, folded, without its id, address, page chrome and source line."""
    return folded("\n".join(line for line in read(label).text.split("\n") if "http" not in line))


def folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("Ð", "Đ").lower()


def words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))


def suffix(label: dict) -> str:
    return label["file"].rpartition(".")[2]


@cache
def lines(path: str) -> list[str]:
    data = (CORPUS / path).read_bytes()
    return (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8").splitlines()


def read(label: dict) -> Sample:
    if label["line"]:
        raw = lines(label["file"])[label["line"] - 1]
        record = json.loads(raw)
        return Sample(label, raw, record["title"] + "\n" + untagged(record.get("text") or record["html"]))
    raw = (CORPUS / label["file"]).read_text("cp1258" if label["file"] == IN_WINDOWS_1258 else "utf-8")
    if suffix(label) == "html":
        return Sample(label, raw, untagged(" ".join(part.group() for part in SHOWN.finditer(raw))))
    # This portal breaks lines inside a paragraph; there only an empty line ends one.
    return Sample(label, raw, re.sub(r"(?<!\n)\n(?!\n)", " ", raw) if label["file"] == WRAPPED else raw)


SHOWN = re.compile(r'(?s)<(h1|h2|p)\b.*?</\1>|<div class="sapo">.*?</div>')


def untagged(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</(p|h1|h2|div)>", "\n", page)))


def outside(folder: Path) -> Iterator[str]:
    """The titles and texts of every plain JSONL record below `folder`, one after the other."""
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            if isinstance(record.get("text"), str):
                yield f"{record.get('title') or ''}\n{record['text']}"
