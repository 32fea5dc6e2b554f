"""Environments of their own for packages that are tried as they are: made once, and used again by later runs."""

import fcntl
import os
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest

_MINUTES = 10


def environment(name, *requirements, sources=()):
    """Return the folder of a virtual environment that has the requirements, and those of `sources` unpacked in src/.

    Skip the test, with the reason, where they cannot be had.
    """
    wanted = sha256(repr((sys.version_info[:2], requirements, sources)).encode()).hexdigest()[:8]
    folder = Path(tempfile.gettempdir(), f"notify-contracts-environment-{name}-{wanted}")
    folder.mkdir(exist_ok=True)
    with Path(folder, "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "done"
        if not done.exists():
            _run(sys.executable, "-m", "venv", "--without-pip", folder)
            python = folder / "bin" / "python"
            pip = (sys.executable, "-m", "pip", "--python", python)
            if uv := os.environ.get("UV"):
                _run(uv, "pip", "install", "--quiet", "--python", python, *requirements)
            else:  # nothing is compiled that is never loaded: of hundreds of packages the tests load a few
                _run(*pip, "install", "--quiet", "--no-compile", *requirements)
            for source in sources:
                options = ("--quiet", "--no-deps", "--no-binary", ":all:", "--dest", folder / "src")
                _run(*pip, "download", *options, source)
            done.touch()
    return folder


def _run(*command):
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_MINUTES * 60)
    except (OSError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"no environment can be made: {error}")
    if ran.returncode:
        last = (ran.stderr.strip().splitlines() or ["?"])[-1]
        pytest.skip(f"no environment can be made: {last[:200]}")
