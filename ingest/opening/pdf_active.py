"""What in a PDF would act when a reader opens it, or leads out of it: told by kind, so that the record can list
what was left out."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from ingest.opening.pdf_file import name_of

_MAX_NODES = 400_000
_MAX_DEPTH = 120  # deeper than the parser goes
_LONGEST_ARRAY = 20_000

_BY_KEY = {
    "/XFA": "holds_xfa",
    "/JS": "holds_script",
    "/EF": "holds_attachment",
    "/Ref": "holds_outside_reference",
}
_BY_ACTION = {
    "/JavaScript": "holds_script",
    "/Launch": "holds_launch",
    "/SubmitForm": "holds_form_sending",
    "/ImportData": "holds_form_sending",
    "/GoToR": "holds_outside_reference",
    "/GoToE": "holds_attachment",
    "/Rendition": "holds_media",
    "/Movie": "holds_media",
    "/Sound": "holds_media",
    "/RichMediaExecute": "holds_media",
    "/GoTo3DView": "holds_media",
}
_BY_NOTE = {
    "/FileAttachment": "holds_attachment",
    "/RichMedia": "holds_media",
    "/Movie": "holds_media",
    "/Sound": "holds_media",
    "/Screen": "holds_media",
    "/3D": "holds_media",
}
KINDS = (
    "holds_xfa",
    "holds_script",
    "holds_launch",
    "holds_form_sending",
    "holds_attachment",
    "holds_outside_reference",
    "holds_media",
    "holds_unsearched",
)
"""The reason codes, in the order in which they are told. ``holds_unsearched``: there is more in the file than
was looked through."""


def active_kinds(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Which of :data:`KINDS` the file holds, wherever in it. A link to a web address that a reader has to click
    is none; an address that is called as soon as the file is opened is an outside reference."""
    found: set[str] = set()
    nodes = 0
    for thing in pdf.objects:
        stack: list[tuple[pikepdf.Object, int]] = [(thing, 0)]
        while stack:
            node, depth = stack.pop()
            nodes += 1
            if nodes > _MAX_NODES:
                found.add("holds_unsearched")
                return _in_order(found)
            if isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
                found.update(_kinds_of(node))
                inner = [value for value in dict(node.items()).values() if _is_inline(value)]
            elif isinstance(node, pikepdf.Array):
                if len(node) > _LONGEST_ARRAY:
                    found.add("holds_unsearched")
                inner = [value for value in list(node)[:_LONGEST_ARRAY] if _is_inline(value)]
            else:
                continue
            if depth >= _MAX_DEPTH and inner:
                found.add("holds_unsearched")
                continue
            stack.extend((value, depth + 1) for value in inner)
    return _in_order(found)


def _in_order(found: set[str]) -> tuple[str, ...]:
    return tuple(kind for kind in KINDS if kind in found)


def _is_inline(value: object) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _kinds_of(node: pikepdf.Object) -> Iterator[str]:
    keys = set(node.keys())
    yield from (kind for key, kind in _BY_KEY.items() if key in keys)
    if name_of(node.get("/Type")) == "/EmbeddedFile":
        yield "holds_attachment"
    action, note = name_of(node.get("/S")), name_of(node.get("/Subtype"))
    if action in _BY_ACTION:
        yield _BY_ACTION[action]
    if note in _BY_NOTE:
        yield _BY_NOTE[note]
    if isinstance(node, pikepdf.Stream) and {"/FFilter", "/FDecodeParms"} & keys:
        yield "holds_outside_reference"
    if any(_calls_an_address(value) for value in _started_by_itself(node, keys)):
        yield "holds_outside_reference"


def _started_by_itself(node: pikepdf.Object, keys: set[str]) -> Iterator[pikepdf.Object]:
    """Actions that no reader has to click for."""
    if "/OpenAction" in keys:
        yield node["/OpenAction"]
    triggers = node.get("/AA") if "/AA" in keys else None
    if isinstance(triggers, pikepdf.Dictionary):
        yield from dict(triggers.items()).values()


def _calls_an_address(action: object) -> bool:
    return isinstance(action, pikepdf.Dictionary) and name_of(action.get("/S")) == "/URI"
