"""The states of an electronic result and of its signatures."""

from __future__ import annotations

from enum import StrEnum


class ResultKind(StrEnum):
    """``result``: what the agency decided (kết quả giải quyết thủ tục hành chính). The table has room for
    another kind, copies certified from the original."""

    RESULT = "result"


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
