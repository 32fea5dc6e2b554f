"""Names for one use on a broker that may be somebody else's: nothing is left of them, and nobody waits for ever."""

import pika
import pytest

from notify_contracts._amqp import link, scratch
from notify_contracts.errors import BrokerError
from tests.inside_node import exchanges_of, hung, permit, told


def _queues_of(node):
    return told(node, "[binary_to_list(Name) || {resource, _, _, Name} <- rabbit_amqqueue:list_names()].")


def _declare(node, queue):
    with pika.BlockingConnection(pika.URLParameters(node.url)) as connection:
        connection.channel().queue_declare(queue)


def test_nothing_is_left(local_node):
    """The exchange is there from the beginning; it and every queue that names the topic are gone in the end."""
    with scratch(local_node.url) as names:
        assert names.exchange in exchanges_of(local_node)
        names.routing_keys.update((f"{names.topic}.other", "somebody's"))
        for queue in (f"{names.topic}.info", *names.routing_keys):
            _declare(local_node, queue)
    assert names.exchange not in exchanges_of(local_node)
    assert names.topic not in _queues_of(local_node)
    with pika.BlockingConnection(pika.URLParameters(local_node.url)) as connection:
        connection.channel().queue_declare("somebody's", passive=True)
        connection.channel().queue_delete("somebody's")


def test_what_is_refused_is_said(local_node):
    """Without the permission to make the exchange there is one error, which names it, and the remedy."""
    permit(local_node, "notify", "^$", ".*", ".*")
    try:
        with pytest.raises(BrokerError, match=r"refused exchange 'notify-contracts\.scratch\..*set_permissions"):
            scratch(local_node.url).__enter__()
    finally:
        permit(local_node, "notify", ".*", ".*", ".*")


def test_a_broker_that_does_not_answer_is_not_waited_for(local_node, monkeypatch):
    """Where a queue hangs, the block ends all the same."""
    monkeypatch.setattr(link, "_ANSWERING_SECONDS", 0.2)
    monkeypatch.setattr(link, "_CLOSING_SECONDS", 0.2)
    block = scratch(local_node.url)
    names = block.__enter__()
    queue = f"{names.topic}.info"
    with pika.BlockingConnection(pika.URLParameters(local_node.url)) as connection:
        channel = connection.channel()
        channel.queue_declare(queue)
        with hung(local_node, queue):
            block.__exit__(None, None, None)
            assert queue in _queues_of(local_node)
        channel.exchange_delete(names.exchange)
        channel.queue_delete(queue)
