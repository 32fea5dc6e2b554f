"""What every class of the kit is derived from."""

from notify_contracts.errors import UsageError


class Kit:
    """A class of tests that somebody derives a class from, which pytest must collect, or it would test nothing."""

    def __init_subclass__(cls) -> None:
        """Raise UsageError for a class that pytest passes over with a warning."""
        super().__init_subclass__()
        if any(base.__module__ == "unittest.case" for base in cls.__mro__):
            raise UsageError(f"{cls.__name__} is a TestCase, which gets no fixtures: leave unittest.TestCase out")
        for method in ("__init__", "__new__"):
            if getattr(cls, method) is not getattr(object, method):
                raise UsageError(f"{cls.__name__} has {method}: pytest runs no such class; set up in fixtures")
