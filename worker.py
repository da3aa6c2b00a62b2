"""A worker of the scaled-out setting: ``dramatiq worker``, from the repository's root.

The actors ``digitize_counter`` and ``digitize_batch`` each take one intake the whole way
(:mod:`queueing.intake_work`); the embedded default runs the same ones inside ``sohoa serve``.
"""

from __future__ import annotations

import sys

import dramatiq

import settings
from errors import UsageError
from queueing import WorkQueue

try:
    queue = WorkQueue(settings.load())
    if queue.embedded:
        raise UsageError("broker_missing")
except UsageError as error:
    sys.exit(f"sohoa: {error.english}")

broker = queue.broker
dramatiq.set_broker(broker)
