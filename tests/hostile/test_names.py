"""Names from outside: never a path, never a command to a terminal, never a cause to lose a result."""

from __future__ import annotations

import html
import json
import os
import unicodedata
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.names import disposition, safe_name
from naming import MOST_STEM_BYTES, escaped, file_stem, plain
from tests.corpus import motif
from tests.corpus.motif import saved
from tests.digitize.conftest import sohoa
from tests.hostile.conftest import Centre

BAD = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
BIDI = "hóa đơn \u202egnp.exe"
TERMINAL = "a\x1b]0;owned\x07\x1b[2Jb"
ODD = [
    b"quy\xe1\xba\xbft \xc4\x91\xe1\xbb\x8bnh.png",
    "bình thường (1).png".encode(),
    TERMINAL.encode() + b".png",
    b"a]0;ownedb.png",
    f"{BIDI}.png".encode(),
    f"{BIDI.replace(chr(0x202E), '_')}.png".encode(),
    b"hai\ndong.png",
    b"latin-\xe9\xff.png",
    "e\u0301 r\u1eddi.png".encode(),
    b"-rf.png",
    b"a\\b.png",
    "\U0001f4c4 \u200b.png".encode(),
    ("đ" * 125).encode() + b".png",
    ("đ" * 124).encode() + b"x.png",
    b"x" * 251 + b".png",
    b"x" * 255,
]
DOTTED = [b"..png", b"...png", b".png"]
"""Passed over in a folder, as everywhere; done where they are named."""


def is_safe(text: str) -> bool:
    return not any(unicodedata.category(letter) in BAD for letter in text)


@given(st.text(max_size=400))
def test_a_name_made_safe_is_shown_as_it_is_and_is_no_path(name: str) -> None:
    for made in (plain(name), file_stem(name), safe_name(name)):
        assert is_safe(made)
        assert "/" not in made
        assert "\\" not in made
    assert is_safe(escaped(name))
    assert 0 < len(file_stem(name).encode()) <= MOST_STEM_BYTES
    assert safe_name(name) not in ("", ".", "..")
    assert disposition(name).isascii()
    assert "\n" not in disposition(name)


@given(st.text(alphabet=st.characters(whitelist_categories=("L", "N")), min_size=1, max_size=40))
def test_an_ordinary_name_stays_as_it_is(name: str) -> None:
    assert plain(name) == file_stem(name) == escaped(name) == name


def test_what_is_not_seen_is_told() -> None:
    assert escaped(os.fsdecode(b"a\x1b\xff\xe2\x80\xae")) == "a\\x1b\\xff\\u202e"


def test_the_command_digitizes_files_of_any_name(tmp_path: Path) -> None:
    scans, output = tmp_path / "scans", tmp_path / "out"
    scans.mkdir()
    for number, name in enumerate([*ODD, *DOTTED]):
        picture = saved(motif.gray(motif.WIDTH + number, motif.HEIGHT), "PNG")
        Path(os.fsdecode(os.fsencode(scans) + b"/" + name)).write_bytes(picture)
    (scans / f"{TERMINAL}.pdf").write_bytes(b"%PDF-1.7\nnone")
    (scans / f"{BIDI}.pdf").write_bytes(b"")
    done = sohoa(
        "digitize", scans, *[scans / os.fsdecode(name) for name in DOTTED], "--output", output, cwd=tmp_path
    )
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert all(is_safe(line) for line in lines)
    assert "\\x1b" in done.stderr
    assert "\\u202e" in done.stderr
    made = [path for path in output.iterdir() if path.name.endswith(".json")]
    records = {json.loads(path.read_text(encoding="utf-8"))["source"]["sha256"]: path for path in made}
    assert len(records) == len(made) == len(ODD) + len(DOTTED)
    for path in records.values():
        assert is_safe(path.name)
        assert is_safe(json.loads(path.read_text(encoding="utf-8"))["source"]["name"])
        assert path.with_name(path.name.removesuffix(".json") + ".pdf").exists()
    assert {"quyết định.json", "bình thường (1).json", "e\u0301 r\u1eddi.json"} <= {p.name for p in made}


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.pdf",
        "..\\..\\windows\\a.pdf",
        "<img src=x onerror=alert(1)>.pdf",
        f"{BIDI}.pdf",
        "a\x1b[2J.pdf",
        "'\";--.pdf",
        "{{7*7}}.pdf",
        "ố" * 400 + ".pdf",
        "\u0000.pdf",
    ],
)
def test_the_service_keeps_shows_and_hands_back_any_name(centre: Centre, name: str) -> None:
    code = "H49.12-251124-7002"
    before = {path.name for path in centre.data_dir.rglob("*") if path.is_dir()}
    picture = saved(motif.gray(200 + zlib.crc32(name.encode()) % 200), "PNG")
    body = b'--b\r\nContent-Disposition: form-data; name="files"; filename="'
    body += (
        name.replace("\\", "\\\\").replace('"', '\\"').encode() + b'"\r\n\r\n' + picture + b"\r\n--b--\r\n"
    )
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    sent = centre.client.post(f"/api/v1/dossiers/{code}/scans", content=body, headers=kind)
    assert sent.status_code in (200, 202)
    shown = sent.json()["files"][0]["name"]
    assert is_safe(shown)
    assert len(shown) <= 150
    page = centre.client.get(f"/ho-so/{code}", headers={"Accept": "text/html"}).text
    assert is_safe(page.replace("\n", ""))
    assert "<img src=x" not in page
    assert html.escape(shown, quote=False).replace("'", "&#39;").replace('"', "&#34;") in page
    saved_as = centre.client.get(f"{sent.json()['files'][0]['href']}/original").headers["content-disposition"]
    assert saved_as.startswith("attachment; filename=")
    assert "/" not in saved_as.replace("UTF-8''", "")
    new = {path.name for path in centre.data_dir.rglob("*") if path.is_dir()} - before
    assert not [folder for folder in new if "passwd" in folder or "windows" in folder]
