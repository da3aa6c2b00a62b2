"""Signature and seal stand where a clerk would put them, on pages however turned."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from errors import SenderError
from signing.finding import find_between_post_and_name, find_left_of_signature
from signing.keys import SigningKey
from signing.sealing import Level, Wish, sign
from signing.seals import Form, Seal
from tests.signing.paper import DECISION, hand_signature, paper, red_seal
from tests.signing.pki import OFFICER
from tests.signing.test_forms import look

PICTURES = Path(__file__).parents[2] / "var" / "screenshots"
SEAL = 36 / 25.4 * 72


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_officer_and_agency_stand_as_on_paper(
    rotate: int, officer_key: SigningKey, body_key: SigningKey, now: datetime
) -> None:
    plain = paper(rotate=rotate, pages=2 if rotate == 0 else 1)
    page, box = find_between_post_and_name(plain, OFFICER.upper(), hand_signature())
    assert page == (2 if rotate == 0 else 1), "the last page with the name, not the text that tells of it"
    once = sign(
        plain, officer_key, Wish(Level.B_B, now, seal=Seal(Form.OFFICER, (), hand_signature(), page, box))
    )
    page, over = find_left_of_signature(once, SEAL, SEAL)
    twice = sign(once, body_key, Wish(Level.B_B, now, seal=Seal(Form.AGENCY, (), red_seal(), page, over)))
    x, y, w, h = box
    assert 605 < y < y + h < 682, "under the post, over the name"
    assert abs(x + w / 2 - 430) < 6
    assert abs(over[0] + over[2] - (x + w / 3)) < 2, "a third of the signature"
    assert abs(over[1] + over[3] / 2 - (y + h / 2)) < 2
    seen = look(twice, page=page)
    PICTURES.mkdir(parents=True, exist_ok=True)
    Image.fromarray(seen[..., ::-1]).save(PICTURES / f"officer-agency-{rotate}.png")
    channels = seen.astype(int)
    blue = (channels[..., 0] - channels[..., 2] > 80).nonzero()  # BGR
    red = (channels[..., 2] - channels[..., 0] > 80).nonzero()
    assert 605 < blue[0].min() / 2 < blue[0].max() / 2 < 682
    assert np.ptp(blue[1]) > np.ptp(blue[0]), "upright"
    assert abs(np.ptp(red[1]) / 2 - SEAL) < 5, "true size"


def test_what_has_no_place_is_told(body_key: SigningKey, now: datetime) -> None:
    with pytest.raises(SenderError) as missing:
        find_between_post_and_name(paper(), "Lê Văn Vắng", hand_signature())
    assert missing.value.code == "no_signature_place"
    tight = tuple((t, x, 676.0 if t == "GIÁM ĐỐC" else y) for t, x, y in DECISION)
    with pytest.raises(SenderError, match="no room"):
        find_between_post_and_name(paper(tight), OFFICER, hand_signature())
    with pytest.raises(SenderError, match="no visible signature"):
        find_left_of_signature(sign(paper(), body_key, Wish(Level.B_B, now)), SEAL, SEAL)
