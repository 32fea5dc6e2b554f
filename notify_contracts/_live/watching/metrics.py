"""A watch for Prometheus; every label comes from the catalog, so what passes on the bus adds no time series."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from notify_contracts._amqp import left_to_main_thread
from notify_contracts._live.watching.watch import Watch
from notify_contracts._untrusted import printable
from notify_contracts.errors import UsageError

if TYPE_CHECKING:
    from prometheus_client.core import Metric

CONFORMS, VIOLATES, UNREADABLE = "conforms", "violates", "unreadable"


class WatchCollector:
    """Reads the figures of `watch` when they are asked for; counting costs nothing in between."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def collect(self) -> Iterator["Metric"]:
        """Yield every metric."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        watch, ledger = self._watch, self._watch.ledger
        notifications = CounterMetricFamily(
            "notify_contracts_notifications",
            "Notifications checked, by contract (empty where there is none) and verdict.",
            labels=("contract", "verdict"),
        )
        for labels, count in self._counts():
            notifications.add_metric(labels, count)
        yield notifications
        violations = CounterMetricFamily(
            "notify_contracts_violations",
            "Broken rules, by contract (empty where there is none).",
            labels=("contract",),
        )
        for contract, count in dict(ledger.violations).items():
            violations.add_metric((contract,), count)
        yield violations
        if ledger.lag is not None:
            text = "Seconds from the newest notification's own timestamp until it was checked."
            yield GaugeMetricFamily("notify_contracts_lag_seconds", text, ledger.lag)
        for name, text, value in (
            ("messages", "Messages received, selected or not.", ledger.arrived),
            ("redelivered", "Notifications checked that the broker had delivered before.", ledger.redelivered),
            ("dropped", "Notifications that the watcher's own queue had no room for.", watch.dropped.count),
            ("reconnects", "Lost connections found again.", watch.reconnects),
        ):
            yield CounterMetricFamily(f"notify_contracts_{name}", text, value)

    def _counts(self) -> Iterable[tuple[tuple[str, str], int]]:
        summary = self._watch.ledger.tally.summary
        for contract, count in dict(summary.passed).items():
            yield (contract, CONFORMS), count
        for contract, count in dict(summary.failed).items():
            yield (contract, VIOLATES), count
        pairs_without_contract = sum(summary.pairs_without_contract.values()) + summary.other_pairs_without_contract
        yield ("", CONFORMS), summary.conforming_without_contract
        yield ("", VIOLATES), pairs_without_contract - summary.conforming_without_contract
        yield ("", UNREADABLE), summary.unreadable


@contextmanager
def served_metrics(watch: Watch, host: str, port: int) -> Iterator[str]:
    """Serve the metrics of `watch` over HTTP, on a free port if `port` is 0; give their URL.

    Raise UsageError if prometheus-client is not installed or nothing can listen there.
    """
    try:
        from prometheus_client import CollectorRegistry, start_http_server
    except ImportError:
        raise UsageError("--metrics-port needs prometheus-client: pip install 'notify-contracts[metrics]'") from None
    registry = CollectorRegistry()
    collector: Any = WatchCollector(watch)
    registry.register(collector)
    try:
        with left_to_main_thread():
            server, thread = start_http_server(port, host, registry)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"nothing can listen on {printable(host)}, port {port}: {reason}") from None
    try:
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{server.server_port}/metrics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
