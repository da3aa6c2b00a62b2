"""Words are found in texts as the index cuts them, with their marks or without, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from storage import dossiers
from storage.database import Database
from storage.finding import parts_of, without_marks
from tests.made_files import digitized_file, sha256_of, source_of, written
from tests.storage.conftest import CODE, Clock

TEXT = "CỘNG HOÀ XÃ HỘI\nSố: 15/QĐ-SXD, đường Nguyễn Huệ (khu A)\nÔng Đặng Ðình Ước, 1.250.000 đồng; email a_b@c.vn"


def attached(database: Database, folder: Path, content: bytes = b"scan", **dossier: str) -> str:
    if dossier:
        dossiers.open_dossier(database, CODE, by="lan", **dossier)  # type: ignore[arg-type]
    intake, _ = dossiers.receive_intake(
        database, CODE, name="đơn 7.pdf", sha256=sha256_of(content), size=4, sender="lan"
    )
    claim = dossiers.claim_intake(database, intake.id, worker="w", allowed=timedelta(hours=1))
    assert claim
    digitized = digitized_file(source_of(written(folder / "a.pdf", content)), folder, doubtful=True)
    ids = dossiers.attach_documents(database, claim, replace(digitized), ["a" * 64, "b" * 64])
    with database.write() as session:
        session.execute(text("UPDATE document SET text = :text WHERE id = :id"), {"text": TEXT, "id": ids[0]})
    return ids[0]


def found(database: Database, words: str, **how: object) -> int:
    return len(dossiers.search_documents(database, words, **how).items)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "exact", "plain"),
    [
        ("nguyễn", 1, 1),
        ("NGUYỄN huệ", 1, 1),
        ("Nguy", 1, 1),
        ("nguyen", 0, 1),
        ("duong", 0, 1),
        ("Đường", 1, 1),
        ("15/QĐ-SXD", 1, 1),
        ("15/qd-sxd", 0, 1),
        ("qđ-sx", 1, 1),
        ("16/QĐ-SXD", 0, 0),
        ("hoà xã", 1, 1),
        ("1.250.000", 1, 1),
        ("uyễn", 0, 0),
        ("(khu", 1, 1),
        ("khu a)", 1, 1),
        ('đặng "ước', 1, 1),
        ("vắng", 0, 0),
        ("vắng nguyễn", 0, 0),
        ("nguyễn vắng", 0, 0),
        ("nguyễn 251124-0007", 1, 1),
    ],
)
def test_words_of_a_text(database: Database, tmp_path: Path, words: str, exact: int, plain: int) -> None:
    attached(database, tmp_path)
    assert found(database, words) == exact
    assert found(database, words, without_marks=True) == plain


def test_what_a_text_said_before_is_found_no_more(database: Database, tmp_path: Path) -> None:
    attached(database, tmp_path)
    assert found(database, "nghiệm") == 0
    assert found(database, "xã hội") == 1


def test_names_codes_places_doubts_and_age_narrow_a_search(
    database: Database, tmp_path: Path, clock: Clock
) -> None:
    document = attached(database, tmp_path, noi_tiep_nhan="Phường Hồng Gai")
    assert found(database, "ĐƠN 251124-0007") == 2
    assert found(database, "", place="Phường Hồng Gai") == 2
    assert found(database, "", place="H49.12") == 2
    assert found(database, "", place="Phường Khác") == 0
    assert dossiers.places(database) == ("H49.12", "Phường Hồng Gai")
    (reason, *_) = dossiers.get_document(database, document).document.reasons
    assert found(database, "xã", reason=reason) == 1
    assert found(database, "", reason="page_failed") == 0
    assert found(database, "", attached_before=clock()) == 0
    clock.passes(hours=5)
    assert found(database, "", attached_before=clock() - timedelta(hours=4)) == 2


@pytest.mark.parametrize(
    "words", ["'", '"', "* ( )", "a' OR 1=1 --", ":*", "x:y", "\\", "%", "_", "NEAR(a b)", "٣"]
)
def test_signs_are_no_commands(database: Database, tmp_path: Path, words: str) -> None:
    attached(database, tmp_path)
    for plain in (False, True):
        assert found(database, words, without_marks=plain) <= 2


@given(st.text(max_size=30))
def test_parts_are_letters_and_figures_in_small(word: str) -> None:
    for part in parts_of(word):
        assert part
        assert all(letter.isalnum() for letter in part if not letter.isspace())
    assert without_marks(without_marks(word)) == without_marks(word)
