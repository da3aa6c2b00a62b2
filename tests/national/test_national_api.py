"""Documents under their DocCode: imported, read, changed, downloaded; no version ever changes."""

from __future__ import annotations

import json
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree

from tests.api.conftest import DECISION, Desk

PDF = b"%PDF-1.7 a scan of "
TOLD: dict[str, Any] = {
    "TypeName": "Công văn",
    "CodeNumber": "15",
    "CodeNotation": "SXD-QLXD",
    "IssuedDate": "2025-09-05",
    "OrganName": "Sở Xây dựng",
    "Subject": "V/v số hoá tài liệu, đợt 1",
    "PageAmount": 2,
    "SignerInfo": {"Position": "Giám đốc", "FullName": "Trần Văn Mẫu"},
    "To": [{"OrganName": "Sở Tài chính"}, {"OrganId": "H49.13"}],
}


@pytest.fixture
def code(dossier: str) -> str:
    """A code of version 1 that no other test uses."""
    return f"G06.01_CV_{zlib.crc32(dossier.encode()) % 999_999 + 1:06d}_V1"


def imported(
    desk: Desk, dossier: str, told: dict[str, Any] | str, data: bytes | None = None, **fields: str
) -> Any:
    form: dict[str, Any] = {
        "ma_ho_so": (None, dossier),
        "metadata": (None, told if isinstance(told, str) else json.dumps(told)),
        **{name: (None, value) for name, value in fields.items()},
    }
    data = PDF + dossier.encode() if data is None else data
    form["file"] = ("công văn.pdf", data, "application/pdf")
    return desk.client.post("/api/v1/documents/import", files=form)


def registered(desk: Desk, document_id: str) -> Any:
    told = json.dumps({"OrganName": "Sở Xây dựng"})
    form = {"document_id": (None, document_id), "metadata": (None, told)}
    return desk.client.post("/api/v1/documents/import", files=form)


def test_a_document_is_imported_read_and_downloaded(desk: Desk, dossier: str, code: str) -> None:
    reply = imported(desk, dossier, {**TOLD, "DocCode": code})
    assert reply.status_code == 201, reply.text
    body = reply.json()
    assert (body["doc_code"], body["version"], body["versions"]) == (code, "V1", [code])
    assert body["metadata"] == {"DocCode": code, **TOLD}
    assert reply.headers["location"] == body["href"]

    again = desk.client.get(body["href"])
    assert again.json() == body
    kept = desk.client.get(body["href"], headers={"If-None-Match": again.headers["etag"]})
    assert (kept.status_code, kept.content) == (304, b"")

    file = desk.client.get(body["download"])
    assert file.content == PDF + dossier.encode()
    assert file.headers["content-type"] == "application/pdf"
    name = unquote(file.headers["content-disposition"].rpartition("''")[2])
    day = body["file_name"].split("_")[4]
    assert name == body["file_name"] == f"{code}_{day}_VvSoHoaTaiLieuDot1.pdf"
    part = desk.client.get(body["download"], headers={"Range": "bytes=0-4"})
    assert (part.status_code, part.content) == (206, b"%PDF-")
    assert desk.client.head(body["download"]).headers["content-length"] == str(body["size"])
    # It went the way of every scan: it stands in its dossier and was given to the pipeline.
    assert [one["id"] for one in desk.client.get(f"/api/v1/dossiers/{dossier}").json()["intakes"]] == [
        body["intake_id"]
    ]
    assert desk.ended(body["intake_id"])["sha256"] == body["sha256"]


def test_the_same_again_is_known_and_another_is_refused(desk: Desk, dossier: str, code: str) -> None:
    told = {**TOLD, "DocCode": code}
    first = imported(desk, dossier, told)
    again = imported(desk, dossier, told)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    for other in (
        imported(desk, dossier, {**told, "Subject": "Khác"}),
        imported(desk, dossier, told, PDF + b"other"),
    ):
        assert (other.status_code, other.json()["code"]) == (409, "doc_code_taken")
        assert code in other.json()["detail"]
    intakes = desk.client.get(f"/api/v1/dossiers/{dossier}").json()["intakes"]
    assert len(intakes) == 1, "a refused import leaves nothing"


def test_a_put_makes_a_version_and_leaves_those_before(desk: Desk, dossier: str, code: str) -> None:
    first = imported(desk, dossier, {**TOLD, "DocCode": code}).json()
    second = desk.client.put(first["href"], json={**TOLD, "Subject": "V/v đính chính"})
    assert second.status_code == 201, second.text
    body = second.json()
    assert body["doc_code"] == code.replace("_V1", "_V2")
    assert body["metadata"]["Subject"] == "V/v đính chính"
    assert body["sha256"] == first["sha256"]
    assert body["versions"] == [code, body["doc_code"]]

    kept = desk.client.get(first["href"])
    assert kept.json()["metadata"] == first["metadata"]
    assert kept.json()["newest"] == body["doc_code"]

    sent_again = desk.client.put(first["href"], json={**TOLD, "Subject": "V/v đính chính"})
    assert (sent_again.status_code, sent_again.json()) == (200, body)
    late = desk.client.put(first["href"], json={**TOLD, "Subject": "V/v khác"})
    assert (late.status_code, late.json()["code"]) == (409, "newer_version")
    assert body["doc_code"] in late.json()["detail"]

    third = desk.client.put(body["href"], files={"file": ("mới.tif", b"II*\0 another", "image/tiff")})
    assert third.status_code == 201
    assert third.json()["metadata"] == {**body["metadata"], "DocCode": code.replace("_V1", "_V3")}
    assert desk.client.get(third.json()["download"]).content == b"II*\0 another"
    assert third.json()["file_name"].endswith(".tif")
    assert desk.client.get(first["download"]).content == PDF + dossier.encode()


def test_a_put_with_a_stale_etag_changes_nothing(desk: Desk, dossier: str, code: str) -> None:
    first = imported(desk, dossier, {**TOLD, "DocCode": code})
    href = first.json()["href"]
    wrong = desk.client.put(href, json=TOLD, headers={"If-Match": '"0"'})
    assert (wrong.status_code, wrong.json()["code"]) == (412, "version_conflict")
    right = desk.client.put(href, json={**TOLD, "Subject": "x"}, headers={"If-Match": first.headers["etag"]})
    assert right.status_code == 201


def test_many_writers_of_one_version_make_one(desk: Desk, dossier: str, code: str) -> None:
    href = imported(desk, dossier, {**TOLD, "DocCode": code}).json()["href"]
    with ThreadPoolExecutor(6) as threads:
        answers = list(
            threads.map(lambda n: desk.client.put(href, json={**TOLD, "Subject": f"Bản {n}"}), range(6))
        )
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409, 409, 409]
    assert len(desk.client.get(href).json()["versions"]) == 2


def test_xml_says_the_same_as_json(desk: Desk, dossier: str, code: str) -> None:
    href = imported(desk, dossier, {**TOLD, "DocCode": code}).json()["href"]
    reply = desk.client.get(href, headers={"Accept": "application/xml"})
    assert reply.headers["content-type"] == "application/xml"
    root = etree.fromstring(reply.content)
    assert root.tag == "Document"
    assert root.findtext("DocCode") == code
    assert root.findtext("SignerInfo/FullName") == "Trần Văn Mẫu"
    assert [one.findtext("OrganName") for one in root.findall("To")] == ["Sở Tài chính", None]
    assert reply.headers["etag"] != desk.client.get(href).headers["etag"]

    changed = reply.content.replace("Trần Văn Mẫu".encode(), "Lê Thị Thử".encode())
    second = desk.client.put(href, content=changed, headers={"Content-Type": "application/xml"})
    assert second.status_code == 201, second.text
    assert second.json()["metadata"]["SignerInfo"] == {"Position": "Giám đốc", "FullName": "Lê Thị Thử"}
    assert second.json()["metadata"]["PageAmount"] == 2


def test_without_a_code_the_next_number_is_given(desk: Desk, dossier: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda n: imported(desk, dossier, TOLD, PDF + bytes([n])), range(65, 69)))
    codes = sorted(one.json()["doc_code"] for one in made)
    assert len(set(codes)) == 4
    assert all(one.startswith("H49.12_CV_") and one.endswith("_V1") for one in codes)
    again = imported(desk, dossier, TOLD, PDF + b"A")
    assert (again.status_code, again.json()["doc_code"] in codes) == (200, True)


def test_a_checked_document_gets_its_code_and_its_fields(desk: Desk, dossier: str) -> None:
    read = desk.digitized(text=DECISION.replace("9?", "9").replace("Mẫu!", "Mẫu"), code=dossier)
    assert read["state"] == "ready"
    reply = registered(desk, read["id"])
    assert reply.status_code == 201, reply.text
    body = reply.json()
    assert body["doc_code"].startswith("H49.12_QĐ_")
    assert body["metadata"]["CodeNumber"] == "15"
    assert body["metadata"]["CodeNotation"] == "QĐ-SXD"
    assert body["metadata"]["TypeName"] == "Quyết định"
    assert body["metadata"]["SignerInfo"] == {"FullName": "Trần Văn Mẫu"}
    assert body["document_id"] == read["id"]
    assert desk.client.get(body["download"]).content == desk.client.get(read["href"] + "/pdf").content
    # The service's own address of the document stands beside it.
    assert desk.client.get(read["href"]).json()["id"] == read["id"]


def test_an_unchecked_document_gets_no_code(desk: Desk, dossier: str) -> None:
    read = desk.digitized(code=dossier)
    reply = registered(desk, read["id"])
    assert (reply.status_code, reply.json()["code"]) == (409, "unchecked_document")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"Subject": ""}, "Subject"),
        ({"Subject": "x" * 501}, "Subject"),
        ({"CodeNumber": "123456789012"}, "CodeNumber"),
        ({"IssuedDate": "2025-31-07"}, "IssuedDate"),
        ({"IssuedDate": "5/9/2025"}, "IssuedDate"),
        ({"Subject": "a\u202eb"}, "Subject"),
        ({"Lạ": "x"}, "Lạ"),
        ({"PageAmount": 10_000}, "PageAmount"),
        ({"SignerInfo": {"FullName": "x" * 51}}, "SignerInfo.FullName"),
        ({"To": [{}, {"OrganId": "x" * 36}]}, "To.1.OrganId"),
    ],
)
def test_metadata_that_do_not_fit_are_named(
    desk: Desk, dossier: str, told: dict[str, Any], field: str
) -> None:
    reply = imported(desk, dossier, {**TOLD, **told})
    assert (reply.status_code, reply.json()["code"]) == (422, "bad_metadata")
    assert f" {field}: " in reply.json()["detail"]
    assert desk.client.get(f"/api/v1/dossiers/{dossier}").status_code == 404, "nothing was accepted"


@pytest.mark.parametrize(
    "told",
    [
        "",
        "[]",
        "{",
        '{"a": ' * 5000,
        "<a",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><Document><Subject>&b;</Subject></Document>",
    ],
)
def test_what_is_neither_json_nor_plain_xml_is_refused(desk: Desk, dossier: str, told: str) -> None:
    reply = imported(desk, dossier, told)
    assert (reply.status_code, reply.json()["code"]) == (422, "bad_metadata")


def test_what_is_wrong_is_said_plainly(desk: Desk, dossier: str, code: str) -> None:
    def told(reply: Any) -> tuple[int, str]:
        return reply.status_code, reply.json()["code"]

    assert told(imported(desk, dossier, {**TOLD, "DocCode": "G06_CV_1_V1"})) == (422, "bad_doc_code")
    second = code.replace("_V1", "_V2")
    assert told(imported(desk, dossier, {**TOLD, "DocCode": second})) == (422, "bad_doc_code")
    assert told(imported(desk, dossier, TOLD, b"just text")) == (415, "unsupported_kind")
    assert told(imported(desk, dossier, TOLD, b"")) == (422, "empty_file")
    assert told(imported(desk, "H49", TOLD)) == (422, "bad_dossier_code")
    assert told(imported(desk, dossier, TOLD, PDF + bytes(300_000))) == (413, "file_too_large")
    client = desk.client
    assert told(client.get(f"/api/v1/documents/{code}")) == (404, "unknown_doc_code")
    assert told(client.get("/api/v1/documents/A_B")) == (422, "bad_doc_code")
    assert told(client.put(f"/api/v1/documents/{'0' * 26}", json=TOLD)) == (422, "bad_doc_code")
    assert told(client.delete(f"/api/v1/documents/{'0' * 26}")) == (405, "method_not_allowed")
    assert told(client.get(f"/api/v1/documents/download/{code}")) == (404, "unknown_doc_code")
    assert told(client.put(f"/api/v1/documents/{code}", json=TOLD)) == (404, "unknown_doc_code")
    plain = client.put(f"/api/v1/documents/{code}", content=b"x", headers={"Content-Type": "text/plain"})
    assert told(plain) == (415, "metadata_kind")
    assert told(client.post("/api/v1/documents/import", json=TOLD)) == (415, "not_multipart")
    imported(desk, dossier, {**TOLD, "DocCode": code})
    other = client.put(f"/api/v1/documents/{code}", json={**TOLD, "DocCode": "G06.01_CV_000021_V1"})
    assert told(other) == (422, "bad_metadata")
    assert told(client.put(f"/api/v1/documents/{code}", files={"x": (None, "")})) == (422, "bad_metadata")
    assert told(client.put(f"/api/v1/documents/{code}", files={"x": b"1"})) == (422, "invalid_request")
    nothing = client.post("/api/v1/documents/import", files={"metadata": (None, json.dumps(TOLD))})
    assert told(nothing) == (422, "no_files")


def test_the_dossier_may_stand_in_the_metadata(desk: Desk, dossier: str) -> None:
    told = {**TOLD, "FileCode": {"OrganId": "H49.12", "FileNotation": "H49.12-251124-987654"}}
    body = imported(desk, "", told).json()
    assert body["ma_ho_so"] == "H49.12-251124-987654"
