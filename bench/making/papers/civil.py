"""Civil status: birth, marriage, marital status, death, as certificates and as extracts of the register."""

# ruff: noqa: E501 - the wording of papers stands in whole lines
from __future__ import annotations

from datetime import date, timedelta

from bench.making.faces import RED
from bench.making.figures import date_in_words
from bench.making.papers.letter import head, motto
from bench.making.papers.parts import Row, frame, post, rows, signed, title
from bench.making.papers.registry import Fields, maker, new_paper
from bench.making.sheet import Paper
from bench.making.wording import Body, Person, Writer


def _civil_paper(w: Writer, layout: int, draw: bool) -> Paper:
    paper = (255, 252, 244) if layout == 2 else (255, 255, 255)
    return new_paper(w, draw, sizes=(12.5, 13.5), leading=w.one([1.35, 1.45]), paper=paper)


def _top(
    p: Paper, w: Writer, body: Body, layout: int, heading: str, below: str, number: str, day: date
) -> None:
    """Layout 0: motto in the middle, number below the title; 1: two-column head; 2: framed, number at the right."""
    if layout == 1:
        head(p, w, body, number, day)
        title(p, heading, below)
        return
    if layout == 2:
        frame(p)
        p.skip(2)
    motto(p)
    p.skip(5)
    title(p, heading, below, colour=RED if layout == 2 else (15, 15, 15), bigger=4)
    p.centred(f"Số: {number}", p.style.but(colour=RED if layout == 2 else p.style.colour, bold=layout == 2))
    p.skip(4)


def _figures(w: Writer, day: date) -> str:
    return f"{day:%d/%m/%Y}" if w.chance(0.6) else f"{day.day:02d} tháng {day.month:02d} năm {day.year}"


def _end(p: Paper, w: Writer, label: str, left: tuple[str, ...] = ()) -> dict[str, str]:
    lines, who = post(w)
    name = w.name()
    p.skip(3)
    signed(p, w, [label, *lines] if label else lines, name, left)
    return {"nguoi_ky": name, "chuc_vu_nguoi_ky": who}


def _style(p: Paper, w: Writer, layout: int) -> dict[str, object]:
    return {"leader": layout == 1, "value": p.style.but(bold=w.chance(0.5))}


def _place(body: Body) -> str:
    """``Ủy ban nhân dân xã …`` in ordinary letters."""
    kind, _, name = body.head[1].partition(" ")
    return f"Ủy ban nhân dân {kind.lower()} {name.title()}"


def _child(w: Writer) -> tuple[Person, Person, Person, date]:
    birth_year = w.number(1998, 2026)
    child = w.person(born=(birth_year, birth_year))
    if child.birth > date(2026, 10, 1):
        child = w.person(born=(2019, 2019))
    mother = w.person(True, (child.birth.year - 40, child.birth.year - 20))
    father = w.person(False, (child.birth.year - 45, child.birth.year - 21))
    return child, mother, father, child.birth + timedelta(days=w.number(5, 50))


def _birth_fields(child: Person, mother: Person, father: Person, born_at: str, name: str) -> Fields:
    return {
        "ho_ten": name, "ngay_sinh": child.birth.isoformat(), "gioi_tinh": child.sex, "dan_toc": child.ethnic,
        "quoc_tich": "Việt Nam", "noi_sinh": born_at, "que_quan": child.origin, "so_dinh_danh": child.number,
        "ho_ten_cha": father.name, "ho_ten_me": mother.name,
    }  # fmt: skip


def _hospital(w: Writer) -> str:
    return w.one(
        [
            f"Bệnh viện Đa khoa {w.province_title()}",
            f"Bệnh viện Sản - Nhi {w.province}",
            f"Trạm Y tế xã {w.commune_name()}, {w.province_title()}",
            f"Trung tâm Y tế khu vực {w.commune_name()}",
        ]
    )


@maker("giay_khai_sinh", 3)
def birth_certificate(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Giấy khai sinh."""
    p, body = _civil_paper(w, layout, draw), w.committee()
    child, mother, father, entered = _child(w)
    number = f"{w.number(1, 480):0{w.one([1, 2, 3])}d}/{entered.year}"
    name = child.name.upper() if w.chance(0.7) else child.name
    born_at = _hospital(w)
    _top(
        p, w, body, layout, "GIẤY KHAI SINH", w.one(["", "(BẢN SAO)"]) if layout == 1 else "", number, entered
    )
    born = _figures(w, child.birth)
    spoken = date_in_words(child.birth)
    label = w.one(["Họ, chữ đệm, tên:", "Họ và tên:"])
    given: list[Row] = [
        [(label, name)], [("Ngày, tháng, năm sinh:", born)], [("Ghi bằng chữ:", spoken)],
        [("Giới tính:", child.sex), ("Dân tộc:", child.ethnic), ("Quốc tịch:", "Việt Nam")],
        [("Nơi sinh:", born_at)], [("Quê quán:", child.origin)], [("Số định danh cá nhân:", child.number)],
        [("Họ, chữ đệm, tên người mẹ:", mother.name)],
        [("Năm sinh:", str(mother.birth.year)), ("Dân tộc:", mother.ethnic), ("Quốc tịch:", "Việt Nam")],
        [("Nơi cư trú:", mother.home)], [("Họ, chữ đệm, tên người cha:", father.name)],
        [("Năm sinh:", str(father.birth.year)), ("Dân tộc:", father.ethnic), ("Quốc tịch:", "Việt Nam")],
        [("Nơi cư trú:", father.home)],
        [("Họ, chữ đệm, tên người đi khai sinh:", w.one([mother.name, father.name]))],
        [("Giấy tờ tùy thân:", f"Căn cước công dân số {father.number}")],
        [("Nơi đăng ký khai sinh:", _place(body))], [("Ngày, tháng, năm đăng ký:", _figures(w, entered))],
    ]  # fmt: skip
    rows(p, given, **_style(p, w, layout))  # type: ignore[arg-type]
    fields = _birth_fields(child, mother, father, born_at, name) | _end(p, w, "NGƯỜI KÝ GIẤY KHAI SINH")
    body_name = body.name if layout == 1 else _place(body)
    printed = {"ngay_ban_hanh": entered.isoformat()} if layout == 1 else {}
    return p, fields | printed | {
        "so": number,
        "ngay_dang_ky": entered.isoformat(),
        "co_quan_ban_hanh": body_name,
    }


@maker("trich_luc_khai_sinh", 3)
def birth_extract(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Trích lục khai sinh (bản sao)."""
    p, body = _civil_paper(w, layout, draw), w.committee()
    child, mother, father, entered = _child(w)
    issued = w.day(2024, 2026)
    if issued < entered:
        issued = entered + timedelta(days=3)
    number = f"{w.number(1, 2400)}/TLKS-BS"
    name, born_at = child.name.upper(), _hospital(w)
    _top(p, w, body, layout, "TRÍCH LỤC KHAI SINH", "(BẢN SAO)", number, issued)
    people = [[("Họ, chữ đệm, tên cha:", father.name)], [("Năm sinh:", str(father.birth.year)), ("Dân tộc:", father.ethnic), ("Quốc tịch:", "Việt Nam")],
              [("Họ, chữ đệm, tên mẹ:", mother.name)], [("Năm sinh:", str(mother.birth.year)), ("Dân tộc:", mother.ethnic), ("Quốc tịch:", "Việt Nam")]]  # fmt: skip
    register = f"{w.number(1, 300)}/{entered.year}"
    given: list[Row] = [
        [("Họ, chữ đệm, tên:", name)], [("Ngày, tháng, năm sinh:", f"{child.birth:%d/%m/%Y}")], [("Ghi bằng chữ:", date_in_words(child.birth))],
        [("Giới tính:", child.sex), ("Dân tộc:", child.ethnic), ("Quốc tịch:", "Việt Nam")],
        [("Số định danh cá nhân:", child.number)], [("Nơi sinh:", born_at)], [("Quê quán:", child.origin)], *people,
        [("Đăng ký khai sinh tại:", _place(body))], [("Số đăng ký:", register), ("Ngày đăng ký:", f"{entered:%d/%m/%Y}")],
    ]  # fmt: skip
    rows(p, given, **_style(p, w, layout))  # type: ignore[arg-type]
    if layout != 1:
        p.labelled("Ngày cấp trích lục:", f"{issued:%d/%m/%Y}")
    fields = _birth_fields(child, mother, father, born_at, name) | _end(p, w, "NGƯỜI KÝ TRÍCH LỤC")
    body_name = body.name if layout == 1 else _place(body)
    return p, fields | {
        "so": number,
        "ngay_dang_ky": entered.isoformat(),
        "ngay_ban_hanh": issued.isoformat(),
        "co_quan_ban_hanh": body_name,
    }


def _couple(w: Writer) -> tuple[Person, Person, date]:
    return w.person(True, (1970, 2002)), w.person(False, (1968, 2001)), w.day(2023, 2026)


def _spouse(who: str, person: Person) -> list[Row]:
    return [
        [(f"Họ, chữ đệm, tên {who}:", person.name)], [("Ngày, tháng, năm sinh:", f"{person.birth:%d/%m/%Y}")],
        [("Dân tộc:", person.ethnic), ("Quốc tịch:", "Việt Nam")], [("Nơi cư trú:", person.home)],
        [("Giấy tờ tùy thân:", f"Thẻ căn cước số {person.number}")],
    ]  # fmt: skip


def _side_by_side(p: Paper, left: list[Row], right: list[Row]) -> None:
    for a, b in zip(left, right, strict=True):
        one = [(f"{label} {value}", p.style) for label, value in a]
        two = [(f"{label} {value}", p.style) for label, value in b]
        p.columns(one, two, share=0.5, gap_mm=8, align="left", right_align="left")


@maker("giay_chung_nhan_ket_hon", 3)
def marriage_certificate(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Giấy chứng nhận kết hôn: spouses side by side or below each other."""
    p, body = _civil_paper(w, layout, draw), w.committee()
    wife, husband, day = _couple(w)
    number = f"{w.number(1, 260):02d}/{day.year}"
    _top(p, w, body, layout, "GIẤY CHỨNG NHẬN KẾT HÔN", "", number, day)
    if layout == 2:
        _side_by_side(p, _spouse("vợ", wife), _spouse("chồng", husband))
        p.skip(2)
    else:
        rows(p, _spouse("vợ", wife) + _spouse("chồng", husband), **_style(p, w, layout))  # type: ignore[arg-type]
    rows(p, [[("Nơi đăng ký kết hôn:", _place(body))], [("Ngày, tháng, năm đăng ký:", _figures(w, day))]])
    p.para("Giấy chứng nhận kết hôn này có giá trị kể từ ngày, tháng, năm đăng ký.", first_mm=0)
    bold = p.style.but(bold=True)
    p.columns(
        [("VỢ", bold), *[("", bold)] * 2, (wife.name, bold)],
        [("CHỒNG", bold), *[("", bold)] * 2, (husband.name, bold)],
        share=0.5,
    )
    fields = _end(p, w, "NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN")
    body_name = body.name if layout == 1 else _place(body)
    printed = {"ngay_ban_hanh": day.isoformat()} if layout == 1 else {}
    return p, fields | printed | {
        "so": number,
        "ho_ten_vo": wife.name,
        "ho_ten_chong": husband.name,
        "ngay_dang_ky": day.isoformat(),
        "co_quan_ban_hanh": body_name,
    }


@maker("trich_luc_ket_hon", 3)
def marriage_extract(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Trích lục kết hôn (bản sao)."""
    p, body = _civil_paper(w, layout, draw), w.committee()
    wife, husband, day = _couple(w)
    issued = min(day + timedelta(days=w.number(10, 400)), date(2026, 11, 19))
    number = f"{w.number(1, 900)}/TLKH-BS"
    _top(p, w, body, layout, "TRÍCH LỤC KẾT HÔN", "(BẢN SAO)", number, issued)
    if layout == 0:
        _side_by_side(p, _spouse("chồng", husband), _spouse("vợ", wife))
        p.skip(2)
    else:
        rows(p, _spouse("chồng", husband) + _spouse("vợ", wife), **_style(p, w, layout))  # type: ignore[arg-type]
    rows(
        p,
        [
            [("Đã đăng ký kết hôn tại:", _place(body))],
            [("Số:", f"{w.number(1, 200)}/{day.year}"), ("Ngày đăng ký:", f"{day:%d/%m/%Y}")],
        ],
    )
    if layout != 1:
        p.labelled("Ngày cấp trích lục:", f"{issued:%d/%m/%Y}")
    fields = _end(p, w, "NGƯỜI KÝ TRÍCH LỤC")
    body_name = body.name if layout == 1 else _place(body)
    return p, fields | {"so": number, "ho_ten_vo": wife.name, "ho_ten_chong": husband.name, "ngay_dang_ky": day.isoformat(),
                        "ngay_ban_hanh": issued.isoformat(), "co_quan_ban_hanh": body_name}  # fmt: skip


@maker("xac_nhan_tinh_trang_hon_nhan", 3)
def marital_status(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Giấy xác nhận tình trạng hôn nhân."""
    p, body, day, x = _civil_paper(w, layout, draw), w.committee(), w.day(), w.person(born=(1965, 2003))
    number = f"{w.number(1, 700):02d}/{w.one(['UBND-XNTTHN', 'XNTTHN', 'TTHN'])}"
    _top(p, w, body, layout, "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "", number, day)
    p.centred(f"{body.chief} {body.name}", p.style.but(bold=True))
    p.skip(2)
    p.para(
        f"Xét đề nghị của {x.title.lower()} {w.one([x.name, w.name()])} về việc cấp Giấy xác nhận tình trạng hôn nhân,"
    )
    p.centred("XÁC NHẬN:", p.style.but(bold=True))
    given: list[Row] = [
        [("Họ, chữ đệm, tên:", x.name.upper() if layout == 0 else x.name)], [("Ngày, tháng, năm sinh:", f"{x.birth:%d/%m/%Y}")],
        [("Giới tính:", x.sex), ("Dân tộc:", x.ethnic), ("Quốc tịch:", "Việt Nam")], [("Giấy tờ tùy thân:", f"Căn cước số {x.number}")],
        [("Nơi cư trú:", x.home)],
    ]  # fmt: skip
    rows(p, given, **_style(p, w, layout))  # type: ignore[arg-type]
    state = w.one(
        [
            "Chưa đăng ký kết hôn với ai",
            f"Đã ly hôn theo Bản án số {w.number(10, 200)}/{day.year - 2}/HNGĐ-ST của Tòa án nhân dân khu vực {w.number(1, 12)}, hiện tại chưa đăng ký kết hôn với ai",
            "Có vợ đã chết, hiện tại chưa đăng ký kết hôn với ai"
            if not x.woman
            else "Có chồng đã chết, hiện tại chưa đăng ký kết hôn với ai",
        ]
    )
    p.labelled("Tình trạng hôn nhân:", state + ".")
    p.para(
        f"Giấy này được cấp để {w.one(['đăng ký kết hôn', 'bổ sung hồ sơ vay vốn', 'mua bán nhà ở', 'làm thủ tục nhận con nuôi'])}, có giá trị sử dụng trong thời hạn 6 tháng kể từ ngày cấp.",
        first_mm=0,
    )
    if layout != 1:
        p.labelled("Ngày cấp:", f"ngày {w.spoken(day)}")
    fields = _end(p, w, "")
    return p, fields | {
        "so": number, "ngay_ban_hanh": day.isoformat(), "co_quan_ban_hanh": body.name, "ho_ten": x.name.upper() if layout == 0 else x.name,
        "ngay_sinh": x.birth.isoformat(), "gioi_tinh": x.sex, "dan_toc": x.ethnic, "quoc_tich": "Việt Nam",
        "so_dinh_danh": x.number, "noi_cu_tru": x.home,
    }  # fmt: skip


@maker("trich_luc_khai_tu", 3)
def death_extract(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """Trích lục khai tử."""
    p, body, x = _civil_paper(w, layout, draw), w.committee(), w.person(born=(1925, 1980))
    entered = w.day(2023, 2026)
    died = entered - timedelta(days=w.number(1, 14))
    number = f"{w.number(1, 300)}/{w.one(['TLKT', 'TLKT-BS'])}"
    _top(
        p,
        w,
        body,
        layout,
        "TRÍCH LỤC KHAI TỬ",
        "" if number.endswith("TLKT") else "(BẢN SAO)",
        number,
        entered,
    )
    name = x.name.upper() if w.chance(0.5) else x.name
    given: list[Row] = [
        [("Họ, chữ đệm, tên:", name)], [("Ngày, tháng, năm sinh:", f"{x.birth:%d/%m/%Y}")],
        [("Giới tính:", x.sex), ("Dân tộc:", x.ethnic), ("Quốc tịch:", "Việt Nam")], [("Số định danh cá nhân:", x.number)],
        [("Nơi cư trú cuối cùng:", x.home)], [("Đã chết vào lúc:", f"{w.number(0, 23):02d} giờ {w.number(0, 59):02d} phút, ngày {died:%d/%m/%Y}")],
        [("Ghi bằng chữ:", date_in_words(died))], [("Nơi chết:", w.one(["Tại nhà", _hospital(w)]))], [("Nguyên nhân chết:", w.thing("death_causes"))],
        [("Đăng ký khai tử tại:", _place(body))], [("Số đăng ký:", f"{w.number(1, 200)}/{entered.year}"), ("Ngày đăng ký:", f"{entered:%d/%m/%Y}")],
    ]  # fmt: skip
    rows(p, given, **_style(p, w, layout))  # type: ignore[arg-type]
    fields = _end(p, w, "NGƯỜI KÝ TRÍCH LỤC")
    body_name = body.name if layout == 1 else _place(body)
    printed = {"ngay_ban_hanh": entered.isoformat()} if layout == 1 else {}
    return p, fields | printed | {
        "so": number, "ngay_dang_ky": entered.isoformat(), "co_quan_ban_hanh": body_name, "ho_ten": name, "ngay_sinh": x.birth.isoformat(),
        "gioi_tinh": x.sex, "dan_toc": x.ethnic, "quoc_tich": "Việt Nam", "so_dinh_danh": x.number, "noi_cu_tru": x.home,
    }  # fmt: skip
