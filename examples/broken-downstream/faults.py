"""The service of ../downstream, broken in one way at a time."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from threading import Timer
from typing import Any
from uuid import uuid4

from pictures.service import Announce, Pictures

LATE = 1.0  # seconds


class MissingField(Pictures):
    """Forgets the checksum."""

    def described(self, picture: dict[str, Any]) -> dict[str, Any]:
        """Describe less than there is to say."""
        described = super().described(picture)
        del described["checksum"]
        return described


class WrongType(Pictures):
    """Writes the size as a text."""

    def described(self, picture: dict[str, Any]) -> dict[str, Any]:
        """Describe a number in words."""
        return super().described(picture) | {"size": str(picture["size"])}


class Typo(Pictures):
    """Spells a status that there is not."""

    def described(self, picture: dict[str, Any]) -> dict[str, Any]:
        """Describe it with a letter less."""
        return super().described(picture) | {"status": picture["status"].removesuffix("e")}


class Location(Pictures):
    """Tells everybody where the data lie, and with which password."""

    def described(self, picture: dict[str, Any]) -> dict[str, Any]:
        """Describe more than anybody may know."""
        return super().described(picture) | {"location": "swift://pictures:secret@store.example.org/1"}


class Contradiction(Pictures):
    """Calls a private picture public."""

    def described(self, picture: dict[str, Any]) -> dict[str, Any]:
        """Describe it in two ways."""
        return super().described(picture) | {"is_public": True}


def wrapping(announce: Announce) -> Announce:
    """Put the id of a deleted picture into an object."""
    return lambda event_type, priority, payload: announce(
        event_type, priority, {"id": payload} if event_type == "image.delete" else payload
    )


def renaming(announce: Announce) -> Announce:
    """Name an event as nobody else does."""
    return lambda event_type, priority, payload: announce(
        "image.uploaded" if event_type == "image.upload" else event_type, priority, payload
    )


def belittling(announce: Announce) -> Announce:
    """Make every error a warning."""
    return lambda event_type, priority, payload: announce(event_type, priority.replace("ERROR", "WARN"), payload)


def repeating(announce: Announce) -> Announce:
    """Announce everything twice."""

    def twice(event_type: str, priority: str, payload: Any) -> None:
        announce(event_type, priority, payload)
        announce(event_type, priority, payload)

    return twice


def forgetting(announce: Announce) -> Announce:
    """Announce no deletion."""
    return lambda event_type, priority, payload: (
        None if event_type == "image.delete" else announce(event_type, priority, payload)
    )


def hasty(announce: Announce) -> Announce:
    """Announce an activation before the upload that brings it."""
    turned = {"image.upload": "image.activate", "image.activate": "image.upload"}
    return lambda event_type, priority, payload: announce(turned.get(event_type, event_type), priority, payload)


def late(announce: Announce) -> Announce:
    """Announce in a thread that nobody waits for."""

    def announce_later(*event: Any) -> None:
        timer = Timer(LATE, announce, event)
        timer.name = "announcing"
        timer.start()

    return announce_later


def handmade(send: Callable[[dict[str, Any]], object]) -> Announce:
    """Write the envelope by hand, in the time of Berlin."""

    def announce(event_type: str, priority: str, payload: Any) -> None:
        now = datetime.now(timezone(timedelta(hours=1)))
        send(
            {
                "message_id": str(uuid4()),
                "publisher_id": "pictures.example.org",
                "event_type": event_type,
                "priority": priority,
                "timestamp": now.isoformat(timespec="microseconds"),
                "payload": payload,
            }
        )

    return announce


def naive(send: Callable[[dict[str, Any]], object]) -> Announce:
    """Write the envelope by hand, in whatever time it is here, and do not say which."""

    def stripped(envelope: dict[str, Any]) -> None:
        send(envelope | {"timestamp": f"{datetime.now():%Y-%m-%d %H:%M:%S.%f}"})  # noqa: DTZ005 - the fault

    return handmade(stripped)
