"""The simulation of the queue keeps the house's order."""

from __future__ import annotations

import pytest

from bench.peak import Day, simulate


def test_without_others_a_file_takes_its_pages_time() -> None:
    outcome = simulate(Day(files=40, pages=3, peak=1.0, batch_files=0), 3, 2.0, 0.0, 1)
    assert outcome.median == pytest.approx(2.0)
    assert outcome.busy == pytest.approx(40 * 3 * 2.0 / (3 * 3600))


def test_a_batch_holds_the_counter_up_by_the_page_in_hand_at_most() -> None:
    quiet = simulate(Day(40, 1, 1.0, 0), 2, 10.0, 0.0, 1)
    flooded = simulate(Day(40, 1, 1.0, 2000), 2, 10.0, 0.0, 1)
    assert flooded.longest <= quiet.longest + 10.0
    assert flooded.batch_done == pytest.approx((2000 + 40) * 10.0 / 2, rel=0.02)
    assert flooded.busy == pytest.approx(1.0, abs=0.01)
