"""What tells one paper from another of its kind."""

from __future__ import annotations

from collections.abc import Sequence

from api.service import TheService
from api.v1 import bodies
from storage import dossiers

TELLING = ("so_ky_hieu", "so", "ho_ten", "ten_doanh_nghiep", "chu_dau_tu", "nguoi_nop", "trich_yeu")
"""Fields that tell, in this order; two are shown."""


def telling_of(service: TheService, documents: Sequence[bodies.Document]) -> dict[str, str]:
    """A line for each document that tells it from others of its kind."""
    values = dossiers.field_values(service.database, [one.id for one in documents], TELLING)
    return {
        document: " · ".join([found[name] for name in TELLING if found.get(name)][:2])
        for document, found in values.items()
    }
