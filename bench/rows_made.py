"""Invented records in bulk, made by PostgreSQL itself (``INSERT … SELECT generate_series``)."""

from __future__ import annotations

import random

from sqlalchemy import Connection, text

from storage.database import Database

_INDEXES = (
    "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'document' AND indexdef LIKE '%USING gin%'"
)
_TEXT = (
    "căn cứ luật xây dựng nghị định quy chi tiết một số điều của chính phủ theo đề nghị trưởng phòng quản lý đô thị "
    "ủy ban nhân dân tỉnh thành phố huyện xã phường giấy chứng nhận quyền sử dụng đất hộ gia đình cá nhân kết hôn "
    "khai sinh tử đăng ký kinh doanh doanh nghiệp thửa tờ bản đồ diện tích mục đích thời hạn nguồn gốc họ tên ngày "
    "tháng năm sinh nơi cư trú số định danh cấp thay đổi cải chính xác nhận tình trạng hôn nhân hiện tại thường"
)
SYLLABLES = _TEXT.split()
_FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý"
_MIDDLES = "Văn Thị Hữu Đức Minh Ngọc Thanh Quang Thu Xuân Kim Hồng Gia Bảo Anh Tuấn"
_GIVEN_NAMES = (
    "An Bình Châu Dung Giang Hà Hải Hạnh Hiếu Hoa Hùng Hương Khánh Lan Linh Long Mai Nam Nga Phúc Quân"
)
_FAMILY, _MIDDLE, _GIVEN = _FAMILIES.split(), _MIDDLES.split(), _GIVEN_NAMES.split()
PER_DOSSIER = 4
_SNIPPETS = 997
_SNIPPET_WORDS = 40  # three of them a document


def code_of(number: int) -> str:
    """The dossier of the document of this number."""
    dossier = number // PER_DOSSIER
    return f"H49.{dossier % 55:02}-25{1 + dossier % 12:02}{1 + dossier % 28:02}-{dossier:07}"


def name_of(number: int) -> str:
    """The person in the document of this number."""
    return f"{_FAMILY[number % 16]} {_MIDDLE[number // 16 % 16]} {_GIVEN[number // 256 % 21]}"


_DOSSIERS = """
INSERT INTO dossier (ma_ho_so, noi_tiep_nhan, co_quan_giai_quyet, opened_at, opened_by)
SELECT 'H49.' || lpad((n % 55)::text, 2, '0') || '-25' || to_char(1 + n % 12, 'FM00') || to_char(1 + n % 28, 'FM00')
  || '-' || lpad(n::text, 7, '0'), 'Trung tâm ' || n % 55, 'H49.' || lpad((n % 55)::text, 2, '0'),
  now() - n * interval '1 minute', 'bench'
FROM generate_series(0, CAST(:most AS int)) n"""
_ROWS = f"""
WITH d AS (SELECT n, n / {PER_DOSSIER} AS d FROM generate_series(CAST(:first AS int), CAST(:last AS int)) n),
n AS (SELECT n, lpad(n::text, 26, '0') AS id, encode(sha256(n::text::bytea), 'hex') AS sha,
  now() - (CAST(:most AS int) * {PER_DOSSIER} - n) * interval '1 minute' AS at,
  'H49.' || lpad((d % 55)::text, 2, '0') || '-25' || to_char(1 + d % 12, 'FM00') || to_char(1 + d % 28, 'FM00')
  || '-' || lpad(d::text, 7, '0') AS code FROM d)"""
_INTAKES = f"""{_ROWS}
INSERT INTO intake (id, ma_ho_so, name, sha256, size, channel, lane, sender, received_at, state, reason_values,
  attempts, pages_done, warnings, finished_at, share, turn)
SELECT id, code, 'scan-' || n || '.pdf', sha, 300000, 'counter', 'counter', 'clerk ' || n % 200, at, 'attached',
  '{{}}', 1, 2, '[]', at, 'Trung tâm ' || n % 55, 0 FROM n"""
_DOCUMENTS = f"""{_ROWS}
INSERT INTO document (id, intake_id, ma_ho_so, position, source_pages, type_code, type_label, type_confidence,
  type_read, state, verdict, reasons, doubtful_fields, confidence, pdf_sha256, pdf_size, pdf_kept, record_sha256,
  text, version, attached_at)
SELECT id, id, code, 1, '[1, 2]', (CAST(:types AS text[]))[1 + n % 6], 'Giấy tờ', 0.9, 'khac',
  CASE WHEN n % 50 = 0 THEN 'to_check' WHEN n % 3 = 0 THEN 'ready' ELSE 'confirmed' END,
  CASE WHEN n % 50 = 0 THEN 'check' ELSE 'auto' END, '[]', '[]', 0.9, sha, 200000, false, sha,
  'Số: ' || n || '/QĐ-UBND ' || (CAST(:family AS text[]))[1 + n % 16] || ' '
  || (CAST(:middle AS text[]))[1 + n / 16 % 16] || ' ' || (CAST(:given AS text[]))[1 + n / 256 % 21] || ' '
  || a.words || ' ' || b.words || ' ' || c.words, 1, at
FROM n JOIN snippet a ON a.k = n % {_SNIPPETS} JOIN snippet b ON b.k = n / 7 % {_SNIPPETS}
  JOIN snippet c ON c.k = n / 61 % {_SNIPPETS}"""
_BATCH = 20_000


def fill(database: Database, count: int) -> None:
    """So many intakes with a document each, in a quarter as many dossiers, indexed and analysed."""
    with database.engine.connect() as connection:
        # Only a bench may: no constraint is looked at, no trigger runs.
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text("SET maintenance_work_mem = '512MB'"))
        made = connection.execute(text(_INDEXES)).all()
        for name, _ in made:
            connection.execute(text(f'DROP INDEX "{name}"'))
        _make_snippets(connection)
        connection.execute(text(_DOSSIERS), {"most": count // PER_DOSSIER})
        for first in range(0, count, _BATCH):
            _fill_part(connection, first, min(first + _BATCH, count) - 1, count)
            connection.commit()
        for _, definition in made:
            connection.execute(text(definition))
        connection.commit()
        connection.execute(text("RESET session_replication_role"))
        connection.commit()
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _make_snippets(connection: Connection) -> None:
    connection.execute(text("CREATE TEMP TABLE snippet (k int PRIMARY KEY, words text)"))
    chance = random.Random(1)
    rows = [
        {"k": k, "words": " ".join(chance.choices(SYLLABLES, k=_SNIPPET_WORDS))} for k in range(_SNIPPETS)
    ]
    connection.execute(text("INSERT INTO snippet VALUES (:k, :words)"), rows)


def _fill_part(connection: Connection, first: int, last: int, count: int) -> None:
    numbers = {"first": first, "last": last, "most": count // PER_DOSSIER}
    connection.execute(text(_INTAKES), numbers)
    words = {"family": _FAMILY, "middle": _MIDDLE, "given": _GIVEN}
    types = ["quyet_dinh", "cong_van", "giay_khai_sinh", "to_khai", "don_de_nghi", "khac"]
    connection.execute(text(_DOCUMENTS), numbers | words | {"types": types})
