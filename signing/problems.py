"""What a verification can find wrong, as codes with the sentences for clerks and for logs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One row of the table. ``breaks``: the verdict is ``invalid``; else trust alone is missing."""

    code: str
    breaks: bool
    vietnamese: str
    english: str


_ROWS = (
    Problem(
        "unreadable",
        True,
        "Không đọc được cấu trúc chữ ký hoặc dấu thời gian.",
        "the signature or time-stamp cannot be parsed",
    ),
    Problem(
        "digest_differs",
        True,
        "Nội dung đã ký bị thay đổi sau khi ký.",
        "the signed bytes are not those that were signed",
    ),
    Problem(
        "signature_broken",
        True,
        "Chữ ký không khớp với khoá trong chứng thư.",
        "the signature value does not fit the certificate's key",
    ),
    Problem(
        "unclear_coverage",
        True,
        "Chữ ký không bao phủ trọn tệp hoặc trọn một phiên bản của tệp.",
        "the signature covers neither the whole file nor a whole revision of it",
    ),
    Problem(
        "forbidden_changes",
        True,
        "Sau khi ký, tệp bị sửa theo cách không được phép.",
        "what was added after signing changes what a reader sees, or cannot be explained",
    ),
    Problem(
        "uncovered_tail",
        True,
        "Có dữ liệu nối thêm vào cuối tệp, ngoài mọi chữ ký.",
        "bytes follow the last end-of-file mark: they belong to no revision",
    ),
    Problem(
        "timestamp_broken",
        True,
        "Dấu thời gian của chữ ký bị hỏng.",
        "the signature's time-stamp is broken: the time is only what the signer claimed",
    ),
    Problem(
        "timestamp_untrusted",
        False,
        "Dấu thời gian không do tổ chức được tin cậy cấp.",
        "the signature's time-stamp does not lead to a trusted root: its time proves nothing",
    ),
    Problem(
        "untrusted_chain",
        False,
        "Chứng thư không thuộc tổ chức chứng thực được tin cậy.",
        "no chain from the certificate to a trusted root",
    ),
    Problem(
        "expired",
        False,
        "Chứng thư đã hết hạn, không có dấu thời gian chứng minh ký trước đó.",
        "the certificate is out of term, and no time-stamp proves an earlier signature",
    ),
    Problem("not_yet_valid", False, "Chứng thư chưa có hiệu lực.", "the certificate is not valid yet"),
    Problem(
        "revoked",
        False,
        "Chứng thư đã bị thu hồi khi ký.",
        "the certificate was revoked at the time of signing",
    ),
    Problem(
        "revocation_unknown",
        False,
        "Không có thông tin thu hồi còn giá trị trong tệp.",
        "the file's revocation answers are too old for the time they are asked for",
    ),
    Problem(
        "wrong_usage",
        False,
        "Chứng thư không được cấp để ký tài liệu.",
        "the certificate's key usage does not allow to sign documents",
    ),
)

PROBLEMS: dict[str, Problem] = {row.code: row for row in _ROWS}
"""Every code that ``problems`` of a verification can hold."""
