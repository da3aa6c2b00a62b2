"""What the reading of a page asks of a recogniser, so that another engine fits in Tesseract's place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from records import Box, Pixels


class Layout(StrEnum):
    """What the picture holds: a whole page to be taken apart, one block of lines, one line, or words
    strewn about."""

    PAGE = "page"
    BLOCK = "block"
    LINE = "line"
    STREWN = "strewn"


@dataclass(frozen=True, slots=True)
class Orientation:
    """``rotation``: the clockwise quarter turn (0, 90, 180, 270 degrees) that makes the picture upright.
    ``confidence``: 0 to 1; 0 when the engine could not tell."""

    rotation: int
    confidence: float


@dataclass(frozen=True, slots=True)
class RawLetter:
    """One letter of a word. ``others`` are what else the engine could see there, likeliest first, each with a
    weight of 0 to 1 that ranks but is no probability."""

    text: str
    box: Box
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class RawWord:
    """A word as the engine said it (NFC), its box in pixels of the picture, its confidence 0 to 1, and its
    letters where the engine tells them apart (their texts then make up ``text``)."""

    text: str
    box: Box
    confidence: float
    letters: tuple[RawLetter, ...] = ()


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line as the engine found it."""

    words: tuple[RawWord, ...]

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(w.text for w in self.words)


class Recogniser(Protocol):
    """An engine. Every call is bounded by ``seconds`` of wall clock.

    Raises:
        MachineError: ``recogniser_missing``, ``recogniser_failed`` (it ended badly or answered garbage) or
            ``page_timeout``; a failure is never an empty answer.
    """

    def orientation(self, image: Pixels, seconds: float) -> Orientation:
        """Say which way up the picture is. ``image``: ``(h, w)`` gray or ``(h, w, 3)`` RGB."""
        ...

    def read(
        self, image: Pixels, *, dpi: int, seconds: float, layout: Layout = Layout.PAGE, model: str = "vie"
    ) -> tuple[RawLine, ...]:
        """Read print. ``image``: ``(h, w)`` gray, dark on white. An empty answer means that the engine saw
        no print."""
        ...
