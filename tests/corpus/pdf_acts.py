"""PDFs that act: scripts, attachments, and those that are signed."""

from __future__ import annotations

from tests.corpus.case import Case, done
from tests.corpus.pdf_writing import FILL, colour_jpeg, document, stream

RESOURCES = "/Resources << /XObject << /Im0 100 0 R >> >>"
REMOVED = ("active_content_removed",)


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

ACTS: list[Case] = [
    done("act-script-on-open", lambda: acting("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
         warnings=REMOVED, shows="red", codec="jpeg"),
    done("act-script-names", lambda: acting("/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (1) >>] >> >>"),
         warnings=REMOVED, shows="red", codec="jpeg"),
    done("act-launch", lambda: acting(page="/AA << /O << /S /Launch /F (cmd.exe) >> >>"), warnings=REMOVED,
         shows="red", codec="jpeg"),
    done("act-attachment", lambda: acting(f"/Names << /EmbeddedFiles << /Names [(a) {NAMED_FILE}] >> >>", "", FILE),
         warnings=REMOVED, shows="red", codec="jpeg"),
    done("act-attached-to-page", lambda: acting(
        "", f"/Annots [<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /F 2 /FS {NAMED_FILE} >>]", FILE),
        warnings=REMOVED, shows="red", codec="jpeg"),
    done("act-xfa", lambda: acting("/AcroForm << /Fields [] /XFA 101 0 R >>", "", {101: stream("", b"<xdp/>")}),
         warnings=REMOVED, shows="red", codec="jpeg"),
    done("act-other-file", lambda: acting("/OpenAction << /S /GoToR /F (other.pdf) /D [0 /Fit] >>"),
         warnings=REMOVED, shows="red", codec="jpeg"),
    done("act-form-that-sends", lambda: acting(
        "", "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /SubmitForm /F (http://a) >> >>]"),
        warnings=REMOVED, shows="red", codec="jpeg"),
    done("act-web-link", lambda: acting(
        "", "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://a) >> >>]"),
        shows="red", codec="jpeg"),
    done("act-open-at-page", lambda: acting("/OpenAction [10 0 R /Fit]"), shows="red", codec="jpeg"),
    done("signed", lambda: signed(SIGNATURE), signed=True, warnings=("already_signed",), shows="red"),
    done("signed-by-time-stamp", lambda: signed(TIMESTAMP), signed=True, warnings=("already_signed",),
         shows="red"),
    done("signed-with-script", lambda: signed(SIGNATURE, more="/OpenAction << /S /JavaScript /JS (1) >>"),
         signed=True, warnings=("active_content_kept", "already_signed"), shows="red"),
    done("signature-field-empty", lambda: signed(""), shows="red"),
    done("signature-never-filled", lambda: signed(UNFILLED), shows="red"),
]  # fmt: skip
