"""The pytest plugin as a downstream project meets it: recorders, what fails a test, and what arrives too late."""

import pytest


def test_an_emitter_is_recorded_without_a_change_to_it(project):
    """What a Notifier with any driver sends is recorded, and a test sees only its own."""
    project("""
        @pytest.mark.parametrize("driver", ["noop", "memory", "log"])
        def test_one(notifications, driver):
            Notifier("image.host", [driver]).info("image.delete", ID)
            assert notifications.one("image.delete").payload == ID
            assert notifications.event_types == ["image.delete"]

        def test_other(notifications):
            assert notifications == []
            assert len(notifications) == 0
    """).passes(4)


def test_many_sent_at_once_are_recorded_in_order(project):
    """What notify_many sends is recorded one by one, in its order; what is disabled is not."""
    project("""
        def test_order(notifications):
            notifier = Notifier("image.host", disabled=["image.upload"])
            notifier.notify_many([("image.delete", "INFO", ID), ("image.upload", "ERROR", "x"),
                                  ("image.create", "ERROR", "y"), ("task.run", "WARN", "z")])
            assert notifications.event_types == ["image.delete", "image.create", "task.run"]
            notifications.none("image.upload")
    """).passes(1)


def test_a_violation_fails_a_test_that_asserts_nothing(distributed):
    """The test is FAILED, with contract, pointer, expected and found, the notification and what there was."""
    result = distributed("""
        def test_it(notifications):
            create()
            delete("not-an-id")
    """).fails(1)
    result.stdout.fnmatch_lines(
        [
            "*_ test_it _*",
            'image.delete-INFO is broken at /payload: expected UUID with hyphens, found "not-an-id" (pattern)',
            '  in {"message_id":*"payload":"not-an-id"*',
            "recorded:",
            "  1. image.create ERROR *",
            "  2. image.delete INFO *",
            "FAILED test_it.py::test_it - Failed: image.delete-INFO is broken at /payload*",
        ]
    )
    assert "During handling" not in result.stdout.str()


def test_a_test_that_fails_by_itself_shows_the_violations_beside(project):
    """The test's own failure stays what it is; what was broken is a section of the report."""
    project("""
        def test_it(notifications):
            delete("not-an-id")
            assert 1 == 2
    """).fails(1).stdout.fnmatch_lines(
        ["E       assert 1 == 2", "*Captured notifications call*", "image.delete-INFO is broken at /payload: *"]
    )


def test_what_is_emitted_while_fixtures_are_torn_down_is_checked(project):
    """A violation after the test function is an error of its teardown."""
    result = project("""
        @pytest.fixture
        def service():
            yield
            delete("not-an-id")

        def test_it(notifications, service):
            delete()
    """).run()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["image.delete-INFO is broken at /payload: *"])


def test_a_skipped_test_is_skipped(project):
    """What was recorded before a test skipped itself does not fail it."""
    project("""
        def test_it(notifications):
            delete("not-an-id")
            pytest.skip("not today")
    """).run().assert_outcomes(skipped=1)


def test_a_test_that_is_expected_to_fail_may_break_contracts(project):
    """A violation counts as the failure that xfail expects."""
    project("""
        @pytest.mark.xfail(strict=True)
        def test_it(notifications):
            delete("not-an-id")
    """).run().assert_outcomes(xfailed=1)


def test_unittest_cases_take_part(project):
    """A TestCase's methods are recorded through an autouse fixture, and violations fail them."""
    result = project("""
        import unittest

        class TestService(unittest.TestCase):
            @pytest.fixture(autouse=True)
            def recorder(self, notifications):
                self.notifications = notifications

            def test_good(self):
                delete()
                self.notifications.one("image.delete")

            def test_bad(self):
                delete("not-an-id")
    """).run()
    result.assert_outcomes(passed=1, failed=1)


def test_strictness_by_marker(distributed):
    """The marker relaxes one test: off checks nothing, warn warns, known lets unknown event types be."""
    result = distributed("""
        @pytest.mark.notifications(strictness="off")
        def test_off(notifications):
            delete("not-an-id")

        @pytest.mark.notifications(strictness="warn")
        def test_warn(notifications):
            delete("not-an-id")

        @pytest.mark.notifications(strictness="known")
        def test_known(notifications):
            Notifier("image.host").info("cinder.volume", {})
            notifications.one("cinder.volume")

        def test_strict(notifications):
            Notifier("image.host").info("cinder.volume", {})
    """).run("-Wdefault", "-Wignore::pytest.PytestAssertRewriteWarning")  # of what this process has loaded already
    result.assert_outcomes(passed=3, failed=1, warnings=1)
    result.stdout.fnmatch_lines_random(
        [
            "*ContractViolatedWarning: image.delete-INFO is broken*",
            'a notification of event type "cinder.volume" is broken at /event_type: expected an event type of *',
        ]
    )


def test_catalog_by_marker(project):
    """The marker holds one test against another catalog."""
    project("""
        @pytest.mark.notifications(catalog="glance-emitted")
        def test_it(notifications):
            assert notifications.catalog.name == "glance-emitted"
            with pytest.raises(ValueError, match="no contract .image.create. with .WARN.; there is INFO"):
                notifications.none("image.create", "WARN")
    """).passes(1)


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ('strictness="lax"', "there is no strictness 'lax'; choose from strict, known, warn, off"),
        ('strictness=""', "there is no strictness ''; choose from strict, known, warn, off"),
        ('catalog="nowhere"', 'no catalog "nowhere": give glance-documented or glance-emitted, or a folder*'),
        ("strict=True", "the marker notifications takes catalog and strictness by name, nothing else"),
        ('"strict"', "the marker notifications takes catalog and strictness by name, nothing else"),
    ],
)
def test_markers_that_make_no_sense(project, marker, message):
    """What a marker cannot mean is an error in one line that lists what it can."""
    result = project(f"""
        @pytest.mark.notifications({marker})
        def test_it(notifications):
            pass
    """).run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([message])


def test_what_is_logged(project):
    """Notifications in the log are recorded from the driver log, whatever the level of the root logger; others not."""
    result = project("""
        def test_good(logged_notifications, notifications):
            log_delete()
            logging.getLogger("oslo.messaging").info("no notification")
            assert logged_notifications.one("image.delete") == notifications.one("image.delete")

        def test_bad(logged_notifications):
            log_delete("not-an-id")

        def test_no_json(logged_notifications):
            logging.getLogger("oslo.messaging.notification.image.create").info("{broken")

        def test_level(logged_notifications, notifications):
            assert not logging.getLogger("other").isEnabledFor(logging.INFO)
    """).run()
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(
        ["image.delete-INFO is broken*", "a notification is broken: what was logged is not JSON*"]
    )


def test_a_swallowed_delivery_failure_surfaces(project):
    """A notifier that only logs what its driver could not deliver fails the test that caused it."""
    project("""
        class Broken:
            def send(self, notification): raise ConnectionError("the disk is full")
            def send_many(self, notifications): raise ConnectionError("the disk is full")
            def close(self): pass

        def test_it(notifications):
            Notifier("image.host", [Broken()], on_error="log").info("image.delete", ID)
    """).fails(1).stdout.fnmatch_lines(
        ["a notification was not delivered, and its emitter went on: Broken: the disk is full"]
    )


LATE = """
        def test_late(notifications):
            later(delete)

        def test_next(notifications):
            join()
            assert notifications == []
"""


def test_a_late_notification_is_reported_against_the_test_that_caused_it(distributed):
    """A thread that a test has left behind emits for that test, not for the one that runs meanwhile."""
    result = distributed(LATE).run()
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_late*",
            "a notification came after its test had ended: image.delete INFO *",
            "thread 'Thread-*', which the test left running, emitted it: wait for it in the test",
            "ERROR *::test_late*",
        ]
    )
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_what_a_test_has_emitted_that_ends_the_session(project):
    """A test that ends the session gets no report, and what it has broken fails the session all the same."""
    result = project("""
        def test_last(notifications):
            delete("no id")
            pytest.exit("enough", returncode=0)
    """).run()
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_last*", "image.delete-INFO is broken at /payload: *"])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_a_late_notification_of_the_last_test(distributed):
    """What comes after the last test is awaited as the interpreter would, and fails the session."""
    result = distributed(LATE.partition("def test_next")[0]).run()
    result.assert_outcomes(passed=1, errors=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_a_late_notification_in_the_log(project):
    """The same for what is logged."""
    result = project(LATE.replace("notifications", "logged_notifications").replace("delete)", "log_delete)")).run()
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_late*"])


def test_a_thread_that_waits_for_work_belongs_to_who_gives_it(project):
    """A pool that one test has started emits for the next test what the next test asks of it."""
    project("""
        from concurrent.futures import ThreadPoolExecutor
        pool = ThreadPoolExecutor(1)

        @pytest.mark.parametrize("n", [1, 2, 3])
        def test_pool(notifications, n):
            pool.submit(delete).result()
            notifications.one("image.delete")
    """).passes(3)


def test_threads_of_the_test_are_its_own(project):
    """What a test's threads emit while it runs is recorded, each once."""
    project("""
        def test_threads(notifications):
            threads = [threading.Thread(target=delete) for _ in range(20)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            assert len(notifications.all("image.delete")) == 20
    """).passes(1)


# Fixtures before and after the recorder

ORDERS = """
@pytest.fixture
def early():
    delete({early})
    yield
    delete({late})

@pytest.fixture(scope="module")
def shared():
    delete("not the test's")
    yield
    delete("not the test's")

def test_before(shared, early, notifications):
    assert len(notifications) == 1

def test_behind(shared, notifications, early):
    assert len(notifications) == 1

@pytest.mark.usefixtures("notifications")
def test_silent(early):
    pass
"""


def test_the_order_of_arguments(project):
    """What a test's own fixtures emit is its own, whether they stand before the recorder or behind it."""
    project(ORDERS.format(early="ID", late="ID")).passes(3)


def test_broken_by_a_fixture(project):
    """What a fixture emits against its contract fails the test; on its way out, too."""
    project(ORDERS.format(early="'no id'", late="ID")).fails(3)
    # Of another length than before: within a second, Python knows a changed file by its size.
    result = project(ORDERS.format(early="ID", late="'not an id'")).run()
    result.assert_outcomes(passed=3, errors=3)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_before*"])


def test_asked_for_late(project):
    """A recorder that the test asks for while it runs records from then on, until the last fixture is torn down."""
    project("""
@pytest.fixture
def ending():
    yield
    delete("no id")

def test_it(request, ending):
    delete("no id")
    notifications = request.getfixturevalue("notifications")
    delete()
    assert len(notifications) == 1
""").run().assert_outcomes(passed=1, errors=1)


def test_another_fixture_of_the_name(project):
    """A fixture of a project's own that is called as ours is records and checks nothing."""
    project("""
@pytest.fixture
def notifications():
    delete("no id")

def test_it(notifications):
    pass
""").passes(1)


def test_a_long_session_keeps_nothing_of_tests_that_are_over(project):
    """What tests recorded, and the recorder with it, is gone when the next ones run."""
    project("""
        from weakref import ref
        import gc
        OVER = []

        @pytest.mark.parametrize("number", range(3))
        def test_one(notifications, number):
            delete()
            OVER.append(ref(notifications))

        def test_other(notifications):
            gc.collect()
            assert [one() for one in OVER] == [None, None, None]
    """).passes(4)
