"""The invented dossiers that ``make run`` sends in, as the post and the counter would."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.making import make_paper
from bench.making.wear import Worn, wear
from bench.making.writing import pdf_of, tiff_of

_FIRST_SEED = 301


@dataclass(frozen=True, slots=True)
class Sample:
    """One file to send: where it lies, to which dossier, as what, by which way (``counter`` or ``post``);
    ``codes`` are the papers in it, in order."""

    path: Path
    ma_ho_so: str
    media_type: str
    channel: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """``papers``: type codes and layouts, one document each, in order."""

    name: str
    dossier: int
    channel: str
    papers: tuple[tuple[str, int], ...]
    level: str


_WANTED = (
    _Wanted("bao-cao-nhieu-trang.pdf", 0, "counter", (("bao_cao", 2),), "sealed"),
    _Wanted("hop-dong.tif", 0, "post", (("hop_dong", 1),), "fax"),
    _Wanted("quyet-dinh-cu.pdf", 0, "post", (("quyet_dinh", 0),), "worn"),
    _Wanted("giay-khai-sinh-anh-chup.jpg", 1, "counter", (("giay_khai_sinh", 0),), "photo"),
    _Wanted("can-cuoc-anh-chup.jpg", 1, "counter", (("can_cuoc", 3),), "photo"),
    _Wanted("cong-van.jpg", 2, "counter", (("cong_van", 1),), "office"),
    _Wanted("bien-lai.png", 2, "post", (("bien_lai", 0),), "clean"),
    _Wanted(
        "tap-giay-to.pdf", 2, "post", (("giay_tiep_nhan_hen_tra", 0), ("giay_phep_xay_dung", 0)), "office"
    ),
)
_FILES: dict[str, tuple[str, Callable[[Sequence[Worn]], bytes]]] = {
    ".pdf": ("application/pdf", pdf_of),
    ".tif": ("image/tiff", tiff_of),
    ".jpg": ("image/jpeg", lambda scans: scans[0].data),
    ".png": ("image/png", lambda scans: scans[0].data),
}


def make_samples(out: Path, today: date | None = None) -> list[Sample]:
    """Write the sample files into ``out`` and say what they are.

    Args:
        out: a folder; made if missing.
        today: day of the dossier codes, by default this day.
    """
    out.mkdir(parents=True, exist_ok=True)
    day = today or date.today()
    dossiers = [f"H49.{body}-{day:%y%m%d}-{number:04d}" for body, number in ((12, 7), (12, 31), (40, 112))]
    samples = []
    for i, wanted in enumerate(_WANTED):
        seed = _FIRST_SEED + 2 * i
        documents = [make_paper(code, seed, layout) for code, layout in wanted.papers]
        pages = [page for document in documents for page in document.pages]
        scans = [wear(page, wanted.level, seed + 100 * k) for k, page in enumerate(pages)]
        path = out / wanted.name
        media_type, write = _FILES[path.suffix]
        path.write_bytes(write(scans))
        codes = tuple(code for code, _ in wanted.papers)
        samples.append(Sample(path, dossiers[wanted.dossier], media_type, wanted.channel, codes))
    return samples
