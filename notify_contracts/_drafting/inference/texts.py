"""What texts at one place have been like."""

from collections import Counter
from collections.abc import Sequence

from notify_contracts._drafting.inference.distinct import Distinct
from notify_contracts._drafting.inference.text_forms import all_have, form_of, forms


class Texts:
    """Counts texts: how many of each finest form, how long, and which while they are few."""

    __slots__ = ("count", "distinct", "forms", "longest", "shortest")

    def __init__(self) -> None:
        self.count = 0
        self.forms: Counter[str] = Counter()
        self.distinct = Distinct()
        self.shortest, self.longest = 1 << 62, 0

    def take(self, texts: Sequence[str]) -> None:
        """Count texts, of which there are some."""
        self.count += len(texts)
        if len(self.forms) == 1 and self.distinct.counts is None:
            (name,) = self.forms
            if (form := forms().get(name)) is not None and all_have(texts, form):
                self.forms[name] += len(texts)
                self._measure(texts)
                return
        counts = Counter(texts)
        self.distinct.add(counts)
        self._measure(counts)
        for text, count in counts.items():
            self.forms[form_of(text)] += count

    def _measure(self, texts: Sequence[str] | Counter[str]) -> None:
        lengths = set(map(len, texts))
        self.shortest = min(self.shortest, *lengths)
        self.longest = max(self.longest, *lengths)

    def merge(self, other: "Texts") -> None:
        """Count what another one has counted."""
        self.count += other.count
        self.forms.update(other.forms)
        self.distinct.merge(other.distinct)
        self.shortest = min(self.shortest, other.shortest)
        self.longest = max(self.longest, other.longest)
