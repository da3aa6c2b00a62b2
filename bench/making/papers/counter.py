"""The one-stop counter's own forms: reception with appointment, request to complete, refusal."""

# ruff: noqa: E501 - the wording of papers stands in whole lines
from __future__ import annotations

from datetime import date, timedelta

from bench.making.faces import px
from bench.making.figures import dossier_code
from bench.making.papers.letter import head
from bench.making.papers.parts import Row, qr, rows, signed, title
from bench.making.papers.registry import Fields, maker, new_paper
from bench.making.sheet import Paper
from bench.making.wording import Body, Person, Writer


def _start(w: Writer, layout: int, draw: bool, mark: str) -> tuple[Paper, Body, date, Person, str, str]:
    size, margins = ((148.0, 210.0), (12, 10, 10, 10)) if layout == 2 else ((210.0, 297.0), (28, 17, 18, 18))
    p = new_paper(w, draw, sizes=(11, 11) if layout == 2 else (12.5, 13.5), size_mm=size, margins_mm=margins)
    place = f"{w.one(['xã', 'phường'])} {w.commune}"
    if layout == 1:
        body = Body(
            (f"UBND {w.province_title()}".upper(), "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"),
            1,
            "TTPVHCC",
            w.province,
            "GIÁM ĐỐC",
            "",
            ("HC",),
        )
    else:
        body = Body(
            (f"UBND {place}".upper(), "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"),
            1,
            "TTPVHCC",
            w.commune,
            "GIÁM ĐỐC",
            "",
            ("HC",),
        )
    day = w.day(2024, 2026)
    number = f"{w.number(1, 4000):02d}/{mark}"
    code = dossier_code(w.rng, day)
    head(p, w, body, number, day)
    if layout == 1:
        qr(p.sheet, code, p.left, p.y - px(4), 18)
        p.skip(16)
    return p, body, day, w.person(), number, code


def _basics(body: Body, day: date, x: Person, number: str, code: str) -> Fields:
    return {
        "so_ky_hieu": number,
        "ngay_ban_hanh": day.isoformat(),
        "co_quan_ban_hanh": body.name,
        "ma_ho_so": code,
        "nguoi_nop": x.name,
    }


@maker("giay_tiep_nhan_hen_tra", 3)
def appointment(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (form 01)."""
    p, body, day, x, number, code = _start(w, layout, draw, w.one(["TNHS", "GTN-TTPVHCC", "TN-HT"]))
    title(p, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", bigger=1)
    p.centred(f"Mã hồ sơ: {code}", p.style.but(bold=True))
    p.skip(2)
    p.labelled(
        "Bộ phận Tiếp nhận và Trả kết quả:" if layout != 1 else "Trung tâm đã tiếp nhận hồ sơ của:",
        w.one([body.head[1].title().replace(" Và ", " và "), w.unit()]) if layout != 1 else x.name,
    )
    who: list[Row] = [[("Tiếp nhận hồ sơ của:", x.name)]] if layout != 1 else []
    procedure = w.thing("procedures")
    who += [
        [("Địa chỉ:", x.home)],
        [("Số điện thoại:", w.phone()), ("Số căn cước:", x.number)]
        if layout != 2
        else [("Số điện thoại:", w.phone())],
        [("Nội dung yêu cầu giải quyết:", f"{procedure[1]} ({procedure[0]})")],
    ]
    rows(p, who, leader=layout == 2)
    parts = w.some("dossier_parts", w.number(2, 5))
    p.para("1. Thành phần hồ sơ nộp gồm:", first_mm=0)
    if layout == 1:
        p.table(
            [0.1, 0.62, 0.28],
            [
                ["STT", "Tên giấy tờ", "Hình thức"],
                *[[str(i + 1), t, w.one(["Bản chính", "Bản sao", "Bản chụp"])] for i, t in enumerate(parts)],
            ],
            aligns=["centre", "left", "centre"],
        )
    else:
        for i, part in enumerate(parts):
            p.para(f"{'abcdefgh'[i]}) {part}", first_mm=5, after_mm=0.4)
    due = day + timedelta(days=w.number(3, 40))
    rest: list[Row] = [
        [("2. Số lượng hồ sơ:", f"{w.number(1, 3):02d} (bộ)")], [("3. Thời gian giải quyết hồ sơ theo quy định:", f"{w.number(1, 30):02d} ngày làm việc")],
        [("4. Thời gian nhận hồ sơ:", f"{w.number(7, 16):02d} giờ {w.number(0, 59):02d} phút, ngày {day:%d/%m/%Y}")],
        [("5. Thời gian trả kết quả giải quyết hồ sơ:", f"{w.number(7, 16):02d} giờ {w.one(['00', '30'])} phút, ngày {due:%d/%m/%Y}")],
        [("6. Đăng ký nhận kết quả tại:", w.one(["Bộ phận một cửa", "Dịch vụ bưu chính công ích", "Trực tuyến"]))],
    ]  # fmt: skip
    rows(p, rest)
    p.skip(2)
    name = w.name()
    bold = p.style.but(bold=True)
    p.need(35)
    top = p.y
    p.columns(
        [("NGƯỜI NỘP HỒ SƠ", bold), *[("", bold)] * 3, (x.name, bold)],
        [("NGƯỜI TIẾP NHẬN HỒ SƠ", bold), *[("", bold)] * 3, (name, bold)],
        share=0.5,
    )
    p.mark_signer(p.right - p.width * 0.25, top + p.step(bold), p.y)
    return p, _basics(body, day, x, number, code)


@maker("phieu_yeu_cau_bo_sung", 3)
def completion(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (form 02)."""
    p, body, day, x, number, code = _start(w, layout, draw, w.one(["YCBS", "HDHS", "PBS-TTPVHCC"]))
    title(p, "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", bigger=1)
    who: list[Row] = [
        [("Hồ sơ của:", x.name)],
        [("Mã hồ sơ:", code)],
        [("Nội dung yêu cầu giải quyết:", w.thing("procedures")[1])],
        [("Địa chỉ:", x.home)],
        [("Số điện thoại:", w.phone())],
    ]
    rows(p, who, leader=layout == 2)
    p.para(
        w.one(
            [
                "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:",
                "Đề nghị ông/bà bổ sung, hoàn thiện các giấy tờ sau:",
            ]
        ),
        first_mm=0,
    )
    parts = w.some("dossier_parts", w.number(2, 4))
    if layout == 1:
        p.table(
            [0.1, 0.5, 0.4],
            [
                ["STT", "Giấy tờ cần bổ sung", "Lý do"],
                *[
                    [str(i + 1), t, w.one(["Chưa nộp", "Bản sao mờ", "Hết hạn", "Thiếu chữ ký"])]
                    for i, t in enumerate(parts)
                ],
            ],
            aligns=["centre", "left", "left"],
        )
    else:
        for i, part in enumerate(parts):
            p.para(
                f"{i + 1}. {part}: {w.one(['chưa có chữ ký của người kê khai', 'thông tin không khớp với căn cước', 'thiếu xác nhận của cơ quan có thẩm quyền', 'bản chụp bị mờ, không đọc được'])}.",
                first_mm=5,
            )
    p.labelled(
        "Lý do:",
        w.one(
            [
                "Hồ sơ chưa đầy đủ thành phần theo quy định.",
                "Nội dung kê khai chưa thống nhất giữa các giấy tờ.",
                "Giấy tờ nộp kèm đã hết thời hạn sử dụng.",
            ]
        ),
    )
    p.para(
        f"Thời hạn bổ sung: trước ngày {day + timedelta(days=w.number(5, 40)):%d/%m/%Y}. Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, đề nghị liên hệ số điện thoại {w.phone()} để được hướng dẫn."
    )
    p.skip(2)
    name = w.name()
    signed(p, w, ["NGƯỜI HƯỚNG DẪN"], name, gap=3)
    return p, _basics(body, day, x, number, code) | {"nguoi_ky": name}


@maker("phieu_tu_choi", 3)
def refusal(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ (form 03)."""
    p, body, day, x, number, code = _start(w, layout, draw, w.one(["TCHS", "PTC-TTPVHCC", "TC"]))
    title(p, "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", bigger=1)
    p.para(
        w.one(["Bộ phận một cửa đã tiếp nhận yêu cầu của:", "Trung tâm đã xem xét hồ sơ của:"]), first_mm=0
    )
    who: list[Row] = [
        [("Ông/bà:" if layout != 1 else "Tổ chức, cá nhân:", x.name)],
        [("Mã hồ sơ:", code)],
        [("Địa chỉ:", x.home)],
        [("Số điện thoại:", w.phone())],
        [("Nội dung yêu cầu giải quyết:", w.thing("procedures")[1])],
    ]
    rows(p, who, leader=layout == 0)
    p.para(
        w.one(
            [
                "Qua xem xét, Trung tâm thông báo không tiếp nhận, giải quyết hồ sơ này với lý do:",
                "Hồ sơ không được tiếp nhận giải quyết vì lý do cụ thể như sau:",
            ]
        ),
        first_mm=0,
    )
    reasons = [
        "Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan.",
        "Thửa đất đang có tranh chấp, khiếu nại chưa được giải quyết xong.",
        "Người nộp hồ sơ không có văn bản ủy quyền hợp lệ.",
        "Nội dung đề nghị trái với quy hoạch đã được phê duyệt.",
        "Đã quá thời hạn bổ sung hồ sơ mà người nộp không thực hiện.",
        "Giấy tờ có dấu hiệu tẩy xóa, sửa chữa.",
    ]
    for i, reason in enumerate(w.rng.sample(reasons[w.half :: 2], w.number(1, 3))):
        p.para(f"{'-' if layout == 2 else f'{i + 1}.'} {reason}", first_mm=5)
    p.para(
        w.one(
            [
                "Xin thông báo để ông/bà được biết và thực hiện.",
                "Đề nghị ông/bà liên hệ cơ quan có thẩm quyền để được giải quyết.",
            ]
        )
    )
    p.skip(3)
    name = w.name()
    bold = p.style.but(bold=True)
    p.need(35)
    top = p.y
    p.columns(
        [("NGƯỜI NỘP HỒ SƠ", bold), *[("", bold)] * 3, (x.name, bold)],
        [(w.one(["NGƯỜI TIẾP NHẬN HỒ SƠ", "CÁN BỘ TIẾP NHẬN"]), bold), *[("", bold)] * 3, (name, bold)],
        share=0.5,
    )
    p.mark_signer(p.right - p.width * 0.25, top + p.step(bold), p.y)
    return p, _basics(body, day, x, number, code)
