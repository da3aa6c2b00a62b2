"""What the maker hands out: pages with their pictures and their exact truth."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class MadePage:
    """One page at 300 dpi. ``lines``: the print in reading order, a visual row a line (cells of a two-column
    head left then right, a table row one line), NFC. ``signer``: where seal and signature go, or None."""

    image: Image.Image
    lines: tuple[str, ...]
    signer: Box | None = None

    @property
    def text(self) -> str:
        """The lines joined by newlines."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """One paper: its type code of the contract and its fields by the contract's names (dates ISO)."""

    code: str
    layout: int
    seed: int
    pages: tuple[MadePage, ...]
    fields: dict[str, str]

    @property
    def text(self) -> str:
        """Pages parted by form feeds."""
        return "\f".join(p.text for p in self.pages)
