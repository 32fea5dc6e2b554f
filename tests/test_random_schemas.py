"""Schemas of every keyword that a catalog may use, at random: both engines read them alike."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.random_schemas import documents, found_by_both, value
from tests.telling import examples


@settings(deadline=None, max_examples=examples(200), suppress_health_check=list(HealthCheck))
@given(chance=st.randoms(), count=st.integers(1, 5))
def test_read_alike(chance, count):
    """Whatever schemas say in any layer and a value holds, both engines find the same violations, in the same words."""
    found_by_both(documents(chance), [value(chance) for _ in range(count)])
