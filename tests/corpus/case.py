"""What a file of the corpus is, and how it has to end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """One odd, broken or hostile file.

    ``refused``: the reason code with which the whole file is refused, None when it is taken.
    ``pages``: how many pages it has. ``bad_pages``: page number to reason code. ``warnings``: exactly the
    file's warnings. ``shows``: what every good page shows: ``motif``, ``red`` (the motif with its red
    square), ``white``, or ``any``. ``text``: words that the page's own trusted text must hold; None
    where the page has to be read by OCR. ``codec``: of the picture that is passed on untouched, None where it
    is made anew.
    """

    name: str
    make: Callable[[], bytes]
    refused: str | None = None
    pages: int = 1
    bad_pages: dict[int, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    shows: str = "motif"
    text: str | None = None
    codec: str | None = None
    signed: bool = False


def done(name: str, make: Callable[[], bytes], **more: object) -> Case:
    """A file that is taken."""
    return Case(name, make, **more)  # type: ignore[arg-type]


def refused(name: str, code: str, make: Callable[[], bytes]) -> Case:
    """A file that is refused as a whole."""
    return Case(name, make, refused=code)
