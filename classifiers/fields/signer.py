"""Who signed: the block of posts at the foot and the name under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.fields.bodies import names_body, part_post
from classifiers.fields.folding import bare, fold
from classifiers.fields.head import centre, is_capitals
from classifiers.fields.layout import Run, Sheet, Token
from classifiers.fields.posts import AUTHORITY, is_post, stands_in

_NOT_NAMES = frozenset(
    [
        "sở",
        "bộ",
        "ban",
        "phòng",
        "ủy",
        "uỷ",
        "ubnd",
        "cộng",
        "nơi",
        "kính",
        "như",
        "trung",
        "đã",
        "người",
        "bệnh",
        "xác",
        "chức",
        "tỉnh",
        "xã",
        "huyện",
        "cục",
        "giám",
        "số",
    ]
)

_WORD = re.compile(r"^[^\W\d_]+(?:['’-][^\W\d_]+)*$")


@dataclass(frozen=True)
class Block:
    """One signer: the lines of the post and the tokens of the name (none when it was not read)."""

    sheet: Sheet
    posts: tuple[Run, ...]
    name: tuple[Token, ...]
    trimmed: bool
    body: tuple[Run, ...] = ()


def find_signer(sheets: Sequence[Sheet]) -> Block | None:
    """The block of the one who signed the paper.

    The block beside ``Nơi nhận`` where there is such a line; else, of the last page that has blocks with a
    name, the one furthest right (the officer signs at the right, the applicant at the left).
    """
    blocks = [b for sheet in sheets for b in _blocks(sheet)]
    for sheet in sheets:
        line = next((r for r in sheet.runs if _opens_receivers(sheet, r)), None)
        if line is None:
            continue
        near = [
            b
            for b in blocks
            if b.sheet is sheet and abs(b.posts[0].middle - line.middle) < 7 * sheet.line_height
        ]
        if near:
            return max(near, key=lambda b: (bool(b.name), centre(b.posts[0])))
        name, trimmed = _name_beside(sheet, line)
        if name:
            return Block(sheet, (), name, trimmed)
    named = [b for b in blocks if b.name] or blocks
    if not named:
        return None
    page = named[-1].sheet
    return max(
        (b for b in named if b.sheet is page), key=lambda b: (stands_in(b.posts[0]), centre(b.posts[0]))
    )


def _opens_receivers(sheet: Sheet, run: Run) -> bool:
    """``Nơi nhận:`` at the left of the foot, also where a letter or its first word was not read."""
    if run.bare.startswith("noinhan"):
        return len(run.bare) < 12
    clipped = run.bare in ("nhan", "oinhan", "inhan", "noinha", "noihan") and run.text.endswith(
        (":", ";", ".")
    )
    return clipped and run.left < 0.4 * sheet.width and run.top > 0.2 * sheet.height


def _name_beside(sheet: Sheet, line: Run) -> tuple[tuple[Token, ...], bool]:
    """A name in the right half below the row of ``Nơi nhận``, where the post over it was not read."""
    for run in sheet.runs:
        if line.middle < run.middle < line.middle + 14 * sheet.line_height and run.left > line.right:
            words = _name_in(run)
            if len(words) >= 3 and not " ".join(t.text for t in words).isupper():
                return words, len(words) != len([t for t in run.tokens if bare(t.text)])
    return (), False


def _blocks(sheet: Sheet) -> list[Block]:
    found: list[Block] = []
    used: set[int] = set()
    top = 0.2 * sheet.height if sheet.number == 1 else 0.0
    for run in sheet.runs:
        if id(run) in used or run.middle < top or not is_post(run) or _is_title(sheet, run):
            continue
        lines = [run]
        while len(lines) < 5:
            following = _line_under(sheet, lines[-1])
            if following is None or not is_capitals(following.text, 0.75) or len(following.bare) < 4:
                break
            if len(lines[-1].tokens) and not is_post(following) and not _goes_on(lines):
                break
            lines.append(following)
        used.update(map(id, lines))
        name, trimmed = _name_under(sheet, lines)
        found.append(Block(sheet, tuple(lines), name, trimmed, _body_above(sheet, run)))
    return found


def _body_above(sheet: Sheet, post: Run) -> tuple[Run, ...]:
    lines: list[Run] = []
    last = post
    for run in reversed(sheet.runs):
        step = last.middle - run.middle
        if step < 0.5 * last.height or abs(centre(run) - centre(last)) > 0.06 * sheet.width:
            continue
        if (
            step > 2.4 * max(last.height, sheet.line_height)
            or not is_capitals(run.text, 0.75)
            or len(lines) > 3
        ):
            break
        lines.insert(0, run)
        last = run
    starts = [at for at, line in enumerate(lines) if names_body(line.text)]
    return tuple(lines[starts[-1] :]) if starts else ()


def _is_title(sheet: Sheet, run: Run) -> bool:
    """A line of capitals in the middle with body under it is the authority of a decision, no signature."""
    if abs(centre(run) - sheet.width / 2) > 0.06 * sheet.width:
        return False
    below = [r for r in sheet.runs if r.top > run.bottom and len(r.tokens) > 7]
    return len(below) > 2


def _goes_on(lines: Sequence[Run]) -> bool:
    """Whether a post may go on: after ``TM. ỦY BAN NHÂN DÂN`` comes the place or the post."""
    last = lines[-1]
    if last.text.rstrip()[-1] in ",-–" or part_post(last.tokens)[1]:
        return True
    return bool(AUTHORITY.match(lines[0].text))


def _line_under(sheet: Sheet, run: Run) -> Run | None:
    near = [
        r
        for r in sheet.runs
        if 0.45 * sheet.line_height < r.middle - run.middle < 2.4 * max(run.height, 0.9 * sheet.line_height)
        and abs(centre(r) - centre(run)) < 0.6 * max(r.right - r.left, run.right - run.left)
    ]
    return min(near, key=lambda r: r.middle, default=None)


def _name_under(sheet: Sheet, lines: Sequence[Run]) -> tuple[tuple[Token, ...], bool]:
    last = lines[-1]
    middle = sum(centre(r) for r in lines) / len(lines)
    best: tuple[float, tuple[Token, ...], bool] | None = None
    for run in sheet.runs:
        drop = run.middle - last.middle
        if not 0.6 * last.height < drop < 16 * sheet.line_height or is_post(run):
            continue
        words = _name_in(run)
        if not words:
            continue
        left, right = words[0].box[0], words[-1].right
        off = abs((left + right) / 2 - middle)
        if off > 0.13 * sheet.width:
            continue
        sure = sum(t.confidence for t in words) / len(words)
        title_case = not " ".join(t.text for t in words).isupper()
        score = sure + 0.3 * title_case - off / sheet.width - 0.01 * abs(drop / sheet.line_height - 6)
        score += 0.05 * min(len(words), 3) - 0.15 * (
            len(words) != len([t for t in run.tokens if bare(t.text)])
        )
        if best is None or score > best[0]:
            trimmed = len(words) != len([t for t in run.tokens if bare(t.text)])
            best = (score, words, trimmed)
    return (best[1], best[2]) if best else ((), False)


def _name_in(run: Run) -> tuple[Token, ...]:
    """The longest run of capitalised words of a line, if it can be a person's name."""
    best: tuple[Token, ...] = ()
    current: list[Token] = []
    for token in (*run.tokens, None):
        word = token.text.strip(".,;:'’\"“”|()*_") if token else ""
        shaped = (
            bool(_WORD.match(word))
            and word[0].isupper()
            and (word.isupper() or word[1:].islower() or len(word) < 3)
        )
        if token and shaped:
            current.append(token)
        else:
            if len(current) > len(best):
                best = tuple(current)
            current = []
    if not 2 <= len(best) <= 6 or best[0].text.lower() in _NOT_NAMES or fold(run.text).startswith("("):
        return ()
    short = all(len(t.text) < 3 for t in best) and any(t.confidence < 0.8 for t in best)
    if len("".join(t.text for t in best)) < 5 or short:
        return ()
    return best
