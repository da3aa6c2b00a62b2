"""Tesseract's library, kept loaded in a process of its own: ``python library.py LIBRARY FD``.

Starting the ``tesseract`` program costs a tenth of a second a reading, most of it for loading models; here a
model is loaded once. The process answers on the line until that closes. It needs Python's own library alone, so
that it starts at once and stays small.

A request is two messages: a JSON object (``model``, ``layout``, ``options``, ``width``, ``height``) and the gray
pixels. The answer is one: ``{"lines": [[word, ...], ...]}`` with a word as ``[text, box, confidence, [[letter,
box, [[choice, weight], ...]], ...]]``, boxes as left, top, right, bottom, confidences and weights 0 to 100; or
``{"missing": model}`` where a model cannot be loaded.
"""

from __future__ import annotations

import ctypes
import json
import sys
from ctypes import POINTER, byref, c_char_p, c_float, c_int, c_void_p
from multiprocessing.connection import Connection
from typing import Any

_LINE, _WORD, _LETTER = 2, 3, 4
"""Levels of a page iterator."""
_USUAL_ENGINE = 3
_ENGINE, _ITERATOR = c_void_p, c_void_p
_NUMBERS = [POINTER(c_int)] * 4
_CALLS: dict[str, tuple[Any, ...]] = {
    "TessBaseAPICreate": (_ENGINE,),
    "TessBaseAPIInit2": (c_int, _ENGINE, c_char_p, c_char_p, c_int),
    "TessBaseAPISetVariable": (c_int, _ENGINE, c_char_p, c_char_p),
    "TessBaseAPISetPageSegMode": (None, _ENGINE, c_int),
    "TessBaseAPISetImage": (None, _ENGINE, c_char_p, c_int, c_int, c_int, c_int),
    "TessBaseAPIRecognize": (c_int, _ENGINE, c_void_p),
    "TessBaseAPIGetIterator": (_ITERATOR, _ENGINE),
    "TessBaseAPIClear": (None, _ENGINE),
    "TessResultIteratorGetPageIterator": (_ITERATOR, _ITERATOR),
    "TessResultIteratorGetUTF8Text": (c_void_p, _ITERATOR, c_int),
    "TessResultIteratorConfidence": (c_float, _ITERATOR, c_int),
    "TessResultIteratorNext": (c_int, _ITERATOR, c_int),
    "TessResultIteratorGetChoiceIterator": (_ITERATOR, _ITERATOR),
    "TessResultIteratorDelete": (None, _ITERATOR),
    "TessPageIteratorBoundingBox": (c_int, _ITERATOR, c_int, *_NUMBERS),
    "TessPageIteratorIsAtBeginningOf": (c_int, _ITERATOR, c_int),
    "TessPageIteratorIsAtFinalElement": (c_int, _ITERATOR, c_int, c_int),
    "TessChoiceIteratorGetUTF8Text": (c_char_p, _ITERATOR),
    "TessChoiceIteratorConfidence": (c_float, _ITERATOR),
    "TessChoiceIteratorNext": (c_int, _ITERATOR),
    "TessChoiceIteratorDelete": (None, _ITERATOR),
    "TessDeleteText": (None, c_void_p),
}
"""What a function of the C interface answers, then what it takes."""


class Library:
    """Tesseract's C interface and the models that it holds."""

    def __init__(self, path: str) -> None:
        """Raises OSError where ``path`` is no library, AttributeError where it is another one."""
        library = ctypes.CDLL(path)
        self._call: dict[str, Any] = {}
        for name, (answer, *arguments) in _CALLS.items():
            call = getattr(library, name)
            call.restype, call.argtypes = answer, arguments
            self._call[name.removeprefix("Tess")] = call
        self._engines: dict[str, int] = {}

    def read(self, asked: dict[str, Any], pixels: bytes) -> dict[str, Any]:
        """Answer one request."""
        call, engine = self._call, self._engine(asked["model"])
        if engine is None:
            return {"missing": asked["model"]}
        for name, value in asked["options"].items():
            call["BaseAPISetVariable"](engine, name.encode(), str(value).encode())
        call["BaseAPISetPageSegMode"](engine, asked["layout"])
        width, height = asked["width"], asked["height"]
        call["BaseAPISetImage"](engine, pixels, width, height, 1, width)
        try:
            if call["BaseAPIRecognize"](engine, None) != 0:
                return {}
            results = call["BaseAPIGetIterator"](engine)
            if not results:
                return {"lines": []}
            try:
                return {"lines": _Results(call, results).lines()}
            finally:
                call["ResultIteratorDelete"](results)
        finally:
            call["BaseAPIClear"](engine)

    def _engine(self, model: str) -> int | None:
        if model not in self._engines:
            engine = self._call["BaseAPICreate"]()
            if self._call["BaseAPIInit2"](engine, None, model.encode(), _USUAL_ENGINE) != 0:
                return None
            self._engines[model] = engine
        return self._engines[model]


class _Results:
    """A walk over the words of one reading."""

    def __init__(self, call: dict[str, Any], results: int) -> None:
        self._call, self._results = call, results
        self._page = call["ResultIteratorGetPageIterator"](results)
        self._numbers = [c_int() for _ in range(4)]
        self._references = [byref(n) for n in self._numbers]

    def lines(self) -> list[list[Any]]:
        call, results = self._call, self._results
        lines: list[list[Any]] = []
        more = True
        while more:
            text = self._text(_WORD)
            if not text:
                more = bool(call["ResultIteratorNext"](results, _WORD))
                continue
            if call["PageIteratorIsAtBeginningOf"](self._page, _LINE) or not lines:
                lines.append([])
            word = [text, self._box(_WORD), call["ResultIteratorConfidence"](results, _WORD)]
            letters, more = self._letters()
            lines[-1].append([*word, letters])
        return lines

    def _letters(self) -> tuple[list[Any], bool]:
        """The letters of the word, and whether anything comes after it."""
        call, letters = self._call, []
        while True:
            letters.append([self._text(_LETTER), self._box(_LETTER), self._choices()])
            last = call["PageIteratorIsAtFinalElement"](self._page, _WORD, _LETTER)
            more = bool(call["ResultIteratorNext"](self._results, _LETTER))
            if last or not more:
                return letters, more

    def _choices(self) -> list[tuple[str, float]]:
        call, choices = self._call, []
        iterator = call["ResultIteratorGetChoiceIterator"](self._results)
        if not iterator:
            return []
        while True:
            text = call["ChoiceIteratorGetUTF8Text"](iterator)
            if text is not None:
                choices.append((text.decode(errors="replace"), call["ChoiceIteratorConfidence"](iterator)))
            if not call["ChoiceIteratorNext"](iterator):
                break
        call["ChoiceIteratorDelete"](iterator)
        return choices

    def _box(self, level: int) -> list[int]:
        self._call["PageIteratorBoundingBox"](self._page, level, *self._references)
        return [n.value for n in self._numbers]

    def _text(self, level: int) -> str:
        at = self._call["ResultIteratorGetUTF8Text"](self._results, level)
        if not at:
            return ""
        text = ctypes.string_at(at).decode(errors="replace")
        self._call["DeleteText"](at)
        return text


def main() -> None:
    """Answer until the line closes."""
    library, line = Library(sys.argv[1]), Connection(int(sys.argv[2]))
    while True:
        try:
            asked, pixels = json.loads(line.recv_bytes()), line.recv_bytes()
        except EOFError:
            return
        line.send_bytes(json.dumps(library.read(asked, pixels)).encode())


if __name__ == "__main__":
    main()
