"""A pipeline for tests of the API: fast, and told by the file itself what to make of it.

A file is UTF-8 text: a first line ``TYPE NAME=VALUE; …`` and then the printed text, pages parted by form
feeds. A page ``BROKEN`` is refused. The first line ``!code`` fails as a sender's fault, ``?code`` as the
machine's.
"""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from classifiers.catalogue import catalogue
from errors import MachineError, SenderError
from queueing import Progress
from records import (
    Composed,
    DigitizedFile,
    Document,
    FieldValue,
    MediaType,
    PageReading,
    RefusedPage,
    Review,
    SourceFile,
    TypeFinding,
    Verdict,
)
from storage.states import Lane
from tests.factories import page as page_of_text

FONT = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"


class PaperPipeline:
    """Call it as the queue does. While ``gate`` is closed, no page after the first is finished."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.calls = 0

    def __call__(self, source: SourceFile, lane: Lane, scratch: Path, on_page: Progress) -> DigitizedFile:
        self.calls += 1
        text = source.path.read_text(encoding="utf-8", errors="replace")
        head, _, body = text.partition("\n")
        if not text:
            raise SenderError("empty_file")
        if head.startswith("!"):
            raise SenderError(head[1:])
        if head.startswith("?"):
            raise MachineError(head[1:], page=1, seconds=1, id="abc")
        code, _, told = head.partition(" ")
        if code not in catalogue():
            raise SenderError("unsupported_kind", found="")
        texts = body.split("\f")
        read: list[PageReading] = []
        refused: list[RefusedPage] = []
        for number, one in enumerate(texts, 1):
            if one.strip() == "BROKEN":
                refused.append(RefusedPage(number, "page_damaged"))
            else:
                read.append(page_of_text(one, number))
            on_page(number, len(texts))
            self.gate.wait(20)
        if not read:
            raise SenderError("all_pages_refused", why="test")
        fields = tuple(_field(part.strip(), read) for part in told.split(";") if "=" in part)
        reasons = tuple(
            name
            for name, there in (
                ("invalid_field", any(not f.valid for f in fields)),
                ("doubtful_field", any(f.confidence < 0.8 for f in fields)),
                ("page_refused", bool(refused)),
            )
            if there
        )
        doubts = tuple(f.name for f in fields if not f.valid or f.confidence < 0.8)
        document = Document(
            source=source,
            media_type=MediaType.PDF,
            pages=tuple(read),
            type=TypeFinding(code, catalogue()[code].label, 0.97),
            fields=fields,
            review=Review(reasons, doubts, Verdict.CHECK if reasons else Verdict.AUTO),
        )
        composed = _printed(read, scratch / "document.pdf")
        return DigitizedFile(
            source=source,
            media_type=MediaType.PDF,
            page_count=len(texts),
            documents=((document, composed),),
            refused=tuple(refused),
        )


def _field(told: str, read: list[PageReading]) -> FieldValue:
    """``name=value``, ``name=value@as printed``; a ``?`` at the end: doubtful, a ``!``: invalid."""
    name, _, value = told.partition("=")
    doubtful, invalid = value.endswith("?"), value.endswith("!")
    value, _, printed = value.rstrip("?!").partition("@")
    at, box = 1, read[0].lines[0].box
    for number, one in enumerate(read, 1):
        for line in one.lines:
            if (printed or value) in line.text:
                at, box = number, line.box
    return FieldValue(name, value, 0.55 if doubtful else 0.97, at, box, valid=not invalid)


def _printed(read: list[PageReading], path: Path) -> Composed:
    pictures = []
    for one in read:
        picture = Image.new("RGB", (one.width // 3, one.height // 3), "white")
        pen = ImageDraw.Draw(picture)
        for word in one.words:
            x, y, _, height = word.box
            pen.text((x / 3, y / 3), word.text, fill="black", font=ImageFont.truetype(FONT, height // 3))
        pictures.append(picture)
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=100)
    data = path.read_bytes()
    return Composed(path, hashlib.sha256(data).hexdigest(), len(data))
