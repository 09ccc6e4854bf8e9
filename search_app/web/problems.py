"""Problem documents (RFC 9457): what went wrong, for programs.

`type` is the address of the page that explains the kind; `code` names it in English and never changes; `title` and
`detail` are in the reader's language. `parameter` names the parameter at fault. The member `error` repeats this in the
shape that answers had before they were problem documents: scripts read it.
"""

from __future__ import annotations

import json
from typing import Any

from flask import Response

from search_app.i18n.language import say
from search_app.i18n.problem_messages import BY_CODE, BY_STATUS, Kind

MEDIA = "application/problem+json"
EXPLAINED_AT = "/api"  # the page that explains each kind, below the id of its code


def kind_of(status: int, code: str = "") -> Kind:
    """The kind with a code; without one, that of a status."""
    return BY_CODE[code or BY_STATUS.get(status, "bad_request" if status < 500 else "internal_error")]


def problem(status: int, kind: Kind, detail: str, error: dict[str, Any], **more: Any) -> Response:
    """A problem document with status `status`. `more` are members of its own, such as `parameter`."""
    members = {"type": f"{EXPLAINED_AT}#{kind.code}", "title": say(kind.title), "status": status, "detail": detail,
               "code": kind.code, **more, "error": {"status": status, **error}}
    response = Response(json.dumps(members, ensure_ascii=False) + "\n", status, content_type=MEDIA)
    response.headers["Cache-Control"] = "no-store"
    return response
