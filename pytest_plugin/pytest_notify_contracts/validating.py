"""What is given is refused before anything runs where it does not exist or cannot be used."""

import os
from collections.abc import Iterator

import pytest

from pytest_notify_contracts import options
from pytest_notify_contracts.asked import needs_file, reports
from pytest_notify_contracts.remembered import settings_of

BROKER_URLS = ("amqp://", "amqps://", "rabbit://", "kombu+amqp://", "kombu+amqps://")


def validate(config: pytest.Config) -> None:
    """Raise `pytest.UsageError` for a chosen value that does not exist."""
    settings_of(config)
    problem = next(_problems(config), None)
    if problem is not None:
        raise pytest.UsageError(problem)


def what_was_meant(mistyped: str) -> str:
    """Return a name that no option has, in a line with the option that it resembles."""
    from notify_contracts._schema import did_you_mean
    from notify_contracts._untrusted import printable

    meant = did_you_mean(mistyped.lower().replace("-", "_"), [option.name for option in options.OPTIONS])
    return printable(mistyped) + (meant or "; pytest --help says what there is")


def _problems(config: pytest.Config) -> Iterator[str]:
    for option in options.OPTIONS:
        if "" in (given := config.getoption(option.name), *(given if isinstance(given, list) else ())):
            yield f"{option.flag} is empty; give {option.metavar}, or leave it out"
        if option.kind == "linelist":
            continue
        try:
            value = options.chosen(config, option)
        except (ValueError, pytest.UsageError) as error:
            yield _of_no_use(option, str(error))
            return
        if option.kind == "bool" and value.lower() not in options.TRUE + options.FALSE:
            yield f"{option.name} is {value!r}; choose from true, false"
        if option.choices and value not in option.choices:
            yield f"{option.name} is {value!r}; choose from {', '.join(option.choices)}"
    broker = options.chosen(config, options.BROKER)
    if broker not in options.BROKERS and not broker.lower().startswith(BROKER_URLS):
        named = broker.rpartition("@")[2]  # whatever stands before it may be a password
        yield f"{options.BROKER.name} is {named!r}; choose from {', '.join(options.BROKERS)}, or give an amqp:// URL"
    yield from _unreasonable_percent(options.chosen(config, options.FAIL_UNDER))
    yield from _unusable_reports(reports(config))
    if (file := needs_file(config)) and not _may_be_written(file):
        yield f"{options.NEEDS.name} {file!r} cannot be written; give a file in a folder that exists"


def _of_no_use(option: options.Option, said: str) -> str:
    """Return what is wrong with a value in pytest's file, of which pytest `said` that, naming the option or not."""
    if option.name not in said:
        return f"{option.name} has an {said}; choose from true, false"
    return f"{said}; write it {'without quotes' if option.kind == 'bool' else 'as one text, in quotes'}"


def _unusable_reports(asked: list[tuple[str, str]]) -> Iterator[str]:
    if not asked:
        return
    from notify_contracts._report import FORMATS

    for name, file in asked:
        if name not in FORMATS:
            yield f"{options.REPORT.name} has no format {name!r}; choose from {', '.join(FORMATS)}"
        if not _may_be_written(file):
            yield f"{options.REPORT.name} {file!r} cannot be written; give a file in a folder that exists"
    files = [os.path.realpath(file) for _, file in asked]
    if len(set(files)) < len(files):
        yield f"{options.REPORT.name} has two reports for one file; give each its own"


def _may_be_written(file: str) -> bool:
    written = file if os.path.exists(file) else os.path.dirname(file)  # noqa: PTH110, PTH120  # a text, as it was given
    return not os.path.isdir(file) and os.access(written, os.W_OK)  # noqa: PTH112


def _unreasonable_percent(given: str) -> Iterator[str]:
    try:
        reasonable = not given or 0 <= float(given) <= 100  # noqa: PLR2004 - percent
    except ValueError:
        reasonable = False
    if not reasonable:
        yield f"{options.FAIL_UNDER.name} is {given!r}; give a number from 0 to 100"
