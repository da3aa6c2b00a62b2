"""What the engine read that is no print: signatures, numbers written by hand, seals, stains, ends of rules.

Such words are told by three things together: the engine's own doubt, a size that does not fit the page, and a
drawing of the word that does not fit the ink. None alone drops a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from statistics import median

from rapidfuzz.distance import Levenshtein

from ocr.recognising.engine import RawWord
from ocr.recognising.likeness import Setting, misfit, patch_of, setting_of
from ocr.recognising.rows import Piece
from ocr.vietnamese.model import LanguageModel
from ocr.vietnamese.syllables import is_syllable
from records import Pixels

_PLAIN_SIGNS = frozenset(
    ["-", "–", "—", "+", "*", "**", "&", "=", "%", ":", ";", "./.", "…", "/", "x", "≤", "≥"]
)
_STROKES = re.compile(r"[.,;:/()-]+")
_SCRAP = 2
"""A row of pieces with no more letters than this is as likely dirt as print."""
_SCRAP_MISFIT = 0.5
_LEAST_SECOND = 0.2
_DOUBTED = 0.7
_TALL = 1.45
_TINY = 0.3
_ALIKE = 0.6
"""Two readings this similar (share of letters) saw print."""


class NoiseFilter:
    """Tells print from the rest on one page."""

    def __init__(
        self, ink: Pixels, rows: Sequence[Sequence[Piece]], tilt: float, model: LanguageModel
    ) -> None:
        pieces = [p for row in rows for p in row]
        heights = [w.box[3] for p in pieces for w in p.words if w.confidence > 0.8 and len(w.text) > 1]
        self._height = median(heights) if heights else 0.0
        self._ink, self._tilt, self._model = ink, tilt, model
        self._pieces = pieces

    def print_of(
        self, piece: Piece, seconds: Mapping[int, RawWord] | None, row: Sequence[Piece] = ()
    ) -> list[int]:
        """The indices of the words of ``piece`` that are print. ``seconds``: second readings of its words by
        index, None if the piece was not read again; ``row``: the pieces that it stands beside, itself too."""
        if not self._height:
            return list(range(len(piece.words)))
        setting: Setting | None = None
        kept = []
        scrap = all(_letters(p) <= _SCRAP for p in row or (piece,))
        for i, word in enumerate(piece.words):
            second = seconds.get(i) if seconds is not None else None
            if scrap and any(c.isalnum() for c in word.text):
                setting = setting or self._setting(piece)
                if self._is_small_print(word, second, setting):
                    kept.append(i)
            elif not self._suspect(word):
                kept.append(i)
            elif not any(c.isalnum() for c in word.text):
                if self._is_sign(word, piece):
                    kept.append(i)
            else:
                setting = setting or self._setting(piece)
                if self._is_print(word, second, setting):
                    kept.append(i)
        return kept if any(c.isalnum() for i in kept for c in piece.words[i].text) else []

    def _suspect(self, word: RawWord) -> bool:
        if not any(c.isalnum() for c in word.text):
            return True
        return word.confidence < _DOUBTED or not _TINY < word.box[3] / self._height < _TALL

    def _is_sign(self, word: RawWord, piece: Piece) -> bool:
        """Whether a word without letters is a sign of print: a dash, a bullet, a colon set apart, dots to
        write on."""
        if word.text in _PLAIN_SIGNS:
            return word.text in "-–—+" or word.confidence > 0.5
        if set(word.text) <= {".", "…"} and len(word.text) >= 3:
            return True
        return word.confidence > 0.85 and len(piece.words) > 2 and word.box[3] < _TALL * self._height

    def _is_small_print(self, word: RawWord, second: RawWord | None, setting: Setting | None) -> bool:
        """Whether a letter or two that stand alone are print (a number in a cell), not strokes of a pen: both
        readings or the drawing must bear it out."""
        if not _TINY < word.box[3] / self._height < _TALL:
            return False
        if second is not None and second.text == word.text and second.confidence > _DOUBTED:
            return True
        bare = word.text.strip(".,;:()-/")
        if word.confidence > 0.55 and len(bare) > 1 and self._made_of_words(bare):
            return True
        if setting is None:
            return word.confidence > _DOUBTED
        unlike = misfit(patch_of(self._ink, word, setting), word.text, setting)
        return unlike < _SCRAP_MISFIT * word.confidence

    def _is_print(self, word: RawWord, second: RawWord | None, setting: Setting | None) -> bool:
        bare = word.text.strip(".,;:()-/")
        if word.confidence > 0.55 and len(bare) > 1 and self._made_of_words(bare):
            return True
        readings = [word.text] if second is None else [word.text, second.text]
        if second is not None and second.confidence > 0.8 and self._made_of_words(second.text):
            return True
        alike = Levenshtein.normalized_similarity(word.text, second.text) if second is not None else 0.0
        if alike >= _ALIKE and len(bare) > 1 and second is not None and second.confidence > _LEAST_SECOND:
            return True
        size = word.box[3] / self._height
        if word.confidence > 0.8 and bare.isalpha() and size < (2.2 if self._model.known(bare) else _TALL):
            return True
        if setting is None:
            return word.confidence > 0.3 and size < 2
        unlike = min(misfit(patch_of(self._ink, word, setting), text, setting) for text in readings)
        doubt = 1 - word.confidence
        return unlike < 0.62 + 0.2 * alike - 0.2 * doubt - 0.15 * max(size - 1.2, 0)

    def _made_of_words(self, text: str) -> bool:
        """Whether all parts of ``text`` are words of the language or abbreviations (``KT.TRƯỞNG``)."""
        parts = [p for p in _STROKES.split(text) if p]
        known = [is_syllable(p) and self._model.known(p) for p in parts]
        return any(known) and all(
            k or (p.isupper() and len(p) <= 3) for p, k in zip(parts, known, strict=True)
        )

    def _setting(self, piece: Piece) -> Setting | None:
        sure = [w for w in piece.words if w.confidence > 0.8]
        if sum(len(w.text) for w in sure) >= 8:
            return setting_of(self._ink, sure, piece.baseline, self._tilt)
        main = self._main
        return None if main is None else replace(main, baseline=piece.baseline, tilt=self._tilt)

    @cached_property
    def _main(self) -> Setting | None:
        """How most of the page is set; sought only where a piece does not show its own setting."""
        longest = sorted(self._pieces, key=lambda p: -sum(len(w.text) for w in p.words))[:3]
        found = [s for p in longest if (s := setting_of(self._ink, p.words, p.baseline, self._tilt))]
        return min(found, key=lambda s: s.misfit) if found else None


def _letters(piece: Piece) -> int:
    return sum(c.isalnum() for w in piece.words for c in w.text)
