"""The values of settings: what a file or an environment variable says, as the command line would have it."""

import os
from collections.abc import Callable, Mapping
from typing import Any

from notify_contracts._schema import did_you_mean
from notify_contracts._untrusted import printable, redacted, shortened
from notify_contracts.cli.configuration.table import Kind, Setting

Value = str | tuple[str, ...] | bool
"""A text, several of them, or whether a switch is on."""

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")
_SEVERAL = ("names", "globs", "catalogs", "reports")


def of_file(setting: Setting, value: Any, folder: str) -> Value:
    """Return what a file in `folder` says, with its paths beginning there; raise ValueError if that is no value."""
    if setting.kind == "switch":
        if not isinstance(value, bool):
            raise ValueError(f"expected true or false, found {_kind_of(value)}")
        return value
    if setting.kind in _SEVERAL:
        texts = tuple(value) if isinstance(value, list) else (value,)
        if not all(isinstance(text, str) and text for text in texts):
            raise ValueError(f"expected a text or a list of texts, none of them empty, found {_kind_of(value)}")
        if setting.kind == "catalogs" and not texts:
            raise ValueError("expected at least one, found an empty list")
        return tuple(_checked(setting, text, folder) for text in texts)
    if setting.kind in ("count", "percent") and isinstance(value, int | float) and not isinstance(value, bool):
        return _checked(setting, str(value), folder)
    if not isinstance(value, str) or not value:
        raise ValueError(f"expected {_EXPECTED.get(setting.kind, 'a text')}, found {_kind_of(value)}")
    if setting.key == "broker" and "://" in value:
        raise ValueError('expected auto, docker, local or off; the key of a URL is "url"')
    return _checked(setting, value, folder)


def of_environment(setting: Setting, text: str) -> Value:
    """Return what an environment variable says; raise ValueError if that is no value."""
    if setting.kind == "switch":
        if text.lower() not in TRUE + FALSE:
            raise ValueError(f"expected true or false, found {_quoted(text)}")
        return text.lower() in TRUE
    if setting.kind in _SEVERAL:
        parts = tuple(_checked(setting, part.strip(), "") for part in text.split(",") if part.strip())
        if not parts:
            raise ValueError(f"expected one, or several with commas between them, found {_quoted(text)}")
        return parts
    if setting.key == "broker" and "://" in text:
        return text
    return _checked(setting, text, "")


def shown(setting: Setting, value: Value) -> str:
    """Return a value fit to print, without credentials."""
    if isinstance(value, bool):
        return str(value).lower()
    texts = (value,) if isinstance(value, str) else value
    is_url = setting.key in ("url", "broker")
    return ", ".join(redacted(text) if is_url or "://" in text else printable(text) for text in texts)


def _checked(setting: Setting, text: str, folder: str) -> str:
    if "\0" in text:
        raise ValueError("expected a text without the character NUL")
    if setting.choices and text not in setting.choices:
        meant = did_you_mean(text, setting.choices)
        raise ValueError(f"expected {', '.join(setting.choices)}, found {_quoted(text)}{meant}")
    if setting.kind == "count" and text != "auto" and not (text.isascii() and text.isdecimal() and int(text)):
        raise ValueError(f"expected {_EXPECTED['count']}, found {_quoted(text)}")
    if setting.kind == "percent" and not _is_percentage(text):
        raise ValueError(f"expected {_EXPECTED['percent']}, found {_quoted(text)}")
    beginning = _BEGINNING.get(setting.kind)
    return beginning(text, folder) if beginning and folder else text


def _is_percentage(text: str) -> bool:
    try:
        return 0 <= float(text) <= 100  # noqa: PLR2004  # percent
    except ValueError:
        return False


def _catalog(text: str, folder: str) -> str:
    from notify_contracts.catalog import builtin_names

    return text if text in builtin_names() else os.path.join(folder, text)  # noqa: PTH118  # it stays the user's text


def _report(text: str, folder: str) -> str:
    name, colon, file = text.partition(":")
    if colon and name.isalpha():
        return f"{name}:{os.path.join(folder, file) if file else ''}"  # noqa: PTH118  # it stays the user's text
    return os.path.join(folder, text)  # noqa: PTH118  # it stays the user's text


def _file(text: str, folder: str) -> str:
    return os.path.join(folder, text)  # noqa: PTH118  # it stays the user's text


_BEGINNING: Mapping[Kind, Callable[[str, str], str]] = {"catalogs": _catalog, "file": _file, "reports": _report}
"""Of the kinds that hold paths, what has one begin in a folder."""

_EXPECTED: Mapping[Kind, str] = {"count": "auto or a number from 1 on", "percent": "a number from 0 to 100"}


def _kind_of(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    names = {bool: str(value).lower(), int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date")


def _quoted(text: str) -> str:
    return f'"{shortened(redacted(text))}"'  # whatever it is, it may have been meant for a URL
