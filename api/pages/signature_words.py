"""The words that clerks read about results and signatures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from api.v1.values import VIETNAM
from signing.problems import PROBLEMS

RESULT_STATES: Mapping[str, tuple[str, str]] = {
    "waiting": ("Chờ ký", "doubt"),
    "signed": ("Đã ký, đã phát hành", "ok"),
    "refused": ("Bị từ chối ký", "bad"),
}
RESULT_KINDS: Mapping[str, str] = {"result": "Kết quả giải quyết"}
ROLES: Mapping[str, str] = {"officer": "Người ký", "agency": "Cơ quan ký"}

VERDICTS: Mapping[str, tuple[str, str, str]] = {
    "valid": ("Hợp lệ", "ok", "Mọi chữ ký còn nguyên vẹn, chứng thư được tin cậy."),
    "untrusted": (
        "Chưa đủ tin cậy",
        "doubt",
        "Nội dung còn nguyên vẹn, nhưng có chứng thư không được tin cậy hoặc đã hết hạn.",
    ),
    "invalid": (
        "Không hợp lệ",
        "bad",
        "Có chữ ký hỏng, hoặc tệp bị sửa sau khi ký. Không dùng tệp này.",
    ),
    "unsigned": ("Chưa được ký", "", "Tệp không có chữ ký số nào."),
}
COVERAGE: Mapping[str, str] = {
    "whole_file": "toàn bộ tệp",
    "whole_revision": "toàn bộ tệp tại lúc ký",
    "partial": "chỉ một phần tệp",
    "unclear": "không xác định được",
}
CHANGES: Mapping[str, str] = {
    "none": "không có",
    "permitted": "có, được phép (thêm chữ ký, dấu thời gian, dữ liệu kiểm tra)",
    "forbidden": "có, không được phép",
}
LEVELS: Mapping[str, str] = {
    "B-B": "PAdES B-B, chưa có dấu thời gian",
    "B-T": "PAdES B-T, có dấu thời gian",
    "B-LT": "PAdES B-LT, kèm đủ dữ liệu kiểm tra lâu dài",
    "B-LTA": "PAdES B-LTA, kèm dấu thời gian lưu trữ",
    "CMS": "không theo PAdES",
}


def problem_words(code: str) -> str:
    """What a problem code of a verification says to a clerk."""
    known = PROBLEMS.get(code)
    return known.vietnamese if known else code


def exact_moment(at: str | datetime | None) -> str:
    """``24/11/2026 15:04:30``, Vietnam's time."""
    if at is None:
        return "không rõ"
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S")
