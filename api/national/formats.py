"""Metadata as JSON and as XML, and the name of a file."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from api.v1.values import VIETNAM
from errors import SenderError

MOST_BYTES = 64 * 1024
ROOT = "Document"
_DESCRIPTION_LETTERS = 40
_MAGIC = (
    (0, b"%PDF-", "pdf"),
    (0, b"II*\0", "tif"),
    (0, b"MM\0*", "tif"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpg"),
    (8, b"WEBP", "webp"),
)


def read_metadata(data: bytes) -> dict[str, Any]:
    """Metadata as sent, unchecked: a JSON object, or XML with an element a field under one root.

    Raises:
        SenderError: ``bad_metadata``.
    """
    if len(data) > MOST_BYTES:
        raise _unreadable(f"dài quá {MOST_BYTES // 1024} KB", "too long")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _from_xml(data)
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _unreadable("không phải JSON", "not JSON") from None
    if not isinstance(told, dict):
        raise _unreadable("không phải một đối tượng JSON", "not an object")
    return told


def as_xml(told: Mapping[str, Any]) -> bytes:
    """The metadata as XML, UTF-8: an element a field; a list is its element again and again."""
    root = etree.Element(ROOT)
    _add(root, told)
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return text


def ending_of(head: bytes) -> str:
    """The ending that a file's first bytes call for.

    Raises:
        SenderError: ``unsupported_kind``.
    """
    for at, magic, ending in _MAGIC:
        if head[at : at + len(magic)] == magic or (ending == "pdf" and magic in head[:1024]):
            return ending
    raise SenderError("unsupported_kind", found="")


def file_name(doc_code: str, digitized_at: datetime, subject: str, ending: str) -> str:
    """``CODE_YYYYMMDD_DESC.EXT`` (guidance of 11/2025): the day of digitization in Vietnam, and the subject
    in plain letters, its syllables run together."""
    description = ""
    for word in subject.replace("đ", "d").replace("Đ", "D").split():
        letters = "".join(x for x in unicodedata.normalize("NFD", word) if x.isascii() and x.isalnum())
        if len(description) + len(letters) > _DESCRIPTION_LETTERS:
            break
        description += letters[:1].upper() + letters[1:]
    day = digitized_at.astimezone(VIETNAM).strftime("%Y%m%d")
    return f"{doc_code}_{day}_{description or 'TaiLieu'}.{ending}"


def _from_xml(data: bytes) -> dict[str, Any]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _unreadable("không phải XML", "not XML") from None
    if root.getroottree().docinfo.doctype:
        raise _unreadable("XML không được có DOCTYPE", "a DOCTYPE")
    told: dict[str, Any] = {}
    for element in root:
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        value = _value(element)
        if name == "To":
            told.setdefault(name, []).append(value)
        elif name in told:
            raise SenderError("bad_metadata", field=name[:100], why="có hai lần", reason="given twice")
        else:
            told[name] = value
    return told


def _value(element: Any) -> Any:
    inner = [child for child in element if isinstance(child.tag, str)]
    if not inner:
        return element.text or ""
    return {etree.QName(child).localname: child.text or "" for child in inner}


def _add(parent: Any, told: Mapping[str, Any]) -> None:
    for name, value in told.items():
        for one in value if isinstance(value, list) else [value]:
            element = etree.SubElement(parent, name)
            if isinstance(one, Mapping):
                _add(element, one)
            else:
                element.text = str(one)


def _unreadable(why: str, reason: str) -> SenderError:
    return SenderError("bad_metadata", field="metadata", why=why, reason=reason)
