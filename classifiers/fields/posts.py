"""Lines of a signer's block: authority (TM., KT., TL., TUQ.) and post."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from classifiers.fields.bodies import names_body
from classifiers.fields.head import is_capitals
from classifiers.fields.layout import Run

AUTHORITY = re.compile(r"^\W*(?:tm|kt|tl|tuq|tun|q)\s?[.,:]\s?\S*", re.IGNORECASE)

_POSTS = (
    "giam doc", "chu tich", "truong phong", "pho phong", "vien truong", "chanh van phong", "cuc truong",
    "bo truong", "thu truong", "hieu truong", "truong ban", "pho ban", "cong chuc", "truong cong an", "chu toa",
    "chanh thanh tra", "doi truong", "cong chung vien", "vu truong", "truong dai dien", "to truong", "thu ky",
    "chi cuc truong", "truong doan", "truong cong", "chanh an", "kiem soat vien", "thu tuong", "bi thu", "can bo",
    "truong thon", "tong thanh tra", "nguoi thuc chung", "hat truong", "tram truong", "ke toan truong",
)  # fmt: skip

ROLES = (
    "nguoitiepnhan", "canbotiepnhan", "congchuctiepnhan", "nguoihuongdan", "nguoithutien", "nguoilapphieu",
    "canbohuongdan", "nguoilapbienban", "nguoilap", "bophantiepnhan", "nguoinhanhoso", "vienchuctiepnhan",
)  # fmt: skip
"""Who signs without a post: the name counts, the words over it are no post."""

BARE_POSTS = tuple(p.replace(" ", "") for p in _POSTS)

_SHORT_OPENING = re.compile(r"^\W*[^\W\d]\W?[^\W]{0,2}\W?[.,:]\s")


def stands_in(run: Run) -> bool:
    """A line that tells in whose place one signs: ``KT. GIÁM ĐỐC``, also where the letters were misread."""
    return bool(AUTHORITY.match(run.text)) or bool(_SHORT_OPENING.match(run.text))


def is_post(run: Run) -> bool:
    if not is_capitals(run.text, 0.75) or len(run.tokens) > 12 or len(run.bare) < 5:
        return False
    if AUTHORITY.match(run.text) or run.bare.startswith("pho"):
        return True
    if run.bare.startswith(ROLES):
        return True
    if any(p in run.bare for p in BARE_POSTS):
        return not names_body(run.text) or run.bare.startswith(BARE_POSTS)
    near = (p for p in BARE_POSTS if len(p) <= len(run.bare) + 1)
    return not names_body(run.text) and any(fuzz.partial_ratio(p, run.bare) >= 85 for p in near)
