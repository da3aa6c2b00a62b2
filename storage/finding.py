"""How words are found in texts: FTS5 on SQLite, ``tsvector`` on PostgreSQL, with their marks or without.

The words asked for are cut where the index cuts the text: at everything that is neither letter nor figure.
``15/QĐ-SXD`` is the phrase ``15 qđ sxd``; the last part may go on (``Nguy`` finds ``Nguyễn``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sqlalchemy import ColumnElement, bindparam, func, text

from storage import models

POSTGRES_MOST_LETTERS = 200_000
"""So many letters of one document, some 70 pages, are indexed on PostgreSQL, whose index of one text is bounded."""

_LETTERS = "aáàảãạăắằẳẵặâấầẩẫậeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữựyýỳỷỹỵđbcdfghjklmnpqrstvwxz"
_PARTING = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’…–—•·§°"
_NO_WORD = re.compile(r"[\W_]+")


def without_marks(words: str) -> str:
    """Vietnamese without its marks, in small letters: ``Đường`` is ``duong``."""
    letters = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def parts_of(word: str) -> list[str]:
    """The letters-and-figures parts of a word, in small letters; none for a mere sign."""
    return [part for part in _NO_WORD.split(unicodedata.normalize("NFC", word).lower()) if part]


@lru_cache(maxsize=2)
def folding_tables(plain: bool) -> tuple[str, str]:
    """What PostgreSQL's ``translate`` takes, escaped for an ``E''`` string: capitals to small letters (and
    marks away), signs to spaces."""
    pairs = {letter.upper(): letter for letter in _LETTERS}
    pairs |= {letter: letter for letter in _LETTERS}
    if plain:
        pairs = {letter: without_marks(small) for letter, small in pairs.items()}
    pairs = {letter: to for letter, to in pairs.items() if letter != to} | dict.fromkeys(_PARTING, " ")
    escape = str.maketrans({"\\": "\\\\", "'": "\\'"})
    return "".join(pairs).translate(escape), "".join(pairs.values()).translate(escape)


def holds(parts: list[str], *, plain: bool, postgres: bool) -> ColumnElement[bool]:
    """The condition that a document's text holds the phrase of ``parts``, the last of which may go on.
    ``plain``: whatever the marks."""
    table = "find_plain" if plain else "find_exact"
    parts = [without_marks(part) for part in parts] if plain else parts
    if postgres:
        phrase = " <-> ".join(f"'{part}'" for part in parts) + ":*"
        vector = getattr(func, table)(models.Document.text)
        matches: ColumnElement[bool] = vector.op("@@")(func.to_tsquery(text("'simple'::regconfig"), phrase))
        return matches
    wanted = '"' + " ".join(parts) + '" *'
    query = f"SELECT document_id FROM {table} WHERE {table} MATCH :wanted"  # noqa: S608
    found = text(query).bindparams(bindparam("wanted", wanted, unique=True))
    return models.Document.id.in_(found.columns(models.Document.id))
