"""Schemas of every keyword that a catalog may use, at random: both engines read them alike."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from notify_contracts._schema import ENGINES, UnusableSchemaError, engine_named, violations
from tests.random_schemas import BASE, VALUES, documents


def _compiled(schemas):
    """Return what both engines made of the schemas, and what is wrong with them."""
    made, refused = [], set()
    for engine in ENGINES:
        try:
            made.append(engine_named(engine)(schemas.__getitem__, BASE))
        except UnusableSchemaError as error:
            refused.add(str(error))
    assert len(made) == len(ENGINES) or len(made) == 0
    assert len(refused) <= 1
    return made


@settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
@given(schemas=documents(), values=st.lists(VALUES, min_size=1, max_size=5))
def test_read_alike(schemas, values):
    """Whatever schemas say in any layer and a value holds, both engines find the same violations, in the same words."""
    assume(made := _compiled(schemas))
    for value in values:
        found = [violations(value, engine.faults(value), None) for engine in made]
        assert found[0] == found[1]
        assert [engine.is_valid(value) for engine in made] == [not found[0]] * len(made)
