"""Who may be named as an article's author: people and their groups, not the site, a section or somebody interviewed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

# What stands for an author where nobody is named, as `squeezed` spells it, and words of a site's name.
NOBODY = frozenset((
    "admin", "administrator", "bientap", "banbientap", "editor", "tuoitreonline", "quantri", "phongvien", "bbt",
    "btv", "pv", "ctv", "phongvienctv", "banbientapwebsite", "quantriweb", "quantrivien", "webmaster", "root", "user",
    "superuser", "host", "superuseraccount", "system", "systemaccount", "test", "guest", "bientapvien", "toasoan",
    "tgd",
    "tacgia", "unknown", "anonymous", "null", "none", "undefined", "nguoidang", "nguoiviet", "tonghop", "suutam"
))
# News agencies and outlets that stand where an author's name would: "(TTXVN/Vietnam+)".
AGENCIES = frozenset((
    "ttxvn", "ttxvnvietnam", "vietnam", "vov", "vtv", "vna", "bnews", "tto", "tpo", "plo", "nldo", "qdnd", "ndo",
    "antv", "vtc", "vnexpress", "vietnamplus", "ttxvnvietnamplus", "vgp", "baotintuc", "ttxvntintuc", "ttxvnbaotintuc"
))
DESKS = NOBODY | AGENCIES
# Headings of a newspaper's sections, as `squeezed` spells them.
SECTIONS = frozenset((
    "thoisu", "thoisuchinhtri", "chinhtri", "chinhtrixahoi", "kinhte", "kinhtexahoi", "xahoi", "vanhoa", "vanhoaxahoi",
    "phapluat", "giaoduc", "thethao", "dulich", "quocte", "thegioi", "quocphong", "quocphonganninh", "anninhquocphong",
    "anninh", "tintuc", "tintucsukien", "tintrongtinh", "trongtinh", "tindiaphuong", "diaphuong", "bandoc",
    "xaydungdang", "doisong", "suckhoe", "yte", "khoahoc", "khoahoccongnghe", "congnghe", "moitruong", "nongnghiep",
    "phongsu", "phongsukysu", "multimedia", "video", "longform", "emagazine", "trangchu", "sukien", "binhluan",
    "bienphong", "biendao", "quansu", "bienphongtoandan", "lucluongvutrang", "noichinh", "tinquansu", "tinhoatdong",
    "nhansu", "hoatdong", "tinnong", "tinmoi", "goctuongtac", "nhipsong", "nguoitotviectot", "bienvadao", "duongloidang"
))
A_SITE = re.compile(
    r"\b(?:online|báo|điện tử|news|cổng thông tin|trang thông tin|cổng ttđt|seo|team|marketing|website|portal|thông tấn"
    r"|đài (?:phát thanh|truyền hình|pt-?th|tiếng nói)\w*|tạp chí|truyền hình)\b",
    re.IGNORECASE,
)
# What no name can be, having no vowel: "ĐCSVN", "QĐND". Two or three letters may be somebody's initials.
ABBREVIATION = re.compile(r"[BCDĐFGHJKLMNPQRSTVWXZ]{4,8}")
A_DOMAIN = re.compile(r"\w\.(?:vn|com|net|org|edu|gov|info|tv)\b", re.IGNORECASE)
LONGEST_NAME = 90
SHORTEST_OWNER = 5  # letters of a name that is found within what titles say of the site


def people(names: Iterable[str], site: str | None, url: str | None, behind_titles: Iterable[str] = ()) -> str | None:
    """The names that are somebody's, joined by commas, None if there are none. `behind_titles`: see `is_owner`."""
    behind_titles = tuple(behind_titles)
    kept = [name for each in names if (name := person(each, site, url)) and not is_owner(name, behind_titles)]
    return ", ".join(dict.fromkeys(kept)) or None


def person(name: str | None, site: str | None, url: str | None) -> str | None:
    """`name` if it is somebody's and not the site's own: many pages name themselves as author."""
    if not name or len(name) > LONGEST_NAME or "://" in name or A_DOMAIN.search(name):
        return None
    name = re.sub(r"^theo\s+", "", name, flags=re.IGNORECASE)
    bare = squeezed(name)
    own = [squeezed(site or ""), squeezed(host_name(url))]
    if not bare or any(bare in owner or (len(owner) > 3 and owner in bare) for owner in own if owner):
        return None
    if bare in NOBODY or bare in SECTIONS or A_SITE.search(name) or ABBREVIATION.fullmatch(name.strip(" .()")):
        return None
    return name


def is_owner(name: str, behind_titles: Iterable[str]) -> bool:
    """Whether a name is the site's, as its pages' titles tell: what they say besides the headline (`squeezed`)."""
    bare = squeezed(name)
    return any(bare == owner or (len(bare) >= SHORTEST_OWNER and bare in owner) for owner in behind_titles)


def is_nobody(name: str) -> bool:
    """Whether a byline names a desk or a section and no person: "P.V", "BBT", "Thời sự"."""
    bare, parts = squeezed(name), filter(None, map(squeezed, re.split(r"[,/&+–—-]", name)))
    return (not bare or bare in DESKS or bare in SECTIONS or all(part in DESKS for part in parts)
            or bool(" " not in name and A_DOMAIN.search(name)))


def squeezed(name: str) -> str:
    """The letters and figures of a name without accents: what two spellings of it share."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(character for character in plain if character.isalnum())


def host_name(url: str | None) -> str:
    """The first label of a site's name: "baogialai" of https://www.baogialai.com.vn/."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.").split(".")[0]
    except ValueError:
        return ""


SPEAKER = re.compile(r"[^:.!?]{3,80}:(?:\s|$)")


def speaks(name: str, lines: Iterable[str]) -> bool:
    """Whether somebody answers questions in the text: a line begins with the name and a colon."""
    bare = squeezed(name)
    return len(bare) > 4 and any(bare in squeezed(found[0]) for line in lines if (found := SPEAKER.match(line)))
