"""Parts that letters share by NĐ 30/2020: the two-column head, the heading, the signer's block."""

# ruff: noqa: E501 - the wording of papers stands in whole lines
from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bench.making.faces import Style, px
from bench.making.sheet import Cell, Paper
from bench.making.wording import Body, Writer

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
CREED = "Độc lập - Tự do - Hạnh phúc"


def fit(text: str, style: Style, width: float) -> Style:
    """``style``, set smaller by half points until ``text`` fits into ``width`` pixels."""
    while style.width(text) > width and style.size > 6:
        style = style.but(size=style.size - 0.5)
    return style


def motto(p: Paper) -> None:
    """The national motto in the middle, as civil papers and forms have it."""
    style = fit(MOTTO, p.style.but(bold=True), p.width * 0.8)
    p.row([Cell(MOTTO, style, p.left, p.width)])
    p.row([Cell(CREED, style, p.left, p.width)])
    half = style.width(p.spelled(CREED)) / 2
    middle = (p.left + p.right) / 2
    p.sheet.rule(middle - half, middle + half, p.y + 4)
    p.skip(4)


def head(
    p: Paper, w: Writer, body: Body, number: str, day: date, *, subject: str = "", dash: str = "-"
) -> None:
    """Issuing body left, motto right, number and date below; ``subject`` is set under the number as V/v."""
    share = 0.41
    small = p.style.but(size=p.style.size - 1)
    wide = p.width * (1 - share) - px(2)
    top = fit(MOTTO, small.but(bold=True), wide)
    left = [(t, top.but(bold=i >= len(body.head) - body.own)) for i, t in enumerate(body.head)]
    if len(body.head) == body.own == 2:
        left = [(t, top.but(bold=True)) for t in body.head]
    creed = CREED.replace("-", dash)
    right = [(MOTTO, top), (creed, top.but(size=top.size + 0.5))]
    p.columns(left, right, share=share, gap_mm=2, rules=True)
    p.skip(w.one([3, 4, 5]))
    plain = p.style
    when = fit(_where_when(w, body.place, day), plain.but(italic=True), wide)
    rows = [(f"Số: {number}", plain)]
    if subject:
        rows += [(t, small) for t in p.wrapped(f"V/v {subject}", small, p.width * share - px(8))]
    p.columns(rows, [(_where_when(w, body.place, day), when)], share=share, gap_mm=2)
    p.skip(w.one([5, 7, 9]))


def _where_when(w: Writer, place: str, day: date) -> str:
    return f"{place}, ngày {w.spoken(day)}"


def heading(p: Paper, title: str, subject: str = "", *, rule: bool = True) -> None:
    """The kind of paper in bold capitals, its subject in bold below, underlined."""
    p.centred(title, p.style.but(bold=True, size=p.style.size + 1))
    style = p.style.but(bold=True)
    if subject:
        p.centred(subject, style, share=0.8)
    if rule:
        middle = (p.left + p.right) / 2
        p.sheet.rule(middle - px(18), middle + px(18), p.y + 12)
    p.skip(5)


def sign(
    p: Paper, w: Writer, body: Body, receivers: Sequence[str], *, by_proxy: bool | None = None
) -> tuple[str, str]:
    """Nơi nhận left, authority, post and name right. Returns the signer's name and post as printed."""
    proxy = w.chance(0.45) if by_proxy is None else by_proxy
    if proxy:
        deputy = body.chief.replace("TRẠM TRƯỞNG", "TRƯỞNG TRẠM")
        authority, post = f"KT. {body.chief}", f"PHÓ {deputy}"
    elif body.board and w.chance(0.6):
        authority, post = body.board, body.chief
    elif body.symbol == "UBND" and w.chance(0.4):
        authority, post = f"TL. {body.chief}", w.one(["CHÁNH VĂN PHÒNG", "TRƯỞNG PHÒNG KINH TẾ"])
    else:
        authority, post = "", body.chief
    name = w.name()
    bold = p.style.but(bold=True)
    right = [(t, bold) for t in (authority, post) if t]
    gap = 4 if p.leading > 1.25 else 5
    right += [("", bold)] * gap + [(name, bold)]
    label = p.style.but(bold=True, italic=True, size=p.style.size - 1)
    item = p.style.but(size=p.style.size - 2)
    left = [("Nơi nhận:", label)] + [(t, item) for t in receivers]
    if not receivers:
        left = []
    p.need(max(len(left), len(right)) * p.step(p.style) / px(1) + 4)
    top = p.y
    p.columns(left, right, share=0.5, align="left")
    middle = p.right - p.width * 0.25
    p.mark_signer(middle, top + p.step(p.style), top + p.step(p.style) * (len(right) + 0.3))
    return name, post


def receivers(w: Writer, body: Body, count: int | None = None) -> list[str]:
    """Lines of Nơi nhận; the last is the archive."""
    pool = ["- Như trên;", "- Như Điều 3;", "- Thường trực Đảng ủy (b/c);", f"- {w.sector['body']};", "- Các phòng chuyên môn;", "- Chủ tịch, các PCT;",
            "- Cổng thông tin điện tử;", f"- {w.unit()};", "- Ban Giám đốc (b/c);", "- Thành viên tổ công tác;", "- Kho bạc Nhà nước;"]  # fmt: skip
    chosen = w.rng.sample(pool, count or w.number(2, 4))
    initials = "".join(part[0] for part in w.name().split())
    return [
        *chosen,
        f"- Lưu: VT, {w.one(body.rooms)}{w.one(['', f' ({w.number(2, 9):02d}b)', f', {initials}'])}.",
    ]


def fields_of(body: Body, number: str, day: date, subject: str, signer: tuple[str, str]) -> dict[str, str]:
    """The fields that every letter has."""
    return {
        "so_ky_hieu": number, "ngay_ban_hanh": day.isoformat(), "co_quan_ban_hanh": body.name,
        "trich_yeu": subject, "nguoi_ky": signer[0], "chuc_vu_nguoi_ky": signer[1],
    }  # fmt: skip
