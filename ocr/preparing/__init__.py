"""A page made ready: upright, straight and clean for people, ink alone for the recogniser."""

from ocr.preparing.preparing import prepare

__all__ = ["prepare"]
