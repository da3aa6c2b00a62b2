"""The real application with workers in its process, on a fresh data folder; only the reading is made up."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from settings import Settings
from tests.api.paper_pipeline import PaperPipeline
from tests.api.serving import served

CODE = "H49.12-251124-0007"
DECISION = (
    "quyet_dinh so_ky_hieu=15/QĐ-SXD; ngay_ban_hanh=2025-09-05@ngày 05 tháng 9?;"
    "trich_yeu=Về việc thành lập tổ công tác kiểm tra trật tự xây dựng; nguoi_ky=Trần Văn Mẫu!\n"
    "UBND TỈNH KIÊN LƯƠNG || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ XÂY DỰNG || Độc lập - Tự do - Hạnh phúc\n"
    "Số: 15/QĐ-SXD || Kiên Lương, ngày 05 tháng 9 năm 2025\n\n^QUYẾT ĐỊNH\n"
    "^Về việc thành lập tổ công tác kiểm tra trật tự xây dựng\n\n"
    "Căn cứ Luật Xây dựng và các nghị định hướng dẫn thi hành;\n"
    "Theo đề nghị của Trưởng phòng Quản lý xây dựng,\n\n^QUYẾT ĐỊNH:\n"
    "Điều 1. Thành lập tổ công tác gồm các ông bà có tên trong danh sách kèm theo.\n"
    "Điều 2. Tổ công tác tự giải thể sau khi hoàn thành nhiệm vụ.\n\n"
    ">GIÁM ĐỐC\n\n\n>Trần Văn Mẫu"
)


class Desk:
    """A client with the steps that most tests need."""

    def __init__(self, client: httpx.Client, pipeline: PaperPipeline, data_dir: Path) -> None:
        self.client = client
        self.pipeline = pipeline
        self.data_dir = data_dir

    def send(self, *files: tuple[str, bytes | str], code: str = CODE, **fields: str) -> Any:
        """POST files to a dossier; the response."""
        parts = [
            ("files", (name, data.encode() if isinstance(data, str) else data, "application/octet-stream"))
            for name, data in files
        ]
        return self.client.post(f"/api/v1/dossiers/{code}/scans", files=parts, data=fields)

    def ended(self, intake_id: str, seconds: int = 20) -> dict[str, Any]:
        """Poll an intake until it ended."""
        for _ in range(seconds * 20):
            body: dict[str, Any] = self.client.get(f"/api/v1/intakes/{intake_id}").json()
            if body["state"] in ("attached", "failed", "closed"):
                return body
            time.sleep(0.05)
        raise AssertionError(f"still {body['state']}")

    def digitized(
        self, name: str = "quyết định.pdf", text: str = DECISION, code: str = CODE
    ) -> dict[str, Any]:
        """Send one file and return its first document."""
        sent = self.send((name, text), code=code).json()["files"][0]
        document: dict[str, Any] = self.ended(sent["id"])["documents"][0]
        return document


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One service for all tests of the API: each test works in a dossier of its own where that matters."""
    pipeline = PaperPipeline()
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("data"), jobs=2, max_file_bytes=200_000, hosts="trung-tam.example"
    )
    app = create_app(settings, digitize=pipeline)
    with served(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield Desk(client, pipeline, settings.data_dir)


@pytest.fixture
def dossier(request: pytest.FixtureRequest) -> str:
    """A dossier code that no other test uses."""
    number = zlib.crc32(request.node.nodeid.encode()) % 10**9
    return f"H49.12-251124-{number:09d}"
