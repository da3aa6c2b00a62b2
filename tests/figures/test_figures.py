"""The head's figures: Quảng Ninh, July 2025, on made data; and what other systems tell."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.figures import plain_cell, share
from errors import SenderError
from storage import dossiers
from storage.database import Database, open_database
from storage.figures.counting import figures_of, month_bounds, months_until, reasons_of, received_by_month
from storage.figures.others import Told, keep, read_csv, told_of_month
from tests.api.conftest import Desk
from tests.figures.made_month import made_month

HEAD = "thang,noi,ma,gia_tri,nguon\n"


@pytest.fixture(scope="module")
def quang_ninh(desk: Desk) -> Desk:
    """31 637 received, 91 % digitized, 55,2 % electronic, 3 397 across boundaries, at 54 centres."""
    database = open_database(f"sqlite:///{desk.data_dir / 'sohoa.sqlite3'}")
    made_month(
        database,
        datetime(2025, 7, 15, 3, 0, tzinfo=UTC),
        received=31_637,
        digitized=28_790,
        electronic=17_464,
        crossing=3_397,
        doubtful=2_879,
        centres=54,
    )
    database.close()
    return desk


def test_the_page_tells_the_month_of_quang_ninh(quang_ninh: Desk) -> None:
    told = HEAD + "2025-07,,on_time,99,Hệ thống một cửa\n"
    sent = quang_ninh.client.post("/api/v1/figures", content=told.encode(), headers={"X-Sender": "Tinh"})
    assert (sent.status_code, sent.json()) == (201, {"rows": 1})
    page = quang_ninh.client.get("/so-lieu?thang=2025-07").text
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Hồ sơ tiếp nhận 31637" in words
    assert "Số hoá hồ sơ 91,0 % 28790 hồ sơ · SO_HOA_GIAY_TO_GIAI_QUYET" in words
    assert "Kết quả điện tử 55,2 % 17464 hồ sơ · ORIGINAL_RESULT_AVAILABLE" in words
    assert "Phi địa giới 10,7 % 3397 hồ sơ" in words
    assert "Giấy tờ cần người kiểm tra 10,0 % 2879 trên 28790" in words
    assert "Giải quyết đúng hạn: 99,0 % Nguồn: Hệ thống một cửa" in words
    assert page.count("Trung tâm số") == 54
    assert "<svg" in page
    assert "http" not in page.replace("http-equiv", "")
    agencies = quang_ninh.client.get("/so-lieu?thang=2025-07&theo=co-quan").text
    assert agencies.count('<th scope="row">H49.') == 20
    assert "chưa có hồ sơ nào" in quang_ninh.client.get("/so-lieu?thang=2020-01").text
    assert quang_ninh.client.get("/so-lieu").status_code == 200


def test_the_csv_tells_the_same(quang_ninh: Desk) -> None:
    reply = quang_ninh.client.get("/api/v1/figures.csv?month=2025-07")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))
    whole = rows[0]
    assert whole["ho_so_tiep_nhan"] == "31637"
    assert (whole["ty_le_so_hoa_%"], whole["ty_le_ket_qua_dien_tu_%"]) == ("91.0", "55.2")
    assert sum(int(row["ho_so_tiep_nhan"]) for row in rows[1:55]) == 31_637


def test_figures_are_of_dossiers_opened_in_the_month_in_vietnam(database: Database) -> None:
    many = {"received": 3, "digitized": 2, "electronic": 1, "crossing": 1, "doubtful": 1, "centres": 2}
    made_month(database, datetime(2025, 6, 30, 17, 0, tzinfo=UTC), **many)  # 1 July, 0:00 in Vietnam
    made_month(database, datetime(2025, 7, 31, 17, 0, tzinfo=UTC), **many)  # 1 August
    found = figures_of(database, "2025-07", "centre")
    assert [(one.name, one.received, one.digitized, one.electronic, one.crossing) for one in found] == [
        ("Trung tâm số 1", 2, 1, 1, 1),
        ("Trung tâm số 2", 1, 1, 0, 0),
    ]
    assert sum(one.doubtful for one in found) == 1
    assert reasons_of(database, "2025-07") == (("doubtful_field", 1),)
    course = received_by_month(database, months_until("2025-08", 3))
    assert course == (("2025-06", 0), ("2025-07", 3), ("2025-08", 3))
    dossiers.open_dossier(database, "H49-251124-0001", by="x")
    month = database.clock().strftime("%Y-%m")
    assert [(one.name, one.received) for one in figures_of(database, month, "centre")] == [("", 1)]


def test_later_figures_of_others_count(database: Database) -> None:
    keep(database, read_csv((HEAD + "2025-07,,on_time,98,A\n2025-07,X,on_time,1,A\n").encode()), by="x")
    keep(database, read_csv(b"thang;noi;ma;gia_tri;nguon\n2025-07;;on_time;99,5;B\n"), by="x")
    told = [(one.centre, one.value, one.source) for one in told_of_month(database, "2025-07")]
    assert told == [("", 99.5, "B"), ("X", 1.0, "A")]
    assert told_of_month(database, "2025-08") == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        *(("", 1), ("a,b\n", 1), (HEAD, 2), (HEAD + "2025-13,,on_time,1,A\n", 2)),
        *((HEAD + "2025-07,,on_time,101,A\n", 2), (HEAD + "2025-07,,on_time,1,\n", 2)),
        *((HEAD + "2025-07,,on_time,1,A\n2025-07,,lạ,1,A\n", 3), (HEAD + '2025-07,"x\n', 2)),
        (HEAD + "2025-07,,on_time,nan,A\n", 2),
    ],
)
def test_figures_that_do_not_fit_are_refused_whole(text: str, line: int) -> None:
    with pytest.raises(SenderError) as refused:
        read_csv(text.encode())
    assert refused.value.code == "bad_figures"
    assert refused.value.values["line"] == line


@given(st.binary(max_size=200))
def test_any_bytes_are_figures_or_a_senders_fault(data: bytes) -> None:
    for sent in (data, HEAD.encode() + data):
        with pytest.raises(SenderError):
            read_csv(sent)


@given(st.text(max_size=20))
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert plain_cell(text)[:1] not in set("=+-@\t\r\n")
    assert plain_cell(text).endswith(text)


def test_small_sums() -> None:
    assert share(1, 0) is None
    assert share(17_464, 31_637) == 55.2
    assert months_until("2025-02", 3) == ("2024-12", "2025-01", "2025-02")
    first, after = month_bounds("2025-12")
    assert (first.isoformat(), after.isoformat()) == (
        "2025-12-01T00:00:00+07:00",
        "2026-01-01T00:00:00+07:00",
    )


def test_told_is_plain() -> None:
    assert read_csv((HEAD + "2025-07, A  B ,satisfaction,12.5,Cổng\n").encode()) == (
        Told("2025-07", "A B", "satisfaction", 12.5, "Cổng"),
    )
