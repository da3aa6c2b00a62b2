"""Everything that the rest of the house asks of the database.

Every change of state is one function here: one transaction, with its event. All functions take the
:class:`storage.database.Database` first and give frozen views back; all raise ``MachineError``
(``database_unreachable``, ``disk_full``) when the database cannot be had.
"""

from storage.dossiers.deciding import (
    close_intake,
    confirm_document,
    correct_field,
    correct_type,
    retry_intake,
)
from storage.dossiers.reading import (
    events_of,
    get_document,
    get_dossier,
    get_intake,
    lanes,
    list_documents,
    list_dossiers,
    list_intakes,
    loose_pages,
)
from storage.dossiers.receiving import open_dossier, receive_intake
from storage.dossiers.result_reading import get_result, list_results, waiting_signers
from storage.dossiers.result_upkeep import record_raised, take_due
from storage.dossiers.results import (
    SIGNING_LEASE,
    MadeSignature,
    NewResult,
    WantedSignature,
    add_result,
    attach_signature,
    claim_signature,
    refuse_result,
    release_signature,
)
from storage.dossiers.searching import count_documents, field_values, places, search_documents
from storage.dossiers.sessions import check_open, complete_session, get_session, open_session
from storage.dossiers.working import (
    LEASE,
    MAX_ATTEMPTS,
    attach_documents,
    claim_intake,
    claim_next,
    fail_intake,
    hand_back,
    mark_sent,
    renew_claim,
    report_progress,
    sweep_stale,
    take_pending,
)

__all__ = [
    "LEASE",
    "MAX_ATTEMPTS",
    "SIGNING_LEASE",
    "MadeSignature",
    "NewResult",
    "WantedSignature",
    "add_result",
    "attach_documents",
    "attach_signature",
    "check_open",
    "claim_intake",
    "claim_next",
    "claim_signature",
    "close_intake",
    "complete_session",
    "confirm_document",
    "correct_field",
    "correct_type",
    "count_documents",
    "events_of",
    "fail_intake",
    "field_values",
    "get_document",
    "get_dossier",
    "get_intake",
    "get_result",
    "get_session",
    "hand_back",
    "lanes",
    "list_documents",
    "list_dossiers",
    "list_intakes",
    "list_results",
    "loose_pages",
    "mark_sent",
    "open_dossier",
    "open_session",
    "places",
    "receive_intake",
    "record_raised",
    "refuse_result",
    "release_signature",
    "renew_claim",
    "report_progress",
    "retry_intake",
    "search_documents",
    "sweep_stale",
    "take_due",
    "take_pending",
    "waiting_signers",
]
