"""The tables of an exported database, each column with its meaning: the schema, metadata.json and docs/export.md follow
from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type with constraints in SQL, and what it holds."""

    name: str
    kind: str
    described: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `key` is a constraint over several columns, `indexed` columns have an index each, by `facets` Datasette
    counts, and `label` is the column it shows where another table refers to a row."""

    name: str
    title: str
    described: str
    columns: tuple[Column, ...]
    key: str = ""
    indexed: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    label: str = ""

    def create(self) -> Iterator[str]:
        """The SQL that makes the table."""
        rows = [f'  "{each.name}" {each.kind}' for each in self.columns] + ([f"  {self.key}"] if self.key else [])
        yield f'CREATE TABLE "{self.name}" (\n' + ",\n".join(rows) + "\n)"

    def create_indexes(self) -> Iterator[str]:
        """The SQL that makes its indexes: quicker when the rows are there."""
        for name in self.indexed:
            yield f'CREATE INDEX "{self.name}_{name}" ON "{self.name}" ("{name}")'

    def insert(self) -> str:
        """The SQL that adds a row of values in the order of the columns."""
        return f'INSERT INTO "{self.name}" VALUES ({", ".join("?" * len(self.columns))})'


ARTICLE = Column("article", "INTEGER NOT NULL REFERENCES articles(number)", "the article, by its number in this file")
EVIDENCE = Column("evidence", "TEXT", "the words it rests on; of excerpts only what they show")

TABLES = (
    Table("about", "About this file", "What was exported, when and by what, one fact a row.", (
        Column("name", "TEXT PRIMARY KEY", "which fact"),
        Column("value", "TEXT NOT NULL", "the fact; lists as JSON"),
    )),
    Table("sources", "Newspapers", "Newspapers, broadcasters and portals.", (
        Column("name", "TEXT PRIMARY KEY", "its name"),
        Column("articles", "INTEGER NOT NULL", "how many articles of it this file holds"),
    ), label="name"),
    Table("stories", "Stories", "Groups of near-duplicates: copies and lightly edited printings. Most hold one article."
          " Count stories rather than articles to count events.", (
        Column("id", "TEXT PRIMARY KEY", "the smallest article id of the story in the archive"),
        Column("articles", "INTEGER NOT NULL", "how many of its articles this file holds"),
        Column("in_archive", "INTEGER NOT NULL", "how many the archive held"),
    )),
    Table("articles", "Articles", "One row an article, as its newspaper published it.", (
        Column("number", "INTEGER PRIMARY KEY", "its number in this file only; quote `id`"),
        Column("id", "TEXT NOT NULL UNIQUE", "its id, the same in every file, page and command"),
        Column("title", "TEXT NOT NULL", "its title"),
        Column("published", "TEXT", "date of publication, ISO at its own precision (2022, 2022-12, 2022-12-05)"),
        Column("precision", "TEXT", "day, month or year"),
        Column("basis", "TEXT NOT NULL", "where the date was read: meta, header, url: the page states it; event, years:"
               " inferred from the text; none"),
        Column("inferred", "INTEGER NOT NULL", "1 if the date is inferred from the text"),
        Column("year", "INTEGER", "year of publication"),
        Column("source", "TEXT REFERENCES sources(name)", "the newspaper it is filed under"),
        Column("author", "TEXT", "the author as printed"),
        Column("url", "TEXT", "address of the original page"),
        Column("story", "TEXT NOT NULL REFERENCES stories(id)", "the story it tells"),
        Column("duplicate_of", "TEXT", "id of an earlier article with the same text; it need not be in this file"),
        Column("since", "INTEGER NOT NULL", "generation of the index in which it was added or last changed"),
        Column("online", "TEXT", "altered or gone, if its page was seen so"),
        Column("online_at", "TEXT", "when that was seen first"),
        Column("excerpt", "TEXT", "what readers elsewhere may see of its text, gaps marked …; empty with --text whole"),
        Column("text", "TEXT", "the whole text; empty without --text whole"),
    ), indexed=("published", "year", "source", "story"), facets=("year", "source", "basis"), label="title"),
    Table("dates", "Dates", "Dates of each article with what they rest on.", (
        ARTICLE,
        Column("kind", "TEXT NOT NULL", "published, event (day of the main event) or about (a year it is about)"),
        Column("date", "TEXT NOT NULL", "ISO, at its own precision"),
        Column("precision", "TEXT NOT NULL", "day, month or year"),
        Column("basis", "TEXT NOT NULL", "as in articles; text for event and about"),
        EVIDENCE,
        Column("year_evidence", "TEXT", "the words that prove the year of an inferred date"),
    ), indexed=("article", "date"), facets=("kind", "precision", "basis")),
    Table("places", "Places", "Provinces, districts (until June 2025) and communes (since July 2025), under their"
          " names at publication.", (
        Column("number", "INTEGER PRIMARY KEY", "its number in this file"),
        Column("name", "TEXT NOT NULL", "with its unit: Kon Tum, huyện Lạc Dương, xã Ia O"),
        Column("kind", "TEXT NOT NULL", "province, district or commune"),
        Column("province", "TEXT NOT NULL", "its province at publication"),
        Column("province_now", "TEXT", "for a province: the present one"),
    ), key="UNIQUE (name, kind, province, province_now)", indexed=("province",), facets=("kind", "province"),
          label="name"),
    Table("article_places", "Places of articles", "Which places an article is about.", (
        ARTICLE,
        Column("place", "INTEGER NOT NULL REFERENCES places(number)", "the place"),
        Column("basis", "TEXT", "for a province: what it rests on, such as text, dateline, district or learned"),
        EVIDENCE,
    ), key="PRIMARY KEY (article, place)", indexed=("place",), facets=("place", "basis")),
    Table("topics", "Topics of articles", "What an article is about, by the archive's table of topics.", (
        ARTICLE,
        Column("topic", "TEXT NOT NULL", "tuyển quân, diễn tập …"),
        EVIDENCE,
    ), key="PRIMARY KEY (article, topic)", indexed=("topic",), facets=("topic",)),
    Table("units", "Units of articles", "Bodies and units that an article names.", (
        ARTICLE,
        Column("unit", "TEXT NOT NULL", "with its level and place: Bộ CHQS tỉnh Gia Lai"),
    ), key="PRIMARY KEY (article, unit)", indexed=("unit",), facets=("unit",)),
    Table("people", "People", "Holders of public posts and officers whom articles name. Two people of one name in two"
          " provinces are two rows.", (
        Column("id", "TEXT PRIMARY KEY", "name and place; no public number"),
        Column("name", "TEXT NOT NULL", "the name most articles write"),
        Column("articles", "INTEGER NOT NULL", "how many articles of this file name the person"),
        Column("first_named", "TEXT", "date of the first of them; never the beginning of a term"),
        Column("last_named", "TEXT", "date of the last"),
    ), label="name"),
    Table("posts", "Posts", "Posts in canonical words, so that they compare.", (
        Column("number", "INTEGER PRIMARY KEY", "its number in this file"),
        Column("name", "TEXT NOT NULL", "status, head, body and place together"),
        Column("status", "TEXT NOT NULL", "đương nhiệm, quyền, phụ trách, nguyên or cố"),
        Column("head", "TEXT NOT NULL", "Chỉ huy trưởng"),
        Column("body", "TEXT NOT NULL", "Bộ CHQS"),
        Column("class", "TEXT NOT NULL", "whose post it is: Đảng, chính quyền, quân đội, biên phòng, công an, MTTQ và"
               " đoàn thể, or empty"),
        Column("level", "TEXT NOT NULL", "trung ương, quân khu, tỉnh, huyện, khu vực, xã, nước ngoài, or empty"),
        Column("place", "TEXT NOT NULL", "the unit's own place, or empty"),
    ), key="UNIQUE (status, head, body, class, level, place)", indexed=("head", "body", "place"),
          facets=("class", "level", "head"), label="name"),
    Table("mentions", "Mentions", "One row an article, person and post: what the press reported, never how long anyone"
          " held office. docs/mentions.md is the codebook.", (
        Column("number", "INTEGER PRIMARY KEY", "its number in this file"),
        ARTICLE,
        Column("person", "TEXT NOT NULL REFERENCES people(id)", "the person"),
        Column("post", "INTEGER REFERENCES posts(number)", "the post; empty for a rank without a post"),
        Column("name", "TEXT NOT NULL", "as the article writes it"),
        Column("rank", "TEXT", "as the article has it"),
        Column("as_written", "TEXT", "the post as written"),
        Column("province", "TEXT", "the post's province at publication"),
        Column("province_now", "TEXT", "the present one"),
        Column("role", "TEXT", "what the person did at the event; several with ; between them"),
        Column("sentence", "TEXT", "the sentence that gives the post; of excerpts only what they show"),
        Column("confidence", "TEXT NOT NULL", "cao, vừa or thấp, as docs/mentions.md says"),
    ), indexed=("article", "person", "post", "province"), facets=("province", "role", "confidence")),
)
BY_NAME = {table.name: table for table in TABLES}

# The full-text table. Each word stands in it twice: as written in `title` and `text`, and without accents, đ as d, in
# the columns _plain. A word typed with accents meets only the first, a word without any both: the promise of the site.
# So accents are kept by the tokenizer (remove_diacritics 0), which would not make đ a d in any case. The columns are
# read from a view (external content), in which _plain stands for the same text: snippet() shows it with its accents.
FULL_TEXT = (
    "CREATE VIEW articles_shown AS SELECT number, title, coalesce(text, excerpt) AS text, title AS title_plain,"
    " coalesce(text, excerpt) AS text_plain FROM articles",
    "CREATE VIRTUAL TABLE articles_fts USING fts5(title, text, title_plain, text_plain,"
    " content='articles_shown', content_rowid='number', tokenize='unicode61 remove_diacritics 0')",
)
ADD_TEXT = "INSERT INTO articles_fts (rowid, title, text, title_plain, text_plain) VALUES (?, ?, ?, ?, ?)"

# What is counted when all articles are in. `people` is made of the mentions, which refer to it.
FINISH = (
    "INSERT INTO sources SELECT source, count(*) FROM articles WHERE source IS NOT NULL GROUP BY source"
    " ORDER BY source",
    "CREATE TEMP TABLE named AS SELECT person, name, count(DISTINCT article) AS times FROM mentions"
    " GROUP BY person, name",
    "INSERT INTO people SELECT m.person, (SELECT name FROM named n WHERE n.person = m.person ORDER BY times DESC, name"
    " LIMIT 1), count(DISTINCT m.article), min(a.published), max(a.published)"
    " FROM mentions m JOIN articles a ON a.number = m.article GROUP BY m.person ORDER BY m.person",
    "INSERT INTO articles_fts (articles_fts) VALUES ('optimize')",
    "ANALYZE",
)
