"""A small ``make chaos``: each part of the scaled-out set is struck once while files come in."""

from __future__ import annotations

import pytest

from bench import chaos, chaos_killing, cluster


@pytest.mark.skipif(bool(cluster.missing()), reason="PostgreSQL or RabbitMQ is not here")
def test_what_was_acknowledged_is_there_whatever_was_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chaos_killing, "PAUSE", (1.0, 2.0))
    monkeypatch.setattr(chaos_killing, "DOWN", (0.1, 0.5))
    monkeypatch.setattr(chaos_killing, "HELD", (0.5, 1.0))
    verdict, struck, post = chaos.run(2, dossiers=14, seconds=10, blows=5, workers=1)
    assert {blow.part for blow in struck} == {"broker", "database", "objects", "api", "worker 1"}
    assert len(post.acknowledged) == post.begun > 0
    assert verdict.good, verdict.told
    assert verdict.attached == post.begun
