"""Names in a file of lifecycles that nothing in it declares: without them no life can be followed rightly."""

from collections.abc import Iterator, Mapping
from typing import Any

from notify_contracts._schema import pointer_text
from notify_contracts._untrusted import printable

_Wrong = tuple[str, str]


def wrong_names(content: Mapping[str, Any]) -> Iterator[_Wrong]:
    """Yield a pointer and a message for each field, form, state or lifecycle that a file of the right shape lacks."""
    for name, one in content.items():
        yield from _undeclared_names(name, one)
    for name, one in content.items():
        yield from _wrong_holders(name, one, content)


def _undeclared_names(name: str, one: Mapping[str, Any]) -> Iterator[_Wrong]:
    """Yield every name that is not declared."""
    fields = {field for form in one["fields"].values() for field in form}
    for key in ("now", "began"):
        for number, field in enumerate(one.get(key, ())):
            if field not in fields:
                yield pointer_text((name, key, number)), f'"{printable(field)}" is no field'
    yield from _wrong_forms(name, one)
    for key in ("ends", "rests"):
        for number, state in enumerate(one.get(key, ())):
            if state not in one["states"]:
                yield pointer_text((name, key, number)), f'"{printable(state)}" is no state'
    if one["start"] not in one["states"]:
        yield pointer_text((name, "start")), f'"{printable(one["start"])}" is no state'
    yield from _unnamed_on_the_way(name, one, fields)
    yield from _given_times(name, one)


def _wrong_forms(name: str, one: Mapping[str, Any]) -> Iterator[_Wrong]:
    for form, pointers in one["fields"].items():
        for field in names_of_identity(one):
            if field not in pointers:
                yield pointer_text((name, "fields", form)), f'lacks "{printable(field)}", the identity'
        for field, place in pointers.items():
            if not isinstance(place, str) and field not in names_of_identity(one):
                yield (
                    pointer_text((name, "fields", form, field)),
                    "only a field of the identity is renamed or named by a text",
                )


def names_of_identity(one: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields that tell the resources of a lifecycle apart."""
    identity = one["identity"]
    return [identity] if isinstance(identity, str) else identity


def _unnamed_on_the_way(name: str, one: Mapping[str, Any], fields: set[str]) -> Iterator[_Wrong]:
    for state, ways in one["states"].items():
        for number, way in enumerate(ways):
            place = pointer_text((name, "states", state, number))
            if way["to"] not in one["states"]:
                yield f"{place}/to", f'"{printable(way["to"])}" is no state'
            if way["fields"] not in one["fields"]:
                yield f"{place}/fields", f'"{printable(way["fields"])}" is no form'
            for field in way.get("values", {}):
                if field not in fields:
                    yield pointer_text((name, "states", state, number, "values", field)), "is no field"
            for index, field in enumerate(way.get("changes", ())):
                if field not in fields:
                    yield pointer_text((name, "states", state, number, "changes", index)), "is no field"


def _given_times(name: str, one: Mapping[str, Any]) -> Iterator[_Wrong]:
    """Yield every value that a transition gives a field that is a time of notifications."""
    times = {*one.get("now", ()), *one.get("began", ())}
    for state, ways in one["states"].items():
        for number, way in enumerate(ways):
            for field in way.get("values", {}):
                if field in times:
                    place = pointer_text((name, "states", state, number, "values", field))
                    yield place, "is the time of a notification by now or began, which is no value that is given here"


def _wrong_holders(name: str, one: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[_Wrong]:
    """Yield what is wrong with what a resource is in."""
    if (within := one.get("within")) is None:
        return
    place = pointer_text((name, "within"))
    if within["by"] not in names_of_identity(one):
        yield f"{place}/by", f'"{printable(within["by"])}" is no field of the identity'
    other = content.get(within["lifecycle"])
    if other is None or len(names_of_identity(other)) != 1 or other is one:
        yield (
            f"{place}/lifecycle",
            f'"{printable(within["lifecycle"])}" is no other lifecycle with an identity of one field',
        )
        return
    told = {way["event_type"] for ways in other["states"].values() for way in ways}
    for number, event_type in enumerate(within["ended_by"]):
        if event_type not in told:
            yield (
                f"{place}/ended_by/{number}",
                f'"{printable(event_type)}" is in no transition of {printable(within["lifecycle"])}',
            )
