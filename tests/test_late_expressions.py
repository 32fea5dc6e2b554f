"""Regular expressions that are compiled when they are first used do what others do."""

import re
import subprocess
import sys
from copy import copy

import pytest

from notify_contracts._untrusted import expression


def test_does_as_a_compiled_one():
    """Methods and attributes are those of `re.compile`, of text and of bytes, with flags."""
    late, now = expression("a(.)", re.IGNORECASE | re.DOTALL), re.compile("a(.)", re.IGNORECASE | re.DOTALL)
    assert late.sub(r"<\1>", "xA\nab") == now.sub(r"<\1>", "xA\nab") == "x<\n><b>"
    assert late.findall("abac") == now.findall("abac")
    assert (late.pattern, late.flags, late.groups) == (now.pattern, now.flags, now.groups)
    assert expression(rb"\d+").fullmatch(b"12")
    assert copy(late).search("ab")[1] == "b"


def test_wrong_expression():
    """What is no expression is refused when it is first used."""
    wrong = expression("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_start_compiles_few():
    """Loading the command compiles next to none of the library's own expressions, and loads no OpenSSL."""
    program = (
        "import re, sys, argparse, json, jsonschema_rs, uuid, urllib.parse, string, glob, ipaddress, threading\n"
        "own, compiled = re._compile, []\n"
        "re._compile = lambda *given: compiled.append(given) or own(*given)\n"
        "import notify_contracts.cli.check\n"
        "print(len(compiled), '_hashlib' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    count, has_hashlib = ran.stdout.split()
    assert int(count) <= 8
    assert has_hashlib == "False"
