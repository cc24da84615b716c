"""Figures for Prometheus, in a registry of their own. No label ever says who: only channels, names and outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily
from prometheus_client.registry import Collector

CONTENT_TYPE = CONTENT_TYPE_LATEST
# A turn takes milliseconds; Twilio gives up after 15 seconds.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15)


class Metrics:
    """What one process counts. Several may live side by side in tests."""

    def __init__(self) -> None:
        """Nothing counted yet."""
        self.registry = CollectorRegistry()
        self.hooks = Counter(
            "batea_hooks", "Calls of providers, by hook and status", ["hook", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "batea_hook_seconds", "From the call to its answer", ["hook"], buckets=BUCKETS, registry=self.registry
        )
        self.happened = Counter(
            "batea_happened", "Turns, and what they brought about", ["what"], registry=self.registry
        )
        self.braked = Counter("batea_braked", "Chats that the brake silenced for a minute", registry=self.registry)
        self.funnel = Kept("batea_funnel", "Conversations that reached a step", "step")
        self.dropped = Kept("batea_dropped", "Messages that were given up", "channel")
        self.registry.register(self.funnel)
        self.registry.register(self.dropped)
        self.waiting = Gauge(
            "batea_waiting", "Chats and addresses with messages, or jobs, waiting to leave", registry=self.registry
        )
        self.oldest = Gauge("batea_waiting_seconds", "Seconds by which the first is overdue", registry=self.registry)

    def count(self, what: str) -> None:
        """One more of what a turn brought about."""
        self.happened.labels(what).inc()
        if what == "braked":
            self.braked.inc()

    def exposition(self) -> bytes:
        """All of it in Prometheus's text format."""
        return generate_latest(self.registry)


PRIVATE = "private."
"""How steps of section 7 begin. Whoever watches the counts must not see when somebody is there."""


class Kept(Collector):
    """Counts by one label, as the store said last: every process shows the same."""

    def __init__(self, name: str, about: str, label: str) -> None:
        """Nothing known yet."""
        self._named = (name, about, label)
        self.counts: Mapping[str, int] = {}

    def collect(self) -> Iterator[CounterMetricFamily]:
        """One sample for each value of the label that anybody may know."""
        name, about, label = self._named
        family = CounterMetricFamily(name, about, labels=[label])
        for value, count in self.counts.items():
            if not value.startswith(PRIVATE):
                family.add_metric([value], count)
        yield family
