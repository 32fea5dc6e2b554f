"""What tests have a private node do, in Erlang and at once; to start `rabbitmqctl` alone takes most of a second."""

import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path


def told(node, expression):
    """Have a private node evaluate an expression, which ends in a full stop; return the value as Erlang writes it."""
    files = node._files  # noqa: SLF001 - its name and its cookie are nobody else's business
    program = Path(shutil.which("epmd")).resolve().with_name("erl_call")
    if not program.exists():
        return node.rabbitmqctl("eval", expression).strip()
    cookie = (node.folder / ".erlang.cookie").read_text()
    ran = subprocess.run(
        [program, "-sname", files.node_name, "-c", cookie, "-e"],
        input=f"{expression}\n", env=files.environment(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.stdout.startswith("{ok, "), (expression, ran.stdout, ran.stderr)
    return ran.stdout.removeprefix("{ok, ").rstrip().removesuffix("}")


def permit(node, user, *permissions):
    """Give a user permissions: patterns of what it may configure, write and read."""
    what = ", ".join(f'<<"{each}">>' for each in (user, "/", *permissions, "a test"))
    assert told(node, f"rabbit_auth_backend_internal:set_permissions({what}).") == "ok"


def add_user(node, name, password, *permissions):
    """Add a user, with permissions or without any."""
    what = ", ".join(f'<<"{each}">>' for each in (name, password, "a test"))
    assert told(node, f"rabbit_auth_backend_internal:add_user({what}).") == "ok"
    if permissions:
        permit(node, name, *permissions)


def close_connections(node):
    """Have the broker close all connections that there are."""
    told(node, 'rabbit_networking:close_all_connections("test").')


@contextmanager
def limited(node, definition):
    """Have a policy for all queues within the block, its definition as Erlang writes it."""
    named = '<<"/">>, <<"limits">>'
    added = f'rabbit_policy:set({named}, <<".*">>, [{definition}], 0, <<"queues">>, <<"a test">>)'
    assert told(node, f"{added}.") == "ok"
    try:
        yield
    finally:
        assert told(node, f'rabbit_policy:delete({named}, <<"a test">>).') == "ok"


@contextmanager
def hung(node, queue):
    """Have a queue not answer within the block, as one does whose nodes are gone; the broker's heart beats on."""
    found = f'{{ok, Q}} = rabbit_amqqueue:lookup(rabbit_misc:r(<<"/">>, queue, <<"{queue}">>))'
    told(node, f"{found}, sys:suspend(amqqueue:get_pid(Q)).")
    try:
        yield
    finally:
        told(node, f"{found}, sys:resume(amqqueue:get_pid(Q)).")


def exchanges_of(node):
    """Return the names of all exchanges, as Erlang writes them."""
    return told(node, "[binary_to_list(Name) || {resource, _, _, Name} <- rabbit_exchange:list_names()].")
