"""Fields whose label is printed but whose value was not read: lost on a dotted line, or left open on the form.

Which of the two it is only a person can see; so they are named to one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from classifiers.fields.extents import extents_of
from classifiers.fields.finding import Reading, end_of_part, heads_a_signature
from classifiers.fields.folding import bare
from classifiers.fields.labels import LabelHit, keys_of
from classifiers.fields.layout import Sheet, lay_out
from classifiers.fields.specs import FieldSpec, fields_of
from records import PageReading

_NOTHING = {"khong", "khongco", "chuaco", "khongro"}
"""Printed where there is nothing to name."""


def unread_fields(code: str, pages: Sequence[PageReading], found: Collection[str]) -> tuple[str, ...]:
    """Names of the fields of a document of type ``code`` whose label stands on a page, with a colon, and that are
    not among ``found``."""
    specs = fields_of(code)
    open_specs = [s for s in specs if s.name not in found and "label" in s.finders]
    if not open_specs:
        return ()
    sheets = tuple(lay_out(p, n) for n, p in enumerate(pages, start=1) if p.lines)
    reading = Reading(code, sheets, specs, tuple(pages))
    return tuple(spec.name for spec in open_specs if _is_unread(reading, spec))


def _is_unread(reading: Reading, spec: FieldSpec) -> bool:
    labels = keys_of(spec.labels)
    end = end_of_part(reading, spec.ends)
    for sheet, hit in reading.in_order:
        if end is not None and (sheet.number, hit.run.middle) > end:
            return False
        if (
            hit.key in labels
            and hit.firm
            and not heads_a_signature(hit)
            and _lacks_value(reading, sheet, hit)
        ):
            return True
    return False


def _lacks_value(reading: Reading, sheet: Sheet, hit: LabelHit) -> bool:
    extents = extents_of(sheet, hit, reading.hits, 1)
    return not extents or bare("".join(t.text for t in extents[0].tokens)) not in _NOTHING
