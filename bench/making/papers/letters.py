"""The nine administrative papers of NĐ 30/2020 that the contract names."""

# ruff: noqa: E501 - the wording of papers stands in whole lines
from __future__ import annotations

from bench.making import figures
from bench.making.papers.letter import fields_of, head, heading, receivers, sign
from bench.making.papers.registry import Fields, maker, new_paper
from bench.making.sheet import Paper
from bench.making.wording import Body, Writer, words

_ROMAN = ("I", "II", "III", "IV", "V", "VI")


def _number(w: Writer, body: Body, kind: str) -> str:
    number = w.number(1, 4200) if w.chance(0.8) else w.number(1, 60)
    if not kind:
        return f"{number:02d}/{body.symbol}-{w.one(body.rooms)}"
    return f"{number:02d}/{kind}-{body.symbol}"


def _grounds(p: Paper, w: Writer, count: int) -> None:
    for law in w.rng.sample(words("sentences")["laws"], count):
        p.para(f"Căn cứ {law};", p.style.but(italic=True))


def _points(p: Paper, w: Writer, sections: int, per: int, titles: list[str]) -> None:
    for i, title in enumerate(titles[:sections]):
        p.para(f"**{_ROMAN[i]}. {title}**", first_mm=w.one([0, 10]))
        for k in range(per):
            mark = w.one([f"{k + 1}. ", "- ", f"{k + 1}. "])
            p.para(mark + w.passage(w.number(1, 2)))


@maker("quyet_dinh", 4)
def decision(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """A decision: short personnel matter, plan approval with a table, long regulation over pages."""
    p, body, day = new_paper(w, draw), w.body(layout), w.day()
    number = _number(w, body, "QĐ")
    subject = f"Về việc {w.purpose(day)}"
    head(p, w, body, number, day)
    heading(p, "QUYẾT ĐỊNH", subject)
    p.centred(f"{body.chief} {body.name}", p.style.but(bold=True))
    p.skip(2)
    _grounds(p, w, w.number(2, 4))
    p.para(w.sentence("reviews", day)[:-1] + ".", p.style.but(italic=True))
    p.skip(1)
    p.centred("QUYẾT ĐỊNH:", p.style.but(bold=True))
    p.skip(1)
    if layout == 0:
        x = w.person()
        p.para(
            f"**Điều 1.** Cử {x.title.lower()} **{x.name}**, sinh ngày {x.birth:%d/%m/%Y}, tham gia tổ công tác về {w.topic()}."
        )
    else:
        p.para(f"**Điều 1.** {w.sentence(day=day)}")
    count = {0: 2, 1: 2, 2: 4, 3: 3}[layout]
    for i in range(count):
        p.para(f"**Điều {i + 2}.** {w.passage(1 if layout == 0 else 2, day)}")
        if layout == 1 and i == 0:
            _budget(p, w)
    if layout >= 2:
        for chapter in range(2 if layout == 2 else 3):
            p.para(f"**Điều {count + 2 + chapter}.** {w.passage(2, day)}")
            for letter in "abc":
                p.para(f"{letter}) {w.passage(1, day)}")
    p.para(f"**Điều {count + 2 + (layout - 1 if layout >= 2 else 0) + (1 if layout >= 2 else 0)}.** "
           f"Chánh Văn phòng, thủ trưởng các đơn vị liên quan và {w.unit()} chịu trách nhiệm thi hành Quyết định này./.")  # fmt: skip
    p.skip(3)
    return p, fields_of(body, number, day, subject, sign(p, w, body, receivers(w, body)))


def _budget(p: Paper, w: Writer) -> None:
    rows = [["STT", "Nội dung", "Đơn vị tính", "Kinh phí (đồng)"]]
    total = 0
    for i in range(w.number(3, 6)):
        amount = w.number(12, 900) * 500_000
        total += amount
        rows.append([str(i + 1), w.thing("goods"), w.thing("units"), figures.dotted(amount)])
    rows.append(["", "Tổng cộng", "", figures.dotted(total)])
    p.table([0.1, 0.42, 0.2, 0.28], rows, aligns=["centre", "left", "centre", "right"])


@maker("cong_van", 4)
def official_letter(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """A letter without a kind: V/v under the number, Kính gửi, paragraphs."""
    p, body, day = new_paper(w, draw), w.body(layout), w.day()
    number, subject = _number(w, body, ""), w.purpose(day)
    head(p, w, body, number, day, subject=subject)
    if layout in (0, 3):
        p.centred(f"Kính gửi: {w.unit()}.")
    else:
        p.row_label(
            "Kính gửi:",
            [f"- {w.one(words('sectors')['sector'])['body']};", f"- {w.unit()};", f"- {w.unit()}."],
        )
    p.skip(3)
    p.para(w.sentence("requests", day))
    if layout == 2:
        for i in range(w.number(3, 5)):
            p.para(f"{i + 1}. {w.passage(w.number(1, 2), day)}")
    elif layout == 3:
        for i in range(w.number(4, 6)):
            p.para(f"**{i + 1}. Về {w.topic()}**")
            p.para(w.passage(w.number(2, 3), day))
    else:
        for _ in range(w.number(2, 4)):
            p.para(w.passage(w.number(1, 3), day))
    p.para(w.one(words("sentences")["closings"]).rstrip(".") + "./.")
    p.skip(3)
    return p, fields_of(body, number, day, subject, sign(p, w, body, receivers(w, body)))


@maker("thong_bao", 3)
def notice(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """A notice: plain, a conclusion of a meeting, a list of results as a table."""
    p, body, day = new_paper(w, draw), w.body(layout + 1), w.day()
    number = _number(w, body, "TB")
    subject = f"Về việc {w.purpose(day)}"
    if layout == 1:
        subject = f"Kết luận cuộc họp về {w.topic()}"
    head(p, w, body, number, day)
    heading(p, "THÔNG BÁO", subject)
    p.para(w.sentence("requests" if layout == 0 else "plain", day))
    if layout == 1:
        p.para(
            f"Tham dự họp có ông {w.name(False)}, bà {w.name(True)} và đại diện {w.unit()}. Sau khi nghe báo cáo, cuộc họp thống nhất như sau:"
        )
    for i in range(w.number(2, 4)):
        p.para(f"{i + 1}. {w.passage(w.number(1, 3), day)}")
    if layout == 2:
        rows = [["STT", "Họ và tên", "Năm sinh", "Kết quả"]]
        rows += [
            [
                str(i + 1),
                w.name(),
                str(w.number(1965, 2004)),
                w.one(["Đạt", "Không đạt", "Vắng mặt", "Bảo lưu"]),
            ]
            for i in range(w.number(4, 9))
        ]
        p.table([0.1, 0.45, 0.2, 0.25], rows, aligns=["centre", "left", "centre", "centre"])
    p.para(
        f"{w.one(['Trên đây là thông báo', 'Vậy thông báo', 'Nay thông báo'])} để các đơn vị, cá nhân liên quan biết và thực hiện./."
    )
    p.skip(3)
    return p, fields_of(body, number, day, subject, sign(p, w, body, receivers(w, body)))


@maker("to_trinh", 3)
def submission(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """A submission to a higher body."""
    p, body, day = new_paper(w, draw), w.body(layout), w.day()
    number = _number(w, body, "TTr")
    subject = f"Về việc {w.purpose(day)}"
    head(p, w, body, number, day)
    heading(p, "TỜ TRÌNH", subject)
    to = w.one(
        [
            f"Ủy ban nhân dân {w.province_title()}",
            f"Hội đồng nhân dân xã {w.commune}",
            w.one(words("sectors")["sector"])["body"],
        ]
    )
    p.centred(f"Kính gửi: {to}")
    p.skip(3)
    if layout == 0:
        _grounds(p, w, 2)
        p.para(w.passage(2, day))
        p.para(w.passage(3, day))
    elif layout == 1:
        _points(p, w, 3, 2, ["Sự cần thiết", "Nội dung trình", "Kinh phí và tổ chức thực hiện"])
    else:
        p.para(w.sentence("reviews", day)[:-1] + ", cơ quan trình như sau:")
        for i in range(w.number(3, 5)):
            p.para(f"{i + 1}. {w.passage(2, day)}")
        _budget(p, w)
    p.para(
        w.one(
            [
                "Kính trình cấp có thẩm quyền xem xét, quyết định./.",
                "Kính đề nghị quý cơ quan xem xét, phê duyệt./.",
            ]
        )
    )
    p.skip(3)
    return p, fields_of(body, number, day, subject, sign(p, w, body, receivers(w, body)))


@maker("bao_cao", 3)
def report(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """A report, with a table of figures in one layout, over two pages in another."""
    p, body, day = new_paper(w, draw), w.body(layout + 2), w.day()
    number = _number(w, body, "BC")
    topic = w.topic()
    subject = w.one(
        [
            f"Kết quả {topic} quý {w.one(_ROMAN[:4])} năm {day.year}",
            f"Tình hình {topic} tháng {w.number(1, 12)} năm {day.year}",
            f"Sơ kết {w.number(2, 9)} tháng thực hiện {topic}",
        ]
    )
    head(p, w, body, number, day)
    heading(p, "BÁO CÁO", subject)
    if layout == 0:
        for _ in range(4):
            p.para(w.passage(2, day))
    elif layout == 1:
        p.para(w.sentence(day=day))
        rows = [["TT", "Chỉ tiêu", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"]]
        for i in range(w.number(4, 8)):
            plan = w.number(40, 1500)
            rows.append([str(i + 1), w.one(["Số hồ sơ tiếp nhận", "Số hộ tham gia", "Số lượt người", "Diện tích (ha)", "Số buổi tuyên truyền", "Kinh phí (triệu đồng)"]),
                         figures.dotted(plan), figures.dotted(round(plan * w.number(60, 118) / 100)), figures.decimal(w.number(600, 1180) / 10)])  # fmt: skip
        p.table([0.08, 0.42, 0.16, 0.17, 0.17], rows, aligns=["centre", "left", "right", "right", "right"])
        _points(p, w, 2, 2, ["Đánh giá chung", "Kiến nghị"])
    else:
        _points(
            p,
            w,
            4,
            3,
            [
                "Đặc điểm tình hình",
                "Kết quả đạt được",
                "Tồn tại, hạn chế và nguyên nhân",
                "Phương hướng, nhiệm vụ trong thời gian tới",
            ],
        )
    p.para("Trên đây là báo cáo của đơn vị, kính trình cấp trên xem xét./.")
    p.skip(3)
    return p, fields_of(body, number, day, subject, sign(p, w, body, receivers(w, body)))


@maker("ke_hoach", 3)
def plan(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """A plan: purposes, tasks, dates."""
    p, body, day = new_paper(w, draw), w.body(layout), w.day()
    number = _number(w, body, "KH")
    subject = w.purpose(day)
    subject = subject[0].upper() + subject[1:]
    head(p, w, body, number, day)
    heading(p, "KẾ HOẠCH", subject)
    p.para(w.sentence("reviews", day)[:-1] + ", đơn vị xây dựng kế hoạch thực hiện như sau:")
    titles = ["MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG THỰC HIỆN", "TỔ CHỨC THỰC HIỆN", "KINH PHÍ"]
    if layout == 1:
        _points(p, w, 2, 2, titles)
        rows = [["STT", "Công việc", "Thời hạn"]]
        rows += [
            [str(i + 1), w.fill("{k}", day), f"{w.before(day, -90, -5):%d/%m/%Y}"]
            for i in range(w.number(4, 7))
        ]
        p.table([0.1, 0.62, 0.28], rows, aligns=["centre", "left", "centre"])
    else:
        _points(p, w, 3 if layout == 0 else 4, 2 if layout == 0 else 4, titles)
    p.para("Yêu cầu các bộ phận nghiêm túc thực hiện kế hoạch này./.")
    p.skip(3)
    return p, fields_of(body, number, day, subject, sign(p, w, body, receivers(w, body)))


@maker("giay_moi", 3)
def invitation(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """An invitation to a meeting."""
    p, body, day = new_paper(w, draw), w.body(layout), w.day()
    number = _number(w, body, "GM")
    topic = w.topic()
    subject = w.one(
        [f"Tham dự cuộc họp về {topic}", f"Dự hội nghị bàn về {topic}", f"Về việc tập huấn {topic}"]
    )
    head(p, w, body, number, day)
    heading(p, "GIẤY MỜI", subject)
    meeting = w.before(day, -14, -2)
    hour = f"{w.number(7, 15):02d} giờ {w.one(['00', '30'])} phút, ngày {meeting:%d/%m/%Y}"
    place = w.sentence("places")
    if layout == 0:
        p.para(w.sentence(day=day))
        p.para(f"Trân trọng kính mời: {w.title_name()}, đại diện {w.unit()}.")
        p.para(f"**Thời gian:** {hour}.")
        p.para(f"**Địa điểm:** {place}.")
    elif layout == 1:
        p.para("Trân trọng kính mời:", p.style.but(bold=True))
        for _ in range(w.number(3, 6)):
            p.para(f"- {w.one(['Đại diện', 'Lãnh đạo', 'Trưởng bộ phận một cửa'])} {w.unit()};", after_mm=0.5)
        p.labelled("1. Nội dung:", w.sentence(day=day))
        p.labelled("2. Thời gian:", hour + ".")
        p.labelled("3. Địa điểm:", place + ".")
        p.labelled("4. Chuẩn bị:", w.sentence(day=day))
    else:
        p.centred(f"Kính gửi: {w.title_name()}")
        p.skip(2)
        p.para(w.sentence("requests", day))
        rows = [["Giờ", "Nội dung", "Người trình bày"]]
        rows += [
            [
                f"{8 + i // 2:02d}:{30 * (i % 2):02d}",
                w.one(["Đón tiếp đại biểu", "Khai mạc", "Báo cáo", "Thảo luận", "Giải lao", "Kết luận"]),
                w.name(),
            ]
            for i in range(w.number(4, 6))
        ]
        p.table([0.16, 0.46, 0.38], rows, aligns=["centre", "left", "left"])
        p.para(f"Thời gian: {hour}.")
        p.para(f"Địa điểm: {place}.")
    p.para("Rất mong quý đại biểu sắp xếp thời gian tham dự đầy đủ, đúng giờ./.")
    p.skip(3)
    return p, fields_of(body, number, day, subject, sign(p, w, body, receivers(w, body)))


@maker("nghi_quyet", 3)
def resolution(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """A resolution of a council."""
    p, day = new_paper(w, draw), w.day()
    commune = f"{w.one(['xã', 'phường'])} {w.commune}"
    place, unit = (w.commune, commune) if layout != 1 else (w.province, w.province_title())
    body = Body(("HỘI ĐỒNG NHÂN DÂN", unit.upper()), 2, "HĐND", place, "CHỦ TỊCH", "", ("HĐND", "VP"))
    number = _number(w, body, "NQ")
    subject = w.purpose(day)
    subject = w.one([f"Về việc {subject}", subject[0].upper() + subject[1:]])
    head(p, w, body, number, day)
    heading(p, "NGHỊ QUYẾT", subject)
    session = w.one(["HAI", "BA", "BỐN", "NĂM", "SÁU"])
    p.centred(f"HỘI ĐỒNG NHÂN DÂN {unit.upper()}", p.style.but(bold=True))
    p.centred(f"KHÓA {w.one(_ROMAN)}, KỲ HỌP THỨ {session}", p.style.but(bold=True))
    p.skip(2)
    _grounds(p, w, w.number(2, 3))
    p.para(
        w.sentence("reviews", day)[:-1]
        + f"; ý kiến thảo luận của đại biểu Hội đồng nhân dân {unit} tại kỳ họp.",
        p.style.but(italic=True),
    )
    p.centred("QUYẾT NGHỊ:", p.style.but(bold=True))
    p.skip(1)
    count = (3, 4, 6)[layout]
    for i in range(count):
        p.para(f"**Điều {i + 1}.** {w.passage(w.number(1, 2), day)}")
        if layout == 2 and i < 3:
            for k in range(3):
                p.para(f"{k + 1}. {w.passage(1, day)}")
    p.para(
        f"Nghị quyết này đã được Hội đồng nhân dân {unit} thông qua ngày {w.spoken(day)} và có hiệu lực kể từ ngày ký./."
    )
    p.skip(3)
    return p, fields_of(body, number, day, subject, sign(p, w, body, receivers(w, body), by_proxy=False))


@maker("bien_ban", 3)
def minutes(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Minutes of a meeting, an inspection or a handing over; two signers."""
    p, body, day = new_paper(w, draw), w.body(layout), w.day()
    number = _number(w, body, "BB")
    kind = ("Họp", "Kiểm tra", "Bàn giao")[layout]
    subject = f"{kind} về {w.topic()}"
    if layout == 2:
        subject = f"Bàn giao tài liệu, tài sản phục vụ {w.topic()}"
    head(p, w, body, number, day)
    heading(p, "BIÊN BẢN", subject)
    p.para(
        f"Hôm nay, hồi {w.number(7, 16):02d} giờ {w.one(['00', '15', '30'])} phút, ngày {w.spoken(day)}, tại {w.lowered(w.sentence('places'))}, chúng tôi gồm có:"
    )
    chair, clerk = w.name(), w.name()
    p.labelled(
        "1. Chủ trì:",
        f"{chair}, {w.one(['Chủ tịch', 'Phó Chủ tịch', 'Trưởng phòng', 'Tổ trưởng'])}.",
        left_mm=10,
    )
    p.labelled(
        "2. Thư ký:",
        f"{clerk}, công chức {w.one(['tư pháp - hộ tịch', 'địa chính', 'văn phòng - thống kê', 'văn hóa - xã hội'])}.",
        left_mm=10,
    )
    p.labelled("3. Thành phần dự:", f"{w.number(5, 60):02d} người, có danh sách kèm theo.", left_mm=10)
    p.para("**Nội dung làm việc:**")
    if layout == 2:
        rows = [["STT", "Tên tài sản", "ĐVT", "Số lượng", "Tình trạng"]]
        rows += [
            [
                str(i + 1),
                g,
                w.thing("units"),
                f"{w.number(1, 60):02d}",
                w.one(["Tốt", "Cũ", "Hỏng nhẹ", "Mới"]),
            ]
            for i, g in enumerate(w.some("goods", w.number(4, 8)))
        ]
        p.table([0.09, 0.42, 0.13, 0.16, 0.2], rows, aligns=["centre", "left", "centre", "centre", "centre"])
        p.para(w.passage(2, day))
    elif layout == 1:
        for i in range(w.number(3, 5)):
            p.para(f"{i + 1}. {w.passage(2, day)}")
    else:
        for _ in range(w.number(4, 6)):
            p.para("- " + w.sentence("speeches", day))
        p.para(w.passage(2, day))
    p.para(
        f"Biên bản kết thúc vào lúc {w.number(10, 17)} giờ {w.one(['00', '20', '45'])} phút cùng ngày, đã đọc lại cho mọi người cùng nghe và thống nhất ký tên./."
    )
    p.skip(3)
    bold = p.style.but(bold=True)
    p.need(45)
    top = p.y
    titles = ("THƯ KÝ", "CHỦ TRÌ") if layout != 2 else ("BÊN GIAO", "BÊN NHẬN")
    p.columns(
        [(titles[0], bold), *[("", bold)] * 4, (clerk, bold)],
        [(titles[1], bold), *[("", bold)] * 4, (chair, bold)],
        share=0.5,
    )
    p.mark_signer(p.right - p.width * 0.25, top + p.step(bold), p.y)
    fields = fields_of(body, number, day, subject, ("", ""))
    return p, {k: v for k, v in fields.items() if v}
