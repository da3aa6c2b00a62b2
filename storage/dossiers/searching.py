"""Documents found by words in their text, place, doubt and age, and how many there are in each state."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, func, or_, select, union

from storage import models
from storage.database import Database
from storage.dossiers.reading import _given, _in_order, _slice
from storage.dossiers.viewing import document_view
from storage.finding import holds, parts_of
from storage.states import DocumentState
from storage.views import DocumentView, Slice

_MOST_WORDS = 8
_MOST_PLACES = 300


def search_documents(
    database: Database,
    text: str,
    *,
    without_marks: bool = False,
    ma_ho_so: str | None = None,
    state: DocumentState | None = None,
    type_code: str | None = None,
    place: str | None = None,
    reason: str | None = None,
    attached_before: datetime | None = None,
    newest_first: bool = True,
    after: str | None = None,
    limit: int = 50,
) -> Slice[DocumentView]:
    """Documents that hold every word of ``text`` (at most eight count), each in their text (as the beginning
    of a word, whatever its marks if ``without_marks``), in their dossier's code or in their file's name.

    ``place``: the dossier was received there or is decided there. ``reason``: why a person should look.
    """
    wanted = _given({"ma_ho_so": ma_ho_so, "state": state, "type_code": type_code})
    asked = (
        select(models.Document, models.Intake.name)
        .join(models.Intake, models.Intake.id == models.Document.intake_id)
        .filter(*(getattr(models.Document, column) == value for column, value in wanted.items()))
    )
    if place:
        asked = asked.join(models.Dossier, models.Dossier.ma_ho_so == models.Document.ma_ho_so).where(
            or_(models.Dossier.noi_tiep_nhan == place, models.Dossier.co_quan_giai_quyet == place)
        )
    if reason:
        asked = asked.where(cast(models.Document.reasons, Text).contains(f'"{reason}"', autoescape=True))
    if attached_before is not None:
        asked = asked.where(models.Document.attached_at < attached_before)
    postgres = database.engine.dialect.name == "postgresql"
    for word in unicodedata.normalize("NFC", text).split()[:_MOST_WORDS]:
        asked = asked.where(models.Document.id.in_(_holders_of(word, without_marks, postgres)))
    with database.read() as session:
        rows = _in_order(session, asked, models.Document.id, newest_first, after, limit)
        return _slice([document_view(row, name) for row, name in rows], limit, lambda view: view.id)


def _holders_of(word: str, without_marks: bool, postgres: bool) -> Any:
    """The ids of the documents that hold a word in one of its places. Each place is asked on its own: of
    conditions on several tables joined by OR a database uses no index, and reads every text instead.

    SQLite folds only ASCII letters in names, so a word is looked for there in four forms.
    """
    forms = sorted({word, word.lower(), word.upper(), word.capitalize()})
    named = select(models.Document.id).join(models.Intake, models.Intake.id == models.Document.intake_id)
    places = [
        named.where(or_(*(models.Intake.name.contains(form, autoescape=True) for form in forms))),
        select(models.Document.id).where(models.Document.ma_ho_so.contains(word.upper(), autoescape=True)),
    ]
    parts = parts_of(word)
    if parts:
        places.append(select(models.Document.id).where(holds(parts, plain=without_marks, postgres=postgres)))
    return union(*places)


def places(database: Database) -> tuple[str, ...]:
    """Where dossiers were received and who decides them, each once, in order (at most 300)."""
    both = union(
        select(models.Dossier.noi_tiep_nhan.label("place")).distinct(),
        select(models.Dossier.co_quan_giai_quyet.label("place")).distinct(),
    ).subquery()
    asked = select(both.c.place).where(both.c.place.is_not(None)).order_by(both.c.place).limit(_MOST_PLACES)
    with database.read() as session:
        return tuple(session.scalars(asked))


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
