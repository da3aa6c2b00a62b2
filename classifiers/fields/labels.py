"""Finding the printed labels of a page, tolerant of misread letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Indel

from classifiers.fields.folding import asked_likeness, bare
from classifiers.fields.layout import Run, Sheet, Token
from ocr.vietnamese.syllables import canonical

NUMBERING = re.compile(
    r"^(?:[(\[]?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,4})[.)\]:/]+|\(\d{1,2}\)|[-–—+*•▪■□●○«»'’.,|_~]+)$"
)
WORDED = frozenset({"ghibangchu", "vietbangchu", "bangchu", "sotienbangchu", "sotienvietbangchu"})
"""After one of these the figures before stand again in words."""
_MOST_WORDS = 20
_LONG = 4
_BRIEF = 8
"""Labels of so few letters must have their marks too where no colon follows: ``Hộ bà`` is not the name ``Hồ Bá``."""
_COLONS = (":", "：", ":-", ":.")


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label on the page: tokens ``start`` to ``end`` of ``run`` (the colon and a bracketed remark among
    them). ``key`` is the folded label (see :func:`keys_of`), ``likeness`` how well it was read, ``firm`` says that a
    colon or dots followed it or that it fills its cell."""

    run: Run
    start: int
    end: int
    key: str
    likeness: float
    firm: bool


class LabelBook:
    """The labels of one type and all that may end a value, ready for matching."""

    def __init__(self, wanted: Iterable[str], others: Iterable[str]) -> None:
        everything = (*wanted, *others)
        self._labels = {bare(label) for label in everything} | WORDED
        self._spelled = {_spelled(label.split()) for label in everything}
        by_length: dict[int, list[str]] = {}
        for key in sorted(self._labels):
            by_length.setdefault(len(key), []).append(key)
        self._by_length: Mapping[int, list[str]] = by_length

    def closest(self, text: str) -> tuple[str, float] | None:
        """The key of the label most like the folded ``text``, if one is like enough."""
        if text in self._labels:
            return text, 1.0
        slack = max(1, len(text) // 5)
        near = [
            k for n in range(len(text) - slack, len(text) + slack + 1) for k in self._by_length.get(n, ())
        ]
        asked = asked_likeness(len(text))
        if not near or asked >= 1.0:
            return None
        best = process.extractOne(text, near, scorer=Indel.normalized_similarity, score_cutoff=asked)
        return (best[0], float(best[1])) if best else None

    def hits(self, sheet: Sheet) -> dict[int, list[LabelHit]]:
        """The labels of a page by ``id`` of their run, left to right, none overlapping another."""
        return {id(run): self._hits_of(run) for run in sheet.runs}

    def _hits_of(self, run: Run) -> list[LabelHit]:
        tokens = run.tokens
        words = [bare(t.text) for t in tokens]
        first = skip_numbering(tokens, 0)
        found: list[LabelHit] = []
        for start in range(first, len(tokens)):
            if not words[start] or (_ends_with_colon(tokens[start]) and len(words[start]) < 2):
                continue
            opening = start == first or tokens[start - 1].text[-1] in ";,.:)…" or tokens[start].after_leader
            # within a sentence only a long label counts: "Trung tâm đã tiếp nhận hồ sơ của:", or one of three
            # words that ends in "số" before a figure: "tại thửa đất số 12"
            least = 1 if opening or tokens[start].text[0].isupper() else _LONG
            for end in range(start + min(least, 3), min(len(tokens), start + _MOST_WORDS) + 1):
                if end - start > 1 and _ends_with_colon(tokens[end - 2]):
                    break
                if not words[end - 1]:
                    continue
                close, firm = _closing(run, end)
                numbered = words[end - 1] == "so" and end < len(tokens) and tokens[end].text[0].isdigit()
                if end - start < least and not numbered:
                    continue
                if not (firm or opening or numbered):
                    continue
                text = "".join(words[start:end])
                match = self.closest(text)
                if match is None or (not opening and match[1] < 0.9):
                    continue
                if not firm and not _may_stand_open(run, start, close, match, first):
                    continue
                if (
                    not firm
                    and len(match[0]) <= _BRIEF
                    and _spelled(t.text for t in tokens[start:end]) not in self._spelled
                ):
                    continue
                found.append(LabelHit(run, start, close, match[0], match[1], firm))
        return _without_overlaps(found)


def _spelled(words: Iterable[str]) -> str:
    """Words without case and punctuation, marks kept, in one tone style."""
    return " ".join(canonical(w.strip(".,;:()/-")) for w in words)


@lru_cache(maxsize=1024)
def keys_of(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Labels folded to letters and digits, as :attr:`LabelHit.key` holds them."""
    return tuple(bare(label) for label in labels)


def skip_numbering(tokens: Sequence[Token], at: int) -> int:
    """Past ``1.``, ``a)``, ``-`` and the like at the start of a line."""
    while at < len(tokens) - 1 and NUMBERING.match(tokens[at].text):
        at += 1
    return at


def _ends_with_colon(token: Token) -> bool:
    return token.text.rstrip(".… ").endswith((":", "："))


def _closing(run: Run, end: int) -> tuple[int, bool]:
    """Where the label that ends before token ``end`` really ends, and whether it is firm."""
    tokens = run.tokens
    if _ends_with_colon(tokens[end - 1]):
        return end, True
    if end == len(tokens):
        return end, run.leader
    following = tokens[end]
    if following.text in _COLONS:
        return end + 1, True
    if following.after_leader:
        return end, True
    if following.text[0] in "(/|[":
        for at in range(end, min(len(tokens), end + 16)):
            if _ends_with_colon(tokens[at]):
                return at + 1, True
            if at + 1 < len(tokens) and tokens[at + 1].text in _COLONS:
                return at + 2, True
            if following.text[0] in "([" and tokens[at].text.endswith((")", "]")):
                if at + 1 == len(tokens) or tokens[at + 1].after_leader:
                    return at + 1, True
                if tokens[at + 1].text[0] not in "(/|":
                    return at + 1, False
        if following.text[0] in "/|" and len(tokens) - end <= 5:
            return len(tokens), False
    return end, False


def _may_stand_open(run: Run, start: int, end: int, match: tuple[str, float], first: int) -> bool:
    """Whether a label without colon or dots may be one: it opens its run, and a value or nothing follows."""
    likeness = match[1]
    tokens = run.tokens
    if end == len(tokens):
        return start == first and likeness >= 0.9
    following = tokens[end].text
    if not (following[0].isupper() or following[0].isdigit()):
        return False
    worded = (
        following[0].isdigit() and "." in following[:-1]
    )  # an amount, after which "(Bằng chữ:" often stands
    if (
        not worded
        and any(_ends_with_colon(t) for t in tokens[end : end + 6])
        and not tokens[end].text.isupper()
    ):
        return False
    if end - start == 1 and start == first:
        # "Số 161/2026": a line of its own
        return likeness == 1.0 and following[0].isdigit() and len(tokens) - end <= 2
    return end - start >= 2 and likeness >= (0.9 if start == first else 1.0)


def _without_overlaps(found: list[LabelHit]) -> list[LabelHit]:
    kept: list[LabelHit] = []
    exact = {h.start: h.end for h in sorted(found, key=lambda h: h.end) if h.likeness == 1.0}
    # "Họ, chữ đệm, tên Đỗ Gia" is not "… tên vợ" with a letter misread
    found = [h for h in found if h.likeness == 1.0 or h.firm or h.end <= exact.get(h.start, h.end)]
    for hit in sorted(found, key=lambda h: (-len(h.key) * h.likeness, h.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)
