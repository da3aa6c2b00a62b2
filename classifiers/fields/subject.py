"""What a paper is about (trích yếu): the lines under its title, or ``V/v …`` under the number of a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from classifiers.fields.folding import bare, fold, likeness
from classifiers.fields.found import Found
from classifiers.fields.head import Head, centre, is_capitals, is_number_line
from classifiers.fields.layout import Run, Sheet, Token

_ABOUT = re.compile(r"^\W*(?:[vw]\s?/\s?[vwy]?\W?\s|v[i1l|]v\s|ve viec\b)")
_V_V = re.compile(r"^\W*(?:[vw]\s?/\s?[vwy]?\W*|v[i1l|]v\W*)\s[\s:.]*")
_BODY_STARTS = (
    "can cu", "thuc hien", "kinh gui", "theo", "hom nay", "xet", "toi", "dieu", "nham", "ngay", "quyet dinh",
    "chung toi", "de ", "tren co so", "sau khi", "trong", "vao luc", "thoi gian", "hoi",
)  # fmt: skip
_AUTHORITIES = (
    "chu tich", "giam doc", "uy ban nhan dan", "hoi dong", "bo truong", "truong phong", "cuc truong", "ubnd",
    "truong ban", "tong giam doc", "chanh", "hieu truong", "pho ", "chi cuc truong", "vien truong",
)  # fmt: skip
_MOST_LINES = 7
_NUMBER_OR_DAY = re.compile(
    r"(?:so|so hieu|ma so|ky hieu|mau so|quyen so|lien \d)\s*[:.]?\s*"
    r"(?=[\d./_…]|$|[a-z]{1,3}\s?\d)[^a-z]{0,24}\S*$"
    r"|(?:so|mau so|ky hieu)\s*:"
    r"|(?:[^\d,]{2,30},\s*)?ngay\W{0,3}\d{1,2}\W{0,3}thang\W{0,3}\d{1,2}\W{0,3}nam\W{0,3}\d{4}\W*$"
)
"""Under a title a number or the day is no subject."""
_REMARK = re.compile(
    r"^\W*\((?:danh cho|ap dung|su dung|dung cho|ban sao|ban chinh|kem theo|ban hanh|mau |lien |ky |tu thuat|du thao)"
)
"""Nor is a remark on the form."""


def letter_subject(head: Head | None, sheets: Sequence[Sheet]) -> Found | None:
    """What follows ``V/v`` of an official letter, all its lines, in the left cell under the number."""
    if not sheets:
        return None
    sheet = sheets[0]
    left = list(head.left) if head else []
    for lines in (left, [r for r in sheet.runs if r.top < 0.5 * sheet.height]):
        for at, run in enumerate(lines):
            if _ABOUT.match(run.folded):
                # where "V/v" itself was misread the print is bad and the words after it are less sure
                whole = _V_V.match(run.folded) and run.folded.lstrip(" -–.").startswith(("v/v", "ve viec"))
                found = _joined(sheet, _column(sheet, run, lines[at + 1 :]), 1.0 if whole else 0.9)
                return _without_opening(found) if found else None
    return _unlabelled(sheet, left)


def _unlabelled(sheet: Sheet, left: Sequence[Run]) -> Found | None:
    """The lines under the number where ``V/v`` itself was misread: its remains are left off."""
    for at, run in enumerate(left[:-1]):
        following = left[at + 1]
        if not is_number_line(run) or following.middle - run.middle > 1.8 * sheet.pitch:
            continue
        opening = following.tokens[0]
        remains = len(opening.text) <= 4 and (opening.text[0] in "vVwWYy" or "/" in opening.text)
        first = following.part(1) if remains else following
        if first is None or is_capitals(first.text) or len(first.bare) < 6:
            return None
        return _joined(sheet, _column(sheet, first, left[at + 2 :]), 0.85 if remains else 0.7)
    return None


def _without_opening(found: Found) -> Found | None:
    opening = _V_V.match(fold(found.value))
    value = found.value[opening.end() :].strip() if opening else found.value
    skipped, tokens = opening.end() if opening else 0, found.tokens
    while tokens and skipped >= len(tokens[0].text) > 0:
        skipped -= len(tokens[0].text) + 1
        tokens = tokens[1:]
    return replace(found, value=value, tokens=tokens) if value and tokens else None


def _column(sheet: Sheet, first: Run, rest: Sequence[Run]) -> list[Run]:
    chosen = [first]
    for run in rest:
        last = chosen[-1]
        if run.middle - last.middle < 0.5 * last.height:
            continue
        step = max(2.0 * last.height, 1.8 * sheet.line_height, 1.15 * sheet.pitch)
        if len(chosen) > 1:
            step = max(1.35 * (chosen[1].middle - chosen[0].middle), 1.2 * last.height)
        if (
            run.middle - last.middle > step
            or fold(run.text).startswith("kinh gui")
            or len(chosen) >= _MOST_LINES
            or not any(c.isalpha() for c in run.text)
            or (run.text == run.text.upper() and len(run.bare) > 3 and first.text != first.text.upper())
        ):
            break
        off = abs(centre(run) - centre(first))
        if (
            off > 0.75 * max(first.right - first.left, run.right - run.left) / 2
            and run.left > first.left + 40
        ):
            break
        chosen.append(run)
    return chosen


def titled_subject(sheets: Sequence[Sheet], headings: Sequence[str], head: Head | None) -> Found | None:
    """The lines between the title and the body of a paper that names its kind."""
    for sheet in sheets[:2]:
        title = find_title(sheet, headings, head)
        if title is not None:
            lines = _under(sheet, title)
            return _joined(sheet, lines, 1.0) if lines else None
    return None


def find_title(sheet: Sheet, headings: Sequence[str], head: Head | None) -> Run | None:
    """The last printed line of the title: one of ``headings``, which may run over two or three lines; where
    none is known, the first line of capitals in the middle under the head."""
    wanted = [bare(h) for h in headings]
    runs = [r for r in sheet.runs if r.top < 0.7 * sheet.height]
    best: tuple[float, Run] | None = None
    for run in runs:
        if not is_capitals(run.text, 0.7):
            continue
        for text, last in _joined_capitals(runs, run):
            alike = max((_title_likeness(text, heading) for heading in wanted), default=0.0)
            if alike and (best is None or alike > best[0] + 0.01):
                best = (alike, last)
        if best and best[0] > 0.97:
            break
    if best:
        return best[1]
    if head is None or headings:
        return None
    bottom = max([t.box[1] + t.box[3] for t in head.motto])
    for run in runs:
        if run.top <= bottom + 2.5 * run.height or not is_capitals(run.text) or is_number_line(run):
            continue
        if abs(centre(run) - sheet.width / 2) < 0.12 * sheet.width and len(run.bare) > 4:
            return run
    return None


def _joined_capitals(runs: Sequence[Run], first: Run) -> Iterator[tuple[str, Run]]:
    """The folded text of a line of capitals alone, with the next one, and with the next two; and its last
    line."""
    text, last = first.bare, first
    yield text, last
    for _ in range(2):
        below = (r for r in runs if 0 < r.middle - last.middle < 2.6 * last.height and _overlaps(r, last))
        following = next(below, None)
        if following is None or not is_capitals(following.text):
            return
        text, last = text + following.bare, following
        yield text, last


def _title_likeness(text: str, heading: str) -> float:
    """How well a printed title is the heading, which the title may go on after; 0 when it is not."""
    alike = likeness(text, heading)
    if len(heading) < 6:
        return alike if alike > 0.98 else 0.0
    if len(text) > len(heading) and likeness(text[: len(heading)], heading) >= 0.9:
        alike = max(alike, 0.9)
    return alike if alike >= 0.8 else 0.0


def _overlaps(one: Run, other: Run) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)


def _under(sheet: Sheet, title: Run) -> list[Run]:
    middle = centre(title)
    chosen: list[Run] = []
    last = title
    for run in sheet.runs:
        if run.middle <= last.middle + 0.5 * last.height:
            continue
        step = run.middle - last.middle
        allowed = 2.6 * title.height if not chosen else 2.1 * last.height
        if len(chosen) > 1:
            allowed = max(1.3 * (chosen[-1].middle - chosen[-2].middle), 1.25 * last.height)
        text = run.folded.lstrip(" -–*.(")
        about = bool(_ABOUT.match(run.folded))
        off = abs(centre(run) - middle)
        if step > allowed or len(chosen) >= _MOST_LINES:
            break
        if not any(c.isalpha() for c in run.text) and not any(c.isdigit() for c in run.text):
            continue
        if _NUMBER_OR_DAY.match(text) or _REMARK.match(run.folded):
            last = run
            continue
        if is_capitals(run.text) and ((chosen and not is_capitals(chosen[0].text)) or _authority(run)):
            break
        if off > 0.03 * sheet.width and not about:
            break
        if text.startswith(_BODY_STARTS) and not about and _looks_body(sheet, run, chosen):
            break
        chosen.append(run)
        last = run
    return chosen


def _looks_body(sheet: Sheet, run: Run, chosen: Sequence[Run]) -> bool:
    """A line that begins like a body: taken as such unless a centred subject is plainly going on."""
    if fold(run.text).startswith(("can cu", "kinh gui", "hom nay")):
        return True
    wide = run.right - run.left > 0.93 * (sheet.text_right - sheet.text_left)
    return wide or (not chosen and run.text[0] in "-–")


def _authority(run: Run) -> bool:
    text = run.folded
    return text.startswith(_AUTHORITIES)


def _joined(sheet: Sheet, lines: Sequence[Run], evidence: float) -> Found | None:
    tokens: tuple[Token, ...] = tuple(t for line in lines for t in line.tokens)
    while tokens and not bare(tokens[-1].text) and tokens[-1].text[-1] not in ')"”':
        tokens = tokens[:-1]
    value = " ".join(t.text for t in tokens).strip(" _-–—|*~")
    value = re.sub(r"(?:\s*[.·…]){2,}$", "", value)
    if not any(c.isalpha() for c in value):
        return None
    return Found(value, tokens, sheet.number, evidence)
