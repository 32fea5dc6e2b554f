"""JSON values as YAML that people can read, and that readers of YAML 1.1 and 1.2 read alike."""

import sys
from typing import Any

from notify_contracts._untrusted import printable

_NEVER_FOLDED = sys.maxsize


def yaml_text(value: Any) -> str:
    """Return `value` as one YAML document, in which what is not printable, or a command to a CI, is escaped."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes everything where it stands, without anchors."""

        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
            return True

    def represented(dumper: Dumper, text: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))

    Dumper.add_representer(str, represented)
    text = yaml.dump(value, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=_NEVER_FOLDED)
    # Text that `printable` changes stands in double quotes, where YAML knows the same escapes.
    return "\n".join(printable(line) for line in text.split("\n"))


def _style(text: str) -> str | None:
    """Return how to quote `text`, None where the writer may choose."""
    lines = text.split("\n")
    if any(line != printable(line) for line in lines):
        return '"'
    if len(lines) > 1 and all(line == line.rstrip() for line in lines) and not text.startswith((" ", "\n")):
        return "|"
    # 1e3 is a text in YAML 1.1 and a number in 1.2.
    return "'" if text[:1] in "+-.0123456789" and len(lines) == 1 else None
