"""How intakes find a worker: brokers, actors, the work itself, and the sweeper that finds what was lost."""

from queueing.intake_work import Digitize, IntakeWork, Progress
from queueing.work_queue import WorkQueue

__all__ = ["Digitize", "IntakeWork", "Progress", "WorkQueue"]
