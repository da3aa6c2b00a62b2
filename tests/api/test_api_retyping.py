"""When a person says what kind of paper it is, the fields follow and nothing that a person said is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.rereading import pages_of_record, reread
from classifiers.fields import find_fields
from classifiers.reviewing import Thresholds
from outputs import document_record
from records import Document, MediaType, PageReading, Review, SourceFile, TypeFinding
from tests.api.conftest import DECISION, Desk
from tests.factories import pages

TODAY = date(2026, 11, 24)
LETTER = DECISION.partition("\n")[2]


def recorded(read: tuple[PageReading, ...], code: str = "quyet_dinh") -> dict[str, object]:
    source = SourceFile(Path("a.pdf"), "a.pdf", "0" * 64, 1)
    return document_record(Document(source, MediaType.PDF, read, TypeFinding(code, "x", 0.9), (), Review()))


@pytest.mark.parametrize("code", ["quyet_dinh", "thong_bao", "to_khai"])
def test_what_is_found_in_the_record_is_what_was_found_on_the_page(code: str) -> None:
    read = pages(LETTER, "Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành.")
    again = pages_of_record(recorded(read))
    assert [page.text for page in again] == [page.text for page in read]
    first = [(f.name, f.value, f.page, f.box) for f in find_fields(code, read, today=TODAY)]
    fields, _ = reread(recorded(read), TypeFinding(code, "x", 1.0), (), today=TODAY, thresholds=Thresholds())
    assert [(f.name, f.value, f.page, f.box) for f in fields] == first


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text("aăâĐ1/-. ", min_size=0, max_size=12), max_size=6), min_size=1, max_size=3))
def test_words_keep_their_lines_whatever_the_page(texts: list[list[str]]) -> None:
    read = pages(*("\n".join(lines) for lines in texts))
    again = pages_of_record(recorded(read))
    assert [page.text for page in again] == [page.text for page in read]
    assert [[w.box for w in page.words] for page in again] == [[w.box for w in page.words] for page in read]
    assert [replace(p, lines=(), picture=read[0].picture) for p in again] == [
        replace(p, lines=(), picture=read[0].picture) for p in read
    ]


def test_fields_follow_the_type_and_a_persons_value_stays(desk: Desk, dossier: str) -> None:
    known = desk.digitized(code=dossier)
    address, tag = known["href"], {"If-Match": '"1"'}
    desk.client.put(f"{address}/fields/nguoi_ky", json={"value": "Trần Văn Sửa"}, headers=tag)
    reply = desk.client.put(f"{address}/type", json={"code": "to_khai"}, headers={"If-Match": '"2"'})
    body = reply.json()
    assert (body["type"]["code"], body["type"]["read"], body["state"]) == (
        "to_khai",
        "quyet_dinh",
        "to_check",
    )
    values = {one["name"]: (one["value"], one["corrected_by"]) for one in body["fields"]}
    assert values["nguoi_ky"][0] == "Trần Văn Sửa"
    assert "trich_yeu" not in values
    reply = desk.client.put(f"{address}/type", json={"code": "quyet_dinh"}, headers={"If-Match": '"3"'})
    values = {one["name"]: (one["value"], one["read_value"]) for one in reply.json()["fields"]}
    assert values["so_ky_hieu"] == ("15/QĐ-SXD", "15/QĐ-SXD")
    assert values["ngay_ban_hanh"] == ("2025-09-05", "2025-09-05")
    assert values["nguoi_ky"] == ("Trần Văn Sửa", "Trần Văn Mẫu")
    assert reply.json()["record"]["fields"]["so_ky_hieu"]["value"] == "15/QĐ-SXD"
    late = desk.client.put(f"{address}/type", json={"code": "khac"}, headers={"If-Match": '"3"'})
    assert late.json()["code"] == "version_conflict"
