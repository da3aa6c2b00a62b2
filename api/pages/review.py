"""The page on which a document is checked."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi.responses import HTMLResponse

from api.pages.rendering import page
from api.service import Service
from api.v1 import bodies
from api.v1.files import page_of
from classifiers.catalogue import catalogue
from storage import dossiers
from storage.finding import without_marks
from storage.views import DocumentView, FieldView


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field as the page shows it. ``why`` are the sentences that say what is doubtful."""

    body: bodies.DocumentField
    doubtful: bool
    why: tuple[str, ...]


def review_page(
    service: Service, document_id: str, wanted: int | None, find: str, plain: bool = False
) -> HTMLResponse:
    """Doubtful fields first, in the order of the paper; then the rest. ``find``: words to light (whatever
    their marks, if ``plain``); without a ``wanted`` page it opens on the first one that holds any of them."""
    detail = dossiers.get_document(service.database, document_id)
    number = wanted or _first_with(detail.text, find, plain)
    page_of(detail, number)
    view, papers = detail.document, catalogue()
    shown = [_shown(view, field) for field in detail.fields]
    missing = [name for name in view.doubtful_fields if name not in {field.name for field in detail.fields}]
    beside = dossiers.list_documents(service.database, ma_ho_so=view.ma_ho_so, newest_first=False, limit=500)
    waiting = [one for one in beside.items if one.state == "to_check" and one.id != view.id]
    return page(
        "review.html",
        document=bodies.document(view),
        doubts=[field for field in shown if field.doubtful],
        sure=[field for field in shown if not field.doubtful],
        missing=missing,
        number=number,
        find=find,
        plain=plain,
        pages=detail.pages,
        page=detail.pages[number - 1],
        next_waiting=waiting[0].id if waiting else None,
        confirmed=view.state == "confirmed",
        types=sorted((paper.label, paper.code) for paper in papers.values()),
        read_label=papers[view.type_read].label if view.type_read in papers else view.type_read,
    )


def _shown(view: DocumentView, field: FieldView) -> ShownField:
    body = bodies.document_field(field)
    why = [problem.vietnamese for problem in body.problems]
    if not field.valid and not why:
        why.append("Giá trị không hợp lệ.")
    seen = field.corrected_by is not None
    doubtful = not seen and (not field.valid or field.name in view.doubtful_fields)
    if doubtful and not why:
        why.append("Đọc chưa chắc chắn, hãy đối chiếu với bản giấy.")
    return ShownField(body=body, doubtful=doubtful and view.state != "confirmed", why=tuple(why))


def _first_with(text: str, find: str, plain: bool) -> int:
    """The first page (from 1) that holds one of the words, else the first."""
    fold = without_marks if plain else str.lower
    words = fold(find).split()
    for number, page_text in enumerate(fold(text).split("\f"), start=1):
        if any(word in page_text for word in words):
            return number
    return 1
