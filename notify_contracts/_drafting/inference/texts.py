"""What texts at one place have been like."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from notify_contracts._drafting.inference.distinct import Distinct
from notify_contracts._drafting.inference.text_forms import all_have, form_of, forms


class Texts:
    """Counts texts: how many of each finest form, how long, and which while they are few.

    While they are few nothing else is counted, for these tell all of it.
    """

    __slots__ = ("_forms", "_longest", "_shortest", "count", "distinct")

    def __init__(self) -> None:
        self.count = 0
        self.distinct = Distinct()
        self._forms: Counter[str] = Counter()
        self._shortest, self._longest = 1 << 62, 0

    @property
    def forms(self) -> Counter[str]:
        """How many texts there were of each finest form."""
        return self._forms if self.distinct.counts is None else _forms_of(self.distinct.counts)

    @property
    def shortest(self) -> int:
        """The characters of the shortest text."""
        return min(map(len, self.distinct.counts or ()), default=self._shortest)

    @property
    def longest(self) -> int:
        """The characters of the longest text."""
        return max(map(len, self.distinct.counts or ()), default=self._longest)

    def take(self, texts: Sequence[str]) -> None:
        """Count texts, of which there are some."""
        self.count += len(texts)
        if self.distinct.counts is not None:
            self._take_few(texts)
            return
        self._measure(texts)
        if len(self._forms) == 1:
            (name,) = self._forms
            if (form := forms().get(name)) is not None and all_have(texts, form):
                self._forms[name] += len(texts)
                return
        self._forms.update(map(form_of, texts))

    def add_alike(self, text: str, count: int) -> None:
        """Count a text as many times; soon if it is one of few that came before."""
        few = self.distinct.counts
        if few is None or text not in few:
            self.add({text: count})
        else:
            few[text] += count
            self.count += count

    def add(self, counts: Mapping[str, int]) -> None:
        """Count texts, of each as many as `counts` says."""
        self.count += sum(counts.values())
        if self.distinct.counts is not None:
            self._take_few(counts)
        elif counts:
            self._measure(counts)
            self._forms.update(_forms_of(counts))

    def _take_few(self, counts: Iterable[str] | Mapping[str, int]) -> None:
        """Count texts that are few, or that make them many."""
        before = self.distinct.counts
        self.distinct.add(counts)
        if self.distinct.counts is None and before is not None:
            self._tell(before)

    def forget(self) -> None:
        """Count no longer which texts there were."""
        if self.distinct.counts:
            self._tell(self.distinct.counts)
        self.distinct.counts = None

    def leave_out(self, names: Collection[str]) -> None:
        """Have these forms be none that was seen, where it is not known any more which texts there were."""
        self._forms = Counter({form: count for form, count in self._forms.items() if form not in names})

    def _tell(self, counts: Counter[str]) -> None:
        """Count what is told by texts that were few, which are all that came."""
        self._measure(counts)
        self._forms = _forms_of(counts)

    def _measure(self, texts: Iterable[str]) -> None:
        lengths = set(map(len, texts))
        self._shortest = min(self._shortest, *lengths)
        self._longest = max(self._longest, *lengths)

    def merge(self, other: "Texts") -> None:
        """Count what another one has counted."""
        self.count += other.count
        if self.distinct.counts is not None and other.distinct.counts is not None:
            self._take_few(other.distinct.counts)
            return
        shortest, longest = min(self.shortest, other.shortest), max(self.longest, other.longest)
        self._forms = self.forms + other.forms
        self._shortest, self._longest = shortest, longest
        self.distinct.counts = None


def _forms_of(counts: Mapping[str, int]) -> Counter[str]:
    """Return how many texts there are of each finest form, by how often each came."""
    found: Counter[str] = Counter()
    for text, count in counts.items():
        found[form_of(text)] += count
    return found
