"""Which broker carries: none (in this process), Redis or RabbitMQ."""

from __future__ import annotations

from urllib.parse import urlsplit

import pika.exceptions
import redis
from dramatiq import Broker
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from dramatiq.errors import BrokerError
from dramatiq.middleware import Middleware

from errors import UsageError

BROKER_ERRORS = (BrokerError, redis.RedisError, pika.exceptions.AMQPError, OSError)
"""What a broker that cannot be had raises."""

_SECONDS = 5
_HEARTBEAT_MS = 10_000
# In a million commands. With the default (1 000), what a killed worker held may stay parked for minutes.
_MAINTENANCE = 100_000


def choose_broker(url: str, middleware: list[Middleware]) -> Broker:
    """The broker of ``amqp://…``, ``amqps://…``, ``redis://…`` or ``rediss://…``; empty: one that lives and
    ends with this process. Nothing is connected yet. None of Dramatiq's own middleware is used: attempts
    and time limits stand in the database.

    Raises:
        UsageError: ``bad_setting``.
    """
    if not url:
        return StubBroker(middleware=middleware)
    match urlsplit(url).scheme:
        case "redis" | "rediss":
            client = redis.Redis.from_url(url, socket_connect_timeout=_SECONDS, socket_timeout=2 * _SECONDS)
            return RedisBroker(  # type: ignore[no-untyped-call]
                client=client,
                middleware=middleware,
                heartbeat_timeout=_HEARTBEAT_MS,
                maintenance_chance=_MAINTENANCE,
            )
        case "amqp" | "amqps":
            return RabbitmqBroker(url=url, middleware=middleware, confirm_delivery=True)
        case scheme:
            raise UsageError(
                "bad_setting", name="SOHOA_BROKER_URL", why=f"{scheme}:// is not amqp:// or redis://"
            )


def messages_waiting(broker: Broker, queue: str) -> int:
    """How many messages of a queue no worker has fetched.

    Raises:
        one of ``BROKER_ERRORS``.
    """
    if isinstance(broker, RedisBroker):
        # Not do_qsize: it also counts what a dead worker holds.
        return int(broker.client.llen(f"{broker.namespace}:{queue}"))
    if isinstance(broker, RabbitmqBroker):
        broker.declare_queue(queue, ensure=True)
        try:
            return int(broker.get_queue_message_counts(queue)[0])
        except pika.exceptions.AMQPError:
            del broker.connection
            raise
    return int(broker.queues[queue].qsize())
