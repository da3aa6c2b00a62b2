"""Tesseract 5 behind the :class:`~ocr.recognising.engine.Recogniser` protocol.

Readings go to the library that was installed with the ``tesseract`` program on the path, kept loaded
(:mod:`ocr.recognising.standing`). Where the program has no library beside it, or one that never answers, the
program itself is run.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from errors import MachineError
from ocr.recognising.bounded import run
from ocr.recognising.engine import Layout, Orientation, RawLine
from ocr.recognising.hocr import lines_of
from ocr.recognising.standing import StandingTesseract, library_of
from records import Pixels

_PAGE_SEGMENTATION = {Layout.PAGE: 3, Layout.BLOCK: 6, Layout.LINE: 7, Layout.STREWN: 11}
_OPTIONS = {"tessedit_do_invert": "0", "lstm_choice_mode": "2", "tessedit_enable_doc_dict": "0"}
"""No second try of light print on dark, for each letter what else it could be, nothing kept from page to page."""
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
        self._standing: tuple[Path, StandingTesseract | None] | None = None
        """The program on the path and its library, as far as that answers."""

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
        mode, options = _PAGE_SEGMENTATION[layout], {**_OPTIONS, "user_defined_dpi": str(dpi)}
        standing = self._standing_one()
        if standing is not None and image.ndim == 2:
            try:
                return standing.read(image, model=model, layout=mode, options=options, seconds=seconds)
            except MachineError as error:
                if error.code != "recogniser_failed" or standing.proven:
                    raise
                self._standing = (self._program(), None)  # one that never answered: the program works without
        config = " ".join(
            [f"--psm {mode} -c hocr_char_boxes=1", *(f"-c {k}={v}" for k, v in options.items())]
        )
        return lines_of(self._run(image, model=model, kind="hocr", config=config, seconds=seconds))

    def _standing_one(self) -> StandingTesseract | None:
        """The library that stands ready; None where the program on the path has none."""
        program = self._program()
        if self._standing is None or self._standing[0] != program:
            library = library_of(program)
            self._standing = (program, StandingTesseract(library) if library else None)
        return self._standing[1]

    def _program(self) -> Path:
        found = shutil.which(self._command)
        if found is None:
            raise MachineError("recogniser_missing")
        return Path(found)

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
