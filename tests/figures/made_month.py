"""A month of made-up dossiers, put straight into the tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert

from storage import models
from storage.database import Database
from storage.result_models import Result

_BATCH = 2000


def made_month(
    database: Database,
    at: datetime,
    *,
    received: int,
    digitized: int,
    electronic: int,
    crossing: int,
    doubtful: int,
    centres: int,
) -> None:
    """``received`` dossiers at ``centres`` places, the first ``digitized`` of them with a document, and so on."""
    rows: dict[Any, list[dict[str, Any]]] = {
        models.Dossier: [],
        models.Intake: [],
        models.Document: [],
        Result: [],
    }
    for number in range(received):
        code = f"H49.{number % 20:02d}-{at:%y%m%d}-{number:06d}"
        centre = f"Trung tâm số {number % centres + 1}"
        rows[models.Dossier].append(
            {
                "ma_ho_so": code,
                "noi_ho_tro": "Bưu điện khu vực" if number < crossing else None,
                "noi_tiep_nhan": centre,
                "co_quan_giai_quyet": f"H49.{number % 20:02d}",
                "opened_at": at,
                "opened_by": "máy thử",
            }
        )
        name = f"{at:%y%m%d}{number:020d}"
        if number < digitized:
            rows[models.Intake].append(_intake(name, code, at))
            rows[models.Document].append(_document(name, code, at, doubtful=number < doubtful))
        if number < electronic:
            rows[Result].append(_result(name, code, at))
    with database.write() as session:
        for table, made in rows.items():
            for start in range(0, len(made), _BATCH):
                session.execute(insert(table), made[start : start + _BATCH])


def _intake(name: str, code: str, at: datetime) -> dict[str, Any]:
    return {
        **{"id": name, "ma_ho_so": code, "name": "a.pdf", "sha256": f"{name:0>64}", "size": 1},
        **{"channel": "counter", "lane": "counter", "sender": "x", "received_at": at, "state": "attached"},
        **{"reason_values": {}, "attempts": 1, "pages_done": 1, "pages_total": 1, "warnings": []},
    }


def _document(name: str, code: str, at: datetime, *, doubtful: bool) -> dict[str, Any]:
    return {
        **{"id": name, "intake_id": name, "ma_ho_so": code, "position": 1, "source_pages": [1]},
        **{"type_code": "to_khai", "type_label": "Tờ khai", "type_confidence": 1.0, "type_read": "to_khai"},
        **{"state": "to_check" if doubtful else "ready", "verdict": "check" if doubtful else "auto"},
        **{"reasons": ["doubtful_field"] if doubtful else [], "doubtful_fields": [], "confidence": 0.9},
        **{"pdf_sha256": f"{name:0>64}", "pdf_size": 1, "pdf_kept": False, "record_sha256": f"{name:1>64}"},
        **{"text": "", "version": 1, "attached_at": at},
    }


def _result(name: str, code: str, at: datetime) -> dict[str, Any]:
    return {
        **{"id": name, "ma_ho_so": code, "kind": "result", "name": "a.pdf", "title": "x", "pages": 1},
        **{"state": "signed", "source_sha256": f"{name:2>64}", "sha256": f"{name:3>64}", "size": 1},
        **{"version": 1, "added_at": at, "added_by": "x", "finished_at": at},
    }
