"""PDFs that act: scripts, attachments, and those that are signed."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf

from tests.corpus.case import Case, done
from tests.corpus.pdf_writing import FILL, colour_jpeg, document, stream

RESOURCES = "/Resources << /XObject << /Im0 100 0 R >> >>"


def removed(*kinds: str) -> tuple[str, ...]:
    """The warnings of a file that is not signed."""
    return ("active_content_removed", *kinds)


def acting(catalog: str = "", page: str = "", more: dict[int, bytes | str] | None = None) -> bytes:
    return document([(f"{RESOURCES} {page}", FILL)], {100: colour_jpeg(), **(more or {})}, catalog=catalog)


def signed(value: str, *, more: str = "") -> bytes:
    """A signature field with this value."""
    field = f"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /Rect [0 0 0 0] /F 132 {value} >>"
    return acting(f"/AcroForm << /Fields [102 0 R] /SigFlags 3 >> {more}", "/Annots [102 0 R]", {102: field})


SIGNATURE = "/V << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached "
SIGNATURE += "/ByteRange [0 100 200 100] /Contents <3082010130> >>"
UNFILLED = SIGNATURE.replace("<3082010130>", f"<{'00' * 40}>")
TIMESTAMP = SIGNATURE.replace("/Type /Sig", "/Type /DocTimeStamp").replace(
    "ETSI.CAdES.detached", "ETSI.RFC3161"
)
FILE = {101: stream("/Type /EmbeddedFile", b"MZ an attached program")}
NAMED_FILE = "<< /Type /Filespec /F (a.exe) /EF << /F 101 0 R >> >>"

FILM = "<< /Type /Annot /Subtype /Screen /Rect [0 0 9 9] /F 2 /A << /S /Rendition /OP 0 >> >>"
SCRIPT_OBJECT = {101: "<< /S /JavaScript /JS 102 0 R >>", 102: stream("", b"app.launchURL('http://a')")}


def in_object_stream() -> bytes:
    """The script lies in a compressed object stream, its names written with escapes."""
    out = io.BytesIO()
    made = acting("/#4fpenAction 101 0 R", "", {101: "<< /#53 /Java#53cript /J#53 (app.alert\\(1\\)) >>"})
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def buried(depth: int) -> bytes:
    """A script deep in dictionaries within dictionaries."""
    return acting(f"/PieceInfo {'<< /A ' * depth}<< /S /JavaScript /JS (1) >>{' >>' * depth}")


def added_later() -> bytes:
    """An incremental update puts a script in."""
    first = acting()
    catalog = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (1) >> >>\nendobj\n"
    at, before = len(first), first.rindex(b"xref\n", 0, first.rindex(b"startxref"))
    update = b"xref\n1 1\n%010d 00000 n \n" % at
    trailer = b"trailer\n<< /Size 101 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return first + catalog + update + trailer % (before, at + len(catalog))


def acts(name: str, make: Callable[[], bytes], *kinds: str) -> Case:
    return done(name, make, warnings=removed(*kinds) if kinds else (), shows="red", codec="jpeg")


ACTS: list[Case] = [
    acts("act-script-on-open", lambda: acting("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
         "holds_script"),
    acts("act-script-names", lambda: acting(
        "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (1) >>] >> >>"), "holds_script"),
    acts("act-script-in-object", lambda: acting("/OpenAction 101 0 R", "", SCRIPT_OBJECT), "holds_script"),
    acts("act-script-in-object-stream", in_object_stream, "holds_script"),
    acts("act-script-buried", lambda: buried(60), "holds_script"),
    acts("act-script-on-page", lambda: acting("", "/AA << /O << /S /JavaScript /JS (1) >> >>"), "holds_script"),
    acts("act-script-added-later", added_later, "holds_script"),
    acts("act-launch", lambda: acting(page="/AA << /O << /S /Launch /F (cmd.exe) >> >>"), "holds_launch"),
    acts("act-attachment", lambda: acting(
        f"/Names << /EmbeddedFiles << /Names [(a) {NAMED_FILE}] >> >>", "", FILE), "holds_attachment"),
    acts("act-attachment-nobody-names", lambda: acting("", "", FILE), "holds_attachment"),
    acts("act-attached-to-page", lambda: acting(
        "", f"/Annots [<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /F 2 /FS {NAMED_FILE} >>]", FILE),
        "holds_attachment"),
    acts("act-go-into-attachment", lambda: acting("/OpenAction << /S /GoToE /D [0 /Fit] /T << /R /C >> >>"),
         "holds_attachment"),
    acts("act-xfa", lambda: acting("/AcroForm << /Fields [] /XFA 101 0 R >>", "", {101: stream("", b"<xdp/>")}),
         "holds_xfa"),
    acts("act-other-file", lambda: acting("/OpenAction << /S /GoToR /F (other.pdf) /D [0 /Fit] >>"),
         "holds_outside_reference"),
    acts("act-stream-lies-elsewhere", lambda: acting("", "", {
        101: stream("/F (\\\\\\\\host\\\\share) /FFilter /FlateDecode", b"")}), "holds_outside_reference"),
    acts("act-form-from-other-file", lambda: acting("", "", {
        101: stream("/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Ref << /F (other.pdf) /Page 0 >>", b"")}),
        "holds_outside_reference"),
    acts("act-form-that-sends", lambda: acting(
        "", "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /SubmitForm /F (http://a) >> >>]"),
        "holds_form_sending"),
    acts("act-calls-home", lambda: acting("/OpenAction << /S /URI /URI (http://a) >>"), "holds_outside_reference"),
    acts("act-film", lambda: acting("", f"/Annots [{FILM}]"), "holds_media"),
    acts("act-everything", lambda: acting(
        "/OpenAction << /S /JavaScript /JS (1) >> /AA << /WC << /S /Launch /F (a) >> >> "
        "/AcroForm << /Fields [] /XFA (x) >>", f"/Annots [{FILM}]", FILE),
        "holds_xfa", "holds_script", "holds_launch", "holds_attachment", "holds_media"),
    acts("act-web-link", lambda: acting(
        "", "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://a) >> >>]")),
    acts("act-open-at-page", lambda: acting("/OpenAction [10 0 R /Fit]")),
    done("signed", lambda: signed(SIGNATURE), signed=True, warnings=("already_signed",), shows="red"),
    done("signed-by-time-stamp", lambda: signed(TIMESTAMP), signed=True, warnings=("already_signed",),
         shows="red"),
    done("signed-with-script", lambda: signed(SIGNATURE, more="/OpenAction << /S /JavaScript /JS (1) >>"),
         signed=True, warnings=("active_content_kept", "holds_script", "already_signed"), shows="red"),
    done("signature-field-empty", lambda: signed(""), shows="red"),
    done("signature-never-filled", lambda: signed(UNFILLED), shows="red"),
]  # fmt: skip
