"""One run of ``sohoa digitize`` over a folder of good, odd and bad files, for many tests to look at."""

from __future__ import annotations

import io
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from bench.making import make_paper
from bench.making.made import MadeDocument
from bench.making.wear import wear

ROOT = Path(__file__).resolve().parents[2]
SOHOA = ROOT / ".venv/bin/sohoa"


def sohoa(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would."""
    env = {"PATH": os.environ["PATH"], "HOME": str(cwd), **environment}
    return subprocess.run([SOHOA, *arguments], cwd=cwd, env=env, capture_output=True, text=True, check=False)


def as_pdf(*pictures: Image.Image, dpi: int = 300) -> bytes:
    """Pictures as the pages of a PDF, JPEG inside."""
    out = io.BytesIO()
    first, *others = [p.convert("RGB") for p in pictures]
    first.save(out, "PDF", resolution=dpi, save_all=True, append_images=others, quality=80)
    return out.getvalue()


@dataclass(frozen=True)
class Run:
    """What the run left behind."""

    done: subprocess.CompletedProcess[str]
    source: Path
    output: Path
    papers: dict[str, MadeDocument]

    def record(self, stem: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.output / f"{stem}.json").read_text(encoding="utf-8"))
        return found

    def complaint(self, name: str) -> str:
        """The line about a file; empty when there is none."""
        lines = [line for line in self.done.stderr.splitlines() if line.startswith(f"{name}: ")]
        assert len(lines) <= 1, lines
        return lines[0] if lines else ""


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("scans")
    decision, letter = make_paper("quyet_dinh", 4), make_paper("cong_van", 5)
    pages = [wear(p, "office", 1).image for p in decision.pages]
    (folder / "quyet-dinh.pdf").write_bytes(as_pdf(*pages))
    sheet = wear(letter.pages[0], "office", 2).image
    sheet.convert("L").rotate(90, expand=True).save(
        folder / "nam-ngang.tif", dpi=(300, 300), compression="tiff_lzw"
    )
    (folder / "hai-giay-to.pdf").write_bytes(as_pdf(*pages, sheet))
    sheet.save(folder / "trung-ten.jpg", quality=85, dpi=(300, 300))
    sheet.save(folder / "trung-ten.png", dpi=(300, 300))
    Image.new("L", (2480, 3508), 250).save(folder / "trang.png", dpi=(300, 300))
    (folder / "trang-hai-hong.pdf").write_bytes(_second_page_broken(pages[0], sheet, pages[1]))
    (folder / "cat-cut.pdf").write_bytes((folder / "quyet-dinh.pdf").read_bytes()[:3000])
    (folder / "van-ban.pdf").write_text("Đây không phải là PDF.\n", encoding="utf-8")
    (folder / "rong.pdf").write_bytes(b"")
    (folder / "mat-khau.pdf").write_bytes(_with_password(as_pdf(sheet)))
    output = tmp_path_factory.mktemp("results") / "new"
    done = sohoa("digitize", folder, "--output", output, cwd=folder.parent)
    return Run(done, folder, output, {"quyet-dinh": decision, "nam-ngang": letter})


def _with_password(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(user="thu", owner="thu"))
    return out.getvalue()


def _second_page_broken(*sheets: Image.Image) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(as_pdf(*sheets))) as opened:
        picture = next(iter(opened.pages[1].get_images().values()))
        picture.write(b"\xff\xd8\xff\xe0 hong", filter=pikepdf.Name.DCTDecode)
        opened.save(out)
    return out.getvalue()
