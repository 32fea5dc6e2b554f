"""The files of a catalog as JSON documents that address each other by URI."""

import errno
import os
import re
import stat
from collections.abc import Mapping
from functools import cache, cached_property
from itertools import accumulate
from os import fsdecode, fsencode
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote_to_bytes

from notify_contracts._base import dataclass
from notify_contracts._schema import Documents
from notify_contracts._untrusted import NotJsonError, parse, printable
from notify_contracts.catalog.transport import Transport
from notify_contracts.errors import CatalogError, UsageError
from notify_contracts.wire import EVERY_TOPIC

if TYPE_CHECKING:
    from notify_contracts.wire.envelopes import EnvelopeForm

MANIFEST = "catalog.json"
TOPIC = "notifications"
"""The topic where none is known: the default of oslo.messaging's option ``topics``."""

ENVELOPE = "notification.json"
EVENTS = "events"
CASES = "cases"
LIFECYCLES = "lifecycles.json"
PRIORITY = re.compile("[A-Z][A-Z0-9_]*")
"""What a priority may be called, as catalog.schema.json says."""


NOT_ENCODED = "/:@!$&'()*+,;=~"
"""What a path may hold as it is, beside letters, digits and ``_.-``. Source: RFC 3986, section 3.3."""

_MOST_BYTES = 64 * 1024 * 1024  # of a file
_NO_NAMES = {"", ".."}  # an absolute path begins with the first
# Opening a named pipe waits for its other end, unless one says not to.
_WITHOUT_WAITING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def is_inside(root: Path, relative: str) -> bool:
    """Whether `relative` names a file in the folder `root` that stands there, wherever links and dots lead."""
    try:
        # pathlib does the same, and takes as long as reading the file does; following links takes as long again
        there = os.path.join(root, relative)  # noqa: PTH118
        if _may_lead_out(root, relative):
            there = os.path.realpath(there)
            if not there.startswith(os.path.join(os.path.realpath(root), "")):  # noqa: PTH118
                return False
        return os.path.isfile(there)  # noqa: PTH113
    except (OSError, ValueError):
        return False


def _may_lead_out(root: Path, relative: str) -> bool:
    """Whether there is a link on the way, or a step that is no name: where there is none, the way leads down."""
    names = relative.split("/")
    ways = accumulate(names, os.path.join, initial=str(root))
    return not _NO_NAMES.isdisjoint(names) or any(map(os.path.islink, ways))


def read_regular(path: Path) -> bytes:
    """Return what a file holds; raise OSError, without waiting, for what is no regular file, or larger than 64 MiB."""
    with os.fdopen(os.open(path, _WITHOUT_WAITING), "rb") as file:
        stated = os.fstat(file.fileno())
        if not stat.S_ISREG(stated.st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        size = min(stated.st_size, _MOST_BYTES)
        content = file.read(size + 1)  # no more, for Python makes room for all that might come
        if len(content) > size:  # it has grown, or, under /proc, states no size
            content += file.read(_MOST_BYTES)
        if len(content) > _MOST_BYTES:
            raise OSError(errno.EFBIG, f"it is larger than {_MOST_BYTES >> 20} MiB", str(path))
        return content


@dataclass(frozen=True)
class Folder:
    """A catalog's folder; a file is read once, when it is first needed."""

    root: Path

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """The content of ``catalog.json``."""
        manifest = self._read(MANIFEST)
        if not isinstance(manifest, dict) or not isinstance(manifest.get("id"), str):
            raise CatalogError(f'{self._named(MANIFEST)}: expected an object with an "id"; run catalog lint')
        return MappingProxyType(manifest)

    @property
    def name(self) -> str:
        """The catalog's name, by default its folder's."""
        return printable(str(self.manifest.get("name", self.root.name)))

    @property
    def version(self) -> str:
        """The catalog's version."""
        return printable(str(self.manifest.get("version", "")))

    @property
    def base(self) -> str:
        """The URI under which the catalog's documents address each other, ending in a slash."""
        return str(self.manifest["id"])

    @property
    def exchange(self) -> str:
        """The exchange on which the service sends by default: the first that its transport names.

        Raise CatalogError if it names none.
        """
        for exchange in self.transport.exchanges:
            return exchange
        remedy = 'add "exchange" to "transport", or give --exchange'
        raise CatalogError(f"{self._named(MANIFEST)}: does not say on which exchange the service sends: {remedy}")

    @property
    def topic(self) -> str:
        """The topic under which the service sends by default: the first that its transport names, or oslo's."""
        return next(iter(self.transport.topics), TOPIC)

    @property
    def heard_topics(self) -> tuple[str, ...]:
        """The topics to listen to: all that its transport names.

        Where it names none, that is oslo.messaging's for a service that sends as oslo.messaging does, else every one.
        """
        sends_as_oslo = not self.envelopes and "routing_key" not in self._transport
        return self.transport.topics or ((TOPIC,) if sends_as_oslo else (EVERY_TOPIC,))

    @cached_property
    def transport(self) -> Transport:
        """Every exchange and every topic that the service may use."""
        return Transport(self._names("exchange"), self._names("topic"))

    @cached_property
    def envelopes(self) -> "tuple[EnvelopeForm, ...]":
        """How the service writes the envelope, if not as it is."""
        stated = self.manifest.get("envelope")
        if stated is None:
            return ()
        from notify_contracts.wire.envelopes import EnvelopeForm  # few catalogs state one

        try:
            return (EnvelopeForm.stated(stated),)
        except UsageError as error:
            raise CatalogError(f"{self._named(MANIFEST)}: envelope: {error}") from None

    def sent(self, envelope: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the event in which the service sends a notification with this envelope: itself, for most."""
        return self.envelopes[0].write(envelope) if self.envelopes else envelope

    @cached_property
    def event_types(self) -> tuple[str, ...]:
        """The event types that have contracts, sorted."""
        files = (self.root / EVENTS).glob("*.json")
        return tuple(sorted(path.stem for path in files if not path.name.startswith(".")))

    @cached_property
    def document(self) -> Documents:
        """From the URI of a document of this catalog to its content; raises CatalogError for any other URI."""
        return cache(lambda uri: self._read(self.file(uri)))

    def file(self, uri: str) -> str:
        """Return where in the folder the document of this URI stands; raise CatalogError if it is none of its files."""
        relative = self.relative(uri)
        if not uri.startswith(self.base) or not relative or not is_inside(self.root, relative):
            raise CatalogError(f"{self.name}: {printable(uri)} is not a document of the catalog; run catalog lint")
        return relative

    def uri(self, relative: str) -> str:
        """Return the URI of a file of the catalog, as its ``$id`` has it: percent-encoded where a URI needs that."""
        return self.base + quote(fsencode(relative), safe=NOT_ENCODED)

    def relative(self, uri: str) -> str:
        """Return which file of the catalog has this URI; what `uri` makes its URI of."""
        return fsdecode(unquote_to_bytes(uri.removeprefix(self.base)))

    def place(self, uri: str) -> str:
        """Return where the document or schema of this URI stands, as a file name fit for a message."""
        return self._named(self.relative(uri))

    @property
    def _transport(self) -> Mapping[str, Any]:
        transport = self.manifest.get("transport")
        if not isinstance(transport, dict):
            raise CatalogError(f'{self._named(MANIFEST)}: expected "transport", which says where the service sends')
        return transport

    def _names(self, key: str) -> tuple[str, ...]:
        if key not in self._transport:
            return ()
        names = self._transport[key]
        listed = names if isinstance(names, list) else [names]
        if not listed or not all(isinstance(name, str) and name for name in listed):
            where = f'{self._named(MANIFEST)}: transport: expected "{key}"'
            raise CatalogError(f"{where} to be a name, or a list of names; run catalog lint")
        return tuple(listed)

    def _read(self, relative: str) -> Any:
        try:
            return parse(read_regular(self.root / relative))
        except OSError as error:
            raise CatalogError(f"{self._named(relative)}: cannot be read: {error.strerror}") from None
        except NotJsonError as error:
            raise CatalogError(f"{self._named(relative)}: is not JSON: {error}") from None

    def _named(self, relative: str) -> str:
        return printable(str(self.root / relative))
