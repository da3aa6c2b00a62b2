"""Templates: loaded once, escaped always."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.pages import signature_words, wording

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent.parent / "static"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates. Everything is escaped, whatever the file's ending; a missing value is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        assets=assets_mark(),
        CHANNELS=wording.CHANNELS,
        DOCUMENT_STATES=wording.DOCUMENT_STATES,
        INTAKE_STATES=wording.INTAKE_STATES,
        SOURCES=wording.SOURCES,
        RESULT_STATES=signature_words.RESULT_STATES,
        RESULT_KINDS=signature_words.RESULT_KINDS,
        ROLES=signature_words.ROLES,
        VERDICTS=signature_words.VERDICTS,
        COVERAGE=signature_words.COVERAGE,
        CHANGES=signature_words.CHANGES,
        LEVELS=signature_words.LEVELS,
    )
    made.filters.update(
        moment=wording.moment,
        age=wording.age,
        size=wording.size,
        percent=wording.percent,
        field_label=wording.field_label,
        event_label=wording.event_label,
        person=wording.person,
        ranges=wording.ranges,
        shown_value=wording.shown_value,
        problem_words=signature_words.problem_words,
        exact_moment=signature_words.exact_moment,
    )
    return made


def page(template: str, *, here: str = "", status: int = 200, **values: object) -> HTMLResponse:
    """A page. ``here`` marks the place in the navigation."""
    return HTMLResponse(environment().get_template(template).render(here=here, **values), status_code=status)


@lru_cache(maxsize=1)
def assets_mark() -> str:
    """A part of the address of static files that changes when one of them does, so that browsers may keep
    them for long; scripts that import each other stay together."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:10]
