"""Documents found by words in their text, and how many there are in each state."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from sqlalchemy import func, or_, select

from storage import models
from storage.database import Database
from storage.dossiers.reading import _given, _in_order, _slice
from storage.dossiers.viewing import document_view
from storage.states import DocumentState
from storage.views import DocumentView, Slice

_MOST_WORDS = 8


def search_documents(
    database: Database,
    text: str,
    *,
    ma_ho_so: str | None = None,
    state: DocumentState | None = None,
    type_code: str | None = None,
    newest_first: bool = True,
    after: str | None = None,
    limit: int = 50,
) -> Slice[DocumentView]:
    """Documents whose text, dossier code or file name holds every word of ``text`` (at most eight count).

    SQLite folds only ASCII letters, so each word is looked for as typed, in small letters, in capitals and
    with a capital first letter.
    """
    asked = (
        select(models.Document, models.Intake.name)
        .join(models.Intake, models.Intake.id == models.Document.intake_id)
        .filter(
            *(
                getattr(models.Document, column) == value
                for column, value in _given(
                    {"ma_ho_so": ma_ho_so, "state": state, "type_code": type_code}
                ).items()
            )
        )
    )
    for word in unicodedata.normalize("NFC", text).split()[:_MOST_WORDS]:
        forms = sorted({word, word.lower(), word.upper(), word.capitalize()})
        asked = asked.where(
            or_(
                *(models.Document.text.contains(form, autoescape=True) for form in forms),
                *(models.Intake.name.contains(form, autoescape=True) for form in forms),
                models.Document.ma_ho_so.contains(word.upper(), autoescape=True),
            )
        )
    with database.read() as session:
        rows = _in_order(session, asked, models.Document.id, newest_first, after, limit)
        return _slice([document_view(row, name) for row, name in rows], limit, lambda view: view.id)


def count_documents(database: Database) -> Mapping[DocumentState, int]:
    """How many documents stand in each state."""
    asked = select(models.Document.state, func.count()).group_by(models.Document.state)
    with database.read() as session:
        found = {DocumentState(state): count for state, count in session.execute(asked).all()}
    return {state: found.get(state, 0) for state in DocumentState}


def field_values(
    database: Database, documents: Sequence[str], names: Sequence[str]
) -> Mapping[str, Mapping[str, str]]:
    """Values of some fields of some documents, by document and name; what was not read is left out."""
    asked = select(models.Field.document_id, models.Field.name, models.Field.value).where(
        models.Field.document_id.in_(documents), models.Field.name.in_(names)
    )
    found: dict[str, dict[str, str]] = {document: {} for document in documents}
    with database.read() as session:
        for document, name, value in session.execute(asked):
            found[document][name] = value
    return found
