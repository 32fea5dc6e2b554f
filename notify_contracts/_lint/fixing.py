"""Problems that have one answer, and what the files are with it."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from notify_contracts._lint.behaviour import event_type_of
from notify_contracts._lint.problem import Problem
from notify_contracts._lint.rewriting import rewritten
from notify_contracts._schema import DIALECT, pointer_parts
from notify_contracts._untrusted import NotJsonError, parse, printable
from notify_contracts.catalog import MANIFEST, Folder, read_regular

_MISSING = "found no such property"
_NOWHERE = object()

_Content = dict[str, Any]
_Answer = Callable[[Folder, str, tuple[str, ...], _Content], Any]


class _Fix(NamedTuple):
    """A problem by its file, pointer and message, and what has to stand there; `adds` says that an array gets it."""

    file: str
    pointer: str
    message: str
    answer: _Answer
    adds: bool = False


def _words(name: str) -> str | None:
    """Return a name as a noun phrase, which a person may say better; None for what is no name."""
    words = re.sub(r"[_.-]+", " ", name).strip()
    return words if re.search("[A-Za-z]", words) else None


def _references(_folder: Folder, _file: str, _parts: tuple[str, ...], content: _Content) -> Any:
    contracts = content.get("$defs")
    return [{"$ref": f"#/$defs/{name}"} for name in contracts] if isinstance(contracts, dict) and contracts else None


def _left_out(_folder: Folder, _file: str, _parts: tuple[str, ...], content: _Content) -> Any:
    listed = [entry.get("$ref") for entry in content["oneOf"] if isinstance(entry, dict)]
    return next(({"$ref": f"#/$defs/{name}"} for name in content["$defs"] if f"#/$defs/{name}" not in listed), None)


_FIXES = (
    _Fix("", r"/\$id", "expected", lambda folder, file, _parts, _content: folder.uri(file)),
    _Fix("", r"/\$schema", "expected", lambda _folder, _file, _parts, _content: DIALECT),
    _Fix("events/", r"/title", "expected", lambda _folder, file, _parts, _content: event_type_of(file)),
    _Fix(
        "events/",
        r"/\$defs/[^/]+/properties/event_type/const",
        "expected",
        lambda _folder, file, _parts, _content: event_type_of(file),
    ),
    _Fix(
        "events/",
        r"/\$defs/[^/]+/properties/priority/const",
        "expected",
        lambda _folder, _file, parts, _content: parts[1],
    ),
    _Fix(
        "events/",
        r"/\$defs/[^/]+/title",
        f".*{_MISSING}",
        lambda _folder, file, parts, _content: f"{event_type_of(file)} {parts[1]}",
    ),
    _Fix("events/", r"/oneOf", f".*{_MISSING}", _references),
    _Fix("events/", r"/oneOf", "expected a reference to", _left_out, adds=True),
    _Fix("", r"/title", f".*{_MISSING}", lambda _folder, file, _parts, _content: _words(Path(file).stem)),
    _Fix(
        "",
        r".*/(?:properties|\$defs)/[^/]+/title",
        f".*{_MISSING}",
        lambda _folder, _file, parts, _content: _words(parts[-2]),
    ),
)


class Fixed(NamedTuple):
    """The text of a file in which `changes` were made, each told in a line."""

    file: str
    text: str
    changes: tuple[str, ...]


def fixed(root: Path, problems: Iterable[Problem]) -> Iterator[Fixed]:
    """Yield the files of the catalog in `root` with the answers to those of its `problems` that have one.

    Nothing else in them is changed. What is found then may have an answer, too: lint again, until there is none.
    """
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.file, []).append(problem)
    folder = Folder(root)
    for file, of_file in by_file.items():
        text = None if file == MANIFEST else _text(root, file)
        if text is None:
            continue
        changes = []
        for problem in of_file:
            if (done := _answered(folder, problem, text)) is not None:
                text, change = done
                changes.append(change)
        if changes:
            yield Fixed(file, text, tuple(changes))


def _text(root: Path, file: str) -> str | None:
    try:
        content = read_regular(root / file)
        return content.decode() if isinstance(parse(content), dict) else None
    except (OSError, NotJsonError):
        return None


def _answered(folder: Folder, problem: Problem, text: str) -> tuple[str, str] | None:
    """Return the text with the answer to a problem, and what was changed; None where it has none."""
    for fix in _FIXES:
        if not (
            problem.file.startswith(fix.file)
            and re.fullmatch(fix.pointer, problem.pointer)
            and re.match(fix.message, problem.message)
        ):
            continue
        parts = tuple(str(part) for part in pointer_parts(problem.pointer))
        answer = fix.answer(folder, problem.file, parts, parse(text.encode()))
        if answer is None:
            return None
        done = changed(text, parts, answer, adds=fix.adds)
        said = printable(f"{problem.file}#{problem.pointer}: {'adds' if fix.adds else 'is now'} {json.dumps(answer)}")
        return None if done is None or done == text else (done, said)
    return None


def changed(text: str, parts: tuple[str, ...], answer: Any, *, adds: bool) -> str | None:
    """Return the text with `answer` at a place, or at the end of the array there; None where that cannot be.

    What is new in an object comes first: it is what names the rest.
    """
    content = parse(text.encode())
    place, parent = content, None
    for part in parts:
        parent = place
        try:
            place = parent[int(part)] if isinstance(parent, list) else parent.get(part, _NOWHERE)
        except (AttributeError, LookupError, ValueError):
            return None
    if adds and isinstance(place, list):
        place.append(answer)
    elif adds or not isinstance(parent, dict):
        return None
    else:
        members = {parts[-1]: answer, **parent} if place is _NOWHERE else {**parent, parts[-1]: answer}
        parent.clear()
        parent.update(members)
    try:
        return rewritten(text, content)
    except ValueError:
        return None
