"""How fast results are signed: signatures a second at B-B and B-T for 1 and 50 files, milliseconds and added bytes
for each level, on a paper of 3 pages and 1 MB. The time-stamping authority and the OCSP responder are the tests'
throw-away ones, in a process of their own on this machine: a real one adds its distance.

``python -m bench.signing`` prints two tables. CPU is this process's own, which other load does not stretch.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from asn1crypto import x509
from PIL import Image
from pyhanko.sign.timestamps import HTTPTimeStamper

from bench.measuring import table
from ocr.composing import compose, park_picture
from records import IDENTITY, EncodedPicture, PageImage, PageReading, PreparedPage, TextOrigin
from signing.keys import SigningKey, from_pkcs12
from signing.sealing import Level, Wish, sign
from signing.seals import digitized_seal

PAGES = 3
WANTED_BYTES = 1_000_000
WIDTH, HEIGHT = 1240, 1754  # A4 at 150 dpi
MANY = 50
ROUNDS = 7


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch, infrastructure(Path(scratch)) as url:
        folder = Path(scratch)
        key = from_pkcs12(folder / "body.p12", (folder / "passphrase").read_bytes())
        roots = (x509.Certificate.load((folder / "root.der").read_bytes()),)
        pdf = paper(folder)
        print(f"{PAGES} pages, {len(pdf):,} bytes, RSA 2048, visible form `digitized`\n")
        print(table(["level", "ms", "CPU ms", "bytes added"], [*by_level(pdf, key, roots, url)]))
        print()
        rows = [*in_one_go(pdf, folder, roots, url)]
        print(table(["level", "files", "signatures/s", "signatures a CPU s"], rows))


def by_level(
    pdf: bytes, key: SigningKey, roots: tuple[x509.Certificate, ...], url: str
) -> Iterator[list[object]]:
    """Medians over :data:`ROUNDS`, the key loaded."""
    for level in Level:
        walls, cpus, added = [], [], 0
        for _ in range(ROUNDS):
            signed, wall, cpu = timed(lambda level=level: signed_at(level, pdf, key, roots, url))  # type: ignore[misc]
            walls.append(wall)
            cpus.append(cpu)
            added = len(signed) - len(pdf)
        middle = (f"{1000 * statistics.median(walls):.0f}", f"{1000 * statistics.median(cpus):.0f}")
        yield [level.value, *middle, f"{added:,}"]


def in_one_go(
    pdf: bytes, folder: Path, roots: tuple[x509.Certificate, ...], url: str
) -> Iterator[list[object]]:
    """One request each: the key is loaded once, then all files are signed, as the service does it."""
    for level in (Level.B_B, Level.B_T):
        for count in (1, MANY):

            def batch(level: Level = level, count: int = count) -> bytes:
                key = from_pkcs12(folder / "body.p12", (folder / "passphrase").read_bytes())
                return [signed_at(level, pdf, key, roots, url) for _ in range(count)][-1]

            _, wall, cpu = timed(batch)
            yield [level.value, count, f"{count / wall:.1f}", f"{count / cpu:.1f}"]


def signed_at(
    level: Level, pdf: bytes, key: SigningKey, roots: tuple[x509.Certificate, ...], url: str
) -> bytes:
    """Certificate checks (OCSP, CRL) included."""
    now = datetime.now(UTC)
    stamper = HTTPTimeStamper(f"{url}/gov/tsa/tsa", timeout=60) if level.needs_time else None
    wish = Wish(level, now, seal=digitized_seal(key.holder, now), roots=roots, answer_seconds=60)
    return sign(pdf, key, wish, time_stamper=stamper)


def timed(work: Callable[[], bytes]) -> tuple[bytes, float, float]:
    """The result, wall seconds, CPU seconds of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - wall, time.process_time() - cpu


def paper(folder: Path) -> bytes:
    """A composed paper with a margin, of grain that makes up the size."""
    noise = np.random.default_rng(5)
    readings = []
    for number in range(1, PAGES + 1):
        gray = np.full((HEIGHT, WIDTH), 255, np.uint8)
        gray[300:-100, 100:-100] = noise.integers(150, 255, (HEIGHT - 400, WIDTH - 200))
        data = _jpeg(gray, WANTED_BYTES // PAGES)
        page = PageImage(number, gray, 150.0, EncodedPicture("jpeg", data, WIDTH, HEIGHT, 1, 8))
        ink = np.zeros((HEIGHT, WIDTH), np.uint8)
        prepared = PreparedPage(WIDTH, HEIGHT, ink, 1.0, 150.0, 0, 0.0, IDENTITY)
        parked = park_picture(page, prepared, folder)
        readings.append(PageReading(number, WIDTH, HEIGHT, 150.0, 0, 0.0, parked, (), TextOrigin.OCR))
    return compose(readings, title="Giấy phép thử", out=folder / "paper.pdf").path.read_bytes()


def _jpeg(gray: np.ndarray, size: int) -> bytes:
    """The picture at the highest quality that keeps within ``size`` bytes."""
    data = b""
    for quality in range(10, 96, 5):
        out = io.BytesIO()
        Image.fromarray(gray).save(out, "JPEG", quality=quality)
        if len(out.getvalue()) > size and data:
            break
        data = out.getvalue()
    return data


@contextmanager
def infrastructure(folder: Path) -> Iterator[str]:
    """Root, authorities and responders in a process of their own; the address."""
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=_serve, args=(folder, theirs), daemon=True)
    child.start()
    try:
        yield str(ours.recv())
    finally:
        ours.send("end")
        child.join(10)


def _serve(folder: Path, line: Connection) -> None:
    from tests.signing.pki import PASSPHRASE, start_pki

    sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115  what the responders grumble
    pki = start_pki(folder)
    pki.write_pkcs12("body", folder / "body.p12")
    (folder / "passphrase").write_bytes(PASSPHRASE)
    (folder / "root.der").write_bytes(pki.certificate("root").dump())
    line.send(pki.url)
    line.recv()
    pki.close()


if __name__ == "__main__":
    main()
