"""The installed rabbitmq-server: where its scripts are, and which of its plugins it needs."""

import re
import shutil
from pathlib import Path
from typing import Final, NamedTuple, Self

from notify_contracts.errors import BrokerUnavailableError

SERVER: Final = "rabbitmq-server"
# Where packages put it and where an ordinary user's PATH does not look.
ADMIN_FOLDERS: Final = ("/usr/local/sbin", "/usr/sbin")
# The scripts behind the wrapper that Linux packages put on the PATH: it insists on the user rabbitmq.
PACKAGED_SCRIPTS: Final = Path("/usr/lib/rabbitmq/bin")

_APPLICATIONS = re.compile(r"\{\s*applications\s*,\s*\[([^\]]*)\]")


class Installation(NamedTuple):
    """`scripts` is the folder of the real ``rabbitmq-server``, `epmd` Erlang's name server."""

    scripts: Path
    epmd: Path

    @classmethod
    def find(cls) -> Self:
        """Return the installation found on the PATH, or raise `BrokerUnavailableError` with the reason."""
        server = _which(SERVER)
        if server is None:
            raise BrokerUnavailableError(f"no {SERVER} on the PATH; install RabbitMQ (apt install {SERVER})")
        epmd = _which("epmd")
        if epmd is None or _which("erl") is None:
            raise BrokerUnavailableError(f"{server} is here, but no Erlang (erl, epmd) on the PATH")
        for scripts in (server.resolve().parent, PACKAGED_SCRIPTS):
            # Only the folder of the real one holds what all scripts read first.
            if (scripts / "rabbitmq-env").exists() and (scripts / SERVER).exists():
                return cls(scripts, epmd)
        raise BrokerUnavailableError(f"{server} is a wrapper, and the scripts it calls were not found")

    @property
    def server(self) -> Path:
        """The real ``rabbitmq-server``, which any user may run."""
        return self.scripts / SERVER

    @property
    def home(self) -> Path:
        """The folder that holds ``sbin``, ``escript`` and ``plugins``."""
        return self.server.resolve().parent.parent

    def needed_plugins(self) -> tuple[Path, ...]:
        """Return the folders of the server itself and of what it needs; empty if that cannot be told.

        The folder ``plugins`` holds them among some forty optional ones. The server loads every module it
        finds while it starts, so that leaving those out halves its start.
        """
        folders = {app.stem: app.parent.parent for app in (self.home / "plugins").glob("*/ebin/*.app")}
        needed: dict[str, Path] = {}
        wanted = ["rabbit"]
        while wanted:
            name = wanted.pop()
            if name in needed or name not in folders:
                continue  # not in the folder: a part of Erlang
            needed[name] = folders[name]
            listed = _APPLICATIONS.search((folders[name] / "ebin" / f"{name}.app").read_text("utf-8"))
            wanted += re.findall(r"\w+", listed[1]) if listed else ()
        return tuple(needed.values())


def _which(program: str) -> Path | None:
    found = shutil.which(program) or shutil.which(program, path=":".join(ADMIN_FOLDERS))
    return Path(found) if found else None
