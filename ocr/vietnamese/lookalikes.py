"""Other ways to spell what is printed in few strokes: raised figures of units, Roman numbers, foreign letters.

The engine has no raised figures, counts the strokes of ``III`` wrongly, sees ``€`` for ``c`` and ``VI`` for the
``VT`` (văn thư) that stands at the foot of every letter. Here is only what such a word could be; the picture
decides.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_SURELY, _NONSENSE, _PLAIN, _FAR = -1.0, 1.0, 2.5, 4.0
"""Costs (natural log) of what must be meant (it stands even where the picture is silent), of putting right what
cannot be, what could be, and by a stroke more."""
_UNIT = re.compile(r"((?:[^\W\d_]+/)?\(?[\d.,]*[kdcm]?m)([?2²3³°º’‘”“\"'*}‡>])([.,;:)\]]{0,3}|/.*)")
_ROMAN = re.compile(r"([(“\"]?)([IVXLHUl1|Ị]{1,6})([.,;:)/”\"]*)")
_STROKES = str.maketrans({"H": "II", "U": "II", "l": "I", "1": "I", "|": "I", "Ị": "I", "L": "I"})
_NUMBERS = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
    "XVII", "XVIII", "XIX", "XX",
)  # fmt: skip
_LETTERS_END = re.compile(r"(.*)\.[/|][!,;:’'`,]?")
"""Vietnamese letters end in ``./.``; of those small strokes one is soon lost."""
_ADDRESS = re.compile(
    r"([\w.-]{2,})(?:\(\)|\(a\)|\(a|\(\w|\(|\(b|©|®)((?:[a-z0-9-]+\.)+(?:com|vn|net|org)[.,;]?)"
)
_HOSTS = ("gmail.com", "yahoo.com", "yahoo.com.vn", "hotmail.com", "outlook.com")
_HOST = re.compile(r"(.*[@(©®])(\w{3,8}\.com(?:\.vn)?)([.,;)]*)")
_STATE = re.compile(r"(.*\.)[^\W\d_]ov(\.vn.*)", re.IGNORECASE)
_FIGURES = str.maketrans(
    {"]": "1", "[": "1", "|": "1", "!": "1", "l": "1", "I": "1", "L": "1", "O": "0", "o": "0", "S": "5"}
)
_DATED = re.compile(
    r"(?=.*\d)(?:[\dlILOoS\]\[|!]{1,2}(?:[/h][\dlILOoS]{1,4}){1,2}[.,;)]*|[\dlIL\]\[|!]{2}[.,;]?)"
)
_BRACKETS = re.compile(r"[\]\[|!]")
_FOREIGN = {"€": "c", "¢": "c", "¡": "i", "ä": "ăắãâ", "ë": "êẽế", "ï": "ĩi", "ö": "ôõố", "ü": "ũư", "ÿ": "ỹ"}
_FOREIGN |= {a.upper(): b.upper() for a, b in _FOREIGN.items() if a.isalpha()}


@lru_cache(maxsize=4096)
def lookalikes(text: str) -> tuple[tuple[str, float], ...]:
    """What ``text`` could be read as besides, each with its cost."""
    found: dict[str, float] = {}
    if unit := _UNIT.fullmatch(text):
        cost = _PLAIN if unit[2] in "2²3³" else _NONSENSE
        found[f"{unit[1]}³{unit[3]}"] = cost
        found[f"{unit[1]}²{unit[3]}"] = cost if cost == _PLAIN else _SURELY
    if (roman := _ROMAN.fullmatch(text)) and not roman[2].isdigit():
        found |= {f"{roman[1]}{number}{roman[3]}": cost for number, cost in _romans(roman[2])}
        if roman[2] in ("VI", "V1", "VỊ", "Vl"):
            found |= {f"{roman[1]}VT{end}": _PLAIN for end in {roman[3], roman[3] or ","}}
    if ending := _LETTERS_END.fullmatch(text):
        found[f"{ending[1]}./."] = _NONSENSE
    if address := _ADDRESS.fullmatch(text):
        found[f"{address[1]}@{address[2]}"] = _NONSENSE
    if (host := _HOST.fullmatch(text)) and host[2] not in _HOSTS:
        likely = min(_HOSTS, key=lambda h: Levenshtein.distance(h, host[2]))
        if Levenshtein.distance(likely, host[2]) <= 2:
            found[f"{re.sub(r'[(©®][a-z]?$', '@', host[1])}{likely}{host[3]}"] = _SURELY
    if (state := _STATE.fullmatch(text)) and f"{state[1]}gov{state[2]}" != text:
        found[f"{state[1]}gov{state[2]}"] = _SURELY
    if _DATED.fullmatch(text):
        found[text.translate(_FIGURES)] = _SURELY if _BRACKETS.search(text) else _NONSENSE
    for i, letter in enumerate(text):
        for other in _FOREIGN.get(letter, ""):
            found[text[:i] + other + text[i + 1 :]] = _NONSENSE
        after = text[i + 1 : i + 2]
        if (letter == "l" and after.isupper()) or (letter == "I" and after.islower()):
            found[text[:i] + ("I" if letter == "l" else "l") + text[i + 1 :]] = _PLAIN
    found.pop(text, None)
    return tuple(found.items())


def _romans(heard: str) -> list[tuple[str, float]]:
    plain = heard.translate(_STROKES)
    wrong = heard not in _NUMBERS
    return [
        (number, _NONSENSE if wrong and far == 0 else _PLAIN if far == 0 or wrong else _FAR)
        for number in _NUMBERS
        if (far := Levenshtein.distance(plain, number)) <= 1
    ]
