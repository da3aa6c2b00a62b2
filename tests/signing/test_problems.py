"""Every problem code has its sentences and stands in the docs."""

from __future__ import annotations

import ast
from pathlib import Path

from signing.problems import PROBLEMS
from signing.sealing import Level
from signing.seals import Form
from signing.verdicts import Changes, Coverage, Verdict

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "signing.md").read_text(encoding="utf-8")


def _said_by_the_code() -> set[str]:
    """The strings that stand where problems are made: as elements of tuples and lists, as arguments of
    ``append``, and as values of the table of indications."""
    found: set[str] = set()
    both = "\n".join(
        (ROOT / f"signing/{n}.py").read_text(encoding="utf-8") for n in ("verifying", "findings")
    )
    for node in ast.walk(ast.parse(both.replace("from __future__ import annotations", ""))):
        parts: list[ast.expr] = []
        if isinstance(node, ast.Tuple | ast.List):
            parts = list(node.elts)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            parts = node.args if node.func.attr in ("append", "get") else []
        elif isinstance(node, ast.Dict):
            parts = [value for value in node.values if value is not None]
        found |= {p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)}
    return {code for code in found if "_" in code or code in ("expired", "revoked", "unreadable")}


def test_every_problem_that_the_code_tells_is_in_the_table() -> None:
    said = _said_by_the_code()
    assert {"unreadable", "expired", "uncovered_tail", "timestamp_broken"} <= said, "the finder finds"
    assert said == set(PROBLEMS)


def test_every_problem_is_documented() -> None:
    for problem in PROBLEMS.values():
        assert f"| `{problem.code}` | {problem.vietnamese} | {problem.english} |" in DOCS, problem.code
        assert problem.vietnamese.endswith(".")


def test_every_verdict_level_and_form_is_documented() -> None:
    for kind in (Verdict, Coverage, Changes, Level, Form):
        for one in kind:
            assert f"`{one.value}`" in DOCS, one
