"""Business registration and criminal records."""

# ruff: noqa: E501 - the wording of papers stands in whole lines
from __future__ import annotations

from bench.making.faces import RED
from bench.making.figures import dotted, in_words, tax_code
from bench.making.papers.letter import head
from bench.making.papers.parts import Row, frame, rows, signed, title
from bench.making.papers.registry import Fields, maker, new_paper
from bench.making.sheet import Paper
from bench.making.wording import Body, Writer


def _registry(w: Writer) -> Body:
    top = w.one(["SỞ TÀI CHÍNH", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ"])
    return Body(
        (f"{top} {w.province_title()}".upper(), "PHÒNG ĐĂNG KÝ KINH DOANH"),
        1,
        "ĐKKD",
        w.province,
        "TRƯỞNG PHÒNG",
        "",
        ("ĐKKD",),
    )


def _money(amount: int) -> str:
    return f"{dotted(amount)} đồng"


def _spoken(amount: int) -> str:
    text = in_words(amount)
    return f"{text[0].upper()}{text[1:]} đồng"


def _chief(w: Writer, chief: str = "TRƯỞNG PHÒNG") -> tuple[list[str], str]:
    return ([chief], chief) if w.chance(0.5) else ([f"KT. {chief}", f"PHÓ {chief}"], f"PHÓ {chief}")


@maker("gcn_dang_ky_doanh_nghiep", 3)
def enterprise(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Certificate of enterprise registration: one-member company, company of several members with a table, joint-stock company."""
    p, body, x = (
        new_paper(w, draw, sizes=(12.5, 13.5), margins_mm=(24, 18, 18, 18)),
        _registry(w),
        w.person(born=(1958, 1999)),
    )
    code, first = tax_code(w.rng), w.day(2015, 2026)
    changed = w.chance(0.5)
    last = w.day(first.year, 2026) if changed else first
    last = max(first, last)
    if layout == 2:
        frame(p)
    kind = (
        "CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN",
        "CÔNG TY TRÁCH NHIỆM HỮU HẠN HAI THÀNH VIÊN TRỞ LÊN",
        "CÔNG TY CỔ PHẦN",
    )[layout]
    short = ("CÔNG TY TNHH MỘT THÀNH VIÊN", "CÔNG TY TNHH", "CÔNG TY CỔ PHẦN")[layout]
    name = f"{short} {w.thing('companies')} {w.thing('company_names')}".upper()
    small = p.style.but(size=p.style.size - 1)
    left = [(t, small.but(bold=i == 1)) for i, t in enumerate(body.head)]
    right = [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", small.but(bold=True, size=p.style.size - 1.5)),
        ("Độc lập - Tự do - Hạnh phúc", small.but(bold=True)),
    ]
    p.columns(left, right, share=0.4, gap_mm=2, rules=True)
    p.skip(7)
    colour = RED if layout == 2 else p.style.colour
    title(p, "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP", bigger=2, colour=colour)
    p.centred(kind, p.style.but(bold=True))
    p.skip(2)
    p.centred(f"Mã số doanh nghiệp: {code}", p.style.but(bold=True))
    p.centred(f"Đăng ký lần đầu: ngày {w.spoken(first)}", p.style.but(italic=True))
    if changed:
        p.centred(
            f"Đăng ký thay đổi lần thứ: {w.number(1, 9)}, ngày {w.spoken(last)}", p.style.but(italic=True)
        )
    p.skip(3)
    bold = p.style.but(bold=True)
    p.para("**1. Tên công ty**", first_mm=0)
    rows(
        p,
        [
            [("Tên công ty viết bằng tiếng Việt:", name)],
            [
                (
                    "Tên công ty viết tắt:",
                    w.one(["", f"{w.thing('company_names')} {w.one(['CO.,LTD', 'JSC', 'GROUP'])}".upper()]),
                )
            ],
        ],
        value=bold,
    )
    p.para("**2. Địa chỉ trụ sở chính**", first_mm=0)
    p.para(w.address() + ", Việt Nam", first_mm=0)
    rows(p, [[("Điện thoại:", w.phone()), ("Fax:", "")]])
    capital = w.number(3, 900) * 100_000_000
    p.para(f"**3. Vốn điều lệ:** {_money(capital)}.", first_mm=0)
    p.para(f"Bằng chữ: {_spoken(capital)}", first_mm=0)
    if layout == 2:
        p.para(f"Mệnh giá cổ phần: 10.000 đồng. Tổng số cổ phần: {dotted(capital // 10_000)}", first_mm=0)
    if layout == 1:
        p.para("**4. Danh sách thành viên góp vốn**", first_mm=0)
        share = w.number(51, 80)
        table = [["STT", "Tên thành viên", "Giá trị vốn góp (đồng)", "Tỷ lệ (%)"],
                 ["1", x.name, dotted(capital * share // 100), str(share)], ["2", w.name(), dotted(capital * (100 - share) // 100), str(100 - share)]]  # fmt: skip
        p.table([0.09, 0.4, 0.33, 0.18], table, aligns=["centre", "left", "right", "centre"])
    p.para(f"**{5 if layout == 1 else 4}. Người đại diện theo pháp luật của công ty**", first_mm=0)
    who: list[Row] = [
        [("* Họ và tên:", x.name.upper()), ("Giới tính:", x.sex)], [("Chức danh:", w.one(["Giám đốc", "Tổng giám đốc", "Chủ tịch công ty"]))],
        [("Sinh ngày:", f"{x.birth:%d/%m/%Y}"), ("Dân tộc:", x.ethnic), ("Quốc tịch:", "Việt Nam")],
        [("Số định danh cá nhân:", x.number)], [("Địa chỉ liên lạc:", x.home)],
    ]  # fmt: skip
    rows(p, who)
    p.skip(3)
    signer = w.name()
    lines, post = _chief(w)
    signed(p, w, lines, signer)
    return p, {
        "ma_so_doanh_nghiep": code, "ten_doanh_nghiep": name, "ngay_ban_hanh": last.isoformat(), "co_quan_ban_hanh": body.name,
        "ho_ten": x.name.upper(), "gioi_tinh": x.sex, "ngay_sinh": x.birth.isoformat(), "dan_toc": x.ethnic, "quoc_tich": "Việt Nam",
        "so_dinh_danh": x.number, "noi_cu_tru": x.home, "nguoi_ky": signer, "chuc_vu_nguoi_ky": post,
    }  # fmt: skip


@maker("gcn_dang_ky_ho_kinh_doanh", 3)
def household_business(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Certificate of a household business, of the commune's economic office or of the old district's."""
    p, x, day = new_paper(w, draw, sizes=(13, 13.5)), w.person(born=(1960, 2002)), w.day(2023, 2026)
    place = f"{w.one(['xã', 'phường'])} {w.commune}"
    office = ("PHÒNG KINH TẾ", "PHÒNG KINH TẾ, HẠ TẦNG VÀ ĐÔ THỊ", "PHÒNG TÀI CHÍNH - KẾ HOẠCH")[layout]
    top = f"UBND {place}" if layout < 2 else f"UBND HUYỆN {w.commune}"
    body = Body((top.upper(), office), 1, "PKT", w.commune, "TRƯỞNG PHÒNG", "", ("KT",))
    code = x.number if layout == 0 else tax_code(w.rng)
    number = code if layout == 0 else f"{w.number(10, 99)}{w.one('ABCDEF')}8{w.number(10**6, 10**7 - 1)}"
    shop = f"{w.one(['HỘ KINH DOANH', 'CỬA HÀNG', 'TIỆM'])} {w.one([w.thing('company_names'), x.name.split()[-1]])}".upper()
    head(p, w, body, number, day)
    title(p, "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", bigger=1)
    p.centred(f"Mã số {'đăng ký ' if layout == 1 else ''}hộ kinh doanh: {code}", p.style.but(bold=True))
    p.centred(f"Đăng ký lần đầu, ngày {w.spoken(day)}", p.style.but(italic=True))
    p.skip(3)
    value = p.style.but(bold=layout != 1)
    p.labelled(
        "1. Tên hộ kinh doanh:" if layout != 2 else "1. Tên hộ kinh doanh (ghi bằng chữ in hoa):",
        shop,
        value_style=value,
    )
    p.labelled("2. Địa chỉ trụ sở hộ kinh doanh:", w.address(), value_style=value)
    p.pairs([("Điện thoại:", w.phone()), ("Email:", "")])
    p.labelled("3. Ngành, nghề kinh doanh:", "; ".join(w.some("shop_lines", w.number(1, 3))) + ".")
    capital = w.number(4, 90) * 10_000_000
    p.labelled("4. Vốn kinh doanh:", f"{_money(capital)} ({_spoken(capital)}).")
    p.para("5. Thông tin về chủ hộ kinh doanh:", first_mm=0)
    who: list[Row] = [
        [("Họ và tên:", x.name.upper()), ("Giới tính:", x.sex)], [("Sinh ngày:", f"{x.birth:%d/%m/%Y}"), ("Dân tộc:", x.ethnic), ("Quốc tịch:", "Việt Nam")],
        [("Số định danh cá nhân:", x.number)], [("Nơi thường trú:" if layout == 2 else "Địa chỉ liên lạc:", x.home)],
    ]  # fmt: skip
    rows(p, who, leader=layout == 2)
    p.skip(4)
    signer = w.name()
    lines, post = _chief(w)
    signed(p, w, lines, signer)
    return p, {
        "so": number, "ma_so_doanh_nghiep": code, "ten_doanh_nghiep": shop, "ngay_ban_hanh": day.isoformat(), "co_quan_ban_hanh": body.name,
        "ho_ten": x.name.upper(), "gioi_tinh": x.sex, "ngay_sinh": x.birth.isoformat(), "dan_toc": x.ethnic, "quoc_tich": "Việt Nam",
        "so_dinh_danh": x.number, "noi_cu_tru": x.home, "nguoi_ky": signer, "chuc_vu_nguoi_ky": post,
    }  # fmt: skip


@maker("phieu_ly_lich_tu_phap", 3)
def criminal_record(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Criminal record, number 1 and number 2."""
    p, x, day = new_paper(w, draw, sizes=(12.5, 13.5)), w.person(), w.day(2022, 2026)
    if layout == 1:
        body = Body(
            (f"CÔNG AN {w.province_title()}".upper(), "PHÒNG HỒ SƠ NGHIỆP VỤ"),
            1,
            "PV06",
            w.province,
            "TRƯỞNG PHÒNG",
            "",
            ("PV06",),
        )
    else:
        body = Body(
            (f"UBND {w.province_title()}".upper(), "SỞ TƯ PHÁP"),
            1,
            "STP",
            w.province,
            "GIÁM ĐỐC",
            "",
            ("LLTP",),
        )
    kind = 2 if layout == 2 else 1
    number = f"{w.number(1, 9000):02d}/{body.symbol}-LLTP"
    head(p, w, body, number, day)
    title(p, f"PHIẾU LÝ LỊCH TƯ PHÁP SỐ {kind}", bigger=2)
    p.para("Căn cứ Luật Lý lịch tư pháp ngày 17 tháng 6 năm 2009;", p.style.but(italic=True))
    p.centred("XÁC NHẬN:", p.style.but(bold=True))
    p.skip(1)
    who: list[Row] = [
        [("1. Họ và tên:", x.name.upper()), ("2. Giới tính:", x.sex)], [("3. Ngày, tháng, năm sinh:", f"{x.birth:%d/%m/%Y}")],
        [("4. Nơi sinh:", x.origin)], [("5. Quốc tịch:", "Việt Nam"), ("Dân tộc:", x.ethnic)], [("6. Nơi thường trú:", x.home)],
        [("7. Nơi tạm trú:", w.one(["Không", w.address()]))], [("8. Căn cước công dân số:", x.number)],
    ]  # fmt: skip
    if kind == 2:
        who.append([("Họ và tên cha:", w.name(False)), ("Họ và tên mẹ:", w.name(True))])
    rows(p, who, leader=layout == 1)
    p.para(
        "9. Tình trạng án tích: **Không có án tích.**"
        if w.chance(0.85)
        else "9. Tình trạng án tích: Đã được xóa án tích.",
        first_mm=0,
    )
    if layout == 2:
        p.table(
            [0.34, 0.33, 0.33],
            [["Ngày tuyên án", "Tội danh", "Hình phạt"], ["-", "-", "-"]],
            aligns=["centre"] * 3,
        )
    p.para(
        "10. Thông tin về cấm đảm nhiệm chức vụ, thành lập, quản lý doanh nghiệp, hợp tác xã: "
        + w.one(["Không có.", "Không bị cấm."]),
        first_mm=0,
    )
    p.skip(4)
    signer = w.name()
    lines, post = _chief(w, body.chief)
    left = ["NGƯỜI LẬP PHIẾU"] if layout != 1 else []
    signed(p, w, lines, signer, left)
    fields = {
        "so": number, "ngay_ban_hanh": day.isoformat(), "co_quan_ban_hanh": body.name, "ho_ten": x.name.upper(), "gioi_tinh": x.sex,
        "ngay_sinh": x.birth.isoformat(), "noi_sinh": x.origin, "quoc_tich": "Việt Nam", "dan_toc": x.ethnic, "noi_cu_tru": x.home,
        "so_dinh_danh": x.number, "nguoi_ky": signer, "chuc_vu_nguoi_ky": post,
    }  # fmt: skip
    if kind == 2:
        fields |= {"ho_ten_cha": who[-1][0][1], "ho_ten_me": who[-1][1][1]}
    return p, fields
