"""File names from outside, made safe to store, show and hand back."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

MOST_LETTERS = 150


def safe_name(sent: str) -> str:
    """The last part of a sent name, NFC, without controls and invisible or direction-changing characters.

    A name that nothing is left of becomes ``tep``. At most :data:`MOST_LETTERS` letters; the ending is kept.
    """
    last = sent.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(
        " " if unicodedata.category(letter) in ("Zs", "Zl", "Zp") else letter
        for letter in unicodedata.normalize("NFC", last)
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    shown = " ".join(shown.split()).strip(". ") or "tep"
    if len(shown) > MOST_LETTERS:
        stem, dot, ending = shown.rpartition(".")
        ending = dot + ending if dot and len(ending) <= 8 else ""
        shown = (stem if ending else shown)[: MOST_LETTERS - len(ending)] + ending
    return shown


def disposition(name: str, kind: str = "attachment") -> str:
    """A ``Content-Disposition`` value: a plain ASCII name for old readers and the true one (RFC 5987)."""
    name = safe_name(name)
    letters = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(x if x.isascii() and (x.isalnum() or x in " ._-()") else "" for x in letters)
    return f"{kind}; filename=\"{plain.strip() or 'tep'}\"; filename*=UTF-8''{quote(name, safe='')}"
