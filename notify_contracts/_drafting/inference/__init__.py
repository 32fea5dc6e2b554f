"""Contracts learned from recordings, each rule with its evidence."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._drafting.inference.counting import KINDS, rules_in
    from notify_contracts._drafting.inference.drafting import Drafting, draft
    from notify_contracts._drafting.inference.evidence import FEW
    from notify_contracts._drafting.inference.inferring import (
        Inferred,
        generated_examples,
        infer,
        merged,
        replaced_examples,
        require_sound,
        with_examples,
    )
    from notify_contracts._drafting.inference.learned import Learned
    from notify_contracts._drafting.inference.reading import Learning
    from notify_contracts._drafting.inference.text_forms import forms

__all__ = [
    "FEW",
    "KINDS",
    "Drafting",
    "Inferred",
    "Learned",
    "Learning",
    "draft",
    "forms",
    "generated_examples",
    "infer",
    "merged",
    "replaced_examples",
    "require_sound",
    "rules_in",
    "with_examples",
]
