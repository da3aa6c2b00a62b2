"""Invented Vietnamese papers with exact truth.

``make_paper(code, seed, layout)`` sets one paper of a contract's type code at 300 dpi; ``wear`` makes scans
of several qualities of it. The same arguments give the same paper. Even and odd seeds share no sentence
beyond legal headings, so one parity may train what the other tests.

Fields, by the contract's names, hold what is printed:

* ``so_ky_hieu`` / ``so``: what stands after ``Số:``, without it.
* ``co_quan_ban_hanh``: the issuing body's own name (its lines joined by a space), without the body above it.
* ``trich_yeu``: the subject as printed below the heading (``Về việc ...`` stays); of a letter without a kind
  what follows ``V/v``.
* ``chuc_vu_nguoi_ky``: the post that signs, the last line over the name (``PHÓ CHỦ TỊCH``), without
  TM., KT., TL.
* ``so_tien`` and ``dien_tich``: the number as printed, without its unit (``1.250.000``, ``125,5``).
* dates ISO; of a couple's paper ``ho_ten_vo`` and ``ho_ten_chong`` only.
"""

from __future__ import annotations

from bench.making.made import MadeDocument, MadePage
from bench.making.papers import MAKERS
from bench.making.sheet import old_tone
from bench.making.wording import Writer

CODES = tuple(MAKERS)
"""Every type code that can be made."""


def layouts_of(code: str) -> int:
    """How many layouts a type has."""
    return MAKERS[code][1]


def make_paper(code: str, seed: int, layout: int | None = None, *, draw: bool = True) -> MadeDocument:
    """One invented paper.

    Args:
        code: a type code of the contract.
        seed: any whole number; its parity deals the vocabulary (see :mod:`bench.making.wording`).
        layout: 0 to ``layouts_of(code) - 1``; by default they take turns with the seed.
        draw: False writes text and fields only, about ten times faster.

    Raises:
        KeyError: no such type code.
        ValueError: no such layout.
    """
    maker, count = MAKERS[code]
    chosen = seed // 2 % count if layout is None else layout
    if not 0 <= chosen < count:
        raise ValueError(f"{code} has layouts 0 to {count - 1}")
    paper, fields = maker(Writer(f"{code}/{chosen}", seed), chosen, draw)
    if paper.old_tone:
        fields = {name: old_tone(value) for name, value in fields.items()}
    pages = tuple(sheet.page() for sheet in paper.sheets)
    return MadeDocument(code, chosen, seed, pages, {k: v for k, v in fields.items() if v})


__all__ = ["CODES", "MadeDocument", "MadePage", "layouts_of", "make_paper"]
