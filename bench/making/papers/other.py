"""Papers of no listed type: sixteen sorts, from menus to medical prescriptions. They have no fields."""

# ruff: noqa: E501 - the wording of papers stands in whole lines
from __future__ import annotations

from collections.abc import Callable

from bench.making.faces import BLUE, RED
from bench.making.figures import decimal, dotted, in_words, tax_code
from bench.making.papers.letter import motto
from bench.making.papers.parts import frame, rows, signed, title, where_when
from bench.making.papers.registry import Fields, maker, new_paper
from bench.making.sheet import Paper
from bench.making.wording import Writer


def _menu(p: Paper, w: Writer) -> None:
    p.centred(
        f"{w.one(['Quán', 'Nhà hàng', 'Tiệm ăn'])} {w.thing('company_names')}",
        p.style.but(bold=True, size=p.style.size + 8, colour=RED),
    )
    p.centred(
        w.one(["THỰC ĐƠN", "MENU HÔM NAY", "THỰC ĐƠN GIA ĐÌNH"]),
        p.style.but(bold=True, size=p.style.size + 4),
    )
    p.skip(4)
    dishes = w.some("dishes", 16)
    for i, part in enumerate(("Khai vị", "Món chính", "Tráng miệng và đồ uống")):
        p.para(f"**{part}**", first_mm=0)
        table = [[dish, f"{w.number(15, 320)}.000 đ"] for dish in dishes[i * 5 : i * 5 + 5]]
        p.table([0.72, 0.28], table, header=False, aligns=["left", "right"], ruled=False, style=p.style)
    p.centred(
        f"Đặt bàn: {w.phone()} - Giao hàng tận nơi trong bán kính {w.number(2, 9)} km",
        p.style.but(italic=True),
    )


def _prices(p: Paper, w: Writer) -> None:
    shop = f"CÔNG TY TNHH {w.thing('companies')} {w.thing('company_names')}".upper()
    p.centred(shop, p.style.but(bold=True))
    p.centred(f"Địa chỉ: {w.address()}", p.style.but(size=p.style.size - 2))
    p.skip(3)
    title(p, "BẢNG BÁO GIÁ", f"(Áp dụng từ ngày {w.day(2024):%d/%m/%Y})")
    table = [["STT", "Tên hàng", "Đơn vị", "Đơn giá"]]
    table += [
        [str(i + 1), g, w.thing("units"), dotted(w.number(3, 900) * 1000)]
        for i, g in enumerate(w.some("goods", w.number(9, 16)))
    ]
    p.table([0.09, 0.5, 0.16, 0.25], table, aligns=["centre", "left", "centre", "right"])
    p.para(
        "Giá trên chưa bao gồm thuế giá trị gia tăng. Miễn phí vận chuyển cho đơn hàng từ 5 triệu đồng.",
        p.style.but(italic=True),
        first_mm=0,
    )


def _merit(p: Paper, w: Writer) -> None:
    frame(p)
    motto(p)
    p.skip(12)
    p.centred(
        f"TRƯỜNG {w.one(['TIỂU HỌC', 'TRUNG HỌC CƠ SỞ', 'TRUNG HỌC PHỔ THÔNG'])} {w.commune.upper()}",
        p.style.but(bold=True),
    )
    p.skip(6)
    p.centred(
        w.one(["GIẤY KHEN", "CHỨNG NHẬN HOÀN THÀNH KHÓA HỌC", "BẰNG KHEN"]),
        p.style.but(bold=True, size=p.style.size + 14, colour=RED),
    )
    p.skip(6)
    p.centred("Tặng em" if w.half else "Trao cho học viên")
    p.centred(w.name().upper(), p.style.but(bold=True, size=p.style.size + 6, colour=BLUE))
    p.centred(
        w.one([f"Học sinh lớp {w.number(1, 12)}{w.one('ABCD')}", f"Khóa {w.number(3, 40)}, ngành {w.job()}"])
    )
    p.skip(3)
    p.centred(
        f"Đã {w.one(['đạt danh hiệu học sinh xuất sắc', 'đoạt giải nhì cuộc thi vẽ tranh', 'hoàn thành chương trình với kết quả khá'])} năm học {w.number(2020, 2025)}"
    )
    p.skip(10)
    where_when(p, w, f"{w.commune}, ngày {w.spoken(w.day())}")
    signed(p, w, ["HIỆU TRƯỞNG"], w.name())


_VERSES = (
    (
        "Chiều nghiêng bóng nắng qua thềm",
        "Bàn tay mẹ gỡ tơ mềm vào đêm",
        "Gió lùa khe cửa rung rèm",
        "Nghe như tiếng sóng ru êm cuối ngày",
    ),
    (
        "Đò ai neo bến sông đầy",
        "Để câu hát cũ vơi đầy mùa thu",
        "Khói lam quyện mái tranh mù",
        "Con chim lạc bạn gật gù gọi sương",
    ),
    (
        "Ngõ quê cỏ ướt mờ sương",
        "Tiếng gà gáy vỡ nẻo đường sang xuân",
        "Áo nâu bạc cả phong trần",
        "Mà vui như tết mỗi lần con thăm",
    ),
    (
        "Trăng non treo ngọn tre nằm",
        "Ai đem hạt thóc gieo rằm tháng giêng",
        "Ruộng khuya ếch gọi triền miên",
        "Lời ru vấp phải ưu phiền lại thôi",
    ),
    (
        "Mưa về trắng xóa lưng đồi",
        "Lá me rụng kín chỗ ngồi năm xưa",
        "Bâng khuâng một chút hương thừa",
        "Mà đem gói lại cho vừa nhớ mong",
    ),
    (
        "Bao giờ lúa trổ đòng đòng",
        "Em ra đứng ngóng bên sông một mình",
        "Cầu ao nước chảy lung linh",
        "Soi hai cái bóng ngập ngừng đêm trăng",
    ),
)


def _poem(p: Paper, w: Writer) -> None:
    p.skip(15)
    p.centred(
        w.one(["Chiều quê", "Bến cũ", "Lời ru của mẹ", "Mùa gặt", "Gửi người xa xứ", "Tháng giêng"]),
        p.style.but(bold=True, size=p.style.size + 5),
    )
    p.skip(5)
    for verse in w.rng.sample(_VERSES[w.half :: 2], 3):
        for line in verse:
            p.para(line, p.style.but(italic=w.half == 0), first_mm=45, justify=False, after_mm=0.5)
        p.skip(4)
    p.row_right(w.name(), p.style.but(bold=True))


def _news(p: Paper, w: Writer) -> None:
    p.row_right(
        f"{w.one(['Báo', 'Nhật báo', 'Tạp chí'])} {w.province} - số {w.number(100, 9000)}, {w.day():%d/%m/%Y}",
        p.style.but(size=p.style.size - 3),
    )
    p.sheet.rule(p.left, p.right, p.y)
    p.skip(5)
    p.para(
        w.one(
            [
                "Người gác đèn ở cuối con đường lát đá",
                "Một buổi chợ phiên giữa mùa nước nổi",
                "Giữ nghề dệt chiếu bên bờ sông",
                "Chuyến xe đêm chở rau về phố",
            ]
        ),
        p.style.but(bold=True, size=p.style.size + 8),
        first_mm=0,
        justify=False,
    )
    p.para(f"//Ghi chép của {w.name()}//", first_mm=0)
    for _ in range(w.number(4, 6)):
        p.para(_story(w, w.number(3, 5)), first_mm=5)


_STORY = (
    "Trời vừa hửng, {x} đã dắt xe qua con dốc, sau lưng là hai sọt rau còn đẫm sương.", "Con sông mùa này cạn, để lộ bãi cát dài như tấm lụa bỏ quên.", "Ông cụ {x} kể, ngày xưa cả làng chỉ có một cái giếng, sáng nào cũng vui như hội.",
    "Lũ trẻ chạy chân đất, tiếng cười vang suốt triền đê.", "Quán nước đầu làng bán mỗi thứ chè xanh, vậy mà lúc nào cũng đông khách.", "Bà {x} năm nay đã {n} tuổi nhưng đôi tay vẫn thoăn thoắt bên khung cửi.", "Mỗi chiếc chiếu phải dệt ròng rã ba ngày, bán được chưa tới {m} nghìn đồng.",
    "Người ta bảo đất này khó giữ chân người trẻ, thế mà năm ngoái có {n} thanh niên trở về.", "Đêm xuống, ánh đèn dầu hắt qua liếp cửa, vàng như mật ong.", "Chuyến phà cuối cùng rời bến lúc {n} giờ kém, mang theo mùi cá khô và tiếng đàn bầu.", "Anh {x} chỉ cười: được sống bằng nghề của cha ông là may lắm rồi.",
    "Tiếng rao đêm lẫn vào tiếng mưa, nghe xa như từ một phố khác vọng lại.", "Cây gạo đầu đình năm nay nở muộn, {n} ngày sau rằm mới bật bông đầu tiên.", "{x} lấy khăn lau kính, nhìn mãi bức ảnh cũ rồi thở dài.",
    "Xưởng mộc của ông {x} có {n} người thợ, người nào cũng quen mùi gỗ mít.", "Nắng tháng ba hong khô những mái ngói còn rêu.", "Khách xuống ga lúc nửa đêm, chỉ thấy một ngọn đèn và con mèo ngủ trên ghế.", "Bọn trẻ gom được {m} nghìn đồng tiền ve chai để mua quả bóng mới.",
    "Chợ tan, gió cuốn lá chuối khô chạy lạo xạo qua sân gạch.", "Hồi ấy, muốn sang bên kia sông phải đợi con nước ròng.", "Bà {x} nhớ từng gốc cau, từng bờ giậu của khu vườn đã bán.", "Nhà ai vừa nướng cá, khói thơm len qua hàng rào dâm bụt.", "Anh lính trẻ viết thư bằng mực tím, chữ nghiêng như lúa gặp gió.",
    "Người thợ rèn gõ búa {n} nhịp rồi dừng, lắng nghe sắt nguội.", "Trên gác, chiếc quạt cũ quay chậm như kể chuyện đời nó.", "Cô giáo {x} đi bộ {n} cây số mỗi tuần để đến điểm trường bản.", "Sương tan, đỉnh núi hiện ra xanh như vừa gội.",
    "Mùa nước nổi, bông điên điển vàng rực hai bên bờ kênh.", "Có những buổi chiều mưa, cả xóm ngồi quây quần bên nồi khoai luộc.", "Chiếc đồng hồ quả lắc trên tường đã chết máy từ năm nào, không ai buồn lên dây.",
)  # fmt: skip


def _story(w: Writer, count: int) -> str:
    chosen = w.rng.sample(_STORY[w.half :: 2], count)
    return " ".join(s.format(x=w.name(), n=w.number(7, 89), m=w.number(90, 400)) for s in chosen)


def _invoice(p: Paper, w: Writer) -> None:
    title(p, w.one(["HÓA ĐƠN GIÁ TRỊ GIA TĂNG", "HÓA ĐƠN BÁN HÀNG"]), f"Ngày {w.spoken(w.day())}", colour=RED)
    p.pairs(
        [
            ("Ký hiệu:", f"1C{w.number(22, 26)}T{w.one(['AA', 'BK', 'YY'])}"),
            ("Số:", f"{w.number(1, 99999):08d}"),
        ]
    )
    rows(p, [[("Đơn vị bán hàng:", f"CÔNG TY TNHH {w.thing('companies').upper()} {w.thing('company_names').upper()}")], [("Mã số thuế:", tax_code(w.rng))], [("Địa chỉ:", w.address())],
             [("Họ tên người mua hàng:", w.name())], [("Hình thức thanh toán:", w.one(["TM/CK", "Chuyển khoản"]))]])  # fmt: skip
    table, total = [["STT", "Tên hàng hóa, dịch vụ", "ĐVT", "SL", "Đơn giá", "Thành tiền"]], 0
    for i, thing in enumerate(w.some("goods", w.number(3, 7))):
        count, price = w.number(1, 30), w.number(5, 300) * 1000
        total += count * price
        table.append([str(i + 1), thing, w.thing("units"), str(count), dotted(price), dotted(count * price)])
    p.table(
        [0.08, 0.36, 0.1, 0.08, 0.17, 0.21],
        table,
        aligns=["centre", "left", "centre", "centre", "right", "right"],
    )
    tax = total * 8 // 100
    rows(
        p,
        [
            [("Cộng tiền hàng:", dotted(total))],
            [("Thuế suất GTGT: 8 %, tiền thuế GTGT:", dotted(tax))],
            [("Tổng cộng tiền thanh toán:", dotted(total + tax))],
            [("Số tiền viết bằng chữ:", in_words(total + tax).capitalize() + " đồng")],
        ],
    )
    bold = p.style.but(bold=True)
    p.columns([("Người mua hàng", bold)], [("Người bán hàng", bold)], share=0.5)


def _resume(p: Paper, w: Writer) -> None:
    x = w.person(born=(1982, 2004))
    p.centred(x.name.upper(), p.style.but(bold=True, size=p.style.size + 8))
    p.centred(f"{w.job().capitalize()} - {w.phone()}", p.style.but(colour=BLUE))
    p.skip(4)
    for part in ("THÔNG TIN CÁ NHÂN", "HỌC VẤN", "KINH NGHIỆM LÀM VIỆC", "KỸ NĂNG VÀ SỞ THÍCH"):
        p.para(f"**{part}**", first_mm=0)
        p.sheet.rule(p.left, p.right, p.y - 6)
        if part.startswith("THÔNG"):
            rows(
                p,
                [
                    [("Ngày sinh:", f"{x.birth:%d/%m/%Y}"), ("Giới tính:", x.sex)],
                    [("Chỗ ở hiện tại:", x.home)],
                ],
            )
        for _ in range(2):
            year = w.number(2008, 2022)
            items = [
                "Thành thạo bảng tính và soạn thảo văn bản",
                "Giao tiếp tiếng Anh ở mức khá",
                "Thích đá bóng, đọc sách trinh thám",
                f"{year} - {year + 3}: {w.job()} tại Công ty {w.thing('company_names')}",
                f"{year}: Tốt nghiệp Trường Cao đẳng nghề {w.province}, loại khá",
            ]
            p.para(f"- {w.one(items)}", first_mm=0)
    p.para(
        "Tôi tin rằng sự chăm chỉ và tinh thần ham học hỏi sẽ giúp tôi hoàn thành tốt công việc được giao.",
        first_mm=0,
    )


def _recipe(p: Paper, w: Writer) -> None:
    p.centred(f"Cách nấu {w.thing('dishes')}", p.style.but(bold=True, size=p.style.size + 6))
    p.skip(3)
    p.para("**Nguyên liệu:**", first_mm=0)
    for item in w.rng.sample(
        [
            "thịt ba chỉ",
            "tôm tươi",
            "hành tím",
            "nước mắm ngon",
            "đường phèn",
            "rau thơm",
            "bột gạo",
            "dừa nạo",
            "giá đỗ",
            "trứng vịt",
        ],
        6,
    ):
        p.para(f"- {w.number(1, 9) * 50} g {item}", first_mm=0, after_mm=0.3)
    p.para("**Cách làm:**", first_mm=0)
    steps = [
        "Rửa sạch nguyên liệu, để ráo rồi thái miếng vừa ăn.",
        "Phi thơm hành, cho thịt vào xào săn trên lửa lớn.",
        "Đổ nước xâm xấp, hạ lửa, đun liu riu {n} phút.",
        "Nêm nếm lại cho vừa miệng, rắc tiêu và hành lá.",
        "Ướp với mắm, đường trong {n} phút cho ngấm.",
        "Bày ra đĩa, ăn nóng kèm rau sống và bún.",
    ]
    for i, step in enumerate(w.rng.sample(steps, 5)):
        p.para(f"Bước {i + 1}: {step.format(n=w.number(10, 45))}")


def _leaflet(p: Paper, w: Writer) -> None:
    p.skip(8)
    p.centred(
        w.one(["KHAI TRƯƠNG TƯNG BỪNG", "GIẢM GIÁ CUỐI MÙA", "TUYỂN SINH KHÓA MỚI"]),
        p.style.but(bold=True, size=p.style.size + 14, colour=RED),
    )
    p.centred(
        f"{w.one(['Siêu thị', 'Phòng khám nha khoa', 'Trung tâm ngoại ngữ', 'Cửa hàng điện máy'])} {w.thing('company_names')}",
        p.style.but(bold=True, size=p.style.size + 6, colour=BLUE),
    )
    p.skip(6)
    p.centred(f"Giảm đến {w.number(1, 7) * 10} % toàn bộ sản phẩm", p.style.but(size=p.style.size + 4))
    p.centred(f"Quà tặng cho {w.number(2, 30) * 10} khách hàng đầu tiên", p.style.but(size=p.style.size + 2))
    p.skip(6)
    for text in w.rng.sample(
        [
            "Mua hai tặng một các mặt hàng gia dụng",
            "Tư vấn miễn phí, không phụ thu cuối tuần",
            "Bốc thăm trúng xe đạp điện mỗi ngày",
            "Cam kết hoàn tiền nếu không hài lòng",
            "Giữ xe miễn phí, phục vụ tận tâm",
        ],
        4,
    ):
        p.centred(f"• {text}")
    p.skip(6)
    p.centred(
        f"Từ ngày {w.number(1, 12):02d}/{w.number(1, 12):02d} đến hết tháng - Hotline {w.phone()}",
        p.style.but(bold=True),
    )


def _timetable(p: Paper, w: Writer) -> None:
    title(p, f"THỜI KHÓA BIỂU LỚP {w.number(1, 12)}{w.one('ABC')}", f"(Áp dụng từ tuần {w.number(1, 30)})")
    subjects = [
        "Toán",
        "Ngữ văn",
        "Tiếng Anh",
        "Lịch sử",
        "Địa lý",
        "Vật lý",
        "Hóa học",
        "Sinh học",
        "Thể dục",
        "Âm nhạc",
        "Mỹ thuật",
        "Tin học",
    ]
    table = [["Tiết", "Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6"]]
    table += [[str(i + 1), *[w.one(subjects) for _ in range(5)]] for i in range(w.number(5, 9))]
    p.table([0.1, *[0.18] * 5], table, aligns=["centre"] * 6)
    p.para(
        f"Giáo viên chủ nhiệm: {w.title_name()}. Học sinh mặc đồng phục vào thứ hai và thứ sáu.", first_mm=0
    )


def _statement(p: Paper, w: Writer) -> None:
    p.para(f"**{w.thing('banks').upper()}**", first_mm=0)
    title(p, "SAO KÊ TÀI KHOẢN")
    rows(
        p,
        [
            [("Chủ tài khoản:", w.name().upper())],
            [("Số tài khoản:", f"{w.number(10**9, 10**13 - 1)}"), ("Loại tiền:", "VND")],
        ],
    )
    table, left = [["Ngày", "Diễn giải", "Ghi nợ", "Ghi có", "Số dư"]], w.number(5, 90) * 1_000_000
    for _ in range(w.number(8, 14)):
        amount, out = w.number(1, 60) * 50_000, w.chance(0.5)
        left += -amount if out else amount
        table.append(
            [
                f"{w.day(2025):%d/%m/%Y}",
                w.one(["Rút tiền ATM", "Chuyển khoản", "Thanh toán thẻ", "Lương tháng", "Phí dịch vụ"]),
                dotted(amount) if out else "",
                "" if out else dotted(amount),
                dotted(abs(left)),
            ]
        )
    p.table([0.17, 0.27, 0.18, 0.18, 0.2], table, aligns=["centre", "left", "right", "right", "right"])


def _prescription(p: Paper, w: Writer) -> None:
    p.centred(f"PHÒNG KHÁM ĐA KHOA {w.thing('company_names').upper()}", p.style.but(bold=True))
    title(p, "ĐƠN THUỐC")
    rows(
        p,
        [
            [("Họ tên người bệnh:", w.name()), ("Tuổi:", str(w.number(3, 88)))],
            [("Địa chỉ:", w.address())],
            [
                (
                    "Chẩn đoán:",
                    w.one(
                        [
                            "Viêm họng cấp",
                            "Đau dạ dày",
                            "Tăng huyết áp",
                            "Viêm mũi dị ứng",
                            "Đau lưng mạn tính",
                        ]
                    ),
                )
            ],
        ],
    )
    drugs = [
        "Paracetamol 500 mg",
        "Amoxicillin 500 mg",
        "Omeprazol 20 mg",
        "Vitamin C 500 mg",
        "Loratadin 10 mg",
        "Amlodipin 5 mg",
        "Cao sao vàng",
        "Men tiêu hóa",
    ]
    for i, drug in enumerate(w.rng.sample(drugs, w.number(3, 5))):
        p.para(f"{i + 1}. **{drug}** - số lượng: {w.number(6, 40):02d} viên", first_mm=0, after_mm=0.3)
        p.para(f"//Sáng {w.number(1, 2)} viên, tối {w.number(1, 2)} viên, uống sau ăn//", first_mm=8)
    p.para(f"Hẹn tái khám sau {w.number(5, 30)} ngày. Mang theo đơn này khi đến khám lại.", first_mm=0)
    where_when(p, w, f"Ngày {w.spoken(w.day())}")
    signed(p, w, ["BÁC SĨ ĐIỀU TRỊ"], w.name(), gap=3)


def _letter(p: Paper, w: Writer) -> None:
    p.row_right(f"{w.province}, {w.day():%d/%m/%Y}", p.style.but(italic=True))
    p.skip(4)
    p.para(f"{w.one(['Bạn', 'Anh', 'Chị', 'Em'])} {w.name().split()[-1]} thân mến,", first_mm=0)
    for _ in range(w.number(3, 5)):
        p.para(_story(w, w.number(2, 4)))
    p.para(
        w.one(
            [
                "Thư đã dài, mình dừng bút ở đây. Chúc cả nhà mạnh khỏe.",
                "Nhớ viết cho mình nhé, mong tin từng ngày.",
            ]
        )
    )
    p.row_right(w.name().split()[-1], p.style.but(italic=True))


def _wedding(p: Paper, w: Writer) -> None:
    frame(p, (190, 150, 60))
    p.skip(18)
    p.centred(
        w.one(["THIỆP MỜI", "TRÂN TRỌNG BÁO TIN LỄ THÀNH HÔN"]),
        p.style.but(bold=True, size=p.style.size + 8, colour=RED),
    )
    p.skip(8)
    bride, groom = w.person(True), w.person(False)
    p.columns(
        [("Ông bà nhà trai", p.style), (w.name(False), p.style), (w.name(True), p.style)],
        [("Ông bà nhà gái", p.style), (w.name(False), p.style), (w.name(True), p.style)],
        share=0.5,
    )
    p.skip(8)
    for text, bold in ((groom.name, True), ("&", False), (bride.name, True)):
        p.centred(text, p.style.but(bold=bold, size=p.style.size + 6, colour=BLUE))
    p.skip(8)
    p.centred(f"Tiệc cưới tổ chức lúc {w.number(9, 18)} giờ 00, ngày {w.day(2025):%d/%m/%Y}")
    p.centred(f"tại nhà hàng {w.thing('company_names')}, {w.address()}")
    p.centred(
        "Sự hiện diện của quý khách là niềm vinh hạnh cho gia đình chúng tôi.", p.style.but(italic=True)
    )


def _book(p: Paper, w: Writer) -> None:
    p.centred(str(w.number(12, 480)), p.style.but(size=p.style.size - 1))
    p.skip(3)
    p.centred(f"Chương {w.number(2, 24)}", p.style.but(bold=True, size=p.style.size + 4))
    p.skip(4)
    for _ in range(w.number(5, 8)):
        p.para(_story(w, w.number(3, 6)))
        if w.chance(0.5):
            p.para(
                f"- {w.one(['Thôi, về đi con.', 'Bao giờ thì mưa?', 'Tôi cũng chẳng biết nữa.', 'Chờ thêm một lát đã.'])}"
            )


def _exam(p: Paper, w: Writer) -> None:
    p.columns(
        [
            (f"TRƯỜNG THCS {w.commune.upper()}", p.style.but(bold=True)),
            (f"Mã đề: {w.number(101, 480)}", p.style),
        ],
        [
            (f"ĐỀ KIỂM TRA HỌC KỲ {w.one(['I', 'II'])}", p.style.but(bold=True)),
            (
                f"Môn: {w.one(['Toán', 'Lịch sử', 'Địa lý'])} - Thời gian: {w.number(3, 12) * 15} phút",
                p.style,
            ),
        ],
        share=0.45,
    )
    p.skip(4)
    for i in range(w.number(7, 10)):
        a, b = w.number(12, 98), w.number(3, 40)
        asks = [
            f"Tính giá trị của biểu thức {a} + {b} x {w.number(2, 9)}.",
            f"Một xe đi {a} km trong {b} phút. Tính vận tốc trung bình.",
            f"Năm nay mẹ {a} tuổi, con {b} tuổi. Hỏi mấy năm nữa tuổi mẹ gấp đôi tuổi con?",
            f"Kể tên hai con sông chảy qua tỉnh {w.province}.",
            f"Thửa ruộng dài {a} m, rộng {b} m. Tính diện tích.",
        ]
        p.para(f"**Câu {i + 1}.** {w.one(asks)}", first_mm=0, after_mm=0.5)
        values = [decimal(w.number(20, 9000) / 10) for _ in range(4)]
        p.pairs([(f"{letter}.", v) for letter, v in zip("ABCD", values, strict=True)])
    p.centred("--- Hết ---")


_SORTS: tuple[Callable[[Paper, Writer], None], ...] = (
    _menu, _prices, _merit, _poem, _news, _invoice, _resume, _recipe, _leaflet, _timetable, _statement, _prescription, _letter, _wedding, _book, _exam,
)  # fmt: skip


@maker("khac", len(_SORTS))
def something_else(w: Writer, layout: int, draw: bool) -> tuple[Paper, Fields]:
    """One of the sixteen sorts."""
    p = new_paper(w, draw, serif=0.55, leading=w.one([1.3, 1.4]))
    p.number_pages = False
    _SORTS[layout](p, w)
    return p, {}
