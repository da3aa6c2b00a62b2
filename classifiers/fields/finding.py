"""Reading the fields of a document: marks first, then layout, then patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from classifiers.catalogue import catalogue
from classifiers.fields.broken_labels import join_broken
from classifiers.fields.checking import Checked
from classifiers.fields.cleaned import Cleaned
from classifiers.fields.cleaning import CLEANERS
from classifiers.fields.dating import dated_head, head_date, made_on
from classifiers.fields.echoes import Echoes
from classifiers.fields.extents import Hits, extents_of
from classifiers.fields.figures import YEAR_ALONE
from classifiers.fields.found import Found
from classifiers.fields.head import Head, find_head, is_capitals
from classifiers.fields.issuing import authority_body, body_line, corner_body, issuer
from classifiers.fields.labels import WORDED, LabelBook, LabelHit, keys_of
from classifiers.fields.layout import Sheet, Token, box_of, lay_out
from classifiers.fields.marked import Marked, marked_fields, settle
from classifiers.fields.numbering import symbol
from classifiers.fields.signed import authority, block_body, post_alone, signer_body, signer_name, signer_post
from classifiers.fields.signer import Block, find_signer
from classifiers.fields.specs import FieldSpec, every_label, fields_of
from classifiers.fields.subject import letter_subject, titled_subject
from classifiers.fields.valuing import value_of
from records import FieldValue, PageReading

_OF_BLOCK: Mapping[str, Callable[[Block], Found | None]] = {
    "signer": signer_name,
    "signer_post": signer_post,
    "authority": authority,
    "post_alone": post_alone,
    "signer_body": signer_body,
    "block_body": block_body,
}
_SPELLED_KINDS = ("amount", "date")
_CUT_SHORT = 0.7
_YEARS = ("namsinh", "sinhnam")


@dataclass(frozen=True, eq=False)
class Reading:
    """A document laid out for the finders of one type; what several finders need is found once."""

    code: str
    sheets: tuple[Sheet, ...]
    specs: tuple[FieldSpec, ...]
    pages: tuple[PageReading, ...] = ()

    @cached_property
    def marked(self) -> Mapping[str, Marked]:
        """What marks say."""
        return marked_fields(self.pages)

    @cached_property
    def head(self) -> Head | None:
        """The head of the first page."""
        return find_head(self.sheets[0]) if self.sheets else None

    @cached_property
    def block(self) -> Block | None:
        """The signer's block."""
        return find_signer(self.sheets)

    @cached_property
    def hits(self) -> Hits:
        """The labels of all pages by ``id`` of their run."""
        wanted = [label for spec in self.specs for label in (*spec.labels, *spec.within, *spec.inner_labels)]
        book = LabelBook(wanted, every_label())
        found: dict[int, list[LabelHit]] = {}
        for sheet in self.sheets:
            found.update(join_broken(sheet, book.closest, book.hits(sheet)))
        return found

    @cached_property
    def in_order(self) -> tuple[tuple[Sheet, LabelHit], ...]:
        """All labels in reading order with their page."""
        return tuple((s, h) for s in self.sheets for run in s.runs for h in self.hits[id(run)])


def find_fields(
    code: str, pages: Sequence[PageReading], *, today: date | None = None
) -> tuple[FieldValue, ...]:
    """The fields of a document of type ``code`` in the order of its data file.

    ``pages`` are the document's pages in order; ``page`` of a field counts in them from 1. A field that is
    not printed or not legible is left out: nothing is made up. ``today`` is the day after which no paper can
    be dated; None leaves that unchecked.
    """
    specs = fields_of(code)
    sheets = tuple(lay_out(p, n) for n, p in enumerate(pages, start=1) if p.lines)
    reading = Reading(code, sheets, specs, tuple(pages))
    found = {spec: hit for spec in specs if (hit := _find(reading, spec)) is not None}
    about = Checked(
        code,
        {spec.name: hit.value for spec, hit in found.items()},
        {spec.name: hit.spelled for spec, hit in found.items()},
        today,
    )
    echoes = Echoes(sheets)
    return tuple(value_of(spec, hit, about, echoes) for spec, hit in found.items())


def _find(reading: Reading, spec: FieldSpec) -> Found | None:
    printed = _printed(reading, spec)
    return settle(spec.name, reading.marked.get(spec.name), printed) if "mark" in spec.finders else printed


def _printed(reading: Reading, spec: FieldSpec) -> Found | None:
    for finder in spec.finders:
        found = _by(finder, reading, spec)
        if found and finder != "head_date" and "head_date" in spec.finders and dated_head(reading.head):
            # the day beside the place was not read: another one on the page is likely something else's
            found = replace(found, ceiling=min(found.ceiling, 0.6))
        if found and (not spec.expect or re.fullmatch(spec.expect, found.value)):
            return found
    return None


def _by(finder: str, reading: Reading, spec: FieldSpec) -> Found | None:
    if finder in _OF_BLOCK:
        return _OF_BLOCK[finder](reading.block) if reading.block else None
    if finder == "label":
        return _by_label(reading, spec)
    if finder == "pattern":
        return _by_pattern(reading, spec)
    if finder == "symbol":
        return symbol(reading.sheets, reading.head)
    if finder == "head_date":
        return head_date(reading.sheets, reading.head)
    if finder == "issuer":
        return issuer(reading.head) if reading.head else None
    if finder == "authority_body":
        return authority_body(reading.sheets[0], reading.head) if reading.sheets else None
    if finder == "body_line":
        return body_line(reading.sheets)
    if finder == "corner_body":
        return corner_body(reading.sheets)
    if finder == "made_on":
        return made_on(reading.sheets)
    if finder == "subject":
        return _subject(reading)
    return None


def _subject(reading: Reading) -> Found | None:
    headings = catalogue()[reading.code].headings
    about = None if headings else letter_subject(reading.head, reading.sheets)
    if about or reading.code == "cong_van":
        return about
    return titled_subject(reading.sheets, headings, reading.head)


def _by_label(reading: Reading, spec: FieldSpec) -> Found | None:
    clean = CLEANERS[spec.kind]
    labels, inner_labels = keys_of(spec.labels), keys_of(spec.inner_labels)
    ends = {key for other in reading.specs if other.name in spec.until for key in keys_of(other.labels)}
    best: tuple[float, Found] | None = None
    late = 1.0
    end = end_of_part(reading, spec.ends)
    for sheet, hit in reading.in_order:
        if end is not None and (sheet.number, hit.run.middle) > end:
            break
        if hit.key in ends and hit.key not in labels:
            if spec.kind != "number":
                break
            late = 0.6
        own = hit.key in labels
        if (not own and hit.key not in inner_labels) or heads_a_signature(hit):
            continue
        address = spec.kind == "place"
        for extent in extents_of(sheet, hit, reading.hits, spec.lines, all_cells=not own, address=address):
            if not own and not _governed(reading, sheet, extent.tokens, spec):
                continue
            cleaned = clean(extent.tokens)
            if cleaned is None:
                continue
            found = _found(cleaned, hit, extent.way, sheet)
            if spec.kind in _SPELLED_KINDS:
                found = replace(found, spelled=_in_words(reading, sheet, hit))
            order = labels.index(hit.key) / len(labels) if own else 0.0
            found = replace(found, evidence=late * found.evidence)
            rank = found.evidence - (0.5 if spec.in_order else 0.02) * order
            if best is None or rank > best[0] + (0.0 if spec.in_order else 0.15):
                best = (rank, found)
            break
    return best[1] if best else None


def end_of_part(reading: Reading, ends: Sequence[str]) -> tuple[int, float] | None:
    """Page and y of the first line that tells a part about somebody else."""
    keys = keys_of(tuple(ends))
    return next(
        ((s.number, r.middle) for s in reading.sheets for r in s.runs if any(k in r.bare for k in keys)), None
    )


def heads_a_signature(hit: LabelHit) -> bool:
    """Capitals that fill their line without a colon: ``NGƯỜI NỘP TIỀN`` over a signature is no label."""
    whole = hit.end == len(hit.run.tokens) and not hit.firm
    return whole and is_capitals(hit.run.text) and len(hit.run.tokens) > 1


def _in_words(reading: Reading, sheet: Sheet, hit: LabelHit) -> str:
    """What is written in words beside the figures of a label: after ``Bằng chữ`` before any other label."""
    order = [h for _, h in reading.in_order]
    following = order[order.index(hit) + 1 :][:1]
    for label in following:
        if label.key in WORDED and label.run.page == sheet.number:
            extents = extents_of(sheet, label, reading.hits, 2)
            return " ".join(t.text for t in extents[0].tokens) if extents else ""
    return ""


def _governed(reading: Reading, sheet: Sheet, tokens: Sequence[Token], spec: FieldSpec) -> bool:
    """Whether the nearest heading above a value, of its own column where headings stand side by side, is one
    of ``spec.within``."""
    heads = {key for other in reading.specs for key in _heads(other)}
    box = box_of(tokens)
    middle = box[0] + box[2] / 2
    above = [
        (s.number, h.run.middle, h)
        for s, h in reading.in_order
        if h.key in heads and (s.number, h.run.middle) < (sheet.number, box[1] + 0.4 * box[3])
    ]
    if not above:
        return False
    page, y, _ = above[-1]
    row = [h for p, m, h in above if p == page and abs(m - y) < 0.7 * above[-1][2].run.height]
    nearest = min(row, key=lambda h: abs(_middle(h) - middle))
    return nearest.key in _heads(spec)


def _heads(spec: FieldSpec) -> tuple[str, ...]:
    """The headings under which a field's inner labels count; its own label without a value is one too."""
    return keys_of(spec.within + spec.labels) if spec.inner_labels else ()


def _middle(hit: LabelHit) -> float:
    box = box_of(hit.run.tokens[hit.start : hit.end])
    return box[0] + box[2] / 2


def _found(cleaned: Cleaned, hit: LabelHit, way: str, sheet: Sheet) -> Found:
    evidence = cleaned.quality * (0.6 + 0.4 * hit.likeness)
    evidence *= {"right": 1.0, "cell": 0.98, "below": 0.95}[way]
    if not hit.firm:
        evidence *= 0.93
    if hit.key in _YEARS and re.fullmatch(r"\d{4}", cleaned.value):
        evidence /= YEAR_ALONE  # where the label asks for the year, the year is the whole value
    # on a dotted form the dots go on to the margin: where they are missing, so may be the end of the value
    ceiling = _CUT_SHORT if sheet.dotted and _lacks_dots(cleaned.tokens[-1], hit, sheet) else 1.0
    return Found(cleaned.value, cleaned.tokens, sheet.number, evidence, ceiling, cleaned.note)


def _lacks_dots(last: Token, hit: LabelHit, sheet: Sheet) -> bool:
    """Whether the value's last word ends its run of print, without dots after it, far from the margin."""
    for run in sheet.beside(hit.run):
        if run.tokens[-1] is last:
            return not run.leader and run.right < sheet.text_right - 5 * sheet.line_height
    return False


def _by_pattern(reading: Reading, spec: FieldSpec) -> Found | None:
    clean = CLEANERS[spec.kind]
    for sheet in reading.sheets:
        for run in sheet.runs:
            cleaned = clean(run.tokens)
            if cleaned and cleaned.quality >= 0.9:
                return Found(cleaned.value, cleaned.tokens, sheet.number, 0.9 * cleaned.quality)
    return None
