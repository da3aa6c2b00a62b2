"""Papers of citizens: authority, contract, declarations, petitions, and the receipt they get."""

# ruff: noqa: E501 - the wording of papers stands in whole lines
from __future__ import annotations

from bench.making.faces import RED
from bench.making.figures import dotted, in_words, tax_code
from bench.making.papers.letter import motto
from bench.making.papers.parts import Row, rows, signed, title, where_when
from bench.making.papers.registry import Fields, maker, new_paper
from bench.making.sheet import Paper
from bench.making.wording import Person, Writer, words


def _introduced(p: Paper, x: Person, w: Writer, *, leader: bool = False) -> None:
    given: list[Row] = [
        [("Họ và tên:" if w.half else f"{x.title}:", x.name), ("Sinh ngày:", f"{x.birth:%d/%m/%Y}")], [("Căn cước số:" if w.half else "Số định danh cá nhân:", x.number)],
        [("Nơi cư trú:" if w.half else "Địa chỉ thường trú:", x.home)],
    ]  # fmt: skip
    rows(p, given, leader=leader, value=p.style.but(bold=w.chance(0.3)))


def _errand(w: Writer) -> str:
    return w.one(["nộp hồ sơ và nhận kết quả giải quyết thủ tục hành chính", "làm thủ tục đăng ký biến động đất đai", "nhận lương hưu hằng tháng", "nhận bồi thường, hỗ trợ giải phóng mặt bằng",
                  "ký hợp đồng cho thuê nhà", "làm thủ tục cấp bản sao trích lục hộ tịch", "nộp thuế thu nhập cá nhân", "đăng ký xe mô tô", "khởi kiện và tham gia tố tụng"])  # fmt: skip


@maker("giay_uy_quyen", 3)
def authority(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Letter of authority: private, certified by the commune, by a notary."""
    p, day, a, b = new_paper(w, draw), w.day(), w.person(), w.person()
    motto(p)
    p.skip(5)
    title(p, "GIẤY ỦY QUYỀN" if layout != 2 else w.one(["GIẤY ỦY QUYỀN", "HỢP ĐỒNG ỦY QUYỀN"]), bigger=1)
    if layout == 0:
        p.para(f"Hôm nay, ngày {w.spoken(day)}, tại {w.unit()}, chúng tôi gồm:")
    p.para("**I. BÊN ỦY QUYỀN (Bên A):**" if layout != 1 else "**Bên ủy quyền:**", first_mm=0)
    _introduced(p, a, w, leader=layout == 1)
    p.para("**II. BÊN ĐƯỢC ỦY QUYỀN (Bên B):**" if layout != 1 else "**Bên được ủy quyền:**", first_mm=0)
    _introduced(p, b, w, leader=layout == 1)
    p.para("**III. NỘI DUNG ỦY QUYỀN**" if layout != 1 else "**Nội dung ủy quyền:**", first_mm=0)
    p.para(f"Bên A ủy quyền cho Bên B thay mặt Bên A {_errand(w)} tại {w.unit()}.")
    p.para(
        w.one(
            [
                "Thời hạn ủy quyền: kể từ ngày ký đến khi hoàn thành công việc.",
                f"Thời hạn ủy quyền: {w.number(2, 24)} tháng kể từ ngày ký.",
                "Bên B không được ủy quyền lại cho người khác.",
            ]
        )
    )
    p.para(
        w.one(
            [
                "Hai bên cam kết tự chịu trách nhiệm trước pháp luật về nội dung trên.",
                "Mọi tranh chấp do hai bên tự giải quyết.",
                "Giấy này được lập thành 02 bản, mỗi bên giữ 01 bản.",
            ]
        )
    )
    where_when(p, w, f"{w.commune}, ngày {w.spoken(day)}")
    bold = p.style.but(bold=True)
    p.columns(
        [("BÊN ỦY QUYỀN", bold), *[("", bold)] * 3, (a.name, bold)],
        [("BÊN ĐƯỢC ỦY QUYỀN", bold), *[("", bold)] * 3, (b.name, bold)],
        share=0.5,
    )
    fields = {"ben_uy_quyen": a.name, "ben_duoc_uy_quyen": b.name, "ngay_ban_hanh": day.isoformat()}
    if layout:
        p.skip(4)
        p.need(60)
        p.centred(
            w.one(["LỜI CHỨNG", "CHỨNG THỰC CHỮ KÝ"]) if layout == 1 else "LỜI CHỨNG CỦA CÔNG CHỨNG VIÊN",
            bold,
        )
        p.para(
            f"Ngày {w.spoken(day)}, tại {w.unit() if layout == 1 else 'Văn phòng công chứng ' + w.thing('company_names')}, tôi chứng thực {a.title.lower()} {a.name} có năng lực hành vi dân sự đã ký vào giấy này trước mặt tôi."
        )
        p.para(
            f"Số chứng thực: {w.number(10, 4000)}, quyển số {w.number(1, 9):02d}/{day.year} - SCT/CK.",
            first_mm=0,
        )
        name = w.name()
        post = "PHÓ CHỦ TỊCH" if layout == 1 else "CÔNG CHỨNG VIÊN"
        signed(p, w, ["KT. CHỦ TỊCH", post] if layout == 1 else [post], name)
        fields |= {"nguoi_ky": name, "chuc_vu_nguoi_ky": post}
    return p, fields


@maker("hop_dong", 3)
def contract(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Contract: lease, transfer of land, purchase with a table; over two pages as they come."""
    p, day, a, b = new_paper(w, draw), w.day(), w.person(), w.person()
    number = f"{w.number(1, 900):02d}/{day.year}/{w.one(['HĐ', ('HĐTN', 'HĐCN', 'HĐMB')[layout]])}"
    motto(p)
    p.skip(4)
    kind = ("THUÊ NHÀ Ở", "CHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT", "MUA BÁN HÀNG HÓA")[layout]
    title(p, f"HỢP ĐỒNG {kind}", bigger=1)
    p.centred(f"Số: {number}")
    p.skip(2)
    p.para(
        w.one(
            [
                f"Hôm nay, ngày {w.spoken(day)}, tại {w.address()}, hai bên gồm:",
                f"Hợp đồng này được lập ngày {w.spoken(day)}, giữa:",
            ]
        )
    )
    names = (
        ("BÊN CHO THUÊ", "BÊN THUÊ"),
        ("BÊN CHUYỂN NHƯỢNG", "BÊN NHẬN CHUYỂN NHƯỢNG"),
        ("BÊN BÁN", "BÊN MUA"),
    )[layout]
    for label, x, mark in zip(names, (a, b), "AB", strict=True):
        p.para(f"**{label} (Bên {mark}):**", first_mm=0)
        _introduced(p, x, w)
    p.para("Hai bên thỏa thuận ký kết hợp đồng với các điều khoản sau:")
    amount = w.number(3, 400) * 500_000 if layout == 0 else w.number(200, 9000) * 1_000_000
    if layout == 2:
        p.para("**Điều 1. Hàng hóa và giá cả**")
        amount = _goods(p, w)
    else:
        p.para("**Điều 1. Đối tượng của hợp đồng**")
        p.para(
            f"Bên A đồng ý {'cho Bên B thuê căn nhà' if layout == 0 else f'chuyển nhượng cho Bên B thửa đất số {w.number(1, 900)}, tờ bản đồ số {w.number(1, 120)}'} tại {w.address()}."
        )
    spoken = in_words(amount)
    p.para("**Điều 2. Giá và phương thức thanh toán**")
    p.para(
        f"{('Giá thuê mỗi tháng là', 'Giá chuyển nhượng là', 'Tổng giá trị hợp đồng là')[layout]}: {dotted(amount)} đồng (Bằng chữ: {spoken[0].upper()}{spoken[1:]} đồng). Thanh toán bằng {w.one(['tiền mặt', 'chuyển khoản qua ' + w.thing('banks')])} trong vòng {w.number(3, 30)} ngày."
    )
    pool = ["Bên A bàn giao đúng thời hạn, Bên B kiểm tra và ký biên bản nhận.", "Bên B không được tự ý sửa chữa, thay đổi kết cấu khi chưa có văn bản đồng ý của Bên A.", "Thuế, phí phát sinh do bên có nghĩa vụ theo quy định của pháp luật chịu.",
            "Trường hợp chậm thanh toán, bên vi phạm chịu lãi 0,05 % một ngày trên số tiền chậm trả.", "Khi có tranh chấp, hai bên thương lượng; không được thì đưa ra Tòa án có thẩm quyền.", "Hợp đồng được lập thành 04 bản có giá trị như nhau, mỗi bên giữ 02 bản.",
            "Bên nào muốn chấm dứt trước thời hạn phải báo trước 30 ngày bằng văn bản.", "Rủi ro trong quá trình vận chuyển do Bên A chịu cho đến khi giao hàng xong."]  # fmt: skip
    for i, clause in enumerate(w.rng.sample(pool[w.half :: 2], 3)):
        p.para(f"**Điều {i + 3}.** {clause}")
    p.skip(3)
    bold = p.style.but(bold=True)
    p.need(40)
    p.columns(
        [("ĐẠI DIỆN BÊN A", bold), *[("", bold)] * 4, (a.name, bold)],
        [("ĐẠI DIỆN BÊN B", bold), *[("", bold)] * 4, (b.name, bold)],
        share=0.5,
    )
    return p, {"so_ky_hieu": number, "ngay_ban_hanh": day.isoformat(), "so_tien": dotted(amount)}


def _goods(p: Paper, w: Writer) -> int:
    table, total = [["STT", "Tên hàng", "ĐVT", "SL", "Đơn giá", "Thành tiền"]], 0
    for i, thing in enumerate(w.some("goods", w.number(2, 6))):
        count, price = w.number(1, 60), w.number(4, 400) * 5000
        total += count * price
        table.append([str(i + 1), thing, w.thing("units"), str(count), dotted(price), dotted(count * price)])
    table.append(["", "Cộng", "", "", "", dotted(total)])
    p.table(
        [0.08, 0.34, 0.1, 0.08, 0.18, 0.22],
        table,
        aligns=["centre", "left", "centre", "centre", "right", "right"],
    )
    return total


@maker("to_khai", 4)
def declaration(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Declarations of several kinds: birth, marital status, register copy, registration fee."""
    p, day, x = new_paper(w, draw), w.day(), w.person()
    if layout == 3:
        p.row_right("Mẫu số 02/LPTB", p.style.but(size=p.style.size - 2, italic=True))
    motto(p)
    p.skip(4)
    kinds = (
        "TỜ KHAI ĐĂNG KÝ KHAI SINH",
        "TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH",
        "TỜ KHAI LỆ PHÍ TRƯỚC BẠ",
    )
    title(p, kinds[layout], bigger=1)
    p.centred(
        f"Kính gửi: {w.unit() if layout < 3 else 'Thuế cơ sở ' + str(w.number(1, 30)) + ' ' + w.province_title()}"
    )
    p.skip(2)
    leader = layout in (0, 2) and w.chance(0.6)
    given: list[Row] = [
        [("Họ, chữ đệm, tên người yêu cầu:", x.name)], [("Ngày, tháng, năm sinh:", f"{x.birth:%d/%m/%Y}")], [("Nơi cư trú:", x.home)], [("Giấy tờ tùy thân:", f"Căn cước số {x.number}")],
    ]  # fmt: skip
    if layout == 3:
        given = [
            [("[01] Tên người nộp thuế:", x.name)],
            [("[02] Mã số thuế:", x.number)],
            [("[03] Địa chỉ:", x.home)],
            [("[04] Điện thoại:", w.phone()), ("[05] Email:", "")],
        ]
    rows(p, given, leader=leader)
    if layout == 0:
        child = w.person(born=(2022, 2026))
        p.para("Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:", first_mm=0)
        rows(
            p,
            [
                [("Họ, chữ đệm, tên:", child.name.upper())],
                [("Ngày, tháng, năm sinh:", f"{child.birth:%d/%m/%Y}")],
                [("Giới tính:", child.sex), ("Dân tộc:", child.ethnic), ("Quốc tịch:", "Việt Nam")],
                [("Nơi sinh:", w.address())],
                [("Quê quán:", child.origin)],
            ],
            leader=leader,
        )
    elif layout == 3:
        value = w.number(50, 4000) * 1_000_000
        p.para("ĐẶC ĐIỂM TÀI SẢN", p.style.but(bold=True), first_mm=0)
        rows(
            p,
            [
                [("1. Địa chỉ thửa đất, nhà:", w.address())],
                [("2. Diện tích (m2):", str(w.number(40, 900)))],
                [("3. Trị giá tài sản (đồng):", dotted(value))],
                [("4. Lệ phí trước bạ phải nộp (đồng):", dotted(value // 200))],
            ],
        )
    else:
        p.labelled(
            "Mục đích:" if layout == 2 else "Để:",
            w.one(
                [
                    "bổ túc hồ sơ xin việc",
                    "làm thủ tục kết hôn",
                    "nộp hồ sơ du học",
                    "chứng minh quan hệ nhân thân",
                    "hoàn thiện hồ sơ đất đai",
                ]
            )
            + ".",
            leader=leader,
        )
        if layout == 2:
            rows(
                p,
                [
                    [("Số lượng bản sao:", f"{w.number(1, 9):02d} bản")],
                    [("Đã đăng ký tại:", w.unit())],
                    [("Số:", f"{w.number(1, 300)}/{w.number(1985, 2020)}")],
                ],
                leader=leader,
            )
        else:
            rows(
                p,
                [
                    [("Dân tộc:", x.ethnic), ("Quốc tịch:", "Việt Nam")],
                    [("Tình trạng hôn nhân:", w.one(["Chưa kết hôn", "Đã ly hôn", "Đã góa"]))],
                ],
                leader=leader,
            )
    p.para(
        w.one(
            [
                "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về cam đoan của mình.",
                "Tôi cam đoan số liệu khai trên là đúng và chịu trách nhiệm trước pháp luật về số liệu đã khai.",
            ]
        )
    )
    p.skip(2)
    where_when(p, w, f"{w.commune}, ngày {w.spoken(day)}")
    signed(p, w, [w.one(["NGƯỜI YÊU CẦU", "NGƯỜI KHAI"]) if layout != 3 else "NGƯỜI NỘP THUẾ"], x.name, gap=3)
    fields = {
        "ho_ten": x.name,
        "ngay_sinh": x.birth.isoformat(),
        "noi_cu_tru": x.home,
        "so_dinh_danh": x.number,
        "ngay_ban_hanh": day.isoformat(),
    }
    if layout == 3:
        fields = {"ho_ten": x.name, "noi_cu_tru": x.home, "ngay_ban_hanh": day.isoformat()}
    return p, fields


@maker("don_de_nghi", 3)
def petition(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """A request in free words, with numbered labels, or with reasons as a list."""
    p, day, x = new_paper(w, draw), w.day(), w.person()
    motto(p)
    p.skip(5)
    about = w.one(
        [
            "Về việc xin miễn, giảm học phí",
            "Về việc cấp lại giấy tờ bị mất",
            "Về việc hỗ trợ sửa chữa nhà ở",
            "Về việc đính chính thông tin trong sổ hộ tịch",
            "Về việc xác nhận hộ có hoàn cảnh khó khăn",
            "Về việc giải quyết tranh chấp lối đi chung",
            "Về việc hưởng trợ cấp người cao tuổi",
            "Về việc lắp đặt đồng hồ nước",
        ]
    )
    title(
        p,
        w.one(["ĐƠN ĐỀ NGHỊ", "ĐƠN ĐỀ NGHỊ", "ĐƠN XIN XÁC NHẬN", "ĐƠN KIẾN NGHỊ"])
        if layout != 0
        else "ĐƠN ĐỀ NGHỊ",
        bigger=1,
    )
    p.centred(about, p.style.but(bold=True))
    p.skip(2)
    p.centred(f"Kính gửi: {w.one([w.unit(), 'Trung tâm Phục vụ hành chính công ' + w.commune])}")
    p.skip(2)
    if layout == 1:
        rows(
            p,
            [
                [("1. Họ và tên:", x.name)],
                [("2. Ngày sinh:", f"{x.birth:%d/%m/%Y}"), ("3. Giới tính:", x.sex)],
                [("4. Số định danh cá nhân:", x.number)],
                [("5. Nơi cư trú:", x.home)],
                [("6. Nghề nghiệp:", w.job())],
            ],
        )
    else:
        rows(
            p,
            [
                [("Tôi tên là:", x.name)],
                [("Sinh ngày:", f"{x.birth:%d/%m/%Y}")],
                [("Số căn cước:", x.number)],
                [("Hiện cư trú tại:", x.home)],
            ],
            leader=layout == 2,
        )

    pool = words("sentences")["requests_of_people"][w.half :: 2]
    for i, template in enumerate(w.rng.sample(pool, 4)):
        p.para(("- " if layout == 2 else f"{i + 1}. " if layout == 1 else "") + w.fill(template, day))
    p.skip(2)
    where_when(p, w, f"{w.commune}, ngày {w.spoken(day)}")
    signed(p, w, [w.one(["NGƯỜI LÀM ĐƠN", "NGƯỜI ĐỀ NGHỊ"])], x.name, gap=3)
    fields = {
        "ho_ten": x.name,
        "ngay_sinh": x.birth.isoformat(),
        "so_dinh_danh": x.number,
        "noi_cu_tru": x.home,
        "trich_yeu": about,
        "ngay_ban_hanh": day.isoformat(),
    }
    return p, fields | ({"gioi_tinh": x.sex} if layout == 1 else {})


@maker("bien_lai", 3)
def receipt(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Receipt for a fee: half a sheet, a small slip, or A4 with a table of fees."""
    size, margins = (
        ((210.0, 148.0), (18, 16, 12, 10))
        if layout == 0
        else ((148.0, 210.0), (12, 12, 12, 10))
        if layout == 1
        else ((210.0, 297.0), (26, 18, 18, 16))
    )
    p = new_paper(w, draw, sizes=(11.5, 12.5), size_mm=size, margins_mm=margins, leading=1.35, serif=0.8)
    day, x = w.day(), w.person()
    body = w.one(
        [
            f"ỦY BAN NHÂN DÂN {w.one(['XÃ', 'PHƯỜNG'])} {w.commune.upper()}",
            f"THUẾ {w.province_title().upper()}",
            f"TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG {w.commune.upper()}",
        ]
    )
    number, series = (
        f"{w.number(1, 9_999_999):07d}",
        f"{w.one(['AA', 'AB', 'BK', 'QN'])}-{day.year % 100}{w.one('PET')}",
    )
    small = p.style.but(size=p.style.size - 1)
    form = w.one(["01BLP2-001", "02BLP3-001", "01BLP5-002"])
    p.columns(
        [(body, small.but(bold=True)), (f"Mã số thuế: {tax_code(w.rng)}", small)],
        [
            (f"Mẫu số: {form}", small),
            (f"Ký hiệu: {series}", small),
            (f"Số: {number}", p.style.but(bold=True, colour=RED)),
        ],
        share=0.6,
        align="left",
        right_align="left",
    )
    p.skip(3)
    title(
        p,
        w.one(["BIÊN LAI THU PHÍ, LỆ PHÍ", "BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ"]),
        w.one(["(Liên 2: Giao cho người nộp tiền)", "(Liên 1: Lưu tại cơ quan thu)", ""]),
        bigger=2,
    )
    rows(
        p,
        [
            [("Họ và tên người nộp tiền:" if layout != 1 else "Tên đơn vị hoặc người nộp tiền:", x.name)],
            [("Địa chỉ:", x.home)],
        ],
        leader=layout == 1,
    )
    if layout == 2:
        table, amount = [["STT", "Tên loại phí, lệ phí", "Số tiền (đồng)"]], 0
        for i, fee in enumerate(w.some("fees", w.number(2, 4))):
            price = w.number(1, 200) * 5000
            amount += price
            table.append([str(i + 1), fee, dotted(price)])
        p.table([0.1, 0.62, 0.28], table, aligns=["centre", "left", "right"])
        rows(p, [[("Tổng số tiền:", f"{dotted(amount)} đồng")]])
    else:
        amount = w.number(1, 900) * 5000
        rows(
            p,
            [[("Tên loại phí, lệ phí:", w.thing("fees"))], [("Số tiền:", f"{dotted(amount)} đồng")]],
            leader=layout == 1,
            value=p.style.but(bold=w.chance(0.4)),
        )
    spoken = in_words(amount)
    p.labelled(
        w.one(["Số tiền viết bằng chữ:", "(Viết bằng chữ):", "Bằng chữ:"]),
        f"{spoken[0].upper()}{spoken[1:]} đồng{w.one(['', ' chẵn', '.'])}",
    )
    p.labelled("Hình thức thanh toán:", w.one(["Tiền mặt", "Chuyển khoản", "TM/CK"]))
    p.skip(1)
    name = w.name()
    where_when(p, w, f"Ngày {w.spoken(day)}")
    signed(p, w, ["NGƯỜI THU TIỀN"], name, [] if layout == 0 else ["NGƯỜI NỘP TIỀN"], gap=2)
    return p, {
        "so": number,
        "ngay_ban_hanh": day.isoformat(),
        "co_quan_ban_hanh": body,
        "nguoi_nop": x.name,
        "so_tien": dotted(amount),
        "noi_cu_tru": x.home,
    }
