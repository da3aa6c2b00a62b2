"""A worker like ``worker.py`` whose reading is made up: ``dramatiq bench.chaos_worker``."""

from __future__ import annotations

import dramatiq

import settings
from bench.made_up_reading import digitize
from queueing import WorkQueue

queue = WorkQueue(settings.load(), digitize=digitize)
broker = queue.broker
dramatiq.set_broker(broker)
