"""The switch between light and dark, which needs no script."""

from collections.abc import Mapping
from types import MappingProxyType

from notify_contracts._untrusted.markup import Markup, element

_THEMES: Mapping[str, str] = MappingProxyType({"auto": "Auto", "light": "Light", "dark": "Dark"})


def theme() -> Markup:
    """Return the switch; the style sheet looks which button is checked."""
    return element(
        "fieldset",
        element("legend", "Theme", class_="sr"),
        *(_choice(name, label, checked=name == "auto") for name, label in _THEMES.items()),
        class_="theme",
    )


def _choice(name: str, label: str, *, checked: bool) -> Markup:
    state = {"checked": ""} if checked else {}
    button = element("input", type="radio", name="theme", id=f"theme-{name}", value=name, **state)
    return element("label", button, element("span", label))
