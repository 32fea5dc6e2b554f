"""Publishes messages with confirms: a bounded window of them unconfirmed, none lost, the order kept."""

from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import Any

from pika.exceptions import ChannelClosedByBroker
from pika.spec import Basic, BasicProperties

from notify_contracts.drivers.amqp_batch import Batch, Message
from notify_contracts.drivers.amqp_errors import Problem, reply
from notify_contracts.drivers.amqp_link import Link
from notify_contracts.drivers.amqp_loop import IoThread
from notify_contracts.drivers.amqp_topology import Declarer, Topology
from notify_contracts.errors import BrokerError

_BURST = 50
"""Messages published before the loop may read confirms again and write what pika has buffered."""

_RETURNS = 3
"""How often a message may come back as unroutable although its queue has just been declared and bound."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How messages are published: AMQP `priority`, the most that may be unconfirmed (`window`), and the
    seconds to wait for a broker that blocks publishers (`blocked_timeout`, None for ever)."""

    priority: int = 0
    window: int = 1000
    blocked_timeout: float | None = None


class Publisher:
    """Publishes batches in order over a `Link`, of which it is the listener; lives in the I/O thread.

    * A message is settled by the broker's confirm. After a lost connection, all that was unconfirmed goes out
      again before anything else: duplicates are possible (`resent` counts them), losses are not.
    * A message that comes back (no queue took it) goes out again, in its place, once its queue is redeclared.
    * While the broker blocks publishers, nothing is published.
    """

    def __init__(self, io: IoThread, topology: Topology, sending: Sending) -> None:
        self.resent = 0
        self.link: Link
        self._io = io
        self._topology = topology
        self._sending = sending
        self._properties = BasicProperties(
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=2,
            priority=sending.priority,
            headers={},
        )
        self._waiting: deque[Message] = deque()
        self._unconfirmed: OrderedDict[int, Message] = OrderedDict()
        self._returned: list[Message] = []
        self._declared: set[str] = set()
        self._declaring = False
        self._connection: Any = None
        self._channel: Any = None
        self._tag = 0
        self._pump_is_due = False
        self._blocked_timer: object = None
        self._blocked = False

    def attach(self, link: Link) -> None:
        """Publish over `link`."""
        self.link = link
        self._declarer = Declarer(self._topology, link.where, self._on_declared, self._on_refused)

    def submit(self, batch: Batch) -> None:
        """Queue the messages of a batch behind all others."""
        self._waiting.extend(batch.messages)
        self.link.want()
        self._pump()

    # What the link tells

    def connected(self, connection: Any) -> None:
        """Open a channel in confirm mode and publish what waits."""
        self._connection = connection
        connection.add_on_connection_blocked_callback(self._on_blocked)
        connection.add_on_connection_unblocked_callback(self._on_unblocked)
        connection.channel(on_open_callback=self._on_channel)

    def lost(self, problem: Problem) -> bool:  # noqa: ARG002 - the link reports it
        """Put everything unconfirmed back, in its order, before all that waits."""
        self._connection = self._channel = None
        self._declared.clear()
        self._declarer.forget()
        self._declaring = False
        self._end_of_block()
        # What came back was published after everything else that is unconfirmed of its routing key.
        self._requeue(self._unconfirmed.values())
        self._unconfirmed.clear()
        self._returned.clear()
        return any(not message.settled for message in self._waiting)

    def given_up(self, problem: Problem) -> None:
        """Fail everything."""
        self._fail_all(problem.error)

    # Publishing

    def _on_channel(self, channel: Any) -> None:
        self._tag = 0
        channel.add_on_close_callback(self._on_channel_closed)
        channel.add_on_return_callback(self._on_return)
        channel.confirm_delivery(self._on_confirm, callback=lambda _answer: self._on_ready(channel))

    def _on_ready(self, channel: Any) -> None:
        self._channel = channel
        self._pump()

    def _pump(self) -> None:
        """Publish up to a burst of what waits, as far as the window allows."""
        if self._channel is None or self._blocked or self._declaring or self._returned or self._pump_is_due:
            return
        for _ in range(_BURST):
            if not self._waiting or len(self._unconfirmed) >= self._sending.window:
                return
            message = self._waiting[0]
            if message.settled:
                self._waiting.popleft()
            elif message.routing_key in self._declared:
                self._publish(self._waiting.popleft())
            else:
                self._declaring = True
                self._declarer.declare(self._connection, message.routing_key)
                return
        self._pump_is_due = True
        self._io.call(self._pump_again)

    def _pump_again(self) -> None:
        self._pump_is_due = False
        self._pump()

    def _publish(self, message: Message) -> None:
        if message.sent:
            self.resent += 1
        message.sent = True
        self._tag += 1
        self._unconfirmed[self._tag] = message
        self._channel.basic_publish(
            self._topology.exchange, message.routing_key, message.body, self._properties, mandatory=True
        )

    def _requeue(self, messages: Any) -> None:
        self._waiting.extendleft(reversed([message for message in messages if not message.settled]))

    def _fail_all(self, error: BrokerError) -> None:
        for message in (*self._unconfirmed.values(), *self._waiting):
            message.give_up(error)
        self._waiting.clear()

    # What the broker tells about messages

    def _on_confirm(self, frame: Any) -> None:
        method = frame.method
        tags = [method.delivery_tag]
        if method.multiple:
            tags = []
            for tag in self._unconfirmed:
                if tag > method.delivery_tag:
                    break
                tags.append(tag)
        for tag in tags:
            self._settle(self._unconfirmed.pop(tag), is_ack=isinstance(method, Basic.Ack))
        self.link.progress()
        if self._returned and not self._unconfirmed:
            self._send_returned_again()
        self._pump()

    def _settle(self, message: Message, *, is_ack: bool) -> None:
        if not is_ack:
            message.give_up(
                BrokerError(f"the broker at {self.link.where} did not accept it (nack); is a queue full or down?")
            )
        elif message not in self._returned:
            message.confirm()

    def _on_return(self, _channel: Any, method: Any, _properties: Any, body: bytes) -> None:
        """Mark the message that came back; AMQP gives no tag here, but a body is unique (``_unique_id``)."""
        for message in self._unconfirmed.values():
            if (
                message.body == body
                and message.routing_key == method.routing_key
                and message not in self._returned
            ):
                self._returned.append(message)
                return

    def _send_returned_again(self) -> None:
        returned, self._returned = self._returned, []
        for message in returned:
            message.sent = False
            message.returned += 1
            self._declared.discard(message.routing_key)
            if message.returned > _RETURNS:
                message.give_up(
                    BrokerError(
                        f"the broker at {self.link.where} found no queue for routing key {message.routing_key!r}, "
                        f"{message.returned} times; who removes its binding?"
                    )
                )
        self._requeue(returned)

    # What the broker tells about declarations, the channel and itself

    def _on_declared(self, routing_key: str) -> None:
        self._declaring = False
        self._declared.add(routing_key)
        self._pump()

    def _on_refused(self, routing_key: str, problem: Problem) -> None:
        self._declaring = False
        if not problem.refused:
            self.link.restart(problem)
            return
        for message in self._waiting:
            if message.routing_key == routing_key:
                message.give_up(problem.error)
        self._pump()

    def _on_channel_closed(self, channel: Any, reason: BaseException) -> None:
        if channel is not self._channel:
            return
        self._channel = None
        if isinstance(reason, ChannelClosedByBroker):
            doing = f"to publish to exchange {self._topology.exchange!r}"
            self.link.restart(reply(reason.reply_code, reason.reply_text, doing, self.link.where))

    def _on_blocked(self, _connection: Any, frame: Any) -> None:
        self._blocked = True
        if self._sending.blocked_timeout is not None and self._blocked_timer is None:
            reason = frame.method.reason
            self._blocked_timer = self._io.later(
                self._sending.blocked_timeout, lambda: self._on_blocked_too_long(reason)
            )

    def _on_blocked_too_long(self, reason: str) -> None:
        self._blocked_timer = None
        self._fail_all(
            BrokerError(
                f"the broker at {self.link.where} has blocked publishers for {self._sending.blocked_timeout:g} s "
                f"({reason}); free its memory or disk"
            )
        )

    def _on_unblocked(self, _connection: Any, _frame: Any) -> None:
        self._end_of_block()
        self._pump()

    def _end_of_block(self) -> None:
        self._blocked = False
        if self._blocked_timer is not None:
            self._io.cancel(self._blocked_timer)
            self._blocked_timer = None
