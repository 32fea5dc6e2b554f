"""The messages that were published on a channel and not yet confirmed."""

from collections import OrderedDict

from notify_contracts._amqp.batch import Message


class Window:
    """At most `size` unconfirmed messages, oldest first, and those among them that came back as unroutable."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._last_tag = 0
        self._unconfirmed: OrderedDict[int, Message] = OrderedDict()
        self._returned: dict[int, Message] = {}

    @property
    def takes_more(self) -> bool:
        """Whether another message may be published now; not before those that came back have their turn."""
        return len(self._unconfirmed) < self._size and not self._returned

    @property
    def awaits_only_returned(self) -> bool:
        """Whether every message is confirmed, and some had come back."""
        return bool(self._returned) and not self._unconfirmed

    def add(self, message: Message) -> None:
        """Note that `message` was published, with the channel's next delivery tag."""
        self._last_tag += 1
        self._unconfirmed[self._last_tag] = message

    def confirm(self, tag: int, *, multiple: bool) -> list[Message]:
        """Remove what a confirm names and return it, but for what had come back: that stays."""
        tags = [tag]
        if multiple:
            tags = []
            for unconfirmed in self._unconfirmed:
                if unconfirmed > tag:
                    break
                tags.append(unconfirmed)
        removed = [(tag, self._unconfirmed.pop(tag)) for tag in tags]
        return [message for tag, message in removed if tag not in self._returned]

    def come_back(self, routing_key: str, body: bytes) -> None:
        """Note that the broker returned a message.

        AMQP gives no tag with a return, but returns a message before it confirms it, and no two bodies
        are the same (``_unique_id``).
        """
        for tag, message in self._unconfirmed.items():
            if message.body == body and message.routing_key == routing_key and tag not in self._returned:
                self._returned[tag] = message
                return

    def take_returned(self) -> list[Message]:
        """Remove and return what came back, oldest first."""
        returned = [message for _tag, message in sorted(self._returned.items())]
        self._returned = {}
        return returned

    def take_all(self) -> list[Message]:
        """Remove and return everything, oldest first: the channel is gone, and tags start anew."""
        everything = sorted((self._returned | self._unconfirmed).items())
        self._unconfirmed.clear()
        self._returned = {}
        self._last_tag = 0
        return [message for _tag, message in everything]

    def messages(self) -> list[Message]:
        """Return everything without removing it."""
        return [*self._returned.values(), *self._unconfirmed.values()]
