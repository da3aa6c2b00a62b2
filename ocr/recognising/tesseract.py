"""Tesseract 5 behind the :class:`~ocr.recognising.engine.Recogniser` protocol."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from pathlib import Path

from errors import MachineError
from ocr.recognising.bounded import run
from ocr.recognising.engine import Layout, Orientation, RawLine, RawWord
from records import Pixels

_PAGE_SEGMENTATION = {Layout.PAGE: 3, Layout.BLOCK: 6, Layout.LINE: 7, Layout.STREWN: 11}
_TSV_HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
_SURE_ORIENTATION = 15.0
"""Tesseract's orientation confidence is an open-ended score; from about here on it is never wrong."""
_MEMORY = Path("/dev/shm")  # noqa: S108
_ROOM = 256 * 1024 * 1024


class TesseractRecogniser:
    """Reads through the ``tesseract`` program. ``scratch``: where its private folders are made; None means
    memory when it has room, else the system's temporary folder."""

    def __init__(self, command: str = "tesseract", scratch: Path | None = None) -> None:
        self._command = command
        self._scratch = scratch

    def orientation(self, image: Pixels, seconds: float) -> Orientation:
        """See :meth:`Recogniser.orientation`. Too few letters to tell is confidence 0, not a failure."""
        try:
            answer = self._run(image, model="osd", kind="osd", config="--psm 0 --dpi 300", seconds=seconds)
        except MachineError as error:
            if "Too few characters" in str(error.__cause__):
                return Orientation(0, 0.0)
            raise
        rotate = re.search(r"^Rotate: (0|90|180|270)$", answer, re.MULTILINE)
        score = re.search(r"^Orientation confidence: ([0-9.]+)$", answer, re.MULTILINE)
        if rotate is None or score is None:
            raise MachineError("recogniser_failed", page="?")
        return Orientation(int(rotate[1]), min(float(score[1]) / _SURE_ORIENTATION, 1.0))

    def read(
        self, image: Pixels, *, dpi: int, seconds: float, layout: Layout = Layout.PAGE, model: str = "vie"
    ) -> tuple[RawLine, ...]:
        """See :meth:`Recogniser.read`."""
        config = (
            f"--psm {_PAGE_SEGMENTATION[layout]} --dpi {dpi} -c tessedit_do_invert=0 -c tessedit_create_tsv=1"
        )
        return _lines_of(self._run(image, model=model, kind="tsv", config=config, seconds=seconds))

    def _run(self, image: Pixels, *, model: str, kind: str, config: str, seconds: float) -> str:
        scratch = self._scratch or _memory_with_room()
        with tempfile.TemporaryDirectory(prefix="sohoa-read-", dir=scratch) as folder:
            picture = Path(folder, "page.pnm")
            _write_pnm(image, picture)
            return run(
                self._command,
                picture,
                Path(folder, "result"),
                model=model,
                kind=kind,
                config=config,
                seconds=seconds,
            )


def _memory_with_room() -> Path | None:
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else None


def _write_pnm(image: Pixels, path: Path) -> None:
    """Write an uncompressed PGM or PPM: Tesseract opens it at the cost of a copy."""
    magic = "P5" if image.ndim == 2 else "P6"
    with path.open("wb") as file:
        file.write(f"{magic}\n{image.shape[1]} {image.shape[0]}\n255\n".encode())
        file.write(image.tobytes())


def _lines_of(tsv: str) -> tuple[RawLine, ...]:
    """Take Tesseract's table apart.

    Raises:
        MachineError: ``recogniser_failed``, the table is not whole.
    """
    header, *table = tsv.split("\n")
    rows = [row.split("\t") for row in table if row]
    if header != _TSV_HEADER or not rows or rows[0][:2] != ["1", "1"]:
        raise MachineError("recogniser_failed", page="?")
    lines: dict[tuple[int, int, int], list[RawWord]] = {}
    try:
        for row in rows:
            level, _, block, paragraph, line, _, left, top, width, height = map(int, row[:10])
            text = unicodedata.normalize("NFC", row[11].strip()) if len(row) > 11 else ""
            if level == 5 and text:
                word = RawWord(text, (left, top, width, height), min(max(float(row[10]) / 100, 0.0), 1.0))
                lines.setdefault((block, paragraph, line), []).append(word)
    except (ValueError, IndexError) as error:
        raise MachineError("recogniser_failed", page="?") from error
    return tuple(RawLine(tuple(words), block, paragraph) for (block, paragraph, _), words in lines.items())
