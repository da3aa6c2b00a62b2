"""A reading that is made up, so that the chaos bench spends the processor on chaos: every file is one paper of
``PAGES`` pages, and a page takes ``PAGE_SECONDS``."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

from records import (
    Composed,
    DigitizedFile,
    Document,
    MediaType,
    PageReading,
    PictureFile,
    Review,
    SourceFile,
    TextOrigin,
    TypeFinding,
)
from storage.states import Lane

PAGES = 5
PAGE_SECONDS = 0.05
WIDTH, HEIGHT = 2480, 3508


def digitize(
    source: SourceFile, lane: Lane, scratch: Path, on_page: Callable[[int, int], None]
) -> DigitizedFile:
    """Stands in for the pipeline: the PDF holds the name of the bytes that it was made from."""
    for done in range(1, PAGES + 1):
        time.sleep(PAGE_SECONDS)
        on_page(done, PAGES)
    picture = PictureFile(Path("page.jpg"), "jpeg", WIDTH, HEIGHT, 3, 8, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0))
    pages = tuple(
        PageReading(
            number=number,
            width=WIDTH,
            height=HEIGHT,
            dpi=300.0,
            rotation=0,
            skew=0.0,
            picture=picture,
            lines=(),
            origin=TextOrigin.NONE,
            blank=True,
        )
        for number in range(1, PAGES + 1)
    )
    paper = Document(source, MediaType.PDF, pages, TypeFinding("khac", "Khác", 1.0), (), Review())
    path = scratch / "paper.pdf"
    path.write_bytes(made_from(source.sha256))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    composed = Composed(path, sha256, path.stat().st_size)
    return DigitizedFile(source, MediaType.PDF, PAGES, ((paper, composed),))


def made_from(sha256: str) -> bytes:
    """The bytes of the PDF that is made from the file of this name."""
    return f"%PDF of {sha256}\n".encode() * 2000
