"""What the docs say is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reasons import REASONS
from setup.make_docs import PAGES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name](), "run `make docs`"


def test_every_reason_that_the_code_raises_stands_in_the_table() -> None:
    raised = re.compile(
        r"(?:SenderError|MachineError|UsageError|TaskTimeoutError|TaskCrashedError)\(\s*\"(\w+)\""
    )
    for path in ROOT.rglob("*.py"):
        if {".venv", "tests", "build"} & set(path.relative_to(ROOT).parts):
            continue
        for code in raised.findall(path.read_text(encoding="utf-8")):
            assert code in REASONS, f"{path.name} raises {code}"


def test_sentences_are_plain() -> None:
    for reason in REASONS.values():
        assert reason.vietnamese.endswith((".", "!")), reason.code
        assert not reason.english.endswith("."), reason.code


def test_links_in_the_docs_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"
