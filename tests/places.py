"""Every place in a JSON value, for tests that change one at random."""


def places(value):
    """Yield every container in a JSON value with a key or index of it."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from places(inner)
