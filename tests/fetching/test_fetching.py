"""Systems fetch: changes by cursor, whole exports with their hashes, links that end."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.fetching.signing_links import check_link, link_key, signature_of
from errors import SenderError
from tests.api.conftest import Desk


def changes(desk: Desk, since: str, **asked: Any) -> Any:
    return desk.client.get("/api/v1/changes", params={"since": since, **asked}).json()


def now(desk: Desk) -> str:
    cursor, more = "0", True
    while more:
        found = changes(desk, cursor, limit=500)
        cursor, more = found["next"], found["more"]
    return cursor


# ---- changes ---------------------------------------------------------------------------------------------


def test_changes_are_told_once_in_their_order(desk: Desk, dossier: str) -> None:
    start = now(desk)
    read = desk.digitized(code=dossier)
    desk.client.get(read["href"] + "/pdf")  # a read is no change
    seen: list[dict[str, Any]] = []
    cursor, more = start, True
    while more:
        found = changes(desk, cursor, limit=2)
        seen += found["items"]
        cursor, more = found["next"], found["more"]
    assert [one["what"] for one in seen] == [
        *("dossier_opened", "intake_received", "intake_claim", "intake_attach", "document_attached")
    ]
    assert seen[-1]["document_id"] == read["id"]
    assert seen[-1]["details"]["type"] == "quyet_dinh"
    assert {one["ma_ho_so"] for one in seen} == {dossier}
    nothing = changes(desk, cursor)
    assert (nothing["items"], nothing["more"], nothing["next"]) == ([], False, cursor)
    desk.client.put(read["href"] + "/type", json={"code": "cong_van"}, headers={"If-Match": '"1"'})
    assert [one["what"] for one in changes(desk, cursor, ma_ho_so=dossier)["items"]] == ["type_corrected"]


def test_a_cursor_of_another_database_is_refused(desk: Desk) -> None:
    reply = desk.client.get("/api/v1/changes", params={"since": "999999999"})
    assert (reply.status_code, reply.json()["code"]) == (422, "bad_cursor")
    assert desk.client.get("/api/v1/changes", params={"since": "x"}).status_code == 422


# ---- export ----------------------------------------------------------------------------------------------


def test_a_zip_holds_the_files_and_their_hashes(desk: Desk, dossier: str) -> None:
    read = [desk.digitized(f"tờ {n}.pdf", f"cong_van so_ky_hieu={n}/CV\nTờ {n}", dossier) for n in range(3)]
    reply = desk.client.get("/api/v1/export", params={"ma_ho_so": dossier})
    assert reply.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
        assert archive.testzip() is None
        sums = archive.read("SHA256SUMS").decode().splitlines()
        for line in sums:
            digest, _, name = line.partition("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        assert len(archive.namelist()) == len(sums) + 1 == 3 * 2 + 2
        pdf = next(name for name in archive.namelist() if read[0]["id"] in name and name.endswith(".pdf"))
        assert archive.read(pdf) == desk.client.get(read[0]["href"] + "/pdf").content
        lines = [json.loads(line) for line in archive.read("documents.ndjson").splitlines()]
    assert [one["id"] for one in lines] == [one["id"] for one in read]
    assert lines[0]["fields"] == {"so_ky_hieu": "0/CV"}


def test_lines_end_with_a_manifest(desk: Desk, dossier: str) -> None:
    read = desk.digitized(code=dossier)
    desk.digitized("khác.pdf", "cong_van so_ky_hieu=1/CV\nx", dossier)
    asked = {"ma_ho_so": dossier, "format": "ndjson", "type": "quyet_dinh"}
    reply = desk.client.get("/api/v1/export", params=asked)
    *lines, last = reply.content.splitlines(keepends=True)
    assert [json.loads(line)["id"] for line in lines] == [read["id"]]
    digest = hashlib.sha256(b"".join(lines)).hexdigest()
    assert json.loads(last) == {"manifest": {"documents": 1, "sha256": digest}}


def test_days_bound_an_export(desk: Desk, dossier: str) -> None:
    read = desk.digitized(code=dossier)

    def count(**days: str) -> int:
        asked = {"ma_ho_so": dossier, "format": "ndjson", **days}
        last = desk.client.get("/api/v1/export", params=asked).content.splitlines()[-1]
        return int(json.loads(last)["manifest"]["documents"])

    day = read["attached_at"][:10]
    assert count(**{"from": "2020-01-01", "to": "9999-12-31"}) == 1
    assert count(to="2020-01-01") == 0
    assert count(**{"from": "9999-12-31"}) == 0
    assert day
    assert desk.client.get("/api/v1/export", params={"from": "31/7/2025"}).status_code == 422


# ---- links -----------------------------------------------------------------------------------------------


def link(desk: Desk, kind: str, target: str, seconds: int = 60) -> str:
    reply = desk.client.post("/api/v1/links", json={"kind": kind, "target": target, "seconds": seconds})
    assert reply.status_code == 201, reply.text
    return str(reply.json()["href"])


def test_a_link_opens_its_file_and_no_other(desk: Desk, dossier: str) -> None:
    read, other = desk.digitized(code=dossier), desk.digitized("b.pdf", "cong_van \nx", dossier)
    href = link(desk, "pdf", read["id"])
    file = desk.client.get(href)
    assert file.content == desk.client.get(read["href"] + "/pdf").content
    assert desk.client.get(href, headers={"Range": "bytes=0-3"}).content == b"%PDF"
    assert desk.client.get(link(desk, "original", read["id"])).content.startswith(b"quyet_dinh")
    for changed in (
        href.replace(read["id"], other["id"]),
        href.replace("/pdf/", "/original/"),
        href.replace("expires=", "expires=9"),
        href[:-1] + ("0" if href[-1] != "0" else "1"),
        href.rpartition("=")[0] + "=é",
    ):
        reply = desk.client.get(changed)
        assert (reply.status_code, reply.json()["code"]) == (403, "bad_link")


def test_a_link_that_has_ended_says_so(desk: Desk, dossier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = desk.digitized(code=dossier)
    key = link_key(desk.data_dir)
    signature = signature_of(key, "pdf", read["id"], 1_000_000)
    reply = desk.client.get(f"/api/v1/links/pdf/{read['id']}?expires=1000000&signature={signature}")
    assert (reply.status_code, reply.json()["code"]) == (410, "link_expired")
    assert "hết hạn" in reply.json()["detail"]


def test_a_link_is_made_only_for_what_is_there(desk: Desk) -> None:
    for kind, target in (("pdf", "0" * 26), ("result", "0" * 26), ("doc-code", "G06.01_CV_000000_V1")):
        reply = desk.client.post("/api/v1/links", json={"kind": kind, "target": target})
        assert reply.status_code in (404, 422)
    long = desk.client.post("/api/v1/links", json={"kind": "pdf", "target": "0" * 26, "seconds": 86_401})
    assert long.status_code == 422


def test_the_key_is_for_the_service_alone(desk: Desk) -> None:
    key = link_key(desk.data_dir)
    assert key == link_key(desk.data_dir)
    assert stat.S_IMODE((desk.data_dir / "links.key").stat().st_mode) == 0o600
    assert len(key) == 32


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_no_two_links_share_a_signature(kind: str, target: str, kind2: str, target2: str) -> None:
    key = bytes(32)
    signature = signature_of(key, "pdf", "a", 10)
    check_link(key, "pdf", "a", 10, signature, 9.9)
    with pytest.raises(SenderError):
        check_link(key, "pdf", "a", 11, signature, 9.9)
    if "\n" not in kind + kind2 and (kind, target) != (kind2, target2):
        assert signature_of(key, kind, target, 10) != signature_of(key, kind2, target2, 10)
