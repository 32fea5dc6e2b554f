"""How good and how fast contracts are that were learned from recordings, beside those of GenSON and quicktype.

    python benchmarks/infer.py [--page FILE] [--count N] [--without-quicktype]

Good: what share of notifications that were held out is accepted (five folds of a recording, dealt by chance and for all
alike), and what share of the cases that the contracts written by hand must refuse is refused, learned from the whole
recording. A notification whose event type was not learned is refused by everybody. GenSON and quicktype learn a schema
for each event type and priority, of the whole envelope. pip and npm install them into a folder of their own.
Fast: notifications a second of processor time, from whole processes that read N lines.
"""

import argparse
import json
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema_rs
from measuring import Contender, race

from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog, data_folder
from notify_contracts.cli import main as command
from notify_contracts.model import Notification

ROOT = Path(__file__).parents[1]
RECORDINGS = ("glance-33-messagingv2.jsonl", "glance-33-messaging.jsonl", "glance-33.log")
GENSON, QUICKTYPE = "genson==1.4.0", "quicktype@26.0.0"
FOLDS, SEED, ROUNDS = 5, 20261128, 3
COMMAND = "import sys; from notify_contracts.cli import main; sys.exit(main())"

LEARN_BY_GENSON = """
import json, sys
from collections import defaultdict
sys.path.insert(0, sys.argv[2])
from genson import SchemaBuilder
builders = defaultdict(SchemaBuilder)
with open(sys.argv[1]) as recording:
    for line in recording:
        notification = json.loads(line)
        builders[notification["event_type"], notification["priority"]].add_object(notification)
json.dump([[*pair, builder.to_schema()] for pair, builder in builders.items()], sys.stdout)
"""

LEARN_BY_QUICKTYPE = """
const [packages, folder] = process.argv.slice(1);
const { main } = require(`${packages}/node_modules/quicktype`);
(async () => {
  for (const name of require("fs").readdirSync(`${folder}/samples`)) {
    const [source, made] = [`${folder}/samples/${name}`, `${folder}/${name}.json`];
    await main(["--lang", "schema", "--src-lang", "json", "--src", source, "--out", made]);
  }
})().catch((error) => { console.error(error); process.exit(1); });
"""

Envelope = Mapping[str, Any]
Accepts = Callable[[Envelope], bool]
Learn = Callable[[Sequence[Envelope], Path], Accepts]


def by_ours(envelopes: Sequence[Envelope], folder: Path) -> Accepts:
    """Learn as a user does, and judge as `check` does."""
    lines = _written(envelopes, folder)
    with redirect_stdout(StringIO()):
        status = command(["catalog", "infer", str(lines), "--output", str(folder / "catalog")])
    if status:
        raise SystemExit(f"infer ended with {status}")
    catalog = Catalog(folder / "catalog")
    return lambda envelope: catalog.check(Notification(envelope)).conforms


def by_genson(packages: Path) -> Learn:
    """Return how GenSON learns, which is in the folder `packages`."""

    def learn(envelopes: Sequence[Envelope], folder: Path) -> Accepts:
        run = [sys.executable, "-c", LEARN_BY_GENSON, str(_written(envelopes, folder)), str(packages)]
        found = json.loads(subprocess.run(run, check=True, capture_output=True).stdout)
        return _by_schemas({(event_type, priority): schema for event_type, priority, schema in found})

    return learn


def by_quicktype(packages: Path) -> Learn:
    """Return how quicktype learns, which is in the folder `packages`: its command, in one process."""

    def learn(envelopes: Sequence[Envelope], folder: Path) -> Accepts:
        alike: defaultdict[tuple[str, str], list[Envelope]] = defaultdict(list)
        for envelope in envelopes:
            alike[envelope["event_type"], envelope["priority"]].append(envelope)
        for pair, several in alike.items():
            samples = folder / "samples" / "-".join(pair)
            samples.mkdir(parents=True)
            for number, envelope in enumerate(several):
                (samples / f"{number}.json").write_text(json.dumps(envelope))
        subprocess.run(["node", "-e", LEARN_BY_QUICKTYPE, str(packages), str(folder)], check=True, capture_output=True)
        return _by_schemas({pair: json.loads((folder / f"{'-'.join(pair)}.json").read_text()) for pair in alike})

    return learn


def _written(envelopes: Sequence[Envelope], folder: Path) -> Path:
    file = folder / "learned.jsonl"
    file.write_text("".join(f"{json.dumps(envelope)}\n" for envelope in envelopes), encoding="utf-8")
    return file


def _by_schemas(schemas: Mapping[tuple[str, str], Any]) -> Accepts:
    judges = {pair: jsonschema_rs.validator_for(schema, validate_formats=True) for pair, schema in schemas.items()}

    def accepts(envelope: Envelope) -> bool:
        pair = envelope.get("event_type"), envelope.get("priority")
        judge = judges.get(pair) if all(isinstance(name, str) for name in pair) else None  # type: ignore[arg-type]
        return judge is not None and judge.is_valid(envelope)

    return accepts


def quality(learn: Learn, envelopes: Sequence[Envelope], wrong: Sequence[Envelope]) -> tuple[float, float]:
    """Return the share of unseen notifications that is accepted, and the share of wrong ones that is refused."""
    order = list(range(len(envelopes)))
    random.Random(SEED).shuffle(order)
    accepted = 0
    for fold in range(FOLDS):
        with TemporaryDirectory() as folder:
            accepts = learn([envelopes[i] for at, i in enumerate(order) if at % FOLDS != fold], Path(folder))
            accepted += sum(accepts(envelopes[i]) for i in order[fold::FOLDS])
    with TemporaryDirectory() as folder:
        accepts = learn(envelopes, Path(folder))
        if not all(map(accepts, envelopes)):
            print("note: does not accept everything that it learned from", file=sys.stderr)
        refused = sum(not accepts(each) for each in wrong)
    return accepted / len(envelopes), refused / len(wrong)


def speed(count: int, packages: Path) -> list[tuple[str, float]]:
    """Return how many notifications a second of processor time each reads and learns from."""
    rows = [envelope for envelope in _envelopes(RECORDINGS[0]) if envelope["event_type"].startswith("image.")]
    with TemporaryDirectory() as folder:
        lines = Path(folder, "many.jsonl")
        with lines.open("w", encoding="utf-8") as file:
            for number in range(count):
                file.write(json.dumps({**rows[number % len(rows)], "message_id": _uuid(number)}) + "\n")
        few = Path(folder, "few.jsonl")
        with lines.open() as source, few.open("w") as file:
            file.writelines(line for _, line in zip(range(count // 10), source, strict=False))
        output = Path(folder, "learned")
        infer = f"import shutil; shutil.rmtree({str(output)!r}, ignore_errors=True); {COMMAND}"
        check = ["check", "--catalog", "glance-emitted", "--jobs", "1", "--format", "brief", str(lines)]
        contenders = [
            Contender("check, for comparison", [sys.executable, "-c", COMMAND, *check], count),
            Contender(
                "notify-contracts catalog infer",
                [sys.executable, "-c", infer, "catalog", "infer", "--jobs", "1", "--output", str(output), str(lines)],
                count,
            ),
            Contender("GenSON", [sys.executable, "-c", LEARN_BY_GENSON, str(few), str(packages)], count // 10),
        ]
        race(contenders, ROUNDS)
    return [(each.name, each.handles / median(each.of_processors)) for each in contenders]


def _uuid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-{number:012x}"


def _envelopes(name: str) -> list[dict[str, Any]]:
    with Recording(ROOT / "examples" / name) as recording:
        return [dict(each.envelope) for each, _ in recording if isinstance(each, Notification)]


def _wrong() -> list[Envelope]:
    files = (data_folder() / "glance-emitted" / "cases").glob("*.json")
    cases = [case for file in sorted(files) for case in json.loads(file.read_text(encoding="utf-8"))]
    return [case["notification"] for case in cases if not case["valid"]]


def main() -> None:
    """Measure, and print the tables or put them into a page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--page", type=Path)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--without-quicktype", action="store_true")
    options = parser.parse_args()
    wrong = _wrong()
    with TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "install", "-qq", "--target", folder, GENSON], check=True)
        learners: dict[str, Learn] = {"notify-contracts": by_ours, "GenSON 1.4.0": by_genson(Path(folder))}
        if not options.without_quicktype:
            subprocess.run(["npm", "install", "--silent", "--prefix", folder, QUICKTYPE], check=True)
            learners["quicktype 26.0.0"] = by_quicktype(Path(folder))
        lines = [
            "| learned from | by | of the unseen accepted | of the wrong refused | product |",
            "|---|---|---|---|---|",
        ]
        for name in RECORDINGS:
            envelopes = _envelopes(name)
            for by, learn in learners.items():
                accepted, refused = quality(learn, envelopes, wrong)
                row = (f"{len(envelopes)} of `{name}`", by, *map(_percent, (accepted, refused, accepted * refused)))
                lines.append(f"| {' | '.join(row)} |")
                print(lines[-1], flush=True)
        lines += ["", "| reads and learns | notifications a second of one core |", "|---|---|"]
        lines += [f"| {name} | {rate:,.0f} |" for name, rate in speed(options.count, Path(folder))]
    table = "\n".join(lines)
    print(table)
    if options.page is not None:
        before, mark, rest = options.page.read_text(encoding="utf-8").partition("<!-- measured -->\n")
        after = rest.partition("<!-- end -->\n")[2]
        options.page.write_text(f"{before}{mark}{table}\n<!-- end -->\n{after}", encoding="utf-8")


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


if __name__ == "__main__":
    main()
