"""Times that are numbers: seconds since 1970, or thousandths, millionths, billionths of them."""

import json
from datetime import UTC, datetime

import pytest

from notify_contracts._checking.period import moment, since_1970

_SECONDS = 1_700_000_000
_TIME = datetime.fromtimestamp(_SECONDS, UTC)


@pytest.mark.parametrize("unit", [1, 10**3, 10**6, 10**9])
def test_units(unit):
    """How large a number is tells what it counts."""
    assert moment(_SECONDS * unit) == since_1970(float(_SECONDS * unit)) == _TIME


@pytest.mark.parametrize("value", [0, -1, True, 99_999_999, 10**10, 10**20, float("nan"), float("inf"), None, [], "5"])
def test_no_time(value):
    """What may be something else is no time."""
    assert moment(value) is None


def event(number, kind, **other):
    """Return an event of a service that counts thousandths of seconds."""
    time = (_SECONDS + number) * 1000
    body = {"id": f"{number:032x}", "source": "/shop", "type": f"order.{kind}", "time": time, "data": {"order_id": 1}}
    return body | other


@pytest.fixture
def orders(run, tmp_path):
    """Return a catalog of orders that are created, then paid."""
    made = [
        event(7 * order + place, kind, data={"order_id": f"{order:08d}"})
        for order in range(40)
        for place, kind in enumerate(("created", "paid"))
    ]
    (tmp_path / "made.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in made))
    learned = run(
        "catalog", "infer", tmp_path / "made.jsonl", "--envelope", "cloudevents", "--output", tmp_path / "new"
    )
    assert "lifecycles: order (2 states)" in learned.out
    return tmp_path / "new", tmp_path / "made.jsonl", made


@pytest.mark.parametrize("jobs", [1, 2])
def test_period(jobs, orders, run):
    """Those of a period are chosen."""
    catalog, made, _ = orders
    given = ("--since", "2023-11-14T22:14:00Z", "--until", "2023-11-14T22:15:00Z", "--jobs", jobs)
    ran = run("check", made, "--catalog", catalog, *given)
    assert f"{sum(40 <= 7 * order + place < 100 for order in range(40) for place in range(2))} notifications" in ran.out


def test_order(orders, run, tmp_path):
    """They are put in order, and time that runs back is told."""
    catalog, _, made = orders
    (tmp_path / "back.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in reversed(made)))
    given = ("--catalog", catalog, "--lifecycles", "--order", "time", "--window", "1h")
    assert run("check", tmp_path / "back.jsonl", *given).status == 0
    late = [made[0], made[1] | {"time": made[0]["time"] - 1000}]
    (tmp_path / "late.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in late))
    ran = run("check", tmp_path / "late.jsonl", "--catalog", catalog, "--lifecycles")
    assert (ran.status, "is of 2023-11-14T22:13:19Z, before 2023-11-14T22:13:20Z" in ran.out) == (1, True)


def test_not_learned_out_of_order(orders, run, tmp_path):
    """No lifecycle is learned where time runs back in many lives."""
    _, _, made = orders
    (tmp_path / "back.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in reversed(made)))
    given = ("--envelope", "cloudevents", "--output", tmp_path / "other")
    assert "time runs back in 40 of 40 steps" in run("catalog", "infer", tmp_path / "back.jsonl", *given).out


def test_chart(orders, run, tmp_path):
    """What fails is counted by its time."""
    catalog, _, _ = orders
    (tmp_path / "bad.jsonl").write_text(json.dumps(event(1, "paid", data={})))
    report = json.loads(run("check", tmp_path / "bad.jsonl", "--catalog", catalog, "--format", "json").out)
    assert "2023-11-14T22:13:00" in json.dumps(report["over_time"])
