"""The issuing body: in the left cell of the head, under the title, or alone on a card."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifiers.fields.bodies import names_body, part_post
from classifiers.fields.folding import bare, fold, likeness
from classifiers.fields.found import Found
from classifiers.fields.head import Head, centre, is_capitals, is_number_line
from classifiers.fields.layout import Run, Sheet

_CARD_BODIES = ("BỘ ", "CỤC ", "CÔNG AN ", "SỞ ", "PHÒNG ", "ỦY BAN ", "UỶ BAN ", "UBND ", "VĂN PHÒNG ")

_ENDS_ISSUER = re.compile(r"\W*(?:v\s?/\s?[vw]|ve viec\b)")

_BARE_SYMBOL = re.compile(r"^(?:[Ss].{0,2}[:;]\S*)?\S{0,5}/[A-ZĐ]{2}")

_JOINING = {"VÀ", "VA", "CỦA", "CUA", "CHO", "VỀ", "&", "THUỘC"}


def issuer(head: Head) -> Found | None:
    """The issuing body: of the capital lines of the left cell the last that begins with the name of a kind of
    body, with the lines on which its name goes on."""
    lines: list[Run] = []
    for run in head.left:
        if is_number_line(run) or _ENDS_ISSUER.match(run.folded):
            break
        symbol_at = next((at for at, t in enumerate(run.tokens) if _BARE_SYMBOL.match(t.text)), None)
        if symbol_at is not None:
            # the number's line was read into this one
            rest = run.part(0, symbol_at)
            if rest is not None and is_capitals(rest.text) and len(rest.bare) >= 3:
                lines.append(rest)
            break
        if _starts_form(run):
            continue
        if is_capitals(run.text) and len(run.bare) >= (2 if lines else 3):
            if lines and run.middle - lines[-1].middle > 3.2 * max(run.height, head.sheet.line_height):
                break
            lines.append(run)
        elif lines and len(run.bare) > 6:
            break
    if not lines:
        return None
    start = 0
    for at, line in enumerate(lines):
        before = lines[at - 1].text if at else ""
        if at == 0 or (names_body(line.text, before) and before.split()[-1].upper() not in _JOINING):
            start = at
    # the name of the seat under "ỦY BAN NHÂN DÂN" belongs to it; so does every line after the start
    chosen = lines[start:]
    tokens = tuple(t for line in chosen for t in line.tokens if bare(t.text) or t.text in "&-–")
    value = " ".join(t.text for t in tokens).strip(" .,:;_-–|*'’\"")
    evidence = 1.0 if names_body(chosen[0].text) else 0.8
    ceiling = 0.65 if _unlikely(value, head) else 1.0
    return Found(value, tokens, head.sheet.number, evidence, ceiling)


_SEATED = ("uybannhandan", "ubnd", "hoidongnhandan", "hdnd")
"""Bodies that are named with their seat, and that sign with their own name in the symbol."""
_ISSUED_AS = re.compile(r"/\s?(?:qd|tb|ttr|bc|kh|gm|nq|bb)\s?-\s?(ubnd|hdnd)?")
_TWO_SEATS = re.compile(r"\b(?:tinh|thanh pho)\b.*\b(?:xa|phuong|dac khu|huyen|quan|thi tran|thi xa)\b")
_PLACE = re.compile(r"^([^\d,;:]{3,40}?)\s*[,.]\s*ngay\b")


def _unlikely(value: str, head: Head) -> bool:
    """Whether a body is likely not the whole name of the one that issued the paper: a committee without its seat,
    two bodies read as one, one that the symbol or the place beside the date speaks against (its own line was lost,
    the line of the body above it was not)."""
    name = bare(value)
    kind = next((k for k in _SEATED if name.startswith(k)), "")
    if name in _SEATED or _TWO_SEATS.search(fold(value)):
        return True
    symbol = next((m for r in head.left if is_number_line(r) and (m := _ISSUED_AS.search(r.folded))), None)
    if symbol and bool(symbol[1]) is not bool(kind):
        return True
    place = next(
        (m for r in head.sheet.runs if (m := _PLACE.match(r.folded)) and r.left > head.motto[0].box[0] - 99),
        None,
    )
    return bool(kind and place and likeness(bare(place[1]), name[-len(bare(place[1])) :]) < 0.6)


def authority_body(sheet: Sheet, head: Head | None) -> Found | None:
    """The body of the line under the title that says whose authority signs: ``CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ …``
    or the body itself, in the middle."""
    top = max((t.box[1] for t in head.motto), default=0) if head else 0
    for run in sheet.runs:
        if not top < run.top < 0.55 * sheet.height or not is_capitals(run.text) or len(run.tokens) < 3:
            continue
        if abs(centre(run) - sheet.width / 2) > 0.08 * sheet.width:
            continue
        body = part_post(run.tokens)[1]
        if body:
            value = " ".join(t.text for t in body).strip(" .,:;")
            return Found(value, body, sheet.number, 0.95)
    return None


def corner_body(sheets: Sequence[Sheet]) -> Found | None:
    """The body in capitals in the upper left corner of a paper without motto (a receipt), with the lines on which
    its name goes on."""
    if not sheets:
        return None
    sheet = sheets[0]
    corner = [r for r in sheet.runs if r.top < 0.25 * sheet.height and r.left < 0.4 * sheet.width]
    for at, run in enumerate(corner):
        if not (is_capitals(run.text, 0.95) and names_body(run.text)):
            continue
        lines = [run]
        for below in corner[at + 1 :]:
            near = below.middle - lines[-1].middle < 1.8 * max(run.height, sheet.line_height)
            if not (near and is_capitals(below.text, 0.95)) or names_body(below.text):
                break
            lines.append(below)
        tokens = tuple(t for line in lines for t in line.tokens)
        value = " ".join(t.text for t in tokens).strip(" .,:;")
        return Found(value, tokens, sheet.number, 0.95, 1.0 if bare(value) not in _SEATED else 0.65)
    return None


def body_line(sheets: Sequence[Sheet]) -> Found | None:
    """A printed line that is a body's name and nothing else, as ``BỘ CÔNG AN`` on a card."""
    for sheet in sheets:
        for run in sheet.runs:
            plain = 2 <= len(run.tokens) <= 12 and is_capitals(run.text, 0.95)
            if plain and run.text.startswith(_CARD_BODIES) and names_body(run.text):
                return Found(run.text.strip(" .,:;"), run.tokens, sheet.number, 0.9)
    return None


def _starts_form(run: Run) -> bool:
    return fold(run.text).startswith(("mau so", "mau ", "(ban hanh", "phu luc"))
