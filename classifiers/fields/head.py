"""The two-column head of a paper (decree 30/2020, appendix I): issuing body, number and symbol, place and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifiers.fields.bodies import names_body, part_post
from classifiers.fields.dates import dates_in_figures
from classifiers.fields.folding import bare, fold, likeness
from classifiers.fields.found import Found
from classifiers.fields.handwriting import looks_handwritten
from classifiers.fields.layout import Run, Sheet, Token

MOTTO = ("conghoaxahoichunghiavietnam", "doclaptudohanhphuc")
_CARD_BODIES = ("BỘ ", "CỤC ", "CÔNG AN ", "SỞ ", "PHÒNG ", "ỦY BAN ", "UỶ BAN ", "UBND ", "VĂN PHÒNG ")
_PLACE_AND_DAY = re.compile(r"(?:[^\d:;()]{2,40}?[,.]\s*|\W*)ngay\b.{0,14}\bthang\b(?!,? nam sinh)")
_MADE_ON = re.compile(r"\b(?:hom nay|duoc lap|lap|ky ket|duoc ky|cung nhau)\b[^.;]{0,40}?\bngay\b")
_RIGHT_CELL_DAY = re.compile(r"[^\d:;()]{0,40}?\bngay\b.{0,14}\bthang\b(?!,? nam sinh)")
_ENDS_ISSUER = re.compile(r"\W*(?:v\s?/\s?[vw]|ve viec\b)")
_BARE_SYMBOL = re.compile(r"^(?:[Ss].{0,2}[:;]\S*)?\S{0,5}/[A-ZĐ]{2}")
_JOINING = {"VÀ", "VA", "CỦA", "CUA", "CHO", "VỀ", "&", "-", "–", "THUỘC"}
_NUMBERED = re.compile(r"^\W{0,2}[s5$][o06](?:\s?[:;/]|\s*[.,]?\s*(?:\d|/|$)|\s[^\s]{0,5}/)")
_SYMBOL = re.compile(
    r"^(?P<number>\S{0,9}?)\s?/\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?"
    r"(?P<symbol>[A-ZĐƯÂÊÔƠĂ][\wĐ]{0,11}(?:\s?[-–&.]\s?[\wĐ]{1,12}){0,5})"
)


@dataclass(frozen=True)
class Head:
    """Where the head stands: ``motto`` the tokens of the national motto; ``boundary`` the x that parts the
    left cell from the right one (None when the motto stands alone in the middle); ``left`` the printed lines
    of the left cell, top to bottom."""

    sheet: Sheet
    motto: tuple[Token, ...]
    boundary: int | None
    left: tuple[Run, ...]


def find_head(sheet: Sheet) -> Head | None:
    """The head of a page, by its motto; None when there is none in the upper half."""
    motto = _motto(sheet, MOTTO[0], 0.72)
    second = _motto(sheet, MOTTO[1], 0.72)
    lead = motto or second
    if lead is None:
        return None
    lefts = [min(t.box[0] for t in m) for m in (motto, second) if m]
    right = max(t.right for t in lead)
    boundary: int | None = min(lefts) - 2
    middle = (min(lefts) + right) / 2
    if motto is None:
        # the first line is wider than the second by about this much on either side
        boundary = min(lefts) - round(0.35 * (right - min(lefts)))
    if abs(middle - sheet.width / 2) < 0.07 * sheet.width and min(lefts) > 0.2 * sheet.width:
        boundary = None
    top = min(t.box[1] for t in lead) - 3.5 * sheet.line_height
    left = tuple(_left_cell(sheet, boundary, top)) if boundary is not None else ()
    return Head(sheet, lead, boundary, left)


def _motto(sheet: Sheet, wanted: str, asked: float) -> tuple[Token, ...] | None:
    best: tuple[float, tuple[Token, ...]] | None = None
    for run in sheet.runs:
        if run.top > sheet.height * 0.5 or len(run.bare) < 0.6 * len(wanted):
            continue
        words = [bare(t.text) for t in run.tokens]
        for start in range(len(words)):
            for end in range(start + 2, len(words) + 1):
                text = "".join(words[start:end])
                if abs(len(text) - len(wanted)) > 6:
                    continue
                alike = likeness(text, wanted)
                if alike >= asked and (best is None or alike > best[0]):
                    best = (alike, run.tokens[start:end])
    return best[1] if best else None


def _left_cell(sheet: Sheet, boundary: int, top: float) -> list[Run]:
    """The parts of the lines that stand left of ``boundary``, down to a third of the page below the motto."""
    found: list[Run] = []
    for run in sheet.runs:
        if run.middle < top or run.top > top + 0.4 * sheet.height:
            continue
        inside = tuple(t for t in run.tokens if t.box[0] + t.box[2] / 2 < boundary)
        outside = run.tokens[len(inside) :]
        if inside and outside:
            across = Run(outside, run.page)
            if not _is_right_cell(across):
                if len(run.tokens) >= 7 and run.middle > top + 5 * sheet.line_height:
                    break
                continue
        if inside:
            found.append(Run(inside, run.page, run.leader and not outside))
    return found


def _is_right_cell(run: Run) -> bool:
    return ("ngay" in run.folded and "nam" in run.folded) or any(likeness(run.bare, m) > 0.6 for m in MOTTO)


def is_capitals(text: str, share: float = 0.8) -> bool:
    """True when most letters are capitals, at least two of them."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= share * len(letters)


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
    return Found(value, tokens, head.sheet.number, evidence)


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


def is_number_line(run: Run) -> bool:
    """True for a line that begins with ``Số``, alone or before a number. ``SỞ Y TẾ`` folds to the same
    letters: a colon, a figure, a slash or nothing must follow."""
    return bool(_NUMBERED.match(run.folded))


def symbol(sheets: Sequence[Sheet], head: Head | None) -> Found | None:
    """Number and symbol, ``3255/QĐ-UBND``. A number that is missing or not made of figures (written by hand
    and not legible) gives nothing: it is never made up."""
    places: list[Run] = list(head.left) if head else []
    if sheets and (head is None or head.boundary is None):
        places += [r for r in sheets[0].runs if r.top < 0.5 * sheets[0].height]
    for run in places:
        if is_number_line(run):
            opening = run.tokens[0].text
            rest = list(run.tokens[1:])
            if len(bare(opening)) > 2:
                # "Số:/-J72/TB-SYT" and "Số:15/QĐ" come as one word
                cut = re.search(r"[:;/\d]", opening[1:])
                rest.insert(
                    0, replace(run.tokens[0], text=opening[1 + (cut.start() if cut else 1) :].lstrip(":;"))
                )
            found = _symbol_after(sheets[0], run, rest, 1.0)
            if found:
                return found
            if "/" in run.text:
                return None
    for run in head.left if head else ():
        if "/" in run.text and not fold(run.text).startswith("v/v"):
            found = _symbol_after(sheets[0], run, run.tokens, 0.75)
            if found:
                return found
    return None


def _symbol_after(sheet: Sheet, run: Run, tokens: Sequence[Token], evidence: float) -> Found | None:
    while tokens and not bare(tokens[0].text) and "/" not in tokens[0].text:
        tokens = tokens[1:]
    text = " ".join(t.text for t in tokens).replace("Ð", "Đ")
    match = _SYMBOL.match(text.lstrip(" :."))
    if not match:
        return None
    figures = match["number"]
    if not re.fullmatch(r"\d{1,6}[a-zA-Z]?", figures):
        return None
    mark = re.sub(r"\s", "", match["symbol"]).replace("–", "-").rstrip(".-&")
    value = "/".join(p for p in (figures, match["year"], mark) if p)
    used: list[Token] = []
    wanted = len(text) - len(text.lstrip(" :.")) + match.end()
    at = 0
    for token in tokens:
        if at < wanted:
            used.append(token)
        at += len(token.text) + 1
    ceiling = 1.0
    note, source = "", "print"
    if looks_handwritten(sheet, used, digits_only=True):
        ceiling, note, source = 0.5, "handwriting", "handwriting"
    elif used[0].text.isdigit() and len(used) > 1:
        # a gap is left where numbers are filled in by hand
        ceiling = 0.85
    return Found(value, tuple(used), run.page, evidence, ceiling, note, source)


def head_date(sheets: Sequence[Sheet], head: Head | None) -> Found | None:
    """The date beside the place: ``Quảng Ninh, ngày 05 tháng 9 năm 2025``; at the foot when not at the head."""
    if not sheets:
        return None
    top = sheets[0]
    boundary = head.boundary if head is not None else None
    for run in _rows(top):
        if run.middle > 0.5 * top.height:
            break
        right = run.tokens
        if boundary is not None and run.left < boundary:
            right = tuple(t for t in run.tokens if t.box[0] + t.box[2] / 2 > boundary)
        place = _PLACE_AND_DAY if boundary is None else _RIGHT_CELL_DAY
        if right and place.match(fold(" ".join(t.text for t in right))):
            # a day that was left open or is not legible is not looked for elsewhere
            return _dated(top, Run(right, run.page))
    for sheet in reversed(sheets):
        for run in reversed(_rows(sheet)):
            if _PLACE_AND_DAY.match(run.folded):
                found = _dated(sheet, run)
                if found:
                    return found
    return None


def made_on(sheets: Sequence[Sheet]) -> Found | None:
    """The day in the opening words of a paper between parties: ``Hôm nay, ngày …``, ``được lập ngày …``."""
    for sheet in sheets[:1]:
        for run in sheet.runs:
            opening = _MADE_ON.search(run.folded)
            for when in dates_in_figures(run.text) if opening else ():
                if opening and when.start >= opening.start():
                    return Found(when.iso, run.tokens_between(when.start, when.end), sheet.number, 0.95)
    return None


def _rows(sheet: Sheet) -> list[Run]:
    """The runs, then whole visual rows as one run, so that a date parted by a gap is found too."""
    rows: list[Run] = []
    for run in sheet.runs:
        rows.append(run)
        beside = sheet.beside(run)
        if beside and beside[0] is not run and beside[-1] is run:
            right = [r for r in beside if r.left > 0.3 * sheet.width]
            if len(right) > 1:
                rows.append(Run(tuple(t for r in right for t in r.tokens), sheet.number))
    return sorted(rows, key=lambda r: (round(r.middle), len(r.tokens)))


def _dated(sheet: Sheet, run: Run) -> Found | None:
    for when in dates_in_figures(run.text):
        if not re.match(r"\s*ngay", fold(run.text[when.start :])):
            continue
        tokens = run.tokens_between(when.start, when.end)
        ceiling, note, source = 1.0, "", "print"
        if looks_handwritten(
            sheet, [t for t in tokens if any(c.isdigit() for c in t.text)], digits_only=True
        ):
            ceiling, note, source = 0.5, "handwriting", "handwriting"
        if when.guessed:
            ceiling = min(ceiling, 0.6)
        if not when.possible:
            note = note or "impossible_date"
        return Found(when.iso, tokens, sheet.number, 1.0, ceiling, note, source)
    return None


def centre(run: Run) -> float:
    """x of the middle of a run."""
    return (run.left + run.right) / 2
