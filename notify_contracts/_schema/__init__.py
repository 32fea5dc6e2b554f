"""JSON Schema: documents, patterns, formats, two engines, and faults in words; it knows no catalog and no broker."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._schema.contradicting import contradiction
    from notify_contracts._schema.documents import (
        Documents,
        Pointer,
        additional_names,
        at,
        children,
        fragment_parts,
        pointer_parts,
        pointer_text,
        reachable,
        rebuilt,
        resolve,
        subschemas,
        target,
    )
    from notify_contracts._schema.engines import (
        DEFAULT_ENGINE,
        ENGINES,
        Fault,
        IsValid,
        Rule,
        Validator,
        engine_named,
        flattened,
        require_engine,
        validator_of,
    )
    from notify_contracts._schema.equality import alike, same
    from notify_contracts._schema.explaining import (
        described,
        did_you_mean,
        found,
        limits,
        mistakes,
        names_at_fault,
        quoted,
        rules_broken,
        some_of,
        unexpected,
        violations,
    )
    from notify_contracts._schema.formats import FORMATS, UUID
    from notify_contracts._schema.keywords import DIALECT, HIDING
    from notify_contracts._schema.languages import LANGUAGES
    from notify_contracts._schema.layers import (
        Layer,
        inside,
        layers_of,
        layers_within,
        listed,
        map_of,
        paths_within,
    )
    from notify_contracts._schema.patterns import PatternError, matcher
    from notify_contracts._schema.reaching import KINDS, can_have, must_have
    from notify_contracts._schema.types import json_type, speaking_of_others, type_names
    from notify_contracts._schema.unusable import UnusableSchemaError
    from notify_contracts._schema.usable import flaws, require_applied, require_bounded, require_usable

__all__ = [
    "DEFAULT_ENGINE",
    "DIALECT",
    "ENGINES",
    "FORMATS",
    "HIDING",
    "KINDS",
    "LANGUAGES",
    "UUID",
    "Documents",
    "Fault",
    "IsValid",
    "Layer",
    "PatternError",
    "Pointer",
    "Rule",
    "UnusableSchemaError",
    "Validator",
    "additional_names",
    "alike",
    "at",
    "can_have",
    "children",
    "contradiction",
    "described",
    "did_you_mean",
    "engine_named",
    "flattened",
    "flaws",
    "found",
    "fragment_parts",
    "inside",
    "json_type",
    "layers_of",
    "layers_within",
    "limits",
    "listed",
    "map_of",
    "matcher",
    "mistakes",
    "must_have",
    "names_at_fault",
    "paths_within",
    "pointer_parts",
    "pointer_text",
    "quoted",
    "reachable",
    "rebuilt",
    "require_applied",
    "require_bounded",
    "require_engine",
    "require_usable",
    "resolve",
    "rules_broken",
    "same",
    "some_of",
    "speaking_of_others",
    "subschemas",
    "target",
    "type_names",
    "unexpected",
    "validator_of",
    "violations",
]
