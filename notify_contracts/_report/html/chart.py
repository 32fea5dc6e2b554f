"""The violations over time, as bars and as a table."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

from notify_contracts._checking import WIDTHS, Timeline
from notify_contracts._report.html.parts import table, wide
from notify_contracts._report.shared_lines import counted
from notify_contracts._untrusted import dump
from notify_contracts._untrusted.markup import Markup, element

_MOST_BARS = 120
_NARROWEST, _WIDEST_COLUMN = 320, 48  # CSS pixels
_HEIGHT = 100
_DAY, _WEEK = 86_400, 604_800
_NAMES: Mapping[int, str] = MappingProxyType(
    {60: "minute", 600: "10 minutes", 3600: "hour", 21_600: "6 hours", _DAY: "day", _WEEK: "week"}
)


class _Bar(NamedTuple):
    """The violations of one span of time: its place among the columns, and its counts by contract."""

    column: int
    moment: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """The number of violations that the bar stands for."""
        return sum(self.counts.values())


class _Axis(NamedTuple):
    """Columns of `width` seconds each, from the first violation to the last."""

    width: int
    first: int
    columns: int

    def moment(self, column: int) -> str:
        """Return when a column begins."""
        began = datetime.fromtimestamp((self.first + column) * self.width, UTC)
        return f"{began:%Y-%m-%d}" if self.width >= _DAY else f"{began:%Y-%m-%d %H:%M}"

    @property
    def pixels(self) -> int:
        """The width of the chart where there is room, in CSS pixels."""
        return max(self.columns * _WIDEST_COLUMN, _NARROWEST)

    @property
    def bar(self) -> float:
        """The share of its column that a bar fills, from 0 to 1."""
        return 0.8 * min(self.columns * _WIDEST_COLUMN / self.pixels, 1)

    @property
    def span(self) -> str:
        """The length of time that a column stands for, in words."""
        return _NAMES.get(self.width) or f"{self.width // _WEEK} weeks"


def chart(timeline: Timeline) -> Iterator[Markup]:
    """Yield the chart and its table; each row of that holds the counts by contract, from which a script draws anew."""
    undated = f"{counted(timeline.undated, 'violation')} of notifications that tell no time."
    if not timeline.counts:
        yield element("p", undated if timeline.undated else "There are none.")
        return
    axis = _axis(timeline)
    bars = list(_bars(timeline, axis))
    highest = max(bar.total for bar in bars)
    total = counted(sum(bar.total for bar in bars), "violation")
    summed = f"{total} from {bars[0].moment} to {bars[-1].moment}, at most {highest:,} in one {axis.span}."
    caption = element("figcaption", f"Violations per {axis.span}, UTC")
    top = element("p", f"{highest:,}", class_="top", id="highest", aria_hidden="true")
    ends = (element("span", axis.moment(column)) for column in (0, axis.columns - 1))
    under = element("p", *ends, class_="axis", aria_hidden="true")
    yield element("figure", caption, top, _svg(bars, axis, highest, summed), under, class_="chart")
    yield _table(bars, axis)
    if timeline.undated:
        yield element("p", undated, class_="faint")


def _axis(timeline: Timeline) -> _Axis:
    first, last = min(timeline.counts), max(timeline.counts)
    wide_enough = (width for width in WIDTHS if width >= timeline.width and last // width - first // width < _MOST_BARS)
    width = next(wide_enough, WIDTHS[-1])
    return _Axis(width, first // width, last // width - first // width + 1)


def _bars(timeline: Timeline, axis: _Axis) -> Iterator[_Bar]:
    """Yield the bars that are not empty, by time."""
    counts: dict[int, defaultdict[str, int]] = {}
    for second, span in timeline.counts.items():
        bar = counts.setdefault(second // axis.width - axis.first, defaultdict(int))
        for contract, count in span.items():
            bar[contract] += count
    for column in sorted(counts):
        yield _Bar(column, axis.moment(column), counts[column])


def _svg(bars: list[_Bar], axis: _Axis, highest: int, summed: str) -> Markup:
    return element(
        "svg",
        element("title", "Violations over time", id="chart-title"),
        element("desc", summed, id="chart-description"),
        *(_rect(bar, highest, axis.bar) for bar in bars),
        viewBox=f"0 0 {axis.columns} {_HEIGHT}",
        width=str(axis.pixels),
        preserveAspectRatio="none",
        role="img",
        aria_labelledby="chart-title chart-description",
    )


def _rect(bar: _Bar, highest: int, width: float) -> Markup:
    height = _HEIGHT * bar.total / highest
    numbers = {"x": bar.column + (1 - width) / 2, "width": width, "y": _HEIGHT - height, "height": height}
    title = element("title", f"{bar.moment}: {bar.total:,}")
    return element("rect", title, **{name: f"{number:.4g}" for name, number in numbers.items()})


def _table(bars: list[_Bar], axis: _Axis) -> Markup:
    titles = f"{axis.span} from (UTC)".capitalize(), "Violations"
    rows = (
        element(
            "tr",
            element("th", bar.moment, scope="row"),
            element("td", f"{bar.total:,}"),
            data_counts=dump(dict(sorted(bar.counts.items()))).decode(),
        )
        for bar in bars
    )
    region = wide(table(titles, rows, id="spans"), aria_label="Violations over time, as a table")
    return element("details", element("summary", "As a table"), region, class_="more")
