# ruff: noqa: E501 - each paper on few lines
"""Invented papers of no listed type, in the layout language of :mod:`tests.factories`; none is in the data files."""

HEAD = "CÔNG TY CỔ PHẦN SAO MAI || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n|| Độc lập - Tự do - Hạnh phúc\n"
MOTTO = "^CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n^Độc lập - Tự do - Hạnh phúc\n"

OTHERS = {
    "menu": "^QUÁN CƠM BÀ TƯ\n^THỰC ĐƠN HÔM NAY\nCơm sườn 35.000 đ\nCanh khổ qua 15.000 đ\nTrà đá miễn phí\n",
    "drinks": "^TIỆM CÀ PHÊ GÓC PHỐ\nCà phê sữa đá 25.000\nBạc xỉu 29.000\nSinh tố bơ 40.000\nNước ép cam 35.000\n",
    "poem": "^Mưa tháng Sáu\nMưa rơi trên lá bàng xanh\nTiếng ve gọi nắng trên cành ngủ quên\nEm đi qua phố không đèn\n",
    "cv": "^LÊ PHƯƠNG LINH\n^Chuyên viên kế toán\nThông tin cá nhân\nĐiện thoại: 0900 000 000\nHọc vấn: Cử nhân kế toán\n"
    "Kinh nghiệm: 5 năm kế toán tổng hợp\nKỹ năng: Excel, MISA\n",
    "invoice": "^HÓA ĐƠN BÁN HÀNG\nKý hiệu: 2C25TBB Số: 0000457\nNgười bán: Cửa hàng vật liệu xây dựng\n"
    "STT || Tên hàng || Số lượng || Đơn giá || Thành tiền\n1 || Xi măng || 10 || 90.000 || 900.000\n",
    "diploma": MOTTO
    + "^GIÁM ĐỐC ĐẠI HỌC QUỐC GIA\n^cấp\n^BẰNG CỬ NHÂN\nNgành: Luật\nCho: Ông Hà Văn Sáng\nXếp loại: Giỏi\n",
    "school diploma": MOTTO
    + "^BẰNG TỐT NGHIỆP TRUNG HỌC PHỔ THÔNG\nHọ và tên: Đỗ Thu Hà\nHọc sinh trường: THPT số 1\n",
    "newspaper": "^NHỊP SỐNG TRẺ\nThứ Sáu, 12/9/2025\nGiá vàng trong nước sáng nay tiếp tục tăng mạnh\n"
    "Theo khảo sát của phóng viên, các cửa hàng niêm yết giá mua vào\n",
    "driving licence": "BỘ GTVT || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n^GIẤY PHÉP LÁI XE\nSố/No: 480123\nHạng/Class: A1\n",
    "prescription": "PHÒNG KHÁM NHI ĐỒNG\n^ĐƠN THUỐC\nHọ tên: Bé Na\nChẩn đoán: sốt siêu vi\n1. Hạ sốt, ngày 3 lần\n",
    "blood test": "BỆNH VIỆN QUẬN\n^PHIẾU XÉT NGHIỆM SINH HÓA MÁU\nHọ và tên: Trần A\nGlucose 5,4 mmol/L\nCholesterol 4,2\n",
    "health certificate": HEAD
    + "^GIẤY KHÁM SỨC KHỎE\nHọ và tên: Vũ B\nTiền sử bệnh: không\nKhám lâm sàng: nội khoa, ngoại khoa\n",
    "wedding": "^Trân trọng kính mời\nTới dự tiệc chung vui cùng gia đình chúng tôi\nTại nhà hàng Hoa Cau, vào lúc 17 giờ\n",
    "report card": "TRƯỜNG THCS LÊ LỢI\n^PHIẾU LIÊN LẠC\nHọc sinh: Ngô C\nToán 8,5\nNgữ văn 7,9\nHạnh kiểm: Tốt\n",
    "exam": "SỞ GIÁO DỤC VÀ ĐÀO TẠO || ĐỀ THI HỌC SINH GIỎI\n|| Môn thi: Hóa học\nCâu 1. Cân bằng phương trình\nCâu 2. Tính nồng độ\n",
    "price list": "^BẢNG BÁO GIÁ\n^Cửa nhôm kính\nKính gửi: Quý khách hàng\nSTT || Hạng mục || Đơn giá\n1 || Cửa lùa || 1.900.000\n",
    "payment slip": "^PHIẾU CHI\nHọ tên người nhận tiền: Mai D\nLý do chi: mua văn phòng phẩm\nSố tiền: 500.000\n",
    "delivery note": "^PHIẾU XUẤT KHO\nNgười nhận hàng: Kho 2\nXuất tại kho: chính\n1 || Giấy A4 || ram || 20\n",
    "work rules": HEAD
    + "^NỘI QUY LAO ĐỘNG\nChương I. Thời giờ làm việc\nĐiều 1. Thời giờ làm việc trong ngày\n",
    "regulation": HEAD
    + "Số: 09/QĐi-SM\n^QUY ĐỊNH\n^Về quản lý và sử dụng xe ô tô\nĐiều 1. Phạm vi áp dụng\nĐiều 2. Đối tượng\n",
    "charter": HEAD
    + "^ĐIỀU LỆ CÔNG TY\nĐiều 1. Hình thức, tên gọi và trụ sở\nĐiều 2. Ngành nghề kinh doanh\n",
    "directive": "UBND TỈNH || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 02/CT-UBND || Độc lập - Tự do - Hạnh phúc\n^CHỈ THỊ\n"
    "^Về việc tăng cường quản lý tài nguyên\nThời gian qua, công tác quản lý còn hạn chế\n",
    "circular": "BỘ Y TẾ || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 07/2025/TT-BYT || Độc lập - Tự do - Hạnh phúc\n^THÔNG TƯ\n"
    "^Quy định về hồ sơ bệnh án điện tử\nĐiều 1. Phạm vi điều chỉnh\n",
    "introduction": HEAD
    + "Số: 21/GGT-SM\n^GIẤY GIỚI THIỆU\n^Kính gửi: Kho bạc Nhà nước\nGiới thiệu bà Lý E đến liên hệ công tác\n",
    "leave": HEAD + "^GIẤY NGHỈ PHÉP\nCấp cho: Ông Tô G\nNghỉ phép năm 2025 từ ngày 01/8 đến ngày 05/8\n",
    "travel": HEAD
    + "^GIẤY ĐI ĐƯỜNG\nCấp cho: Bà H\nĐược cử đi công tác tại: Huế\nNơi đi || Nơi đến || Ngày || Phương tiện\n",
    "autobiography": MOTTO
    + "^SƠ YẾU LÝ LỊCH\nHọ và tên khai sinh: Phan I\nNơi ở hiện nay:\nQuá trình công tác của bản thân\n",
    "will": MOTTO
    + "^DI CHÚC\nTôi là Trương K, minh mẫn, sáng suốt\nSau khi tôi qua đời, tài sản được chia như sau\n",
    "complaint": MOTTO
    + "^ĐƠN KHIẾU NẠI\n^Kính gửi: Chủ tịch UBND xã\nTôi không đồng ý với kết quả giải quyết\n",
    "commitment": MOTTO + "^BẢN CAM KẾT\nTôi cam kết không kinh doanh hàng giả\nNgười cam kết\n",
    "self review": MOTTO
    + "^BẢN KIỂM ĐIỂM CÁ NHÂN\nHọ tên: Lưu M\nƯu điểm: chấp hành tốt\nKhuyết điểm: đôi khi đi muộn\n",
    "birth notice": "BỆNH VIỆN || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n^GIẤY CHỨNG SINH\nHọ và tên mẹ: Đào N\nĐã sinh con vào lúc 5 giờ\n",
    "death notice": "BỆNH VIỆN || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n^GIẤY BÁO TỬ\nHọ, chữ đệm, tên: Ông P\nĐã tử vong vào lúc 3 giờ\n",
    "vehicle": "CÔNG AN TỈNH || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n^CHỨNG NHẬN ĐĂNG KÝ XE MÔ TÔ, XE GẮN MÁY\nTên chủ xe: R\nSố khung:\n",
    "course": HEAD + "^GIẤY CHỨNG NHẬN\nÔng/Bà: S\nĐã hoàn thành lớp bồi dưỡng nghiệp vụ văn thư\n",
    "merit": MOTTO
    + "^GIẤY KHEN\n^CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ\nTặng: Em T\nĐạt thành tích xuất sắc trong học tập\n",
    "income": HEAD + "^GIẤY XÁC NHẬN THU NHẬP\nXác nhận ông U công tác tại đơn vị có mức lương hàng tháng\n",
    "bank statement": "NGÂN HÀNG TMCP PHƯƠNG ĐÔNG\n^SAO KÊ TÀI KHOẢN\nChủ tài khoản: V\nNgày || Diễn giải || Ghi nợ || Ghi có || Số dư\n",
    "ticket": "BẾN XE MIỀN TÂY\n^VÉ XE KHÁCH\nTuyến: Cần Thơ - Cà Mau\nGiờ xuất bến: 7h30 Số ghế: 12\n",
    "recipe": "Cách làm bánh xèo\nNguyên liệu: bột gạo, nghệ, nước cốt dừa\nBước 1: pha bột\nBước 2: đổ bánh\n",
    "manual": "^SÁCH HƯỚNG DẪN SỬ DỤNG\nMáy giặt lồng ngang\nLưu ý an toàn\nKhông để trẻ em chơi gần máy\n",
    "timetable": "TRƯỜNG TIỂU HỌC\n^THỜI KHÓA BIỂU LỚP 4B\nThứ 2 || Thứ 3 || Thứ 4\nToán || Tiếng Việt || Khoa học\n",
    "wish list": "Danh sách quà tặng\n1. Gấu bông\n2. Hộp bút\n3. Sách tô màu\n",
    "letter home": "Đà Lạt, mùa đông\nBố mẹ kính mến\nCon viết thư này khi ngoài trời đang mưa. Công việc của con vẫn tốt\n",
    "speech": "Kính thưa các đồng chí!\nHôm nay chúng ta họp mặt để ôn lại truyền thống vẻ vang\n",
    "insurance": "^BẢO HIỂM XÃ HỘI VIỆT NAM\n^SỔ BẢO HIỂM XÃ HỘI\nHọ và tên: X\nSố sổ: 7912345678\n",
    "loan": "^GIẤY VAY NỢ\nTôi có vay của bà Y số tiền 20 triệu, hẹn một năm trả\n",
    "shares": HEAD + "^SỔ ĐĂNG KÝ CỔ ĐÔNG\nSTT || Tên cổ đông || Số cổ phần\n",
    "site diary": HEAD
    + "^NHẬT KÝ THI CÔNG\nCông trình: nhà kho\nThời tiết: nắng\nCông việc: đổ bê tông móng\n",
    "program": "^CHƯƠNG TRÌNH VĂN NGHỆ\n1. Tốp ca\n2. Đơn ca\n3. Múa dân gian\n",
}
