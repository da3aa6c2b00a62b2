"""Telling the names of bodies and of posts apart: ``GIÁM ĐỐC SỞ Y TẾ`` is the post of a body."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.fields.folding import bare, fold
from classifiers.fields.layout import Token

_BODIES = frozenset(
    part.strip()
    for part in """
    ubnd|uy ban|hdnd|hoi dong|so|bo|ban|phong|cuc|chi cuc|tong cuc|van phong|trung tam|benh vien|cong an|toa an
    vien|cong ty|thanh tra|chi nhanh|hat|doi|tram|kho bac|bao hiem|ngan hang|hoi|lien doan|dang uy|doan|tap doan
    hoc vien|quy|tinh uy|thanh uy|huyen uy|vu|dai|bql|bch|lien hiep|tong cong ty|hop tac xa|chi bo|doanh nghiep
    hai quan|dang bo|chinh phu|thu tuong|quoc hoi|mat tran|xi nghiep|nha may|ten don vi|thue|ca
    """.replace("\n", "|").split("|")
    if part.strip()
)
"""How the names of bodies begin, folded."""
_NO_BODIES = (
    "phong chong",
    "phong thu",
    "phong khong",
    "hoi nhap",
    "doi moi",
    "bo sung",
    "ban hanh",
    "thue dat",
)
_SCHOOLS = frozenset(
    {"tieu", "trung", "mam", "mau", "dai", "cao", "thpt", "thcs", "pho", "day", "nghiep", "ptdt", "chinh"}
)
_POST_ENDS = (
    "giam doc",
    "chu tich",
    "truong",
    "chanh van phong",
    "chanh thanh tra",
    "bo truong",
    "thu truong",
)


def names_body(text: str, before: str = "") -> bool:
    """Whether a text begins with the name of a kind of body; ``before`` is what stands in front of it."""
    folded = " ".join(bare(w) for w in text.split() if bare(w))
    words = folded.split()
    if folded.startswith(_NO_BODIES) or "truong" in words[1:3]:
        # "CỤC TRƯỞNG", "CHI CỤC TRƯỞNG" are posts
        return False
    if words[:1] == ["truong"]:
        return len(words) > 1 and words[1] in _SCHOOLS and not fold(before).endswith("moi")
    return any(folded == b or folded.startswith(b + " ") for b in _BODIES)


def part_post(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """A post and the body it belongs to, as printed one after the other; the body is empty when none is
    named."""
    for at in range(1, len(tokens) - 1):
        post = " ".join(bare(t.text) for t in tokens[:at])
        if post.endswith(_POST_ENDS) and names_body(" ".join(t.text for t in tokens[at:])):
            return tuple(tokens[:at]), tuple(tokens[at:])
    return tuple(tokens), ()
