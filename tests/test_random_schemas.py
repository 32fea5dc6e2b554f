"""Schemas of every keyword that a catalog may use, at random: both engines read them alike."""

from hypothesis import HealthCheck, given, settings

from tests.random_schemas import documents, found_by_both, several_values


@settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
@given(schemas=documents(), values=several_values())
def test_read_alike(schemas, values):
    """Whatever schemas say in any layer and a value holds, both engines find the same violations, in the same words."""
    found_by_both(schemas, values)
