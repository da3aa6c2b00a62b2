"""Figures that other systems own come in as CSV and are shown with their source."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from errors import SenderError
from storage.database import Database
from storage.figures.models import OtherFigure
from storage.identifiers import new_identifier
from storage.trace.sealing import tell

COLUMNS = ("thang", "noi", "ma", "gia_tri", "nguon")
CODES = {
    "on_time": "Giải quyết đúng hạn",
    "online_filing": "Nộp trực tuyến",
    "online_payment": "Thanh toán trực tuyến",
    "satisfaction": "Mức độ hài lòng",
}
"""Shares of 0 to 100, by code."""
MOST_ROWS = 5000
_MONTH = re.compile(r"20\d{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Told:
    """One figure. ``centre`` is empty for the whole province; ``value`` is a share, 0 to 100."""

    month: str
    centre: str
    code: str
    value: float
    source: str
    told_at: datetime | None = None


def read_csv(data: bytes) -> tuple[Told, ...]:
    """The rows of a CSV file with the :data:`COLUMNS`, UTF-8, commas or semicolons; a comma in a number is
    taken as its point.

    Raises:
        SenderError: ``bad_figures``, with the first line that does not fit.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _wrong(1, "không phải UTF-8", "not UTF-8") from None
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",", strict=True)
    told: list[Told] = []
    try:
        if tuple(next(reader, ())) != COLUMNS:
            raise _wrong(1, f"dòng đầu phải là {','.join(COLUMNS)}", "not the columns")
        for row in reader:
            if row:
                told.append(_row(reader.line_num, row))
            if len(told) > MOST_ROWS:
                raise _wrong(reader.line_num, f"quá {MOST_ROWS} dòng", "too many rows")
    except csv.Error:
        raise _wrong(reader.line_num, "không đúng dạng CSV", "not CSV") from None
    if not told:
        raise _wrong(2, "không có số liệu", "no rows")
    return tuple(told)


def keep(database: Database, figures: tuple[Told, ...], *, by: str) -> None:
    """Keep all of them, or none. Figures of the same month, place and code that were told before stay; the
    later ones count."""
    with database.write() as session:
        now = database.clock()
        session.add_all(
            OtherFigure(
                id=new_identifier(),
                month=one.month,
                centre=one.centre,
                code=one.code,
                value=one.value,
                source=one.source,
                told_at=now,
                told_by=by,
            )
            for one in figures
        )
        tell(session, "figures_told", by=by, at=now, details={"count": len(figures)})


def told_of_month(database: Database, month: str) -> tuple[Told, ...]:
    """What counts of a month, the whole province first."""
    asked = select(OtherFigure).filter_by(month=month).order_by(OtherFigure.id)
    with database.read() as session:
        newest = {
            (row.centre, row.code): Told(row.month, row.centre, row.code, row.value, row.source, row.told_at)
            for row in session.scalars(asked)
        }
    return tuple(newest[key] for key in sorted(newest))


def _row(line: int, row: list[str]) -> Told:
    cells = [" ".join(cell.split()) for cell in row]
    if len(cells) != len(COLUMNS):
        raise _wrong(line, f"phải có {len(COLUMNS)} cột", "another number of columns")
    month, centre, code, number, source = cells
    if not _MONTH.fullmatch(month):
        raise _wrong(line, "tháng phải viết như 2025-07", "not a month")
    if code not in CODES:
        raise _wrong(line, f"mã phải là một trong: {', '.join(CODES)}", "an unknown code")
    if not source or max(len(source), len(centre)) > 200 or not (source + centre).isprintable():
        raise _wrong(line, "phải ghi nguồn; nơi và nguồn tối đa 200 ký tự", "no source, or a text too long")
    if not re.fullmatch(r"\d{1,3}([.,]\d{1,6})?", number) or float(number.replace(",", ".")) > 100:
        raise _wrong(line, "giá trị là tỷ lệ từ 0 đến 100", "not a share of 0 to 100")
    return Told(month, centre, code, float(number.replace(",", ".")), source)


def _wrong(line: int, why: str, reason: str) -> SenderError:
    return SenderError("bad_figures", line=line, why=why, reason=reason)
