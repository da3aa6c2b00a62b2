"""The words that clerks read: names of fields, states, events and places, in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from api.v1.values import DATE_FIELDS, VIETNAM

MEGA = 1024 * 1024
UNTOLD = frozenset({"intake_claim", "intake_hand_back", "intake_attach"})
"""Events that tell a clerk nothing: another one stands beside them."""

FIELDS: Mapping[str, str] = {
    "so_ky_hieu": "Số, ký hiệu",
    "so": "Số",
    "ngay_ban_hanh": "Ngày ban hành",
    "co_quan_ban_hanh": "Cơ quan ban hành",
    "trich_yeu": "Trích yếu",
    "nguoi_ky": "Người ký",
    "chuc_vu_nguoi_ky": "Chức vụ người ký",
    "ho_ten": "Họ và tên",
    "ngay_sinh": "Ngày sinh",
    "gioi_tinh": "Giới tính",
    "dan_toc": "Dân tộc",
    "quoc_tich": "Quốc tịch",
    "noi_sinh": "Nơi sinh",
    "que_quan": "Quê quán",
    "noi_cu_tru": "Nơi cư trú",
    "so_dinh_danh": "Số định danh cá nhân",
    "ho_ten_cha": "Họ tên cha",
    "ho_ten_me": "Họ tên mẹ",
    "ho_ten_vo": "Họ tên vợ",
    "ho_ten_chong": "Họ tên chồng",
    "ngay_dang_ky": "Ngày đăng ký",
    "chu_dau_tu": "Chủ đầu tư",
    "ben_uy_quyen": "Bên uỷ quyền",
    "ben_duoc_uy_quyen": "Bên được uỷ quyền",
    "nguoi_nop": "Người nộp",
    "so_tien": "Số tiền",
    "ma_ho_so": "Mã hồ sơ",
    "thua_dat": "Thửa đất số",
    "to_ban_do": "Tờ bản đồ số",
    "dien_tich": "Diện tích",
    "ma_so_doanh_nghiep": "Mã số doanh nghiệp",
    "ten_doanh_nghiep": "Tên doanh nghiệp",
}

INTAKE_STATES: Mapping[str, tuple[str, str]] = {
    "received": ("Đang chờ đọc", "busy"),
    "working": ("Đang đọc", "busy"),
    "attached": ("Đã đọc xong", "ok"),
    "failed": ("Không đọc được", "bad"),
    "closed": ("Đã đóng", ""),
}
"""The words and the look of each state."""

DOCUMENT_STATES: Mapping[str, tuple[str, str]] = {
    "ready": ("Đạt", "ok"),
    "to_check": ("Cần kiểm tra", "doubt"),
    "confirmed": ("Đã xác nhận", "ok"),
}

CHANNELS: Mapping[str, str] = {
    "counter": "Tại quầy",
    "post": "Bưu điện chuyển",
    "batch": "Gửi theo lô",
    "folder": "Thư mục quét",
}

SOURCES: Mapping[str, str] = {
    "print": "chữ in",
    "qr": "mã QR",
    "mrz": "dòng MRZ",
    "handwriting": "chữ viết tay",
    "person": "người nhập",
}

EVENTS: Mapping[str, str] = {
    "dossier_opened": "Mở hồ sơ",
    "dossier_places_filled_in": "Ghi thêm nơi hỗ trợ, nơi tiếp nhận hoặc cơ quan giải quyết",
    "intake_received": "Nhận tệp",
    "intake_sent_again": "Tệp được gửi lại, giữ bản đầu tiên",
    "intake_claim": "Bắt đầu đọc",
    "intake_attach": "Đọc xong, gắn giấy tờ vào hồ sơ",
    "intake_refuse": "Không đọc được tệp",
    "intake_try_again": "Tạm dừng, sẽ đọc lại",
    "intake_give_up": "Dừng đọc, chờ người quyết định",
    "intake_hand_back": "Tạm ngừng để khởi động lại",
    "intake_retry": "Yêu cầu đọc lại",
    "intake_close": "Đóng tệp lỗi",
    "document_attached": "Thêm giấy tờ",
    "field_corrected": "Sửa thông tin",
    "type_corrected": "Sửa loại giấy tờ",
    "document_confirmed": "Xác nhận giấy tờ",
    "national_registered": "Cấp mã tài liệu (DocCode)",
    "national_changed": "Thêm phiên bản của tài liệu",
    "result_added": "Trình ký kết quả",
    "result_signed": "Ký số kết quả",
    "result_issued": "Phát hành kết quả",
    "result_refused": "Từ chối ký kết quả",
    "result_handed_out": "Chuyển kết quả cho công cụ ký riêng",
    "result_raised": "Nâng mức hoặc gia hạn chữ ký số",
}


def field_label(name: str) -> str:
    """A field's name for people; a name that is not in the table is shown as it stands."""
    return FIELDS.get(name, name)


def event_label(what: str) -> str:
    """What happened, for people."""
    return EVENTS.get(what, what)


def moment(at: datetime | None) -> str:
    """``24/11/2026 15:04`` in Vietnam's time."""
    return at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M") if at else ""


def age(at: datetime, now: datetime | None = None) -> str:
    """How long ago, roughly."""
    minutes = int(((now or datetime.now(UTC)) - at).total_seconds() // 60)
    if minutes < 1:
        return "vừa xong"
    if minutes < 60:
        return f"{minutes} phút trước"
    if minutes < 24 * 60:
        return f"{minutes // 60} giờ trước"
    return f"{minutes // (24 * 60)} ngày trước"


def size(count: int) -> str:
    """``1,2 MB`` (of 1024 x 1024 bytes, as Windows shows it)."""
    if count < 1024:
        return f"{count} byte"
    if count < MEGA:
        return f"{round(count / 1024)} KB"
    return f"{count / MEGA:.1f} MB".replace(".", ",").replace(",0 ", " ")


def percent(share: float) -> str:
    """``98 %``, rounded down: 99.6 is not shown as certain."""
    return f"{int(share * 100)} %"


def person(by: str) -> str:
    """Who did it. A process has a name that means nothing to a clerk."""
    if "~" in by or by == "sweeper":
        return "máy đọc"
    if by == "upkeep":
        return "máy chủ ký số"
    if by.startswith("anonymous@"):
        return f"không ghi tên ({by.removeprefix('anonymous@')})"
    return by


def shown_value(value: str, name: str) -> str:
    """A field's value as clerks write it: dates are ``31/07/2025``."""
    parts = value.split("-")
    if name in DATE_FIELDS and len(parts) == 3:
        return "/".join(reversed(parts))
    return value


def ranges(numbers: Sequence[int]) -> str:
    """``1-3, 5``: rising numbers, runs drawn together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(str(end) for end in run) for run in runs)
