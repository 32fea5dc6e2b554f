"""A broker's URL: as RabbitMQ's clients have it, and as oslo.messaging has it in a service's configuration."""

import traceback
from collections import defaultdict
from urllib.parse import quote

import pika
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_notify_contracts.validating import BROKER_URLS

from notify_contracts._amqp import SCHEMES, Address, Tls, with_tls
from notify_contracts._untrusted import redacted
from notify_contracts.broker import obtain
from notify_contracts.errors import UsageError

SECRET = "s3cr3t"
EXPECTED = "is not a broker's URL; expected amqp://user:password@host:port/vhost"

TRANSPORT_URLS = [
    "rabbit://",
    "rabbit:///",
    "rabbit:///vhost",
    "rabbit://h1",
    "rabbit://h1/",
    "rabbit://h1//",
    "rabbit://h1/%2F",
    "rabbit://h1/vhost",
    "rabbit://h1//vhost",
    "rabbit://h1/%2Fvhost",
    "rabbit://h1///a",
    "rabbit://h1/a/b",
    "rabbit://h1/a%2Fb",
    "rabbit://h1/v%25w",
    "rabbit://user:p%40ss@h1:5672,h2:5672//vhost",
    "rabbit://u:p@h1,u2:p2@h2:77/v",
    "rabbit://h1,u:p@h2/v",
    "rabbit://u:p@h1,h2,/v",
    "rabbit://u:p@[::1]:5672,[fe80::1]/v",
    "rabbit://u:p:q@h1/",
    "rabbit://u@x:p@h1/",
    "rabbit://u%25:p%2B+@h1/v",
    "RABBIT://u:p@h1/v",
    "kombu+amqp://u:p@h1/v",
    "rabbit://u:p@h1/v?heartbeat_timeout_threshold=10",
    "rabbit://u:p@h1/v?amqp_durable_queues=true&rabbit_quorum_queue=true",
]


def parameters(url):
    """Return pika's parameters for each host of a URL."""
    return [host.parameters for host in Address.of(url).hosts]


def told(url):
    """Return what a URL says of each host, and the virtual host."""
    return [
        (each.credentials.username, each.credentials.password, each.host, each.port, each.virtual_host)
        for each in parameters(url)
    ]


@pytest.fixture(scope="module")
def oslo():
    """Give the real TransportURL.parse, and what the real driver makes of it."""
    pytest.importorskip("oslo_messaging")
    from oslo_config import cfg
    from oslo_messaging import TransportURL

    configuration = cfg.ConfigOpts()
    configuration([])
    return lambda url: TransportURL.parse(configuration, url)


@pytest.mark.parametrize("url", TRANSPORT_URLS)
def test_a_transport_url_is_read_as_oslo_messaging_reads_it(url, oslo):
    """Hosts, users, passwords and virtual host are oslo.messaging's; where it names none it logs in as guest."""
    read = oslo(url)
    assert told(url) == [
        (host.username or "guest", host.password or "guest", host.hostname, host.port or 5672, read.virtual_host or "/")
        for host in read.hosts
    ] or (not read.hosts and told(url) == [("guest", "guest", "localhost", 5672, read.virtual_host or "/")])


def test_every_option_of_its_driver_is_known(oslo):
    """What oslo.messaging allows in the query is taken, whether it means anything here or not; nothing else is."""
    from oslo_messaging._drivers.amqp import amqp_opts
    from oslo_messaging._drivers.impl_rabbit import rabbit_opts

    values = defaultdict(lambda: "1", ssl_ca_file="/no/file", ssl="false")
    for option in (*rabbit_opts, *amqp_opts):
        url = f"rabbit://u:p@h/v?{option.dest}={values[option.dest]}"
        assert option.dest in oslo(url).query
        if option.dest not in ("ssl_ca_file", "ssl_cert_file", "ssl_key_file"):  # which need ssl
            assert len(parameters(url)) == 1, url
    for query in ("colour=1", "sssl=1", "ssl=perhaps", "ssl=1&ssl=0", "ssl"):
        with pytest.raises(UsageError, match=EXPECTED):
            parameters(f"rabbit://u:p@h/v?{query}")


def test_heartbeat():
    """The heartbeat is the one that either has asked for."""
    assert parameters("rabbit://h/v?heartbeat_timeout_threshold=17")[0].heartbeat == 17
    assert parameters("amqp://h/v?heartbeat=17")[0].heartbeat == 17


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("amqps://h1/v", "h1", 5671),
        ("rabbit://h1/v?ssl=1", "h1", 5672),
        ("rabbit://h1:5671/v?ssl=True", "h1", 5671),
        ("kombu+amqps://h1/v", "h1", 5672),
    ],
)
def test_tls_is_what_the_scheme_or_ssl_says(url, host, port):
    """TLS verifies the host's name, whatever oslo.messaging would do; ssl=1 changes no port, as there."""
    (found,) = parameters(url)
    assert (found.host, found.port, found.ssl_options.server_hostname) == (host, port, host)
    assert found.ssl_options.context.check_hostname
    assert parameters("rabbit://h1/v?ssl=false")[0].ssl_options is None


@pytest.mark.parametrize(
    ("url", "tls", "message"),
    [
        ("amqp://h/?cafile=x", None, "write amqps:// to use them"),
        ("rabbit://h/?ssl_ca_file=x", None, "write ssl=true into its query"),
        ("rabbit://h/?ssl=0", Tls("x"), "write ssl=true into its query"),
        ("amqps://h/?cafile=x", Tls("y"), "cafile is given twice for amqps://h/"),
        ("amqps://h/?cafile=%2Fno%2Fca", None, r"the TLS file /no/ca \(cafile\) cannot be used: No such file"),
        ("amqps://h/?cacertfile=/no/ca", None, r"the TLS file /no/ca \(cafile\) cannot be used: No such file"),
        ("rabbit://h/?cafile=/no/ca", None, r"the TLS file /no/ca \(cafile\) cannot be used: No such file"),
        ("rabbit://h/?ssl=1&ssl_ca_file=/no/ca", None, r"the TLS file /no/ca \(cafile\) cannot be used: No such file"),
        ("amqps://h/?keyfile=" + quote(__file__), None, "was given without its certificate: add certfile"),
        ("amqps://h/?cafile=" + quote(__file__), None, r"\(cafile\) cannot be used: .*; expected a PEM file"),
        ("amqps://h/?certfile=" + quote(__file__), None, r"\(certfile\) cannot be used: .*; expected a PEM file"),
        ("amqps://h/?ssl_options={'ca_certs':'x'}", None, EXPECTED),
    ],
)
def test_files_that_cannot_be_used(url, tls, message):
    """A file that contradicts the URL, or cannot be used, is one line that names it."""
    with pytest.raises(UsageError, match=message) as failure:
        Address.of(url, tls)
    assert "\n" not in str(failure.value)


def test_with_tls():
    """Files go into a URL whatever their names, and nothing where there are none."""
    tls = Tls("/a b/?&c+.pem", keyfile="k=@")
    url = with_tls("amqps://u:p@h/v?heartbeat=1", tls)
    assert url == "amqps://u:p@h/v?heartbeat=1&cafile=/a%20b/%3F%26c%2B.pem&keyfile=k%3D%40"
    assert with_tls("amqp://h", Tls()) == "amqp://h"
    with pytest.raises(UsageError, match=r"/a b/\?&c\+\.pem \(cafile\)"):
        Address.of(url)


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("amqp://u:a,b@h/", [("u", "a,b", "h", 5672, "/")]),
        ("amqp://u:1,b@h/", [("u", "1,b", "h", 5672, "/")]),
        ("amqp://u:p@ss@h/", [("u", "p@ss", "h", 5672, "/")]),
        ("amqp://u:a,b@h:1,u2:p2@h2:2/v", [("u", "a,b", "h", 1, "v"), ("u2", "p2", "h2", 2, "v")]),
        ("amqp://h1,h2:1", [("guest", "guest", "h1", 5672, "/"), ("guest", "guest", "h2", 1, "/")]),
        ("amqp://h//v", [("guest", "guest", "h", 5672, "/v")]),
        ("amqp://u@h", [("u", "guest", "h", 5672, "/")]),
    ],
)
def test_amqp_urls(url, hosts):
    """In an amqp:// URL a password may hold commas, and there may be several hosts."""
    assert told(url) == hosts


@pytest.mark.parametrize("url", ["kafka://u:{}@h/", "fake://u:{}@h", "kombu+redis://u:{}@h/", "kombu+memory://u:{}@/"])
def test_what_is_not_spoken_is_told(url, run):
    """A transport that is no RabbitMQ's is named, without the password, and the status is 2."""
    ran = run("watch", "--url", url.format(SECRET))
    assert ran.status == 2
    assert f"{url.partition(':')[0]} is no RabbitMQ, and nothing else is spoken to" in ran.err
    assert SECRET not in ran.err


MALFORMED = [
    "rabbit://u:{}/x@h/v",
    "rabbit://u:12/{}@h/v",
    "rabbit://u:12?{}@h/v",
    "rabbit://u:12#{}@h/v",
    "rabbit://u:p@h1,u2:{}/v",
    "rabbit://u:p@h1,u2:12/{}@h2/v",
    "rabbit://u:{}@h:abc/v",
    "rabbit://u:{}@h:70000/v",
    "rabbit://u:{}@[::1/v",
    "rabbit://u:{}@h/v?x=1",
    "rabbit://u:p@h/v?{}",
    "rabit://u:{}@h/v",
]


@pytest.mark.parametrize("url", MALFORMED)
def test_no_part_of_a_malformed_url_is_shown(url):
    """What cannot be read is a usage error of one line that shows nothing that may be a password."""
    for read in (Address.of, lambda url: obtain(url=url)):
        with pytest.raises(UsageError) as failure:
            read(url.format(SECRET))
        assert SECRET not in str(failure.value)
        assert SECRET not in "".join(traceback.format_exception(failure.value)).replace(url.format(SECRET), "")


@given(
    password=st.lists(st.sampled_from([SECRET, *"@:/?#%[]&=, \n1"]), min_size=1).map("".join),
    before=st.sampled_from(["", "h1,", "u:p@h1:1,", "u:p@[::1],"]),
    after=st.sampled_from(["", ",h3", ",u:p@h3/v"]),
)
def test_no_password_of_several_hosts_is_shown(password, before, after):
    """However a password breaks a URL of several hosts, no piece of it is shown, nor where its hosts are told."""
    url = f"rabbit://{before}u:{password}@h2{after}"
    assert SECRET not in redacted(url)
    for encoded in (url, url.replace(password, quote(password, safe=""))):
        shown = ""
        try:
            address = Address.of(encoded)
            shown = "".join([address.where, *(host.where for host in address.hosts)])
        except UsageError as error:
            shown = str(error)
        assert SECRET not in shown


def test_several_hosts_are_shown_each():
    """An error names the host that it is about."""
    address = Address.of("rabbit://user:p%40ss@h1:1,h2//vhost?ssl=0")
    assert address.where == "rabbit://user:***@h1:1,h2//vhost?ssl=0"
    assert [host.where for host in address.hosts] == [f"host {number} of {address.where}" for number in (1, 2)]


def test_the_plugin_knows_the_same_schemes():
    """What the plugin takes as a URL before it loads anything is what is read as one."""
    assert BROKER_URLS == SCHEMES


@pytest.mark.parametrize("dead", [["127.0.0.1:1"], ["127.0.0.1:1", "nowhere.invalid"]])
def test_hosts_are_tried_in_turn(dead, broker_url, run):
    """Where the first host does not answer the next is taken, by whoever connects."""
    found = pika.URLParameters(broker_url)
    user = f"{found.credentials.username}:{found.credentials.password}"
    places = ",".join(f"{user}@{place}" for place in (*dead, f"{found.host}:{found.port}"))
    url = f"rabbit://{places}/{quote(found.virtual_host, safe='')}"
    with obtain(url=url) as broker:
        assert broker.url == url
    ran = run("verify", "--url", url, "--catalog", "glance-emitted", "--format", "brief")
    assert ran.status == 0, ran
    ran = run("watch", "--url", url, "--exchange", "amq.topic", "--for", "0.01s", "--allow-none", "--format", "json")
    assert "watching" in ran.err


def test_where_no_host_answers_the_most_telling_is_told(broker_url, run):
    """Of several hosts that fail, what one refused is told; else the last."""
    found = pika.URLParameters(broker_url)
    url = f"rabbit://nobody:{{}}@{found.host}:{found.port},127.0.0.1:1/"
    ran = run("watch", "--url", url.format(SECRET))
    assert ran.status == 2
    assert f"the broker at host 1 of {url.format('***')} refused the user name or password" in ran.err
    ran = run("watch", "--url", f"rabbit://nobody:{SECRET}@127.0.0.1:1,127.0.0.1:2/")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "nothing listens at host 2 of rabbit://nobody:***@127.0.0.1:1,127.0.0.1:2/; start the broker" in ran.err


def test_files_without_a_broker(run, monkeypatch):
    """Certificates for a broker that is started here make no sense, which is told."""
    monkeypatch.delenv("NOTIFY_CONTRACTS_AMQP_URL", raising=False)
    ran = run("verify", "--cafile", __file__)
    assert (ran.status, ran.err) == (
        2, "notify-contracts: TLS files were given, and no broker: add --url amqps://\u2026\n",
    )  # fmt: skip
