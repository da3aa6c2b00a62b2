"""A stack scanned in one go, parted into documents: :func:`separate`.

What parts: cover sheets, blank sheets before a new document, and the head of a new document (motto, number,
heading). What holds together: printed page numbers that go on, attachments that name the paper they belong to.
Where neither speaks clearly nothing is parted by guess: the pages stay together and the doubt is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.catalogue import OTHER, catalogue
from classifiers.deciding import decide
from ingest.cover_sheets import cover_of
from ingest.page_signs import Card, Signs, cites_as_attached, promises_attachments, signs_of
from records import CoverSheet, PageReading, Separation

_CLEAR = 0.75
_SOME = 0.5
_PRIVATE = {"hop_dong", "giay_uy_quyen", "bien_ban"}
"""Papers that people make without motto and number too."""
_READABLE = 0.6
"""A page read with less confidence than this says nothing about whether it goes on."""


def separate(pages: Sequence[PageReading]) -> Separation:
    """Part the pages of one file. Every page number lands in exactly one place, in order.

    Blank pages between two documents are parting sheets; inside or behind a document they are back sides and
    stay with it. A file of blank pages alone is one document.
    """
    stack = _Stack()
    for page in pages:
        stack.lay(page)
    return stack.done()


class _Stack:
    """The documents laid so far, the one that is growing, and blank pages not yet given a place."""

    def __init__(self) -> None:
        self._documents: list[list[PageReading]] = []
        self._covers: list[CoverSheet | None] = []
        self._separators: list[int] = []
        self._doubts: list[str] = []
        self._blanks: list[PageReading] = []
        self._growing: list[tuple[PageReading, Signs]] = []
        self._cover: CoverSheet | None = None
        self._behind_cover = False

    def lay(self, page: PageReading) -> None:
        """Give the next page its place."""
        cover = cover_of(page)
        if cover is not None:
            self._lay_cover(page, cover)
        elif page.blank:
            self._blanks.append(page)
        else:
            self._lay_print(page)

    def _lay_cover(self, page: PageReading, cover: CoverSheet) -> None:
        self._drop_blanks()
        self._close()
        self._separators.append(page.number)
        if self._behind_cover and self._cover is not None and not cover.readable:
            return  # the back of the sheet before, seen through the paper
        self._cover = cover
        self._behind_cover = True
        if not cover.readable:
            self._doubt("unreadable_separator")

    def _lay_print(self, page: PageReading) -> None:
        signs = signs_of(page)
        if not self._growing:
            self._drop_blanks()
            self._growing = [(page, signs)]
        elif self._begins(page, signs):
            self._drop_blanks()
            self._close()
            self._growing = [(page, signs)]
        else:
            self._growing += [(blank, signs_of(blank)) for blank in self._blanks]
            self._blanks.clear()
            self._growing.append((page, signs))
        self._behind_cover = False

    def _begins(self, page: PageReading, signs: Signs) -> bool:
        """Whether a page begins a new document; notes a doubt where the signs disagree."""
        before = [p for p, _ in self._growing]
        last = next(s for p, s in reversed(self._growing) if not p.blank)
        first = self._growing[0][1]
        place = len(before) + 1
        full_head = signs.motto and (signs.numbered or signs.strength >= _CLEAR)
        if page.failure is not None:
            self._doubt("unsure_boundary")
            return False
        if signs.attachment_title or _goes_on(signs, last, place):
            return False
        if signs.attached and not (full_head and signs.numbered):
            return False
        own_form = signs.strength >= _CLEAR and not _issued(signs.heading)
        if signs.template and not signs.numbered and not own_form:
            return False
        if full_head and cites_as_attached(before, signs):
            self._doubt("unsure_boundary")
            return False
        if full_head or (signs.numbered and signs.strength >= _CLEAR):
            return True
        if signs.card and not _other_side(signs.card, [s for _, s in self._growing]):
            # a front whose heading was not read is still the same card's where it bears its number
            return bool(first.heading or not _bears(before, signs.card.number))
        short = bool(first.heading) and not catalogue()[first.heading].long
        ended = short or any(s.ends for _, s in self._growing)
        if ended or self._blanks:
            return self._begins_behind_an_end(page, signs, short or last.ends)
        if signs.motto or signs.strength >= _SOME:
            self._doubt("unsure_boundary")
        return False

    def _begins_behind_an_end(self, page: PageReading, signs: Signs, just: bool) -> bool:
        """Whether a page without a full head begins a document where the one before is finished, ``just`` on
        the page before this one."""
        if signs.strength >= _CLEAR:
            if not _issued(signs.heading):
                return True
            self._doubt("unsure_boundary")
            return bool(self._blanks)
        if signs.motto and self._annexed(signs):
            self._doubt("unsure_boundary")
            return False
        if signs.motto:
            if not (signs.stranger or _known(page)):
                self._doubt("unsure_boundary")
            return True
        unread = just and page.confidence < _READABLE
        if (
            signs.stranger
            or signs.strength >= _SOME
            or len(self._blanks) > 1
            or unread
            or self._unforeseen(signs)
        ):
            self._doubt("unsure_boundary")
        if self._blanks:
            return signs.stranger or len(self._blanks) > 1
        return signs.stranger and not signs.annex_title

    def _unforeseen(self, signs: Signs) -> bool:
        """Whether a page without any sign follows a page that closed its paper, and nothing foretold it: neither
        an attachment that is spoken of, nor a title that annexes bear, nor the other pages of a booklet."""
        before = [page for page, _ in self._growing]
        first = self._growing[0][1]
        last = next(s for p, s in reversed(self._growing) if not p.blank)
        booklet = bool(first.heading) and catalogue()[first.heading].two_sided
        return last.ends and not (booklet or signs.annex_title or promises_attachments(before))

    def _annexed(self, signs: Signs) -> bool:
        """Whether a page with a motto, but neither number nor a listed heading, is likelier a form that goes with
        the issued paper before it: that paper speaks of attachments, or its sheets lie the other way."""
        before = [page for page, _ in self._growing]
        first = self._growing[0][1]
        if signs.numbered or signs.strength >= _SOME or not first.numbered:
            return False
        return promises_attachments(before) or (signs.sideways and not first.sideways)

    def _close(self) -> None:
        if self._growing:
            self._documents.append([page for page, _ in self._growing])
            self._covers.append(self._cover)
            self._growing = []

    def _drop_blanks(self) -> None:
        self._separators += [page.number for page in self._blanks]
        self._blanks.clear()

    def _doubt(self, code: str) -> None:
        if code not in self._doubts:
            self._doubts.append(code)

    def done(self) -> Separation:
        """The outcome."""
        if self._growing:
            self._growing += [(blank, signs_of(blank)) for blank in self._blanks]
            self._blanks.clear()
        elif self._blanks and not self._documents and not self._separators:
            self._growing = [(blank, signs_of(blank)) for blank in self._blanks]
            self._blanks.clear()
        self._drop_blanks()
        self._close()
        return Separation(
            documents=tuple(tuple(page.number for page in document) for document in self._documents),
            separators=tuple(sorted(self._separators)),
            doubts=tuple(self._doubts),
            covers=tuple(self._covers),
        )


def _goes_on(signs: Signs, last: Signs, place: int) -> bool:
    """Whether the printed page number carries on the document that is growing. Against a whole head of its own
    a number counts only where the page before has one too."""
    if signs.folio is None or signs.folio < 2:
        return False
    if last.folio is not None:
        return signs.folio == last.folio + 1
    return signs.folio == place and not (signs.motto and signs.numbered)


def _other_side(card: Card, before: Sequence[Signs]) -> bool:
    """Whether a card's mark or zone may belong to the card before: same kind, and no other number."""
    earlier = [s for s in before if s.card is not None or _is_card(s)]
    return bool(earlier) and all(
        (
            s.card is None
            or (s.card.passport == card.passport and card.number in ("", s.card.number))
            or not s.card.number
        )
        and (not _is_card(s) or (s.heading == "ho_chieu") == card.passport)
        for s in earlier
    )


def _bears(pages: Sequence[PageReading], number: str) -> bool:
    return bool(number) and any(number in line.text.replace(" ", "") for page in pages for line in page.lines)


def _known(page: PageReading) -> bool:
    """Whether a page whose heading was not read is clearly of a listed type by all else."""
    found = decide([page])
    return found.code != OTHER and found.confidence >= _CLEAR


def _issued(code: str) -> bool:
    """Whether a paper is one that a body issues under motto and number (NĐ 30/2020): without both it is likelier
    an annex."""
    paper = catalogue()[code]
    return paper.long and bool(paper.symbols) and code not in _PRIVATE


def _is_card(signs: Signs) -> bool:
    return bool(signs.heading) and catalogue()[signs.heading].two_sided
