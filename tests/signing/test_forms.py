"""The visible forms: right place, whole letters, nothing printed over."""

from __future__ import annotations

import io
import json
import subprocess
from datetime import datetime
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from errors import SenderError
from signing.keys import SigningKey
from signing.sealing import Level, Wish, sign
from signing.seals import Form, Seal, attached_seal, copy_seal, digitized_seal
from tests.signing.conftest import page_pdf
from tests.signing.pki import BODY, PASSPHRASE, Pki


def look(pdf: bytes, scale: float = 2.0, page: int = 1) -> np.ndarray:
    document = pdfium.PdfDocument(pdf)
    document.init_forms()
    picture = document[page - 1].render(scale=scale, may_draw_forms=True).to_numpy()
    document.close()
    return np.asarray(picture[..., :3])


def text_of(pdf: bytes, tmp_path: Path) -> str:
    path = tmp_path / "t.pdf"
    path.write_bytes(pdf)
    return subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_text_seal_stands_top_right_and_over_nothing(
    rotate: int, body_key: SigningKey, now: datetime, tmp_path: Path
) -> None:
    plain = page_pdf(rotate)
    signed = sign(plain, body_key, Wish(Level.B_B, now, seal=digitized_seal(BODY, now)))
    before, after = look(plain), look(signed)
    changed = np.abs(before.astype(int) - after.astype(int)).max(axis=2) > 60
    rows, columns = np.nonzero(changed)
    assert len(rows) > 200, "the seal is seen"
    assert (before[changed].min(axis=1) > 200).all(), "only white paper is written on"
    assert columns.mean() > before.shape[1] * 0.55
    assert rows.mean() < before.shape[0] * 0.4
    # Upright: the seal's two lines are wider than high for the reader.
    assert np.ptp(columns) > 2 * np.ptp(rows)
    assert BODY in text_of(signed, tmp_path)


@pytest.mark.parametrize(
    ("seal", "shown"),
    [
        (lambda t: copy_seal("SAO Y", BODY, t), "SAO Y"),
        (lambda t: attached_seal("15/QĐ-UBND", t), "15/QĐ-UBND"),
    ],
)
def test_forms_of_text_show_what_the_decree_asks(
    seal, shown: str, body_key, now, pdf: bytes, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    said = text_of(sign(pdf, body_key, Wish(Level.B_B, now, seal=seal(now))), tmp_path)
    assert shown in said
    assert "+07:00" in said


def test_a_second_text_seal_is_not_written_over_the_first(
    body_key: SigningKey, officer_key: SigningKey, now: datetime, pdf: bytes, tmp_path: Path
) -> None:
    once = sign(pdf, officer_key, Wish(Level.B_B, now, seal=digitized_seal("Nguyễn Thị Thử", now)))
    twice = sign(once, body_key, Wish(Level.B_B, now, seal=digitized_seal(BODY, now)))
    before, after = look(once), look(twice)
    changed = np.abs(before.astype(int) - after.astype(int)).max(axis=2) > 60
    assert (before[changed].min(axis=1) > 200).all(), "only white paper is written on"
    said = text_of(twice, tmp_path)
    assert BODY in said
    assert "Nguyễn Thị Thử" in said


def test_a_full_page_gets_no_seal_over_its_text(body_key: SigningKey, now: datetime) -> None:
    with pytest.raises(SenderError, match="no free room"):
        sign(page_pdf(crowded=True), body_key, Wish(Level.B_B, now, seal=digitized_seal(BODY, now)))


def test_a_red_seal_has_its_true_size_and_place(body_key: SigningKey, now: datetime, pdf: bytes) -> None:
    picture = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((5, 5, 295, 295), outline=(220, 20, 30, 255), width=12)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    across = 36 / 25.4 * 72  # 36 mm
    seal = Seal(Form.AGENCY, picture=buffer.getvalue(), box=(300, 600, across, across))
    after = look(sign(pdf, body_key, Wish(Level.B_B, now, seal=seal)))
    red = (after[..., 2].astype(int) - after[..., 0] > 80) | (after[..., 0].astype(int) - after[..., 2] > 80)
    rows, columns = np.nonzero(red)
    assert abs(np.ptp(columns) / 2 - across) < 5  # the ring is drawn a little inside
    assert abs(columns.min() / 2 - 300) < 4
    assert abs(rows.min() / 2 - 600) < 4


def test_the_command_signs_and_verifies(pki: Pki, pdf: bytes, tmp_path: Path) -> None:
    sohoa = Path(__file__).resolve().parents[2] / ".venv/bin/sohoa"
    (tmp_path / "a.pdf").write_bytes(pdf)
    (tmp_path / "pass").write_bytes(PASSPHRASE)
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust/root.pem").write_bytes(pki.root_pem())
    pki.write_pkcs12("body", tmp_path / "k.p12")
    env = {"PATH": "/usr/bin:/bin", "SOHOA_TRUST_DIR": str(tmp_path / "trust")}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sohoa, *arguments], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )

    key = ("--pkcs12", "k.p12", "--passphrase-file", "pass")
    done = run(
        "sign", "a.pdf", "--output", "b.pdf", *key, "--level", "B-T", "--tsa", pki.tsa, "--form", "digitized"
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = run("verify", "b.pdf", "--json")
    assert told.returncode == 0
    record = json.loads(told.stdout)
    assert record["verdict"] == "valid"
    assert record["signatures"][0]["signer"] == BODY
    assert record["signatures"][0]["signing_time"].endswith("+07:00")
    renewed = run("sign", "b.pdf", "--output", "archive.pdf", "--renew", "--tsa", pki.tsa)
    assert (renewed.returncode, renewed.stderr) == (0, "")
    again = run("verify", "archive.pdf", "--json")
    assert json.loads(again.stdout)["signatures"][0]["level"] == "B-LTA"
    assert run("sign", "a.pdf", "--output", "x.pdf", "--renew", "--tsa", pki.tsa).returncode == 1
    assert run("sign", "b.pdf", "--output", "x.pdf", "--renew").returncode == 2
    assert run("verify", "a.pdf").returncode == 1
    again = run("sign", "a.pdf", "--output", "b.pdf", *key)
    assert again.returncode == 2
    assert "already there" in again.stderr
    (tmp_path / "pass").write_text("sai")
    wrong = run("sign", "a.pdf", "--output", "c.pdf", *key)
    assert wrong.returncode == 1
    assert "Traceback" not in wrong.stderr
    assert not (tmp_path / "c.pdf").exists()
