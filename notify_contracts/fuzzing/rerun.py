"""The command that runs the current test once more: its name for pytest, seen from here, and hypothesis' seed."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shlex import quote

from notify_contracts._untrusted import printable

_PYTEST_RUNS = "PYTEST_CURRENT_TEST"
_SEPARATOR = "::"


def rerun_command(test: Callable[..., object]) -> str | None:
    """Return the line that runs `test`, made by hypothesis, again; None where it is not pytest that runs it.

    The seed makes that work where hypothesis' example database is not, in another checkout for instance.
    """
    node = os.environ.get(_PYTEST_RUNS, "").rpartition(" ")[0]
    if not node:
        return None
    file, separator, name = node.partition(_SEPARATOR)
    seed = _seed(test)
    arguments = [f"{_from_here(file)}{separator}{name}", *([] if seed is None else [f"--hypothesis-seed={seed}"])]
    return " ".join(["pytest", *(quote(printable(argument)) for argument in arguments)])


def _from_here(file: str) -> str:
    """Return the path of a test file that is named from the folder of its project, which need not be this one."""
    there = next((path for path in _places(file) if path.is_file()), None)
    return file if there is None else os.path.relpath(there)


def _places(file: str) -> Iterator[Path]:
    here, parts = Path.cwd(), Path(file).parts
    yield from (folder / file for folder in (here, *here.parents))
    loaded = (vars(module).get("__file__") for module in list(sys.modules.values()) if hasattr(module, "__dict__"))
    for path in map(Path, filter(None, loaded)):
        if path.parts[-len(parts) :] == parts:
            yield path


def _seed(test: Callable[..., object]) -> object:
    """Return the seed that hypothesis chose or was given, None where it needs none to draw the same again."""
    from hypothesis import core

    # Hypothesis keeps the seed in these for its own messages; where a version does not, its example database must do.
    chosen = getattr(test, "_hypothesis_internal_use_generated_seed", None)
    return getattr(core, "global_force_seed", None) if chosen is None else chosen
