"""The fixture ``contract``: one test for each contract of the catalog."""

import pytest


def test_one_test_for_each_contract(distributed):
    """A test that asks for the fixture runs for every contract, with its id, and gets the contract's examples."""
    result = distributed("""
        def test_it(contract):
            assert contract.example()["event_type"] == contract.event_type
            assert contract.example()["priority"] == contract.priority
            assert contract.examples
    """).run("-v")
    result.assert_outcomes(passed=33)
    result.stdout.fnmatch_lines(["*image.create-INFO[]]*"])


@pytest.mark.parametrize(
    ("marker", "tests"),
    [
        ('"image.*"', 21),
        ('"image.*", priority="INFO"', 7),
        ('"image.create", "task.*"', 15),
        ('"image.create", priority=["INFO", "ERROR"]', 2),
        ('"image.create", "image.*"', 21),
        ('priority="WARN"', 11),
    ],
)
def test_the_marker_narrows(project, marker, tests):
    """Types, globs, several of them, and priorities; no contract twice."""
    project(f"""
        @pytest.mark.contracts({marker})
        def test_it(contract):
            pass
    """).passes(tests)


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        (
            '"image.creat"',
            '*the marker contracts: glance-documented has no event type "image.creat"; did you mean "image.create"?',
        ),
        (
            '"volume.*"',
            '*the marker contracts: glance-documented has no event type "volume.[*]"; there are image.activate,*',
        ),
        ('priority="DEBUG"', '*glance-documented has no contract "[*]" with "DEBUG"; there is ERROR and INFO and WARN'),
        ("priority=[]", "*the marker contracts: no priority at all: name some, or take priority out for all"),
        ('priority=""', "*the marker contracts: no priority at all: *"),
        ('priority=("INFO", "")', "*the marker contracts: no priority at all: *"),
        (
            '["image.create"]',
            "*the marker contracts: expected event types or globs, and priority by name; nothing else",
        ),
        ('prio="INFO"', "*the marker contracts: expected event types or globs, and priority by name; nothing else"),
    ],
)
def test_a_marker_that_matches_nothing_is_an_error(project, marker, message):
    """A pattern without a match would be a test that never runs, so it is an error of the collection."""
    result = project(f"""
        @pytest.mark.contracts({marker})
        def test_it(contract):
            pass
    """).run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([message])


def test_the_marker_on_a_class(project):
    """A class's marker narrows its tests, a test's own marker comes first."""
    project("""
        @pytest.mark.contracts("task.*", priority="INFO")
        class TestIt:
            def test_four(self, contract): pass

            @pytest.mark.contracts("image.send", priority="WARN")
            def test_one(self, contract): assert contract.id == "image.send-WARN"
    """).passes(5)


def test_the_marker_on_a_class_that_is_derived(project):
    """The marker of a class comes before that of the one which it derives from."""
    project("""
        @pytest.mark.notifications(catalog="glance-emitted")
        @pytest.mark.contracts("image.create", priority="INFO")
        class TestIt:
            expected = "image.create-INFO of glance-emitted"

            def test_it(self, contract, notification_catalog):
                assert f"{contract.id} of {notification_catalog.name}" == self.expected

        class TestSame(TestIt):
            pass

        @pytest.mark.contracts("image.update", priority="INFO")
        class TestOther(TestSame):
            expected = "image.update-INFO of glance-emitted"

        class TestAnother(TestOther):
            pytestmark = pytest.mark.notifications(catalog="glance-documented")
            expected = "image.update-INFO of glance-documented"
    """).passes(4)


def test_choices_of_several_markers(project):
    """Each choice is that of the nearest marker that makes it: of a parameter, the function, the class."""
    project("""
        @pytest.mark.notifications(catalog="glance-emitted", strictness="known")
        class TestIt:
            @pytest.mark.parametrize(
                "chosen", ["warn", pytest.param("off", marks=pytest.mark.notifications(strictness="off"))]
            )
            @pytest.mark.notifications(strictness="warn")
            def test_it(self, notifications, chosen):
                assert (notifications.catalog.name, notifications.strictness) == ("glance-emitted", chosen)

            @pytest.mark.notifications(catalog=None)
            def test_other(self, notifications):
                assert (notifications.catalog.name, notifications.strictness) == ("glance-documented", "known")
    """).passes(3)


def test_two_markers_at_one_place(project):
    """Of two at one place one would count, so they are refused; so is one where contracts are already chosen."""
    result = project("""
        @pytest.mark.notifications(catalog="glance-emitted")
        @pytest.mark.notifications(strictness="warn")
        def test_function(notifications): pass

        @pytest.mark.contracts("image.create")
        @pytest.mark.contracts("image.update")
        class TestIt:
            def test_class(self, notification_contracts): pass

        @pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.contracts("image.update"))])
        @pytest.mark.contracts("image.delete", priority="INFO")
        def test_parameter(contract, x): pass
    """).run()
    result.assert_outcomes(errors=3)
    result.stdout.fnmatch_lines_random(
        [
            "test_function has 2 markers notifications, of which one would count: say it all in one",
            "TestIt has 2 markers contracts, of which one would count: say it all in one",
            "the marker contracts of a parameter does nothing: give it to the function, or to the class",
        ]
    )


def test_asked_for_too_late(project):
    """A test that asks for a contract only while it runs is told that it cannot be run for each."""
    project("""
        def test_it(request):
            request.getfixturevalue("contract")
    """).fails(1).stdout.fnmatch_lines(["contract runs a test once for each contract: ask for it by an argument; *"])


def test_a_marker_that_does_nothing(distributed):
    """A marker of a test that asks for nothing of ours would hold nothing: the test fails, and says what to ask for."""
    result = distributed("""
        import unittest

        @pytest.mark.contracts("image.*")
        def test_contracts(): pass

        class TestIt(unittest.TestCase):
            @pytest.mark.notifications(strictness="strict")
            def test_notifications(self): delete("not-an-id")
    """).fails(2)
    result.stdout.fnmatch_lines_random(
        [
            "the marker contracts does nothing: ask for contract or notification_contracts, or take it out",
            "the marker notifications does nothing: ask for a recorder such as notifications, or take it out",
        ]
    )


def test_markers_that_do_something_or_nothing_of_ours(project):
    """What asks by itself, tests that a class's marker is not for, and markers that only select tests, do not fail."""
    project("""
        @pytest.mark.notifications(strictness="off")
        def test_asks_itself(request):
            request.getfixturevalue("notifications")
            delete("not-an-id")

        @pytest.mark.contracts("image.*")
        def test_all_at_once(notification_contracts): pass

        @pytest.mark.contracts("image.delete", priority="INFO")
        def test_each(contract): pass

        @pytest.mark.notifications
        @pytest.mark.contracts
        def test_selected(): pass

        @pytest.mark.contracts("image.*")
        @pytest.mark.notifications(catalog="glance-emitted")
        class TestIt:
            def test_other(self): pass

        @pytest.mark.notifications(strictness="off")
        def test_skipped(): pytest.skip("not here")
    """).run().assert_outcomes(passed=5, skipped=1)


def test_somebody_elses_contract(project):
    """A fixture or a parameter of the same name that is not ours is left alone."""
    project("""
        @pytest.mark.parametrize("contract", [1, 2])
        def test_parameter(contract):
            assert contract in (1, 2)

        class TestFixture:
            @pytest.fixture
            def contract(self):
                return "rent"

            def test_fixture(self, contract):
                assert contract == "rent"
    """).passes(3)


def test_with_other_parameters(project):
    """Contracts multiply with other parameters."""
    project("""
        @pytest.mark.contracts("image.create")
        @pytest.mark.parametrize("n", [1, 2])
        def test_it(contract, n): pass
    """).passes(6)
