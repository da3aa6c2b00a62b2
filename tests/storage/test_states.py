"""Whatever happens in whatever order, an intake is in one state, held by at most one worker, attached at
most once, and its events tell the same story."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from errors import MachineError, SenderError
from storage import dossiers
from storage.database import open_database
from storage.refusals import ClaimLostError, ConflictError
from storage.states import INTAKE_STEPS, IntakeState, IntakeStep
from storage.views import Claim
from tests.made_files import digitized_file, source_of, written
from tests.storage.conftest import CODE, Clock

ENDS = {IntakeState.ATTACHED, IntakeState.CLOSED}


def test_every_state_can_be_left_or_is_an_end() -> None:
    left = {state for state, _ in INTAKE_STEPS}
    assert set(IntakeState) - left == ENDS
    assert {step for _, step in INTAKE_STEPS} == set(IntakeStep)


class Intake(RuleBasedStateMachine):
    @initialize()
    def receive(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name)
        self.clock = Clock()
        self.database = open_database(f"sqlite:///{path / 'db'}", self.clock)
        self.source = source_of(written(path / "a.pdf", b"scan"))
        self.digitized = digitized_file(self.source, path)
        self.intake, _ = dossiers.receive_intake(
            self.database, CODE, name="a", sha256=self.source.sha256, size=4, sender="lan"
        )
        self.claims: list[Claim] = []
        self.holder: str | None = None

    def view(self) -> IntakeState:
        return dossiers.get_intake(self.database, self.intake.id).state

    def with_a_claim(self, number: int, act: str, *arguments: object, **named: object) -> bool:
        """Whether an old or present claim was let to act: exactly when it is the one that holds."""
        if not self.claims:
            return False
        claim = self.claims[number % len(self.claims)]
        try:
            getattr(dossiers, act)(self.database, claim, *arguments, **named)
        except ClaimLostError:
            assert claim.token != self.holder
            return False
        assert claim.token == self.holder
        return True

    @rule()
    def claim(self) -> None:
        before = dossiers.get_intake(self.database, self.intake.id)
        claim = dossiers.claim_intake(
            self.database, self.intake.id, worker="w", allowed=timedelta(seconds=60)
        )
        ready = (
            before.state is IntakeState.RECEIVED and (before.not_before or self.clock.now) <= self.clock.now
        )
        assert (claim is not None) == ready
        if claim:
            assert 1 <= claim.attempt <= dossiers.MAX_ATTEMPTS
            self.claims.append(claim)
            self.holder = claim.token

    @rule(number=st.integers(0, 5))
    def attach(self, number: int) -> None:
        if self.with_a_claim(number, "attach_documents", self.digitized, ["a" * 64, "b" * 64]):
            self.holder = None
            assert self.view() is IntakeState.ATTACHED

    @rule(
        number=st.integers(0, 5), error=st.sampled_from([SenderError("damaged"), MachineError("disk_full")])
    )
    def fail(self, number: int, error: SenderError | MachineError) -> None:
        if self.with_a_claim(number, "fail_intake", error):
            self.holder = None
            assert isinstance(error, MachineError) or self.view() is IntakeState.FAILED

    @rule(number=st.integers(0, 5))
    def hand_back(self, number: int) -> None:
        if self.with_a_claim(number, "hand_back"):
            self.holder = None

    @rule(number=st.integers(0, 5))
    def renew(self, number: int) -> None:
        self.with_a_claim(number, "renew_claim")

    @rule()
    def sweep(self) -> None:
        if dossiers.sweep_stale(self.database):
            self.holder = None

    @rule(seconds=st.sampled_from([1, 10, 31, 100]))
    def wait(self, seconds: int) -> None:
        self.clock.passes(seconds=seconds)

    @rule(act=st.sampled_from(["retry_intake", "close_intake"]))
    def decide(self, act: str) -> None:
        failed = self.view() is IntakeState.FAILED
        try:
            getattr(dossiers, act)(self.database, self.intake.id, by="lan")
        except ConflictError:
            assert not failed
        else:
            assert failed

    @rule()
    def send_again(self) -> None:
        again, created = dossiers.receive_intake(
            self.database, CODE, name="b", sha256=self.source.sha256, size=4, sender="minh"
        )
        assert not created
        assert again.id == self.intake.id

    @invariant()
    def it_is_as_the_events_tell(self) -> None:
        if not hasattr(self, "database"):
            return
        intake = dossiers.get_intake(self.database, self.intake.id)
        assert (intake.state is IntakeState.WORKING) == (self.holder is not None)
        assert 0 <= intake.attempts <= dossiers.MAX_ATTEMPTS
        assert (intake.finished_at is not None) == (intake.state in {*ENDS, IntakeState.FAILED})
        documents = dossiers.list_documents(self.database).items
        assert len(documents) == (2 if intake.state is IntakeState.ATTACHED else 0)
        told = IntakeState.RECEIVED
        for event in dossiers.events_of(self.database, intake_id=intake.id, limit=500).items:
            step = event.what.removeprefix("intake_")
            if step in set(IntakeStep):
                told = INTAKE_STEPS[told, IntakeStep(step)]
        assert told is intake.state

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()
            self.folder.cleanup()


Intake.TestCase.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestIntake = pytest.mark.filterwarnings("default")(Intake.TestCase)
