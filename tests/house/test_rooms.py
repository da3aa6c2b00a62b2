"""The house keeps its order: pure rooms know nothing of database, queue, web, settings or environment."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PURE = ["records.py", "limits.py", "reasons.py", "errors.py", "ocr", "classifiers", "signing"]
PURE += ["ingest/opening", "ingest/separating.py"]
ACTING = {
    "storage",
    "api",
    "worker",
    "cli",
    "digitizing",
    "doctor",
    "settings",
    "pipeline",
    "outputs",
    "queueing",
    "rounds",
    "results",
}
FOREIGN = {
    "sqlalchemy",
    "alembic",
    "psycopg",
    "dramatiq",
    "redis",
    "pika",
    "fastapi",
    "starlette",
    "uvicorn",
    "minio",
}


def files_of(room: str) -> list[Path]:
    path = ROOT / room
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_imports_no_acting_one(room: str) -> None:
    assert files_of(room), f"{room} is not there: mend the list"
    for path in files_of(room):
        wrong = {name for name in imports_of(path) if name.partition(".")[0] in ACTING | FOREIGN}
        assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_reads_no_environment(room: str) -> None:
    for path in files_of(room):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
                # A child program is given an environment; settings are never read from it.
                assert "SOHOA_" not in path.read_text(encoding="utf-8"), path


def test_every_setting_is_used_outside_settings() -> None:
    from settings import Settings

    code = "\n".join(
        p.read_text(encoding="utf-8")
        for p in ROOT.rglob("*.py")
        if not {".venv", "tests", "build"} & set(p.relative_to(ROOT).parts) and p.name != "settings.py"
    )
    through_limits = "settings.limits" in code
    for name in Settings.model_fields:
        if name in {"database_url"}:
            assert "settings.database" in code
        elif name.startswith(("max_", "page_", "file_", "child_")):
            assert through_limits
            assert f".{name}" in code, f"SOHOA_{name.upper()} changes nothing"
        elif name in {"type_confidence", "field_confidence", "page_confidence", "low_dpi", "manual_fields"}:
            assert "settings.thresholds" in code
            assert f"thresholds.{name}" in code, f"SOHOA_{name.upper()} changes nothing"
        else:
            assert f".{name}" in code, f"SOHOA_{name.upper()} changes nothing"


def test_no_registry_stands_in_a_tracked_file() -> None:
    hosts = ("pypi" + ".org", "python" + "hosted", "npm" + "js.org", "deb" + ".debian.org")
    for path in [*ROOT.glob("requirements/*"), *ROOT.glob("*.toml"), *ROOT.glob("*.md"), ROOT / "Makefile"]:
        text = path.read_text(encoding="utf-8")
        assert not [h for h in hosts if h in text], path
