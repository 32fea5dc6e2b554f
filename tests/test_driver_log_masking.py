"""Secrets in the log: our driver against the installed oslo.utils, which oslo.messaging's driver `log` uses."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts.drivers.log import LogDriver
from notify_contracts.drivers.masking import WORDS, masked
from notify_contracts.errors import DeliveryError
from notify_contracts.model import Notification
from tests.telling import examples

strutils = pytest.importorskip("oslo_utils.strutils")

TEXTS = (
    "password=hush",
    "password = 'hush'",
    "password='it\"s'",
    "the user's password is hush",
    "adminPass1 = hush, more",
    "--os-password hush --verbose",
    "mysql --password='hush' db",
    "password 'hush'",
    "<admin_pass>hush</admin_pass>",
    "<password1>hush</password2>",
    '{"auth_token": "hush", "user": "me"}',
    "{'auth_token': u'hush', 'user': 'me'}",
    '{"my_secret": "it\'s"}, "b": "c"',
    "['--password', '--x', 'hush', 'more']",
    "token --flag hush",
    "amqp://user:hush@host/",
    "token_count=7",
    "secret\nsecret =\n'hush'",
    "TOKEN='a' token=\"b\" Token=c",
    "password=",
    "passphrase==x",
    "password=^x^",
    "",
)
PAYLOADS = (
    {"token_count": 3, "tokens": None, "Password": ["hush", {"a": 1}], "credential": "seen", "newpass": "seen"},
    {"secret": {"id": 1, "password": "hush"}, "list": [["password=hush"], {"auth_token": 1}]},
    {"url": "amqp://me:hush@host/?token=hush", "private_key": "", "private-key": "seen", "n": 1.5, "t": True},
)
PIECES = (
    *("password", "Token", "admin_pass", "secret", "secret_uuid", "chapsecret", "sslkey", "auth_token", "my", "1", "x"),
    *(
        "=",
        " ",
        "\n",
        "'",
        '"',
        "--",
        "-",
        "-a",
        "<",
        ">",
        "</",
        ":",
        ",",
        "u'",
        "{",
        "}",
        "^",
        "_",
        "\u00e9",
        "***",
        "[",
    ),
)
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
keys = st.one_of(st.sampled_from(WORDS), texts)
payloads = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=8,
)


def test_the_words_are_theirs():
    """What names a secret is what the installed oslo.utils looks for: each word is masked as a key and in a text."""
    for word in WORDS:
        assert strutils.mask_dict_password({word: "hush"}) == {word: "***"}
        assert "hush" not in strutils.mask_password(f"{word}=hush")
    assert set(WORDS) >= {word for word in _words_of_oslo() if strutils.mask_dict_password({word: 1}) != {word: 1}}


def _words_of_oslo():
    with open(strutils.__file__, encoding="utf-8") as source:  # noqa: PTH123 - a file of theirs
        return set(re.findall(r"'([a-z_]{4,})',", source.read()))


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_masked_as_theirs(text):
    """A text loses what oslo.utils takes out of it, and nothing else."""
    assert masked(text) == strutils.mask_password(text)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_payload_is_masked_as_theirs(payload):
    """Keys at any depth hide their values, and texts are gone through wherever they stand."""
    assert masked(payload) == strutils.mask_dict_password(payload)


@settings(deadline=None, max_examples=examples(400))
@given(text=texts)
def test_any_text_is_masked_as_theirs(text):
    """Whatever stands in a text, both make the same of it."""
    assert masked(text) == strutils.mask_password(text)


@settings(deadline=None, max_examples=examples(200))
@given(payload=st.dictionaries(keys, payloads, max_size=4))
def test_any_payload_is_masked_as_theirs(payload):
    """Whatever a payload is made of, both make the same of it."""
    assert masked(payload) == strutils.mask_dict_password(payload)


@pytest.mark.parametrize(
    "unit", ["password", "password=", '"password', "password='", "'password':", "--password ", "<password>"]
)
def test_a_long_text_takes_linear_time(unit):
    """A text made to be gone through again and again is masked all the same, in the time that its length allows."""
    assert isinstance(masked(unit * 40_000), str)


def test_a_payload_without_an_end():
    """What is nested too deeply to be masked is not delivered, and the error says so."""
    payload = []
    for _ in range(5_000):
        payload = [payload]
    with pytest.raises(DeliveryError, match="nested too deeply"):
        LogDriver().send(Notification({"event_type": "image.create", "payload": payload}))
