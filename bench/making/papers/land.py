"""Land and building: certificates, applications, building permits."""

# ruff: noqa: E501 - the wording of papers stands in whole lines
from __future__ import annotations

from bench.making.faces import RED, px
from bench.making.figures import decimal, in_words
from bench.making.papers.letter import head, motto, receivers, sign
from bench.making.papers.parts import Row, frame, qr, rows, signed, title, where_when
from bench.making.papers.registry import Fields, maker, new_paper
from bench.making.sheet import Paper
from bench.making.wording import Body, Writer


def _area(w: Writer) -> tuple[str, str]:
    """Figures and words."""
    tenths = w.number(400, 24_000)
    if w.chance(0.4):
        tenths -= tenths % 10
    whole, part = divmod(tenths, 10)
    spoken = in_words(whole) + (f" phẩy {in_words(part)}" if part else "")
    return decimal(tenths / 10, 1 if part else 0), spoken[0].upper() + spoken[1:] + " mét vuông"


@maker("gcn_quyen_su_dung_dat", 4)
def land_certificate(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """0: form of 2025 with QR; 1: form of 2009 (pages 1 and 2); 2: form of 2013 on one page; 3: of 2025 with a table of parcels."""
    p = new_paper(
        w, draw, sizes=(12, 12.5), paper=(252, 243, 240), serif=0.9, margins_mm=(22, 16, 18, 18), leading=1.35
    )
    p.number_pages = False
    x, day = (
        w.person(born=(1948, 1995)),
        w.day(2025 if layout in (0, 3) else 2010, 2026 if layout in (0, 3) else 2023),
    )
    parcel, sheet = str(w.number(1, 980)), str(w.number(1, 160))
    area, spoken = _area(w)
    unit = w.one(["m²", "m²", "m2"])
    series = (
        f"{w.one(['AA', 'AB', 'BD', 'CĐ', 'DA', 'CH', 'DK'])} {w.number(1, 10**8 - 1):08d}"
        if layout in (0, 3)
        else f"{w.one(['BĐ', 'CM', 'BK', 'CS'])} {w.number(1, 999_999):06d}"
    )
    body = (
        f"VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI {w.province_title().upper()}"
        if layout in (0, 3)
        else w.one(
            [
                f"ỦY BAN NHÂN DÂN HUYỆN {w.commune.upper()}",
                f"SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG {w.province_title().upper()}",
            ]
        )
    )
    frame(p)
    motto(p)
    p.skip(4)
    big = p.style.but(bold=True, size=p.style.size + 5, colour=RED)
    small = p.style.but(bold=True, size=p.style.size + 1, colour=RED)
    p.centred("GIẤY CHỨNG NHẬN", big)
    below = (
        "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT"
        if layout in (0, 3)
        else "QUYỀN SỬ DỤNG ĐẤT QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT"
    )
    p.centred(below, small, share=0.8)
    p.skip(4)
    if layout in (0, 3):
        qr(
            p.sheet,
            f"{series.replace(' ', '')}|{x.number}|{parcel}|{sheet}|{area}",
            p.right - px(24),
            p.y - px(2),
            22,
        )
    p.para(
        "**1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:**"
        if layout in (0, 3)
        else "**I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất**",
        first_mm=0,
        right_mm=28,
    )
    papers = "CCCD số" if layout != 1 else "CMND số"
    owner_number = x.number if layout != 1 else f"{w.number(10**8, 3 * 10**8):09d}"
    owner: list[Row] = [
        [(f"{x.title}:", x.name)],
        [(f"Năm sinh: {x.birth.year}, {papers}:", owner_number)],
        [("Địa chỉ thường trú:" if layout != 3 else "Địa chỉ:", x.home)],
    ]
    for row in owner:
        p.para(
            [(f"{row[0][0]} ", p.style), (row[0][1], p.style.but(bold=True))],
            first_mm=0,
            right_mm=28 if layout in (0, 3) else 0,
            justify=False,
            after_mm=0.8,
        )
    if layout == 1:
        p.skip(4)
        p.centred(series, p.style.but(bold=True, colour=RED))
        p.new_sheet()
        p.para("**II. Thửa đất, nhà ở và tài sản khác gắn liền với đất**", first_mm=0)
    else:
        p.para(
            "**2. Thông tin thửa đất:**"
            if layout in (0, 3)
            else "**II. Thửa đất, nhà ở và tài sản khác gắn liền với đất**",
            first_mm=0,
        )
    where = w.address()
    use = w.thing("land_uses")
    if layout == 3:
        p.table(
            [0.18, 0.2, 0.24, 0.38],
            [["Thửa đất số", "Tờ bản đồ số", f"Diện tích ({unit})", "Loại đất"], [parcel, sheet, area, use]],
            aligns=["centre"] * 4,
        )
    else:
        rows(
            p,
            [[("a) Thửa đất số:", parcel), ("Tờ bản đồ số:", sheet)]]
            if layout != 2
            else [[("1. Thửa đất: a) Thửa đất số:", f"{parcel},"), ("tờ bản đồ số:", sheet)]],
        )
        p.labelled(
            "b) Diện tích:" if layout == 0 else "c) Diện tích:",
            f"{area} {unit} ({w.one(['bằng chữ', 'Bằng chữ'])}: {spoken})",
        )
    detail: list[Row] = [
        [("Địa chỉ:", where)], [("Loại đất:" if layout == 0 else "Mục đích sử dụng:", use)],
        [("Thời hạn sử dụng đất:", w.one(["Lâu dài", f"Đến ngày {w.number(1, 28):02d}/{w.number(1, 12):02d}/{w.number(2043, 2070)}"]))],
        [("Hình thức sử dụng đất:", w.one(["Sử dụng riêng", "Sử dụng chung"]))], [("Nguồn gốc sử dụng:", w.thing("land_sources"))],
    ]  # fmt: skip
    rows(p, detail)
    if layout in (1, 2):
        rows(
            p,
            [
                [("2. Nhà ở:", w.one(["-/-", "Chưa chứng nhận quyền sở hữu"]))],
                [("3. Công trình xây dựng khác:", "-/-")],
                [("6. Ghi chú:", w.one(["Không", "-/-"]))],
            ],
        )
    p.skip(2)
    where_when(p, w, f"{w.province}, ngày {w.spoken(day)}")
    name = w.name()
    lines, who = w.one(
        [([body, "GIÁM ĐỐC"], "GIÁM ĐỐC"), ([body, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "PHÓ GIÁM ĐỐC")]
    )
    if body.startswith("ỦY BAN"):
        lines, who = [f"TM. {body}", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "PHÓ CHỦ TỊCH"
    signed(p, w, lines, name)
    register = f"{w.one(['CH', 'CS', 'VP'])} {w.number(1, 99_999):05d}"
    if layout == 1:
        p.labelled("Số vào sổ cấp GCN:", register)
    else:
        p.pairs([("Số phát hành GCN:", series), ("Số vào sổ cấp GCN:", register)])
    fields = {
        "so": series, "ngay_ban_hanh": day.isoformat(), "co_quan_ban_hanh": body, "ho_ten": x.name, "noi_cu_tru": x.home,
        "thua_dat": parcel, "to_ban_do": sheet, "dien_tich": area, "nguoi_ky": name, "chuc_vu_nguoi_ky": who,
    }  # fmt: skip
    return p, fields | ({"so_dinh_danh": x.number} if layout != 1 else {})


@maker("don_dang_ky_dat_dai", 3)
def land_application(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Application to register land: first registration, change, exchange of a certificate."""
    p, day, x = new_paper(w, draw, sizes=(12.5, 13.5)), w.day(2023, 2026), w.person()
    parcel, sheet, (area, _) = str(w.number(1, 990)), str(w.number(1, 150)), _area(w)
    form = ("Mẫu số 15", "Mẫu số 18", "Mẫu số 11/ĐK")[layout]
    p.row_right(form, p.style.but(size=p.style.size - 2, bold=True))
    motto(p)
    p.skip(4)
    heading = ("ĐƠN ĐĂNG KÝ ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT", "ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT",
               w.one(["ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT", "ĐƠN ĐỀ NGHỊ CẤP ĐỔI GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT"]))[layout]  # fmt: skip
    title(p, heading, bigger=1)
    p.centred(
        f"Kính gửi: {w.one([w.unit(), 'Văn phòng đăng ký đất đai ' + w.province_title(), 'Chi nhánh Văn phòng đăng ký đất đai khu vực ' + w.commune])}"
    )
    p.skip(2)
    p.para("**1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất, người quản lý đất:**", first_mm=0)
    who: list[Row] = [
        [("a) Tên:", x.name)],
        [("b) Giấy tờ nhân thân:", f"Căn cước số {x.number}")],
        [("c) Địa chỉ:", x.home)],
        [("d) Điện thoại liên hệ:", w.phone())],
    ]
    rows(p, who, leader=layout == 2)
    p.para("**2. Thông tin thửa đất:**", first_mm=0)
    if layout == 1:
        p.table(
            [0.24, 0.24, 0.22, 0.3],
            [
                ["Thửa đất số", "Tờ bản đồ số", "Diện tích (m²)", "Mục đích"],
                [parcel, sheet, area, w.one(["Đất ở", "Đất vườn", "Đất trồng lúa"])],
            ],
            aligns=["centre"] * 4,
        )
    else:
        rows(
            p,
            [[("Thửa đất số:", parcel), ("Tờ bản đồ số:", sheet)], [("Diện tích:", f"{area} m²")]],
            leader=layout == 2,
        )
    rows(
        p,
        [[("Địa chỉ thửa đất:", w.address())], [("Nguồn gốc sử dụng:", w.thing("land_sources"))]],
        leader=layout == 2,
    )
    p.para(
        f"**3. Nội dung {'đăng ký' if layout == 0 else 'biến động'}:** {w.one(['Chuyển nhượng toàn bộ thửa đất cho ' + w.title_name(), 'Thay đổi thông tin về giấy tờ nhân thân', 'Tách thửa đất thành hai thửa', 'Đề nghị được cấp giấy chứng nhận', 'Nhận thừa kế theo văn bản thỏa thuận'])}.",
        first_mm=0,
    )
    p.para("**4. Giấy tờ kèm theo:**", first_mm=0)
    for part in w.some("dossier_parts", w.number(2, 4)):
        p.para(f"- {part};", after_mm=0.5)
    p.para(
        "Tôi cam đoan nội dung kê khai trên đơn là đúng sự thật, nếu sai tôi hoàn toàn chịu trách nhiệm trước pháp luật."
    )
    p.skip(2)
    where_when(p, w, f"{w.commune}, ngày {w.spoken(day)}")
    signed(p, w, ["NGƯỜI VIẾT ĐƠN"], x.name, gap=3)
    return p, {
        "ho_ten": x.name, "so_dinh_danh": x.number, "noi_cu_tru": x.home, "thua_dat": parcel, "to_ban_do": sheet, "dien_tich": area, "ngay_ban_hanh": day.isoformat(),
    }  # fmt: skip


@maker("giay_phep_xay_dung", 3)
def building_permit(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Building permit: new house, renovation, a permit with a term."""
    p, day, x = new_paper(w, draw), w.day(), w.person()
    if layout == 1:
        body = Body(
            (f"UBND {w.province_title()}".upper(), "SỞ XÂY DỰNG"),
            1,
            "SXD",
            w.province,
            "GIÁM ĐỐC",
            "",
            ("QLXD",),
        )
    else:
        body = w.committee()
    number = f"{w.number(1, 900):02d}/{w.one(['GPXD', 'GPXD-UBND', 'GPXD'])}"
    head(p, w, body, number, day)
    p.centred(
        ("GIẤY PHÉP XÂY DỰNG", "GIẤY PHÉP XÂY DỰNG", "GIẤY PHÉP XÂY DỰNG CÓ THỜI HẠN")[layout],
        p.style.but(bold=True, size=p.style.size + 2),
    )
    below = w.one(
        [
            "(Sử dụng cho nhà ở riêng lẻ)",
            "(Sử dụng cho công trình không theo tuyến)",
            "(Sử dụng cho sửa chữa, cải tạo)",
        ]
    )
    p.centred(below, p.style.but(italic=True))
    p.skip(3)
    investor = x.name if layout != 1 else f"Công ty TNHH {w.thing('companies')} {w.thing('company_names')}"
    sheet, parcel, (area, _) = str(w.number(1, 120)), str(w.number(1, 900)), _area(w)
    floors = w.number(1, 7)
    p.labelled("1. Cấp cho:", f"{x.title if layout != 1 else ''} {investor}".strip())
    p.labelled("Địa chỉ:", x.home + ".")
    p.labelled(
        "2. Được phép xây dựng công trình:",
        w.one(
            [
                "Nhà ở riêng lẻ",
                "Nhà ở gia đình kết hợp kinh doanh",
                "Nhà xưởng sản xuất",
                "Cải tạo, nâng tầng nhà ở",
            ]
        )
        + ".",
    )
    p.labelled(
        "Theo thiết kế do:",
        f"Công ty Cổ phần {w.one(['Tư vấn', 'Kiến trúc'])} {w.thing('company_names')} lập.",
    )
    p.labelled(
        "Vị trí xây dựng:" if layout != 2 else "Trên thửa đất số:",
        f"thửa đất số {parcel}, tờ bản đồ số {sheet}, {w.address()}."
        if layout != 2
        else f"{parcel}, tờ bản đồ số: {sheet}.",
    )
    p.labelled("Diện tích lô đất:", f"{area} m².")
    p.labelled("Cốt nền xây dựng:", f"+{decimal(w.number(10, 60) / 100, 2)} m so với vỉa hè.")
    p.pairs([("Số tầng:", f"{floors:02d}"), ("Chiều cao công trình:", f"{decimal(3.6 * floors, 1)} m")])
    p.labelled("Mật độ xây dựng:", f"{w.number(55, 95)} %.")
    p.para(
        f"3. Giấy tờ về đất đai: Giấy chứng nhận quyền sử dụng đất số {w.one(['CH', 'CS'])} {w.number(10**4, 10**5)} do {w.unit()} cấp.",
        first_mm=0,
    )
    p.para(
        "4. Giấy phép này có hiệu lực khởi công xây dựng trong thời hạn 12 tháng kể từ ngày cấp; quá thời hạn trên thì phải đề nghị gia hạn giấy phép xây dựng.",
        first_mm=0,
    )
    if layout == 2:
        p.para(f"5. Công trình được tồn tại đến hết ngày 31/12/{day.year + w.number(2, 6)}.", first_mm=0)
    p.skip(3)
    name, who = sign(p, w, body, ["- Chủ đầu tư;", *receivers(w, body, 1)])
    fields = {"so": number, "ngay_ban_hanh": day.isoformat(), "co_quan_ban_hanh": body.name, "chu_dau_tu": investor,
              "thua_dat": parcel, "to_ban_do": sheet, "dien_tich": area, "nguoi_ky": name, "chuc_vu_nguoi_ky": who}  # fmt: skip
    return p, fields
