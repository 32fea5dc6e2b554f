"""The HTML report in a real browser: quiet, safe, usable by keyboard and on a phone, light and dark, accessible."""

import os
from contextlib import chdir
from pathlib import Path
from shutil import which

import pytest

from notify_contracts._checking.summary import Summary
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.writers import formatted
from notify_contracts.model import Location
from tests.scripting import notifications

BROWSER = which("chromium") or which("google-chrome")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# No sandbox, for CI runs as root; the rest keeps the browser from looking for its maker's hosts.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

OPEN_ALL = "document.querySelectorAll('details').forEach((details) => { details.open = true; })"
# Of the groups of violations those remain that show something of a kind that no other before them shows.
ONE_OF_A_KIND = """
const known = new Set();
for (const group of document.querySelectorAll(".group")) {
  const kinds = [...group.querySelectorAll("*")].map(
    (each) => [each.tagName, each.getAttribute("class"), each.getAttribute("role")].join());
  if (kinds.every((kind) => known.has(kind))) group.remove();
  kinds.forEach((kind) => known.add(kind));
}
"""

pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(
        BROWSER is None and os.environ.get("CI") != "true", reason="no Chromium on the PATH: apt-get install chromium"
    ),
]


@pytest.fixture(scope="module")
def browser():
    """Start a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser):
    """Open a report in a page of its own, which must say nothing on its console and fetch nothing but itself."""
    contexts, said, fetched = [], [], []

    def opened(path, **settings):
        context = browser.new_context(**{"viewport": DESKTOP, **settings})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("request", lambda request: fetched.append(request.url))
        page.goto(path.as_uri())
        fetched.remove(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []
    assert fetched == []


@pytest.fixture(scope="module")
def report(examples, tmp_path_factory):
    """Write the report on a recording that the guide's catalog finds much wrong with."""
    from notify_contracts.cli import main

    path = tmp_path_factory.mktemp("report") / "report.html"
    with chdir(examples.parent):
        main(["check", "examples/glance-33.log", "--report", f"html:{path}", "--output", os.devnull])
    return path


@pytest.fixture
def report_on(catalog_of, tmp_path):
    """Write the report on these notifications."""

    def report_on(contents, catalog="glance-documented"):
        loaded, summary = catalog_of(catalog), Summary()
        for number, content in enumerate(contents, 1):
            summary.add(loaded.check(content, Location("recording", number)))
        path = tmp_path / "report.html"
        path.write_bytes(formatted(Outcome(loaded, ("recording",), summary), "html"))
        return path

    return report_on


@pytest.fixture
def image(catalog_of):
    """Return a notification that conforms."""
    return catalog_of("glance-documented").contract("image.create", "INFO").example()


def _visible(page, selector):
    return page.locator(f"{selector}:visible").count()


def _violations_in_chart(page):
    return page.evaluate(
        "[...document.querySelectorAll('#spans td')].reduce((sum, cell) => sum + +cell.textContent, 0)"
    )


def test_filters_by_keyboard(opened, report):
    """Filters are reached, used and cleared by keyboard; matrix, chart and violations follow, and say how many."""
    page = opened(report)
    assert page.locator("#shown").text_content() == "33 contracts, 42 groups of violations"
    assert _violations_in_chart(page) == 667
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the violations"
    page.keyboard.press("Tab")  # the theme
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "event"
    page.keyboard.type("image.send")
    assert (_visible(page, ".matrix tbody tr"), _visible(page, ".group")) == (1, 8)
    assert _violations_in_chart(page) == 33 + 3 * 16 + 5 + 3
    page.keyboard.press("Tab")
    page.keyboard.type("ERROR")
    assert page.locator("#shown").text_content() == "1 of 33 contracts, 4 of 42 groups of violations"
    assert _violations_in_chart(page) == 8
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('shown').textContent.startsWith('33 contracts')")
    assert _visible(page, ".group") == 42


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [("failed", (7, 6, 42)), ("passed", (6, 5, 0)), ("never", (20, 11, 0)), ("none", (0, 0, 3))],
)
def test_filter_by_verdict(verdict, expected, opened, report):
    """A verdict leaves the contracts of which it is true; violations are there if it is that they failed."""
    contracts, rows, groups = expected
    page = opened(report)
    page.select_option("[name=verdict]", verdict)
    assert page.locator("#shown").text_content().startswith(f"{contracts} of 33 contracts, ")
    assert (_visible(page, ".matrix tbody tr"), _visible(page, ".group")) == (rows, groups)
    assert page.locator("#nothing").is_visible() == (groups == 0)


def test_filter_by_text(opened, report):
    """A text is looked for in names, messages and notifications; Enter sends the form nowhere."""
    page = opened(report)
    page.fill("[name=text]", "Destination_IP")
    page.keyboard.press("Enter")
    assert _visible(page, ".group > summary") == 8
    assert page.locator(".group:visible .pointer").all_text_contents().count("/payload/destination_ip") == 2


def test_from_matrix_to_violations(opened, report):
    """A failed cell leads to the violations of its contract and opens the first; a group opens by keyboard."""
    page = opened(report)
    page.get_by_role("link", name="21 failed").press("Enter")
    section = page.locator("section[data-contract='image.delete-INFO']")
    assert section.locator(".group").first.evaluate("group => group.open")
    assert section.evaluate("section => section.getBoundingClientRect().top < innerHeight")
    summary = page.locator(".group > summary").nth(3)
    summary.press("Enter")
    assert page.locator(".group").nth(3).locator("pre").first.is_visible()


@pytest.mark.parametrize("catalog", ["glance-documented", "glance-emitted"])
def test_hostile_notifications(catalog, opened, report_on, image):
    """Nothing in a message runs, whatever is opened, filtered or clicked."""
    page = opened(report_on(notifications(image), catalog))
    page.evaluate(OPEN_ALL)
    page.fill("[name=text]", "<script>")
    page.fill("[name=text]", "")
    for link in page.locator("main a").all():
        link.click()
    assert page.evaluate("[typeof window.pwned, document.scripts.length]") == ["undefined", 1]
    assert (
        page.evaluate("document.querySelectorAll('img, iframe, object, main style, main script, svg svg').length") == 0
    )
    assert _visible(page, ".group pre") > 20


def test_policy_is_obeyed(browser, report, tmp_path):
    """Markup that got through all the same would run nothing: the browser refuses it because of the page's policy."""
    path = tmp_path / "report.html"
    smuggled = "<main><img src='data:,' onerror='window.pwned=1'><script>window.pwned=1</script>"
    path.write_text(report.read_text().replace("<main>", smuggled, 1))
    page = browser.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(path.as_uri())
    assert page.evaluate("typeof window.pwned") == "undefined"
    assert len([text for text in refused if "Content Security Policy" in text]) == 2
    page.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_sideways_scrolling(width, opened, report):
    """At no width does the page scroll sideways, with everything open."""
    page = opened(report, viewport={"width": width, "height": 800})
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_hostile_and_narrow(opened, report_on, image):
    """Long words in messages do not widen the page either."""
    long = {**image, "event_type": "e" * 500, "x" * 500: "y" * 5000}
    page = opened(report_on([long, {**long, "event_type": "image.create"}, *notifications(image)]), viewport=PHONE)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def _brightness(page):
    red, green, blue = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number)")
    return (red + green + blue) / 3


def test_light_and_dark(opened, report):
    """The page is as light or dark as the system is, and as the switch says, which is worked by keyboard."""
    page = opened(report, color_scheme="dark")
    assert _brightness(page) < 60
    page.locator("#theme-auto").press("ArrowRight")
    assert _brightness(page) > 220
    page.locator("#theme-light").press("ArrowRight")
    page.emulate_media(color_scheme="light")
    assert _brightness(page) < 60


def test_without_scripts(opened, report):
    """Without scripts everything is there, groups open, and the filters stay away."""
    page = opened(report, java_script_enabled=False)
    assert not page.locator("#filters").is_visible()
    assert page.locator(".group > summary").count() == _visible(page, ".group > summary") == 42
    page.locator(".group > summary").nth(3).click()
    assert page.locator(".group").nth(3).locator("pre").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_accessibility(scheme, viewport, opened, report):
    """Axe finds nothing, with everything open: names, roles, headings, landmarks, contrast.

    It is asked of the whole page once, and of everything that is on it once in other colours and on a phone.
    """
    from axe_playwright_python.sync_playwright import Axe

    page = opened(report, viewport=viewport, color_scheme=scheme, bypass_csp=True)
    page.evaluate(OPEN_ALL)
    if (scheme, viewport) != ("light", DESKTOP):
        page.evaluate(ONE_OF_A_KIND)
        assert 0 < page.locator(".group").count() < 10
    found = Axe().run(page).response
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found["violations"]] == []
    assert len(found["passes"]) > 30


def test_many_violations(opened, report_on, image):
    """A page about 10,000 violations in more groups than are kept has a bounded number of elements; filters work."""
    path = report_on({**image, f"x{number % 1200:04}": "y" * 1000} for number in range(10_000))
    assert path.stat().st_size < 4_000_000
    page = opened(path)
    assert page.evaluate("document.querySelectorAll('*').length") < 30_000
    page.fill("[name=text]", "x0042")
    assert page.locator(".group:visible .pointer").all_text_contents() == ["/x0042"]


def test_screenshots(opened, report, tmp_path):
    """Light, dark and narrow look different; `make screenshots` keeps the pictures for people to look at."""
    folder = Path(os.environ.get("NOTIFY_CONTRACTS_SCREENSHOTS", tmp_path))
    folder.mkdir(exist_ok=True)
    looks = {
        "light": {"color_scheme": "light"},
        "dark": {"color_scheme": "dark"},
        "narrow": {"color_scheme": "light", "viewport": PHONE, "device_scale_factor": 2},
    }
    pictures = set()
    for name, settings in looks.items():
        page = opened(report, **settings)
        pictures.add(page.screenshot(path=folder / f"{name}.png"))
        page.locator("#over-time").scroll_into_view_if_needed()
        page.locator("#over-time").evaluate("section => section.scrollIntoView()")
        pictures.add(page.screenshot(path=folder / f"{name}-violations.png"))
    assert len(pictures) == 6
