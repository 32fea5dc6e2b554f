"""A moment, written as another time is written."""

import re
from datetime import datetime
from typing import Any

_TIME = re.compile(r"[0-9-]{10}([Tt ])[0-9:]{8}(?:([.,])([0-9]+))?( ?(?:[Zz]|UTC|[+-][0-9:]{2,5}))?")


def written(moment: datetime, like: Any) -> Any:
    """Return a `moment` of UTC in the form of the time `like`: what parts day and hour, as many digits, Z, +00 or UTC.

    Of those of one form, the later one is the greater text. A text that is no such time is replaced by one with space,
    or with T and Z; a `like` that is no text (no time yet) is returned itself.
    """
    if not isinstance(like, str):
        return like
    form = _TIME.fullmatch(like)
    if form is None:
        return str(moment.replace(tzinfo=None)) if " " in like else f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    between, point, digits, zone = form.groups(default="")
    fraction = point + f"{moment:%f}".ljust(len(digits), "0")[: len(digits)] if digits else ""
    of_utc = re.sub("[0-9]", "0", zone).replace("-", "+")
    return f"{moment:%Y-%m-%d}{between}{moment:%H:%M:%S}{fraction}{of_utc}".upper()
