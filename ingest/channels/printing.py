"""Cover sheets for the printer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from errors import UsageError
from ingest.cover_sheets import make_cover_sheets


def wanted_sheets(dossiers: Sequence[str], papers: Sequence[str], copies: int) -> list[tuple[str, str]]:
    """Pairs of dossier code and paper code, a sheet each: every dossier with every paper, ``copies`` times,
    the sheets of one dossier together. An empty code leaves it open."""
    return [(dossier, paper) for dossier in dossiers for paper in papers for _ in range(copies)]


def write_cover_sheets(
    dossiers: Sequence[str], papers: Sequence[str], copies: int, output: Path, *, force: bool
) -> None:
    """Write the sheets as one PDF.

    Raises:
        SenderError: ``bad_dossier_code``, ``unknown_paper``.
        UsageError: ``output_exists``, ``output_failed``.
        MachineError: ``fonts_missing``.
    """
    made = make_cover_sheets(wanted_sheets(dossiers, papers, copies))
    try:
        with output.open("wb" if force else "xb") as out:
            out.write(made)
    except FileExistsError:
        raise UsageError("output_exists", name=output) from None
    except OSError as error:
        raise UsageError("output_failed", name=output, why=error.strerror) from None
