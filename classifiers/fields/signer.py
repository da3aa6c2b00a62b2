"""Who signed: the block of posts at the foot (with TM., KT., TL., TUQ.) and the name under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from classifiers.fields.bodies import names_body, part_post
from classifiers.fields.folding import bare, fold
from classifiers.fields.found import Found
from classifiers.fields.head import centre, is_capitals
from classifiers.fields.layout import Run, Sheet, Token

_AUTHORITY = re.compile(r"^\W*(?:tm|kt|tl|tuq|tun|q)\s?[.,:]\s?\S*", re.IGNORECASE)
_POSTS = (
    "giam doc", "chu tich", "truong phong", "pho phong", "vien truong", "chanh van phong", "cuc truong",
    "bo truong", "thu truong", "hieu truong", "truong ban", "pho ban", "cong chuc", "truong cong an", "chu toa",
    "chanh thanh tra", "doi truong", "cong chung vien", "vu truong", "truong dai dien", "to truong", "thu ky",
    "chi cuc truong", "truong doan", "truong cong", "chanh an", "kiem soat vien", "thu tuong", "bi thu", "can bo",
    "truong thon", "tong thanh tra", "nguoi thuc chung", "hat truong", "tram truong", "ke toan truong",
)  # fmt: skip
_ROLES = (
    "nguoitiepnhan", "canbotiepnhan", "congchuctiepnhan", "nguoihuongdan", "nguoithutien", "nguoilapphieu",
    "canbohuongdan", "nguoilapbienban", "nguoilap", "bophantiepnhan", "nguoinhanhoso", "vienchuctiepnhan",
)  # fmt: skip
"""Who signs without a post: the name counts, the words over it are no post."""
_BARE_POSTS = tuple(p.replace(" ", "") for p in _POSTS)
_SHORT_OPENING = re.compile(r"^\W*[^\W\d]\W?[^\W]{0,2}\W?[.,:]\s")
_NOT_NAMES = frozenset(
    "sở bộ ban phòng ủy uỷ ubnd cộng nơi kính như trung đã người bệnh xác chức tỉnh xã huyện cục giám số".split()
)
_DASHES = ("-", "–", "&")
_WORD = re.compile(r"^[^\W\d_]+(?:['’-][^\W\d_]+)*$")


@dataclass(frozen=True)
class Block:
    """One signer: the lines of the post and the tokens of the name (none when it was not read)."""

    sheet: Sheet
    posts: tuple[Run, ...]
    name: tuple[Token, ...]
    trimmed: bool
    body: tuple[Run, ...] = ()


def block_body(block: Block) -> Found | None:
    """The body named in capitals right above the post."""
    return _post(block, block.body)


def signer_name(block: Block) -> Found | None:
    """The name of the signer as printed."""
    if not block.name:
        return None
    value = " ".join(t.text for t in block.name).strip(" .,;:'’\"“”|")
    evidence = 0.6 if block.trimmed else 1.0
    if len(block.name) == 2:
        evidence *= 0.9
    if not all(
        w[:1].isupper() and (w.isupper() or w[1:].islower()) for w in re.split(r"[\s'’-]", value) if w
    ):
        evidence *= 0.7
    return Found(value, block.name, block.sheet.number, evidence)


def signer_post(block: Block) -> Found | None:
    """The post of the one who signs: ``PHÓ GIÁM ĐỐC`` of ``KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC``."""
    lines = list(block.posts)
    starts = [at for at, line in enumerate(lines) if _is_post(line)]
    while len(starts) > 1 and _stands_in(lines[starts[-1]]):
        starts.pop()
    lines = lines[starts[-1] :] if starts else lines
    if (
        not lines
        or lines[0].bare.startswith(_ROLES)
        or (_stands_in(lines[0]) and not fold(lines[0].text).startswith("q"))
    ):
        # the post itself was not read: only in whose place it signs
        return None
    found = _post(block, lines)
    alike = [line for line in block.posts if line.bare == lines[0].bare]
    if found and len(alike) > 1:
        # "GIÁM ĐỐC" under "GIÁM ĐỐC": the "PHÓ" before it was not read
        return replace(found, ceiling=0.6)
    return found


def post_alone(block: Block) -> Found | None:
    """The post without the body it is printed with: ``CỤC TRƯỞNG`` of ``CỤC TRƯỞNG CỤC CẢNH SÁT …``."""
    found = signer_post(block)
    if found is None:
        return None
    post, body = part_post(found.tokens)
    return replace(found, value=" ".join(t.text for t in post), tokens=post) if body else found


def signer_body(block: Block) -> Found | None:
    """The body that is printed with the post, as on identity cards."""
    found = signer_post(block)
    body = part_post(found.tokens)[1] if found else ()
    if found is None or not body:
        return None
    value = " ".join(t.text for t in body).strip(" .,;:'’\"“”|_-–")
    return replace(found, value=value, tokens=body)


def authority(block: Block) -> Found | None:
    """Authority and post as printed, lines joined by a space: ``KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC``."""
    return _post(block, block.posts)


def _post(block: Block, lines: Sequence[Run]) -> Found | None:
    tokens = tuple(t for line in lines for t in line.tokens if bare(t.text) or t.text in _DASHES)
    dropped = _noise_before(tokens)
    tokens = tokens[dropped:]
    while tokens and tokens[-1].text in _DASHES:
        tokens = tokens[:-1]
    while tokens and tokens[0].text in _DASHES:
        tokens = tokens[1:]
    value = " ".join(t.text for t in tokens).strip(" .,;:'’\"“”|_-–`´~*^")
    return Found(value, tokens, block.sheet.number, 0.9 if dropped else 1.0) if value else None


def _noise_before(tokens: Sequence[Token]) -> int:
    """How many tokens before the post are traces of a seal or a pen: badly read, and the post begins after
    them."""
    for at in range(min(4, len(tokens))):
        rest = "".join(bare(t.text) for t in tokens[at:])
        if rest.startswith(("pho", *_BARE_POSTS)) or _AUTHORITY.match(" ".join(t.text for t in tokens[at:])):
            return at if all(t.confidence < 0.75 or len(bare(t.text)) < 3 for t in tokens[:at]) else 0
    return 0


def find_signer(sheets: Sequence[Sheet]) -> Block | None:
    """The block of the one who signed the paper.

    The block beside ``Nơi nhận`` where there is such a line; else, of the last page that has blocks with a
    name, the one furthest right (the officer signs at the right, the applicant at the left).
    """
    blocks = [b for sheet in sheets for b in _blocks(sheet)]
    for sheet in sheets:
        line = next((r for r in sheet.runs if r.bare.startswith("noinhan") and len(r.bare) < 12), None)
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
        (b for b in named if b.sheet is page), key=lambda b: (_stands_in(b.posts[0]), centre(b.posts[0]))
    )


def _name_beside(sheet: Sheet, line: Run) -> tuple[tuple[Token, ...], bool]:
    """A name in the right half below the row of ``Nơi nhận``, where the post over it was not read."""
    for run in sheet.runs:
        if line.middle < run.middle < line.middle + 14 * sheet.line_height and run.left > line.right:
            words = _name_in(run)
            if len(words) >= 3 and not " ".join(t.text for t in words).isupper():
                return words, len(words) != len([t for t in run.tokens if bare(t.text)])
    return (), False


def _stands_in(run: Run) -> bool:
    """A line that tells in whose place one signs: ``KT. GIÁM ĐỐC``, also where the letters were misread."""
    return bool(_AUTHORITY.match(run.text)) or bool(_SHORT_OPENING.match(run.text))


def _is_post(run: Run) -> bool:
    if not is_capitals(run.text, 0.75) or len(run.tokens) > 12 or len(run.bare) < 5:
        return False
    if _AUTHORITY.match(run.text) or run.bare.startswith("pho"):
        return True
    if run.bare.startswith(_ROLES):
        return True
    if any(p in run.bare for p in _BARE_POSTS):
        return not names_body(run.text) or run.bare.startswith(_BARE_POSTS)
    near = (p for p in _BARE_POSTS if len(p) <= len(run.bare) + 1)
    return not names_body(run.text) and any(fuzz.partial_ratio(p, run.bare) >= 85 for p in near)


def _blocks(sheet: Sheet) -> list[Block]:
    found: list[Block] = []
    used: set[int] = set()
    top = 0.2 * sheet.height if sheet.number == 1 else 0.0
    for run in sheet.runs:
        if id(run) in used or run.middle < top or not _is_post(run) or _is_title(sheet, run):
            continue
        lines = [run]
        while len(lines) < 5:
            following = _line_under(sheet, lines[-1])
            if following is None or not is_capitals(following.text, 0.75) or len(following.bare) < 4:
                break
            if len(lines[-1].tokens) and not _is_post(following) and not _goes_on(lines):
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
    return bool(_AUTHORITY.match(lines[0].text))


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
        if not 0.6 * last.height < drop < 16 * sheet.line_height or _is_post(run):
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
    if len("".join(t.text for t in best)) < 5 or all(len(t.text) < 3 for t in best):
        return ()
    return best
