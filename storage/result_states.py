"""The states of an electronic result and of its signatures."""

from __future__ import annotations

from enum import StrEnum


class ResultKind(StrEnum):
    """``result``: what the agency decided (kết quả giải quyết thủ tục hành chính). ``certified_copy``: an
    electronic copy certified from the original (chứng thực bản sao điện tử từ bản chính)."""

    RESULT = "result"
    CERTIFIED_COPY = "certified_copy"


class ResultState(StrEnum):
    """``waiting``: for the signature whose turn it is. ``signed``: all signatures are there; it is issued.
    ``refused``: a signer refused it; a corrected file is another result."""

    WAITING = "waiting"
    SIGNED = "signed"
    REFUSED = "refused"


class SignerRole(StrEnum):
    """``officer``: a person with authority. ``agency``: the body."""

    OFFICER = "officer"
    AGENCY = "agency"
