"""The closed inventory of Vietnamese syllables: onset, rhyme, tone, and how they are spelt.

A written word of Vietnamese is one syllable. The rules here are the orthography of the 1984 regulation
(Quyết định 240/QĐ) with both ways of placing the tone (``hoà`` and ``hòa``) allowed. They serve as evidence
against a reading (``sơng`` cannot be; ``biệu`` can be but hardly occurs, which the language model knows),
never to change one alone: names, abbreviations and foreign words are no syllables either.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import product


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TONES = {"\u0300": "`", "\u0301": "'", "\u0303": "~", "\u0309": "?", "\u0323": "."}
_TONE_MARKS = frozenset(_TONES)
_STOPS = ("c", "ch", "p", "t")

_ONSETS = _set("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x") | {""}
_BEFORE_FRONT = {"k": "c", "gh": "g", "ngh": "ng"}
_FRONT = ("e", "ê", "i", "y")

_RHYMES = _set(
    """a ai ao au ay ac ach am an ang anh ap at ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut
    uy uya uych uyn uynh uyp uyt uyu uyên uyêt uôc uôi uôm uôn uông uôt
    ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y"""
)
_AFTER_QU = _set(
    """a ai ao au ay ac ach am an ang anh at ăc ăm ăn ăng ăp ăt âc ân âng ât ây âu e en eo et ê êch ên ênh êt
    i ich in inh it y yên yêt ych ynh yt yn ơ ô ôc"""
)
_AFTER_GI = _RHYMES | frozenset(["ếng", "êng", "êt", "ên", "n", "ch", "m", "t", "p", ""])

_MARKED = frozenset("ăâêôơư")
_BASE_CHOICES = {
    "a": "aăâ",
    "e": "eê",
    "o": "oôơ",
    "u": "uư",
    "d": "dđ",
}
_VOWELS = frozenset("aăâeêioôơuưy")


@lru_cache(maxsize=65536)
def parts_of(word: str) -> tuple[str, str, str] | None:
    """Onset, rhyme and tone (one of ``' ` ? ~ .`` or empty) of a syllable in any case; None if it is none."""
    plain, tone, place = _without_tone(word)
    if plain is None:
        return None
    for size in (3, 2, 1, 0):
        onset, rhyme = plain[:size], plain[size:]
        if onset in _ONSETS and _rhymes(onset, rhyme):
            if rhyme.endswith(_STOPS) and tone not in ("'", "."):
                return None
            if tone and not _placed(plain, len(onset), place):
                return None
            return onset, rhyme, tone
    return None


def is_syllable(word: str) -> bool:
    """Whether the word (NFC, any case) can be a Vietnamese syllable."""
    return parts_of(word) is not None


@lru_cache(maxsize=65536)
def canonical(word: str) -> str:
    """The word in lower case with the tone where the newer usage puts it (``hoà`` becomes ``hòa``), so that
    both spellings count as one."""
    low = word.lower()
    plain, tone, _ = _without_tone(low)
    if plain is None or not tone:
        return low
    for pair in ("oa", "oe", "uy"):
        if plain.endswith(pair) and not plain.startswith("qu"):
            mark = next(m for m, t in _TONES.items() if t == tone)
            at = len(plain) - 2
            return unicodedata.normalize("NFC", plain[: at + 1] + mark + plain[at + 1 :])
    return low


@lru_cache(maxsize=8192)
def skeleton(word: str) -> str:
    """The word in lower case without any mark: ``đường`` becomes ``duong``."""
    low = unicodedata.normalize("NFD", word.lower()).replace("đ", "d")
    return "".join(c for c in low if not unicodedata.combining(c))


@lru_cache(maxsize=8192)
def siblings(word: str) -> tuple[str, ...]:
    """All syllables with the same letters under other marks, in lower case: for ``de`` they are ``de dê đe đê
    dè dé …``. A word that has letters outside the alphabet has none."""
    letters = skeleton(word)
    if not letters.isalpha() or len(letters) > 7:
        return ()
    found = []
    for bases in product(*(_BASE_CHOICES.get(c, c) for c in letters)):
        plain = "".join(bases)
        for tone in ("", *_TONE_MARKS):
            for at in _tone_places(plain) if tone else (0,):
                spelt = plain if not tone else plain[: at + 1] + tone + plain[at + 1 :]
                spelt = unicodedata.normalize("NFC", spelt)
                if is_syllable(spelt):
                    found.append(spelt)
    return tuple(dict.fromkeys(found))


def _tone_places(plain: str) -> list[int]:
    return [i for i, c in enumerate(plain) if c in _VOWELS]


def _without_tone(word: str) -> tuple[str | None, str, int]:
    """The word in lower case without its tone, the tone, and the index of the letter that bore it."""
    plain, tone, place = "", "", -1
    for char in word.lower():
        spread = unicodedata.normalize("NFD", char)
        marks = [c for c in spread if c in _TONE_MARKS]
        rest = unicodedata.normalize("NFC", "".join(c for c in spread if c not in _TONE_MARKS))
        if len(rest) != 1 or not rest.isalpha() or len(marks) + bool(tone) > 1:
            return None, "", -1
        if marks:
            tone, place = _TONES[marks[0]], len(plain)
        plain += rest
    return (plain or None), tone, place


def _rhymes(onset: str, rhyme: str) -> bool:
    if onset == "qu":
        return rhyme in _AFTER_QU
    if onset == "gi":
        return rhyme in _AFTER_GI
    if rhyme not in _RHYMES:
        return False
    if onset in _BEFORE_FRONT:
        return rhyme.startswith(_FRONT)
    if onset in ("c", "g", "ng"):
        return not rhyme.startswith(_FRONT) or (onset == "g" and rhyme.startswith("i"))
    if onset == "":
        return not rhyme.startswith("iê")
    return not rhyme.startswith("yê")


def _placed(plain: str, onset: int, place: int) -> bool:
    """Whether the tone sits on a letter where either usage puts it."""
    body = plain[onset:]
    if plain.startswith("gi") and onset == 2 and not any(c in _VOWELS for c in body):
        return place == 1
    at = place - onset
    marked = [i for i, c in enumerate(body) if c in _MARKED]
    if marked:
        return at == marked[-1]
    vowels = [i for i, c in enumerate(body) if c in _VOWELS]
    if at not in vowels:
        return plain == "gi" and place == 1
    if len(vowels) == 1:
        return at == vowels[0]
    cluster = body[vowels[0] : vowels[-1] + 1]
    closed = vowels[-1] + 1 < len(body)
    if cluster in ("oa", "oe", "uy"):
        return at == 1 or (at == 0 and not closed)
    if len(vowels) == 3 or closed:
        return at == vowels[1]
    return at == vowels[0]
