"""What ``sohoa digitize`` leaves in its folder: ``STEM.pdf`` and ``STEM.json`` for each document."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import threading
import unicodedata
from pathlib import Path
from typing import Any

from errors import MachineError
from records import DigitizedFile, Document, FieldValue, PageReading

SCHEMA = 1


def document_record(document: Document) -> dict[str, Any]:
    """The document's JSON record (``docs/document.schema.json``, schema 1). Text is NFC. Page numbers of
    ``pages`` and ``fields`` count within the document, those of ``source`` within the file."""
    return {
        "schema": SCHEMA,
        "source": {
            "name": _nfc(document.source.name),
            "sha256": document.source.sha256,
            "media_type": document.media_type.value,
            "pages": [page.number for page in document.pages],
        },
        "document_type": {
            "code": document.type.code,
            "label": document.type.label,
            "confidence": _share(document.type.confidence),
        },
        "fields": {f.name: _field_record(f) for f in document.fields},
        "text": _nfc(document.text),
        "pages": [_page_record(n, page) for n, page in enumerate(document.pages, start=1)],
        "review": {
            "needed": document.review.needed,
            "reasons": list(document.review.reasons),
            "fields": list(document.review.fields),
            "verdict": document.review.verdict.value,
        },
        "warnings": list(document.warnings),
    }


def _field_record(field: FieldValue) -> dict[str, Any]:
    record: dict[str, Any] = {
        "value": _nfc(field.value),
        "confidence": _share(field.confidence),
        "page": field.page,
        "box": list(field.box),
        "valid": field.valid,
        "source": field.source,
    }
    if field.problems:
        record["problems"] = list(field.problems)
    return record


def _page_record(number: int, page: PageReading) -> dict[str, Any]:
    record: dict[str, Any] = {
        "number": number,
        "width": page.width,
        "height": page.height,
        "dpi": round(page.dpi),
        "rotation": page.rotation,
        "skew": round(page.skew, 2),
        "blank": page.blank,
        "confidence": _share(page.confidence),
        "text": _nfc(page.text),
        "words": [
            {"text": _nfc(w.text), "box": list(w.box), "confidence": _share(w.confidence)} for w in page.words
        ],
        "origin": page.origin.value,
    }
    # What was read otherwise at first, and why another reading was chosen.
    changes = [
        {"word": at, "heard": w.heard, "chosen": w.text, "why": w.why}
        for at, w in enumerate(page.words)
        if w.heard is not None
    ]
    optional = {
        "changes": changes,
        "regions": [{"kind": r.kind.value, "box": list(r.box)} for r in page.regions],
        "marks": [{"kind": m.kind.value, "text": m.text, "box": list(m.box)} for m in page.marks],
        "warnings": list(page.warnings),
        "failure": page.failure,
    }
    return record | {name: value for name, value in optional.items() if value}


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _share(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 4)


class OutputFolder:
    """The folder of one run. Gives distinct names to inputs of one stem, never overwrites what was there
    before the run unless ``force``, and never what this run wrote. Safe to use from several threads."""

    def __init__(self, folder: Path, *, force: bool, stems: list[str]) -> None:
        """``stems``: of all inputs of the run, made safe (:func:`naming.file_stem`), so that the documents of
        ``a.pdf`` (``a-1``, ``a-2``) do not take the names of ``a-1.pdf``. Makes the folder when missing;
        raises OSError when it cannot."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._force = force
        self._lock = threading.Lock()
        self._taken: dict[str, int] = {}
        for stem in stems:
            self._taken[stem] = self._taken.get(stem, 0) + 1
        self._written: set[str] = set()

    def write(self, digitized: DigitizedFile, stem: str) -> list[Path]:
        """Write every document, each whole or not at all. Returns the PDFs' paths.

        Raises:
            MachineError: ``output_exists`` (before anything is written) or ``output_failed``.
        """
        with self._lock:
            names = self._names(stem, len(digitized.documents))
            if not self._force:
                for name in names:
                    for ending in (".pdf", ".json"):
                        if (self._folder / (name + ending)).exists():
                            raise MachineError("output_exists", name=name + ending)
            self._written.update(names)
        written = []
        for name, (document, composed) in zip(names, digitized.documents, strict=True):
            record = json.dumps(document_record(document), ensure_ascii=False, indent=1) + "\n"
            try:
                written.append(self._put_pair(name, composed.path, record))
            except OSError as failed:
                raise MachineError("output_failed", name=name, why=failed.strerror or str(failed)) from failed
        return written

    def _names(self, stem: str, documents: int) -> list[str]:
        """Names that nothing else in this run has or will want."""
        base, turn = stem, 1
        while True:
            names = [base] if documents == 1 else [f"{base}-{n}" for n in range(1, documents + 1)]
            if not any(name in self._written or self._wanted_by_another(name, stem) for name in names):
                return names
            turn += 1
            base = f"{stem}_{turn}"

    def _wanted_by_another(self, name: str, stem: str) -> bool:
        return name != stem and name in self._taken

    def _put_pair(self, name: str, pdf: Path, record: str) -> Path:
        final_pdf, final_json = self._folder / f"{name}.pdf", self._folder / f"{name}.json"
        parked = Path(tempfile.mkdtemp(prefix=".sohoa-", dir=self._folder))
        try:
            new_pdf, new_json = parked / "new.pdf", parked / "new.json"
            shutil.copyfile(pdf, new_pdf)
            new_json.write_text(record, encoding="utf-8")
            for new in (new_pdf, new_json):
                with new.open("rb") as handle:
                    os.fsync(handle.fileno())
            self._place(new_pdf, final_pdf)
            try:
                self._place(new_json, final_json)
            except OSError:
                if not self._force:
                    final_pdf.unlink()
                raise
        finally:
            with contextlib.suppress(OSError):
                shutil.rmtree(parked)
        return final_pdf

    def _place(self, new: Path, final: Path) -> None:
        if self._force:
            new.replace(final)
        else:
            os.link(new, final)  # fails when somebody else put a file there meanwhile
