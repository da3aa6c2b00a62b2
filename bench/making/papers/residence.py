"""Residence: the old household book, the confirmation CT07, the declaration CT01."""

# ruff: noqa: E501 - the wording of papers stands in whole lines
from __future__ import annotations

from datetime import date

from bench.making.faces import RED, px
from bench.making.papers.letter import head, motto
from bench.making.papers.parts import Row, boxes, rows, signed, title, where_when
from bench.making.papers.registry import Fields, maker, new_paper
from bench.making.sheet import Paper
from bench.making.wording import Body, Person, Writer, words

_KIN = ["Vợ", "Chồng", "Con đẻ", "Con dâu", "Cháu nội", "Mẹ đẻ", "Bố đẻ", "Em ruột"]


@maker("so_ho_khau", 3)
def household_book(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Sổ hộ khẩu: cover and first page in one, with the page of the head of household, or with members as a table."""
    size = (148.0, 210.0) if layout != 2 else (210.0, 297.0)
    margins = (14, 12, 14, 14) if layout != 2 else (28, 18, 20, 18)
    p = new_paper(
        w,
        draw,
        sizes=(12, 12.5),
        size_mm=size,
        margins_mm=margins,
        paper=(252, 246, 240),
        serif=1.0,
        leading=1.4,
    )
    x = w.person(born=(1945, 1985))
    day = w.day(2005, 2020)
    home = w.old_place()
    front = f"Thôn {w.one(words('places')['hamlets'])}, {home}"
    number = f"{w.number(10, 480_000_000):09d}"
    district = w.one(words("places")["districts"])
    province = w.one(words("places")["old_provinces"])
    police = f"Công an huyện {district}, tỉnh {province}"
    if layout == 1:
        p.centred("BỘ CÔNG AN", p.style.but(bold=True))
        p.skip(3)
    motto(p)
    p.skip(8 if layout == 0 else 4)
    title(p, "SỔ HỘ KHẨU", colour=RED, bigger=6)
    p.centred(f"Số: {number}", p.style.but(bold=True, colour=RED))
    p.skip(4)
    given: list[Row] = [[("Họ và tên chủ hộ:", x.name.upper())], [("Nơi thường trú:", front)]]
    rows(p, given, leader=layout == 0, value=p.style.but(bold=True))
    fields: Fields = {}
    if layout == 0:
        p.skip(6)
        fields = _book_sign(p, w, day)
        p.new_sheet()
    p.centred(w.one(["CHỦ HỘ", "QUAN HỆ VỚI CHỦ HỘ: CHỦ HỘ"]), p.style.but(bold=True))
    p.skip(2)
    member: list[Row] = [
        [("Họ và tên:", x.name.upper())], [("Ngày, tháng, năm sinh:", f"{x.birth:%d/%m/%Y}")], [("Giới tính:", x.sex)],
        [("Quê quán:", x.origin)], [("Dân tộc:", x.ethnic), ("Tôn giáo:", w.one(words("people")["religions"]))],
        [("CMND số:", f"{w.number(10**7, 3 * 10**8):09d}")], [("Nghề nghiệp, nơi làm việc:", w.job())],
    ]  # fmt: skip
    rows(p, member, leader=layout == 0)
    if layout == 2:
        _members(p, w)
    if layout != 0:
        p.skip(3)
        fields = _book_sign(p, w, day)
    fields |= {
        "so": number, "ho_ten": x.name.upper(), "noi_cu_tru": front, "ngay_ban_hanh": day.isoformat(), "ngay_sinh": x.birth.isoformat(),
        "gioi_tinh": x.sex, "que_quan": x.origin, "dan_toc": x.ethnic,
    }  # fmt: skip
    if layout == 1:
        p.labelled("Cơ quan cấp:", police)
        fields["co_quan_ban_hanh"] = police
    return p, fields


def _book_sign(p: Paper, w: Writer, day: date) -> Fields:
    where_when(p, w, f"Ngày {day.day:02d} tháng {day.month:02d} năm {day.year}")
    name = w.name(False)
    signed(p, w, ["TRƯỞNG CÔNG AN"], name, gap=3)
    return {"nguoi_ky": name, "chuc_vu_nguoi_ky": "TRƯỞNG CÔNG AN"}


def _members(p: Paper, w: Writer) -> None:
    p.skip(2)
    table = [["STT", "Họ và tên", "Ngày sinh", "Quan hệ"]]
    for i in range(w.number(2, 5)):
        y = w.person(born=(1950, 2018))
        table.append([str(i + 1), y.name, f"{y.birth:%d/%m/%Y}", w.one(_KIN)])
    p.table([0.1, 0.44, 0.24, 0.22], table, aligns=["centre", "left", "centre", "left"])


def _police(w: Writer) -> Body:
    place = f"{w.one(['xã', 'phường'])} {w.commune}"
    return Body(
        (f"CÔNG AN {w.province_title()}".upper(), f"CÔNG AN {place}".upper()),
        1,
        "CAX",
        w.commune,
        "TRƯỞNG CÔNG AN",
        "",
        ("TT",),
    )


def _person_fields(x: Person) -> Fields:
    return {
        "ho_ten": x.name,
        "ngay_sinh": x.birth.isoformat(),
        "gioi_tinh": x.sex,
        "so_dinh_danh": x.number,
        "noi_cu_tru": x.home,
    }


@maker("xac_nhan_cu_tru", 3)
def residence_confirmation(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Xác nhận thông tin về cư trú (CT07)."""
    p, body, day, x = new_paper(w, draw, sizes=(12.5, 13)), _police(w), w.day(2023, 2026), w.person()
    number = f"{w.number(1, 3900):02d}/XN"
    if layout == 0:
        p.row_right(
            "Mẫu CT07 ban hành kèm theo Thông tư số 66/2023/TT-BCA",
            p.style.but(size=p.style.size - 3, italic=True),
        )
    head(p, w, body, number, day)
    title(p, "XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ", bigger=1)
    if layout == 1:
        p.para(
            f"Theo đề nghị của {x.title.lower()} {x.name}, {body.name} xác nhận thông tin về cư trú như sau:"
        )
    else:
        p.para("**I. Thông tin về cư trú của công dân:**", first_mm=0)
    n = iter(range(1, 20))
    given: list[Row] = [
        [(f"{next(n)}. Họ, chữ đệm và tên:", x.name)],
        [(f"{next(n)}. Ngày, tháng, năm sinh:", f"{x.birth:%d/%m/%Y}"), (f"{next(n)}. Giới tính:", x.sex)],
        [(f"{next(n)}. Số định danh cá nhân:", x.number)],
        [(f"{next(n)}. Dân tộc:", x.ethnic), (f"{next(n)}. Tôn giáo:", w.one(words("people")["religions"])), (f"{next(n)}. Quốc tịch:", "Việt Nam")],
        [(f"{next(n)}. Quê quán:", x.origin)], [(f"{next(n)}. Nơi thường trú:", x.home)],
        [(f"{next(n)}. Nơi tạm trú:", w.one(["Không", w.address()]))], [(f"{next(n)}. Nơi ở hiện tại:", x.home)],
        [(f"{next(n)}. Họ, chữ đệm và tên chủ hộ:", w.name()), (f"{next(n)}. Quan hệ với chủ hộ:", w.one(_KIN))],
    ]  # fmt: skip
    rows(p, given, leader=layout == 0)
    if layout == 2:
        p.para(f"{next(n)}. Thông tin các thành viên khác trong hộ gia đình:", first_mm=0)
        _members(p, w)
    p.para(
        f"**{'II. ' if layout != 1 else ''}Nội dung xác nhận khác:** {w.one(['Không.', 'Công dân đã đăng ký thường trú từ năm ' + str(day.year - w.number(2, 20)) + '.'])}",
        first_mm=0,
    )
    end = date(day.year + 1, day.month, min(day.day, 28))
    p.para(f"Xác nhận này có giá trị đến hết ngày {end:%d/%m/%Y}.", first_mm=0)
    p.skip(3)
    name = w.name(False)
    lines, who = w.one(
        [
            (["TRƯỞNG CÔNG AN"], "TRƯỞNG CÔNG AN"),
            (["KT. TRƯỞNG CÔNG AN", "PHÓ TRƯỞNG CÔNG AN"], "PHÓ TRƯỞNG CÔNG AN"),
        ]
    )
    signed(p, w, lines, name)
    return p, _person_fields(x) | {
        "so": number, "ngay_ban_hanh": day.isoformat(), "co_quan_ban_hanh": body.name, "dan_toc": x.ethnic, "quoc_tich": "Việt Nam",
        "que_quan": x.origin, "nguoi_ky": name, "chuc_vu_nguoi_ky": who,
    }  # fmt: skip


@maker("to_khai_cu_tru", 3)
def residence_declaration(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Tờ khai thay đổi thông tin cư trú (CT01); layout 2 has a box for every digit of the personal number."""
    p, day, x = new_paper(w, draw, sizes=(12, 13)), w.day(2023, 2026), w.person()
    if layout != 1:
        p.row_right(
            f"Mẫu CT01 ban hành kèm theo Thông tư số {w.one(['56/2021', '66/2023', '53/2025'])}/TT-BCA",
            p.style.but(size=p.style.size - 3, italic=True),
        )
    motto(p)
    p.skip(4)
    title(p, "TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ", bigger=1)
    p.centred(f"Kính gửi: Công an {w.one(['xã', 'phường'])} {w.commune}, {w.province_title()}")
    p.skip(2)
    first: list[Row] = [
        [("1. Họ, chữ đệm và tên:", x.name)],
        [("2. Ngày, tháng, năm sinh:", f"{x.birth:%d/%m/%Y}"), ("3. Giới tính:", x.sex)],
    ]
    rows(p, first, leader=layout == 1)
    label = "4. Số định danh cá nhân:"
    if layout == 2:
        baseline = p.y + p.step(p.style) * 0.95
        p.sheet.put([(p.left, baseline, label, p.style)], f"{label} {x.number}")
        boxes(p.sheet, p.left + p.style.width(label) + px(3), baseline, x.number, p.style)
        p.y += p.step(p.style) * 1.35
    else:
        p.labelled(label, x.number)
    holder = w.person()
    rest: list[Row] = [
        [("5. Số điện thoại liên hệ:", w.phone().replace(".", "")), ("6. Email:", "Không")],
        [("7. Họ, chữ đệm và tên chủ hộ:", holder.name), ("8. Quan hệ với chủ hộ:", w.one(_KIN))],
        [("9. Số định danh cá nhân của chủ hộ:", holder.number)],
        [("10. Nội dung đề nghị:", w.one(["Đăng ký thường trú tại ", "Đăng ký tạm trú tại ", "Tách hộ tại ", "Điều chỉnh thông tin về cư trú tại "]) + w.address())],
    ]  # fmt: skip
    rows(p, rest, leader=layout == 1)
    p.para("11. Những thành viên trong hộ gia đình cùng thay đổi:", first_mm=0)
    _members(p, w)
    where_when(p, w, f"{w.commune}, ngày {w.spoken(day)}")
    bold = p.style.but(bold=True)
    p.columns(
        [("Ý KIẾN CỦA CHỦ HỘ", bold), *[("", bold)] * 3, (holder.name, bold)],
        [("NGƯỜI KÊ KHAI", bold), *[("", bold)] * 3, (x.name, bold)],
        share=0.5,
    )
    fields = _person_fields(x) | {"ngay_ban_hanh": day.isoformat()}
    del fields["noi_cu_tru"]
    return p, fields
