"""The fields that a signer's block gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from classifiers.fields.bodies import part_post
from classifiers.fields.folding import bare, fold
from classifiers.fields.found import Found
from classifiers.fields.layout import Run, Token
from classifiers.fields.posts import AUTHORITY, BARE_POSTS, ROLES, is_post, stands_in
from classifiers.fields.signer import Block
from records import RegionKind

_DASHES = ("-", "–", "&")


def block_body(block: Block) -> Found | None:
    """The body named in capitals right above the post."""
    return _post(block, block.body)


def signer_name(block: Block) -> Found | None:
    """The name of the signer as printed."""
    if not block.name:
        return None
    value = " ".join(t.text for t in block.name).strip(" .,;:'’\"“”|")
    evidence = 0.6 if block.trimmed else 1.0
    ceiling = 1.0
    if len(block.name) == 2:
        # few people have so short a name, and the seal often covers the first word of a longer one
        ceiling = 0.7
    if not all(
        w[:1].isupper() and (w.isupper() or w[1:].islower()) for w in re.split(r"[\s'’-]", value) if w
    ):
        evidence *= 0.7
    return Found(value, block.name, block.sheet.number, evidence, ceiling)


def signer_post(block: Block) -> Found | None:
    """The post of the one who signs: ``PHÓ GIÁM ĐỐC`` of ``KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC``."""
    lines = list(block.posts)
    starts = [at for at, line in enumerate(lines) if is_post(line)]
    while len(starts) > 1 and stands_in(lines[starts[-1]]):
        starts.pop()
    lines = lines[starts[-1] :] if starts else lines
    if (
        not lines
        or lines[0].bare.startswith(ROLES)
        or (stands_in(lines[0]) and not fold(lines[0].text).startswith("q"))
    ):
        # the post itself was not read: only in whose place it signs
        return None
    found = _post(block, lines)
    alike = [line for line in block.posts if line.bare == lines[0].bare]
    if found and (len(alike) > 1 or _penned_authority(block, lines[0])):
        # "GIÁM ĐỐC" under "GIÁM ĐỐC": the "PHÓ" before it was not read; "KT." added by pen: the deputy's line
        # under it was not
        return replace(found, ceiling=0.6)
    return found


def _penned_authority(block: Block, line: Run) -> bool:
    """Whether something was written by hand right in front of a post that is no deputy's."""
    if line.bare.startswith("pho"):
        return False
    for region in block.sheet.reading.regions:
        x, y, w, h = region.box
        beside = (
            min(y + h, line.bottom + 0.5 * line.height) - max(y, line.top - line.height) > 0.5 * line.height
        )
        gap = line.left - (x + w)
        close = -0.8 * line.height < gap < 2.5 * line.height and x < line.left
        penned = region.kind is RegionKind.HANDWRITING and 0.5 * line.height < w < 5 * line.height
        if penned and beside and close:
            return True
    return False


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
        if rest.startswith(("pho", *BARE_POSTS)) or AUTHORITY.match(" ".join(t.text for t in tokens[at:])):
            return at if all(t.confidence < 0.75 or len(bare(t.text)) < 3 for t in tokens[:at]) else 0
    return 0
