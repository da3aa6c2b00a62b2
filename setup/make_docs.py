"""Write the pages of ``docs/`` that are tables of the code: settings and reasons. ``make docs`` runs it."""

from __future__ import annotations

from pathlib import Path

from pydantic_core import PydanticUndefined

from reasons import REASONS, Family
from settings import PREFIX, Settings

DOCS = Path(__file__).resolve().parents[1] / "docs"
_TITLES = {
    Family.SENDER: "What the sender sent (never retried; HTTP 4xx)",
    Family.MACHINE: "What the machine met (may be retried; HTTP 503)",
    Family.REVIEW: "Why a person should look (`review.reasons`)",
    Family.NOTE: "Notes: nothing to decide (`warnings`)",
}


def settings_page() -> str:
    """The table of all settings."""
    rows = []
    for name, info in Settings.model_fields.items():
        default = info.default if info.default is not PydanticUndefined else "number of cores"
        shown = f"`{default}`" if default not in ("", None) else "(empty)"
        rows.append(f"| `{PREFIX}{name.upper()}` | {shown} | {info.description} |")
    return (
        "# Settings\n\nEnvironment variables. An unknown `SOHOA_` variable or a value that does not fit "
        "stops the start. This page is made by `make docs`.\n\n| variable | default | meaning |\n|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def reasons_page() -> str:
    """The table of all reason codes by family."""
    parts = [
        "# Reason codes\n\nOne table for the API (`code`), the command line, the pages and the records. "
        "Made by `make docs` from `reasons.py`.\n"
    ]
    for family, title in _TITLES.items():
        parts.append(f"\n## {title}\n\n| code | Vietnamese | English |\n|---|---|---|\n")
        parts += [
            f"| `{r.code}` | {r.vietnamese} | {r.english} |\n" for r in REASONS.values() if r.family is family
        ]
    return "".join(parts)


PAGES = {"settings.md": settings_page, "reasons.md": reasons_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
