"""Whether the cases break every rule: each assertion that a contract can reach fails in at least one case."""

import json
from urllib.parse import unquote, urldefrag

import jsonschema_rs
import pytest

from notify_contracts.catalog import builtin_names, data_folder
from notify_contracts.generate._mutations import rules_of

FOLDERS = [data_folder() / name for name in builtin_names()]
CHOSE_THE_CONTRACT = ("event_type", "priority")


class _Documents:
    """The schemas of a catalog, and the rules that each of them states."""

    def __init__(self, folder):
        documents = [json.loads(path.read_bytes()) for path in folder.rglob("*.json") if path.parent.name != "cases"]
        self._by_uri = {document["$id"]: document for document in documents if "$id" in document}
        self._registry = jsonschema_rs.Registry(list(self._by_uri.items()))

    def at(self, uri):
        """Return the schema at a URI with a fragment."""
        document, fragment = urldefrag(uri)
        schema = self._by_uri[document]
        for part in unquote(fragment).split("/")[1:]:
            schema = schema[int(part) if isinstance(schema, list) else part]
        return schema

    def rules(self, uri):
        """Yield every assertion reachable from `uri`: its evaluation path, and where it stands."""
        return rules_of(self._by_uri.__getitem__, uri)

    def errors(self, uri, notifications):
        """Yield what a plain JSON Schema tool finds in the notifications."""
        validator = jsonschema_rs.Draft202012Validator({"$ref": uri}, registry=self._registry, validate_formats=True)
        for notification in notifications:
            yield from validator.iter_errors(notification)

    def broken(self, uri, notifications):
        """Return the evaluation paths of the assertions at `uri` that the notifications break."""
        return {tuple(error.evaluation_path)[1:] for error in self.errors(uri, notifications)}


def _cases(folder):
    return [case["notification"] for file in folder.glob("cases/*.json") for case in json.loads(file.read_bytes())]


def _own(contract, cases):
    pair = (contract.event_type, contract.priority)
    return [case for case in cases if (case.get("event_type"), case.get("priority")) == pair]


def _is_out_of_reach(rule):
    """Whether a contract's own schema cannot fail there: these two attributes chose it, and it is an object."""
    return rule == ("$ref", "type") or ("payload" not in rule and not set(CHOSE_THE_CONTRACT).isdisjoint(rule))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_rule_is_broken(folder, catalog_of):
    """Every assertion that can be reached from a contract is broken by at least one case of that contract."""
    documents, catalog, cases = _Documents(folder), catalog_of(folder), _cases(folder)
    unbroken, total = [], 0
    for contract in catalog.contracts:
        rules = {rule for rule, _ in documents.rules(contract.uri) if not _is_out_of_reach(rule)}
        total += len(rules)
        left = rules - documents.broken(contract.uri, _own(contract, cases))
        unbroken += [f"{contract.id}: {'/'.join(map(str, rule))}" for rule in left]
    assert total > 10 * len(catalog.contracts)
    assert not unbroken, "\n".join(sorted(unbroken))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_required_name_is_missing_once(folder, catalog_of):
    """Every name in every `required` is missing in at least one case, wherever the list is used."""
    documents, catalog, cases = _Documents(folder), catalog_of(folder), _cases(folder)
    starts = {contract.uri: _own(contract, cases) for contract in catalog.contracts}
    starts[f"{catalog.base}notification.json#"] = cases
    expected, seen = set(), set()
    for uri, own in starts.items():
        places = {place for rule, place in documents.rules(uri) if rule[-1] == "required"}
        expected |= {(place, name) for place in places for name in documents.at(place)}
        errors = (error for error in documents.errors(uri, own) if error.kind.name == "required")
        seen |= {(error.absolute_keyword_location, error.kind.property) for error in errors}
    assert len(expected) > 10
    assert expected - seen == set()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_rule_of_the_envelope_is_broken(folder, catalog_of):
    """The envelope's rules for event_type and priority, out of contracts. reach, are broken where it alone is asked."""
    documents, uri = _Documents(folder), f"{catalog_of(folder).base}notification.json#"
    rules = {rule for rule, _ in documents.rules(uri) if set(CHOSE_THE_CONTRACT) & set(rule)}
    assert rules == {
        ("properties", "event_type", "type"), ("properties", "priority", "type"), ("properties", "priority", "enum"),
    }  # fmt: skip
    assert rules - documents.broken(uri, _cases(folder)) == set()
