"""AMQP through pika: one connection, one loop, for the messaging driver, the tap and the watch."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._amqp.arrival import PREFETCH, SENTINEL, Arrival
    from notify_contracts._amqp.batch import Batch
    from notify_contracts._amqp.client import Client
    from notify_contracts._amqp.delays import backoff
    from notify_contracts._amqp.errors import (
        NOT_FOUND,
        PRECONDITION_FAILED,
        SILENT,
        Problem,
        causes,
        certificate_problem,
        connection_problem,
        reply,
    )
    from notify_contracts._amqp.exchange import Exchange, Source
    from notify_contracts._amqp.greeting import greet
    from notify_contracts._amqp.link import FOREVER
    from notify_contracts._amqp.loop import Call, IoThread, Steps, run
    from notify_contracts._amqp.own_queue import declare_exclusive, declare_own
    from notify_contracts._amqp.processes import this_process
    from notify_contracts._amqp.scratch_names import Scratch, scratch
    from notify_contracts._amqp.sender import Sender
    from notify_contracts._amqp.sending import Sending
    from notify_contracts._amqp.signals import left_to_main_thread
    from notify_contracts._amqp.tls import Tls
    from notify_contracts._amqp.topology import QueueType, Topology, require_short, require_topics
    from notify_contracts._amqp.url import SCHEMES, Address, Host, with_tls

__all__ = [
    "FOREVER",
    "NOT_FOUND",
    "PRECONDITION_FAILED",
    "PREFETCH",
    "SCHEMES",
    "SENTINEL",
    "SILENT",
    "Address",
    "Arrival",
    "Batch",
    "Call",
    "Client",
    "Exchange",
    "Host",
    "IoThread",
    "Problem",
    "QueueType",
    "Scratch",
    "Sender",
    "Sending",
    "Source",
    "Steps",
    "Tls",
    "Topology",
    "backoff",
    "causes",
    "certificate_problem",
    "connection_problem",
    "declare_exclusive",
    "declare_own",
    "greet",
    "left_to_main_thread",
    "reply",
    "require_short",
    "require_topics",
    "run",
    "scratch",
    "this_process",
    "with_tls",
]
