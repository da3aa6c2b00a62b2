"""The one table of reason codes, with their sentences for clerks (Vietnamese) and for logs (English).

A code names why a file or page was refused, why reading failed, or why a person should look. The
sentences may hold ``{values}`` that the raiser gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """Whom a reason concerns."""

    SENDER = "sender"
    MACHINE = "machine"
    REVIEW = "review"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Reason:
    """One row of the table."""

    code: str
    family: Family
    vietnamese: str
    english: str

    def in_vietnamese(self, **values: object) -> str:
        """The clerk's sentence; a value that is not known shows as ``?``."""
        return self.vietnamese.format_map(_Known(values))

    def in_english(self, **values: object) -> str:
        """The sentence for logs and the command line; a value that is not known shows as ``?``."""
        return self.english.format_map(_Known(values))


class _Known(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "" if key == "found" else "?"


_ROWS = [
    # -- the sender's file
    Reason(
        "empty_file",
        Family.SENDER,
        "Tệp rỗng (0 byte). Hãy quét hoặc gửi lại.",
        "the file is empty (0 bytes)",
    ),
    Reason(
        "unsupported_kind",
        Family.SENDER,
        "Không nhận dạng được tệp này là PDF, TIFF, JPEG, PNG hay WebP{found}. "
        "Hãy gửi lại ở một trong các định dạng đó.",
        "not a PDF, TIFF, JPEG, PNG or WebP{found}",
    ),
    Reason(
        "file_too_large",
        Family.SENDER,
        "Tệp lớn hơn mức cho phép ({limit}). Hãy chia nhỏ rồi gửi lại.",
        "the file is larger than allowed ({limit})",
    ),
    Reason(
        "too_many_pages",
        Family.SENDER,
        "Tệp có {pages} trang, nhiều hơn mức cho phép ({limit}). Hãy chia nhỏ rồi gửi lại.",
        "the file has {pages} pages, more than allowed ({limit})",
    ),
    Reason(
        "too_complex",
        Family.SENDER,
        "Tệp PDF có {objects} đối tượng, nhiều hơn mức cho phép ({limit}). Hãy in ra rồi quét lại.",
        "the PDF has {objects} objects, more than allowed ({limit})",
    ),
    Reason("no_pages", Family.SENDER, "Tệp không có trang nào.", "the file has no pages"),
    Reason(
        "damaged",
        Family.SENDER,
        "Tệp bị hỏng hoặc bị cắt cụt, không mở được. Hãy quét hoặc gửi lại.",
        "the file is damaged or cut short and cannot be opened",
    ),
    Reason(
        "password",
        Family.SENDER,
        "Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
        "the PDF needs a password to open",
    ),
    Reason(
        "unknown_encryption",
        Family.SENDER,
        "Tệp PDF được mã hoá theo cách không hỗ trợ. Hãy bỏ mã hoá rồi gửi lại.",
        "the PDF is encrypted in a way that is not supported",
    ),
    Reason(
        "polyglot",
        Family.SENDER,
        "Tệp chứa nhiều định dạng lồng nhau nên bị từ chối.",
        "the file pretends to be several kinds at once",
    ),
    Reason(
        "malware",
        Family.SENDER,
        "Tệp chứa mã độc ({name}) nên không được xử lý. Hãy báo người gửi và bộ phận an toàn thông tin.",
        "the file holds malware ({name})",
    ),
    Reason(
        "page_too_large",
        Family.SENDER,
        "Trang {page} quá lớn ({pixels} điểm ảnh, cho phép {limit}).",
        "page {page} is too large ({pixels} pixels, {limit} allowed)",
    ),
    Reason(
        "page_damaged",
        Family.SENDER,
        "Trang {page} bị hỏng, không đọc được hình ảnh. Hãy quét lại trang này.",
        "page {page} is damaged, its picture cannot be had",
    ),
    Reason(
        "all_pages_refused",
        Family.SENDER,
        "{ly_do} Không có trang nào của tệp đọc được.",
        "none of the pages could be read: {why}",
    ),
    Reason("not_found", Family.SENDER, "Không tìm thấy tệp.", "no such file"),
    Reason(
        "not_readable",
        Family.SENDER,
        "Không mở được tệp (không đủ quyền đọc).",
        "the file cannot be read: {why}",
    ),
    Reason(
        "is_folder",
        Family.SENDER,
        "Đây là thư mục, không phải tệp.",
        "a folder inside a folder is not read: name it to digitize it",
    ),
    Reason("not_a_file", Family.SENDER, "Đây không phải là tệp thông thường.", "not a regular file"),
    Reason(
        "bad_dossier_code",
        Family.SENDER,
        "Mã hồ sơ “{value}” không đúng cấu trúc. Ví dụ đúng: H49.12-251124-0007.",
        "not a dossier code: the form is like H49.12-251124-0007",
    ),
    # -- what a caller of the API or a page did
    Reason("no_such_address", Family.SENDER, "Không có địa chỉ này.", "there is nothing at this address"),
    Reason(
        "method_not_allowed",
        Family.SENDER,
        "Địa chỉ này không nhận phương thức {method}.",
        "this address does not take {method}",
    ),
    Reason(
        "invalid_request",
        Family.SENDER,
        "Yêu cầu không hợp lệ ở {where}: {why}.",
        "the request does not fit at {where}: {why}",
    ),
    Reason(
        "not_multipart",
        Family.SENDER,
        "Hãy gửi tệp bằng biểu mẫu multipart/form-data, mỗi tệp một phần có tên tệp.",
        "send files as multipart/form-data, one part with a file name for each",
    ),
    Reason(
        "upload_cut",
        Family.SENDER,
        "Việc gửi tệp bị ngắt giữa chừng hoặc sai cấu trúc. Hãy gửi lại.",
        "the upload ended early or is malformed: send it again",
    ),
    Reason(
        "request_too_large",
        Family.SENDER,
        "Lần gửi này lớn hơn mức cho phép ({limit}). Hãy chia thành nhiều lần gửi.",
        "the request is larger than allowed ({limit})",
    ),
    Reason(
        "upload_stalled",
        Family.SENDER,
        "Đường truyền ngừng quá {seconds} giây nên việc gửi tệp bị ngắt. Hãy gửi lại.",
        "nothing came for {seconds} seconds: send it again",
    ),
    Reason(
        "no_files",
        Family.SENDER,
        "Chưa có tệp nào được gửi. Hãy chọn ít nhất một tệp.",
        "no file was sent",
    ),
    Reason(
        "too_many_files",
        Family.SENDER,
        "Mỗi lần gửi tối đa {limit} tệp. Hãy chia thành nhiều lần.",
        "at most {limit} files in one request",
    ),
    Reason(
        "other_site",
        Family.SENDER,
        "Yêu cầu đến từ một trang web khác nên bị từ chối. Hãy mở lại trang này và làm lại.",
        "the request comes from another site and is refused",
    ),
    Reason(
        "unknown_host",
        Family.SENDER,
        "Tên máy chủ trong yêu cầu không đúng.",
        "the host name of the request is not one of this service",
    ),
    Reason("unknown_dossier", Family.SENDER, "Không có hồ sơ {id}.", "there is no dossier {id}"),
    Reason("unknown_intake", Family.SENDER, "Không có lần nhận tệp này.", "there is no intake {id}"),
    Reason("unknown_document", Family.SENDER, "Không có giấy tờ này.", "there is no document {id}"),
    Reason("unknown_page", Family.SENDER, "Giấy tờ không có trang {page}.", "there is no page {page}"),
    Reason("unknown_field", Family.SENDER, "Không có trường “{name}”.", "there is no field {name}"),
    Reason(
        "version_missing",
        Family.SENDER,
        "Thiếu phiên bản của giấy tờ (If-Match). Hãy tải lại trang rồi sửa.",
        "the If-Match header with the document's version is missing",
    ),
    Reason(
        "version_conflict",
        Family.SENDER,
        "Người khác vừa sửa giấy tờ này. Hãy tải lại trang để xem bản mới rồi sửa.",
        "the document has changed since that version: read it again",
    ),
    Reason(
        "not_failed",
        Family.SENDER,
        "Tệp này không ở trạng thái lỗi nên không cần đọc lại.",
        "only a failed intake can be retried",
    ),
    Reason(
        "bad_date",
        Family.SENDER,
        "“{value}” không phải là ngày có thật. Hãy nhập như 31/07/2025.",
        "not a date: use the form 2025-07-31",
    ),
    Reason(
        "bad_range",
        Family.SENDER,
        "Khoảng byte yêu cầu không hợp lệ.",
        "the requested byte range does not fit the file",
    ),
    Reason(
        "wrong_state",
        Family.SENDER,
        "Không thể làm việc này ở trạng thái hiện tại ({state}).",
        "{step} is not possible in state {state}",
    ),
    Reason(
        "already_confirmed",
        Family.SENDER,
        "Giấy tờ này đã được xác nhận.",
        "the document is confirmed already",
    ),
    Reason(
        "dossier_differs",
        Family.SENDER,
        "Hồ sơ đã ghi {place} là “{known}”, khác với “{given}”.",
        "the dossier has another {place} on record",
    ),
    # -- for systems that fetch
    Reason(
        "bad_cursor",
        Family.SENDER,
        "Mốc đọc thay đổi không thuộc cơ sở dữ liệu này. Hãy đọc lại từ đầu (since=0).",
        "the cursor is of another database: begin anew with since=0",
    ),
    Reason(
        "bad_link",
        Family.SENDER,
        "Đường dẫn không do hệ thống này cấp hoặc đã bị sửa.",
        "the link is not one of this service, or was changed",
    ),
    Reason("link_expired", Family.SENDER, "Đường dẫn đã hết hạn.", "the link has ended"),
    Reason(
        "bad_figures",
        Family.SENDER,
        "Số liệu có lỗi ở dòng {line}: {why}.",
        "the figures are wrong at line {line}: {reason}",
    ),
    # -- documents under their national codes
    Reason(
        "bad_doc_code",
        Family.SENDER,
        "Mã tài liệu “{value}” không đúng cấu trúc (mã cơ quan_loại_số thứ tự_phiên bản, tối đa 30 ký tự). "
        "Ví dụ đúng: G06.01_CV_000021_V1.",
        "not a DocCode: the form is like G06.01_CV_000021_V1",
    ),
    Reason("unknown_doc_code", Family.SENDER, "Không có tài liệu mang mã {id}.", "nothing has the code {id}"),
    Reason(
        "doc_code_taken",
        Family.SENDER,
        "Mã {doc_code} đã thuộc về tài liệu khác. Hãy dùng số thứ tự khác, hoặc tạo phiên bản mới.",
        "another document has the code {doc_code}",
    ),
    Reason(
        "newer_version",
        Family.SENDER,
        "Tài liệu đã có phiên bản mới hơn: {doc_code}. Hãy đọc phiên bản đó rồi cập nhật.",
        "there is a newer version: {doc_code}",
    ),
    Reason(
        "bad_metadata",
        Family.SENDER,
        "Siêu dữ liệu không hợp lệ ở {field}: {why}.",
        "the metadata do not fit at {field}: {reason}",
    ),
    Reason(
        "metadata_kind",
        Family.SENDER,
        "Hãy gửi siêu dữ liệu ở dạng JSON hoặc XML, hoặc kèm tệp trong biểu mẫu multipart/form-data.",
        "send the metadata as JSON or XML, or with a file as multipart/form-data",
    ),
    Reason(
        "unchecked_document",
        Family.SENDER,
        "Giấy tờ này còn chờ người kiểm tra. Hãy kiểm tra, xác nhận rồi mới cấp mã tài liệu.",
        "the document waits for a person to check it",
    ),
    # -- the machine
    Reason(
        "page_timeout",
        Family.MACHINE,
        "Trang {page} đọc quá thời gian cho phép ({seconds} giây).",
        "reading page {page} took longer than {seconds} seconds",
    ),
    Reason(
        "page_crashed",
        Family.MACHINE,
        "Chương trình đọc trang {page} dừng đột ngột.",
        "the process reading page {page} ended abruptly",
    ),
    Reason(
        "file_timeout",
        Family.MACHINE,
        "Tệp xử lý quá thời gian cho phép ({seconds} giây).",
        "the file took longer than {seconds} seconds",
    ),
    Reason(
        "recogniser_failed",
        Family.MACHINE,
        "Bộ nhận dạng chữ gặp lỗi ở trang {page}.",
        "the recogniser failed on page {page}",
    ),
    Reason(
        "recogniser_missing",
        Family.MACHINE,
        "Máy chủ thiếu bộ nhận dạng chữ Tesseract hoặc dữ liệu tiếng Việt.",
        "tesseract or its Vietnamese data is missing: run 'sohoa doctor'",
    ),
    Reason(
        "task_timeout",
        Family.MACHINE,
        "Xử lý quá thời gian cho phép ({seconds} giây).",
        "processing took longer than {seconds} seconds",
    ),
    Reason(
        "task_crashed",
        Family.MACHINE,
        "Chương trình xử lý dừng đột ngột.",
        "the process reading the file ended abruptly",
    ),
    Reason(
        "out_of_memory",
        Family.MACHINE,
        "Xử lý cần nhiều bộ nhớ hơn mức cho phép.",
        "processing needed more memory than allowed",
    ),
    Reason(
        "fonts_missing",
        Family.MACHINE,
        "Máy chủ thiếu phông chữ ({path}).",
        "a font is missing: {path}; run 'sohoa doctor'",
    ),
    Reason(
        "disk_full",
        Family.MACHINE,
        "Máy chủ hết chỗ lưu trữ. Tệp chưa được nhận, hãy gửi lại sau.",
        "no space left on the disk",
    ),
    Reason(
        "scanner_unreachable",
        Family.MACHINE,
        "Chưa kết nối được bộ quét mã độc. Tệp được giữ lại để thử lại sau.",
        "the malware scanner cannot be reached: {why}",
    ),
    Reason(
        "scanner_limit",
        Family.MACHINE,
        "Tệp lớn hơn mức mà bộ quét mã độc nhận. Hãy báo người quản trị.",
        "the malware scanner takes no file of this size: raise StreamMaxLength of clamd",
    ),
    Reason(
        "scanner_failed",
        Family.MACHINE,
        "Bộ quét mã độc gặp lỗi. Tệp được giữ lại để thử lại sau.",
        "the malware scanner failed: {why}",
    ),
    Reason(
        "interrupted",
        Family.MACHINE,
        "Việc xử lý bị gián đoạn vì chương trình dừng đột ngột.",
        "the worker fell silent while it held the file",
    ),
    Reason(
        "intake_overdue",
        Family.MACHINE,
        "Tệp xử lý quá thời gian cho phép.",
        "the file was not finished by its deadline",
    ),
    Reason(
        "claim_lost",
        Family.MACHINE,
        "Tệp đã được chuyển cho tiến trình khác xử lý.",
        "intake {intake} was taken from this worker",
    ),
    Reason(
        "database_unreachable",
        Family.MACHINE,
        "Chưa kết nối được cơ sở dữ liệu. Hãy thử lại sau.",
        "the database cannot be reached",
    ),
    Reason(
        "objects_unreachable",
        Family.MACHINE,
        "Chưa kết nối được kho lưu trữ tệp. Hãy thử lại sau.",
        "the object store cannot be reached: {why}",
    ),
    Reason(
        "object_missing",
        Family.MACHINE,
        "Không tìm thấy tệp trong kho lưu trữ.",
        "object {key} is not in the store",
    ),
    Reason(
        "object_damaged",
        Family.MACHINE,
        "Tệp trong kho lưu trữ khác với bản đã nhận.",
        "object {key} is not what was stored",
    ),
    Reason(
        "broker_unreachable",
        Family.MACHINE,
        "Chưa kết nối được hàng đợi xử lý.",
        "the broker cannot be reached: {why}",
    ),
    Reason(
        "metrics_port_taken",
        Family.MACHINE,
        "Cổng số liệu {port} đang được dùng.",
        "the ports {port} to {last} for figures are taken: SOHOA_METRICS_PORT",
    ),
    Reason(
        "workers_not_started",
        Family.MACHINE,
        "Chưa khởi động được bộ phận xử lý tệp.",
        "the workers cannot be started: {why}; is the installation whole? (make setup)",
    ),
    Reason(
        "internal",
        Family.MACHINE,
        "Hệ thống gặp lỗi. Mã tra cứu: {id}.",
        "internal error, see the log for {id}",
    ),
    Reason("bad_option", Family.MACHINE, "Tham số {name} không đúng: {why}.", "{name}: {why}"),
    Reason(
        "link_key",
        Family.MACHINE,
        "Không đọc được khoá của đường dẫn.",
        "links.key in the data folder cannot be had: {why}",
    ),
    Reason(
        "bad_head",
        Family.MACHINE,
        "Mốc của nhật ký phải có dạng SỐ:SHA256.",
        "the head is a number and a sha256, parted by a colon, as `sohoa audit verify` printed it",
    ),
    Reason("output_there", Family.MACHINE, "Tệp {name} đã có sẵn.", "{name} is already there"),
    # -- signing
    Reason(
        "bad_key_file",
        Family.SENDER,
        "Không dùng được tệp khoá ký: {why}.",
        "the key file cannot be used: {why}",
    ),
    Reason(
        "bad_token", Family.SENDER, "Không dùng được thiết bị ký: {why}.", "the token cannot be used: {why}"
    ),
    Reason(
        "bad_secret_file",
        Family.SENDER,
        "Không đọc được tệp mật khẩu {name}.",
        "the passphrase file {name} cannot be read",
    ),
    Reason(
        "certificate_expired",
        Family.SENDER,
        "Chứng thư số của {holder} đã hết hạn.",
        "the certificate of {holder} has expired",
    ),
    Reason(
        "certificate_not_yet_valid",
        Family.SENDER,
        "Chứng thư số của {holder} chưa có hiệu lực.",
        "the certificate of {holder} is not valid yet",
    ),
    Reason(
        "certificate_revoked",
        Family.SENDER,
        "Chứng thư số của {holder} đã bị thu hồi.",
        "the certificate of {holder} is revoked",
    ),
    Reason(
        "certificate_refused",
        Family.SENDER,
        "Chứng thư số của {holder} không thuộc tổ chức chứng thực được tin cậy.",
        "the certificate of {holder} does not lead to a trusted root",
    ),
    Reason(
        "needs_time_stamper",
        Family.SENDER,
        "Mức ký {level} cần dịch vụ cấp dấu thời gian.",
        "level {level} needs a time-stamping authority (--tsa)",
    ),
    Reason(
        "needs_roots",
        Family.SENDER,
        "Mức ký {level} cần chứng thư gốc tin cậy.",
        "level {level} needs trusted roots (SOHOA_TRUST_DIR)",
    ),
    Reason(
        "bad_seal",
        Family.SENDER,
        "Không đặt được hình thức chữ ký: {why}.",
        "the visible form cannot be placed: {why}",
    ),
    Reason(
        "timestamp_failed",
        Family.MACHINE,
        "Dịch vụ cấp dấu thời gian không trả lời.",
        "the time-stamping authority does not answer",
    ),
    Reason(
        "certificate_of_another",
        Family.SENDER,
        "Chứng thư số là của {holder}, không phải của {signer}.",
        "the certificate is that of {holder}, not of {signer}",
    ),
    Reason(
        "certificate_wrong_usage",
        Family.SENDER,
        "Chứng thư số của {holder} không được cấp để ký tài liệu.",
        "the certificate of {holder} may not sign documents (key usage)",
    ),
    Reason(
        "revocation_unknown",
        Family.MACHINE,
        "Chưa hỏi được chứng thư số của {holder} có bị thu hồi hay không nên chưa ký. Hãy thử lại.",
        "nobody answers whether the certificate of {holder} is revoked (OCSP, CRL)",
    ),
    Reason(
        "unknown_key", Family.SENDER, "Không có khoá ký “{name}”.", "there is no signing key named {name}"
    ),
    Reason(
        "pin_needed",
        Family.SENDER,
        "Hãy nhập mã PIN (hoặc mật khẩu) của khoá ký “{name}”.",
        "the key {name} needs its PIN or passphrase with each request",
    ),
    Reason(
        "no_seal_picture",
        Family.SENDER,
        "Khoá ký “{name}” chưa có ảnh chữ ký hoặc ảnh con dấu (PNG).",
        "the key {name} has no picture of signature or seal, which this form shows",
    ),
    Reason(
        "no_signature_place",
        Family.SENDER,
        "Không tìm thấy chỗ ký: tên “{signer}” không có trên văn bản.",
        "the name {signer} is not printed on the document, so the signature has no place",
    ),
    Reason(
        "not_a_pdf_result",
        Family.SENDER,
        "Kết quả để ký phải là tệp PDF. Bản giấy: hãy quét và gửi vào hồ sơ trước.",
        "a result to sign must be a PDF; send paper to the dossier as scans first",
    ),
    Reason("unknown_result", Family.SENDER, "Không có kết quả này.", "there is no result {id}"),
    Reason("unknown_session", Family.SENDER, "Không có phiên ký này.", "there is no signing session {id}"),
    Reason(
        "not_waiting",
        Family.SENDER,
        "Kết quả này đã được ký hoặc đã bị từ chối, không còn chờ ký.",
        "the result is signed or refused already",
    ),
    Reason(
        "being_signed",
        Family.SENDER,
        "Kết quả này đang được ký ở nơi khác. Hãy đợi một lát rồi xem lại.",
        "the result is being signed just now",
    ),
    Reason(
        "session_expired",
        Family.SENDER,
        "Phiên ký đã hết hạn. Hãy bắt đầu ký lại.",
        "the signing session has expired",
    ),
    Reason(
        "session_used",
        Family.SENDER,
        "Phiên ký này đã dùng rồi.",
        "the signing session is completed already",
    ),
    Reason(
        "bad_signature_value",
        Family.SENDER,
        "Giá trị chữ ký không đúng với chứng thư và nội dung đã gửi đi ký.",
        "the signature value does not fit the certificate and the attributes that were handed out",
    ),
    Reason(
        "nothing_signed",
        Family.SENDER,
        "Tệp chưa có chữ ký số nào.",
        "the file holds no signature, so there is nothing to raise or renew",
    ),
    Reason(
        "bad_certificate",
        Family.SENDER,
        "Không đọc được chứng thư số gửi kèm.",
        "the certificate that was sent cannot be read",
    ),
    Reason(
        "bad_keys_file",
        Family.MACHINE,
        "Tệp khai báo khoá ký có lỗi: {why}.",
        "the file of signing keys cannot be used: {why}",
    ),
    Reason("signing_failed", Family.MACHINE, "Ký số không thành công.", "signing failed: {why}"),
    Reason(
        "font_missing",
        Family.MACHINE,
        "Máy chủ thiếu phông chữ {name}.",
        "the font {name} is missing: apt-get install fonts-liberation2",
    ),
    # -- how the program is set up and called
    # -- batches
    Reason(
        "bad_manifest",
        Family.SENDER,
        "Bảng kê có lỗi ở tệp thứ {line} (0: cả bảng kê): {why}.",
        "the manifest is wrong at file {line} (0: as a whole): {why}",
    ),
    Reason(
        "no_manifest",
        Family.SENDER,
        "Cần đúng một bảng kê tên manifest.csv hoặc manifest.json, không quá 1 MB.",
        "exactly one manifest.csv or manifest.json of at most 1 MB is needed",
    ),
    Reason(
        "not_in_manifest",
        Family.SENDER,
        "Tệp “{name}” không có trong bảng kê: không nhận.",
        "a file that the manifest does not name is not taken",
    ),
    Reason(
        "differs_from_manifest",
        Family.SENDER,
        "Tệp “{name}” khác với tệp cùng tên trong bảng kê (sai SHA-256): không nhận. Hãy gửi lại.",
        "a file whose bytes are not those that the manifest names is not taken",
    ),
    Reason("unknown_batch", Family.SENDER, "Không có lô này.", "there is no such batch"),
    # -- resumable uploads
    Reason(
        "tus_version",
        Family.SENDER,
        "Chỉ hỗ trợ giao thức tus phiên bản 1.0.0.",
        "the tus version {asked} is not spoken here: 1.0.0 is",
    ),
    Reason(
        "unknown_upload",
        Family.SENDER,
        "Không có lượt gửi này. Hãy gửi lại từ đầu.",
        "there is no such upload",
    ),
    Reason(
        "upload_expired",
        Family.SENDER,
        "Lượt gửi đã quá hạn. Hãy gửi lại từ đầu.",
        "the upload has expired",
    ),
    Reason(
        "upload_busy",
        Family.SENDER,
        "Lượt gửi này đang được một kết nối khác ghi. Hãy thử lại sau giây lát.",
        "another request is writing this upload",
    ),
    Reason(
        "upload_too_long",
        Family.SENDER,
        "Dữ liệu gửi lên dài hơn {length} byte đã khai.",
        "more bytes than the {length} that were announced",
    ),
    Reason(
        "offset_differs",
        Family.SENDER,
        "Vị trí gửi tiếp không khớp: máy chủ đã có {offset} byte, yêu cầu bắt đầu từ {given}.",
        "the upload is at {offset}, not at {given}",
    ),
    Reason(
        "offset_type_missing",
        Family.SENDER,
        "Phần gửi tiếp phải có kiểu application/offset+octet-stream.",
        "the content type must be application/offset+octet-stream",
    ),
    Reason(
        "checksum_differs",
        Family.SENDER,
        "Dữ liệu nhận được khác với mã kiểm tra. Hãy gửi lại phần này.",
        "the bytes are not those of the checksum",
    ),
    Reason(
        "checksum_unknown",
        Family.SENDER,
        "Không hiểu mã kiểm tra. Các thuật toán được hỗ trợ: {known}.",
        "the checksum is not understood (known: {known})",
    ),
    Reason(
        "folder_without_code",
        Family.SENDER,
        "Không biết tệp “{name}” thuộc hồ sơ nào. Hãy đặt tệp vào thư mục mang mã hồ sơ, "
        "hoặc đặt tên tệp bắt đầu bằng mã hồ sơ, rồi chép lại vào thư mục quét.",
        "neither the folder nor the name begins with a dossier code",
    ),
    Reason(
        "unknown_paper",
        Family.SENDER,
        "Không có loại giấy tờ nào mang mã {value}.",
        "no paper has the code {value}",
    ),
    Reason(
        "unknown_setting",
        Family.MACHINE,
        "Không có cấu hình nào tên {name}.",
        "there is no setting {name}: see docs/settings.md",
    ),
    Reason(
        "no_backup",
        Family.SENDER,
        "Thư mục {folder} không có bản sao lưu nào hoàn chỉnh.",
        "{folder} holds no finished backup",
    ),
    Reason(
        "backup_damaged",
        Family.SENDER,
        "Bản sao lưu bị hỏng: {name}.",
        "the backup is damaged: {name} is not as it was written",
    ),
    Reason(
        "backup_newer",
        Family.SENDER,
        "Bản sao lưu do một phiên bản mới hơn tạo ra. Hãy cập nhật phần mềm rồi khôi phục.",
        "the backup was written by a later version of this product: update first",
    ),
    Reason(
        "database_not_empty",
        Family.SENDER,
        "Cơ sở dữ liệu đích đã có dữ liệu; chỉ khôi phục vào cơ sở dữ liệu trống.",
        "the database already holds records; restore into an empty one",
    ),
    Reason(
        "broker_missing",
        Family.MACHINE,
        "Chưa khai báo hàng đợi (SOHOA_BROKER_URL).",
        "workers of their own need SOHOA_BROKER_URL (amqp:// or redis://)",
    ),
    Reason(
        "bad_setting",
        Family.MACHINE,
        "Giá trị của cấu hình {name} không hợp lệ: {why}.",
        "the value of {name} does not fit: {why}",
    ),
    Reason(
        "bad_trust_folder",
        Family.MACHINE,
        "Thư mục chứng thư tin cậy {name} có lỗi: {why}.",
        "the trusted certificates in {name} cannot be used: {why}",
    ),
    Reason(
        "bad_output", Family.MACHINE, "Không tạo được thư mục {name}.", "cannot make the folder {name}: {why}"
    ),
    Reason("output_exists", Family.MACHINE, "Tệp {name} đã có sẵn.", "{name} is already there (use --force)"),
    Reason("output_failed", Family.MACHINE, "Không ghi được {name}: {why}.", "cannot write {name}: {why}"),
    # -- notes: nothing to decide, but it is said
    Reason(
        "repaired",
        Family.NOTE,
        "Tệp có lỗi cấu trúc đã được sửa để đọc; bản gốc được giữ nguyên.",
        "the file was mended before reading; the original is kept",
    ),
    Reason(
        "active_content_removed",
        Family.NOTE,
        "Đã loại bỏ nội dung động hoặc tệp đính kèm trong PDF.",
        "active content or attachments were left out",
    ),
    Reason(
        "active_content_kept",
        Family.NOTE,
        "Tệp đã ký số có nội dung động hoặc tệp đính kèm; giữ nguyên vì bỏ đi sẽ làm hỏng chữ ký.",
        "the signed file holds active content or attachments, kept so as not to break the signature",
    ),
    Reason("holds_xfa", Family.NOTE, "Tệp có biểu mẫu XFA.", "the file holds an XFA form"),
    Reason("holds_script", Family.NOTE, "Tệp có mã JavaScript.", "the file holds JavaScript"),
    Reason(
        "holds_launch",
        Family.NOTE,
        "Tệp có lệnh mở chương trình khác.",
        "the file holds an action that starts a program",
    ),
    Reason(
        "holds_form_sending",
        Family.NOTE,
        "Tệp có lệnh gửi hoặc nạp dữ liệu biểu mẫu.",
        "the file holds a form that sends or loads data",
    ),
    Reason(
        "holds_attachment", Family.NOTE, "Tệp có tệp khác đính kèm bên trong.", "the file holds other files"
    ),
    Reason(
        "holds_outside_reference",
        Family.NOTE,
        "Tệp có tham chiếu đến tệp hoặc địa chỉ bên ngoài.",
        "the file refers to other files or addresses",
    ),
    Reason(
        "holds_media",
        Family.NOTE,
        "Tệp có phim, âm thanh hoặc mô hình 3D.",
        "the file holds films, sounds or 3D models",
    ),
    Reason(
        "holds_unsearched",
        Family.NOTE,
        "Tệp quá phức tạp nên chưa tìm hết nội dung động bên trong.",
        "the file is too complex to be searched for active content to its end",
    ),
    Reason(
        "already_signed",
        Family.NOTE,
        "Tệp đã có chữ ký số, được giữ nguyên từng byte.",
        "the file arrived signed and is kept byte for byte",
    ),
    # -- why a person should look
    Reason("low_confidence", Family.REVIEW, "Có chữ đọc chưa chắc chắn.", "some words were read with doubt"),
    Reason(
        "unknown_type", Family.REVIEW, "Chưa xác định được loại giấy tờ.", "the paper's type is not known"
    ),
    Reason("unsure_type", Family.REVIEW, "Loại giấy tờ chưa chắc chắn.", "the paper's type is doubtful"),
    Reason(
        "invalid_field", Family.REVIEW, "Có trường thông tin không hợp lệ.", "a field does not pass its check"
    ),
    Reason(
        "missing_field", Family.REVIEW, "Thiếu trường thông tin bắt buộc.", "a required field was not read"
    ),
    Reason(
        "doubtful_field",
        Family.REVIEW,
        "Có trường thông tin đọc chưa chắc chắn.",
        "a field was read with doubt",
    ),
    Reason(
        "handwriting", Family.REVIEW, "Có chữ viết tay cần người đọc.", "handwriting must be read by a person"
    ),
    Reason("page_count", Family.REVIEW, "Số trang không khớp.", "the number of pages does not match"),
    Reason(
        "page_failed", Family.REVIEW, "Có trang chưa đọc được chữ.", "the text of a page could not be read"
    ),
    Reason(
        "page_refused", Family.REVIEW, "Có trang bị hỏng trong tệp gốc.", "a page of the source is damaged"
    ),
    Reason("low_resolution", Family.REVIEW, "Ảnh quét có độ phân giải thấp.", "the scan's resolution is low"),
    # -- what the look at the counter holds against a page, before it is sent
    Reason(
        "scan_low_resolution",
        Family.REVIEW,
        "Quét lại trang {page}: độ phân giải chỉ {dpi} dpi, chữ sẽ khó đọc. Hãy đặt máy quét từ 200 dpi trở lên.",
        "scan page {page} again: its resolution is only {dpi} dpi",
    ),
    Reason(
        "scan_blurred",
        Family.REVIEW,
        "Quét lại trang {page}: ảnh bị mờ, nhoè.",
        "scan page {page} again: it is blurred",
    ),
    Reason(
        "scan_dark",
        Family.REVIEW,
        "Quét lại trang {page}: ảnh quá tối.",
        "scan page {page} again: it is too dark",
    ),
    Reason(
        "scan_faint",
        Family.REVIEW,
        "Quét lại trang {page}: chữ quá nhạt.",
        "scan page {page} again: the print is too faint",
    ),
    Reason(
        "scan_cut_off",
        Family.REVIEW,
        "Quét lại trang {page}: chữ bị cắt mất ở mép {edge}.",
        "scan page {page} again: print is cut off at an edge ({edge})",
    ),
    Reason(
        "unsure_boundary",
        Family.REVIEW,
        "Chưa chắc chắn ranh giới giữa các giấy tờ.",
        "where one document ends and the next begins is doubtful",
    ),
    Reason(
        "unreadable_separator",
        Family.REVIEW,
        "Có tờ phân cách không đọc được mã: cần người xem các giấy tờ sau tờ này.",
        "a cover sheet whose mark cannot be read",
    ),
    Reason(
        "cover_disagrees",
        Family.REVIEW,
        "Loại giấy tờ đọc được khác với tờ phân cách.",
        "the paper's type is not the one that its cover sheet names",
    ),
    Reason(
        "secret",
        Family.SENDER,
        "Trang {page} có dấu chỉ độ mật: không số hoá, chuyển người có thẩm quyền.",
        "page {page} bears a secrecy stamp: not digitized, a person with rights decides",
    ),
    Reason(
        "mark_disagrees",
        Family.REVIEW,
        "Mã QR hoặc MRZ khác với chữ in.",
        "the machine-readable mark and the print disagree",
    ),
    # -- what a validator holds against a field's value
    Reason("impossible_date", Family.REVIEW, "Ngày tháng không có thật.", "there is no such day"),
    Reason("future_date", Family.REVIEW, "Ngày tháng ở tương lai.", "the day is in the future"),
    Reason("date_order", Family.REVIEW, "Các ngày tháng trái thứ tự.", "the dates are out of order"),
    Reason(
        "personal_number_form",
        Family.REVIEW,
        "Số định danh không đủ 12 chữ số (hoặc 9 chữ số của CMND).",
        "a personal number has 12 digits, an old card's 9",
    ),
    Reason(
        "personal_number_birth",
        Family.REVIEW,
        "Số định danh không khớp năm sinh.",
        "the personal number does not fit the year of birth",
    ),
    Reason(
        "personal_number_sex",
        Family.REVIEW,
        "Số định danh không khớp giới tính.",
        "the personal number does not fit the sex",
    ),
    Reason(
        "wrong_length",
        Family.REVIEW,
        "Dãy số thừa hoặc thiếu chữ số.",
        "the number has too many or too few digits",
    ),
    Reason(
        "misread_digit",
        Family.REVIEW,
        "Có chữ cái ở chỗ phải là chữ số.",
        "a letter was read where a digit must be",
    ),
    Reason(
        "words_disagree",
        Family.REVIEW,
        "Phần ghi bằng số khác phần ghi bằng chữ.",
        "the figures and the words disagree",
    ),
    Reason("amount_form", Family.REVIEW, "Số tiền không đúng dạng số.", "the amount is not a number"),
    Reason(
        "dossier_code_form",
        Family.REVIEW,
        "Mã hồ sơ không đúng cấu trúc.",
        "the dossier code does not have the right form",
    ),
    Reason(
        "procedure_code_form",
        Family.REVIEW,
        "Mã thủ tục không đúng cấu trúc.",
        "the procedure code does not have the right form",
    ),
    Reason(
        "tax_code_form",
        Family.REVIEW,
        "Mã số doanh nghiệp không đúng cấu trúc.",
        "the business code does not have the right form",
    ),
    Reason(
        "tax_code_check",
        Family.REVIEW,
        "Mã số doanh nghiệp sai chữ số kiểm tra.",
        "the check digit of the business code is wrong",
    ),
    Reason(
        "symbol_disagrees",
        Family.REVIEW,
        "Ký hiệu không khớp loại văn bản.",
        "the symbol does not fit the type of paper",
    ),
    Reason(
        "blank_document", Family.REVIEW, "Giấy tờ chỉ có trang trắng.", "the document has only blank pages"
    ),
]

REASONS: dict[str, Reason] = {row.code: row for row in _ROWS}
if len(REASONS) != len(_ROWS):
    raise ValueError("a reason code stands twice in the table")
