"""Parts of forms and cards: labelled rows, frames, portraits, QR codes, boxes."""

from __future__ import annotations

from collections.abc import Sequence

import segno
from PIL import Image, ImageDraw

from bench.making.faces import BLACK, RED, Colour, Style, px
from bench.making.sheet import Cell, Paper, Sheet
from bench.making.wording import Writer

Row = Sequence[tuple[str, str]]


def rows(
    p: Paper, given: Sequence[Row], *, leader: bool = False, value: Style | None = None, left_mm: float = 0
) -> None:
    """Rows of ``(label, value)`` cells. Cells that do not fit side by side go below each other."""
    value = value or p.style
    for row in given:
        share = p.width / len(row)
        fits = all(
            p.style.width(p.spelled(label) + " ") + value.width(p.spelled(text)) < share - px(4)
            for label, text in row
        )
        if len(row) > 1 and fits:
            p.pairs(row, value_style=value, leader=leader)
        else:
            for label, text in row:
                p.labelled(label, text, value_style=value, leader=leader, left_mm=left_mm)


def signed(
    p: Paper, w: Writer, lines: Sequence[str], name: str, left: Sequence[str] = (), *, gap: int = 4
) -> None:
    """Who signs, at the right: bold lines, room for the signature, the name; ``left`` stands beside."""
    bold = p.style.but(bold=True)
    right = [(t, bold) for t in lines] + [("", bold)] * gap + [(name, bold)]
    p.need(len(right) * p.step(bold) / px(1) + 3)
    top = p.y
    beside = [(t, bold if t.isupper() else p.style.but(italic=True)) for t in left]
    p.columns(beside, right, share=0.5)
    p.mark_signer(p.right - p.width * 0.25, top + p.step(bold), p.y)


def where_when(p: Paper, w: Writer, text: str) -> None:
    """Place and date at the right, italic, over the signer."""
    p.need(45)
    p.row([Cell(text, p.style.but(italic=True), p.left + p.width * 0.45, p.width * 0.55)])


def title(p: Paper, text: str, below: str = "", *, colour: Colour = BLACK, bigger: float = 3) -> None:
    """A form's title in bold capitals, with a line below in plain type."""
    p.centred(text, p.style.but(bold=True, size=p.style.size + bigger, colour=colour), share=0.95)
    if below:
        p.centred(below, p.style.but(italic=below.startswith("(")))
    p.skip(3)


def frame(p: Paper, colour: Colour = RED) -> None:
    """A double frame around the sheet, as certificates have it."""
    sheet = p.sheet
    if sheet.draw:
        for inset, width in ((px(6), 6), (px(8), 2)):
            box = (inset, inset, sheet.width - inset, sheet.height - inset)
            sheet.pen.rectangle(box, outline=colour, width=width)


def portrait(sheet: Sheet, left: float, top: float, width: float, height: float) -> None:
    """A picture of nobody: head and shoulders."""
    if not sheet.draw:
        return
    w, h = int(width), int(height)
    image = Image.new("RGB", (w, h), (186, 204, 222))
    pen = ImageDraw.Draw(image)
    pen.ellipse((w * 0.1, h * 0.62, w * 0.9, h * 1.35), fill=(70, 76, 92))
    pen.ellipse((w * 0.3, h * 0.16, w * 0.7, h * 0.66), fill=(214, 176, 150))
    pen.chord((w * 0.27, h * 0.1, w * 0.73, h * 0.55), 180, 360, fill=(40, 34, 32))
    sheet.image.paste(image, (int(left), int(top)))


def qr(sheet: Sheet, text: str, left: float, top: float, side_mm: float) -> None:
    """A QR code about ``side_mm`` wide; no part of the truth."""
    if not sheet.draw:
        return
    matrix = segno.make(text, error="m", micro=False).matrix
    size = len(matrix)
    scale = max(3, px(side_mm) // (size + 4))
    code = Image.new("L", (size + 4, size + 4), 255)
    code.putdata(
        [255] * (size + 4) * 2
        + [v for line in matrix for v in (255, 255, *(0 if c else 255 for c in line), 255, 255)]
        + [255] * (size + 4) * 2
    )
    sheet.image.paste(code.resize(((size + 4) * scale,) * 2, Image.Resampling.NEAREST), (int(left), int(top)))


def boxes(sheet: Sheet, left: float, baseline: float, text: str, style: Style) -> float:
    """One character a box; the truth of the row is the caller's. Returns the right edge."""
    side = style.size * 300 / 72 * 1.25
    for i, letter in enumerate(text):
        x = left + i * side
        if sheet.draw:
            sheet.pen.rectangle(
                (x, baseline - side * 0.85, x + side, baseline + side * 0.25), outline=BLACK, width=2
            )
            sheet.pen.text((x + side / 2, baseline), letter, font=style.font, fill=style.colour, anchor="ms")
    return left + len(text) * side


def post(w: Writer) -> tuple[list[str], str]:
    """Lines over a civil registrar's signature and the post that signs."""
    choice = w.number(0, 2)
    if choice == 0:
        return ["CHỦ TỊCH"], "CHỦ TỊCH"
    if choice == 1:
        return ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "PHÓ CHỦ TỊCH"
    return ["TM. ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH"], "PHÓ CHỦ TỊCH"
