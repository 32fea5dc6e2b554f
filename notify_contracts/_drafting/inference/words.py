"""Which texts are the values of an enumeration: words that came again and again, so that others are unlikely."""

import re
from collections.abc import Collection, Mapping
from string import digits

from notify_contracts._drafting.inference.evidence import FEW, FEW_EXCEPTIONS, bound, is_rare, unseen
from notify_contracts._drafting.inference.names import is_of_people
from notify_contracts._drafting.inference.text_forms import NO_FORM, form_of
from notify_contracts._drafting.inference.texts import Texts

_MOST_WORDS = 24  # values of an enumeration
_UNSEEN = 0.005  # the share of values that may be still to come where an enumeration is stated
_REPEATED = 10  # how often values of an enumeration came on average
_COUNTED = 3  # words with a number behind them, of which two may be all: ipv4, ipv6
_MANY = 100  # texts elsewhere whose enumeration may be that of others, too
_WORD = re.compile(r"[A-Za-z][0-9A-Za-z_.:/-]{0,39}|[!#$%&*+/<=>^|~°µ€£¥-]{1,3}[A-Za-z]{0,2}")  # or a sign: °C, >=
_MEDIA = re.compile(r"(?:application|audio|font|image|message|model|multipart|text|video)/.+")
_HOST = re.compile(
    r"[^/]*\.[^/]*/.*|[^/:]+(?:/[^/:]+)+:[^/:]+|"
    r".*\.(?:arpa|com|corp|dev|home|internal|io|lan|local|localdomain|net|org)(?::[0-9]+)?"
)


def enumeration(texts: Texts, name: str) -> tuple[str, ...]:
    """Return the values of an enumeration, sorted, of which one may be empty; none if others are not unlikely.

    Where files of several media types came, others will, and so they will where words count on.
    """
    counts = texts.distinct.counts
    if counts is None or is_of_people(name) or not come_again(texts):
        return ()
    if len(counts) > 1 and (any(map(_MEDIA.fullmatch, counts)) or _count_on(counts)):
        return ()
    return tuple(sorted(counts)) if all(is_word(text) for text in counts if text) else ()


def _count_on(texts: Collection[str]) -> bool:
    """Whether texts are one word with different numbers behind it: ``run-17``, ``run-18`` and ``run-19``."""
    return len(texts) >= _COUNTED and len({text.rstrip(digits) for text in texts}) == 1


def are_shared(texts: Texts, counts: Mapping[str, int], name: str) -> bool:
    """Whether texts that are not so few are all in the enumeration that what came elsewhere shows by itself."""
    own = texts.distinct.counts
    if own is None or texts.count < FEW:
        return False
    others = Texts()
    others.add({text: count - own[text] for text, count in counts.items() if count > own[text]})
    return others.count >= _MANY and own.keys() <= set(enumeration(others, name))


def is_one(texts: Texts) -> bool:
    """Whether there was never another one, and not only a few times."""
    return texts.count >= FEW and len(texts.distinct.counts or ()) == 1


def come_again(texts: Texts) -> bool:
    """Whether the same few texts came again and again: the evidence bounds what was not seen."""
    counts = texts.distinct.counts
    if counts is None or len(counts) > _MOST_WORDS:
        return False
    singles = sum(count == 1 for count in counts.values())
    if texts.count < FEW or texts.count < _REPEATED * len(counts) or unseen(singles, texts.count) > _UNSEEN:
        return False
    if singles and not is_rare(1, texts.count):
        return False
    return len(counts) > 1 or bound(texts.count) <= FEW_EXCEPTIONS


def is_word(text: str) -> bool:
    """Whether a text may be one of an enumeration: a word, without spaces, of no form, and no host or what one has."""
    return _WORD.fullmatch(text) is not None and form_of(text) == NO_FORM and not is_host(text)


def is_host(text: str) -> bool:
    """Whether a text looks like a host, or what is on one: a path, an image of containers such as ``shop/web:1.2``."""
    return _HOST.fullmatch(text.lower()) is not None
