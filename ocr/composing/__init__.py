"""From read pages to a finished document: PDF/A-2b in two layers, the picture and the invisible text."""

from ocr.composing.document import compose, keep_signed
from ocr.composing.parking import park_picture
from ocr.composing.preview import upright_png

__all__ = ["compose", "keep_signed", "park_picture", "upright_png"]
