"""The files of a private node, which it reads when it starts: settings, environment, its part of the installation."""

import os
import secrets
from pathlib import Path
from typing import Final, NamedTuple

from notify_contracts.broker.installation import Installation
from notify_contracts.broker.ports import LOOPBACK

# Two schedulers and a little busy waiting: with RabbitMQ's defaults, made for many cores, a start takes longer.
FAST_START: Final = "+S 2:2 +sbwt medium"

_INHERITED: Final = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")
_ON_LOOPBACK: Final = "-kernel inet_dist_use_interface {127,0,0,1}"


class NodeFiles(NamedTuple):
    """The folder of a node with the ports it was given."""

    folder: Path
    amqp_port: int
    epmd_port: int

    @property
    def node_name(self) -> str:
        """The Erlang node name; on localhost, as not every machine can resolve its own name."""
        return f"notify-{self.amqp_port}@localhost"

    def write(self, user: str, password: str) -> None:
        """Write the settings: one user, no plugins, a cookie of its own."""
        (self.folder / "enabled_plugins").write_text("[].\n")
        (self.folder / "rabbitmq.conf").write_text(f"default_user = {user}\ndefault_pass = {password}\n")
        cookie = self.folder / ".erlang.cookie"
        cookie.write_text(secrets.token_hex(16))
        cookie.chmod(0o400)  # Erlang insists

    def link_home(self, installation: Installation) -> None:
        """Make the server a home out of links, without the plugins it does not need."""
        needed = installation.needed_plugins()
        if not needed:
            return
        (self._home / "plugins").mkdir(parents=True)
        for name in ("sbin", "escript"):
            (self._home / name).symlink_to(installation.home / name)
        for plugin in needed:
            (self._home / "plugins" / plugin.name).symlink_to(plugin)

    def environment(self) -> dict[str, str]:
        """Return all variables the node gets: those meant for another node would lead it astray."""
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        own = {
            "HOME": str(self.folder),  # where the cookie is
            "LC_ALL": "C.UTF-8",
            "ERL_CRASH_DUMP_BYTES": "0",
            "ERL_EPMD_ADDRESS": LOOPBACK,
            "ERL_EPMD_PORT": str(self.epmd_port),
            "RABBITMQ_ALLOW_INPUT": "1",  # the script becomes the Erlang VM instead of waiting for it
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.conf"),
            "RABBITMQ_CTL_DIST_PORT_MAX": "0",
            "RABBITMQ_CTL_DIST_PORT_MIN": "0",
            "RABBITMQ_CTL_ERL_ARGS": _ON_LOOPBACK,
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "enabled_plugins"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_NODENAME": self.node_name,
            "RABBITMQ_NODE_IP_ADDRESS": LOOPBACK,
            "RABBITMQ_NODE_PORT": str(self.amqp_port),
            # Erlang itself starts the distribution, on a port the kernel chooses: then RabbitMQ does not start
            # a name server, which would outlive it.
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                f"-noinput -start_epmd false -sname {self.node_name} {_ON_LOOPBACK} {FAST_START}"
            ),
        }
        if self._home.exists():
            own["RABBITMQ_PLUGINS_DIR"] = str(self._home / "plugins")
            own["RABBITMQ_SCRIPTS_DIR"] = str(self._home / "sbin")
        return inherited | own

    @property
    def _home(self) -> Path:
        return self.folder / "home"
