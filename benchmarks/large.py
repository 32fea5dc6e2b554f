"""Large notifications with many addresses, as webhooks are: what it takes to learn, check and compare their contracts.

    python benchmarks/large.py CHECKOUT [NOTIFICATIONS [ROUNDS]]

It makes recordings of 40 event types, of two versions that differ in some fields of every object, each notification of
some 200 values of which 130 are URIs, and holds this build against the one in another checkout, by the processor's time
of both in turn. What both are given, this build has learned.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stdout
from io import StringIO
from itertools import islice, repeat
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from measuring import print_versions
from releases import compare, written

from notify_contracts._untrusted import dump
from notify_contracts.cli import main as command

NOTIFICATIONS, ROUNDS = 200, 3
SUBJECTS = ("issue", "branch", "release", "comment", "review", "package", "label", "milestone")
ACTIONS = ("created", "edited", "deleted", "closed", "reopened")
PEOPLE = ("owner", "sender", "author", "assignee")
LINKS = ("html", "events", "followers", "following", "gists", "starred", "repos", "keys", "hooks", "teams", "forks")
VERSIONS = {"old": LINKS, "new": (*LINKS[1:], "wiki")}
FLAGS = ("private", "archived", "disabled", "has_wiki", "has_pages", "is_template")


def recording(links: Sequence[str]) -> Iterator[bytes]:
    """Yield notifications without end, of each event type in turn, whose objects have these links."""
    chance, number = Random(1), 0  # for a benchmark, not for secrets
    while True:
        for subject in SUBJECTS:
            for action in ACTIONS:
                number += 1
                envelope = {
                    "message_id": str(UUID(int=chance.getrandbits(128), version=4)),
                    "publisher_id": "forge.host",
                    "event_type": f"{subject}.{action}",
                    "priority": "INFO",
                    "timestamp": f"2026-11-{1 + number % 28:02} 10:{number % 60:02}:00.{number:06}",
                    "payload": _payload(chance, links, subject, action),
                }
                yield dump(envelope) + b"\n"


def _payload(chance: Random, links: Sequence[str], subject: str, action: str) -> dict[str, Any]:
    things = (subject, "repository", "organization")
    return {
        "action": action,
        **{kind: _thing(chance, links, kind) for kind in things},
        **{person: _person(chance, links) for person in PEOPLE},
    }


def _thing(chance: Random, links: Sequence[str], kind: str) -> dict[str, Any]:
    number = chance.randrange(10**6)
    return {
        "id": number,
        "node_id": f"{chance.getrandbits(64):016x}",
        "name": f"{kind}-{number}",
        "created_at": _time(chance),
        "updated_at": chance.choice((_time(chance), None)),
        "size": chance.randrange(100),
        **{flag: chance.choice((True, False)) for flag in FLAGS},
        **{f"{link}_url": f"https://forge.example.org/{kind}/{number}/{link}" for link in links},
        "user": _person(chance, links),
        "parent": {"owner": _person(chance, links), "id": number},
    }


def _person(chance: Random, links: Sequence[str]) -> dict[str, Any]:
    number = chance.randrange(1000)
    urls = {f"{link}_url": f"https://forge.example.org/users/{number}/{link}" for link in links}
    return {"login": f"person-{number}", "id": number, "type": chance.choice(("User", "Bot")), **urls}


def _time(chance: Random) -> str:
    return f"2026-{1 + chance.randrange(12):02}-{1 + chance.randrange(28):02}T{chance.randrange(24):02}:00:00Z"


def main() -> None:
    """Measure and print."""
    if len(sys.argv) == 1:
        sys.exit(__doc__)
    other = str(Path(sys.argv[1]).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else NOTIFICATIONS  # noqa: PLR2004
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else ROUNDS  # noqa: PLR2004
    with TemporaryDirectory() as folder, chdir(folder):  # where no settings' file is read
        for name, links in VERSIONS.items():
            source = written(Path(folder, f"{name}.jsonl"), islice(recording(links), count))
            with redirect_stdout(StringIO()):
                if command(["catalog", "infer", source, "--output", name]) != 0:
                    raise SystemExit(f"{source} cannot be learned from")
        lines = Path(folder, "new.jsonl").read_bytes()
        many = written(Path(folder, "many.jsonl"), repeat(lines, 20))
        print_versions("orjson", "jsonschema-rs", "jsonschema")
        print(f"\n{'seconds of processors':<40}  {'other':>8}  {'this':>8}  {'ratio':>5}  {'peak MiB of each':>14}")
        update = ["catalog", "infer", "--update", "old"]
        works = {
            f"catalog infer --update --dry-run, {count:,}": [*update, "new.jsonl", "--dry-run"],
            f"check --jobs 1, {20 * count:,}": ["check", "--catalog", "new", "--jobs", "1", many],
            "catalog diff": ["catalog", "diff", "old", "new"],
            "catalog strength": ["catalog", "strength", "new"],
            "catalog lint": ["catalog", "lint", "new"],
        }
        for work, arguments in works.items():
            compare(other, work, arguments, rounds)


if __name__ == "__main__":
    main()
