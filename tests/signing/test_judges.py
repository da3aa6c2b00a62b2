"""Outside judges: EU DSS (PAdES level, indication) and veraPDF (PDF/A-2b), fetched by ``setup/judges``."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from asn1crypto import x509
from pyhanko.sign.timestamps import HTTPTimeStamper

from signing.keys import SigningKey
from signing.raising import raise_level
from signing.sealing import Level, Wish, sign
from signing.seals import Form, Seal, copy_seal, digitized_seal
from tests.signing.paper import hand_signature, red_seal
from tests.signing.pki import BODY, OFFICER, Pki

ROOT = Path(__file__).parents[2]
Roots = tuple[x509.Certificate, ...]


def judge(name: str, *arguments: str | Path) -> list[list[str]]:
    """The judge's lines, split."""
    folder = ROOT / "var/judges" / name
    if not (folder / "stamp").exists():
        pytest.skip(f"{name} is not here: no Maven, or it could not be fetched (setup/judges says why)")
    command = ["java", "-XX:+UseSerialGC", "-cp", f"{folder}/lib/*:{folder}/classes", "Judge"]
    done = subprocess.run(
        [*command, *map(str, arguments)], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [line.split("\t") for line in done.stdout.splitlines() if "\t" in line]


@pytest.fixture(scope="module")
def digitized(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A two-layer PDF/A-2b as the product makes it."""
    from tests.signing.composed import composed_pdf

    return composed_pdf(tmp_path_factory.mktemp("composed"))


@pytest.fixture(scope="module")
def signed(
    pki: Pki, body_key: SigningKey, officer_key: SigningKey, roots: Roots, digitized: bytes
) -> dict[str, bytes]:
    """Files by name, of every level and form."""
    from datetime import UTC

    now = datetime.now(UTC)
    stamper = HTTPTimeStamper(pki.tsa)
    files = {}
    for level in Level:
        wish = Wish(level, now, seal=digitized_seal(BODY, now), roots=roots)
        files[level.value] = sign(digitized, body_key, wish, time_stamper=stamper)
    for high in (Level.B_LT, Level.B_LTA):
        files[f"raised-{high}"] = raise_level(files["B-B"], high, roots, time_stamper=stamper)
    files["renewed"] = raise_level(files["B-LTA"], Level.B_LTA, roots, time_stamper=stamper)
    files["copy"] = sign(digitized, body_key, Wish(Level.B_B, now, seal=copy_seal("SAO Y", BODY, now)))
    officer = Seal(Form.OFFICER, (), hand_signature(), 1, (380, 600, 120, 48))
    agency = Seal(Form.AGENCY, (), red_seal(), 1, (320, 580, 102, 102))
    once = sign(digitized, officer_key, Wish(Level.B_T, now, seal=officer, roots=roots), time_stamper=stamper)
    files["both"] = sign(once, body_key, Wish(Level.B_T, now, seal=agency, roots=roots), time_stamper=stamper)
    return files


@pytest.fixture(scope="module")
def folder(signed: dict[str, bytes], digitized: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files on disk."""
    made = tmp_path_factory.mktemp("judged")
    for name, pdf in {**signed, "unsigned": digitized}.items():
        (made / f"{name}.pdf").write_bytes(pdf)
    return made


def test_the_european_validator_agrees_on_level_and_validity(folder: Path, pki: Pki) -> None:
    (folder / "root.pem").write_bytes(pki.root_pem())
    names = sorted(path for path in folder.glob("*.pdf") if path.stem != "unsigned")
    said: dict[str, list[list[str]]] = {}
    for name, *told in judge("dss", folder / "root.pem", *names):
        said.setdefault(name.removesuffix(".pdf"), []).append(told)
    for level in Level:
        assert [one[0] for one in said[level.value]] == [f"PAdES-BASELINE-{level.value[2:]}"], said
        assert said[level.value][0][3] == BODY
    assert {one[3] for one in said["both"]} == {BODY, OFFICER}
    # Nothing is fetched here: without the answers in the file the judge cannot know of revocation.
    for name in ("B-B", "B-T", "copy", "both"):
        assert {one[1] for one in said[name]} == {"INDETERMINATE"}, said
        assert {one[2] for one in said[name]} <= {"TRY_LATER", "CERTIFICATE_CHAIN_GENERAL_FAILURE"}, said
    for name in ("B-LT", "B-LTA", "raised-B-LT", "raised-B-LTA", "renewed"):
        assert [one[1] for one in said[name]] == ["TOTAL_PASSED"], said
    for name in ("B-LTA", "raised-B-LTA", "renewed"):
        assert [one[0] for one in said[name]] == ["PAdES-BASELINE-LTA"], said


def test_a_signed_paper_is_still_pdf_a(folder: Path) -> None:
    said = {
        name.removesuffix(".pdf"): told for name, *told in judge("verapdf", *sorted(folder.glob("*.pdf")))
    }
    assert said["unsigned"][0] == "true", said["unsigned"]
    assert {name: told for name, told in said.items() if told[0] != "true"} == {}


def test_a_broken_file_is_told_by_the_european_validator_too(folder: Path, pki: Pki) -> None:
    (folder / "root.pem").write_bytes(pki.root_pem())
    whole = (folder / "B-LT.pdf").read_bytes()
    at = whole.index(b"/MediaBox") + 12
    broken = folder / "broken.dat"
    broken.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    ((_, _, indication, *_),) = judge("dss", folder / "root.pem", broken)
    assert indication == "TOTAL_FAILED"
