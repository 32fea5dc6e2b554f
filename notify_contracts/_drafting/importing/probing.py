"""What somebody else's Python package says of itself, asked in a process of its own, which imports it."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from notify_contracts._untrusted import NotJsonError, parse, printable, shortened
from notify_contracts.errors import SourceError, UsageError

_SECONDS = 300
_LONGEST = 400


def probed(probe: str, python: str | None, *arguments: str) -> Any:
    """Return the JSON that a program of this room writes, run by the interpreter `python`, by default this one.

    Raise UsageError if that cannot be run, SourceError if the program fails.
    """
    program = Path(__file__).with_name("probes").joinpath(f"{probe}.py").read_text(encoding="utf-8")
    with TemporaryDirectory(prefix="notify-contracts-import-") as folder:
        answer = Path(folder, "answer.json")
        command = [python or sys.executable, "-c", program, str(answer), *arguments]
        try:
            ran = subprocess.run(  # noqa: S603  # the user's own
                command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=_SECONDS
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "no program has such a name"
            raise UsageError(f"{printable(python or sys.executable)}: cannot be run: {reason}; give --python") from None
        except subprocess.TimeoutExpired:
            raise SourceError(f"{printable(arguments[0])}: importing it took more than {_SECONDS} seconds") from None
        try:
            return parse(answer.read_bytes())
        except (OSError, NotJsonError):
            lines = ran.stderr.decode(errors="replace").strip().splitlines() or [f"it ended with {ran.returncode}"]
            said = shortened(printable(lines[-1]), _LONGEST)
            remedy = "--python names the interpreter that has it"
            raise SourceError(f"{printable(arguments[0])}: cannot be imported: {said}; {remedy}") from None
