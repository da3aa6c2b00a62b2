"""Digitized files made from a few lines of text, as the pipeline would hand them over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from records import (
    Composed,
    DigitizedFile,
    Document,
    FieldValue,
    MediaType,
    RefusedPage,
    Review,
    SourceFile,
    TypeFinding,
    Verdict,
)
from storage.states import Lane
from tests.factories import page


def sha256_of(content: bytes) -> str:
    """The name of some bytes."""
    return hashlib.sha256(content).hexdigest()


def written(path: Path, content: bytes) -> Path:
    """A file with this content."""
    path.write_bytes(content)
    return path


def source_of(path: Path, name: str | None = None) -> SourceFile:
    """A file as a sender sent it."""
    content = path.read_bytes()
    return SourceFile(path, name or path.name, sha256_of(content), len(content))


def digitized_file(source: SourceFile, scratch: Path, *, doubtful: bool = False) -> DigitizedFile:
    """Five pages: a decision of two, a separator, a refused page, and a letter of one."""
    decision = Document(
        source=source,
        media_type=MediaType.PDF,
        pages=(page("QUYẾT ĐỊNH\nVề việc thử nghiệm", 1), page("Điều 1.", 2)),
        type=TypeFinding("quyet_dinh", "Quyết định", 0.98),
        fields=(
            FieldValue("so_ky_hieu", "12/QĐ-UBND", 0.97, 1, (10, 20, 300, 40)),
            FieldValue("ngay_ban_hanh", "2025-07-31", 0.9, 1, (10, 80, 300, 40)),
        ),
        review=Review(("doubtful_field",), ("so_ky_hieu",), Verdict.CHECK) if doubtful else Review(),
    )
    letter = Document(
        source=source,
        media_type=MediaType.PDF,
        pages=(page("Kính gửi: Ủy ban nhân dân", 5, failure=None),),
        type=TypeFinding("cong_van", "Công văn", 0.9),
        fields=(),
        review=Review(),
    )
    composed = []
    for number, document in enumerate((decision, letter)):
        path = written(scratch / f"{number}.pdf", f"%PDF {source.sha256} {document.type.code}".encode())
        composed.append(Composed(path, sha256_of(path.read_bytes()), path.stat().st_size))
    return DigitizedFile(
        source=source,
        media_type=MediaType.PDF,
        page_count=5,
        documents=((decision, composed[0]), (letter, composed[1])),
        separators=(3,),
        refused=(RefusedPage(4, "page_too_large", (("pixels", "9"), ("limit", "5"))),),
        warnings=("repaired",),
    )


def digitize_quickly(
    source: SourceFile, lane: Lane, scratch: Path, on_page: Callable[[int, int], None]
) -> DigitizedFile:
    """Stands in for the pipeline."""
    for done in range(1, 6):
        on_page(done, 5)
    return digitized_file(source, scratch)
