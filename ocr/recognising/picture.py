"""The picture's own voice in the choice between spellings of a word.

Each spelling is drawn in the face of its line and laid over the ink; what it leaves unexplained beyond what the
best one leaves is what it pays. Where no face fits the line the picture keeps silent.
"""

from __future__ import annotations

from collections.abc import Sequence

from ocr.recognising.likeness import Setting, patch_of, setting_of, unexplained
from ocr.recognising.rows import Piece
from records import Pixels

_CLOSE_FACE = 0.2
"""A line whose surest words fit no face better than this is set in another one."""
_CLOSE_WORD = 0.3
_PLAY = 1.5
"""Pixels of full contrast that tell nothing: the grain of a scan."""
_WEIGHT = 2.0
"""Natural log a pixel of full contrast, where the best drawing fits wholly."""
_MOST = 18.0
_DISTRUST = 4.0
"""By how much less the picture counts where even the best drawing leaves ink unexplained (share of it)."""
_SURE = 0.8


class PieceInPicture:
    """One piece of a line, ready to be asked about its words."""

    def __init__(self, ink: Pixels, piece: Piece, tilt: float) -> None:
        self._ink, self._piece, self._tilt = ink, piece, tilt
        self._setting: Setting | None = None
        self._sought = False

    def costs(self, index: int, texts: Sequence[str]) -> dict[str, float]:
        """What each of ``texts`` pays as the spelling of the word at ``index``: natural logs, 0 for the best;
        empty if the picture cannot tell."""
        setting = self._found()
        if setting is None:
            return {}
        words = self._piece.words
        word = words[index]
        left = (words[index - 1].box[0] + words[index - 1].box[2] + word.box[0]) / 2 if index else 0.0
        end = word.box[0] + word.box[2]
        right = (end + words[index + 1].box[0]) / 2 if index + 1 < len(words) else 1e9
        patch = patch_of(self._ink, word, setting, left, right)
        left_over = {text: unexplained(patch, text, setting) for text in texts}
        best = min(left_over.values())
        if best > 2 * _CLOSE_WORD * patch.energy:
            return {}
        trust = 1 / (1 + _DISTRUST * best / max(patch.energy, 1.0))
        return {
            text: trust * min(_WEIGHT * max(x - best - _PLAY, 0.0), _MOST) for text, x in left_over.items()
        }

    def _found(self) -> Setting | None:
        if not self._sought:
            self._sought = True
            sure = [w for w in self._piece.words if w.confidence > _SURE] or self._piece.words
            setting = setting_of(self._ink, sure, self._piece.baseline, self._tilt)
            self._setting = setting if setting is not None and setting.misfit < _CLOSE_FACE else None
        return self._setting
