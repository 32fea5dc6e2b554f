"""The settings, as one table: the command, the pytest plugin, ``notify-contracts settings`` and its page are of it."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Kind = Literal["text", "names", "globs", "catalogs", "file", "reports", "switch", "choice", "count", "percent", "url"]


class Setting(NamedTuple):
    """What can be set by a file and by an environment variable.

    `default` says what holds where nobody sets it, `option` which option of the command comes before it, and `ini`
    which one of pytest, on whose command line it is ``--notify-…``.
    """

    key: str
    kind: Kind
    help: str
    default: str = ""
    choices: tuple[str, ...] = ()
    option: str | None = None
    ini: str | None = None
    named: str = ""

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"NOTIFY_CONTRACTS_{self.named or self.key.replace('-', '_').upper()}"


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "catalog",
        "catalogs",
        "the contracts: names of built-in catalogs, or folders",
        default="glance-documented",
        option="--catalog",
        ini="notify_catalog",
    ),
    Setting(
        "engine",
        "choice",
        "what decides whether a contract is kept",
        default="jsonschema-rs",
        choices=("jsonschema-rs", "jsonschema"),
        option="--engine",
        ini="notify_engine",
    ),
    Setting(
        "format",
        "choice",
        "the format of the report of a run",
        default="text; of watch that is not on a terminal, jsonl",
        choices=("text", "brief", "json", "junit", "sarif", "github", "gitlab", "ctrf", "markdown", "html", "jsonl"),
        option="--format",
    ),
    Setting("report", "reports", "further reports of a run that checks, as FORMAT:FILE", option="--report"),
    Setting(
        "ignore",
        "globs",
        "event types that are not judged; how many there were is told",
        option="--ignore",
        ini="notify_ignore",
    ),
    Setting(
        "allow-unknown",
        "switch",
        "of event types without a contract, check only the envelope",
        default="false",
        option="--allow-unknown",
    ),
    Setting(
        "lifecycles",
        "switch",
        "check what follows what, too, by the lifecycles of the catalog",
        default="false",
        option="--lifecycles",
        ini="notify_lifecycles",
    ),
    Setting(
        "baseline",
        "file",
        "known violations, which do not fail a run",
        option="--baseline",
        ini="notify_baseline",
    ),
    Setting(
        "member",
        "names",
        "members of records that hold a line of a log, beside those that are known",
        option="--member",
    ),
    Setting("jobs", "count", "processes that share the work on recordings", default="auto", option="--jobs"),
    Setting(
        "url",
        "url",
        "the URL of the broker",
        default="amqp://guest:guest@localhost:5672/%2F",
        option="--url",
        named="AMQP_URL",
    ),
    Setting(
        "broker",
        "choice",
        "where a broker for verify and for tests comes from; auto: url, else a container, else a private node",
        default="auto",
        choices=("auto", "docker", "local", "off"),
        option="--broker",
        ini="notify_broker",
    ),
    Setting(
        "require-broker",
        "switch",
        "fail a test that finds no broker",
        default="false",
        ini="notify_require_broker",
    ),
    Setting(
        "strictness",
        "choice",
        "what recorded notifications that break their contract do to a test",
        default="strict",
        choices=("strict", "known", "warn", "off"),
        ini="notify_strictness",
    ),
    Setting(
        "wire",
        "choice",
        "the format in which oslo.messaging sends in production",
        default="2.0",
        choices=("2.0", "1.0"),
        ini="notify_wire",
    ),
    Setting("coverage", "switch", "show the contract coverage of tests", default="false", ini="notify_coverage"),
    Setting(
        "coverage-fail-under",
        "percent",
        "the contract coverage that is required of tests",
        ini="notify_coverage_fail_under",
    ),
    Setting(
        "coverage-report",
        "reports",
        "reports of the contract coverage, as FILE or FORMAT:FILE",
        ini="notify_coverage_report",
    ),
    Setting("needs", "file", "where tests write what the consumer under test reads", ini="notify_needs"),
    Setting("consumer", "text", "what the consumer under test is called in its needs", ini="notify_consumer"),
)
SETTING: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS}
URL_VARIABLE = SETTING["url"].variable
"""The variable of the broker's URL, which comes before whatever a file says of brokers."""
