"""The form of a DocCode, the metadata's lengths, and the name of a file."""

from __future__ import annotations

import string
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.national import formats, metadata
from errors import SenderError
from storage.doc_code import DocCode, read_doc_code

NEEDED = {
    "TypeName": "Công văn",
    "CodeNumber": "1",
    "CodeNotation": "A",
    "IssuedDate": "2025-07-31",
    "OrganName": "B",
    "Subject": "C",
}


@given(
    agency=st.from_regex(r"[A-Y]\d{2}(\.\d{2,3}){0,2}", fullmatch=True, alphabet=string.printable),
    kind=st.sampled_from(["CV", "QĐ", "CTr", "L"]),
    number=st.integers(1, 999_999),
    version=st.integers(1, 99),
)
def test_a_code_is_its_parts(agency: str, kind: str, number: int, version: int) -> None:
    code = DocCode(agency, kind, number, version)
    assert read_doc_code(str(code)) == code


@given(st.text(max_size=40))
def test_what_is_taken_as_a_code_is_one_of_30_characters(text: str) -> None:
    try:
        code = read_doc_code(text)
    except SenderError:
        return
    assert str(code) == text
    assert len(text) <= 30


@pytest.mark.parametrize(
    "code",
    [
        *("G06.01_CV_000000_V1", "G06.01_CV_00021_V1", "G06.01_CV_000021_V0", "G06.01_CV_000021"),
        *("Z06_CV_000021_V1", "G06.01_CV_000021_V1\n", "G06.01_cv_000021_V1", "g06_CV_000021_V1"),
        "G06.01.02.03.04.05.06_CV_000021_V1",
    ],
)
def test_near_misses_are_refused(code: str) -> None:
    with pytest.raises(SenderError):
        read_doc_code(code)


def test_the_guidances_lengths() -> None:
    lengths = {"DocCode": 30, "TypeName": 100, "CodeNumber": 11, "CodeNotation": 30, "OrganName": 200}
    lengths |= {"Subject": 500, "Language": 100, "Description": 500, "InforSign": 30, "Keyword": 100}
    lengths |= {"Mode": 20, "ConfidenceLevel": 30, "Format": 50}
    for name, most in lengths.items():
        assert metadata.checked({**NEEDED, name: "x" * most})[name] == "x" * most
        with pytest.raises(SenderError):
            metadata.checked({**NEEDED, name: "x" * (most + 1)})
    assert set(metadata.MANDATORY) == set(NEEDED)


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@given(
    st.fixed_dictionaries(
        dict.fromkeys(("TypeName", "OrganName", "Subject"), words),
        optional={
            "Keyword": words,
            "PageAmount": st.integers(1, 9999),
            "To": st.lists(st.fixed_dictionaries({"OrganName": words}), min_size=1, max_size=3),
            "SignerInfo": st.fixed_dictionaries({"FullName": words}),
        },
    )
)
def test_xml_and_back_loses_nothing(told: dict[str, Any]) -> None:
    kept = metadata.checked({**NEEDED, **told})
    shown = metadata.shown(kept, "G06_CV_000001_V1")
    assert metadata.checked(formats.read_metadata(formats.as_xml(shown))) == {
        **kept,
        "DocCode": "G06_CV_000001_V1",
    }


@given(st.binary(max_size=300))
def test_bytes_that_say_nothing_are_a_senders_fault(data: bytes) -> None:
    for sent in (data, b"<Document>" + data + b"</Document>"):
        with pytest.raises(SenderError) as refused:
            metadata.checked(formats.read_metadata(sent))
        assert refused.value.code == "bad_metadata"
        assert {"field", "why", "reason"} <= set(refused.value.values)


def test_dates_may_be_written_as_the_guidance_prints_them() -> None:
    kept = metadata.checked({**NEEDED, "IssuedDate": "2025-31-07"}, "YYYY-DD-MM")
    assert kept["IssuedDate"] == "2025-07-31"
    assert metadata.shown(kept, "X", "YYYY-DD-MM")["IssuedDate"] == "2025-31-07"


@given(st.text(max_size=200))
def test_a_files_name_keeps_the_rule(subject: str) -> None:
    at = datetime(2025, 2, 1, 18, 0, tzinfo=UTC)
    name = formats.file_name("G06.01_CV_000021_V1", at, subject, "pdf")
    start, _, rest = name.rpartition("_")
    assert start == "G06.01_CV_000021_V1_20250202"
    assert rest.endswith(".pdf")
    assert rest.removesuffix(".pdf").isascii()
    assert 1 <= len(rest.removesuffix(".pdf")) <= 40
