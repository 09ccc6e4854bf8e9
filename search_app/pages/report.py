"""Reports of mistakes: /report shows the form, filled in for one value, and records what is sent.

No account, no cookie, no script. The operator reads the list with `quocphong reports`; nothing of it is published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, current_app, make_response, request

from indexer.model import Entry, Message
from indexer.model.errors import QuocphongError
from indexer.operations import reader_reports
from indexer.operations.reader_reports import LENGTHS, ReaderReport
from search_app.i18n import messages
from search_app.view.filters import safe_link
from search_app.view.page import show_page
from search_app.view.reports import Subject, known_facet
from search_app.web import forms
from search_app.web.archive import archive

blueprint = Blueprint("report", __name__)

TRAP = "website"  # a field that people do not see; programs fill in whatever there is


@dataclass(frozen=True, slots=True)
class Filled:
    """What a reader has filled in: the kind of mistake, the reader's words, and how to reach the reader."""

    kind: str = "wrong"
    words: str = ""
    contact: str = ""


@blueprint.get("/report")
def form() -> Response:
    """The form. ?article= (id), ?facet=, ?value= and ?page= say what is wrong; all may be missing."""
    subject = subject_of(request.args)
    return form_page(200, subject, Filled())


@blueprint.post("/report")
def send() -> Response:
    """Record a report: 200 with its number, 400 with the form and what to change, 503 if it cannot be written."""
    subject, filled = subject_of(request.form), filled_in(request.form)
    name = forms.form_of(request.form.get("token", ""))
    if why := refused(filled, name):
        return form_page(400, subject, filled, why)
    try:
        recorded = reader_reports.add(file(), report(subject, filled, name or ""))
    except QuocphongError as error:
        current_app.logger.error("a reader's report was not recorded: %s", error)
        return answer("report_refused.html", 503, subject=subject, filled=filled)
    return answer("report_recorded.html", 200, subject=subject, number=recorded.number)


def form_page(status: int, subject: Subject, filled: Filled, why: Message | None = None) -> Response:
    """The form with what is filled in, and `why` it was not taken."""
    return answer("report.html", status, subject=subject, filled=filled, kinds=kinds_for(subject), why=why,
                  token=forms.new_token())


def file() -> Path:
    """The file of the list. An index folder that was given to the application counts, not that of the settings."""
    return Path(current_app.extensions["settings"].reports or archive().index_dir / reader_reports.FILE)


def subject_of(given: Mapping[str, str]) -> Subject:
    """What the parameters of a request mean; a facet nobody knows and a page elsewhere are left out."""
    facet = known_facet(given.get("facet", ""))
    value = given.get("value", "")[:LENGTHS["value"]] if facet else ""
    page = given.get("page", "")[:LENGTHS["page"]]
    is_here = page.startswith("/") and not page.startswith("//")
    return Subject(entry_of(given.get("article", "")), facet, value, page if is_here else "")


def entry_of(article: str) -> Entry | None:
    """The article with an id, None where there is none or the index cannot be used: a report must not depend on it."""
    try:
        return archive().entry(article) if article else None
    except QuocphongError:
        return None


def filled_in(given: Mapping[str, str]) -> Filled:
    """What the reader has filled in, with plain line ends."""
    kind = given.get("kind", "")
    words = given.get("words", "").replace("\r\n", "\n").strip()
    return Filled(kind if kind in messages.MISTAKES else "other", words, given.get("contact", "").strip())


def refused(filled: Filled, form_name: str | None) -> Message | None:
    """Why a form cannot be taken as it was sent, None if it can."""
    if request.form.get(TRAP):
        return messages.REPORT_TRAP
    if not forms.sent_from_here() or form_name is None:
        return messages.REPORT_OLD_FORM
    if not filled.words:
        return messages.REPORT_WITHOUT_WORDS
    for name in ("words", "contact"):
        if len(getattr(filled, name)) > LENGTHS[name]:
            return messages.REPORT_TOO_LONG.format(n=LENGTHS["words"], m=LENGTHS["contact"])
    return None


def report(subject: Subject, filled: Filled, form_name: str) -> ReaderReport:
    """The report to record."""
    article = subject.entry.article if subject.entry else None
    link = safe_link(article.url) if article else None
    return ReaderReport(
        article=article.id[:LENGTHS["article"]] if article else "", url=(link or "")[:LENGTHS["url"]],
        facet=subject.facet, value=subject.value, evidence=subject.evidence, page=subject.page, kind=filled.kind,
        words=filled.words, contact=filled.contact, form=form_name,
    )  # fmt: skip


def kinds_for(subject: Subject) -> dict[str, Message]:
    """The kinds of mistake to choose from: those about people only where one is meant."""
    left_out = () if subject.about_people else messages.MISTAKES_ABOUT_PEOPLE
    return {kind: text for kind, text in messages.MISTAKES.items() if kind not in left_out}


def answer(template: str, status: int, **values: object) -> Response:
    """A page that no cache keeps: each form has a token of its own.

    The browser may tell this site where a form came from; elsewhere the policy stays "no-referrer".
    """
    response = make_response(show_page(template, trap=TRAP, most=LENGTHS, **values), status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
