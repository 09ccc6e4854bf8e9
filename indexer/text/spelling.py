"""Which syllables Vietnamese can write: onset + rime + tone, and spellings that differ and mean the same.

The tables follow the standard account of the written syllable (Đoàn Thiện Thuật, Ngữ âm tiếng Việt, 1977): any
onset with any rime (and ăk, for Đắk Lắk and its kind), less what the spelling rules rule out (k, gh, ngh before
e, ê, i, y only; c, g, ng elsewhere; q always with u), and, in rimes closed by c, ch, p, t, only sắc and nặng.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from indexer.text.normalize import normalize


def is_syllable(text: str) -> bool:
    """Whether `text` (any case, NFC or not, either style of tone placement) can be a Vietnamese syllable."""
    return normalize(text).lower() in possible()[1]


def spell(letters: str, tone: str) -> str | None:
    """The syllable of `letters` (lower case, no tone) with `tone`, a key of TONES, in its place; None if impossible."""
    return possible()[0].get((letters, tone))


def variants(syllable: str) -> tuple[str, ...]:
    """The other spellings of `syllable` with i for y or y for i ("sĩ" -> "sỹ"), normalised; mostly none."""
    match = I_OR_Y.fullmatch(normalize(syllable).lower())
    return (match[1] + match[2].translate(SWAP),) if match else ()


# i and y are written for one sound at the end of a syllable after these onsets (Quyết định 240/QĐ of 1984 asks for
# i, later usage keeps y in names and Hán-Việt words; the news writes both: bác sĩ, bác sỹ).
I_OR_Y = re.compile(r"(h|k|l|m|qu|s|t|v)([iìíỉĩịyỳýỷỹỵ])")
SWAP = str.maketrans("iìíỉĩịyỳýỷỹỵ", "yỳýỷỹỵiìíỉĩị")


# --- the tables ---------------------------------------------------------------------------------

ONSET_ROW = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
RIME_ROWS = """
a ac ach ai am an ang anh ao ap at au ay  ă ăc ăk ăm ăn ăng ăp ăt  â âc âm ân âng âp ât âu ây
e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu  i ia ich im in inh ip it iu
iêc iêm iên iêng iêp iêt iêu  o oc oi om on ong op ot ooc oong  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
oa oac oach oai oam oan oang oanh oao oap oat oay  oăc oăm oăn oăng oăt  oe oen oeo oet
u ua uc ui um un ung up ut  uân uâng uât uây  uê uêch uên uênh  uơ  uôc uôi uôm uôn uông uôt
uy uych uyn uynh uyt uyu uya uyên uyêt  ư ưa ưc ưi ưm ưn ưng ưt ưu  ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu ynh
"""

AFTER_QU_ROWS = """
a ac ach ai am an ang anh ao ap at au ay  ă ăc ăm ăn ăng ăp ăt  ân âng ât âu ây  e en eo et en eng
ê êch ên ênh êt êu  i it inh ich iu  ôc ơ ơi y ych ynh yt yên yêt yêu yu
"""
ONSETS = frozenset((*ONSET_ROW.split(), ""))
RIMES = frozenset(RIME_ROWS.split())
AFTER_QU = frozenset(AFTER_QU_ROWS.split())

FRONT = tuple("eêiy")
STOPPED = ("c", "ch", "p", "t")  # endings that leave only two tones
TONES = {"ngang": "", "huyền": "\u0300", "hỏi": "\u0309", "ngã": "\u0303", "sắc": "\u0301", "nặng": "\u0323"}
STOPPED_TONES = ("sắc", "nặng")
VOWELS = frozenset("aăâeêioôơuưy")


@cache
def possible() -> tuple[dict[tuple[str, str], str], frozenset[str]]:
    """Every possible syllable by its letters and tone, and all of them as a set: about 20,000, built on first use."""
    spelled: dict[tuple[str, str], str] = {}
    every = set()
    for onset, rime in onsets_and_rimes():
        for tone in STOPPED_TONES if rime.endswith(STOPPED) else TONES:
            syllable = onset + toned(rime, TONES[tone])
            every.add(syllable)
            spelled.setdefault((onset + rime, tone), syllable)
    return spelled, frozenset(every)


def onsets_and_rimes() -> Iterator[tuple[str, str]]:
    """Every onset with each rime that Vietnamese spelling allows beside it."""
    yield from (("qu", rime) for rime in sorted(AFTER_QU))
    yield from (("gi", rime) for rime in sorted(RIMES) if not rime.startswith(("i", "y")))
    yield from (("g", rime) for rime in sorted(RIMES) if rime.startswith("i") and rime != "ia")  # gì, gìn, giếng
    for onset in sorted(ONSETS - {"qu", "gi"}):
        yield from ((onset, rime) for rime in sorted(RIMES) if fits(onset, rime))


def fits(onset: str, rime: str) -> bool:
    """Whether spelling allows a rime behind an onset (k, gh, ngh before front vowels)."""
    front = rime.startswith(FRONT)
    if onset == "k" and rime in ("an", "on", "ông"):
        return True  # Bắc Kạn, Kon Tum, Mê Kông
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "g", "ng"):
        return not front
    return not onset or not rime.startswith("yê")


def toned(rime: str, mark: str) -> str:
    """`rime` with the tone `mark` on the vowel that bears it, in the old style."""
    vowels = [at for at, letter in enumerate(rime) if letter in VOWELS]
    marked = [at for at in vowels if rime[at] in "ăâêôơư"]
    if marked:
        at = marked[-1]  # ươ: on ơ
    elif len(vowels) == 1 or (len(vowels) == 2 and vowels[-1] == len(rime) - 1):
        at = vowels[0]
    else:
        at = vowels[1]  # the middle of three; the second of two before a consonant
    return unicodedata.normalize("NFC", rime[: at + 1] + mark + rime[at + 1 :])
