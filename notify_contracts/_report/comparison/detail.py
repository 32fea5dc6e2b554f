"""One break on the page: the witness beside the rules of both sides, with what differs marked."""

from collections.abc import Iterator, Mapping
from typing import Any

from notify_contracts._comparison import Finding, Kind, Stated, stated
from notify_contracts._report.comparison.compared import Compared
from notify_contracts._report.comparison.sentences import change, contracts, seen_line, shown_by, title
from notify_contracts._report.html.excerpt import Places, excerpt
from notify_contracts._schema import Pointer, pointer_parts
from notify_contracts._untrusted import dump
from notify_contracts._untrusted.markup import Content, Markup, element
from notify_contracts.catalog import Catalog, Contract

_DIFFERS = "differs: "
_MOST_LAYERS = 8


def detail(compared: Compared, number: int, *, opened: bool) -> Markup:
    """Return one finding, folded unless it is the one that is `opened`."""
    finding = compared.comparison.findings[number]
    known = compared.why_not(number)
    head = element(
        "summary",
        element("span", known or "break", class_=f"times{' known' if known else ''}"),
        element("code", title(finding), class_="pointer"),
        element("span", finding.keyword, class_="keyword"),
        element("span", change(finding), class_="message"),
    )
    state = {"open": ""} if opened else {}
    return element("details", head, *_body(compared, finding), class_="group", id=f"break-{number}", **state)


def _body(compared: Compared, finding: Finding) -> Iterator[Content]:
    facts = [("Contracts", contracts(finding, most=20)), ("Hurts", finding.hurts)]
    facts += [("Without a break", finding.remedy), ("In the recording", seen_line(compared, finding))]
    said = ((element("dt", name), element("dd", text)) for name, text in facts if text)
    yield element("dl", *said, class_="facts")
    witness = element("div", element("h4", "The witness"), *_witness(compared, finding))
    yield element("div", witness, element("div", *_rules(compared, finding)), class_="pair")


def _witness(compared: Compared, finding: Finding) -> Iterator[Content]:
    yield element("p", shown_by(finding), class_="faint")
    witness = finding.witness
    if witness is None or witness.notification is None:
        return
    path = _path(witness.notification, finding)
    hidden = compared.secrets.hidden(witness.notification)
    yield excerpt(hidden, Places(path), "The witness")


def _path(value: Mapping[str, Any], finding: Finding) -> Pointer | None:
    """Return the way to the place of a finding in its witness; of any name or index, to the first that is there."""
    if not finding.place.startswith("/"):
        attribute = {Kind.PRIORITY: "priority", Kind.EVENT_TYPE: "event_type", Kind.RENAMED_EVENT_TYPE: "event_type"}
        return (attribute[finding.kind],) if finding.kind in attribute else None
    path: list[str | int] = []
    here: Any = value
    for part in pointer_parts(finding.place):
        if isinstance(here, list | tuple):
            step: str | int = int(part) if part.isdecimal() else 0
            if int(step) >= len(here):
                break
        else:
            step = part
        path.append(step)
        try:
            here = here[step]
        except (LookupError, TypeError):
            break
    return tuple(path)


def _rules(compared: Compared, finding: Finding) -> Iterator[Content]:
    if finding.kind is not Kind.RULE or finding.witness is None:
        for name, text in (("OLD", finding.was), ("NEW", finding.now)):
            yield element("h4", name)
            yield element("p", text)
        return
    sides = [_stated(catalog, finding.witness.contract, finding.place) for catalog in compared.catalogs]
    bases = [catalog.base for catalog in compared.catalogs]
    for name, text, base, one, other in (
        ("OLD", finding.was, bases[0], sides[0], sides[1]),
        ("NEW", finding.now, bases[1], sides[1], sides[0]),
    ):
        yield element("h4", f"{name}: {text}")
        if one is not None and (written := _written(one, base)):
            yield excerpt(written, Places(also=_differing(written, other)), f"The rule of {name}", _DIFFERS)
        if one is not None:
            yield element("p", one.presence, class_="faint")


def _stated(catalog: Catalog, contract: str, place: str) -> Stated | None:
    found: Contract | None = next((one for one in catalog.contracts if one.id == contract), None)
    return None if found is None else stated(found, place.removesuffix("/*").replace("/*", "/0"))


def _written(one: Stated, base: str) -> dict[str, Any]:
    """Return the schemas that speak of a place, by where they stand, without those that only lead to others."""
    rules = {}
    for layer in one.layers:
        if isinstance(layer.schema, Mapping) and set(layer.schema) - {"$ref", "description", "$comment", "examples"}:
            rule = {name: value for name, value in layer.schema.items() if name not in ("examples", "$defs", "$id")}
            rules[layer.uri.removeprefix(base)] = rule
        if len(rules) >= _MOST_LAYERS:
            break
    return rules


def _differing(written: Mapping[str, Any], other: Stated | None) -> frozenset[Pointer]:
    known = set()
    for layer in other.layers if other is not None else ():
        if isinstance(layer.schema, Mapping):
            known |= {(name, dump(value)) for name, value in layer.schema.items()}
    return frozenset(
        (place, name)
        for place, rule in written.items()
        for name, value in rule.items()
        if name not in ("description", "$comment", "$ref") and (name, dump(value)) not in known
    )
