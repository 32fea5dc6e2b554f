"""The service: keeps pictures and announces what happens to them."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import md5
from typing import Any
from uuid import uuid4

Announce = Callable[[str, str, Any], object]
"""Announces an event: its type, its priority and its payload."""


class StoreFullError(Exception):
    """There is no room for the data."""


class Pictures:
    """Pictures of at most `capacity` bytes together; `announce` is told of every change."""

    def __init__(self, announce: Announce, capacity: int = 1_000_000) -> None:
        self.announce = announce
        self._room = capacity
        self._pictures: dict[str, dict[str, Any]] = {}

    def create(self, name: str, owner: str) -> str:
        """Make a picture whose data come later, and return its id."""
        picture = _new(name, owner)
        self._pictures[picture["id"]] = picture
        self.announce("image.create", "INFO", self.described(picture))
        return str(picture["id"])

    def upload(self, picture_id: str, data: bytes) -> None:
        """Take the data of a picture, which makes it active; raise StoreFullError if there is no room."""
        if len(data) > self._room:
            self.announce("image.upload", "ERROR", f"There is no room for {len(data)} bytes")
            raise StoreFullError(f"{picture_id} needs {len(data)} bytes, {self._room} are left")
        self._room -= len(data)
        checksum = md5(data, usedforsecurity=False).hexdigest()
        picture = self._pictures[picture_id]
        picture |= {"status": "active", "size": len(data), "checksum": checksum, "updated_at": _now()}
        for event_type in ("image.upload", "image.activate"):
            self.announce(event_type, "INFO", self.described(picture))

    def delete(self, picture_id: str) -> None:
        """Forget a picture and its data."""
        self._room += self._pictures.pop(picture_id)["size"] or 0
        self.announce("image.delete", "INFO", picture_id)

    def described(self, picture: dict[str, Any]) -> dict[str, Any]:
        """Return what is announced of a picture."""
        return {**picture, "is_public": picture["visibility"] == "public"}


def _new(name: str, owner: str) -> dict[str, Any]:
    now = _now()
    return {
        "id": str(uuid4()),
        "name": name,
        "owner": owner,
        "status": "queued",
        "visibility": "private",
        "created_at": now,
        "updated_at": now,
        "size": None,
        "virtual_size": None,
        "checksum": None,
        "disk_format": "raw",
        "container_format": "bare",
        "min_disk": 0,
        "min_ram": 0,
        "protected": False,
        "properties": {},
        "tags": [],
        "deleted": False,
        "deleted_at": None,
    }


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
