"""What has become of a catalog's cases: those that fail by another keyword are told so, others are left to somebody."""

from collections.abc import Mapping
from typing import Any

from notify_contracts.catalog import CASES, Catalog, read_cases


def restate_cases(catalog: Catalog, files: dict[str, Any]) -> int:
    """Have cases name the keywords by which they fail now, where they fail at the same places; return how many did.

    A rule that was made wider may be stated by another keyword than before.
    """
    count = 0
    for file, content in files.items():
        if not file.startswith(f"{CASES}/"):
            continue
        made = [dict(case) for case in content]
        for number, case in enumerate(read_cases(content)):
            verdict = catalog.check(case.notification)
            undeclared, missing = case.differences(verdict)
            if not undeclared or not missing:
                continue
            if {one.pointer for one in case.violations} == {one.pointer for one in verdict.violations}:
                made[number]["violations"] = [_stated(one.pointer, one.keyword) for one in verdict.violations]
                count += 1
        files[file] = made
    return count


def _stated(pointer: str, keyword: str) -> Mapping[str, str]:
    return {"pointer": pointer, "keyword": keyword}
