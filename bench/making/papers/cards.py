"""Identity cards, old identity cards and passports: cards of their own size, or copied on to A4."""

# ruff: noqa: E501 - the wording of papers stands in whole lines
from __future__ import annotations

from datetime import date

from bench.making.faces import BLACK, RED, Colour, Style, px
from bench.making.figures import bare, mrz_card, mrz_passport
from bench.making.papers.letter import fit
from bench.making.papers.parts import portrait, qr
from bench.making.papers.registry import Fields, maker
from bench.making.sheet import Paper, Sheet
from bench.making.wording import Person, Writer, words

_WIDE, _HIGH = 85.6, 54.0
_GREEN: Colour = (226, 239, 233)
_BLUE: Colour = (232, 238, 244)
_PINK: Colour = (246, 232, 230)


class Side:
    """One side of a card at ``x``, ``y`` millimetres of a sheet; ``grow`` enlarges it as a copier does."""

    def __init__(
        self,
        sheet: Sheet,
        x: float,
        y: float,
        tint: Colour,
        grow: float = 1.0,
        size: tuple[float, float] = (_WIDE, _HIGH),
    ) -> None:
        self.sheet, self.x, self.y, self.grow = sheet, x, y, grow
        if sheet.draw:
            right, bottom = px(x + size[0] * grow), px(y + size[1] * grow)
            sheet.pen.rectangle(
                (px(x), px(y), right, bottom), fill=tint, outline=(150, 150, 150) if x else None
            )

    def style(self, size: float, bold: bool = False, colour: Colour = BLACK, face: str = "sans") -> Style:
        """A style in points of the real card."""
        return Style(size=round(size * self.grow * 2) / 2, bold=bold, colour=colour, face=face)

    def at(self, y: float, *pieces: tuple[float, str, Style]) -> None:
        """Pieces ``(x, text, style)`` on the baseline ``y`` (millimetres of the card): one line of truth."""
        placed = [
            (px(self.x + x * self.grow), px(self.y + y * self.grow), text, style) for x, text, style in pieces
        ]
        self.sheet.put(placed)

    def after(self, y: float, x: float, label: str, value: str, small: Style, big: Style) -> None:
        """A small label with its value behind it."""
        reach = (small.width(label + " ")) / px(1) / self.grow
        self.at(y, (x, label, small), (x + reach, value, big))

    def middle(self, y: float, text: str, style: Style, left: float = 0.0, right: float = _WIDE) -> None:
        """A centred line."""
        width = style.width(text) / px(1) / self.grow
        self.at(y, (left + (right - left - width) / 2, text, style))

    def picture(self, x: float, y: float, w: float, h: float) -> None:
        """The portrait."""
        g = self.grow
        portrait(self.sheet, px(self.x + x * g), px(self.y + y * g), px(w * g), px(h * g))

    def code(self, x: float, y: float, side: float, text: str) -> None:
        """The QR code."""
        qr(self.sheet, text, px(self.x + x * self.grow), px(self.y + y * self.grow), side * self.grow)

    def finger(self, x: float, y: float, w: float, h: float) -> None:
        """The place of a finger print: ridges."""
        if self.sheet.draw:
            for i in range(9):
                box = [px(self.x + (x + i * w / 20) * self.grow), px(self.y + (y + i * h / 20) * self.grow),
                       px(self.x + (x + w - i * w / 20) * self.grow), px(self.y + (y + h - i * h / 20) * self.grow)]  # fmt: skip
                self.sheet.pen.ellipse(box, outline=(120, 110, 110), width=3)


def _owner(
    w: Writer, first: date = date(2021, 2, 1), last: date = date(2024, 6, 28)
) -> tuple[Person, date, date]:
    """A person whose address fits a card, a day of issue between the two, the day when the card ends."""
    while True:
        x = w.person(born=(1960, 2006))
        home = x.home.replace("thành phố ", "").replace("tỉnh ", "")
        if len(home) < 62 and len(x.name) < 24:
            break
    issued = min(max(w.day(first.year, last.year), first), last)
    age = issued.year - x.birth.year
    limit = next((a for a in (25, 40, 60) if age < a - 2), None)
    expiry = date(x.birth.year + limit, x.birth.month, x.birth.day) if limit else date(9999, 12, 31)
    return x, issued, expiry


def _qr_text(w: Writer, x: Person, issued: date) -> str:
    old = f"{w.number(10**8, 4 * 10**8):09d}"
    return f"{x.number}|{old}|{x.name}|{x.birth:%d%m%Y}|{x.sex}|{x.home}|{issued:%d%m%Y}"


def _two_lines(text: str) -> tuple[str, str]:
    parts = text.split(", ")
    half = len(parts) // 2
    return ", ".join(parts[:half]) + ("," if half else ""), ", ".join(parts[half:])


@maker("can_cuoc", 4)
def identity_card(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """0: card of 2021, both sides as pages; 1: card of 2024, both sides as pages; 2 and 3: copied on to A4, enlarged."""
    new, on_a4 = layout in (1, 3), layout >= 2
    x, issued, expiry = _owner(w, date(2024, 7, 2), date(2026, 11, 20)) if new else _owner(w)
    size = (210.0, 297.0) if on_a4 else (_WIDE, _HIGH)
    p = Paper(draw=draw, size_mm=size, margins_mm=(10, 10, 10, 10) if on_a4 else (2, 2, 2, 2))
    p.number_pages = False
    grow = w.one([1.0, 1.25, 1.5]) if on_a4 else 1.0
    left = (210 - _WIDE * grow) / 2 if on_a4 else 0.0
    front = Side(p.sheet, left, 30.0 if on_a4 else 0.0, _GREEN if new else _BLUE, grow)
    fields = (_front_new if new else _front_old)(front, w, x, issued, expiry)
    if on_a4:
        back = Side(p.sheet, left, 40 + _HIGH * grow, _GREEN if new else _BLUE, grow)
    else:
        p.new_sheet()
        back = Side(p.sheet, 0, 0, _GREEN if new else _BLUE)
    fields |= (_back_new if new else _back_old)(back, w, x, issued, expiry)
    return p, fields | {"ngay_ban_hanh": issued.isoformat()}


def _common(x: Person, name: str) -> Fields:
    return {
        "so_dinh_danh": x.number,
        "ho_ten": name,
        "ngay_sinh": x.birth.isoformat(),
        "gioi_tinh": x.sex,
        "quoc_tich": "Việt Nam",
    }


def _until(expiry: date) -> str:
    return "Không thời hạn" if expiry.year == 9999 else f"{expiry:%d/%m/%Y}"


def _front_old(s: Side, w: Writer, x: Person, issued: date, expiry: date) -> Fields:
    tiny, small, big = s.style(4.5), s.style(5.5), s.style(6.5, True)
    s.middle(5.2, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", s.style(6.5, True), 12, 72)
    s.middle(8.0, "Độc lập - Tự do - Hạnh phúc", s.style(6, True), 12, 72)
    s.middle(10.6, "SOCIALIST REPUBLIC OF VIET NAM", tiny, 12, 72)
    s.middle(16.0, "CĂN CƯỚC CÔNG DÂN", s.style(10, True, RED), 22, 72)
    s.middle(19.0, "Citizen Identity Card", s.style(6), 22, 72)
    s.after(24.3, 28, "Số / No.:", x.number, small, s.style(9, True))
    s.at(28.2, (28, "Họ và tên / Full name:", small))
    s.at(31.6, (28, x.name.upper(), s.style(7.5, True)))
    s.after(35.2, 28, "Ngày sinh / Date of birth:", f"{x.birth:%d/%m/%Y}", small, big)
    at = 28 + small.width("Giới tính / Sex: ") / px(1) / s.grow
    nation = 52 + small.width("Quốc tịch / Nationality: ") / px(1) / s.grow
    s.at(
        38.6,
        (28, "Giới tính / Sex:", small),
        (at, x.sex, big),
        (52, "Quốc tịch / Nationality:", small),
        (nation, "Việt Nam", s.style(6, True)),
    )
    s.at(42.0, (28, "Quê quán / Place of origin:", small))
    origin = x.origin.replace("xã ", "").replace("tỉnh ", "").replace("thành phố ", "")
    s.at(44.8, (28, origin, s.style(6.5, True)))
    one, two = _two_lines(x.home.replace("tỉnh ", "").replace("thành phố ", ""))
    s.picture(4, 22, 20, 24)
    s.after(48.2, 28, "Nơi thường trú / Place of residence:", "", small, big)
    s.at(
        51.6,
        (3, "Có giá trị đến:", tiny),
        (13.6, _until(expiry), s.style(4.5)),
        (28, f"{one} {two}", s.style(5, True)),
    )
    s.code(72, 3, 11, _qr_text(w, x, issued))
    return _common(x, x.name.upper()) | {"que_quan": origin, "noi_cu_tru": f"{one} {two}"}


def _back_old(s: Side, w: Writer, x: Person, issued: date, expiry: date) -> Fields:
    small, big = s.style(5.5), s.style(6, True)
    s.at(5, (4, "Đặc điểm nhân dạng / Personal identification:", small))
    s.at(8.4, (4, w.one(words("people")["marks"]), big))
    s.after(12.2, 4, "Ngày, tháng, năm / Date, month, year:", f"{issued:%d/%m/%Y}", small, big)
    s.middle(16, "CỤC TRƯỞNG CỤC CẢNH SÁT", s.style(5.5, True), 4, 48)
    s.middle(18.6, "QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI", s.style(5.5, True), 4, 48)
    name = w.name(False)
    s.middle(31, name, s.style(6, True), 4, 48)
    s.finger(53, 8, 11, 16)
    s.finger(69, 8, 11, 16)
    _zone(
        s,
        mrz_card(x.number, x.birth, x.woman, expiry if expiry.year < 9999 else date(2099, 12, 31), x.name),
        39.5,
        5.0,
        8.6,
    )
    return {
        "nguoi_ky": name,
        "co_quan_ban_hanh": "CỤC CẢNH SÁT QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI",
        "chuc_vu_nguoi_ky": "CỤC TRƯỞNG",
    }


def _front_new(s: Side, w: Writer, x: Person, issued: date, expiry: date) -> Fields:
    tiny, small, big = s.style(4.5), s.style(5.5), s.style(7, True)
    s.middle(5.2, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", s.style(6.5, True), 14, 84)
    s.middle(8.0, "Độc lập - Tự do - Hạnh phúc", s.style(6, True), 14, 84)
    s.middle(10.6, "SOCIALIST REPUBLIC OF VIET NAM", tiny, 14, 84)
    s.middle(16.2, "CĂN CƯỚC", s.style(11, True, RED), 24, 84)
    s.middle(19.2, "IDENTITY CARD", s.style(6), 24, 84)
    s.at(24.0, (30, "Số định danh cá nhân / Personal identification number:", s.style(5)))
    s.at(28.4, (30, x.number, s.style(10, True)))
    s.at(32.4, (30, "Họ, chữ đệm và tên khai sinh / Full name:", s.style(5)))
    s.at(36.0, (30, x.name.upper(), s.style(8, True)))
    s.after(40.2, 30, "Ngày, tháng, năm sinh / Date of birth:", f"{x.birth:%d/%m/%Y}", s.style(5), big)
    s.after(44.2, 30, "Giới tính / Sex:", x.sex, small, big)
    s.after(48.2, 30, "Quốc tịch / Nationality:", "Việt Nam", small, big)
    s.picture(4, 20, 22, 26)
    return _common(x, x.name.upper())


def _back_new(s: Side, w: Writer, x: Person, issued: date, expiry: date) -> Fields:
    small, big = s.style(5), s.style(5.5, True)
    one, two = _two_lines(x.home)
    s.at(4.6, (4, "Nơi cư trú / Place of residence:", small))
    s.at(7.4, (4, one, big))
    s.at(10.0, (4, two, big))
    s.at(13.4, (4, "Nơi đăng ký khai sinh / Place of birth:", small))
    s.at(16.2, (4, x.origin, big))
    s.after(20.0, 4, "Ngày, tháng, năm cấp / Date of issue:", f"{issued:%d/%m/%Y}", small, big)
    s.after(23.6, 4, "Ngày, tháng, năm hết hạn / Date of expiry:", _until(expiry), small, big)
    s.at(29.0, (18, "BỘ CÔNG AN", s.style(7, True, RED)))
    s.at(32.0, (14, "MINISTRY OF PUBLIC SECURITY", s.style(5)))
    s.code(64, 3, 17, _qr_text(w, x, issued))
    _zone(
        s,
        mrz_card(x.number, x.birth, x.woman, expiry if expiry.year < 9999 else date(2099, 12, 31), x.name),
        40.0,
        5.0,
        8.6,
    )
    return {"noi_cu_tru": f"{one} {two}".strip(), "co_quan_ban_hanh": "BỘ CÔNG AN"}


def _zone(s: Side, lines: tuple[str, ...], top: float, step: float, size: float) -> None:
    style = s.style(size, face="mono")
    for i, line in enumerate(lines):
        s.at(top + i * step, (4, line, style))


@maker("cmnd", 3)
def old_identity_card(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Giấy chứng minh nhân dân: both sides as pages, or on A4 (two sizes)."""
    x, issued, _ = _owner(w)
    issued = date(issued.year - 8, issued.month, issued.day)
    x = w.person(born=(1955, 1995))
    number = f"{w.number(20_000_000, 399_999_999):09d}"
    on_a4 = layout > 0
    p = Paper(
        draw=draw,
        size_mm=(210, 297) if on_a4 else (_WIDE, _HIGH),
        margins_mm=(10, 10, 10, 10) if on_a4 else (2, 2, 2, 2),
    )
    p.number_pages = False
    grow = (1.0, 1.3, 1.6)[layout]
    left = (210 - _WIDE * grow) / 2 if on_a4 else 0.0
    f = Side(p.sheet, left, 35.0 if on_a4 else 0.0, _PINK if layout != 2 else _BLUE, grow)
    small, big = f.style(6, face="serif"), f.style(7, True, face="serif")
    f.middle(5.6, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", f.style(7, True), 8, 84)
    f.middle(8.8, "Độc lập - Tự do - Hạnh phúc", f.style(6.5, True), 8, 84)
    f.middle(15.0, "GIẤY CHỨNG MINH NHÂN DÂN", f.style(10, True, RED, "serif"), 24, 84)
    f.after(20.6, 36, "SỐ", number, f.style(9, True, face="serif"), f.style(11, True, RED, "serif"))
    f.after(26.0, 28, "Họ tên:", x.name.upper(), small, f.style(8, True, face="serif"))
    f.after(30.6, 28, "Sinh ngày:", f"{x.birth:%d-%m-%Y}", small, big)
    f.at(35.2, (28, "Nguyên quán:", small))
    origin = x.origin.replace("xã ", "").replace("tỉnh ", "").replace("thành phố ", "")
    f.at(38.6, (30, origin, big))
    f.at(43.0, (28, "Nơi ĐKHK thường trú:", small))
    one, two = _two_lines(
        x.home.replace("tỉnh ", "").replace("thành phố ", "").replace("xã ", "").replace("phường ", "")
    )
    f.at(46.4, (30, one, f.style(6.5, True, face="serif")))
    f.at(49.8, (30, two, f.style(6.5, True, face="serif")))
    f.picture(4, 20, 20, 25)
    if on_a4:
        b = Side(p.sheet, left, 50 + _HIGH * grow, _PINK if layout != 2 else _BLUE, grow)
    else:
        p.new_sheet()
        b = Side(p.sheet, 0, 0, _PINK)
    religion = w.one(words("people")["religions"])
    ethnic = b.style(6, face="serif")
    b.at(
        5,
        (4, "Dân tộc:", ethnic),
        (13.5, x.ethnic, b.style(6.5, True, face="serif")),
        (44, "Tôn giáo:", ethnic),
        (54, religion, b.style(6.5, True, face="serif")),
    )
    b.middle(9.6, "DẤU VẾT RIÊNG VÀ DỊ HÌNH", b.style(6, True, face="serif"), 26, 84)
    b.at(13.4, (27, w.one(words("people")["marks"]), b.style(6, face="serif")))
    b.middle(
        20.4,
        f"Ngày {issued.day:02d} tháng {issued.month:02d} năm {issued.year}",
        b.style(6.5, face="serif"),
        26,
        84,
    )
    police = f"GIÁM ĐỐC CA TỈNH {w.one(words('places')['old_provinces']).upper()}"
    b.middle(24.4, police, b.style(6.5, True, face="serif"), 26, 84)
    name = w.name(False)
    b.middle(42.0, name, b.style(6.5, True, face="serif"), 26, 84)
    b.finger(6, 8, 14, 18)
    b.finger(6, 30, 14, 18)
    fields = {"so": number, "ho_ten": x.name.upper(), "ngay_sinh": x.birth.isoformat(), "que_quan": origin, "noi_cu_tru": f"{one} {two}",
              "dan_toc": x.ethnic, "ngay_ban_hanh": issued.isoformat(), "nguoi_ky": name, "chuc_vu_nguoi_ky": "GIÁM ĐỐC"}  # fmt: skip
    return p, fields


@maker("ho_chieu", 3)
def passport(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Passport data page: alone, or copied on to A4 with the page above it."""
    x, issued, _ = _owner(w)
    issued = w.day(2022, 2026)
    expiry = date(issued.year + 10, issued.month, issued.day)
    book = f"{w.one(['C', 'B', 'N', 'P', 'E'])}{w.number(10**6, 10**8 - 1):0{w.one([7, 8])}d}"
    size = (125.0, 88.0)
    on_a4 = layout > 0
    p = Paper(
        draw=draw,
        size_mm=(210, 297) if on_a4 else size,
        margins_mm=(10, 10, 10, 10) if on_a4 else (2, 2, 2, 2),
    )
    grow = (1.0, 1.0, 1.3)[layout]
    s = Side(p.sheet, (210 - 125 * grow) / 2 if on_a4 else 0, 40 if on_a4 else 0, _BLUE, grow, size)
    small, big = s.style(6), s.style(8, True)
    if layout == 0:
        s.middle(
            7,
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / SOCIALIST REPUBLIC OF VIET NAM",
            s.style(6.5, True),
            0,
            125,
        )
    else:
        s.middle(6, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", s.style(7, True), 0, 125)
        s.middle(9.2, "SOCIALIST REPUBLIC OF VIET NAM", s.style(6), 0, 125)
    s.middle(13.8, "HỘ CHIẾU / PASSPORT", s.style(9, True, RED), 0, 125)
    s.at(
        18.6,
        (44, "Loại / Type", small),
        (62, "Mã số / Code", small),
        (86, "Số hộ chiếu / Passport No.", small),
    )
    s.at(22.4, (44, "P", big), (62, "VNM", big), (86, book, s.style(9, True)))
    s.at(26.6, (44, "Họ và tên / Full name", small))
    shown = x.name.upper() if layout != 1 else bare(x.name)
    s.at(30.6, (44, shown, big))
    s.at(34.8, (44, "Quốc tịch / Nationality", small), (86, "Ngày sinh / Date of birth", small))
    s.at(38.6, (44, "VIỆT NAM / VIETNAMESE", big), (86, f"{x.birth:%d/%m/%Y}", big))
    s.at(42.8, (44, "Giới tính / Sex", small), (86, "Nơi sinh / Place of birth", small))
    s.at(46.6, (44, f"{x.sex.upper()} / {'F' if x.woman else 'M'}", big), (86, x.province.upper(), big))
    s.at(50.8, (44, "Ngày cấp / Date of issue", small), (86, "Có giá trị đến / Date of expiry", small))
    s.at(54.6, (44, f"{issued:%d/%m/%Y}", big), (86, f"{expiry:%d/%m/%Y}", big))
    s.at(58.8, (44, "Số ĐDCN / ID No.", small), (86, "Nơi cấp / Place of issue", small))
    s.at(62.6, (44, x.number, big), (86, "Cục Quản lý xuất nhập cảnh", s.style(6, True)))
    s.picture(5, 18, 34, 45)
    first, second = mrz_passport(book, x.number, x.birth, x.woman, expiry, x.name)
    style = fit(first, s.style(12, face="mono"), px(117 * grow))
    s.at(74, (4, first, style))
    s.at(81, (4, second, style))
    fields = {"so": book, "ho_ten": shown, "ngay_sinh": x.birth.isoformat(), "gioi_tinh": x.sex.upper(), "quoc_tich": "VIỆT NAM", "noi_sinh": x.province.upper(),
              "so_dinh_danh": x.number, "ngay_ban_hanh": issued.isoformat(), "co_quan_ban_hanh": "Cục Quản lý xuất nhập cảnh"}  # fmt: skip
    return p, fields
